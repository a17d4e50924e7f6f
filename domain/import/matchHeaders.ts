import { cellText } from './cellText';
import { headerWithoutBrackets, normaliseHeader } from './normaliseText';
import type { CellLike, Merge, RowLike, SheetDataLike } from './sheetDataLike';
import type { ColumnSpec, TableLayout } from './tableLayout';

export type HeaderCell = {
	/** 0-based. */
	readonly columnIndex: number;
	/** As the sender wrote it; parts of a header of several rows are joined by `/`. */
	readonly header: string;
	/** What stands in each header row. */
	readonly texts: readonly (string | null)[];
	/** null for a column that the layout does not know. */
	readonly column: ColumnSpec | null;
};

/** `row` is the last header row, `top` the first. */
export type HeaderMatch = { readonly top: number; readonly row: number; readonly cells: readonly HeaderCell[]; readonly missing: readonly ColumnSpec[] };

/** Titles, dates and outlet names stand above the header, but not more than this. */
const rowsSearched = 20;
const leastMatches = 2;
/** 数量 over 相符, 不符 and 无故障: a header of more rows was never seen. */
const highestHeader = 3;

/** Rows from the top of a sheet that finding its header needs. */
export const headRows = rowsSearched + highestHeader - 1;

/**
 * Finds the header: the row of the first 20 with the most known headers, the upper one in a tie; several rows together
 * when they name more columns than any row alone.
 * @returns null when there are not at least two known headers (or all, in a narrower layout)
 */
export function findHeader(sheet: SheetDataLike, layout: TableLayout): HeaderMatch | null {
	const rows = sheet.rows.slice(0, headRows);
	const { merges = [] } = sheet;
	// A banner merged down the side cuts through every header: then the second look takes any rows.
	return bestMatch(rows, merges, layout, (block, next) => isWhole(block, next, merges)) ?? bestMatch(rows, merges, layout, () => true);
}

function bestMatch(rows: readonly RowLike[], merges: readonly Merge[], layout: TableLayout, isTaken: (block: readonly RowLike[], next: RowLike | undefined) => boolean): HeaderMatch | null {
	const columnOf = headerIndex(layout.columns);
	let best: HeaderMatch | null = null;
	for (let height = 1; height <= highestHeader; height++) {
		for (let start = 0; start < Math.min(rowsSearched, rows.length - height + 1); start++) {
			const block = rows.slice(start, start + height);
			if (!areAdjacent(block) || !isTaken(block, rows[start + height])) continue;
			const match = matchRows(withMerges(block, merges), layout, columnOf);
			if (known(match) >= Math.min(leastMatches, layout.columns.length) && (best === null || known(match) > known(best))) best = match;
		}
	}
	return best;
}

/** Rows that merged cells cut through are half a header, and so are group names over names of their own. */
function isWhole(block: readonly RowLike[], next: RowLike | undefined, merges: readonly Merge[]): boolean {
	const [first, last] = [block[0]?.number ?? 0, block.at(-1)?.number ?? 0];
	const isCut = merges.some(({ top, bottom }) => (top < first && bottom >= first) || (top <= last && bottom > last));
	const namesBelow = ({ left, right }: Merge) => next?.cells.slice(left, right + 1).filter((cell) => typeof cell === 'string').length ?? 0;
	const isGroup = merges.some((merge) => merge.bottom === last && merge.right > merge.left && next?.number === last + 1 && namesBelow(merge) > 1 && next.cells.every((cell) => cell === null || typeof cell === 'string'));
	return !isCut && !isGroup;
}

/** How many different columns of the layout the header names. */
export function known({ cells }: HeaderMatch): number {
	return new Set(cells.flatMap(({ column }) => column ?? [])).size;
}

const areAdjacent = (rows: readonly RowLike[]): boolean => rows.every(({ number }, index) => number === (rows[0] as RowLike).number + index);

/** Only the first cell of merged ones holds their text; here all do, but for those side by side in the last row: they name one column. */
function withMerges(rows: readonly RowLike[], merges: readonly Merge[]): RowLike[] {
	const last = rows.at(-1)?.number ?? 0;
	const here = merges.filter(({ top }) => top <= last);
	const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
	return rows.map(({ number, cells }) => {
		const filled: CellLike[] = [...cells];
		for (const { top, left, bottom, right } of here) {
			if (number < top || number > bottom) continue;
			const text = rows.find((row) => row.number === top)?.cells[left] ?? null;
			for (let column = left; column <= (number === last ? left : Math.min(right, widest - 1)); column++) filled[column] ??= text;
		}
		return { number, cells: Array.from(filled, (cell) => cell ?? null) };
	});
}

type ColumnOf = (names: readonly string[]) => ColumnSpec | null;

function matchRows(rows: readonly RowLike[], { columns }: TableLayout, columnOf: ColumnOf): HeaderMatch {
	const width = Math.max(...rows.map(({ cells }) => cells.length));
	const cells: HeaderCell[] = [];
	for (let columnIndex = 0; columnIndex < width; columnIndex++) {
		const texts = rows.map((row) => cellText(row.cells[columnIndex]));
		const parts = texts.filter((text, index) => text !== null && text !== texts[index - 1]) as string[];
		if (parts.length > 0) cells.push({ columnIndex, header: parts.join('/'), texts, column: columnOf(namesOf(parts)) });
	}
	const missing = columns.filter((column) => column.required && !cells.some((cell) => cell.column === column));
	return { top: rows[0]?.number ?? 0, row: rows.at(-1)?.number ?? 0, cells, missing };
}

/** 数量 over 相符 may be called 数量相符, 相符数量 or just 相符. */
function namesOf(parts: readonly string[]): string[] {
	return parts.length === 1 ? [...parts] : [parts.join(''), [...parts].reverse().join(''), parts.at(-1) as string];
}

/**
 * A header counts as written first (数量(好) is not 数量(坏)), then without what stands in brackets (单价(元)).
 * A name that fits two columns fits none.
 */
function headerIndex(columns: readonly ColumnSpec[]): ColumnOf {
	const whole = new Map<string, Set<ColumnSpec>>();
	const bare = new Map<string, Set<ColumnSpec>>();
	const add = (index: Map<string, Set<ColumnSpec>>, name: string, column: ColumnSpec) => index.set(name, (index.get(name) ?? new Set()).add(column));
	for (const column of columns) {
		for (const name of [column.header, ...(column.synonyms ?? [])].map(normaliseHeader)) {
			add(whole, name, column);
			add(bare, headerWithoutBrackets(name), column);
		}
	}
	const only = (found: Set<ColumnSpec> | undefined) => (found?.size === 1 ? [...found][0] : undefined);
	return (names) => {
		for (const name of names.map(normaliseHeader)) {
			const column = only(whole.get(name)) ?? only(bare.get(headerWithoutBrackets(name)));
			if (column !== undefined) return column;
		}
		return null;
	};
}
