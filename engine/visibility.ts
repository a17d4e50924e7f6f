import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import { unitsVisibleTo, type Unit } from '../domain/master/unitTree';
import type { Condition, Row, Store } from './store';

/**
 * What somebody may read of papers that belong to a service point: those of his units and below, and those of none.
 * Headquarters, people of no unit and flows read all; who stands in for others reads what they read.
 * @rule V-016 — each service point keeps its own register; the service department sees all
 */
export async function readable(store: Store, document: DocumentDeclaration, actor: Actor): Promise<Condition[]> {
	if (!('unit' in document.fields)) return [];
	const lenders = await store.load('person', 'no', (actor.lent ?? []).map(({ code }) => code));
	const homes = [actor.unit, ...lenders.map(({ unit }) => (unit as string | null) ?? null)];
	if (homes.includes(null)) return [];
	const units = (await store.list('unit', {})) as unknown as Unit[];
	const visible = new Set(homes.flatMap((home) => [...unitsVisibleTo(units, home)]));
	return units.every(({ no }) => visible.has(no)) ? [] : [{ column: 'unit', is: 'inOrNull', value: [...visible] }];
}

/** The same for a paper in hand. */
export async function mayRead(store: Store, document: DocumentDeclaration, actor: Actor, row: Row): Promise<boolean> {
	const [condition] = await readable(store, document, actor);
	return condition === undefined || row['unit'] === null || (condition.value as readonly unknown[]).includes(row['unit']);
}
