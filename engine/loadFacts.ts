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
	const { kind, by, lock, whole } = queries[0] as FactQuery;
	if (whole === true) {
		const every = await transaction.list(kind, {});
		return queries.map(() => every);
	}
	const values = queries.flatMap((query) => wanted(query));
	const rows = values.length === 0 ? [] : await transaction.load(kind, by, values, lock === true ? 'lock' : undefined);
	const byValue = new Map<unknown, Row[]>();
	for (const row of rows) {
		const group = byValue.get(row[by]);
		if (group === undefined) byValue.set(row[by], [row]);
		else group.push(row);
	}
	return queries.map((query) => {
		const found = wanted(query).flatMap((value) => byValue.get(value) ?? []);
		return query.many ? found : (found.at(-1) ?? null);
	});
}

const wanted = ({ value }: FactQuery): readonly string[] => (value === null ? [] : typeof value === 'string' ? [value] : value);
