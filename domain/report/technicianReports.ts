import type { Day, Month } from '../document/fields';
import type { CaseNote } from '../technician/caseNote';
import { itemKinds, type Custody } from '../technician/custody';
import { missingText } from '../technician/directorReportRules';
import type { DirectorReport } from '../technician/directorReport';
import { dailyReport, type DailyReport } from '../technician/dailyReport';
import { documentChecklist, documentItems, type MonthDocuments } from '../technician/monthDocuments';
import type { TeamWeek } from '../technician/teamWeek';
import { visitPlan, type VisitPlan } from '../technician/visitPlan';
import { addDays } from '../shared/zonedTime';
import type { ColumnModel, WorkbookModel } from './workbookModel';

type Named = { readonly no: string; readonly name: string };

const types = ['A', 'B', 'C', 'D'] as const;
const minuteColumns: ColumnModel[] = types.map((type) => ({ header: `${type} 类(分)`, key: `minutes${type}`, type: 'integer', total: 'sum' }));
const author = '售后服务系统';

/** The seven days that end with `last`. @rule T-002 */
export const weekUntil = (last: Day): Day[] => [6, 5, 4, 3, 2, 1, 0].map((back) => addDays(last, -back));

/** A technician's week: every line of seven days, the days without a report named. @rule T-002 */
export function weeklyReport(technician: Named, days: readonly Day[], reports: readonly DailyReport[], isWorkday: (day: Day) => boolean): WorkbookModel {
	const filed = reports.filter((report) => report.technician === technician.no && days.includes(report.day) && report.state !== 'Draft');
	const missing = days.filter((day) => isWorkday(day) && !filed.some((report) => report.day === day));
	const title = '技术人员周报表';
	return {
		properties: { title: `${title} ${technician.name}`, author },
		sheets: [
			{
				name: '周报',
				title,
				subtitle: [`技术员 ${technician.no} ${technician.name}    ${days[0] ?? ''} 至 ${days.at(-1) ?? ''}`, missing.length === 0 ? '工作日均已填报' : `缺报：${missing.join('、')}`],
				blocks: [
					{
						heading: '每日合计',
						columns: [{ header: '日期', key: 'day', type: 'day', width: 12 }, ...minuteColumns, { header: '合计(分)', key: 'total', type: 'integer', total: 'sum' }, { header: '状态', key: 'state', type: 'text', width: 10 }],
						rows: days.map((day) => dayRow(day, filed.find((report) => report.day === day))),
					},
				],
				columns: [
					{ header: '日期', key: 'day', type: 'day', width: 12 },
					{ header: '类别', key: 'type', type: 'text', width: 8 },
					{ header: '叫修编号', key: 'call', type: 'text', width: 18 },
					{ header: '分钟', key: 'minutes', type: 'integer', total: 'sum' },
					{ header: '说明', key: 'note', type: 'text', width: 40 },
				],
				rows: filed.toSorted((a, b) => (a.day < b.day ? -1 : 1)).flatMap(({ day, lines }) => lines.map((line) => ({ day, ...line }))),
				emptyText: '本周没有填报',
			},
		],
	};
}

const dayRow = (day: Day, report: DailyReport | undefined) => (report === undefined ? { day, state: '—' } : { day, minutesA: report.minutesA, minutesB: report.minutesB, minutesC: report.minutesC, minutesD: report.minutesD, total: report.total, state: dailyReport.states[report.state] });

/** The manager's table of a week: technician by type, with the calls registered. @rule T-005 */
export function weeklyRecord(week: TeamWeek): WorkbookModel {
	const title = '售后服务报修记录表';
	return {
		properties: { title, author },
		sheets: [
			{
				name: '报修记录',
				title,
				subtitle: [`${week.days[0] ?? ''} 至 ${week.days.at(-1) ?? ''}    报修 ${week.calls} 件，其中未派工 ${week.unassigned} 件`],
				columns: [{ header: '技术员', key: 'name', type: 'text', width: 14 }, { header: '报修件数', key: 'calls', type: 'integer', total: 'sum' }, ...minuteColumns, { header: '合计(分)', key: 'total', type: 'integer', total: 'sum' }],
				rows: week.people,
				emptyText: '没有技术员',
			},
		],
	};
}

/** The director's report of a day on paper. @rule T-003 @rule T-004 — with the manager's stamp */
export function directorDaily(report: DirectorReport, names: ReadonlyMap<string, string>, stateLabel: string): WorkbookModel {
	const title = '服务主任日报表';
	return {
		properties: { title: `${title} ${report.day}`, author },
		sheets: [
			{
				name: '主任日报',
				title,
				subtitle: [`日期 ${report.day}    服务主任 ${names.get(report.director) ?? report.director}    状态 ${stateLabel}`, ...(report.needsStamp ? [`经理核阅签章：${report.stampedBy === null ? '（未签章）' : (names.get(report.stampedBy) ?? report.stampedBy)}`] : [])],
				columns: [{ header: '技术员', key: 'name', type: 'text', width: 14 }, ...minuteColumns, { header: '合计(分)', key: 'total', type: 'integer', total: 'sum' }],
				rows: report.people,
				emptyText: '没有已核阅的日报',
				notes: report.missing.length === 0 ? [] : [missingText(report.missing)],
			},
		],
	};
}

type RepairProblem = { readonly model: string; readonly fault: string; readonly minutes: number; readonly parts: readonly { readonly item: string; readonly quantity: number }[] };

/** What customers' machines really suffered from, as the repairers found it. @rule T-042 — by model and fault, most frequent first */
export function repairProblems(month: Month, cards: readonly RepairProblem[], itemNames: ReadonlyMap<string, string>): WorkbookModel {
	const title = `客户返修机问题分析 ${month}`;
	const groups = [...Map.groupBy(cards, ({ model, fault }) => `${model}\u0000${fault}`).values()].sort((a, b) => b.length - a.length);
	return {
		properties: { title, author },
		sheets: [
			{
				name: '问题分析',
				title,
				landscape: true,
				subtitle: [`本月修妥 ${cards.length} 台`],
				columns: [
					{ header: '商品型号', key: 'model', type: 'text', width: 16 },
					{ header: '故障', key: 'fault', type: 'text', width: 28 },
					{ header: '台数', key: 'count', type: 'integer', total: 'sum' },
					{ header: '占比', key: 'share', type: 'percent' },
					{ header: '平均修护(分)', key: 'minutes', type: 'integer' },
					{ header: '配换零件', key: 'parts', type: 'text', width: 36 },
				],
				rows: groups.map((group) => ({ model: group[0]?.model ?? '', fault: group[0]?.fault ?? '', count: group.length, share: group.length / cards.length, minutes: Math.round(group.reduce((sum, { minutes }) => sum + minutes, 0) / group.length), parts: partsText(group, itemNames) })),
				emptyText: '本月没有修妥的商品',
			},
		],
	};
}

function partsText(cards: readonly RepairProblem[], names: ReadonlyMap<string, string>): string {
	const used = new Map<string, number>();
	for (const { item, quantity } of cards.flatMap(({ parts }) => parts)) used.set(item, (used.get(item) ?? 0) + quantity);
	return [...used].map(([item, quantity]) => `${names.get(item) ?? item}×${quantity}`).join('、');
}

/** Each engineer's seven documents of a month. @rule T-011 */
export function monthDocumentsList(month: Month, due: Day, people: readonly (Named & { readonly papers: MonthDocuments | null })[]): WorkbookModel {
	const title = `工程师每月资料 ${month}`;
	const stateText = { missing: '未交', handedIn: '已交', late: '迟交' } as const;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '每月资料',
				title,
				landscape: true,
				subtitle: [`交齐期限 ${due}`],
				columns: [{ header: '工程师', key: 'name', type: 'text', width: 14 }, ...Object.entries(documentItems).map(([key, header]): ColumnModel => ({ key, header, type: 'text', width: 14 }))],
				rows: people.map(({ name, papers }) => ({ name, ...Object.fromEntries(documentChecklist(papers).map(({ item, state, day }) => [item, day === null ? stateText[state] : `${stateText[state]} ${day.slice(5)}`])) })),
				emptyText: '没有工程师',
			},
		],
	};
}

/** Repair cases found for a product and a fault. @rule T-014 */
export function caseList(cases: readonly CaseNote[]): WorkbookModel {
	const title = '维修案例';
	return {
		properties: { title, author },
		sheets: [
			{
				name: title,
				title,
				landscape: true,
				columns: [
					{ header: '编号', key: 'no', type: 'text', width: 14 },
					{ header: '商品型号', key: 'model', type: 'text', width: 14 },
					{ header: '故障代码', key: 'faultCode', type: 'text', width: 10 },
					{ header: '故障', key: 'fault', type: 'text', width: 24 },
					{ header: '原因', key: 'cause', type: 'text', width: 34 },
					{ header: '处理方法', key: 'method', type: 'text', width: 40 },
					{ header: '编写人', key: 'author', type: 'text', width: 10 },
				],
				rows: cases.map(({ no, model, faultCode, fault, cause, method, author: by }) => ({ no, model, faultCode, fault, cause, method, author: by })),
				emptyText: '没有找到案例',
			},
		],
	};
}

/** What each holder has drawn and not given back. @rule T-012 */
export function custodyList(items: readonly Custody[], names: ReadonlyMap<string, string>, today: Day): WorkbookModel {
	const title = '领用物品清单';
	return {
		properties: { title, author },
		sheets: [
			{
				name: title,
				title,
				subtitle: [`截至 ${today}`],
				columns: [
					{ header: '领用人', key: 'holder', type: 'text', width: 14 },
					{ header: '登记号', key: 'no', type: 'text', width: 16 },
					{ header: '类别', key: 'kind', type: 'text', width: 10 },
					{ header: '物品', key: 'item', type: 'text', width: 20 },
					{ header: '物品编号', key: 'itemNo', type: 'text', width: 14 },
					{ header: '数量', key: 'quantity', type: 'integer' },
					{ header: '领用日期', key: 'issuedDay', type: 'day', width: 12 },
					{ header: '应还日期', key: 'dueDay', type: 'day', width: 12 },
					{ header: '逾期', key: 'late', type: 'text', width: 6 },
				],
				rows: items.toSorted((a, b) => (`${a.holder} ${a.no}` < `${b.holder} ${b.no}` ? -1 : 1)).map(({ holder, no, itemKind, item, itemNo, quantity, issuedDay, dueDay }) => ({ holder: `${holder} ${names.get(holder) ?? ''}`.trim(), no, kind: itemKinds[itemKind], item, itemNo, quantity, issuedDay, dueDay, late: dueDay !== null && dueDay < today ? '是' : '' })),
				emptyText: '没有未归还的物品',
			},
		],
	};
}

/** A month's visits to key customers, person by person: done, late, still to come. @rule T-043 */
export function visitPlanList(month: Month, plans: readonly VisitPlan[], names: ReadonlyMap<string, string>): WorkbookModel {
	const title = `重点客户走访 ${month}`;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '走访计划',
				title,
				columns: [
					{ header: '走访人', key: 'technician', type: 'text', width: 14 },
					{ header: '客户', key: 'customer', type: 'text', width: 24 },
					{ header: '计划日期', key: 'plannedDay', type: 'day', width: 12 },
					{ header: '完成日期', key: 'doneDay', type: 'day', width: 12 },
					{ header: '状态', key: 'state', type: 'text', width: 10 },
					{ header: '逾期', key: 'late', type: 'text', width: 6 },
					{ header: '走访结果', key: 'result', type: 'text', width: 40 },
				],
				rows: plans.toSorted((a, b) => (`${a.technician} ${a.plannedDay}` < `${b.technician} ${b.plannedDay}` ? -1 : 1)).map(({ technician, customer, plannedDay, doneDay, state, late, result }) => ({ technician: `${technician} ${names.get(technician) ?? ''}`.trim(), customer: `${customer} ${names.get(customer) ?? ''}`.trim(), plannedDay, doneDay, state: visitPlan.states[state], late: late ? '是' : '', result })),
				emptyText: '本月没有走访计划',
			},
		],
	};
}
