import { parentPort, workerData } from 'node:worker_threads';

import { packedBuffers, packRows } from '../packedRows';
import { WorkbookError } from '../workbookError';
import type { SheetJob, SheetMessage } from './protocol';
import { readJob } from './read/readJob';
import { tablesJob } from './read/tablesJob';
import { ZipDamage } from './read/zipDirectory';

/** How many batches may be on their way before the reader has taken one. */
const batchesAhead = 4;

type ReadingJob = Extract<SheetJob, { kind: 'read' | 'tables' }>;

if (parentPort) void work(workerData as SheetJob, parentPort);

async function work(job: SheetJob, port: NonNullable<typeof parentPort>): Promise<void> {
	const send = (message: SheetMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
	try {
		const bytes = job.kind === 'read' || job.kind === 'tables' ? await sendPieces(job, port) : await makeWorkbook(job);
		send({ kind: 'done', ...(bytes && { bytes }) }, bytes ? [bytes.buffer as ArrayBuffer] : []);
	} catch (error) {
		send(toMessage(error, job));
	}
	port.close();
}

async function sendPieces(job: ReadingJob, port: NonNullable<typeof parentPort>): Promise<void> {
	let ahead = 0;
	let resume: (() => void) | null = null;
	port.on('message', () => {
		ahead--;
		resume?.();
	});
	for await (const piece of piecesOf(job)) {
		port.postMessage(piece, 'packed' in piece ? packedBuffers(piece.packed) : []);
		ahead++;
		while (ahead >= batchesAhead) await new Promise<void>((resolve) => (resume = resolve));
	}
}

async function* piecesOf(job: ReadingJob): AsyncGenerator<SheetMessage & { kind: 'rows' | 'tables' | 'values' }, void, undefined> {
	if (job.kind === 'tables') yield* tablesJob({ ...job, bytes: toBuffer(job.bytes) });
	else for await (const { sheet, rows } of readJob({ ...job, bytes: toBuffer(job.bytes) })) yield { kind: 'rows', sheet, packed: packRows(rows) };
}

/** The libraries are loaded at use: reading does not need them, and they cost more to load than a small file to read. */
async function makeWorkbook(job: Exclude<SheetJob, ReadingJob>): Promise<Uint8Array<ArrayBuffer>> {
	if (job.kind === 'annotate') {
		const { annotateJob } = await import('./annotate/annotateJob');
		return await annotateJob({ ...job, bytes: toBuffer(job.bytes) });
	}
	if (job.kind === 'paper') {
		const { paperJob } = await import('./paper/paperJob');
		return await paperJob(job.paper);
	}
	const { writeJob } = await import('./write/writeJob');
	return await writeJob(job.model);
}

function toBuffer(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toMessage(error: unknown, job: SheetJob): SheetMessage {
	if (error instanceof WorkbookError) return { kind: 'refused', code: error.code, message: error.message };
	if (error instanceof ZipDamage && 'fileName' in job) {
		return { kind: 'refused', code: 'DAMAGED', message: `《${job.fileName}》已损坏：${error.message}` };
	}
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	return { kind: 'failed', message, stack };
}
