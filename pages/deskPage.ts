import { randomUUID } from 'node:crypto';
import type { RowOfRecord } from '../domain/document/document';
import type { asset, contract, customer } from '../domain/master/records';
import { call as callDeclaration, type Call } from '../domain/service/call';
import { arrivalDue, explainArrival } from '../domain/service/arrivalLimit';
import { diagnose, firstQuestion } from '../domain/service/faultTree';
import { proposeServiceType, serviceTypes } from '../domain/service/proposeServiceType';
import { registration } from '../domain/service/registration';
import { repeatedCall } from '../domain/service/registerCall';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { localTime } from '../domain/shared/zonedTime';
import type { Role } from '../domain/organisation';
import { rolesFor } from '../engine/applyEvent';
import { findCallers, type Caller } from '../engine/findCallers';
import { documentOf } from '../engine/registry';
import type { Row } from '../engine/store';
import { outside } from '../engine/readers';
import { mayRead, readable } from '../engine/visibility';
import { act } from './acting';
import { choicesFor } from './choices';
import { eventForm } from './eventForm';
import { html, type Html } from './html';
import { badge, facts, note, refusal } from './layout';
import { checkReadable } from './printPage';
import { navOf } from './staffPage';
import type { Shown, Visit } from './site';

/** The reception desk: find the caller, see what is on file, register the call, look for the fault on the phone. */
export async function deskPage(visit: Visit): Promise<Shown> {
	const { request, given } = visit;
	if (rolesAtDesk(visit).length === 0) throw new RuleViolation('NOT_ALLOWED', `${given.actor.name}（${given.actor.code}）不能登记叫修`, '报修登记由业务员或客服办理');
	const { query } = request;
	const body = query['diagnose'] !== undefined ? await diagnosis(visit, query['diagnose']) : request.method === 'POST' || query['new'] !== undefined ? await newCall(visit) : await start(visit);
	return 'goTo' in body ? body : { title: '报修登记', who: `${given.actor.name}（${given.actor.code}）`, nav: navOf(visit), body };
}

/** What is on file about customers is for those who answer their calls; an outlet only registers. @rule O-030 */
const maySearch = (visit: Visit): boolean => rolesAtDesk(visit).some((role) => !outside.includes(role));

/** The roles by which the signed-in person registers calls. */
function rolesAtDesk({ given }: Visit): readonly Role[] {
	const { register } = documentOf('call').events;
	const allowed = register === undefined ? [] : rolesFor(register, given);
	return given.actor.roles.filter((role) => allowed === 'anyone' || allowed.includes(role));
}

async function start(visit: Visit): Promise<Html> {
	const { request, given, token } = visit;
	const done = request.query['registered'];
	const registered = done === undefined ? null : await readCall(visit, done);
	const said = registered === null ? html`` : registeredHtml(registered, given.calendar.zone, token);
	return maySearch(visit) ? html`${said}${await search(visit)}` : html`${said}<div class="card"><a class="button" href="?p=desk&amp;new=1&amp;t=${token}">登记叫修</a></div>`;
}

/** A call, if it exists and the person may read it. */
async function readCall({ store, given }: Visit, no: string): Promise<Call | null> {
	const [row] = await store.load('call', 'no', [no]);
	return row !== undefined && (await mayRead(store, documentOf('call'), given.actor, row)) ? (row as unknown as Call) : null;
}

async function search({ store, request, given, token }: Visit): Promise<Html> {
	const word = request.query['q'] ?? '';
	const callers = await findCallers(store, word);
	const unanswered = ((await store.list('call', { where: [{ column: 'state', is: 'in', value: ['WithDispatcher', 'Assigned'] }, ...(await readable(store, documentOf('call'), given.actor))], orderBy: [{ column: 'calledAt', descending: true }], limit: 200 })) as unknown as Call[]).filter(({ answeredAt }) => answeredAt === null);
	return html`<div class="card"><form method="get"><input type="hidden" name="p" value="desk"><input type="hidden" name="t" value="${token}"><label class="field"><span>查找客户或商品</span><input name="q" value="${word}" placeholder="姓名、电话、序列号、型号、地址的一部分" autofocus></label><div class="row"><button>查找</button><a class="button plain" href="?p=desk&amp;new=1&amp;q=${encodeURIComponent(word)}&amp;t=${token}">新客户登记</a></div></form></div>
${word === '' ? '' : callers.length === 0 ? html`<p class="empty">没有找到“${word}”，可以直接登记为新客户</p>` : callers.map((caller) => callerHtml(caller, token))}
${unanswered.length === 0 ? '' : html`<div class="card"><h2>还没有答复客户 ${badge(String(unanswered.length), 'warn')}</h2><table>${unanswered.slice(0, 20).map((each) => html`<tr><td><a href="?p=work&amp;kind=call&amp;no=${each.no}&amp;t=${token}">${each.no}</a></td><td>${each.customerName} ${each.phone}</td><td class="soft">期限 ${each.replyDueAt === null ? '' : localTime(each.replyDueAt, given.calendar.zone)} ${each.replyLate === true ? badge('超时', 'bad') : ''}</td></tr>`)}</table></div>`}`;
}

function callerHtml({ customer: owner, assets }: Caller, token: string): Html {
	const link = (serial: string) => `?p=desk&new=1&customer=${encodeURIComponent(owner.no)}&asset=${encodeURIComponent(serial)}&t=${token}`;
	return html`<div class="card"><h2>${owner.name} <span class="soft">${owner.phone}</span></h2><p class="soft">${owner.address}</p><table>${assets.map((each) => html`<tr><td>${each.model}</td><td>${each.no}</td><td class="soft">${each.warrantyEnd === null ? '没有保修记录' : `保修至 ${each.warrantyEnd}`}</td><td><a href="${link(each.no)}">报修</a></td></tr>`)}<tr><td colspan="3" class="soft">其他商品</td><td><a href="${link('')}">报修</a></td></tr></table></div>`;
}

function registeredHtml(call: Call, zone: string, token: string): Html {
	return note(
		html`<b>${call.no} 已登记</b>${facts([
			['服务类别', `${serviceTypes[call.type]}（${call.typeReason}）`],
			['最迟到达', localTime(call.dueAt, zone)],
			['为什么', explainArrival(call, zone)],
			['答复客户', call.promisedAt === null ? '还没有答复维修时间' : localTime(call.promisedAt, zone)],
			['提示', call.note],
		])}<p><a href="?p=work&amp;kind=call&amp;no=${call.no}&amp;t=${token}">打开这件叫修（答复、预约、补充）</a> · <a href="?p=desk&amp;diagnose=${call.no}&amp;t=${token}">电话排查故障</a></p>`,
		'ok',
	);
}

type Known = { readonly owner: RowOfRecord<typeof customer> | null; readonly product: RowOfRecord<typeof asset> | null; readonly contracts: readonly RowOfRecord<typeof contract>[]; readonly earlier: readonly Call[] };

async function newCall(visit: Visit): Promise<Html | { goTo: Record<string, string> }> {
	const { request, token, given } = visit;
	const known = await onFile(visit);
	let message: Html | '' = '';
	let values: Readonly<Record<string, unknown>> = startValues(known, request.query['q'] ?? '');
	if (request.method === 'POST') {
		const acted = await act(visit, { kind: 'call', event: 'register', no: null, fields: registration });
		if (acted.ok) return { goTo: { p: 'desk', t: token, registered: String(acted.document['no']) } };
		message = note(refusal(acted.violation), 'bad');
		values = acted.values;
	}
	const choices = await choicesFor(visit, registration, null);
	const first = ['customerName', 'phone', 'address', 'zone', 'model', 'serial', 'symptom', 'channel', 'promisedAt'];
	const rest = Object.fromEntries(Object.entries(registration).filter(([name]) => !first.includes(name)));
	const main = Object.fromEntries(first.map((name) => [name, registration[name as keyof typeof registration]]));
	const limit = (zone: 'city' | 'suburb') => localTime(arrivalDue(given.now, zone, given.settings, given.calendar).due, given.calendar.zone);
	return html`${message}${known.product === null && known.owner === null ? '' : knownHtml(known, visit)}<div class="card"><form method="post"><input type="hidden" name="key" value="${String(request.fields['key'] ?? randomUUID())}">${eventForm(main, { zone: given.calendar.zone, choices, values })}<details><summary>更多（预约、属性、故障代码、购买日期……）</summary>${eventForm(rest, { zone: given.calendar.zone, choices, values })}</details><p class="soft">现在登记，技术员最迟到达：市区 ${limit('city')}，郊区 ${limit('suburb')}；与客户约定时间的以约定为准。</p><button class="wide">登记叫修</button></form></div>`;
}

async function onFile(visit: Visit): Promise<Known> {
	if (!maySearch(visit)) return { owner: null, product: null, contracts: [], earlier: [] };
	const { store, request, given } = visit;
	const [owner] = (await store.load('customer', 'no', [request.query['customer'] ?? ''])) as unknown as RowOfRecord<typeof customer>[];
	const serial = request.query['asset'] ?? '';
	const [product] = serial === '' ? [] : ((await store.load('asset', 'no', [serial])) as unknown as RowOfRecord<typeof asset>[]);
	const contracts = owner === undefined ? [] : ((await store.load('contract', 'customer', [owner.no])) as unknown as RowOfRecord<typeof contract>[]);
	const visible = await readable(store, documentOf('call'), given.actor);
	const earlier = serial === '' ? [] : ((await store.list('call', { where: [{ column: 'asset', is: '=', value: serial }, ...visible], orderBy: [{ column: 'no' }] })) as unknown as Call[]);
	return { owner: owner ?? null, product: product ?? null, contracts, earlier };
}

const startValues = ({ owner, product }: Known, word: string): Record<string, unknown> => ({
	...(owner === null ? (/^[\d０-９+\- ]{5,}$/.test(word) ? { phone: word } : { customerName: word }) : { customerName: owner.name, phone: owner.phone, address: owner.address, zone: owner.zone }),
	...(product === null ? {} : { model: product.model, serial: product.no }),
	channel: 'phone',
});

/** What the receptionist should know before asking: cover, contract, earlier calls, a repeated fault. @rule V-047 */
function knownHtml({ owner, product, contracts, earlier }: Known, { given, token }: Visit): Html {
	const { type, reason } = proposeServiceType({ day: given.today, hasCustomer: true, asset: product, contracts, humanDamage: false, scheme: given.settings['service.type_scheme'] });
	const repeat = repeatedCall(null, earlier, given.now, given);
	const recent = [...earlier].reverse().slice(0, 5);
	return html`<div class="card"><h2>${owner?.name ?? ''} ${product === null ? '' : `${product.model} ${product.no}`}</h2><p>${badge(serviceTypes[type], type === 'A' ? 'warn' : 'ok')} <span class="soft">${reason}</span></p>${repeat === null ? '' : note(`${given.settings['service.repeat_fault_days']} 天内报修过：${repeat.no}（${repeat.symptom ?? ''}）。如是同一故障，属重复报修。`, 'warn')}${
		recent.length === 0 ? html`<p class="soft">没有以前的叫修</p>` : html`<table>${recent.map((each: Call) => html`<tr><td><a href="?p=work&amp;kind=call&amp;no=${each.no}&amp;t=${token}">${each.no}</a></td><td class="soft">${localTime(each.calledAt, given.calendar.zone)}</td><td>${each.symptom ?? ''}</td></tr>`)}</table>`
	}</div>`;
}

/** One question after the other; the answers travel in the address. @rule V-070 */
async function diagnosis(visit: Visit, no: string): Promise<Html> {
	const { store, request, token } = visit;
	await checkReadable(visit, 'call', no);
	const [row] = (await store.load('call', 'no', [no])) as unknown as Call[];
	if (row === undefined) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的叫修`, '请核对编号');
	const nodes = (await store.list('fault_node', {})) as readonly Row[] as unknown as Parameters<typeof diagnose>[0];
	const first = firstQuestion(nodes, row.model);
	if (first === null) return html`${note('还没有这个商品的故障排查问题树', 'warn')}<p class="soft">请售后经理在“基础资料导入”中增加“故障排查问题”工作表（节点号、问题、是/否的后续节点、故障代码、建议）。</p><p><a href="?p=desk&amp;t=${token}">返回</a></p>`;
	const answers = (request.query['answers'] ?? '').split('').map((answer) => answer === 'y');
	const { node, asked, isEnd } = diagnose(nodes, first, answers);
	const next = (answer: string) => `?p=desk&diagnose=${no}&answers=${request.query['answers'] ?? ''}${answer}&t=${token}`;
	const solve = callDeclaration.events['solveByPhone'];
	return html`<div class="card"><h2>${no} 电话排查</h2>${asked.map(({ question, answer }) => html`<p class="soft">${question} <b>${answer}</b></p>`)}<h3>${node.question}</h3>${node.advice === null ? '' : html`<p>${node.advice}</p>`}${
		isEnd
			? html`<p>故障代码 ${badge(node.faultCode ?? '无')}</p><div class="row"><form method="post" class="inline" action="?p=work&amp;kind=call&amp;no=${no}&amp;t=${token}"><input type="hidden" name="event" value="solveByPhone"><input type="hidden" name="faultCode" value="${node.faultCode ?? ''}"><input type="hidden" name="solution" value="${node.advice ?? node.question}"><button>${solve?.label.zh ?? ''}</button></form><form method="post" class="inline" action="?p=work&amp;kind=call&amp;no=${no}&amp;t=${token}"><input type="hidden" name="event" value="amend"><input type="hidden" name="faultCode" value="${node.faultCode ?? ''}"><button class="plain">记入故障代码，仍需上门</button></form></div>`
			: html`<div class="row"><a class="button" href="${next('y')}">是</a><a class="button plain" href="${next('n')}">否</a></div>`
	}</div>`;
}
