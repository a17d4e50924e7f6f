import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, flag, instant, integer, lines, optional, ref, text, type Day, type RowOf } from '../document/fields';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, endOfDay } from '../shared/zonedTime';
import { returnBatch } from './returnBatch';
import { pieces, returnDraft, type Pieces, type ReturnBatch } from './returnPaper';

const planning = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Analysed', 'Planned'] }),
	day: day({ en: 'Day', zh: '日期' }),
	planned: integer({ en: 'Planned', zh: '计划数' }, { min: 1 }),
	standard: optional(flag({ en: 'Standard Procedure', zh: '按标准流程' })),
};

const done = {
	repaired: optional(lines(pieces, { en: 'Repaired', zh: '修好' })),
	unrepaired: optional(lines(pieces, { en: 'Returned Unrepaired', zh: '未修退回' })),
	reason: optional(text({ en: 'Reason', zh: '未达成或超期的原因' })),
};

const draft = defineDocument({
	kind: 'return_plan',
	form: 'M-080',
	label: { en: 'Return repair plan', zh: '返修计划' },
	number: (input) => `FP-${String(input['batch'])}-${String(input['day']).replaceAll('-', '')}`,
	title: ['batch', 'day'],
	fields: {
		batch: ref('return_batch', { en: 'Batch', zh: '批号' }),
		day: planning.day,
		planned: planning.planned,
		late: flag({ en: 'Released late', zh: '迟下计划' }),
		issuedAt: instant({ en: 'Released', zh: '下达时间' }),
		reportDueAt: instant({ en: 'Report due', zh: '填报期限' }, { internal: true }),
		reminded: optional(flag({ en: 'Reminded', zh: '已催报' }, { internal: true })),
		done: optional(integer({ en: 'Done', zh: '完成数' })),
		below: optional(flag({ en: 'Below the rate', zh: '达成率不足' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
		doneBy: optional(ref('person', { en: 'Reported by', zh: '填报人' })),
	},
	states: { Issued: '已下达', Done: '已填报', Withdrawn: '已撤销' },
	indexes: [['batch'], ['day']],
});

export type ReturnPlan = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** Whether a plan for a day comes so late that material cannot be there. @rule R-211 — by 24:00 of the day `return.plan_lead_days` before */
export const isReleasedLate = (planDay: Day, today: Day, settings: Settings): boolean => today > addDays(planDay, -settings['return.plan_lead_days']);

/** Whether less was done than is demanded; exactly the rate is enough. @rule R-215 */
export const isBelow = (planned: number, completed: number, pct: number): boolean => completed * 100 < planned * pct;

/** @rule R-211 — material control plans ahead; a late plan is kept and flagged */
function issue(_plan: unknown, { standard, ...input }: RowOf<typeof planning>, { today, now, no, settings, calendar, batch }: Given & { batch: ReturnBatch | null }): Change<Shape> {
	if (batch === null) throw new RuleViolation('NOT_FOUND', `没有批号“${input.batch}”`, '请核对批号', 'R-211');
	if (input.day < today) throw new RuleViolation('FIELD_INVALID', `计划日期 ${input.day} 已经过去`, '请填写今天以后的日期', 'R-211');
	const late = isReleasedLate(input.day, today, settings);
	return {
		set: { ...input, late, issuedAt: now, reportDueAt: endOfDay(input.day, calendar.zone), done: null, below: null, reminded: null, reason: null },
		then: [fire(returnBatch, 'planned', batch.no, { quantity: input.planned, standard })],
		notices: [{ key: `return_plan.issued:${no}:${now}`, to: { role: 'repair_group' }, subject: `返修计划 ${input.day} ${batch.no}`, rule: 'R-211', body: [['批号', batch.no], ['日期', input.day], ['计划数', String(input.planned)], ...(late ? [`下达不足提前 ${settings['return.plan_lead_days']} 天`] : [])] }],
	};
}

const sum = (list: readonly Pieces[] | null) => (list ?? []).reduce((total, { quantity }) => total + quantity, 0);

/** What the day brought, on the batch's account. @rule R-215 — less than the rate is flagged and told @rule R-209 */
function report(plan: ReturnPlan, { repaired, unrepaired, reason }: RowOf<typeof done>, { today, actor, settings }: Given): Change<Shape> {
	if (plan.day > today) throw new RuleViolation('CONDITION_NOT_MET', `${plan.no} 是 ${plan.day} 的计划，还没有到`, '请在当天或以后填报', 'R-215');
	const completed = sum(repaired) + sum(unrepaired);
	const below = isBelow(plan.planned, completed, settings['return.plan_rate_pct']);
	if (below && reason === null) throw new RuleViolation('FIELD_MISSING', `${plan.no} 计划 ${plan.planned}，完成 ${completed}，低于 ${settings['return.plan_rate_pct']}%`, '请填写未达成的原因', 'R-215');
	return {
		set: { done: completed, below, reason, doneBy: actor.code },
		then: completed === 0 ? [] : [fire(returnBatch, 'tally', plan.batch, { repaired: repaired ?? [], unrepaired: unrepaired ?? [], reason })],
		notices: below ? (['pmc', 'production'] as const).map((role) => ({ key: `return_plan.below:${plan.no}:${role}`, to: { role }, subject: `返修计划达成不足 ${plan.no}`, rule: 'R-215', body: [['计划', String(plan.planned)], ['完成', String(completed)], ['原因', reason ?? '']] as const })) : [],
	};
}

export const returnPlan = draft.events(
	{
		issue: draft.event({ label: { en: 'Release a plan', zh: '下达返修计划' }, from: ['new', 'Withdrawn'], to: ['Issued'], by: ['pmc'], input: planning, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(issue),
		report: draft.event({ label: { en: 'Report the day', zh: '填报当日完成' }, from: ['Issued'], to: ['Done'], by: ['repair_group'], input: done }).decidedBy(report),
		withdraw: draft.event({ label: { en: 'Withdraw', zh: '撤销返修计划' }, from: ['Issued'], to: ['Withdrawn'], by: ['pmc'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy((plan, { reason }) => ({ set: { reason }, notices: [{ key: `return_plan.withdrawn:${plan.no}:${plan.version}`, to: { role: 'repair_group' }, subject: `返修计划撤销 ${plan.no}`, rule: 'R-211', body: [['原因', reason]] }] })),
		remind: draft.event({ label: { en: 'Not reported', zh: '催报' }, from: ['Issued'], to: ['Issued'], by: ['system'], input: {} }).decidedBy((plan) => ({ set: { reminded: true }, notices: [{ key: `return_plan.unreported:${plan.no}:${plan.version}`, to: { role: 'repair_group' }, subject: `返修计划没有填报 ${plan.no}`, rule: 'R-215', body: [['日期', plan.day], ['计划数', String(plan.planned)]] }] })),
	},
	{ report: { label: { en: 'Report', zh: '填报期限' }, during: ['Issued'], due: ({ reportDueAt, reminded }: ReturnPlan) => (reminded === true ? null : reportDueAt), fires: 'remind' } },
);
