import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { searchOutlets, searchPeople } from '../../nodes/shared/searches';
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
});
