import type { Borders, Cell, Style, Workbook, Worksheet } from 'exceljs';

import type { GridCell, PageGrid, Picture } from '../../../domain/paper/layOut';
import { cellStyles, type CellStyle } from '../../../domain/paper/pageStyles';
import { pngSize } from './pngSize';

const POINTS_PER_MM = 2.8346;
const EMU_PER_MM = 36_000;
const PIXELS_PER_MM = 96 / 25.4;

/** Width of a column in Excel's unit: digits of its standard font, 7 pixels each. */
const columnWidth = (mm: number): number => (mm * PIXELS_PER_MM) / 7;

/** Draws a page as a sheet whose cells are merged to the shape of the form. */
export function writePage(workbook: Workbook, name: string, grid: PageGrid, imageOf: (picture: Picture) => number): void {
	const sheet = workbook.addWorksheet(name, {
		views: [{ showGridLines: false }],
		pageSetup: {
			paperSize: 9, // A4
			orientation: grid.isWide ? 'landscape' : 'portrait',
			fitToPage: true,
			fitToWidth: 1,
			fitToHeight: 1,
			horizontalCentered: true,
			margins: { left: 0.4, right: 0.4, top: 0.4, bottom: 0.4, header: 0.2, footer: 0.2 },
		},
	});
	const unit = grid.width / grid.units;
	sheet.columns = Array.from({ length: grid.units }, () => ({ width: columnWidth(unit) }));
	grid.rows.forEach(({ height, cells }, index) => {
		sheet.getRow(index + 1).height = height * POINTS_PER_MM;
		for (const cell of cells) writeCell(sheet, index + 1, cell);
		for (const cell of cells) if (cell.picture !== undefined) placePicture(workbook, sheet, { row: index, cell, unit, height: heightFrom(grid, index, cell.rows ?? 1), image: imageOf(cell.picture) });
	});
}

const heightFrom = ({ rows }: PageGrid, index: number, count: number): number => rows.slice(index, index + count).reduce((sum, { height }) => sum + height, 0);

function writeCell(sheet: Worksheet, row: number, { text, style, from, span, rows = 1, align }: GridCell): void {
	const look = styleOf(cellStyles[style], align);
	for (let down = 0; down < rows; down++) for (let column = from + 1; column <= from + span; column++) sheet.getCell(row + down, column).style = look;
	const cell: Cell = sheet.getCell(row, from + 1);
	cell.value = text;
	if (span > 1 || rows > 1) sheet.mergeCells(row, from + 1, row + rows - 1, from + span);
}

type Placed = { readonly row: number; readonly cell: GridCell; readonly unit: number; readonly height: number; readonly image: number };

/** Codes stand in the middle of their cell, signatures at its right. */
function placePicture(workbook: Workbook, sheet: Worksheet, { row, cell, unit, height, image }: Placed): void {
	const room = cell.span * unit;
	const tall = Math.min(cell.size ?? height, height - 1);
	const { width, height: high } = pngSize(workbook.getImage(image).buffer as unknown as Uint8Array);
	const wide = Math.min((tall * width) / high, room * 0.6);
	const left = 'code' in (cell.picture as Picture) ? (room - tall) / 2 : room - wide - 4;
	const shown = 'code' in (cell.picture as Picture) ? tall : wide;
	sheet.addImage(image, {
		tl: {
			nativeCol: cell.from + Math.floor(left / unit),
			nativeColOff: Math.round((left % unit) * EMU_PER_MM),
			nativeRow: row,
			nativeRowOff: Math.round(((height - tall) / 2) * EMU_PER_MM),
		} as never,
		ext: { width: shown * PIXELS_PER_MM, height: tall * PIXELS_PER_MM },
		editAs: 'oneCell',
	});
}

const known = new Map<string, Partial<Style>>();

/** One object per look: exceljs knows styles by identity. */
function styleOf(style: CellStyle, align: GridCell['align']): Partial<Style> {
	const key = JSON.stringify([style, align]);
	const found = known.get(key);
	if (found !== undefined) return found;
	const made: Partial<Style> = {
		font: { name: '宋体', size: style.size, bold: style.bold === true },
		alignment: { horizontal: align ?? style.align ?? 'left', vertical: style.vertical ?? 'middle', wrapText: true, ...(style.indent === true || align === 'right' ? { indent: 1 } : {}) },
		border: bordersOf(style.lines),
		numFmt: '@',
	};
	known.set(key, made);
	return made;
}

const line = { style: 'thin', color: { argb: 'FF000000' } } as const;
const dashes = { style: 'dashed', color: { argb: 'FF000000' } } as const;

function bordersOf(lines: CellStyle['lines']): Partial<Borders> {
	switch (lines) {
		case 'all':
			return { top: line, bottom: line, left: line, right: line };
		case 'no-bottom':
			return { top: line, left: line, right: line };
		case 'no-top':
			return { bottom: line, left: line, right: line };
		case 'cut':
			return { bottom: dashes };
		case 'none':
			return {};
	}
}
