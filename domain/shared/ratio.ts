/** A share kept exactly: amounts are multiplied first and divided once. */
export type Ratio = { readonly numerator: number; readonly denominator: number };

/** Reads `1/3`, `3` or `1.3`. @returns null when it is no positive ratio; `1:3` is none, since people mean different things by it */
export function readRatio(text: string): Ratio | null {
	const match = /^(\d{1,4})(?:\.(\d{1,4}))?(?:\/(\d{1,4}))?$/.exec(text.normalize('NFKC').replace(/\s/g, ''));
	if (match === null || (match[2] !== undefined && match[3] !== undefined)) return null;
	const decimals = match[2] ?? '';
	const ratio = { numerator: Number(`${match[1] ?? ''}${decimals}`), denominator: 10 ** decimals.length * Number(match[3] ?? 1) };
	return ratio.numerator > 0 && ratio.denominator > 0 ? ratio : null;
}
