import { defineDocument, type DocumentOf } from '../document/document';
import { all, findAll } from '../document/facts';
import { choice, day, flag, instant, integer, lines, optional, ref, text } from '../document/fields';
import { person, unit } from '../master/records';
import { repairCard } from '../repair/repairCard';
import { call } from '../service/call';
import { serviceTypes } from '../service/proposeServiceType';
import { visit } from '../service/visit';
import { returnReport, reviewReport, saveReport, submitReport } from './dailyReportRules';

export const reportNumber = (technician: string, on: string): string => `RB-${technician}-${on.replaceAll('-', '')}`;

const input = {
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	day: day({ en: 'Day', zh: '日期' }),
	lines: lines(
		{
			type: choice({ en: 'Type', zh: '类别' }, serviceTypes),
			minutes: integer({ en: 'Minutes', zh: '分钟' }, { min: 1, max: 1440 }),
			call: optional(ref('call', { en: 'Call', zh: '叫修编号' })),
			note: optional(text({ en: 'Note', zh: '说明' })),
		},
		{ en: 'Lines', zh: '工作明细' },
	),
};

const draft = defineDocument({
	kind: 'daily_report',
	form: 'M-006',
	label: { en: 'Technician daily report', zh: '技术员工作日报表' },
	number: ({ technician, day: on }) => reportNumber(String(technician), String(on)),
	owner: 'technician',
	title: ['technician', 'day', 'summary', 'mark'],
	fields: {
		...input,
		minutesA: integer({ en: 'Minutes A', zh: 'A类分钟' }),
		minutesB: integer({ en: 'Minutes B', zh: 'B类分钟' }),
		minutesC: integer({ en: 'Minutes C', zh: 'C类分钟' }),
		minutesD: integer({ en: 'Minutes D', zh: 'D类分钟' }),
		total: integer({ en: 'Total minutes', zh: '合计分钟' }),
		summary: text({ en: 'Summary', zh: '合计' }),
		differences: lines({ call: ref('call', { en: 'Call', zh: '叫修编号' }), recorded: integer({ en: 'Recorded', zh: '实际(分)' }), reported: integer({ en: 'Reported', zh: '填报(分)' }) }, { en: 'Differences from recorded work', zh: '与实际工时差异' }),
		mark: optional(text({ en: 'Mark', zh: '差异说明' })),
		submittedAt: optional(instant({ en: 'Submitted at', zh: '提交时间' })),
		onTime: optional(flag({ en: 'On time', zh: '按时' })),
		returnReason: optional(text({ en: 'Why returned', zh: '退回原因' })),
		reviewedBy: optional(ref('person', { en: 'Reviewed by', zh: '核阅人' })),
		reviewedAt: optional(instant({ en: 'Reviewed at', zh: '核阅时间' })),
	},
	states: { Draft: '草稿', Submitted: '已提交', Returned: '已退回', Reviewed: '已核阅' },
	indexes: [['day'], ['technician', 'day']],
});

export type DailyReportShape = typeof draft.shape;
export type DailyReport = DocumentOf<DailyReportShape>;

/** What the day's visits and cards say, then every call that is named. */
const recordedOn = (on: string) => ({ visits: findAll(visit, 'day', on), cards: findAll(repairCard, 'finishedDay', on) });
const callsIn = (named: DailyReport['lines'], ...papers: readonly (readonly { readonly call: string }[])[]) => ({ calls: findAll(call, 'no', [...new Set([...named.flatMap((line) => line.call ?? []), ...papers.flat().map((paper) => paper.call)])]) });

const company = () => ({ people: all(person), units: all(unit) });

export const dailyReport = draft.events({
	save: draft
		.event({
			label: { en: 'Save', zh: '保存草稿' },
			from: ['new', 'Draft'],
			to: ['Draft'],
			by: ['technician'],
			input,
			facts: (given) => recordedOn(given.day),
			moreFacts: (given, { visits, cards }) => callsIn(given.lines, visits, cards),
		})
		.decidedBy(saveReport),
	submit: draft
		.event({
			label: { en: 'Submit', zh: '提交日报' },
			from: ['new', 'Draft', 'Returned'],
			to: ['Submitted'],
			by: ['technician'],
			input,
			facts: (given) => recordedOn(given.day),
			moreFacts: (given, { visits, cards }) => callsIn(given.lines, visits, cards),
		})
		.decidedBy(submitReport),
	sendBack: draft
		.event({
			label: { en: 'Return', zh: '退回日报' },
			from: ['Submitted'],
			to: ['Returned'],
			by: [{ setting: 'report.reviewer_role' }],
			input: { reason: text({ en: 'Reason', zh: '退回原因' }) },
			facts: company,
		})
		.decidedBy(returnReport),
	review: draft
		.event({ label: { en: 'Review and file', zh: '核阅日报' }, from: ['Submitted'], to: ['Reviewed'], by: [{ setting: 'report.reviewer_role' }], input: {}, facts: company })
		.decidedBy(reviewReport),
});
