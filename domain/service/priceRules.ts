import type { RowOfRecord } from '../document/document';
import { fen, integer, lines, optional, ref, type Day } from '../document/fields';
import type { price } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { priceOn } from '../shared/priceOn';
import { yuan } from '../shared/money';
import type { Quotation } from './quotationPaper';

/** What somebody charges: the price list gives the price. */
export const charged = lines(
	{ item: ref('item', { en: 'Item', zh: '项目编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }), price: optional(fen({ en: 'Price', zh: '单价(元)' }, { min: 0 })) },
	{ en: 'Charge lines', zh: '收费明细' },
);

type Price = RowOfRecord<typeof price>;
export type Wanted = { readonly item: string; readonly quantity: number; readonly price: number | null };
export type Priced = { readonly kind: Price['priceKind']; readonly item: string; readonly quantity: number; readonly list: number; readonly price: number };

/** The customer's price of an item on a day. @rule V-063 — from the price list valid on that day */
export function listPrice(item: string, prices: readonly Price[], day: Day): Price & { readonly customerPrice: number } {
	const line = priceOn(prices.filter((each) => each.item === item && each.customerPrice !== null), day);
	if (line === null) throw new RuleViolation('CONDITION_NOT_MET', `价格表中没有“${item}”在 ${day} 有效的客户价`, '请核对编码，或先在零配件价格表中登记客户价', 'V-063');
	return line as Price & { customerPrice: number };
}

/**
 * Prices the lines of a charge: by the accepted quotation where it names the item, else by the list.
 * @rule V-063 — nobody raises or lowers a price by himself
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function priceLines(wanted: readonly Wanted[], prices: readonly Price[], accepted: Quotation | null, day: Day): Priced[] {
	return wanted.map(({ item, quantity, price }) => {
		const line = listPrice(item, prices, day);
		const quoted = accepted?.lines.find((each) => each.item === item)?.offer;
		const due = quoted ?? line.customerPrice;
		if (price !== null && price !== due)
			throw new RuleViolation('CONDITION_NOT_MET', `“${item}”的收费标准是 ${yuan(due)} 元，填了 ${yuan(price)} 元`, '请按标准收费；需要优惠请先报价并经客户接受', 'V-063');
		return { kind: line.priceKind, item, quantity, list: line.customerPrice, price: due };
	});
}

export const totalOf = (lines: readonly { readonly quantity: number; readonly price: number }[]): number => lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);

/** Whether an offer is so far below the list that the general manager decides; both in fen. @rule V-064 — exactly the limit is still allowed */
export const needsApproval = (list: number, offer: number, limitPct: number): boolean => (list - offer) * 100 > limitPct * list;

/** `10.00%` below list. */
export const belowList = (list: number, offer: number): string => (list === 0 ? '0.00%' : `${(Math.round(((list - offer) / list) * 10_000) / 100).toFixed(2)}%`);
