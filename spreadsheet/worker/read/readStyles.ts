import { attributeOf, scanXml } from './scanXml';

/** For each cell style (the `s` of a cell) whether its number format shows a date or time. */
export type DateStyles = readonly boolean[];

const maxStyles = 65_536;

export async function readStyles(chunks: AsyncIterable<Buffer>): Promise<DateStyles> {
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
	return formatOfStyle.map((id) => {
		const code = formats.get(id);
		return code === undefined ? isBuiltInDate(id) : isDateFormat(code);
	});
}

/** 27–36 and 50–58 are the built-in dates of Chinese, Japanese and Korean Excel, which no file spells out. */
export function isBuiltInDate(id: number): boolean {
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
