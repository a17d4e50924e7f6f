import { fireDueClocks } from '../../engine/engine';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { stocked } from '../support/warehouse';
import { loadMasterData } from '../support/masterData';

const may26 = at('2025-05-26 10:00');
const june1 = at('2025-06-01 10:00');

describe.each(databases)('parts on their way to outlets on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await stocked(database.store, { P001: 100, P002: 50 });
		await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'deposit', amount: 300000, paidOn: '2025-01-05' }, 'K01');
		await fire('outlet_payment', 'receive', null, { outlet: 'W02', purpose: 'deposit', amount: 100000, paidOn: '2025-01-05' }, 'K01');
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => may26);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const notices = async (rule: string) => (await database.store.list('notice', {})).filter((notice) => notice['rule'] === rule);
	const entries = async (outlet: string) => (await database.store.list('outlet_entry', { where: [{ column: 'outlet', is: '=', value: outlet }, { column: 'account', is: '=', value: 'held' }], orderBy: [{ column: 'no' }] })).map(({ entryKind, item, quantity, amount, balance }) => [entryKind, item, quantity, amount, balance]);

	async function reviewed(outlet: string, lines: object[]): Promise<string> {
		const { no } = await fire('part_request', 'submit', null, { outlet, requestKind: 'monthly', month: '2025-06', sealed: true, lines }, 'system');
		return String((await fire('part_request', 'review', String(no), {}, 'S01'))['no']);
	}

	async function planned(...lines: object[]): Promise<string> {
		const no = await reviewed('W01', lines);
		const plan = await fire('parts_plan', 'drawUp', null, { month: '2025-06' }, 'S01');
		await fire('parts_plan', 'approve', String(plan['no']), {}, 'G02');
		return no;
	}

	it('P-023: a plan is the sum of the reviewed requests, each in one plan, and nothing monthly leaves before the general manager approved', async () => {
		const [first, second] = [await reviewed('W01', [{ item: 'P001', quantity: 3 }, { item: 'P002', quantity: 2 }]), await reviewed('W02', [{ item: 'P001', quantity: 4 }])];
		await expect(fire('shipment', 'ship', null, { request: first, way: 'freight' }, 'S01')).rejects.toMatchObject({ rule: 'P-023' });
		const plan = await fire('parts_plan', 'drawUp', null, { month: '2025-06' }, 'S01');
		expect(plan).toMatchObject({ total: 3 * 2000 + 2 * 8500 + 4 * 2000, requests: 2, items: [{ item: 'P001', quantity: 7, total: 14000 }, { item: 'P002', quantity: 2, total: 17000 }] });
		expect(await notices('P-023')).toMatchObject([{ recipients: ['gm@test.local'] }]);
		await expect(fire('parts_plan', 'drawUp', null, { month: '2025-06' }, 'S01')).rejects.toMatchObject({ rule: 'P-023' });
		await expect(fire('parts_plan', 'approve', String(plan['no']), {}, 'A01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await fire('parts_plan', 'approve', String(plan['no']), {}, 'G02');
		expect([await one('part_request', first), await one('part_request', second)]).toMatchObject([{ state: 'Approved', approvedBy: 'G02' }, { state: 'Approved' }]);
		await expect(fire('part_request', 'approve', first, {}, 'A01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	it('P-023: what left the plan meanwhile is not approved unseen; a refused plan frees its requests', async () => {
		const no = await reviewed('W01', [{ item: 'P001', quantity: 3 }]);
		await reviewed('W02', [{ item: 'P001', quantity: 1 }]);
		const plan = String((await fire('parts_plan', 'drawUp', null, { month: '2025-06' }, 'S01'))['no']);
		await fire('part_request', 'refuse', no, { reason: '重复' }, 'S01');
		await expect(fire('parts_plan', 'approve', plan, {}, 'G02')).rejects.toMatchObject({ message: expect.stringContaining('计划 80.00 元，现为 20.00 元') as string });
		await fire('parts_plan', 'refuse', plan, { reason: '重新编制' }, 'G02');
		expect(await fire('parts_plan', 'drawUp', null, { month: '2025-06' }, 'S01')).toMatchObject({ requests: 1, total: 2000 });
	});

	it('P-030 P-031: shipping puts the parts on what the outlet holds and tells it; a vehicle leaves within three days', async () => {
		const no = await planned({ item: 'P001', quantity: 5 });
		const ship = (input: object) => fire('shipment', 'ship', null, { request: no, ...input }, 'S01', june1);
		await expect(ship({ way: 'vehicle' })).rejects.toMatchObject({ rule: 'P-031' });
		await expect(ship({ way: 'vehicle', plannedDay: '2025-05-30' })).rejects.toMatchObject({ rule: 'P-031' });
		const first = await ship({ way: 'vehicle', plannedDay: '2025-06-05', lines: [{ item: 'P001', quantity: 2 }] });
		expect(first).toMatchObject({ wayNote: expect.stringContaining('3 天内没有随车') as string, value: 4000 });
		expect(await one('part_request', no)).toMatchObject({ state: 'Approved', lines: [{ approved: 5, shipped: 2 }] });
		await expect(ship({ way: 'freight', lines: [{ item: 'P001', quantity: 4 }] })).rejects.toMatchObject({ message: expect.stringContaining('还可发 3 件，不能发 4 件') as string });
		expect(await ship({ way: 'vehicle', plannedDay: '2025-06-04' })).toMatchObject({ wayNote: null, lines: [{ item: 'P001', quantity: 3, price: 2000 }] });
		expect(await one('part_request', no)).toMatchObject({ state: 'Shipped' });
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 10000, deposit: 300000 });
		expect(await entries('W01')).toEqual([['issue', 'P001', 2, 4000, 4000], ['issue', 'P001', 3, 6000, 10000]]);
		expect(await notices('P-031')).toMatchObject([{ recipients: ['w01@test.local'] }, {}]);
	});

	it('P-011: the limit is asked again when parts leave, also within one batch', async () => {
		const no = await planned({ item: 'P002', quantity: 11 });
		await fire('outlet_payment', 'reverse', String((await database.store.list('outlet_payment', { where: [{ column: 'outlet', is: '=', value: 'W01' }] }))[0]?.['no']), { reason: '退票' }, 'K01');
		await fire('outlet_payment', 'receive', null, { outlet: 'W01', purpose: 'deposit', amount: 100000, paidOn: '2025-05-20' }, 'K01');
		const ship = (quantity: number) => fire('shipment', 'ship', null, { request: no, way: 'freight', lines: [{ item: 'P002', quantity }] }, 'S01', june1);
		await expect(ship(4)).rejects.toMatchObject({ rule: 'P-011', message: expect.stringContaining('超过额度 333.33 元') as string });
		const outcomes = await Promise.allSettled([ship(2), ship(2)]);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 17000 });
	});

	it('P-032: fifteen days of silence mean received; reminded on the twelfth', async () => {
		const no = await planned({ item: 'P001', quantity: 5 });
		const { no: shipment } = await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1);
		await fireDueClocks(database.store, at('2025-06-13 00:01'));
		expect((await notices('P-032')).map(({ key }) => key)).toEqual([`shipment.remind:${String(shipment)}`]);
		await fireDueClocks(database.store, at('2025-06-17 00:00'));
		expect(await one('shipment', String(shipment))).toMatchObject({ state: 'Shipped', deemedDueAt: at('2025-06-17 00:00') });
		await fireDueClocks(database.store, at('2025-06-17 00:01'));
		expect(await one('shipment', String(shipment))).toMatchObject({ state: 'ReceivedDeemed', answer: '逾期未复，视为无误' });
		expect(await one('part_request', no)).toMatchObject({ state: 'Received' });
		const claim = { short: [{ item: 'P001', quantity: 1 }], answer: '少一件' };
		await expect(fire('shipment', 'claim', String(shipment), claim, 'S01', at('2025-06-17 09:00'))).rejects.toMatchObject({ rule: 'P-032' });
		expect(await fire('shipment', 'claim', String(shipment), claim, 'A01', at('2025-06-17 09:00'))).toMatchObject({ state: 'Claim' });
	});

	it('P-032: a confirmed shortage comes off what the outlet holds and is sent again', async () => {
		const no = await planned({ item: 'P001', quantity: 5 });
		const shipment = String((await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1))['no']);
		await expect(fire('shipment', 'claim', shipment, { short: [{ item: 'P001', quantity: 6 }], answer: '全部' }, 'S01')).rejects.toMatchObject({ message: expect.stringContaining('不能短少 6 件') as string });
		await fire('shipment', 'claim', shipment, { short: [{ item: 'P001', quantity: 2 }], answer: '少两件' }, 'S01', june1);
		await fire('shipment', 'settleClaim', shipment, { decision: '确认短少，补发', settleNote: '物流丢失' }, 'A01', june1);
		expect(await entries('W01')).toEqual([['issue', 'P001', 5, 10000, 10000], ['short', 'P001', -2, -4000, 6000]]);
		expect(await one('part_request', no)).toMatchObject({ state: 'Approved', lines: [{ shipped: 3 }] });
		expect(await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01')).toMatchObject({ lines: [{ quantity: 2 }] });
	});

	it('a shipment that never left is called back: nothing is held and all of it is open again', async () => {
		const no = await planned({ item: 'P001', quantity: 5 });
		const shipment = String((await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1))['no']);
		await fire('shipment', 'callBack', shipment, { settleNote: '录错' }, 'A01');
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 0 });
		expect(await one('part_request', no)).toMatchObject({ state: 'Approved', lines: [{ shipped: 0 }] });
		expect(await fireDueClocks(database.store, at('2025-07-01 00:00'))).toMatchObject([{ kind: 'part_request' }]);
	});

	it('P-070 P-072: parts leave the warehouse with the shipment, from the oldest lots, and nothing leaves that is not there', async () => {
		const no = await planned({ item: 'P001', quantity: 10 }, { item: 'P002', quantity: 8 });
		const stock = async (item: string) => (await database.store.list('stock_card', { where: [{ column: 'item', is: '=', value: item }] }))[0];
		const shipment = String((await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1))['no']);
		expect([(await stock('P001'))?.['balance'], (await stock('P002'))?.['balance']]).toEqual([90, 42]);
		const [issue] = await database.store.list('goods_issue', { where: [{ column: 'paper', is: '=', value: shipment }] });
		expect(issue).toMatchObject({ state: 'Issued', purpose: 'shipment' });
		await expect(fire('goods_issue', 'reverse', String(issue?.['no']), { reason: '错' }, 'W90', june1)).rejects.toMatchObject({ message: expect.stringContaining(`属于发货单 ${shipment}`) as string });
		await fire('shipment', 'callBack', shipment, { settleNote: '录错' }, 'A01', june1);
		expect([(await stock('P001'))?.['balance'], (await stock('P002'))?.['balance']]).toEqual([100, 50]);
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: [{ item: 'P002', quantity: 45 }] }, 'W90', june1);
		await expect(fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1)).rejects.toMatchObject({ message: expect.stringContaining('配件 P002 需要 8，库存 5') as string });
		expect(await one('outlet_account', 'ZH-W01')).toMatchObject({ held: 0 });
	});

	it('P-033: a transfer moves the value from one outlet to the other and asks the other\'s limit', async () => {
		const no = await planned({ item: 'P001', quantity: 20 });
		await fire('shipment', 'ship', null, { request: no, way: 'freight' }, 'S01', june1);
		const apply = (quantity: number) => fire('part_transfer', 'apply', null, { fromOutlet: 'W01', toOutlet: 'W02', lines: [{ item: 'P001', quantity }] }, 'R01');
		const move = async (quantity: number) => fire('part_transfer', 'move', String((await apply(quantity))['no']), {}, 'S01');
		await expect(fire('part_transfer', 'apply', null, { fromOutlet: 'W01', toOutlet: 'W02', lines: [{ item: 'P001', quantity: 1 }] }, 'S01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await expect(move(21)).rejects.toMatchObject({ message: expect.stringContaining('帐面只有配件 P001 20 件') as string });
		await expect(move(17)).rejects.toMatchObject({ rule: 'P-011', message: expect.stringContaining('超 6.67 元') as string });
		await move(16);
		expect([await one('outlet_account', 'ZH-W01'), await one('outlet_account', 'ZH-W02')]).toMatchObject([{ held: 8000 }, { held: 32000 }]);
		expect(await entries('W02')).toEqual([['transfer_in', 'P001', 16, 32000, 32000]]);
	});
});
