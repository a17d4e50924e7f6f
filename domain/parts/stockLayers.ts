import type { OutletEntry } from './outletAccount';
import { openedOn, type Moved, type Used } from './outletStock';

/** Pieces of a part that an outlet still has by the book, and what each was put on its account for; the oldest first. */
export type Layer = { readonly quantity: number; readonly price: number };

type Entry = Moved & Pick<OutletEntry, 'amount'>;

/**
 * What an outlet has left of each part, layer by layer: what it used, gave back or passed on is taken from the oldest.
 * A layer without a price (its opening stock) is worth today's supply price.
 */
export function stockLayers(entries: readonly Entry[], usage: readonly Used[], priceOf: (item: string) => number): Map<string, Layer[]> {
	const layers = new Map<string, Layer[]>();
	const gone = new Map<string, number>();
	const take = (item: string, quantity: number) => gone.set(item, (gone.get(item) ?? 0) + quantity);
	for (const { item, quantity, amount } of entries) {
		if (item === null || quantity === null || quantity === 0) continue;
		if (quantity < 0) take(item, -quantity);
		else layers.set(item, [...(layers.get(item) ?? []), { quantity, price: amount === 0 ? priceOf(item) : amount / quantity }]);
	}
	const opened = openedOn(entries);
	for (const { item, quantity, replacedDay, state } of usage) if (state !== 'Void' && (opened === null || replacedDay >= opened)) take(item, quantity);
	return new Map([...layers].map(([item, own]) => [item, without(own, gone.get(item) ?? 0)]));
}

function without(layers: readonly Layer[], pieces: number): Layer[] {
	let open = pieces;
	return layers.flatMap(({ quantity, price }) => {
		const taken = Math.min(open, quantity);
		open -= taken;
		return quantity === taken ? [] : [{ quantity: quantity - taken, price }];
	});
}

/** The worth of the oldest pieces in fen, and how many of those asked for are not there. */
export function oldest(layers: readonly Layer[], pieces: number): { readonly value: number; readonly beyond: number } {
	let open = pieces;
	let value = 0;
	for (const { quantity, price } of layers) {
		const taken = Math.min(open, quantity);
		value += taken * price;
		open -= taken;
	}
	return { value: Math.round(value), beyond: open };
}
