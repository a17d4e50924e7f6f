import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { day, fen, instant, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';

const lending = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	customerName: text({ en: 'Customer', zh: '客户' }),
	unitLent: text({ en: 'Unit Lent', zh: '备用机/配件' }),
	serial: optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true })),
	dueDay: day({ en: 'Due Back', zh: '应还日期' }),
	price: optional(fen({ en: 'Part Payment', zh: '配件货款(元)' }, { min: 0, help: '随维修交付的配件填写' })),
};

const draft = defineDocument({
	kind: 'loan',
	form: 'M-081',
	label: { en: 'Loan unit', zh: '备用机借用' },
	number: { prefix: 'BY', period: 'month', digits: 4 },
	title: ['customerName', 'unitLent'],
	fields: { ...lending, engineer: ref('person', { en: 'Engineer', zh: '工程师' }), outAt: instant({ en: 'Out', zh: '借出时间' }), returnedAt: optional(instant({ en: 'Returned', zh: '归还时间' })), paidAt: optional(instant({ en: 'Paid', zh: '货款收讫' })) },
	states: { Out: '借出', Returned: '已归还' },
	indexes: [['engineer', 'state'], ['state']],
});
export type Loan = DocumentOf<typeof draft.shape>;

/** @rule V-081 — a loan has its out date, due date and return, under `service.loans` */
function lend(_loan: unknown, input: RowOf<typeof lending>, { actor, now, today, settings }: Given): Change<typeof draft.shape> {
	if (settings['service.loans'] !== '是') throw new RuleViolation('CONDITION_NOT_MET', '没有启用备用机登记', '请先把设置“service.loans”设为“是”', 'V-081');
	if (input.dueDay < today) throw new RuleViolation('FIELD_INVALID', `应还日期 ${input.dueDay} 已过`, '请填写今天或以后的日期', 'V-081');
	return { set: { ...input, engineer: actor.code, outAt: now } };
}

export const loan = draft.events({
	lend: draft.event({ label: { en: 'Lend', zh: '借出备用机' }, from: ['new'], to: ['Out'], by: ['technician'], input: lending }).decidedBy(lend),
	takeBack: draft.event({ label: { en: 'Take back', zh: '归还备用机' }, from: ['Out'], to: ['Returned'], by: ['technician', 'storekeeper'], input: {} }).decidedBy((_loan, _input, { now }) => ({ set: { returnedAt: now } })),
	pay: draft.event({ label: { en: 'Part payment received', zh: '收到配件货款' }, from: ['Out', 'Returned'], to: ['Out', 'Returned'], by: ['accountant'], input: {} }).decidedBy((paper, _input, { now }) => ({ set: { paidAt: paper.paidAt ?? now }, to: paper.state })),
});

/** What an engineer still has out or has to collect. @rule V-081 — with its age in days */
export const openLoans = (loans: readonly Loan[], ageOf: (from: string) => number) =>
	loans
		.filter(({ state, price, paidAt }) => state === 'Out' || (price !== null && price > 0 && paidAt === null))
		.map((paper) => ({ engineer: paper.engineer, no: paper.no, customerName: paper.customerName, unitLent: paper.unitLent, isOut: paper.state === 'Out', unpaid: paper.paidAt === null ? (paper.price ?? 0) : 0, dueDay: paper.dueDay, days: ageOf(paper.outAt) }))
		.sort((one, other) => (one.engineer === other.engineer ? other.days - one.days : one.engineer < other.engineer ? -1 : 1));
