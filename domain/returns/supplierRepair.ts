import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, flag, instant, optional, ref, text, type Day, type RowOf } from '../document/fields';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { readTiers } from '../shared/readTiers';
import { addDays, endOfDay } from '../shared/zonedTime';
import { returnBatch } from './returnBatch';
import { pieces, returnDraft, type ReturnBatch } from './returnPaper';

const wanted = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Planned'] }),
	...pieces,
	supplier: text({ en: 'Supplier', zh: '供应商' }),
	fault: text({ en: 'Fault', zh: '故障' }),
};

const supplierReport = {
	cause: text({ en: 'Cause', zh: '原因' }, { long: true }),
	treatment: text({ en: 'Treatment', zh: '处理' }, { long: true }),
	result: text({ en: 'Result', zh: '结果' }),
};

const draft = defineDocument({
	kind: 'supplier_repair',
	form: 'M-079',
	label: { en: 'Supplier repair', zh: '产品维修报告（供应商返修）' },
	number: { prefix: 'GF', period: 'month', digits: 4 },
	title: ['batch', 'supplier'],
	fields: {
		...wanted,
		verifiedBy: optional(ref('person', { en: 'Verified by', zh: '品质确认' })),
		sentDay: optional(day({ en: 'Sent', zh: '寄出日期' })),
		dueDay: optional(day({ en: 'Due', zh: '返回期限' })),
		dueAt: optional(instant({ en: 'Due at', zh: '期限' }, { internal: true })),
		late: optional(flag({ en: 'Late', zh: '逾期' })),
		returnedDay: optional(day({ en: 'Returned', zh: '返回日期' })),
		cause: optional(supplierReport.cause),
		treatment: optional(supplierReport.treatment),
		result: optional(supplierReport.result),
		testedBy: optional(ref('person', { en: 'IQC', zh: 'IQC 检验人' })),
		testNote: optional(text({ en: 'Test', zh: 'IQC 说明' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Requested: '待品质确认', Verified: '待寄供应商', AtSupplier: '供应商返修', Back: '已返回待检', Passed: 'IQC 合格', Failed: 'IQC 不合格', Stocked: '已入库', Dropped: '不送修' },
	indexes: [['batch'], ['state'], ['supplier']],
});

export type SupplierRepair = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/**
 * When a supplier has to send back.
 * @rule R-217 — by the tiers of `return.supplier_tiers`, each with its edge; beyond the last a day is agreed
 * @throws RuleViolation FIELD_MISSING
 */
export function supplierDueDay(quantity: number, sent: Day, agreed: Day | null, settings: Settings): Day {
	const tier = (readTiers(settings['return.supplier_tiers']) ?? []).find(({ pieces: upTo }) => quantity <= upTo);
	if (agreed !== null) {
		if (agreed < sent) throw new RuleViolation('FIELD_INVALID', `约定日期 ${agreed} 早于寄出日期 ${sent}`, '请核对约定的返回日期', 'R-217');
		return agreed;
	}
	if (tier === undefined) throw new RuleViolation('FIELD_MISSING', `返修 ${quantity} 件，超过供应商期限表`, '请与供应商约定返回日期并填写', 'R-217');
	return addDays(sent, tier.days);
}

const note = (paper: Pick<SupplierRepair, 'no' | 'batch' | 'supplier' | 'quantity' | 'version'>, to: 'qa' | 'storekeeper' | 'purchasing' | 'iqc' | 'customer_service' | 'pmc', step: string, subject: string, rule: string, body: readonly (readonly [string, string])[] = []) => ({ key: `supplier_repair.${step}:${paper.no}:${paper.version}:${to}`, to: { role: to }, subject: `${subject} ${paper.no}`, rule, body: [['批号', paper.batch], ['供应商', paper.supplier], ['数量', String(paper.quantity)], ...body] as const });

/** @rule R-216 — bought-in parts we cannot repair; QA looks before anything is sent */
const request = (paper: SupplierRepair, input: RowOf<typeof wanted>, { no, batch }: Given & { batch: ReturnBatch | null }): Change<Shape> => {
	if (batch === null) throw new RuleViolation('NOT_FOUND', `没有批号“${input.batch}”`, '请核对批号', 'R-216');
	return { set: input, then: [fire(returnBatch, 'toSupplier', batch.no, { line: input.line, quantity: input.quantity })], notices: [note({ ...paper, ...input, no }, 'qa', 'verify', '请确认是否送供应商返修', 'R-216', [['故障', input.fault]])] };
};

/** @rule R-216 — straight from the warehouse, after QA @rule R-218 — each trip has its own report @throws RuleViolation CONDITION_NOT_MET */
function send(paper: SupplierRepair, { agreedDay }: { agreedDay: Day | null }, { today, settings, calendar }: Given): Change<Shape> {
	if (paper.verifiedBy === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有品质确认`, '请品管部先确认，再寄供应商', 'R-216');
	const dueDay = supplierDueDay(paper.quantity, today, agreedDay, settings);
	return { set: { sentDay: today, dueDay, dueAt: endOfDay(dueDay, calendar.zone), late: false, returnedDay: null, cause: null, treatment: null, result: null }, notices: [note(paper, 'purchasing', 'sent', '已寄供应商，请跟催', 'R-217', [['返回期限', dueDay]])] };
}

/** @rule R-218 — with the supplier's report @rule R-219 — and through our own test, only then into stock; customer service is told */
function stockIn(paper: SupplierRepair): Change<Shape> {
	if (paper.result === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 没有供应商的产品维修报告`, '请先登记产品维修报告', 'R-218');
	if (paper.state !== 'Passed') throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有 IQC 检验合格`, '请 IQC 检验合格后再入库', 'R-219');
	return { then: [fire(returnBatch, 'fromSupplier', paper.batch, { line: paper.line, quantity: paper.quantity, repaired: true })], notices: [note(paper, 'customer_service', 'stocked', '供应商返修品已入库，走出货流程', 'R-219')] };
}

/** Not sent, or not repaired there: the pieces are ours to decide on again. */
const drop = (paper: SupplierRepair, { reason }: { reason: string }): Change<Shape> => ({ set: { reason }, then: [fire(returnBatch, 'fromSupplier', paper.batch, { line: paper.line, quantity: paper.quantity, repaired: false })], notices: [note(paper, 'pmc', 'dropped', '不送供应商返修，请另行安排', 'R-216', [['原因', reason]])] });

/** @rule R-219 */
function test(paper: SupplierRepair, { result, note: said }: { result: 'pass' | 'fail'; note: string | null }, { actor }: Given): Change<Shape> {
	if (result === 'fail' && said === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 检验不合格，没有写明情况`, '请写明不合格的情况', 'R-219');
	return { set: { testedBy: actor.code, testNote: said }, to: result === 'pass' ? 'Passed' : 'Failed', notices: [result === 'pass' ? note(paper, 'storekeeper', 'passed', 'IQC 合格，请入库', 'R-219') : note(paper, 'purchasing', 'failed', 'IQC 不合格，请退供应商重修', 'R-219', [['情况', said ?? '']])] };
}

const because = { reason: text({ en: 'Reason', zh: '原因' }) };

export const supplierRepair = draft.events(
	{
		request: draft.event({ label: { en: 'Ask for supplier repair', zh: '申请供应商返修' }, from: ['new'], to: ['Requested'], by: ['repair_group', 'pmc'], input: wanted, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(request),
		verify: draft.event({ label: { en: 'Verify', zh: '品质确认送修' }, from: ['Requested'], to: ['Verified'], by: ['qa'], input: {} }).decidedBy((paper, _input, { actor }) => ({ set: { verifiedBy: actor.code }, notices: [note(paper, 'storekeeper', 'send', '品质已确认，请寄供应商', 'R-216')] })),
		send: draft.event({ label: { en: 'Send to the supplier', zh: '寄供应商' }, from: ['Requested', 'Verified', 'Failed'], to: ['AtSupplier'], by: ['storekeeper'], input: { agreedDay: optional(day({ en: 'Agreed Day', zh: '约定返回日期（500 件以上必填）' })) } }).decidedBy(send),
		comeBack: draft
			.event({ label: { en: 'Back from the supplier', zh: '供应商返回' }, from: ['AtSupplier'], to: ['Back'], by: ['storekeeper'], input: {} })
			.decidedBy((paper, _input, { today }) => ({ set: { returnedDay: today, late: paper.dueDay !== null && today > paper.dueDay }, notices: [note(paper, 'iqc', 'test', '供应商返修品返回，请检验', 'R-219')] })),
		fileReport: draft.event({ label: { en: 'File the supplier\'s report', zh: '登记产品维修报告' }, from: ['AtSupplier', 'Back', 'Passed'], to: ['AtSupplier', 'Back', 'Passed'], by: ['purchasing', 'qa', 'storekeeper'], input: supplierReport }).decidedBy((paper, input) => ({ set: input, to: paper.state as 'Back' })),
		test: draft.event({ label: { en: 'IQC test', zh: 'IQC 检验' }, from: ['Back'], to: ['Passed', 'Failed'], by: ['iqc', 'qa'], input: { result: choice({ en: 'Result', zh: '结果' }, { pass: '合格', fail: '不合格' }), note: optional(text({ en: 'Note', zh: '情况' })) } }).decidedBy(test),
		stockIn: draft.event({ label: { en: 'Stock in', zh: '供应商返修品入库' }, from: ['Back', 'Passed'], to: ['Stocked'], by: ['storekeeper'], input: {} }).decidedBy(stockIn),
		drop: draft.event({ label: { en: 'Do not send', zh: '不送修' }, from: ['Requested', 'Verified', 'Back', 'Failed'], to: ['Dropped'], by: ['qa', 'purchasing'], input: because }).decidedBy(drop),
		press: draft.event({ label: { en: 'Supplier late', zh: '供应商逾期' }, from: ['AtSupplier'], to: ['AtSupplier'], by: ['system'], input: {} }).decidedBy((paper) => ({ set: { late: true }, notices: (['purchasing', 'qa'] as const).map((role) => note(paper, role, 'late', '供应商返修逾期，请跟催', 'R-217', [['返回期限', paper.dueDay ?? '']])) })),
	},
	{ supplier: { label: { en: 'Supplier', zh: '返回期限' }, during: ['AtSupplier'], due: ({ dueAt, late }: SupplierRepair) => (late === true ? null : dueAt), fires: 'press' } },
);
