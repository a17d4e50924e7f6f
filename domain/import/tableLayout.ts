/** What a cell becomes: `integer` a number, `yuan` integer fen, `day` `YYYY-MM-DD`, `choice` the value (not the label). */
export type ImportType = 'text' | 'code' | 'integer' | 'yuan' | 'day' | 'choice';

export type ColumnSpec = {
	readonly key: string;
	/** As the company writes it; used in messages. */
	readonly header: string;
	readonly synonyms?: readonly string[];
	readonly type: ImportType;
	readonly required?: boolean;
	/** In the unit of the value: fen for `yuan`. */
	readonly min?: number;
	readonly max?: number;
	readonly maxLength?: number;
	/** Value → labels accepted for it; the value itself is accepted too. */
	readonly choices?: Readonly<Record<string, readonly string[]>>;
};

/** First and last day, `YYYY-MM-DD`. */
export type Period = { readonly first: string; readonly last: string };

export type RowValues = Readonly<Record<string, string | number | null>>;

/** How a table that others fill in looks, so that it is found and read in whatever shape they send it. */
export type TableLayout = {
	readonly key: string;
	/** Such as 零配件使用统计表. */
	readonly title: string;
	/** Names that the sheet goes by; otherwise it is known by its headers. */
	readonly sheetNames: readonly string[];
	readonly columns: readonly ColumnSpec[];
	/** The days its rows can be about; a day written short (6/3) is read only when one reading falls in it. */
	readonly period?: Period;
	/** Two sound rows with the same key are a repetition; null is never one. */
	readonly rowKey?: (values: RowValues) => string | null;
};
