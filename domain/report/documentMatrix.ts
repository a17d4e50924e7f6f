import type { Month } from '../document/fields';
import { monthlyDocuments } from '../parts/outletRecords';
import type { WorkbookModel } from './workbookModel';

export type HandedIn = { readonly outlet: string; readonly name: string; /** Rows of each kind of document. */ readonly counts: Readonly<Record<string, number>> };

/** Which outlet handed in which of the seven documents of a month. @rule P-049 */
export const documentMatrix = (outlets: readonly HandedIn[], month: Month): WorkbookModel => ({
	properties: { title: `网点资料上交一览 ${month}` },
	sheets: [
		{
			name: '资料上交',
			title: `网点资料上交一览 ${month}`,
			landscape: true,
			columns: [
				{ header: '网点', key: 'outlet', type: 'text', width: 10 },
				{ header: '名称', key: 'name', type: 'text', width: 22 },
				...monthlyDocuments.map(({ kind, zh }) => ({ header: zh, key: kind, type: 'text' as const, width: 16 })),
				{ header: '缺', key: 'missing', type: 'integer', width: 6 },
			],
			rows: outlets.map(({ outlet, name, counts }) => ({
				outlet,
				name,
				...Object.fromEntries(monthlyDocuments.map(({ kind }) => [kind, (counts[kind] ?? 0) > 0 ? `${counts[kind]} 行` : '缺'])),
				missing: monthlyDocuments.filter(({ kind }) => (counts[kind] ?? 0) === 0).length,
			})),
			emptyText: '没有有效网点',
			notes: ['“缺”为该月没有收到；没有发生业务的网点请在备注中说明。'],
		},
	],
});
