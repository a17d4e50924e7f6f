import type { Day, Instant } from '../document/fields';
import { serviceTypes, type ServiceType } from '../service/proposeServiceType';
import { addDays } from '../shared/zonedTime';
import { box, column, note, pair, pairs, signatures, table, third, whole, type Layout, type TableColumn } from './paperModel';
import type { Shown } from './shown';

const types = Object.keys(serviceTypes) as ServiceType[];

export type DailyReport = {
	readonly technician: string;
	readonly day: Day;
	readonly lines: readonly { readonly type: ServiceType; readonly call: string | null; readonly minutes: number; readonly note: string | null }[];
	readonly reviewedBy?: string | null;
	readonly reviewedAt?: Instant | null;
	readonly returnReason?: string | null;
};

const LINES = 16;
const legend = note(`类别：${Object.values(serviceTypes).join('　')}`);

const minutesOf = (lines: DailyReport['lines'], type?: ServiceType): number => lines.filter((line) => type === undefined || line.type === type).reduce((sum, { minutes }) => sum + minutes, 0);

/** M-006: a technician's day by category. */
export function dailyReport(report: DailyReport | null, shown: Shown): Layout {
	const lines = report?.lines ?? [];
	const total = report === null ? '' : String(minutesOf(lines));
	return {
		title: '技术员工作日报表',
		mark: '服表006',
		blocks: [
			pairs(pair('日期', report?.day), pair('技术员', shown.name('person', report?.technician))),
			table(
				[column('修护工作类别', 1.5, 'center'), column('所耗用时间(分)', 1.5, 'right'), column('叫修编号', 3), column('说明', 6)],
				lines.map(({ type, minutes, call, note: text }) => [type, String(minutes), call ?? '', text ?? '']),
				LINES,
				['合计', total, report === null ? '' : types.map((type) => `${type} ${minutesOf(lines, type)}`).join('　'), ''],
			),
			legend,
			box('退回原因', report?.returnReason ?? '', 2),
			signatures({ label: '技术员', name: shown.name('person', report?.technician) }, { label: '核阅', name: shown.name('person', report?.reviewedBy), day: shown.day(report?.reviewedAt) }),
		],
	};
}

export type WeeklyReport = { readonly technician: string; /** Its Monday. */ readonly monday: Day; readonly days: readonly DailyReport[]; readonly mailedAt: Instant | null };

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
const minuteColumns: readonly TableColumn[] = [...types.map((type) => column(serviceTypes[type], 1.5, 'right')), column('合计', 1.5, 'right')];
const minuteTexts = (lines: DailyReport['lines'] | null): string[] => (lines === null ? [] : [...types.map((type) => String(minutesOf(lines, type))), String(minutesOf(lines))]);

/** M-007: seven days of one technician, in minutes. */
export function weeklyReport(report: WeeklyReport | null, shown: Shown): Layout {
	const linesOn = (day: Day) => (report?.days ?? []).filter((each) => each.day === day).flatMap(({ lines }) => lines);
	const rows = weekdays.map((weekday, index) => {
		const day = report === null ? null : addDays(report.monday, index);
		return [`周${weekday}`, day ?? '', ...minuteTexts(day === null ? null : linesOn(day))];
	});
	return {
		title: '技术人员周报表',
		mark: 'M-007',
		blocks: [
			pairs(pair('周', report === null ? '' : `${report.monday} 至 ${addDays(report.monday, 6)}`), pair('技术员', shown.name('person', report?.technician))),
			table([column('类别', 2, 'center'), column('时间(分)', 2.5, 'center'), ...minuteColumns], rows, weekdays.length, ['合计', '', ...minuteTexts(report === null ? null : report.days.flatMap(({ lines }) => lines))]),
			legend,
			box('本周说明', '', 12),
			pairs(whole('发送时间', shown.time(report?.mailedAt))),
			signatures({ label: '技术员', name: shown.name('person', report?.technician) }, { label: '部门经理' }),
		],
	};
}

export type TeamReport = { readonly period: string; readonly unit: string; readonly reports: readonly DailyReport[]; readonly missing?: readonly string[]; readonly sentAt?: Instant | null; readonly calls?: number };

/** One row a technician. */
const teamRows = (reports: readonly DailyReport[], shown: Shown): string[][] =>
	[...Map.groupBy(reports, ({ technician }) => technician)].map(([technician, own]) => [shown.name('person', technician), ...minuteTexts(own.flatMap(({ lines }) => lines))]);

const teamTable = (report: TeamReport | null, shown: Shown) =>
	table([column('技术员', 4.5, 'center'), ...minuteColumns], teamRows(report?.reports ?? [], shown), LINES, ['所耗总时间', ...minuteTexts(report === null ? null : report.reports.flatMap(({ lines }) => lines))]);

/** M-008: the director's day, with who has not reported. */
export const directorReport = (report: TeamReport | null, shown: Shown): Layout => ({
	title: '服务主任日报表',
	mark: '服表007',
	blocks: [
		pairs(pair('日期', report?.period), pair('单位', report?.unit)),
		teamTable(report, shown),
		note('单位：分钟'),
		pairs(whole('缺报人员', report?.missing?.map((code) => shown.name('person', code)).join('、')), whole('送达时间', shown.time(report?.sentAt))),
		signatures({ label: '服务主任' }, { label: '经理核阅签章' }),
	],
});

/** M-009: technicians by category over a week. */
export const repairTable = (report: TeamReport | null, shown: Shown): Layout => ({
	title: '售后服务报修记录表',
	mark: 'M-009',
	blocks: [pairs(pair('周', report?.period), pair('报修件数', report?.calls?.toString())), teamTable(report, shown), note('所耗时间单位：分钟'), signatures({ label: '部门经理' })],
});

/** M-024 */
export const expiryReport = (): Layout => ({
	title: '维护期满书面汇报',
	mark: 'M-024',
	blocks: [
		pairs(whole('项目'), pair('免费维护期满日'), pair('汇报日期'), whole('跟进销售')),
		box('维护情况', '', 16),
		box('结果', '', 10),
		signatures({ label: '售后组长' }, { label: '营销总监' }),
	],
});

/** M-113 */
export const expenseReport = (): Layout => ({
	title: '费用报表',
	mark: 'M-113',
	blocks: [
		pairs(third('报销人'), third('票据'), third('出差地')),
		table([column('日期', 2, 'center'), column('项目', 3), column('金额', 2, 'right'), column('票据地点', 2.5), column('核对结果', 2.5)], [], LINES, ['合计', '', '', '', '']),
		box('备注', '', 3),
		signatures({ label: '报销人' }, { label: '主管' }, { label: '财务核对' }),
	],
});
