import type { Workbook } from 'exceljs';

import type { Finding } from '../../../domain/import/finding';
import type { ReadLimits } from '../../readLimits';
import { WorkbookError } from '../../workbookError';
import type { AnnotateOptions } from '../protocol';
import { guardWorkbook } from '../read/guardWorkbook';
import { addSummary } from './addSummary';
import { clearMarks, markFindings } from './markFindings';
import { widenComments } from './widenComments';

type AnnotateRequest = {
	readonly bytes: Buffer;
	readonly fileName: string;
	readonly limits: ReadLimits;
	readonly findings: readonly Finding[];
	readonly options: AnnotateOptions;
};

/**
 * Marks the findings in the sender's workbook and puts the summary in front.
 * @throws WorkbookError as the guard, or DAMAGED when the library cannot load it
 */
export async function annotateJob({ bytes, fileName, limits, findings, options }: AnnotateRequest): Promise<Uint8Array<ArrayBuffer>> {
	await guardWorkbook(bytes, { fileName, limits });
	const { default: ExcelJS } = await import('exceljs');
	const workbook = new ExcelJS.Workbook();
	await load(workbook, bytes, fileName);
	clearMarks(workbook);
	markFindings(workbook, findings);
	addSummary(workbook, findings, options);
	return await widenComments(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

async function load(workbook: Workbook, bytes: Buffer, fileName: string): Promise<void> {
	try {
		await workbook.xlsx.load(bytes as unknown as Parameters<Workbook['xlsx']['load']>[0]);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new WorkbookError('DAMAGED', `《${fileName}》可以读取，但不能加批注：${why}`);
	}
}
