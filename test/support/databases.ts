import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import type { Store } from '../../engine/store';
import { openStore, type StoreConfig } from '../../store/openStore';
import { openPostgres } from '../../store/sql/postgres';

export type TestDatabase = { readonly config: StoreConfig; readonly store: Store; drop(): Promise<void> };

const postgresUrl = process.env['TEST_POSTGRES_URL'];
let schemas = 0;

type Databases = readonly (readonly [string, () => Promise<TestDatabase>])[];

/** The databases every engine test runs on; without PostgreSQL the run says so. */
export const databases: Databases = postgresUrl === undefined ? [['SQLite', sqlite]] : [['SQLite', sqlite], ['PostgreSQL', () => reusedPostgres(postgresUrl)]];

/** The same, made anew each time: for tests that change tables. */
export const newDatabases: Databases = postgresUrl === undefined ? [['SQLite', sqlite]] : [['SQLite', sqlite], ['PostgreSQL', () => postgres(postgresUrl)]];

if (postgresUrl === undefined) console.warn('TEST_POSTGRES_URL is not set: PostgreSQL is left out of this run (npm test starts one)');

async function sqlite(): Promise<TestDatabase> {
	const folder = mkdtempSync(join(tmpdir(), 'aftersales-'));
	const config = { engine: 'sqlite', file: join(folder, 'test.sqlite') } as const;
	const store = await openStore(config, allTables);
	return { config, store, drop: async () => (await store.close(), rmSync(folder, { recursive: true })) };
}

type PostgresPlace = ReturnType<typeof postgresConfig>;

async function postgres(url: string): Promise<TestDatabase> {
	const config = await newSchema(url);
	const store = await openStore(config, allTables);
	return { config, store, drop: async () => (await store.close(), await inSchema({ ...config, schema: 'public' }, `DROP SCHEMA ${config.schema} CASCADE`)) };
}

async function newSchema(url: string): Promise<PostgresPlace> {
	const config = postgresConfig(url, `t${process.pid}_${++schemas}_${Date.now()}`);
	await inSchema({ ...config, schema: 'public' }, `CREATE SCHEMA ${config.schema}`);
	return config;
}

async function inSchema(config: PostgresPlace, ...statements: string[]): Promise<void> {
	const sql = await openPostgres(config);
	for (const statement of statements) await sql.query(statement, []);
	await sql.close();
}

/** Schemas whose tests are over. Making the tables takes a hundred times as long as emptying those a test wrote to. */
const emptied: PostgresPlace[] = [];

async function reusedPostgres(url: string): Promise<TestDatabase> {
	const config = emptied.pop() ?? (await newSchema(url));
	const store = await openStore(config, allTables);
	return { config, store, drop: async () => (await store.close(), await empty(config), void emptied.push(config)) };
}

async function empty(config: PostgresPlace): Promise<void> {
	const sql = await openPostgres(config);
	const tables = allTables.map(({ name }) => `"${config.schema}"."${name}"`);
	const written = await sql.query(tables.map((table, index) => `SELECT ${index} AS index WHERE EXISTS (SELECT 1 FROM ${table})`).join(' UNION ALL '), []);
	if (written.length > 0) await sql.query(`TRUNCATE ${written.map(({ index }) => tables[Number(index)]).join(', ')}`, []);
	await sql.close();
}

export function postgresConfig(url: string, schema: string) {
	const { hostname, port, pathname, username, password } = new URL(url);
	return { engine: 'postgres', host: hostname, port: Number(port), database: pathname.slice(1), user: decodeURIComponent(username), password: decodeURIComponent(password), schema } as const;
}
