import type { DocumentDeclaration } from '../domain/document/document';
import type { Actor } from '../domain/document/facts';
import { isInView, type Member, type Unit } from '../domain/master/unitTree';
import { readRoles, roles } from '../domain/organisation';
import { actingFor } from '../domain/technician/deputyship';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { rolesFor } from './applyEvent';
import { givenFor, type Standing } from './engine';
import { formFields, type FormField } from './formFields';
import { CODE_END } from './readInput';
import { documentOf } from './registry';
import type { Condition, Row, Store } from './store';
import { readable } from './visibility';

export type FormPage = {
	readonly formTitle: string;
	readonly formDescription: string;
	/** For the Form node's "Using JSON". */
	readonly formFields: readonly FormField[];
	/** For events that ask what their person had seen. */
	readonly preparedAt: string;
	readonly openPapers: number;
	readonly actor: string;
	readonly actorName: string;
};

const MAX_CHOICES = 500;

/**
 * A form page for an event: its fields, the papers it may work on and the people it may name to choose from.
 * @throws RuleViolation NOT_FOUND for an unknown person, NOT_ALLOWED for one without the role, CONDITION_NOT_MET when nothing is waiting
 */
export async function formPage(store: Store, document: DocumentDeclaration, eventName: string, actor: string): Promise<FormPage> {
	const event = document.events[eventName];
	if (event === undefined) throw new Error(`"${document.kind}" has no operation "${eventName}"`);
	const given = await givenFor(store, { actor, now: new Date().toISOString() });
	const allowed = rolesFor(event, given);
	if (allowed !== 'anyone' && !allowed.some((role) => given.actor.roles.includes(role)))
		throw new RuleViolation('NOT_ALLOWED', `${given.actor.name}（${actor}）不能“${event.label.zh}”`, `只有${allowed.map((role) => roles[role]).join('、')}可以操作`);
	const papers = event.from.includes('new') ? [] : await openPapers(store, document, event.from, given.actor);
	if (!event.from.includes('new') && papers.length === 0)
		throw new RuleViolation('CONDITION_NOT_MET', `目前没有可以“${event.label.zh}”的${document.label.zh}`, '有新的单据后再打开此页');
	const options = { ...(await peopleFor(store, event.input, given)), ...(await recordsFor(store, event.input, 'outlet')), ...(await recordsFor(store, event.input, 'project')), ...(await papersFor(store, event.input, given.actor)) };
	const empty = Object.entries(event.input).find(([name, field]) => field.among !== undefined && options[name]?.length === 0);
	if (empty !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `目前没有可以“${event.label.zh}”的${empty[1].label.zh}`, '有新的单据后再打开此页');
	const acting = actingFor(given.actor, allowed);
	const standIn = acting === null ? '' : `您正在代理 ${acting} 的职务。`;
	return {
		formTitle: event.label.zh,
		formDescription: `${given.actor.name}，您好。${standIn}${papers.length > 0 ? `共 ${papers.length} 件可选。` : ''}`,
		formFields: [...(papers.length > 0 ? [numberField(document, papers)] : []), ...formFields(event.input, options)],
		preparedAt: given.now,
		openPapers: papers.length,
		actor: given.actor.code,
		actorName: given.actor.name,
	};
}

/** Those that wait longest first. A technician sees his own papers only; papers about people show to who has them in his units. @rule O-001 */
async function openPapers(store: Store, document: DocumentDeclaration, from: readonly string[], actor: Actor): Promise<Row[]> {
	const rows = (await inStates(store, document, from, await readable(store, document, actor))).toReversed();
	const { owner } = document;
	if (owner !== undefined) {
		const [people, units] = [(await store.list('person', {})) as unknown as Member[], (await store.list('unit', {})) as unknown as Unit[]];
		return rows.filter((row) => isInView(actor, String(row[owner]), people, units));
	}
	const isWorker = 'technician' in document.fields && from.every((state) => state === 'Assigned');
	return isWorker ? rows.filter(({ technician }) => technician === actor.code) : rows;
}

const numberField = (document: DocumentDeclaration, papers: readonly Row[]): FormField => ({
	fieldName: 'no',
	fieldLabel: document.label.zh,
	fieldType: 'dropdown',
	requiredField: true,
	fieldOptions: { values: papers.map((row) => ({ option: optionOf(document, row) })) },
});

/** What tells a paper from another, choices in words. */
export const titleOf = (document: DocumentDeclaration, row: Row): string => (document.title ?? []).map((key) => document.fields[key]?.choices?.[String(row[key])] ?? String(row[key] ?? '')).filter((part) => part !== '').join(' ').slice(0, 60);

/** The newest, in case there are more than a drop-down can hold: papers that stay in a state would hide them. */
const inStates = (store: Store, document: DocumentDeclaration, states: readonly string[], visible: readonly Condition[] = []): Promise<Row[]> =>
	store.list(document.kind, { where: [{ column: 'state', is: 'in', value: states }, ...visible], orderBy: [{ column: 'createdAt', descending: true }, { column: 'no', descending: true }], limit: MAX_CHOICES });

/** Papers a field may name: those the person may read, the newest first. @rule O-030 */
async function papersFor(store: Store, fields: DocumentDeclaration['fields'], actor: Actor): Promise<Record<string, string[]>> {
	const options: Record<string, string[]> = {};
	for (const [name, { to, among }] of Object.entries(fields)) {
		if (to === undefined || among === undefined) continue;
		const document = documentOf(to);
		const rows = await inStates(store, document, among, await readable(store, document, actor));
		options[name] = rows.map((row) => optionOf(document, row));
	}
	return options;
}

const optionOf = (document: DocumentDeclaration, row: Row): string => `${String(row['no'])}${CODE_END}${titleOf(document, row)}`;

async function peopleFor(store: Store, fields: DocumentDeclaration['fields'], { settings, now }: Standing): Promise<Record<string, string[]>> {
	const names = Object.entries(fields).filter(([, field]) => field.kind === 'ref' && field.to === 'person');
	if (names.length === 0) return {};
	const people = await store.list('person', { where: [{ column: 'active', is: '=', value: 1 }] });
	const onShift = settings['staff.shifts'] === '是' ? await peopleOnShift(store, now) : new Set();
	const options = (role: string) =>
		people
			.filter((person) => role !== 'technician' || readRoles(String(person['roles'])).includes('technician'))
			.toSorted((a, b) => Number(onShift.has(b['no'])) - Number(onShift.has(a['no'])))
			.map((person) => `${String(person['no'])}${CODE_END}${String(person['name'])}${onShift.has(person['no']) ? '（在班）' : ''}`);
	return Object.fromEntries(names.map(([name]) => [name, options(name)]));
}

/** Outlets and projects by name; where there are none, or more than a drop-down holds, the code is typed. */
async function recordsFor(store: Store, fields: DocumentDeclaration['fields'], record: 'outlet' | 'project'): Promise<Record<string, string[]>> {
	const names = Object.entries(fields).filter(([, { kind, to }]) => kind === 'ref' && to === record).map(([name]) => name);
	if (names.length === 0) return {};
	const stored = await store.list(record, { columns: ['no', 'name'], limit: MAX_CHOICES + 1 });
	if (stored.length > MAX_CHOICES || (record === 'project' && stored.length === 0)) return {};
	const options = stored.map(({ no, name }) => `${String(no)}${CODE_END}${String(name)}`);
	return Object.fromEntries(names.map((name) => [name, options]));
}

/** @rule O-008 — those on shift stand first and are marked */
const peopleOnShift = async (store: Store, now: string): Promise<ReadonlySet<unknown>> =>
	new Set((await store.list('shift', { where: [{ column: 'fromAt', is: '<=', value: now }, { column: 'toAt', is: '>', value: now }] })).map(({ person }) => person));
