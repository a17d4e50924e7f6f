import { read, type CellObject, type ParsingOptions, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { Merge } from '../../../domain/import/sheetDataLike';
import type { CellValue, SheetRow } from '../../sheetData';
import { WorkbookError } from '../../workbookError';
import { guardXls } from './guardXls';
import { lookOf, paddedCode } from './readStyles';
import { serialToCell } from './serialDate';
import type { SheetSource, SourceRequest } from './sheetSource';

const rowsPerPiece = 500;
const errorTexts: Readonly<Record<number, string>> = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA' };

type DenseSheet = WorkSheet & { readonly '!data'?: readonly (readonly (CellObject | undefined)[] | undefined)[] };

/** Workbooks before 2007, their XML form of 2003, and web pages that are called .xls. Formulas, macros and links are not looked at. */
export function xlsSource(content: Buffer | string, kind: 'xls' | 'xml' | 'html', { fileName, limits }: SourceRequest): SheetSource[] {
	if (kind === 'xml' && /<!(?:DOCTYPE|ENTITY)/i.test(content as string)) throw new WorkbookError('DAMAGED', `《${fileName}》含有不允许的 DOCTYPE/ENTITY 声明`);
	if (kind === 'html' && !/<table\b/i.test(content as string)) throw new WorkbookError('NOT_A_WORKBOOK', `《${fileName}》其实是网页，里面没有表格`);
	if (typeof content === 'string') refuseFarCells(content, fileName, limits);
	if (kind === 'xls' && isContainer(content as Buffer)) guardXls(content as Buffer, fileName);
	const options: ParsingOptions = { dense: true, cellFormula: false, cellHTML: false, cellText: false, cellNF: true, cellStyles: true, sheetRows: limits.rows + 1 };
	const workbook = attempt(fileName, () => (typeof content === 'string' ? read(content, { ...options, type: 'string', raw: kind === 'html' }) : read(content, { ...options, type: 'buffer' })));
	const epoch = workbook.Workbook?.WBProps?.date1904 === true ? 1904 : 1900;
	return workbook.SheetNames.map((name, index) => {
		const sheet = workbook.Sheets[name] as DenseSheet;
		return {
			name,
			hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
			epoch,
			rows: async function* (onRow) {
				yield* rowsOf(sheet, epoch, onRow);
			},
			merges: async () => (sheet['!merges'] ?? []).map(({ s, e }): Merge => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c })),
		};
	});
}

/** A cell that claims to span millions, or to stand there, keeps the library busy for minutes. */
function refuseFarCells(text: string, fileName: string, limits: SourceRequest['limits']): void {
	for (const [, name = '', size] of text.matchAll(/\b(colspan|rowspan|ss:Index|ss:MergeAcross|ss:MergeDown)\s*=\s*["']?(\d+)/gi)) {
		if (/col|across/i.test(name) && Number(size) > limits.columns) throw new WorkbookError('TOO_MANY_COLUMNS', `《${fileName}》有横跨 ${size} 列的单元格，超过 ${limits.columns} 列的上限`);
		if (Number(size) > limits.rows) throw new WorkbookError('TOO_MANY_ROWS', `《${fileName}》有单元格在第 ${size} 行，超过 ${limits.rows} 行的上限`);
	}
}

/** Workbooks of Excel 2 to 4 are a bare stream. */
const isContainer = (bytes: Buffer): boolean => bytes[0] === 0xd0;

function attempt(fileName: string, work: () => WorkBook): WorkBook {
	let workbook: WorkBook | null = null;
	try {
		workbook = work();
	} catch {
		// Its messages name nothing that the sender knows.
	}
	if (workbook === null) throw new WorkbookError('DAMAGED', `《${fileName}》已损坏，无法读取`);
	if (workbook.SheetNames.some((name) => (workbook.Sheets[name] as DenseSheet | undefined)?.['!data'] !== undefined)) return workbook;
	throw new WorkbookError('DAMAGED', `《${fileName}》里没有表格`);
}

function* rowsOf(sheet: DenseSheet, epoch: 1900 | 1904, onRow: (row: SheetRow) => void): Generator<SheetRow[], void, undefined> {
	let rows: SheetRow[] = [];
	for (const [index, line] of (sheet['!data'] ?? []).entries()) {
		if (line === undefined) continue;
		const cells: CellValue[] = [];
		line.forEach((cell, column) => {
			const value = cell === undefined ? null : valueOf(cell, epoch);
			if (value === null) return;
			while (cells.length < column) cells.push(null);
			cells[column] = value;
		});
		if (cells.length === 0) continue;
		const row = { number: index + 1, cells, ...(sheet['!rows']?.[index]?.hidden === true && { hidden: true }) };
		onRow(row);
		rows.push(row);
		if (rows.length < rowsPerPiece) continue;
		yield rows;
		rows = [];
	}
	if (rows.length > 0) yield rows;
}

function valueOf({ t, v, z }: CellObject, epoch: 1900 | 1904): CellValue {
	if (v === undefined || v === null || v === '') return null;
	if (t === 'e') return errorTexts[Number(v)] ?? '#VALUE!';
	if (typeof v !== 'number') return typeof v === 'boolean' ? v : String(v);
	const look = lookOf(z ?? 'General');
	return look === 'day' ? serialToCell(v, epoch) : (paddedCode(v, look) ?? v);
}
