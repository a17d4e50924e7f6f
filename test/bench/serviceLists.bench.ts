import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { allTables } from '../../engine/allTables';
import { dueCalls, unassignedCalls } from '../../engine/board';
import { apply } from '../../engine/engine';
import { findCallers } from '../../engine/findCallers';
import type { Store } from '../../engine/store';
import { closePools, openStore } from '../../store/openStore';
import { postgresConfig } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const CALLS = 100_000;
const BATCH = 2000;
const GOAL = 5;

/** Runs one hand-written query; `?` for values. */
type Peer = (text: string, ...values: string[]) => Promise<Record<string, unknown>[]> | Record<string, unknown>[];
type Case = { readonly what: string; readonly runs: number; readonly ours: (store: Store) => Promise<string[]>; readonly theirs: (ask: Peer) => Promise<string[]> };

/** Indexes somebody would add for exactly the queries below. */
const peerIndexes = [
	"CREATE INDEX peer_waiting ON call (due_at) WHERE state = 'WithDispatcher'",
	"CREATE INDEX peer_due ON call (due_at, no) WHERE arrived_at IS NULL AND state IN ('WithDispatcher', 'Assigned', 'Escalated')",
	'CREATE INDEX peer_phone ON customer (phone, no)',
	'CREATE INDEX peer_name ON customer (name, no)',
	'CREATE INDEX peer_owner ON asset (customer, no)',
];

const board = 'no, state, priority, repeat_of, customer_name, phone, address, model, symptom, site_situation, due_at, due_working, warn_at, arrived_at, appoint_from, appoint_to, promised_at, technician';
const found = 'SELECT found.no, found.name, found.phone, found.address, asset.no AS serial, asset.model, asset.warranty_end FROM';
const withProducts = 'AS found LEFT JOIN asset ON asset.customer = found.no ORDER BY found.no, asset.no';
const bySerial = "SELECT no, customer FROM asset WHERE no >= ? AND no < ? ORDER BY no LIMIT 20";

const numbers = (rows: readonly { readonly no?: unknown }[]): string[] => rows.map(({ no }) => String(no));
const callers = async (store: Store, word: string): Promise<string[]> => (await findCallers(store, word)).flatMap(({ customer, assets }) => [customer.no, ...assets.map(({ no }) => no)]);
const joined = (rows: readonly Record<string, unknown>[]): string[] => rows.flatMap(({ no, serial }, index) => [...(index > 0 && rows[index - 1]?.['no'] === no ? [] : [String(no)]), ...(serial === null ? [] : [String(serial)])]);
const upTo = (word: string): string => `${word}\u{10ffff}`;

const beginsWith = (what: string, column: 'phone' | 'name', word: string): Case => ({
	what,
	runs: 300,
	ours: (store) => callers(store, word),
	theirs: async (ask) => joined(await ask(`${found} (SELECT * FROM customer WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column}, no LIMIT 20) ${withProducts}`, word, upTo(word))),
});
const holds = (what: string, word: string): Case => ({
	what,
	runs: 40,
	ours: (store) => callers(store, word),
	theirs: async (ask) => joined(await ask(`${found} (SELECT * FROM customer WHERE name LIKE ? ORDER BY no LIMIT 20) ${withProducts}`, `%${word}%`)),
});

const cases: readonly Case[] = [
	{
		what: 'unassigned calls, next-day ones first',
		runs: 100,
		ours: async (store) => numbers(await unassignedCalls(store)),
		theirs: async (ask) => numbers(await ask(`SELECT ${board} FROM call WHERE state = 'WithDispatcher' ORDER BY CASE priority WHEN 'manager' THEN 0 WHEN 'next_day' THEN 1 ELSE 2 END, due_at, no LIMIT 500`)),
	},
	{
		what: 'calls where nobody has arrived, by limit',
		runs: 100,
		ours: async (store) => numbers(await dueCalls(store)),
		theirs: async (ask) => numbers(await ask(`SELECT ${board} FROM call WHERE arrived_at IS NULL AND state IN ('WithDispatcher', 'Assigned', 'Escalated') ORDER BY due_at, no LIMIT 500`)),
	},
	beginsWith('callers by phone, 7 digits typed', 'phone', '1390042'),
	beginsWith('callers by phone, all digits but one', 'phone', '1390042124'),
	{
		what: 'callers by the beginning of a serial number',
		runs: 300,
		ours: (store) => callers(store, 'SN4212'),
		theirs: async (ask) => joined(await ask(`${found} (SELECT * FROM customer WHERE no IN (SELECT customer FROM (${bySerial}) AS named)) ${withProducts}`, 'SN4212', upTo('SN4212'))),
	},
	beginsWith('callers by the beginning of a name', 'name', '城东42'),
	holds('callers by a frequent word in a name (LIKE scan: no plain index can serve it)', '便民'),
	holds('callers by a rare word in a name (LIKE scan: no plain index can serve it)', '四二一七三'),
];

/**
 * The lists people wait for, over a register of 100,000 calls of 100,000 customers: our function against the query
 * somebody would write by hand for that list alone, on a copy of the tables with the indexes he would make for it.
 * Both read the columns the page shows, run in turn, and must give the same numbers in the same order.
 */
async function benchServiceLists(): Promise<void> {
	await onSqlite();
	const url = process.env['TEST_POSTGRES_URL'];
	if (url === undefined) console.log('TEST_POSTGRES_URL is not set: PostgreSQL is left out');
	else await onPostgres(url);
}

async function onSqlite(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'aftersales-bench-'));
	const [file, copy] = [join(folder, 'ours.sqlite'), join(folder, 'peer.sqlite')];
	const store = await openStore({ engine: 'sqlite', file }, allTables);
	await register(store);
	const raw = new DatabaseSync(file);
	for (const statement of spread) raw.exec(statement);
	raw.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	raw.close();
	copyFileSync(file, copy);
	const peer = new DatabaseSync(copy);
	for (const statement of peerIndexes) peer.exec(statement);
	const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
	await compare('SQLite', store, (text, ...values) => {
		const statement = prepared.get(text) ?? peer.prepare(text);
		prepared.set(text, statement);
		return statement.all(...values);
	});
	await store.close();
	peer.close();
	rmSync(folder, { recursive: true });
}

async function onPostgres(url: string): Promise<void> {
	const [ours, theirs] = [`bench_${process.pid}`, `peer_${process.pid}`];
	const peer = new Client({ connectionString: url });
	await peer.connect();
	await peer.query(`CREATE SCHEMA ${ours}; CREATE SCHEMA ${theirs}`);
	try {
		const store = await openStore(postgresConfig(url, ours), allTables);
		await register(store);
		await peer.query(`SET search_path = ${ours}`);
		for (const statement of spread) await peer.query(statement);
		for (const table of ['call', 'customer', 'asset']) await peer.query(`CREATE TABLE ${theirs}.${table} (LIKE ${table} INCLUDING ALL); INSERT INTO ${theirs}.${table} SELECT * FROM ${table}`);
		await peer.query(`VACUUM ANALYZE`);
		await peer.query(`SET search_path = ${theirs}`);
		for (const statement of peerIndexes) await peer.query(statement);
		await peer.query(`ANALYZE`);
		await compare('PostgreSQL', store, async (text, ...values) => (await peer.query(numbered(text), values)).rows as Record<string, unknown>[]);
		await closePools();
	} finally {
		await peer.query(`DROP SCHEMA ${ours} CASCADE; DROP SCHEMA ${theirs} CASCADE`);
		await peer.end();
	}
}

const numbered = (text: string, index = { at: 0 }): string => text.replace(/\?/g, () => `$${++index.at}`);

/** Two years of calls, each by a new customer about a new product, through the product itself. */
async function register(store: Store): Promise<void> {
	await loadMasterData(store);
	const start = Date.parse('2023-06-01T01:00:00.000Z');
	const timeOf = (index: number) => new Date(start + Math.floor((index / CALLS) * 730 * 1440) * 60_000).toISOString();
	for (let first = 0; first < CALLS; first += BATCH) {
		const items = Array.from({ length: BATCH }, (_, index) => ({ input: { ...callerOf(first + index), calledAt: timeOf(first + index) } }));
		await apply(store, 'call', 'register', items, { actor: 'system', now: timeOf(first + BATCH) });
	}
}

function callerOf(index: number): Record<string, unknown> {
	const code = String(index).padStart(6, '0').split('').reverse().join('');
	const chinese = [...String(index).padStart(5, '0')].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('');
	const place = ['城东', '城西', '城南', '城北'][index % 4] as string;
	const shop = index % 50 === 0 ? '便民' : '惠客';
	return { customerName: `${place}${code.slice(0, 4)}${shop}超市${chinese}店`, phone: `139${code.padStart(8, '0').slice(0, 8)}`, address: `解放路 ${index} 号`, zone: index % 3 === 0 ? 'suburb' : 'city', model: 'KF-26GW', serial: `SN${code}`, symptom: '不制冷，压缩机不启动' };
}

/** The last 2 % are open, as they would be on a busy day; all others are closed. */
const age = "CAST(substr(no, 3, 6) || substr(no, 10) AS BIGINT)";
const spread = [
	`UPDATE call SET state = 'Closed', arrived_at = due_at, closed_at = due_at, technician = 'J01' WHERE no NOT IN (SELECT no FROM call ORDER BY called_at DESC, no DESC LIMIT ${CALLS / 50})`,
	`UPDATE call SET state = 'Assigned', technician = 'J01' WHERE state = 'WithDispatcher' AND ${age} % 20 >= 3`,
	`UPDATE call SET state = 'AwaitCancel', arrived_at = due_at WHERE state = 'Assigned' AND ${age} % 20 >= 17`,
	`UPDATE call SET state = 'InRepair', arrived_at = due_at WHERE state = 'Assigned' AND ${age} % 20 >= 14`,
	`UPDATE call SET state = 'Escalated' WHERE state = 'Assigned' AND ${age} % 20 >= 12`,
	`UPDATE call SET arrived_at = due_at WHERE state IN ('Assigned', 'Escalated') AND ${age} % 2 = 0`,
	`UPDATE call SET priority = 'next_day' WHERE state = 'WithDispatcher' AND ${age} % 5 = 0`,
	`UPDATE call SET priority = 'manager' WHERE state = 'WithDispatcher' AND ${age} % 41 = 0`,
];

async function compare(database: string, store: Store, ask: Peer): Promise<void> {
	console.log(`${database}, ${CALLS} calls, median of each after a warm-up, ours : by hand (goal at most ${GOAL})`);
	for (const { what, runs, ours, theirs } of cases) {
		const [own, other] = [await ours(store), await theirs(ask)];
		if (own.length === 0 || own.join() !== other.join()) throw new Error(`${database}, ${what}: not the same rows\n${own.length}: ${own.slice(0, 30).join()}\n${other.length}: ${other.slice(0, 30).join()}`);
		const times = { ours: [] as number[], theirs: [] as number[] };
		for (let run = -Math.ceil(runs / 5); run < runs; run++) {
			const started = performance.now();
			await ours(store);
			const between = performance.now();
			await theirs(ask);
			if (run < 0) continue;
			times.ours.push(between - started);
			times.theirs.push(performance.now() - between);
		}
		const [mine, hand] = [median(times.ours), median(times.theirs)];
		console.log(`  ${what}: ${mine.toFixed(3)} ms : ${hand.toFixed(3)} ms = ${(mine / hand).toFixed(1)}   (${own.length} numbers)`);
	}
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

void benchServiceLists();
