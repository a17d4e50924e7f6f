import type { Fields } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { apply } from '../engine/engine';
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
	readonly withFiles?: (store: Visit['store'], files: readonly SentFile[]) => Promise<Readonly<Record<string, unknown>>>;
};

export type Acted = { readonly ok: true; readonly document: Row; readonly repeated: boolean } | { readonly ok: false; readonly violation: RuleViolation; readonly values: Readonly<Record<string, unknown>> };

/**
 * Fires an event with what a form sent. Sent twice (a lost answer, a double tap) it is done once: the form carries its own key.
 * What is refused comes back with everything that was filled in.
 */
export async function act({ store, request, given, changed }: Visit, { kind, event, no, fields, more = {}, withFiles }: Act): Promise<Acted> {
	const values = { ...readForm(fields, request), ...more };
	const { key } = request.fields;
	const options = { actor: given.actor.code, now: given.now };
	try {
		const outcome = await store.transaction(async (transaction) => {
			const inside = within(transaction, store);
			const files = withFiles === undefined ? {} : await withFiles(inside, request.files);
			const [done] = await apply(inside, kind, event, [{ no, input: { ...values, ...files }, key: typeof key === 'string' && key !== '' ? `page:${kind}.${event}:${key}` : null }], options);
			return done;
		});
		if (outcome?.ok !== true) throw new Error('apply in mode "all" either succeeds or throws');
		changed.push({ kind, event, no: String(outcome.document['no']) });
		return { ok: true, document: outcome.document, repeated: outcome.repeated };
	} catch (error) {
		if (error instanceof RuleViolation) return { ok: false, violation: error, values };
		throw error;
	}
}
