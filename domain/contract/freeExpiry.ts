import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, instant, optional, ref, text, type Day } from '../document/fields';
import { person, project } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, addMonths, endOfDay, startOfDay } from '../shared/zonedTime';
import type { Settings } from '../settings';
import type { Project } from './phase';

export const expiryResults = { contract: '签订保养合同', extended: '延长免费维护', lost: '未签' } as const;

const draft = defineDocument({
	kind: 'free_expiry',
	form: 'M-024',
	label: { en: 'End of free maintenance', zh: '维护期满书面汇报' },
	// One a project; again when the end was moved.
	number: ({ project: no }) => `MQ-${String(no)}`,
	title: ['project', 'freeEndDay'],
	fields: {
		project: ref('project', { en: 'Project', zh: '项目' }),
		freeEndDay: day({ en: 'Free maintenance ends', zh: '免费维护期满日' }),
		reportDay: day({ en: 'Reported on', zh: '汇报日期' }),
		reporter: ref('person', { en: 'Reported by', zh: '售后组长' }),
		situation: text({ en: 'Situation', zh: '维护情况' }, { long: true }),
		follower: optional(ref('person', { en: 'Followed by', zh: '跟进销售' })),
		followedAt: optional(instant({ en: 'Arranged at', zh: '安排时间' })),
		outcome: optional(choice({ en: 'Outcome', zh: '结论' }, expiryResults)),
		result: optional(text({ en: 'Result', zh: '结果' }, { long: true })),
		remindAt: instant({ en: 'Reminder', zh: '提醒时间' }),
	},
	states: { Reported: '已汇报待安排', Following: '销售跟进', Closed: '已了结' },
	indexes: [['project'], ['state']],
});

export type FreeExpiry = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
const DAYS_TO_ARRANGE = 3;
const DAYS_TO_REMIND = 7;

/** @rule C-041 — `contract.free_expiry_report_months` before, another paper than the letter to the customer */
export const reportDay = (freeEndDay: Day, settings: Settings): Day => addMonths(freeEndDay, -settings['contract.free_expiry_report_months']);

/** The leader writes, the sales director reads. @rule C-041 */
function report(paper: FreeExpiry, input: { project: string; situation: string }, { site, actor, today, calendar, no, settings }: Given & { site: Project | null }): Change<Shape> {
	if (site === null || site.freeEndDay === null) throw new RuleViolation('NOT_FOUND', `工程“${input.project}”没有登记免费维护期满日`, '请先在工程资料中登记', 'C-041');
	if (paper.freeEndDay === site.freeEndDay) throw new RuleViolation('ALREADY_EXISTS', `${site.no} 到 ${site.freeEndDay} 的期满已经汇报`, '免费维护期延长后再汇报', 'C-041');
	if (today < reportDay(site.freeEndDay, settings)) throw new RuleViolation('CONDITION_NOT_MET', `${site.no} 的免费维护期到 ${site.freeEndDay}`, `${reportDay(site.freeEndDay, settings)} 起汇报`, 'C-041');
	return {
		set: { ...input, freeEndDay: site.freeEndDay, reportDay: today, reporter: actor.code, follower: null, followedAt: null, outcome: null, result: null, remindAt: endOfDay(addDays(today, DAYS_TO_ARRANGE), calendar.zone) },
		notices: [{ key: `free_expiry.report:${no}:${site.freeEndDay}`, to: { role: 'sales_director' }, subject: `免费维护期将满 ${site.no} ${site.name}`, rule: 'C-041', body: [['项目', `${site.no} ${site.name}`], ['客户', site.customer], ['期满日', site.freeEndDay], ['维护情况', input.situation], '请安排销售人员跟进。'] }],
	};
}

/** @rule C-041 — the sales director names who follows */
function arrange(paper: FreeExpiry, { follower }: { follower: string }, { worker, now, today, calendar }: Given & { worker: { active: boolean } | null }): Change<Shape> {
	if (worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${follower}”的在职人员`, '请核对跟进销售', 'C-041');
	return { set: { follower, followedAt: now, remindAt: startOfDay(addDays(paper.freeEndDay > today ? paper.freeEndDay : today, DAYS_TO_REMIND), calendar.zone) }, notices: [{ key: `free_expiry.arrange:${paper.no}:${now}`, to: { person: follower }, subject: `请跟进 ${paper.project}：免费维护期到 ${paper.freeEndDay}`, rule: 'C-041', body: [['维护情况', paper.situation]] }] };
}

function close(paper: FreeExpiry, input: { outcome: keyof typeof expiryResults; result: string }, { actor }: Given): Change<Shape> {
	if (paper.follower !== actor.code && !actor.roles.includes('sales_director')) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${paper.follower} 跟进，不是 ${actor.code}`, '请由跟进销售或销售总监登记', 'C-041');
	return { set: input, notices: [{ key: `free_expiry.closed:${paper.no}:${paper.freeEndDay}`, to: { person: paper.reporter }, subject: `免费维护期满跟进结果 ${paper.project}`, rule: 'C-041', body: [['结论', expiryResults[input.outcome]], ['结果', input.result]] }] };
}

/** Nobody follows yet: the director is asked again, every few days; the period is over without a result: the follower, every week. @rule C-041 */
const remind = (paper: FreeExpiry, _input: unknown, { today, calendar }: Given): Change<Shape> => (paper.state === 'Following' ? {
	set: { remindAt: startOfDay(addDays(today, DAYS_TO_REMIND), calendar.zone) },
	to: 'Following',
	notices: [{ key: `free_expiry.pending:${paper.no}:${today}`, to: { person: paper.follower ?? '' }, subject: `免费维护期已满，跟进结果未登记 ${paper.project}`, rule: 'C-041', body: [['期满日', paper.freeEndDay], '请登记跟进结果（售后 11-12）。'] }],
} : {
	set: { remindAt: endOfDay(addDays(today, DAYS_TO_ARRANGE), calendar.zone) },
	notices: [{ key: `free_expiry.remind:${paper.no}:${today}`, to: { role: 'sales_director' }, subject: `还没有安排跟进销售 ${paper.project}`, rule: 'C-041', body: [['期满日', paper.freeEndDay], ['汇报日期', paper.reportDay]] }],
});

export const freeExpiry = draft.events(
	{
		report: draft
			.event({ label: { en: 'Report', zh: '维护期满汇报' }, from: ['new', 'Closed'], to: ['Reported'], by: ['group_leader'], input: { project: ref('project', { en: 'Project', zh: '工程编号' }), situation: text({ en: 'Situation', zh: '维护情况' }, { long: true }) }, facts: (input) => ({ site: find(project, 'no', input.project) }) })
			.decidedBy(report),
		arrange: draft
			.event({ label: { en: 'Name who follows', zh: '安排跟进销售' }, from: ['Reported', 'Following'], to: ['Following'], by: ['sales_director'], input: { follower: ref('person', { en: 'Followed By', zh: '跟进销售' }) }, facts: (input) => ({ worker: find(person, 'no', input.follower) }) })
			.decidedBy(arrange),
		close: draft
			.event({ label: { en: 'Close', zh: '登记跟进结果' }, from: ['Following'], to: ['Closed'], by: ['sales', 'sales_director'], input: { outcome: choice({ en: 'Outcome', zh: '结论' }, expiryResults), result: text({ en: 'Result', zh: '结果' }, { long: true }) } })
			.decidedBy(close),
		remind: draft.event({ label: { en: 'Nobody follows', zh: '未安排跟进' }, from: ['Reported', 'Following'], to: ['Reported', 'Following'], by: ['system'], input: {} }).decidedBy(remind),
	},
	{ follower: { label: { en: 'Follower', zh: '安排跟进期限' }, during: ['Reported', 'Following'], due: ({ remindAt }) => remindAt, fires: 'remind' } },
);
