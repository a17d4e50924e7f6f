import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { stocked } from '../support/warehouse';
import { loadMasterData, setting } from '../support/masterData';

const now = at('2025-06-06 15:00');

describe.each(databases)('write-off, fines and the end of an outlet on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100, P002: 50 });
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const opening = (outlet: string, deposit: number, held: number, stock: object[] = []) => fire('outlet_opening', 'book', null, { outlet, deposit, held, stock }, 'A01', at('2025-01-02 09:00'));
	const use = (repairNo: string, quantity: number, more: object = {}) => fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity, repairNo, replacedDay: '2025-05-20', warranty: 'in', ...more }, 'system');
	const giveBack = (repairNo: string, quantity: number, more: object = {}) => fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity, repairNo, shippedDay: '2025-06-05', faultCard: `K-${repairNo}`, ...more }, 'system');
	const test = (part: Row, matched: number, mismatched = 0, noFault = 0) => fire('old_part', 'test', String(part['no']), { matched, mismatched, noFault }, 'Q01');

	async function settled(): Promise<string> {
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		await fire('reconciliation', 'send', 'DZ-W01-202505', {}, 'S01');
		if ((await one('reconciliation', 'DZ-W01-202505'))['state'] === 'Sent') await fire('reconciliation', 'agree', 'DZ-W01-202505', {}, 'S01');
		await fire('reconciliation', 'writeOff', 'DZ-W01-202505', {}, 'S01');
		return 'DZ-W01-202505';
	}

	it('P-041: EX-04 ten stated and ten back are written off without a question: the held value shrinks, the deposit does not', async () => {
		await opening('W01', 200000, 50000);
		await use('R1', 10);
		await test(await giveBack('R1', 10), 10);
		await settled();
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 200000, held: 30000, receivable: 0 });
		await expect(fire('reconciliation', 'writeOff', 'DZ-W01-202505', {}, 'S01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	it('P-041 P-046: EX-04 a batch of eight shipped on the 16th is written off at 90 %; the rest stays on the outlet', async () => {
		await opening('W01', 200000, 16000);
		await use('R1', 8);
		await test(await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 8, repairNo: 'R1', shippedDay: '2025-06-16', faultCard: 'K1' }, 'system', at('2025-06-17 09:00')), 8);
		await settled();
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 1600 });
	});

	it('P-012: EX-08c old parts written off let a waiting request go on', async () => {
		await opening('W01', 100000, 33000);
		const { no } = await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'monthly', month: '2025-07', sealed: true, lines: [{ item: 'P001', quantity: 4 }] }, 'system', at('2025-06-26 09:00'));
		expect(await fire('part_request', 'review', String(no), {}, 'S01')).toMatchObject({ state: 'WaitDeposit' });
		await use('R1', 4);
		await test(await giveBack('R1', 4), 4);
		await settled();
		expect(await one('part_request', String(no))).toMatchObject({ state: 'Reviewed', excess: 0 });
	});

	it('P-044: three parts without fault are a proposal of 120.00; confirmed by the after-sales manager, with freight, from the deposit', async () => {
		await opening('W01', 200000, 50000);
		await use('R1', 3);
		await test(await giveBack('R1', 3), 0, 0, 3);
		await settled();
		const [fine] = await database.store.list('outlet_fine', {});
		expect(fine).toMatchObject({ state: 'Proposed', cause: 'noFault', quantity: 3, amount: 12000, working: '无故障 3 件 × 40.00 元' });
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 200000 });
		await expect(fire('outlet_fine', 'confirm', String(fine?.['no']), {}, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await fire('outlet_fine', 'confirm', String(fine?.['no']), { freight: 1850 }, 'A01')).toMatchObject({ state: 'Deducted', fromDeposit: 13850, owed: 0 });
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 186150, receivable: 0 });
		expect((await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith('outlet_fine.deducted'))).toMatchObject([{ recipients: ['w01@test.local'], rule: 'P-044' }]);
		await fire('outlet_fine', 'reverse', String(fine?.['no']), { reason: '复检有故障' }, 'A01');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 200000, receivable: 0 });
	});

	it('P-048: parts of 85.00 out of warranty cost 850.00 once verified: the deposit first, the rest is owed; unverified nothing', async () => {
		await opening('W01', 60000, 50000);
		await use('R1', 1, { item: 'P002', warranty: 'out' });
		const part = await giveBack('R1', 1, { item: 'P002' });
		await test(part, 1);
		expect(await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01')).toMatchObject({ fineAmount: 0, creditAmount: 0 });
		await expect(fire('old_part', 'verifyImproper', String(part['no']), {}, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await fire('old_part', 'verifyImproper', String(part['no']), {}, 'A01');
		await settled();
		const [fine] = await database.store.list('outlet_fine', {});
		expect(fine).toMatchObject({ cause: 'improper', amount: 85000, working: '供价合计 85.00 元 × 10 倍' });
		await expect(fire('outlet_fine', 'confirm', String(fine?.['no']), { freight: 100 }, 'A01')).rejects.toMatchObject({ rule: 'P-044' });
		expect(await fire('outlet_fine', 'confirm', String(fine?.['no']), {}, 'A01')).toMatchObject({ fromDeposit: 60000, owed: 25000 });
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 0, receivable: 25000 });
		await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'receivable', amount: 25000, paidOn: '2025-06-06' }, 'K01');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ receivable: 0 });
	});

	it('P-041: a write-off made wrongly is booked back and its proposals are dropped, but not past a fine already taken', async () => {
		await opening('W01', 200000, 50000);
		await use('R1', 3);
		await test(await giveBack('R1', 3), 2, 0, 1);
		const no = await settled();
		const [fine] = await database.store.list('outlet_fine', {});
		await fire('outlet_fine', 'confirm', String(fine?.['no']), {}, 'A01');
		await expect(fire('reconciliation', 'undoWriteOff', no, { reason: '检测有误' }, 'A01')).rejects.toMatchObject({ message: expect.stringContaining('已经扣款') as string });
		await fire('outlet_fine', 'reverse', String(fine?.['no']), { reason: '检测有误' }, 'A01');
		await fire('reconciliation', 'undoWriteOff', no, { reason: '检测有误' }, 'A01');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 200000, held: 50000 });
		expect(await one('reconciliation', no)).toMatchObject({ state: 'Disputed' });
	});

	it('P-041: with parts.repair_record a part counts only with its repair record', async () => {
		await setting(database.store, 'parts.repair_record', '是');
		await use('R1', 1);
		await use('R2', 1);
		await test(await giveBack('R1', 1), 1);
		await test(await giveBack('R2', 1), 1);
		await fire('repair_record', 'report', null, { outlet: 'W01', month: '2025-05', repairNo: 'R2', customerName: '刘', model: 'KF', repairDay: '2025-05-20', fault: '不冷', repairer: '张' }, 'system');
		const statement = await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		expect((statement['lines'] as { repairNo: string; credited: number; why: string }[]).map(({ repairNo, credited, why }) => [repairNo, credited, why.includes('没有维修记录单')])).toEqual([['R1', 0, true], ['R2', 1, false]]);
	});

	it('P-046: a part that comes with a later month\'s list finds the usage of its own month, and only once', async () => {
		await use('R1', 2);
		await giveBack('R1', 1);
		await use('R7', 1, { month: '2025-06', replacedDay: '2025-06-02' });
		await giveBack('R1', 2, { month: '2025-06', shippedDay: '2025-06-06' });
		const statement = await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-06' }, 'S01');
		expect((statement['lines'] as object[])).toMatchObject([{ repairNo: 'R1', pending: 1, confiscated: 1, pct: 100 }, { repairNo: 'R7', missing: 1 }]);
	});

	it('P-045: what goes to production control is what was credited and confiscated, once', async () => {
		await use('R1', 3);
		await test(await giveBack('R1', 5), 3, 2, 0);
		await use('R2', 1);
		await test(await giveBack('R2', 1), 0, 1, 0);
		const no = await settled();
		expect(await fire('old_part_handover', 'handOver', null, { statement: no, receivedBy: '生控老李' }, 'S01')).toMatchObject({ lines: [{ item: 'P001', quantity: 5 }], pieces: 5 });
		expect(await one('reconciliation', no)).toMatchObject({ state: 'HandedOver' });
		await expect(fire('old_part_handover', 'handOver', null, { statement: no, receivedBy: '生控老李' }, 'S01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
	});

	describe('cancelling', () => {
		const list = { originalOn: '2025-06-06', items: [{ item: '维修资料', quantity: 1, condition: '完好' }], signed: true };
		const begin = async () => {
			const { no } = await fire('outlet_cancel', 'request', null, { outlet: 'W01', breach: '三次虚报' }, 'R01');
			await fire('outlet_cancel', 'approve', String(no), {}, 'A01');
			return String(no);
		};

		it('P-004: EX-08d of a book value of 800 undamaged parts of 650 come back: 150 is lost, 1850.00 of the deposit goes back', async () => {
			await opening('W01', 200000, 0);
			await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity: 40 }] }, 'system');
			const [request] = await database.store.list('part_request', {});
			await fire('part_request', 'review', String(request?.['no']), { cuts: [{ item: 'P001', quantity: 33, reason: '额度' }] }, 'S01');
			const shipped = await fire('shipment', 'ship', null, { request: request?.['no'], way: 'freight' }, 'S01');
			await fire('shipment', 'receive', String(shipped['no']), {}, 'S01');
			await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'goods', amount: 2000, paidOn: '2025-06-06' }, 'K01');
			expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 64000 });
			const no = await begin();
			expect(await one('outlet', 'W01')).toMatchObject({ active: false });
			await expect(fire('outlet_cancel', 'settle', no, {}, 'A01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await expect(fire('outlet_cancel', 'fileHandover', no, { ...list, signed: false }, 'R01')).rejects.toMatchObject({ rule: 'P-003' });
			await fire('outlet_cancel', 'fileHandover', no, list, 'R01');
			await expect(fire('outlet_cancel', 'takeBack', no, { documentsBack: false, back: [] }, 'S01')).rejects.toMatchObject({ rule: 'P-003' });
			expect(await fire('outlet_cancel', 'takeBack', no, { documentsBack: true, back: [{ item: 'P001', good: 25, damaged: 2 }] }, 'S01')).toMatchObject({ backValue: 50000 });
			expect(await fire('outlet_cancel', 'settle', no, {}, 'A01')).toMatchObject({ refund: 200000 - 14000, owed: 0, settlement: { lost: 14000 } });
			await fire('outlet_cancel', 'close', no, {}, 'A01');
			expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ state: 'Closed', deposit: 0, held: 0, receivable: 0 });
		});

		it('P-003: what is open at the outlet is refused with the cancellation or stops the settlement; nobody agrees to his own application', async () => {
			await opening('W01', 200000, 50000);
			const { no: request } = await fire('part_request', 'submit', null, { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity: 1 }] }, 'system');
			await use('R1', 1);
			await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
			const no = await begin();
			expect(await one('part_request', String(request))).toMatchObject({ state: 'Refused', refusedBecause: `网点取消 ${no}` });
			await fire('outlet_cancel', 'fileHandover', no, list, 'R01');
			await fire('outlet_cancel', 'takeBack', no, { documentsBack: true, back: [] }, 'S01');
			await expect(fire('outlet_cancel', 'settle', no, {}, 'A01')).rejects.toMatchObject({ message: expect.stringContaining('2025-05 的对帐') as string });
			await expect(fire('outlet_cancel', 'request', null, { outlet: 'W01', breach: '再次' }, 'R01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('P-004: more lost than deposited: nothing goes back and the rest is owed', async () => {
			await opening('W01', 100000, 130000);
			const no = await begin();
			await fire('outlet_cancel', 'fileHandover', no, list, 'R01');
			await fire('outlet_cancel', 'takeBack', no, { documentsBack: true, back: [] }, 'S01');
			expect(await fire('outlet_cancel', 'settle', no, {}, 'A01')).toMatchObject({ refund: 0, owed: 30000 });
			expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 0, held: 0, receivable: 30000 });
			await fire('outlet_cancel', 'close', no, {}, 'A01');
			expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ state: 'Open' });
		});
	});
});
