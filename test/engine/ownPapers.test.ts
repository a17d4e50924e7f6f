import { apply } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';
import { stocked } from '../support/warehouse';

const now = at('2025-06-06 15:00');
const wants = { requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity: 2 }] };

describe.each(databases)('an outlet and the papers of others on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100 });
		const people = { D1: ['outlet', 'W01'], D2: ['outlet', 'W02'], W02: ['outlet', null], D0: ['outlet', null], D3: ['outlet,after_sales', 'W02'] } as const;
		await database.store.transaction((transaction) =>
			saveRecords(transaction, 'person', Object.entries(people).map(([no, [roles, unit]]) => ({ no, values: { name: `网点 ${no}`, roles, unit, active: true } })), { now, actor: { code: 'system', name: '', roles: [], unit: null } }),
		);
		await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'deposit', amount: 300000, paidOn: '2025-01-05' }, 'K01');
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const denials = () => database.store.list('denial', {});
	const others = ['D2', 'W02', 'D0'];

	it('O-030: an outlet withdraws its own request only; the attempt on another\'s is kept', async () => {
		const no = String((await fire('part_request', 'submit', null, { outlet: 'W01', ...wants }, 'D1'))['no']);
		for (const stranger of others) await expect(fire('part_request', 'withdraw', no, {}, stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-030', message: expect.stringMatching(new RegExp(`网点 W01 的.*${no}`)) as string });
		expect(await one('part_request', no)).toMatchObject({ state: 'Submitted' });
		expect((await denials()).map(({ actor, kind, event }) => [actor, kind, event]).sort()).toEqual([...others].sort().map((actor) => [actor, 'part_request', 'withdraw']));
		expect(await fire('part_request', 'withdraw', no, {}, 'D1')).toMatchObject({ state: 'Withdrawn' });
	});

	it('O-030: an outlet asks in its own name only, and does not take another\'s paper over with its own name', async () => {
		await expect(fire('part_request', 'submit', null, { outlet: 'W01', ...wants }, 'D2')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		const no = String((await fire('part_request', 'submit', null, { outlet: 'W01', ...wants }, 'D1'))['no']);
		await fire('part_request', 'withdraw', no, {}, 'D1');
		await expect(fire('part_request', 'submit', no, { outlet: 'W02', ...wants }, 'D2')).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining(no) as string });
		expect(await one('part_request', no)).toMatchObject({ outlet: 'W01', state: 'Withdrawn' });
	});

	it('O-030: an outlet receives its own shipment and answers its own statement only', async () => {
		const { no } = await fire('part_request', 'submit', null, { outlet: 'W01', ...wants }, 'D1');
		await fire('part_request', 'review', String(no), {}, 'S01');
		const shipment = String((await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01'))['no']);
		for (const stranger of others) await expect(fire('shipment', 'receive', shipment, {}, stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await fire('shipment', 'receive', shipment, {}, 'D1')).toMatchObject({ state: 'Received' });
		await fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'D1');
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		await fire('reconciliation', 'send', 'DZ-W01-202505', {}, 'S01');
		for (const stranger of others) await expect(fire('reconciliation', 'agree', 'DZ-W01-202505', {}, stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await fire('reconciliation', 'agree', 'DZ-W01-202505', {}, 'D1')).toMatchObject({ state: 'Confirmed' });
	});

	it('O-030: of a batch only the papers of others are refused; another role of the person still counts; who stands in for an outlet acts for it', async () => {
		const line = (outlet: string) => ({ input: { outlet, month: '2025-05', item: 'P001', quantity: 1, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' } });
		expect(await apply(database.store, 'usage_line', 'state', [line('W01'), line('W02')], { actor: 'D2', now, mode: 'each' })).toMatchObject([{ ok: false, violation: { code: 'NOT_ALLOWED' } }, { ok: true }]);
		const no = String((await fire('part_request', 'submit', null, { outlet: 'W01', ...wants }, 'D3'))['no']);
		await database.store.transaction((transaction) => saveRecords(transaction, 'person', [{ no: 'W01', values: { name: '城北', roles: 'outlet', active: true } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		await database.store.transaction((transaction) => saveRecords(transaction, 'deputy', [{ no: 'DL1', values: { person: 'W01', deputy: 'J02', fromAt: at('2025-06-01 00:00'), toAt: at('2025-07-01 00:00') } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
		expect(await fire('part_request', 'withdraw', no, {}, 'J02')).toMatchObject({ state: 'Withdrawn' });
	});
});
