import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { fen, instant, integer, lines, month, optional, ref, text, type Month } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';
import { returnDraft, type ReturnBatch } from './returnPaper';

const counted = lines(
	{ customer: text({ en: 'Customer', zh: '客户' }), model: text({ en: 'Model', zh: '型号' }), quantity: integer({ en: 'Quantity', zh: '数量' }), cost: fen({ en: 'Cost', zh: '费用' }) },
	{ en: 'Out of period', zh: '超期返修' },
);

const draft = defineDocument({
	kind: 'return_stats',
	form: 'M-140',
	label: { en: 'Out-of-period return statistics', zh: '超保修期返修数量与费用统计' },
	number: ({ month: of }) => `CB-${String(of).replace('-', '')}`,
	title: ['month'],
	fields: {
		month: month({ en: 'Month', zh: '月份' }),
		lines: counted,
		quantity: integer({ en: 'Pieces', zh: '总数量' }),
		cost: fen({ en: 'Cost', zh: '总费用' }),
		drawnUpAt: instant({ en: 'Drawn up', zh: '统计时间' }),
		productionBy: optional(ref('person', { en: 'Production', zh: '生产部签名' })),
		serviceBy: optional(ref('person', { en: 'Customer service', zh: '客服部签名' })),
		confirmedBy: optional(ref('person', { en: 'Confirmed by', zh: '销售部确认' })),
		reason: optional(text({ en: 'Reason', zh: '退回原因' })),
	},
	states: { Draft: '待清点', Counted: '已清点', Confirmed: '销售部已确认' },
	indexes: [['month']],
});

export type ReturnStats = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** What was booked in of goods out of their period, by customer and model. @rule R-204 */
export function outOfPeriod(batches: readonly ReturnBatch[]): { readonly customer: string; readonly model: string; readonly quantity: number; readonly cost: number }[] {
	const out = batches.filter(({ state }) => state !== 'Cancelled').flatMap(({ customerName, goods }) => goods.filter((line) => line.outOfPeriod).map(({ model, quantity, price }) => ({ customer: customerName, model, quantity, cost: quantity * (price ?? 0) })));
	return [...Map.groupBy(out, ({ customer, model }) => JSON.stringify([customer, model]))].map(([, [first, ...more]]) => more.reduce((sum, { quantity, cost }) => ({ ...sum, quantity: sum.quantity + quantity, cost: sum.cost + cost }), first as (typeof out)[number])).sort((a, b) => (`${a.customer} ${a.model}` < `${b.customer} ${b.model}` ? -1 : 1));
}

/** @rule R-204 — of a month that is over; drawn up again, it is counted again; where nothing came nobody is asked to count */
function drawUp(_paper: unknown, { month: of }: { month: Month }, { batches, today, now, no }: Given & { batches: readonly ReturnBatch[] }): Change<Shape> {
	if (of >= monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `${of} 还没有结束`, '请在次月统计', 'R-204');
	const found = outOfPeriod(batches);
	const [quantity, cost] = [found.reduce((sum, line) => sum + line.quantity, 0), found.reduce((sum, line) => sum + line.cost, 0)];
	return { set: { month: of, lines: found, quantity, cost, drawnUpAt: now, productionBy: null, serviceBy: null, reason: null }, notices: quantity === 0 ? [] : (['production', 'customer_service'] as const).map((role) => ({ key: `return_stats.count:${no}:${now}:${role}`, to: { role }, subject: `请清点并签名：超期返修统计 ${of}`, rule: 'R-204', body: [['数量', String(quantity)] as const] })) };
}

/** Each side signs; with both it is counted. @rule R-204 — two signatures of two people */
function sign(paper: ReturnStats, side: 'productionBy' | 'serviceBy', { actor, no }: Given): Change<Shape> {
	if (paper[side] !== null) throw new RuleViolation('ALREADY_EXISTS', `${no} 已由 ${paper[side]} 签名`, '请等另一部门签名', 'R-204');
	const other = side === 'productionBy' ? paper.serviceBy : paper.productionBy;
	if (other === actor.code) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 已为另一部门签名`, '请由另一人签名', 'R-204');
	return { set: { [side]: actor.code }, to: other === null ? 'Draft' : 'Counted', notices: other === null ? [] : [{ key: `return_stats.confirm:${no}:${paper.version}`, to: { role: 'sales' }, subject: `请确认超期返修统计 ${paper.month}`, rule: 'R-204', body: [['数量', String(paper.quantity)]] }] };
}

export const returnStats = draft.events({
	drawUp: draft
		.event({ label: { en: 'Draw up', zh: '编制超期返修统计' }, from: ['new', 'Draft', 'Counted'], to: ['Draft'], by: ['production', 'customer_service', 'pmc', 'system'], input: { month: month({ en: 'Month', zh: '月份' }) }, facts: (input) => ({ batches: findAll(returnDraft.shape, 'acceptedMonth', input.month) }) })
		.decidedBy(drawUp),
	signProduction: draft.event({ label: { en: 'Production signs', zh: '生产部清点签名' }, from: ['Draft'], to: ['Draft', 'Counted'], by: ['production'], input: {} }).decidedBy((paper, _input, given) => sign(paper, 'productionBy', given)),
	signService: draft.event({ label: { en: 'Customer service signs', zh: '客服部清点签名' }, from: ['Draft'], to: ['Draft', 'Counted'], by: ['customer_service'], input: {} }).decidedBy((paper, _input, given) => sign(paper, 'serviceBy', given)),
	sendBack: draft
		.event({ label: { en: 'Send back', zh: '退回重新清点' }, from: ['Counted'], to: ['Draft'], by: ['sales', 'sales_manager'], input: { reason: text({ en: 'Reason', zh: '退回原因' }) } })
		.decidedBy((paper, { reason }, { no }) => ({ set: { reason, productionBy: null, serviceBy: null }, notices: (['production', 'customer_service'] as const).map((role) => ({ key: `return_stats.back:${no}:${paper.version}:${role}`, to: { role }, subject: `超期返修统计退回 ${paper.month}`, rule: 'R-204', body: [['原因', reason] as const] })) })),
	confirm: draft.event({ label: { en: 'Confirm', zh: '销售部确认统计' }, from: ['Counted'], to: ['Confirmed'], by: ['sales', 'sales_manager'], input: {} }).decidedBy((_paper, _input, { actor }) => ({ set: { confirmedBy: actor.code } })),
});
