import type { FactQueries, FactQuery } from '../domain/document/facts';
import type { Row, Transaction } from './store';

/**
 * Loads what the rules of a batch asked for: one statement for each named fact, whatever the number of items.
 * All items of a batch ask the same names.
 */
export async function loadFacts(transaction: Transaction, asked: readonly FactQueries[]): Promise<Record<string, unknown>[]> {
	const results = asked.map((): Record<string, unknown> => ({}));
	const first = asked.find((queries) => Object.keys(queries).length > 0);
	for (const name of Object.keys(first ?? {})) {
		const queries = asked.map((each) => each[name] as FactQuery);
		const answers = await answer(transaction, queries);
		answers.forEach((value, index) => ((results[index] as Record<string, unknown>)[name] = value));
	}
	return results;
}

async function answer(transaction: Transaction, queries: readonly FactQuery[]): Promise<unknown[]> {
	const { kind, by, whole } = queries[0] as FactQuery;
	if (whole === true) {
		const every = await transaction.list(kind, {});
		return queries.map(() => every);
	}
	const byWhere = new Map<string, Map<unknown, Row[]>>();
	for (const [where, group] of Map.groupBy(queries, (query) => whereOf(query))) {
		const values = group.flatMap((query) => wanted(query));
		byWhere.set(where, Map.groupBy(values.length === 0 ? [] : await rowsOf(transaction, group[0] as FactQuery, values), (row) => row[by]));
	}
	return queries.map((query) => {
		const byValue = byWhere.get(whereOf(query));
		const [first, ...more] = wanted(query);
		const found = more.length === 0 ? (byValue?.get(first) ?? []) : wanted(query).flatMap((value) => byValue?.get(value) ?? []);
		return query.many ? found : (found.at(-1) ?? null);
	});
}

const whereOf = ({ where }: FactQuery): string => (where === undefined ? '' : `${where.column}${where.is ?? '='}${where.value}`);

async function rowsOf(transaction: Transaction, { kind, by, lock, where, columns }: FactQuery, values: readonly string[]): Promise<Row[]> {
	if (where === undefined) return await transaction.load(kind, by, values, lock === true ? 'lock' : undefined);
	const rows: Row[] = [];
	const wantedValues = [...new Set(values)];
	for (let start = 0; start < wantedValues.length; start += MAX_IN)
		for (const row of await transaction.list(kind, { ...(columns === undefined ? {} : { columns: [...columns, by] }), where: [{ column: by, is: 'in', value: wantedValues.slice(start, start + MAX_IN) }, { column: where.column, is: where.is ?? '=', value: where.value }] })) rows.push(row);
	return rows;
}

/** Values asked for in one statement. */
const MAX_IN = 20_000;

const wanted = ({ value }: FactQuery): readonly string[] => (value === null ? [] : typeof value === 'string' ? [value] : value);
