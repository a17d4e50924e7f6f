import type { Day } from '../document/fields';

type Priced = { readonly validFrom: Day; readonly no: string };

/**
 * The price line valid on a day: the latest that has begun; of two beginning the same day the one with the higher line number.
 * @rule P-083
 * @returns null before the first price
 */
export function priceOn<P extends Priced>(lines: readonly P[], day: Day): P | null {
	let best: P | null = null;
	for (const line of lines) {
		if (line.validFrom > day) continue;
		if (best === null || line.validFrom > best.validFrom || (line.validFrom === best.validFrom && line.no > best.no)) best = line;
	}
	return best;
}
