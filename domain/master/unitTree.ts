import { hasRole, type Role } from '../organisation';

export type Unit = { readonly no: string; readonly name: string; readonly unitKind: string; readonly parent: string | null };
export type Member = { readonly no: string; readonly name: string; readonly unit: string | null; readonly roles: string; readonly active: boolean };

/** A unit and what it belongs to, nearest first; a circle in the data ends the walk. */
export function pathUp(units: readonly Unit[], from: string | null): Unit[] {
	const path: Unit[] = [];
	for (let unit = units.find(({ no }) => no === from); unit !== undefined && !path.includes(unit); ) {
		path.push(unit);
		const { parent } = unit;
		unit = units.find(({ no }) => no === parent);
	}
	return path;
}

/**
 * The units somebody at `home` sees: his own and those below it; headquarters, and people who belong to no unit, see all.
 * @rule O-001
 */
export function unitsVisibleTo(units: readonly Unit[], home: string | null): ReadonlySet<string> {
	const own = units.find(({ no }) => no === home);
	const seesAll = own === undefined || own.unitKind === 'company' || own.parent === null;
	return seesAll ? new Set(units.map(({ no }) => no)) : unitsBelow(units, own.no);
}

/** A unit and those below it. @rule O-001 */
export const unitsBelow = (units: readonly Unit[], top: string): ReadonlySet<string> => new Set(units.filter(({ no }) => pathUp(units, no).some((each) => each.no === top)).map(({ no }) => no));

/** Whether somebody at `home` sees a person of `unit`; a person of no unit is seen by headquarters only. @rule O-001 */
export const sees = (units: readonly Unit[], home: string | null, unit: string | null): boolean => {
	const own = units.find(({ no }) => no === home);
	if (own === undefined) return true;
	return unit === null ? own.unitKind === 'company' || own.parent === null : unitsVisibleTo(units, home).has(unit);
};

/**
 * Who leads a person: those of the role in the nearest unit on his way up; else those who see him; else all of the role, so that nobody is left out.
 * @rule O-001
 */
export function leadersOf(person: Pick<Member, 'unit'>, people: readonly Member[], units: readonly Unit[], role: Role): Member[] {
	const leaders = people.filter(({ active, roles }) => active && hasRole(roles, role));
	const nearest = pathUp(units, person.unit).find(({ no }) => leaders.some(({ unit }) => unit === no));
	if (nearest !== undefined) return leaders.filter(({ unit }) => unit === nearest.no);
	const seeing = leaders.filter(({ unit }) => sees(units, unit, person.unit));
	return seeing.length > 0 ? seeing : leaders;
}

/** The active technicians a leader answers for. @rule O-001 */
export const techniciansOf = (leader: string, people: readonly Member[], units: readonly Unit[], role: Role): Member[] =>
	people.filter((person) => person.active && hasRole(person.roles, 'technician') && leadersOf(person, people, units, role).some(({ no }) => no === leader));

/** Whether a person is in the acting person's view, or in that of somebody he stands in for. @rule O-001 */
export function isInView(actor: { readonly code: string; readonly lent?: readonly { readonly code: string }[] }, code: string, people: readonly Member[], units: readonly Unit[]): boolean {
	const homeOf = (no: string) => people.find((person) => person.no === no)?.unit ?? null;
	return [actor, ...(actor.lent ?? [])].some((viewer) => sees(units, homeOf(viewer.code), homeOf(code)));
}
