import { apply } from '../../engine/engine';
import type { Row, Store } from '../../engine/store';

/** Fires one event and gives the document after it; throws the refusal. */
export const acting =
	(store: () => Store, now: () => string) =>
	async (kind: string, event: string, no: string | null, input: object, actor: string, when = now()): Promise<Row> => {
		const [outcome] = await apply(store(), kind, event, [{ no, input: input as Record<string, unknown> }], { actor, now: when });
		if (outcome?.ok !== true) throw outcome?.violation ?? new Error('no outcome');
		return outcome.document;
	};
