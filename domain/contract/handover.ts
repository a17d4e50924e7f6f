import { defineDocument, save, type Change, type DocumentOf } from '../document/document';
import { all, find, type Given } from '../document/facts';
import { day, flag, instant, lines, optional, ref, text, type Day, type RowOf } from '../document/fields';
import { person, project } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, endOfDay } from '../shared/zonedTime';
import type { Project } from './phase';
import { openTask } from './serviceTask';

const long = { long: true } as const;
/** The four documents, in parts. @rule C-012 */
const documents = {
	technical: optional(text({ en: 'Technical Material', zh: '技术资料' }, long)),
	openIssues: optional(lines({ dueDay: day({ en: 'Due', zh: '完成时间' }), owner: ref('person', { en: 'Owner', zh: '责任人工号' }), issue: text({ en: 'Open issue', zh: '遗留问题' }) }, { en: 'Open issues', zh: '项目遗留问题及完成时间表' })),
	noIssues: optional(flag({ en: 'No Open Issues', zh: '没有遗留问题' })),
	outerBorder: optional(text({ en: 'Border to the Customer', zh: '外部边界：与客户的维护边界' }, long)),
	maintainUntil: optional(day({ en: 'Maintained Until', zh: '外部边界：维护期止' })),
	afterwards: optional(text({ en: 'Measures Afterwards', zh: '外部边界：期满措施' }, long)),
	innerBorder: optional(text({ en: 'Border to Technical Support', zh: '内部边界：与技术支撑部门的边界' }, long)),
	faq: optional(text({ en: 'Common Problems', zh: '内部边界：常见问题及处理' }, long)),
	emergency: optional(text({ en: 'Emergency Contacts', zh: '内部边界：应急联络部门及人员' }, long)),
};

const draft = defineDocument({
	kind: 'handover',
	form: 'M-016',
	label: { en: 'Project handover', zh: '项目移交文档' },
	// One a project.
	number: ({ project: no }) => `XY-${String(no)}`,
	title: ['project', 'acceptedDay'],
	fields: {
		project: ref('project', { en: 'Project', zh: '项目' }),
		leader: ref('person', { en: 'Group leader', zh: '售后服务组长' }),
		...documents,
		acceptedDay: optional(day({ en: 'Accepted', zh: '验收日期' })),
		remindAt: optional(instant({ en: 'Reminder', zh: '提醒时间' })),
		reminded: flag({ en: 'Reminded', zh: '已提醒' }),
		dueAt: optional(instant({ en: 'To be complete by', zh: '移交完成期限' })),
		late: flag({ en: 'Late', zh: '逾期' }),
		completedDay: optional(day({ en: 'Complete', zh: '移交完成日期' })),
		handedBy: optional(text({ en: 'Handed over by', zh: '移交方签字' })),
		takenBy: optional(ref('person', { en: 'Taken over by', zh: '接收方签字' })),
		reason: optional(text({ en: 'Reason', zh: '取消原因' })),
	},
	states: { InProgress: '移交中', Complete: '移交完成', Cancelled: '已取消' },
	indexes: [['project'], ['state']],
});

export type Handover = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
const DAYS_TO_CHANGE_PASSWORDS = 7;

/** The limit runs from the acceptance. @rule C-011 — `handover.complete_days`, a reminder on day `handover.remind_day` */
const limits = (acceptedDay: Day, { settings, calendar }: Given) => ({ acceptedDay, remindAt: endOfDay(addDays(acceptedDay, settings['handover.remind_day'] - 1), calendar.zone), dueAt: endOfDay(addDays(acceptedDay, settings['handover.complete_days']), calendar.zone) });

/** @rule C-010 — the group takes part before the final acceptance */
function begin(_paper: unknown, input: { project: string }, { site, ...given }: Given & { site: Project | null }): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `没有工程编号“${input.project}”`, '请先在工程资料中登记', 'C-010');
	return { set: { project: site.no, leader: given.actor.code, reminded: false, late: false, ...(site.acceptedDay === null ? {} : limits(site.acceptedDay, given)) } };
}

function accept(paper: Handover, { acceptedDay }: { acceptedDay: Day }, given: Given): Change<Shape> {
	if (acceptedDay > given.today) throw new RuleViolation('CONDITION_NOT_MET', `验收日期 ${acceptedDay} 在将来`, '请核对日期', 'C-011');
	return { set: { ...limits(acceptedDay, given), reminded: false, late: false }, then: [save(project, paper.project, { acceptedDay })] };
}

type Documents = RowOf<typeof documents>;

/** What is given is kept, what is left empty stays as it was. @rule C-012 */
function file(_paper: Handover, input: Documents, { people }: Given & { people: readonly Member[] }): Change<Shape> {
	const stranger = (input.openIssues ?? []).find(({ owner }) => !people.some((each) => each.no === owner && each.active));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `没有工号为“${stranger.owner}”的在职人员`, '请核对遗留问题的责任人', 'C-012');
	return { set: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0))) as Partial<Documents> };
}

/** Names of the documents that are not whole. @rule C-012 */
export function missingDocuments(paper: Documents): string[] {
	const has = (...keys: (keyof Documents)[]) => keys.every((key) => paper[key] !== null && paper[key] !== undefined);
	return [
		!has('technical') && '技术资料',
		(paper.openIssues ?? []).length === 0 && paper.noIssues !== true && '遗留问题及完成时间表',
		!has('outerBorder', 'maintainUntil', 'afterwards') && '外部边界（维护边界、维护期、期满措施）',
		!has('innerBorder', 'faq', 'emergency') && '内部边界（边界、常见问题、应急联络）',
	].filter((name) => name !== false);
}

/**
 * Both sides sign; the free maintenance begins.
 * @rule C-012 — with all four documents; open issues become tasks with their days
 * @rule C-013 — which are followed up like other tasks
 * @rule C-030 — all passwords are to be changed with the customer
 */
function complete(paper: Handover, { handedBy }: { handedBy: string }, { actor, today }: Given): Change<Shape> {
	const missing = missingDocuments(paper);
	if (missing.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还缺：${missing.join('、')}`, '请先补齐移交文档（售后 11-14）', 'C-012');
	if (paper.acceptedDay === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有登记项目验收`, '请先登记验收日期', 'C-011');
	if ((paper.maintainUntil ?? '') < paper.acceptedDay) throw new RuleViolation('FIELD_INVALID', `维护期止 ${paper.maintainUntil ?? ''} 早于验收日期 ${paper.acceptedDay}`, '请核对外部边界中的维护期', 'C-012');
	const about = { project: paper.project, source: paper.no };
	return {
		set: { completedDay: today, handedBy, takenBy: actor.code },
		then: [
			save(project, paper.project, { acceptedDay: paper.acceptedDay, freeEndDay: paper.maintainUntil }),
			...(paper.openIssues ?? []).map(({ issue, owner, dueDay }) => openTask({ ...about, title: issue, owner, dueDay, basis: 'C-012' })),
			openTask({ ...about, title: `与客户一起修改 ${paper.project} 的全部账号密码并存档`, owner: paper.leader, dueDay: addDays(today, DAYS_TO_CHANGE_PASSWORDS), basis: 'C-030' }),
		],
	};
}

const overdue = (paper: Handover, when: 'remind' | 'late'): Change<Shape> => ({
	set: when === 'remind' ? { reminded: true } : { late: true },
	notices: [{ person: paper.leader }, ...(when === 'late' ? [{ role: 'sales_director' } as const] : [])].map((to) => ({ key: `handover.${when}:${paper.no}:${'role' in to ? to.role : to.person}:${paper.acceptedDay ?? ''}`, to, subject: `项目移交${when === 'late' ? '逾期' : '提醒'} ${paper.project}`, rule: 'C-011', body: [['验收日期', paper.acceptedDay ?? ''], ['还缺', missingDocuments(paper).join('、') || '签字']] })),
});

const group = ['group_leader'] as const;

export const handover = draft.events(
	{
		begin: draft.event({ label: { en: 'Begin', zh: '开始移交' }, from: ['new', 'Cancelled'], to: ['InProgress'], by: group, input: { project: ref('project', { en: 'Project', zh: '工程编号' }) }, facts: (input) => ({ site: find(project, 'no', input.project) }) }).decidedBy(begin),
		accept: draft.event({ label: { en: 'Accepted', zh: '登记项目验收' }, from: ['InProgress'], to: ['InProgress'], by: [...group, 'sales', 'sales_director'], input: { acceptedDay: day({ en: 'Accepted On', zh: '验收日期' }) } }).decidedBy(accept),
		file: draft.event({ label: { en: 'File documents', zh: '登记移交文档' }, from: ['InProgress'], to: ['InProgress'], by: [...group, 'technician', 'as_engineer', 'sales'], input: documents, facts: () => ({ people: all(person) }) }).decidedBy(file),
		complete: draft.event({ label: { en: 'Complete', zh: '移交完成' }, from: ['InProgress'], to: ['Complete'], by: group, input: { handedBy: text({ en: 'Handed Over By', zh: '移交方签字' }) } }).decidedBy(complete),
		cancel: draft.event({ label: { en: 'Cancel', zh: '取消移交' }, from: ['InProgress'], to: ['Cancelled'], by: [...group, 'sales_director'], input: { reason: text({ en: 'Reason', zh: '取消原因' }) } }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
		remind: draft.event({ label: { en: 'Remind', zh: '移交提醒' }, from: ['InProgress'], to: ['InProgress'], by: ['system'], input: {} }).decidedBy((paper) => overdue(paper, 'remind')),
		overdue: draft.event({ label: { en: 'Overdue', zh: '移交逾期' }, from: ['InProgress'], to: ['InProgress'], by: ['system'], input: {} }).decidedBy((paper) => overdue(paper, 'late')),
	},
	{
		remind: { label: { en: 'Reminder', zh: '移交提醒' }, during: ['InProgress'], due: ({ remindAt, reminded }) => (reminded ? null : remindAt), fires: 'remind' },
		due: { label: { en: 'To be complete', zh: '移交期限' }, during: ['InProgress'], due: ({ dueAt, late }) => (late ? null : dueAt), fires: 'overdue' },
	},
);
