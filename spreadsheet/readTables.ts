import type { Finding } from '../domain/import/finding';
import type { TableReading, TableRow } from '../domain/import/readTable';
import { repeatCheck } from '../domain/import/repeatCheck';
import type { TableHead, TablesOutline } from '../domain/import/tableHead';
import type { RowValues, TableLayout } from '../domain/import/tableLayout';
import { unpackRows } from './packedRows';
import { jobFor, type ReadOptions } from './readJobFor';
import { runInWorker } from './runInWorker';

export type ReadTable = { readonly layout: TableLayout; readonly sheet: string; readonly reading: TableReading };

export type TablesReading = { readonly tables: readonly ReadTable[]; /** About sheets that nobody reads. */ readonly ignored: readonly Finding[] };

/** Takes some rows of a table, in order. */
export type TakeRows = (table: { readonly layout: TableLayout; readonly sheet: string; readonly mapping: TableReading['mapping'] }, rows: readonly TableRow[]) => Promise<void>;

/**
 * Finds the wanted tables in a file and checks their cells in a thread of its own; what is not wanted does not reach the caller.
 * @throws WorkbookError as readWorkbook
 */
export async function readTables(bytes: Uint8Array, layouts: readonly TableLayout[], options: ReadOptions): Promise<TablesReading> {
	const rows = new Map<TableLayout, TableRow[]>(layouts.map((layout) => [layout, []]));
	const { tables, ignored } = await tablesReader(bytes, layouts, options)(async ({ layout }, some) => {
		for (const row of some) rows.get(layout)?.push(row);
	});
	return { tables: tables.map((table) => ({ ...table, reading: { ...table.reading, rows: rows.get(table.layout) ?? [] } })), ignored };
}

/**
 * As readTables, for large files: rows are handed over as they come and not kept. The file itself is not kept either.
 * @throws WorkbookError TOO_LARGE; the reader it returns throws as readWorkbook
 */
export function tablesReader(bytes: Uint8Array, layouts: readonly TableLayout[], options: ReadOptions): (take: TakeRows) => Promise<TablesReading> {
	const { job, worker } = jobFor(bytes, options);
	return async (take) => await readInWorker(job, worker, layouts, take);
}

async function readInWorker(job: Job['job'], worker: Job['worker'], layouts: readonly TableLayout[], take: TakeRows): Promise<TablesReading> {
	let tables: ReturnType<typeof collector>[] = [];
	let ignored: readonly Finding[] = [];
	for await (const message of runInWorker({ kind: 'tables', ...job, layouts: layouts.map(asData), headsOnly: false }, worker)) {
		if (message.kind === 'tables') {
			tables = message.tables.map((head) => collector(head, layouts[head.layout] as TableLayout));
			ignored = message.ignored;
		} else if (message.kind === 'values') await tables[message.table]?.add(message, take);
	}
	return { tables: tables.map(({ result }) => result()), ignored };
}

/**
 * Says how a file would be read, from its first rows.
 * @throws WorkbookError as readWorkbook
 */
export async function outlineTables(bytes: Uint8Array, layouts: readonly TableLayout[], options: ReadOptions): Promise<TablesOutline> {
	const { job, worker } = jobFor(bytes, options);
	for await (const message of runInWorker({ kind: 'tables', ...job, layouts: layouts.map(asData), headsOnly: true }, worker)) {
		if (message.kind === 'tables') return message;
	}
	throw new Error(`没有得到《${options.fileName}》的结构`);
}

type Job = ReturnType<typeof jobFor>;

/** Functions do not move between threads. */
const asData = ({ rowKey: _, ...data }: TableLayout): TableLayout => data;

type Values = { readonly packed: Parameters<typeof unpackRows>[0]; readonly bad: readonly number[]; readonly findings: readonly Finding[] };

/** Puts the pieces of a table together as they come. */
function collector({ sheet, headerRow, columns, findings: atHeader }: TableHead, layout: TableLayout) {
	const mapping = columns.flatMap(({ columnIndex, header, key }) => (key === null ? [] : [{ columnIndex, header, key }]));
	// Copies of one object share its shape, which takes half the memory of objects that grow.
	const empty: Record<string, string | number | null> = Object.fromEntries(mapping.map(({ key }) => [key, null]));
	const check = repeatCheck(sheet, layout);
	const findings: Finding[] = [...atHeader];
	return {
		async add({ packed, bad, findings: found }: Values, take: TakeRows): Promise<void> {
			const rows: TableRow[] = [];
			const refused = new Set(bad);
			const repeated: Finding[] = [];
			for (const { number, cells } of unpackRows(packed)) {
				const values = { ...empty };
				mapping.forEach(({ key }, index) => (values[key] = (cells[index] ?? null) as RowValues[string] | null));
				const { row, finding } = check({ row: number, values, ok: !refused.has(number) });
				rows.push(row);
				if (finding !== null) repeated.push(finding);
			}
			const all = repeated.length === 0 ? found : [...found, ...repeated].sort((a, b) => (a.row ?? Infinity) - (b.row ?? Infinity));
			for (const each of all) findings.push(each);
			await take({ layout, sheet, mapping }, rows);
		},
		result: (): ReadTable => ({ layout, sheet, reading: { headerRow, mapping, rows: [], findings } }),
	};
}
