import type { Day, Instant, Month } from '../document/fields';
import { DateTime } from './luxonDoor';

/** The calendar day of an instant in a zone. */
export const dayOf = (instant: Instant, zone: string): Day =>
	DateTime.fromISO(instant, { zone }).toISODate() as Day;

/** The first instant of a day; DST gaps move it forward. */
export const startOfDay = (day: Day, zone: string): Instant => toInstant(DateTime.fromISO(day, { zone }));

/** 24:00 of a day, where limits given in days end. @rule README 3 */
export const endOfDay = (day: Day, zone: string): Instant => toInstant(DateTime.fromISO(day, { zone }).plus({ days: 1 }).startOf('day'));

export const toInstant = (time: DateTime): Instant => time.toUTC().toISO() as Instant;

/** Wall-clock text such as `2025-06-09 12:00`. */
export const localTime = (instant: Instant, zone: string): string =>
	DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd HH:mm');

/** `2025-06-09 24:00` for a limit that ends with a day, else the wall-clock time. */
export function localLimit(instant: Instant, zone: string): string {
	const local = DateTime.fromISO(instant, { zone });
	return local.hour === 0 && local.minute === 0 ? `${local.minus({ days: 1 }).toISODate()} 24:00` : local.toFormat('yyyy-MM-dd HH:mm');
}

export const addDays = (day: Day, days: number): Day => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The same day `months` later, or the last day of that month. @rule README 5 */
export const addMonths = (day: Day, months: number): Day => DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate() as Day;

export const monthOf = (day: Day): Month => day.slice(0, 7);
/** Told apart from dates by arithmetic: asked for every line of a statement. */
export function lastDayOf(month: Month): Day {
	const [year, place] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return `${month}-${place === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(place) ? 30 : 31}`;
}
export function nextMonth(month: Month): Month {
	const [year, place] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
	return place === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${month.slice(0, 5)}${String(place + 1).padStart(2, '0')}`;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Plain arithmetic: imports ask it for every row. */
export function isDay(value: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const [year, month, day] = [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8))];
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	const longest = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
	return month >= 1 && month <= 12 && day >= 1 && day <= longest;
}

/** Reads a month as people write it: `2025-06`, `2025/6`, `2025年6月`, `202506`. @returns null when it is none */
export function readMonth(value: string): Month | null {
	const match = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(value.normalize('NFKC').replace(/\s/g, ''));
	const month = match === null ? '' : `${match[1]}-${(match[2] as string).padStart(2, '0')}`;
	return isMonth(month) ? month : null;
}

export const isMonth = (value: string): boolean => /^\d{4}-\d{2}$/.test(value) && isDay(`${value}-01`);

/**
 * Reads an instant: ISO with offset as it is, local time as people write it (`2025-06-09 12:00`, `2025年6月9日 8:05`, `14：30` today) in the given zone.
 * @returns null when it is no time
 */
export function readInstant(value: string, zone: string): Instant | null {
	const text = value
		.normalize('NFKC')
		.trim()
		.replace(/^(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?/, (_all, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
		.replace(/\s+/, 'T')
		.replace(/(^|T)(\d):/, '$10$2:');
	const time = DateTime.fromISO(text, { zone });
	return time.isValid ? toInstant(time) : null;
}

/** A wall-clock time (`17:30`) of a day. */
export const atTime = (day: Day, time: string, zone: string): Instant => toInstant(DateTime.fromISO(`${day}T${time}`, { zone }));
