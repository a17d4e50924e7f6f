import { fireDueClocks } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-06 15:00');
const no = 'DZ-W01-202505';

describe.each(databases)('who is asked and who answers a statement on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const save = (kind: string, code: string, values: object) => database.store.transaction((transaction) => saveRecords(transaction, kind, [{ no: code, values: values as Row }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
	const notices = async (about: string) => (await database.store.list('notice', { orderBy: [{ column: 'key' }] })).filter(({ key }) => String(key).startsWith(about));

	/** Two stated, one back. */
	async function sent(): Promise<Row> {
		await fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 2, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in' }, 'system');
		const part = await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo: 'R1', shippedDay: '2025-06-05', faultCard: 'K1' }, 'system');
		await fire('old_part', 'test', String(part['no']), { matched: 1, mismatched: 0, noFault: 0 }, 'Q01');
		return await sentAgain();
	}

	async function sentAgain(): Promise<Row> {
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		return await fire('reconciliation', 'send', no, {}, 'S01');
	}

	it('P-041: where the outlet has no mail, after-sales hears of the deadline and of what differs, at each sending', async () => {
		await save('outlet', 'W01', { mail: null });
		expect(await sent()).toMatchObject({ state: 'Sent' });
		const [notice] = await notices('reconciliation.unsent');
		expect(notice).toMatchObject({ recipients: ['aftersales@test.local'], rule: 'P-041', subject: expect.stringContaining('城北网点') as string });
		expect(notice?.['body']).toEqual(expect.arrayContaining([['答复期限', '2025-06-09 24:00'], ['R1 P001', expect.stringContaining('尚未返回旧件')]]));
		await fire('reconciliation', 'object', no, { answer: '有误' }, 'S01');
		await fire('reconciliation', 'reopen', no, { reason: '重算' }, 'A01');
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		await fire('reconciliation', 'send', no, {}, 'S01', at('2025-06-06 16:00'));
		expect(await notices('reconciliation.unsent')).toHaveLength(2);
	});

	it('P-041: where the outlet has a mail the flow sends the statement, and nothing is sent twice', async () => {
		await sent();
		expect(await notices('reconciliation.unsent')).toEqual([]);
	});

	it('P-041: outlet and after-sales are told that silence was taken for consent, once', async () => {
		await sent();
		await fireDueClocks(database.store, at('2025-06-10 00:01'));
		await fireDueClocks(database.store, at('2025-06-11 00:01'));
		expect(await notices('reconciliation.lapsed')).toMatchObject([{ recipients: ['aftersales@test.local'] }, { recipients: ['w01@test.local'], body: expect.arrayContaining([['金额', '核销 20.00 元，拟罚 0.00 元']]) as unknown }]);
	});

	it('P-041: of an outlet without mail after-sales alone is told', async () => {
		await save('outlet', 'W01', { mail: null });
		await sent();
		await fireDueClocks(database.store, at('2025-06-10 00:01'));
		expect(await notices('reconciliation.lapsed')).toMatchObject([{ recipients: ['aftersales@test.local'] }]);
	});

	it('P-041 O-030: after-sales, its manager and the storekeeper enter the answer; an objection ends with the manager only', async () => {
		await save('person', 'CK1', { name: '仓管', roles: 'storekeeper', active: true });
		await sent();
		expect(await fire('reconciliation', 'object', no, { answer: '还有 1 件' }, 'CK1')).toMatchObject({ state: 'Disputed' });
		for (const actor of ['S01', 'CK1', 'A01']) await expect(fire('reconciliation', 'agree', no, {}, actor)).rejects.toMatchObject({ code: 'WRONG_STATE' });
		for (const actor of ['S01', 'CK1', 'Q01']) await expect(fire('reconciliation', 'settle', no, { answer: '按实收' }, actor)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await fire('reconciliation', 'settle', no, { answer: '按实收' }, 'A01')).toMatchObject({ state: 'Confirmed' });
	});

	it.each(['S01', 'A01', 'CK1'])('P-041 O-030: %s agrees for the outlet', async (actor) => {
		await save('person', 'CK1', { name: '仓管', roles: 'storekeeper', active: true });
		await sent();
		expect(await fire('reconciliation', 'agree', no, {}, actor)).toMatchObject({ state: 'Confirmed' });
	});
});
