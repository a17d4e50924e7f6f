import type { Day, Instant } from '../document/fields';
import { DateTime } from './luxonDoor';
import { toInstant } from './zonedTime';

/** `17:30` on a day, as an instant, with minutes added. */
export const timeOn = (day: Day, clock: string, zone: string, plusMinutes = 0): Instant => {
	const [hour, minute] = clock.split(':').map(Number);
	return toInstant(DateTime.fromISO(day, { zone }).set({ hour: hour ?? 0, minute: minute ?? 0 }).plus({ minutes: plusMinutes }));
};

const weekdays: Readonly<Record<string, number>> = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7, 周一: 1, 周二: 2, 周三: 3, 周四: 4, 周五: 5, 周六: 6, 周日: 7 };

/** Reads `周五 17:00` or `Fri 17:00`. @returns null when it is neither */
export function readWeekTime(value: string): { readonly weekday: number; readonly clock: string } | null {
	const [name = '', clock = ''] = value.trim().split(/\s+/);
	const weekday = weekdays[name];
	return weekday === undefined || !isClock(clock) ? null : { weekday, clock };
}

export const isClock = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** The last `weekday` up to and including `day`. */
export const lastWeekday = (day: Day, weekday: number): Day => {
	const date = DateTime.fromISO(day, { zone: 'utc' });
	return date.minus({ days: (date.weekday - weekday + 7) % 7 }).toISODate() as Day;
};
