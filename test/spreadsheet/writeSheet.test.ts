import ExcelJS from 'exceljs';
import JSZip from 'jszip';

import type { SheetModel } from '../../domain/report/workbookModel';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';

const columns = [
	{ header: '网点', key: 'outlet', type: 'text' },
	{ header: '金额（元）', key: 'amount', type: 'yuan', total: 'sum' },
	{ header: '及时率', key: 'rate', type: 'percent' },
	{ header: '更新', key: 'at', type: 'instant' },
	{ header: '日期', key: 'day', type: 'day' },
] as const;
const rows = [
	{ outlet: '+8613800000000', amount: 10, rate: 0.125, at: '2025-06-03 14:30', day: '2025-06-03' },
	{ outlet: '@SUM(A1)', amount: 20, rate: null, at: '未知', day: '2025-06-04' },
];
const model: SheetModel = { name: '6月 报', title: '月报', subtitle: ['单位：华东'], columns, rows, landscape: true };

async function written(sheets: readonly SheetModel[]) {
	const bytes = await writeWorkbook({ sheets });
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
	return { sheet: workbook.worksheets[0]!, zip: await JSZip.loadAsync(bytes) };
}

const valuesOf = (row: ExcelJS.Row) => (row.values as ExcelJS.CellValue[]).slice(1);

describe('a written sheet', () => {
	it('has title, subtitle, header, rows and an exact total, with the formats of their types', async () => {
		const { sheet } = await written([model]);
		expect(sheet.getCell('A1').value).toBe('月报');
		expect(sheet.getCell('A1').isMerged).toBe(true);
		expect(valuesOf(sheet.getRow(3))).toEqual(['网点', '金额（元）', '及时率', '更新', '日期']);
		expect(valuesOf(sheet.getRow(4))).toEqual(['+8613800000000', 0.1, 0.125, new Date('2025-06-03T14:30:00Z'), new Date('2025-06-03T00:00:00Z')]);
		expect(sheet.getCell('D5').value).toBe('未知');
		expect(sheet.getCell('B6').value).toEqual({ formula: 'SUM(B4:B5)', result: 0.3 });
		expect([sheet.getCell('A4').numFmt, sheet.getCell('B4').numFmt, sheet.getCell('C4').numFmt]).toEqual(['@', '#,##0.00', '0.0%']);
		expect([sheet.getCell('A4').type, sheet.getCell('A5').type]).toEqual([ExcelJS.ValueType.String, ExcelJS.ValueType.String]);
	});

	it('prints on A4 pages as wide as the table, with header and page numbers on each, and keeps the header in sight', async () => {
		const { sheet } = await written([model]);
		expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '3:3' });
		expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
		expect(sheet.headerFooter.oddFooter).toContain('第 &P 页，共 &N 页');
	});

	it('puts facts and several tables below each other, each total over its own rows', async () => {
		const { sheet } = await written([{ ...model, blocks: [{ facts: [{ label: '押金', value: 1234, type: 'yuan' }] }, { heading: '一、使用', columns, rows }] }]);
		expect(sheet.getCell('B3').value).toBe(12.34);
		expect(sheet.getCell('A5').value).toBe('一、使用');
		expect(sheet.getCell('B9').value).toMatchObject({ formula: 'SUM(B7:B8)' });
		expect(sheet.getCell('B14').value).toMatchObject({ formula: 'SUM(B12:B13)' });
		expect(sheet.views[0]?.state).not.toBe('frozen');
	});

	it('cuts texts and drops characters that would make Excel refuse the file', async () => {
		const { sheet } = await written([{ ...model, rows: [{ outlet: 'x'.repeat(40_000), day: 'a\u0000b\u000b<&' }] }]);
		expect(String(sheet.getCell('A4').value)).toHaveLength(32_767);
		expect(sheet.getCell('E4').value).toBe('ab<&');
	});
});

describe('a chart', () => {
	const chart = { kind: 'line', title: '<及时率> & 更多', categories: 'day', series: [{ key: 'rate', name: '及时率' }] } as const;

	it('refers to its cells and carries their values; days stay days', async () => {
		const { zip } = await written([{ ...model, charts: [chart] }]);
		const xml = await zip.file('xl/charts/chart1.xml')!.async('string');
		expect(xml).toContain("<c:f>'6月 报'!$E$4:$E$5</c:f><c:numCache><c:formatCode>yyyy-mm-dd</c:formatCode><c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>45811</c:v></c:pt>");
		expect(xml).toContain('<c:ptCount val="2"/><c:pt idx="0"><c:v>0.125</c:v></c:pt></c:numCache>');
		expect(xml).toContain('&lt;及时率&gt; &amp; 更多');
	});

	it('is linked by relations and content types, on the sheet that it belongs to', async () => {
		const { zip } = await written([model, { ...model, charts: [chart, { ...chart, kind: 'pie' }] }]);
		const text = async (name: string) => (await zip.file(name)?.async('string')) ?? '';
		expect(await text('xl/worksheets/sheet1.xml')).not.toContain('<drawing');
		expect(await text('xl/worksheets/sheet2.xml')).toMatch(/<\/headerFooter><drawing r:id="rIdCharts"\/>/);
		expect(await text('xl/worksheets/_rels/sheet2.xml.rels')).toContain('../drawings/drawing2.xml');
		expect(await text('xl/drawings/_rels/drawing2.xml.rels')).toContain('../charts/chart2.xml');
		expect((await text('[Content_Types].xml')).match(/drawingml\.chart\+xml/g)).toHaveLength(2);
	});

	it('of a table without rows is left out', async () => {
		const { zip } = await written([{ ...model, rows: [], charts: [chart] }]);
		expect(zip.file(/charts\//)).toEqual([]);
	});

	it('with an unknown column is an error that names it', async () => {
		await expect(writeWorkbook({ sheets: [{ ...model, charts: [{ ...chart, categories: 'nix' }] }] })).rejects.toThrow('nix');
	});
});
