import type { Condition, Query, Row, Store, Transaction } from '../engine/store';
import { ensureSchema } from './ensureSchema';
import { oneOf, type Sql, type SqlRow, type Value } from './sql/sql';
import { openPostgres, type PostgresConfig } from './sql/postgres';
import { borrowSqlite, closeFiles } from './sql/lingering';
import type { Column, Table } from './tables';

export type StoreConfig = { readonly engine: 'sqlite'; readonly file: string } | ({ readonly engine: 'postgres' } & PostgresConfig);

/** Values per statement: below the limits of both databases (SQLite 32,766, PostgreSQL 65,535). */
const MAX_VALUES = 4000;
const MAX_IN = 20_000;

/** PostgreSQL pools live as long as the process: connecting costs more than most of the work. */
const pools = new Map<string, Promise<Sql>>();

/**
 * Opens the database and brings its tables up to date.
 * @throws StoreError when it is gone, unreachable, read-only or not ours
 */
export async function openStore(config: StoreConfig, tables: readonly Table[]): Promise<Store> {
	const sql = config.engine === 'sqlite' ? await borrowSqlite(config.file) : await pooled(config);
	try {
		await ensureSchema(sql, tables);
	} catch (error) {
		if (config.engine === 'sqlite') await sql.close();
		throw error;
	}
	return storeOn(sql, tables, config.engine === 'sqlite' ? () => sql.close() : async () => {});
}

function pooled(config: PostgresConfig): Promise<Sql> {
	const key = JSON.stringify(config);
	let pool = pools.get(key);
	if (pool === undefined) pools.set(key, (pool = openPostgres(config)));
	return pool;
}

/** Ends all pools and closes files that nobody uses: for tests and command line tools. */
export async function closePools(): Promise<void> {
	await closeFiles();
	const open = [...pools.values()];
	pools.clear();
	await Promise.all(open.map(async (pool) => await (await pool).close()));
}

export function storeOn(sql: Sql, tables: readonly Table[], close: () => Promise<void> = () => sql.close()): Store {
	const byName = new Map(tables.map((table) => [table.name, codecOf(table)]));
	return {
		...operations(sql, byName),
		place: sql.place,
		close,
	};
}

function operations(sql: Sql, codecs: ReadonlyMap<string, Codec>): Transaction {
	const codecFor = (table: string): Codec => {
		const codec = codecs.get(table);
		if (codec === undefined) throw new Error(`no table is declared for "${table}"`);
		return codec;
	};
	const write = async (table: string, rows: readonly Row[], conflict: (codec: Codec) => string): Promise<number> => {
		const codec = codecFor(table);
		const size = Math.floor(MAX_VALUES / codec.columns.length);
		let written = 0;
		for (let start = 0; start < rows.length; start += size) {
			const chunk = rows.slice(start, start + size);
			const result = await sql.query(`${codec.insertInto} VALUES ${codec.tuples(chunk.length)}${conflict(codec)}`, chunk.flatMap(codec.encode));
			written += result.length;
		}
		return written;
	};
	return {
		async load(table, column, values, lock) {
			const codec = codecFor(table);
			const found: Row[] = [];
			const suffix = lock === 'lock' && sql.dialect === 'postgres' ? ' FOR UPDATE' : '';
			const wanted = [...new Set(values)];
			for (let start = 0; start < wanted.length; start += MAX_IN) {
				const chunk = wanted.slice(start, start + MAX_IN);
				const named = oneOf(sql.dialect, codec.column(column), chunk);
				const rows = await sql.query(`SELECT * FROM ${table} WHERE ${named.text} ORDER BY ${codec.order}${suffix}`, named.values);
				for (const row of rows) found.push(codec.decode(row));
			}
			return found;
		},
		async list(table, query) {
			const codec = codecFor(table);
			const { text, values } = filter(sql.dialect, codec, query);
			const { columns } = query;
			if (columns === undefined) return (await sql.query(`SELECT * FROM ${table}${text}`, values)).map(codec.decode);
			const wanted = codec.columns.filter(({ key }) => columns.includes(key));
			return (await sql.query(`SELECT ${wanted.map(({ name }) => name).join(', ')} FROM ${table}${text}`, values)).map((row) => decodeRow(wanted, row));
		},
		async pick(questions) {
			const parts = questions.map((question, place) => {
				const codec = codecFor(question.table);
				const { text, values } = filter(sql.dialect, codec, question);
				// Wrapped: an order and a limit of its own are not allowed in a part of a union.
				return { text: `SELECT place, value FROM (SELECT ${place} AS place, ${codec.column(question.column)} AS value FROM ${question.table}${text}) AS q${place}`, values };
			});
			const rows = await sql.query(parts.map(({ text }) => text).join(' UNION ALL '), parts.flatMap(({ values }) => values));
			return rows.sort((one, other) => Number(one['place']) - Number(other['place'])).map(({ value }) => String(value));
		},
		async distinct(table, column, where) {
			const codec = codecFor(table);
			const name = codec.column(column);
			const met = where.map((condition) => meets(sql.dialect, codec, condition));
			const condition = met.length === 0 ? '' : ` WHERE ${met.map(({ text }) => text).join(' AND ')}`;
			return (await sql.query(`SELECT DISTINCT ${name} AS value FROM ${table}${condition} ORDER BY ${name}`, met.flatMap(({ values }) => values))).map(({ value }) => String(value));
		},
		insert: async (table, rows) => void (await write(table, rows, () => '')),
		replace: async (table, rows) => void (await write(table, rows, ({ replace }) => replace)),
		insertNew: (table, rows) => write(table, rows, ({ key }) => ` ON CONFLICT (${key}) DO NOTHING RETURNING 1`),
		async drawNumbers(range, period, count) {
			const [row] = await sql.query(
				'INSERT INTO number_range (code, period, last) VALUES (?, ?, ?) ON CONFLICT (code, period) DO UPDATE SET last = number_range.last + excluded.last RETURNING last',
				[range, period, count],
			);
			return Number(row?.['last']);
		},
		transaction: (work) => sql.transaction((inside) => work(operations(inside, codecs))),
	};
}

type Codec = {
	readonly columns: readonly Column[];
	readonly insertInto: string;
	readonly key: string;
	/** Of the primary key. */
	readonly keys: readonly string[];
	readonly order: string;
	readonly replace: string;
	tuples(count: number): string;
	column(key: string): string;
	encode(row: Row): Value[];
	decode(row: SqlRow): Row;
};

function codecOf(table: Table): Codec {
	const { columns } = table;
	const names = new Map(columns.map(({ key, name }) => [key, name]));
	const column = (key: string): string => {
		const name = names.get(key);
		if (name === undefined) throw new Error(`table ${table.name} has no column "${key}"`);
		return name;
	};
	const key = table.primaryKey.map(column).join(', ');
	const tuple = `(${marks(columns.length)})`;
	return {
		columns,
		column,
		key,
		keys: table.primaryKey,
		order: key,
		insertInto: `INSERT INTO ${table.name} (${columns.map(({ name }) => name).join(', ')})`,
		replace: ` ON CONFLICT (${key}) DO UPDATE SET ${columns.map(({ name }) => `${name} = excluded.${name}`).join(', ')}`,
		tuples: (count) => Array<string>(count).fill(tuple).join(','),
		encode: (row) => columns.map((each) => encode(each, row[each.key])),
		decode: (row) => decodeRow(columns, row),
	};
}

function decodeRow(columns: readonly Column[], row: SqlRow): Row {
	const decoded: Record<string, unknown> = {};
	for (const column of columns) {
		const value = row[column.name];
		decoded[column.key] = column.type === 'text' || column.type === 'integer' ? (value ?? null) : decode(column, value);
	}
	return decoded;
}

function encode({ type }: Column, value: unknown): Value {
	if (value === null || value === undefined) return null;
	if (type === 'json') return JSON.stringify(value);
	if (type === 'flag') return value === true ? 1 : 0;
	return value as Value;
}

function decode({ type }: Column, value: unknown): unknown {
	if (value === null || value === undefined) return null;
	if (type === 'json') return JSON.parse(String(value));
	if (type === 'flag') return Number(value) === 1;
	return value;
}

type Bound = { readonly text: string; readonly values: readonly Value[] };

function filter(dialect: Sql['dialect'], codec: Codec, { columns, where = [], orderBy = [], limit }: Query): Bound {
	const conditions = where.map((condition) => meets(dialect, codec, condition));
	const order = orderBy.map(({ column, descending }) => `${codec.column(column)}${descending === true ? ' DESC' : ''}`);
	// Rows without their key are asked for by the ten thousand, to be counted or matched: sorting them is for nobody.
	const isSorted = limit !== undefined || columns === undefined || codec.keys.every((key) => columns.includes(key));
	if (isSorted && !order.includes(codec.order)) order.push(codec.order);
	return {
		text: `${conditions.length > 0 ? ` WHERE ${conditions.map(({ text }) => text).join(' AND ')}` : ''}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}${limit === undefined ? '' : ` LIMIT ${Math.trunc(limit)}`}`,
		values: conditions.flatMap(({ values }) => values),
	};
}

function meets(dialect: Sql['dialect'], codec: Codec, condition: Condition): Bound {
	if (typeof condition.column === 'string') return compared(dialect, codec.column(condition.column), condition);
	const each = condition.column.map((column) => compared(dialect, codec.column(column), condition));
	return { text: `(${each.map(({ text }) => text).join(' OR ')})`, values: each.flatMap(({ values }) => values) };
}

function compared(dialect: Sql['dialect'], name: string, condition: Condition): Bound {
	if (condition.is === 'empty') return { text: `${name} IS NULL`, values: [] };
	const { is, value } = condition;
	if (is !== 'in' && is !== 'inOrNull') return { text: is === 'like' ? `${name} LIKE ? ESCAPE '\\'` : `${name} ${is} ?`, values: [value as string | number] };
	const named = oneOf(dialect, name, Array.isArray(value) ? value : []);
	return is === 'in' ? named : { text: `(${name} IS NULL OR ${named.text})`, values: named.values };
}

const marks = (count: number): string => Array<string>(count).fill('?').join(',');
