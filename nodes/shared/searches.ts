import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { titleOf } from '../../engine/formPage';
import { documentOf } from '../../engine/registry';
import { withStore } from './services';

const MAX = 100;

/** Open papers for the chosen operation, newest first, by number; for one that is no event, papers in any state. */
export async function searchDocuments(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const document = documentOf(this.getCurrentNodeParameter('resource') as string);
	const event = document.events[this.getCurrentNodeParameter('operation') as string];
	const where = event === undefined ? [] : [{ column: 'state', is: 'in' as const, value: event.from }];
	const rows = await withStore(this, (store) =>
		store.list(document.kind, { where, orderBy: [{ column: 'createdAt', descending: true }], limit: 1000 }),
	);
	const wanted = (filter ?? '').toLowerCase();
	const results = rows.map((row) => ({ name: `${String(row['no'])} ${titleOf(document, row)}`.trim(), value: String(row['no']) }));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MAX) };
}

/** Active people by name or staff no. */
export function searchPeople(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchActive(this, 'person', filter);
}

/** Active outlets by name or code. */
export function searchOutlets(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return searchActive(this, 'outlet', filter);
}

async function searchActive(context: ILoadOptionsFunctions, record: 'person' | 'outlet', filter = ''): Promise<INodeListSearchResult> {
	const rows = await withStore(context, (store) => store.list(record, { where: [{ column: 'active', is: '=', value: 1 }] }));
	const results = rows.map(({ no, name }) => ({ name: `${String(no)} ${String(name)}`, value: String(no) }));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())).slice(0, MAX) };
}

/** What a search in a table shows and looks into. */
const places = {
	call: { columns: ['no', 'customerName', 'phone', 'model'], label: ['customerName', 'model', 'symptom'] },
	customer: { columns: ['no', 'name', 'phone'], label: ['name', 'phone'] },
	asset: { columns: ['no', 'model'], label: ['model', 'customer'] },
	item: { columns: ['no', 'name'], label: ['name'] },
} as const;

/** Newest first; a word is looked for in the columns people know. */
const searchIn = (table: keyof typeof places) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const { columns, label } = places[table];
		const word = filter.normalize('NFKC').trim();
		const where = word === '' ? [] : [{ column: columns, is: 'like' as const, value: `%${word.replace(/[\\%_]/g, '\\$&')}%` }];
		const rows = await withStore(this, (store) => store.list(table, { where, orderBy: [{ column: 'createdAt', descending: true }], limit: MAX }));
		return { results: rows.map((row) => ({ name: [row['no'], ...label.map((key) => row[key])].filter((part) => part !== null).join(' ').slice(0, 80), value: String(row['no']) })) };
	};

/** Every search a node offers, by the name its parameters use. */
export const listSearch = { searchDocuments, searchPeople, searchOutlets, searchCalls: searchIn('call'), searchCustomers: searchIn('customer'), searchProducts: searchIn('asset'), searchParts: searchIn('item') };

/** The search of a reference, where there is one. */
export const searchOf: Readonly<Record<string, keyof typeof listSearch>> = { person: 'searchPeople', outlet: 'searchOutlets', call: 'searchCalls', customer: 'searchCustomers', asset: 'searchProducts', item: 'searchParts' };
