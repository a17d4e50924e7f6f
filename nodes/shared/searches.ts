import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { titleOf } from '../../engine/formPage';
import { documentOf } from '../../engine/registry';
import { withStore } from './services';

const MAX = 100;
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Open papers for the chosen operation, newest first, by number. */
export async function searchDocuments(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const document = documentOf(this.getCurrentNodeParameter('resource') as string);
	const from = document.events[this.getCurrentNodeParameter('operation') as string]?.from ?? [];
	const rows = await withStore(this, (store) =>
		store.list(document.kind, { where: [{ column: 'state', is: 'in', value: from }], orderBy: [{ column: 'createdAt', descending: true }], limit: 1000 }),
	);
	const wanted = (filter ?? '').toLowerCase();
	const results = rows.map((row) => ({ name: `${String(row['no'])} ${titleOf(document, row)}`.trim(), value: String(row['no']) }));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MAX) };
}

/** Active people by name or staff no. */
export async function searchPeople(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const people = await withStore(this, (store) => store.list('person', { where: [{ column: 'active', is: '=', value: 1 }] }));
	const wanted = (filter ?? '').toLowerCase();
	const results = people.map((person) => ({ name: `${String(person['no'])} ${String(person['name'])}`, value: String(person['no']) }));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MAX) };
}

/** Active outlets by name or code. */
export async function searchOutlets(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const pattern = `%${escapeLike(filter ?? '')}%`;
	const outlets = await withStore(this, (store) => store.list('outlet', { where: [{ column: 'name', is: 'like', value: pattern }], limit: MAX }));
	return { results: outlets.map((outlet) => ({ name: `${String(outlet['no'])} ${String(outlet['name'])}`, value: String(outlet['no']) })) };
}
