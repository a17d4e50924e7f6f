import { randomUUID } from 'node:crypto';
import type { DocumentDeclaration } from '../domain/document/document';
import type { Field } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { mayFire } from '../engine/applyEvent';
import { present } from '../engine/present';
import { documents } from '../engine/registry';
import type { Row } from '../engine/store';
import { act } from './acting';
import { choicesFor } from './choices';
import { eventForm } from './eventForm';
import { html, type Html } from './html';
import { badge, facts, note, refusal } from './layout';
import { checkReadable, filesOf, printLinks } from './printPage';
import { navOf } from './staffPage';
import type { Shown, Visit } from './site';

/** Any paper: what it says, and what the signed-in person may do with it now. */
export async function workPage(visit: Visit): Promise<Shown> {
	const { store, request, given, token } = visit;
	const { document, row } = await paperOf(visit);
	const no = String(row['no']);
	const chosen = String(request.fields['event'] ?? '');
	if (request.method === 'POST') {
		const event = Object.hasOwn(document.events, chosen) ? document.events[chosen] : undefined;
		if (event === undefined) throw new RuleViolation('NOT_FOUND', `${document.label.zh}没有“${chosen}”这个操作`, '请重新打开单据');
		const { seenAt } = request.fields;
		const acted = await act(visit, { kind: document.kind, event: chosen, no, fields: event.input, ...('seenAt' in event.input && typeof seenAt === 'string' ? { more: { seenAt } } : {}) });
		if (acted.ok) return { goTo: { p: 'work', kind: document.kind, no, t: token, done: chosen } };
		const [fresh] = await store.load(document.kind, 'no', [no]);
		const message = acted.violation.code === 'WRONG_STATE' ? note(html`这张单据刚刚变了，请按现在的状态操作<br>${refusal(acted.violation)}`, 'warn') : note(refusal(acted.violation), 'bad');
		return await shown(visit, document, fresh ?? row, { message, chosen, values: acted.values });
	}
	const done = document.events[request.query['done'] ?? '']?.label.zh;
	return await shown(visit, document, row, { message: done === undefined ? html`` : note(`“${done}”已完成`, 'ok') }, given.calendar.zone);
}

/** The paper asked for, if the signed-in person may read it. */
async function paperOf({ store, request, given }: Visit): Promise<{ document: DocumentDeclaration; row: Row }> {
	const document = documents.find(({ kind }) => kind === request.query['kind']);
	const no = request.query['no'] ?? '';
	const [row] = document === undefined ? [] : await store.load(document.kind, 'no', [no]);
	if (document === undefined || row === undefined) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的单据`, '请核对编号');
	await checkReadable({ store, given }, document.kind, no);
	return { document, row };
}

type Said = { readonly message: Html; readonly chosen?: string; readonly values?: Readonly<Record<string, unknown>> };

async function shown(visit: Visit, document: DocumentDeclaration, row: Row, { message, chosen, values }: Said, zone = visit.given.calendar.zone): Promise<Shown> {
	const { given } = visit;
	const events = actionsOn(document, row, visit);
	const view = present(document, row, zone);
	const forms: Html[] = [];
	for (const [name, event] of events) {
		const choices = await choicesFor(visit, event.input, row);
		forms.push(
			html`<details${name === chosen ? ' open' : ''}><summary>${event.label.zh}</summary><form method="post"><input type="hidden" name="event" value="${name}"><input type="hidden" name="key" value="${randomUUID()}"><input type="hidden" name="seenAt" value="${given.now}">${eventForm(event.input, { zone, choices, values: name === chosen ? (values ?? {}) : startValues(event.input, row) })}<button>${event.label.zh}</button></form></details>`,
		);
	}
	return {
		title: `${document.label.zh} ${String(row['no'])}`,
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: navOf(visit),
		wide: true,
		body: html`${message}<div class="sides"><div class="card"><p>${badge(String(view['stateLabel']))} ${row['breached'] === true ? badge('超时', 'bad') : ''} </p>${facts(factsOf(document, view, row))}${printLinks(document.kind, String(row['no']), visit.token)}</div><div class="card"><h2>可以做的操作</h2>${forms.length === 0 ? html`<p class="empty">现在没有您可以做的操作</p>` : forms}</div></div>${await filesOf(visit, String(row['no']))}`,
	};
}

/** Events of this state that the person's roles allow; those that move the paper on come first. */
function actionsOn(document: DocumentDeclaration, row: Row, { given }: Visit): [string, DocumentDeclaration['events'][string]][] {
	const rank = ([name, { to }]: [string, DocumentDeclaration['events'][string]]) => (name === 'void' ? 2 : (to as readonly unknown[]).includes(row['state']) ? 1 : 0);
	return Object.entries(document.events).sort((one, other) => rank(one) - rank(other)).filter(([, event]) => {
		return (event.from as readonly unknown[]).includes(row['state']) && mayFire(event, given);
	});
}

/** What is on file already is not typed again; reasons and appointments are given anew. */
const startValues = (fields: DocumentDeclaration['fields'], row: Row): Record<string, unknown> => Object.fromEntries(Object.keys(fields).flatMap((key) => (row[key] === undefined || ['reason', 'overrideReason', 'appointFrom', 'appointTo', 'companions', 'plannedAt'].includes(key) ? [] : [[key, row[key]]])));

/** Every field that says something, in the order of the declaration; how things were counted stays with the explanation. */
function factsOf(document: DocumentDeclaration, view: Readonly<Record<string, unknown>>, row: Row): (readonly [string, string])[] {
	const lines = Object.entries(document.fields).flatMap(([key, field]): (readonly [string, string])[] => {
		const text = textOf(key, field, view);
		return text === null ? [] : [[field.label.zh, text]];
	});
	const why = view['dueWhy'];
	return [...lines, ...(typeof why === 'string' ? ([['为什么是这个期限', why]] as const) : []), ['登记', `${String(row['createdBy'])}`]];
}

function textOf(key: string, field: Field, view: Readonly<Record<string, unknown>>): string | null {
	const value = view[key];
	if (field.internal === true || value === null || value === undefined || field.kind === 'data' || value === false) return null;
	if (field.kind === 'lines') return (value as Record<string, unknown>[]).map((line) => Object.entries(field.of ?? {}).map(([name, { kind }]) => (kind === 'fen' ? `${(Number(line[name]) / 100).toFixed(2)} 元` : String(line[name] ?? ''))).join(' ')).join('；') || null;
	if (field.kind === 'flag') return '是';
	const shown = view[`${key}Label`] ?? view[`${key}Local`];
	if (shown !== undefined) return String(shown);
	return field.kind === 'fen' ? `${String(view[`${key}Yuan`])} 元` : String(value);
}
