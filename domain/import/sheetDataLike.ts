/** A cell as the reader of workbooks gives it; a day has no zone. */
export type CellLike = string | number | boolean | null | { readonly day: string; readonly time?: string };

/** `number` is 1-based as Excel shows it; `cells[0]` is column A. */
export type RowLike = { readonly number: number; readonly cells: readonly CellLike[]; /** Folded away or filtered out. */ readonly hidden?: boolean };

/** Cells shown as one; rows 1-based, columns 0-based, ends included. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

export type SheetDataLike = {
	readonly name: string;
	readonly hidden?: boolean;
	readonly rows: readonly RowLike[];
	/** Those of the head of the sheet are enough. */
	readonly merges?: readonly Merge[];
	/** How its workbook counts days; 1900 when not said. */
	readonly epoch?: 1900 | 1904;
};
