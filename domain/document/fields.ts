/** Names shown to people: `zh` on papers, forms and sheets, `en` in the n8n editor. */
export type Label = { readonly en: string; readonly zh: string };

/** A UTC instant as ISO 8601 with milliseconds and `Z`; compares as text. */
export type Instant = string;
/** A calendar day `YYYY-MM-DD` in the company's zone. */
export type Day = string;
/** A calendar month `YYYY-MM`. */
export type Month = string;

export type FieldKind =
	| 'text'
	| 'integer'
	| 'fen'
	| 'instant'
	| 'day'
	| 'month'
	| 'flag'
	| 'choice'
	| 'ref'
	| 'lines'
	| 'data';

export type FieldOptions = {
	/** A sentence under the field in n8n and on forms. */
	readonly help?: string;
	/** Other Excel headers that mean this field. */
	readonly synonyms?: readonly string[];
	readonly min?: number;
	readonly max?: number;
	/** On a form page: papers in these states to choose from, of those the person may read. */
	readonly among?: readonly string[];
	/** Kept for clocks and counting; not shown to people. */
	readonly internal?: boolean;
	/** Several lines of text. */
	readonly long?: boolean;
	/** A code or a phone number: full-width characters become half-width, blanks go. */
	readonly compact?: boolean;
};

/** `T` is the type of the value; `null` where the field is optional and empty. */
export type Field<T = unknown> = FieldOptions & {
	readonly kind: FieldKind;
	readonly label: Label;
	readonly optional: boolean;
	readonly choices?: Readonly<Record<string, string>>;
	readonly to?: string;
	readonly of?: Fields;
	/** Never set: carries the type. */
	readonly type?: T;
};

export type Fields = { readonly [name: string]: Field };

export type ValueOf<F> = F extends Field<infer T> ? T : never;
/** A complete row: every field present, optional ones `null` when empty. */
export type RowOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };
type OptionalKeys<F extends Fields> = { [K in keyof F]: null extends ValueOf<F[K]> ? K : never }[keyof F];
/** What a caller gives: optional fields may be left out. */
export type InputOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
	readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
};

type Given = FieldOptions & Pick<Field, 'choices' | 'to' | 'of'>;

function field<T>(kind: FieldKind, label: Label, options: Given = {}): Field<T> {
	return { ...options, kind, label, optional: false };
}

export const text = (label: Label, options?: FieldOptions) => field<string>('text', label, options);
export const integer = (label: Label, options?: FieldOptions) => field<number>('integer', label, options);
/** Money in integer fen (1 CNY = 100 fen). */
export const fen = (label: Label, options?: FieldOptions) => field<number>('fen', label, options);
export const instant = (label: Label, options?: FieldOptions) => field<Instant>('instant', label, options);
export const day = (label: Label, options?: FieldOptions) => field<Day>('day', label, options);
export const month = (label: Label, options?: FieldOptions) => field<Month>('month', label, options);
export const flag = (label: Label, options?: FieldOptions) => field<boolean>('flag', label, options);
/** One of a closed list: value → Chinese label. */
export const choice = <const C extends Readonly<Record<string, string>>>(label: Label, choices: C, options?: FieldOptions) =>
	field<keyof C & string>('choice', label, { ...options, choices });
/** The number or code of a document or record of kind `to`. */
export const ref = (to: string, label: Label, options?: FieldOptions) => field<string>('ref', label, { ...options, to });
/** Rows inside the document; for rows that are looked up on their own, declare a document. */
export const lines = <const F extends Fields>(of: F, label: Label) => field<readonly RowOf<F>[]>('lines', label, { of });
/** Structured data that is shown and kept but never filtered on. */
export const data = <T>(label: Label) => field<T>('data', label);

export const optional = <T>(wrapped: Field<T>): Field<T | null> => ({ ...wrapped, optional: true });

/** The same fields, each of which may be empty: what a paper gets in a later step. */
export const optionalOf = <const F extends Fields>(fields: F) =>
	Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, optional(field)])) as { readonly [K in keyof F]: Field<ValueOf<F[K]> | null> };
