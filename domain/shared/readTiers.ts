/** Up to so many pieces, so many days. */
export type Tier = { readonly pieces: number; readonly days: number };

/** Reads `50:4,100:7,500:10`. @returns null unless pieces rise from tier to tier */
export function readTiers(value: string): readonly Tier[] | null {
	const tiers = value.normalize('NFKC').split(/[,;\s]+/).filter((part) => part !== '').map((part) => {
		const [pieces, days] = part.split(':').map(Number);
		return { pieces: pieces ?? Number.NaN, days: days ?? Number.NaN };
	});
	const isSound = tiers.length > 0 && tiers.every(({ pieces, days }, index) => Number.isSafeInteger(pieces) && Number.isSafeInteger(days) && days > 0 && pieces > (tiers[index - 1]?.pieces ?? 0));
	return isSound ? tiers : null;
}
