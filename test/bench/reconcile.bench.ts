import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { allTables } from '../../engine/allTables';
import { reconcileMonth } from '../../engine/reconcileMonth';
import type { Row, Store } from '../../engine/store';
import { closePools, openStore } from '../../store/openStore';
import { postgresConfig } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const OUTLETS = 500;
const PER_OUTLET = 200;
const MONTH = '2025-05';
const GOAL = 3;
const now = '2025-06-20T02:00:00.000Z';
const base = { version: 1, createdAt: now, createdBy: 'x', updatedAt: now };

type Matched = { readonly outlet: string; readonly repairNo: string; readonly item: string; readonly stated: number; readonly returned: number };

/** The rows a person would match by hand: what was used with what came back, then what came back and was never stated. */
const JOIN = `
SELECT u.outlet, u.repair_no, u.item, u.quantity AS stated, u.replaced_day, u.warranty, p.quantity AS returned, p.shipped_day, p.fault_card, p.state, p.matched, p.mismatched, p.no_fault, p.improper
FROM usage_line u LEFT JOIN old_part p ON p.outlet = u.outlet AND p.repair_no = u.repair_no AND p.item = u.item AND p.month = u.month AND p.state <> 'Void'
WHERE u.month = '${MONTH}' AND u.state <> 'Void'
UNION ALL
SELECT p.outlet, p.repair_no, p.item, 0, NULL, NULL, p.quantity, p.shipped_day, p.fault_card, p.state, p.matched, p.mismatched, p.no_fault, p.improper
FROM old_part p WHERE p.month = '${MONTH}' AND p.state <> 'Void' AND NOT EXISTS (SELECT 1 FROM usage_line u WHERE u.outlet = p.outlet AND u.repair_no = p.repair_no AND u.item = p.item AND u.state <> 'Void')`;

/** 100,000 used parts of 500 outlets against their statements: the product's own reconciliation of the month against one hand-written join on the same tables. */
async function bench(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'aftersales-reconcile-'));
	const file = join(folder, 'ours.sqlite');
	const sqlite = await openStore({ engine: 'sqlite', file }, allTables);
	await seed(sqlite);
	const peerFile = join(folder, 'peer.sqlite');
	await sqlite.close();
	await closePools();
	copyFileSync(file, peerFile);
	const peer = new DatabaseSync(peerFile);
	peer.exec('CREATE INDEX peer_match ON old_part (outlet, repair_no, item, month); CREATE INDEX peer_month ON usage_line (month); CREATE INDEX peer_parts ON old_part (month); CREATE INDEX peer_usage ON usage_line (outlet, repair_no, item); ANALYZE');
	await compare('SQLite', await openStore({ engine: 'sqlite', file }, allTables), async () => peer.prepare(JOIN).all());
	peer.close();

	const config = postgresConfig(process.env['TEST_POSTGRES_URL'] ?? '', `bench_${Date.now()}`);
	const admin = new Client({ host: config.host, port: config.port, database: config.database, user: config.user, password: config.password });
	await admin.connect();
	await admin.query(`CREATE SCHEMA ${config.schema}`);
	await admin.query(`SET search_path TO ${config.schema}`);
	const postgres = await openStore(config, allTables);
	await seed(postgres);
	await admin.query('CREATE INDEX peer_match ON old_part (outlet, repair_no, item, month); CREATE INDEX peer_usage ON usage_line (outlet, repair_no, item)');
	await admin.query('ANALYZE');
	await compare('PostgreSQL', postgres, async () => (await admin.query(JOIN)).rows as Record<string, unknown>[]);
	await admin.query(`DROP SCHEMA ${config.schema} CASCADE`);
	await admin.end();
	await closePools();
	rmSync(folder, { recursive: true });
}

async function compare(name: string, store: Store, join: () => Promise<Record<string, unknown>[]>): Promise<void> {
	const [matched, stored, joined]: number[][] = [[], [], []];
	const timed = async <T>(times: number[], work: () => Promise<T>): Promise<T> => {
		const started = performance.now();
		const result = await work();
		times.push(performance.now() - started);
		return result;
	};
	for (let run = 0; run < 6; run++) {
		const results = await timed(matched as number[], () => reconcileMonth(store, MONTH, 'preview', { actor: 'system', now }));
		const rows = await timed(joined as number[], join);
		await timed(stored as number[], () => reconcileMonth(store, MONTH, 'draw', { actor: 'system', now }));
		if (run === 0) agree(results.flatMap((each) => ('statement' in each ? linesOf(each.statement) : [])), rows.map(byHand));
	}
	const [own, kept, other] = [median(matched as number[]), median(stored as number[]), median(joined as number[])];
	console.log(`reconcile ${OUTLETS * PER_OUTLET} used parts of ${OUTLETS} outlets on ${name}: ours, every line judged, ${own.toFixed(0)} ms : one SQL join read ${other.toFixed(0)} ms = ${(own / other).toFixed(2)} (goal at most ${GOAL}); with the 500 statements stored ${kept.toFixed(0)} ms = ${(kept / other).toFixed(2)}`);
	await store.close();
}

const linesOf = (statement: Row): Matched[] => (statement['lines'] as Matched[]).map(({ repairNo, item, stated, returned }) => ({ outlet: String(statement['outlet']), repairNo, item, stated, returned }));
const byHand = (row: Record<string, unknown>): Matched => ({ outlet: String(row['outlet']), repairNo: String(row['repair_no']), item: String(row['item']), stated: Number(row['stated']), returned: Number(row['returned'] ?? 0) });

/** The same cases, matched and unmatched, or the figures are worth nothing. */
function agree(ours: readonly Matched[], theirs: readonly Matched[]): void {
	const sums = (rows: readonly Matched[]) => {
		const byCase = new Map<string, { stated: number; returned: number }>();
		for (const { outlet, repairNo, item, stated, returned } of rows) {
			const key = `${outlet} ${repairNo} ${item}`;
			const sum = byCase.get(key) ?? { stated: 0, returned: 0 };
			byCase.set(key, { stated: sum.stated + stated, returned: sum.returned + returned });
		}
		return byCase;
	};
	const [own, other] = [sums(ours), sums(theirs)];
	const wrong = [...other].filter(([key, sum]) => own.get(key)?.stated !== sum.stated || own.get(key)?.returned !== sum.returned);
	if (own.size !== other.size || wrong.length > 0) throw new Error(`the two do not agree: ${own.size} and ${other.size} cases, ${wrong.length} differ, e.g. ${JSON.stringify([wrong[0], own.get(wrong[0]?.[0] ?? '')])}`);
}

/** 100,000 stated lines; of 20, one has not come back, one came back without having been stated, one comes back in two shipments' worth of quantity. */
async function seed(store: Store): Promise<void> {
	await loadMasterData(store);
	const code = (index: number) => `D${String(index).padStart(3, '0')}`;
	await store.insert('outlet', Array.from({ length: OUTLETS }, (_, index) => ({ ...base, no: code(index), name: `网点 ${index}`, active: true })));
	for (let outlet = 0; outlet < OUTLETS; outlet++) {
		const lines = Array.from({ length: PER_OUTLET }, (_, index) => ({ ...base, outlet: code(outlet), month: MONTH, item: index % 3 === 0 ? 'P002' : 'P001', quantity: 1 + (index % 3), repairNo: `WX${outlet}-${index}` }));
		await store.insert('usage_line', lines.map((line, index) => ({ ...line, no: `SY-${line.outlet}-${line.repairNo}-${line.item}`, state: 'Stated', replacedDay: `${MONTH}-${String(1 + (index % 28)).padStart(2, '0')}`, warranty: index % 25 === 0 ? 'out' : 'in' })));
		const back = lines.filter((_line, index) => index % 20 !== 0).map((line, index) => ({ ...line, repairNo: index % 20 === 7 ? `X${line.repairNo}` : line.repairNo }));
		await store.insert('old_part', back.map((part) => ({ ...part, no: `JJ-${part.outlet}-${part.repairNo}-${part.item}-2025-06-10`, state: 'Tested', shippedDay: '2025-06-10', faultCard: 'K', fault: '不启动', matched: part.quantity, mismatched: 0, noFault: 0, improper: false })));
	}
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

void bench();
