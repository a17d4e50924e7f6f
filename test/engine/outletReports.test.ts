import { runDailyChecks } from '../../engine/dailyChecks';
import { givenFor } from '../../engine/engine';
import { importSheets } from '../../engine/importSheets';
import { masterData, outletPapers, type RequestHead } from '../../engine/importTargets';
import { buildOutletFees } from '../../engine/outletFees';
import { buildAccountStatement, buildDocumentMatrix, buildOccupancy, buildReconciliations } from '../../engine/outletReports';
import { buildOutletVisits } from '../../engine/surveyReports';
import type { SheetDataLike } from '../../domain/import/sheetDataLike';
import type { TableModel, WorkbookModel } from '../../domain/report/workbookModel';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';
import { stocked } from '../support/warehouse';

const june6 = at('2025-06-06 15:00');
const sheet = (name: string, ...rows: (string | number | null)[][]): SheetDataLike => ({ name, rows: rows.map((cells, index) => ({ number: index + 1, cells })) });
const head: RequestHead = { requestKind: 'monthly', sealed: true, regionSignedBy: null, reason: null, serial: null };
const tableOf = (model: WorkbookModel, index = 0): TableModel['rows'] => model.sheets[index]?.rows ?? [];

describe.each(databases)('outlets at a glance on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100, P002: 50 });
	});
	afterEach(() => database.drop());
	const fire = acting(() => database.store, () => june6);
	const given = (now = june6) => givenFor(database.store, { actor: 'system', now });
	const pay = (amount: number, when: string, purpose = 'deposit') => fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose, amount, paidOn: when.slice(0, 10) }, 'K01', when);
	const ship = async (quantity: number, when: string) => {
		const request = await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity }] }, 'system', when);
		await fire('part_request', 'review', String(request['no']), {}, 'S01', when);
		return await fire('shipment', 'ship', null, { request: request['no'], way: 'freight' }, 'S01', when);
	};

	it('S-024: two registers of return visits have a line for every installation and repair of the month', async () => {
		const install = { outlet: 'W01', month: '2025-05', installNo: 'A1', customerName: '王女士', model: 'KF', installDay: '2025-05-02', installer: '赵' };
		const repair = { outlet: 'W02', month: '2025-05', repairNo: 'R1', customerName: '孙先生', model: 'KF', repairDay: '2025-05-03', fault: '不制冷', repairer: '钱' };
		await fire('install_record', 'report', null, install, 'system');
		await fire('install_record', 'report', null, { ...install, installNo: 'A2' }, 'system');
		await fire('repair_record', 'report', null, repair, 'system');
		await fire('install_visit', 'report', null, { outlet: 'W01', month: '2025-05', installNo: 'A1', customerName: '王女士', phone: '139', visitDay: '2025-05-20', visitor: '李', attitude: 'good', quality: 'good' }, 'system');
		const { model, json } = await buildOutletVisits(database.store, '2025-05');
		expect(json).toMatchObject({ installs: 2, repairs: 1, visited: 1 });
		expect(tableOf(model)).toMatchObject([{ outlet: 'W01', no: 'A1', state: '已回访', visitDay: '2025-05-20', visitor: '李' }, { no: 'A2', state: '待回访', quality: null }]);
		expect(tableOf(model, 1)).toMatchObject([{ outlet: 'W02', no: 'R1', customerName: '孙先生', doneDay: '2025-05-03', state: '待回访' }]);
	});

	describe('P-011: the statement of account', () => {
		const statement = async (from: string, to: string, actor = 'S01', now = june6) => await buildAccountStatement(database.store, actor, { outlet: 'W01', from, to }, await given(now));

		it('P-011: opening, every movement with its paper, closing; what is booked later changes nothing', async () => {
			await pay(100000, at('2025-04-10 09:00'));
			const first = await ship(5, at('2025-05-12 09:00'));
			const may = await statement('2025-05-01', '2025-05-31', 'S01', at('2025-06-01 09:00'));
			expect(may.json).toMatchObject({ depositOpening: 100000, depositClosing: 100000, heldOpening: 0, heldClosing: 10000, balanced: true });
			expect(tableOf(may.model, 2)).toMatchObject([{ kind: '期初余额', balance: 0 }, { day: '2025-05-12', kind: '发放', paper: first['no'], item: 'P001', quantity: 5, price: 2000, amount: 10000, balance: 10000 }, { kind: '期末余额', balance: 10000 }]);
			await pay(50000, june6);
			await ship(3, june6);
			const again = await statement('2025-05-01', '2025-05-31', 'S01', at('2025-07-01 09:00'));
			expect(again.model.sheets.slice(1).map(({ rows }) => rows)).toEqual(may.model.sheets.slice(1).map(({ rows }) => rows));
			expect((await statement('2025-06-01', '2025-06-30')).json).toMatchObject({ depositOpening: 100000, depositClosing: 150000, heldOpening: 10000, heldClosing: 16000 });
		});

		it('P-011: books changed by hand are seen', async () => {
			await pay(100000, at('2025-04-10 09:00'));
			await pay(20000, at('2025-04-11 09:00'));
			const [entry] = await database.store.list('outlet_entry', { orderBy: [{ column: 'no' }], limit: 1 });
			await database.store.replace('outlet_entry', [{ ...entry, amount: 90000 }]);
			const built = await statement('2025-04-01', '2025-04-30');
			expect(built.json).toMatchObject({ balanced: false, depositClosing: 110000 });
			expect(built.model.sheets[0]?.notes?.join()).toContain(String(entry?.['no']));
		});

		it('P-011 O-030: a technician does not see it; a day before the first is refused', async () => {
			await expect(statement('2025-05-01', '2025-05-31', 'J01')).rejects.toMatchObject({ rule: 'O-030' });
			await expect(statement('2025-05-31', '2025-05-01')).rejects.toMatchObject({ message: expect.stringContaining('早于') as string });
			await expect(buildAccountStatement(database.store, 'S01', { outlet: 'W99', from: '2025-05-01', to: '2025-05-31' }, await given())).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});
	});

	it('P-011 P-012: all outlets against their limits, those over first, with what clears them', async () => {
		await fire('outlet_opening', 'book', null, { outlet: 'W02', deposit: 100000, held: 40000 }, 'A01');
		await pay(100000, june6);
		const { model, json } = await buildOccupancy(database.store, await given());
		expect(tableOf(model)).toMatchObject([{ outlet: 'W02', held: 40000, limit: 33333, excess: 6667, topUp: 20000 }, { outlet: 'W01', held: 0, excess: 0 }]);
		expect(json).toMatchObject({ over: [{ outlet: 'W02', topUp: 20000 }] });
	});

	it('P-011: a branch centre, which pays no deposit, is not listed as over its limit', async () => {
		await database.store.replace('outlet', (await database.store.load('outlet', 'no', ['W02'])).map((site) => ({ ...site, exempt: true })));
		await fire('outlet_opening', 'book', null, { outlet: 'W02', deposit: 0, held: 40000 }, 'A01');
		const { model, json } = await buildOccupancy(database.store, await given());
		expect(json).toMatchObject({ over: [] });
		expect(tableOf(model).find(({ outlet }) => outlet === 'W02')).toMatchObject({ held: 40000, excess: 0, topUp: 0 });
	});

	describe('what an outlet uploads', () => {
		const upload = (sheets: SheetDataLike[], more: Partial<RequestHead> = {}, now = june6) => importSheets(database.store, sheets, outletPapers('W01', '2025-05', '2025-07', { ...head, ...more }), 'rows', { actor: 'system', now });
		const repairs = sheet('产品维修记录单', ['维修记录单号', '客户名称', '联系电话', '产品型号', '维修日期', '故障现象', '维修员', '客户签字'], ['R1', '刘女士', '１３８００００００００', 'KF-26', '2025-05-20', '不制冷', '张师傅', '是']);

		it('P-049: seven documents in one file, each found by its name or its headers', async () => {
			const result = await upload([
				sheet('零配件使用统计表', ['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外'], ['P001', 1, 'R1', '2025-05-20', '保内']),
				repairs,
				sheet('Sheet3', ['安装记录单号', '客户', '产品型号', '安装日期', '安装员'], ['A1', '王', 'KF-35', '2025-05-11', '赵师傅']),
				sheet('安装回访', ['安装记录单号', '客户', '回访日期', '回访人', '安装质量', '服务态度'], ['A1', '王', '2025-05-15', '小陈', '满意', '一般']),
				sheet('维修回访', ['维修记录单号', '客户', '回访日期', '回访人', '服务态度', '是否修好'], ['R1', '刘', '2025-05-22', '小陈', '满意', '是']),
				sheet('故障月报', ['产品型号', '故障', '数量'], ['KF-26', '不制冷', 3]),
				sheet('网点盘点表', ['配件编码', '实盘数量'], ['P001', 2]),
			]);
			expect(result.findings.filter(({ level }) => level === 'error')).toEqual([]);
			expect(result.accepted.map(({ no }) => no)).toEqual(['SY-W01-R1-P001', 'WX-W01-R1', 'AZ-W01-A1', 'AH-W01-A1-2025-05-15', 'WH-W01-R1-2025-05-22', 'GZ-W01-2025-05-KF-26-不制冷', 'WP-W01-2025-05-P001']);
			expect((await database.store.load('repair_record', 'no', ['WX-W01-R1']))[0]).toMatchObject({ phone: '13800000000', signed: true });
			expect((await database.store.load('outlet_count', 'no', ['WP-W01-2025-05-P001']))[0]).toMatchObject({ book: -1, counted: 2, difference: 3, state: 'Differs' });
			const matrix = await buildDocumentMatrix(database.store, '2025-05');
			expect(tableOf(matrix.model)).toMatchObject([{ outlet: 'W01', repair_record: '1 行', part_request: '缺', missing: 1 }, { outlet: 'W02', missing: 7 }]);
		});

		it('P-049: a record of another month is refused by row; the same file again changes nothing; a wrong one is voided', async () => {
			const wrong = await upload([{ ...repairs, rows: [...repairs.rows, { number: 3, cells: ['R2', '王', '', 'KF', '2025-04-30', '响', '张', ''] }] }]);
			expect(wrong).toMatchObject({ stored: 1, rejected: [{ row: 3 }] });
			expect(wrong.findings.find(({ row }) => row === 3)?.message).toContain('维修日期 2025-04-30 不在 2025-05 内');
			expect(await upload([repairs])).toMatchObject({ stored: 0, known: 1 });
			await fire('repair_record', 'void', 'WX-W01-R1', { reason: '重复' }, 'S01');
			expect(await upload([repairs])).toMatchObject({ stored: 1 });
		});

		it('P-020 P-021: the lines of a request sheet become one request, once; what is refused is marked on every line', async () => {
			const request = sheet('零配件申请表', ['配件编码', '申请数量'], ['P001', 3], ['P002', 1]);
			expect(await upload([request], {}, at('2025-06-26 09:00'))).toMatchObject({ stored: 2, rejected: [] });
			expect((await database.store.load('part_request', 'no', ['PJ-W01-202507']))[0]).toMatchObject({ state: 'Submitted', total: 14500, lines: [{ item: 'P001', quantity: 3 }, { item: 'P002', quantity: 1 }] });
			expect(await upload([request], {}, at('2025-06-27 09:00'))).toMatchObject({ stored: 0, known: 2, rejected: [] });
			const other = await upload([sheet('零配件申请表', ['配件编码', '申请数量'], ['P001', 4])], {}, at('2025-06-27 09:00'));
			expect(other.rejected).toMatchObject([{ row: 2, reasons: [expect.stringContaining('已存在（已递交）') as string] }]);
			await fire('part_request', 'refuse', 'PJ-W01-202507', { reason: '请核减' }, 'S01', at('2025-06-27 10:00'));
			expect(await upload([request], {}, at('2025-06-27 11:00'))).toMatchObject({ stored: 2 });
			expect((await database.store.load('part_request', 'no', ['PJ-W01-202507']))[0]).toMatchObject({ state: 'Submitted' });
			const unsealed = await upload([request], { requestKind: 'emergency', reason: '退机', sealed: false });
			expect(unsealed.rejected.map(({ row }) => row)).toEqual([2, 3]);
			expect(await upload([request], { requestKind: 'emergency', reason: '退机' })).toMatchObject({ stored: 2 });
			expect(await upload([request], { requestKind: 'emergency', reason: '退机' })).toMatchObject({ stored: 0, known: 2 });
			expect(await database.store.list('part_request', {})).toHaveLength(2);
		});

		it('P-020: a count that differs puts the book right only when the manager accepts it', async () => {
			await pay(100000, at('2025-04-10 09:00'));
			await ship(5, at('2025-05-12 09:00'));
			await upload([sheet('网点盘点表', ['配件编码', '实盘数量'], ['P001', 4])]);
			const [request] = [await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-07', sealed: true, lines: [{ item: 'P001', quantity: 1 }] }, 'system', at('2025-06-26 09:00'))];
			expect(request?.['lines']).toMatchObject([{ stock: 5 }]);
			await expect(fire('outlet_count', 'accept', 'WP-W01-2025-05-P001', {}, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await fire('outlet_count', 'accept', 'WP-W01-2025-05-P001', {}, 'A01');
			expect((await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-08', sealed: true, lines: [{ item: 'P001', quantity: 1 }] }, 'system', at('2025-07-26 09:00')))['lines']).toMatchObject([{ stock: 4 }]);
			expect((await database.store.load('outlet_account', 'no', ['ZH-W01']))[0]).toMatchObject({ held: 10000 });
		});

		it('P-010: opening balances come with the master data, once', async () => {
			const opening = [sheet('网点期初', ['网点编码', '配件押金', '占用金额', '应收款'], ['W01', 2000, 250.5, ''])];
			const load = () => importSheets(database.store, opening, masterData(), 'whole', { actor: 'system', now: june6 });
			expect(await load()).toMatchObject({ stored: 1 });
			expect(await load()).toMatchObject({ stored: 0, known: 1 });
			expect((await database.store.load('outlet_account', 'no', ['ZH-W01']))[0]).toMatchObject({ deposit: 200000, held: 25050 });
		});
	});

	describe('reminders by the calendar', () => {
		const keys = async (when: string) => {
			const before = new Set((await database.store.list('notice', {})).map(({ key }) => key));
			await runDailyChecks(database.store, at(when));
			return (await database.store.list('notice', {})).map(({ key }) => String(key)).filter((key) => !before.has(key) && /^(outlet|part_request)/.test(key)).sort();
		};
		const use = () => fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 2, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');

		it('P-040: asked on the 8th, listed on the 11th, each once', async () => {
			await use();
			expect(await keys('2025-06-07 09:00')).toEqual([]);
			expect(await keys('2025-06-08 09:00')).toEqual(['outlet.documents:W02:2025-05']);
			expect(await keys('2025-06-09 09:00')).toEqual([]);
			expect(await keys('2025-06-11 09:00')).toEqual(['outlet.late:2025-05']);
			expect(await keys('2025-06-12 09:00')).toEqual(['outlet.old_parts:W01:2025-05:cutoff']);
		});

		it('P-046 P-047: parts not on their way back are asked for before they lose value; those that are, are not', async () => {
			await use();
			expect(await keys('2025-06-15 09:00')).toContain('outlet.old_parts:W01:2025-05:cutoff');
			await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo: 'R1', shippedDay: '2025-06-05', faultCard: 'K1' }, 'system');
			expect(await keys('2025-06-28 09:00')).toContain('outlet.old_parts:W01:2025-05:last');
			expect((await database.store.load('notice', 'key', ['outlet.old_parts:W01:2025-05:last']))[0]?.['subject']).toContain('还有 1 件');
			await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-06', item: 'P001', quantity: 1, repairNo: 'R1', shippedDay: '2025-06-06', faultCard: 'K2' }, 'system');
			await fire('usage_line', 'state', null, { outlet: 'W02', month: '2025-05', item: 'P001', quantity: 1, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');
			await fire('old_part', 'send', null, { outlet: 'W02', month: '2025-06', item: 'P001', quantity: 1, repairNo: 'R1', shippedDay: '2025-06-06', faultCard: 'K3' }, 'system');
			expect(await keys('2025-06-29 09:00')).not.toContain('outlet.old_parts:W02:2025-05:last');
		});

		it('P-021: told on the 25th, asked again on the last days, listed on the first', async () => {
			await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-07', sealed: true, lines: [{ item: 'P001', quantity: 1 }] }, 'system', at('2025-06-26 09:00'));
			expect(await keys('2025-06-25 09:00')).toEqual(['outlet.request:W02:2025-07:opens']);
			expect((await keys('2025-06-30 09:00')).filter((key) => key.includes('request'))).toEqual(['outlet.request:W02:2025-07:closes']);
			expect((await keys('2025-07-01 09:00')).filter((key) => key.includes('request'))).toEqual(['outlet.requests_late:2025-07']);
		});

		it('P-030: open monthly requests are listed five days before the 20th', async () => {
			await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-07', sealed: true, lines: [{ item: 'P001', quantity: 1 }] }, 'system', at('2025-06-26 09:00'));
			expect(await keys('2025-07-14 09:00')).not.toContain('part_request.due:2025-07');
			expect(await keys('2025-07-15 09:00')).toContain('part_request.due:2025-07');
		});
	});

	it('P-050: fees come from accepted records only, less the fines that are owed, and only where the company settles them', async () => {
		const settle = async () => await buildOutletFees(database.store, '2025-05', await given());
		await expect(settle()).rejects.toMatchObject({ rule: 'P-050' });
		for (const [key, value] of [['outlet.fees', '是'], ['outlet.repair_fee', '30'], ['outlet.install_fee', '50']] as const) await setting(database.store, key, value);
		const record = (repairNo: string) => fire('repair_record', 'report', null, { outlet: 'W01', month: '2025-05', repairNo, customerName: '刘', model: 'KF', repairDay: '2025-05-20', fault: '不冷', repairer: '张' }, 'system');
		await record('R1');
		await record('R2');
		await record('R3');
		await fire('repair_record', 'void', 'WX-W01-R3', { reason: '虚报' }, 'S01');
		await fire('install_record', 'report', null, { outlet: 'W01', month: '2025-05', installNo: 'A1', customerName: '王', model: 'KF', installDay: '2025-05-02', installer: '赵' }, 'system');
		expect(tableOf((await settle()).model)).toMatchObject([{ outlet: 'W01', repairs: 0, gross: 0 }, {}]);
		for (const no of ['WX-W01-R1', 'WX-W01-R2']) await fire('repair_record', 'accept', no, {}, 'S01');
		await fire('install_record', 'accept', 'AZ-W01-A1', {}, 'S01');
		const { model } = await settle();
		expect(tableOf(model)).toMatchObject([{ outlet: 'W01', repairs: 2, installations: 1, gross: 11000, fines: 0, net: 11000, score: 64 }, { outlet: 'W02', gross: 0 }]);
		await fire('outlet_fee', 'pay', 'FJ-W01-202505', {}, 'K01');
		await record('R4');
		expect(tableOf((await settle()).model)).toMatchObject([{ repairs: 2, state: '已付款' }, {}]);
		expect(await fire('outlet_training', 'record', null, { outlet: 'W01', trainedOn: '2025-06-01', topic: '变频板检修', attendees: '张、赵' }, 'R01')).toMatchObject({ state: 'Recorded' });
	});

	it('P-041: where the month\'s statements stand, all outlets on a page', async () => {
		await fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 2, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');
		await fire('usage_line', 'state', null, { outlet: 'W02', month: '2025-05', item: 'P001', quantity: 2, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		const { model, json } = await buildReconciliations(database.store, '2025-05', await given());
		expect(tableOf(model)).toMatchObject([{ outlet: 'W01', state: '制作', stated: 2, returned: 0 }, { outlet: 'W02', state: '未制作' }]);
		expect(json).toMatchObject({ outlets: 2, open: 2 });
	});
});
