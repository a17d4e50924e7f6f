import type { Finding } from './finding';
import { headerFindings } from './headerFindings';
import { findHeader, type HeaderMatch } from './matchHeaders';
import { repeatCheck } from './repeatCheck';
import { rowReader } from './rowReader';
import type { SheetDataLike } from './sheetDataLike';
import type { RowValues, TableLayout } from './tableLayout';

/** `row` as Excel shows it; refused cells are null in `values`; `ok` when the row has no error. */
export type TableRow = { readonly row: number; readonly values: RowValues; readonly ok: boolean };

/** `columnIndex` is 0-based. */
export type ColumnMapping = { readonly columnIndex: number; readonly header: string; readonly key: string };

export type TableReading = {
	/** 1-based, the last one of several; null when none was found. */
	readonly headerRow: number | null;
	readonly mapping: readonly ColumnMapping[];
	readonly rows: readonly TableRow[];
	/** Those of the header first, then in the order of the sheet. */
	readonly findings: readonly Finding[];
};

/**
 * Reads a table that somebody else filled in: finds its header, takes columns in any order, checks every cell.
 * Empty rows and totals are skipped. With an error in the header (column missing or twice) no rows are read.
 */
export function readTable(sheet: SheetDataLike, layout: TableLayout): TableReading {
	const match = findHeader(sheet, layout);
	const atHeader = headerFindings(sheet.name, match, layout);
	const reading = { headerRow: match?.row ?? null, mapping: mappingOf(match), rows: [], findings: atHeader };
	if (match === null || atHeader.some(({ level }) => level === 'error')) return reading;
	const reader = rowReader(sheet, match, layout);
	const check = repeatCheck(sheet.name, layout);
	const read = sheet.rows.flatMap((each) => {
		const own = reader.read(each);
		if (own === null) return [];
		const { row, finding } = check(own.row);
		return [{ row, findings: finding === null ? own.findings : [finding] }];
	});
	return { ...reading, rows: read.map(({ row }) => row), findings: [...atHeader, ...read.flatMap(({ findings }) => findings), ...reader.end()] };
}

export function mappingOf(match: HeaderMatch | null): ColumnMapping[] {
	return (match?.cells ?? []).flatMap(({ columnIndex, header, column }) => (column === null ? [] : [{ columnIndex, header, key: column.key }]));
}
