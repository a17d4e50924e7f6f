import type { Finding } from './finding';

/** What a sheet is taken for, and which of its columns for what. */
export type TableHead = {
	/** Index of the layout among those asked for. */
	readonly layout: number;
	readonly sheet: string;
	/** 1-based, the last one of several; null when none was found. */
	readonly headerRow: number | null;
	/** All that have a header; `key` is null for those not known, `samples` are from the first rows below. */
	readonly columns: readonly { readonly columnIndex: number; readonly header: string; readonly key: string | null; readonly samples: readonly (string | null)[] }[];
	readonly findings: readonly Finding[];
};

/** How a whole file would be read. */
export type TablesOutline = { readonly tables: readonly TableHead[]; /** About sheets that nobody reads. */ readonly ignored: readonly Finding[]; readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[] };
