import type { CellDay } from '../../sheetData';

const dayMs = 86_400_000;
const daySeconds = 86_400;
/** 9999-12-31, the last day that Excel knows. */
const lastSerial = 2_958_465;

/**
 * Converts a serial to what the cell shows, in no time zone.
 * @param epoch 1904 for workbooks from old Macs; in 1900 ones the day numbers up to 60 are one off, as Excel counts a 29 February 1900
 * @returns text `HH:mm:ss` for a time without a day, the number itself outside Excel's calendar
 */
export function serialToCell(serial: number, epoch: 1900 | 1904): CellDay | string | number {
	if (!(serial >= 0 && serial < lastSerial + 1)) return serial;
	const seconds = Math.round(serial * daySeconds);
	const days = Math.floor(seconds / daySeconds);
	const time = clock(seconds - days * daySeconds);
	if (days === 0 && epoch === 1900) return time;
	const start = epoch === 1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
	const day = new Date(start + days * dayMs).toISOString().slice(0, 10);
	return time === '00:00:00' ? { day } : { day, time };
}

/** Reads the ISO 8601 text of a cell of type `d`. */
export function isoToCell(text: string): CellDay | string {
	const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(text);
	if (!match) return text;
	const [, day = '', time] = match;
	return time === undefined || time === '00:00:00' ? { day } : { day, time };
}

function clock(seconds: number): string {
	return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
