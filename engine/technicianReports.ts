import { caseList, custodyList, directorDaily, monthDocumentsList, repairProblems, visitPlanList, weeklyRecord, weeklyReport, weekUntil } from '../domain/report/technicianReports';
import type { WorkbookModel } from '../domain/report/workbookModel';
import type { Day, Field, Month } from '../domain/document/fields';
import { leadersOf, techniciansOf, type Member, type Unit } from '../domain/master/unitTree';
import { hasRole } from '../domain/organisation';
import type { RepairCard } from '../domain/repair/repairCard';
import type { Call } from '../domain/service/call';
import { lastWeekday, readWeekTime, timeOn } from '../domain/shared/clockTime';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { addDays, addMonths, startOfDay } from '../domain/shared/zonedTime';
import type { Settings } from '../domain/settings';
import type { DailyReport } from '../domain/technician/dailyReport';
import { reportNumber } from '../domain/technician/dailyReport';
import type { CaseNote } from '../domain/technician/caseNote';
import type { Custody } from '../domain/technician/custody';
import type { VisitPlan } from '../domain/technician/visitPlan';
import { directorReport, type DirectorReport } from '../domain/technician/directorReport';
import { documentsDue, type MonthDocuments } from '../domain/technician/monthDocuments';
import { teamWeek, type TeamWeek } from '../domain/technician/teamWeek';
import { linesText, prefilledLines, type DaysWork, type ReportLine } from '../domain/technician/workedTime';
import type { Standing } from './engine';
import { namesOf } from './reports';
import { formFields } from './formFields';
import type { FormPage } from './formPage';
import { documentOf } from './registry';
import type { Condition, Row, Store } from './store';

type Person = Member & { readonly mail: string | null; readonly createdAt: string };

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const between = (column: string, from: string, to: string): Condition[] => [{ column, is: '>=', value: from }, { column, is: '<', value: to }];

/** Everybody and the tree they belong to. */
export async function companyOf(store: Store): Promise<{ people: Person[]; units: Unit[] }> {
	return { people: rows(await store.list('person', {})), units: rows(await store.list('unit', {})) };
}

const isTechnician = ({ active, roles }: Person): boolean => active && hasRole(roles, 'technician');

/** @throws RuleViolation NOT_FOUND */
function technicianOf(people: readonly Person[], code: string): Person {
	const found = people.find((person) => person.no === code && isTechnician(person));
	if (found === undefined) throw new RuleViolation('NOT_FOUND', `没有工号为“${code}”的在职技术员`, '请核对工号');
	return found;
}

export type Draft = { readonly technician: string; readonly technicianName: string; readonly day: Day; readonly lines: readonly ReportLine[]; readonly linesText: string; readonly state: string | null; readonly returnReason: string | null };

/** What a technician's report of a day starts from: what he has saved, else what visits and repair cards say. @rule T-006 */
export async function draftDailyReport(store: Store, technician: string, day: Day): Promise<Draft> {
	const { people } = await companyOf(store);
	const { name } = technicianOf(people, technician);
	const [kept] = rows<DailyReport>(await store.load('daily_report', 'no', [reportNumber(technician, day)]));
	const lines = kept?.lines ?? (await workedLines(store, technician, day));
	return { technician, technicianName: name, day, lines, linesText: linesText(lines), state: kept?.state ?? null, returnReason: kept?.returnReason ?? null };
}

/** The form page of a day's report with its lines filled in. @throws RuleViolation FIELD_MISSING, NOT_FOUND @rule T-006 */
export async function dailyReportPage(store: Store, technician: string | null, day: Day): Promise<Draft & Pick<FormPage, 'formTitle' | 'formDescription' | 'formFields'>> {
	if (technician === null) throw new RuleViolation('FIELD_MISSING', '缺少工号', '请填写技术员的工号', 'T-001');
	const draft = await draftDailyReport(store, technician, day);
	const { lines } = documentOf('daily_report').events['submit']?.input ?? {};
	const returned = draft.returnReason === null ? '' : `退回原因：${draft.returnReason}。`;
	return {
		...draft,
		formTitle: `${day} 工作日报`,
		formDescription: `${draft.technicianName}，您好。${returned}已按上门和修护记录预填，请核对更正：每行依次为类别、分钟、叫修编号（没有填 -）、说明。`,
		formFields: formFields({ lines: lines as Field }).map((field) => ({ ...field, defaultValue: draft.linesText })),
	};
}

async function workedLines(store: Store, technician: string, day: Day): Promise<ReportLine[]> {
	const visits = rows<DaysWork['visits'][number]>(await store.load('visit', 'day', [day]));
	const cards = rows<RepairCard>(await store.load('repair_card', 'finishedDay', [day]));
	const calls = rows<Call>(await store.load('call', 'no', [...visits, ...cards].map(({ call }) => call)));
	return prefilledLines(technician, { visits, cards, calls });
}

export type Built = { readonly model: WorkbookModel; readonly fileName: string; readonly json: Readonly<Record<string, unknown>> };

const weekTime = (settings: Settings) => readWeekTime(settings['report.week_day']) as NonNullable<ReturnType<typeof readWeekTime>>;

/** The last day of the week a day belongs to. @rule T-002 — `report.week_day` */
export const weekEnd = (day: Day, settings: Settings): Day => lastWeekday(addDays(day, 6), weekTime(settings).weekday);

/** The last day of the week whose reports are due at `now`. @rule T-002 — `report.week_day` */
export function weekDue({ settings, calendar, now, today }: Standing): Day {
	const { weekday, clock } = weekTime(settings);
	const last = lastWeekday(today, weekday);
	return timeOn(last, clock, calendar.zone) <= now ? last : addDays(last, -7);
}

/** One workbook a technician for the week that ends with `last`, with whom it goes to. @rule T-002 */
export async function weeklyReports(store: Store, last: Day, technician: string | null, given: Standing): Promise<Built[]> {
	const { people, units } = await companyOf(store);
	const days = weekUntil(last);
	const reports = rows<DailyReport>(await store.load('daily_report', 'day', days));
	const wanted = technician === null ? people.filter(isTechnician) : [technicianOf(people, technician)];
	return wanted.map((person) => ({
		model: weeklyReport(person, days, reports, (day) => given.calendar.isWorkday(day)),
		fileName: `技术人员周报表-${person.no}-${last}.xlsx`,
		json: { technician: person.no, technicianName: person.name, from: days[0], until: last, ...receivers(leadersOf(person, people, units, 'dept_manager')) },
	}));
}

/** Addresses of leaders, or their role's name where none has one. */
const receivers = (leaders: readonly Member[]): { to: string } => {
	const mails = (leaders as readonly Person[]).flatMap(({ mail }) => mail ?? []);
	return { to: mails.length > 0 ? mails.join(', ') : '部门经理' };
};

/** Whose reports and calls the tables of a week are made of. */
async function loadWeek(store: Store, last: Day, { calendar }: Standing) {
	const days = weekUntil(last);
	const reports = rows<DailyReport>(await store.load('daily_report', 'day', days));
	const calls = rows<Call>(await store.list('call', { where: between('calledAt', startOfDay(days[0] as Day, calendar.zone), startOfDay(addDays(last, 1), calendar.zone)) })).filter(({ state }) => state !== 'Void');
	return { ...(await companyOf(store)), tableOf: (mine: readonly Member[]) => teamWeek(days, mine, reports, calls.filter(({ technician }) => technician === null || mine.some(({ no }) => no === technician))) };
}

/** The record table of the week for each manager. @rule T-005 */
export async function weeklyRecords(store: Store, last: Day, given: Standing): Promise<Built[]> {
	const { people, units, tableOf } = await loadWeek(store, last, given);
	const managers = people.filter(({ active, roles }) => active && hasRole(roles, 'dept_manager'));
	return managers.map((manager) => {
		const week = tableOf(techniciansOf(manager.no, people, units, 'dept_manager'));
		return { model: weeklyRecord(week), fileName: `售后服务报修记录表-${manager.no}-${last}.xlsx`, json: { manager: manager.no, managerName: manager.name, from: week.days[0], until: last, calls: week.calls, ...receivers([manager]) } };
	});
}

/** The record table of a week as the acting person sees it: a manager his people, everybody else all technicians. @rule T-005 */
export async function weekRecordFor(store: Store, last: Day, given: Standing): Promise<TeamWeek> {
	const { people, units, tableOf } = await loadWeek(store, last, given);
	return tableOf(given.actor.roles.includes('dept_manager') ? techniciansOf(given.actor.code, people, units, 'dept_manager') : people.filter(isTechnician));
}

/** The directors' reports of a day on paper, one or all. @rule T-003 */
export async function directorReports(store: Store, day: Day, director: string | null): Promise<Built[]> {
	const { people } = await companyOf(store);
	const names = new Map(people.map(({ no, name }) => [no, name]));
	const reports = rows<DirectorReport>(await store.load('director_report', 'day', [day])).filter((report) => director === null || report.director === director);
	if (reports.length === 0) throw new RuleViolation('NOT_FOUND', `${day} 没有${director === null ? '' : ` ${director} 的`}服务主任日报`, '请服务主任先填报', 'T-003');
	return reports.map((report) => ({ model: directorDaily(report, names, directorReport.states[report.state]), fileName: `服务主任日报表-${report.director}-${day}.xlsx`, json: { no: report.no, director: report.director, day, total: report.total, missing: report.missing, state: report.state } }));
}

/** What repairers found on machines finished in the month. @rule T-042 */
export async function buildRepairProblems(store: Store, month: Month): Promise<Built> {
	const cards = rows<RepairCard>(await store.list('repair_card', { where: between('finishedDay', `${month}-01`, addMonths(`${month}-01`, 1)) }));
	const models = new Map((await store.load('asset', 'no', cards.map(({ asset }) => asset))).map(({ no, model }) => [no, String(model)]));
	const items = await namesOf(store, 'item', cards.flatMap(({ parts }) => (parts ?? []).map(({ item }) => item)));
	const problems = cards.map(({ asset, fault, actualMinutes, parts }) => ({ model: models.get(asset) ?? '', fault, minutes: actualMinutes ?? 0, parts: parts ?? [] }));
	return { model: repairProblems(month, problems, items), fileName: `客户返修机问题分析-${month}.xlsx`, json: { month, repaired: cards.length } };
}

/** @rule T-011 */
export async function buildMonthDocuments(store: Store, month: Month, given: Standing): Promise<Built> {
	const { people } = await companyOf(store);
	const papers = rows<MonthDocuments>(await store.load('month_documents', 'month', [month]));
	const engineers = people.filter(isTechnician).map(({ no, name }) => ({ no, name, papers: papers.find(({ technician }) => technician === no) ?? null }));
	return { model: monthDocumentsList(month, documentsDue(month, given.settings), engineers), fileName: `工程师每月资料-${month}.xlsx`, json: { month, due: documentsDue(month, given.settings), complete: papers.filter(({ state }) => state === 'Complete').length, engineers: engineers.length } };
}

/** Cases of a product, by part of its name, whose fault, fault code or cause has these words; empty words find all. @rule T-014 */
export async function findCases(store: Store, model: string, fault: string): Promise<Built> {
	const has = (text: string | null, word: string) => (text ?? '').toLowerCase().includes(word.trim().toLowerCase());
	const cases = rows<CaseNote>(await store.list('case_note', {})).filter((each) => has(each.model, model) && [each.faultCode, each.fault, each.cause].some((text) => has(text, fault)));
	return { model: caseList(cases), fileName: '维修案例.xlsx', json: { count: cases.length, cases } };
}

/** What is drawn and not given back, of one holder or all. @rule T-012 */
export async function buildCustody(store: Store, holder: string | null, { today }: Standing): Promise<Built> {
	const items = rows<Custody>(await store.list('custody', { where: [{ column: 'state', is: '=', value: 'Issued' }, ...(holder === null ? [] : [{ column: 'holder', is: '=' as const, value: holder }])] }));
	return { model: custodyList(items, await namesOf(store, 'person', items.map((each) => each.holder)), today), fileName: `领用物品清单-${holder ?? '全部'}-${today}.xlsx`, json: { holder, items: items.length } };
}

/** @rule T-043 */
export async function buildVisitPlans(store: Store, month: Month, technician: string | null): Promise<Built> {
	const planned = rows<VisitPlan>(await store.list('visit_plan', { where: between('plannedDay', `${month}-01`, addMonths(`${month}-01`, 1)) }));
	const plans = planned.filter((plan) => plan.state !== 'Cancelled' && (technician === null || plan.technician === technician));
	const names = new Map([...(await namesOf(store, 'person', plans.map((plan) => plan.technician))), ...(await namesOf(store, 'customer', plans.map(({ customer }) => customer)))]);
	return { model: visitPlanList(month, plans, names), fileName: `重点客户走访-${month}.xlsx`, json: { month, planned: plans.length, done: plans.filter(({ state }) => state === 'Done').length, late: plans.filter(({ late }) => late).length } };
}
