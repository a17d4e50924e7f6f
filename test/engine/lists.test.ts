import { dueCalls, unassignedCalls } from '../../engine/board';
import { findCallers } from '../../engine/findCallers';
import type { Row } from '../../engine/store';
import { databases, type TestDatabase } from '../support/databases';

const base = { version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c' };
const call = (no: string, dueAt: string, more: Row = {}): Row => ({ ...base, no, state: 'WithDispatcher', priority: 'normal', arrivedAt: null, dueAt, ...more });
const customer = (no: string, name: string, phone: string, address = '中山路 1 号'): Row => ({ ...base, no, name, phone, address });
const asset = (no: string, owner: string, model = 'KF-26'): Row => ({ ...base, no, customer: owner, model });

describe.each(databases)('lists on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
	});
	afterEach(() => database.drop());

	it('V-034: calls reported to the manager come first, then yesterday\'s, then by limit, however many wait', async () => {
		const many = Array.from({ length: 600 }, (_, index) => call(`N${String(index).padStart(3, '0')}`, '2025-06-06'));
		await database.store.insert('call', [...many, call('Y2', '2025-06-09', { priority: 'next_day' }), call('Y1', '2025-06-08', { priority: 'next_day' }), call('M1', '2025-06-30', { priority: 'manager' }), call('A1', '2025-06-01', { state: 'Assigned' })]);
		const listed = await unassignedCalls(database.store);
		expect(listed).toHaveLength(500);
		expect(listed.slice(0, 5).map(({ no }) => no)).toEqual(['M1', 'Y1', 'Y2', 'N000', 'N001']);
	});

	it('V-030: calls where somebody has arrived take no place from those that wait', async () => {
		const arrived = Array.from({ length: 600 }, (_, index) => call(`A${index}`, '2025-06-01', { state: 'Assigned', arrivedAt: '2025-06-01' }));
		await database.store.insert('call', [...arrived, call('W2', '2025-06-03'), call('W1', '2025-06-02', { state: 'Escalated' }), call('C1', '2025-06-01', { state: 'Closed' })]);
		expect((await dueCalls(database.store)).map(({ no }) => no)).toEqual(['W1', 'W2']);
	});

	it('reads no more of a call than a list shows', async () => {
		await database.store.insert('call', [call('W1', '2025-06-02', { note: 'lang', dueWorking: { minutes: 360 } })]);
		const [row] = await unassignedCalls(database.store);
		expect(row).toMatchObject({ no: 'W1', dueWorking: { minutes: 360 }, technician: null });
		expect(row).not.toHaveProperty('note');
	});

	describe('callers', () => {
		beforeEach(async () => {
			await database.store.insert('customer', [customer('C1', '华联超市', '13800000001'), customer('C2', '城东便民店', '13800000002', '东郊 100%_8 号'), customer('C3', '138 号商铺', '13700000003')]);
			await database.store.insert('asset', [asset('SN100', 'C1'), asset('SN200', 'C2', 'KF-35'), asset('SN201', 'C2', 'BX-138')]);
		});
		const found = async (word: string) => (await findCallers(database.store, word)).map(({ customer: { no }, assets }) => [no, ...assets.map((each) => each.no)].join(' '));

		it('are found by the beginning of phone, serial number, name or model, with their products', async () => {
			expect(await found('1380000000')).toEqual(['C1 SN100', 'C2 SN200 SN201']);
			expect(await found('SN2')).toEqual(['C2 SN200 SN201']);
			expect(await found(' 华联 ')).toEqual(['C1 SN100']);
			expect(await found('138')).toEqual(['C1 SN100', 'C2 SN200 SN201', 'C3']);
			expect(await found('ＫＦ－35')).toEqual(['C2 SN200 SN201']);
		});

		it('are found by a word inside when nothing begins with it', async () => {
			expect(await found('便民')).toEqual(['C2 SN200 SN201']);
			expect(await found('0%_8')).toEqual(['C2 SN200 SN201']);
			expect(await found('-138')).toEqual(['C2 SN200 SN201']);
			expect(await found('没有')).toEqual([]);
			expect(await found('')).toEqual([]);
		});

		it('are twenty at most', async () => {
			await database.store.insert('customer', Array.from({ length: 30 }, (_, index) => customer(`D${index}`, `东店 ${index}`, `1390000${String(index).padStart(4, '0')}`)));
			expect(await found('1390')).toHaveLength(20);
			expect(await found('店 ')).toHaveLength(20);
		});
	});
});
