import fc from 'fast-check';
import { apply } from '../../engine/engine';
import { setting } from '../support/masterData';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { booksOf, firing, openWarehouse, save } from '../support/warehouse';

describe.each(databases)('stock on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await openWarehouse(database.store);
	});
	afterEach(() => database.drop());

	const fire = firing(() => database.store);
	const openLot = (item: string, lot: string, receivedDay: string, quantity: number) => fire('opening_stock', 'enter', null, { item, lot, receivedDay, quantity });
	const issue = (lines: unknown, input: Record<string, unknown> = {}, actor = 'W01', when?: string) => fire('goods_issue', 'issue', null, { purpose: 'other', lines, ...input }, actor, when);
	const books = (item: string) => booksOf(database.store, item);
	const both = (balance: number) => ({ card: balance, moves: balance, lots: balance });
	const twoLots = async () => {
		await openLot('P001', 'A', '2025-05-01', 5);
		await openLot('P001', 'B', '2025-05-03', 5);
	};

	it('P-070 P-072: an issue takes the oldest lots, writes the card with the balance after each line, and says where it took from', async () => {
		await twoLots();
		expect(await issue('P001 7', { purpose: 'repair', paper: 'XH-1' })).toMatchObject({ no: 'CK202506-0001', state: 'Issued', picks: [{ item: 'P001', lot: 'A', quantity: 5 }, { item: 'P001', lot: 'B', quantity: 2 }] });
		expect((await database.store.load('stock_move', 'item', ['P001'])).map(({ lot, quantity, balance, moveKind, paper }) => [lot, quantity, balance, moveKind, paper])).toEqual([
			['A', 5, 5, 'opening', 'QC-P001#A'],
			['B', 5, 10, 'opening', 'QC-P001#B'],
			['A', -5, 5, 'repair', 'CK202506-0001'],
			['B', -2, 3, 'repair', 'CK202506-0001'],
		]);
		expect((await database.store.load('stock_lot', 'item', ['P001'])).map(({ lot, quantity, state }) => [lot, quantity, state])).toEqual([['A', 0, 'Empty'], ['B', 3, 'InStock']]);
		expect(await database.store.load('stock_card', 'no', ['KP-P001'])).toMatchObject([{ balance: 3, lastOutDay: '2025-06-09' }]);
		expect(await books('P001')).toEqual(both(3));
	});

	it('P-070: an issue that is short in one line takes nothing of any, and names the part, wanted and there', async () => {
		await twoLots();
		await expect(issue('P001 3\nP002 1')).rejects.toMatchObject({ rule: 'P-070', message: expect.stringContaining('配件 P002 需要 1，库存 0') as string });
		await expect(issue('P001 6\nP001 5')).rejects.toMatchObject({ message: expect.stringContaining('配件 P001 需要 11，库存 10') as string });
		expect(await books('P001')).toEqual(both(10));
		expect(await database.store.list('goods_issue', {})).toEqual([]);
		await expect(issue('')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
		await expect(issue('P001 0')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(issue('P001 1.5')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
	});

	it('P-070: of two issues of the last piece at the same time one wins; twelve at once leave nothing below zero', async () => {
		await openLot('P001', 'A', '2025-05-01', 1);
		const once = await Promise.allSettled([issue('P001 1'), issue('P001 1')]);
		expect(once.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(once.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { rule: 'P-070' } });
		await openLot('P002', 'A', '2025-05-01', 5);
		await openLot('P001', 'B', '2025-05-02', 5);
		const many = await Promise.allSettled(Array.from({ length: 12 }, (_value, index) => issue(index % 2 === 0 ? 'P001 1\nP002 1' : 'P002 1\nP001 1')));
		expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
		expect([await books('P001'), await books('P002')]).toEqual([both(0), both(0)]);
	});

	it('P-070: goods come in and go out at the same time, and the first two receipts of a part open one card', async () => {
		await Promise.all([1, 2, 3, 4].map(() => fire('goods_in', 'takeBack', null, { origin: 'other', paper: 'W01', lines: 'P001 2' })));
		await Promise.all([issue('P001 3'), fire('goods_in', 'takeBack', null, { origin: 'repair', lines: 'P001 1' }), issue('P001 2')]);
		expect(await books('P001')).toEqual(both(4));
		expect(await database.store.list('stock_card', {})).toHaveLength(1);
	});

	it('P-070: issues of one batch see each other', async () => {
		await openLot('P001', 'A', '2025-05-01', 3);
		const outcomes = await apply(database.store, 'goods_issue', 'issue', [1, 2].map(() => ({ input: { purpose: 'other', lines: 'P001 2' } })), { actor: 'W01', now: at('2025-06-09 10:00'), mode: 'each' });
		expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
		expect(await books('P001')).toEqual(both(1));
	});

	it('P-072: issues of one batch take from the lots one after the other', async () => {
		await twoLots();
		const outcomes = await apply(database.store, 'goods_issue', 'issue', [1, 2].map(() => ({ input: { purpose: 'other', lines: 'P001 4' } })), { actor: 'W01', now: at('2025-06-09 10:00') });
		expect(outcomes).toMatchObject([{ document: { picks: [{ lot: 'A', quantity: 4 }] } }, { document: { picks: [{ lot: 'A', quantity: 1 }, { lot: 'B', quantity: 3 }] } }]);
	});

	it('P-070: where card and lots disagree, neither goes below zero', async () => {
		await twoLots();
		await database.store.replace('stock_card', (await database.store.load('stock_card', 'item', ['P001'])).map((card) => ({ ...card, balance: 1 })));
		await expect(issue('P001 2')).rejects.toMatchObject({ rule: 'P-070', message: expect.stringContaining('只有 1 件') as string });
	});

	it('P-070: the same request sent twice is booked once', async () => {
		await twoLots();
		const twice = () => apply(database.store, 'goods_issue', 'issue', [{ input: { purpose: 'other', lines: 'P001 2' }, key: 'form-1' }], { actor: 'W01', now: at('2025-06-09 10:00') });
		await twice();
		expect(await twice()).toMatchObject([{ repeated: true }]);
		expect(await books('P001')).toEqual(both(8));
	});

	it('P-070: a part that is not on file is not booked, and only who keeps the warehouse books', async () => {
		await expect(fire('goods_in', 'takeBack', null, { origin: 'other', lines: 'P999 1' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('P999') as string });
		expect(await database.store.list('goods_in', {})).toEqual([]);
		await expect(issue('P001 1', {}, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await expect(fire('stock_card', 'turn', 'KP-P001', { item: 'P001', lot: 'x', quantity: 5, moveKind: 'opening', paper: 'x' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await expect(fire('stock_move', 'write', null, { item: 'P001', lot: 'x', quantity: 5, balance: 5, moveKind: 'opening', paper: 'x' }, 'system')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
	});

	it('P-070: parts that come back are booked at once as a lot of their own, the youngest', async () => {
		await twoLots();
		expect(await fire('goods_in', 'takeBack', null, { origin: 'other', paper: 'QX-1', lines: 'P001 2\nP002 1' })).toMatchObject({ no: 'RK202506-0001', state: 'Booked', basis: 'QX-1', lines: [{ item: 'P001', lot: 'RK202506-0001-1' }, { item: 'P002', lot: 'RK202506-0001-2' }] });
		expect(await issue('P001 11')).toMatchObject({ picks: [{ lot: 'A' }, { lot: 'B' }, { lot: 'RK202506-0001-1', quantity: 1 }] });
	});

	it('P-070: the opening stock of a part and lot is entered once', async () => {
		await openLot('P001', 'A', '2025-05-01', 5);
		await expect(openLot('P001', 'A', '2025-05-01', 5)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		await expect(openLot('P001', 'C', '2025-06-10', 5)).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		expect(await books('P001')).toEqual(both(5));
	});

	it('P-070: what was booked wrongly is taken back by lines of its own, with a reason, as far as the lots hold it', async () => {
		await twoLots();
		const out = await issue('P001 7');
		await expect(fire('goods_issue', 'reverse', String(out['no']), {})).rejects.toMatchObject({ code: 'FIELD_MISSING' });
		expect(await fire('goods_issue', 'reverse', String(out['no']), { reason: '发错' })).toMatchObject({ state: 'Reversed', reversedBy: 'W01' });
		await expect(fire('goods_issue', 'reverse', String(out['no']), { reason: '发错' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect((await database.store.load('stock_lot', 'item', ['P001'])).map(({ quantity }) => quantity)).toEqual([5, 5]);
		expect(await database.store.load('stock_move', 'item', ['P001'])).toHaveLength(6);
		await issue('P001 1');
		await expect(fire('opening_stock', 'void', 'QC-P001#A', { reason: '数错' })).rejects.toMatchObject({ rule: 'P-070', message: expect.stringContaining('批次 A 只有 4 件') as string });
		expect(await fire('opening_stock', 'void', 'QC-P001#B', { reason: '数错' })).toMatchObject({ state: 'Void' });
		expect(await books('P001')).toEqual(both(4));
	});

	it('P-072: a lot used up that comes again is as old as its new goods; put back, it is as old as before', async () => {
		await twoLots();
		const out = await issue('P001 5');
		await fire('goods_issue', 'reverse', String(out['no']), { reason: '发错' });
		expect(await issue('P001 6')).toMatchObject({ picks: [{ lot: 'A', quantity: 5 }, { lot: 'B', quantity: 1 }] });
		const { no } = await fire('goods_in', 'deliver', null, { lines: 'P001 3 A' });
		await fire('goods_in', 'inspect', String(no), { result: 'pass' }, 'Q01');
		await fire('goods_in', 'book', String(no), {});
		expect(await issue('P001 5')).toMatchObject({ picks: [{ lot: 'B', quantity: 4 }, { lot: 'A', quantity: 1 }] });
	});

	it('P-081: one lot has one program version', async () => {
		await fire('opening_stock', 'enter', null, { item: 'P002', lot: 'L1', receivedDay: '2025-05-02', quantity: 2, program: 'V1' });
		const { no } = await fire('goods_in', 'deliver', null, { lines: 'P002 3 L1 V2' });
		await fire('goods_in', 'inspect', String(no), { result: 'pass' }, 'Q01');
		await expect(fire('goods_in', 'book', String(no), {})).rejects.toMatchObject({ rule: 'P-081', message: expect.stringContaining('V1') as string });
		expect(await books('P002')).toEqual(both(2));
	});

	describe('purchased goods', () => {
		const delivered = () => fire('goods_in', 'deliver', null, { supplier: '华东电子', basis: 'DH-1', slip: 'S1', lines: 'P001 10\nP002 2 L77 V1.2' });

		it('P-080: delivered, inspected, checked by the keeper, then in stock; not before', async () => {
			const { no } = await delivered();
			await expect(fire('goods_in', 'book', String(no), {})).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await expect(fire('goods_in', 'inspect', String(no), { result: 'pass' }, 'W01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('goods_in', 'inspect', String(no), { result: 'pass' }, 'Q01')).toMatchObject({ state: 'Passed', inspector: 'Q01' });
			expect(await books('P001')).toEqual(both(0));
			await expect(fire('goods_in', 'book', String(no), { counted: 'P001 9\nP002 2' })).rejects.toMatchObject({ rule: 'P-080', message: expect.stringContaining('P001 送货单 10、实点 9') as string });
			const second = await delivered();
			await fire('goods_in', 'inspect', String(second['no']), { result: 'pass' }, 'Q01');
			expect(await fire('goods_in', 'book', String(second['no']), { counted: [] })).toMatchObject({ state: 'Booked' });
			await fire('goods_in', 'reverse', String(second['no']), { reason: '重复' });
			expect(await fire('goods_in', 'book', String(no), { counted: 'P001 10\nP002 2' }, 'W01', '2025-06-10 09:00')).toMatchObject({ state: 'Booked', bookedBy: 'W01', bookedDay: '2025-06-10' });
			expect(await books('P001')).toEqual(both(10));
			expect(await database.store.load('stock_lot', 'item', ['P002'])).toMatchObject([{ lot: 'L77', program: 'V1.2', receivedDay: '2025-06-10' }]);
			await expect(fire('goods_in', 'book', String(no), {})).rejects.toMatchObject({ code: 'WRONG_STATE' });
		});

		it('P-080: what fails, at the inspection or at the keeper\'s check, goes to the supervisor and back, never into stock', async () => {
			const { no } = await delivered();
			await expect(fire('goods_in', 'inspect', String(no), { result: 'fail' }, 'Q01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await fire('goods_in', 'inspect', String(no), { result: 'fail', note: '外壳破损' }, 'Q01');
			await expect(fire('goods_in', 'book', String(no), {})).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await database.store.list('notice', {})).toMatchObject([{ subject: `入库不合格 ${String(no)}`, recipients: ['asm@test.local'] }]);
			expect(await fire('goods_in', 'sendBack', String(no), { note: '退供应商' }, 'A01')).toMatchObject({ state: 'Returned', returnedBy: 'A01' });
			const second = await delivered();
			await fire('goods_in', 'inspect', String(second['no']), { result: 'pass' }, 'Q01');
			expect(await fire('goods_in', 'reject', String(second['no']), { reason: '少一件' })).toMatchObject({ state: 'Failed' });
			await expect(fire('goods_in', 'sendBack', String(second['no']), {}, 'W01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect([await books('P001'), await books('P002')]).toEqual([both(0), both(0)]);
		});
	});

	it('P-071: goods lie where their part belongs; a dangerous one elsewhere is warned of, and no more once it is moved', async () => {
		await save(database.store, 'item', { P001: { name: '稀释剂', unitOfMeasure: '瓶', hazardous: true, zone: 'A', shelf: '3', level: '上' } });
		await openLot('P001', 'A', '2025-05-01', 5);
		expect(await database.store.load('stock_lot', 'no', ['PC-P001#A'])).toMatchObject([{ zone: 'A', shelf: '3', warning: expect.stringContaining('稀释剂') as string }]);
		expect(await fire('stock_lot', 'relocate', 'PC-P001#A', { zone: '危险品区', shelf: '1', level: '中' })).toMatchObject({ zone: '危险品区', warning: null });
	});

	it('P-079: damaged stock goes out when the supervisor approves the list, not before and not twice', async () => {
		await twoLots();
		await expect(fire('scrap_list', 'submit', null, { lines: 'P001 11 进水' })).rejects.toMatchObject({ rule: 'P-079', message: expect.stringContaining('库存 10') as string });
		const list = await fire('scrap_list', 'submit', null, { lines: 'P001 4 运输中 进水' });
		expect(list).toMatchObject({ no: 'BS202506-0001', state: 'Submitted', lines: [{ item: 'P001', quantity: 4, reason: '运输中 进水' }] });
		await expect(issue('P001 4', { purpose: 'scrap', paper: String(list['no']) })).rejects.toMatchObject({ rule: 'P-079' });
		await expect(issue('P001 4', { purpose: 'scrap' })).rejects.toMatchObject({ rule: 'P-079' });
		await expect(fire('scrap_list', 'approve', String(list['no']), {})).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await books('P001')).toEqual(both(10));
		await fire('scrap_list', 'approve', String(list['no']), {}, 'A01');
		expect(await books('P001')).toEqual(both(6));
		const [out] = await database.store.list('goods_issue', {});
		expect(out).toMatchObject({ purpose: 'scrap', paper: list['no'], state: 'Issued' });
		await expect(issue('P001 4', { purpose: 'scrap', paper: String(list['no']) })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		await fire('goods_issue', 'reverse', String(out?.['no']), { reason: '数量有误' });
		await expect(issue('P001 5', { purpose: 'scrap', paper: String(list['no']) })).rejects.toMatchObject({ rule: 'P-079', message: expect.stringContaining('核准的 P001 是 4') as string });
		await issue('P001 3', { purpose: 'scrap', paper: String(list['no']) });
		expect(await books('P001')).toEqual(both(7));
	});

	it('P-079: a list sent back is corrected, and nobody approves his own', async () => {
		await twoLots();
		const { no } = await fire('scrap_list', 'submit', null, { lines: 'P001 4 进水' });
		await fire('scrap_list', 'sendBack', String(no), { reason: '请附照片' }, 'A01');
		await expect(fire('scrap_list', 'approve', String(no), {}, 'A01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await save(database.store, 'person', { W01: { name: '仓管', roles: 'storekeeper,dept_manager', active: true } });
		expect(await fire('scrap_list', 'resubmit', String(no), { lines: 'P001 2 进水' })).toMatchObject({ state: 'Submitted', backReason: null });
		await expect(fire('scrap_list', 'approve', String(no), {})).rejects.toMatchObject({ rule: 'P-079', code: 'NOT_ALLOWED' });
		await fire('scrap_list', 'approve', String(no), {}, 'B01');
		expect(await books('P001')).toEqual(both(8));
	});

	describe('valuable parts', () => {
		beforeEach(async () => {
			await save(database.store, 'item', { P002: { name: '主控 IC', unitOfMeasure: '片', valuable: true } });
			await openLot('P002', 'A', '2025-05-01', 2);
		});

		it('P-081: go out at once until the company chooses otherwise; then with a second person\'s word only', async () => {
			expect(await issue('P002 1')).toMatchObject({ state: 'Issued' });
			await setting(database.store, 'stock.valuable', '是');
			const asked = await issue('P002 1');
			expect(asked).toMatchObject({ state: 'ToConfirm' });
			expect(await books('P002')).toEqual(both(1));
			await expect(fire('goods_issue', 'confirm', String(asked['no']), {}, 'W01')).rejects.toMatchObject({ rule: 'P-081', code: 'NOT_ALLOWED' });
			expect(await fire('goods_issue', 'confirm', String(asked['no']), {}, 'W02')).toMatchObject({ state: 'Issued', confirmedBy: 'W02' });
			expect(await books('P002')).toEqual(both(0));
		});

		it('P-081: what was taken meanwhile is not confirmed; a cancelled issue moves nothing', async () => {
			await setting(database.store, 'stock.valuable', '是');
			const [first, second] = [await issue('P002 2'), await issue('P002 1')];
			await fire('goods_issue', 'confirm', String(second['no']), {}, 'A01');
			await expect(fire('goods_issue', 'confirm', String(first['no']), {}, 'A01')).rejects.toMatchObject({ rule: 'P-070' });
			expect(await fire('goods_issue', 'cancel', String(first['no']), { reason: '不需要' })).toMatchObject({ state: 'Cancelled' });
			expect(await books('P002')).toEqual(both(1));
		});

		it('P-079 P-081: approved scrap needs no further word', async () => {
			await setting(database.store, 'stock.valuable', '是');
			const { no } = await fire('scrap_list', 'submit', null, { lines: 'P002 1 击穿' });
			await fire('scrap_list', 'approve', String(no), {}, 'A01');
			expect(await database.store.list('goods_issue', {})).toMatchObject([{ purpose: 'scrap', state: 'Issued' }]);
		});

		it('P-081: the program version belongs to the lot, and an issue may ask for one', async () => {
			await fire('opening_stock', 'enter', null, { item: 'P002', lot: 'B', receivedDay: '2025-05-02', quantity: 2, program: 'V2.0' });
			expect(await issue('P002 1', { program: 'V2.0' })).toMatchObject({ picks: [{ lot: 'B' }] });
			await expect(issue('P002 2', { program: 'V2.0' })).rejects.toMatchObject({ message: expect.stringContaining('库存 1') as string });
		});
	});

	it('P-070: whatever comes, goes and is taken back, card, lots and ledger agree and nothing is negative', async () => {
		const step = fc.record({ act: fc.constantFrom('in', 'out', 'undoIn', 'undoOut'), item: fc.constantFrom('P001', 'P002'), quantity: fc.integer({ min: 1, max: 6 }), which: fc.nat(3) });
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
				for (const { act, item, quantity, which } of steps) {
					const [kind, state] = act === 'undoIn' ? ['goods_in', 'Booked'] : ['goods_issue', 'Issued'];
					const papers = act.startsWith('undo') ? await database.store.list(kind, { where: [{ column: 'state', is: '=', value: state }] }) : [];
					const no = String(papers[which % Math.max(1, papers.length)]?.['no']);
					const work =
						act === 'in' ? fire('goods_in', 'takeBack', null, { origin: 'other', lines: [{ item, quantity }] }) : act === 'out' ? issue([{ item, quantity }, { item: 'P001', quantity: 1 }]) : papers.length === 0 ? null : fire(kind, 'reverse', no, { reason: 'x' });
					await work?.catch((error: { code?: string }) => expect(error.code).toBe('CONDITION_NOT_MET'));
				}
				for (const item of ['P001', 'P002']) {
					const { card, moves, lots } = await books(item);
					expect([moves, lots]).toEqual([card, card]);
					expect(card).toBeGreaterThanOrEqual(0);
				}
				expect((await database.store.list('stock_move', {})).filter(({ balance }) => Number(balance) < 0)).toEqual([]);
			}),
			{ numRuns: 12 },
		);
	});
});
