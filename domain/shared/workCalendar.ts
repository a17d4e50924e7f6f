import type { Day, Instant } from '../document/fields';
import { DateTime } from './luxonDoor';
import { addDays } from './zonedTime';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longest stretch without working time that is still believed: beyond it the calendar is wrong. */
const MAX_IDLE_DAYS = 400;

/** Minutes since midnight, `[start, end)`. */
export type Period = readonly [start: number, end: number];

export type CalendarData = {
	/** IANA zone. */
	readonly zone: string;
	/** Working periods of ISO weekdays 1 (Monday) to 7; a missing day is free. */
	readonly week: Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly Period[]>>>;
	/** Periods of a make-up working day (调休). */
	readonly makeupPeriods: readonly Period[];
	readonly holidays: ReadonlySet<Day>;
	readonly makeupDays: ReadonlySet<Day>;
	/** Years whose holiday notice is published; `all` where the list is the company's own. */
	readonly knownYears: ReadonlySet<string> | 'all';
};

/** A stretch of counted working time. */
export type Span = { readonly from: Instant; readonly to: Instant };

/** A result with its working, so that the product can say why something is due then. */
export type Counted = {
	readonly minutes: number;
	readonly spans: readonly Span[];
	/** Days in between that were not counted, and why: weekend, holiday. */
	readonly skipped: readonly { readonly day: Day; readonly why: 'weekend' | 'holiday' }[];
	/** Years touched whose public holidays are not published: the result may move. */
	readonly unknownYears: readonly string[];
};

export type Due = Counted & { readonly due: Instant };

export type WorkCalendar = {
	readonly zone: string;
	/** When `minutes` of working time have passed since `start`; an exact fit ends at closing time. */
	dueAfter(start: Instant, minutes: number): Due;
	/** Working time between two instants. */
	count(from: Instant, to: Instant): Counted;
	isWorkday(day: Day): boolean;
	/** First opening and last closing of a day; null on a free day. */
	hoursOf(day: Day): Span | null;
	/** The local day of an instant. */
	dayOf(instant: Instant): Day;
	/** The `n`-th working day after `day` (n ≥ 1). */
	workdayAfter(day: Day, n: number): { readonly day: Day; readonly unknownYears: readonly string[] };
	/** Whether the year's public holidays are known. */
	knows(year: string): boolean;
};

type DayPlan = {
	readonly day: Day;
	readonly start: number;
	/** Start and end, also as text: written out once, used by every span that fills the period. */
	readonly periods: readonly { readonly open: number; readonly close: number; readonly from: Instant; readonly to: Instant }[];
	readonly why: 'weekend' | 'holiday' | null;
};

/** Said wherever a limit touches a year whose holidays are not published; null when all are known. */
export const unknownNote = (years: readonly string[]): string | null =>
	years.length === 0 ? null : years.map((year) => `${year} 年放假安排尚未公布，按平常工作周计算，结果可能变动`).join('；');

/**
 * Working time over periods with breaks, a weekly pattern, holidays and make-up days, in any zone.
 * Days are laid out once and kept, so that thousands of due times cost microseconds each.
 */
export function createWorkCalendar(data: CalendarData): WorkCalendar {
	const plans = new Map<number, DayPlan>();
	const planOf = (index: number): DayPlan => {
		let plan = plans.get(index);
		if (plan === undefined) plans.set(index, (plan = layOut(index, data)));
		return plan;
	};
	/** Index of the local day that holds an instant. */
	const dayIndex = (ms: number): number => {
		let index = Math.floor(ms / DAY_MS);
		while (planOf(index).start > ms) index--;
		while (planOf(index + 1).start <= ms) index++;
		return index;
	};
	const knows = (year: string) => data.knownYears === 'all' || data.knownYears.has(year);

	/** Collects working time from `from` until `minutes` are full or `to` is reached. */
	function walk(from: number, to: number, minutes: number) {
		const spans: Span[] = [];
		const skipped: { day: Day; why: 'weekend' | 'holiday' }[] = [];
		const years = new Set<string>();
		let left = minutes * MINUTE_MS;
		let end = from;
		let idle = 0;
		for (let index = dayIndex(from); left > 0 && planOf(index).start < to; index++) {
			const plan = planOf(index);
			if (!knows(plan.day.slice(0, 4))) years.add(plan.day.slice(0, 4));
			if (plan.why !== null) skipped.push({ day: plan.day, why: plan.why });
			idle = plan.periods.length === 0 ? idle + 1 : 0;
			if (idle > MAX_IDLE_DAYS) throw new RangeError('the work calendar has no working time');
			for (const period of plan.periods) {
				const start = Math.max(period.open, from);
				const stop = Math.min(period.close, to, start + left);
				if (stop <= start) continue;
				spans.push({ from: start === period.open ? period.from : iso(start), to: stop === period.close ? period.to : iso(stop) });
				left -= stop - start;
				end = stop;
			}
		}
		return { spans, skipped, unknownYears: [...years], end, minutes: minutes - left / MINUTE_MS };
	}

	return {
		zone: data.zone,
		knows,
		dayOf: (instant) => planOf(dayIndex(Date.parse(instant))).day,
		hoursOf(day) {
			const { periods } = planOf(Math.round(Date.parse(day) / DAY_MS));
			const [first] = periods;
			const last = periods.at(-1);
			return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
		},
		isWorkday: (day) => planOf(Math.round(Date.parse(day) / DAY_MS)).periods.length > 0,
		dueAfter(start, minutes) {
			const { end, ...counted } = walk(Date.parse(start), Infinity, minutes);
			return { ...counted, minutes, due: iso(end) };
		},
		count(from, to) {
			if (to <= from) return { minutes: 0, spans: [], skipped: [], unknownYears: [] };
			const begin = Date.parse(from);
			const end = Date.parse(to);
			const counted = walk(begin, end, (end - begin) / MINUTE_MS);
			return { spans: counted.spans, skipped: counted.skipped, unknownYears: counted.unknownYears, minutes: counted.minutes };
		},
		workdayAfter(day, n) {
			const years = new Set<string>();
			let current = day;
			for (let found = 0, idle = 0; found < n; idle++) {
				if (idle > MAX_IDLE_DAYS * n) throw new RangeError('the work calendar has no working days');
				current = addDays(current, 1);
				if (!knows(current.slice(0, 4))) years.add(current.slice(0, 4));
				if (planOf(Math.round(Date.parse(current) / DAY_MS)).periods.length > 0) found++;
			}
			return { day: current, unknownYears: [...years] };
		},
	};
}

/** Turns day number `index` (days since 1970-01-01, as a calendar day) into UTC periods. */
function layOut(index: number, data: CalendarData): DayPlan {
	const day = new Date(index * DAY_MS).toISOString().slice(0, 10);
	const midnight = DateTime.fromISO(day, { zone: data.zone });
	const regular = data.week[midnight.weekday as 1] ?? [];
	const isMakeup = data.makeupDays.has(day);
	const isHoliday = data.holidays.has(day) && !isMakeup;
	const periods = isMakeup ? data.makeupPeriods : isHoliday ? [] : regular;
	return {
		day,
		start: midnight.toMillis(),
		periods: periods.map(([from, to]) => {
			const [open, close] = [atMinute(midnight, from), atMinute(midnight, to)];
			return { open, close, from: iso(open), to: iso(close) };
		}),
		why: periods.length > 0 ? null : isHoliday ? 'holiday' : 'weekend',
	};
}

const atMinute = (midnight: DateTime, minute: number): number =>
	(minute === 1440 ? midnight.plus({ days: 1 }) : midnight.set({ hour: Math.floor(minute / 60), minute: minute % 60 })).toMillis();

const iso = (ms: number): Instant => new Date(ms).toISOString();
