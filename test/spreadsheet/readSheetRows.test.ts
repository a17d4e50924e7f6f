import ExcelJS from 'exceljs';

import { readWorkbook, readWorkbookRows } from '../../spreadsheet/readWorkbook';
import { craftWorkbook, refusalOf } from './craftedZip';

const fileName = '6月.xlsx';
const cellsOf = async (sheetData: string, changes = {}) => (await readWorkbook(craftWorkbook(sheetData, changes), { fileName }))[0]?.rows.map(({ cells }) => cells);

async function saved(fill: (workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	fill(workbook);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

function manyRows(count: number): string {
	return Array.from({ length: count }, (_, index) => `<row r="${index + 1}"><c r="A${index + 1}"><v>${index}</v></c><c r="B${index + 1}" t="inlineStr"><is><t>文${index}</t></is></c></row>`).join('');
}

describe('readSheetRows through readWorkbook', () => {
	it('reads what exceljs writes: texts, numbers, days, formulas, links, rich text, errors, hidden sheets', async () => {
		const bytes = await saved((workbook) => {
			const sheet = workbook.addWorksheet('明细');
			sheet.addRow(['编码', 12.5, true, new Date(Date.UTC(2025, 5, 3)), new Date(Date.UTC(2025, 5, 3, 14, 30, 5))]);
			sheet.addRow([]);
			sheet.addRow([
				{ richText: [{ text: '压缩' }, { text: '机', font: { bold: true } }] },
				{ text: '链接', hyperlink: 'https://example.com/?a=1&b=2' },
				{ formula: 'B1*2', result: 25 },
				{ formula: '"a"&"b"', result: 'ab' },
				{ error: '#N/A' },
				' <&>"\n 保留 ',
			]);
			sheet.getCell('C5').value = 7;
			workbook.addWorksheet('代码', { state: 'veryHidden' });
		});
		expect(await readWorkbook(bytes, { fileName })).toMatchObject([
			{
				name: '明细',
				hidden: false,
				rows: [
					{ number: 1, cells: ['编码', 12.5, true, { day: '2025-06-03' }, { day: '2025-06-03', time: '14:30:05' }] },
					{ number: 3, cells: ['压缩机', '链接', 25, 'ab', '#N/A', ' <&>"\n 保留 '] },
					{ number: 5, cells: [null, null, 7] },
				],
			},
			{ name: '代码', hidden: true, rows: [] },
		]);
	});

	it('gives the same days whatever the time zone of the process', async () => {
		const bytes = await saved((workbook) => workbook.addWorksheet('A').addRow([new Date(Date.UTC(2026, 1, 2))]));
		const zone = process.env.TZ;
		process.env.TZ = 'Asia/Shanghai';
		try {
			expect((await readWorkbook(bytes, { fileName }))[0]?.rows[0]?.cells).toEqual([{ day: '2026-02-02' }]);
		} finally {
			process.env.TZ = zone;
		}
	});

	it('honours the 1904 calendar', async () => {
		const bytes = await saved((workbook) => {
			workbook.properties.date1904 = true;
			workbook.addWorksheet('A').addRow([new Date(Date.UTC(2025, 5, 3))]);
		});
		expect((await readWorkbook(bytes, { fileName }))[0]?.rows[0]?.cells).toEqual([{ day: '2025-06-03' }]);
	});

	it('reads cells and rows without references, prefixed tags, CDATA and escapes', async () => {
		const xml = '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="str"><x:v><![CDATA[a<b]]></x:v></x:c><x:c t="inlineStr"><x:is><x:t>一&#x4e8c;&#19977;_x000D_&amp;</x:t></x:is></x:c></x:row><x:row/><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>';
		const sheets = await readWorkbook(craftWorkbook('', { 'xl/worksheets/sheet1.xml': xml }), { fileName });
		expect(sheets[0]?.rows).toEqual([
			{ number: 1, cells: ['a<b', '一二三\r&'] },
			{ number: 3, cells: [3] },
		]);
	});

	it('leaves phonetic guides out of shared and inline strings', async () => {
		const strings = '<sst><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si></sst>';
		expect(await cellsOf('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>京</t><rPh><t>きょう</t></rPh></is></c></row>', { 'xl/sharedStrings.xml': strings })).toEqual([['東京', '京']]);
	});

	it('skips cells that have only a format', async () => {
		expect(await cellsOf('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="0"/></row>')).toEqual([[1]]);
	});

	it.each([
		['a row number outside of Excel', '<row r="99999999999"><c r="A1"><v>1</v></c></row>'],
		['a column outside of Excel', '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'],
		['tags that do not balance', '<row r="1"><c r="A1"><v>1</v></c></row></row></sheetData></worksheet><a>'],
		['a tag that never ends', '<row r="1"><c r="A1"><v>1</v></c></row><row r="'],
	])('refuses %s as damaged', async (_, sheetData) => {
		expect((await refusalOf(readWorkbook(craftWorkbook(sheetData), { fileName }))).code).toBe('DAMAGED');
	});

	it('is not held up by an endless piece of text', async () => {
		const start = performance.now();
		const { code } = await refusalOf(readWorkbook(craftWorkbook(`<row r="1"><c r="A1" t="str"><v>${'x'.repeat(8_000_000)}`), { fileName }));
		expect(code).toBe('DAMAGED');
		expect(performance.now() - start).toBeLessThan(2_000);
	});

	it.each([
		[{ rows: 99 }, 'TOO_MANY_ROWS', '99 行'],
		[{ columns: 1 }, 'TOO_MANY_COLUMNS', '第 1 行有 2 列'],
		[{ cells: 50 }, 'TOO_LARGE', '单元格'],
		[{ timeoutMs: 1 }, 'TIMEOUT', '超过'],
	])('keeps to the limits %j', async (limits, code, found) => {
		expect(await refusalOf(readWorkbook(craftWorkbook(manyRows(100)), { fileName, limits }))).toMatchObject({ code, message: expect.stringContaining(found) });
	});

	it('ends a workbook that needs too much memory with OUT_OF_MEMORY, not the process', async () => {
		const strings = `<sst>${Array.from({ length: 600_000 }, (_, index) => `<si><t>配件编号与名称${index}</t></si>`).join('')}</sst>`;
		const bytes = craftWorkbook('', { 'xl/sharedStrings.xml': strings });
		expect((await refusalOf(readWorkbook(bytes, { fileName, limits: { workerHeapMb: 24 } }))).code).toBe('OUT_OF_MEMORY');
	});

	it('does not let one long text in many cells fill the memory', async () => {
		const strings = `<sst><si><t>${'长'.repeat(30_000)}</t></si></sst>`;
		const cells = Array.from({ length: 100_000 }, (_, index) => `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>0</v></c></row>`).join('');
		const before = process.memoryUsage.rss();
		const sheets = await readWorkbook(craftWorkbook(cells, { 'xl/sharedStrings.xml': strings }), { fileName });
		expect(sheets[0]?.rows).toHaveLength(100_000);
		expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
	});

	it('leaves the caller’s bytes as they were', async () => {
		const large = Buffer.concat([Buffer.alloc(100), craftWorkbook(manyRows(3))]);
		const part = large.subarray(100);
		const before = Buffer.from(part);
		await readWorkbook(part, { fileName });
		expect(part.equals(before)).toBe(true);
	});
});

describe('readWorkbookRows', () => {
	it('gives the same rows as the whole, in batches, while the event loop goes on', async () => {
		const bytes = craftWorkbook(manyRows(9_000));
		const sizes: number[] = [];
		for await (const { sheet, rows } of readWorkbookRows(bytes, { fileName })) {
			expect(sheet).toEqual({ name: '明细', hidden: false, epoch: 1900, merges: [] });
			sizes.push(rows.length);
		}
		expect(sizes).toEqual([2000, 2000, 2000, 2000, 1000]);
	});

	it('stops reading when the caller stops', async () => {
		for await (const { rows } of readWorkbookRows(craftWorkbook(manyRows(50_000)), { fileName })) {
			expect(rows[0]).toEqual({ number: 1, cells: [0, '文0'] });
			break;
		}
	});

	it('does not count the time that the caller takes', async () => {
		let rows = 0;
		for await (const batch of readWorkbookRows(craftWorkbook(manyRows(12_000)), { fileName, limits: { timeoutMs: 1_500 } })) {
			rows += batch.rows.length;
			await new Promise((resolve) => setTimeout(resolve, 400));
		}
		expect(rows).toBe(12_000);
	});
});
