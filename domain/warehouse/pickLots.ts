import { fire, type Consequence } from '../document/document';
import { findAll } from '../document/facts';
import { integer, lines, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { cardNumber, stockCard } from './stockCard';
import { stockLot, type StockLot } from './stockLot';
import type { MoveKind } from './stockMove';

/** What is wanted of a part. */
export type Wanted = { readonly item: string; readonly quantity: number };
export type Pick = Wanted & { readonly lot: string };

export const wantedLines = lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Lines', zh: '明细' });
export const pickedLines = lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), lot: text({ en: 'Lot', zh: '批次' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Picked', zh: '发料批次' });

/** Lots with something in them; to be read after the cards are locked. */
export const lotsOf = (codes: readonly string[]) => findAll(stockLot, 'stocked', [...new Set(codes)].sort());

export const itemsOf = (list: readonly { readonly item: string }[]): string[] => [...new Set(list.map(({ item }) => item))].sort();

const inOrder = (one: StockLot, other: StockLot): number => (one.receivedDay === other.receivedDay ? (one.lot < other.lot ? -1 : 1) : one.receivedDay < other.receivedDay ? -1 : 1);

/**
 * Takes what is wanted from the oldest lots.
 *
 * @rule P-072 — first in, first out: by the day received, then by lot
 * @rule P-070 — more than there is, is refused; all lines or none
 * @throws RuleViolation CONDITION_NOT_MET naming part, wanted and there
 * @example lots 1 May ×5, 3 May ×5; 7 wanted → 5 of the first, 2 of the second
 */
export function pickLots(wanted: readonly Wanted[], lots: readonly StockLot[], ruleId = 'P-070'): Pick[] {
	const short: string[] = [];
	const picks: Pick[] = [];
	for (const [item, group] of Map.groupBy(wanted, ({ item: code }) => code)) {
		const total = group.reduce((sum, { quantity }) => sum + quantity, 0);
		const own = lots.filter((lot) => lot.item === item).sort(inOrder);
		const there = own.reduce((sum, { quantity }) => sum + quantity, 0);
		if (there < total) short.push(`配件 ${item} 需要 ${total}，库存 ${there}`);
		let open = total;
		for (const { lot, quantity } of own) {
			const taken = Math.min(open, quantity);
			if (taken > 0) picks.push({ item, lot, quantity: taken });
			open -= taken;
		}
	}
	if (short.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `库存不足：${short.join('；')}`, '请减少数量，或先入库；帐实不符时请先办理盘点', ruleId);
	return picks;
}

/** `P001 批次 A ×5；P001 批次 B ×2`, for who fetches the goods. */
export const picksText = (picks: readonly Pick[]): string => picks.map(({ item, lot, quantity }) => `${item} 批次 ${lot} ×${quantity}`).join('；');

/** Books picks out. */
export const takeOut = (picks: readonly Pick[], moveKind: MoveKind, paper: string): Consequence[] =>
	picks.map(({ item, lot, quantity }) => fire(stockCard, 'turn', cardNumber(item), { item, lot, quantity: -quantity, moveKind, paper }));

/** Books picks back into the lots they came from. */
export const putBack = (picks: readonly Pick[], paper: string): Consequence[] =>
	picks.map(({ item, lot, quantity }) => fire(stockCard, 'turn', cardNumber(item), { item, lot, quantity, moveKind: 'reversal', paper }));
