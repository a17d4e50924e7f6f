import type { Merge } from '../domain/import/sheetDataLike';

/** A calendar day as the sheet shows it (`YYYY-MM-DD`, no zone), with `HH:mm:ss` when the cell holds a time too. */
export type CellDay = { readonly day: string; readonly time?: string };

/** Errors come as their text (`#N/A`), formulas as their last computed value, pure times as `HH:mm:ss`. */
export type CellValue = string | number | boolean | null | CellDay;

/** `number` is 1-based as Excel shows it; `cells[0]` is column A; trailing empty cells are left out. */
export type SheetRow = { readonly number: number; readonly cells: readonly CellValue[]; /** Folded away or filtered out. */ readonly hidden?: boolean };

/** What is known of a sheet besides its rows. */
export type SheetFacts = { readonly name: string; readonly hidden: boolean; readonly epoch: 1900 | 1904; readonly merges: readonly Merge[] };

/** Rows without any value are left out, so `rows[i].number` may jump. */
export type SheetData = SheetFacts & { readonly rows: readonly SheetRow[] };

/** Some rows of one sheet, in order; a sheet without values comes as one batch without rows. */
export type SheetBatch = { readonly sheet: SheetFacts; readonly rows: readonly SheetRow[] };
