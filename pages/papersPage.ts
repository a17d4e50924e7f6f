import { randomUUID } from 'node:crypto';
import type { DocumentDeclaration, EventDeclaration } from '../domain/document/document';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { localTime } from '../domain/shared/zonedTime';
import { mayFire } from '../engine/applyEvent';
import { titleOf } from '../engine/formPage';
import { areas, documents } from '../engine/registry';
import { readable, readerFor } from '../engine/visibility';
import type { Condition, Row } from '../engine/store';
import { act } from './acting';
import { choicesFor } from './choices';
import { eventForm } from './eventForm';
import { html, type Html } from './html';
import { badge, note, refusal } from './layout';
import { navOf } from './staffPage';
import type { Shown, Visit } from './site';

const MAX = 100;

/** Files come with their paper, outlets' month sheets by workbook: not typed one by one. */
const elsewhere: readonly string[] = ['attachment', 'usage_line', 'old_part'];

/** What the signed-in person may open a paper of this kind with. */
function openingEvents({ kind, events }: DocumentDeclaration, { given }: Visit): [string, EventDeclaration][] {
	return elsewhere.includes(kind) ? [] : Object.entries(events).filter(([, event]) => event.from.includes('new') && mayFire(event, given));
}

const reads = (limits: readonly Condition[]): boolean => limits.every((limit) => !('value' in limit) || !Array.isArray(limit.value) || limit.value.length > 0);

/** Every kind of paper the person opens or has some of to read, by area. */
export async function papersPage(visit: Visit): Promise<Shown> {
	const { store, given, token } = visit;
	const cards: Html[] = [];
	const limitsOf = readerFor(store, given.actor);
	for (const { label, papers } of areas) {
		const rows: Html[] = [];
		for (const document of papers) {
			const opening = openingEvents(document, visit);
			const limits = await limitsOf(document);
			const mayList = reads(limits) && (opening.length > 0 || (await store.list(document.kind, { columns: ['no'], where: limits, limit: 1 })).length > 0);
			if (!mayList && opening.length === 0) continue;
			rows.push(html`<tr><td style="width:45%">${mayList ? html`<a href="?p=list&amp;kind=${document.kind}&amp;t=${token}">${document.label.zh}</a>` : document.label.zh}</td><td>${openingLinks(document, opening, token)}</td></tr>`);
		}
		if (rows.length > 0) cards.push(html`<div class="card"><h2>${label}</h2><table>${rows}</table></div>`);
	}
	return { title: '单据', who: `${given.actor.name}（${given.actor.code}）`, nav: navOf(visit), body: cards.length === 0 ? html`<p class="empty">没有您经办的单据</p>` : html`${cards}` };
}

const openingLinks = ({ kind }: DocumentDeclaration, opening: readonly [string, EventDeclaration][], token: string): Html =>
	html`${opening.map(([name, { label }]) => html`<a href="?p=new&amp;kind=${kind}&amp;event=${name}&amp;t=${token}">＋${label.zh}</a> `)}`;

/** The papers of one kind the person may read, the newest first; found by number, words of the title, or state. */
export async function listPage(visit: Visit): Promise<Shown> {
	const { store, request, given, token } = visit;
	const document = askedFor(visit);
	const limits = await readable(store, document, given.actor);
	if (!reads(limits)) throw new RuleViolation('NOT_ALLOWED', `${document.label.zh}不在您可以查看的范围内`, '请由经办的角色查看', 'O-030');
	const { q = '', state = '' } = request.query;
	const rows = await store.list(document.kind, { where: [...limits, ...wanted(document, q, state)], orderBy: [{ column: 'createdAt', descending: true }, { column: 'no', descending: true }], limit: MAX + 1 });
	const shown = rows.slice(0, MAX);
	return {
		title: document.label.zh,
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: navOf(visit),
		wide: true,
		body: html`<div class="card"><form method="get"><input type="hidden" name="p" value="list"><input type="hidden" name="kind" value="${document.kind}"><input type="hidden" name="t" value="${token}"><div class="two"><label class="field"><span>查找</span><input name="q" value="${q}" placeholder="编号或内容"></label><label class="field"><span>状态</span><select name="state"><option value="">全部</option>${Object.entries(document.states).map(([code, label]) => html`<option value="${code}"${code === state ? html` selected` : ''}>${label}</option>`)}</select></label></div><div class="row"><button class="plain">查找</button>${openingLinks(document, openingEvents(document, visit), token)}</div></form></div>
<div class="card">${shown.length === 0 ? html`<p class="empty">${q === '' && state === '' ? `还没有${document.label.zh}` : '没有找到，请换一个条件'}</p>` : html`<div class="scroll"><table><tr><th>编号</th><th>内容</th><th>状态</th><th>登记</th></tr>${shown.map((row) => line(document, row, visit))}</table></div>`}${rows.length > MAX ? html`<p class="soft">只列出最近 ${MAX} 件，请用查找缩小范围</p>` : ''}</div>`,
	};
}

const line = (document: DocumentDeclaration, row: Row, { token, given }: Visit): Html =>
	html`<tr><td class="nowrap"><a href="?p=work&amp;kind=${document.kind}&amp;no=${String(row['no'])}&amp;t=${token}">${String(row['no'])}</a></td><td>${titleOf(document, row)}</td><td>${badge(document.states[String(row['state'])] ?? '')}</td><td class="nowrap soft">${localTime(String(row['createdAt']), given.calendar.zone)}</td></tr>`;

function wanted(document: DocumentDeclaration, q: string, state: string): Condition[] {
	const word = q.normalize('NFKC').trim();
	const texts = (document.title ?? []).filter((key) => ['text', 'ref', 'day', 'month'].includes(document.fields[key]?.kind ?? ''));
	return [
		...(Object.hasOwn(document.states, state) ? [{ column: 'state', is: '=' as const, value: state }] : []),
		...(word === '' ? [] : [{ column: ['no', ...texts], is: 'like' as const, value: `%${word.replace(/[\\%_]/g, '\\$&')}%` }]),
	];
}

/** The form that opens a paper. */
export async function newPage(visit: Visit): Promise<Shown> {
	const { request, given, token } = visit;
	const document = askedFor(visit);
	const name = request.query['event'] ?? '';
	const [, event] = openingEvents(document, visit).find(([each]) => each === name) ?? [];
	if (event === undefined) throw new RuleViolation('NOT_ALLOWED', `${given.actor.name}（${given.actor.code}）不能在这里开立${document.label.zh}`, '请从“单据”页选择可以开立的单据', 'O-030');
	const frame = { title: `${document.label.zh}：${event.label.zh}`, who: `${given.actor.name}（${given.actor.code}）`, nav: navOf(visit) };
	const form = async (message: Html, values: Readonly<Record<string, unknown>>): Promise<Shown> => ({
		...frame,
		body: html`${message}<div class="card"><form method="post"><input type="hidden" name="key" value="${randomUUID()}">${eventForm(event.input, { zone: given.calendar.zone, choices: await choicesFor(visit, event.input, null), values })}<button>${event.label.zh}</button></form></div>${document.kind === 'hotline_call' ? await hotlineGuide(visit) : ''}`,
	});
	if (request.method === 'GET') return await form(html``, { ...ownFields(event, visit), ...request.query });
	const acted = await act(visit, { kind: document.kind, event: name, no: null, fields: event.input });
	if (!acted.ok) return await form(note(refusal(acted.violation), 'bad'), acted.values);
	const no = String(acted.document['no']);
	const again = html`<a class="button plain" href="?p=new&amp;kind=${document.kind}&amp;event=${name}&amp;t=${token}">再登记一张</a>`;
	return { ...frame, body: html`${note(`${no} 已登记${acted.repeated ? '（刚才已经收到，没有重复登记）' : ''}`, 'ok')}<p class="row"><a class="button" href="?p=work&amp;kind=${document.kind}&amp;no=${no}&amp;t=${token}">打开 ${no}</a>${again}</p>` };
}

const MAX_GUIDE = 200;

/** What to say and whom to pass on to, beside the form of a call. @rule S-033 */
async function hotlineGuide({ store }: Visit): Promise<Html> {
	const entries = await store.list('hotline_guide', { orderBy: [{ column: 'no' }], limit: MAX_GUIDE });
	if (entries.length === 0) return html`<p class="soft">还没有咨询操作指引；请管理员在基础资料的“热线电话咨询操作指引”表中登记。</p>`;
	return html`<div class="card"><h2>咨询操作指引</h2>${entries.map(({ question, answer, forwardTo }) => html`<details><summary>${String(question)}</summary><p>${String(answer)}</p>${forwardTo === null ? '' : html`<p class="soft">转交：${String(forwardTo)}</p>`}</details>`)}</div>`;
}

/** The person himself where the paper is his own; today where a day is asked. */
const ownFields = ({ input }: EventDeclaration, { given }: Visit): Record<string, string> =>
	Object.fromEntries(Object.entries(input).flatMap(([key, field]) => (['technician', 'person', 'director'].includes(key) && field.to === 'person' ? [[key, given.actor.code]] : key === 'day' ? [[key, given.today]] : [])));

function askedFor({ request }: Visit): DocumentDeclaration {
	const kind = request.query['kind'] ?? '';
	const found = documents.find((document) => document.kind === kind);
	if (found === undefined) throw new RuleViolation('NOT_FOUND', `没有“${kind}”这种单据`, '请从“单据”页重新打开');
	return found;
}
