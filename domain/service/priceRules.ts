import type { RowOfRecord } from '../document/document';
import { fen, integer, lines, optional, ref, type Day } from '../document/fields';
import type { price } from '../master/records';
import type { Settings } from '../settings';
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
 * Prices the lines of a charge: by the accepted quotation as far as its quantities reach, the rest by the list.
 * @rule V-063 — nobody raises or lowers a price by himself
 * @rule V-064 — what is really charged is not further below list than was approved
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function priceLines(wanted: readonly Wanted[], prices: readonly Price[], accepted: Quotation | null, { today, settings }: { readonly today: Day; readonly settings: Settings }): Priced[] {
	const left = (accepted?.lines ?? []).map((line) => ({ ...line }));
	const lines = wanted.flatMap(({ item, quantity, price }) => {
		const { customerPrice: list, priceKind: kind } = listPrice(item, prices, today);
		return taken(item, quantity, left, list).map((part): Priced => {
			if (price !== null && price !== part.price)
				throw new RuleViolation('CONDITION_NOT_MET', `“${item}”的收费标准是 ${yuan(part.price)} 元，填了 ${yuan(price)} 元`, '请按标准收费；需要优惠请先报价并经客户接受', 'V-063');
			return { kind, item, list, ...part };
		});
	});
	const [list, due] = [totalOf(lines.map((line) => ({ ...line, price: line.list }))), totalOf(lines)];
	if (accepted?.approvedBy === null && needsApproval(list, due, settings['charges.deviation_limit_pct']))
		throw new RuleViolation('CONDITION_NOT_MET', `实际收费 ${yuan(due)} 元，低于标准 ${belowList(list, due)}`, '只收报价中的一部分时优惠超过了限度；请重新报价并经总经理批准', 'V-064');
	return lines;
}

type Quoted = { readonly item: string; quantity: number; readonly offer: number };

/** Quoted pieces first, then the list. */
function taken(item: string, quantity: number, left: Quoted[], list: number): { quantity: number; price: number }[] {
	const parts: { quantity: number; price: number }[] = [];
	let open = quantity;
	for (const line of left) {
		const count = line.item === item ? Math.min(open, line.quantity) : 0;
		if (count === 0) continue;
		line.quantity -= count;
		open -= count;
		parts.push({ quantity: count, price: line.offer });
	}
	return open > 0 ? [...parts, { quantity: open, price: list }] : parts;
}

export const totalOf = (lines: readonly { readonly quantity: number; readonly price: number }[]): number => lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);

/** Whether an offer is so far below the list that the general manager decides; both in fen. @rule V-064 — exactly the limit is still allowed */
export const needsApproval = (list: number, offer: number, limitPct: number): boolean => (list - offer) * 100 > limitPct * list;

/** `10.00%` below list. */
export const belowList = (list: number, offer: number): string => (list === 0 ? '0.00%' : `${(Math.round(((list - offer) / list) * 10_000) / 100).toFixed(2)}%`);
