/** Rows that are decided and stored in some 5 ms. */
const STEP = 100;
/** Work at a stretch. A request takes several turns of the event loop, each of which waits for such a stretch. */
const stretchMs = 5;

/** Works through a long list in steps, between which the thread that serves everybody answers others. */
export async function inSteps<T>(items: Iterable<T>, work: (some: readonly T[]) => void | Promise<void>): Promise<void> {
	for (const some of steps(items)) {
		await breathe();
		await work(some);
	}
}

/** When others were last let in: short pieces of work that follow each other are one stretch. */
let since = 0;

/** Lets others in after a stretch of work. */
export async function breathe(): Promise<void> {
	if (performance.now() - since <= stretchMs) return;
	// A millisecond, not just one turn: a request that came in goes through all of its turns meanwhile.
	await new Promise((resolve) => setTimeout(resolve, 1));
	since = performance.now();
}

function* steps<T>(items: Iterable<T>): Generator<T[], void, undefined> {
	let some: T[] = [];
	for (const item of items) {
		some.push(item);
		if (some.length < STEP) continue;
		yield some;
		some = [];
	}
	if (some.length > 0) yield some;
}
