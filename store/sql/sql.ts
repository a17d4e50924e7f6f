/** A list stands for one `?` of `oneOf` on PostgreSQL. */
export type Value = string | number | null | readonly (string | number)[];
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

/** Above this a list is one value: thousands of `?` take longer to plan than to answer. */
const MANY = 50;

/** `column` is one of `values`, with the values to bind. */
export function oneOf(dialect: Sql['dialect'], column: string, values: readonly (string | number)[]): { readonly text: string; readonly values: readonly Value[] } {
	if (values.length === 0) return { text: `${column} IN (NULL)`, values: [] };
	if (values.length <= MANY) return { text: `${column} IN (${Array<string>(values.length).fill('?').join(',')})`, values };
	return dialect === 'postgres' ? { text: `${column} = ANY(?)`, values: [values] } : { text: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}
