import type { BlockModel, CellInput, ColumnModel, ColumnType, SheetModel, TableModel } from '../../../domain/report/workbookModel';

export type TableRowInput = TableModel['rows'][number];

/** What stands on one row of the sheet, from top to bottom. `table` counts the tables of the sheet from 0. */
export type SheetLine =
	| { readonly kind: 'title' | 'subtitle' | 'heading' | 'note' | 'empty'; readonly text: string }
	| { readonly kind: 'gap' }
	| { readonly kind: 'fact'; readonly label: string; readonly value: CellInput; readonly type: ColumnType }
	| { readonly kind: 'header'; readonly table: number; readonly columns: readonly ColumnModel[] }
	| { readonly kind: 'row'; readonly columns: readonly ColumnModel[]; readonly row: TableRowInput }
	| { readonly kind: 'total'; readonly columns: readonly ColumnModel[]; readonly rows: readonly TableRowInput[] };

export const defaultEmptyText = '没有记录';

/** The tables of a sheet in their order; the main one, if any, is the last. */
export function tablesOf(model: SheetModel): TableModel[] {
	return blocksOf(model).filter((block) => 'columns' in block);
}

/** Lays a sheet out; tests and charts see the places without writing a file. */
export function* sheetLines(model: SheetModel): Generator<SheetLine, void, undefined> {
	if (model.title) yield { kind: 'title', text: model.title };
	for (const text of model.subtitle ?? []) yield { kind: 'subtitle', text };
	let table = 0;
	for (const [index, block] of blocksOf(model).entries()) {
		if (index > 0) yield { kind: 'gap' };
		if (block.heading) yield { kind: 'heading', text: block.heading };
		if ('facts' in block) for (const { label, value, type = 'text' } of block.facts) yield { kind: 'fact', label, value, type };
		else yield* tableLines(block, table++);
	}
	if (model.notes?.length) yield { kind: 'gap' };
	for (const text of model.notes ?? []) yield { kind: 'note', text };
}

function blocksOf({ blocks = [], columns, rows = [], emptyText }: SheetModel): BlockModel[] {
	return columns ? [...blocks, { columns, rows, ...(emptyText !== undefined && { emptyText }) }] : [...blocks];
}

function* tableLines({ columns, rows, emptyText = defaultEmptyText }: TableModel, table: number): Generator<SheetLine, void, undefined> {
	yield { kind: 'header', table, columns };
	if (rows.length === 0 && emptyText !== '') yield { kind: 'empty', text: emptyText };
	for (const row of rows) yield { kind: 'row', columns, row };
	if (rows.length > 0 && columns.some(({ total }) => total)) yield { kind: 'total', columns, rows };
}
