import type { Notice, RowOfRecord } from '../domain/document/document';
import type { Day } from '../domain/document/fields';
import type { dutyPoint } from '../domain/master/records';
import { addDays, addMonths, monthOf, startOfDay } from '../domain/shared/zonedTime';
import type { DailyReport } from '../domain/technician/dailyReport';
import type { DirectorReport } from '../domain/technician/directorReport';
import { uncheckedHighVoltage, type DutyShift } from '../domain/technician/dutyShift';
import { missingDirectorReports, missingDocuments, missingLogs, missingReportLists, missingReports, type CheckedDay } from '../domain/technician/missingPapers';
import { documentsDue, type MonthDocuments } from '../domain/technician/monthDocuments';
import type { WorkLog } from '../domain/technician/workLog';
import type { DailyCheck } from './dailyChecks';
import type { Standing } from './engine';
import type { Row, Store } from './store';
import { companyOf } from './technicianReports';

/** How far back a reminder is made up for after downtime. */
const CATCH_UP_DAYS = 7;

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

/** Working days up to today, oldest first. */
function recentWorkdays({ today, calendar }: Standing): Day[] {
	return Array.from({ length: CATCH_UP_DAYS + 1 }, (_value, index) => addDays(today, index - CATCH_UP_DAYS)).filter((day) => calendar.isWorkday(day));
}

async function checkedDays(store: Store, given: Standing): Promise<CheckedDay[]> {
	const days = recentWorkdays(given);
	const { people, units } = await companyOf(store);
	const reports = rows<DailyReport>(await store.load('daily_report', 'day', days));
	const directorReports = rows<DirectorReport>(await store.load('director_report', 'day', days));
	return days.map((day) => ({
		day,
		// Nobody is asked for days before he was on file.
		people: people.filter(({ createdAt }) => given.calendar.dayOf(createdAt) <= day),
		units,
		reports: reports.filter((report) => report.day === day),
		directorReports: directorReports.filter((report) => report.day === day),
	}));
}

const daily: DailyCheck = async (store, given): Promise<Notice[]> => {
	const days = await checkedDays(store, given);
	return days.flatMap((day) => [...missingReports(day, given), ...missingReportLists(day, given), ...missingDirectorReports(day, given)]);
};

/** @rule T-010 */
const logs: DailyCheck = async (store, given) => {
	if (given.settings['worklog.required'] !== '是') return [];
	const days = await checkedDays(store, given);
	const written = rows<WorkLog>(await store.load('work_log', 'day', days.map(({ day }) => day)));
	return days.flatMap((day) => missingLogs({ ...day, logs: written.filter((log) => log.day === day.day) }, given));
};

/** Last month's documents, until some days after they were due. @rule T-011 */
const documents: DailyCheck = async (store, given) => {
	const month = monthOf(addMonths(given.today, -1));
	const due = documentsDue(month, given.settings);
	if (given.today < due || given.today > addDays(due, CATCH_UP_DAYS)) return [];
	const { people } = await companyOf(store);
	const there = people.filter(({ createdAt }) => monthOf(given.calendar.dayOf(createdAt)) <= month);
	return missingDocuments(month, there, rows<MonthDocuments>(await store.load('month_documents', 'month', [month])), given);
};

/** The day before, of posts with high-voltage equipment. @rule T-090 */
const highVoltage: DailyCheck = async (store, { today, calendar, settings }) => {
	if (settings['duty.enabled'] !== '是') return [];
	const day = addDays(today, -1);
	const shifts = rows<DutyShift>(await store.list('duty_shift', { where: [{ column: 'fromAt', is: '>=', value: startOfDay(day, calendar.zone) }, { column: 'fromAt', is: '<', value: startOfDay(today, calendar.zone) }] }));
	return shifts.length === 0 ? [] : uncheckedHighVoltage(day, shifts, rows<RowOfRecord<typeof dutyPoint>>(await store.list('duty_point', {})));
};

export const technicianChecks: readonly DailyCheck[] = [daily, logs, documents, highVoltage];
