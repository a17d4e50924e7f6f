import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allTables } from '../../engine/allTables';
import { closePools, openStore, type StoreConfig } from '../../store/openStore';
import { openPostgres } from '../../store/sql/postgres';
import { startInstance, type Instance } from '../e2e/harness';
import { postgresConfig } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const RUNS = 200;
const WARM_UP = 40;
const GOAL = 1.5;

type Node = { readonly name: string; readonly type: string; readonly typeVersion: number; readonly parameters: object; readonly credentials?: object };
/** What a call is told of; the same for all flows. */
const told = ['customerName', 'phone', 'address', 'model', 'serial', 'symptom'] as const;

/**
 * A call registered and dispatched through one real n8n, webhook to response: our two nodes, with all their rules and papers,
 * against two of n8n's own nodes that insert the call's row and update it. One request at a time, the flows in turn.
 */
async function benchN8nDispatch(): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-bench-'));
	const url = process.env['TEST_POSTGRES_URL'];
	const instance = await startInstance({ database: 'sqlite', workflowFolder: folder });
	const database = `bench_${process.pid}`;
	try {
		await seed({ engine: 'sqlite', file: path.join(instance.userFolder, 'aftersales.sqlite') });
		await provide(instance, 'ours-embedded', ourNodes('aftersalesDb00001'));
		await provide(instance, 'peer-embedded', await dataTableNodes(instance));
		await compare(instance, 'embedded database, n8n\'s Data Table nodes', 'ours-embedded', 'peer-embedded');
		if (url === undefined) return console.log('TEST_POSTGRES_URL is not set: PostgreSQL is left out');
		await asAdmin(url, `CREATE DATABASE ${database}`);
		const { user, password, host, port } = postgresConfig(url, 'public');
		const place = { host, port, database, user, password };
		await seed({ engine: 'postgres', ...place });
		await provide(instance, 'ours-postgres', ourNodes(await credential(instance, 'afterSalesDatabaseApi', { engine: 'postgres', schema: 'public', ssl: false, ...place })));
		await provide(instance, 'peer-postgres', await postgresNodes(instance, place));
		await compare(instance, 'PostgreSQL, n8n\'s Postgres nodes', 'ours-postgres', 'peer-postgres');
	} finally {
		await instance.stop();
		fs.rmSync(folder, { recursive: true });
		if (url !== undefined) await asAdmin(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
	}
}

async function compare(instance: Instance, what: string, ours: string, theirs: string): Promise<void> {
	const times = { [ours]: [] as number[], [theirs]: [] as number[] };
	for (let run = -WARM_UP; run < RUNS; run++) {
		for (const flow of [ours, theirs]) {
			const started = performance.now();
			const { status, body } = await instance.postWebhook(flow, callerOf(flow, run + WARM_UP));
			const elapsed = performance.now() - started;
			const row = body as Record<string, unknown>;
			if (status !== 200 || row['state'] !== 'Assigned' || row['technician'] !== 'J01') throw new Error(`${flow}: ${status} ${JSON.stringify(body).slice(0, 500)} ${instance.log().slice(-2000)}`);
			if (run >= 0) times[flow]?.push(elapsed);
		}
	}
	const figures = (flow: string) => [at(times[flow] ?? [], 0.5), at(times[flow] ?? [], 0.95)] as const;
	const [own, other] = [figures(ours), figures(theirs)];
	console.log(`register and assign through n8n, ${what}, ${RUNS} requests one after the other, ours : theirs (goal at most ${GOAL})`);
	console.log(`  median ${own[0].toFixed(1)} ms : ${other[0].toFixed(1)} ms = ${(own[0] / other[0]).toFixed(2)}`);
	console.log(`  p95    ${own[1].toFixed(1)} ms : ${other[1].toFixed(1)} ms = ${(own[1] / other[1]).toFixed(2)}`);
}

const at = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] as number;

const callerOf = (flow: string, index: number) => ({ no: `${flow}-${index}`, customerName: `客户 ${index}`, phone: `1390000${String(index).padStart(4, '0')}`, address: `中山路 ${index} 号`, model: 'KF-26', serial: `SN-${index}`, symptom: '不制冷' });

function ourNodes(database: string): Node[] {
	const credentials = { afterSalesDatabaseApi: { id: database, name: 'After-sales database' } };
	const node = (name: string, parameters: object): Node => ({ name, type: 'n8n-nodes-aftersales.serviceVoucher', typeVersion: 1, parameters: { resource: 'call', ...parameters, options: {} }, credentials });
	const [customerName, phone, address, ...more] = told;
	return [
		node('Register', {
			operation: 'register',
			...Object.fromEntries([customerName, phone, address].map((key) => [key, `={{ $json.body.${key} }}`])),
			additionalFields: Object.fromEntries(more.map((key) => [key, `={{ $json.body.${key} }}`])),
			actor: locator('system'),
		}),
		node('Assign', { operation: 'assign', no: locator('={{ $json.no }}'), technician: locator('J01'), actor: locator('Z01') }),
	];
}

/** A table of n8n's own with a column for each of the call's fields that are told, and those of the assignment. */
async function dataTableNodes({ n8n }: Instance): Promise<Node[]> {
	const project = ((await n8n.editor('GET', '/projects/personal')).data as { id: string }).id;
	const columns = ['no', 'state', ...told, 'technician', 'assignedAt'];
	const table = (await n8n.editor('POST', `/projects/${project}/data-tables`, { name: 'call', columns: columns.map((name) => ({ name, type: 'string' })) })).data as { id: string };
	const node = (name: string, operation: string, value: object, more: object = {}): Node => ({
		name,
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: { resource: 'row', operation, dataTableId: { __rl: true, mode: 'id', value: table.id }, ...more, columns: mapped(value), options: {} },
	});
	return [
		node('Insert', 'insert', inserted),
		node('Update', 'update', updated, { matchType: 'allConditions', filters: { conditions: [{ keyName: 'no', condition: 'eq', keyValue: '={{ $json.no }}' }] } }),
	];
}

/** A table with just the columns that are written and a primary key. */
async function postgresNodes(instance: Instance, place: Place): Promise<Node[]> {
	const sql = await openPostgres(place);
	await sql.query(`CREATE SCHEMA peer; CREATE TABLE peer.call (no TEXT PRIMARY KEY, state TEXT, ${told.map((name) => `"${name}" TEXT`).join(', ')}, technician TEXT, "assignedAt" TEXT)`);
	await sql.close();
	const id = await credential(instance, 'postgres', { ...place, allowUnauthorizedCerts: false, ssl: 'disable', sshTunnel: false });
	const node = (name: string, operation: string, value: object, matchingColumns: readonly string[]): Node => ({
		name,
		type: 'n8n-nodes-base.postgres',
		typeVersion: 2.6,
		parameters: { resource: 'database', operation, schema: { __rl: true, mode: 'name', value: 'peer' }, table: { __rl: true, mode: 'name', value: 'call' }, columns: { ...mapped(value), matchingColumns }, options: {} },
		credentials: { postgres: { id, name: 'Postgres' } },
	});
	return [node('Insert', 'insert', inserted, []), node('Update', 'update', { no: '={{ $json.no }}', ...updated }, ['no'])];
}

type Place = { readonly host: string; readonly port: number; readonly database: string; readonly user: string; readonly password: string };

const inserted = { state: 'WithDispatcher', ...Object.fromEntries(['no', ...told].map((key) => [key, `={{ $json.body.${key} }}`])) };
const updated = { state: 'Assigned', technician: 'J01', assignedAt: '={{ $now.toISO() }}' };
const mapped = (value: object) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: Object.keys(value).map((id) => ({ id, displayName: id, required: false, defaultMatch: false, display: true, type: 'string', canBeUsedToMatch: true })) });
const locator = (value: string) => ({ __rl: true, mode: 'id', value });

async function credential({ n8n }: Instance, type: string, data: object): Promise<string> {
	return ((await n8n.publicApi('POST', '/credentials', { name: `bench ${type}`, type, data })) as { id: string }).id;
}

async function provide(instance: Instance, name: string, nodes: readonly Node[]): Promise<void> {
	const id = name.replaceAll('-', '').padEnd(16, '0');
	const all: Node[] = [{ name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2.1, parameters: { httpMethod: 'POST', path: name, responseMode: 'lastNode', options: {} } }, ...nodes];
	const connections = Object.fromEntries(all.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: all[index + 1]?.name, type: 'main', index: 0 }]] }]));
	await instance.n8n.saveWorkflow({ id, name, nodes: all.map((node, index) => ({ ...node, id: `${id}-${index}`, position: [index * 240, 0], ...(index === 0 ? { webhookId: `${id}-hook` } : {}) })), connections, settings: { executionOrder: 'v1' } });
	await instance.n8n.publishWorkflow(id);
	while ((await instance.postWebhook(name, {})).status === 404) await new Promise((resolve) => setTimeout(resolve, 200));
}

async function seed(config: StoreConfig): Promise<void> {
	const store = await openStore(config, allTables);
	await loadMasterData(store);
	await store.close();
	await closePools();
}

async function asAdmin(url: string, statement: string): Promise<void> {
	const admin = await openPostgres(postgresConfig(url, 'public'));
	await admin.query(statement);
	await admin.close();
}

void benchN8nDispatch();
