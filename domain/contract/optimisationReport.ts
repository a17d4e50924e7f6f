import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { all, type Given } from '../document/facts';
import { day, lines, month, optional, ref, text, type RowOf } from '../document/fields';
import { person } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';
import { openTask } from './serviceTask';

const drawn = {
	month: month({ en: 'Month', zh: '月份' }),
	problems: text({ en: 'Bugs and Problems', zh: '当月 bug 和问题、工作总结' }, { long: true }),
	measures: lines(
		{
			dueDay: day({ en: 'Proposed finish', zh: '建议完成时间' }),
			department: text({ en: 'Responsible department', zh: '承担部门' }),
			owner: optional(ref('person', { en: 'Owner', zh: '责任人工号' })),
			measure: text({ en: 'Measure', zh: '下月优化措施' }),
		},
		{ en: 'Measures', zh: '下月优化措施' },
	),
};

const draft = defineDocument({
	kind: 'optimisation_report',
	form: 'M-022',
	label: { en: 'Optimisation report', zh: '当月工作优化总结及下月优化措施报告' },
	// One a month.
	number: ({ month: on }) => `YH-${String(on).replace('-', '')}`,
	title: ['month'],
	fields: {
		...drawn,
		author: ref('person', { en: 'Author', zh: '编写人' }),
		reviewer: optional(ref('person', { en: 'Reviewed by', zh: '销售总监审核' })),
		approver: optional(ref('person', { en: 'Approved by', zh: '管理委员会批准' })),
		reason: optional(text({ en: 'Sent back because', zh: '退回原因' })),
	},
	states: { Draft: '编写', Reviewed: '销售总监已审核', Approved: '管理委员会已批准', Executing: '执行' },
	indexes: [['month']],
});

export type OptimisationReport = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** @rule C-021 — problems, and measures with department and proposed day */
function draw(_report: unknown, input: RowOf<typeof drawn>, { actor, no, now, today, people }: Given & { people: readonly Member[] }): Change<Shape> {
	if (input.month > monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `${input.month} 还没有到`, '请填写当月或以前的月份', 'C-021');
	if (input.measures.length === 0) throw new RuleViolation('FIELD_MISSING', '报告没有下月优化措施', '请每行填写：建议完成时间 承担部门 责任人工号（没有填 -） 措施', 'C-021');
	const stranger = input.measures.find(({ owner }) => owner !== null && !people.some((each) => each.no === owner && each.active));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `没有工号为“${stranger.owner}”的在职人员`, '请核对责任人', 'C-021');
	return { set: { ...input, author: actor.code, reason: null }, notices: [asked(no, now, 'sales_director', input)] };
}

const asked = (no: string, now: string, role: 'sales_director' | 'mgmt_committee', { month: on, problems, measures }: RowOf<typeof drawn>) => ({
	key: `optimisation.ask:${no}:${role}:${now}`,
	to: { role },
	subject: `请${role === 'sales_director' ? '审核' : '批准'}优化报告 ${on}`,
	rule: 'C-021',
	body: [problems, ...measures.map(({ dueDay, department, measure }) => [measure, `${department}，${dueDay} 前`] as const)],
});

/** Every measure becomes a task with its day. @rule C-021 @rule O-007 — by another than the author */
function approve(report: OptimisationReport, _input: unknown, { actor }: Given): Change<Shape> {
	refuseAuthor(report, actor.code);
	return {
		set: { approver: actor.code },
		then: report.measures.map(({ measure, owner, department, dueDay }) => openTask({ title: measure, owner, department, dueDay, source: report.no, basis: 'C-021' })),
		notices: [{ key: `optimisation.approved:${report.no}`, to: { person: report.author }, subject: `优化报告已批准 ${report.month}`, rule: 'C-021', body: ['各项措施已下达为任务，请开始执行。'] }],
	};
}

function refuseAuthor(report: OptimisationReport, code: string): void {
	if (report.author === code) throw new RuleViolation('NOT_ALLOWED', `${report.no} 由 ${code} 编写`, '请由另一人审批', 'O-007');
}

const back = (report: OptimisationReport, { reason }: { reason: string }, { now }: Given): Change<Shape> => ({
	set: { reason, reviewer: null },
	notices: [{ key: `optimisation.back:${report.no}:${now}`, to: { person: report.author }, subject: `优化报告退回 ${report.month}`, rule: 'C-021', body: [['原因', reason], '请改正后重新提交。'] }],
});

export const optimisationReport = draft.events({
	draw: draft.event({ label: { en: 'Draw up', zh: '编写优化报告' }, from: ['new', 'Draft'], to: ['Draft'], by: ['group_leader'], input: drawn, facts: () => ({ people: all(person) }) }).decidedBy(draw),
	review: draft.event({ label: { en: 'Review', zh: '审核优化报告' }, from: ['Draft'], to: ['Reviewed'], by: ['sales_director'], input: {} }).decidedBy((report, _input, { actor, now }) => {
		refuseAuthor(report, actor.code);
		return { set: { reviewer: actor.code }, notices: [asked(report.no, now, 'mgmt_committee', report)] };
	}),
	approve: draft.event({ label: { en: 'Approve', zh: '批准优化报告' }, from: ['Reviewed'], to: ['Approved'], by: ['mgmt_committee'], input: {} }).decidedBy(approve),
	sendBack: draft.event({ label: { en: 'Send back', zh: '退回优化报告' }, from: ['Draft', 'Reviewed'], to: ['Draft'], by: ['sales_director', 'mgmt_committee'], input: { reason: text({ en: 'Reason', zh: '退回原因' }) } }).decidedBy(back),
	execute: draft.event({ label: { en: 'Carry out', zh: '开始执行优化措施' }, from: ['Approved'], to: ['Executing'], by: ['group_leader'], input: {} }).decidedBy(() => ({})),
});
