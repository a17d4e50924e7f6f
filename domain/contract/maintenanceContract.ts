import { defineDocument, save, type Change, type DocumentOf } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { day, optional, ref, text, type Day, type RowOf } from '../document/fields';
import { contract, customer } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import type { Contract } from './phase';

const { installDueDay: _byImport, ...terms } = contract.fields;
const signed = { contractNo: text({ en: 'Contract No', zh: '合同号' }, { compact: true }), ...terms };

const draft = defineDocument({
	kind: 'maintenance_contract',
	form: 'M-086',
	label: { en: 'Maintenance contract', zh: '保养合同书' },
	number: ({ contractNo }) => `BY-${String(contractNo)}`,
	title: ['contractNo', 'customer', 'endDay'],
	fields: { ...signed, overlapping: optional(text({ en: 'Overlapping with', zh: '重叠合同' })), signedBy: ref('person', { en: 'Signed for us by', zh: '我方经办' }), endedDay: optional(day({ en: 'Ended early', zh: '提前终止日期' })), reason: optional(text({ en: 'Reason', zh: '终止原因' })) },
	states: { Signed: '已签订', Terminated: '已终止' },
	indexes: [['customer']],
});

export type MaintenanceContract = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
type Terms = RowOf<typeof signed>;

/** Contracts of the customer that run on the same days for the same thing, or for everything. @rule C-005 */
export const overlapping = (one: Pick<Terms, 'startDay' | 'endDay' | 'asset' | 'project'>, others: readonly Contract[]): Contract[] =>
	others.filter(({ startDay, endDay, asset, project }) => {
		const same = one.project !== null || project !== null ? one.project === project : one.asset === asset || one.asset === null || asset === null;
		return startDay <= one.endDay && one.startDay <= endDay && same;
	});

/**
 * @rule C-005 — by the year or the visit, with its promises; one that overlaps is said, not refused
 * @rule C-001 — a renewal names the contract it follows
 */
function sign(_paper: unknown, { contractNo, ...input }: Terms, { client, others, there, actor, no }: Given & { client: unknown; others: readonly Contract[]; there: unknown }): Change<Shape> {
	if (client === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请先登记客户', 'C-002');
	if (there !== null) throw new RuleViolation('ALREADY_EXISTS', `合同号 ${contractNo} 已经登记`, '请核对合同号', 'C-005');
	if (input.endDay < input.startDay) throw new RuleViolation('FIELD_INVALID', `结束日期 ${input.endDay} 早于开始日期 ${input.startDay}`, '请核对日期', 'C-005');
	if (input.previous !== null && !others.some((each) => each.no === input.previous)) throw new RuleViolation('NOT_FOUND', `客户 ${input.customer} 没有合同“${input.previous}”`, '请核对续自合同', 'C-001');
	const clash = overlapping(input, others).map((each) => each.no);
	return {
		set: { ...input, contractNo, overlapping: clash.length === 0 ? null : clash.join('、'), signedBy: actor.code },
		then: [save(contract, contractNo, { ...input, installDueDay: null })],
		notices: clash.length === 0 ? [] : [{ key: `maintenance_contract.overlap:${no}`, to: { role: 'after_sales_manager' }, subject: `合同期间重叠 ${contractNo}`, rule: 'C-005', body: [['新合同', contractNo], ['重叠', clash.join('、')], '请核对是否重复收费。'] }],
	};
}

/** Ends before its time, or was entered wrongly: its last day moves. */
function terminate(paper: MaintenanceContract, { endedDay, reason }: { endedDay: Day; reason: string }): Change<Shape> {
	if (endedDay >= paper.endDay) throw new RuleViolation('FIELD_INVALID', `终止日期 ${endedDay} 不早于合同结束日期 ${paper.endDay}`, '请核对日期', 'C-005');
	return { set: { endedDay, reason }, then: [save(contract, paper.contractNo, { endDay: endedDay })], notices: [{ key: `maintenance_contract.end:${paper.no}`, to: { role: 'after_sales_manager' }, subject: `合同提前终止 ${paper.contractNo}`, rule: 'C-005', body: [['终止日期', endedDay], ['原因', reason]] }] };
}

const by = ['sales', 'sales_director', 'after_sales', 'service_director', 'after_sales_manager', 'dept_manager'] as const;

export const maintenanceContract = draft.events({
	sign: draft
		.event({ label: { en: 'Sign', zh: '签订保养合同' }, from: ['new'], to: ['Signed'], by, input: signed, facts: (input) => ({ client: find(customer, 'no', input.customer), others: findAll(contract, 'customer', input.customer), there: find(contract, 'no', input.contractNo) }) })
		.decidedBy(sign),
	terminate: draft.event({ label: { en: 'End early', zh: '终止保养合同' }, from: ['Signed'], to: ['Terminated'], by: ['sales_director', 'after_sales_manager', 'dept_manager'], input: { endedDay: day({ en: 'Last Day', zh: '最后一天' }), reason: text({ en: 'Reason', zh: '终止原因' }) } }).decidedBy(terminate),
});
