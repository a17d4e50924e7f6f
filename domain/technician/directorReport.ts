import { defineDocument, type DocumentOf } from '../document/document';
import { all, findAll } from '../document/facts';
import { choice, day, flag, instant, integer, lines, optional, ref, text } from '../document/fields';
import { person, unit } from '../master/records';
import { dailyReport } from './dailyReport';
import { returnDirectorReport, sendReport, stampReport, submitDirectorReport } from './directorReportRules';

const input = { director: ref('person', { en: 'Director', zh: '服务主任' }), day: day({ en: 'Day', zh: '日期' }) };

const minutes = {
	minutesA: integer({ en: 'Minutes A', zh: 'A类分钟' }),
	minutesB: integer({ en: 'Minutes B', zh: 'B类分钟' }),
	minutesC: integer({ en: 'Minutes C', zh: 'C类分钟' }),
	minutesD: integer({ en: 'Minutes D', zh: 'D类分钟' }),
	total: integer({ en: 'Total minutes', zh: '总时间(分)' }),
};

const draft = defineDocument({
	kind: 'director_report',
	form: 'M-008',
	label: { en: 'Director\'s daily report', zh: '服务主任日报表' },
	number: ({ director, day: on }) => `ZB-${String(director)}-${String(on).replaceAll('-', '')}`,
	owner: 'director',
	title: ['director', 'day', 'summary'],
	fields: {
		...input,
		unit: optional(ref('unit', { en: 'Unit', zh: '单位' })),
		people: lines({ technician: ref('person', { en: 'Technician', zh: '工号' }), name: text({ en: 'Name', zh: '技术员' }), ...minutes }, { en: 'Technicians', zh: '所属人员' }),
		...minutes,
		summary: text({ en: 'Summary', zh: '合计' }),
		missing: lines({ technician: ref('person', { en: 'Technician', zh: '工号' }), name: text({ en: 'Name', zh: '姓名' }), why: choice({ en: 'Why', zh: '情况' }, { missing: '缺报', unreviewed: '未核阅' }) }, { en: 'Missing reports', zh: '缺报人员' }),
		needsStamp: flag({ en: 'Needs the branch manager\'s stamp', zh: '需经理签章' }),
		returnReason: optional(text({ en: 'Why returned', zh: '退回原因' })),
		stampedBy: optional(ref('person', { en: 'Stamped by', zh: '核阅签章' })),
		stampedAt: optional(instant({ en: 'Stamped at', zh: '签章时间' })),
		sentAt: optional(instant({ en: 'Sent at', zh: '送达时间' })),
	},
	states: { Submitted: '已填报', Returned: '已退回', StampedByManager: '经理已签章', SentToServiceDept: '已送服务部' },
	indexes: [['day'], ['director']],
});

export type DirectorReportShape = typeof draft.shape;
export type DirectorReport = DocumentOf<DirectorReportShape>;

const company = () => ({ everyone: all(person), units: all(unit) });

export const directorReport = draft.events({
	submit: draft
		.event({
			label: { en: 'Fill in', zh: '填报主任日报' },
			from: ['new', 'Returned', 'Submitted'],
			to: ['Submitted'],
			by: ['service_director'],
			input,
			facts: (given) => ({ reports: findAll(dailyReport, 'day', given.day), ...company() }),
		})
		.decidedBy(submitDirectorReport),
	sendBack: draft
		.event({ label: { en: 'Return', zh: '退回主任日报' }, from: ['Submitted'], to: ['Returned'], by: ['branch_manager'], input: { reason: text({ en: 'Reason', zh: '退回原因' }) }, facts: company })
		.decidedBy(returnDirectorReport),
	stamp: draft
		.event({ label: { en: 'Review and stamp', zh: '经理核阅签章' }, from: ['Submitted'], to: ['StampedByManager'], by: ['branch_manager'], input: {}, facts: company })
		.decidedBy(stampReport),
	send: draft
		.event({ label: { en: 'Send to the service department', zh: '送服务部' }, from: ['Submitted', 'StampedByManager'], to: ['SentToServiceDept'], by: ['service_director'], input: {} })
		.decidedBy(sendReport),
});
