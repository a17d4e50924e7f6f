import type { PaperModel } from '../domain/paper/paperModel';
import { runInWorker } from './runInWorker';

const heapMb = 512;
const timeoutMs = 60_000;

/**
 * Writes a paper as a workbook in a thread of its own: a sheet for each A4 page, ready to print.
 * @throws WorkbookError TIMEOUT or OUT_OF_MEMORY for a register that is too long
 */
export async function writePaper(paper: PaperModel): Promise<Buffer> {
	const subject = `《${paper.title} ${paper.no}》`;
	for await (const message of runInWorker({ kind: 'paper', paper }, { heapMb, timeoutMs, subject })) {
		if (message.kind === 'done' && message.bytes) return Buffer.from(message.bytes.buffer as ArrayBuffer);
	}
	throw new Error(`没有得到${subject}`);
}
