import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import type { Finding } from '../../domain/import/finding';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
	const book = new ExcelJS.Workbook();
	await book.xlsx.load(bytes as unknown as ArrayBuffer);
	return book;
}

const flat = async (bytes: Buffer) => (await readWorkbook(bytes, { fileName: 'x.xlsx' })).map(({ name, rows }) => ({ name, rows: rows.map(({ cells }) => cells) }));

describe('writing a workbook', () => {
	const columns = [
		{ header: '网点', key: 'name', type: 'text' as const },
		{ header: '数量', key: 'count', type: 'integer' as const, total: 'sum' as const },
		{ header: '金额', key: 'amount', type: 'yuan' as const, total: 'sum' as const },
		{ header: '日期', key: 'day', type: 'day' as const },
	];
	const rows = [{ name: '城北', count: 2, amount: 12345, day: '2025-06-03' }, { name: '=1+1', count: 3, amount: -5, day: null }];

	it('writes titles, headers, typed cells and totals that are read back', async () => {
		const [sheet] = await flat(await writeWorkbook({ sheets: [{ name: '表', title: '标题', columns, rows }] }));
		expect(sheet?.rows).toEqual(expect.arrayContaining([['网点', '数量', '金额', '日期'], ['城北', 2, 123.45, { day: '2025-06-03' }]]));
		expect(sheet?.rows.at(-1)?.slice(0, 3)).toEqual(['合计', 5, 123.4]);
	});

	it('keeps a text that begins like a formula as text', async () => {
		const sheet = (await open(await writeWorkbook({ sheets: [{ name: '表', columns, rows }] }))).getWorksheet('表');
		const cells: unknown[] = [];
		sheet?.eachRow((row) => cells.push(row.getCell(1).value));
		expect(cells).toContain('=1+1');
		expect(JSON.stringify(cells)).not.toContain('formula');
	});

	it('says so when there is nothing', async () => {
		const [sheet] = await flat(await writeWorkbook({ sheets: [{ name: '表', columns, rows: [], emptyText: '本月没有记录' }] }));
		expect(JSON.stringify(sheet?.rows)).toContain('本月没有记录');
	});

	it('adds native charts on several sheets that point at the written cells', async () => {
		const chart = { kind: 'column' as const, title: '图', categories: 'name', series: [{ key: 'count', name: '数量' }] };
		const bytes = await writeWorkbook({ sheets: [{ name: '甲', columns, rows, charts: [chart, { ...chart, kind: 'pie' }] }, { name: '乙', columns, rows, charts: [{ ...chart, kind: 'line' }] }] });
		const archive = await JSZip.loadAsync(bytes);
		const charts = Object.keys(archive.files).filter((name) => /charts\/chart\d+\.xml$/.test(name));
		expect(charts).toHaveLength(3);
		const xml = await archive.file(charts[0] as string)?.async('string');
		expect(xml).toMatch(/<c:barChart>/);
		expect(xml).toMatch(/甲'?!\$B\$\d+:\$B\$\d+/);
		await open(bytes);
	});
});

describe('a dealer\'s workbook given back', () => {
	const finding: Finding = { sheet: '表', row: 2, column: 'B', header: '数量', value: '-1', code: 'TOO_SMALL', level: 'error', message: '数量不能小于 1，请改正' };

	it('keeps its values and formats, colours and comments the bad cell, and begins with a summary', async () => {
		const book = new ExcelJS.Workbook();
		const original = book.addWorksheet('表');
		original.addRows([['编码', '数量'], ['00210', -1]]);
		original.getCell('A2').font = { bold: true };
		const marked = await open(await annotateWorkbook(Buffer.from(await book.xlsx.writeBuffer()), [finding], { title: '5月.xlsx', accepted: 3, rejected: 1 }));
		expect(marked.worksheets[0]?.name).toBe('检查结果');
		expect(JSON.stringify(marked.worksheets[0]?.getSheetValues())).toContain('数量不能小于 1');
		const sheet = marked.getWorksheet('表');
		expect(sheet?.getCell('A2').value).toBe('00210');
		expect(sheet?.getCell('A2').font.bold).toBe(true);
		expect(JSON.stringify(sheet?.getCell('B2').note)).toContain('数量不能小于 1');
		expect(sheet?.getCell('B2').fill).toMatchObject({ type: 'pattern' });
		expect(sheet?.getCell('A1').note).toBeUndefined();
	});

	it('never writes a sender\'s text back as a live formula', async () => {
		const book = new ExcelJS.Workbook();
		book.addWorksheet('表').addRows([['编码', '数量'], ['x', 1]]);
		const marked = await open(await annotateWorkbook(Buffer.from(await book.xlsx.writeBuffer()), [{ ...finding, value: '=HYPERLINK("http://evil")' }], { title: 'x.xlsx', accepted: 0, rejected: 1 }));
		marked.worksheets[0]?.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)));
	});

	it('marks again without the marks of the time before', async () => {
		const book = new ExcelJS.Workbook();
		book.addWorksheet('表').addRows([['编码', '数量'], ['x', 1]]);
		const once = await annotateWorkbook(Buffer.from(await book.xlsx.writeBuffer()), [finding], { title: 'x.xlsx', accepted: 0, rejected: 1 });
		const twice = await open(await annotateWorkbook(once, [{ ...finding, column: 'A' }], { title: 'x.xlsx', accepted: 0, rejected: 1 }));
		expect(twice.worksheets.filter(({ name }) => name.startsWith('检查结果'))).toHaveLength(1);
	});
});
