import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { masterRecords } from '../../domain/master/records';
import { allTables } from '../../engine/allTables';
import { saveRecords } from '../../engine/saveRecords';
import { openStore } from '../../store/openStore';
import { startInstance, type Instance } from '../e2e/harness';
import { masterData } from '../support/masterData';

const ROWS = 100_000;
const COLUMNS = 20;
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * An outlet's usage statement of 100,000 rows and 20 columns through a real n8n, webhook to response:
 * read and checked by Dealer Spreadsheet (Check Only) against read without checks by n8n's Extract From File. Same file, same run.
 */
async function benchDealerWorkbook(): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-bench-'));
	const file = path.join(folder, 'usage.xlsx');
	await writeUsage(file);
	writeFlow(folder, 'bench-peer', 'n8n-nodes-base.extractFromFile', 1, { operation: 'xlsx', binaryPropertyName: 'file', options: {} });
	writeFlow(folder, 'bench-ours', 'n8n-nodes-aftersales.dealerSpreadsheet', 1, {
		content: 'dealerMonth', fileField: 'file', outlet: { __rl: true, mode: 'id', value: 'W01' }, month: '2025-05', mode: 'check', actor: { __rl: true, mode: 'id', value: 'system' },
	});
	for (const which of ['bench-peer', 'bench-ours'] as const) results[which] = await measured(folder, file, which);
	const { 'bench-peer': peer, 'bench-ours': ours } = results;
	if (peer === undefined || ours === undefined) return;
	console.log(`dealer workbook ${ROWS} x ${COLUMNS} (${(fs.statSync(file).size / 1e6).toFixed(1)} MB), Dealer Spreadsheet with all checks : n8n Extract From File without`);
	console.log(`  time           ${(ours.ms / 1000).toFixed(1)} s : ${(peer.ms / 1000).toFixed(1)} s  = ${(ours.ms / peer.ms).toFixed(2)}`);
	console.log(`  peak memory   +${ours.mb.toFixed(0)} MB : +${peer.mb.toFixed(0)} MB  = ${(ours.mb / peer.mb).toFixed(2)}`);
	console.log(`  longest block  ${ours.block} ms : ${peer.block} ms  = ${(ours.block / peer.block).toFixed(3)}`);
	fs.rmSync(folder, { recursive: true });
}

type Figures = { ms: number; mb: number; block: number };
const results: Record<string, Figures | undefined> = {};

async function measured(folder: string, file: string, which: string): Promise<Figures> {
	const workflowFolder = path.join(folder, which);
	const instance = await startInstance({ database: 'sqlite', workflowFolder, env: { N8N_PAYLOAD_SIZE_MAX: '200' } });
	try {
		await seed(instance);
		while ((await instance.postWebhook(which, {})).status === 404) await new Promise((resolve) => setTimeout(resolve, 200));
		const watch = watchProcess(instance);
		const started = performance.now();
		const form = new FormData();
		form.append('file', new Blob([fs.readFileSync(file)], { type: xlsxType }), 'usage.xlsx');
		const response = await fetch(`${instance.baseUrl}/webhook/${which}`, { method: 'POST', body: form });
		const body = (await response.text()).slice(0, 200);
		const ms = performance.now() - started;
		if (response.status !== 200) throw new Error(`${which}: ${response.status} ${body} ${instance.log().slice(-2000)}`);
		return { ms, ...(await watch.stop()) };
	} finally {
		await instance.stop();
	}
}

/** Asks for the health page every 20 ms: the longest wait is what every other user of n8n feels. */
function watchProcess(instance: Instance) {
	const before = instance.rssMb();
	let peak = before;
	let block = 0;
	let isRunning = true;
	const watching = (async () => {
		while (isRunning) {
			const asked = performance.now();
			// A connection of its own: n8n closes idle ones that waited out a long block.
			await fetch(`${instance.baseUrl}/healthz`, { headers: { connection: 'close' } }).then((response) => response.text(), () => '');
			block = Math.max(block, performance.now() - asked);
			peak = Math.max(peak, instance.rssMb());
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})();
	return {
		async stop() {
			isRunning = false;
			await watching;
			return { mb: peak - before, block: Math.round(block) };
		},
	};
}

async function seed({ userFolder }: Instance): Promise<void> {
	const store = await openStore({ engine: 'sqlite', file: path.join(userFolder, 'aftersales.sqlite') }, allTables);
	const given = { now: '2025-01-01T00:00:00.000Z', actor: { code: 'system', name: '', roles: [], unit: null } } as const;
	await store.transaction(async (transaction) => {
		for (const { kind } of masterRecords) {
			const rows = Object.entries(masterData[kind] ?? {}).map(([no, values]) => ({ no, values }));
			if (rows.length > 0) await saveRecords(transaction, kind, rows, given);
		}
	});
	await store.close();
}

async function writeUsage(file: string): Promise<void> {
	const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: true });
	const sheet = book.addWorksheet('零配件使用统计表');
	const more = Array.from({ length: COLUMNS - 5 }, (_, index) => `附注${index + 1}`);
	sheet.addRow(['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外', ...more]).commit();
	const day = new Date('2025-05-20T00:00:00Z');
	for (let row = 0; row < ROWS; row++) {
		const added = sheet.addRow([row % 2 === 0 ? 'P001' : 'P002', 1 + (row % 5), `WX${String(row).padStart(7, '0')}`, day, '保内', ...more.map((_, index) => (index % 3 === 0 ? row * index : `说明文字${(row * 7 + index) % 997}`))]);
		added.getCell(4).numFmt = 'yyyy-mm-dd';
		added.commit();
	}
	sheet.commit();
	await book.commit();
}

function writeFlow(folder: string, name: string, type: string, typeVersion: number, parameters: object): void {
	const id = name.replaceAll('-', '').padEnd(16, '0');
	const credentials = type.startsWith('n8n-nodes-aftersales') ? { credentials: { afterSalesDatabaseApi: { id: 'aftersalesDb00001', name: 'x' } } } : {};
	const workflow = {
		id,
		name,
		active: false,
		nodes: [
			{ id: `11111111-0000-4000-8000-${id.slice(-12).padStart(12, '0').replace(/[^0-9a-f]/g, '0')}`, name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2.1, position: [0, 0], webhookId: `2222${name.length}222-0000-4000-8000-00000000000${name.length % 10}`, parameters: { httpMethod: 'POST', path: name, responseMode: 'lastNode', options: {} } },
			{ id: `33333333-0000-4000-8000-${String(name.length).padStart(12, '0')}`, name: 'Read', type, typeVersion, position: [240, 0], parameters, ...credentials },
			{ id: `44444444-0000-4000-8000-${String(name.length).padStart(12, '0')}`, name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, position: [480, 0], parameters: {} },
		],
		connections: { Webhook: { main: [[{ node: 'Read', type: 'main', index: 0 }]] }, Read: { main: [[{ node: 'First', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
	};
	fs.mkdirSync(path.join(folder, name));
	fs.writeFileSync(path.join(folder, name, 'flow.json'), JSON.stringify(workflow));
}

void benchDealerWorkbook();
