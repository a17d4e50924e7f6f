import { importSheets } from '../../engine/importSheets';
import { countSheet, openingStockSheet } from '../../engine/importTargets';
import { setting } from '../support/masterData';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { booksOf, firing, openWarehouse, save } from '../support/warehouse';

const sheet = (name: string, rows: readonly (readonly string[])[]) => [{ name, rows: rows.map((cells, index) => ({ number: index + 1, cells })) }];

describe.each(databases)('counting on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await openWarehouse(database.store);
		await fire('opening_stock', 'enter', null, { item: 'P001', lot: 'A', receivedDay: '2025-05-01', quantity: 5, zone: 'A', shelf: '1', level: '中' }, 'W01', '2025-06-01 09:00');
		await fire('opening_stock', 'enter', null, { item: 'P001', lot: 'B', receivedDay: '2025-05-03', quantity: 5 }, 'W01', '2025-06-01 09:00');
		await fire('opening_stock', 'enter', null, { item: 'P002', lot: 'A', receivedDay: '2025-05-01', quantity: 4 }, 'W01', '2025-06-01 09:00');
	});
	afterEach(() => database.drop());

	const fire = firing(() => database.store);
	const count = (event: string, input: Record<string, unknown> = {}, actor = 'W01', when?: string) => fire('stock_count', event, 'PD202506-001', input, actor, when);
	const start = (input: Record<string, unknown> = {}, when?: string) => fire('stock_count', 'start', null, { countKind: 'cycle', ...input }, 'W01', when);
	const slip = (event: string, no: string, input: Record<string, unknown> = {}, actor = 'W01') => fire('stock_adjustment', event, no, input, actor);
	const books = (item: string) => booksOf(database.store, item);
	const both = (balance: number) => ({ card: balance, moves: balance, lots: balance });
	const cardOf = async (item: string) => (await database.store.load('stock_card', 'item', [item]))[0];

	/** Counted with differences, approved by the supervisor. */
	const toSlips = async (counted: string) => {
		await start();
		await count('enter', { counted });
		await count('submit');
		await count('approve', {}, 'A01');
	};

	it('P-073 P-074 P-078: receive, issue, count, shortage and surplus, slips, approvals, posting', async () => {
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 3' });
		const sheetPaper = await start();
		expect(sheetPaper).toMatchObject({ no: 'PD202506-001', state: 'Draft', month: '2025-06', lines: [{ item: 'P002', book: 4, counted: null }, { item: 'P001', book: 7, counted: null, location: 'A-1-中' }] });
		expect(await count('enter', { counted: 'P001 5' })).toMatchObject({ state: 'Draft' });
		await expect(count('submit')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await count('enter', { counted: 'P002 5' })).toMatchObject({ state: 'Counted', differences: 2, countedBy: 'W01', lines: [{ difference: 1 }, { difference: -2 }] });
		await count('submit');
		await expect(count('post')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await count('approve', {}, 'A01');
		await expect(count('post')).rejects.toMatchObject({ rule: 'P-074', message: expect.stringContaining('PY-PD202506-001、PK-PD202506-001') as string });
		expect([await books('P001'), await books('P002')]).toEqual([both(7), both(4)]);

		await expect(slip('issue', 'PK-PD202506-001', {}, 'A01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await slip('explain', 'PK-PD202506-001', { causes: 'P001 1 一件在 维修台 找回 一件去向不明' })).toMatchObject({ state: 'Explained', lines: [{ item: 'P001', book: 7, counted: 5, quantity: 2, recovered: 1, cause: '一件在 维修台 找回 一件去向不明' }] });
		await slip('explain', 'PY-PD202506-001', { causes: 'P002 0 上月退料未登记' });
		for (const no of ['PK-PD202506-001', 'PY-PD202506-001']) {
			await slip('issue', no, {}, 'A01');
			await expect(slip('approve', no, {}, 'W01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await slip('approve', no, {}, 'G02')).toMatchObject({ state: 'Approved', approvals: [{ role: '总经理', by: 'G02' }] });
		}
		expect(await count('post')).toMatchObject({ state: 'Posted', postedBy: 'W01' });
		expect([await books('P001'), await books('P002')]).toEqual([both(6), both(5)]);
		expect((await database.store.list('stock_adjustment', {})).map(({ state }) => state)).toEqual(['Posted', 'Posted']);
		expect((await database.store.list('stock_move', {})).slice(-2).map(({ moveKind, paper, quantity }) => [moveKind, paper, quantity]).sort()).toEqual([['shortage', 'PK-PD202506-001', -1], ['surplus', 'PY-PD202506-001', 1]]);
		expect(await cardOf('P001')).toMatchObject({ counted: 6, balance: 6 });
		expect((await database.store.list('notice', {})).filter(({ rule }) => rule === 'P-074')).toMatchObject([{ recipients: ['gm@test.local'] }, { recipients: ['gm@test.local'] }]);
		await expect(count('post')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	it('P-074: every department named signs, nobody for two, none that is not named, not who issued the slip', async () => {
		await setting(database.store, 'stock.slip_approvers', '会计员,总经理');
		await toSlips('P001 9\nP002 4');
		await slip('explain', 'PK-PD202506-001', { causes: 'P001 0 不明' });
		await slip('issue', 'PK-PD202506-001', {}, 'A01');
		await expect(slip('approve', 'PK-PD202506-001', {}, 'B01')).rejects.toMatchObject({ code: 'NOT_ALLOWED', way: '还需会签：会计员、总经理' });
		expect(await slip('approve', 'PK-PD202506-001', {}, 'G02')).toMatchObject({ state: 'Issued' });
		await expect(count('post')).rejects.toMatchObject({ rule: 'P-074' });
		await expect(slip('approve', 'PK-PD202506-001', {}, 'G02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await slip('approve', 'PK-PD202506-001', {}, 'K01')).toMatchObject({ state: 'Approved' });
		await save(database.store, 'person', { A01: { name: '售后经理', roles: 'after_sales_manager,accountant', active: true } });
		await count('post');
		expect(await books('P001')).toEqual(both(9));
	});

	it('P-074: a slip that nobody could sign is not issued', async () => {
		await setting(database.store, 'stock.slip_approvers', '总经理,技术员');
		await toSlips('P001 9\nP002 4');
		await slip('explain', 'PK-PD202506-001', { causes: 'P001 0 不明' });
		await expect(slip('issue', 'PK-PD202506-001', {}, 'A01')).rejects.toMatchObject({ rule: 'P-074', message: expect.stringContaining('技术员') as string });
	});

	it('P-074: who issued the slip does not sign it; one not approved sends the count back to be done anew', async () => {
		await save(database.store, 'person', { A01: { name: '售后经理', roles: 'after_sales_manager,general_manager', active: true } });
		await toSlips('P001 9\nP002 5');
		await expect(slip('explain', 'PK-PD202506-001', { causes: 'P001 2 x' })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(slip('explain', 'PK-PD202506-001', { causes: 'P002 0 x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await slip('explain', 'PK-PD202506-001', { causes: 'P001 0 不明' });
		await slip('issue', 'PK-PD202506-001', {}, 'A01');
		await expect(slip('approve', 'PK-PD202506-001', {}, 'A01')).rejects.toMatchObject({ rule: 'P-074', message: expect.stringContaining('不能自己审批') as string });
		await slip('refuse', 'PK-PD202506-001', { reason: '请重盘' }, 'G02');
		expect((await database.store.list('stock_adjustment', {})).map(({ no, state }) => [no, state])).toEqual([['PK-PD202506-001', 'Refused'], ['PY-PD202506-001', 'Void']]);
		expect(await database.store.load('stock_count', 'no', ['PD202506-001'])).toMatchObject([{ state: 'Rejected', rejectReason: '请重盘', lines: [{ counted: null }, { counted: null }] }]);
		await count('enter', { counted: 'P001 10\nP002 4' });
		await count('submit');
		await count('approve', {}, 'A01');
		expect(await count('post')).toMatchObject({ state: 'Posted', differences: 0 });
		expect(await books('P001')).toEqual(both(10));
	});

	it('P-074: goods that move between count and posting stay right, and one difference found twice is posted once', async () => {
		await toSlips('P001 8\nP002 4');
		await start({ items: 'P001' });
		await fire('stock_count', 'enter', 'PD202506-002', { counted: 'P001 8' });
		await fire('stock_count', 'submit', 'PD202506-002', {});
		await fire('stock_count', 'approve', 'PD202506-002', {}, 'A01');
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 1' });
		for (const no of ['PK-PD202506-001', 'PK-PD202506-002']) {
			await slip('explain', no, { causes: 'P001 0 不明' });
			await slip('issue', no, {}, 'A01');
			await slip('approve', no, {}, 'G02');
		}
		await count('post');
		expect(await books('P001')).toEqual(both(7));
		await expect(fire('stock_count', 'post', 'PD202506-002', {})).rejects.toMatchObject({ rule: 'P-074', message: expect.stringContaining('又盘点或更正过') as string });
		await fire('stock_count', 'recount', 'PD202506-002', { reason: '重复' }, 'A01');
		await fire('stock_count', 'enter', 'PD202506-002', { counted: 'P001 7' });
		await fire('stock_count', 'submit', 'PD202506-002', {});
		await fire('stock_count', 'approve', 'PD202506-002', {}, 'A01');
		await fire('stock_count', 'post', 'PD202506-002', {});
		expect(await books('P001')).toEqual(both(7));
	});

	it('P-073: goods that move between the counting and its entry make no difference when its time is given, and are pointed out when not', async () => {
		await start({}, '2025-06-09 08:00');
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 2' }, 'W01', '2025-06-09 11:00');
		expect(await count('enter', { counted: 'P001 10' }, 'W01', '2025-06-09 14:00')).toMatchObject({ lines: [{}, { item: 'P001', book: 8, difference: 2, note: '编制后有收发' }] });
		expect(await count('enter', { counted: 'P001 10\nP002 4', at: '2025-06-09 09:30' }, 'W01', '2025-06-09 14:00')).toMatchObject({ state: 'Counted', differences: 0, lines: [{ item: 'P002' }, { item: 'P001', book: 10, difference: 0, note: null }] });
		expect(await cardOf('P001')).toMatchObject({ balance: 8, counted: 8 });
		for (const at_ of ['2025-06-09 07:59', '2025-06-09 14:01']) await expect(count('enter', { counted: 'P001 10', at: at_ }, 'W01', '2025-06-09 14:00')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
	});

	it('P-074: a surplus that turns out to be somebody else\'s is no goods of ours, and nothing is booked', async () => {
		await toSlips('P001 10\nP002 5');
		await slip('explain', 'PY-PD202506-001', { causes: 'P002 1 城北网点寄存' });
		expect(await cardOf('P002')).toMatchObject({ balance: 4, counted: 4 });
		await slip('issue', 'PY-PD202506-001', {}, 'A01');
		await slip('approve', 'PY-PD202506-001', {}, 'G02');
		await count('post');
		expect(await books('P002')).toEqual(both(4));
	});

	it('P-074: posted twice at the same time, the difference is booked once', async () => {
		await toSlips('P001 8\nP002 4');
		await slip('explain', 'PK-PD202506-001', { causes: 'P001 0 不明' });
		await slip('issue', 'PK-PD202506-001', {}, 'A01');
		await slip('approve', 'PK-PD202506-001', {}, 'G02');
		const results = await Promise.allSettled([count('post'), count('post'), fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P001 1' })]);
		expect(results.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(2);
		expect(await books('P001')).toEqual(both(7));
	});

	it('P-078: the books do not change before the supervisor\'s word; his no means another count, and he does not judge his own', async () => {
		await start();
		await count('enter', { counted: 'P001 10\nP002 4' });
		await expect(count('approve', {}, 'A01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await count('submit');
		expect((await database.store.list('notice', {})).filter(({ rule }) => rule === 'P-078')).toMatchObject([{ recipients: ['asm@test.local'] }]);
		await expect(count('approve', {}, 'W01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await count('reject', { reason: '货架没有清点' }, 'A01')).toMatchObject({ state: 'Rejected', lines: [{ counted: null }, { counted: null }] });
		await expect(count('post')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await count('enter', { counted: 'P001 10' })).toMatchObject({ state: 'Rejected' });
		await count('enter', { counted: 'P002 4' });
		await save(database.store, 'person', { W01: { name: '仓管', roles: 'storekeeper,dept_manager', active: true } });
		await count('submit');
		await expect(count('approve', {}, 'W01')).rejects.toMatchObject({ rule: 'P-078' });
		await count('approve', {}, 'B01');
		expect(await count('post')).toMatchObject({ state: 'Posted' });
	});

	it('P-073: a count of what moved names what moved since it was counted; the monthly one also what is due; the full one all', async () => {
		await save(database.store, 'item', { P003: { name: '风扇', unitOfMeasure: '件' } });
		await fire('opening_stock', 'enter', null, { item: 'P003', receivedDay: '2025-01-01', quantity: 1 }, 'W01', '2025-06-01 09:00');
		await start({ countKind: 'full' });
		await count('enter', { counted: 'P001 10\nP002 4\nP003 1' }, 'W01', '2025-06-09 11:00');
		await expect(start({ countKind: 'move' }, '2025-06-10 09:00')).rejects.toMatchObject({ rule: 'P-073' });
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P002 1' }, 'W01', '2025-06-20 09:00');
		const items = async (countKind: string, when: string) => ((await start({ countKind }, when))['lines'] as { item: string }[]).map(({ item }) => item).sort();
		expect(await items('move', '2025-06-26 09:00')).toEqual(['P002']);
		expect(await items('cycle', '2025-06-26 09:00')).toEqual(['P002']);
		expect(await items('cycle', '2025-09-09 09:00')).toEqual(['P001', 'P002', 'P003']);
		expect(await items('full', '2025-12-26 09:00')).toEqual(['P001', 'P002', 'P003']);
	});

	it('P-073: parts may be named; what is not kept, or given twice, is refused; what is found besides is added', async () => {
		await expect(start({ items: 'P001，P999' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		expect(await start({ items: 'P001', blind: true })).toMatchObject({ blind: true, lines: [{ item: 'P001' }] });
		await expect(count('enter', { counted: 'P001 1\nP001 2' })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(count('enter', { counted: 'GS01 1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(count('enter', { counted: 'P001 -1' })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		expect(await count('enter', { counted: 'P001 10\nP002 4' })).toMatchObject({ state: 'Counted', lines: [{ item: 'P001' }, { item: 'P002' }] });
		expect(await count('void', { reason: '重复编制' })).toMatchObject({ state: 'Void' });
	});

	it('P-073: a filled-in sheet is entered as a whole, sent twice changes nothing, and what is wrong is said by row', async () => {
		await start();
		const rows = [['盘点号', '配件编码', '配件名称', '帐面', '实物'], ['PD202506-001', 'P001', '压缩机', '10', '9'], ['PD202506-001', 'P002', '电路板', '4', '4']];
		const options = { actor: 'W01', now: at('2025-06-09 11:00') };
		expect(await importSheets(database.store, sheet('盘点表', rows), countSheet(), 'whole', options)).toMatchObject({ stored: 2, rejected: [] });
		expect(await importSheets(database.store, sheet('盘点表', rows), countSheet(), 'whole', options)).toMatchObject({ rejected: [] });
		expect(await database.store.load('stock_count', 'no', ['PD202506-001'])).toMatchObject([{ state: 'Counted', differences: 1 }]);
		const wrong = await importSheets(database.store, sheet('盘点表', [...rows, ['PD202506-001', 'GS01', '', '', '1']]), countSheet(), 'whole', options);
		expect(wrong).toMatchObject({ stored: 0 });
		expect(wrong.findings.filter(({ level }) => level === 'error')[0]?.message).toContain('GS01');
		expect(await importSheets(database.store, sheet('盘点表', [rows[0] as string[], ['PD202506-009', 'P001', '', '', '9']]), countSheet(), 'whole', options)).toMatchObject({ stored: 0, findings: [{ message: expect.stringContaining('PD202506-009') as string }] });
		expect(await importSheets(database.store, sheet('盘点表', rows), countSheet(), 'whole', { ...options, actor: 'Y01' })).toMatchObject({ stored: 0 });
	});

	it('P-070: the opening stock comes by sheet, line by line, and again without effect', async () => {
		await save(database.store, 'item', { P003: { name: '风扇', unitOfMeasure: '件' } });
		const rows = [['配件编码', '数量', '批次', '入库日期', '程序版本', '库区', '货架', '层'], ['P003', '7', 'L1', '2025-05-01', '', 'A', '2', '上'], ['P003', '2', '', '2025-05-02', '', '', '', '']];
		const options = { actor: 'W01', now: at('2025-06-09 11:00') };
		expect(await importSheets(database.store, sheet('期初库存', rows), openingStockSheet(), 'rows', options)).toMatchObject({ stored: 2 });
		expect(await importSheets(database.store, sheet('期初库存', rows), openingStockSheet(), 'rows', options)).toMatchObject({ stored: 0, known: 2 });
		expect(await books('P003')).toEqual(both(9));
		expect(await importSheets(database.store, sheet('期初库存', [rows[0] as string[], ['P003', '8', 'L1', '2025-05-01', '', 'A', '2', '上'], ['P999', '1', '', '2025-05-01', '', '', '', '']]), openingStockSheet(), 'rows', options)).toMatchObject({ stored: 0, rejected: [{ no: 'QC-P003#L1' }, { no: 'QC-P999#期初' }] });
	});
});
