import type { Row } from '../../engine/store';
import { fireDueClocks } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';
import { stocked } from '../support/warehouse';

const now = at('2025-06-06 15:00');
const wants = (quantity: number) => ({ outlet: 'W01', requestKind: 'emergency', sealed: true, reason: '退机', lines: [{ item: 'P001', quantity }] });

describe.each(databases)('who hears of an outlet\'s papers on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100 });
		await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'deposit', amount: 300000, paidOn: '2025-01-05' }, 'K01');
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const noMail = () => database.store.transaction((transaction) => saveRecords(transaction, 'outlet', [{ no: 'W01', values: { mail: null } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
	const notices = async (about: string): Promise<Row[]> => (await database.store.list('notice', { orderBy: [{ column: 'key' }] })).filter(({ key }) => String(key).startsWith(about));

	it('P-022: a request comes back to its outlet with the reason, each time, and is announced anew when it is sent again', async () => {
		const { no } = await fire('part_request', 'submit', null, wants(2), 'system');
		for (const reason of ['缺型号', '数量不对']) {
			await fire('part_request', 'refuse', String(no), { reason }, 'S01');
			await fire('part_request', 'submit', String(no), wants(2), 'system');
		}
		const refused = await notices('part_request.refused');
		expect(refused.map(({ recipients }) => recipients)).toEqual([['w01@test.local'], ['w01@test.local']]);
		expect(refused.map(({ body }) => (body as string[][]).find(([label]) => label === '退回原因')?.[1]).sort()).toEqual(['数量不对', '缺型号'].sort());
		expect(await notices('part_request.submitted')).toHaveLength(3);
	});

	it('P-022: an outlet hears what was cut and why, once; without a mail address after-sales does', async () => {
		await noMail();
		const { no } = await fire('part_request', 'submit', null, wants(90), 'system');
		expect(await fire('part_request', 'review', String(no), { cuts: [{ item: 'P001', quantity: 80, reason: '库存不足' }] }, 'S01')).toMatchObject({ state: 'WaitDeposit' });
		await fire('part_request', 'review', String(no), {}, 'S01');
		expect(await notices('part_request.cut')).toMatchObject([{ recipients: ['aftersales@test.local'], body: expect.arrayContaining([['P001', '申请 90 件，核准 80 件：库存不足']]) as unknown }]);
		await fire('part_request', 'refuse', String(no), { reason: '重复' }, 'S01');
		expect(await notices('part_request.refused')).toMatchObject([{ recipients: ['aftersales@test.local'] }]);
	});

	it('P-022: nothing is said of a review without cuts', async () => {
		const { no } = await fire('part_request', 'submit', null, wants(2), 'system');
		await fire('part_request', 'review', String(no), {}, 'S01');
		expect(await notices('part_request.cut')).toEqual([]);
	});

	it('P-044 P-048: the after-sales manager is asked about every proposed fine', async () => {
		const use = (repairNo: string, warranty: string) => fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo, replacedDay: '2025-05-20', warranty }, 'system');
		const giveBack = async (repairNo: string) => String((await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo, shippedDay: '2025-06-05', faultCard: 'K' }, 'system'))['no']);
		await use('R1', 'in');
		await use('R2', 'out');
		await fire('old_part', 'test', await giveBack('R1'), { matched: 0, mismatched: 0, noFault: 1 }, 'Q01');
		await fire('old_part', 'verifyImproper', await giveBack('R2'), {}, 'A01');
		await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		await fire('reconciliation', 'send', 'DZ-W01-202505', {}, 'S01');
		await fire('reconciliation', 'agree', 'DZ-W01-202505', {}, 'S01');
		await fire('reconciliation', 'writeOff', 'DZ-W01-202505', {}, 'S01');
		const asked = await notices('outlet_fine.proposed');
		expect(asked.map(({ recipients, rule }) => [recipients, rule])).toEqual([[['asm@test.local'], 'P-044'], [['asm@test.local'], 'P-048']]);
		expect(asked[0]?.['body']).toEqual(expect.arrayContaining([['计算', '无故障 1 件 × 40.00 元'], ['对帐单', 'DZ-W01-202505']]));
	});

	it('P-002 P-010: set-up: the general manager hears of what waits for approval, after-sales of what is approved; limits are local time', async () => {
		const { no } = await fire('outlet_setup', 'apply', null, { code: 'W03', name: '城东网点', region: '东区', address: '东大街 3 号', contact: '钱老板', phone: '13812345678', mail: 'w03@test.local' }, 'S01');
		await fire('outlet_setup', 'visit', String(no), { visitedOn: '2025-06-01', licence: true, premises: true, technicians: 2, clerks: true, equipment: true, accepts: true, opinion: '可以建立' }, 'R01');
		await fire('outlet_setup', 'check', String(no), {}, 'R01');
		expect(await notices('outlet_setup.')).toMatchObject([{ recipients: ['gm@test.local'], rule: 'P-002', body: expect.arrayContaining([['考察意见', '可以建立']]) as unknown }]);
		await fire('outlet_setup', 'approve', String(no), {}, 'G02');
		expect(await notices('outlet_setup.after_sales')).toMatchObject([{ recipients: ['aftersales@test.local'] }]);
		await fire('outlet_setup', 'sign', String(no), { agreementNo: 'XY-1', signedOn: '2025-06-06' }, 'S01');
		await fireDueClocks(database.store, at('2025-06-20 09:00'));
		const mails = [...(await notices('outlet_setup.deposit')), ...(await notices('outlet_setup.overdue'))];
		expect(mails).toHaveLength(2);
		for (const { body } of mails) expect(body).toEqual(expect.arrayContaining([['期限', '2025-06-16 24:00']]));
	});

	it('P-003: the after-sales manager hears of an application to cancel an outlet', async () => {
		await fire('outlet_cancel', 'request', null, { outlet: 'W01', breach: '三次虚报' }, 'R01');
		expect(await notices('outlet_cancel.requested')).toMatchObject([{ recipients: ['asm@test.local'], body: expect.arrayContaining([['违反协议情况', '三次虚报']]) as unknown }]);
	});

	it('P-033: after-sales hears of an application to transfer parts', async () => {
		await fire('part_transfer', 'apply', null, { fromOutlet: 'W01', toOutlet: 'W02', lines: [{ item: 'P001', quantity: 3 }] }, 'R01');
		expect(await notices('part_transfer.applied')).toMatchObject([{ recipients: ['aftersales@test.local'], body: expect.arrayContaining([['P001', '3 件']]) as unknown }]);
	});
});
