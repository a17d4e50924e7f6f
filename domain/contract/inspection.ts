import { defineDocument, type Change, type DocumentOf, type Notice } from '../document/document';
import type { Given } from '../document/facts';
import { choice, flag, instant, lines, month, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { atTime, endOfDay, lastDayOf } from '../shared/zonedTime';

const opening = {
	project: ref('project', { en: 'System', zh: '系统' }),
	month: month({ en: 'Month', zh: '月份' }),
	keeper: optional(ref('person', { en: 'Maintained by', zh: '维护人' })),
};

const reported = {
	checks: lines({ result: choice({ en: 'Result', zh: '结果' }, { normal: '正常', abnormal: '异常' }), item: text({ en: 'Check', zh: '检查项' }) }, { en: 'Checks', zh: '检查项' }),
	findings: optional(text({ en: 'Findings', zh: '发现' }, { long: true })),
	reportNo: text({ en: 'Report Uploaded As', zh: '报告上传编号（文档管理系统）' }),
};

const draft = defineDocument({
	kind: 'inspection',
	form: 'M-021',
	label: { en: 'Monthly inspection', zh: '月度巡检报告' },
	// One a system and month.
	number: ({ project, month: on }) => `XJ-${String(project)}-${String(on).replace('-', '')}`,
	title: ['project', 'month'],
	fields: {
		...opening,
		checks: optional(reported.checks),
		findings: reported.findings,
		reportNo: optional(reported.reportNo),
		inspector: optional(ref('person', { en: 'Inspector', zh: '巡检人' })),
		doneAt: optional(instant({ en: 'Done at', zh: '上传时间' })),
		late: flag({ en: 'Late', zh: '逾期' }),
		remindAt: instant({ en: 'Reminder', zh: '提醒时间' }),
		reminded: flag({ en: 'Reminded', zh: '已提醒' }),
		dueAt: instant({ en: 'Due', zh: '期限' }),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Due: '待巡检', Done: '已出报告', Missed: '未做', False: '虚假报告', Dropped: '免检' },
	indexes: [['month'], ['project'], ['state']],
});

export type Inspection = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

const told = (paper: Inspection, name: string, subject: string, line: string): Notice[] =>
	[...(paper.keeper === null ? [] : [{ person: paper.keeper }]), { role: 'group_leader' } as const].map((to) => ({ key: `inspection.${name}:${paper.no}:${'role' in to ? to.role : to.person}`, to, subject, rule: 'C-020', body: [['系统', paper.project], ['月份', paper.month], line] }));

/** @rule C-020 — a report for each system and month, by the end of the month */
const open = (_paper: unknown, input: RowOf<typeof opening>, { calendar }: Given): Change<Shape> => ({
	set: { ...input, late: false, reminded: false, remindAt: atTime(`${input.month}-25`, '08:30', calendar.zone), dueAt: endOfDay(lastDayOf(input.month), calendar.zone) },
});

/** @rule C-020 — by who did it; after the month it is late */
function report(paper: Inspection, input: RowOf<typeof reported>, { actor, now }: Given): Change<Shape> {
	if (input.checks.length === 0) throw new RuleViolation('FIELD_MISSING', `${paper.no} 没有检查项`, '请每行填写：结果（正常/异常） 检查项', 'C-020');
	if (input.checks.some(({ result }) => result === 'abnormal') && input.findings === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 有异常项，但没有填写发现`, '请填写发现的问题', 'C-020');
	return { set: { ...input, inspector: actor.code, doneAt: now, late: now > paper.dueAt } };
}

const by = ['technician', 'as_engineer', 'group_leader'] as const;
const because = { reason: text({ en: 'Reason', zh: '原因' }) };

export const inspection = draft.events(
	{
		open: draft.event({ label: { en: 'Due', zh: '列入巡检' }, from: ['new'], to: ['Due'], by: ['system'], input: opening }).decidedBy(open),
		report: draft.event({ label: { en: 'Report', zh: '提交巡检报告' }, from: ['Due', 'Missed'], to: ['Done'], by, input: reported }).decidedBy(report),
		remind: draft.event({ label: { en: 'Remind', zh: '巡检提醒' }, from: ['Due'], to: ['Due'], by: ['system'], input: {} }).decidedBy((paper) => ({ set: { reminded: true }, notices: told(paper, 'remind', `本月巡检未做 ${paper.project} ${paper.month}`, '请在月底前完成巡检并上传报告。') })),
		miss: draft.event({ label: { en: 'Missed', zh: '逾期未巡检' }, from: ['Due'], to: ['Missed'], by: ['system'], input: {} }).decidedBy((paper) => ({ set: { late: true }, notices: told(paper, 'miss', `巡检未做 ${paper.project} ${paper.month}`, '该月巡检没有完成，请补做并说明原因。') })),
		markFalse: draft
			.event({ label: { en: 'False report', zh: '查实虚假报告' }, from: ['Done'], to: ['False'], by: ['group_leader', 'sales_director', 'dept_manager'], input: because })
			.decidedBy((paper, { reason }, { actor }) => {
				if (paper.inspector === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 巡检`, '请由他人查实', 'O-007');
				return { set: { reason }, notices: (['sales_director', 'dept_manager'] as const).map((role) => ({ key: `inspection.false:${paper.no}:${role}`, to: { role }, subject: `虚假巡检报告 ${paper.no}`, rule: 'C-020', body: [['巡检人', paper.inspector ?? ''], ['原因', reason], '请按规定加倍处罚。'] })) };
			}),
		drop: draft.event({ label: { en: 'Not needed', zh: '免检' }, from: ['Due', 'Missed'], to: ['Dropped'], by: ['group_leader'], input: because }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
	},
	{
		remind: { label: { en: 'Reminder', zh: '巡检提醒' }, during: ['Due'], due: ({ remindAt, reminded }) => (reminded ? null : remindAt), fires: 'remind' },
		due: { label: { en: 'Due', zh: '巡检期限' }, during: ['Due'], due: ({ dueAt }) => dueAt, fires: 'miss' },
	},
);
