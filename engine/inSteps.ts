/** Small enough to leave the thread that serves everybody free again within some 50 ms. */
const STEP = 500;

/** Works through a long list in steps, between which n8n's event loop breathes. */
export async function inSteps<T>(items: readonly T[], work: (some: readonly T[]) => void | Promise<void>): Promise<void> {
	for (let start = 0; start < items.length; start += STEP) {
		if (start > 0) await new Promise(setImmediate);
		await work(items.slice(start, start + STEP));
	}
}
