import { Readable } from 'node:stream';
import { columnLetter } from '../../../domain/import/columnLetter';
import type { CellValue, SheetRow } from '../../sheetData';
import type { SheetSource } from '../read/sheetSource';
import { officeRelations } from './relations';
import { emptyStyles } from './styleBook';
import { summaryName } from './summarySheet';
import type { WorkbookPackage } from './workbookPackage';
import { xmlText } from './xmlText';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const dayMs = 86_400_000;

/** Styles by place: general, text (kept as text when edited), day, day and time. */
const style = { text: 1, day: 2, time: 3 } as const;
const xf = (numFmtId: number, rest = '') => `<xf numFmtId="${numFmtId}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${rest}/>`;
const styles = emptyStyles
	.replace('<fonts', '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts')
	.replace(/<cellXfs[\s\S]*<\/cellXfs>/, (xfs) => xfs.replace('count="1"', 'count="4"').replace('</cellXfs>', `${xf(49, ' quotePrefix="1"')}${xf(164)}${xf(165)}</cellXfs>`));

/** The same cells as an .xlsx, for files that are none: .xls, .csv, and workbooks in a dialect of their own. */
export async function plainPackage(sources: readonly SheetSource[]): Promise<WorkbookPackage> {
	const sheets = sources.filter(({ name }) => name !== summaryName).map((source, index) => ({ source, path: `xl/worksheets/sheet${index + 1}.xml`, id: `rId${index + 1}` }));
	const parts = new Map<string, () => Iterable<string> | AsyncIterable<string>>([
		['[Content_Types].xml', () => [`${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetml}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetml}.styles+xml"/>${sheets.map(({ path }) => `<Override PartName="/${path}" ContentType="${sheetml}.worksheet+xml"/>`).join('')}</Types>`]],
		['_rels/.rels', () => [relations([['rId1', 'officeDocument', 'xl/workbook.xml']])]],
		['xl/workbook.xml', () => [`${declaration}<workbook xmlns="${namespace}" xmlns:r="${officeRelations}"><bookViews><workbookView/></bookViews><sheets>${sheets.map(({ source, id }, index) => `<sheet name="${xmlText(source.name)}" sheetId="${index + 1}"${source.hidden ? ' state="hidden"' : ''} r:id="${id}"/>`).join('')}</sheets></workbook>`]],
		['xl/_rels/workbook.xml.rels', () => [relations([...sheets.map(({ id, path }) => [id, 'worksheet', path] as const), ['rIdStyles', 'styles', 'xl/styles.xml']])]],
		['xl/styles.xml', () => [styles]],
		...sheets.map(({ source, path }) => [path, () => sheetXml(source)] as const),
	]);
	const chunks = (name: string) => Readable.from(parts.get(name)?.() ?? []).map((text: string) => Buffer.from(text)) as AsyncIterable<Buffer>;
	return { names: [...parts.keys()], chunks, copyTo: (zip, name) => zip.add(name, chunks(name)) };
}

const relations = (all: readonly (readonly [id: string, type: string, path: string])[]): string =>
	`${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([id, type, path]) => `<Relationship Id="${id}" Type="${officeRelations}/${type}" Target="/${path}"/>`).join('')}</Relationships>`;

async function* sheetXml(source: SheetSource): AsyncGenerator<string, void, undefined> {
	yield `${declaration}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="14" defaultRowHeight="15"/><sheetData>`;
	for await (const rows of source.rows(() => undefined)) yield rows.map(rowXml).join('');
	const merges = await source.merges();
	const refs = merges.map(({ top, left, bottom, right }) => `<mergeCell ref="${columnLetter(left)}${top}:${columnLetter(right)}${bottom}"/>`);
	yield `</sheetData>${refs.length === 0 ? '' : `<mergeCells count="${refs.length}">${refs.join('')}</mergeCells>`}</worksheet>`;
}

function rowXml({ number, cells, hidden }: SheetRow): string {
	const filled = cells.flatMap((cell, column) => (cell === null || cell === undefined ? [] : [cellXml(`${columnLetter(column)}${number}`, cell)]));
	return `<row r="${number}"${hidden === true ? ' hidden="1"' : ''}>${filled.join('')}</row>`;
}

/** Texts are strings, whatever they begin with: nothing of a sender's becomes a formula. */
function cellXml(ref: string, cell: Exclude<CellValue, null>): string {
	if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
	if (typeof cell === 'boolean') return `<c r="${ref}" t="b"><v>${cell ? 1 : 0}</v></c>`;
	if (typeof cell === 'string') return `<c r="${ref}" s="${style.text}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
	const time = cell.time === undefined ? 0 : Date.parse(`1970-01-01T${cell.time}Z`) / dayMs;
	const serial = (Date.parse(cell.day) - Date.UTC(1899, 11, 30)) / dayMs + time;
	return `<c r="${ref}" s="${cell.time === undefined ? style.day : style.time}"><v>${serial}</v></c>`;
}
