export type FindingCode =
	| 'HEADER_NOT_FOUND'
	| 'COLUMN_MISSING'
	| 'COLUMN_REPEATED'
	| 'UNKNOWN_COLUMN'
	/** The header names a unit that the values are not kept in. */
	| 'COLUMN_UNIT'
	/** Rows that nobody sees were read too. */
	| 'ROWS_HIDDEN'
	| 'VALUE_MISSING'
	| 'CELL_ERROR'
	| 'NOT_A_NUMBER'
	| 'NOT_AN_INTEGER'
	| 'TOO_MANY_DECIMALS'
	| 'TOO_SMALL'
	| 'TOO_BIG'
	| 'TOO_LONG'
	| 'CODE_NOT_WHOLE'
	| 'CODE_DIGITS_LOST'
	| 'CODE_IS_A_DAY'
	| 'NOT_A_DAY'
	| 'DAY_AMBIGUOUS'
	| 'NOT_A_CHOICE'
	| 'ROW_REPEATED'
	/** A code nobody has registered. */
	| 'NOT_ON_FILE'
	/** Given before, with other values. */
	| 'DIFFERS_FROM_STORED'
	/** Nothing on the sheet is wanted. */
	| 'SHEET_IGNORED'
	/** A rule of the paper refuses it. */
	| 'REFUSED';

/** Something to tell the sender about a sheet, at the place where they see it in Excel. */
export type Finding = {
	readonly sheet: string;
	/** 1-based; null when the whole sheet is meant. */
	readonly row: number | null;
	/** Letter, as Excel shows it; null when the whole row is meant. */
	readonly column: string | null;
	/** As the sender wrote it. */
	readonly header: string | null;
	readonly value: string | null;
	readonly code: FindingCode;
	/** `error` rejects the row (or, without a row of data, the sheet); `warning` does not. */
	readonly level: 'error' | 'warning';
	/** A Chinese sentence: what is wrong and what to do; the place is not repeated in it. */
	readonly message: string;
};

const sheetCodes: ReadonlySet<FindingCode> = new Set(['HEADER_NOT_FOUND', 'COLUMN_MISSING', 'COLUMN_REPEATED', 'COLUMN_UNIT']);

/** An error for which none of the sheet's rows could be read. */
export const stopsSheet = ({ code, level }: Finding): boolean => level === 'error' && sheetCodes.has(code);
