import { blankPaper, paperFor, printForm } from '../../engine/papers';
import type { PaperModel } from '../../domain/paper/paperModel';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { firing, openWarehouse } from '../support/warehouse';

const now = at('2025-06-30 09:00');
const rowsOf = ({ pages }: PaperModel) => pages.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === 'table' ? block.rows : []));
const pairsOf = ({ pages }: PaperModel) => Object.fromEntries((pages[0]?.blocks ?? []).flatMap((block) => (block.kind === 'pairs' ? block.pairs : [])).map(({ label, value }) => [label, value]));

const blankForms = ['M-061', 'M-081', 'M-081-P', 'M-136', '出库单', 'goods_in', 'scrap_list', 'courier_slip', 'freight_check'];

describe.each(databases)('papers of the warehouse on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await openWarehouse(database.store);
		await fire('opening_stock', 'enter', null, { item: 'P001', lot: 'A', receivedDay: '2025-05-01', quantity: 5, zone: 'A', shelf: '1' }, 'W01', '2025-05-10 09:00');
		await fire('goods_in', 'takeBack', null, { origin: 'other', paper: 'QX-1', lines: 'P001 3' }, 'W01', '2025-05-20 09:00');
		await fire('goods_issue', 'issue', null, { purpose: 'repair', lines: 'P001 6' }, 'W01', '2025-06-09 10:00');
	});
	afterEach(() => database.drop());
	const fire = firing(() => database.store);

	it('P-070: the stock card of a month shows each movement, what was brought forward and the balance', async () => {
		const card = await printForm(database.store, 'M-061', 'KP-P001 2025-06', { now, actor: 'J01' });
		expect(card).toMatchObject({ title: '存卡', no: 'KP-P001' });
		expect(rowsOf(card)).toEqual([
			['', '承前', '', '', '', '', '', '8'],
			['2025-06-09', 'CK202506-0001', '维修领用', 'A', '', '', '5', '3'],
			['2025-06-09', 'CK202506-0001', '维修领用', 'RK202505-0001-1', '', '', '1', '2'],
		]);
		expect(pairsOf(card)).toMatchObject({ 物料: 'P001 压缩机', 期间: '2025-06', 现存: '2' });
		expect(rowsOf(await paperFor(database.store, 'stock_card', 'KP-P001', { now }))).toHaveLength(4);
		expect(rowsOf(await printForm(database.store, 'M-061', 'KP-P001 2025-07', { now }))).toEqual([['', '承前', '', '', '', '', '', '2']]);
		await expect(printForm(database.store, 'M-061', 'KP-P001 六月', { now })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		await expect(printForm(database.store, 'M-061', 'KP-P001', { now, actor: 'Y01' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
	});

	it('P-073 P-078: the count sheet goes out with the book figures or without; the report has what was counted', async () => {
		await fire('stock_count', 'start', null, { countKind: 'full' });
		await fire('stock_count', 'start', null, { countKind: 'full', blind: true });
		expect(rowsOf(await printForm(database.store, 'M-081-P', 'PD202506-001', { now }))).toEqual([['1', '', 'P001 压缩机', '2', '', '']]);
		expect(rowsOf(await printForm(database.store, 'M-081-P', 'PD202506-002', { now }))).toEqual([['1', '', 'P001 压缩机', '', '', '']]);
		await fire('stock_count', 'enter', 'PD202506-001', { counted: 'P001 1' });
		expect(rowsOf(await paperFor(database.store, 'stock_count', 'PD202506-001', { now }))).toEqual([['1', '', 'P001 压缩机', '2', '1', '-1', '']]);
	});

	it('P-074: the slip says which it is, with the cause and who signed', async () => {
		await fire('stock_count', 'start', null, { countKind: 'full' });
		await fire('stock_count', 'enter', 'PD202506-001', { counted: 'P001 1' });
		await fire('stock_count', 'submit', 'PD202506-001', {});
		await fire('stock_count', 'approve', 'PD202506-001', {}, 'A01');
		await fire('stock_adjustment', 'explain', 'PK-PD202506-001', { causes: 'P001 0 不明' });
		await fire('stock_adjustment', 'issue', 'PK-PD202506-001', {}, 'A01');
		await fire('stock_adjustment', 'approve', 'PK-PD202506-001', {}, 'G02');
		const slip = await paperFor(database.store, 'stock_adjustment', 'PK-PD202506-001', { now });
		expect(slip.title).toBe('盘亏单');
		expect(rowsOf(slip)).toEqual([['P001 压缩机', '2', '1', '1', '', '1', '不明'], ['总经理', '总经理', '2025-06-09']]);
	});

	it('P-072: the issue prints the lots to fetch', async () => {
		expect(rowsOf(await paperFor(database.store, 'goods_issue', 'CK202506-0001', { now }))).toEqual([['1', 'P001 压缩机', 'A', '5', ''], ['2', 'P001 压缩机', 'RK202505-0001-1', '1', '']]);
	});

	it.each(blankForms)('P-070: %s is printed blank too', async (form) => {
		expect((await blankPaper(database.store, form, { now })).pages).toHaveLength(1);
	});
});
