import type { Fields } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { apply, type ApplyOptions } from '../engine/engine';
import { within, type Row } from '../engine/store';
import { readForm, type SentFile } from './eventForm';
import type { Visit } from './site';

export type Act = {
	readonly kind: string;
	readonly event: string;
	/** Null where the event opens a paper. */
	readonly no: string | null;
	readonly fields: Fields;
	/** Fields the page fills in by itself. */
	readonly more?: Readonly<Record<string, unknown>>;
	/** Keeps files with the paper, in the same transaction, and may add their numbers to the input. */
	readonly withFiles?: (store: Visit['store'], files: readonly SentFile[], by: ApplyOptions) => Promise<Readonly<Record<string, unknown>>>;
};

export type Acted = { readonly ok: true; readonly document: Row; readonly repeated: boolean } | { readonly ok: false; readonly violation: RuleViolation; readonly values: Readonly<Record<string, unknown>> };

/**
 * Fires an event with what a form sent. Sent twice (a lost answer, a double tap) it is done once: the form carries its own key.
 * What is refused comes back with everything that was filled in.
 */
export async function act({ store, request, given, changed }: Visit, { kind, event, no, fields, more = {}, withFiles }: Act): Promise<Acted> {
	const values = { ...readForm(fields, request), ...more };
	const { key } = request.fields;
	const denied: Row[] = [];
	const options = { actor: given.actor.code, now: given.now, denied };
	try {
		const outcome = await store.transaction(async (transaction) => {
			const inside = within(transaction, store);
			const files = withFiles === undefined ? {} : await withFiles(inside, request.files, options);
			const [done] = await apply(inside, kind, event, [{ no, input: { ...values, ...files }, key: typeof key === 'string' && key !== '' ? `page:${kind}.${event}:${key}` : null }], options);
			return done;
		});
		if (outcome?.ok !== true) throw new Error('apply in mode "all" either succeeds or throws');
		if (!outcome.repeated) changed.push({ kind, event, no: String(outcome.document['no']) });
		return { ok: true, document: outcome.document, repeated: outcome.repeated };
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		await keepDenied(store, denied, no ?? '');
		return { ok: false, violation: error, values };
	}
}

/** After the act is taken back: denied is denied, and stays on record with its paper. @rule O-030 */
export async function keepDenied(store: Visit['store'], denied: readonly Row[], no: string): Promise<void> {
	if (denied.length > 0) await store.insert('denial', denied.map((row) => ({ ...row, no })));
}
