/** A cell as the reader of workbooks gives it; a day has no zone. */
export type CellLike = string | number | boolean | null | { readonly day: string; readonly time?: string };

/** `number` is 1-based as Excel shows it; `cells[0]` is column A. */
export type RowLike = { readonly number: number; readonly cells: readonly CellLike[] };

export type SheetDataLike = { readonly name: string; readonly hidden?: boolean; readonly rows: readonly RowLike[] };
