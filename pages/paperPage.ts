import { qrSvg } from '../codes/qrCode';
import { layOut, type GridCell, type GridRow, type PageGrid } from '../domain/paper/layOut';
import type { PaperModel } from '../domain/paper/paperModel';
import { cellStyles, type CellStyle, type StyleName } from '../domain/paper/pageStyles';
import { escapeHtml } from './escapeHtml';

/** A paper as a web page that prints as the workbook does: a sheet of A4 for each page. @param nonce where the page runs under a policy that asks for one */
export function paperPage(paper: PaperModel, nonce = ''): string {
	const title = escapeHtml(`${paper.title} ${paper.no}`.trim());
	return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
<button>打印</button>
${paper.pages.map((page) => sheet(layOut(page))).join('\n')}
<script${nonce === '' ? '' : ` nonce="${escapeHtml(nonce)}"`}>document.querySelector('button').onclick = () => print();</script>
</body>
</html>
`;
}

const sheet = (grid: PageGrid): string => `<section class="${grid.isWide ? 'wide' : 'tall'}"><table style="width:${grid.width}mm${grid.scale < 1 ? `;zoom:${grid.scale}` : ''}">
<colgroup>${'<col>'.repeat(grid.units)}</colgroup>
${grid.rows.map((row) => tableRow(row, grid)).join('\n')}
</table></section>`;

/** Cells that start further right than the last one ended leave a gap. */
function tableRow({ height, cells }: GridRow, grid: PageGrid): string {
	let next = 0;
	const parts = cells.map((cell) => {
		const gap = cell.from - next;
		next = cell.from + cell.span;
		return `${gap > 0 ? `<td colspan="${gap}"></td>` : ''}${tableCell(cell, grid)}`;
	});
	return `<tr style="height:${mm(height)}">${parts.join('')}</tr>`;
}

function tableCell({ text, style, span, rows, align, picture, size }: GridCell, { width, units }: PageGrid): string {
	const attributes = [`class="${style}"`, `colspan="${span}"`, ...(rows === undefined ? [] : [`rowspan="${rows}"`]), ...(align === undefined ? [] : [`style="text-align:${align}"`])].join(' ');
	if (picture === undefined) return `<td ${attributes}>${escapeHtml(text)}</td>`;
	if ('code' in picture) return `<td ${attributes}><div class="code" style="width:${mm(size ?? 0)}">${qrSvg(picture.code)}</div></td>`;
	return `<td ${attributes}>${escapeHtml(text)}<img alt="" style="height:${mm(size ?? 0)};max-width:${mm((span * width * 0.6) / units)}" src="data:image/png;base64,${escapeHtml(picture.png)}"></td>`;
}

const mm = (length: number): string => `${length.toFixed(2)}mm`;

const edges: Record<CellStyle['lines'], string> = {
	all: 'border:.3mm solid #000',
	none: '',
	'no-bottom': 'border:.3mm solid #000;border-bottom:0',
	'no-top': 'border:.3mm solid #000;border-top:0',
	cut: 'border-bottom:.3mm dashed #000',
};

const rules = (Object.keys(cellStyles) as StyleName[]).map((name) => {
	const { size, lines, bold, align, vertical, indent }: CellStyle = cellStyles[name];
	return `.${name}{font-size:${size}pt;text-align:${align ?? 'left'};vertical-align:${vertical ?? 'middle'};font-weight:${bold === true ? 700 : 400};${indent === true ? 'padding-left:2.5mm;' : ''}${size <= 8 ? 'padding:.3mm;' : ''}${edges[lines]}}`;
});

const css = `
*{box-sizing:border-box}
body{margin:0;background:#ddd;color:#000;font-family:SimSun,"宋体","Songti SC","Noto Serif CJK SC",serif}
button{position:fixed;top:4mm;right:4mm;padding:2mm 6mm;font-size:13pt;cursor:pointer}
section{margin:6mm auto;padding:10mm 12mm;background:#fff;overflow:hidden;break-after:page}
section:last-child{break-after:auto}
.tall{width:210mm;height:297mm;page:tall}
.wide{width:297mm;height:210mm;page:wide}
table{border-collapse:collapse;table-layout:fixed}
td{padding:.4mm 1mm;line-height:1.3;white-space:pre-wrap;overflow-wrap:anywhere}
.code{margin:auto;line-height:0}
td.sign{position:relative}
td img{position:absolute;right:4mm;top:2mm}
${rules.join('\n')}
@page tall{size:A4 portrait;margin:0}
@page wide{size:A4 landscape;margin:0}
@media print{body{background:#fff}button{display:none}section{margin:0}}
`;
