import type { RowOfRecord } from '../domain/document/document';
import type { asset, customer } from '../domain/master/records';
import type { Row, Store } from './store';

type Customer = RowOfRecord<typeof customer>;
type Asset = RowOfRecord<typeof asset>;
export type Caller = { readonly customer: Customer; readonly assets: readonly Asset[] };

const MAX = 20;

/** Where a word is looked for, most telling first. */
const places = [
	['customer', 'phone'],
	['customer', 'no'],
	['asset', 'no'],
	['customer', 'name'],
	['asset', 'model'],
	['customer', 'address'],
] as const;
/** Addresses are looked into only. */
const indexed = places.slice(0, -1);

/**
 * Customers and their products by a part of name, phone, serial number, model or address.
 * What begins with the word is found through an index; only when nothing does, the word is looked for inside.
 */
export async function findCallers(store: Store, text: string): Promise<Caller[]> {
	const word = text.normalize('NFKC').trim();
	if (word === '') return [];
	const owners = (await ownersOf(store, word, 'begins')) ?? (await ownersOf(store, word, 'holds')) ?? [];
	const customers = (await store.load('customer', 'no', owners.slice(0, MAX))) as unknown as Customer[];
	const assets = Map.groupBy((await store.load('asset', 'customer', customers.map(({ no }) => no))) as unknown as Asset[], ({ customer: owner }) => owner);
	return customers.map((each) => ({ customer: each, assets: assets.get(each.no) ?? [] }));
}

async function ownersOf(store: Store, word: string, how: 'begins' | 'holds'): Promise<string[] | null> {
	const owners = new Set<string>();
	for (const [table, column] of how === 'begins' ? indexed : places) {
		if (owners.size >= MAX) break;
		const rows = await rowsOf(store, table, column, word, how);
		for (const row of rows) owners.add(String(table === 'customer' ? row['no'] : row['customer']));
	}
	return owners.size === 0 ? null : [...owners];
}

const rowsOf = (store: Store, table: 'customer' | 'asset', column: string, word: string, how: 'begins' | 'holds'): Promise<Row[]> =>
	store.list(table, {
		where: how === 'begins' ? [{ column, is: '>=', value: word }, { column, is: '<', value: `${word}\u{10ffff}` }] : [{ column, is: 'like', value: `%${word.replace(/[\\%_]/g, '\\$&')}%` }],
		limit: MAX,
	});
