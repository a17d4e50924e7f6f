import type { StockCard } from './stockCard';
import type { StockLot } from './stockLot';
import type { StockMove } from './stockMove';

/** What the four books say of a part; `goods` is null while it was never counted. */
export type FourBooks = { readonly item: string; readonly account: number; readonly card: number; readonly goods: number | null; readonly computer: number };

type Summed = { readonly item: string; readonly quantity: number };

const sums = (rows: readonly Summed[]): Map<string, number> => {
	const found = new Map<string, number>();
	for (const { item, quantity } of rows) found.set(item, (found.get(item) ?? 0) + quantity);
	return found;
};

/** @rule P-075 — account (sum of the movements), card (its balance), goods (counted, carried on), computer (sum of the lots), part by part */
export function compareBooks(cards: readonly Pick<StockCard, 'item' | 'balance' | 'counted'>[], lots: readonly Pick<StockLot, 'item' | 'quantity'>[], moves: readonly Pick<StockMove, 'item' | 'quantity'>[]): FourBooks[] {
	const [account, computer] = [sums(moves), sums(lots)];
	const byItem = new Map(cards.map((card) => [card.item, card]));
	return [...new Set([...byItem.keys(), ...account.keys(), ...computer.keys()])].sort().map((item) => ({
		item,
		account: account.get(item) ?? 0,
		card: byItem.get(item)?.balance ?? 0,
		goods: byItem.get(item)?.counted ?? null,
		computer: computer.get(item) ?? 0,
	}));
}

export const isDiffering = ({ account, card, goods, computer }: FourBooks): boolean => new Set([account, card, goods, computer]).size > 1;

export const booksText = ({ account, card, goods, computer }: FourBooks): string => `帐 ${account}、卡 ${card}、物 ${goods ?? '未盘点'}、电脑 ${computer}`;
