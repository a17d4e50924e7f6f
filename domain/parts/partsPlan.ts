import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { findAll, findOf, type Given } from '../document/facts';
import { fen, integer, lines, month, optional, ref, text, type RowOf } from '../document/fields';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { partRequest } from './partRequest';
import { partRequestDraft, valueOf, type PartRequest } from './partRequestPaper';

const total = fen({ en: 'Total', zh: '金额' });
const ofOutlet = { request: ref('part_request', { en: 'Request', zh: '申请编号' }), outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), total };
const ofItem = { item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }), total };
type OfItem = RowOf<typeof ofItem>;

const draft = defineDocument({
	kind: 'parts_plan',
	form: 'M-058',
	label: { en: 'Parts plan', zh: '配件计划' },
	number: { prefix: 'JH', period: 'month', digits: 3 },
	title: ['month'],
	fields: {
		month: month({ en: 'Month', zh: '月份' }),
		outlets: lines(ofOutlet, { en: 'By outlet', zh: '网点合计' }),
		items: lines(ofItem, { en: 'By part', zh: '配件合计' }),
		requests: integer({ en: 'Requests', zh: '申请数' }),
		total: fen({ en: 'Total', zh: '总额' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '总经理批准' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Drafted: '待批准', Approved: '已批准', Refused: '不批准' },
	indexes: [['month']],
});
export type PartsPlan = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** What is planned for each part. */
function byItem(requests: readonly Pick<PartRequest, 'lines'>[]): OfItem[] {
	const sums = new Map<string, { quantity: number; total: number }>();
	for (const { item, approved, price } of requests.flatMap(({ lines }) => lines)) {
		const sum = sums.get(item) ?? { quantity: 0, total: 0 };
		sums.set(item, { quantity: sum.quantity + (approved ?? 0), total: sum.total + (approved ?? 0) * price });
	}
	return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([item, sum]) => ({ item, ...sum }));
}

/**
 * Merges the month's reviewed requests.
 * @rule P-023 — the plan's total is the sum of the lines in it; each request is in one plan
 */
function drawUp(_plan: unknown, input: { month: string }, { asked, no }: Given & { asked: readonly Pick<PartRequest, 'no' | 'state' | 'requestKind' | 'plan' | 'outlet' | 'lines'>[] }): Change<Shape> {
	const requests = asked.filter(({ state, requestKind, plan }) => state === 'Reviewed' && requestKind === 'monthly' && plan === null);
	if (requests.length === 0) throw new RuleViolation('CONDITION_NOT_MET', `${input.month} 没有已审核、未列入计划的月度申请`, '请先审核网点的月度申请', 'P-023');
	const outlets = requests.map((request) => ({ request: request.no, outlet: request.outlet, total: valueOf(request.lines) }));
	const total = outlets.reduce((sum, each) => sum + each.total, 0);
	return {
		set: { month: input.month, outlets, items: byItem(requests), requests: requests.length, total },
		then: requests.map((request) => fire(partRequest, 'enterPlan', request.no, { plan: no })),
		notices: [{ key: `parts_plan.approve:${no}`, to: { role: 'general_manager' }, subject: `配件计划待批准 ${no}（${yuan(total)} 元）`, rule: 'P-023', body: [['计划编号', no], ['月份', input.month], ['申请', `${requests.length} 份`], ['总额', `${yuan(total)} 元`], ...outlets.map(({ request, outlet, total: value }) => [`${outlet} ${request}`, `${yuan(value)} 元`] as const)] }],
	};
}

/** Requests still in the plan; one refused meanwhile has left it. */
const inPlan = (asked: readonly PartRequest[]): readonly PartRequest[] => asked.filter(({ state }) => state === 'Reviewed');

type Known = Given & { asked: readonly PartRequest[] };

/** @rule P-023 — nothing monthly is issued before; what changed since is not approved unseen */
function approve(plan: PartsPlan, _input: unknown, { asked, actor }: Known): Change<Shape> {
	const requests = inPlan(asked);
	const total = requests.reduce((sum, { lines }) => sum + valueOf(lines), 0);
	if (requests.length !== plan.requests || total !== plan.total)
		throw new RuleViolation('CONDITION_NOT_MET', `${plan.no} 编制后有申请变动：计划 ${yuan(plan.total)} 元，现为 ${yuan(total)} 元`, '请不批准此计划，由售后部重新编制', 'P-023');
	return { set: { approvedBy: actor.code }, then: requests.map(({ no }) => fire(partRequest, 'approvePlan', no, {})) };
}

const refuse = (_plan: PartsPlan, { reason }: { reason: string }, { asked }: Known): Change<Shape> => ({ set: { reason }, then: inPlan(asked).map(({ no }) => fire(partRequest, 'enterPlan', no, { plan: null })) });

const ofPlan = (_input: unknown, plan: PartsPlan) => ({ asked: findAll(partRequestDraft.shape, 'plan', plan.no) });

export const partsPlan = draft.events({
	drawUp: draft
		.event({
			label: { en: 'Draw up the plan', zh: '编制配件计划' },
			from: ['new'],
			to: ['Drafted'],
			by: ['after_sales', 'after_sales_manager'],
			input: { month: month({ en: 'Month', zh: '月份' }) },
			takeTurns: ({ month: planned }) => [planned],
			facts: (input) => ({ asked: findOf(partRequestDraft.shape, 'state', 'Reviewed', { column: 'month', value: input.month }, ['no', 'state', 'requestKind', 'plan', 'outlet', 'lines']) }),
		})
		.decidedBy(drawUp),
	approve: draft.event({ label: { en: 'Approve', zh: '批准计划' }, from: ['Drafted'], to: ['Approved'], by: ['general_manager'], input: {}, facts: ofPlan }).decidedBy(approve),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不批准计划' }, from: ['Drafted'], to: ['Refused'], by: ['general_manager', 'after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '原因' }) }, facts: ofPlan }).decidedBy(refuse),
});
