import { columnLetter } from '../../../domain/import/columnLetter';
import type { ChartModel, ColumnModel } from '../../../domain/report/workbookModel';
import { toCellValue } from './cellInput';
import type { ChartCategories, ChartData, ChartRange } from './chartXml';
import { tablesOf } from './sheetLines';
import type { TableRowInput } from './sheetLines';
import type { TablePlace, WrittenSheet } from './writeSheet';

export type PlacedChart = { readonly data: ChartData; readonly anchor: NonNullable<ChartModel['anchor']> };

type CellContent = ReturnType<typeof toCellValue>;

const dayMs = 86_400_000;
/** 1970-01-01 in Excel's count. */
const unixEpochSerial = 25_569;
const dateFormats: Partial<Record<ColumnModel['type'], string>> = { day: 'yyyy-mm-dd', instant: 'yyyy-mm-dd hh:mm' };
const defaultSize = { width: 760, height: 360 };
const rowPixels = 20;
const axisFormats: Partial<Record<ColumnModel['type'], string>> = { yuan: '#,##0.00', percent: '0.0%', integer: '#,##0' };

/**
 * Finds the cells and the place of each chart of a sheet; a chart of a table without rows is left out.
 * @throws Error when a chart names a column or table that is not there
 */
export function placeCharts(sheet: WrittenSheet): PlacedChart[] {
	let below = sheet.lastRow + 1;
	return (sheet.model.charts ?? []).flatMap((chart): PlacedChart[] => {
		const data = chartData(chart, sheet);
		if (data.categories.values.length === 0) return [];
		const anchor = chart.anchor ?? { col: 0, row: below, ...defaultSize };
		if (!chart.anchor) below += Math.ceil(defaultSize.height / rowPixels) + 1;
		return [{ data, anchor }];
	});
}

function chartData(chart: ChartModel, sheet: WrittenSheet): ChartData {
	const tables = tablesOf(sheet.model);
	const index = chart.table ?? tables.length - 1;
	const [table, place] = [tables[index], sheet.tables[index]];
	if (!table || !place) throw new Error(`图表“${chart.title}”引用的表格 ${index} 不存在`);
	const rangeOf = (key: string) => columnRange(key, { columns: table.columns, rows: table.rows, place, sheet: sheet.name, title: chart.title });
	const { range, column } = rangeOf(chart.categories);
	return {
		kind: chart.kind,
		title: chart.title,
		categories: categoriesOf(range, column),
		series: chart.series.map(({ key, name }) => {
			const found = rangeOf(key);
			const values = found.range.values.map((value) => (typeof value === 'number' ? value : null));
			return { name, format: axisFormats[found.column.type] ?? 'General', range: { ref: found.range.ref, values } };
		}),
	};
}

type TableCells = { columns: readonly ColumnModel[]; rows: readonly TableRowInput[]; place: TablePlace; sheet: string; title: string };

function columnRange(key: string, { columns, rows, place, sheet, title }: TableCells) {
	const index = columns.findIndex((column) => column.key === key);
	const column = columns[index];
	if (!column) throw new Error(`图表“${title}”引用的列 ${key} 不存在`);
	const letter = columnLetter(index);
	const ref = `'${sheet.replaceAll("'", "''")}'!$${letter}$${place.first}:$${letter}$${place.last}`;
	const range: ChartRange<CellContent> = { ref, values: rows.map((row) => toCellValue(row[key], column.type)) };
	return { range, column };
}

/** Days must stay numbers: a chart reads the cells again, and would show the serials of days that it takes for texts. */
function categoriesOf({ ref, values }: ChartRange<CellContent>, { type }: ColumnModel): ChartCategories {
	const format = dateFormats[type];
	if (format === undefined || !values.every((value) => value instanceof Date)) return { ref, values: values.map((value) => String(value ?? '')) };
	return { ref, format, values: values.map((value) => value.getTime() / dayMs + unixEpochSerial) };
}
