import { importSheets } from '../../engine/importSheets';
import { outletPapers } from '../../engine/importTargets';
import { saveRecords } from '../../engine/saveRecords';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';
import { stocked } from '../support/warehouse';

const now = at('2025-06-06 15:00');

describe.each(databases)('what must not cost money or leave somebody stuck on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100, P002: 50 });
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const account = (outlet = 'W01') => one('outlet_account', `ZH-${outlet}`);
	const stock = async (item = 'P001') => (await database.store.load('stock_card', 'item', [item]))[0]?.['balance'];
	const pay = (amount: number, purpose = 'deposit', outlet = 'W01') => fire('outlet_payment', 'receive', null, { outlet, purpose, amount, paidOn: '2025-06-01' }, 'K01');
	const opening = (deposit: number, held: number, pieces: object[] = [], outlet = 'W01') => fire('outlet_opening', 'book', null, { outlet, deposit, held, stock: pieces }, 'A01', at('2025-01-02 09:00'));
	const price = (no: string, supplyPrice: number, validFrom: string) => database.store.transaction((transaction) => saveRecords(transaction, 'price', [{ no, values: { item: 'P001', priceKind: 'part', supplyPrice, validFrom } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));

	async function approved(quantity: number, outlet = 'W01'): Promise<string> {
		const { no } = await fire('part_request', 'submit', null, { outlet, requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity }] }, 'G02');
		await fire('part_request', 'review', String(no), {}, 'S01');
		return String(no);
	}
	const ship = async (request: string, lines: object[] | null = null, when = now) => String((await fire('shipment', 'ship', null, { request, way: 'freight', lines }, 'S01', when))['no']);
	const use = (quantity: number, repairNo = 'R1', more: object = {}) => fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity, repairNo, replacedDay: '2025-05-20', warranty: 'in', ...more }, 'system');
	const giveBack = (quantity: number, repairNo = 'R1', more: object = {}) => fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity, repairNo, shippedDay: '2025-06-05', faultCard: 'K1', ...more }, 'system');
	const tested = async (part: Row, matched: number, mismatched = 0, noFault = 0) => fire('old_part', 'test', String(part['no']), { matched, mismatched, noFault }, 'Q01');
	const settleMonth = async (month: string, when = now) => {
		const no = `DZ-W01-${month.replace('-', '')}`;
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month }, 'S01', when);
		await fire('reconciliation', 'send', no, {}, 'S01', when);
		if ((await one('reconciliation', no))['state'] === 'Sent') await fire('reconciliation', 'agree', no, {}, 'S01', when);
		return await fire('reconciliation', 'writeOff', no, {}, 'S01', when);
	};

	describe('the same part on two lines', () => {
		beforeEach(() => pay(300000));
		const twice = (quantity: number) => [{ item: 'P001', quantity }, { item: 'P001', quantity }];

		it('P-023: does not ship more than was approved', async () => {
			const no = await approved(5);
			await expect(ship(no, twice(5))).rejects.toMatchObject({ message: expect.stringContaining('还可发 5 件，不能发 10 件') as string });
			expect([await stock(), await account()]).toMatchObject([100, { held: 0 }]);
		});

		it('P-032: does not claim more than was shipped', async () => {
			const shipment = await ship(await approved(5));
			await expect(fire('shipment', 'claim', shipment, { short: twice(5), answer: '少' }, 'S01')).rejects.toMatchObject({ rule: 'P-032' });
		});

		it('P-033: does not move more than is there', async () => {
			await pay(300000, 'deposit', 'W02');
			await ship(await approved(5));
			const { no } = await fire('part_transfer', 'apply', null, { fromOutlet: 'W01', toOutlet: 'W02', lines: twice(3) }, 'R01');
			await expect(fire('part_transfer', 'move', String(no), {}, 'S01')).rejects.toMatchObject({ message: expect.stringContaining('帐面只有配件 P001 5 件') as string });
		});
	});

	it('P-033: a transfer after a price change moves what the giver was charged', async () => {
		await pay(300000);
		await pay(300000, 'deposit', 'W02');
		await ship(await approved(5));
		await price('P001-9', 9900, '2025-06-07');
		const { no } = await fire('part_transfer', 'apply', null, { fromOutlet: 'W01', toOutlet: 'W02', lines: [{ item: 'P001', quantity: 5 }] }, 'R01');
		await fire('part_transfer', 'move', String(no), {}, 'S01', at('2025-06-09 09:00'));
		expect([await account(), await account('W02')]).toMatchObject([{ held: 0 }, { held: 10000 }]);
	});

	describe('P-011: parts that an outlet gives back undamaged', () => {
		beforeEach(() => pay(300000));

		it('P-011: come off what it holds and into stock, and go back by a reversal', async () => {
			await ship(await approved(5));
			const { no } = await fire('outlet_return', 'takeBack', null, { outlet: 'W01', lines: [{ item: 'P001', quantity: 2 }], reason: '多领' }, 'W90');
			expect([await stock(), await account()]).toMatchObject([97, { held: 6000 }]);
			await expect(fire('outlet_return', 'takeBack', null, { outlet: 'W01', lines: [{ item: 'P001', quantity: 4 }], reason: '多领' }, 'W90')).rejects.toMatchObject({ message: expect.stringContaining('帐面只有配件 P001 3 件') as string });
			const [receipt] = await database.store.load('goods_in', 'basis', [String(no)]);
			await expect(fire('goods_in', 'reverse', String(receipt?.['no']), { reason: '错' }, 'W90')).rejects.toMatchObject({ rule: 'P-011' });
			await fire('outlet_return', 'reverse', String(no), { reason: '错' }, 'A01');
			expect([await stock(), await account()]).toMatchObject([95, { held: 10000 }]);
		});

		it('P-011 P-023: the keeper can neither send to outlets nor take back from them past their accounts', async () => {
			const shipment = await ship(await approved(5));
			const issue = (paper: string | null) => fire('goods_issue', 'issue', null, { purpose: 'shipment', paper, lines: [{ item: 'P001', quantity: 5 }] }, 'W90');
			await expect(issue(null)).rejects.toMatchObject({ rule: 'P-023' });
			await expect(issue(shipment)).rejects.toMatchObject({ rule: 'P-023' });
			await expect(fire('goods_in', 'takeBack', null, { origin: 'outlet', paper: 'W01', lines: [{ item: 'P001', quantity: 5 }] }, 'W90')).rejects.toMatchObject({ rule: 'P-011' });
			expect(await stock()).toBe(95);
		});
	});

	it('P-011: two requests weighed at once are weighed one after the other', async () => {
		await pay(100000);
		const numbers: string[] = [];
		for (let count = 0; count < 2; count++) numbers.push(String((await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity: 10 }] }, 'system'))['no']));
		const { apply } = await import('../../engine/engine');
		await apply(database.store, 'part_request', 'review', numbers.map((no) => ({ no, input: {} })), { actor: 'S01', now });
		expect((await database.store.load('part_request', 'no', numbers)).map(({ state }) => state).sort()).toEqual(['Approved', 'WaitDeposit']);
	});

	it('P-011: a credit lends nothing, and nobody pays more than he owes', async () => {
		await opening(100000, 2000);
		await use(20);
		await tested(await giveBack(20), 20);
		await settleMonth('2025-05');
		expect(await account()).toMatchObject({ held: 2000 - 40000 });
		const { no } = await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity: 17 }] }, 'system');
		expect(await fire('part_request', 'review', String(no), {}, 'S01')).toMatchObject({ state: 'WaitDeposit', excess: 667 });
		await expect(pay(100, 'goods')).rejects.toMatchObject({ message: expect.stringContaining('配件货款只有 0.00 元') as string });
		await expect(pay(100, 'receivable')).rejects.toMatchObject({ rule: 'P-011' });
	});

	it('P-010: a deposit that fines have eaten ships nothing more', async () => {
		await pay(100000);
		const no = await approved(3);
		const { no: payment } = (await database.store.list('outlet_payment', {}))[0] as Row;
		await fire('outlet_payment', 'reverse', String(payment), { reason: '退票' }, 'K01');
		await pay(60000);
		await expect(ship(no)).rejects.toMatchObject({ rule: 'P-010', message: expect.stringContaining('600.00 元，不足 1,000.00 元') as string });
	});

	it('P-011: a branch centre of the company is supplied without deposit and limit', async () => {
		await database.store.transaction((transaction) => saveRecords(transaction, 'outlet', [{ no: 'FB1', values: { name: '分公司服务中心', exempt: true, active: true } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		await ship(await approved(60, 'FB1'));
		expect(await account('FB1')).toMatchObject({ deposit: 0, held: 120000 });
	});

	describe('used parts', () => {
		beforeEach(() => opening(200000, 50000));

		it('P-041: a part is credited once, whichever month is settled first', async () => {
			await use(1);
			await tested(await giveBack(1, 'R1', { month: '2025-06', shippedDay: '2025-06-04' }), 1);
			await settleMonth('2025-06', at('2025-07-02 09:00'));
			expect(await account()).toMatchObject({ held: 48000 });
			await tested(await giveBack(1), 1);
			expect(await settleMonth('2025-05', at('2025-07-03 09:00'))).toMatchObject({ creditAmount: 0, confiscated: 1 });
			expect(await account()).toMatchObject({ held: 48000 });
		});

		it('M-105: a usage line is not voided once another month\'s statement has counted its parts', async () => {
			await use(1);
			await tested(await giveBack(1, 'R1', { month: '2025-06' }), 1);
			await settleMonth('2025-06', at('2025-07-02 09:00'));
			await expect(fire('usage_line', 'void', 'SY-W01-R1-P001', { reason: '错' }, 'S01')).rejects.toMatchObject({ rule: 'P-041' });
		});

		it('P-043 P-044: a part without card, or one without fault, does not take the place of the right one', async () => {
			await use(1);
			await giveBack(1, 'R1', { shippedDay: '2025-06-03', faultCard: null });
			await tested(await giveBack(1, 'R1', { shippedDay: '2025-06-05' }), 1);
			await use(1, 'R2');
			await tested(await giveBack(1, 'R2', { shippedDay: '2025-06-03' }), 0, 0, 1);
			await tested(await giveBack(1, 'R2', { shippedDay: '2025-06-05' }), 1);
			expect(await settleMonth('2025-05')).toMatchObject({ credited: 2, creditAmount: 4000, confiscated: 0, fineAmount: 4000 });
		});

		it('P-040: nothing is used in the future', async () => {
			await expect(use(1, 'R9', { month: '2025-06', replacedDay: '2025-06-07' })).rejects.toMatchObject({ message: expect.stringContaining('在将来') as string });
		});
	});

	describe('cancelling', () => {
		const begin = async () => {
			const { no } = await fire('outlet_cancel', 'request', null, { outlet: 'W01', breach: '虚报' }, 'R01');
			await fire('outlet_cancel', 'approve', String(no), {}, 'A01');
			await fire('outlet_cancel', 'fileHandover', String(no), { originalOn: '2025-06-06', items: [], signed: true }, 'R01');
			return String(no);
		};
		const back = (no: string, lines: object[] | null) => fire('outlet_cancel', 'takeBack', no, { documentsBack: true, back: lines }, 'S01');
		const settle = (no: string) => fire('outlet_cancel', 'settle', no, {}, 'A01');

		it('P-004: opening stock that comes back whole costs nothing, listed or not, in one box or two', async () => {
			await opening(200000, 50000, [{ item: 'P001', quantity: 25 }]);
			const no = await begin();
			await back(no, [{ item: 'P001', good: 20, damaged: 0 }]);
			await back(no, [{ item: 'P001', good: 5, damaged: 0 }]);
			expect(await settle(no)).toMatchObject({ refund: 200000, owed: 0, backValue: 50000 });
			await opening(100000, 50000, [], 'W02');
			const { no: other } = await fire('outlet_cancel', 'request', null, { outlet: 'W02', breach: '虚报' }, 'R01');
			await fire('outlet_cancel', 'approve', String(other), {}, 'A01');
			await fire('outlet_cancel', 'fileHandover', String(other), { originalOn: '2025-06-06', items: [], signed: true }, 'R01');
			await back(String(other), [{ item: 'P001', good: 25, damaged: 0 }]);
			expect(await settle(String(other))).toMatchObject({ refund: 100000, owed: 0 });
		});

		it('P-004: pieces the outlet never had do not pay for those that are missing', async () => {
			await pay(300000);
			await ship(await approved(2));
			await fire('shipment', 'receive', String((await database.store.list('shipment', {}))[0]?.['no']), {}, 'S01');
			const no = await begin();
			await expect(back(no, [{ item: 'P001', good: 20, damaged: 0 }])).rejects.toMatchObject({ message: expect.stringContaining('帐面只有配件 P001 2 件，不能收回 20 件') as string });
			await back(no, null);
			expect(await settle(no)).toMatchObject({ refund: 300000 - 4000 });
		});

		it('P-004: open fines and months without a statement stop the settlement', async () => {
			await opening(200000, 50000);
			await use(1);
			await tested(await giveBack(1), 0, 0, 1);
			const no = await begin();
			await back(no, null);
			await expect(settle(no)).rejects.toMatchObject({ message: expect.stringContaining('2025-05 的对帐') as string });
			await settleMonth('2025-05');
			const [fine] = await database.store.list('outlet_fine', {});
			await expect(settle(no)).rejects.toMatchObject({ message: expect.stringContaining(String(fine?.['no'])) as string });
			await fire('outlet_fine', 'waive', String(fine?.['no']), { reason: '取消' }, 'A01');
			expect(await settle(no)).toMatchObject({ refund: 150000 });
		});

		it('P-004: money that comes in after the settlement is settled too before the account is closed; nothing is undone after', async () => {
			await opening(200000, 50000);
			await use(1);
			await tested(await giveBack(1), 1);
			await settleMonth('2025-05');
			const no = await begin();
			await back(no, null);
			await settle(no);
			await pay(5000);
			await expect(fire('outlet_cancel', 'close', no, {}, 'A01')).rejects.toMatchObject({ message: expect.stringContaining('押金 50.00 元') as string });
			expect(await settle(no)).toMatchObject({ refund: 200000 - 48000 + 5000 });
			await fire('outlet_cancel', 'close', no, {}, 'A01');
			expect(await account()).toMatchObject({ state: 'Closed', deposit: 0, held: 0 });
			await expect(fire('reconciliation', 'undoWriteOff', 'DZ-W01-202505', { reason: '错' }, 'A01')).rejects.toMatchObject({ rule: 'P-004' });
		});

		it('P-002: a code is never given twice', async () => {
			const application = { code: 'W01', name: '新网点', region: '东区', address: 'x', contact: 'x', phone: '1', mail: 'x@test.local' };
			await fire('outlet_cancel', 'approve', String((await fire('outlet_cancel', 'request', null, { outlet: 'W01', breach: '虚报' }, 'R01'))['no']), {}, 'A01');
			await expect(fire('outlet_setup', 'apply', null, application, 'R01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await fire('outlet_setup', 'apply', null, { ...application, code: 'W09' }, 'R01');
			await expect(fire('outlet_setup', 'apply', null, { ...application, code: 'W09' }, 'R01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});
	});

	describe('a request in two shipments', () => {
		beforeEach(() => pay(300000));

		it('P-032: is received when both are, and a shortage found late opens it again', async () => {
			const no = await approved(5);
			const [first, second] = [await ship(no, [{ item: 'P001', quantity: 2 }]), await ship(no)];
			await fire('shipment', 'receive', first, {}, 'S01');
			expect(await one('part_request', no)).toMatchObject({ state: 'Shipped' });
			await fire('shipment', 'receive', second, {}, 'A01');
			expect(await one('part_request', no)).toMatchObject({ state: 'Received' });
			await fire('part_request', 'close', no, {}, 'S01');
			const third = await ship(await approved(1));
			await fire('shipment', 'claim', third, { short: [{ item: 'P001', quantity: 1 }], answer: '少一件' }, 'S01');
			await fire('shipment', 'settleClaim', third, { decision: 'refused', settleNote: '签收无误' }, 'A01');
			expect(await one('shipment', third)).toMatchObject({ state: 'Settled' });
		});

		it('P-022: what will not be shipped any more is dropped and frees the outlet\'s room', async () => {
			const no = await approved(5);
			await ship(no, [{ item: 'P001', quantity: 2 }]);
			await expect(fire('part_request', 'refuse', no, { reason: '停产' }, 'S01')).rejects.toMatchObject({ code: 'CONDITION_NOT_MET' });
			expect(await fire('part_request', 'dropRest', no, { reason: '停产' }, 'S01')).toMatchObject({ state: 'Shipped', approvedTotal: 4000, lines: [{ approved: 2, shipped: 2, cutReason: '余数不发：停产' }] });
		});
	});

	it('P-081: valuable parts leave for an outlet when a second person agrees; until then nothing is held and no silence runs', async () => {
		await setting(database.store, 'stock.valuable', '是');
		await database.store.transaction((transaction) => saveRecords(transaction, 'item', [{ no: 'P001', values: { valuable: true } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		await pay(300000);
		const no = await approved(5);
		const first = await ship(no);
		expect(await one('shipment', first)).toMatchObject({ state: 'ToConfirm', noticeAt: null, deemedDueAt: null });
		expect([await stock(), (await account())['held']]).toEqual([100, 0]);
		await expect(ship(no)).rejects.toMatchObject({ code: 'CONDITION_NOT_MET' });
		await fire('shipment', 'cancel', first, { settleNote: '录错' }, 'S01');
		const second = await ship(no);
		await expect(fire('shipment', 'confirm', second, {}, 'S01')).rejects.toMatchObject({ rule: 'P-081' });
		await fire('shipment', 'confirm', second, {}, 'W90');
		expect([await stock(), (await account())['held']]).toEqual([95, 10000]);
		expect(await one('shipment', second)).toMatchObject({ state: 'Shipped', confirmedBy: 'W90' });
	});

	it('P-020: a request sheet with a bad line is not taken in half; the mended file makes one request', async () => {
		const upload = (rows: (string | number)[][], kind = 'monthly', when = at('2025-06-26 09:00')) => importSheets(database.store, [{ name: '零配件申请表', rows: [['配件编码', '申请数量'], ...rows].map((cells, index) => ({ number: index + 1, cells })) }], outletPapers('W01', '2025-05', '2025-07', { requestKind: kind, sealed: true, regionSignedBy: null, reason: '退机', serial: null }), 'rows', { actor: 'system', now: when });
		for (const kind of ['monthly', 'emergency']) {
			const bad = await upload([['P001', 3], ['X99', 1]], kind);
			expect(bad).toMatchObject({ stored: 0, rejected: [{ row: 2, reasons: [expect.stringContaining('整张没有登记') as string] }, { row: 3 }] });
			expect(await upload([['P001', 3], ['P002', 1]], kind)).toMatchObject({ stored: 2, rejected: [] });
		}
		expect(await database.store.list('part_request', {})).toHaveLength(2);
	});

	it('P-020: a count put right later changes only what differed on its day', async () => {
		await pay(300000);
		await ship(await approved(5));
		await fire('outlet_count', 'report', null, { outlet: 'W01', month: '2025-06', item: 'P001', counted: 3 }, 'system');
		await ship(await approved(10));
		await fire('outlet_count', 'accept', 'WP-W01-2025-06-P001', {}, 'A01');
		expect((await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-07', sealed: true, lines: [{ item: 'P001', quantity: 1 }] }, 'system', at('2025-06-26 09:00')))['lines']).toMatchObject([{ stock: 13 }]);
	});

	it('P-050: what an outlet owes is set off against its fee once', async () => {
		for (const [key, value] of [['outlet.fees', '是'], ['outlet.repair_fee', '30']] as const) await setting(database.store, key, value);
		await opening(0, 0);
		await use(1, 'R1', { warranty: 'out' });
		const part = await giveBack(1);
		await tested(part, 1);
		await fire('old_part', 'verifyImproper', String(part['no']), {}, 'A01');
		await settleMonth('2025-05');
		await fire('outlet_fine', 'confirm', String((await database.store.list('outlet_fine', {}))[0]?.['no']), {}, 'A01');
		await fire('repair_record', 'report', null, { outlet: 'W01', month: '2025-05', repairNo: 'R1', customerName: '刘', model: 'KF', repairDay: '2025-05-20', fault: '不冷', repairer: '张' }, 'system');
		await fire('repair_record', 'accept', 'WX-W01-R1', {}, 'S01');
		const fee = await fire('outlet_fee', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		expect(fee).toMatchObject({ gross: 3000, fines: 3000, net: 0 });
		await fire('outlet_fee', 'pay', String(fee['no']), {}, 'K01');
		expect(await account()).toMatchObject({ receivable: 20000 - 3000 });
	});
});
