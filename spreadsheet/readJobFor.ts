import { defaultReadLimits, type ReadLimits } from './readLimits';
import { WorkbookError } from './workbookError';

export type ReadOptions = { readonly fileName: string; readonly limits?: Partial<ReadLimits> };

/**
 * Prepares reading a file in a thread: what goes there, and what it may cost.
 * @throws WorkbookError TOO_LARGE, so that a huge file is not even copied
 */
export function jobFor(bytes: Uint8Array, { fileName, limits }: ReadOptions) {
	const all = { ...defaultReadLimits, ...limits };
	if (bytes.length > all.fileBytes) {
		const [size, limit] = [bytes.length, all.fileBytes].map((count) => Math.round((count / 1024 / 1024) * 10) / 10);
		throw new WorkbookError('TOO_LARGE', `《${fileName}》有 ${size} MB，超过 ${limit} MB 的上限`);
	}
	const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
	const cost = isZip ? { heapMb: all.workerHeapMb, timeoutMs: all.timeoutMs } : { heapMb: all.oldFormatHeapMb, timeoutMs: Math.min(all.timeoutMs, all.oldFormatMs + (bytes.length / megabyte) * all.oldFormatMsPerMb) };
	// A copy, as the buffer moves to the thread and may be part of a larger one of the caller's. Not `from`, which goes byte by byte through 12 MB for half a second.
	return { job: { bytes: new Uint8Array(bytes), fileName, limits: all }, worker: { ...cost, subject: `《${fileName}》` } };
}

const megabyte = 1024 * 1024;
