import { cellText } from './cellText';
import { columnLetter } from './columnLetter';
import type { Finding } from './finding';
import type { HeaderCell, HeaderMatch } from './matchHeaders';
import { normaliseText } from './normaliseText';
import { parseCell } from './parseCell';
import type { DayContext } from './parseDay';
import type { TableRow } from './readTable';
import { isRefusal } from './refusal';
import type { CellLike, RowLike, SheetDataLike } from './sheetDataLike';
import type { ColumnSpec, TableLayout } from './tableLayout';

export type RowReading = { readonly row: TableRow; readonly findings: readonly Finding[] };

type MappedColumn = HeaderCell & { readonly column: ColumnSpec };

/** “合计”, “本页小计：”, “总计（元）” and the like in one of the first two texts of a row. */
const totals = /^(?:本[页月期年]|以上|全部)?(?:合计|总计|小计|共计|累计)(?:\(.*\))?:?$/;

/** “制表：张三”, “审核人：” below a table. */
const signatures = /^(?:制表|填表|制单|审核|复核|经办|批准|主管)(?:人|日期)?:/;

const isFootnote = (text: string): boolean => totals.test(text) || signatures.test(text);

/** A file full of errors is told about in this detail; after that the first error of each row must do. */
const findingsInDetail = 50_000;

/** Reads the rows of a table one by one, in the order of the sheet, so that a large sheet need not be held. */
export function rowReader(sheet: Pick<SheetDataLike, 'name' | 'epoch'>, match: HeaderMatch, { period }: TableLayout) {
	const columns = match.cells.filter((cell): cell is MappedColumn => cell.column !== null);
	const context: DayContext = { ...(period && { period }), ...(sheet.epoch && { epoch: sheet.epoch }) };
	const hidden = { count: 0, first: 0 };
	let told = 0;
	return {
		/** @returns null for rows that are none of the table: above it, empty, totals, its header again on a new page */
		read(row: RowLike): RowReading | null {
			if (row.number <= match.row || isSkipped(row, columns)) return null;
			if (row.hidden === true && hidden.count++ === 0) hidden.first = row.number;
			const reading = readRow(sheet.name, row, columns, context);
			const findings = told > findingsInDetail ? reading.findings.slice(0, 1) : reading.findings;
			told += findings.length;
			return { ...reading, findings };
		},
		/** What can only be said after the last row. */
		end(): Finding[] {
			if (hidden.count === 0) return [];
			const message = `有 ${hidden.count} 行被隐藏或筛选掉（第一处在第 ${hidden.first} 行），也一起读取了；不需要的请删除后再上传`;
			return [{ sheet: sheet.name, row: null, column: null, header: null, value: null, code: 'ROWS_HIDDEN', level: 'warning', message }];
		},
	};
}

function isSkipped(row: RowLike, columns: readonly MappedColumn[]): boolean {
	if (columns.every(({ columnIndex }) => cellText(row.cells[columnIndex]) === null)) return true;
	const texts: string[] = [];
	for (let index = 0; index < row.cells.length && texts.length < 2; index++) {
		const cell = row.cells[index];
		if (typeof cell === 'string' && cellText(cell) !== null) texts.push(cell);
	}
	if (texts.some((text) => isFootnote(normaliseText(text).replace(/\s+/g, '')))) return true;
	return isHeaderAgain(row, columns);
}

/** Any of its header rows, printed again at the top of a page. */
function isHeaderAgain(row: RowLike, columns: readonly MappedColumn[]): boolean {
	const height = columns[0]?.texts.length ?? 0;
	for (let line = 0; line < height; line++) {
		if (columns.every(({ columnIndex, texts }) => isSameText(row.cells[columnIndex], texts[line] ?? null))) return true;
	}
	return false;
}

/** Of merged header cells only the first has a text. */
const isSameText = (cell: CellLike | undefined, text: string | null): boolean => {
	const own = cellText(cell);
	return own === null || own === text;
};

function readRow(sheet: string, { number, cells }: RowLike, columns: readonly MappedColumn[], context: DayContext): RowReading {
	const findings: Finding[] = [];
	const values: Record<string, string | number | null> = {};
	for (const { columnIndex, header, column } of columns) {
		const { value, refusal } = readCell(cells[columnIndex] ?? null, column, context);
		values[column.key] = value;
		if (!refusal) continue;
		const place = { sheet, row: number, column: columnLetter(columnIndex), header, value: cellText(cells[columnIndex]) };
		findings.push({ ...place, level: 'error', ...refusal });
	}
	return { row: { row: number, values, ok: findings.length === 0 }, findings };
}

function readCell(cell: CellLike, column: ColumnSpec, context: DayContext) {
	if (cellText(cell) === null) {
		const refusal = { code: 'VALUE_MISSING' as const, message: `「${column.header}」没有填写，请补上（合并的单元格只算第一格，请取消合并后逐行填写）` };
		return { value: null, refusal: column.required ? refusal : null };
	}
	const parsed = parseCell(cell, column, context);
	return isRefusal(parsed) ? { value: null, refusal: parsed } : { value: parsed.value, refusal: null };
}
