import type { CellValue, Row, Style, Worksheet, stream } from 'exceljs';

import { columnLetter } from '../../../domain/import/columnLetter';
import type { ColumnModel, SheetModel } from '../../../domain/report/workbookModel';
import { toCellValue, toText } from './cellInput';
import { columnWidths } from './columnWidths';
import { sheetLines } from './sheetLines';
import type { SheetLine } from './sheetLines';
import { styles } from './sheetStyles';

/** Where a table's rows are, 1-based; `last` < `first` when it has none. */
export type TablePlace = { readonly first: number; last: number };

/** The sheet as written, for the charts that refer to its cells. */
export type WrittenSheet = { readonly name: string; readonly model: SheetModel; readonly tables: readonly TablePlace[]; readonly lastRow: number };

type Place = { readonly sheet: Worksheet; readonly width: number; readonly tables: TablePlace[] };

const heights: Partial<Record<SheetLine['kind'], number>> = { title: 30, header: 24, heading: 22, empty: 24 };

/** Writes one sheet, row by row; rows are given to the file at once, so a long sheet costs little memory. */
export function writeSheet(workbook: stream.xlsx.WorkbookWriter, model: SheetModel, name: string): WrittenSheet {
	const widths = columnWidths(model);
	const sheet = workbook.addWorksheet(name, sheetOptions(model));
	sheet.columns = widths.map((width) => ({ width }));
	const tables: TablePlace[] = [];
	let number = 0;
	for (const line of sheetLines(model)) {
		const row = sheet.getRow(++number);
		const height = heights[line.kind];
		if (height) row.height = height;
		writeLine(row, line, { sheet, width: widths.length, tables });
		row.commit();
	}
	sheet.commit();
	return { name, model, tables, lastRow: number };
}

function sheetOptions(model: SheetModel): Parameters<stream.xlsx.WorkbookWriter['addWorksheet']>[1] {
	const headers = [...headerRows(model)];
	// With several tables there is no one header to keep in sight.
	const header = headers.length === 1 ? headers[0]! : null;
	return {
		views: [{ showGridLines: false, ...(header && { state: 'frozen', ySplit: header }) }],
		pageSetup: {
			paperSize: 9, // A4
			orientation: model.landscape ? 'landscape' : 'portrait',
			fitToPage: true,
			fitToWidth: 1,
			fitToHeight: 0,
			horizontalCentered: true,
			margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
			...(header && { printTitlesRow: `${header}:${header}` }),
		},
		headerFooter: { oddFooter: '&L&A&C第 &P 页，共 &N 页&R打印于 &D' },
	} as Parameters<stream.xlsx.WorkbookWriter['addWorksheet']>[1];
}

function* headerRows(model: SheetModel): Generator<number, void, undefined> {
	let number = 0;
	for (const line of sheetLines(model)) {
		number++;
		if (line.kind === 'header') yield number;
	}
}

function writeLine(row: Row, line: SheetLine, place: Place): void {
	switch (line.kind) {
		case 'gap':
			return;
		case 'fact':
			setCell(row, 1, toText(line.label), styles.label);
			return setMerged(row, toCellValue(line.value, line.type), { style: styles.fact[line.type], from: 2, place });
		case 'header':
			place.tables.push({ first: row.number + 1, last: row.number });
			return line.columns.forEach(({ header }, index) => setCell(row, index + 1, toText(header), styles.header));
		case 'row':
			place.tables.at(-1)!.last = row.number;
			return line.columns.forEach(({ key, type }, index) => setCell(row, index + 1, toCellValue(line.row[key], type), styles.cell[type]));
		case 'total':
			return line.columns.forEach((column, index) => writeTotal(row, { column, index, line, table: place.tables.at(-1)! }));
		default:
			return setMerged(row, toText(line.text), { style: styles[line.kind], from: 1, place });
	}
}

type TotalCell = { column: ColumnModel; index: number; line: SheetLine & { kind: 'total' }; table: TablePlace };

function writeTotal(row: Row, { column, index, line, table }: TotalCell): void {
	const style = styles.total[column.type];
	if (!column.total) return setCell(row, index + 1, index === 0 ? '合计' : null, style);
	const letter = columnLetter(index);
	const sum = line.rows.reduce((total, { [column.key]: value }) => total + (typeof value === 'number' ? value : 0), 0);
	setCell(row, index + 1, { formula: `SUM(${letter}${table.first}:${letter}${table.last})`, result: toCellValue(sum, column.type) as number }, style);
}

type Merged = { readonly style: Partial<Style>; readonly from: number; readonly place: Place };

function setMerged(row: Row, value: CellValue, { style, from, place }: Merged): void {
	for (let column = from; column <= Math.max(from, place.width); column++) setCell(row, column, column === from ? value : null, style);
	if (place.width > from) place.sheet.mergeCells(row.number, from, row.number, place.width);
}

function setCell(row: Row, column: number, value: CellValue, style: Partial<Style>): void {
	const cell = row.getCell(column);
	cell.value = value;
	cell.style = style;
}
