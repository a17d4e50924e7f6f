/** Half-width, without line breaks, zero-width characters and outer spaces: what a reader would call the same text. */
export function normaliseText(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
		.trim();
}

/** Makes headers comparable: as normaliseText, without any spaces, marks such as `*` and `:`, and upper case. */
export function normaliseHeader(text: string): string {
	return normaliseText(text)
		.replace(/[【〔[]/g, '(')
		.replace(/[】〕\]]/g, ')')
		.replace(/[\s*:_]+/g, '')
		.toLowerCase();
}

/** The header without what stands in brackets: units and hints such as (元) or 【必填】. */
export function headerWithoutBrackets(normalised: string): string {
	const bare = normalised.replace(/\([^()]*\)/g, '');
	return bare === '' ? normalised : bare;
}
