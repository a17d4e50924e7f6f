const longestName = 31;

/**
 * Names that Excel takes: no `[]:*?/\`, at most 31 characters, none twice (whatever the case).
 * Straight apostrophes become typographic ones, as the library does not escape them in print titles.
 */
export function sheetNames(wanted: readonly string[]): string[] {
	const used = new Set<string>();
	return wanted.map((name, index) => {
		// eslint-disable-next-line no-control-regex -- those are what Excel refuses
		const base = name.replace(/[[\]:*?/\\\u0000-\u001f]/g, '_').replaceAll("'", '’').trim() || `Sheet${index + 1}`;
		for (let copy = 1; ; copy++) {
			const suffix = copy === 1 ? '' : `(${copy})`;
			const candidate = base.slice(0, longestName - suffix.length) + suffix;
			if (used.has(candidate.toLowerCase())) continue;
			used.add(candidate.toLowerCase());
			return candidate;
		}
	});
}
