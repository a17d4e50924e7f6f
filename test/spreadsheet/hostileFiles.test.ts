import { utils, write } from '@e965/xlsx';
import JSZip from 'jszip';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';
import { readTables } from '../../spreadsheet/readTables';
import type { TableLayout } from '../../domain/import/tableLayout';
import { craftWorkbook, craftZip, refusalOf, workbookParts } from './craftedZip';

const layout: TableLayout = { key: 'x', title: '使用统计', sheetNames: ['明细'], columns: [{ key: 'code', header: '编码', type: 'code', required: true }, { key: 'count', header: '数量', type: 'integer', required: true }] };
const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const header = `<row r="1">${text('A1', '编码')}${text('B1', '数量')}</row>`;
const good = `${header}<row r="2">${text('A2', 'P1')}<c r="B2"><v>1</v></c></row>`;
const xls = (): Buffer => write({ SheetNames: ['明细'], Sheets: { 明细: utils.aoa_to_sheet([['编码', '数量'], ['P1', 1]]) } }, { type: 'buffer', bookType: 'biff8' }) as Buffer;
const page = (inside: string) => Buffer.from(`<html><body><table>${inside}</table></body></html>`);
const xml2003 = (inside: string) => Buffer.from(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${inside}</Workbook>`);

/** What a file does that is not refused: tables read, or nothing found. */
async function outcome(bytes: Buffer): Promise<string> {
	return await readTables(bytes, [layout], { fileName: '5月.xlsx' }).then(
		({ tables }) => tables.flatMap(({ reading }) => [...reading.findings.map(({ code }) => code), `${reading.rows.length} rows`]).join(' '),
		(error: { code?: string }) => String(error.code),
	);
}

describe('files that nobody sent in good faith', () => {
	const memory = () => process.memoryUsage().rss;

	it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
		['a million empty columns', () => craftWorkbook(`${good}${Array.from({ length: 60 }, (_, row) => `<row r="${row + 3}">${'<c/>'.repeat(16_384)}</row>`).join('')}`), /^1 rows$/],
		['a value in the far corner', () => craftWorkbook(`${good}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), /^TOO_MANY_COLUMNS$/],
		['rows that all reach the last column', () => craftWorkbook(`${header}${Array.from({ length: 50_000 }, (_, row) => `<row r="${row + 2}"><c r="XFD${row + 2}"><v>1</v></c></row>`).join('')}`), /^(TOO_MANY_COLUMNS|BOMB)$/],
		['places outside of the grid', () => craftWorkbook(`${good}<row r="99999999999"><c r="A1"><v>1</v></c></row>`), /^DAMAGED$/],
		['one merged cell of everything', () => craftZip(workbookParts(good).map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, data: String(part.data).replace('</worksheet>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>') } : part))), /COLUMN_MISSING|1 rows/],
		['an outside entity', () => craftWorkbook(good, { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>' }), /^DAMAGED$/],
		['200 MB of blanks', () => craftWorkbook(`${good}${' '.repeat(200_000_000)}`), /^BOMB$/],
		['a text of 60 MB in one cell', () => craftWorkbook(`${header}<row r="2">${text('A2', Array.from({ length: 6_000_000 }, (_, at) => `${at * 7919}`.slice(-8)).join(' '))}</row>`), /^DAMAGED$/],
		['an .xls cut in half', () => xls().subarray(0, 1800), /^DAMAGED$/],
		['an .xls that is noise after its first sector', () => Buffer.concat([xls().subarray(0, 512), Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7919 + 13) % 256))]), /^DAMAGED$/],
		['a PDF called .xls', () => Buffer.from('%PDF-1.7\n1 0 obj'), /^NOT_A_WORKBOOK$/],
		['a picture called .csv', () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500)]), /^NOT_A_WORKBOOK$/],
		['a protected workbook', () => Buffer.concat([xls().subarray(0, 512), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(5000)]), /^ENCRYPTED$/],
		['a web page with a cell across a billion columns', () => page('<tr><td colspan="999999999" rowspan="99999999">x</td></tr>'), /^TOO_MANY_COLUMNS$/],
		['a web page with a cell down a billion rows', () => page('<tr><td rowspan=999999999>x</td></tr>'), /^TOO_MANY_ROWS$/],
		['a web page of open tables', () => Buffer.from(`<html>${'<table>'.repeat(200_000)}`), /^DAMAGED$/],
		['XML with a cell in row 99,999,999', () => xml2003('<Worksheet ss:Name="明细"><Table><Row ss:Index="99999999"><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>'), /^TOO_MANY_ROWS$/],
		['XML with entities', () => Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'), /^DAMAGED$/],
		['a CSV of one endless line', () => Buffer.from(`编码,数量\n"${'x'.repeat(5_000_000)}`), /^DAMAGED$/],
		['a CSV of commas', () => Buffer.from(','.repeat(5_000_000)), /^HEADER_NOT_FOUND 0 rows$/],
	])('%s: a clear end within 10 s and little memory', async (_what, make, expected) => {
		const bytes = await make();
		const [before, started] = [memory(), performance.now()];
		expect(await outcome(bytes)).toMatch(expected);
		expect(performance.now() - started).toBeLessThan(10_000);
		expect(memory() - before).toBeLessThan(700e6);
	});

	it('a file that is refused when read is refused when it is to be marked', async () => {
		for (const bytes of [craftWorkbook(`${good}${' '.repeat(200_000_000)}`), xls().subarray(0, 1800)]) {
			expect(await refusalOf(annotateWorkbook(bytes, [], { title: 'x.xlsx', accepted: 0, rejected: 0 }))).toMatchObject({ code: expect.stringMatching(/BOMB|DAMAGED/) as string });
		}
	});

	it('macros, links to other files and live formulas are not looked at', async () => {
		const archive = await JSZip.loadAsync(craftWorkbook(`${header}<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://evil")</f><v>P1</v></c><c r="B2"><f>[1]x!A1</f><v>2</v></c></row>`));
		archive.file('xl/vbaProject.bin', 'x').file('xl/externalLinks/externalLink1.xml', '<externalLink/>');
		const { tables } = await readTables(await archive.generateAsync({ type: 'nodebuffer' }), [layout], { fileName: 'x.xlsm' });
		expect(tables[0]?.reading.rows).toEqual([{ row: 2, ok: true, values: { code: 'P1', count: 2 } }]);
	});
});
