import type { Finding } from '../domain/import/finding';
import { defaultReadLimits } from './readLimits';
import { runInWorker } from './runInWorker';
import type { AnnotateOptions } from './worker/protocol';

/** The library holds the whole workbook, about 45 kB a row of 20 cells; reading alone needs far less. */
const heapMb = 2_048;
const timeoutMs = 120_000;

/**
 * Gives the sender's own workbook back with the bad cells coloured and commented, and a sheet “检查结果” in front.
 * Charts and some pictures of the original are lost; its values and formats are kept. Marks of an earlier check are removed.
 * @param options.title names the workbook in the summary and in errors, such as the file name
 * @throws WorkbookError as readWorkbook
 */
export async function annotateWorkbook(original: Uint8Array, findings: readonly Finding[], options: AnnotateOptions): Promise<Buffer> {
	const job = { kind: 'annotate', bytes: Uint8Array.from(original), fileName: options.title, limits: defaultReadLimits, findings, options } as const;
	for await (const message of runInWorker(job, { heapMb, timeoutMs, subject: `《${options.title}》` })) {
		if (message.kind === 'done' && message.bytes) return Buffer.from(message.bytes.buffer as ArrayBuffer);
	}
	throw new Error(`没有得到《${options.title}》的检查结果`);
}
