import { fire, type Change } from '../document/document';
import { findAll } from '../document/facts';
import { goodsIn, type GoodsIn } from '../warehouse/goodsIn';
import { goodsIssue, type GoodsIssue } from '../warehouse/goodsIssue';
import type { Wanted } from '../warehouse/pickLots';
import { cardNumber, stockCard, type StockCard } from '../warehouse/stockCard';
import type { RepairCard, RepairCardShape } from './repairCard';

/** Drawn for the card before, given back, and what the warehouse keeps at all. */
export const stockFacts = (card: Pick<RepairCard, 'no'>, parts: readonly Wanted[] | null) => ({
	issues: findAll(goodsIssue, 'paper', card.no),
	backs: findAll(goodsIn, 'basis', card.no),
	kept: findAll(stockCard, 'no', (parts ?? []).map(({ item }) => cardNumber(item))),
});

export type StockFacts = { readonly issues: readonly GoodsIssue[]; readonly backs: readonly GoodsIn[]; readonly kept: readonly StockCard[] };

const sumOf = (lines: readonly Wanted[], item: string): number => lines.filter((line) => line.item === item).reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * Parts used and not yet drawn leave the stock; parts drawn and not used are asked back. Parts without a stock card are none of the warehouse's.
 * @rule R-004 — taken parts are movements of stock
 */
export function partsFromStock(card: Pick<RepairCard, 'no' | 'technician'>, parts: readonly Wanted[] | null, { issues, backs, kept }: StockFacts): Pick<Change<RepairCardShape>, 'then' | 'notices'> {
	const used = parts ?? [];
	const drawn = issues.filter(({ state }) => state === 'Issued' || state === 'ToConfirm').flatMap(({ lines }) => lines);
	const back = backs.filter(({ state }) => state === 'Booked').flatMap(({ lines }) => lines);
	const open = (item: string): number => sumOf(used, item) - sumOf(drawn, item) + sumOf(back, item);
	const missing = [...new Set(used.map(({ item }) => item))].filter((item) => open(item) > 0 && kept.some((each) => each.item === item));
	const left = [...new Set(drawn.map(({ item }) => item))].filter((item) => open(item) < 0);
	return {
		then: missing.length === 0 ? [] : [fire(goodsIssue, 'issue', null, { purpose: 'repair', paper: card.no, lines: missing.map((item) => ({ item, quantity: open(item) })) })],
		notices: left.length === 0 ? [] : [leftNotice(card, left.map((item) => `${item}×${-open(item)}`).join('、'))],
	};
}

const leftNotice = ({ no, technician }: Pick<RepairCard, 'no' | 'technician'>, left: string) => ({
	key: `repair_card.left_parts:${no}:${left}`,
	to: { role: 'storekeeper' as const },
	subject: `维修退料 ${no}`,
	body: [['维修单', no], ['技术员', technician], ['领用未用', left], '请收回后办理退料入库（来源：维修退料，依据单据：上面的维修单号）。'] as const,
	rule: 'R-004',
});
