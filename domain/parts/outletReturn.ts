import { defineDocument, fire, type Change, type DocumentOf, type RowOfRecord } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { fen, integer, lines, ref, text, optional, type RowOf } from '../document/fields';
import { outlet, price } from '../master/records';
import { priceOn } from '../shared/priceOn';
import { RuleViolation } from '../shared/ruleViolation';
import { goodsIn, type GoodsIn } from '../warehouse/goodsIn';
import { book, outletEntry, type Movement, type OutletEntry } from './outletAccount';
import type { Site } from './outletSite';
import { partRequest, recheckWaiting } from './partRequest';
import type { PartRequest } from './partRequestPaper';
import { merged, type Pieces } from './pieces';
import { oldest, stockLayers } from './stockLayers';
import { usageLine, type UsageLine } from './usageLine';

const given = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	lines: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), quantity: integer({ en: 'Quantity', zh: '完好数量' }, { min: 1 }) }, { en: 'Lines', zh: '退回明细' }),
	reason: text({ en: 'Reason', zh: '退回原因' }),
};

const draft = defineDocument({
	kind: 'outlet_return',
	form: 'M-134',
	label: { en: 'Parts return of an outlet', zh: '网点退料单' },
	number: { prefix: 'TL', period: 'month', digits: 4 },
	title: ['outlet', 'reason'],
	fields: { ...given, value: fen({ en: 'Value', zh: '退回金额' }), reversedBecause: optional(text({ en: 'Reversed because', zh: '撤销原因' })) },
	states: { Booked: '已入库', Reversed: '已撤销' },
	indexes: [['outlet']],
});
export type OutletReturn = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

export type Books = { readonly entries: readonly OutletEntry[]; readonly usage: readonly UsageLine[]; readonly prices: readonly RowOfRecord<typeof price>[]; readonly today: string };

/** What has no layer of its own (opening stock) is worth today's supply price. */
export const pricedToday = (prices: Books['prices'], today: string) => (code: string): number => priceOn(prices.filter((each) => each.item === code), today)?.supplyPrice ?? 0;

/**
 * Undamaged parts taken off what an outlet holds, at what they were put on it for, the oldest first.
 * @rule P-011 — held value is what was issued and not written off or returned
 * @throws RuleViolation CONDITION_NOT_MET for more than it has by the book
 */
export function takenOff(code: string, pieces: Pieces, { entries, usage, prices, today }: Books): Movement[] {
	const layers = stockLayers(entries, usage, pricedToday(prices, today));
	return merged(pieces).map(({ item, quantity }) => {
		const { value, beyond } = oldest(layers.get(item) ?? [], quantity);
		if (beyond > 0) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} 帐面只有配件 ${item} ${quantity - beyond} 件，不能退回 ${quantity} 件`, '请核对数量，或请网点先上报盘点、由售后经理按实盘更正', 'P-011');
		return { account: 'held', entryKind: 'take_back', amount: -value, item, quantity: -quantity, price: Math.round(value / quantity) };
	});
}

function takeBack(_paper: unknown, input: RowOf<typeof given>, { site, requests, no, ...books }: Given & Books & { site: Site | null; requests: readonly PartRequest[] }): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码', 'P-011');
	if (input.lines.length === 0) throw new RuleViolation('FIELD_MISSING', '没有写明退回的配件', '请至少填写一种配件和数量', 'P-011');
	const movements = takenOff(input.outlet, input.lines, books);
	return {
		set: { ...input, lines: merged(input.lines), value: -movements.reduce((sum, { amount }) => sum + amount, 0) },
		then: [...book(input.outlet, no, movements, input.reason), fire(goodsIn, 'takeBack', null, { origin: 'outlet', paper: no, lines: merged(input.lines) }), ...recheckWaiting(requests)],
	};
}

/** Booked wrongly: out of stock again, back onto the outlet. */
const reverse = (paper: OutletReturn, { reason }: { readonly reason: string }, { entries, receipts }: Given & { entries: readonly OutletEntry[]; receipts: readonly GoodsIn[] }): Change<Shape> => ({
	set: { reversedBecause: reason },
	then: [
		...book(paper.outlet, paper.no, entries.filter((entry) => entry.entryKind === 'take_back').map(({ amount, quantity, ...entry }) => ({ account: entry.account, entryKind: 'reversal' as const, amount: -amount, item: entry.item, quantity: quantity === null ? null : -quantity, price: entry.price })), reason),
		...receipts.filter(({ state }) => state === 'Booked').map(({ no }) => fire(goodsIn, 'callBack', no, { reason })),
	],
});

export const outletReturn = draft.events({
	takeBack: draft
		.event({
			label: { en: 'Take parts back', zh: '网点退料' },
			from: ['new'],
			to: ['Booked'],
			by: ['storekeeper', 'after_sales', 'after_sales_manager'],
			input: given,
			takeTurns: ({ outlet: code }) => [code],
			facts: (input) => ({
				site: locked(find(outlet, 'no', input.outlet)),
				entries: findAll(outletEntry, 'outlet', input.outlet),
				usage: findAll(usageLine, 'outlet', input.outlet),
				prices: findAll(price, 'item', input.lines.map(({ item }) => item)),
				requests: findAll(partRequest, 'outlet', input.outlet),
			}),
		})
		.decidedBy(takeBack),
	reverse: draft
		.event({ label: { en: 'Reverse', zh: '撤销退料' }, from: ['Booked'], to: ['Reversed'], by: ['after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '撤销原因' }) }, facts: (_input, paper) => ({ entries: findAll(outletEntry, 'paper', paper.no), receipts: findAll(goodsIn, 'basis', paper.no) }) })
		.decidedBy(reverse),
});
