import { expiryResults, type FreeExpiry } from '../contract/freeExpiry';
import type { Day } from '../document/fields';
import { serviceTypes, type ServiceType } from '../service/proposeServiceType';
import { sumOf, type MinuteTotals } from '../technician/dailyReportRules';
import { missingNames, type PersonTotals } from '../technician/directorReportRules';
import type { TeamWeek } from '../technician/teamWeek';
import { box, column, note, pair, pairs, signatures, table, whole, type Layout, type TableColumn } from './paperModel';
import { known, type ServiceCase } from './serviceCase';
import type { Shown } from './shown';

const types = Object.keys(serviceTypes) as ServiceType[];

const LINES = 16;
const legend = note(`类别：${Object.values(serviceTypes).join('　')}`);

/** M-006: a technician's day by category. @rule T-001 */
export function dailyReport(data: ServiceCase, shown: Shown): Layout {
	const daily = known(data.daily);
	return {
		title: '技术员工作日报表',
		mark: '服表006',
		blocks: [
			pairs(pair('日期', daily.day), pair('技术员', shown.name('person', daily.technician))),
			table(
				[column('修护工作类别', 1.5, 'center'), column('所耗用时间(分)', 1.5, 'right'), column('叫修编号', 3), column('说明', 6)],
				(daily.lines ?? []).map(({ type, minutes, call, note: text }) => [type, String(minutes), call ?? '', text ?? '']),
				LINES,
				['合计', ...(data.daily === null ? [] : [String(data.daily.total), types.map((type) => `${type} ${daily[`minutes${type}`] ?? 0}`).join('　')])],
			),
			legend,
			pairs(whole('与实际工时差异', daily.mark)),
			box('退回原因', daily.returnReason, 2),
			signatures(
				{ label: '技术员', name: shown.name('person', daily.technician), day: shown.day(daily.submittedAt) },
				{ label: '核阅', name: shown.name('person', daily.reviewedBy), day: shown.day(daily.reviewedAt) },
			),
		],
	};
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];
/** `周三`, by the calendar alone. */
const weekdayOf = (day: Day): string => `周${weekdays[(new Date(day).getUTCDay() + 6) % 7] as string}`;
const minuteColumns: readonly TableColumn[] = [...types.map((type) => column(serviceTypes[type], 1.5, 'right')), column('合计', 1.5, 'right')];
const minuteTexts = (totals: MinuteTotals | null | undefined): string[] => (totals ? [...types.map((type) => String(totals[`minutes${type}`])), String(totals.total)] : []);

/** M-007: seven days of one technician, in minutes, and what he wrote to each. @rule T-002 */
export function weeklyReport({ week }: ServiceCase, shown: Shown): Layout {
	const filed = (week?.reports ?? []).filter(({ state }) => state !== 'Draft');
	const rows = week === null ? weekdays.map((weekday) => [`周${weekday}`, '']) : week.days.map((day) => [weekdayOf(day), day, ...minuteTexts(filed.find((report) => report.day === day))]);
	return {
		title: '技术人员周报表',
		mark: 'M-007',
		remark: '',
		blocks: [
			pairs(pair('周', week === null ? '' : `${week.days[0] ?? ''} 至 ${week.days.at(-1) ?? ''}`), pair('技术员', shown.name('person', week?.technician))),
			table([column('类别', 2, 'center'), column('时间(分)', 2.5, 'center'), ...minuteColumns], rows, weekdays.length, ['合计', '', ...minuteTexts(week === null ? null : sumOf(filed))]),
			legend,
			box('本周说明', filed.flatMap(({ day, lines }) => lines.map((line) => `${day.slice(5)} ${[line.type, `${line.minutes} 分`, line.call, line.note].filter((text) => text).join(' ')}`)).join('\n'), 12),
			pairs(whole('发送时间')),
			signatures({ label: '技术员', name: shown.name('person', week?.technician) }, { label: '部门经理' }),
		],
	};
}

const teamTable = (people: readonly PersonTotals[] | null, total: MinuteTotals | null) =>
	table([column('技术员', 4.5, 'center'), ...minuteColumns], (people ?? []).map((row) => [row.name, ...minuteTexts(row)]), LINES, ['所耗总时间', ...minuteTexts(total)]);

/** M-008: the director's day, with who has not reported. @rule T-003 @rule T-004 — and the manager's stamp where one is needed */
export const directorReport = ({ director }: ServiceCase, shown: Shown): Layout => ({
	title: '服务主任日报表',
	mark: '服表007',
	blocks: [
		pairs(pair('日期', director?.day), pair('单位', shown.name('unit', director?.unit))),
		teamTable(director?.people ?? null, director),
		note('单位：分钟'),
		pairs(whole('缺报人员', director === null ? '' : missingNames(director.missing)), whole('送达时间', shown.time(director?.sentAt))),
		signatures({ label: '服务主任', name: shown.name('person', director?.director), day: shown.day(director?.createdAt) }, { label: '经理核阅签章', name: shown.name('person', director?.stampedBy), day: shown.day(director?.stampedAt) }),
	],
});

/** M-009 @rule T-005 */
export const repairTable = ([week]: readonly TeamWeek[]): Layout => ({
	title: '售后服务报修记录表',
	mark: 'M-009',
	blocks: [
		pairs(pair('周', week === undefined ? '' : `${week.days[0] ?? ''} 至 ${week.days.at(-1) ?? ''}`), pair('报修件数', week === undefined ? '' : `${week.calls}（未派工 ${week.unassigned}）`)),
		table(
			[column('技术员', 3.5, 'center'), column('报修件数', 1, 'center'), ...minuteColumns],
			(week?.people ?? []).map((row) => [row.name, String(row.calls), ...minuteTexts(row)]),
			LINES,
			['所耗总时间', '', ...minuteTexts(week === undefined ? null : sumOf(week.people))],
		),
		note('所耗时间单位：分钟'),
		signatures({ label: '部门经理' }),
	],
});

const blankExpiry = { project: '', freeEndDay: '', reportDay: '', situation: '', follower: null, reporter: null, followedAt: null, outcome: null, result: null };

/** M-024 @rule C-041 */
export function expiryReport(paper: FreeExpiry | null, shown: Shown): Layout {
	const { project, freeEndDay, reportDay, situation, follower, reporter, followedAt, outcome, result } = paper ?? blankExpiry;
	const name = shown.name('project', project);
	return {
		title: '维护期满书面汇报',
		mark: 'M-024',
		blocks: [
			pairs(whole('项目', name === project ? project : `${project} ${name}`), pair('免费维护期满日', freeEndDay), pair('汇报日期', reportDay), whole('跟进销售', shown.name('person', follower))),
			box('维护情况', situation, 16),
			box('结果', [outcome === null ? null : expiryResults[outcome], result].filter((part) => part !== null).join('：'), 10),
			signatures({ label: '售后组长', name: shown.name('person', reporter), day: reportDay }, { label: '营销总监', day: shown.day(followedAt) }),
		],
	};
}
