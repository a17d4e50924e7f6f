import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { mappingPreview, previewLabels } from '../../domain/import/mappingPreview';
import { inWords } from '../../domain/import/previewInWords';
import type { Store } from '../../engine/store';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { outlineTables } from '../../spreadsheet/readTables';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { expectedIn } from './contents';
import { fileOf } from './fileOf';

/** Shows how a file of an item would be read, an item for each column; stores nothing. The first one has it as a workbook. */
export async function previewWorkbook(context: IExecuteFunctions, store: Store, item: number, field: string): Promise<INodeExecutionData[]> {
	const { bytes, fileName, bareName } = await fileOf(context, item, field);
	const { targets } = await expectedIn(context, store, item);
	const layouts = targets.map(({ layout }) => layout);
	const rows = mappingPreview(await outlineTables(bytes, layouts, { fileName }), layouts);
	const summary = inWords(fileName, rows);
	const shown = rows.map((row) => ({ ...row, statusLabel: previewLabels[row.status] }));
	const book = await writeWorkbook({
		sheets: [
			{
				name: '读取预览',
				title: `《${fileName}》的读取预览`,
				columns: [
					{ header: '工作表', key: 'sheet', type: 'text' },
					{ header: '读作', key: 'table', type: 'text' },
					{ header: '表头行', key: 'headerRow', type: 'integer' },
					{ header: '列', key: 'column', type: 'text' },
					{ header: '表头', key: 'header', type: 'text' },
					{ header: '读作的列', key: 'fieldHeader', type: 'text' },
					{ header: '状态', key: 'statusLabel', type: 'text' },
					{ header: '前几行的内容', key: 'samples', type: 'text' },
					{ header: '说明', key: 'message', type: 'text' },
				],
				rows: shown.map(({ required: _, ...row }) => ({ ...row, samples: row.samples.join('；') })),
				emptyText: '没有可读的表',
			},
		],
	});
	const binary = { preview: await context.helpers.prepareBinaryData(book, `${bareName}-读取预览.xlsx`, XLSX) };
	const items = (shown.length === 0 ? [{}] : shown).map((row): INodeExecutionData => ({ json: { ...row, fileName, summary } as IDataObject, pairedItem: { item } }));
	return items.map((each, index) => (index === 0 ? { ...each, binary } : each));
}
