import { randomUUID } from 'node:crypto';
import type { Fields } from '../domain/document/fields';
import type { Call } from '../domain/service/call';
import type { Dispatch } from '../domain/service/dispatch';
import { explainArrival } from '../domain/service/arrivalLimit';
import { serviceTypes } from '../domain/service/proposeServiceType';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { yuan } from '../domain/shared/money';
import { localTime } from '../domain/shared/zonedTime';
import type { RepairCard } from '../domain/repair/repairCard';
import { keepFiles, type NewFile } from '../engine/attachments';
import { documentOf } from '../engine/registry';
import { within, type Row } from '../engine/store';
import { act, keepDenied, type Acted } from './acting';
import { choicesFor } from './choices';
import { eventForm, readForm, type SentFile } from './eventForm';
import { html, Html } from './html';
import { badge, facts, note, refusal } from './layout';
import { filesOf, printLinks } from './printPage';
import { photoScript, signatureField, signatureOf, signScript } from './signature';
import { navOf } from './staffPage';
import type { Shown, Visit } from './site';

/** The signed-in technician's jobs and repair cards. */
export async function jobsPage(visit: Visit): Promise<Shown> {
	const { store, given, token } = visit;
	const calls = ((await store.load('call', 'technician', [given.actor.code])) as unknown as Call[]).filter(({ state }) => ['Assigned', 'Escalated', 'InRepair'].includes(state));
	const cards = ((await store.load('repair_card', 'technician', [given.actor.code])) as unknown as RepairCard[]).filter(({ state }) => state !== 'Returned');
	const { zone } = given.calendar;
	return {
		title: '我的工作',
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: navOf(visit),
		body: html`${calls.length === 0 ? html`<p class="empty">现在没有派给您的工作</p>` : calls.sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1)).map((call) => html`<div class="card"><h2><a href="?p=job&amp;no=${call.no}&amp;t=${token}">${call.customerName}</a> ${badge(documentOf('call').states[call.state] ?? '')}</h2><p>${call.address}</p><p class="soft">${call.symptom ?? call.siteSituation ?? ''} · 最迟 ${localTime(call.dueAt, zone)} ${call.arrivedAt === null && call.dueAt < given.now ? badge('已过', 'bad') : ''}</p></div>`)}
${cards.length === 0 ? '' : html`<div class="card"><h2>修护卡</h2><table>${cards.map((card) => html`<tr><td><a href="?p=work&amp;kind=repair_card&amp;no=${card.no}&amp;t=${token}">${card.no}</a></td><td>${card.fault}</td><td>${badge(documentOf('repair_card').states[card.state] ?? '')}</td><td class="soft">${localTime(card.plannedFinish, zone)}</td></tr>`)}</table></div>`}`,
	};
}

type Said = { readonly message: Html; readonly event?: string; readonly values?: Readonly<Record<string, unknown>> };

/** One job on a phone: accept, leave, arrive, agree the price, report with the customer's drawn signature, take the item in, ask for help. */
export async function jobPage(visit: Visit): Promise<Shown> {
	const { request, ticket } = visit;
	const no = ticket?.page === 'job' ? ticket.no : (request.query['no'] ?? '');
	const call = await ownCall(visit, no);
	if (request.method === 'GET') return await shown(visit, call, { message: doneNote(request.query['done']) });
	const event = String(request.fields['event'] ?? '');
	const acted = event === 'photos' ? await addPhotos(visit, no) : await fire(visit, call, event);
	if (acted.ok) return { goTo: { p: 'job', t: visit.token, no, done: acted.repeated ? 'repeated' : event } };
	const kept = acted.violation.code === 'NOT_ALLOWED' ? 0 : await rescuePhotos(visit, no);
	const message = note(html`${refusal(acted.violation)}${kept === 0 ? '' : html`<br>已保存 ${kept} 张照片，不必再选。`}`, 'bad');
	return await shown(visit, await ownCall(visit, no), { message, event, values: acted.values });
}

/** A technician opens his own jobs; one that went to somebody else says so. */
async function ownCall({ store, given }: Visit, no: string): Promise<Call> {
	const [call] = (await store.load('call', 'no', [no])) as unknown as Call[];
	if (call === undefined) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的叫修`, '请核对编号');
	if (call.technician !== given.actor.code) throw new RuleViolation('NOT_ALLOWED', `${no} 不是派给 ${given.actor.name}（${given.actor.code}）的工作`, '可能已经改派；如有疑问请联系主任');
	return call;
}

const acts: Readonly<Record<string, { readonly kind: string; readonly label: string }>> = {
	accept: { kind: 'call', label: '接受工作' },
	leave: { kind: 'call', label: '出发' },
	arrive: { kind: 'call', label: '到达现场' },
	agree: { kind: 'call', label: '收费说明与同意' },
	appoint: { kind: 'call', label: '与客户约时间' },
	checkOut: { kind: 'call', label: '离开前请示总部' },
	reportVisit: { kind: 'call', label: '服务回报' },
	escalate: { kind: 'call', label: '请求协助' },
	start: { kind: 'take_in', label: '携回修护' },
	report: { kind: 'unsolved_report', label: '当日未解决报备' },
	submit: { kind: 'expense_claim', label: '提交费用' },
};

const doneNote = (event: string | undefined): Html => (event === undefined ? html`` : event === 'repeated' ? note('刚才已经收到，没有重复登记', 'ok') : note(`“${acts[event]?.label ?? '照片'}”已登记`, 'ok'));

async function fire(visit: Visit, call: Call, event: string): Promise<Acted> {
	const { request } = visit;
	const kind = acts[event]?.kind;
	const declared = kind === undefined ? undefined : documentOf(kind).events[event];
	if (kind === undefined || declared === undefined) throw new RuleViolation('NOT_FOUND', `没有“${event}”这个操作`, '请重新打开页面');
	const signed = signatureOf(request.fields['signaturePng']);
	const isDone = event === 'reportVisit' && request.fields['result'] === 'done';
	if (isDone && signed === null) {
		const violation = new RuleViolation('CONDITION_NOT_MET', '缺少客户手写签名', '请客户在签名框内用手指签名后再提交', 'V-042');
		return { ok: false, violation, values: readForm(declared.input, request) };
	}
	return await act(visit, {
		kind,
		event,
		no: kind === 'call' ? call.no : null,
		fields: declared.input,
		more: kind === 'call' ? {} : { call: call.no },
		withFiles: async (inside, files, by) => {
			await keepFiles(inside, call.no, photosOf(files), by);
			if (event !== 'reportVisit' || signed === null) return {};
			const [signature] = await keepFiles(inside, call.no, [{ purpose: 'signature', name: `${call.no}-签名.png`, mimeType: 'image/png', content: signed }], by);
			return { signature };
		},
	});
}

const photosOf = (files: readonly SentFile[]): NewFile[] => files.filter(({ content }) => content.length > 0).map(({ name, mimeType, content }) => ({ purpose: 'photo', name, mimeType, content }));

/** Photos by themselves, before or after the report. */
async function addPhotos(visit: Visit, no: string): Promise<Acted> {
	const { store, given, request, changed } = visit;
	const denied: Row[] = [];
	try {
		await store.transaction(async (transaction) => await keepFiles(within(transaction, store), no, photosOf(request.files), { actor: given.actor.code, now: given.now, denied }));
		changed.push({ kind: 'attachment', event: 'add', no });
		return { ok: true, document: {}, repeated: false };
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		await keepDenied(store, denied, no);
		return { ok: false, violation: error, values: {} };
	}
}

/** A refused report does not cost the photos that came with it. */
async function rescuePhotos({ store, given, request }: Visit, no: string): Promise<number> {
	let kept = 0;
	for (const file of photosOf(request.files)) {
		try {
			await keepFiles(store, no, [file], { actor: given.actor.code, now: given.now });
			kept++;
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
		}
	}
	return kept;
}

async function shown(visit: Visit, call: Call, { message, event, values }: Said): Promise<Shown> {
	const { store, given, ticket } = visit;
	const { zone } = given.calendar;
	const [sent] = call.dispatch === null ? [] : ((await store.load('dispatch', 'no', [call.dispatch])) as unknown as Dispatch[]);
	const earlier = ((await store.load('call', 'asset', [call.asset])) as unknown as Call[]).filter(({ no }) => no !== call.no).slice(-3).reverse();
	return {
		title: call.customerName,
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: ticket?.page === 'staff' ? navOf(visit) : [],
		body: html`${message}<div class="card"><p>${badge(call.no)} ${badge(documentOf('call').states[call.state] ?? '')} ${badge(serviceTypes[call.type], call.type === 'A' ? 'warn' : 'ok')} ${call.breached ? badge('超时', 'bad') : ''}</p>${facts([
			['电话', html`<a href="tel:${call.phone}">${call.phone}</a>`],
			['地址', call.address],
			['商品', `${call.model}（${call.asset}）`],
			['故障', call.symptom ?? call.siteSituation],
			['最迟到达', localTime(call.dueAt, zone)],
			['为什么', explainArrival(call, zone)],
			['提示', call.note],
			['收费', call.chargeNote],
			['客户同意收费', call.consentAmount === null ? null : `${yuan(call.consentAmount)} 元（${call.consentBy ?? ''}）`],
			['以前', earlier.length === 0 ? null : html`${earlier.map((each) => html`${localTime(each.calledAt, zone).slice(0, 10)} ${each.symptom ?? ''}<br>`)}`],
		])}${printLinks('call', call.no, visit.token)}</div>${await filesOf(visit, call.no)}${await stepsHtml(visit, call, sent ?? null, { event, values })}`,
		script: signScript + photoScript + conditionScript,
	};
}

type Refused = { readonly event: string | undefined; readonly values: Readonly<Record<string, unknown>> | undefined };

async function stepsHtml(visit: Visit, call: Call, sent: Dispatch | null, refused: Refused): Promise<Html> {
	if (call.state !== 'Assigned' && call.state !== 'Escalated') return html`${note(call.state === 'InRepair' ? '商品已携回，请在“我的工作”中办理修护卡' : `这件工作已经回报。${call.chargeNote ?? ''}`, 'ok')}`;
	const fields = async (event: string, options: { without?: readonly string[]; values?: Readonly<Record<string, unknown>> } = {}) => {
		const { input } = documentOf(acts[event]?.kind ?? '').events[event] as { input: Fields };
		const values = refused.event === event ? (refused.values ?? {}) : (options.values ?? {});
		return eventForm(input, { zone: visit.given.calendar.zone, choices: await choicesFor(visit, input, null), values, ...(options.without === undefined ? {} : { without: options.without }) });
	};
	const without = ['call'];
	const bodies: Readonly<Record<string, () => Promise<Html>>> = {
		accept: async () => html``,
		leave: async () => html`<p class="soft">出发前请确认：</p>${await fields('leave')}`,
		arrive: async () => html`<p class="soft">到达后按一下，时间自动记录。</p>`,
		agree: async () => html`<p class="soft">有费服务请在动手之前说明收费标准。</p>${await fields('agree')}`,
		reportVisit: () => reportHtml(visit, call, refused),
		appoint: () => fields('appoint'),
		start: () => fields('start', { without, values: { arrivedAt: call.arrivedAt, leftAt: visit.given.now } }),
		escalate: () => fields('escalate'),
		checkOut: async () => html`<p class="soft">离开现场之前打电话请示总部后按一下。</p>`,
		report: () => fields('report', { without }),
		photos: async () => html`<p class="soft">铭牌、故障部位、回执单等；大照片自动缩小。</p>${photoInput}`,
		submit: () => fields('submit', { without }),
	};
	const { offered, next } = stepsOf(call, sent?.state ?? 'Assigned', visit.given.settings);
	const forms: Html[] = [];
	for (const event of offered) forms.push(formHtml(event, (await bodies[event]?.()) ?? html``, (refused.event ?? next) === event));
	return html`${forms}`;
}

/** What can be done at a stage of the job, and what comes next. */
function stepsOf(call: Call, stage: Dispatch['state'], settings: Visit['given']['settings']): { readonly offered: readonly string[]; readonly next: string } {
	const isThere = stage === 'OnSite';
	const mustAgree = call.type === 'A' && call.consentAmount === null;
	const offered = [
		stage === 'Assigned' && 'accept',
		(stage === 'Assigned' || stage === 'Accepted') && 'leave',
		!isThere && 'arrive',
		'agree',
		'reportVisit',
		'appoint',
		'start',
		'escalate',
		settings['service.checkout'] === '是' && isThere && 'checkOut',
		settings['service.same_day'] === '是' && 'report',
		'photos',
		'submit',
	].filter((event) => event !== false);
	const next = { Assigned: 'accept', Accepted: 'leave', UnderWay: 'arrive' }[stage as string];
	return { offered, next: next ?? (mustAgree ? 'agree' : 'reportVisit') };
}

const formHtml = (event: string, body: Html, isOpen: boolean): Html =>
	html`<div class="card"><details${new Html(isOpen ? ' open' : '')}><summary>${acts[event]?.label ?? '上传照片'}</summary><form method="post" enctype="multipart/form-data"><input type="hidden" name="event" value="${event}"><input type="hidden" name="key" value="${randomUUID()}">${body}<button class="wide">${acts[event]?.label ?? '上传'}</button></form></details></div>`;

const photoInput = html`<label class="field"><span>照片</span><input type="file" name="photos" accept="image/*" multiple data-photos></label>`;

/** The report in the order of the work: what was found, how it ended, what it costs, what the customer says. */
async function reportHtml(visit: Visit, call: Call, refused: Refused): Promise<Html> {
	const { input } = documentOf('call').events['reportVisit'] as { input: Fields };
	const choices = await choicesFor(visit, input, null);
	const values = refused.event === 'reportVisit' ? (refused.values ?? {}) : { arrivedAt: call.arrivedAt };
	const part = (names: readonly string[]) => eventForm(Object.fromEntries(names.map((name) => [name, input[name] as Fields[string]])), { zone: visit.given.calendar.zone, choices, values });
	return html`${part(['contact', 'problem', 'analysis', 'solution', 'actualFault', 'faultCause', 'humanDamage', 'parts'])}
${part(['result'])}<div data-when="result=not_done">${part(['openReason', 'remark', 'next', 'appointFrom', 'appointTo'])}</div>
<div data-when="result=done">${call.trainingDue === true ? part(['trained']) : ''}${call.type === 'A' ? '' : html`<p class="soft">${serviceTypes[call.type]}，不收费；人为损坏的请勾选后填写收费。</p>`}${part(['chargeLines'])}
<h3>客户确认</h3>${part(['accepted', 'handedOver', 'satisfaction'])}<div data-when="satisfaction=not_satisfied">${part(['reason'])}</div>${part(['suggestion', 'surveyRefused', 'signedBy'])}${signatureField(String(visit.request.fields['signaturePng'] ?? ''))}</div>
<details><summary>到达、离开时间</summary>${part(['arrivedAt', 'leftAt'])}</details>${photoInput}`;
}

/** Shows what belongs to the chosen answer only; what is hidden is not sent. */
const conditionScript = `
function conditions(){document.querySelectorAll('[data-when]').forEach(function(d){var c=d.dataset.when.split('='),f=d.closest('form'),i=f.querySelector('[name="'+c[0]+'"]:checked');d.hidden=!i||i.value!==c[1]});document.querySelectorAll('[data-when]').forEach(function(d){d.querySelectorAll('input,select,textarea').forEach(function(i){i.disabled=!!i.closest('[data-when][hidden]')})})}
document.addEventListener('change',conditions);conditions();`;
