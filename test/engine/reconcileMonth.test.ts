import { reconcileMonth, type Reconciled } from '../../engine/reconcileMonth';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-06 15:00');
const state = (each: Reconciled) => [each.outlet, 'statement' in each ? each.statement['state'] : each.refused.rule];

describe.each(databases)('the month of all outlets on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await database.store.insert('outlet', ['W03', 'W04', 'W05'].map((no) => ({ no, version: 1, createdAt: now, createdBy: 'x', updatedAt: now, name: `网点 ${no}`, active: true })));
		for (const outlet of ['W01', 'W02', 'W03', 'W04']) await fire('usage_line', 'state', null, { outlet, month: '2025-05', item: outlet === 'W03' ? 'GS09' : 'P001', quantity: 2, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');
		for (const outlet of ['W01', 'W04']) {
			const part = await fire('old_part', 'send', null, { outlet, month: '2025-05', item: 'P001', quantity: 2, repairNo: 'R1', shippedDay: '2025-06-05', faultCard: 'K1' }, 'system');
			if (outlet === 'W01') await fire('old_part', 'test', String(part['no']), { matched: 2, mismatched: 0, noFault: 0 }, 'Q01');
		}
	});
	afterEach(() => database.drop());
	const fire = acting(() => database.store, () => now);
	const run = (mode: 'preview' | 'draw' | 'send') => reconcileMonth(database.store, '2025-05', mode, { actor: 'S01', now });

	it('P-041: all outlets at once; one without a price or with untested parts does not stop the others', async () => {
		expect((await run('send')).map(state)).toEqual([['W01', 'Confirmed'], ['W02', 'Sent'], ['W03', 'P-083'], ['W04', 'P-043']]);
		expect((await database.store.list('reconciliation', {})).map(({ no, state: now }) => [no, now])).toEqual([['DZ-W01-202505', 'Confirmed'], ['DZ-W02-202505', 'Sent'], ['DZ-W04-202505', 'Draft']]);
		const versions = async () => (await database.store.list('reconciliation', { where: [{ column: 'state', is: 'in', value: ['Sent', 'Confirmed'] }] })).map(({ version }) => version);
		const before = await versions();
		expect((await run('send')).map(state)).toEqual([['W01', 'Confirmed'], ['W02', 'Sent'], ['W03', 'P-083'], ['W04', 'P-043']]);
		expect(await versions()).toEqual(before);
	});

	it('P-041: a preview has the same lines and stores nothing', async () => {
		const previewed = await run('preview');
		expect(await database.store.list('reconciliation', {})).toEqual([]);
		expect(await database.store.list('audit', { where: [{ column: 'kind', is: '=', value: 'reconciliation' }] })).toEqual([]);
		const drawn = await run('draw');
		expect(previewed.map(state)).toEqual(drawn.map(state));
		const lines = (results: readonly Reconciled[]) => results.map((each) => ('statement' in each ? each.statement['lines'] : null));
		expect(lines(previewed)).toEqual(lines(drawn));
	});
});
