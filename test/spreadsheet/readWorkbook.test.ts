import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { bomb } from '../support/bomb';
import { craftZip } from './craftedZip';

const fileName = '5月.xlsx';
const read = (bytes: Buffer, limits = {}) => readWorkbook(bytes, { fileName, limits });

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
	const book = new ExcelJS.Workbook();
	fill(book);
	return Buffer.from(await book.xlsx.writeBuffer());
}

const small = () => workbook((book) => book.addWorksheet('表').addRows([['编码', '数量'], ['00210', 3]]));

/** The bytes of a real small workbook, with one part replaced. */
async function withPart(name: string, text: string): Promise<Buffer> {
	const archive = await JSZip.loadAsync(await small());
	archive.file(name, text);
	return await archive.generateAsync({ type: 'nodebuffer' });
}

describe('reading a workbook', () => {
	it('gives values as Excel shows them: codes with zeros, numbers, days without zone shift, cached formulas, rich text, errors', async () => {
		const bytes = await workbook((book) => {
			const sheet = book.addWorksheet('数据');
			sheet.addRow(['00210', 3, 1.5, true, new Date('2025-06-03T00:00:00Z'), { formula: 'A1', result: 7 }, { richText: [{ text: '压缩' }, { text: '机' }] }, { error: '#N/A' }]);
			sheet.addRow([]);
			sheet.addRow([null, '末']);
			book.addWorksheet('藏', { state: 'hidden' }).addRow(['x']);
		});
		const [sheet, hidden] = await read(bytes);
		expect(sheet?.rows[0]).toEqual({ number: 1, cells: ['00210', 3, 1.5, true, { day: '2025-06-03' }, 7, '压缩机', '#N/A'] });
		expect(sheet?.rows.at(-1)).toEqual({ number: 3, cells: [null, '末'] });
		expect(hidden).toMatchObject({ name: '藏', hidden: true });
	});

	it('honours the 1904 calendar', async () => {
		const bytes = await workbook((book) => {
			book.properties.date1904 = true;
			const cell = book.addWorksheet('s').getCell('A1');
			cell.value = new Date('2025-06-03T00:00:00Z');
			cell.numFmt = 'yyyy-mm-dd';
		});
		expect((await read(bytes))[0]?.rows[0]?.cells[0]).toEqual({ day: '2025-06-03' });
	});

	it.each([
		['an empty file', () => Buffer.alloc(0), 'EMPTY_FILE'],
		['an .xls of nothing but its first bytes', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]), 'DAMAGED'],
		['a password-protected workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(1024)]), 'ENCRYPTED'],
		['a text without columns', () => Buffer.from('配件编码 数量\n00210 1\n'), 'NOT_A_WORKBOOK'],
		['a web page without a table', () => Buffer.from('<html><body><p>404</p></body></html>'), 'NOT_A_WORKBOOK'],
		['a zip of something else', () => craftZip([{ name: 'a.txt', data: 'hi' }]), 'NOT_A_WORKBOOK'],
	])('refuses %s and says what to do', async (_what, make, code) => {
		await expect(read(make())).rejects.toMatchObject({ code, message: expect.stringContaining(fileName) as string, description: expect.stringMatching(/请/) as string });
	});

	it('refuses truncated and flipped files', async () => {
		const bytes = await small();
		await expect(read(bytes.subarray(0, bytes.length - 200))).rejects.toMatchObject({ code: 'DAMAGED' });
		const flipped = Buffer.from(bytes);
		for (let index = 200; index < 260; index++) flipped[index] = (flipped[index] as number) ^ 0xff;
		await expect(read(flipped)).rejects.toMatchObject({ code: 'DAMAGED' });
	});

	it.each([['says so', 2_684_354_560, 'BOMB'], ['lies about it', 1000, 'DAMAGED']])('refuses a 5 MB zip that unpacks to 5 GB and %s, quickly and without unpacking it', async (_how, size, code) => {
		const bytes = bomb(size);
		expect(bytes.length).toBeLessThan(6e6);
		const before = process.memoryUsage().rss;
		const started = Date.now();
		await expect(read(bytes)).rejects.toMatchObject({ code });
		expect(Date.now() - started).toBeLessThan(10_000);
		expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
	});

	it('refuses entities instead of expanding them', async () => {
		await expect(read(await withPart('xl/sharedStrings.xml', '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'))).rejects.toMatchObject({ code: expect.stringMatching(/BOMB|DAMAGED/) as string });
	});

	it('survives a far corner and a huge merge', async () => {
		const far = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>';
		const [sheet] = await read(await withPart('xl/worksheets/sheet1.xml', far));
		expect(sheet?.rows.map(({ number }) => number)).toEqual([1, 1048576]);
		const wide = far.replace('B1048576', 'XFD1048576');
		await expect(read(await withPart('xl/worksheets/sheet1.xml', wide))).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS' });
		await expect(read(await withPart('xl/worksheets/sheet1.xml', far.replace('r="1048576"', 'r="99999999999"')))).rejects.toMatchObject({ code: expect.stringMatching(/DAMAGED|TOO_MANY/) as string });
	});

	it('stops at its limits of rows, size and time', async () => {
		const bytes = await workbook((book) => book.addWorksheet('s').addRows(Array.from({ length: 500 }, (_, index) => [index])));
		await expect(read(bytes, { rows: 100 })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' });
		await expect(read(bytes, { fileBytes: 100 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
		await expect(read(bytes, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'TIMEOUT' });
	});

	it('reads rich text with runs, blanks kept, and phonetic hints left out', async () => {
		const strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t xml:space="preserve">甲 </t></r><r><t>乙&amp;丙&#x4E01;</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t/></si></sst>';
		const sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>内</t></is></c></row></sheetData></worksheet>';
		const archive = await JSZip.loadAsync(await small());
		archive.file('xl/sharedStrings.xml', strings).file('xl/worksheets/sheet1.xml', sheet);
		const [read_] = await read(await archive.generateAsync({ type: 'nodebuffer' }));
		expect(read_?.rows[0]?.cells).toEqual(['甲 乙&丙丁', '内']);
	});
});
