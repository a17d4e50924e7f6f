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

/** The databases every store test runs on; without PostgreSQL the run says so. */
export const databases: readonly (readonly [string, () => Promise<TestDatabase>])[] =
	postgresUrl === undefined ? [['SQLite', sqlite]] : [['SQLite', sqlite], ['PostgreSQL', () => postgres(postgresUrl)]];

if (postgresUrl === undefined) console.warn('TEST_POSTGRES_URL is not set: PostgreSQL is left out of this run (npm test starts one)');

async function sqlite(): Promise<TestDatabase> {
	const folder = mkdtempSync(join(tmpdir(), 'aftersales-'));
	const config = { engine: 'sqlite', file: join(folder, 'test.sqlite') } as const;
	const store = await openStore(config, allTables);
	return { config, store, drop: async () => (await store.close(), rmSync(folder, { recursive: true })) };
}

async function postgres(url: string): Promise<TestDatabase> {
	const config = postgresConfig(url, `t${process.pid}_${++schemas}_${Date.now()}`);
	const admin = await openPostgres({ ...config, schema: 'public' });
	await admin.query(`CREATE SCHEMA ${config.schema}`);
	const store = await openStore(config, allTables);
	return { config, store, drop: async () => (await admin.query(`DROP SCHEMA ${config.schema} CASCADE`), await admin.close()) };
}

export function postgresConfig(url: string, schema: string) {
	const { hostname, port, pathname, username, password } = new URL(url);
	return { engine: 'postgres', host: hostname, port: Number(port), database: pathname.slice(1), user: decodeURIComponent(username), password: decodeURIComponent(password), schema } as const;
}
