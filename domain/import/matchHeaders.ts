import { cellText } from './cellText';
import { headerWithoutBrackets, normaliseHeader } from './normaliseText';
import type { RowLike, SheetDataLike } from './sheetDataLike';
import type { ColumnSpec, TableLayout } from './tableLayout';

export type HeaderCell = {
	/** 0-based. */
	readonly columnIndex: number;
	/** As the sender wrote it. */
	readonly header: string;
	/** null for a column that the layout does not know. */
	readonly column: ColumnSpec | null;
};

export type HeaderMatch = { readonly row: number; readonly cells: readonly HeaderCell[]; readonly missing: readonly ColumnSpec[] };

/** Titles, dates and outlet names stand above the header, but not more than this. */
const rowsSearched = 20;
const leastMatches = 2;

/**
 * Finds the header row: the one of the first 20 rows with the most known headers, the upper one in a tie.
 * @returns null when no row has at least two of them (or all, in a narrower layout)
 */
export function findHeader(sheet: SheetDataLike, layout: TableLayout): HeaderMatch | null {
	const columnOf = headerIndex(layout.columns);
	let best: HeaderMatch | null = null;
	for (const row of sheet.rows.slice(0, rowsSearched)) {
		const match = matchRow(row, layout, columnOf);
		if (known(match) >= Math.min(leastMatches, layout.columns.length) && (best === null || known(match) > known(best))) best = match;
	}
	return best;
}

/** How many different columns of the layout the row names. */
function known({ cells }: HeaderMatch): number {
	return new Set(cells.flatMap(({ column }) => column ?? [])).size;
}

function matchRow(row: RowLike, { columns }: TableLayout, columnOf: (header: string) => ColumnSpec | null): HeaderMatch {
	const cells = row.cells.flatMap((cell, columnIndex) => {
		const header = cellText(cell);
		return header === null ? [] : [{ columnIndex, header, column: columnOf(header) }];
	});
	const missing = columns.filter((column) => column.required && !cells.some((cell) => cell.column === column));
	return { row: row.number, cells, missing };
}

/** A header counts as written first (数量(好) is not 数量(坏)), then without what stands in brackets (单价(元)). */
function headerIndex(columns: readonly ColumnSpec[]): (header: string) => ColumnSpec | null {
	const whole = new Map<string, ColumnSpec>();
	const bare = new Map<string, ColumnSpec>();
	for (const column of columns) {
		for (const name of [column.header, ...(column.synonyms ?? [])].map(normaliseHeader)) {
			if (!whole.has(name)) whole.set(name, column);
			if (!bare.has(headerWithoutBrackets(name))) bare.set(headerWithoutBrackets(name), column);
		}
	}
	return (header) => {
		const name = normaliseHeader(header);
		return whole.get(name) ?? bare.get(headerWithoutBrackets(name)) ?? null;
	};
}
