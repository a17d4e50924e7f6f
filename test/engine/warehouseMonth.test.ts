import { runDailyChecks } from '../../engine/dailyChecks';
import { importSheets } from '../../engine/importSheets';
import { freightSheets } from '../../engine/importTargets';
import { setting } from '../support/masterData';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { booksOf, firing, openWarehouse, save } from '../support/warehouse';

describe.each(databases)('the warehouse\'s month on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await openWarehouse(database.store);
	});
	afterEach(() => database.drop());

	const fire = firing(() => database.store);
	const stock = (item: string, quantity: number, receivedDay = '2025-05-01', when = '2025-05-10 09:00') => fire('opening_stock', 'enter', null, { item, lot: receivedDay, receivedDay, quantity }, 'W01', when);
	const good = { tidiness: 'good', marks: 'good', upkeep: 'good', safety: 'good', fire: 'good' };
	const look = (input: Record<string, unknown> = {}, when?: string) => fire('warehouse_check', 'look', null, { ...good, ...input }, 'W01', when);
	const counted = async (counted_: string, when: string, countKind = 'cycle') => {
		const { no } = await fire('stock_count', 'start', null, { countKind }, 'W01', when);
		await fire('stock_count', 'enter', String(no), { counted: counted_ }, 'W01', when);
		return String(no);
	};
	const problems = async () => (await database.store.list('stock_problem', {})).map(({ problemKind, item, state }) => [problemKind, item, state]);
	const told = async (when: string, key: string) => {
		await runDailyChecks(database.store, at(when));
		return (await database.store.list('notice', {})).filter((notice) => String(notice['key']).startsWith(key)).map((notice) => [notice['key'], ...(notice['recipients'] as string[])]);
	};
	const bodyOf = async (key: string) => JSON.stringify((await database.store.load('notice', 'key', [key]))[0]?.['body']);

	it('P-075: account, card, goods and computer are equal, or the difference is listed and followed up; order, marks and upkeep stand beside', async () => {
		await stock('P001', 10);
		await stock('P002', 4);
		await counted('P001 10\nP002 4', '2025-06-02 09:00');
		expect(await look()).toMatchObject({ month: '2025-06', parts: 2, differences: [], tidiness: 'good' });
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P002 1' });
		expect(await look()).toMatchObject({ differences: [] });
		await counted('P002 2', '2025-06-10 09:00', 'move');
		expect(await look()).toMatchObject({ differences: [{ item: 'P002', account: 3, card: 3, goods: 2, computer: 3 }] });
		await database.store.replace('stock_card', (await database.store.load('stock_card', 'item', ['P001'])).map((card) => ({ ...card, balance: 9 })));
		expect(await look()).toMatchObject({ differences: [{ item: 'P001', account: 10, card: 9, goods: 10, computer: 10 }, { item: 'P002' }] });
		expect(await problems()).toEqual([['difference', 'P002', 'Open'], ['difference', 'P001', 'Open']]);
	});

	it('P-075: goods never counted are a difference too', async () => {
		await stock('P001', 10);
		expect(await look()).toMatchObject({ differences: [{ item: 'P001', account: 10, goods: null }] });
	});

	it('P-076: what has not been issued for 180 days is slow, on the 180th day, not on the 179th; each problem is followed up until it has a result', async () => {
		await stock('P001', 10, '2025-05-10', '2025-05-10 09:00');
		await stock('P002', 4, '2025-05-10', '2025-05-10 09:00');
		await counted('P001 10\nP002 4', '2025-05-10 10:00');
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P002 1' }, 'W01', '2025-06-10 09:00');
		expect(await look({}, '2025-11-05 09:00')).toMatchObject({ slow: [] });
		expect(await look({}, '2025-11-06 09:00')).toMatchObject({ slow: [{ item: 'P001', balance: 10, since: '2025-05-10', days: 180 }] });
		expect(await look({}, '2025-12-07 09:00')).toMatchObject({ slow: [{ item: 'P001' }, { item: 'P002', since: '2025-06-10', days: 180 }] });
		expect(await problems()).toEqual([['slow', 'P001', 'Open'], ['slow', 'P002', 'Open']]);
		const [{ no } = { no: '' }] = await database.store.list('stock_problem', {});
		await fire('stock_problem', 'follow', String(no), { note: '询问研发能否代用' });
		await expect(fire('stock_problem', 'close', String(no), {})).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('处理结果') as string });
		expect(await fire('stock_problem', 'close', String(no), { result: '调给城北网点' }, 'A01')).toMatchObject({ state: 'Closed', result: '调给城北网点', closedBy: 'A01', actions: [{ by: 'W01', note: '询问研发能否代用' }] });
	});

	it('P-076 P-071: safety, fire protection and dangerous goods in the wrong place become problems, said once, with words', async () => {
		await save(database.store, 'item', { P001: { name: '稀释剂', unitOfMeasure: '瓶', hazardous: true, zone: 'A' } });
		await stock('P001', 10);
		await counted('P001 10', '2025-06-02 09:00');
		await expect(look({ fire: 'problem' })).rejects.toMatchObject({ rule: 'P-076', message: expect.stringContaining('消防') as string });
		await look({ fire: 'problem', findings: '灭火器过期' });
		await look({ fire: 'problem', findings: '灭火器过期' });
		expect((await problems()).sort()).toEqual([['fire', null, 'Open'], ['storage', 'P001', 'Open']]);
	});

	it('P-077: papers go on file by themselves, are signed and stamped, kept three years and destroyed by an approved list only', async () => {
		await stock('P001', 10);
		const { no } = await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 1' });
		const back = await fire('goods_in', 'takeBack', null, { origin: 'other', lines: 'P001 1' });
		expect((await database.store.list('document_archive', {})).map(({ paper, paperKind, keepUntil, state }) => [paper, paperKind, keepUntil, state])).toEqual([[no, '出库单', '2028-06-09', 'ToSign'], [back['no'], '入库单', '2028-06-09', 'ToSign']]);
		await expect(fire('document_archive', 'file', null, { paper: no, signedBy: '仓管、领料人' })).rejects.toMatchObject({ rule: 'P-077' });
		expect(await fire('document_archive', 'file', null, { paper: no, signedBy: '仓管、领料人', stamped: '是', shelf: '档案柜 2' })).toMatchObject({ state: 'Kept', keepUntil: '2028-06-09', paperKind: '出库单' });
		await expect(fire('document_archive', 'file', null, { paper: 'FH-1', signedBy: '仓管', stamped: '是' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
		await fire('document_archive', 'file', null, { paper: 'FH-1', paperKind: '发货单', paperDay: '2025-06-20', signedBy: '仓管', stamped: '是' });

		const list = (papers: string, when: string) => fire('archive_disposal', 'list', null, { papers }, 'W01', when);
		await expect(list(String(no), '2028-06-09 09:00')).rejects.toMatchObject({ rule: 'P-077', message: expect.stringContaining('保存至 2028-06-09') as string });
		await expect(list('', '2028-06-09 09:00')).rejects.toMatchObject({ rule: 'P-077' });
		await expect(fire('document_archive', 'dispose', `DA-${String(no)}`, { disposal: 'x' }, 'A01', '2030-01-01 09:00')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		const disposal = await list('', '2028-06-10 09:00');
		expect(disposal).toMatchObject({ state: 'Listed', papers: [{ paper: no }, { paper: back['no'] }] });
		await expect(fire('archive_disposal', 'approve', String(disposal['no']), {}, 'W01', '2028-06-10 10:00')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await fire('archive_disposal', 'approve', String(disposal['no']), {}, 'A01', '2028-06-10 10:00');
		expect((await database.store.list('document_archive', {})).map(({ paper, state }) => [paper, state])).toEqual([[no, 'Disposed'], ['FH-1', 'Kept'], [back['no'], 'Disposed']]);
		expect(await database.store.load('goods_issue', 'no', [String(no)])).toHaveLength(1);
	});

	it('P-077: the company may keep its papers longer', async () => {
		await setting(database.store, 'parts.retention_years', '5');
		await stock('P001', 10);
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 1' });
		expect(await database.store.list('document_archive', {})).toMatchObject([{ keepUntil: '2030-06-09' }]);
	});

	it('P-073: the count is asked for from the 25th, once, until it is begun; in December the full one; a month without is told to the manager', async () => {
		await stock('P001', 10);
		expect(await told('2025-06-24 09:00', 'stock_count.due')).toEqual([]);
		expect(await told('2025-06-25 09:00', 'stock_count.due')).toEqual([['stock_count.due:2025-06', 'store@test.local']]);
		expect(await bodyOf('stock_count.due:2025-06')).toContain('P001');
		expect(await told('2025-06-26 09:00', 'stock_count.due')).toHaveLength(1);
		expect(await told('2025-06-30 09:00', 'stock_count.missing:2025-06')).toEqual([]);
		expect(await told('2025-07-14 09:00', 'stock_count.missing:2025-06')).toEqual([['stock_count.missing:2025-06', 'asm@test.local']]);
		await counted('P001 10', '2025-07-20 09:00');
		expect(await told('2025-07-25 09:00', 'stock_count.due:2025-07')).toEqual([]);
		await counted('P001 10', '2025-12-20 09:00');
		expect(await told('2025-12-25 09:00', 'stock_count.due:2025-12')).toEqual([['stock_count.due:2025-12', 'store@test.local']]);
		expect((await database.store.load('notice', 'key', ['stock_count.due:2025-12']))[0]?.['subject']).toContain('全面盘点');
		await counted('P001 10', '2025-12-28 09:00', 'full');
		expect(await told('2026-01-02 09:00', 'stock_count.missing:2025-12')).toEqual([]);
	});

	it('P-073 P-075: a company without stock is asked for nothing', async () => {
		expect(await told('2025-12-26 09:00', 'stock_count')).toEqual([]);
		expect(await told('2025-12-26 09:00', 'warehouse_check')).toEqual([]);
	});

	it('P-075 P-076 P-079: the monthly check is asked for once a month, with slow stock and open problems; a month without is told to the manager', async () => {
		await stock('P001', 10, '2024-11-01');
		expect(await told('2025-06-01 09:00', 'warehouse_check')).toEqual([['warehouse_check.due:2025-06', 'store@test.local'], ['warehouse_check.missing:2025-05', 'asm@test.local']]);
		expect(await bodyOf('warehouse_check.due:2025-06')).toContain('212 天没有出库');
		expect(await bodyOf('warehouse_check.due:2025-06')).toContain('报损清单');
		await look();
		expect(await told('2025-07-03 09:00', 'warehouse_check.missing:2025-06')).toEqual([]);
		expect(await told('2025-07-03 09:00', 'warehouse_check.due:2025-07')).toHaveLength(1);
		expect(await bodyOf('warehouse_check.due:2025-07')).toContain('未处理 WT202506-0001');
	});

	it('P-077: once a year the keeper gets the list of papers that may go', async () => {
		await stock('P001', 10);
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 1' });
		expect(await told('2028-06-09 09:00', 'document_archive')).toEqual([]);
		expect(await told('2028-06-10 09:00', 'document_archive')).toEqual([['document_archive.expired:2028', 'store@test.local']]);
		expect(await told('2028-12-10 09:00', 'document_archive')).toHaveLength(1);
		expect(await told('2029-01-02 09:00', 'document_archive')).toHaveLength(2);
	});

	describe('programmed ICs', () => {
		beforeEach(async () => {
			await save(database.store, 'item', { P001: { name: '空白 IC', unitOfMeasure: '片', valuable: true }, P002: { name: '主控 IC', unitOfMeasure: '片', valuable: true } });
			await stock('P001', 10);
		});
		const send = () => fire('ic_programming', 'send', null, { item: 'P001', quantity: 6, program: 'V2.1', programmed: 'P002', vendor: '华芯' }, 'W02');

		it('P-081: are ordered where the company keeps valuable parts so', async () => {
			await expect(send()).rejects.toMatchObject({ rule: 'P-081', way: expect.stringContaining('stock.valuable') as string });
		});

		it('P-081: leave by a confirmed issue, come back as a lot of their version, every piece accounted for', async () => {
			await setting(database.store, 'stock.valuable', '是');
			const { no } = await send();
			const receive = (good: number, failed: number) => fire('ic_programming', 'receive', String(no), { good, failed }, 'W02');
			await expect(receive(5, 1)).rejects.toMatchObject({ rule: 'P-081', message: expect.stringContaining('还没有出库') as string });
			const [out] = await database.store.load('goods_issue', 'paper', [String(no)]);
			expect(out).toMatchObject({ state: 'ToConfirm' });
			await fire('goods_issue', 'confirm', String(out?.['no']), {}, 'W01');
			await expect(receive(5, 0)).rejects.toMatchObject({ rule: 'P-081', message: expect.stringContaining('合计不符') as string });
			expect(await receive(5, 1)).toMatchObject({ state: 'Received', good: 5, failed: 1 });
			expect([await booksOf(database.store, 'P001'), await booksOf(database.store, 'P002')]).toMatchObject([{ card: 4 }, { card: 5 }]);
			expect(await database.store.load('stock_lot', 'item', ['P002'])).toMatchObject([{ program: 'V2.1', quantity: 5 }]);
		});
	});

	describe('freight', () => {
		const slip = (slipNo: string, fee: number, paper: string, day = '2025-05-20') => fire('courier_slip', 'enter', null, { carrier: '顺达', slipNo, day, fee, paper }, 'L02');
		const compare = (bill: readonly object[]) => fire('freight_check', 'compare', null, { carrier: '顺达', month: '2025-05', bill }, 'L02');

		it('P-082: is checked where the company chooses to', async () => {
			await expect(slip('1', 1200, '')).rejects.toMatchObject({ rule: 'P-082', way: expect.stringContaining('stock.freight') as string });
			await expect(compare([{ slipNo: '1', fee: 1200 }])).rejects.toMatchObject({ rule: 'P-082' });
		});

		it('P-082: bill, slips and what was sent are laid beside each other; what does not match is listed and not paid', async () => {
			await setting(database.store, 'stock.freight', '是');
			await stock('P001', 10);
			const { no } = await fire('goods_issue', 'issue', null, { purpose: 'other', paper: 'FH-1', lines: 'P001 1' }, 'W01', '2025-05-20 09:00');
			await slip('1', 1200, String(no));
			await slip('2', 800, 'FH-1');
			await slip('3', 500, String(no));
			await slip('4', 600, 'FH-9');
			await slip('5', 700, String(no));
			await expect(slip('5', 700, String(no))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			const check = await compare([{ slipNo: '1', fee: 1200 }, { slipNo: '2', fee: 800 }, { slipNo: '3', fee: 550 }, { slipNo: '4', fee: 600 }, { slipNo: '6', fee: 900 }, { slipNo: '1', fee: 1200 }]);
			expect((check['lines'] as { slipNo: string; finding: string }[]).map(({ slipNo, finding }) => [slipNo, finding])).toEqual([
				['1', '相符'],
				['2', '相符'],
				['3', '费用不符：登记 5.00，帐单 5.50'],
				['4', '没有出库单 FH-9'],
				['6', '没有登记快递单'],
				['1', '帐单重复'],
				['5', '帐单中没有'],
			]);
			expect(check).toMatchObject({ no: 'YF-顺达-202505', state: 'Differing', unmatched: 5, amount: 2000 });
			expect((await database.store.list('courier_slip', {})).map(({ slipNo, state }) => [slipNo, state])).toEqual([['1', 'Matched'], ['2', 'Matched'], ['3', 'Unmatched'], ['4', 'Unmatched'], ['5', 'Unmatched']]);
			await fire('courier_slip', 'correct', 'KD-顺达-3', { fee: 550, paper: String(no), reason: '改重量' }, 'L02');
			expect(await compare([{ slipNo: '1', fee: 1200 }, { slipNo: '2', fee: 800 }, { slipNo: '3', fee: 550 }])).toMatchObject({ amount: 2550, unmatched: 2 });
			expect(await fire('freight_check', 'requestPayment', 'YF-顺达-202505', {}, 'L02')).toMatchObject({ state: 'Requested', requestedBy: 'L02' });
			expect(await bodyOf('freight_check.request:YF-顺达-202505')).toContain('帐单中没有');
			expect(await fire('freight_check', 'compare', null, { carrier: '顺达', month: '2025-06', bill: [{ slipNo: '1', fee: 1200 }] }, 'L02')).toMatchObject({ state: 'Differing', amount: 0, lines: [{ finding: '已在 YF-顺达-202505 核对' }] });
		});

		it('P-082: slips and bill come by workbook, and again without harm', async () => {
			await setting(database.store, 'stock.freight', '是');
			await stock('P001', 10);
			const { no } = await fire('goods_issue', 'issue', null, { purpose: 'other', paper: 'FH-1', lines: 'P001 1' }, 'W01', '2025-05-20 09:00');
			const rowsOf = (rows: readonly (readonly string[])[]) => rows.map((cells, index) => ({ number: index + 1, cells }));
			const workbook = [
				{ name: '快递单', rows: rowsOf([['承运', '单号', '日期', '费用', '出库单/发货单', '收件人'], ['顺达', 'A1', '2025-05-20', '12.50', String(no), '城北'], ['顺达', 'A2', '2025-05-21', '8', 'FH-1', '']]) },
				{ name: '承运帐单', rows: rowsOf([['承运', '月份', '单号', '金额'], ['顺达', '2025年5月', 'A1', '12.50'], ['顺达', '2025年5月', 'A2', '9']]) },
			];
			const upload = () => importSheets(database.store, workbook, freightSheets(), 'whole', { actor: 'L02', now: at('2025-06-05 10:00') });
			expect(await upload()).toMatchObject({ stored: 4, rejected: [], findings: [] });
			expect(await upload()).toMatchObject({ rejected: [], known: 2 });
			expect(await database.store.list('freight_check', {})).toMatchObject([{ no: 'YF-顺达-202505', month: '2025-05', state: 'Differing', amount: 1250, unmatched: 1 }]);
		});

		it('P-082: on the 5th the assistant and the logistics clerk get last month\'s slips that no bill has matched', async () => {
			await setting(database.store, 'stock.freight', '是');
			await slip('1', 1200, '');
			expect(await told('2025-06-04 09:00', 'freight')).toEqual([]);
			expect(await told('2025-06-05 09:00', 'freight')).toEqual([['freight_check.due:2025-05:logistics_clerk', 'logistics@test.local'], ['freight_check.due:2025-05:service_assistant']]);
			expect(await told('2025-06-06 09:00', 'freight')).toHaveLength(2);
		});
	});
});
