import type { RowOfRecord } from '../domain/document/document';
import type { Day } from '../domain/document/fields';
import type { hotlineShift } from '../domain/master/records';
import type { Call } from '../domain/service/call';
import { addDays, endOfDay, startOfDay } from '../domain/shared/zonedTime';
import { rosterFaults, rosterNotice } from '../domain/survey/hotlineRoster';
import { surveyKinds } from '../domain/survey/serviceSurvey';
import { meansOf } from '../domain/survey/surveyCardRules';
import { lateVisits, quarterPlanDue, registerNotices, surveyDue, surveyedCalls } from '../domain/survey/surveyDates';
import type { SurveyCard } from '../domain/survey/surveyCardPaper';
import type { VisitPlan } from '../domain/technician/visitPlan';
import type { DailyCheck } from './dailyChecks';
import { apply, SYSTEM, type Standing } from './engine';
import type { Row, Store } from './store';

/** How far back a day is made up for after downtime. */
const CATCH_UP_DAYS = 7;
/** How far ahead the roster of the service phone is looked at. */
const ROSTER_DAYS = 3;

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

type Listed = Pick<Call, 'no' | 'unit' | 'customerName' | 'phone' | 'model' | 'technician' | 'calledAt' | 'duplicateOf' | 'state'>;
const columns = ['no', 'unit', 'customerName', 'phone', 'model', 'technician', 'calledAt', 'duplicateOf', 'state'] as const;

/** A calendar without working days must not be searched for ever. */
const LONGEST_HOLIDAY = 30;

/** Days whose next working day has come: a holiday, however long, and the week before it. */
function pastDays({ today, calendar }: Standing): Day[] {
	let lastWorkday = addDays(today, -1);
	while (!calendar.isWorkday(lastWorkday) && lastWorkday > addDays(today, -LONGEST_HOLIDAY)) lastWorkday = addDays(lastWorkday, -1);
	const days: Day[] = [];
	for (let day = addDays(lastWorkday, -CATCH_UP_DAYS); day < today; day = addDays(day, 1)) if (calendar.workdayAfter(day, 1).day <= today) days.push(day);
	return days;
}

async function callsOf(store: Store, days: readonly Day[], { calendar }: Standing): Promise<{ day: Day; calls: Listed[] }[]> {
	const [first, last] = [days[0], days.at(-1)];
	if (first === undefined || last === undefined) return [];
	const calls = rows<Listed>(await store.list('call', { columns, where: [{ column: 'calledAt', is: '>=', value: startOfDay(first, calendar.zone) }, { column: 'calledAt', is: '<', value: endOfDay(last, calendar.zone) }], orderBy: [{ column: 'calledAt' }, { column: 'no' }] }));
	const byDay = Map.groupBy(calls, ({ calledAt }) => calendar.dayOf(calledAt));
	return days.flatMap((day) => (byDay.has(day) ? [{ day, calls: byDay.get(day) ?? [] }] : []));
}

/** The register goes to the service department, and a card is opened for every call in it; one that cannot be holds up no other. @rule S-001 @rule S-002 */
const register: DailyCheck = async (store, given) => {
	const means = meansOf(given.settings);
	const days = await callsOf(store, pastDays(given), given);
	const wanted = days.flatMap(({ calls }) => surveyedCalls(calls, given.settings).flatMap(({ no }) => means.map((each) => ({ call: no, means: each }))));
	const opened = new Set((await store.list('survey_card', { columns: ['call', 'means'], where: [{ column: 'calledDay', is: '>=', value: days[0]?.day ?? given.today }] })).map(({ call, means: how }) => `${String(call)} ${String(how)}`));
	const missing = wanted.filter(({ call, means: how }) => !opened.has(`${call} ${how}`));
	if (missing.length > 0) await apply(store, 'survey_card', 'open', missing.map((input) => ({ input })), { actor: SYSTEM, now: given.now, mode: 'each' });
	const units = new Map((await store.list('unit', { columns: ['no', 'name'] })).map(({ no, name }) => [String(no), String(name)]));
	return days.flatMap(({ day, calls }) => registerNotices(day, calls, (code) => units.get(code ?? '') ?? '公司', given.calendar.zone));
};

/** Cards whose call is done meanwhile go out. @rule S-004 */
const release: DailyCheck = async (store, { now }) => {
	const waiting = rows<Pick<SurveyCard, 'no' | 'call'>>(await store.list('survey_card', { columns: ['no', 'call'], where: [{ column: 'state', is: '=', value: 'Waiting' }] }));
	const done = new Set((await store.list('call', { columns: ['no'], where: [{ column: 'no', is: 'in', value: waiting.map(({ call }) => call) }, { column: 'state', is: 'in', value: ['AwaitCancel', 'Closed', 'Void'] }] })).map(({ no }) => no));
	const ripe = waiting.filter(({ call }) => done.has(call));
	if (ripe.length > 0) await apply(store, 'survey_card', 'release', ripe.map(({ no }) => ({ no, input: {} })), { actor: SYSTEM, now, mode: 'each' });
	return [];
};

/** @rule S-031 — the coming days of every line on the roster */
const roster: DailyCheck = async (store, { today, settings, calendar }) => {
	const shifts = rows<RowOfRecord<typeof hotlineShift>>(await store.list('hotline_shift', { where: [{ column: 'toAt', is: '>', value: startOfDay(addDays(today, -CATCH_UP_DAYS), calendar.zone) }] }));
	const hours = { open: settings['hotline.open'], close: settings['hotline.close'], zone: calendar.zone };
	const days = Array.from({ length: ROSTER_DAYS }, (_value, index) => addDays(today, index + 1));
	return [...new Set(shifts.map(({ hotline }) => hotline))].flatMap((line) => days.flatMap((day) => rosterNotice(rosterFaults(line, day, shifts, hours), calendar.zone)));
};

/** @rule S-021 — the quarter's plan, and what is late of it */
const visits: DailyCheck = async (store, { today }) => {
	const planned = new Set((await store.list('visit_quarter', { columns: ['quarter'] })).map(({ quarter }) => String(quarter)));
	const open = rows<VisitPlan>(await store.list('visit_plan', { columns: ['no', 'customer', 'technician', 'plannedDay'], where: [{ column: 'state', is: '=', value: 'Assigned' }] }));
	return [...quarterPlanDue(today, planned), ...lateVisits(today, open)];
};

/** @rule S-009 @rule S-010 */
const rounds: DailyCheck = async (store, { today, settings, calendar }) => {
	const drawn = await store.list('survey_round', { columns: ['surveyKind', 'createdAt'], orderBy: [{ column: 'createdAt', descending: true }] });
	const last = (kind: string) => drawn.filter(({ surveyKind }) => surveyKind === kind).map(({ createdAt }) => calendar.dayOf(String(createdAt)))[0] ?? null;
	return [
		...(settings['survey.sales'] === '是' ? surveyDue('sales', last('sales'), today, settings['survey.sales_cycle_months'], surveyKinds.sales) : []),
		...surveyDue('periodic', last('periodic'), today, settings['survey.periodic_months'], surveyKinds.periodic),
	];
};

export const surveyChecks: readonly DailyCheck[] = [register, release, roster, visits, rounds];
