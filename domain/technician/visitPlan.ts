import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, flag, instant, lines, optional, ref, text, type RowOf } from '../document/fields';
import { asset, customer, person } from '../master/records';
import { hasRole } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';
import { requireOption } from './option';

/** @rule S-022 — phone, short message, face to face */
export const visitMeans = { visit: '面访', phone: '电话', sms: '短信', training: '培训支持', inspect: '设备巡检' } as const;
/** What a key customer is asked about. @rule C-024 */
const subjects = { usage: '使用情况', defect: '缺陷', design: '设计', processing: '加工', assembly: '装配' } as const;

/** What a visit brings home. @rule C-026 — a chance to sell goes to sales */
const found = {
	opinions: optional(lines({ subject: choice({ en: 'Subject', zh: '方面' }, subjects), opinion: text({ en: 'Opinion', zh: '意见' }) }, { en: 'Opinions', zh: '客户意见' })),
	usageState: optional(text({ en: 'State Of Use', zh: '设备使用状况（巡检必填）' })),
	opportunity: optional(text({ en: 'Chance To Sell', zh: '销售机会' })),
};

const planning = {
	technician: ref('person', { en: 'Person', zh: '走访人' }),
	customer: ref('customer', { en: 'Customer no', zh: '客户编号' }),
	plannedDay: day({ en: 'Planned day', zh: '计划日期' }),
	means: choice({ en: 'Means', zh: '方式' }, visitMeans),
	purpose: optional(text({ en: 'Purpose', zh: '内容' })),
	asset: optional(ref('asset', { en: 'Product', zh: '序列号（设备巡检）' })),
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
	fields: { ...planning, ...standard, dueAt: instant({ en: 'Due', zh: '期限' }), late: flag({ en: 'Late', zh: '逾期' }), doneDay: optional(day({ en: 'Done on', zh: '完成日期' })), result: optional(text({ en: 'Result', zh: '走访结果' })), wishes: optional(text({ en: 'Wishes', zh: '客户需求' })), ...found },
	states: { Assigned: '待走访', Done: '已走访', Cancelled: '已取消' },
	indexes: [['technician', 'state'], ['plannedDay'], ['customer']],
});

export type VisitPlan = DocumentOf<typeof draft.shape>;
type Known = Given & { worker: RowOf<typeof person.fields> | null; site: { keyCustomer: boolean | null } | null; machine: { customer: string } | null };

/** @rule T-043 — one line of a person's plan @rule C-024 — key customers are visited in any company @rule C-023 — an inspection is of one machine */
function plan(_plan: unknown, input: RowOf<typeof planning>, { worker, site, machine, settings, calendar }: Known): Change<typeof draft.shape> {
	if (site?.keyCustomer !== true) requireOption(settings, 'visit.plan', 'T-043');
	if (input.means === 'inspect' && machine?.customer !== input.customer) throw new RuleViolation('NOT_FOUND', `客户 ${input.customer} 没有序列号“${input.asset ?? ''}”的商品`, '设备巡检请填写该客户商品的序列号', 'C-023');
	if (worker === null || !worker.active || !hasRole(worker.roles, 'technician')) throw new RuleViolation('CONDITION_NOT_MET', `“${input.technician}”不是在职技术员，不能安排走访`, '请核对工号', 'T-043');
	if (site === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请核对客户编号', 'T-043');
	return { set: { ...input, dueAt: endOfDay(input.plannedDay, calendar.zone), late: false } };
}

const reported = {
	doneDay: day({ en: 'Done On', zh: '完成日期' }),
	result: text({ en: 'Result', zh: '走访结果' }, { long: true, help: '使用情况、发现的问题' }),
	wishes: optional(text({ en: 'Wishes', zh: '客户需求' }, { long: true })),
	...found,
};

/** @rule T-043 — by the person planned @rule S-023 — how it runs and what is wished for @rule C-023 — an inspection with the state of use @rule C-026 */
function report(planned: VisitPlan, input: RowOf<typeof reported>, { actor, today }: Given): Change<typeof draft.shape> {
	if (planned.technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${planned.no} 安排给了 ${planned.technician}，不是 ${actor.code}`, '只能登记安排给自己的走访', 'T-043');
	if (input.doneDay > today) throw new RuleViolation('CONDITION_NOT_MET', `完成日期 ${input.doneDay} 在将来`, '请核对日期', 'T-043');
	if (planned.means === 'inspect' && input.usageState === null) throw new RuleViolation('FIELD_MISSING', `${planned.no} 是设备巡检，没有填写设备使用状况`, '请填写', 'C-023');
	const body = [['客户编号', planned.customer], ['销售机会', input.opportunity ?? ''], ['走访人', actor.name]] as const;
	return {
		set: { ...input, late: input.doneDay > planned.plannedDay },
		notices: input.opportunity === null ? [] : [{ key: `visit_plan.sales:${planned.no}`, to: { role: 'sales' }, subject: `销售机会 ${planned.customer}`, rule: 'C-026', body }],
	};
}

/** The day has passed: the person is reminded once. @rule T-043 */
const miss = (planned: VisitPlan): Change<typeof draft.shape> => ({
	set: { late: true },
	notices: [{ key: `visit_plan.late:${planned.no}`, to: { person: planned.technician }, subject: `走访逾期 ${planned.no} ${planned.customer}`, rule: 'T-043', body: [['计划日期', planned.plannedDay], ['客户编号', planned.customer], '请尽快走访并登记结果。'] }],
});

/** Who visits customers or phones them. */
export const visitors = ['technician', 'customer_service', 'follow_up', 'as_engineer', 'sales', 'group_leader'] as const;

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
				facts: (input) => ({ worker: find(person, 'no', input.technician), site: find(customer, 'no', input.customer), machine: find(asset, 'no', input.asset) }),
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
