import type { SheetRow } from '../../sheetData';
import { WorkbookError } from '../../workbookError';
import type { SourceRequest } from './sheetSource';

/** Builds a check that every row of a workbook passes once; it throws at the row that goes too far. */
export function rowLimits({ fileName, limits }: Pick<SourceRequest, 'fileName' | 'limits'>) {
	let rows = 0;
	let cells = 0;
	return (sheet: string, row: SheetRow): void => {
		rows++;
		cells += row.cells.length;
		if (row.cells.length > limits.columns) {
			throw new WorkbookError('TOO_MANY_COLUMNS', `《${fileName}》工作表“${sheet}”第 ${row.number} 行有 ${row.cells.length} 列，超过 ${limits.columns} 列的上限`);
		}
		if (rows > limits.rows) throw new WorkbookError('TOO_MANY_ROWS', `《${fileName}》超过 ${limits.rows} 行的上限（在工作表“${sheet}”第 ${row.number} 行）`);
		if (cells > limits.cells) throw new WorkbookError('TOO_LARGE', `《${fileName}》超过 ${limits.cells} 个单元格的上限`);
	};
}
