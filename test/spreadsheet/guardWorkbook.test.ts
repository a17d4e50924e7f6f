import { constants, deflateRawSync } from 'node:zlib';

import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { craftWorkbook, craftZip, refusalOf, workbookParts } from './craftedZip';

const refuse = async (bytes: Buffer, limits = {}) => await refusalOf(readWorkbook(bytes, { fileName: '5月.xlsx', limits }));
const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]);

/** Zeros that unpack to 1000 times their size: one flushed block, as often as wanted. */
function zeros(megabytes: number): Buffer {
	const block = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
	return Buffer.concat([...Array<Buffer>(megabytes / 64).fill(block), Buffer.from([3, 0])]);
}

describe('the guard before reading', () => {
	it.each([
		['an empty file', Buffer.alloc(0), 'EMPTY_FILE', '空文件'],
		['an .xls of noise', ole, 'DAMAGED', '已损坏'],
		['a workbook with a password', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), 'ENCRYPTED', '打开密码'],
		['a web page without a table', Buffer.from('\ufeff<html><body>请先登录</body></html>'), 'NOT_A_WORKBOOK', '网页，里面没有表格'],
		['an XML table of Excel 2003 without a sheet', Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'), 'DAMAGED', '《5月.xlsx》'],
		['a PDF', Buffer.from('%PDF-1.7\n'), 'NOT_A_WORKBOOK', 'PDF'],
		['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'NOT_A_WORKBOOK', 'PNG'],
		['random bytes', Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 251)), 'NOT_A_WORKBOOK', '无法识别'],
		['a zip without a workbook', craftZip([{ name: 'a.txt', data: 'x' }]), 'NOT_A_WORKBOOK', 'zip 压缩包'],
		['a Word document', craftZip([{ name: '[Content_Types].xml', data: '<a/>' }, { name: 'word/document.xml', data: '<a/>' }]), 'NOT_A_WORKBOOK', 'Word'],
		['an .xlsb', craftZip([{ name: 'xl/workbook.bin', data: 'x' }]), 'NOT_A_WORKBOOK', 'xlsb'],
	])('refuses %s and says what it is', async (_, bytes, code, found) => {
		const error = await refuse(bytes);
		expect(error).toMatchObject({ name: 'WorkbookError', code, message: expect.stringContaining(found) });
		expect(error.message).toContain('《5月.xlsx》');
		expect(error.description).toContain('请');
	});

	it('refuses a file cut off at any place, without hanging', async () => {
		const whole = craftWorkbook(row);
		for (const share of [0.1, 0.5, 0.9, 0.999]) {
			expect((await refuse(whole.subarray(0, Math.floor(whole.length * share)))).code).toBe('DAMAGED');
		}
	});

	it.each([
		['a wrong checksum', { crc: 1 }, '校验不符'],
		['a wrong size', { declaredBytes: 7 }, '大小与目录不符'],
		['an unknown compression', { method: 99 }, '压缩方法'],
		['a broken stream', { packed: Buffer.from('ffffffff', 'hex') }, '解压失败'],
	])('refuses %s in a part', async (_, lie, found) => {
		const parts = workbookParts(row).map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, ...lie } : part));
		expect(await refuse(craftZip(parts))).toMatchObject({ code: 'DAMAGED', message: expect.stringContaining(found) });
	});

	it('refuses parts that share a name, whatever the case', async () => {
		const parts = [...workbookParts(row), { name: 'XL/Workbook.xml', data: '<workbook/>' }];
		expect(await refuse(craftZip(parts))).toMatchObject({ code: 'DAMAGED', message: expect.stringContaining('重复') });
	});

	it('refuses an encrypted part', async () => {
		expect((await refuse(craftZip(workbookParts(row).map((part) => ({ ...part, flags: 1 }))))).code).toBe('ENCRYPTED');
	});

	it.each([
		['a document type', '<!DOCTYPE x><worksheet/>'],
		['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'],
		['a document type behind a long comment', `<!--${' '.repeat(300_000)}--><!DOCTYPE x><worksheet/>`],
	])('refuses %s in a part', async (_, xml) => {
		expect(await refuse(craftWorkbook('', { 'xl/worksheets/sheet1.xml': xml }))).toMatchObject({ code: 'DAMAGED', message: expect.stringContaining('DOCTYPE') });
	});

	it('refuses UTF-16, which would hide a document type', async () => {
		const part = { name: 'xl/worksheets/sheet1.xml', data: Buffer.from('\ufeff<!DOCTYPE x><worksheet/>', 'utf16le') };
		const parts = workbookParts(row).filter(({ name }) => name !== part.name);
		expect((await refuse(craftZip([...parts, part]))).code).toBe('DAMAGED');
	});

	it.each([
		['says so', 0xfffffffe],
		['claims to be small', 1000],
	])('refuses 5 MB that unpack to 5 GB within a second and without the memory, when the file %s', async (_, declaredBytes) => {
		const bomb = craftZip([...workbookParts(row), { name: 'xl/media/bomb.bin', packed: zeros(5120), declaredBytes }]);
		expect(bomb.length).toBeGreaterThan(4 * 1024 * 1024);
		const [before, start] = [process.memoryUsage.rss(), performance.now()];
		expect((await refuse(bomb)).code).toBe('BOMB');
		expect(performance.now() - start).toBeLessThan(1_000);
		expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
	});

	it('refuses many parts that only together unpack to too much', async () => {
		const packed = deflateRawSync(Buffer.alloc(9 * 1024 * 1024));
		const parts = Array.from({ length: 40 }, (_, index) => ({ name: `xl/media/${index}.bin`, packed, declaredBytes: 9 * 1024 * 1024, crc: 0x74a2ea2e }));
		const { code } = await refuse(craftZip([...workbookParts(row), ...parts]), { unpackedBytes: 8 * 1024 * 1024 });
		expect(code).toBe('TOO_LARGE');
	});

	it('refuses a file above the size limit before copying it', async () => {
		expect(await refuse(Buffer.alloc(2_000_000), { fileBytes: 1024 * 1024 })).toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining('1.9 MB') });
	});
});
