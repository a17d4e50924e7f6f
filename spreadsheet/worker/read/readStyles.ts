import { attributeOf, scanXml } from './scanXml';

/** How a number format shows a number: as a date or time, with zeros in front up to so many digits, or as it is. */
export type NumberLook = 'day' | 'plain' | number;

/** For each cell style (the `s` of a cell). */
export type NumberLooks = readonly NumberLook[];

const maxStyles = 65_536;

export async function readStyles(chunks: AsyncIterable<Buffer>): Promise<NumberLooks> {
	const formats = new Map<number, string>();
	const formatOfStyle: number[] = [];
	let isInCellStyles = false;
	await scanXml(chunks, {
		open(name, attributes) {
			if (name === 'numFmt') formats.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
			else if (name === 'cellXfs') isInCellStyles = true;
			else if (name === 'xf' && isInCellStyles && formatOfStyle.length < maxStyles) {
				formatOfStyle.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
			}
		},
		close(name) {
			if (name === 'cellXfs') isInCellStyles = false;
		},
		text: () => undefined,
		wantsText: () => false,
	});
	return formatOfStyle.map((id) => lookOf(formats.get(id) ?? id));
}

/** @param format its code, or the number of a built-in one */
export function lookOf(format: string | number): NumberLook {
	if (typeof format === 'number') return isBuiltInDate(format) ? 'day' : 'plain';
	// 00000 shows 210 as 00210, and that is the code people mean.
	const zeros = /^(0{2,20})(?:_\s|;.*)?$/.exec(format)?.[1];
	if (zeros !== undefined) return zeros.length;
	return isDateFormat(format) ? 'day' : 'plain';
}

/** What a cell shows of a whole number with zeros in front; null when it shows the number itself. */
export const paddedCode = (value: number, look: NumberLook): string | null => (typeof look === 'number' && Number.isInteger(value) && value >= 0 && value < 1e15 ? String(value).padStart(look, '0') : null);

/** 27–36 and 50–58 are the built-in dates of Chinese, Japanese and Korean Excel, which no file spells out. */
function isBuiltInDate(id: number): boolean {
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58);
}

/** Tells `yyyy"年"m"月"` from `0.00"m"`; elapsed time (`[h]:mm`) stays a number, as it is no point in time. */
export function isDateFormat(code: string): boolean {
	if (/\[(h+|m+|s+)\]/i.test(code)) return false;
	const bare = code
		.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
		.split(';', 1)[0]!
		.replace(/general|g\/通用格式/gi, '');
	return /[ymdhs]/i.test(bare) && !/[#?]/.test(bare);
}
