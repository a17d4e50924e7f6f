import type { Field, Fields } from '../domain/document/fields';

export type ColumnType = 'text' | 'integer' | 'flag' | 'json';

export type Column = { readonly key: string; readonly name: string; readonly type: ColumnType };

export type Table = {
	readonly name: string;
	readonly columns: readonly Column[];
	/** Keys of the columns. */
	readonly primaryKey: readonly string[];
	readonly indexes: readonly (readonly string[])[];
};

type Declared = { readonly kind: string; readonly fields: Fields; readonly states?: object; readonly indexes?: readonly (readonly string[])[] };

const columnName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const column = (key: string, type: ColumnType = 'text'): Column => ({ key, name: columnName(key), type });

/** The table of a declared document or record. */
export function tableOf({ kind, fields, states, indexes = [] }: Declared): Table {
	return {
		name: kind,
		columns: [
			column('no'),
			...(states === undefined ? [] : [column('state')]),
			column('version', 'integer'),
			column('createdAt'),
			column('createdBy'),
			column('updatedAt'),
			...Object.entries(fields).map(([key, field]) => column(key, typeOf(field))),
		],
		primaryKey: ['no'],
		indexes,
	};
}

function typeOf({ kind }: Field): ColumnType {
	switch (kind) {
		case 'integer':
		case 'fen':
			return 'integer';
		case 'flag':
			return 'flag';
		case 'lines':
		case 'data':
			return 'json';
		default:
			return 'text';
	}
}

/** The engine's own books. */
export const engineTables: readonly Table[] = [
	{
		name: 'audit',
		columns: [column('kind'), column('no'), column('version', 'integer'), column('at'), column('actor'), column('event'), column('fromState'), column('toState'), column('input', 'json'), column('acting')],
		primaryKey: ['kind', 'no', 'version'],
		indexes: [['at']],
	},
	{ name: 'denial', columns: [column('id'), column('at'), column('actor'), column('kind'), column('no'), column('event'), column('reason')], primaryKey: ['id'], indexes: [['at']] },
	{ name: 'imported_file', columns: [column('key'), column('fileName'), column('at'), column('actor')], primaryKey: ['key'], indexes: [] },
	{ name: 'request', columns: [column('key'), column('kind'), column('no'), column('event'), column('at')], primaryKey: ['key'], indexes: [] },
	{
		name: 'clock',
		columns: [column('kind'), column('no'), column('name'), column('fires'), column('dueAt'), column('state')],
		primaryKey: ['kind', 'no', 'name'],
		indexes: [['state', 'dueAt']],
	},
	{
		name: 'notice',
		columns: [
			column('key'),
			column('recipients', 'json'),
			column('subject'),
			column('body', 'json'),
			column('files', 'json'),
			column('rule'),
			column('state'),
			column('attempts', 'integer'),
			column('createdAt'),
			column('claimedAt'),
			column('sentAt'),
			column('error'),
		],
		primaryKey: ['key'],
		indexes: [['state', 'createdAt']],
	},
	{ name: 'file', columns: [column('no'), column('content')], primaryKey: ['no'], indexes: [] },
	{ name: 'secret', columns: [column('key'), column('value')], primaryKey: ['key'], indexes: [] },
	{ name: 'number_range', columns: [column('code'), column('period'), column('last', 'integer')], primaryKey: ['code', 'period'], indexes: [] },
];
