import type { Merge } from '../../../domain/import/sheetDataLike';
import type { ReadLimits } from '../../readLimits';
import type { SheetRow } from '../../sheetData';

/** A sheet that can be read from the top as often as wanted. */
export type SheetSource = {
	readonly name: string;
	readonly hidden: boolean;
	readonly epoch: 1900 | 1904;
	/** Rows with a value, in order, in pieces of any size; `onRow` is told each row as soon as it is read and throws to stop. */
	readonly rows: (onRow: (row: SheetRow) => void) => AsyncIterable<readonly SheetRow[]>;
	/** Merged cells that begin in the first rows. */
	readonly merges: () => Promise<readonly Merge[]>;
};

export type SourceRequest = { readonly bytes: Buffer; readonly fileName: string; readonly limits: ReadLimits };
