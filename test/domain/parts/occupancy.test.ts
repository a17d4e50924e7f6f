import * as fc from 'fast-check';
import { limitNote, limitOf, neededDeposit, occupancyOf } from '../../../domain/parts/occupancy';
import { settleAccount } from '../../../domain/parts/settleAccount';
import { outletStock } from '../../../domain/parts/outletStock';
import { oldest, stockLayers } from '../../../domain/parts/stockLayers';
import { defaultSettings, settingProblem } from '../../../domain/settings';
import { readRatio, type Ratio } from '../../../domain/shared/ratio';

const ratio = (text: string) => readRatio(text) as Ratio;

describe('the limit of a deposit', () => {
	it.each([
		['1/3', 33333],
		['3', 300000],
		['1.3', 130000],
		['１／３', 33333],
	])('P-011: EX-08a a deposit of 1000.00 at %s covers %d fen', (text, limit) => {
		expect(limitOf(100000, ratio(text))).toBe(limit);
	});

	it.each(['1:3', '0', '1/0', '-1', '三分之一', '1.5/3', ''])('P-011: "%s" is no ratio, and an admin hears so', (text) => {
		expect(readRatio(text)).toBeNull();
		expect(settingProblem('parts.limit_ratio', text)).not.toBeNull();
	});

	it.each([
		['1/3', 6667, 20000],
		['3', 0, 0],
		['1.3', 0, 0],
	])('P-012: EX-08b 400.00 held at %s is %d fen over, cleared by %d fen', (text, excess, topUp) => {
		expect(occupancyOf({ deposit: 100000, held: 25000, wanted: 15000 }, { ...defaultSettings, 'parts.limit_ratio': text })).toMatchObject({ excess, topUp, offset: excess });
	});

	it('P-012: the top-up restores the limit exactly: a fen less does not', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 50_000_000 }), fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom('1/3', '3', '1.3', '2/7', '0.9'), (held, deposit, text) => {
				const { topUp, excess } = occupancyOf({ deposit, held, wanted: 0 }, { ...defaultSettings, 'parts.limit_ratio': text });
				expect(limitOf(deposit + topUp, ratio(text))).toBeGreaterThanOrEqual(held - (excess === 0 ? held : 0));
				if (topUp > 0) expect(limitOf(deposit + topUp - 1, ratio(text))).toBeLessThan(held);
				expect(neededDeposit(held, ratio(text))).toBeLessThanOrEqual(deposit + topUp);
			}),
		);
	});

	it('P-011: as long as nobody confirmed the ratio everybody is told', () => {
		expect(limitNote(defaultSettings)).toContain('比例尚未确认');
		expect(limitNote({ ...defaultSettings, 'parts.limit_confirmed': '是' })).toBe('额度＝押金 × 1/3');
	});
});

describe('clearing an account', () => {
	it('P-004: EX-08d and its edges', () => {
		expect(settleAccount({ deposit: 200000, held: 15000, receivable: 0 })).toMatchObject({ lost: 15000, refund: 185000, owed: 0 });
		expect(settleAccount({ deposit: 200000, held: 0, receivable: 0 })).toMatchObject({ lost: 0, refund: 200000 });
		expect(settleAccount({ deposit: 200000, held: 0, receivable: 5000 })).toMatchObject({ fromDeposit: 5000, refund: 195000 });
		expect(settleAccount({ deposit: 1000, held: 1500, receivable: 200 })).toMatchObject({ refund: 0, owed: 700 });
		expect(settleAccount({ deposit: 1000, held: -300, receivable: 0 })).toMatchObject({ refund: 1000, credit: 300 });
	});

	it('P-004: no fen is lost between deposit, refund and debt', () => {
		const fen = fc.integer({ min: 0, max: 10_000_000 });
		fc.assert(
			fc.property(fen, fen, fen, (deposit, held, receivable) => {
				const { refund, owed, fromDeposit, lost } = settleAccount({ deposit, held, receivable });
				expect([fromDeposit + refund, fromDeposit + owed]).toEqual([deposit, lost + receivable]);
				expect(refund === 0 || owed === 0).toBe(true);
			}),
		);
	});
});

describe('what an outlet has', () => {
	const entry = (entryKind: 'opening' | 'issue' | 'take_back', quantity: number, amount = 0, day = '2025-03-31') => ({ item: 'P001', quantity, amount, day, entryKind });
	const used = (quantity: number, replacedDay: string, state: 'Stated' | 'Void' = 'Stated') => ({ item: 'P001', quantity, replacedDay, month: replacedDay.slice(0, 7), state });

	it('P-020: received less used; usage before the opening balance is in it, voided usage is none', () => {
		expect(outletStock([entry('opening', 9), entry('issue', 5)], [used(2, '2025-03-30'), used(4, '2025-04-02'), used(3, '2025-04-02', 'Void')]).get('P001')).toBe(10);
		expect(outletStock([], [used(2, '2025-03-30')]).get('P001')).toBe(-2);
	});

	it('P-004: parts come back at what they were put on the account for, the oldest first; opening stock at today\'s price', () => {
		const layers = stockLayers([entry('issue', 10, 20000), entry('issue', 10, 40000), entry('take_back', -2, -4000)], [used(8, '2025-04-02')], () => 0).get('P001') ?? [];
		expect(layers).toEqual([{ quantity: 10, price: 4000 }]);
		expect(oldest(layers, 12)).toEqual({ value: 40000, beyond: 2 });
		expect(oldest(stockLayers([entry('opening', 3)], [], () => 1500).get('P001') ?? [], 2)).toEqual({ value: 3000, beyond: 0 });
	});

	it('P-011: whatever is issued, used and given back, the value left is never below nothing and nothing is worth more than it was issued for', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9999 })), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (issues, usedPieces, back) => {
				const entries = issues.map(([quantity, price]) => entry('issue', quantity, quantity * price));
				const layers = stockLayers(entries, [used(usedPieces, '2025-04-02')], () => 0).get('P001') ?? [];
				const left = Math.max(0, issues.reduce((sum, [quantity]) => sum + quantity, 0) - usedPieces);
				const { value, beyond } = oldest(layers, back);
				expect(layers.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(left);
				expect(beyond).toBe(Math.max(0, back - left));
				expect(value).toBeLessThanOrEqual(issues.reduce((sum, [quantity, price]) => sum + quantity * price, 0));
				expect(value).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});
