export type Value = string | number | null;
export type SqlRow = Record<string, unknown>;

/**
 * The seam to a database: one SQL text for both, `?` for values (never inside a literal).
 * Inside `transaction` use the handle it gives; a transaction that throws is rolled back, a nested one to its savepoint.
 */
/** A transaction inside another. */
export async function inSavepoint<T>(sql: Sql, work: (sql: Sql) => Promise<T>): Promise<T> {
	await sql.query('SAVEPOINT inner_work');
	try {
		const result = await work(sql);
		await sql.query('RELEASE SAVEPOINT inner_work');
		return result;
	} catch (error) {
		await sql.query('ROLLBACK TO SAVEPOINT inner_work');
		await sql.query('RELEASE SAVEPOINT inner_work');
		throw error;
	}
}

export type Sql = {
	readonly dialect: 'sqlite' | 'postgres';
	/** What and where, for messages. */
	readonly place: string;
	query(text: string, values?: readonly Value[]): Promise<SqlRow[]>;
	transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
	close(): Promise<void>;
};
