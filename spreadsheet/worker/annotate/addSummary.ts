import type { Border, Style, Workbook, Worksheet } from 'exceljs';

import type { Finding } from '../../../domain/import/finding';
import type { AnnotateOptions } from '../protocol';
import { toText } from '../write/cellInput';
import { markColours, summaryName } from './markFindings';

/** More would make the summary longer than anyone reads; the comments in the sheets are complete. */
const findingsListed = 5_000;

const thin: Partial<Border> = { style: 'thin', color: { argb: 'FFBFBFBF' } };
const font = { name: 'Microsoft YaHei', size: 10 };
const border = { top: thin, left: thin, bottom: thin, right: thin };
/** Text format: what a sender wrote as `=cmd|…` stays text, even when someone edits the cell. */
const cellStyle: Partial<Style> = { font, border, numFmt: '@', alignment: { vertical: 'top', wrapText: true } };
const placeStyle: Partial<Style> = { ...cellStyle, font: { ...font, color: { argb: 'FF0563C1' }, underline: true } };
const headStyle: Partial<Style> = {
	font: { ...font, bold: true },
	border,
	fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFD9E7F5' } },
	alignment: { vertical: 'middle', horizontal: 'center' },
};

const columns = [
	{ header: '级别', width: 8 },
	{ header: '工作表', width: 20 },
	{ header: '行', width: 8 },
	{ header: '列', width: 7 },
	{ header: '表头', width: 18 },
	{ header: '原值', width: 22 },
	{ header: '问题', width: 60 },
];
const headRow = 6;

/** Adds the sheet “检查结果” in front of all others and opens the workbook there. */
export function addSummary(workbook: Workbook, findings: readonly Finding[], options: AnnotateOptions): void {
	for (const sheet of workbook.worksheets) deselect(sheet);
	const sheet = workbook.addWorksheet(summaryName, {
		properties: { tabColor: { argb: 'FFC00000' } },
		views: [{ state: 'frozen', ySplit: headRow, showGridLines: false }],
		pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${headRow}:${headRow}` },
		headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
	});
	// The typings leave out the property that decides the order of the tabs.
	Object.assign(sheet, { orderNo: -1 });
	workbook.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
	writeTotals(sheet, findings, options);
	writeFindings(sheet, findings);
}

/** Two selected tabs would make Excel write into both at once. The typings know neither the property nor a sheet without views. */
function deselect(sheet: Worksheet): void {
	const views = sheet.views as Worksheet['views'] | null;
	sheet.views = (views ?? []).map((view) => Object.assign({}, view, { tabSelected: false }));
}

function writeTotals(sheet: Worksheet, findings: readonly Finding[], { title, accepted, rejected }: AnnotateOptions): void {
	const errors = findings.filter(({ level }) => level === 'error').length;
	sheet.columns = columns.map(({ width }) => ({ width }));
	const lines: ReadonlyArray<readonly [text: string, style: Partial<Style>]> = [
		[`《${title}》检查结果`, { font: { ...font, size: 16, bold: true } }],
		[`通过 ${accepted} 行，退回 ${rejected} 行；错误 ${errors} 处，提醒 ${findings.length - errors} 处。`, { font: { ...font, size: 11 } }],
		[errors === 0 ? '没有错误，不需要修改。' : '请在原工作表中按批注修改：红色为错误，必须修改；黄色为提醒。改好后直接上传本文件即可，不必删除本页。', { font }],
		[findings.length > findingsListed ? `问题较多，下面只列出前 ${findingsListed} 处，其余见各工作表的批注。` : '', { font }],
	];
	lines.forEach(([text, style], index) => {
		sheet.mergeCells(index + 1, 1, index + 1, columns.length);
		const cell = sheet.getCell(index + 1, 1);
		cell.value = toText(text);
		cell.style = { ...style, alignment: { vertical: 'middle' } };
	});
	sheet.getRow(1).height = 30;
}

function writeFindings(sheet: Worksheet, findings: readonly Finding[]): void {
	columns.forEach(({ header }, index) => {
		const cell = sheet.getCell(headRow, index + 1);
		cell.value = header;
		cell.style = headStyle;
	});
	findings.slice(0, findingsListed).forEach((finding, index) => writeFinding(sheet, headRow + 1 + index, finding));
	if (findings.length === 0) sheet.getCell(headRow + 1, 1).value = '没有发现问题';
}

function writeFinding(sheet: Worksheet, number: number, finding: Finding): void {
	const row = sheet.getRow(number);
	const { level, column, header, value, message } = finding;
	const texts = [level === 'error' ? '错误' : '提醒', finding.sheet, finding.row === null ? '' : String(finding.row), column, header, value, message];
	texts.forEach((text, index) => {
		const cell = row.getCell(index + 1);
		cell.value = toText(text ?? '');
		cell.style = cellStyle;
	});
	row.getCell(1).style = { ...cellStyle, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: markColours[level] } } };
	if (finding.row !== null) linkToPlace(row.getCell(3), finding);
}

/** A click on the row number goes to the cell. */
function linkToPlace(cell: ReturnType<Worksheet['getCell']>, { sheet, row, column }: Finding): void {
	const target = `#'${sheet.replaceAll("'", "''")}'!${column ?? 'A'}${row}`;
	cell.value = { text: String(row), hyperlink: target };
	cell.style = placeStyle;
}
