import ExcelJS from 'exceljs';
import JSZip from 'jszip';

import type { Finding } from '../../domain/import/finding';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';

const options = { title: '6月.xlsx', accepted: 1, rejected: 2 };
const finding: Finding = { sheet: '表', row: 2, column: 'B', header: '数量', value: '三', code: 'NOT_A_NUMBER', level: 'error', message: '应填数字' };

async function sheetOf(bytes: Buffer) {
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
	return { workbook, sheet: workbook.getWorksheet('表')! };
}

async function original(): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('表');
	sheet.addRows([['编码', '数量'], ['x', '三'], [null, '四']]);
	// Cells that look alike share one style in the file.
	for (const place of ['B2', 'B3']) sheet.getCell(place).style = { font: { bold: true }, numFmt: '0.00' };
	sheet.getCell('B2').note = '经销商的批注';
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

const fillOf = (cell: ExcelJS.Cell) => (cell.fill?.type === 'pattern' ? cell.fill.fgColor?.argb : undefined);

describe('markFindings', () => {
	it('colours the bad cell only, keeps its format and the sender’s own comment', async () => {
		const { sheet } = await sheetOf(await annotateWorkbook(await original(), [finding], options));
		expect([fillOf(sheet.getCell('B2')), fillOf(sheet.getCell('B3'))]).toEqual(['FFFFC7CF', undefined]);
		expect(sheet.getCell('B2')).toMatchObject({ numFmt: '0.00', font: { bold: true } });
		expect(JSON.stringify(sheet.getCell('B2').note)).toMatch(/【检查】应填数字\\n────\\n经销商的批注/);
	});

	it('puts a finding on a whole row on its first filled cell, a warning in yellow, several messages together', async () => {
		const onRow = { ...finding, row: 3, column: null, message: '重复' };
		const { sheet } = await sheetOf(await annotateWorkbook(await original(), [onRow, { ...finding, level: 'warning', column: 'A' }, { ...finding, column: 'A', level: 'warning', message: '又一处' }], options));
		expect([fillOf(sheet.getCell('B3')), fillOf(sheet.getCell('A2'))]).toEqual(['FFFFC7CF', 'FFFFF2C9']);
		expect(JSON.stringify(sheet.getCell('A2').note)).toContain('应填数字\\n又一处');
	});

	it('takes away its colours and comments when a corrected workbook is checked again', async () => {
		const once = await annotateWorkbook(await original(), [finding, { ...finding, row: 3 }], options);
		const { sheet } = await sheetOf(await annotateWorkbook(once, [], options));
		expect(fillOf(sheet.getCell('B3'))).toBeUndefined();
		expect(sheet.getCell('B3').note).toBeUndefined();
		expect(JSON.stringify(sheet.getCell('B2').note)).toContain('"text":"经销商的批注"');
	});

	it('ignores places that the workbook does not have', async () => {
		const bytes = await annotateWorkbook(await original(), [{ ...finding, sheet: '没有' }, { ...finding, row: null, column: null }], options);
		expect((await sheetOf(bytes)).workbook.worksheets.map(({ name }) => name)).toEqual(['检查结果', '表']);
	});

	it('makes comment boxes that show a whole message', async () => {
		const zip = await JSZip.loadAsync(await annotateWorkbook(await original(), [finding], options));
		const vml = await zip.file(/vmlDrawing\d+\.vml/)[0]!.async('string');
		expect(vml).toContain('width:260pt;height:110pt');
	});

	it('refuses what the guard refuses', async () => {
		await expect(annotateWorkbook(Buffer.from('%PDF-1.7'), [], options)).rejects.toMatchObject({ code: 'NOT_A_WORKBOOK' });
	});
});
