import { utils, write, type BookType, type WorkBook } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { encode } from 'iconv-lite';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { craftWorkbook } from './craftedZip';

const table = '配件编码,数量,备注\r\n00210,"1,200","压缩机,\n带底座"\r\n\r\n="00310",3,镕\r\n';
const rows = [
	{ number: 1, cells: ['配件编码', '数量', '备注'] },
	{ number: 2, cells: ['00210', '1,200', '压缩机,\n带底座'] },
	{ number: 4, cells: ['00310', '3', '镕'] },
];
const read = (bytes: Buffer, fileName = '5月.csv') => readWorkbook(bytes, { fileName });

describe('text tables', () => {
	it.each([
		['UTF-8', Buffer.from(table)],
		['UTF-8 with a mark', Buffer.from(`\ufeff${table}`)],
		['GBK', encode(table, 'gbk')],
		['GB18030', encode(table, 'gb18030')],
		['UTF-16 with a mark', encode(table, 'utf16le', { addBOM: true })],
		['UTF-16 big-endian with a mark', encode(table, 'utf16be', { addBOM: true })],
		['UTF-16 without a mark', encode(table, 'utf16le')],
	])('are read in %s, line breaks in cells and leading zeros kept', async (_encoding, bytes) => {
		expect(await read(bytes)).toEqual([{ name: '5月', hidden: false, epoch: 1900, merges: [], rows }]);
	});

	it.each([
		['tabs', '编码\t数量\nA\t1,5\n'],
		['semicolons', '编码;数量\nA;1,5\n'],
		['a delimiter that Excel was told', 'sep=|\n编码|数量\nA|1,5\n'],
		['full-width commas', '编码，数量\nA，1,5\n'],
	])('are read with %s', async (_what, text) => {
		expect((await read(Buffer.from(text)))[0]?.rows.map(({ cells }) => cells)).toEqual([['编码', '数量'], ['A', '1,5']]);
	});

	it('are known by their content, whatever they are called', async () => {
		expect((await read(encode('编码\t数量\r\n00210\t1\r\n', 'gbk'), '五月.xls'))[0]).toMatchObject({ name: '五月', rows: [{ cells: ['编码', '数量'] }, { cells: ['00210', '1'] }] });
	});

	it.each([
		['cut off inside a character of UTF-8', Buffer.from(table).subarray(0, 14), '结尾不完整'],
		['cut off inside a character of GBK', encode('编码,数量\n甲,1乙', 'gbk').subarray(0, -1), '无法识别的文字'],
		['with a quote that never closes', Buffer.from(`编码,数量\n"A,1\n${'B,2\n'.repeat(300_000)}`), '引号不成对'],
	])('are refused %s', async (_what, bytes, message) => {
		await expect(read(bytes)).rejects.toMatchObject({ code: 'DAMAGED', message: expect.stringContaining(message) as string, description: expect.stringContaining('请') as string });
	});

	it('pass the same limits as workbooks', async () => {
		await expect(readWorkbook(Buffer.from('a,b\n'.repeat(50)), { fileName: 'x.csv', limits: { rows: 20 } })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' });
		await expect(readWorkbook(Buffer.from(`${','.repeat(400)}x\n`), { fileName: 'x.csv' })).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS' });
	});
});

describe('old workbooks', () => {
	function book(date1904 = false): WorkBook {
		const sheet = utils.aoa_to_sheet([['编码', '日期', '数量', '是否', '公式'], ['00210', date1904 ? 44349 : 45811, 1.5, true, 7]]);
		(sheet['B2'] as { z: string }).z = 'yyyy"年"m"月"d"日"';
		Object.assign(sheet['E2'] as object, { f: 'C2*2', v: 3 });
		sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
		const all = utils.book_new();
		utils.book_append_sheet(all, sheet, '使用统计');
		utils.book_append_sheet(all, utils.aoa_to_sheet([[1]]), '藏');
		all.Workbook = { Sheets: [{}, { Hidden: 1 }], WBProps: { date1904 } };
		return all;
	}
	const written = (bookType: BookType, date1904 = false) => write(book(date1904), { type: 'buffer', bookType }) as Buffer;

	it.each<[string, BookType]>([['.xls', 'biff8'], ['XML of Excel 2003', 'xlml']])('are read as %s: codes, days, numbers, cached results, merged and hidden ones', async (_name, bookType) => {
		expect(await readWorkbook(written(bookType), { fileName: '5月.xlsx' })).toMatchObject([
			{ name: '使用统计', hidden: false, merges: [{ top: 1, left: 0, bottom: 1, right: 1 }], rows: [{ number: 1 }, { number: 2, cells: ['00210', { day: '2025-06-03' }, 1.5, true, 3] }] },
			{ name: '藏', hidden: true },
		]);
	});

	it('count days from 1904 when they say so', async () => {
		expect((await readWorkbook(written('biff8', true), { fileName: 'x.xls' }))[0]).toMatchObject({ epoch: 1904, rows: [{}, { cells: ['00210', { day: '2025-06-03' }, 1.5, true, 3] }] });
	});

	it('are read as web pages too, which many systems call .xls', async () => {
		const page = '<html><head><meta charset="gbk"></head><body><table><tr><td colspan="2">统计</td></tr><tr><th>编码</th><th>数量</th></tr><tr><td>00210</td><td>1,200</td></tr></table></body></html>';
		const [sheet] = await readWorkbook(encode(page, 'gbk'), { fileName: '5月.xls' });
		expect(sheet).toMatchObject({ merges: [{ top: 1, left: 0, bottom: 1, right: 1 }], rows: [{ cells: ['统计'] }, { cells: ['编码', '数量'] }, { cells: ['00210', '1,200'] }] });
	});

	it('are refused when cut off at any place, or damaged inside', async () => {
		const bytes = written('biff8');
		for (const share of [0.05, 0.3, 0.6, 0.9, 0.99]) {
			await expect(readWorkbook(bytes.subarray(0, Math.floor(bytes.length * share)), { fileName: 'x.xls' })).rejects.toMatchObject({ code: 'DAMAGED' });
		}
		const noise = Buffer.from(bytes);
		for (let at = 1100; at < 1500; at++) noise[at] = (at * 7919) % 251;
		await expect(readWorkbook(noise, { fileName: 'x.xls' })).rejects.toMatchObject({ code: 'DAMAGED' });
	});
});

it('codes keep the zeros that only their format shows, in .xlsx and .xls; other numbers stay numbers', async () => {
	const sheet = utils.aoa_to_sheet([[210, 7, 1.5, 3]]);
	for (const [place, format] of [['A1', '00000'], ['B1', '0'], ['C1', '000'], ['D1', '0.00']] as const) (sheet[place] as { z: string }).z = format;
	for (const bookType of ['xlsx', 'biff8'] as const) {
		const bytes = write({ SheetNames: ['表'], Sheets: { 表: sheet } }, { type: 'buffer', bookType }) as Buffer;
		expect((await readWorkbook(bytes, { fileName: 'x' }))[0]?.rows[0]?.cells).toEqual(['00210', 7, 1.5, 3]);
	}
});

it('a formula without its result is not taken for an empty cell', async () => {
	expect((await readWorkbook(craftWorkbook('<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>1</v></c><c r="C1"/></row>'), { fileName: 'x' }))[0]?.rows[0]?.cells).toEqual(['#未计算', 1]);
	expect((await readWorkbook(craftWorkbook('<row r="1"><c r="A1" t="str"><f>IF(1,"")</f><v></v></c><c r="B1"><v>1</v></c><c r="C1" t="str"><f>""</f><v/></c></row>'), { fileName: 'x' }))[0]?.rows[0]?.cells).toEqual([null, 1]);
});

it('hidden rows and merged cells of an .xlsx are known', async () => {
	const book = new ExcelJS.Workbook();
	const sheet = book.addWorksheet('表');
	sheet.addRows([['甲', null], ['乙', 1], ['丙', 2]]);
	sheet.mergeCells('A1:B1');
	sheet.getRow(3).hidden = true;
	const [given] = await readWorkbook(Buffer.from(await book.xlsx.writeBuffer()), { fileName: 'x.xlsx' });
	expect(given).toMatchObject({ merges: [{ top: 1, left: 0, bottom: 1, right: 1 }], rows: [{ number: 1 }, { number: 2 }, { number: 3, hidden: true }] });
	expect(given?.rows[1]).not.toHaveProperty('hidden');
});
