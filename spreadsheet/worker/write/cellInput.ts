import type { CellInput, ColumnType } from '../../../domain/report/workbookModel';

/** Excel refuses files with longer texts. */
const longestText = 32_767;

/** What goes into the cell: real numbers and dates, and texts that stay texts, whatever they start with. */
export function toCellValue(value: CellInput | undefined, type: ColumnType): string | number | Date | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'number') return toNumber(value, type);
	if (type === 'day' || type === 'instant') return toDate(value) ?? toText(value);
	return toText(value);
}

/** A text for any cell, cut at what Excel can hold. */
export function toText(text: string): string {
	return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

function toNumber(value: number, type: ColumnType): number | string | null {
	if (!Number.isFinite(value)) return null;
	if (type === 'yuan') return value / 100;
	return type === 'text' ? String(value) : value;
}

/** The file knows no zones: the local time goes in as if it were UTC, which is how it comes out again. */
function toDate(text: string): Date | null {
	const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text);
	if (!match) return null;
	const date = new Date(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? ':00'}Z`);
	return Number.isNaN(date.getTime()) ? null : date;
}
