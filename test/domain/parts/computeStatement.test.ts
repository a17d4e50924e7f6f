import fc from 'fast-check';
import { computeStatement, handoverList, type Returned, type Stated } from '../../../domain/parts/computeStatement';
import { defaultSettings as settings } from '../../../domain/settings';

const used = (changes: Partial<Stated> = {}): Stated => ({ item: 'P1', quantity: 1, repairNo: 'R1', replacedDay: '2025-05-20', warranty: 'in', ...changes });
const back = (changes: Partial<Returned> = {}): Returned => {
	const quantity = changes.quantity ?? 1;
	return { item: 'P1', quantity, repairNo: 'R1', shippedDay: '2025-06-10', faultCard: 'K1', state: 'Tested', matched: quantity, mismatched: 0, noFault: 0, improper: false, ...changes };
};
const compute = (stated: Stated[], returned: Returned[], price = 2000, before: { stated?: Stated[]; returned?: Returned[] } = {}) =>
	computeStatement({ stated, returned, statedBefore: before.stated ?? [], returnedBefore: before.returned ?? [], supplyPriceOf: () => price, settings });

describe('the statement', () => {
	it('P-041: stated 10, returned 10 at 20.00 writes 200.00 off without question', () => {
		expect(compute([used({ quantity: 10 })], [back({ quantity: 10 })])).toMatchObject({ credited: 10, creditAmount: 20000, differs: false });
	});
	it('P-041: stated 10, returned 8 differs; 8 are written off', () => {
		expect(compute([used({ quantity: 10 })], [back({ quantity: 8 })])).toMatchObject({ credited: 8, creditAmount: 16000, differs: true });
	});
	it('P-046: 8 parts shipped on 16 June for May are credited 144.00', () => {
		expect(compute([used({ quantity: 8 })], [back({ quantity: 8, shippedDay: '2025-06-16' })])).toMatchObject({ creditAmount: 14400 });
	});
	it('P-047 P-048: shipped on 1 July is credited nothing, and fined only once verified', () => {
		const late = back({ quantity: 1, shippedDay: '2025-07-01' });
		expect(compute([used()], [late], 8500)).toMatchObject({ creditAmount: 0, fineAmount: 0 });
		expect(compute([used()], [{ ...late, improper: true }], 8500)).toMatchObject({ creditAmount: 0, fineAmount: 85000 });
	});
	it('P-048: parts out of warranty worth 85 in all cost 850 once verified', () => {
		const parts = [back({ improper: true, repairNo: 'R1' }), back({ improper: true, repairNo: 'R2', quantity: 3 })];
		expect(compute([used({ warranty: 'out' }), used({ warranty: 'out', repairNo: 'R2', quantity: 3 })], parts, 2125)).toMatchObject({ fineAmount: 85000, credited: 0 });
	});
	it('P-042: stated 5, returned 6: 5 credited, 1 confiscated', () => {
		expect(compute([used({ quantity: 5 })], [back({ quantity: 6 })])).toMatchObject({ credited: 5, confiscated: 1, creditAmount: 10000 });
	});
	it('P-042: a part that was not stated at all is confiscated', () => {
		expect(compute([], [back({ quantity: 2 })])).toMatchObject({ credited: 0, confiscated: 2, differs: true });
	});
	it('P-043: no card is not counted, another fault is not written off', () => {
		expect(compute([used()], [back({ faultCard: null, state: 'Sent', matched: 0 })]).lines[0]).toMatchObject({ notCredited: 1, credited: 0 });
		expect(compute([used({ quantity: 3 })], [back({ quantity: 3, matched: 1, mismatched: 2 })]).lines[0]).toMatchObject({ notCredited: 2, credited: 1 });
	});
	it('P-044: three parts without fault cost 120.00', () => {
		expect(compute([used({ quantity: 3 })], [back({ quantity: 3, matched: 0, noFault: 3 })])).toMatchObject({ fineAmount: 12000, credited: 0 });
	});
	it('P-043: what QA has not tested is pending, with what it is worth if it matches', () => {
		expect(compute([used({ quantity: 4 })], [back({ quantity: 3, state: 'Sent', matched: 0, shippedDay: '2025-06-20' })])).toMatchObject({ pending: 3, pendingAmount: 5400, credited: 0, creditAmount: 0 });
	});
	it('P-045: what is handed over is what was credited and confiscated', () => {
		const statement = compute([used({ quantity: 5 }), used({ repairNo: 'R2', quantity: 2 })], [back({ quantity: 6 }), back({ repairNo: 'R2', quantity: 2, matched: 1, noFault: 1 })]);
		expect(handoverList(statement)).toEqual([{ item: 'P1', quantity: 7 }]);
	});
	it('P-046: a part used in May and sent on 18 June with the June list is credited 90 %, in June', () => {
		const june = compute([], [back({ quantity: 2, shippedDay: '2025-06-18' })], 2000, { stated: [used({ quantity: 10 })], returned: [back({ quantity: 8 })] });
		expect(june).toMatchObject({ credited: 2, creditAmount: 3600, confiscated: 0, stated: 2, returned: 2, differs: false });
	});
	it('P-042: what came back before is not credited twice', () => {
		expect(compute([], [back({ quantity: 3, shippedDay: '2025-06-18' })], 2000, { stated: [used({ quantity: 10 })], returned: [back({ quantity: 8 })] })).toMatchObject({ credited: 2, confiscated: 1 });
	});
	it('P-046: two shipments of one repair are each credited by their own day', () => {
		const statement = compute([used({ quantity: 10 })], [back({ quantity: 2, shippedDay: '2025-06-20' }), back({ quantity: 8, shippedDay: '2025-06-05' })]);
		expect(statement.lines.map(({ credited, pct }) => [credited, pct])).toEqual([[8, 100], [2, 90]]);
		expect(statement).toMatchObject({ creditAmount: 19600, differs: false });
	});
	it('P-041: a part shipped before it was replaced is not credited and says so', () => {
		expect(compute([used()], [back({ shippedDay: '2025-05-19' })]).lines[0]).toMatchObject({ credited: 0, notCredited: 1, why: expect.stringContaining('早于更换日期') as string });
	});
	it('P-044: a fine alone makes the outlet be asked', () => {
		expect(compute([used()], [back({ matched: 0, noFault: 1 })])).toMatchObject({ differs: true, fineAmount: 4000 });
	});
	it('P-040: a part that did not come back is listed as missing', () => {
		expect(compute([used({ quantity: 4 })], []).lines[0]).toMatchObject({ missing: 4, returned: 0, credited: 0 });
	});
	it('accounts for every returned part exactly once, whatever the order of the rows', () => {
		const quantity = fc.integer({ min: 1, max: 9 });
		const pair = fc.record({ stated: quantity, matched: fc.nat(5), mismatched: fc.nat(5), noFault: fc.nat(5), warranty: fc.constantFrom('in' as const, 'out' as const), shippedDay: fc.constantFrom('2025-06-10', '2025-06-20', '2025-07-02'), card: fc.boolean() });
		fc.assert(
			fc.property(fc.array(pair, { maxLength: 8 }), (pairs) => {
				const stated = pairs.map(({ stated: count, warranty }, index) => used({ repairNo: `R${index}`, quantity: count, warranty }));
				const returned = pairs.flatMap(({ matched, mismatched, noFault, shippedDay, card }, index) => {
					const total = matched + mismatched + noFault;
					return total === 0 ? [] : [back({ repairNo: `R${index}`, quantity: total, matched, mismatched, noFault, shippedDay, faultCard: card ? 'K' : null })];
				});
				const statement = compute(stated, returned);
				for (const line of statement.lines) {
					expect(line.credited + line.confiscated + line.notCredited + line.noFault + line.improper + line.pending).toBe(line.returned);
				}
				expect(statement.credited).toBeLessThanOrEqual(stated.reduce((sum, { quantity: count }) => sum + count, 0));
				expect(compute([...stated].reverse(), [...returned].reverse())).toEqual(statement);
			}),
		);
	});
});
