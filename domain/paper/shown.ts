import type { Day, Instant } from '../document/fields';
import { yuan } from '../shared/money';
import { dayOf, localLimit, localTime } from '../shared/zonedTime';

/** How stored values read on paper; what is not there is an empty text, to be filled in by hand. */
export type Shown = {
	time(instant: Instant | null | undefined): string;
	/** Without the year, for narrow columns. */
	shortTime(instant: Instant | null | undefined): string;
	limit(instant: Instant | null | undefined): string;
	day(instant: Instant | null | undefined): Day;
	yuan(fen: number | null | undefined): string;
	/** The name a code of this kind of record stands for, or the code itself. */
	name(kind: string, code: string | null | undefined): string;
};

/** @param names `person:J01` → `李师傅` */
export const shown = (zone: string, names: ReadonlyMap<string, string>): Shown => {
	const time: Shown['time'] = (instant) => (instant ? localTime(instant, zone) : '');
	return {
		time,
		shortTime: (instant) => time(instant).slice(5),
		limit: (instant) => (instant ? localLimit(instant, zone) : ''),
		day: (instant) => (instant ? dayOf(instant, zone) : ''),
		yuan: (fen) => (fen === null || fen === undefined ? '' : yuan(fen)),
		name: (kind, code) => (code ? (names.get(`${kind}:${code}`) ?? code) : ''),
	};
};
