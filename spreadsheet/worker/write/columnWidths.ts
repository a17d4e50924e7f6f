import type { ColumnModel, SheetModel } from '../../../domain/report/workbookModel';
import { tablesOf } from './sheetLines';
import type { TableRowInput } from './sheetLines';

const rowsMeasured = 200;
const [narrowest, widest] = [8, 40];
const fixed: Partial<Record<ColumnModel['type'], number>> = { day: 12, instant: 18, percent: 9 };

/** Widths in characters for all columns of a sheet; where tables stand below each other the widest wins. */
export function columnWidths(model: SheetModel): number[] {
	const widths: number[] = [];
	for (const { columns, rows } of tablesOf(model)) {
		columns.forEach((column, index) => {
			widths[index] = Math.max(widths[index] ?? narrowest, column.width ?? fittingWidth(column, rows));
		});
	}
	const labels = (model.blocks ?? []).flatMap((block) => ('facts' in block ? block.facts : [])).map(({ label }) => shownWidth(label) + 3);
	if (labels.length > 0) widths[0] = Math.max(widths[0] ?? narrowest, ...labels);
	if (labels.length > 0 && widths.length < 2) widths.push(widest);
	return widths.length === 0 ? [widest] : widths;
}

function fittingWidth(column: ColumnModel, rows: readonly TableRowInput[]): number {
	const shown = rows.slice(0, rowsMeasured).map((row) => shownWidth(String(row[column.key] ?? '')));
	// Separators and decimals make numbers wider than their digits, totals wider still.
	const extra = column.type === 'text' ? 2 : 5;
	const width = Math.max(shownWidth(column.header) + 3, fixed[column.type] ?? Math.max(0, ...shown) + extra);
	return Math.min(widest, width);
}

/** A Chinese character is as wide as two digits. */
export function shownWidth(text: string): number {
	return [...text].reduce((sum, char) => sum + (char.codePointAt(0)! > 0x2e7f ? 2 : 1), 0);
}
