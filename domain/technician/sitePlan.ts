import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, flag, instant, integer, lines, optional, ref, text, type Day } from '../document/fields';
import { customer } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';
import { requireOption } from './option';

type Step = { readonly dueDay: Day; readonly task: string; readonly doneDay: Day | null; readonly told: boolean };

const planned = { dueDay: day({ en: 'Due', zh: '计划日期' }), task: text({ en: 'Task', zh: '工作' }) };

/** What is finished with the installation. @rule T-035 — acceptance, training, original documents */
const completion = {
	acceptedBy: optional(text({ en: 'Accepted By', zh: '验收人（客户）' })),
	usersTrained: optional(flag({ en: 'Users Trained', zh: '已培训用户' })),
	originals: optional(text({ en: 'Original Documents', zh: '收集的原始资料' }, { long: true })),
};

const draft = defineDocument({
	kind: 'site_plan',
	form: 'T-035',
	label: { en: 'Progress plan of an installation', zh: '工程进度计划' },
	number: { prefix: 'GC', period: 'year', digits: 3 },
	title: ['project', 'customer'],
	fields: {
		project: text({ en: 'Project', zh: '工程名称' }),
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		leader: ref('person', { en: 'Leader', zh: '现场负责人' }),
		steps: lines({ ...planned, doneDay: optional(day({ en: 'Done on', zh: '完成日期' })), told: flag({ en: 'Told', zh: '已提醒' }) }, { en: 'Steps', zh: '进度' }),
		nextDueAt: optional(instant({ en: 'Next limit', zh: '最近期限' })),
		...completion,
		acceptedAt: optional(instant({ en: 'Accepted at', zh: '验收时间' })),
	},
	states: { Running: '施工中', Done: '已完工', Accepted: '已验收' },
	indexes: [['state']],
});

type PlanShape = typeof draft.shape;
type SitePlan = DocumentOf<PlanShape>;

const byDay = (steps: readonly Step[]): Step[] => steps.toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : 1));

/** Steps not done whose day has passed. @rule T-035 */
const lateSteps = (steps: readonly Step[], today: Day): Step[] => steps.filter(({ dueDay, doneDay }) => doneDay === null && dueDay < today);

const withLimit = (steps: readonly Step[], zone: string) => {
	const next = steps.find(({ doneDay, told }) => doneDay === null && !told);
	return { steps, nextDueAt: next === undefined ? null : endOfDay(next.dueDay, zone) };
};

type Opening = { project: string; customer: string; steps: readonly { dueDay: Day; task: string }[] };

/** @rule T-035 — an installation has a plan with dated lines */
function start(_plan: unknown, { steps, ...input }: Opening, { settings, calendar, actor, known }: Given & { known: unknown }): Change<PlanShape> {
	requireOption(settings, 'site.plan', 'T-035');
	if (known === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请核对客户编号', 'T-035');
	if (steps.length === 0) throw new RuleViolation('FIELD_MISSING', '进度计划没有内容', '请每行填写日期和工作，例如：2025-06-20 布线', 'T-035');
	return { set: { ...input, leader: actor.code, ...withLimit(byDay(steps.map((step) => ({ ...step, doneDay: null, told: false }))), calendar.zone) } };
}

/** @rule T-035 — by the number of the line, in whatever order */
function finishStep(plan: SitePlan, { line, doneDay }: { line: number; doneDay: Day }, { today, calendar }: Given): Change<PlanShape> {
	const step = plan.steps[line - 1];
	if (step === undefined || step.doneDay !== null) throw new RuleViolation('CONDITION_NOT_MET', `${plan.no} 没有未完成的第 ${line} 行`, `请从 1 到 ${plan.steps.length} 中选择未完成的一行`, 'T-035');
	if (doneDay > today) throw new RuleViolation('CONDITION_NOT_MET', `完成日期 ${doneDay} 在将来`, '请核对日期', 'T-035');
	const steps = plan.steps.map((each, index) => (index === line - 1 ? { ...each, doneDay } : each));
	return { set: withLimit(steps, calendar.zone), to: steps.every((each) => each.doneDay !== null) ? 'Done' : 'Running' };
}

type Completion = { acceptedBy: string | null; usersTrained: boolean | null; originals: string | null };

/** @rule T-035 — staff help with acceptance and training and collect the original documents; none of them is left out */
function acceptSite(plan: SitePlan, input: Completion, { now }: Given): Change<PlanShape> {
	const missing = [input.acceptedBy === null && '验收人', input.usersTrained !== true && '用户培训', input.originals === null && '原始资料'].filter((name) => name !== false);
	if (missing.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${plan.no} 还缺${missing.join('、')}`, '请办完后再登记工程验收', 'T-035');
	return { set: { ...input, acceptedAt: now } };
}

/** Late lines are listed to the leader, each once. @rule T-035 */
function tellLate(plan: SitePlan, _input: unknown, { today, calendar }: Given): Change<PlanShape> {
	const late = lateSteps(plan.steps, today);
	return {
		set: withLimit(plan.steps.map((step) => ({ ...step, told: step.told || late.includes(step) })), calendar.zone),
		notices: [{ key: `site_plan.late:${plan.no}:${today}`, to: { person: plan.leader }, subject: `工程进度逾期 ${plan.project}`, rule: 'T-035', body: late.map(({ dueDay, task }) => [dueDay, task] as const) }],
	};
}

export const sitePlan = draft.events(
	{
		start: draft
			.event({
				label: { en: 'Start', zh: '编制进度计划' },
				from: ['new'],
				to: ['Running'],
				by: ['technician', 'service_director'],
				input: {
					project: text({ en: 'Project', zh: '工程名称' }),
					customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
					steps: lines(planned, { en: 'Steps', zh: '进度' }),
				},
				facts: (input) => ({ known: find(customer, 'no', input.customer) }),
			})
			.decidedBy(start),
		finishStep: draft
			.event({ label: { en: 'Step done', zh: '登记进度' }, from: ['Running'], to: ['Running', 'Done'], by: ['technician', 'service_director'], input: { line: integer({ en: 'Line', zh: '第几行' }, { min: 1 }), doneDay: day({ en: 'Done On', zh: '完成日期' }) } })
			.decidedBy(finishStep),
		accept: draft
			.event({ label: { en: 'Accepted by the customer', zh: '工程验收' }, from: ['Done'], to: ['Accepted'], by: ['technician', 'service_director'], input: completion })
			.decidedBy(acceptSite),
		tellLate: draft.event({ label: { en: 'Late', zh: '进度逾期' }, from: ['Running'], to: ['Running'], by: ['system'], input: {} }).decidedBy(tellLate),
	},
	{ step: { label: { en: 'Next step', zh: '最近期限' }, during: ['Running'], due: ({ nextDueAt }) => nextDueAt, fires: 'tellLate' } },
);
