import { defineDocument, fire, type Change, type Consequence, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { day, flag, instant, optional, ref, text, type Day } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';

const opening = {
	title: text({ en: 'Task', zh: '任务' }),
	owner: optional(ref('person', { en: 'Owner', zh: '责任人' })),
	department: optional(text({ en: 'Department', zh: '承担部门' })),
	project: optional(ref('project', { en: 'Project', zh: '工程/系统' })),
	dueDay: day({ en: 'Due', zh: '完成期限' }),
	source: text({ en: 'From paper', zh: '来源单据' }),
	basis: text({ en: 'Rule', zh: '依据' }),
};

const draft = defineDocument({
	kind: 'service_task',
	form: 'M-017',
	label: { en: 'Task', zh: '售后任务' },
	number: { prefix: 'RW', period: 'month', digits: 4 },
	title: ['title', 'owner', 'dueDay'],
	fields: {
		...opening,
		dueAt: instant({ en: 'Ends', zh: '期限' }),
		late: flag({ en: 'Late', zh: '逾期' }),
		doneDay: optional(day({ en: 'Done on', zh: '完成日期' })),
		doneBy: optional(ref('person', { en: 'Done by', zh: '完成人' })),
		result: optional(text({ en: 'Result', zh: '完成情况' }, { long: true })),
	},
	states: { Open: '待完成', Done: '已完成', Dropped: '已取消' },
	indexes: [['source'], ['state'], ['project']],
});

export type ServiceTask = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** Nobody named: the group leader looks after it. */
const owners = ({ owner }: Pick<ServiceTask, 'owner'>) => (owner === null ? ([{ role: 'group_leader' }] as const) : ([{ person: owner }, { role: 'group_leader' }] as const));

/** A task somebody has until a day, opened by the paper it comes from. @rule C-021 — of a measure @rule C-012 — of an open issue */
export const openTask = (task: { readonly title: string; readonly owner?: string | null; readonly department?: string | null; readonly project?: string | null; readonly dueDay: Day; readonly source: string; readonly basis: string }): Consequence => fire(serviceTask, 'open', null, task);

/** Its owner or the leader says so. */
function finish(task: ServiceTask, { doneDay, result }: { doneDay: Day; result: string }, { actor, today }: Given): Change<Shape> {
	if (task.owner !== null && task.owner !== actor.code && !actor.roles.includes('group_leader')) throw new RuleViolation('NOT_ALLOWED', `${task.no} 由 ${task.owner} 负责，不是 ${actor.code}`, '请由责任人或售后服务组长登记', 'C-013');
	if (doneDay > today) throw new RuleViolation('CONDITION_NOT_MET', `完成日期 ${doneDay} 在将来`, '请核对日期', 'C-013');
	return { set: { doneDay, result, doneBy: actor.code, late: doneDay > task.dueDay } };
}

/** @rule C-013 — what is past its day is told to its owner and the group leader, once */
const remind = (task: ServiceTask): Change<Shape> => ({
	set: { late: true },
	notices: owners(task).map((to) => ({ key: `service_task.late:${task.no}:${'role' in to ? to.role : to.person}`, to, subject: `任务逾期 ${task.no} ${task.title}`, rule: 'C-013', body: [['任务', task.title], ['期限', task.dueDay], ['责任人', task.owner ?? task.department ?? '未指定'], ['来源', task.source]] })),
});

const leaders = ['group_leader', 'service_director', 'after_sales_manager', 'dept_manager'] as const;

export const serviceTask = draft.events(
	{
		open: draft.event({ label: { en: 'Open', zh: '下达任务' }, from: ['new'], to: ['Open'], by: 'consequence', input: opening }).decidedBy((_task, input, { calendar, no }) => ({
			set: { ...input, dueAt: endOfDay(input.dueDay, calendar.zone), late: false },
			notices: owners(input).map((to) => ({ key: `service_task.open:${no}:${'role' in to ? to.role : to.person}`, to, subject: `任务 ${no} ${input.title}`, rule: input.basis, body: [['任务', input.title], ['期限', input.dueDay], ['来源', input.source]] })),
		})),
		finish: draft
			.event({ label: { en: 'Finish', zh: '完成任务' }, from: ['Open'], to: ['Done'], by: ['technician', 'as_engineer', 'sales', 'sales_director', 'after_sales', ...leaders], input: { doneDay: day({ en: 'Done On', zh: '完成日期' }), result: text({ en: 'Result', zh: '完成情况' }, { long: true }) } })
			.decidedBy(finish),
		drop: draft
			.event({ label: { en: 'Drop', zh: '取消任务' }, from: ['Open'], to: ['Dropped'], by: leaders, input: { reason: text({ en: 'Reason', zh: '取消原因' }) } })
			.decidedBy((task, { reason }) => ({ set: { result: reason }, notices: owners(task).map((to) => ({ key: `service_task.dropped:${task.no}:${'role' in to ? to.role : to.person}`, to, subject: `任务取消 ${task.no} ${task.title}`, rule: task.basis, body: [['原因', reason]] })) })),
		remind: draft.event({ label: { en: 'Day passed', zh: '任务逾期' }, from: ['Open'], to: ['Open'], by: ['system'], input: {} }).decidedBy(remind),
	},
	{ due: { label: { en: 'Due', zh: '完成期限' }, during: ['Open'], due: ({ dueAt, late }) => (late ? null : dueAt), fires: 'remind' } },
);
