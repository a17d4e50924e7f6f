import { normaliseText } from './normaliseText';
import type { Parsed } from './refusal';
import type { CellLike } from './sheetDataLike';
import type { ColumnSpec } from './tableLayout';

const dayMs = 86_400_000;
/** Day 0 of Excel's count for any day after February 1900. */
const excelEpoch = Date.UTC(1899, 11, 30);
/** 1954 to 2119: a plain number in this range in a day column is a date that lost its format. */
const serials = { first: 20_000, last: 80_000 };

/**
 * Reads a calendar day from a date cell, a serial or text with a four-digit year.
 * @example parseDay('2025年6月3日', column) → { value: '2025-06-03' }; parseDay('6/3', column) is refused as DAY_AMBIGUOUS
 */
export function parseDay(cell: CellLike, { header }: ColumnSpec): Parsed<string> {
	if (typeof cell === 'object' && cell !== null) return { value: cell.day };
	const day = typeof cell === 'number' ? dayOfNumber(cell) : typeof cell === 'string' ? dayOfText(cell) : null;
	if (day !== null) return { value: day };
	const shown = `「${header}」“${String(cell).trim()}”`;
	if (typeof cell === 'string' && isAmbiguous(cell)) {
		return { code: 'DAY_AMBIGUOUS', message: `${shown}分不清年月日，请写四位年份的完整日期，例如 2025-06-03` };
	}
	return { code: 'NOT_A_DAY', message: `${shown}不是有效的日期，请按 2025-06-03 的样子填写` };
}

function dayOfNumber(value: number): string | null {
	if (value >= serials.first && value < serials.last + 1) {
		return new Date(excelEpoch + Math.floor(value) * dayMs).toISOString().slice(0, 10);
	}
	return dayOfText(String(value));
}

function dayOfText(text: string): string | null {
	const bare = normaliseText(text);
	const withTime = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
	const match = withTime.exec(bare) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
	if (!match) return null;
	const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
	const date = new Date(Date.UTC(year, month - 1, day));
	const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isReal && year >= 1900 ? date.toISOString().slice(0, 10) : null;
}

/** No year, a year of two digits, or a year at the end: 6/3, 25.6.3, 3/6/2025, 6月3日. */
function isAmbiguous(text: string): boolean {
	return /^\d{1,2}\s*[-/.年月]\s*\d{1,2}\s*(?:[-/.月日]\s*(?:\d{1,4}\s*日?)?)?$/.test(normaliseText(text));
}
