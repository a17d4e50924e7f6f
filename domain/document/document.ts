import type { Fields, InputOf, Instant, Label, RowOf } from './fields';
import type { Facts, FactQueries } from './facts';
import type { Role } from '../organisation';
import type { SettingKey } from '../settings';

/** Columns every document and record has besides its fields. */
export type BaseRow = {
	/** The paper's number, or a record's code: unique, never reused. */
	readonly no: string;
	readonly version: number;
	readonly createdAt: Instant;
	readonly createdBy: string;
	readonly updatedAt: Instant;
};

/** A number range: `{prefix}{period}-{serial}`, one serial per prefix and period. @rule M-102 */
export type Numbering = { readonly prefix: string; readonly period: 'day' | 'month' | 'year'; readonly digits: number };

/** Master data: looked up and edited, without states. */
export type RecordDeclaration<F extends Fields = Fields> = {
	readonly kind: string;
	readonly label: Label;
	/** Label of `no`: the record's code. */
	readonly code: Label;
	readonly fields: F;
	readonly indexes: readonly (readonly string[])[];
	/** Who may import and change it. */
	readonly by: readonly Role[];
};

export type RowOfRecord<R> = R extends RecordDeclaration<infer F> ? BaseRow & RowOf<F> : never;

export type Change<D extends Shape> = {
	readonly set?: Partial<RowOf<D['fields']>>;
	/** The next state where the event allows several. */
	readonly to?: keyof D['states'] & string;
	readonly then?: readonly Consequence[];
	readonly notices?: readonly Notice[];
};

/** Something else to write in the same transaction. */
export type Consequence =
	| { readonly does: 'fire'; readonly kind: string; readonly event: string; readonly no: string | null; readonly input: Record<string, unknown> }
	| { readonly does: 'save'; readonly kind: string; readonly no: string; readonly values: Record<string, unknown> };

export type Notice = {
	/** Sent at most once per key. */
	readonly key: string;
	readonly to: { readonly role: Role } | { readonly mail: string } | { readonly person: string; /** His mail and robot, where the rule has him at hand. */ readonly at?: { readonly mail: string | null; readonly robot: string | null } };
	readonly subject: string;
	/** Lines of the body; a pair is shown as a row of a table. */
	readonly body: readonly NoticeLine[];
	/** The rule that demands the notice. */
	readonly rule: string;
};

/** A page of ours that a mail can open; the address is made when the mail is sent. */
export type PageLink = { readonly label: string; readonly page: 'job' | 'board' | 'desk' | 'staff' | 'card'; readonly no: string; /** Whose link it is: staff no; nobody's for a customer's card. */ readonly person: string };

export type NoticeLine = string | readonly [string, string] | PageLink;

export type By = Role | { readonly setting: SettingKey };

export type Shape = {
	readonly kind: string;
	readonly form: string;
	readonly label: Label;
	readonly fields: Fields;
	readonly states: Readonly<Record<string, string>>;
	readonly indexes?: readonly (readonly string[])[];
	/** More lines for people, such as why something is due then. */
	readonly explain?: (row: never, zone: string) => Readonly<Record<string, string>>;
	/** Field with the person a paper is about: on forms one sees those of his own units. */
	readonly owner?: string;
	/** Field keys that tell one paper from another in a list. */
	readonly title?: readonly string[];
	/** Range, or a number made from the input (one paper per thing). */
	readonly number: Numbering | ((input: Record<string, unknown>) => Numbering | string);
};

/** A stored document of a declaration. */
export type DocumentOf<D extends Shape> = BaseRow & RowOf<D['fields']> & { readonly state: keyof D['states'] & string };

type StateOf<D extends Shape> = keyof D['states'] & string;

export type EventDeclaration<
	D extends Shape = Shape,
	I extends Fields = Fields,
	Q extends FactQueries = FactQueries,
	M extends FactQueries = FactQueries,
> = {
	readonly label: Label;
	/** `new` lets the event open the document. */
	readonly from: readonly (StateOf<D> | 'new')[];
	/** The next state, or those a rule may choose from (the first is the default). */
	readonly to: readonly StateOf<D>[];
	/** Who may; empty = anyone, also from outside; `consequence` = only another event, never by itself. */
	readonly by: readonly By[] | 'consequence';
	readonly input: I;
	/** Items of a batch that share one of these values see each other's effect (a new customer calling twice). */
	readonly takeTurns?: (input: Readonly<Record<string, unknown>>) => readonly unknown[];
	readonly facts?: (input: RowOf<I>, document: DocumentOf<D>) => Q;
	/** Facts that depend on the first ones. */
	readonly moreFacts?: (input: RowOf<I>, facts: Facts<Q>) => M;
	readonly rule: (document: DocumentOf<D>, input: RowOf<I>, facts: Facts<Q & M>) => Change<D>;
};

/** A limit that runs while the document is in one of `during`. */
export type ClockDeclaration<D extends Shape = Shape> = {
	readonly label: Label;
	readonly during: readonly StateOf<D>[];
	readonly due: (document: DocumentOf<D>) => Instant | null;
	/** Fired by the engine when the limit has passed. */
	readonly fires: string;
};

export type DocumentDeclaration<D extends Shape = Shape> = D & {
	readonly events: Readonly<Record<string, EventDeclaration>>;
	readonly clocks: Readonly<Record<string, ClockDeclaration>>;
};

/**
 * Starts a declaration; `events` finishes it. In two steps, so that rules see the
 * document's type and the events' inputs are inferred.
 */
export function defineDocument<const D extends Shape>(shape: D) {
	return {
		shape,
		event: <const I extends Fields, Q extends FactQueries = Record<never, never>, M extends FactQueries = Record<never, never>>(
			declaration: Omit<EventDeclaration<D, I, Q, M>, 'rule'>,
		) => ({
			/** Names the pure rule; apart from the rest, since a rule given by name would steer the inference of the facts. */
			decidedBy: (rule: EventDeclaration<D, I, Q, M>['rule']): EventDeclaration<D, I, Q, M> => ({ ...declaration, rule }),
		}),
		events: <E extends Readonly<Record<string, unknown>>>(
			events: E,
			clocks: Readonly<Record<string, ClockDeclaration<D>>> = {},
		): DocumentDeclaration<D> & { readonly inputs: { [K in keyof E]: E[K] extends { readonly input: infer I extends Fields } ? InputOf<I> : never } } =>
			({ ...shape, events, clocks, inputs: undefined }) as never,
	};
}

export function defineRecord<const F extends Fields>(declaration: {
	kind: string;
	label: Label;
	code: Label;
	fields: F;
	indexes?: readonly (readonly (keyof F & string)[])[];
	by?: readonly Role[];
}): RecordDeclaration<F> {
	return { indexes: [], by: ['after_sales_manager', 'general_manager', 'system'], ...declaration };
}

type WithInputs = { readonly kind: string; readonly inputs: Record<string, unknown> };

/** Fires an event of another document in the same transaction. */
export function fire<D extends WithInputs, E extends keyof D['inputs'] & string>(
	document: D,
	event: E,
	no: string | null,
	input: D['inputs'][E],
): Consequence {
	return { does: 'fire', kind: document.kind, event, no, input: input as Record<string, unknown> };
}

/** Creates or changes a record in the same transaction; fields left out keep their value. */
export function save<F extends Fields>(record: RecordDeclaration<F>, no: string, values: Partial<RowOf<F>>): Consequence {
	return { does: 'save', kind: record.kind, no, values };
}
