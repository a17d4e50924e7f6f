import type { Month } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { previewEvent } from './applyEvent';
import { apply, givenFor, type ApplyOptions } from './engine';
import { documentOf } from './registry';
import type { Row, Store } from './store';

/** How a month ended for an outlet. */
export type Reconciled = { readonly outlet: string; readonly statement: Row } | { readonly outlet: string; readonly refused: RuleViolation };

/** Outlets settled in one transaction, and asked for in one statement. */
const OUTLETS_AT_ONCE = 25;

/** Outlets that stated or returned something for a month. */
export async function outletsOf(store: Store, month: Month): Promise<string[]> {
	const during = [{ column: 'month', is: '=' as const, value: month }];
	return [...new Set([...(await store.distinct('usage_line', 'outlet', during)), ...(await store.distinct('old_part', 'outlet', during))])].sort();
}

/** `preview` stores nothing; `draw` stores drafts; `send` also sends them. */
export type ReconcileMode = 'preview' | 'draw' | 'send';

type Progress = (done: number, of: number) => void;

/**
 * Settles the month of all outlets; statements sent already stay as they are.
 * An outlet whose statement is refused (a price is missing, parts wait for QA) does not stop the others.
 * @rule P-041 — every outlet's usage against its returned parts, each month
 */
export async function reconcileMonth(store: Store, month: Month, mode: ReconcileMode, options: ApplyOptions, progress: Progress = () => {}): Promise<Reconciled[]> {
	const outlets = await outletsOf(store, month);
	const sentBefore = (await store.list('reconciliation', { columns: ['no', 'state'], where: [{ column: 'month', is: '=', value: month }] })).flatMap(({ no, state }) => (state === 'Draft' ? [] : [String(no)]));
	const results: Reconciled[] = (await store.load('reconciliation', 'no', sentBefore)).map((statement) => ({ outlet: String(statement['outlet']), statement }));
	const settled = new Set(results.map(({ outlet }) => outlet));
	const groups = inGroups(outlets.filter((outlet) => !settled.has(outlet)));
	const lane = async (): Promise<void> => {
		for (const group of groups) {
			const items = group.map((outlet) => ({ outlet, no: null, input: { outlet, month } }));
			results.push(...(mode === 'preview' ? await preview(store, items, options) : await draw(store, items, mode, options)));
			progress(results.length, outlets.length);
			await new Promise(setImmediate);
		}
	};
	// Two at a time: one group is judged while the database reads the next.
	await Promise.all([lane(), lane()]);
	return results.sort((one, other) => (one.outlet < other.outlet ? -1 : 1));
}

type Fired = { readonly outlet: string; readonly no: string | null; readonly input: Readonly<Record<string, unknown>> };

async function preview(store: Store, items: readonly Fired[], options: ApplyOptions): Promise<Reconciled[]> {
	const judged = await store.transaction(async (transaction) =>
		previewEvent(transaction, documentOf('reconciliation'), 'drawUp', items.map(({ input }, index) => ({ index, input })), await givenFor(transaction, options)));
	return items.map(({ outlet }, index) => {
		const row = judged.get(index) as Row | RuleViolation;
		return row instanceof RuleViolation ? { outlet, refused: row } : { outlet, statement: row };
	});
}

async function draw(store: Store, items: readonly Fired[], mode: ReconcileMode, options: ApplyOptions): Promise<Reconciled[]> {
	const drawn = await fire(store, 'drawUp', items, options);
	if (mode !== 'send') return drawn;
	const sendable = drawn.flatMap((each) => ('statement' in each ? [{ outlet: each.outlet, no: String(each.statement['no']), input: {} }] : []));
	const sent = new Map((await fire(store, 'send', sendable, options)).map((each) => [each.outlet, each]));
	return drawn.map((each) => sent.get(each.outlet) ?? each);
}

async function fire(store: Store, event: string, items: readonly Fired[], options: ApplyOptions): Promise<Reconciled[]> {
	if (items.length === 0) return [];
	const outcomes = await apply(store, 'reconciliation', event, items, { ...options, mode: 'each' });
	return items.map(({ outlet }, index) => {
		const outcome = outcomes[index] as (typeof outcomes)[number];
		return outcome.ok ? { outlet, statement: outcome.document } : { outlet, refused: outcome.violation };
	});
}

function* inGroups<T>(items: readonly T[]): Generator<readonly T[]> {
	for (let start = 0; start < items.length; start += OUTLETS_AT_ONCE) yield items.slice(start, start + OUTLETS_AT_ONCE);
}
