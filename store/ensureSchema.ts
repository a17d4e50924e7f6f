import { createHash } from 'node:crypto';
import { migrations as released, type Migration } from './migrations';
import type { Sql } from './sql/sql';
import type { Column, Table } from './tables';

/** Any constant: the advisory lock under which PostgreSQL schemas change. */
const SCHEMA_LOCK = 40_317_2205;

/**
 * Brings the database to the declared tables: numbered migrations first, then missing tables, columns and indexes.
 * Costs one small query when nothing changed; safe when several processes start at once.
 */
export async function ensureSchema(sql: Sql, tables: readonly Table[], migrations: readonly Migration[] = released): Promise<void> {
	const fingerprint = createHash('sha256').update(JSON.stringify([tables, migrations.map(({ id }) => id)])).digest('hex');
	if (await isCurrent(sql, fingerprint)) return;
	await sql.transaction(async (transaction) => {
		if (transaction.dialect === 'postgres') await transaction.query('SELECT pg_advisory_xact_lock(?)', [SCHEMA_LOCK]);
		await transaction.query('CREATE TABLE IF NOT EXISTS schema_info (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL)');
		await transaction.query('CREATE TABLE IF NOT EXISTS schema_migration (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL)');
		if (await isCurrent(transaction, fingerprint)) return;
		await migrate(transaction, migrations);
		for (const table of tables) await ensureTable(transaction, table);
		await transaction.query('INSERT INTO schema_info (id, fingerprint) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint', [fingerprint]);
	});
}

async function isCurrent(sql: Sql, fingerprint: string): Promise<boolean> {
	if (!(await columnsOf(sql, 'schema_info')).has('fingerprint')) return false;
	const [row] = await sql.query('SELECT fingerprint FROM schema_info WHERE id = 1');
	return row?.['fingerprint'] === fingerprint;
}

async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
	const done = new Set((await sql.query('SELECT id FROM schema_migration')).map(({ id }) => id));
	for (const { id, statements } of migrations) {
		if (done.has(id)) continue;
		for (const statement of statements) await sql.query(statement);
		await sql.query('INSERT INTO schema_migration (id, applied_at) VALUES (?, ?)', [id, new Date().toISOString()]);
	}
}

async function ensureTable(sql: Sql, table: Table): Promise<void> {
	const existing = await columnsOf(sql, table.name);
	if (existing.size === 0) {
		const columns = table.columns.map((column) => `${column.name} ${sqlType(sql, column)}`);
		const key = `PRIMARY KEY (${names(table, table.primaryKey)})`;
		await sql.query(`CREATE TABLE ${table.name} (${[...columns, key].join(', ')})`);
	} else {
		for (const column of table.columns)
			if (!existing.has(column.name)) await sql.query(`ALTER TABLE ${table.name} ADD COLUMN ${column.name} ${sqlType(sql, column)}`);
	}
	for (const index of table.indexes) {
		const columns = names(table, index);
		await sql.query(`CREATE INDEX IF NOT EXISTS ${table.name}_${columns.replace(/, /g, '_')} ON ${table.name} (${columns})`);
	}
}

const names = (table: Table, keys: readonly string[]): string =>
	keys.map((key) => table.columns.find((column) => column.key === key)?.name ?? key).join(', ');

const sqlType = (sql: Sql, { type }: Column): string => {
	// Bytes decide the order on both databases, and an index serves `begins with` whatever the locale.
	if (type === 'text' || type === 'json') return sql.dialect === 'postgres' ? 'TEXT COLLATE "C"' : 'TEXT';
	return sql.dialect === 'postgres' ? 'BIGINT' : 'INTEGER';
};

/** Straight from the catalogue: every node asks, and the views of the standard take twice as long. */
async function columnsOf(sql: Sql, table: string): Promise<Set<unknown>> {
	const rows =
		sql.dialect === 'postgres'
			? await sql.query('SELECT attname AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = current_schema() AND relname = ? AND attnum > 0 AND NOT attisdropped', [table])
			: await sql.query('SELECT name FROM pragma_table_info(?)', [table]);
	return new Set(rows.map(({ name }) => name));
}
