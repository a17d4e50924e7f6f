import { runDailyChecks } from '../../engine/dailyChecks';
import { fireDueClocks, givenFor, SYSTEM } from '../../engine/engine';
import { buildKpi } from '../../engine/kpiReports';
import { saveRecords } from '../../engine/saveRecords';
import { monthsOf, visitMonths } from '../../domain/survey/visitQuarter';
import { rosterFaults } from '../../domain/survey/hotlineRoster';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe.each(databases)('the service phone and visits on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save('person', { P01: { name: '话务员', roles: 'operator', active: true }, L01: { name: '组长', roles: 'group_leader', mail: 'leader@test.local', active: true }, E01: { name: '工程师', roles: 'as_engineer', mail: 'engineer@test.local', active: true } });
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => at('2025-06-10 10:00'));
	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start)).map(({ subject, recipients }) => [String(subject), ...(recipients as string[])]);
	const take = (callKind: string, changes: object = {}) => fire('hotline_call', 'take', null, { callKind, channel: 'phone', customerName: '孙先生', phone: '１３９００００８８８８', content: '不制冷', ...changes }, 'P01');

	it('S-032 S-033: a message on any channel becomes a call, a complaint or a question that waits for its answer', async () => {
		await expect(take('fault')).rejects.toMatchObject({ code: 'FIELD_MISSING', rule: 'S-033' });
		expect(await take('fault', { address: '解放路 1 号', model: 'KF-26' })).toMatchObject({ followed: '已登记叫修', phone: '13900008888' });
		expect(await database.store.list('call', {})).toMatchObject([{ customerName: '孙先生', channel: 'phone', symptom: '不制冷' }]);
		expect(await take('fault', { solved: true, model: 'KF-26', problem: '滤网堵塞' })).toMatchObject({ followed: null, solved: true });
		expect(await take('complaint', { channel: 'mailbox', content: '师傅没来' })).toMatchObject({ followed: '已登记投诉' });
		expect(await database.store.list('complaint', {})).toMatchObject([{ channel: 'mail', content: '师傅没来', source: expect.stringMatching(/^RX/) as string }]);
		await take('question', { channel: 'online', content: '怎么清洗滤网？', answer: '拆下用清水冲洗' });
		const { no } = await take('question', { channel: 'online', content: '能接地暖吗？' });
		expect(await database.store.list('follow_up', {})).toMatchObject([{ taskKind: 'question', source: no, role: 'as_engineer' }]);
		expect(await notices('follow_up.open')).toMatchObject([[expect.stringContaining('客户咨询 孙先生'), 'engineer@test.local']]);
		await expect(take('other', { takenAt: '2025-06-11 09:00' })).rejects.toMatchObject({ rule: 'S-033' });
		expect(await database.store.list('call', {})).toHaveLength(1);
	});

	it('S-032 S-033: whatever is asked and neither answered nor solved waits for somebody', async () => {
		const { no } = await take('upgrade', { channel: 'online', content: '想换大一号的机器' });
		await take('other', { content: '要发票抬头', answer: '已告知' });
		await take('other', { content: '要说明书' });
		expect((await database.store.list('follow_up', {})).map(({ source, subject, taskKind }) => [source, subject, taskKind])).toEqual([[no, '客户升级 孙先生', 'question'], [expect.any(String), '客户来电 孙先生', 'question']]);
	});

	describe('missed calls', () => {
		beforeEach(() => save('hotline_shift', { ZB1: { hotline: '400800', person: 'P01', fromAt: at('2025-06-09 09:00'), toAt: at('2025-06-09 22:01') } }));
		const miss = (when: string, changes: object = {}) => fire('missed_call', 'miss', null, { hotline: '400800', missedAt: when, ...changes }, 'P01');
		const proposals = async () => (await database.store.list('penalty_proposal', {})).map(({ person, amount, basis }) => [person, amount, basis]);

		it('S-030 K-083: inside the hours 50 yuan is proposed for the person on the roster, each time', async () => {
			expect(await miss('2025-06-09 21:59')).toMatchObject({ inHours: true, responsible: 'P01', state: 'Missed' });
			expect(await proposals()).toEqual([['P01', 5000, 'S-030']]);
			await miss('2025-06-09 08:59');
			await fire('missed_call', 'miss', null, { hotline: '400800', missedAt: '2025-06-09T14:00:01.000Z' }, 'P01');
			expect(await proposals()).toHaveLength(1);
			const { no } = await miss('2025-06-09 09:00', { caller: '13900001111' });
			expect((await proposals()).map(([, amount]) => amount)).toEqual([5000, 5000]);
			expect(await fire('missed_call', 'callBack', String(no), { calledBack: '已回电，客户自行解决' }, 'P01')).toMatchObject({ state: 'CalledBack' });
			await expect(miss('2025-06-11 09:00')).rejects.toMatchObject({ rule: 'S-030' });
		});

		it('S-031: in a gap of the roster nobody is fined and the leader hears of it', async () => {
			expect(await miss('2025-06-10 09:30')).toMatchObject({ inHours: true, responsible: null });
			expect(await proposals()).toEqual([]);
			expect(await notices('missed_call.gap')).toEqual([['服务电话无人值班时未接 400800 2025-06-10 09:30', 'leader@test.local']]);
		});

		it('S-030 S-031: at closing time who is on duty until then answers; the same call is not fined twice', async () => {
			await save('hotline_shift', { ZB2: { hotline: '400900', person: 'L01', fromAt: at('2025-06-09 09:00'), toAt: at('2025-06-09 15:00') }, ZB3: { hotline: '400900', person: 'P01', fromAt: at('2025-06-09 15:00'), toAt: at('2025-06-09 22:00') } });
			expect(await miss('2025-06-09 22:00', { hotline: '400900', caller: '13900001111' })).toMatchObject({ responsible: 'P01' });
			expect(await miss('2025-06-09 15:00', { hotline: '400900', caller: '13900001111' })).toMatchObject({ responsible: 'P01' });
			await expect(miss('2025-06-09 22:00', { hotline: '400900', caller: '13900001111' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS', rule: 'S-030' });
			expect(await proposals()).toHaveLength(2);
		});

		it('T-060: calls answered of all that came in the hours', async () => {
			await miss('2025-06-09 21:59');
			await take('other');
			await take('other', { channel: 'online' });
			const wrong = String((await miss('2025-06-09 20:00'))['no']);
			await expect(fire('missed_call', 'void', wrong, { reason: '误登' }, 'P01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('missed_call', 'void', wrong, { reason: '误登' }, 'L01')).toMatchObject({ state: 'Void', voidReason: '误登' });
			const { kpis } = await buildKpi(database.store, '2025-06', await givenFor(database.store, { actor: SYSTEM, now: at('2025-07-01 09:00') }));
			expect(kpis.find(({ key, subjectKind }) => key === 'hotline' && subjectKind === 'company')).toMatchObject({ numerator: 1, denominator: 2, value: 0.5 });
		});
	});

	it('S-031: gaps and double duty of the coming days are told to the leader, each day once', async () => {
		const duty = (person: string, from: string, to: string) => ({ hotline: '400800', person, fromAt: at(from), toAt: at(to) });
		await save('hotline_shift', { A: duty('P01', '2025-06-11 09:00', '2025-06-11 15:00'), B: duty('L01', '2025-06-11 14:00', '2025-06-11 20:00'), C: duty('P01', '2025-06-12 08:00', '2025-06-12 23:00') });
		await runDailyChecks(database.store, at('2025-06-10 09:00'));
		await runDailyChecks(database.store, at('2025-06-10 10:00'));
		expect((await notices('hotline.roster')).map(([subject]) => subject)).toEqual(['服务电话值班表有空缺或重复 400800 2025-06-11', '服务电话值班表有空缺或重复 400800 2025-06-13']);
		const mail = (await database.store.list('notice', {})).find(({ key }) => key === 'hotline.roster:400800:2025-06-11');
		expect(mail?.['body']).toEqual([['14:00–15:00', '排了两人'], ['20:00–22:00', '没有人值班']]);
	});

	it('S-031: faults are found whatever the order, also at the ends of the day', () => {
		const hours = { open: '09:00', close: '22:00', zone: 'Asia/Shanghai' };
		const shift = (from: string, to: string) => ({ hotline: 'x', person: 'A', fromAt: at(`2025-06-11 ${from}`), toAt: at(`2025-06-11 ${to}`) });
		const faults = (...shifts: ReturnType<typeof shift>[]) => rosterFaults('x', '2025-06-11', shifts, hours).map(({ what, from, to }) => [what, from, to]);
		expect(faults(shift('15:00', '22:00'), shift('09:00', '15:00'))).toEqual([]);
		expect(faults()).toEqual([['gap', at('2025-06-11 09:00'), at('2025-06-11 22:00')]]);
		expect(faults(shift('08:00', '23:00'), shift('10:00', '11:00'))).toEqual([['double', at('2025-06-11 10:00'), at('2025-06-11 11:00')]]);
		expect(faults(shift('09:30', '21:00'))).toEqual([['gap', at('2025-06-11 09:00'), at('2025-06-11 09:30')], ['gap', at('2025-06-11 21:00'), at('2025-06-11 22:00')]]);
	});

	describe('visits', () => {
		const plan = (quarter = '2025-Q2', when = at('2025-03-28 10:00')) => fire('visit_quarter', 'drawUp', null, { quarter, visitor: 'H01', means: 'phone' }, 'L01', when);

		it('S-021: a quarter\'s plan visits every active customer once, spread over the months; nobody twice', async () => {
			await save('customer', { C003: { name: '过保客户', phone: '139', address: 'x' }, C004: { name: '合同客户', phone: '138', address: 'x' } });
			await save('asset', { SN300: { customer: 'C003', model: 'KF', purchaseDay: '2020-01-01', warrantyEnd: '2021-01-01' } });
			await save('contract', { HT09: { customer: 'C004', contractKind: 'annual', startDay: '2025-06-01', endDay: '2026-05-31' } });
			expect(await plan()).toMatchObject({ quarter: '2025-Q2', customers: 3, planned: 3, months: '2025-04：1；2025-05：1；2025-06：1' });
			expect((await database.store.list('visit_plan', {})).map(({ customer, plannedDay, technician, quarter }) => [customer, plannedDay, technician, quarter])).toEqual([['C001', '2025-04-30', 'H01', '2025-Q2'], ['C002', '2025-05-30', 'H01', '2025-Q2'], ['C004', '2025-06-30', 'H01', '2025-Q2']]);
			await expect(plan()).rejects.toMatchObject({ code: 'CONDITION_NOT_MET', message: expect.stringContaining('都已安排') as string });
			await expect(plan('2025 年')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
			await expect(fire('visit_quarter', 'drawUp', null, { quarter: '2030-Q1', visitor: 'H01', means: 'phone' }, 'L01')).rejects.toMatchObject({ rule: 'S-021' });
		});

		it('S-021: a plan made late in its quarter asks for nothing in the months that are over; who visits hears of it', async () => {
			await save('person', { H01: { mail: 'visitor@test.local' } });
			await save('visit_standard', { BZ1: { customerClass: '其他', everyMonths: 1, content: '运行', script: '您好' } });
			await expect(plan('2025-Q1', at('2025-05-31 10:00'))).rejects.toMatchObject({ rule: 'S-021', message: expect.stringContaining('已过') as string });
			expect(await plan('2025-Q2', at('2025-05-31 10:00'))).toMatchObject({ planned: 4, months: '2025-04：0；2025-05：2；2025-06：2' });
			expect((await database.store.list('visit_plan', {})).map(({ plannedDay }) => plannedDay)).toEqual(['2025-05-31', '2025-06-30', '2025-05-31', '2025-06-30']);
			expect(await notices('visit_quarter.plan')).toEqual([['2025-Q2 回访计划 4 次', 'visitor@test.local']]);
		});

		it('S-021: only who can enter a visit is given visits', async () => {
			await expect(fire('visit_quarter', 'drawUp', null, { quarter: '2025-Q2', visitor: 'K01', means: 'phone' }, 'L01', at('2025-03-28 10:00'))).rejects.toMatchObject({ rule: 'S-021', code: 'CONDITION_NOT_MET' });
		});

		it('S-021 S-023: a visit not made is late at the month\'s end, stays open and is listed; what is said is kept', async () => {
			await plan();
			const [first] = await database.store.list('visit_plan', {});
			const no = String(first?.['no']);
			expect(await fireDueClocks(database.store, at('2025-04-30 23:59'))).toEqual([]);
			await fireDueClocks(database.store, at('2025-05-01 00:01'));
			await runDailyChecks(database.store, at('2025-05-06 09:00'));
			expect(await notices('visit_plan.carried')).toEqual([['逾期未回访客户 1 家', 'leader@test.local']]);
			await expect(fire('visit_plan', 'report', no, { doneDay: '2025-05-06', result: 'x' }, 'C01', at('2025-05-06 10:00'))).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('visit_plan', 'report', no, { doneDay: '2025-05-06', result: '运行正常', wishes: '希望增加巡检' }, 'H01', at('2025-05-06 10:00'))).toMatchObject({ state: 'Done', late: true, wishes: '希望增加巡检' });
		});

		it('S-021: in the last week of a quarter the next one\'s plan is asked for, unless it is there', async () => {
			await runDailyChecks(database.store, at('2025-03-20 09:00'));
			expect(await notices('visit_quarter.due')).toEqual([]);
			await runDailyChecks(database.store, at('2025-03-25 09:00'));
			expect(await notices('visit_quarter.due')).toEqual([['请编制 2025-Q2 客户回访计划', 'leader@test.local']]);
			await plan('2025-Q3', at('2025-06-24 10:00'));
			await runDailyChecks(database.store, at('2025-06-25 09:00'));
			expect(await notices('visit_quarter.due')).toHaveLength(1);
		});

		it('S-022: how often, about what and in which words comes from the standard of the customer\'s class', async () => {
			await save('customer', { C001: { customerClass: 'A' } });
			await save('visit_standard', { BZ1: { customerClass: 'A', everyMonths: 1, content: '运行与需求', script: '您好，我是……' }, BZ2: { customerClass: '其他', everyMonths: 6, content: '满意度', script: '请问……' } });
			expect(await plan()).toMatchObject({ planned: 4, months: '2025-04：2；2025-05：1；2025-06：1' });
			const visits = await database.store.list('visit_plan', {});
			expect(visits.filter(({ customer }) => customer === 'C001').map(({ purpose, script }) => [purpose, script])).toEqual(Array.from({ length: 3 }, () => ['运行与需求', '您好，我是……']));
			// Warranty of the one is over, the half-yearly visit of the other is due in October.
			await expect(plan('2025-Q3', at('2025-06-24 10:00'))).rejects.toMatchObject({ rule: 'S-021' });
			expect(await plan('2025-Q4', at('2025-09-24 10:00'))).toMatchObject({ customers: 1, planned: 1, months: '2025-10：1；2025-11：0；2025-12：0' });
		});

		it('S-022: months of a quarter and of a cycle', () => {
			expect([monthsOf('2026-Q4'), monthsOf('２０２６q1'), monthsOf('2026-Q5')]).toEqual([['2026-10', '2026-11', '2026-12'], ['2026-01', '2026-02', '2026-03'], null]);
			const q2 = ['2025-04', '2025-05', '2025-06'] as const;
			expect([visitMonths(q2, 1, null, 0), visitMonths(q2, 2, null, 0), visitMonths(q2, 3, '2025-02', 4)]).toEqual([q2, ['2025-04', '2025-06'], ['2025-05']]);
			expect([visitMonths(q2, 6, '2025-02', 0), visitMonths(q2, 6, '2024-11', 0), visitMonths(q2, 6, '2024-01', 2), visitMonths(q2, 12, null, 1)]).toEqual([[], ['2025-05'], ['2025-06'], ['2025-04']]);
		});
	});
});
