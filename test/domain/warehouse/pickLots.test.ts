import fc from 'fast-check';
import { pickLots } from '../../../domain/warehouse/pickLots';
import type { StockLot } from '../../../domain/warehouse/stockLot';
import { storageWarnings } from '../../../domain/warehouse/storage';
import { defaultSettings } from '../../../domain/settings';

const lot = (name: string, receivedDay: string, quantity: number, item = 'P001'): StockLot => ({ item, lot: name, receivedDay, quantity }) as StockLot;

describe('pickLots', () => {
	it('P-072: first in, first out: 7 of 1 May ×5 and 3 May ×5 are 5 of the first and 2 of the second', () => {
		expect(pickLots([{ item: 'P001', quantity: 7 }], [lot('B', '2025-05-03', 5), lot('A', '2025-05-01', 5)])).toEqual([
			{ item: 'P001', lot: 'A', quantity: 5 },
			{ item: 'P001', lot: 'B', quantity: 2 },
		]);
	});

	it('P-072: lots of one day go by their names', () => {
		expect(pickLots([{ item: 'P001', quantity: 1 }], [lot('B', '2025-05-01', 5), lot('A', '2025-05-01', 5)])).toEqual([{ item: 'P001', lot: 'A', quantity: 1 }]);
	});

	it('P-070: two lines of one part are added up before the stock is asked; what is short is named, wanted and there', () => {
		const lots = [lot('A', '2025-05-01', 5), lot('A', '2025-05-01', 9, 'P002')];
		expect(() => pickLots([{ item: 'P001', quantity: 3 }, { item: 'P001', quantity: 3 }, { item: 'P002', quantity: 10 }], lots)).toThrow('配件 P001 需要 6，库存 5；配件 P002 需要 10，库存 9');
		expect(() => pickLots([{ item: 'P009', quantity: 1 }], lots)).toThrow('配件 P009 需要 1，库存 0');
	});

	it('P-072: takes exactly what is wanted, never more than a lot holds, and no younger lot while an older one has some', () => {
		const day = fc.integer({ min: 1, max: 28 }).map((number) => `2025-05-${String(number).padStart(2, '0')}`);
		const lots = fc.array(fc.tuple(day, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 8 }).map((list) => list.map(([received, quantity], index) => lot(`L${index}`, received, quantity)));
		fc.assert(
			fc.property(lots, fc.double({ min: 0.01, max: 1, noNaN: true }), (stock, share) => {
				const wanted = Math.max(1, Math.floor(stock.reduce((sum, { quantity }) => sum + quantity, 0) * share));
				const picks = pickLots([{ item: 'P001', quantity: wanted }], stock);
				expect(picks.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(wanted);
				const left = stock.map((each) => ({ ...each, quantity: each.quantity - (picks.find((pick) => pick.lot === each.lot)?.quantity ?? 0) }));
				expect(left.every(({ quantity }) => quantity >= 0)).toBe(true);
				const youngest = stock.filter((each) => picks.some((pick) => pick.lot === each.lot)).map(({ receivedDay }) => receivedDay).sort().at(-1) as string;
				expect(left.filter(({ receivedDay, quantity }) => receivedDay < youngest && quantity > 0)).toEqual([]);
			}),
		);
	});
});

describe('storageWarnings', () => {
	const paint = { name: '稀释剂', hazardous: true, weight: null };

	it('P-071: what burns is warned of in a normal zone and where no zone is known, not in the zone kept for it', () => {
		expect(storageWarnings(paint, { zone: 'A', shelf: '3', level: '上' }, defaultSettings)).toBe('易燃或不稳定物品“稀释剂”不应放在A-3-上，请移到危险品区');
		expect(storageWarnings(paint, { zone: null, shelf: null, level: null }, defaultSettings)).toContain('未定的库位');
		expect(storageWarnings(paint, { zone: '危险品区', shelf: null, level: null }, defaultSettings)).toBeNull();
		expect(storageWarnings(paint, { zone: 'H1', shelf: null, level: null }, { ...defaultSettings, 'stock.hazard_zones': 'H1，H2' })).toBeNull();
	});

	it.each([
		['light', '下', '轻件宜放上层'],
		['heavy', '上层', '重件宜放下层'],
		['frequent', '上', '常用件宜放中层'],
		['heavy', '下', null],
		['heavy', '2', null],
	] as const)('P-071: %s goods on level %s: %s', (weight, level, warning) => {
		expect(storageWarnings({ name: 'x', hazardous: null, weight }, { zone: 'A', shelf: null, level }, defaultSettings)).toBe(warning);
	});
});
