import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, instant, optional, ref, text } from '../document/fields';
import { person } from '../master/records';
import { isRole, roles, type Role } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';

export const taskKinds = { follow_up: '客户跟进', measure: '改进措施', question: '待答复问题', quality: '重大质量问题' } as const;

const draft = defineDocument({
	kind: 'follow_up',
	form: 'S-005',
	label: { en: 'Follow-up', zh: '跟进事项' },
	number: { prefix: 'GJ', period: 'month', digits: 4 },
	title: ['taskKind', 'subject'],
	fields: {
		taskKind: choice({ en: 'Kind', zh: '类别' }, taskKinds),
		subject: text({ en: 'Subject', zh: '事项' }),
		content: text({ en: 'Content', zh: '内容' }),
		role: text({ en: 'Role', zh: '负责角色' }, { internal: true }),
		holder: optional(ref('person', { en: 'Owner', zh: '负责人' })),
		source: optional(text({ en: 'Source', zh: '来源单据' })),
		dueDay: day({ en: 'Due', zh: '期限' }),
		overdueAt: instant({ en: 'Overdue from', zh: '逾期起算' }, { internal: true }),
		pressed: optional(text({ en: 'Pressed', zh: '催办' })),
		result: optional(text({ en: 'Result', zh: '处理结果' })),
	},
	states: { Open: '待处理', Done: '已处理', Dropped: '不再处理' },
	indexes: [['state'], ['holder'], ['source'], ['dueDay']],
});

export type FollowUp = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

const heads: readonly Role[] = ['service_director', 'dept_manager', 'after_sales_manager', 'service_dept', 'group_leader'];

const about = ({ subject, content, dueDay, source }: Pick<FollowUp, 'subject' | 'content' | 'dueDay' | 'source'>): [string, string][] => [['事项', subject], ['内容', content], ['期限', dueDay], ...(source === null ? [] : [['来源', source] as [string, string]])];

/** Who is to do it hears of it at once. @rule S-008 @rule S-033 */
function open(_task: unknown, input: { taskKind: keyof typeof taskKinds; subject: string; content: string; role: string; source: string | null }, { today, calendar, no }: Given): Change<Shape> {
	const dueDay = calendar.workdayAfter(today, 1).day;
	const role: Role = isRole(input.role) ? input.role : 'service_director';
	return { set: { ...input, role, dueDay, overdueAt: endOfDay(dueDay, calendar.zone) }, notices: [{ key: `follow_up.open:${no}`, to: { role }, subject: `跟进 ${no} ${input.subject}`, rule: 'S-008', body: about({ ...input, dueDay }) }] };
}

const measure = {
	subject: text({ en: 'Subject', zh: '事项' }),
	content: text({ en: 'Measure', zh: '措施' }, { long: true }),
	holder: ref('person', { en: 'Owner', zh: '负责人' }),
	dueDay: day({ en: 'Due', zh: '期限' }),
	source: optional(text({ en: 'Source', zh: '来源单据' }, { help: '例如调查卡编号、统计月份' })),
};

/** @rule S-005 — what the answers show is improved by somebody, until a day */
function plan(_task: unknown, input: { subject: string; content: string; holder: string; dueDay: string; source: string | null }, facts: Given & { worker: { active: boolean } | null }): Change<Shape> {
	checkHolder(input.holder, facts.worker);
	if (input.dueDay < facts.today) throw new RuleViolation('CONDITION_NOT_MET', `期限 ${input.dueDay} 已过`, '请填写今天或以后的日期', 'S-005');
	return { set: { ...input, taskKind: 'measure', role: 'service_director', overdueAt: endOfDay(input.dueDay, facts.calendar.zone) }, notices: [{ key: `follow_up.plan:${facts.no}`, to: { person: input.holder }, subject: `改进措施 ${facts.no} ${input.subject}`, rule: 'S-005', body: about(input) }] };
}

function checkHolder(code: string, worker: { readonly active: boolean } | null): void {
	if (worker === null || !worker.active) throw new RuleViolation('NOT_FOUND', `没有工号为“${code}”的在职人员`, '请核对负责人');
}

function checkMine(task: FollowUp, { actor }: Given): void {
	const isHead = heads.some((role) => actor.roles.includes(role));
	if (isHead || (task.holder === null ? actor.roles.includes(task.role as Role) : task.holder === actor.code)) return;
	throw new RuleViolation('NOT_ALLOWED', `${task.no} 由 ${task.holder ?? roles[task.role as Role]} 负责，不是 ${actor.code}`, '请由负责人或主管登记');
}

const handOver = (task: FollowUp, { holder }: { holder: string }, facts: Given & { worker: { active: boolean } | null }): Change<Shape> => {
	checkHolder(holder, facts.worker);
	return { set: { holder }, notices: [{ key: `follow_up.holder:${task.no}:${task.version}`, to: { person: holder }, subject: `跟进 ${task.no} ${task.subject}`, rule: 'S-005', body: about(task) }] };
};

/** Once, to who should have done it and to the director. @rule S-005 */
function press(task: FollowUp, _input: unknown, { today }: Given): Change<Shape> {
	const to = [task.holder === null ? { role: task.role as Role } : { person: task.holder }, ...(task.holder === null && task.role === 'service_director' ? [] : [{ role: 'service_director' as const }])];
	return { set: { pressed: today }, notices: to.map((each, index) => ({ key: `follow_up.late:${task.no}:${index}`, to: each, subject: `跟进逾期 ${task.no} ${task.subject}`, rule: 'S-005', body: about(task) })) };
}

const workers = ['service_director', 'dept_manager', 'after_sales_manager', 'service_dept', 'group_leader', 'as_engineer', 'technician', 'customer_service', 'follow_up', 'receptionist', 'operator', 'sales', 'qa', 'production', 'rd', 'purchasing'] as const;
const facts = ({ holder }: { holder: string }) => ({ worker: find(person, 'no', holder) });

/** Something somebody has to do for a customer or to become better. */
export const followUp = draft.events(
	{
		open: draft.event({ label: { en: 'Open', zh: '产生' }, from: ['new'], to: ['Open'], by: 'consequence', input: { taskKind: choice({ en: 'Kind', zh: '类别' }, taskKinds), subject: measure.subject, content: measure.content, role: text({ en: 'Role', zh: '负责角色' }), source: measure.source } }).decidedBy(open),
		plan: draft.event({ label: { en: 'Plan a measure', zh: '登记改进措施' }, from: ['new'], to: ['Open'], by: heads, input: measure, facts }).decidedBy(plan),
		handOver: draft.event({ label: { en: 'Give to', zh: '指派负责人' }, from: ['Open'], to: ['Open'], by: heads, input: { holder: measure.holder }, facts }).decidedBy(handOver),
		finish: draft.event({ label: { en: 'Done', zh: '登记处理结果' }, from: ['Open'], to: ['Done'], by: workers, input: { result: text({ en: 'Result', zh: '处理结果' }, { long: true }) } }).decidedBy((task, { result }, given) => {
			checkMine(task, given);
			return { set: { result } };
		}),
		drop: draft.event({ label: { en: 'Drop', zh: '不再处理' }, from: ['Open'], to: ['Dropped'], by: heads, input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy((_task, { reason }) => ({ set: { result: reason } })),
		press: draft.event({ label: { en: 'Overdue', zh: '逾期' }, from: ['Open'], to: ['Open'], by: ['system'], input: {} }).decidedBy(press),
	},
	{ due: { label: { en: 'Due', zh: '期限' }, during: ['Open'], due: ({ overdueAt, pressed }) => (pressed === null ? overdueAt : null), fires: 'press' } },
);
