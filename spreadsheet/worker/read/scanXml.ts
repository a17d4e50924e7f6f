import { ZipDamage } from './zipDirectory';

/** Called in document order; names come without their namespace prefix. */
export type XmlVisitor = {
	readonly open: (name: string, attributes: string) => void;
	readonly close: (name: string) => void;
	/** Raw text between two tags, entities still in it; only called while `wantsText` says so. */
	readonly text: (raw: string) => void;
	readonly wantsText: () => boolean;
};

/** One tag or text; Excel allows 32,767 characters in a cell, which XML escapes make a few times longer. */
const maxPieceLength = 1_000_000;
const quotes = new Set([34, 39]);

/**
 * Walks through the XML of a workbook part without building a tree. Knows tags, text, CDATA and comments, which is all
 * that OOXML parts contain; document type declarations are refused by the guard before and again here.
 * @throws ZipDamage when tags do not balance or the part ends inside a tag
 */
export async function scanXml(chunks: AsyncIterable<Buffer>, visitor: XmlVisitor): Promise<void> {
	const scan = xmlScanner(visitor);
	for await (const chunk of chunks) scan.write(chunk);
	scan.end();
}

/** The scanner itself, for readers that want to do something between two chunks. */
export function xmlScanner(visitor: XmlVisitor) {
	const decoder = new TextDecoder('utf-8');
	let rest = '';
	let depth = 0;
	const consume = (text: string) => {
		let at = 0;
		while (at < text.length) {
			const next = text.charCodeAt(at) === 60 ? takeMarkup(text, at) : takeText(text, at);
			if (next < 0) break;
			at = next;
		}
		return at === 0 ? text : text.slice(at);
	};
	const takeText = (text: string, at: number) => {
		const end = text.indexOf('<', at);
		if (end >= 0 && visitor.wantsText()) visitor.text(decodeEntities(text.slice(at, end)));
		return end;
	};
	const takeMarkup = (text: string, at: number) => {
		const second = text.charCodeAt(at + 1);
		if (second === 33) return takeDeclaration(text, at, visitor);
		const end = second === 63 ? text.indexOf('>', at) : tagEnd(text, at);
		if (end < 0) return -1;
		if (second === 63) return end + 1;
		depth += takeTag(text, { at, end }, visitor);
		if (depth < 0) throw new ZipDamage('XML 标签不配对');
		return end + 1;
	};
	return {
		write(chunk: Buffer) {
			rest = consume(rest + decoder.decode(chunk, { stream: true }));
			if (rest.length > maxPieceLength) throw new ZipDamage('XML 中有超长的内容');
		},
		end() {
			rest = consume(rest + decoder.decode());
			if (depth !== 0 || rest.trim() !== '') throw new ZipDamage('XML 不完整');
		},
	};
}

/** @returns by how much the tag deepens the tree */
function takeTag(text: string, { at, end }: { at: number; end: number }, visitor: XmlVisitor): -1 | 0 | 1 {
	if (text.charCodeAt(at + 1) === 47) {
		visitor.close(localName(text.slice(at + 2, end).trimEnd()));
		return -1;
	}
	const isSelfClosing = text.charCodeAt(end - 1) === 47;
	const last = isSelfClosing ? end - 1 : end;
	let nameEnd = at + 1;
	while (nameEnd < last && text.charCodeAt(nameEnd) > 32) nameEnd++;
	const name = localName(text.slice(at + 1, nameEnd));
	visitor.open(name, text.slice(nameEnd, last));
	if (!isSelfClosing) return 1;
	visitor.close(name);
	return 0;
}

/** Comments and CDATA; anything else that starts with `<!` has no place in a workbook. */
function takeDeclaration(text: string, at: number, visitor: XmlVisitor): number {
	if (text.startsWith('<!--', at)) {
		const end = text.indexOf('-->', at + 4);
		return end < 0 ? -1 : end + 3;
	}
	if (text.startsWith('<![CDATA[', at)) {
		const end = text.indexOf(']]>', at);
		if (end >= 0 && visitor.wantsText()) visitor.text(text.slice(at + 9, end));
		return end < 0 ? -1 : end + 3;
	}
	if (text.length - at < 9) return -1;
	throw new ZipDamage('XML 中有不允许的声明');
}

/** Finds the `>` that ends a tag; one inside a quoted attribute does not. */
function tagEnd(text: string, at: number): number {
	let quote = 0;
	for (let index = at + 1; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (quote !== 0) {
			if (code === quote) quote = 0;
		} else if (code === 62) return index;
		else if (quotes.has(code)) quote = code;
	}
	return -1;
}

function localName(name: string): string {
	const colon = name.indexOf(':');
	return colon < 0 ? name : name.slice(colon + 1);
}

/** Reads one attribute (by its full name, such as `r:id`) from the text after the tag's name. */
export function attributeOf(attributes: string, name: string): string | null {
	for (let from = attributes.indexOf(name); from >= 0; from = attributes.indexOf(name, from + 1)) {
		const isWhole = attributes.charCodeAt(from - 1) <= 32 || from === 0;
		const match = isWhole ? /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(from + name.length)) : null;
		if (match) return decodeEntities(match[1] ?? match[2] ?? '');
	}
	return null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
		if (name) return named[name.toLowerCase()] ?? whole;
		const code = hex ? parseInt(hex, 16) : Number(decimal);
		return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
	});
}
