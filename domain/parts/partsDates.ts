import type { Day, Instant, Month } from '../document/fields';
import type { Settings } from '../settings';
import type { WorkCalendar } from '../shared/workCalendar';
import { addDays, addMonths, endOfDay, lastDayOf, monthOf, nextMonth } from '../shared/zonedTime';

export type RequestWindow = 'early' | 'ok' | 'late';

/**
 * Judges the day a monthly request for the next month arrives.
 * @rule P-021 — from the 26th to the 30th; in February to the last day; the 31st is late
 */
export function judgeRequestDay(sent: Day, forMonth: Month, settings: Settings): RequestWindow {
	const before = monthOf(addMonths(`${forMonth}-01`, -1));
	const last = lastDayOf(before);
	const from = dayIn(before, settings['parts.request_from'], last);
	const to = dayIn(before, settings['parts.request_to'], last);
	if (sent < from) return 'early';
	return sent <= to ? 'ok' : 'late';
}

const dayIn = (month: Month, day: number, last: Day): Day => {
	const wanted = `${month}-${String(day).padStart(2, '0')}`;
	return wanted < last ? wanted : last;
};

export type IssueCase =
	| { readonly kind: 'monthly'; readonly month: Month }
	| { readonly kind: 'emergency' | 'presale'; readonly received: Day };

/** A limit at 24:00 of a day, and the years on its way whose holidays are not published. */
export type DayLimit = { readonly due: Instant; readonly unknownYears: readonly string[] };

const afterWorkdays = (day: Day, count: number, calendar: WorkCalendar): DayLimit => {
	const last = calendar.workdayAfter(day, count);
	return { due: endOfDay(last.day, calendar.zone), unknownYears: last.unknownYears };
};

/** By when requested parts are to be issued. @rule P-030 */
export function issueDue(request: IssueCase, settings: Settings, calendar: WorkCalendar): DayLimit {
	switch (request.kind) {
		case 'monthly':
			return { due: endOfDay(dayIn(request.month, settings['parts.issue_day'], lastDayOf(request.month)), calendar.zone), unknownYears: [] };
		case 'emergency':
			return { due: endOfDay(addDays(request.received, settings['parts.emergency_days']), calendar.zone), unknownYears: [] };
		case 'presale':
			return afterWorkdays(request.received, settings['parts.presale_workdays'], calendar);
	}
}

/** When silence makes a shipment received complete and correct. @rule P-032 */
export const receiptDeemedAt = (noticed: Day, settings: Settings, zone: string): Instant =>
	endOfDay(addDays(noticed, settings['parts.receipt_days']), zone);

/** When silence makes the counted quantities agreed: end of the next working day. @rule P-041 */
export const replyDue = (sent: Day, settings: Settings, calendar: WorkCalendar): DayLimit => afterWorkdays(sent, settings['parts.reply_workdays'], calendar);

/**
 * The share of the supply price credited for a part replaced and shipped on these days, in percent.
 * @rule P-046 — 100 up to the 15th of the next month, then 90; the shipping day counts
 * @rule P-047 — 0 after the last day of the next month
 */
export function creditPct(replaced: Day, shipped: Day, settings: Settings): number {
	const { cutoff, last } = limitsOf(monthOf(replaced), settings['parts.cutoff_day']);
	if (shipped <= cutoff) return 100;
	return shipped <= last ? settings['parts.late_pct'] : 0;
}

const known = new Map<string, { readonly cutoff: Day; readonly last: Day }>();

/** Days of the month after; a statement asks for the same few months again and again. */
function limitsOf(replaced: Month, cutoffDay: number) {
	const key = `${replaced}:${cutoffDay}`;
	let limits = known.get(key);
	if (limits === undefined) {
		const month = nextMonth(replaced);
		const last = lastDayOf(month);
		known.set(key, (limits = { cutoff: dayIn(month, cutoffDay, last), last }));
	}
	return limits;
}
