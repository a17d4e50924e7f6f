import { utils, write } from '@e965/xlsx';
import { mappingPreview } from '../../domain/import/mappingPreview';
import { inWords } from '../../domain/import/previewInWords';
import { readTable } from '../../domain/import/readTable';
import type { TableLayout } from '../../domain/import/tableLayout';
import { outlineTables, readTables } from '../../spreadsheet/readTables';
import { readWorkbook } from '../../spreadsheet/readWorkbook';

const layouts: TableLayout[] = [
	{
		key: 'usage',
		title: '使用统计',
		sheetNames: [],
		period: { first: '2025-05-01', last: '2025-06-30' },
		rowKey: ({ code }) => String(code),
		columns: [
			{ key: 'code', header: '配件编码', type: 'code', required: true },
			{ key: 'matched', header: '相符数量', synonyms: ['相符'], type: 'integer', required: true, min: 1 },
			{ key: 'day', header: '更换日期', type: 'day' },
			{ key: 'note', header: '备注', type: 'text' },
		],
	},
	{ key: 'other', title: '别的表', sheetNames: [], columns: [{ key: 'a', header: '体重', type: 'integer', required: true }, { key: 'b', header: '身高', type: 'integer', required: true }] },
];

function workbook(): Buffer {
	const sheet = utils.aoa_to_sheet([['城北 5 月'], ['配件编码', '数量', null, '更换日期'], [null, '相符', '星座', null], ['00210', '１２', 'x', '5/20'], ['00210', 3], ['A', 0, null, '6/5'], [null, null, null, null], ['合计', 15]]);
	sheet['!merges'] = [{ s: { r: 1, c: 1 }, e: { r: 1, c: 2 } }, { s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }, { s: { r: 1, c: 3 }, e: { r: 2, c: 3 } }];
	return write({ SheetNames: ['封面', '使用统计'], Sheets: { 封面: utils.aoa_to_sheet([['说明']]), 使用统计: sheet } }, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

describe('tables read in the thread', () => {
	it('are those that reading the sheets here gives, findings and all', async () => {
		const sheets = await readWorkbook(workbook(), { fileName: 'x.xlsx' });
		const here = readTable(sheets[1] as (typeof sheets)[number], layouts[0] as TableLayout);
		const { tables, ignored } = await readTables(workbook(), layouts, { fileName: 'x.xlsx' });
		expect(tables).toEqual([{ layout: layouts[0], sheet: '使用统计', reading: here }]);
		expect(here.findings.map(({ code, row }) => [code, row])).toEqual([['UNKNOWN_COLUMN', 3], ['ROW_REPEATED', 5], ['TOO_SMALL', 6], ['DAY_AMBIGUOUS', 6]]);
		expect(here.rows[0]).toEqual({ row: 4, ok: true, values: { code: '00210', matched: 12, day: '2025-05-20' } });
		expect(ignored).toMatchObject([{ sheet: '封面', code: 'SHEET_IGNORED' }]);
	});

	it('are read in batches without an end to be lost', async () => {
		const rows = Array.from({ length: 5_001 }, (_, index) => [`P${index}`, 1 + (index % 7)]);
		const bytes = write({ SheetNames: ['使用统计'], Sheets: { 使用统计: utils.aoa_to_sheet([['配件编码', '相符'], ...rows]) } }, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
		const { tables } = await readTables(bytes, layouts, { fileName: 'x.xlsx' });
		expect(tables[0]?.reading.rows).toHaveLength(5_001);
		expect(tables[0]?.reading.rows.at(-1)).toEqual({ row: 5_002, ok: true, values: { code: 'P5000', matched: 3 } });
	});
});

describe('a preview', () => {
	it('says of each column what it is read as, with samples, and what is missing', async () => {
		const rows = mappingPreview(await outlineTables(workbook(), layouts, { fileName: '5月.xlsx' }), layouts);
		expect(rows.map(({ sheet, table, column, header, fieldHeader, status }) => [sheet, table, column, header, fieldHeader, status])).toEqual([
			['使用统计', '使用统计', 'A', '配件编码', '配件编码', 'mapped'],
			['使用统计', '使用统计', 'B', '数量/相符', '相符数量', 'mapped'],
			['使用统计', '使用统计', 'C', '数量/星座', null, 'unknown'],
			['使用统计', '使用统计', 'D', '更换日期', '更换日期', 'mapped'],
			['使用统计', '使用统计', null, null, '备注', 'not_sent'],
			['封面', null, null, null, null, 'sheet_ignored'],
		]);
		expect(rows[1]).toMatchObject({ headerRow: 3, required: true, samples: ['１２', '3', '0'] });
		expect(inWords('5月.xlsx', rows)).toBe('《5月.xlsx》：“使用统计”读作使用统计，表头在第 3 行，识别 3 列，不认识 1 列；不读取的工作表：封面；没有保存任何内容。');
	});

	it('names required columns that are missing, and tables without a header', async () => {
		const csv = (text: string) => outlineTables(Buffer.from(text), layouts.slice(0, 1), { fileName: '使用统计.csv' });
		expect(mappingPreview(await csv('配件编码,备注\nA,x\n'), layouts)).toEqual(expect.arrayContaining([expect.objectContaining({ fieldHeader: '相符数量', status: 'missing', message: expect.stringContaining('表头同义词') as string })]));
		const none = mappingPreview(await csv('甲,乙\n1,2\n'), layouts);
		expect(none).toMatchObject([{ status: 'sheet_unreadable', message: expect.stringContaining('没有找到') as string }]);
		expect(inWords('x.csv', none)).toContain('没有找到《使用统计》的表头');
	});
});
