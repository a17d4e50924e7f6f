import type { Notice } from '../document/document';
import type { Day, Instant } from '../document/fields';
import { atTime, localTime } from '../shared/zonedTime';

type Shift = { readonly hotline: string; readonly person: string; readonly fromAt: Instant; readonly toAt: Instant };
type Hours = { readonly open: string; readonly close: string; readonly zone: string };
export type RosterFault = { readonly hotline: string; readonly day: Day; readonly what: 'gap' | 'double'; readonly from: Instant; readonly to: Instant };

/** Where a line has nobody, or more than one, inside the service hours of a day. @rule S-031 — exactly one responsible person */
export function rosterFaults(hotline: string, day: Day, shifts: readonly Shift[], { open, close, zone }: Hours): RosterFault[] {
	const [start, end] = [atTime(day, open, zone), atTime(day, close, zone)];
	const own = shifts.filter((shift) => shift.hotline === hotline && shift.fromAt < end && shift.toAt > start).toSorted((one, other) => (one.fromAt < other.fromAt ? -1 : 1));
	const faults: RosterFault[] = [];
	let reached = start;
	for (const { fromAt, toAt } of own) {
		if (fromAt > reached) faults.push({ hotline, day, what: 'gap', from: reached, to: fromAt });
		const until = toAt < reached ? toAt : reached;
		const from = fromAt < start ? start : fromAt;
		if (from < until) faults.push({ hotline, day, what: 'double', from, to: until });
		if (toAt > reached) reached = toAt;
	}
	if (reached < end) faults.push({ hotline, day, what: 'gap', from: reached, to: end });
	return faults;
}

const words = { gap: '没有人值班', double: '排了两人' } as const;

/** One mail a line and day to the leader. @rule S-031 */
export function rosterNotice(faults: readonly RosterFault[], zone: string): Notice[] {
	const [first] = faults;
	if (first === undefined) return [];
	const { hotline, day } = first;
	return [{ key: `hotline.roster:${hotline}:${day}`, to: { role: 'group_leader' }, subject: `服务电话值班表有空缺或重复 ${hotline} ${day}`, rule: 'S-031', body: faults.map(({ what, from, to }) => [`${localTime(from, zone).slice(-5)}–${localTime(to, zone).slice(-5)}`, words[what]] as const) }];
}
