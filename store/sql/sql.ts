export type Value = string | number | null;
export type SqlRow = Record<string, unknown>;

/**
 * The seam to a database: one SQL text for both, `?` for values (never inside a literal).
 * Inside `transaction` use the handle it gives; a transaction that throws is rolled back.
 */
export type Sql = {
	readonly dialect: 'sqlite' | 'postgres';
	/** What and where, for messages. */
	readonly place: string;
	query(text: string, values?: readonly Value[]): Promise<SqlRow[]>;
	transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
	close(): Promise<void>;
};
