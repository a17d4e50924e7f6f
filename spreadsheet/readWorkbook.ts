import { unpackRows } from './packedRows';
import { jobFor, type ReadOptions } from './readJobFor';
import { runInWorker } from './runInWorker';
import type { SheetBatch, SheetData, SheetFacts, SheetRow } from './sheetData';

/**
 * Reads a workbook (.xlsx, .xls) or a text table (.csv) in a thread of its own; all sheets in the order of their tabs, hidden ones too.
 * @throws WorkbookError for anything that is no sound workbook within the limits
 */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<SheetData[]> {
	const sheets: Array<SheetFacts & { rows: SheetRow[] }> = [];
	for await (const { sheet, rows } of readWorkbookRows(bytes, options)) {
		let last = sheets.at(-1);
		if (last?.name !== sheet.name) sheets.push((last = { ...sheet, rows: [] }));
		for (const row of rows) last.rows.push(row);
	}
	return sheets;
}

/**
 * Reads a workbook in batches of at most 2,000 rows, for files too large to hold. Stopping early ends the thread.
 * @throws WorkbookError as readWorkbook; rows given before the error are sound
 */
export async function* readWorkbookRows(bytes: Uint8Array, options: ReadOptions): AsyncGenerator<SheetBatch, void, undefined> {
	const { job, worker } = jobFor(bytes, options);
	for await (const message of runInWorker({ kind: 'read', ...job }, worker)) {
		if (message.kind === 'rows') yield { sheet: message.sheet, rows: unpackRows(message.packed) };
	}
}
