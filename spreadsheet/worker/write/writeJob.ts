import { PassThrough } from 'node:stream';

import type { WorkbookModel } from '../../../domain/report/workbookModel';
import { addCharts } from './addCharts';
import { sheetNames } from './sheetNames';
import { writeSheet } from './writeSheet';

/** Writes a workbook; charts, which the library cannot make, are added to its file afterwards. */
export async function writeJob({ sheets, properties }: WorkbookModel): Promise<Uint8Array<ArrayBuffer>> {
	const { default: ExcelJS } = await import('exceljs');
	const stream = new PassThrough();
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true });
	workbook.creator = properties?.author ?? '';
	workbook.title = properties?.title ?? '';
	const chunks: Buffer[] = [];
	stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	const names = sheetNames(sheets.map(({ name }) => name));
	const written = sheets.map((sheet, index) => writeSheet(workbook, sheet, names[index]!));
	await workbook.commit();
	const file = Buffer.concat(chunks);
	return written.some(({ model }) => model.charts?.length) ? await addCharts(file, written) : new Uint8Array(file);
}
