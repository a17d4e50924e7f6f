import type { Day } from '../document/fields';
import { daysBetween } from '../shared/zonedTime';
import type { Settings } from '../settings';
import type { StockCard } from './stockCard';

export type SlowStock = { readonly item: string; readonly balance: number; readonly since: Day; readonly days: number };

/** The day from which nothing has left: the last issue, or the day the part came in after it. */
const restingSince = ({ lastOutDay, sinceDay }: Pick<StockCard, 'lastOutDay' | 'sinceDay'>): Day => (lastOutDay !== null && lastOutDay > sinceDay ? lastOutDay : sinceDay);

/** @rule P-076 — in stock and not issued for `stock.slow_days`, the longest first */
export const slowStock = (cards: readonly Pick<StockCard, 'item' | 'balance' | 'lastOutDay' | 'sinceDay'>[], today: Day, settings: Settings): SlowStock[] =>
	cards
		.map((card) => ({ item: card.item, balance: card.balance, since: restingSince(card), days: daysBetween(restingSince(card), today) }))
		.filter(({ balance, days }) => balance > 0 && days >= settings['stock.slow_days'])
		.sort((one, other) => other.days - one.days);
