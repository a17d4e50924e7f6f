import { randomUUID } from 'node:crypto';
import type { Actor, Given } from '../domain/document/facts';
import type { Instant } from '../domain/document/fields';
import { readRoles } from '../domain/organisation';
import { defaultSettings } from '../domain/settings';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { dayOf } from '../domain/shared/zonedTime';
import { applyEvent, type EventItem, ItemRefusals, type Outcome } from './applyEvent';
import { withLentRoles } from './deputies';
import { documentOf } from './registry';
import { settingsAt } from './settingsAt';
import type { Row, Store, Transaction } from './store';
import { workCalendarOf } from './workCalendarOf';

/** Acts by itself: schedules and imports. */
export const SYSTEM = 'system';

/** What all rules of a batch are given. */
export type Standing = Omit<Given, 'no'>;

export type ApplyOptions = {
	/** Staff no of who acts; `system` for flows. */
	readonly actor: string;
	readonly now: Instant;
	/** `each` drops refused items and keeps the rest; `all` (default) stores nothing if one is refused. */
	readonly mode?: 'all' | 'each';
	/** Collects denied acts for a caller whose own transaction may be taken back; he keeps them. */
	readonly denied?: Row[];
};

/**
 * Fires one event of one kind of document for any number of items, in one transaction with all consequences,
 * in a number of statements that depends on chunks, not items.
 * @returns one outcome per item, in order; in mode `all` a refusal throws instead
 * @throws RuleViolation (mode `all`, with `index` of the item), StoreError
 */
export async function apply(store: Store, kind: string, event: string, items: readonly EventItem[], options: ApplyOptions): Promise<Outcome[]> {
	const document = documentOf(kind);
	const refused = new Map<number, RuleViolation>();
	for (let conflicts = 0; ; ) {
		const open = items.map((item, index) => ({ ...item, index })).filter(({ index }) => !refused.has(index));
		try {
			const done = await store.transaction(async (transaction) => {
				const given = await givenFor(transaction, options);
				return await applyEvent(transaction, document, event, open, given);
			});
			return items.map((_item, index) => {
				const violation = refused.get(index);
				return violation === undefined ? { ok: true, ...(done.get(index) as { document: Row; repeated: boolean }) } : { ok: false, violation };
			});
		} catch (error) {
			if (isConflict(error) && ++conflicts <= MAX_CONFLICTS) continue;
			if (!(error instanceof ItemRefusals)) throw error;
			await recordDenials(store, kind, event, error, options);
			const [first] = error.refusals;
			if (options.mode !== 'each' && first !== undefined) throw Object.assign(first[1], { index: first[0] });
			for (const [index, violation] of error.refusals) refused.set(index, violation);
		}
	}
}

/** Another process wrote the same paper or code at the same moment: the second look sees what it wrote. */
const isConflict = (error: unknown): boolean => (error as { code?: unknown }).code === 'DATABASE_CONFLICT';
const MAX_CONFLICTS = 5;

/** What every rule is given: the acting person, the settings and the calendar of the day. */
export async function givenFor(transaction: Transaction, { actor, now }: ApplyOptions): Promise<Standing> {
	const settings = await settingsAt(transaction, dayOf(now, defaultSettings['general.timezone']));
	const calendar = workCalendarOf(settings);
	return { now, today: dayOf(now, calendar.zone), settings, calendar, actor: await actorOf(transaction, actor, now) };
}

/** The zone people read times in. */
export const companyZone = async (transaction: Transaction): Promise<string> =>
	(await settingsAt(transaction, dayOf(new Date().toISOString(), defaultSettings['general.timezone'])))['general.timezone'];

async function actorOf(transaction: Transaction, code: string, now: Instant): Promise<Actor> {
	if (code === SYSTEM) return { code, name: '系统', roles: ['system'], unit: null };
	const found = await transaction.load('person', 'no', [code, code.toUpperCase()]);
	const person = found.find(({ no }) => no === code) ?? found[0];
	if (person === undefined || person['active'] !== true)
		throw new RuleViolation('NOT_FOUND', `没有工号为“${code}”的在职人员`, '请核对工号，或先在人员资料中登记', 'O-001');
	const own = { code: String(person['no']), name: String(person['name']), roles: readRoles(String(person['roles'])), unit: (person['unit'] as string | null) ?? null };
	return await withLentRoles(transaction, own, now);
}

/** Denied acts are kept outside the rolled-back transaction. @rule O-030 @rule V-022 — assignment by another role is denied and audited */
async function recordDenials(store: Store, kind: string, event: string, { refusals }: ItemRefusals, { actor, now, denied: collected }: ApplyOptions): Promise<void> {
	const denied = refusals.filter(([, { code }]) => code === 'NOT_ALLOWED');
	if (denied.length === 0) return;
	const rows = denied.map(([, { message }]) => ({ id: randomUUID(), at: now, actor, kind, no: '', event, reason: message }));
	if (collected === undefined) await store.insert('denial', rows);
	else collected.push(...rows);
}

/**
 * Fires the events of clocks whose limit has passed, each once; after downtime all that were missed.
 * @returns the documents changed, by kind and event
 */
export async function fireDueClocks(store: Store, now: Instant): Promise<{ kind: string; event: string; no: string }[]> {
	const due = await store.list('clock', { where: [{ column: 'state', is: '=', value: 'running' }, { column: 'dueAt', is: '<', value: now }], orderBy: [{ column: 'dueAt' }], limit: 5000 });
	const fired: { kind: string; event: string; no: string }[] = [];
	for (const group of Map.groupBy(due, ({ kind, fires }) => `${String(kind)} ${String(fires)}`).values()) {
		const { kind, fires } = group[0] as Row;
		const items = group.map(({ no, name, dueAt }) => ({ no: String(no), input: {}, key: `clock:${String(kind)}:${String(no)}:${String(name)}:${String(dueAt)}` }));
		const outcomes = await apply(store, String(kind), String(fires), items, { actor: SYSTEM, now, mode: 'each' });
		// A limit set back to a moment already acted on has nothing more to fire.
		const done = group.filter((_clock, index) => outcomes[index]?.ok === true && (outcomes[index] as { repeated: boolean }).repeated);
		if (done.length > 0) await store.replace('clock', done.map((clock) => ({ ...clock, state: 'stopped' })));
		outcomes.forEach((outcome, index) => outcome.ok && !outcome.repeated && fired.push({ kind: String(kind), event: String(fires), no: (items[index] as { no: string }).no }));
	}
	return fired;
}
