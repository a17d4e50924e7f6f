import type { Finding } from '../../../domain/import/finding';
import type { AnnotateOptions } from '../protocol';
import type { StyleBook, SummaryStyle } from './styleBook';
import { xmlText } from './xmlText';

export const summaryName = '检查结果';

/** More would make the summary longer than anyone reads; the colours in the sheets are complete. */
export const findingsListed = 20_000;

const columns = [
	['级别', 8],
	['工作表', 20],
	['行', 8],
	['列', 7],
	['表头', 18],
	['原值', 22],
	['问题', 60],
] as const;
const headRow = 6;
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The sheet “检查结果” as XML, piece by piece: how many, what to do, and every finding with a link to its place. */
export function* summarySheet(findings: readonly Finding[], options: AnnotateOptions & { readonly commentsLeftOut: number }, styles: StyleBook): Generator<string, void, undefined> {
	const cell = (row: number, column: number, text: string, style: SummaryStyle) => `<c r="${'ABCDEFG'[column]}${row}" s="${styles.summary(style)}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
	const line = (row: number, cells: readonly string[], height?: number) => `<row r="${row}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells.join('')}</row>`;
	yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${namespace}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>`;
	yield `<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`;
	yield `<cols>${columns.map(([, width], index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`;
	const tops: readonly SummaryStyle[] = ['title', 'counts', 'note', 'note'];
	yield* topLines(findings, options).map((text, index) => line(index + 1, [cell(index + 1, 0, text, tops[index] as SummaryStyle)], index === 0 ? 30 : undefined));
	yield line(headRow, columns.map(([header], index) => cell(headRow, index, header, 'head')), 20);
	const listed = findings.slice(0, findingsListed);
	for (const [index, finding] of listed.entries()) {
		const row = headRow + 1 + index;
		const { level, sheet, column, header, value, message } = finding;
		const texts = [level === 'error' ? '错误' : '提醒', sheet, finding.row === null ? '' : String(finding.row), column ?? '', header ?? '', (value ?? '').slice(0, 200), message];
		yield line(row, texts.map((text, at) => cell(row, at, text, at === 0 ? level : at === 2 && finding.row !== null ? 'place' : 'text')));
	}
	if (findings.length === 0) yield line(headRow + 1, [cell(headRow + 1, 0, '没有发现问题', 'note')]);
	yield `</sheetData><mergeCells count="4">${[1, 2, 3, 4].map((row) => `<mergeCell ref="A${row}:G${row}"/>`).join('')}</mergeCells>`;
	yield* links(listed);
	yield '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>';
}

/** A click on the row number goes to the cell. */
function* links(findings: readonly Finding[]): Generator<string, void, undefined> {
	if (findings.every(({ row }) => row === null)) return;
	yield '<hyperlinks>';
	for (const [index, { sheet, row, column }] of findings.entries()) {
		if (row !== null) yield `<hyperlink ref="C${headRow + 1 + index}" location="${xmlText(`'${sheet.replaceAll("'", "''")}'!${column ?? 'A'}${row}`)}" display="${row}"/>`;
	}
	yield '</hyperlinks>';
}

function topLines(findings: readonly Finding[], { title, accepted, rejected, commentsLeftOut }: AnnotateOptions & { commentsLeftOut: number }): string[] {
	const errors = findings.filter(({ level }) => level === 'error').length;
	const leftOut = [
		findings.length > findingsListed ? `问题较多，下面只列出前 ${findingsListed} 处，其余只在各工作表中标色。` : '',
		commentsLeftOut > 0 ? `另有 ${commentsLeftOut} 格只标色、没有批注。` : '',
	];
	return [
		`《${title}》检查结果`,
		`通过 ${accepted} 行，退回 ${rejected} 行；错误 ${errors} 处，提醒 ${findings.length - errors} 处。`,
		errors === 0 ? '没有错误，不需要修改。' : '请在原工作表中按批注修改：红色为错误，必须修改；黄色为提醒。改好后直接上传本文件即可，不必删除本页。公式已换成数值。',
		leftOut.join(''),
	];
}
