import { apply } from '../../engine/engine';
import { customerStatus } from '../../engine/customerStatus';
import { openStore } from '../../store/openStore';
import { allTables } from '../../engine/allTables';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const zone = 'Asia/Shanghai';
const now = at('2025-06-06 15:00');
const no = 'BX202506-0001';

describe.each(databases)('a customer asks for his job on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await apply(database.store, 'call', 'register', [{ input: { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' } }], { actor: 'Y01', now });
	});
	afterEach(() => database.drop());

	const ask = (digits: string, { number = no, when = now, store = database.store } = {}) => customerStatus(store, number, digits, { now: when, zone }).then(({ state }) => state, ({ code }: { code: string }) => code);
	const tries = async () => (await database.store.list('denial', {})).length;

	it('lets ten wrong tries through, however many are sent at once by two processes', async () => {
		const second = await openStore(database.config, allTables);
		const answers = await Promise.all(Array.from({ length: 40 }, (_each, index) => ask(String(9000 + index), { store: index % 2 === 0 ? database.store : second })));
		await second.close();
		expect(answers.filter((code) => code === 'NOT_FOUND')).toHaveLength(10);
		expect(answers.filter((code) => code === 'NOT_ALLOWED')).toHaveLength(30);
		expect(await tries()).toBe(10);
	});

	it('lets the customer in an hour after the tenth wrong try, though he was refused meanwhile', async () => {
		for (let attempt = 0; attempt < 10; attempt++) expect(await ask('9999')).toBe('NOT_FOUND');
		expect(await ask('0001', { when: at('2025-06-06 15:59') })).toBe('NOT_ALLOWED');
		expect(await tries()).toBe(10);
		expect(await ask('0001', { when: at('2025-06-06 16:01') })).toBe('已受理，正在安排技术员');
	});

	it('keeps at most 30 characters of what was typed as a number', async () => {
		expect(await ask('9999', { number: 'x'.repeat(5000) })).toBe('NOT_FOUND');
		expect(await database.store.list('denial', {})).toMatchObject([{ no: 'X'.repeat(30) }]);
	});
});
