import { scanXml } from './scanXml';

/** Reads the shared strings; runs of rich text are joined, phonetic guides (`rPh`) left out. */
export async function readStrings(chunks: AsyncIterable<Buffer>): Promise<string[]> {
	const strings: string[] = [];
	let current = '';
	let isInText = false;
	let isInGuide = false;
	await scanXml(chunks, {
		open(name) {
			if (name === 'si') current = '';
			else if (name === 'rPh') isInGuide = true;
			else if (name === 't') isInText = !isInGuide;
		},
		close(name) {
			if (name === 'si') strings.push(unescapeControls(current));
			else if (name === 'rPh') isInGuide = false;
			else if (name === 't') isInText = false;
		},
		text(raw) {
			current += raw;
		},
		wantsText: () => isInText,
	});
	return strings;
}

/** Excel writes control characters as `_x000D_`, and an underscore that would look like one as `_x005F_`. */
export function unescapeControls(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
