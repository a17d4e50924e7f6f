import type { SheetFacts, SheetRow } from '../../sheetData';
import { openSource } from './openSource';
import { rowLimits } from './rowLimits';
import type { SourceRequest } from './sheetSource';

export type SheetRows = { readonly sheet: SheetFacts; readonly rows: readonly SheetRow[] };

const rowsPerBatch = 2_000;
/** Wide sheets get shorter batches, so that no batch keeps the receiver busy for long. */
const cellsPerBatch = 40_000;

/**
 * Guards, then reads a workbook sheet by sheet; every sheet gives at least one batch, so that empty ones are known too.
 * @throws WorkbookError
 * @throws ZipDamage
 */
export async function* readJob(request: SourceRequest): AsyncGenerator<SheetRows, void, undefined> {
	const checkRow = rowLimits(request);
	for (const source of await openSource(request)) {
		const sheet = { name: source.name, hidden: source.hidden, epoch: source.epoch, merges: await source.merges() };
		let isEmpty = true;
		for await (const rows of inBatches(source.rows((row) => checkRow(sheet.name, row)))) {
			isEmpty = false;
			yield { sheet, rows };
		}
		if (isEmpty) yield { sheet, rows: [] };
	}
}

/** Regroups rows for sending. */
export async function* inBatches(pieces: AsyncIterable<readonly SheetRow[]>): AsyncGenerator<SheetRow[], void, undefined> {
	let batch: SheetRow[] = [];
	let cells = 0;
	for await (const piece of pieces) {
		for (const row of piece) {
			batch.push(row);
			cells += row.cells.length;
			if (batch.length < rowsPerBatch && cells < cellsPerBatch) continue;
			yield batch;
			batch = [];
			cells = 0;
		}
	}
	if (batch.length > 0) yield batch;
}
