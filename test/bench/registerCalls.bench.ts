import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import { apply } from '../../engine/engine';
import { openStore } from '../../store/openStore';
import { loadMasterData } from '../support/masterData';

const CALLS = 10_000;
const written = ['call', 'voucher', 'asset', 'customer', 'audit', 'clock'];

/**
 * Registering 10,000 calls through the engine, against bare prepared inserts of exactly the rows it wrote,
 * into the same tables with the same indexes, in one transaction. Median of three, in one run.
 */
async function benchRegisterCalls(): Promise<void> {
	const engine: number[] = [];
	const bare: number[] = [];
	for (let run = 0; run < 3; run++) {
		const folder = mkdtempSync(join(tmpdir(), 'aftersales-bench-'));
		const file = join(folder, 'engine.sqlite');
		const store = await openStore({ engine: 'sqlite', file }, allTables);
		await loadMasterData(store);
		const items = Array.from({ length: CALLS }, (_, index) => ({
			input: { customerName: `客户 ${index}`, phone: `139${index}`, address: `中山路 ${index} 号`, model: 'KF-26', serial: `SN-${index}`, symptom: '不制冷' },
		}));
		const started = performance.now();
		await apply(store, 'call', 'register', items, { actor: 'system', now: '2025-06-06T07:00:00.000Z' });
		engine.push(performance.now() - started);
		await store.close();
		bare.push(bareInserts(file, join(folder, 'bare.sqlite')));
		rmSync(folder, { recursive: true });
	}
	const [ours, theirs] = [median(engine), median(bare)];
	console.log(`register ${CALLS} calls: engine ${ours.toFixed(0)} ms, bare prepared inserts of the same rows ${theirs.toFixed(0)} ms, ratio ${(ours / theirs).toFixed(2)} (goal at most 3)`);
}

function bareInserts(from: string, to: string): number {
	const source = new DatabaseSync(from);
	const target = new DatabaseSync(to);
	target.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
	for (const { sql } of source.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC").all()) target.exec(String(sql));
	const tables = written.map((table) => ({ table, rows: source.prepare(`SELECT * FROM ${table}`).all() as Record<string, string | number | null>[] }));
	const prepared = tables.map(({ table, rows }) => {
		const columns = Object.keys(rows[0] ?? {});
		return { rows: rows.map((row) => columns.map((column) => row[column] as string | number | null)), insert: target.prepare(`INSERT INTO ${table} (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`) };
	});
	const started = performance.now();
	target.exec('BEGIN');
	for (const { rows, insert } of prepared) for (const row of rows) insert.run(...row);
	target.exec('COMMIT');
	const elapsed = performance.now() - started;
	source.close();
	target.close();
	return elapsed;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

void benchRegisterCalls();
