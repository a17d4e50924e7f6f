import { isQualified } from '../../../domain/service/qualified';
import { attributeOf, attributeOnSlip, attributeWarning } from '../../../domain/service/customerAttribute';
import { strangePlaces } from '../../../domain/service/expenseClaim';
import { diagnose, firstQuestion } from '../../../domain/service/faultTree';
import { openLoans, type Loan } from '../../../domain/service/loan';
import { needsApproval } from '../../../domain/service/priceRules';
import { checkServiceType } from '../../../domain/service/proposeServiceType';

describe('the type of a job, its customer and its money', () => {
	it('V-001: no type, D with a charge and A to C without customer are refused', () => {
		expect(() => checkServiceType(null, 'C001', 0)).toThrow('没有服务类别');
		expect(() => checkServiceType('D', null, 1)).toThrow('D 类服务不能向客户收费');
		for (const type of ['A', 'B', 'C'] as const) expect(() => checkServiceType(type, null, 0)).toThrow('没有客户');
		expect(() => checkServiceType('D', null, 0)).not.toThrow();
		expect(() => checkServiceType('A', 'C001', 100)).not.toThrow();
	});

	it('V-003: the ticks stand for C, B, B and A', () => {
		expect([attributeOf('C', null), attributeOf('B', 'annual'), attributeOf('B', 'per_visit'), attributeOf('A', null)]).toEqual(['in_warranty', 'annual_contract', 'per_visit_contract', null]);
		expect(attributeWarning('per_visit_contract', 'B')).toBeNull();
		expect(attributeWarning('in_warranty', 'A')).toContain('保内客户');
	});

	it('V-003: the slip ticks what was chosen only where it fits the type, a letter where there is one', () => {
		expect(attributeOnSlip({ attribute: 'per_visit_contract', type: 'B' }, 'annual', false)).toBe('per_visit_contract');
		expect(attributeOnSlip({ attribute: 'in_warranty', type: 'A' }, null, false)).toBeNull();
		expect(attributeOnSlip({ attribute: 'in_warranty', type: 'A' }, null, true)).toBe('contact_letter');
		expect(attributeOnSlip({ attribute: null, type: 'B' }, 'per_visit', true)).toBe('per_visit_contract');
		expect(attributeOnSlip({ attribute: null, type: 'D' }, null, true)).toBeNull();
	});
});

describe('the question tree', () => {
	const end = { yes: null, otherwise: null, model: null };
	const nodes = [
		{ no: 'Q1', question: '电源灯亮吗？', yes: 'Q2', otherwise: 'A1', faultCode: null, advice: null, model: 'KF' },
		{ no: 'Q2', question: '滤网脏吗？', yes: 'A2', otherwise: 'A3', faultCode: null, advice: null, model: null },
		{ no: 'A1', question: '电源故障', faultCode: 'F01', advice: '检查插座', ...end },
		{ no: 'A2', question: '滤网堵塞', faultCode: 'F02', advice: '清洗滤网', ...end },
		{ no: 'A3', question: '疑似缺冷媒', faultCode: 'F03', advice: null, ...end },
	];

	it('V-070: three steps lead to a fault code and the advice', () => {
		const first = firstQuestion(nodes, 'KF-26');
		expect(first?.no).toBe('Q1');
		const start = diagnose(nodes, first as NonNullable<typeof first>, []);
		expect(start).toMatchObject({ isEnd: false, node: { question: '电源灯亮吗？' } });
		expect(diagnose(nodes, start.node, [true, true])).toEqual({ node: nodes[3], isEnd: true, asked: [{ question: '电源灯亮吗？', answer: '是' }, { question: '滤网脏吗？', answer: '是' }] });
		expect(diagnose(nodes, start.node, [false])).toMatchObject({ isEnd: true, node: { faultCode: 'F01' } });
	});

	it('V-070: a product without tree has no question', () => {
		expect(firstQuestion(nodes, 'XY-1')).toBeNull();
		expect(firstQuestion([], 'KF-26')).toBeNull();
	});
});

describe('small rules', () => {
	it('T-050: both days of a certificate count, for the product line or for all', () => {
		const skills = [{ skill: 'KF', validFrom: '2025-01-01', validTo: '2025-06-30' }];
		expect(['2024-12-31', '2025-01-01', '2025-06-30', '2025-07-01'].map((day) => isQualified(skills, 'KF-26', day))).toEqual([false, true, true, false]);
		expect(isQualified(skills, 'BX-1', '2025-03-01')).toBe(false);
		expect(isQualified([{ ...(skills[0] as (typeof skills)[0]), skill: '全部' }], 'BX-1', '2025-03-01')).toBe(true);
	});

	it('V-064: exactly ten percent below list is allowed, a fen more is not', () => {
		expect([needsApproval(100000, 90000, 10), needsApproval(100000, 89999, 10), needsApproval(100000, 110000, 10)]).toEqual([false, true, false]);
	});

	it('V-068: a ticket belongs to the place of the visit when one of its places does', () => {
		const address = '江苏省苏州市干将路 1 号';
		expect(strangePlaces([{ place: '苏州市' }, { place: '上海-苏州' }, { place: '广州' }, { place: '' }], address)).toEqual(['广州', '']);
	});

	it('V-081: open loans and unpaid parts by engineer, oldest first, with their age', () => {
		const loan = (changes: object) => ({ no: 'BY1', engineer: 'J01', customerName: '甲', unitLent: '备用机', state: 'Out', price: null, paidAt: null, dueDay: '2025-06-10', outAt: '2025-06-01T00:00:00.000Z', ...changes }) as unknown as Loan;
		const age = (from: string) => (Date.parse('2025-06-11T00:00:00.000Z') - Date.parse(from)) / 86_400_000;
		const list = openLoans([loan({}), loan({ no: 'BY2', state: 'Returned', price: 5000, outAt: '2025-05-01T00:00:00.000Z' }), loan({ no: 'BY3', state: 'Returned', price: 5000, paidAt: 'x' }), loan({ no: 'BY4', engineer: 'J00' })], age);
		expect(list.map(({ no, days, unpaid, isOut }) => [no, days, unpaid, isOut])).toEqual([['BY4', 10, 0, true], ['BY2', 41, 5000, false], ['BY1', 10, 0, true]]);
	});
});
