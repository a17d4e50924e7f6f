import type { By, Change, Consequence, DocumentDeclaration, DocumentOf, EventDeclaration, Numbering, Shape } from '../domain/document/document';
import type { Facts, Given } from '../domain/document/facts';
import { roles, type Role } from '../domain/organisation';
import { actingFor } from '../domain/technician/deputyship';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { loadFacts } from './loadFacts';
import { refuseForeign } from './ownPapers';
import { readInput } from './readInput';
import { documentOf } from './registry';
import { saveRecords } from './saveRecords';
import type { Row, Transaction } from './store';
import { writeNotices } from './notices';

/** `key`: the same key twice changes nothing and gives the first answer. */
export type EventItem = { readonly no?: string | null; readonly input: Readonly<Record<string, unknown>>; readonly key?: string | null };

export type Outcome =
	| { readonly ok: true; readonly document: Row; /** The key was known: nothing changed. */ readonly repeated: boolean }
	| { readonly ok: false; readonly violation: RuleViolation };

/** Refusals of some items of a batch, by index: the transaction is rolled back. */
export class ItemRefusals extends Error {
	constructor(readonly refusals: readonly (readonly [number, RuleViolation])[]) {
		super(refusals[0]?.[1].message);
	}
}

type Indexed = EventItem & { readonly index: number };
/** As the rule will see it; the refusal if it cannot be read. */
type Read = Indexed & { readonly read: Record<string, unknown> | RuleViolation };
type Base = Omit<Given, 'no'>;
type Document = DocumentOf<Shape>;
type Event = EventDeclaration;
type Done = Map<number, { document: Row; repeated: boolean }>;

/** An item on its way: input read, document loaded, number known. */
type Prepared = { readonly index: number; readonly key: string | null; readonly no: string; readonly stored: Document | null; readonly input: Record<string, unknown> };

const MAX_DEPTH = 6;
/** Items handled between two breaths of n8n's event loop. */
const CHUNK = 1000;

/** Fires an event for a batch inside a transaction; items of the same document take turns. */
export async function applyEvent(transaction: Transaction, document: DocumentDeclaration, eventName: string, items: readonly Indexed[], given: Base, depth = 0): Promise<Done> {
	if (depth > MAX_DEPTH) throw new Error(`consequences of ${document.kind}.${eventName} run deeper than ${MAX_DEPTH}`);
	const event = document.events[eventName];
	if (event === undefined) throw new Error(`"${document.kind}" has no event "${eventName}"`);
	const done: Done = new Map();
	for (const round of takeTurns(document, event, items.map((item) => ({ ...item, read: attemptRead(event, item, given) })))) {
		for (let start = 0; start < round.length; start += CHUNK) {
			const batch = new Batch(transaction, document, eventName, event, given, depth);
			await batch.run(round.slice(start, start + CHUNK), done);
			if (round.length > CHUNK) await new Promise(setImmediate);
		}
	}
	return done;
}

/** What an event would make of these documents: judged, nothing written, no consequence. For events that number their papers by what they are about. */
export async function previewEvent(transaction: Transaction, document: DocumentDeclaration, eventName: string, items: readonly Indexed[], given: Base): Promise<Map<number, Row | RuleViolation>> {
	const event = document.events[eventName];
	if (event === undefined) throw new Error(`"${document.kind}" has no event "${eventName}"`);
	return await new Batch(transaction, document, eventName, event, given, 0).judge(items.map((item) => ({ ...item, read: attemptRead(event, item, given) })));
}

/** Splits items so that no round touches a document, a natural number or a key twice. */
function takeTurns(document: DocumentDeclaration, event: Event, items: readonly Read[]): Read[][] {
	const rounds: Read[][] = [];
	const next = new Map<string, number>();
	for (const item of items) {
		const input = item.read instanceof RuleViolation ? {} : item.read;
		const shared = [item.key, item.no ?? naturalNumber(document, event, input), ...(event.takeTurns?.(input) ?? [])];
		const names = shared.filter((name): name is string => typeof name === 'string' && name !== '');
		const round = Math.max(0, ...names.map((name) => next.get(name) ?? 0));
		for (const name of names) next.set(name, round + 1);
		(rounds[round] ??= []).push(item);
	}
	return rounds;
}

function attemptRead(event: Event, { input }: Indexed, { calendar }: Base): Read['read'] {
	try {
		return readInput(event.input, input, calendar.zone);
	} catch (error) {
		if (error instanceof RuleViolation) return error;
		throw error;
	}
}

function naturalNumber(document: DocumentDeclaration, event: Event, input: Readonly<Record<string, unknown>>): string | null {
	if (!event.from.includes('new') || typeof document.number !== 'function') return null;
	const number = document.number(input);
	return typeof number === 'string' ? number : null;
}

class Batch {
	private readonly refusals: [number, RuleViolation][] = [];

	constructor(
		private readonly transaction: Transaction,
		private readonly document: DocumentDeclaration,
		private readonly eventName: string,
		private readonly event: Event,
		private readonly given: Base,
		private readonly depth: number,
	) {}

	async run(items: readonly Read[], done: Done): Promise<void> {
		if (this.depth === 0) this.refuseStrangers(items);
		const fresh = await this.answerRepeated(items, done);
		const prepared = await this.prepare(fresh);
		this.throwRefusals();
		const changes = await this.decide(prepared);
		this.throwRefusals();
		await this.write(changes, done);
		await this.follow(changes);
	}

	async judge(items: readonly Read[]): Promise<Map<number, Row | RuleViolation>> {
		this.refuseStrangers(items);
		const prepared = await this.prepare(items);
		const judged = new Map<number, Row | RuleViolation>((await this.decide(prepared)).map(({ item, row }) => [item.index, row]));
		for (const [index, violation] of this.refusals) judged.set(index, violation);
		return judged;
	}

	/** @rule O-001 @rule O-030 — events are fired by the roles their declaration names; consequences need no role of their own @rule O-006 — here, below every form and node */
	private refuseStrangers(items: readonly Read[]): void {
		const { actor } = this.given;
		const allowed = rolesFor(this.event, this.given);
		if (allowed === 'anyone' || allowed.some((role) => actor.roles.includes(role))) return;
		const violation = new RuleViolation(
			'NOT_ALLOWED',
			`${actor.name}（${actor.code}）不能“${this.event.label.zh}”`,
			allowed.length === 0 ? '它只随其他单据自动发生' : `只有${allowed.map((role) => roles[role]).join('、')}可以操作；请换有权限的人员，或在人员资料中加上角色`,
		);
		throw new ItemRefusals(items.map(({ index }) => [index, violation]));
	}

	private async answerRepeated(items: readonly Read[], done: Done): Promise<readonly Read[]> {
		const keys = items.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
		if (keys.length === 0) return items;
		const known = new Map((await this.transaction.load('request', 'key', keys)).map((row) => [row['key'], String(row['no'])]));
		if (known.size === 0) return items;
		const documents = new Map((await this.transaction.load(this.document.kind, 'no', [...known.values()])).map((row) => [row['no'], row]));
		return items.filter(({ index, key }) => {
			const document = documents.get(known.get(key));
			if (document !== undefined) done.set(index, { document, repeated: true });
			return document === undefined;
		});
	}

	private async prepare(items: readonly Read[]): Promise<Prepared[]> {
		const read = items.flatMap((item) => this.attempt(item.index, () => ({ item, input: readOf(item) })));
		for (const { item, input } of read)
			if (item.no == null && !this.event.from.includes('new') && naturalNumber(this.document, this.event, input) === null) this.refusals.push([item.index, new RuleViolation('NOT_FOUND', `没有指明要“${this.event.label.zh}”的${this.document.label.zh}`, '请选择单据')]);
		this.throwRefusals();
		const wanted = read.flatMap(({ item, input }) => item.no ?? naturalNumber(this.document, this.event, input) ?? []);
		const stored = new Map((await this.transaction.load(this.document.kind, 'no', wanted, 'lock')).map((row) => [String(row['no']), row as unknown as Document]));
		this.throwRefusals();
		const numbers = await this.drawNumbers(read.filter(({ item, input }) => item.no == null && naturalNumber(this.document, this.event, input) === null).map(({ input }) => input));
		return read.flatMap(({ item, input }) =>
			this.attempt(item.index, () => {
				const no = item.no ?? naturalNumber(this.document, this.event, input) ?? (numbers.next().value as string);
				const document = stored.get(no) ?? null;
				if (this.depth === 0) refuseForeign(this.document, rolesFor(this.event, this.given), this.given.actor, { no, stored: document, input });
				this.checkState(document, no);
				return { index: item.index, key: item.key ?? null, no, stored: document, input };
			}),
		);
	}

	private checkState(stored: Document | null, no: string): void {
		const { from, label } = this.event;
		const name = this.document.label.zh;
		if (stored === null) {
			if (from.includes('new')) return;
			throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的${name}`, '请核对编号');
		}
		if ((from as readonly string[]).includes(stored.state)) return;
		const state = this.document.states[stored.state];
		if (from.includes('new')) throw new RuleViolation('ALREADY_EXISTS', `${name} ${no} 已存在（${state}）`, '同一事项只登记一次；需要更正请先作废再重新登记');
		throw new RuleViolation(
			'WRONG_STATE',
			`${name} ${no} 现在是“${state}”，不能“${label.zh}”`,
			`只有“${from.flatMap((each) => this.document.states[each] ?? []).join('”“')}”状态可以；请先查看单据当前状态`,
		);
	}

	/** Serials in input order; one statement for each range. @rule M-102 */
	private async drawNumbers(inputs: readonly Record<string, unknown>[]): Promise<Iterator<string>> {
		const ranges = inputs.map((input) => {
			const numbering = typeof this.document.number === 'function' ? (this.document.number(input) as Numbering) : this.document.number;
			return { numbering, period: periodOf(numbering, this.given.today) };
		});
		const next = new Map<string, number>();
		for (const [code, group] of Map.groupBy(ranges, ({ numbering, period }) => `${this.document.kind} ${numbering.prefix} ${period}`)) {
			const [first] = group;
			const last = await this.transaction.drawNumbers(`${this.document.kind}:${first?.numbering.prefix}`, first?.period ?? '', group.length);
			next.set(code, last - group.length + 1);
		}
		return ranges
			.map(({ numbering, period }) => {
				const code = `${this.document.kind} ${numbering.prefix} ${period}`;
				const serial = next.get(code) as number;
				next.set(code, serial + 1);
				return `${numbering.prefix}${period}-${String(serial).padStart(numbering.digits, '0')}`;
			})
			.values();
	}

	private async decide(items: readonly Prepared[]): Promise<{ item: Prepared; change: Change<Shape>; row: Row }[]> {
		const { event, given } = this;
		const empty = blank(this.document, given);
		const documents = items.map(({ stored, no }) => stored ?? { ...empty, no });
		const first = await loadFacts(this.transaction, items.map(({ input }, index) => event.facts?.(input as never, documents[index] as Document) ?? {}));
		const facts = items.map(({ no }, index): Facts => ({ ...given, no, ...first[index] }) as Facts);
		const more = await loadFacts(this.transaction, items.map(({ input }, index) => event.moreFacts?.(input as never, facts[index] as Facts) ?? {}));
		return items.flatMap((item, index) =>
			this.attempt(item.index, () => {
				const document = documents[index] as Document;
				const change = event.rule(document, item.input as never, { ...(facts[index] as Facts), ...more[index] } as Facts);
				return { item, change, row: this.changed(document, change) };
			}),
		);
	}

	/** The document after the change; what its declaration demands must be there. */
	private changed(document: Document, change: Change<Shape>): Row {
		const { kind, fields } = this.document;
		const row: Record<string, unknown> = { ...document, ...change.set, state: change.to ?? this.event.to[0], version: document.version + 1, updatedAt: this.given.now };
		for (const key in fields) {
			if (row[key] === undefined) row[key] = null;
			if (row[key] === null && fields[key]?.optional === false) throw new Error(`${kind}.${this.eventName} leaves "${key}" empty`);
		}
		if (!(this.event.to as readonly unknown[]).includes(row['state'])) throw new Error(`${kind}.${this.eventName} may not lead to "${String(row['state'])}"`);
		return row;
	}

	private async write(changes: readonly { item: Prepared; change: Change<Shape>; row: Row }[], done: Done): Promise<void> {
		const { transaction, document, eventName, given } = this;
		const created = changes.filter(({ item }) => item.stored === null).map(({ row }) => row);
		const updated = changes.filter(({ item }) => item.stored !== null).map(({ row }) => row);
		if (created.length > 0) await transaction.insert(document.kind, created);
		if (updated.length > 0) await transaction.replace(document.kind, updated);
		const acting = actingFor(given.actor, rolesFor(this.event, given));
		await transaction.insert('audit', changes.map(({ item, row }) => ({
			kind: document.kind,
			no: item.no,
			version: row['version'],
			at: given.now,
			actor: given.actor.code,
			event: eventName,
			fromState: item.stored?.state ?? null,
			toState: row['state'],
			input: item.input,
			acting,
		})));
		const keyed = changes.filter(({ item }) => item.key !== null);
		if (keyed.length > 0) await transaction.insert('request', keyed.map(({ item }) => ({ key: item.key, kind: document.kind, no: item.no, event: eventName, at: given.now })));
		await this.setClocks(changes);
		for (const { item, row } of changes) done.set(item.index, { document: row, repeated: false });
	}

	/** A clock runs while its document is in one of its states; otherwise it stands. */
	private async setClocks(changes: readonly { item: Prepared; row: Row }[]): Promise<void> {
		const { kind, clocks } = this.document;
		for (const name in clocks) {
			const clock = clocks[name];
			if (clock === undefined) continue;
			const rows = changes.flatMap(({ item, row }) => {
				const isRunning = (clock.during as readonly unknown[]).includes(row['state']);
				const dueAt = isRunning ? clock.due(row as never) : null;
				const wasSet = item.stored !== null;
				return dueAt === null && !wasSet ? [] : [{ kind, no: item.no, name, fires: clock.fires, dueAt, state: dueAt === null ? 'stopped' : 'running' }];
			});
			if (rows.length > 0) await this.transaction.replace('clock', rows);
		}
	}

	/** Carries out the consequences of all changes, grouped so that they too are batches. */
	private async follow(changes: readonly { item: Prepared; change: Change<Shape> }[]): Promise<void> {
		const then = changes.flatMap(({ item, change }) => (change.then ?? []).map((consequence) => ({ index: item.index, consequence })));
		for (const group of Map.groupBy(then, ({ consequence }) => groupOf(consequence)).values()) {
			const [first] = group;
			if (first?.consequence.does === 'save') {
				await saveRecords(this.transaction, first.consequence.kind, group.map(({ consequence }) => consequence as Consequence & { does: 'save' }), this.given);
			} else if (first !== undefined) {
				const items = group.map(({ index, consequence }) => ({ ...(consequence as Consequence & { does: 'fire' }), index }));
				await applyEvent(this.transaction, documentOf(first.consequence.kind), (first.consequence as { event: string }).event, items, this.given, this.depth + 1);
			}
		}
		await writeNotices(this.transaction, changes.flatMap(({ change }) => change.notices ?? []), this.given.now);
	}

	private attempt<T>(index: number, work: () => T): T[] {
		try {
			return [work()];
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			this.refusals.push([index, error]);
			return [];
		}
	}

	private throwRefusals(): void {
		if (this.refusals.length > 0) throw new ItemRefusals(this.refusals);
	}
}

/** Who may fire an event by itself; nobody when it is a consequence only. */
export function rolesFor({ by }: Event, given: Base): readonly Role[] | 'anyone' {
	if (by === 'consequence') return [];
	return by.length === 0 ? 'anyone' : by.map((each) => roleOf(each, given));
}

/** Whether the actor's roles let him fire an event of his own accord; what anybody or only a consequence may is nobody's work. */
export function mayFire(event: Event, given: Base): boolean {
	const allowed = rolesFor(event, given);
	return allowed !== 'anyone' && allowed.some((role) => given.actor.roles.includes(role));
}

function readOf({ read }: Read): Record<string, unknown> {
	if (read instanceof RuleViolation) throw read;
	return read;
}

const roleOf = (by: By, given: Base): Role => (typeof by === 'string' ? by : (given.settings[by.setting] as Role));

const groupOf = (consequence: Consequence): string => (consequence.does === 'save' ? `save ${consequence.kind}` : `fire ${consequence.kind} ${consequence.event}`);

const periodOf = ({ period }: Numbering, today: string): string => {
	const digits = today.replaceAll('-', '');
	return period === 'day' ? digits : period === 'month' ? digits.slice(0, 6) : digits.slice(0, 4);
};

const blank = (document: DocumentDeclaration, { now, actor }: Base): Document => ({
	...Object.fromEntries(Object.keys(document.fields).map((key) => [key, null])),
	no: '',
	state: 'new',
	version: 0,
	createdAt: now,
	createdBy: actor.code,
	updatedAt: now,
});
