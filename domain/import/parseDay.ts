import { normaliseText } from './normaliseText';
import type { Parsed, Refusal } from './refusal';
import type { CellLike } from './sheetDataLike';
import type { ColumnSpec, Period } from './tableLayout';

const dayMs = 86_400_000;
/** Day 0 of the count of days, for any day after February 1900. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
/** 1954 to 2119: a plain number in this range in a day column is a date that lost its format. */
const serials = { first: 20_000, last: 80_000 };
/** The first year of the Republic calendar (民国) is 1912. */
const republic = 1911;

/** What is known about a sheet besides the cell: which days can be meant, and how the workbook counts days. */
export type DayContext = { readonly period?: Period; readonly epoch?: 1900 | 1904 };

/** Days a text can mean; the first is how people here write it (year, month, day; month before day). */
type Readings = { readonly days: readonly string[]; /** The text names the century. */ readonly isWhole: boolean };

/**
 * Reads a calendar day from a date cell, a serial or text. A short day is read only where the period leaves one reading.
 * @example parseDay('2025年6月3日', column) → { value: '2025-06-03' }; parseDay('114.6.3', column) → the same;
 * parseDay('6/3', column) is refused as DAY_AMBIGUOUS, but not in a period of May and June 2025
 */
export function parseDay(cell: CellLike, { header }: ColumnSpec, { period, epoch = 1900 }: DayContext = {}): Parsed<string> {
	if (typeof cell === 'object' && cell !== null) return { value: cell.day };
	if (isSerial(cell)) return { value: iso(epochs[epoch] + Math.floor(cell) * dayMs) };
	const readings = typeof cell === 'boolean' || cell === null ? null : readingsOf(String(cell), period);
	// 6.3 as a number may have been 6.30.
	const isShortNumber = typeof cell === 'number' && readings?.isWhole === false;
	const day = readings === null || isShortNumber ? null : onlyReading(readings, period);
	return day === null ? refusal(`「${header}」“${String(cell).trim()}”`, readings, period) : { value: day };
}

const isSerial = (cell: CellLike): cell is number => typeof cell === 'number' && cell >= serials.first && cell < serials.last + 1;

function refusal(shown: string, readings: Readings | null, period: Period | undefined): Refusal {
	if (readings === null || (readings.days.length === 0 && (readings.isWhole || period !== undefined))) return { code: 'NOT_A_DAY', message: `${shown}不是有效的日期，请按 2025-06-03 的样子填写` };
	const meanings = readings.days.length > 1 ? `（可以是 ${readings.days.slice(0, 3).join(' 或 ')}）` : '';
	return { code: 'DAY_AMBIGUOUS', message: `${shown}分不清年月日${meanings}，请写四位年份的完整日期，例如 2025-06-03` };
}

/** One reading alone is it; of several, the usual one, when the period excludes all others. */
function onlyReading({ days, isWhole }: Readings, period: Period | undefined): string | null {
	const [usual = null] = days;
	if (isWhole && days.length === 1) return usual;
	if (period === undefined) return null;
	const possible = days.filter((day) => day >= period.first && day <= period.last);
	return possible.length === 1 && possible[0] === usual ? usual : null;
}

const forms: ReadonlyArray<readonly [form: RegExp, days: (parts: readonly number[], years: readonly number[]) => readonly (string | null)[], isWhole: boolean]> = [
	[/^(?:中[華华])?民[國国](\d{1,3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, ([y = 0, m = 0, d = 0]) => [dayAt(y + republic, m, d)], true],
	[/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, ([y = 0, m = 0, d = 0]) => [dayAt(y, m, d)], true],
	[/^(\d{4})(\d{2})(\d{2})$/, ([y = 0, m = 0, d = 0]) => [dayAt(y, m, d)], true],
	[/^(1\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, ([y = 0, m = 0, d = 0]) => [dayAt(y + republic, m, d)], true],
	[/^(1\d{2})(\d{2})(\d{2})$/, ([y = 0, m = 0, d = 0]) => [dayAt(y + republic, m, d)], true],
	[/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, ([a = 0, b = 0, y = 0]) => [dayAt(y, a, b), dayAt(y, b, a)], true],
	[/^(\d{1,2})年(\d{1,2})月(\d{1,2})日?$/, ([y = 0, m = 0, d = 0]) => [dayAt(2000 + y, m, d), dayAt(y + republic, m, d)], false],
	[/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([a = 0, b = 0, c = 0]) => [dayAt(2000 + a, b, c), dayAt(2000 + c, a, b), dayAt(2000 + c, b, a), dayAt(a + republic, b, c)], false],
	[/^(\d{1,2})月(\d{1,2})[日号]?$/, ([m = 0, d = 0], years) => years.map((year) => dayAt(year, m, d)), false],
	[/^(\d{1,2})[-/.](\d{1,2})$/, ([a = 0, b = 0], years) => [...years.map((year) => dayAt(year, a, b)), ...years.map((year) => dayAt(year, b, a))], false],
];

/** @returns null for what has the shape of no day */
function readingsOf(text: string, period: Period | undefined): Readings | null {
	const bare = normaliseText(text)
		.replace(/\s*\(?(?:星期|周|週)[一二三四五六日天]\)?$/, '')
		.replace(/(?:T|\s+|(?<=日))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, '')
		.replace(/\s+/g, '');
	for (const [form, daysOf, isWhole] of forms) {
		const match = form.exec(bare);
		if (match === null) continue;
		const days = daysOf(match.slice(1).map(Number), yearsOf(period));
		return { days: usualFirst(days.filter((day) => day !== null), period, isWhole), isWhole };
	}
	return null;
}

/** A day without a year may fall in either year of a period: the one inside comes first. */
function usualFirst(days: readonly string[], period: Period | undefined, isWhole: boolean): string[] {
	const distinct = [...new Set(days)];
	const years = yearsOf(period);
	if (isWhole || period === undefined || years.length < 2) return distinct;
	const [usual = ''] = distinct.filter((day) => day.slice(5) === distinct[0]?.slice(5) && day >= period.first && day <= period.last);
	return usual === '' ? distinct : [usual, ...distinct.filter((day) => day !== usual)];
}

function yearsOf(period: Period | undefined): number[] {
	if (period === undefined) return [];
	const [first, last] = [Number(period.first.slice(0, 4)), Number(period.last.slice(0, 4))];
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function dayAt(year: number, month: number, day: number): string | null {
	const date = new Date(Date.UTC(year, month - 1, day));
	const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isReal && year >= 1900 ? iso(date.getTime()) : null;
}

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
