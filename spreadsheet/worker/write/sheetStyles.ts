import type { Border, Borders, Fill, Style } from 'exceljs';

import type { ColumnType } from '../../../domain/report/workbookModel';

const font = { name: 'Microsoft YaHei', size: 10 };
const hair: Partial<Border> = { style: 'thin', color: { argb: 'FFBFBFBF' } };
const borders: Partial<Borders> = { top: hair, left: hair, bottom: hair, right: hair };

const formats: Record<ColumnType, string> = {
	text: '@', // so that “=1+1” stays text even when someone edits the cell
	integer: '#,##0',
	yuan: '#,##0.00',
	percent: '0.0%',
	day: 'yyyy-mm-dd',
	instant: 'yyyy-mm-dd hh:mm',
};

const places: Record<ColumnType, 'left' | 'right' | 'center'> = {
	text: 'left',
	integer: 'right',
	yuan: 'right',
	percent: 'right',
	day: 'center',
	instant: 'center',
};

function fill(argb: string): Fill {
	return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function cellStyle(type: ColumnType): Partial<Style> {
	const alignment = { horizontal: places[type], vertical: 'middle', wrapText: type === 'text' } as const;
	return { font, border: borders, numFmt: formats[type], alignment };
}

function totalStyle(type: ColumnType): Partial<Style> {
	return { ...cellStyle(type), font: { ...font, bold: true }, fill: fill('FFF2F2F2') };
}

/** Values of label and value pairs stand beside their label, numbers too. */
function factStyle(type: ColumnType): Partial<Style> {
	return { ...cellStyle(type), alignment: { horizontal: 'left', vertical: 'middle', wrapText: true } };
}

function byType(make: (type: ColumnType) => Partial<Style>): Record<ColumnType, Partial<Style>> {
	return { text: make('text'), integer: make('integer'), yuan: make('yuan'), percent: make('percent'), day: make('day'), instant: make('instant') };
}

/** One object per style: exceljs knows styles by identity, so sharing them is what keeps large sheets fast. */
export const styles = {
	title: { font: { ...font, size: 16, bold: true }, alignment: { horizontal: 'center', vertical: 'middle' } },
	subtitle: { font: { ...font, color: { argb: 'FF595959' } }, alignment: { horizontal: 'left', vertical: 'middle' } },
	heading: { font: { ...font, size: 11, bold: true }, alignment: { vertical: 'middle' } },
	note: { font: { ...font, size: 9, color: { argb: 'FF595959' } }, alignment: { vertical: 'top', wrapText: true } },
	empty: { font: { ...font, italic: true, color: { argb: 'FF7F7F7F' } }, border: borders, alignment: { horizontal: 'center', vertical: 'middle' } },
	header: {
		font: { ...font, bold: true },
		fill: fill('FFD9E7F5'),
		border: borders,
		alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
	},
	label: { font: { ...font, bold: true }, fill: fill('FFF2F2F2'), border: borders, alignment: { vertical: 'middle' } },
	cell: byType(cellStyle),
	total: byType(totalStyle),
	fact: byType(factStyle),
} satisfies Record<string, Partial<Style> | Record<ColumnType, Partial<Style>>>;
