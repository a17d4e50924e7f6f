import type { Finding } from '../domain/import/finding';
import { jobFor } from './readJobFor';
import { runInWorker } from './runInWorker';
import type { AnnotateOptions } from './worker/protocol';

const timeoutMs = 120_000;

/**
 * Gives the sender's own file back with the bad cells coloured and commented, and a sheet “检查结果” in front: an .xlsx keeps everything
 * else (charts, pictures, formats), but for formulas (their values stay), macros and links to other files. Other formats come back as an
 * .xlsx of the same cells. Marks of an earlier check are removed.
 * @param options.title names the workbook in the summary and in errors, such as the file name
 * @throws WorkbookError as readWorkbook
 */
export async function annotateWorkbook(original: Uint8Array, findings: readonly Finding[], options: AnnotateOptions): Promise<Buffer> {
	const { job, worker } = jobFor(original, { fileName: options.title });
	for await (const message of runInWorker({ kind: 'annotate', ...job, findings, options }, { ...worker, timeoutMs })) {
		if (message.kind === 'done' && message.bytes) return Buffer.from(message.bytes.buffer as ArrayBuffer);
	}
	throw new Error(`没有得到《${options.title}》的检查结果`);
}
