import type { RowOfRecord } from '../domain/document/document';
import type { asset, customer } from '../domain/master/records';
import type { Condition, Question, Store } from './store';

type Customer = RowOfRecord<typeof customer>;
type Asset = RowOfRecord<typeof asset>;
export type Caller = { readonly customer: Customer; readonly assets: readonly Asset[] };

const MAX = 20;

/** Where a word is looked for through an index, most telling first. */
const beginnings = [
	['customer', 'phone'],
	['customer', 'no'],
	['asset', 'no'],
	['customer', 'name'],
	['asset', 'model'],
] as const;

/** Where a word is looked for inside, which reads every row. */
const insides = [
	['customer', ['phone', 'no', 'name', 'address']],
	['asset', ['no', 'model']],
] as const;

/**
 * Customers and their products by a part of name, phone, serial number, model or address.
 * What begins with the word is found through an index; only when nothing does, the word is looked for inside.
 */
export async function findCallers(store: Store, text: string): Promise<Caller[]> {
	const word = text.normalize('NFKC').trim();
	if (word === '') return [];
	const begin = await store.pick(beginnings.map(([table, column]) => owners(table, [{ column, is: '>=', value: word }, { column, is: '<', value: `${word}\u{10ffff}` }], column)));
	const found = begin.length > 0 ? begin : await whoHolds(store, `%${word.replace(/[\\%_]/g, '\\$&')}%`);
	const customers = (await store.load('customer', 'no', [...new Set(found)].slice(0, MAX))) as unknown as Customer[];
	const assets = Map.groupBy((await store.load('asset', 'customer', customers.map(({ no }) => no))) as unknown as Asset[], ({ customer: owner }) => owner);
	return customers.map((each) => ({ customer: each, assets: assets.get(each.no) ?? [] }));
}

/** Products are read only while places are left. */
async function whoHolds(store: Store, pattern: string): Promise<string[]> {
	const found: string[] = [];
	for (const [table, column] of insides) if (found.length < MAX) found.push(...(await store.pick([owners(table, [{ column, is: 'like', value: pattern }], answerOf(table))])));
	return found;
}

/** Asks for the numbers of customers, in the order of the column that is looked into. */
const owners = (table: 'customer' | 'asset', where: readonly Condition[], order: string): Question => ({ table, column: answerOf(table), where, orderBy: [{ column: order }], limit: MAX });

const answerOf = (table: 'customer' | 'asset') => (table === 'customer' ? 'no' : 'customer');
