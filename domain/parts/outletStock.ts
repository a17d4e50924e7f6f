import type { Day, Month } from '../document/fields';
import { addMonths, monthOf } from '../shared/zonedTime';
import type { OutletEntry } from './outletAccount';
import type { UsageLine } from './usageLine';

export type Moved = Pick<OutletEntry, 'item' | 'quantity' | 'day' | 'entryKind'>;
export type Used = Pick<UsageLine, 'item' | 'quantity' | 'replacedDay' | 'month' | 'state'>;

/**
 * What an outlet has of each part by the book: received and given back, less what it said it used.
 * Usage before the outlet's opening balance is in that balance.
 * @rule P-020 — requests rest on usage and stock
 */
export function outletStock(entries: readonly Moved[], usage: readonly Used[]): Map<string, number> {
	const stock = new Map<string, number>();
	const add = (item: string, quantity: number) => stock.set(item, (stock.get(item) ?? 0) + quantity);
	for (const { item, quantity } of entries) if (item !== null && quantity !== null) add(item, quantity);
	const opened = openedOn(entries);
	for (const { item, quantity, replacedDay, state } of usage) if (state !== 'Void' && (opened === null || replacedDay >= opened)) add(item, -quantity);
	return stock;
}

/** The day its books began with an opening balance; null when they began empty. */
export const openedOn = (entries: readonly Moved[]): Day | null => entries.find(({ entryKind }) => entryKind === 'opening')?.day ?? null;

/** How many of each part it used in the month before a day. @rule P-020 */
export function usedLastMonth(usage: readonly Used[], today: Day): Map<string, number> {
	const last: Month = monthOf(addMonths(`${monthOf(today)}-01`, -1));
	const used = new Map<string, number>();
	for (const { item, quantity, month, state } of usage) if (state !== 'Void' && month === last) used.set(item, (used.get(item) ?? 0) + quantity);
	return used;
}
