import { randomBytes, randomUUID } from 'node:crypto';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { givenFor, SYSTEM, type Standing } from '../engine/engine';
import { readLink, type Ticket } from '../engine/pageLinks';
import type { Store } from '../engine/store';
import { boardPage } from './boardPage';
import { cardPage } from './cardPage';
import { deskPage } from './deskPage';
import type { Sent } from './eventForm';
import { html } from './html';
import { jobPage, jobsPage } from './jobPage';
import { layout, note, refusal, type PageModel } from './layout';
import { loginPage } from './loginPage';
import { listPage, newPage, papersPage } from './papersPage';
import { filePage, printPage } from './printPage';
import { staffPage } from './staffPage';
import { statusPage } from './statusPage';
import { workPage } from './workPage';

export type PageRequest = Sent & { readonly method: 'GET' | 'POST'; readonly query: Readonly<Record<string, string>> };

/** What happened, for the flow behind the pages. */
export type Changed = { readonly kind: string; readonly event: string; readonly no: string };
export type PageAnswer = { readonly status: number; readonly body: string | Buffer; readonly headers: Readonly<Record<string, string>>; readonly changed: readonly Changed[] };

/** What a page is given. */
export type Visit = {
	readonly store: Store;
	readonly request: PageRequest;
	/** Who is signed in; `system` on pages for everybody. */
	readonly given: Standing;
	/** The link this page was opened with, and its text; null on pages for everybody. */
	readonly ticket: Ticket | null;
	readonly token: string;
	/** Address of the pages, without query. */
	readonly address: string;
	/** Collects what the page did. */
	readonly changed: Changed[];
};

/** A page to show, another one to go to, a paper as it prints, or a file. */
export type Shown =
	| PageModel
	| { readonly goTo: Readonly<Record<string, string>> }
	| { readonly raw: (nonce: string) => string }
	| { readonly file: { readonly content: Buffer; readonly mimeType: string; readonly name: string } };

const open: Readonly<Record<string, (visit: Visit) => Promise<Shown>>> = { login: loginPage, status: statusPage };
const staff: Readonly<Record<string, (visit: Visit) => Promise<Shown>>> = { staff: staffPage, desk: deskPage, board: boardPage, jobs: jobsPage, job: jobPage, work: workPage, papers: papersPage, list: listPage, new: newPage, print: printPage, file: filePage };
/** What a job's link opens besides the job. */
const ofJob = ['job', 'print', 'file'];

/** Answers a request for one of our pages. What goes wrong is a page too. */
export async function answerPage(store: Store, request: PageRequest, { now, address }: { readonly now: string; readonly address: string }): Promise<PageAnswer> {
	const changed: Changed[] = [];
	try {
		const shown = await show(store, request, { now, address, changed });
		return answerWith(shown, address, changed);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return page(statusOf(error), { title: '不能打开这个页面', body: html`${note(refusal(error), 'bad')}<p><a class="button plain" href="${address}?p=login">登录页</a></p>` }, changed);
	}
}

function answerWith(shown: Shown, address: string, changed: readonly Changed[]): PageAnswer {
	if ('goTo' in shown) return { status: 303, body: '', headers: { ...safe(''), location: `${address}?${new URLSearchParams(shown.goTo).toString()}` }, changed };
	if ('file' in shown) return { status: 200, body: shown.file.content, headers: { ...safe(''), ...fileHeaders(shown.file) }, changed };
	if (!('raw' in shown)) return page(200, shown, changed);
	const nonce = newNonce();
	return { status: 200, body: shown.raw(nonce), headers: safe(nonce), changed };
}

/** Only pictures are shown; anything else is handed over as a file, so that it cannot act as a page. */
function fileHeaders({ mimeType, name }: { mimeType: string; name: string }): Record<string, string> {
	const isPicture = /^image\/(png|jpeg|webp|gif|heic)$/.test(mimeType);
	return { 'content-type': isPicture ? mimeType : 'application/octet-stream', 'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}` };
}

const newNonce = (): string => randomBytes(12).toString('base64');

async function show(store: Store, request: PageRequest, { now, address, changed }: { now: string; address: string; changed: Changed[] }): Promise<Shown> {
	const name = request.query['p'] ?? '';
	const forAll = open[name];
	if (forAll !== undefined) return await forAll({ store, request, given: await givenFor(store, { actor: SYSTEM, now }), ticket: null, token: '', address, changed });
	const token = request.query['t'] ?? '';
	if (token === '') return { goTo: { p: 'login' } };
	const ticket = await readLink(store, token, now);
	if (ticket.page === 'card') return await cardPage({ store, request, given: await givenFor(store, { actor: SYSTEM, now }), ticket, token, address, changed });
	const given = await givenFor(store, { actor: ticket.person, now });
	try {
		return await pageOf(name, ticket)({ store, request, given, ticket, token, address, changed });
	} catch (error) {
		if (error instanceof RuleViolation && statusOf(error) === 403) await keepDenial(store, request.query, { ticket, given, reason: error.message });
		throw error;
	}
}

/** What somebody signed in may not open is kept as an act that is denied. @rule O-030 */
async function keepDenial(store: Store, query: PageRequest['query'], { ticket, given, reason }: { ticket: Ticket; given: Standing; reason: string }): Promise<void> {
	const kind = query['kind'] ?? query['p'] ?? ticket.page;
	const no = query['no'] ?? query['diagnose'] ?? ticket.no;
	await store.insert('denial', [{ id: randomUUID(), at: given.now, actor: given.actor.code, kind: kind.slice(0, MAX_TYPED), no: no.slice(0, MAX_TYPED), event: 'open', reason: reason.slice(0, 200) }]);
}

/** Of what comes with an address, no more than a number of ours is kept. */
const MAX_TYPED = 30;

/** A job's link opens that job; a staff link opens what the person may see. */
function pageOf(name: string, ticket: Ticket): (visit: Visit) => Promise<Shown> {
	const asked = name === '' ? ticket.page : name;
	const found = ticket.page === 'job' && !ofJob.includes(asked) ? undefined : staff[asked];
	if (found === undefined) throw new RuleViolation('LINK_INVALID', '这个链接不能打开该页面', '请在登录页输入工号，索取员工链接');
	return found;
}

const statusOf = ({ code }: RuleViolation): number => ({ LINK_EXPIRED: 410, LINK_INVALID: 403, NOT_ALLOWED: 403, NOT_FOUND: 404 } as Readonly<Record<string, number>>)[code] ?? 400;

function page(status: number, model: PageModel, changed: readonly Changed[]): PageAnswer {
	const nonce = newNonce();
	return { status, body: layout(model, nonce), headers: safe(nonce), changed };
}

/** The page runs our own script only, apart from n8n's origin, is not kept by caches and does not give its address away. */
const safe = (nonce: string): Record<string, string> => ({
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy': `sandbox allow-forms allow-scripts allow-modals allow-downloads allow-popups allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; img-src data: blob: *; base-uri 'none'; frame-ancestors 'none'`,
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
});
