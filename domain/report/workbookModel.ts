/**
 * What a cell of a column holds and how it shows:
 * - `yuan`: integer fen in, shown as yuan with 2 decimals
 * - `percent`: a ratio in (0.125), shown as 12.5%
 * - `day`: `YYYY-MM-DD`; `instant`: local `YYYY-MM-DD HH:mm[:ss]`, already in the reader's zone; both become real dates
 */
export type ColumnType = 'text' | 'integer' | 'yuan' | 'percent' | 'day' | 'instant';

export type CellInput = string | number | null;

export type ColumnModel = {
	readonly header: string;
	readonly key: string;
	/** In characters; fitted to header and first rows when left out. */
	readonly width?: number;
	readonly type: ColumnType;
	readonly total?: 'sum';
};

export type TableModel = {
	readonly heading?: string;
	readonly columns: readonly ColumnModel[];
	readonly rows: ReadonlyArray<Readonly<Record<string, CellInput | undefined>>>;
	/** Shown instead of rows when there are none; '' for nothing, in sheets to be filled in. */
	readonly emptyText?: string;
};

/** Label and value pairs, such as the head of a form. */
export type FactsModel = {
	readonly heading?: string;
	readonly facts: ReadonlyArray<{ readonly label: string; readonly value: CellInput; readonly type?: ColumnType }>;
};

export type BlockModel = TableModel | FactsModel;

export type ChartModel = {
	readonly kind: 'column' | 'line' | 'pie';
	readonly title: string;
	/** Key of the column with the labels. */
	readonly categories: string;
	/** A pie shows the first only. */
	readonly series: ReadonlyArray<{ readonly key: string; readonly name: string }>;
	/** Which table of the sheet, from 0; the last one when left out. */
	readonly table?: number;
	/** `col` and `row` 0-based cell of the upper left corner, size in pixels; below everything else when left out. */
	readonly anchor?: { readonly col: number; readonly row: number; readonly width: number; readonly height: number };
};

/** One sheet from top to bottom: title, subtitle, blocks, the main table (`columns` and `rows`), notes, charts without an anchor. */
export type SheetModel = {
	readonly name: string;
	readonly title?: string;
	readonly subtitle?: readonly string[];
	readonly blocks?: readonly BlockModel[];
	readonly columns?: readonly ColumnModel[];
	readonly rows?: TableModel['rows'];
	readonly emptyText?: string;
	readonly notes?: readonly string[];
	readonly charts?: readonly ChartModel[];
	readonly landscape?: boolean;
};

export type WorkbookModel = {
	readonly sheets: readonly SheetModel[];
	readonly properties?: { readonly title?: string; readonly author?: string };
};
