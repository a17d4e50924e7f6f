import type { Day, Fields, Instant } from './fields';
import type { RecordDeclaration, RowOfRecord, Shape, DocumentOf } from './document';
import type { Settings } from '../settings';
import type { WorkCalendar } from '../shared/workCalendar';
import type { Role } from '../organisation';

/** Whom somebody stands in for, and the roles he has only by that. */
export type Lent = { readonly code: string; readonly name: string; readonly roles: readonly Role[] };

export type Actor = {
	readonly code: string;
	readonly name: string;
	/** His own and those lent to him now. */
	readonly roles: readonly Role[];
	readonly lent?: readonly Lent[];
	/** The unit he belongs to. */
	readonly unit: string | null;
};

/** What every rule is given besides what its event asks for. */
export type Given = {
	/** The number the document has, or will get if the change is accepted. */
	readonly no: string;
	readonly now: Instant;
	readonly today: Day;
	readonly actor: Actor;
	/** As valid now. */
	readonly settings: Settings;
	readonly calendar: WorkCalendar;
};

/** Rows a rule wants to see; loaded for all items of a batch with one statement. */
export type FactQuery<Row = unknown, Many extends boolean = boolean> = {
	readonly kind: string;
	readonly by: string;
	/** `null` finds nothing; a list finds the rows of any of its values. */
	readonly value: string | null | readonly string[];
	readonly many: Many;
	/** Keeps others from changing the row until this transaction ends. */
	readonly lock?: boolean;
	/** Every row there is; for master data only. */
	readonly whole?: boolean;
	/** Of those the rows with this value, or a smaller one, in a second column. */
	readonly where?: Where;
	/** The only columns read, where many rows are. */
	readonly columns?: readonly string[];
	readonly row?: Row;
};

export type Where<C extends string = string> = { readonly column: C; readonly is?: '=' | '<' | '>'; readonly value: string };

export type FactQueries = Readonly<Record<string, FactQuery>>;

type Loaded<Q> = Q extends FactQuery<infer Row, infer Many> ? (Many extends true ? readonly Row[] : Row | null) : never;

export type LoadedFacts<Q extends FactQueries> = { readonly [K in keyof Q]: Loaded<Q[K]> };
export type Facts<Q extends FactQueries = FactQueries> = Given & LoadedFacts<Q>;

type Declared = Shape | RecordDeclaration<Fields>;
type RowOfDeclared<D> = D extends Shape ? DocumentOf<D> : D extends RecordDeclaration<Fields> ? RowOfRecord<D> : never;
type Column<D> = keyof RowOfDeclared<D> & string;

/** The row whose `by` has this value; of several the one with the highest number. */
export const find = <D extends Declared>(declared: D, by: Column<D>, value: string | null): FactQuery<RowOfDeclared<D>, false> => ({
	kind: declared.kind,
	by,
	value,
	many: false,
});

/** The same row, for one writer at a time. */
export const locked = <Q extends FactQuery>(query: Q): Q => ({ ...query, lock: true });

/** All rows whose `by` has this value or one of these, by number. */
export const findAll = <D extends Declared>(declared: D, by: Column<D>, value: string | null | readonly string[]): FactQuery<RowOfDeclared<D>, true> => ({
	kind: declared.kind,
	by,
	value,
	many: true,
});

/**
 * Of the rows with this value those that meet a condition on a second column, such as an outlet's papers of a month;
 * of them these columns only, since there may be many.
 */
export const findOf = <D extends Declared, K extends Column<D>>(declared: D, by: Column<D>, value: string | null | readonly string[], where: Where<Column<D>>, columns: readonly K[]): FactQuery<Pick<RowOfDeclared<D>, K>, true> => ({
	kind: declared.kind,
	by,
	value,
	many: true,
	where,
	columns,
});

/** Every row of a record, such as the tree of units. */
export const all = <D extends RecordDeclaration<Fields>>(declared: D): FactQuery<RowOfDeclared<D>, true> => ({ kind: declared.kind, by: 'no', value: null, many: true, whole: true });
