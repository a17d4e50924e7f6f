import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearch, searchOutlets, searchPeople } from '../../nodes/shared/searches';
import { apply } from '../../engine/engine';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe('list searches', () => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const context = () => ({ getCredentials: async () => database.config }) as unknown as ILoadOptionsFunctions;

	it('finds outlets and people by code or part of the name, active ones only', async () => {
		expect((await searchOutlets.call(context(), 'w02')).results).toEqual([{ name: 'W02 城南网点', value: 'W02' }]);
		expect((await searchOutlets.call(context(), '城北')).results.map(({ value }) => value)).toEqual(['W01']);
		expect((await searchPeople.call(context(), '李')).results.map(({ value }) => value)).toEqual(['J01']);
		await database.store.replace('outlet', (await database.store.load('outlet', 'no', ['W01'])).map((outlet) => ({ ...outlet, active: false })));
		expect((await searchOutlets.call(context())).results.map(({ value }) => value)).toEqual(['W02']);
	});

	it('finds calls, customers, products and parts by a part of what people know', async () => {
		await apply(database.store, 'call', 'register', [{ input: { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' } }], { actor: 'Y01', now: '2025-06-06T07:00:00.000Z' });
		const values = async (search: keyof typeof listSearch, word?: string) => (await listSearch[search].call(context(), word)).results.map(({ value }) => value);
		expect((await listSearch.searchCalls.call(context(), '华联')).results).toEqual([{ name: 'BX202506-0001 华联超市 KF-26 不制冷', value: 'BX202506-0001' }]);
		expect(await values('searchCalls', '0009')).toEqual([]);
		expect(await values('searchCustomers', '00002')).toEqual(['C002']);
		expect(await values('searchProducts', 'KF-35')).toEqual(['SN200']);
		expect(await values('searchParts', '压缩')).toEqual(['P001']);
		expect(await values('searchParts', '50%')).toEqual([]);
		expect((await values('searchCustomers')).sort()).toEqual(['C001', 'C002']);
	});
});
