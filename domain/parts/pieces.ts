/** Parts by number of pieces. */
export type Pieces = readonly { readonly item: string; readonly quantity: number }[];

/** Lines of the same part made one, so that a limit per part is asked of the sum. */
export function merged(pieces: Pieces): Pieces {
	const sums = new Map<string, number>();
	for (const { item, quantity } of pieces) sums.set(item, (sums.get(item) ?? 0) + quantity);
	return [...sums].map(([item, quantity]) => ({ item, quantity }));
}
