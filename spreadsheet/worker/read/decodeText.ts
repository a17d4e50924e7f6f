/** A text whose bytes are cut off or in no encoding that people here send. */
export class TextDamage extends Error {}

/** Control characters other than tab, line feed, form feed and return do not occur in text. */
const isControl = (byte: number): boolean => byte < 9 || byte === 11 || (byte > 13 && byte < 32);

/** Decodes the beginning of what may be a text, to look at it. @returns null for bytes that are no text */
export function decodeHead(head: Buffer): string | null {
	const encoding = unicodeOf(head);
	if (encoding === null && head.some(isControl)) return null;
	// A character may be cut in two at the end, which does not matter here.
	if (encoding !== null) return new TextDecoder(encoding).decode(head);
	return decodes('utf-8', head.subarray(0, lastWhole(head))) ?? new TextDecoder('gb18030').decode(head);
}

/**
 * Decodes a whole text: by its mark, else UTF-8 if every byte fits, else GB18030 (which GBK and GB2312 are part of).
 * @throws TextDamage for bytes that do not fit, such as a character cut in two at the end
 */
export function decodeText(bytes: Buffer): string {
	const encoding = unicodeOf(bytes.subarray(0, 4096));
	if (encoding !== null) return intact(decodes(encoding, bytes));
	const text = decodes('utf-8', bytes);
	if (text !== null) return text;
	if (decodes('utf-8', bytes.subarray(0, lastWhole(bytes))) !== null) throw new TextDamage('结尾不完整');
	return intact(decodes('gb18030', bytes));
}

function intact(text: string | null): string {
	if (text === null) throw new TextDamage('有无法识别的文字，可能没有传完整，或不是 UTF-8、GBK、UTF-16 编码');
	return text;
}

function decodes(encoding: string, bytes: Buffer): string | null {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** By its mark; without one, blanks and commas of UTF-16 have a zero byte on the same side all the time. */
function unicodeOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
	const start = head.subarray(0, 3).toString('hex');
	if (start === 'efbbbf') return 'utf-8';
	if (start.startsWith('fffe')) return 'utf-16le';
	if (start.startsWith('feff')) return 'utf-16be';
	const zeros = [0, 0];
	head.forEach((byte, index) => byte === 0 && (zeros[index % 2] = (zeros[index % 2] as number) + 1));
	const [even = 0, odd = 0] = zeros;
	if (even + odd < 2 || (even > 0 && odd > 0) || head.length < 8) return null;
	return odd > 0 ? 'utf-16le' : 'utf-16be';
}

/** Where the last character of UTF-8 ends that is not cut off. */
function lastWhole(bytes: Buffer): number {
	for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 4); at--) {
		const byte = bytes[at] as number;
		if (byte < 0x80) return bytes.length;
		if (byte >= 0xc0) {
			const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
			return at + size <= bytes.length ? bytes.length : at;
		}
	}
	return bytes.length;
}
