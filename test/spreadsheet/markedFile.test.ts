import { utils, write } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { encode } from 'iconv-lite';
import JSZip from 'jszip';
import type { Finding } from '../../domain/import/finding';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { craftWorkbook } from './craftedZip';

const finding = (place: Partial<Finding>): Finding => ({ sheet: '明细', row: 2, column: 'B', header: '数量', value: '三', code: 'NOT_A_NUMBER', level: 'error', message: '应填数字', ...place });
const mark = async (bytes: Buffer, findings: Finding[], title = '5月.xlsx') => await annotateWorkbook(bytes, findings, { title, accepted: 1, rejected: 1 });
const parts = async (bytes: Buffer) => await JSZip.loadAsync(bytes);
const part = async (bytes: Buffer, name: string) => (await (await parts(bytes)).file(name)?.async('string')) ?? '';

async function open(bytes: Buffer): Promise<ExcelJS.Workbook> {
	const book = new ExcelJS.Workbook();
	await book.xlsx.load(bytes as unknown as ArrayBuffer);
	return book;
}

describe('a marked .xlsx', () => {
	const columns = [{ header: '网点', key: 'name', type: 'text' as const }, { header: '数量', key: 'count', type: 'integer' as const }];
	const charted = () => writeWorkbook({ sheets: [{ name: '明细', columns, rows: [{ name: '甲', count: 1 }, { name: '乙', count: 2 }], charts: [{ kind: 'column', title: '图', categories: 'name', series: [{ key: 'count', name: '数量' }] }] }] });

	it('keeps charts, drawings, theme and texts byte for byte', async () => {
		const original = await charted();
		const [before, after] = [await parts(original), await parts(await mark(original, [finding({})]))];
		const names = Object.keys(before.files).filter((name) => /charts\/|drawings\/[^/]*\.xml|theme|sharedStrings|docProps/.test(name) && !before.files[name]?.dir);
		expect(names.some((name) => name.includes('charts/chart'))).toBe(true);
		for (const name of names) expect([name, await after.file(name)?.async('base64')]).toEqual([name, await before.file(name)?.async('base64')]);
	});

	it('keeps every value, format, width and merged cell of the sheet', async () => {
		const book = new ExcelJS.Workbook();
		const sheet = book.addWorksheet('明细', { pageSetup: { orientation: 'landscape' }, views: [{ state: 'frozen', ySplit: 1 }] });
		sheet.addRows([['编码', '数量', '日期'], ['00210', '三', new Date('2025-05-03T00:00:00Z')]]);
		sheet.getColumn(1).width = 33;
		sheet.mergeCells('A4:C4');
		sheet.getCell('C2').numFmt = 'yyyy"年"m"月"';
		const marked = await mark(Buffer.from(await book.xlsx.writeBuffer()), [finding({})]);
		const after = (await open(marked)).getWorksheet('明细') as ExcelJS.Worksheet;
		expect([after.getColumn(1).width, after.getCell('C2').numFmt, after.getCell('A2').value, after.getCell('B4').isMerged, after.pageSetup.orientation]).toEqual([33, 'yyyy"年"m"月"', '00210', true, 'landscape']);
		expect((await readWorkbook(marked, { fileName: 'x.xlsx' })).find(({ name }) => name === '明细')?.rows).toEqual((await readWorkbook(Buffer.from(await book.xlsx.writeBuffer()), { fileName: 'x.xlsx' }))[0]?.rows);
	});

	it('colours a cell that the file does not have, in its place', async () => {
		const marked = await mark(craftWorkbook('<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row>'), [finding({ code: 'VALUE_MISSING' })]);
		expect(await part(marked, 'xl/worksheets/sheet1.xml')).toMatch(/<c r="A2"><v>1<\/v><\/c><c r="B2" s="\d+"\/><c r="C2"><v>3<\/v><\/c>/);
	});

	it('has no live formula, link to another file or macro any more, but the last values', async () => {
		const sheetData = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">1+1</f><v>2</v></c><c r="B1" t="str"><f>cmd|"/c calc"!A1</f><v>x</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><y:f xmlns:y="http://schemas.openxmlformats.org/spreadsheetml/2006/main">[1]z!A1</y:f><v>5</v></c></row>';
		const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
		const bytes = craftWorkbook(sheetData, {
			'[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/><Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
			'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="明细" sheetId="1" r:id="rId1"/><sheet name="宏" sheetId="2" r:id="rId9"/></sheets><externalReferences><externalReference r:id="rId7"/></externalReferences><definedNames><definedName name="外">[1]z!$A$1</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">明细!$A$1</definedName><definedName name="代码" function="1">宏!$A$1</definedName></definedNames></workbook>',
			'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId7" Type="${relations}/externalLink" Target="externalLinks/externalLink1.xml"/><Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/><Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/><Relationship Id="rId5" Type="${relations}/calcChain" Target="calcChain.xml"/></Relationships>`,
			'xl/vbaProject.bin': 'code',
			'xl/macrosheets/sheet1.xml': '<x/>',
			'xl/externalLinks/externalLink1.xml': '<x/>',
			'xl/calcChain.xml': '<x/>',
		});
		const marked = await mark(bytes, [finding({})], '5月.xlsm');
		const sheet = await part(marked, 'xl/worksheets/sheet1.xml');
		expect(sheet).not.toMatch(/<(?:\w+:)?f[\s>/]/);
		expect(sheet).toContain('<c r="B1" t="str"><v>x</v></c>');
		expect(Object.keys((await parts(marked)).files).filter((name) => /vba|macro|external|calcChain/i.test(name))).toEqual([]);
		const workbook = await part(marked, 'xl/workbook.xml');
		expect(workbook).not.toMatch(/external|\[1\]|宏/);
		expect(workbook).toContain('localSheetId="1"');
		expect(await part(marked, '[Content_Types].xml')).not.toMatch(/macroEnabled|vbaProject|calcChain/);
		expect((await readWorkbook(marked, { fileName: 'x.xlsx' })).map(({ name }) => name)).toEqual(['检查结果', '明细']);
	});

	it('puts the comments\' drawing where Excel wants it, although such names occur inside other elements', async () => {
		const bytes = craftWorkbook('<row r="2"><c r="B2"><v>1</v></c></row>', {
			'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData><conditionalFormatting><cfRule><extLst><ext/></extLst></cfRule></conditionalFormatting><pageMargins left="1"/><tableParts count="0"/><extLst/></worksheet>',
		});
		expect(await part(await mark(bytes, [finding({})]), 'xl/worksheets/sheet1.xml')).toMatch(/<pageMargins left="1"\/><legacyDrawing [^>]*\/><tableParts/);
	});

	it('comes back as plain cells when it is written in a dialect of its own', async () => {
		const bytes = craftWorkbook('', { 'xl/worksheets/sheet1.xml': '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>三</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>' });
		const marked = await open(await mark(bytes, [finding({})]));
		expect(marked.getWorksheet('明细')?.getCell('B2')).toMatchObject({ value: '三', fill: { pattern: 'solid' } });
	});

	it('counts comments it does not show, and lists findings without a place', async () => {
		const rows = Array.from({ length: 10_050 }, (_, index) => `<row r="${index + 1}"><c r="B${index + 1}"><v>1</v></c></row>`).join('');
		const findings = [finding({ row: null, column: null, message: '缺少必填的列' }), ...Array.from({ length: 10_050 }, (_, index) => finding({ row: index + 1 }))];
		const marked = await mark(craftWorkbook(rows), findings);
		expect(((await part(marked, 'xl/comments1.xml')).match(/<comment /g) ?? []).length).toBe(10_000);
		const [summary] = await readWorkbook(marked, { fileName: 'x.xlsx' });
		expect(JSON.stringify(summary?.rows.slice(0, 5))).toMatch(/错误 10051 处.*另有 50 格只标色/);
		expect(summary?.rows[5]?.cells[6]).toBe('缺少必填的列');
	});
});

describe('a marked file that was no .xlsx', () => {
	it('is an .xlsx of the same cells; a CSV\'s texts stay texts, whatever they begin with', async () => {
		const csv = encode('编码,数量,备注\r\n00210,三,"=HYPERLINK(""http://evil"")"\r\n00211,+1,@SUM(A1)\r\n', 'gbk');
		const marked = await mark(csv, [finding({ sheet: '5月' })], '5月.csv');
		const sheet = (await open(marked)).getWorksheet('5月') as ExcelJS.Worksheet;
		expect([2, 3].map((row) => [1, 2, 3].map((column) => [sheet.getCell(row, column).value, sheet.getCell(row, column).type === ExcelJS.ValueType.Formula]))).toEqual([
			[['00210', false], ['三', false], ['=HYPERLINK("http://evil")', false]],
			[['00211', false], ['+1', false], ['@SUM(A1)', false]],
		]);
		expect(sheet.getCell('A2').numFmt).toBe('@');
		expect(sheet.getCell('B2').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFC7CF' } });
		expect(JSON.stringify(sheet.getCell('B2').note)).toContain('应填数字');
	});

	it('keeps numbers, days and merged cells of an .xls, and can be sent again', async () => {
		const sheet = utils.aoa_to_sheet([['编码', '数量', '日期'], ['00210', '三', 45811]]);
		(sheet['C2'] as { z: string }).z = 'yyyy-mm-dd';
		sheet['!merges'] = [{ s: { r: 3, c: 0 }, e: { r: 3, c: 1 } }];
		const xls = write({ SheetNames: ['明细'], Sheets: { 明细: sheet } }, { type: 'buffer', bookType: 'biff8' }) as Buffer;
		const marked = await mark(xls, [finding({})], '5月.xls');
		const [, back] = await readWorkbook(marked, { fileName: '5月-检查结果.xlsx' });
		expect(back).toMatchObject({ name: '明细', merges: [{ top: 4, left: 0, bottom: 4, right: 1 }], rows: [{ number: 1 }, { number: 2, cells: ['00210', '三', { day: '2025-06-03' }] }] });
		const again = await mark(marked, [], '5月-检查结果.xlsx');
		expect((await open(again)).getWorksheet('明细')?.getCell('B2').fill).not.toMatchObject({ pattern: 'solid' });
		expect((await open(again)).worksheets.map(({ name }) => name)).toEqual(['检查结果', '明细']);
	});
});
