import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, flag, instant, optional, ref, text, type RowOf } from '../document/fields';
import { customer, person } from '../master/records';
import { hasRole } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';
import { requireOption } from './option';

/** @rule S-022 — phone, short message, face to face */
export const visitMeans = { visit: '面访', phone: '电话', sms: '短信', training: '培训支持' } as const;

const planning = {
	technician: ref('person', { en: 'Person', zh: '走访人' }),
	customer: ref('customer', { en: 'Customer no', zh: '客户编号' }),
	plannedDay: day({ en: 'Planned day', zh: '计划日期' }),
	means: choice({ en: 'Means', zh: '方式' }, visitMeans),
	purpose: optional(text({ en: 'Purpose', zh: '内容' })),
};

/** What the quarter's plan adds. @rule S-022 — the words to use stand on the visit */
const standard = {
	quarter: optional(text({ en: 'Quarter', zh: '季度计划' })),
	script: optional(text({ en: 'Script', zh: '话术' })),
};

const draft = defineDocument({
	kind: 'visit_plan',
	form: 'M-092',
	label: { en: 'Customer visit', zh: '客户走访与回访' },
	number: { prefix: 'ZF', period: 'month', digits: 4 },
	title: ['customer', 'plannedDay'],
	fields: { ...planning, ...standard, dueAt: instant({ en: 'Due', zh: '期限' }), late: flag({ en: 'Late', zh: '逾期' }), doneDay: optional(day({ en: 'Done on', zh: '完成日期' })), result: optional(text({ en: 'Result', zh: '走访结果' })), wishes: optional(text({ en: 'Wishes', zh: '客户需求' })) },
	states: { Assigned: '待走访', Done: '已走访', Cancelled: '已取消' },
	indexes: [['technician', 'state'], ['plannedDay'], ['customer']],
});

export type VisitPlan = DocumentOf<typeof draft.shape>;
type Known = Given & { worker: RowOf<typeof person.fields> | null; site: unknown };

/** @rule T-043 — one line of a person's plan */
function plan(_plan: unknown, input: RowOf<typeof planning>, { worker, site, settings, calendar }: Known): Change<typeof draft.shape> {
	requireOption(settings, 'visit.plan', 'T-043');
	if (worker === null || !worker.active || !hasRole(worker.roles, 'technician')) throw new RuleViolation('CONDITION_NOT_MET', `“${input.technician}”不是在职技术员，不能安排走访`, '请核对工号', 'T-043');
	if (site === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请核对客户编号', 'T-043');
	return { set: { ...input, dueAt: endOfDay(input.plannedDay, calendar.zone), late: false } };
}

const reported = {
	doneDay: day({ en: 'Done On', zh: '完成日期' }),
	result: text({ en: 'Result', zh: '走访结果' }, { long: true, help: '使用情况、发现的问题' }),
	wishes: optional(text({ en: 'Wishes', zh: '客户需求' }, { long: true })),
};

/** @rule T-043 — by the person planned @rule S-023 — how it runs and what is wished for */
function report(planned: VisitPlan, input: RowOf<typeof reported>, { actor, today }: Given): Change<typeof draft.shape> {
	if (planned.technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${planned.no} 安排给了 ${planned.technician}，不是 ${actor.code}`, '只能登记安排给自己的走访', 'T-043');
	if (input.doneDay > today) throw new RuleViolation('CONDITION_NOT_MET', `完成日期 ${input.doneDay} 在将来`, '请核对日期', 'T-043');
	return { set: { ...input, late: input.doneDay > planned.plannedDay } };
}

/** The day has passed: the person is reminded once. @rule T-043 */
const miss = (planned: VisitPlan): Change<typeof draft.shape> => ({
	set: { late: true },
	notices: [{ key: `visit_plan.late:${planned.no}`, to: { person: planned.technician }, subject: `走访逾期 ${planned.no} ${planned.customer}`, rule: 'T-043', body: [['计划日期', planned.plannedDay], ['客户编号', planned.customer], '请尽快走访并登记结果。'] }],
});

/** Who visits customers or phones them. */
const visitors = ['technician', 'customer_service', 'follow_up', 'as_engineer', 'sales', 'group_leader'] as const;

export const visitPlan = draft.events(
	{
		schedule: draft
			.event({ label: { en: 'By the quarter\'s plan', zh: '按季度计划' }, from: ['new'], to: ['Assigned'], by: 'consequence', input: { ...planning, ...standard } })
			.decidedBy((_plan, input, { calendar }) => ({ set: { ...input, dueAt: endOfDay(input.plannedDay, calendar.zone), late: false } })),
		plan: draft
			.event({
				label: { en: 'Plan a visit', zh: '安排走访' },
				from: ['new'],
				to: ['Assigned'],
				by: ['service_director', 'dept_manager', 'group_leader'],
				input: planning,
				facts: (input) => ({ worker: find(person, 'no', input.technician), site: find(customer, 'no', input.customer) }),
			})
			.decidedBy(plan),
		report: draft
			.event({ label: { en: 'Report the visit', zh: '登记走访' }, from: ['Assigned'], to: ['Done'], by: visitors, input: reported })
			.decidedBy(report),
		cancel: draft
			.event({ label: { en: 'Cancel', zh: '取消走访' }, from: ['Assigned'], to: ['Cancelled'], by: ['service_director', 'dept_manager', 'group_leader'], input: { reason: text({ en: 'Reason', zh: '取消原因' }) } })
			.decidedBy(() => ({})),
		miss: draft.event({ label: { en: 'Day passed', zh: '走访逾期' }, from: ['Assigned'], to: ['Assigned'], by: ['system'], input: {} }).decidedBy(miss),
	},
	{ planned: { label: { en: 'Planned day', zh: '计划日期' }, during: ['Assigned'], due: ({ dueAt, late }) => (late ? null : dueAt), fires: 'miss' } },
);
