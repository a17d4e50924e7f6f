import { runInWorker } from './runInWorker';
import type { WorkbookModel } from '../domain/report/workbookModel';

const heapMb = 1_024;
const timeoutMs = 120_000;

/**
 * Writes a workbook in a thread of its own.
 * @throws WorkbookError TIMEOUT or OUT_OF_MEMORY for a model that is too large
 * @throws Error when a chart names a column that its table does not have
 */
export async function writeWorkbook(model: WorkbookModel): Promise<Buffer> {
	const subject = model.properties?.title ? `《${model.properties.title}》` : '工作簿';
	for await (const message of runInWorker({ kind: 'write', model }, { heapMb, timeoutMs, subject })) {
		if (message.kind === 'done' && message.bytes) return Buffer.from(message.bytes.buffer as ArrayBuffer);
	}
	throw new Error(`没有得到${subject}`);
}
