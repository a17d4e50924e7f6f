import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import { unitsVisibleTo, type Unit } from '../domain/master/unitTree';
import type { Role } from '../domain/organisation';
import type { Condition, Row, Store } from './store';

/** Papers of which technicians and outlets read their own only: the column that says whose. */
const personal: Readonly<Record<string, string>> = { call: 'technician', dispatch: 'technician', visit: 'technician', charge: 'technician', expense_claim: 'technician', penalty_proposal: 'person' };
const outside: readonly Role[] = ['technician', 'outlet'];

/**
 * What somebody may read of papers that belong to a service point: those of his units and below, and those of none.
 * Headquarters, people of no unit and flows read all; who stands in for others reads what they read.
 * @rule O-030 — technicians and outlets read their own calls, visits and charges only
 * @rule V-016 — each service point keeps its own register; the service department sees all
 */
export async function readable(store: Store, document: DocumentDeclaration, actor: Actor): Promise<Condition[]> {
	const limit = await limitOf(store, document, actor);
	return limit === null ? [] : [limit];
}

type Limit = { readonly column: string; readonly is: '='; readonly value: string } | { readonly column: string; readonly is: 'inOrNull'; readonly value: readonly string[] };

/** Null: everything. */
async function limitOf(store: Store, document: DocumentDeclaration, actor: Actor): Promise<Limit | null> {
	const own = personal[document.kind];
	if (own !== undefined && actor.roles.length > 0 && actor.roles.every((role) => outside.includes(role))) return { column: own, is: '=', value: actor.code };
	if (!('unit' in document.fields)) return null;
	const lenders = await store.load('person', 'no', (actor.lent ?? []).map(({ code }) => code));
	const homes = [actor.unit, ...lenders.map(({ unit }) => (unit as string | null) ?? null)];
	if (homes.includes(null)) return null;
	const units = (await store.list('unit', {})) as unknown as Unit[];
	const visible = new Set(homes.flatMap((home) => [...unitsVisibleTo(units, home)]));
	return units.every(({ no }) => visible.has(no)) ? null : { column: 'unit', is: 'inOrNull', value: [...visible] };
}

/** The same for a paper in hand. */
export async function mayRead(store: Store, document: DocumentDeclaration, actor: Actor, row: Row): Promise<boolean> {
	const limit = await limitOf(store, document, actor);
	if (limit === null) return true;
	if (limit.is === '=') return row[limit.column] === limit.value;
	return row['unit'] === null || limit.value.includes(String(row['unit']));
}
