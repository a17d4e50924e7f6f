import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { BatchTaken, SheetJob, SheetMessage } from './worker/protocol';
import { WorkbookError } from './workbookError';

type WorkerLimits = { readonly heapMb: number; readonly timeoutMs: number; /** Names the work in errors, such as 《5月.xlsx》. */ readonly subject: string };

type Answer = Exclude<SheetMessage, { kind: 'refused' | 'failed' }>;

/** Beside this file in the package; tests run from source and use the built one. */
const built = path.join(__dirname, 'worker', 'sheetWorker.js');
const entry = existsSync(built) ? built : path.join(__dirname, '..', 'dist', 'spreadsheet', 'worker', 'sheetWorker.js');

/**
 * Runs one job in a thread of its own and yields what it says, the last being `done`. Stopping early ends the thread.
 * `timeoutMs` counts only while waiting for the thread, not while the caller works on a batch.
 * @throws WorkbookError as the job refused, or TIMEOUT, or OUT_OF_MEMORY
 * @throws Error when the job failed otherwise, or the thread ended without an answer
 */
export async function* runInWorker(job: SheetJob, limits: WorkerLimits): AsyncGenerator<Answer, void, undefined> {
	const worker = new Worker(entry, {
		workerData: job,
		transferList: 'bytes' in job ? [job.bytes.buffer as ArrayBuffer] : [],
		resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 16 },
		// Nothing of the host's settings or secrets is needed there.
		env: {},
		execArgv: ['--no-deprecation'],
		// Libraries grumble there about files; what matters comes as a message.
		stdout: true,
		stderr: true,
	});
	worker.stdout.resume();
	worker.stderr.resume();
	const next = inbox(worker, limits);
	try {
		for (;;) {
			const message = await next();
			if (message.kind === 'refused') throw new WorkbookError(message.code, message.message);
			if (message.kind === 'failed') throw Object.assign(new Error(message.message), message.stack ? { stack: message.stack } : {});
			yield message;
			if (message.kind === 'done') return;
			worker.postMessage({ kind: 'taken' } satisfies BatchTaken);
		}
	} finally {
		// A thread inside a native call ends later; nobody needs to wait for that.
		await Promise.race([worker.terminate(), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
	}
}

/** Turns the thread's events into one queue to wait on. */
function inbox(worker: Worker, limits: WorkerLimits): () => Promise<SheetMessage> {
	const waiting: Array<SheetMessage | Error> = [];
	let wake: (() => void) | null = null;
	let leftMs = limits.timeoutMs;
	const put = (item: SheetMessage | Error) => {
		waiting.push(item);
		wake?.();
	};
	worker.on('message', (message: SheetMessage) => put(message));
	worker.on('error', (error) => put(asWorkbookError(error, limits)));
	worker.on('exit', (code) => put(new Error(`处理${limits.subject}的线程意外退出（代码 ${code}）`)));
	return async () => {
		if (waiting.length === 0) {
			const since = performance.now();
			await new Promise<void>((resolve) => {
				const timer = setTimeout(() => put(timeout(limits)), Math.max(0, leftMs));
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			leftMs -= performance.now() - since;
		}
		const item = waiting.shift();
		if (item === undefined || item instanceof Error) throw item ?? timeout(limits);
		return item;
	};
}

function timeout({ subject, timeoutMs }: WorkerLimits): WorkbookError {
	return new WorkbookError('TIMEOUT', `处理${subject}超过 ${Math.round(timeoutMs / 1000)} 秒，已停止`);
}

function asWorkbookError(error: unknown, { subject, heapMb }: WorkerLimits): Error {
	if ((error as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
		return new WorkbookError('OUT_OF_MEMORY', `处理${subject}所需内存超过 ${heapMb} MB，已停止`);
	}
	return error instanceof Error ? error : new Error(String(error));
}
