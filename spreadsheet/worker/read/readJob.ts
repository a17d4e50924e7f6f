import type { ReadLimits } from '../../readLimits';
import type { SheetRow } from '../../sheetData';
import { WorkbookError } from '../../workbookError';
import { guardWorkbook } from './guardWorkbook';
import { partOf, readParts } from './readParts';
import { readSheetRows } from './readSheetRows';

type ReadRequest = { readonly bytes: Buffer; readonly fileName: string; readonly limits: ReadLimits };

export type SheetRows = { readonly sheet: string; readonly hidden: boolean; readonly rows: readonly SheetRow[] };

const rowsPerBatch = 2_000;
/** Wide sheets get shorter batches, so that no batch keeps the receiver busy for long. */
const cellsPerBatch = 40_000;

/**
 * Guards, then reads a workbook sheet by sheet; every sheet gives at least one batch, so that empty ones are known too.
 * @throws WorkbookError
 * @throws ZipDamage
 */
export async function* readJob({ bytes, fileName, limits }: ReadRequest): AsyncGenerator<SheetRows, void, undefined> {
	const zip = await guardWorkbook(bytes, { fileName, limits });
	const parts = await readParts(zip);
	const checkRow = rowLimits(fileName, limits);
	for (const { name, hidden, path } of parts.sheets) {
		const check = (row: SheetRow) => checkRow(name, row);
		let isEmpty = true;
		for await (const rows of inBatches(readSheetRows(partOf(zip, path), parts, check))) {
			isEmpty = false;
			yield { sheet: name, hidden, rows };
		}
		if (isEmpty) yield { sheet: name, hidden, rows: [] };
	}
}

function rowLimits(fileName: string, limits: ReadLimits) {
	let rows = 0;
	let cells = 0;
	return (sheet: string, row: SheetRow) => {
		rows++;
		cells += row.cells.length;
		if (row.cells.length > limits.columns) {
			throw new WorkbookError('TOO_MANY_COLUMNS', `《${fileName}》工作表“${sheet}”第 ${row.number} 行有 ${row.cells.length} 列，超过 ${limits.columns} 列的上限`);
		}
		if (rows > limits.rows) throw new WorkbookError('TOO_MANY_ROWS', `《${fileName}》超过 ${limits.rows} 行的上限（在工作表“${sheet}”第 ${row.number} 行）`);
		if (cells > limits.cells) throw new WorkbookError('TOO_LARGE', `《${fileName}》超过 ${limits.cells} 个单元格的上限`);
	};
}

async function* inBatches(pieces: AsyncIterable<SheetRow[]>): AsyncGenerator<SheetRow[], void, undefined> {
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
