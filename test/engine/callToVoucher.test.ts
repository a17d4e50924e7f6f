import { apply, fireDueClocks } from '../../engine/engine';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const visit = { arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 11:30', problem: '不制冷', solution: '补充冷媒', result: 'done', satisfaction: 'satisfied', signedBy: '王小姐' };
const newCall = { customerName: '华联超市', phone: '１３８０００００００１', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷', promisedAt: '2025-06-09 12:00' };
/** So many fen of work by the price list. */
const worth = (amount: number) => ({ chargeLines: [{ item: 'GS01', quantity: amount }] });

describe.each(databases)('a call on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = async (event: string, no: string | null, input: Record<string, unknown>, actor = 'system', now = at('2025-06-06 15:00')) => {
		const [outcome] = await apply(database.store, 'call', event, [{ no, input }], { actor, now });
		if (outcome?.ok !== true) throw new Error('refused');
		return outcome.document;
	};

	it('V-010 V-021 V-030: goes from the form to the filed voucher', async () => {
		const call = await fire('register', null, newCall);
		expect(call).toMatchObject({ no: 'BX202506-0001', state: 'WithDispatcher', customer: 'C001', phone: '13800000001', type: 'C', dueAt: at('2025-06-09 12:00'), voucher: 'PZ-SN100' });
		expect(await database.store.load('voucher', 'no', ['PZ-SN100'])).toMatchObject([{ state: 'WithDispatcher', calls: ['BX202506-0001'], recreated: true }]);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		const reported = await fire('reportVisit', 'BX202506-0001', visit, 'J01', at('2025-06-09 14:00'));
		expect(reported).toMatchObject({ state: 'AwaitCancel', countedMinutes: 240, breached: false, signedBy: '王小姐' });
		await fire('close', 'BX202506-0001', {}, 'Y01', at('2025-06-09 15:00'));
		expect(await database.store.load('call', 'no', ['BX202506-0001'])).toMatchObject([{ state: 'Closed', closedAt: at('2025-06-09 15:00') }]);
		expect(await database.store.load('voucher', 'no', ['PZ-SN100'])).toMatchObject([{ state: 'InFile', calls: [], history: [{ call: 'BX202506-0001', minutes: 90, signedBy: '王小姐' }] }]);
		expect(await database.store.list('audit', { where: [{ column: 'kind', is: '=', value: 'call' }] })).toHaveLength(4);
		expect(await database.store.list('notice', {})).toMatchObject([{ recipients: ['tech1@test.local'], state: 'pending' }]);
	});

	it('V-010: a call without phone is refused with the field name and stores nothing', async () => {
		await expect(fire('register', null, { ...newCall, phone: ' ' })).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('电话') as string });
		expect(await database.store.list('call', {})).toEqual([]);
		expect(await database.store.list('number_range', {})).toEqual([]);
	});

	it('V-022: a technician cannot assign himself, and the attempt is kept', async () => {
		await fire('register', null, newCall);
		await expect(fire('assign', 'BX202506-0001', { technician: 'J01' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await database.store.list('denial', {})).toMatchObject([{ actor: 'J01', event: 'assign' }]);
	});

	it('V-042: an unsigned finished visit is refused', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await expect(fire('reportVisit', 'BX202506-0001', { ...visit, signedBy: '' }, 'J01', at('2025-06-09 14:00'))).rejects.toMatchObject({ rule: 'V-042' });
	});

	it('V-060 V-061: a paid visit opens a charge collected on site up to 500.00, above it by invoice the same day', async () => {
		for (const [serial, amount] of [['SN301', 50000], ['SN302', 50001]] as const) {
			const call = await fire('register', null, { ...newCall, phone: `139${amount}`, serial });
			expect(call['type']).toBe('A');
			await fire('assign', String(call['no']), { technician: 'J01' }, 'Z01');
			await fire('agree', String(call['no']), { amount, consentBy: '王小姐' }, 'J01');
			await fire('reportVisit', String(call['no']), { ...visit, ...worth(amount) }, 'J01', at('2025-06-09 14:00'));
		}
		expect((await database.store.list('notice', {})).filter(({ subject }) => String(subject).startsWith('当日开票'))).toHaveLength(1);
		expect(await database.store.list('charge', {})).toMatchObject([
			{ amount: 50000, path: 'onsite', state: 'Collected', invoiceDueAt: null },
			{ amount: 50001, path: 'invoice', state: 'InvoiceDue', invoiceDueAt: at('2025-06-10 00:00') },
		]);
	});

	it('V-001: a free service takes no charge', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await expect(fire('reportVisit', 'BX202506-0001', { ...visit, ...worth(100) }, 'J01', at('2025-06-09 14:00'))).rejects.toMatchObject({ rule: 'V-001' });
	});

	it('V-030: a missed arrival is flagged once and told to the dispatcher', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J02' }, 'Z01');
		await fireDueClocks(database.store, at('2025-06-09 11:00')); // the warning
		// Due Monday 12:00, but an arrival up to 13:00 still counts six hours.
		expect(await fireDueClocks(database.store, at('2025-06-09 13:01'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-09 13:02'))).toEqual([{ kind: 'call', event: 'missArrival', no: 'BX202506-0001' }]);
		expect(await fireDueClocks(database.store, at('2025-06-10 12:01'))).toEqual([]);
		expect(await database.store.load('call', 'no', ['BX202506-0001'])).toMatchObject([{ breached: true }]);
		expect((await database.store.list('notice', {})).filter(({ rule }) => rule === 'V-030')).toMatchObject([{ recipients: ['director@test.local'], subject: expect.stringContaining('到达超时') as string }, { recipients: ['manager@test.local'] }]);
	});

	it('V-034: two calls on Friday, one assigned: on Monday at opening the list has one line; unassigned at closing it goes to the manager', async () => {
		await fire('register', null, newCall);
		await fire('register', null, { ...newCall, phone: '139', serial: 'SN555' });
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		expect(await fireDueClocks(database.store, at('2025-06-09 08:30'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-09 08:31'))).toEqual([{ kind: 'call', event: 'unassigned', no: 'BX202506-0002' }]);
		const lists = async () => (await database.store.list('notice', {})).filter(({ rule }) => rule === 'V-034');
		expect(await lists()).toMatchObject([{ recipients: ['director@test.local'], subject: '未派修工作，请优先派工 2025-06-09（1 件）', body: [['BX202506-0002', expect.any(String)], { page: 'board', person: '' }] }]);
		expect(await database.store.load('call', 'no', ['BX202506-0002'])).toMatchObject([{ priority: 'next_day' }]);
		await fireDueClocks(database.store, at('2025-06-09 17:31'));
		await fireDueClocks(database.store, at('2025-06-10 17:31'));
		expect((await lists()).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['director@test.local'], ['manager@test.local']]));
		await fire('assign', 'BX202506-0002', { technician: 'J01' }, 'Z01', at('2025-06-11 09:00'));
		expect(await database.store.load('call', 'no', ['BX202506-0002'])).toMatchObject([{ priority: 'manager', state: 'Assigned' }]);
	});

	it('V-033: after four of six hours the dispatcher is warned, once', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J02' }, 'Z01');
		expect(await fireDueClocks(database.store, at('2025-06-09 10:00'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-09 10:01'))).toEqual([{ kind: 'call', event: 'warnArrival', no: 'BX202506-0001' }]);
		expect(await fireDueClocks(database.store, at('2025-06-09 11:00'))).toEqual([]);
		expect((await database.store.list('notice', {})).filter(({ rule }) => rule === 'V-033')).toHaveLength(1);
	});

	it('V-047: a second call on day 30 is flagged, on day 31 not', async () => {
		await fire('register', null, newCall, 'system', at('2025-05-01 09:00'));
		expect(await fire('register', null, newCall, 'system', at('2025-05-31 09:00'))).toMatchObject({ repeatOf: 'BX202505-0001', note: expect.stringContaining('重复报修') as string });
		expect(await fire('register', null, newCall, 'system', at('2025-07-01 09:00'))).toMatchObject({ repeatOf: null });
	});

	it('M-102: 20 parallel creations give 20 consecutive numbers, and a refused batch leaves no gap', async () => {
		const one = (index: number) => apply(database.store, 'call', 'register', [{ input: { ...newCall, serial: `S${index}`, phone: `137${index}` } }], { actor: 'system', now: at('2025-06-06 15:00') });
		await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)));
		await expect(apply(database.store, 'call', 'register', [{ input: newCall }, { input: { ...newCall, address: '' } }], { actor: 'system', now: at('2025-06-06 15:00') })).rejects.toMatchObject({ index: 1 });
		await one(99);
		expect((await database.store.list('call', {})).map(({ no }) => no)).toEqual(Array.from({ length: 21 }, (_, index) => `BX202506-${String(index + 1).padStart(4, '0')}`));
	});

	it('stores the good items of a batch in mode each and names the bad one', async () => {
		const outcomes = await apply(database.store, 'call', 'register', [{ input: newCall }, { input: { ...newCall, customerName: '' } }, { input: { ...newCall, serial: 'SN9' } }], { actor: 'system', now: at('2025-06-06 15:00'), mode: 'each' });
		expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
		expect(outcomes[2]).toMatchObject({ document: { no: 'BX202506-0002' } });
	});

	it('gives the first answer when a request is repeated', async () => {
		const send = () => apply(database.store, 'call', 'register', [{ input: newCall, key: 'form-1' }], { actor: 'system', now: at('2025-06-06 15:00') });
		await send();
		expect(await send()).toMatchObject([{ ok: true, repeated: true, document: { no: 'BX202506-0001' } }]);
		expect(await database.store.list('call', {})).toHaveLength(1);
	});

	it('V-021: two new calls on one product in one batch share its voucher and its customer', async () => {
		const input = { ...newCall, serial: 'NEW1', phone: '13911112222' };
		await apply(database.store, 'call', 'register', [{ input }, { input }], { actor: 'system', now: at('2025-06-06 15:00') });
		expect(await database.store.load('voucher', 'no', ['PZ-NEW1'])).toMatchObject([{ calls: ['BX202506-0001', 'BX202506-0002'] }]);
		expect(await database.store.load('customer', 'phone', ['13911112222'])).toHaveLength(1);
	});

	it('V-015: a call keeps its channel, by phone unless told otherwise', async () => {
		expect((await fire('register', null, newCall))['channel']).toBe('phone');
		expect((await fire('register', null, { ...newCall, channel: '网上报修' }))['channel']).toBe('web');
		await expect(fire('register', null, { ...newCall, channel: '鸽子' })).rejects.toMatchObject({ code: 'FIELD_INVALID', message: expect.stringContaining('鸽子') as string });
	});

	it('V-020: two calls on one product share one voucher, filed when the last is cancelled', async () => {
		expect((await fire('register', null, newCall))['note']).toBeNull();
		expect((await fire('register', null, newCall))['note']).toContain('另有在办叫修 BX202506-0001');
		expect(await database.store.list('voucher', {})).toMatchObject([{ no: 'PZ-SN100', calls: ['BX202506-0001', 'BX202506-0002'] }]);
		for (const no of ['BX202506-0001', 'BX202506-0002']) {
			expect(await database.store.load('voucher', 'no', ['PZ-SN100'])).not.toMatchObject([{ state: 'InFile' }]);
			await fire('assign', no, { technician: 'J01' }, 'Z01');
			await fire('reportVisit', no, visit, 'J01', at('2025-06-09 14:00'));
			await fire('close', no, {}, 'Y01', at('2025-06-09 15:00'));
		}
		expect(await database.store.load('voucher', 'no', ['PZ-SN100'])).toMatchObject([{ state: 'InFile', calls: [] }]);
	});

	const refused = async (changes: object) => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		return fire('reportVisit', 'BX202506-0001', { ...visit, ...changes }, 'J01', at('2025-06-09 14:00'));
	};

	it('V-040: a visit without the problem found is refused', async () => {
		await expect(refused({ problem: '' })).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('发现的问题') as string });
	});

	it('V-044: "not satisfied" needs a reason', async () => {
		await expect(refused({ satisfaction: '不满意' })).rejects.toMatchObject({ rule: 'V-044' });
	});

	it('V-024: times that cannot be are refused', async () => {
		await expect(refused({ arrivedAt: '2025-06-06 14:59' })).rejects.toMatchObject({ rule: 'V-024' });
	});

	it('V-024: an arrival in the minute of the call is in order', async () => {
		await fire('register', null, newCall, 'system', '2025-06-06T07:00:30.000Z');
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		expect(await fire('reportVisit', 'BX202506-0001', { ...visit, arrivedAt: '2025-06-06 15:00', leftAt: '2025-06-06 15:20' }, 'J01', at('2025-06-09 14:00'))).toMatchObject({ countedMinutes: 0, breached: false });
	});

	it('V-024: a visit that ends before it begins is refused', async () => {
		await expect(refused({ leftAt: '2025-06-09 09:59' })).rejects.toMatchObject({ message: expect.stringContaining('离开时间早于到达时间') as string });
	});

	it('V-002 V-060: human damage found on site makes the visit payable', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await fire('agree', 'BX202506-0001', { amount: 12000, consentBy: '王小姐' }, 'J01');
		await fire('reportVisit', 'BX202506-0001', { ...visit, humanDamage: true, ...worth(12000) }, 'J01', at('2025-06-09 14:00'));
		expect(await database.store.list('charge', {})).toMatchObject([{ amount: 12000 }]);
		expect(await database.store.load('call', 'no', ['BX202506-0001'])).toMatchObject([{ type: 'A' }]);
	});

	it('V-021: an unfinished job goes back to the dispatcher and out again with its voucher', async () => {
		expect(await refused({ result: 'not_done', openReason: 'other', remark: '缺件', next: 'escalate', signedBy: null, satisfaction: null })).toMatchObject({ state: 'Escalated' });
		await fire('assign', 'BX202506-0001', { technician: 'J02' }, 'Z01', at('2025-06-09 15:00'));
		expect(await database.store.list('voucher', {})).toMatchObject([{ state: 'WithTechnician', holder: 'J02' }]);
	});

	it('M-105: a wrong entry is voided with a reason and stays', async () => {
		await fire('register', null, newCall);
		await expect(fire('void', 'BX202506-0001', { reason: '' }, 'Z01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
		await fire('void', 'BX202506-0001', { reason: '重复登记' }, 'Z01');
		expect(await database.store.load('call', 'no', ['BX202506-0001'])).toMatchObject([{ state: 'Void' }]);
		expect(await database.store.load('voucher', 'no', ['PZ-SN100'])).toMatchObject([{ state: 'InFile', calls: [] }]);
		expect((await database.store.list('audit', { where: [{ column: 'event', is: '=', value: 'void' }] }))[0]).toMatchObject({ input: { reason: '重复登记' }, actor: 'Z01' });
	});

	it('O-001: unknown and inactive people do nothing', async () => {
		await fire('register', null, newCall);
		await expect(fire('assign', 'BX202506-0001', { technician: 'J01' }, 'NOBODY')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('NOBODY') as string });
		await database.store.replace('person', (await database.store.load('person', 'no', ['Z01'])).map((person) => ({ ...person, active: false })));
		await expect(fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it('refuses a technician who reports somebody else\'s job', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await expect(fire('reportVisit', 'BX202506-0001', visit, 'J02', at('2025-06-09 14:00'))).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('J01') as string });
	});

	it('V-022: of two dispatchers voiding at once one wins, and the second to assign tells the first technician', async () => {
		await fire('register', null, newCall);
		await fire('assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await fire('assign', 'BX202506-0001', { technician: 'J02' }, 'Z01');
		expect((await database.store.list('notice', {})).map(({ subject }) => String(subject).slice(0, 4))).toEqual(expect.arrayContaining(['派工通知', '改派通知']));
		const results = await Promise.allSettled([1, 2].map(() => fire('void', 'BX202506-0001', { reason: '重复' }, 'Z01')));
		expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('V-042: a call without signature is not cancelled', async () => {
		await fire('register', null, newCall);
		await database.store.replace('call', (await database.store.list('call', {})).map((call) => ({ ...call, state: 'AwaitCancel' })));
		await expect(fire('close', 'BX202506-0001', {}, 'Y01')).rejects.toMatchObject({ rule: 'V-042' });
	});

	it('V-002: the day of the call decides, not the day it is entered', async () => {
		expect(await fire('register', null, { ...newCall, calledAt: '2025-06-30 10:00' }, 'system', at('2025-07-02 09:00'))).toMatchObject({ type: 'C' });
	});

	it('O-001: papers that only follow others cannot be opened by hand', async () => {
		await expect(apply(database.store, 'charge', 'open', [{ input: { call: 'BX', voucher: 'PZ', customer: 'C001', technician: 'J02', amount: 1, path: 'onsite', finishedAt: '2025-06-06 15:00' } }], { actor: 'J01', now: at('2025-06-06 15:00') })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
	});
});
