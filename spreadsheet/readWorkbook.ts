import { unpackRows } from './packedRows';
import { defaultReadLimits } from './readLimits';
import type { ReadLimits } from './readLimits';
import { runInWorker } from './runInWorker';
import type { SheetBatch, SheetData, SheetRow } from './sheetData';
import { WorkbookError } from './workbookError';

export type ReadOptions = { readonly fileName: string; readonly limits?: Partial<ReadLimits> };

/**
 * Reads an .xlsx file in a thread of its own; all sheets in the order of their tabs, hidden ones too.
 * @throws WorkbookError for anything that is no sound workbook within the limits
 */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<SheetData[]> {
	const sheets: Array<{ name: string; hidden: boolean; rows: SheetRow[] }> = [];
	for await (const { sheet, hidden, rows } of readWorkbookRows(bytes, options)) {
		let last = sheets.at(-1);
		if (last?.name !== sheet) sheets.push((last = { name: sheet, hidden, rows: [] }));
		for (const row of rows) last.rows.push(row);
	}
	return sheets;
}

/**
 * Reads an .xlsx file in batches of at most 2,000 rows, for files too large to hold. Stopping early ends the thread.
 * @throws WorkbookError as readWorkbook; rows given before the error are sound
 */
export async function* readWorkbookRows(bytes: Uint8Array, { fileName, limits }: ReadOptions): AsyncGenerator<SheetBatch, void, undefined> {
	const all = { ...defaultReadLimits, ...limits };
	if (bytes.length > all.fileBytes) {
		// Checked here too, so that a huge file is not even copied.
		const [size, limit] = [bytes.length, all.fileBytes].map((count) => Math.round((count / 1024 / 1024) * 10) / 10);
		throw new WorkbookError('TOO_LARGE', `《${fileName}》有 ${size} MB，超过 ${limit} MB 的上限`);
	}
	// A copy, as the buffer moves to the thread and may be part of a larger one of the caller's.
	const job = { kind: 'read', bytes: Uint8Array.from(bytes), fileName, limits: all } as const;
	const worker = { heapMb: all.workerHeapMb, timeoutMs: all.timeoutMs, subject: `《${fileName}》` };
	for await (const message of runInWorker(job, worker)) {
		if (message.kind === 'rows') yield { sheet: message.sheet, hidden: message.hidden, rows: unpackRows(message.packed) };
	}
}
