/** A stored row with the declaration's keys; JSON fields already parsed, flags boolean. */
export type Row = Readonly<Record<string, unknown>>;

export type Condition =
	| {
			/** Of several columns any may meet it. */
			readonly column: string | readonly string[];
			readonly is: '=' | '<' | '<=' | '>' | '>=' | 'in' | 'inOrNull' | 'like';
			readonly value: string | number | readonly (string | number)[];
	  }
	| { readonly column: string; readonly is: 'empty' };

export type Query = {
	/** Those the rows are wanted for; all when left out. */
	readonly columns?: readonly string[];
	readonly where?: readonly Condition[];
	readonly orderBy?: readonly { readonly column: string; readonly descending?: boolean }[];
	readonly limit?: number;
};

/** Asks a table for the values of one column. */
export type Question = Omit<Query, 'columns'> & { readonly table: string; readonly column: string };

/** What the engine asks of a database; tables are named by the kind of their declaration. */
export type Transaction = {
	/** Rows whose `column` is one of `values`, ordered by number; `lock` keeps others from changing them. */
	load(table: string, column: string, values: readonly string[], lock?: 'lock'): Promise<Row[]>;
	list(table: string, query: Query): Promise<Row[]>;
	/** Answers several questions in one statement, those to the first question first. */
	pick(questions: readonly Question[]): Promise<string[]>;
	/** The different values of a column in these rows, in order. */
	distinct(table: string, column: string, where: readonly Condition[]): Promise<string[]>;
	insert(table: string, rows: readonly Row[]): Promise<void>;
	/** Inserts, or replaces rows with the same primary key. */
	replace(table: string, rows: readonly Row[]): Promise<void>;
	/** Inserts rows whose primary key is new; says which were. */
	insertNew(table: string, rows: readonly Row[]): Promise<number>;
	/** Draws `count` serials of a range and returns the last; rolled back with the transaction, so ranges have no gaps. @rule M-102 */
	drawNumbers(range: string, period: string, count: number): Promise<number>;
	/** A part of this transaction that can be taken back by itself. */
	transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
};

export type Store = Transaction & {
	/** What the database is and where, for messages. */
	readonly place: string;
	close(): Promise<void>;
};

/** Lets what asks for a store work inside a transaction that somebody else ends. */
export const within = (transaction: Transaction, { place }: Store): Store => ({ ...transaction, place, close: async () => {} });
