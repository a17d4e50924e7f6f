import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import { unitsVisibleTo, type Unit } from '../domain/master/unitTree';
import type { Role } from '../domain/organisation';
import { defaultSettings } from '../domain/settings';
import { dayOf } from '../domain/shared/zonedTime';
import { complaintReaders, outside, ownOf, readersOf } from './readers';
import { settingsAt } from './settingsAt';
import type { Row, Store } from './store';

/**
 * What somebody may read: nothing, unless one of his roles says so; own papers only, or those of his units and below and those of none.
 * Headquarters, people of no unit and flows read all; who stands in for others reads what they read.
 * @rule O-030 — reading is denied unless the matrix grants it; technicians and outlets read their own calls, visits and charges only
 * @rule V-016 — each service point keeps its own register; the service department sees all
 */
export const readable = (store: Store, document: DocumentDeclaration, actor: Actor): Promise<Limit[]> => readerFor(store, actor)(document);

/** The same for many kinds of papers: settings and units are read once. */
export function readerFor(store: Store, actor: Actor): (document: DocumentDeclaration) => Promise<Limit[]> {
	const { 'general.timezone': zone } = defaultSettings;
	let settings: ReturnType<typeof settingsAt> | undefined;
	let ofUnits: Promise<Limit[]> | undefined;
	return async (document) => {
		if (actor.roles.includes('system')) return [];
		if (document.kind === 'complaint') return complaintsOf(actor);
		settings ??= settingsAt(store, dayOf(new Date().toISOString(), zone));
		if (!has(actor, readersOf(document, await settings))) return [ownPapers(document.kind, actor)];
		return 'unit' in document.fields ? await (ofUnits ??= unitsOf(store, actor)) : [];
	};
}

/** The same for a paper in hand. */
export async function mayRead(store: Store, document: DocumentDeclaration, actor: Actor, row: Row): Promise<boolean> {
	return (await readable(store, document, actor)).every(({ column, is, value }) => [column].flat().some((key) => value.includes(String(row[key])) || (is === 'inOrNull' && row[key] === null)));
}

type Limit = { readonly column: string | readonly string[]; readonly is: 'in' | 'inOrNull'; readonly value: readonly string[] };

const NOTHING: Limit = { column: 'no', is: 'in', value: [] };

const has = ({ roles }: Pick<Actor, 'roles'>, wanted: readonly Role[]): boolean => roles.some((role) => wanted.includes(role));

/** Papers that carry somebody's name; work, not what is about the person, also for who stands in for him. */
function ownPapers(kind: string, actor: Actor): Limit {
	const own = ownOf(kind);
	if (own === null) return NOTHING;
	if (own.personal) return { column: own.columns, is: 'in', value: [actor.code] };
	if (!has(actor, outside)) return NOTHING;
	const codes = [actor.code, ...(actor.lent ?? []).filter((each) => has(each, outside)).map(({ code }) => code)];
	return { column: own.columns, is: 'in', value: own.byOutlet && actor.unit !== null ? [...codes, actor.unit] : codes };
}

function complaintsOf(actor: Actor): Limit[] {
	const families = Object.keys(complaintReaders).filter((family) => has(actor, complaintReaders[family] ?? []));
	return [{ column: 'family', is: 'in', value: families }];
}

async function unitsOf(store: Store, actor: Actor): Promise<Limit[]> {
	const lenders = await store.load('person', 'no', (actor.lent ?? []).map(({ code }) => code));
	const homes = [actor.unit, ...lenders.map(({ unit }) => (unit as string | null) ?? null)];
	if (homes.includes(null)) return [];
	const units = (await store.list('unit', {})) as unknown as Unit[];
	const visible = new Set(homes.flatMap((home) => [...unitsVisibleTo(units, home)]));
	return units.every(({ no }) => visible.has(no)) ? [] : [{ column: 'unit', is: 'inOrNull', value: [...visible] }];
}
