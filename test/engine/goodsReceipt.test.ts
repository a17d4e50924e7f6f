import { apply } from '../../engine/engine';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe.each(databases)('a goods receipt on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = (event: string, no: string | null, input: Record<string, unknown>, actor: string) => apply(database.store, 'goods_receipt', event, [{ no, input }], { actor, now: at('2025-06-06 15:00') });
	const goods = [{ model: 'KF-26', serial: 'ＳＮ１', quantity: 1, accessories: '遥控器' }, { model: 'KF-26', quantity: 2 }];

	it('R-002: lists several items, is retrieved and voided under its number', async () => {
		await fire('issue', null, { customer: 'C001', goods }, 'J01');
		expect(await database.store.list('goods_receipt', {})).toMatchObject([{ no: 'SJ202506-0001', state: 'Issued', goods: [{ serial: 'SN1', accessories: '遥控器' }, { quantity: 2, serial: null }] }]);
		await fire('retrieve', 'SJ202506-0001', {}, 'Y01');
		await fire('void', 'SJ202506-0001', { reason: '已归还' }, 'Y01');
		expect(await database.store.list('goods_receipt', {})).toMatchObject([{ no: 'SJ202506-0001', state: 'Voided', retrievedAt: at('2025-06-06 15:00') }]);
		await expect(fire('retrieve', 'SJ202506-0001', {}, 'Y01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	it('R-002: a line without quantity is refused by its number', async () => {
		await expect(fire('issue', null, { customer: 'C001', goods: [goods[0], { model: 'X' }] }, 'J01')).rejects.toMatchObject({ message: '“商品”第 2 行：缺少“数量”' });
	});
});
