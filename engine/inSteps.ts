/** Rows that are decided and stored in some 15 ms. */
const STEP = 250;
/** Work at a stretch. A request takes several turns of the event loop, each of which waits for such a stretch. */
const stretchMs = 10;

/** Works through a long list in steps, between which the thread that serves everybody answers others. */
export async function inSteps<T>(items: readonly T[], work: (some: readonly T[]) => void | Promise<void>): Promise<void> {
	let since = performance.now();
	for (let start = 0; start < items.length; start += STEP) {
		if (performance.now() - since > stretchMs) {
			// A millisecond, not just one turn: a request that came in goes through all of its turns meanwhile.
			await new Promise((resolve) => setTimeout(resolve, 1));
			since = performance.now();
		}
		await work(items.slice(start, start + STEP));
	}
}
