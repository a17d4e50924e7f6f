import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';

const COLUMNS = 20;
const sheetName = '零配件使用统计表';

/** Marks findings in a dealer's workbook of 20 columns, each size in a process of its own: time, and by how much the process grew. */
async function benchMarkWorkbook(): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aftersales-bench-'));
	const dist = path.resolve(__dirname, '../../dist/spreadsheet/annotateWorkbook.js');
	for (const [rows, findings] of [[10_000, 500], [10_000, 5_000], [100_000, 500], [100_000, 5_000]] as const) {
		const file = path.join(folder, `${rows}.xlsx`);
		if (!fs.existsSync(file)) await writeSheet(file, rows);
		const output = execFileSync(process.execPath, ['-e', marking(dist, file, rows, findings)], { encoding: 'utf8' });
		const { ms, mb, out } = JSON.parse(output) as { ms: number; mb: number; out: number };
		console.log(`marking ${rows} x ${COLUMNS} with ${findings} findings: ${(ms / 1000).toFixed(2)} s, +${mb.toFixed(0)} MB (file in ${(fs.statSync(file).size / 1e6).toFixed(1)} MB, out ${(out / 1e6).toFixed(1)} MB)`);
	}
	fs.rmSync(folder, { recursive: true });
}

const marking = (module: string, file: string, rows: number, count: number): string => `
	const { annotateWorkbook } = require(${JSON.stringify(module)});
	const bytes = require('node:fs').readFileSync(${JSON.stringify(file)});
	const findings = Array.from({ length: ${count} }, (_, index) => ({ sheet: '${sheetName}', row: 2 + Math.floor(index * ${rows / count}), column: 'BCD'[index % 3], header: '数量', value: 'x', code: 'NOT_A_NUMBER', level: 'error', message: '「数量」应填数字，这里是“x”，请只填数字，例如 12' }));
	const before = process.memoryUsage().rss; let peak = before;
	setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 5).unref();
	const started = performance.now();
	annotateWorkbook(bytes, findings, { title: '5月.xlsx', accepted: 0, rejected: ${count} }).then((marked) => console.log(JSON.stringify({ ms: performance.now() - started, mb: (peak - before) / 1e6, out: marked.length })));`;

async function writeSheet(file: string, rows: number): Promise<void> {
	const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: true });
	const sheet = book.addWorksheet(sheetName);
	sheet.addRow(Array.from({ length: COLUMNS }, (_, index) => `列${index + 1}`)).commit();
	for (let row = 0; row < rows; row++) sheet.addRow(Array.from({ length: COLUMNS }, (_, index) => (index === 0 ? `WX${String(row).padStart(7, '0')}` : index % 3 === 0 ? row * index : `说明文字${(row * 7 + index) % 997}`))).commit();
	sheet.commit();
	await book.commit();
}

void benchMarkWorkbook();
