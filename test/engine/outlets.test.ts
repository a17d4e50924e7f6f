import { fireDueClocks } from '../../engine/engine';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { stocked } from '../support/warehouse';
import { loadMasterData, setting } from '../support/masterData';

const march = at('2025-03-01 09:00');
const application = { code: 'W03', name: '城东网点', region: '东区', address: '东大街 3 号', contact: '钱老板', phone: '13812345678', mail: 'w03@test.local' };
const seen = { visitedOn: '2025-02-20', licence: true, premises: true, technicians: 2, clerks: true, equipment: true, accepts: true, opinion: '可以建立' };

describe.each(databases)('an outlet from application to cancellation on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100, P002: 50 });
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => march);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const notices = async (rule: string) => (await database.store.list('notice', {})).filter((notice) => notice['rule'] === rule);
	const pay = (outlet: string, amount: number, purpose = 'deposit', actor = 'K01', when = march) => fire('outlet_payment', 'receive', null, { outlet, purpose, amount, paidOn: when.slice(0, 10) }, actor, when);

	async function approved(): Promise<string> {
		const { no } = await fire('outlet_setup', 'apply', null, application, 'system');
		await fire('outlet_setup', 'visit', String(no), seen, 'R01');
		await fire('outlet_setup', 'check', String(no), {}, 'R01');
		await fire('outlet_setup', 'approve', String(no), {}, 'G02');
		return String(no);
	}

	it('P-001: one technician is not enough, and every lack is named', async () => {
		const { no } = await fire('outlet_setup', 'apply', null, application, 'system');
		await fire('outlet_setup', 'visit', String(no), { ...seen, technicians: 1, equipment: false }, 'R01');
		await expect(fire('outlet_setup', 'check', String(no), {}, 'R01')).rejects.toMatchObject({ rule: 'P-001', message: expect.stringMatching(/1 人，至少 2 人.*；通讯/) as string });
		await fire('outlet_setup', 'visit', String(no), seen, 'R01');
		expect(await fire('outlet_setup', 'check', String(no), {}, 'R01')).toMatchObject({ state: 'Checked', checkedBy: 'R01' });
	});

	it('P-002: nobody is approved unchecked, and nobody is active without an agreement', async () => {
		const { no } = await fire('outlet_setup', 'apply', null, application, 'system');
		await expect(fire('outlet_setup', 'approve', String(no), {}, 'G02')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await expect(fire('outlet_setup', 'sign', String(no), { agreementNo: 'XY1', signedOn: '2025-03-01' }, 'S01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await database.store.load('outlet', 'no', ['W03'])).toEqual([]);
		await expect(fire('outlet_setup', 'apply', null, { ...application, code: 'W01' }, 'system')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
	});

	it('P-002 O-007: who checked does not approve', async () => {
		await database.store.replace('person', (await database.store.load('person', 'no', ['R01'])).map((person) => ({ ...person, roles: '区域经理，副总经理' })));
		const { no } = await fire('outlet_setup', 'apply', null, application, 'system');
		await fire('outlet_setup', 'visit', String(no), seen, 'R01');
		await fire('outlet_setup', 'check', String(no), {}, 'R01');
		await expect(fire('outlet_setup', 'approve', String(no), {}, 'R01')).rejects.toMatchObject({ rule: 'O-007' });
	});

	it('P-010: the deposit is due ten days after signing, reminded on the eighth, and the regional manager hears of a late one', async () => {
		const no = await approved();
		await fire('outlet_setup', 'sign', no, { agreementNo: 'XY2025-1', signedOn: '2025-03-01' }, 'S01');
		expect(await one('outlet_setup', no)).toMatchObject({ state: 'Agreed', depositDueAt: at('2025-03-12 00:00') });
		expect(await one('outlet', 'W03')).toMatchObject({ active: false, agreementDay: '2025-03-01' });
		await fireDueClocks(database.store, at('2025-03-09 00:00'));
		expect(await notices('P-010')).toEqual([]);
		await fireDueClocks(database.store, at('2025-03-09 00:01'));
		expect((await notices('P-010')).map(({ key }) => key)).toEqual([`outlet_setup.deposit:${no}`]);
		await fireDueClocks(database.store, at('2025-03-12 00:00'));
		expect(await notices('P-010')).toHaveLength(1);
		await fireDueClocks(database.store, at('2025-03-12 00:01'));
		expect(await notices('P-010')).toMatchObject([{ recipients: ['w03@test.local'] }, { recipients: ['region@test.local'] }]);
	});

	it('P-010: 999.99 is booked but not enough; the rest makes the outlet active', async () => {
		const no = await approved();
		await fire('outlet_setup', 'sign', no, { agreementNo: 'XY2025-1', signedOn: '2025-03-01' }, 'S01');
		expect(await pay('W03', 99999)).toMatchObject({ result: expect.stringContaining('不足 1,000.00 元，还差 0.01 元') as string });
		expect(await one('outlet_setup', no)).toMatchObject({ state: 'Agreed' });
		expect(await one('outlet', 'W03')).toMatchObject({ active: false });
		await pay('W03', 1);
		expect(await one('outlet_setup', no)).toMatchObject({ state: 'Active' });
		expect(await one('outlet', 'W03')).toMatchObject({ active: true });
		expect(await database.store.list('outlet_entry', { orderBy: [{ column: 'no' }] })).toMatchObject([{ entryKind: 'pay', amount: 99999, balance: 99999 }, { entryKind: 'topup', amount: 1, balance: 100000 }]);
	});

	it('P-010: a payment booked wrongly is taken back by an entry of its own; no deposit goes below nothing', async () => {
		const { no } = await pay('W01', 100000);
		await fire('outlet_payment', 'reverse', String(no), { reason: '记错网点' }, 'K01');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ deposit: 0 });
		expect((await database.store.list('outlet_entry', {})).map(({ amount, note }) => [amount, note])).toEqual([[100000, null], [-100000, '记错网点']]);
		await expect(fire('outlet_payment', 'reverse', String(no), { reason: '再来一次' }, 'K01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	describe('what an outlet asks for', () => {
		const may26 = at('2025-05-26 10:00');
		const june = { outlet: 'W01', requestKind: 'monthly', month: '2025-06', sealed: true, lines: [{ item: 'P001', quantity: 5 }] };
		const emergency = { outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '无配件无备用机，客户要求退机', lines: [{ item: 'P001', quantity: 1 }] };
		const submit = (input: object, when = may26, actor = 'system') => fire('part_request', 'submit', null, input, actor, when);
		beforeEach(() => pay('W01', 100000));

		it('P-020: a request shows for each part what was used last month and what is there', async () => {
			await fire('outlet_opening', 'book', null, { outlet: 'W02', deposit: 100000, held: 10000, stock: [{ item: 'P001', quantity: 9 }] }, 'A01', at('2025-03-31 09:00'));
			await fire('usage_line', 'state', null, { outlet: 'W02', month: '2025-04', item: 'P001', quantity: 4, repairNo: 'R1', replacedDay: '2025-04-20', warranty: 'in' }, 'system', may26);
			await fire('usage_line', 'state', null, { outlet: 'W02', month: '2025-03', item: 'P001', quantity: 2, repairNo: 'R0', replacedDay: '2025-03-20', warranty: 'in' }, 'system', may26);
			const request = await submit({ ...june, outlet: 'W02' });
			expect(request['lines']).toMatchObject([{ item: 'P001', quantity: 5, price: 2000, usedLast: 4, stock: 5 }]);
			expect(request).toMatchObject({ no: 'PJ-W02-202506', total: 10000 });
		});

		it('P-021: on the 25th it is kept as a draft and sent by itself on the 26th; on the 31st it is late', async () => {
			expect(await submit(june, at('2025-05-25 10:00'))).toMatchObject({ state: 'Draft', timing: expect.stringContaining('早于') as string });
			await fireDueClocks(database.store, at('2025-05-26 00:01'));
			expect(await one('part_request', 'PJ-W01-202506')).toMatchObject({ state: 'Submitted', submittedDay: '2025-05-26', timing: null });
			expect(await submit({ ...june, outlet: 'W02' }, at('2025-05-31 10:00'))).toMatchObject({ state: 'Submitted', timing: expect.stringContaining('迟报') as string });
			await expect(submit({ ...june, outlet: 'W02' }, at('2025-05-31 10:00'))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('P-020: seal, lines, prices and month are asked for by name', async () => {
			await expect(submit({ ...june, sealed: false })).rejects.toMatchObject({ message: expect.stringContaining('申请表没有网点公章') as string });
			await expect(submit({ ...june, lines: [] })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await expect(submit({ ...june, lines: [{ item: 'P001', quantity: 1 }, { item: 'P001', quantity: 2 }] })).rejects.toMatchObject({ message: expect.stringContaining('配件 P001 写了两行') as string });
			await expect(submit({ ...june, lines: [{ item: 'X9', quantity: 1 }] })).rejects.toMatchObject({ rule: 'P-083' });
			await expect(submit({ ...june, month: null })).rejects.toMatchObject({ rule: 'P-021' });
			await expect(submit({ ...june, month: '2025-04' })).rejects.toMatchObject({ message: expect.stringContaining('月份 2025-04 已经过去') as string });
			await expect(submit({ ...june, outlet: 'W77' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});

		it('P-022: never more than asked for, and a cut has its reason', async () => {
			await submit(june);
			const review = (cuts: object[]) => fire('part_request', 'review', 'PJ-W01-202506', { cuts }, 'S01', may26);
			await expect(review([{ item: 'P001', quantity: 6, reason: '多给' }])).rejects.toMatchObject({ rule: 'P-022' });
			await expect(review([{ item: 'P001', quantity: 3, reason: '' }])).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await expect(review([{ item: 'P001', quantity: 0, reason: '不需要' }])).rejects.toMatchObject({ message: expect.stringContaining('PJ-W01-202506 全部核减为 0') as string });
			expect(await review([{ item: 'P001', quantity: 3, reason: '库存足够' }])).toMatchObject({ state: 'Reviewed', approvedTotal: 6000, lines: [{ approved: 3, cutReason: '库存足够' }] });
		});

		it('P-011 P-012: EX-08b over the limit it waits, says what would clear it, and goes on once the deposit is topped up', async () => {
			await fire('outlet_opening', 'book', null, { outlet: 'W02', deposit: 100000, held: 25000 }, 'A01', march);
			await database.store.replace('price', [{ no: 'P003-1', version: 1, createdAt: march, createdBy: 'x', updatedAt: march, item: 'P003', priceKind: 'part', supplyPrice: 15000, validFrom: '2025-01-01' }]);
			await submit({ ...june, outlet: 'W02', lines: [{ item: 'P003', quantity: 1 }] });
			expect(await fire('part_request', 'review', 'PJ-W02-202506', {}, 'S01', may26)).toMatchObject({ state: 'WaitDeposit', held: 25000, limitAmount: 33333, excess: 6667, topUp: 20000 });
			const [notice] = await notices('P-012');
			expect(notice).toMatchObject({ recipients: ['w02@test.local'] });
			expect(JSON.stringify(notice?.['body'])).toContain('补缴押金 200.00 元');
			expect(JSON.stringify(notice?.['body'])).toContain('比例尚未确认');
			await pay('W02', 19999, 'deposit', 'K01', may26);
			expect(await one('part_request', 'PJ-W02-202506')).toMatchObject({ state: 'WaitDeposit', topUp: 1 });
			await pay('W02', 1, 'deposit', 'K01', may26);
			expect(await one('part_request', 'PJ-W02-202506')).toMatchObject({ state: 'Reviewed', excess: 0 });
		});

		it('P-011: what is approved and not shipped yet counts too', async () => {
			await submit({ ...june, lines: [{ item: 'P002', quantity: 3 }] });
			expect(await fire('part_request', 'review', 'PJ-W01-202506', {}, 'S01', may26)).toMatchObject({ state: 'Reviewed' });
			const { no } = await submit({ ...emergency, lines: [{ item: 'P002', quantity: 1 }] });
			expect(await fire('part_request', 'review', String(no), {}, 'S01', may26)).toMatchObject({ state: 'WaitDeposit', held: 25500 });
		});

		it('P-012: pay_excess asks for the excess only', async () => {
			await setting(database.store, 'parts.topup_mode', 'pay_excess');
			await submit({ ...june, lines: [{ item: 'P002', quantity: 4 }] });
			expect(await fire('part_request', 'review', 'PJ-W01-202506', {}, 'S01', may26)).toMatchObject({ state: 'WaitDeposit', excess: 667, topUp: 667 });
		});

		it('P-024: an emergency needs its reason; the fourth of a month is refused, the general manager may enter it', async () => {
			await expect(submit({ ...emergency, reason: null })).rejects.toMatchObject({ rule: 'P-024' });
			for (let sent = 0; sent < 3; sent++) await submit(emergency);
			await expect(submit(emergency)).rejects.toMatchObject({ rule: 'P-024', message: expect.stringContaining('已有 3 次') as string });
			expect(await submit(emergency, at('2025-06-02 09:00'))).toMatchObject({ state: 'Submitted', dueAt: at('2025-06-10 00:00') });
			expect(await submit(emergency, may26, 'G02')).toMatchObject({ state: 'Submitted' });
		});

		it('P-024: a refused emergency does not count, and the review of one is enough', async () => {
			const numbers: string[] = [];
			for (let sent = 0; sent < 3; sent++) numbers.push(String((await submit(emergency))['no']));
			await fire('part_request', 'refuse', numbers[0] as string, { reason: '并入月度' }, 'S01', may26);
			await submit(emergency);
			expect(await fire('part_request', 'review', numbers[1] as string, {}, 'S01', may26)).toMatchObject({ state: 'Approved' });
		});

		it('P-024: two emergencies at once cannot both be the third', async () => {
			await submit(emergency);
			await submit(emergency);
			const outcomes = await Promise.allSettled([submit(emergency), submit(emergency)]);
			expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		});

		it('P-025: a pre-sale request has the regional manager\'s signature and ends with a repair record', async () => {
			const presale = { outlet: 'W01', requestKind: 'presale', sealed: true, serial: 'SN9', lines: [{ item: 'P001', quantity: 1 }] };
			await expect(submit(presale)).rejects.toMatchObject({ rule: 'P-025' });
			await expect(submit({ ...presale, regionSignedBy: 'J01' })).rejects.toMatchObject({ rule: 'P-025' });
			const no = String((await submit({ ...presale, regionSignedBy: 'R01' }, at('2025-06-02 09:00')))['no']);
			expect(await one('part_request', no)).toMatchObject({ dueAt: at('2025-06-24 00:00') });
			await expect(fire('part_request', 'review', no, {}, 'S01')).rejects.toMatchObject({ rule: 'P-025', message: expect.stringContaining('R01 本人签名') as string });
			await expect(fire('part_request', 'signRegion', no, {}, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await fire('part_request', 'signRegion', no, {}, 'R01');
			expect(await fire('part_request', 'review', no, {}, 'S01')).toMatchObject({ state: 'Reviewed' });
			await expect(fire('part_request', 'approve', no, {}, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await fire('part_request', 'approve', no, {}, 'A01');
			const shipment = await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', at('2025-06-05 09:00'));
			await fire('shipment', 'receive', String(shipment['no']), {}, 'S01', at('2025-06-08 09:00'));
			await expect(fire('part_request', 'close', no, {}, 'S01')).rejects.toMatchObject({ rule: 'P-025' });
			await expect(fire('part_request', 'close', no, { repairNo: 'R9' }, 'S01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
			await fire('repair_record', 'report', null, { outlet: 'W01', month: '2025-06', repairNo: 'R9', customerName: '刘', model: 'KF', repairDay: '2025-06-09', fault: '不冷', repairer: '张' }, 'system', at('2025-06-10 09:00'));
			expect(await fire('part_request', 'close', no, { repairNo: 'R9' }, 'S01')).toMatchObject({ state: 'Closed', repairNo: 'R9' });
		});

		it('P-030: a request nobody has shipped in time is reported once', async () => {
			const { no } = await submit(emergency);
			await fireDueClocks(database.store, at('2025-06-03 00:00'));
			expect(await notices('P-030')).toEqual([]);
			await fireDueClocks(database.store, at('2025-06-03 00:01'));
			await fireDueClocks(database.store, at('2025-06-04 00:01'));
			expect(await notices('P-030')).toMatchObject([{ key: `part_request.late:${String(no)}`, recipients: ['asm@test.local'] }]);
		});
	});
});
