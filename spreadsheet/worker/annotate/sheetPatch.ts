import type { Finding } from '../../../domain/import/finding';
import { columnLetter } from '../../../domain/import/columnLetter';
import { attributeOf } from '../read/scanXml';
import type { StyleBook } from './styleBook';
import { withAttribute } from './xmlText';

/** Findings of one sheet, by row. */
export type RowFindings = ReadonlyMap<number, readonly Finding[]>;

/** A marked cell: where, and what is said about it. */
export type MarkedCell = { readonly row: number; /** 0-based. */ readonly column: number; readonly findings: readonly Finding[] };

/** A sheet written in a way that cannot be changed piece by piece. */
export class CannotPatch extends Error {}

const longestPiece = 32 * 1024 * 1024;
/** What may follow the comments' drawing in a sheet. */
const behindDrawing = new Set(['legacyDrawingHF', 'drawingHF', 'picture', 'oleObjects', 'controls', 'webPublishItems', 'tableParts', 'extLst']);

/** Formulas go, with their last values staying: what comes back must not compute, link or call anything. */
const formula = /<((?:[\w.-]+:)?f)(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/\1\s*>)/g;

const hasFormula = /[<:]f[\s>/]/;

/**
 * Rewrites a sheet as it streams by: colours the cells at fault, removes formulas, names the drawing of the comments; everything else
 * stays as it is. One row is held at a time.
 * @param drawing id of the relation to add; null when the sheet has such a drawing already, or needs none
 * @throws CannotPatch for XML with prefixes or rows longer than any sheet has
 */
export async function* patchSheet(chunks: AsyncIterable<Buffer>, findings: RowFindings, styles: StyleBook, marked: MarkedCell[], drawing: string | null): AsyncGenerator<string, void, undefined> {
	const decoder = new TextDecoder();
	const rows = rowPatcher(findings, styles, marked);
	let rest = '';
	let isIn: 'head' | 'rows' | 'tail' = 'head';
	for await (const chunk of chunks) {
		rest += decoder.decode(chunk, { stream: true });
		if (isIn === 'head') {
			const start = endOfHead(rest);
			if (start < 0) continue;
			yield patchHead(rest.slice(0, start));
			isIn = rest.charCodeAt(start - 2) === 47 ? 'tail' : 'rows';
			rest = rest.slice(start);
		}
		if (isIn === 'rows') {
			const end = rest.indexOf('</sheetData');
			const upTo = end < 0 ? rest.lastIndexOf('</row>') + 6 : end;
			if (upTo > 5) yield rows(rest.slice(0, upTo));
			if (upTo > 5) rest = rest.slice(upTo);
			if (end >= 0) isIn = 'tail';
		}
		if (rest.length > longestPiece) throw new CannotPatch('a part of the sheet is too long');
	}
	if (isIn !== 'tail') throw new CannotPatch('no sheetData');
	yield drawing === null ? rest : withDrawing(rest + decoder.decode(), drawing);
}

function endOfHead(text: string): number {
	const start = text.indexOf('<sheetData');
	const end = start < 0 ? -1 : text.indexOf('>', start);
	if (end < 0 && text.length > longestPiece) throw new CannotPatch('no sheetData');
	return end < 0 ? -1 : end + 1;
}

/** Two selected tabs would make Excel write into both at once. */
function patchHead(head: string): string {
	if (!/<worksheet\b/.test(head) || head.includes('purl.oclc.org')) throw new CannotPatch('another dialect');
	return head.replace(/\stabSelected\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
}

/** Rewrites whole rows; those without a finding or a formula are passed on as they are. */
function rowPatcher(findings: RowFindings, styles: StyleBook, marked: MarkedCell[]) {
	let number = 0;
	return (text: string): string => {
		const done: string[] = [];
		for (let at = 0; at < text.length; ) {
			const close = text.indexOf('</row>', at);
			const end = close < 0 ? text.length : close + 6;
			const piece = text.slice(at, end);
			at = end;
			const start = piece.lastIndexOf('<row');
			if (start < 0) {
				done.push(piece);
				continue;
			}
			const tag = piece.slice(start, piece.indexOf('>', start) + 1);
			const count = start === piece.indexOf('<row') ? 1 : piece.split('<row').length - 1;
			number = Number(attributeOf(tag, 'r') ?? number + count);
			const plain = hasFormula.test(piece) ? piece.replace(formula, '') : piece;
			const here = findings.get(number);
			done.push(here === undefined ? plain : patchRow(plain, number, here));
		}
		return done.join('');
	};

	function patchRow(piece: string, row: number, here: readonly Finding[]): string {
		const start = piece.lastIndexOf('<row');
		const inside = piece.indexOf('>', start) + 1;
		const tag = piece.slice(start, inside).replace(/\sspans\s*=\s*"[^"]*"/, '');
		const end = piece.lastIndexOf('</row>');
		// A row that closes itself is followed by others in the same piece, and has no cell to mark.
		if (end < 0 || tag.endsWith('/>')) return piece;
		const cells = cellsOf(piece.slice(inside, end));
		const rowStyle = Number(attributeOf(tag, 's') ?? 0);
		for (const [column, about] of byColumn(here, cells)) {
			const level = about.some((each) => each.level === 'error') ? 'error' : 'warning';
			const cell = cells.find((each) => each.column === column);
			if (cell === undefined) cells.push({ column, xml: `<c r="${columnLetter(column)}${row}" s="${styles.marked(rowStyle, level)}"/>`, isFilled: false });
			else cell.xml = cell.xml.replace(/^<c\b[^>]*>/, (open) => withAttribute(open, 's', String(styles.marked(Number(attributeOf(open, 's') ?? 0), level))));
			marked.push({ row, column, findings: about });
		}
		cells.sort((a, b) => a.column - b.column);
		return piece.slice(0, start) + tag + cells.map(({ xml }) => xml).join('') + piece.slice(end);
	}
}

type Cell = { readonly column: number; xml: string; readonly isFilled: boolean };

function cellsOf(xml: string): Cell[] {
	let next = 0;
	return [...xml.matchAll(/<c\b[^>]*?(?:\/>|>[\s\S]*?<\/c>)/g)].map(([whole]) => {
		const letters = /^[A-Z]{1,3}/.exec(attributeOf(whole.slice(0, whole.indexOf('>')), 'r') ?? '')?.[0];
		const column = letters === undefined ? next : indexOf(letters);
		next = column + 1;
		return { column, xml: whole, isFilled: /<(?:v|t)\b[^/]*?>[^<]/.test(whole) };
	});
}

/** A finding on a whole row shows on its first filled cell. */
function byColumn(findings: readonly Finding[], cells: readonly Cell[]): Map<number, Finding[]> {
	const first = (cells.find(({ isFilled }) => isFilled) ?? cells[0])?.column ?? 0;
	return Map.groupBy(findings, ({ column }) => (column === null ? first : indexOf(column)));
}

const indexOf = (letters: string): number => [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The place is before the first of the elements that follow it; some of these occur inside others too. */
function withDrawing(tail: string, id: string): string {
	let depth = 0;
	for (const { 0: tag, 1: close, 2: name = '', 3: selfClosing, index } of tail.matchAll(/<(\/?)([\w:.-]+)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>/g)) {
		const isEnd = close === '/';
		if (depth === 0 && ((isEnd && name === 'worksheet') || (!isEnd && behindDrawing.has(name)))) {
			return `${tail.slice(0, index)}<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="${id}"/>${tail.slice(index)}`;
		}
		if (name === 'sheetData' || tag.startsWith('<?')) continue;
		depth += isEnd ? -1 : selfClosing === '/' ? 0 : 1;
	}
	throw new CannotPatch('the sheet does not end');
}
