import type { Instant } from '../document/fields';
import type { Settings } from '../settings';
import { localTime } from '../shared/zonedTime';
import { unknownNote, type Counted, type Due, type WorkCalendar } from '../shared/workCalendar';

export type Zone = 'city' | 'suburb';

/** Working hours from the call to the technician's arrival. @rule V-030 — city; @rule V-031 — suburb */
export const arrivalHours = (zone: Zone, settings: Settings): number =>
	zone === 'city' ? settings['service.sla.city_hours'] : settings['service.sla.suburb_hours'];

/** When the technician has to be there, with the periods counted. @rule V-030 @rule V-031 */
export const arrivalDue = (calledAt: Instant, zone: Zone, settings: Settings, calendar: WorkCalendar): Due =>
	calendar.dueAfter(calledAt, arrivalHours(zone, settings) * 60);

/** When `service.sla.warn_hours` of the limit are left. @rule V-033 */
export const warnedFrom = (calledAt: Instant, zone: Zone, settings: Settings, calendar: WorkCalendar): Instant =>
	calendar.dueAfter(calledAt, Math.max(0, arrivalHours(zone, settings) - settings['service.sla.warn_hours']) * 60).due;

/** The first moment at which no arrival is in time any more: after an exact fit at closing or before lunch, the next working minute. @rule V-030 */
export const missedFrom = (due: Instant, calendar: WorkCalendar): Instant => calendar.dueAfter(due, 1).due;

type Appointment = { readonly appointFrom: Instant | null; readonly appointTo: Instant | null };

/**
 * When somebody has to be there, and when that is warned of and missed.
 * @rule V-014 — a time agreed with the customer decides
 * @rule V-033 — warned `service.sla.warn_hours` before
 */
export function arrivalTimes(calledAt: Instant, zone: Zone, { appointFrom, appointTo }: Appointment, settings: Settings, calendar: WorkCalendar) {
	const { due, ...dueWorking } = arrivalDue(calledAt, zone, settings, calendar);
	const limitHours = arrivalHours(zone, settings);
	if (appointTo === null) return { limitHours, dueAt: due, warnAt: warnedFrom(calledAt, zone, settings, calendar), alarmAt: missedFrom(due, calendar), dueWorking };
	const earlier = Date.parse(appointFrom ?? appointTo) - settings['service.sla.warn_hours'] * 3_600_000;
	return { limitHours, dueAt: appointTo, warnAt: new Date(earlier).toISOString(), alarmAt: new Date(Date.parse(appointTo) + 60_000).toISOString(), dueWorking };
}

type Judged = Appointment & { readonly calledAt: Instant; /** Later than the call where it was opened again. */ readonly limitFrom?: Instant | null; readonly limitHours: number };

/**
 * Judges an arrival by counted working time, not by the clock: an arrival in the lunch break that follows an exact fit is in time.
 * @rule V-030 — breach only above the limit
 * @rule V-014 — with an appointment, only after its end
 */
export function judgeArrival(call: Judged, arrivedAt: Instant, calendar: WorkCalendar) {
	const { minutes } = calendar.count(call.limitFrom ?? call.calledAt, arrivedAt);
	const breached = call.appointTo === null ? minutes > call.limitHours * 60 : arrivedAt.slice(0, 16) > call.appointTo.slice(0, 16);
	return { minutes, breached };
}

/** People write minutes: an arrival in the minute of the call is not before it. */
export const isBeforeCall = (arrivedAt: Instant, calledAt: Instant): boolean => arrivedAt < calledAt.slice(0, 16);

/** The zone that counts. @rule V-032 — a missing zone counts as city */
export const zoneOf = (zone: Zone | null): Zone => zone ?? 'city';

/** Why the technician has to be there then. @rule V-014 */
export const explainArrival = (call: Appointment & { readonly dueWorking: Counted }, zone: string): string =>
	call.appointTo === null ? explainDue(call.dueWorking, zone) : `与客户约定 ${call.appointFrom === null ? '' : `${localTime(call.appointFrom, zone)} 至 `}${localTime(call.appointTo, zone)}`;

/** One line that says why something is due then, for mails and pages. */
export function explainDue(counted: Counted, zone: string): string {
	const spans = counted.spans.map(({ from, to }) => `${localTime(from, zone)}–${localTime(to, zone).slice(11)}`).join('，');
	const skipped = counted.skipped.map(({ day, why }) => `${day.slice(5)}${why === 'holiday' ? '放假' : '休息'}`).join('、');
	const unknown = unknownNote(counted.unknownYears) ?? '';
	return [`计入工作时间 ${hours(counted.minutes)} 小时：${spans}`, skipped && `不计：${skipped}`, unknown && `注意：${unknown}`]
		.filter((part) => part !== '')
		.join('。');
}

const hours = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100);
