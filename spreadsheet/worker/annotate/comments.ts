import { columnLetter } from '../../../domain/import/columnLetter';
import { attributeOf } from '../read/scanXml';
import type { MarkedCell } from './sheetPatch';
import { xmlText } from './xmlText';

/** Starts every comment of ours. */
const commentMark = '【检查】';
/** Stands between our comment and the sender's own, which comes back when ours goes. */
const ownBelow = '\n────\n';
const author = '检查结果';
const shapesPerBlock = 1024;

const emptyComments = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>`;
const emptyDrawing =
	'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' +
	'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>' +
	'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>';

export type Comments = { readonly comments: string; readonly drawing: string };

/**
 * Puts our comments into those of a sheet, ours of an earlier check removed; one on a cell that has a comment already stands above it.
 * @param own the sheet's comments and their drawing as they are; empty texts when it has none
 * @param firstBlock shape numbers of a workbook are given out in blocks of 1,024, each to one drawing
 */
export function withComments(own: Comments, marked: readonly MarkedCell[], firstBlock: number): Comments {
	const ours = new Map(marked.map((cell) => [`${columnLetter(cell.column)}${cell.row}`, cell]));
	const xml = own.comments === '' ? emptyComments : own.comments;
	const authors = (/<authors\s*\/>|<authors>([\s\S]*?)<\/authors>/.exec(xml)?.[1] ?? '').replace(new RegExp(`<author>${author}</author>$`), '');
	const authorId = (authors.match(/<author\b/g) ?? []).length;
	// A box made for a short comment would not show ours.
	const gone = new Set(ours.keys());
	const kept = commentsIn(xml).flatMap(({ ref, raw, text }) => {
		const theirs = text.startsWith(commentMark) ? text.split(ownBelow).slice(1).join(ownBelow) : text;
		const cell = ours.get(ref);
		ours.delete(ref);
		if (cell !== undefined) return [comment(ref, authorId, theirs === '' ? messageOf(cell) : messageOf(cell) + ownBelow + theirs)];
		if (theirs === text) return [raw];
		if (theirs === '') gone.add(ref);
		return theirs === '' ? [] : [comment(ref, authorId, theirs)];
	});
	const news = [...ours].map(([ref, cell]) => comment(ref, authorId, messageOf(cell)));
	const list = `<authors>${authors}<author>${author}</author></authors><commentList>${kept.join('')}${news.join('')}</commentList>`;
	return { comments: xml.replace(/<authors[\s\S]*?(?:<\/commentList>|<commentList\s*\/>)/, () => list), drawing: withShapes(own.drawing === '' ? emptyDrawing : own.drawing, marked, { gone, firstBlock }) };
}

const messageOf = ({ findings }: MarkedCell): string => commentMark + findings.map(({ message }) => message).join('\n');

function commentsIn(xml: string): { ref: string; raw: string; text: string }[] {
	return [...xml.matchAll(/<comment\b([^>]*)>([\s\S]*?)<\/comment>/g)].map(([raw, attributes = '', inside = '']) => {
		const text = [...inside.matchAll(/<t\b[^>]*>([^<]*)<\/t>/g)].map(([, run = '']) => plainText(run)).join('');
		return { ref: attributeOf(attributes, 'ref') ?? '', raw, text };
	});
}

const plainText = (xml: string): string => attributeOf(` x="${xml.replaceAll('"', '&quot;')}"`, 'x') ?? '';

const comment = (ref: string, authorId: number, text: string): string =>
	`<comment ref="${ref}" authorId="${authorId}"><text><r><rPr><sz val="10"/><color indexed="81"/><rFont val="Microsoft YaHei"/></rPr><t xml:space="preserve">${xmlText(text)}</t></r></text></comment>`;

/** The boxes that the comments show in; without one a comment is lost. */
function withShapes(drawing: string, cells: readonly MarkedCell[], { gone, firstBlock }: { gone: ReadonlySet<string>; firstBlock: number }): string {
	const shapes = cells.map(({ row, column }, index) => shape(row - 1, column, firstBlock * shapesPerBlock + 1 + index));
	const kept = gone.size === 0 ? drawing : drawing.replace(/<v:shape\b(?!type)[\s\S]*?<\/v:shape>/g, (whole) => (gone.has(placeOf(whole)) ? '' : whole));
	const blocks = Array.from({ length: blocksFor(cells.length) }, (_, index) => firstBlock + index).join(',');
	const numbered = blocks === '' ? kept : kept.replace(/(<o:idmap\b[^>]*?\bdata=")([^"]*)(")/, (_, start: string, own: string, close: string) => `${start}${own === '' ? blocks : `${own},${blocks}`}${close}`);
	const end = numbered.lastIndexOf('</xml>');
	return numbered.slice(0, end) + shapes.join('') + numbered.slice(end);
}

/** How many blocks of numbers a sheet's comments take. */
export const blocksFor = (comments: number): number => Math.ceil((comments + 1) / shapesPerBlock) * Math.sign(comments);

function placeOf(shapeXml: string): string {
	const [row, column] = ['Row', 'Column'].map((name) => Number(new RegExp(`<x:${name}>(\\d+)<`).exec(shapeXml)?.[1] ?? NaN));
	return shapeXml.includes('ObjectType="Note"') && row !== undefined && column !== undefined && row >= 0 && column >= 0 ? `${columnLetter(column)}${row + 1}` : '';
}

/** Wide enough for our messages; hidden until the mouse is over the cell. */
function shape(row: number, column: number, id: number): string {
	const anchor = [column + 1, 12, Math.max(0, row - 1), 4, column + 5, 2, Math.max(0, row - 1) + 6, 2].join(', ');
	return (
		`<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:110pt;z-index:${id};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
		'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
	);
}
