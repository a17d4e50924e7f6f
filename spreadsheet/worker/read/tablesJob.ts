import { cellText } from '../../../domain/import/cellText';
import type { Finding } from '../../../domain/import/finding';
import { headRows } from '../../../domain/import/matchHeaders';
import { pairTables, type TablePair } from '../../../domain/import/pairTables';
import { mappingOf } from '../../../domain/import/readTable';
import { rowReader } from '../../../domain/import/rowReader';
import type { SheetDataLike } from '../../../domain/import/sheetDataLike';
import type { TableHead, TablesOutline } from '../../../domain/import/tableHead';
import type { TableLayout } from '../../../domain/import/tableLayout';
import { packRows, type PackedRows } from '../../packedRows';
import type { SheetRow } from '../../sheetData';
import { inBatches } from './readJob';
import { openSource } from './openSource';
import { rowLimits } from './rowLimits';
import type { SheetSource, SourceRequest } from './sheetSource';

export type TablesRequest = SourceRequest & { readonly layouts: readonly TableLayout[]; /** Says how the file is read without reading its rows. */ readonly headsOnly: boolean };

export type TablesPiece =
	| ({ readonly kind: 'tables' } & TablesOutline)
	/** Values in the order of the table's mapping; `bad` are the numbers of rows with an error. */
	| { readonly kind: 'values'; readonly table: number; readonly packed: PackedRows; readonly bad: readonly number[]; readonly findings: readonly Finding[] };

/** Rows shown below a header, so that people see whether it was understood. */
const sampleRows = 3;

/**
 * Finds the wanted tables of a workbook and checks every cell of theirs; other columns and sheets do not leave the thread.
 * @throws WorkbookError
 * @throws ZipDamage
 */
export async function* tablesJob(request: TablesRequest): AsyncGenerator<TablesPiece, void, undefined> {
	const sources = await openSource(request);
	const heads = await Promise.all(sources.map((source) => headOf(source, request)));
	let pairing = pairTables(heads, request.layouts);
	if (!isClear(pairing)) {
		const merged = await Promise.all(sources.map(async (source, index) => ({ ...(heads[index] as SheetDataLike), merges: await source.merges() })));
		pairing = pairTables(merged, request.layouts);
		heads.splice(0, heads.length, ...merged);
	}
	const { pairs, ignored } = pairing;
	const sheets = sources.map(({ name, hidden }) => ({ name, hidden }));
	yield { kind: 'tables', tables: pairs.map((pair) => headFor(pair, request.layouts)), ignored, sheets };
	if (request.headsOnly) return;
	const check = rowLimits(request);
	for (const [table, pair] of pairs.entries()) {
		const source = sources[heads.indexOf(pair.sheet as SheetDataLike)];
		if (source !== undefined) yield* valuesOf(table, pair, source, check);
	}
}

async function headOf(source: SheetSource, request: TablesRequest): Promise<SheetDataLike> {
	const { name, hidden, epoch } = source;
	const check = rowLimits(request);
	const rows: SheetRow[] = [];
	for await (const piece of source.rows((row) => check(name, row))) {
		rows.push(...piece.slice(0, headRows + sampleRows - rows.length));
		if (rows.length >= headRows + sampleRows) break;
	}
	return { name, hidden, epoch, rows };
}

/** Merged cells are looked for only where they could matter: in a large sheet they stand far behind. */
function isClear({ pairs, ignored }: ReturnType<typeof pairTables>): boolean {
	return ignored.length === 0 && pairs.every(({ layout, match, findings }) => findings.every(({ level }) => level !== 'error') && match?.cells.filter(({ column }) => column !== null).length === layout.columns.length);
}

function headFor({ layout, sheet, match, findings }: TablePair<SheetDataLike>, layouts: readonly TableLayout[]): TableHead {
	const samples = sheet.rows.filter(({ number }) => number > (match?.row ?? Infinity)).slice(0, sampleRows);
	const columns = (match?.cells ?? []).map(({ columnIndex, header, column }) => ({ columnIndex, header, key: column?.key ?? null, samples: samples.map(({ cells }) => cellText(cells[columnIndex])) }));
	return { layout: layouts.indexOf(layout), sheet: sheet.name, headerRow: match?.row ?? null, columns, findings };
}

async function* valuesOf(table: number, { layout, sheet, match, findings }: TablePair<SheetDataLike>, source: SheetSource, check: (sheet: string, row: SheetRow) => void): AsyncGenerator<TablesPiece, void, undefined> {
	if (match === null || findings.some(({ level }) => level === 'error')) return;
	const reader = rowReader(sheet, match, layout);
	const keys = mappingOf(match).map(({ key }) => key);
	for await (const batch of inBatches(source.rows((row) => check(source.name, row)))) {
		const read = batch.flatMap((row) => reader.read(row) ?? []);
		const rows = read.map(({ row }) => ({ number: row.row, cells: keys.map((key) => row.values[key] ?? null) }));
		yield { kind: 'values', table, packed: packRows(rows), bad: read.flatMap(({ row }) => (row.ok ? [] : [row.row])), findings: read.flatMap((each) => each.findings) };
	}
	yield { kind: 'values', table, packed: packRows([]), bad: [], findings: reader.end() };
}
