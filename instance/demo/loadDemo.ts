import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import { apply, SYSTEM } from '../../engine/engine';
import { importSheets } from '../../engine/importSheets';
import { masterData } from '../../engine/importTargets';
import type { Store } from '../../engine/store';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { closePools, openStore } from '../../store/openStore';

const HOUR = 3_600_000;

/** Loads the shipped master data workbook, as the import form would, and a few calls, so that lists and reports are not empty. */
export async function loadDemo(store: Store, workbook: string, now = new Date()): Promise<string> {
	const bytes = readFileSync(workbook);
	const result = await importSheets(store, await readWorkbook(bytes, { fileName: workbook }), masterData(), 'whole', { actor: SYSTEM, now: now.toISOString() });
	if (result.rejected.length > 0) throw new Error(`${workbook}: ${result.findings.map(({ sheet, row, message }) => `${sheet} ${row}: ${message}`).join('; ')}`);
	await demoCalls(store, now);
	await store.replace('notice', (await store.list('notice', { where: [{ column: 'state', is: '=', value: 'pending' }] })).map((notice) => ({ ...notice, state: 'sent', error: '示例数据，未真正发送' })));
	return `基础资料 ${result.accepted.length} 行`;
}

/** Last month's calls: kept, missed, one still open today. Repeating changes nothing. */
async function demoCalls(store: Store, now: Date): Promise<void> {
	const lastMonth = (day: number, hour: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, day, hour - 8));
	const calls: [Date, string, string, string, string, number][] = [
		[lastMonth(9, 9), 'SN100001', '13800000001', 'KF-26GW', '不制冷', 3],
		[lastMonth(13, 10), 'SN100002', '13800000002', 'KF-72LW', '噪音大', 5],
		[lastMonth(15, 14), 'SN100003', '13800000003', 'BCD-215', '不停机', 30],
		[lastMonth(20, 9), 'SN100003', '13800000003', 'BCD-215', '结霜', 4],
		[lastMonth(22, 15), 'SN100001', '13800000001', 'KF-26GW', '遥控失灵', 2],
	];
	for (const [index, [calledAt, serial, phone, model, symptom, hours]] of calls.entries()) {
		const input = { customerName: '示例客户', phone, address: '示例地址', model, serial, symptom, channel: 'phone', calledAt: calledAt.toISOString() };
		const no = await fire(store, 'register', null, input, SYSTEM, calledAt, `demo:${index}`);
		const arrivedAt = new Date(calledAt.getTime() + hours * HOUR);
		await fire(store, 'assign', no, { technician: index % 2 === 0 ? 'J01' : 'J02' }, 'Z01', calledAt, `demo:${index}:assign`);
		const amount = symptom === '不停机' ? 18000 : null;
		const visit = { arrivedAt: arrivedAt.toISOString(), leftAt: new Date(arrivedAt.getTime() + HOUR).toISOString(), problem: symptom, solution: '检修后恢复正常', result: 'done', satisfaction: 'satisfied', signedBy: '客户本人', amount };
		await fire(store, 'reportVisit', no, visit, index % 2 === 0 ? 'J01' : 'J02', new Date(arrivedAt.getTime() + 2 * HOUR), `demo:${index}:visit`);
		await fire(store, 'close', no, {}, 'Y01', new Date(arrivedAt.getTime() + 3 * HOUR), `demo:${index}:close`);
	}
}

async function fire(store: Store, event: string, no: string | null, input: Record<string, unknown>, actor: string, now: Date, key: string): Promise<string> {
	const [outcome] = await apply(store, 'call', event, [{ no, input, key }], { actor, now: now.toISOString() });
	if (outcome?.ok !== true) throw outcome?.violation ?? new Error('no outcome');
	return String(outcome.document['no']);
}

async function main(): Promise<void> {
	const file = process.argv[process.argv.indexOf('--sqlite') + 1];
	if (!process.argv.includes('--sqlite') || file === undefined) throw new Error('usage: loadDemo --sqlite <file>');
	const store = await openStore({ engine: 'sqlite', file }, allTables);
	try {
		console.log(await loadDemo(store, join(__dirname, '../../../instance/demo/基础资料-示例.xlsx')));
	} finally {
		await store.close();
		await closePools();
	}
}

if (require.main === module) void main();
