import { cellText } from './cellText';
import { columnLetter } from './columnLetter';
import type { Finding } from './finding';
import { headerFindings } from './headerFindings';
import { findHeader } from './matchHeaders';
import type { HeaderCell } from './matchHeaders';
import { normaliseText } from './normaliseText';
import { parseCell } from './parseCell';
import { isRefusal } from './refusal';
import type { CellLike, RowLike, SheetDataLike } from './sheetDataLike';
import type { ColumnSpec, RowValues, TableLayout } from './tableLayout';

/** `row` as Excel shows it; refused cells are null in `values`; `ok` when the row has no error. */
export type TableRow = { readonly row: number; readonly values: RowValues; readonly ok: boolean };

export type TableReading = {
	/** 1-based; null when none was found. */
	readonly headerRow: number | null;
	/** `columnIndex` is 0-based. */
	readonly mapping: ReadonlyArray<{ readonly columnIndex: number; readonly header: string; readonly key: string }>;
	readonly rows: readonly TableRow[];
	/** In the order of the sheet. */
	readonly findings: readonly Finding[];
};

type MappedColumn = { readonly columnIndex: number; readonly header: string; readonly column: ColumnSpec };

/** “合计”, “本页小计：”, “总计（元）” and the like in one of the first two texts of a row. */
const totals = /^(?:本[页月期年]|以上|全部)?(?:合计|总计|小计|共计|累计)(?:\(.*\))?:?$/;

/** “制表：张三”, “审核人：” below a table. */
const signatures = /^(?:制表|填表|制单|审核|复核|经办|批准|主管)(?:人|日期)?:/;

const isFootnote = (text: string): boolean => totals.test(text) || signatures.test(text);

/**
 * Reads a table that somebody else filled in: finds its header, takes columns in any order, checks every cell.
 * Empty rows and totals are skipped. With an error in the header (column missing or twice) no rows are read.
 */
export function readTable(sheet: SheetDataLike, layout: TableLayout): TableReading {
	const match = findHeader(sheet, layout);
	const atHeader = headerFindings(sheet.name, match, layout);
	const columns = (match?.cells ?? []).filter(isMapped);
	const mapping = columns.map(({ columnIndex, header, column }) => ({ columnIndex, header, key: column.key }));
	if (match === null || atHeader.some(({ level }) => level === 'error')) {
		return { headerRow: match?.row ?? null, mapping, rows: [], findings: atHeader };
	}
	const data = sheet.rows.filter((row) => row.number > match.row && !isSkipped(row, columns));
	const read = data.map((row) => readRow(sheet.name, row, columns));
	const { rows, findings } = refuseRepeated(sheet.name, read, layout);
	return { headerRow: match.row, mapping, rows, findings: [...atHeader, ...findings] };
}

function isMapped(cell: HeaderCell): cell is HeaderCell & MappedColumn {
	return cell.column !== null;
}

/** Rows without a value in any known column (remarks below the table, too), totals, and the header again on a new page. */
function isSkipped(row: RowLike, columns: readonly MappedColumn[]): boolean {
	if (columns.every(({ columnIndex }) => cellText(row.cells[columnIndex]) === null)) return true;
	const texts = row.cells.filter((cell) => typeof cell === 'string' && cellText(cell) !== null).slice(0, 2);
	if (texts.some((text) => isFootnote(normaliseText(String(text)).replace(/\s+/g, '')))) return true;
	return columns.every(({ columnIndex, header }) => cellText(row.cells[columnIndex]) === header);
}

type RowReading = { readonly row: TableRow; readonly findings: readonly Finding[] };

function readRow(sheet: string, { number, cells }: RowLike, columns: readonly MappedColumn[]): RowReading {
	const findings: Finding[] = [];
	const values = new Map<string, string | number | null>();
	for (const { columnIndex, header, column } of columns) {
		const { value, refusal } = readCell(cells[columnIndex] ?? null, column);
		values.set(column.key, value);
		if (!refusal) continue;
		const place = { sheet, row: number, column: columnLetter(columnIndex), header, value: cellText(cells[columnIndex]) };
		findings.push({ ...place, level: 'error', ...refusal });
	}
	return { row: { row: number, values: Object.fromEntries(values), ok: findings.length === 0 }, findings };
}

function readCell(cell: CellLike, column: ColumnSpec) {
	if (cellText(cell) === null) {
		const refusal = { code: 'VALUE_MISSING' as const, message: `「${column.header}」没有填写，请补上` };
		return { value: null, refusal: column.required ? refusal : null };
	}
	const parsed = parseCell(cell, column);
	return isRefusal(parsed) ? { value: null, refusal: parsed } : { value: parsed.value, refusal: null };
}

function refuseRepeated(sheet: string, read: readonly RowReading[], { rowKey }: TableLayout) {
	const first = new Map<string, number>();
	const checked = read.map(({ row, findings }): RowReading => {
		const key = row.ok && rowKey ? rowKey(row.values) : null;
		const earlier = key === null ? undefined : first.get(key);
		if (key !== null && earlier === undefined) first.set(key, row.row);
		if (earlier === undefined) return { row, findings };
		const place = { sheet, row: row.row, column: null, header: null, value: key };
		const message = `与第 ${earlier} 行重复，请删除其中一行；如确为两笔，请写出不同的单号`;
		return { row: { ...row, ok: false }, findings: [{ ...place, level: 'error', code: 'ROW_REPEATED', message }] };
	});
	return { rows: checked.map(({ row }) => row), findings: checked.flatMap(({ findings }) => findings) };
}
