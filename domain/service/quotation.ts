import { fire, type Change, type RowOfRecord } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { fen, integer, lines, optional, ref, text, type InputOf } from '../document/fields';
import { price } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { yuan } from '../shared/money';
import { call, type Call } from './call';
import { belowList, listPrice, needsApproval, totalOf } from './priceRules';
import { quotationDraft as draft, type Quotation } from './quotationPaper';

type Shape = typeof draft.shape;
const wanted = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }, { among: ['WithDispatcher', 'Assigned', 'Escalated', 'InRepair'] }),
	lines: lines(
		{ item: ref('item', { en: 'Item', zh: '项目编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }), offer: optional(fen({ en: 'Offer', zh: '单价(元)' }, { min: 0 })) },
		{ en: 'Lines', zh: '报价明细' },
	),
};

/**
 * Offers parts, labour and travel for a job that is paid.
 * @rule V-065 — lines of these kinds, the total is their sum
 * @rule V-064 — more than `charges.deviation_limit_pct` below the list waits for the general manager
 * @rule V-063 — never above the list
 */
function quote(_paper: unknown, input: InputOf<typeof wanted>, { job, prices, today, settings, no }: Given & { job: Call | null; prices: readonly RowOfRecord<typeof price>[] }): Change<Shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.call}”的叫修`, '请核对编号');
	if (input.lines.length === 0) throw new RuleViolation('FIELD_MISSING', '报价没有明细', '请至少填写一行项目', 'V-065');
	const offered = input.lines.map(({ item, quantity, offer }) => {
		const { customerPrice: list, priceKind: kind } = listPrice(item, prices, today);
		if ((offer ?? list) > list) throw new RuleViolation('CONDITION_NOT_MET', `“${item}”的报价 ${yuan(offer ?? 0)} 元高于标准价 ${yuan(list)} 元`, '请不高于标准价报价', 'V-063');
		return { kind, item, quantity, list, offer: offer ?? list };
	});
	const listTotal = totalOf(offered.map(({ quantity, list }) => ({ quantity, price: list })));
	const offerTotal = totalOf(offered.map(({ quantity, offer }) => ({ quantity, price: offer })));
	const set = { call: job.no, customerName: job.customerName, lines: offered, listTotal, offerTotal, deviation: belowList(listTotal, offerTotal) };
	if (!needsApproval(listTotal, offerTotal, settings['charges.deviation_limit_pct'])) return { set, to: 'Ready' };
	return {
		set,
		to: 'AwaitApproval',
		notices: [{ key: `quotation.approve:${no}`, to: { role: 'general_manager' }, subject: `报价待批准 ${no}（低于标准 ${set.deviation}）`, rule: 'V-064', body: [['报价编号', no], ['叫修编号', job.no], ['客户', job.customerName], ['标准价', `${yuan(listTotal)} 元`], ['报价', `${yuan(offerTotal)} 元`], ['负偏差', set.deviation]] }],
	};
}

/** @rule O-007 — whoever made the offer does not approve it */
function approve(paper: Quotation, _input: unknown, { actor, now }: Given): Change<Shape> {
	if (paper.createdBy === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 报价，不能自己批准`, '请由其他有权人员批准', 'O-007');
	return { set: { approvedBy: actor.code, approvedAt: now } };
}

const sellers = ['customer_service', 'sales', 'dept_manager', 'after_sales_manager'] as const;

export const quotation = draft.events({
	quote: draft
		.event({
			label: { en: 'Quote', zh: '报价' },
			from: ['new'],
			to: ['Ready', 'AwaitApproval'],
			by: sellers,
			input: wanted,
			facts: (input) => ({ job: find(call, 'no', input.call), prices: findAll(price, 'item', input.lines.map(({ item }) => item)) }),
		})
		.decidedBy(quote),
	approve: draft.event({ label: { en: 'Approve', zh: '批准报价' }, from: ['AwaitApproval'], to: ['Ready'], by: ['general_manager'], input: {} }).decidedBy(approve),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不批准报价' }, from: ['AwaitApproval'], to: ['Refused'], by: ['general_manager'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy(() => ({})),
	send: draft.event({ label: { en: 'Send', zh: '发出报价' }, from: ['Ready'], to: ['Sent'], by: sellers, input: {} }).decidedBy((_paper, _input, { now }) => ({ set: { sentAt: now } })),
	accept: draft
		.event({ label: { en: 'Customer accepts', zh: '客户接受报价' }, from: ['Sent'], to: ['Accepted'], by: sellers, input: { consentBy: text({ en: 'Accepted By', zh: '客户同意人' }) } })
		.decidedBy((paper, { consentBy }, { now }) => ({ set: { consentAt: now, consentBy }, then: [fire(call, 'agreed', paper.call, { amount: paper.offerTotal, consentBy })] })),
	decline: draft.event({ label: { en: 'Customer declines', zh: '客户不接受报价' }, from: ['Sent'], to: ['Declined'], by: sellers, input: {} }).decidedBy(() => ({})),
});
