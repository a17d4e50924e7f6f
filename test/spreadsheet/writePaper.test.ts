import ExcelJS from 'exceljs';
import { toBuffer } from 'qrcode';
import { makePaper } from '../../domain/paper/makePaper';
import { box, column, pair, pairs, signatures, table, whole, type Layout } from '../../domain/paper/paperModel';
import { writePaper } from '../../spreadsheet/writePaper';
import { signaturePng } from '../support/signature';

const head = { form: 'M-010', company: '华东制冷', no: 'BX202506-0001', remark: '状态：待派工', madeBy: '小陈', printedAt: '2025-06-11 09:30' };
const blocks: Layout['blocks'] = [
	pairs(pair('客户名称', '华联超市'), pair('电话', '13800000001'), whole('地址', '=HYPERLINK("x")')),
	box('故障', '不制冷', 3),
	table([column('配件', 8), column('数量', 4, 'center')], [['压缩机', '1']], 3),
	signatures({ label: '客户签字', name: '王小姐', day: '2025-06-09', image: signaturePng() }, { label: '技术员' }),
];

async function written(layout: Partial<Layout> = {}) {
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load((await writePaper(makePaper({ title: '服务单', mark: '表1.1', blocks, ...layout }, head))) as unknown as ArrayBuffer);
	return { workbook, sheet: workbook.worksheets[0]! };
}

/** Where a text stands. */
function cellOf(sheet: ExcelJS.Worksheet, text: string): ExcelJS.Cell {
	let found: ExcelJS.Cell | null = null;
	sheet.eachRow((row) => row.eachCell((cell) => (found ??= cell.value === text ? cell : null)));
	if (found === null) throw new Error(`no cell says ${text}`);
	return found;
}

describe('a paper as workbook', () => {
	it('has company, title, number and fields in merged cells with lines around them', async () => {
		const { sheet } = await written();
		expect(cellOf(sheet, '华东制冷').font).toMatchObject({ name: '宋体', size: 13 });
		expect(cellOf(sheet, '服务单').font).toMatchObject({ name: '宋体', size: 20, bold: true });
		cellOf(sheet, '编号：BX202506-0001　　　状态：待派工');
		const label = cellOf(sheet, '客户名称');
		expect([label.address, label.isMerged]).toEqual(['A4', true]);
		expect(cellOf(sheet, '华联超市').address).toBe('E4');
		expect(cellOf(sheet, '13800000001').address).toBe('Q4');
		for (const side of ['top', 'bottom', 'left', 'right'] as const) expect(label.border[side]?.style).toBe('thin');
		expect(cellOf(sheet, '客户签字：王小姐').border.bottom).toBeUndefined();
		cellOf(sheet, '2025 年 06 月 09 日');
		cellOf(sheet, '打印：2025-06-11 09:30　第 1 页 / 共 1 页');
	});

	it('keeps a text that begins like a formula as text', async () => {
		expect(cellOf((await written()).sheet, '=HYPERLINK("x")').type).toBe(ExcelJS.ValueType.String);
	});

	it('prints on exactly one sheet of A4, registers landscape', async () => {
		expect((await written()).sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 1, horizontalCentered: true });
		expect((await written({ wide: 60 })).sheet.pageSetup.orientation).toBe('landscape');
	});

	it('is as wide and as high as an A4 page allows, no more', async () => {
		const { sheet } = await written();
		const millimetres = (sheet.columns ?? []).reduce((sum, { width }) => sum + (width ?? 0) * 7 * (25.4 / 96), 0);
		expect(millimetres).toBeCloseTo(186, 0);
		let points = 0;
		sheet.eachRow({ includeEmpty: true }, ({ height }) => (points += height));
		expect(points / 2.8346).toBeLessThan(271);
	});

	it('M-102: shows the number as a QR code, and the drawn signature beside the name', async () => {
		const { workbook, sheet } = await written();
		const images = sheet.getImages().map(({ imageId, range }) => ({ bytes: workbook.getImage(Number(imageId)).buffer as unknown as Buffer, range }));
		expect(images).toHaveLength(2);
		expect(Buffer.from(images[0]!.bytes).equals(await toBuffer('BX202506-0001', { errorCorrectionLevel: 'Q', margin: 2, scale: 12 }))).toBe(true);
		expect(images[1]!.range.tl.nativeRow).toBe(Number(cellOf(sheet, '客户签字：王小姐').row) - 1);
	});

	it('M-104: has a sheet for each copy, named after it', async () => {
		const { workbook } = await written({ copies: ['存根联', '配件联'] });
		expect(workbook.worksheets.map(({ name }) => name)).toEqual(['第一联 存根联', '第二联 配件联']);
	});
});
