import { RuleViolation } from '../domain/shared/ruleViolation';
import { fileContent } from '../engine/attachments';
import { formsOf, paperFor } from '../engine/papers';
import type { Ticket } from '../engine/pageLinks';
import { documentOf, documents } from '../engine/registry';
import { mayRead } from '../engine/visibility';
import { html, type Html } from './html';
import { paperPage } from './paperPage';
import type { Shown, Visit } from './site';

/** A paper as it prints. A job's link prints the papers of its call only. */
export async function printPage(visit: Visit): Promise<Shown> {
	const { store, request, given, ticket } = visit;
	const { kind = '', no = '', form } = request.query;
	if (!documents.some((each) => each.kind === kind)) throw new RuleViolation('NOT_FOUND', `没有“${kind}”这种单据`, '请从单据页面重新打开');
	if (ticket?.page === 'job') await checkOfJob(store, kind, no, ticket);
	else await checkReadable(visit, kind, no);
	const paper = await paperFor(store, kind, no, { now: given.now, actor: given.actor.code, form });
	return { raw: (nonce) => paperPage(paper, nonce) };
}

/** @throws RuleViolation NOT_ALLOWED for a paper of another service point, another technician, or of no concern to the person's roles */
export async function checkReadable({ store, given }: Pick<Visit, 'store' | 'given'>, kind: string, no: string): Promise<void> {
	const [row] = await store.load(kind, 'no', [no]);
	if (row !== undefined && !(await mayRead(store, documentOf(kind), given.actor, row))) throw new RuleViolation('NOT_ALLOWED', `${no} 不在您可以查看的范围内`, '业务员和主任查看本部门及下级部门的登记，技术员和网点查看自己的工作，其他单据由经办的角色查看', 'O-030');
}

async function checkOfJob(store: Visit['store'], kind: string, no: string, ticket: Ticket): Promise<void> {
	const [row] = await store.load(kind, 'no', [no]);
	await checkStillHis(store, ticket);
	if (row === undefined || (kind === 'call' ? row['no'] : row['call']) !== ticket.no) throw new RuleViolation('NOT_ALLOWED', '这个链接只能打印本工作的单据', '请在登录页索取员工链接');
}

/** A job that went to somebody else takes its papers along. */
async function checkStillHis(store: Visit['store'], { no, person }: Ticket): Promise<void> {
	const [job] = await store.load('call', 'no', [no]);
	if (job?.['technician'] !== person) throw new RuleViolation('NOT_ALLOWED', `${no} 已不是派给 ${person} 的工作`, '可能已经改派；如有疑问请联系主任');
}

/** The bytes of an attachment: pictures in the browser, everything else as a download. */
export async function filePage(visit: Visit): Promise<Shown> {
	const { store, request, ticket } = visit;
	const no = request.query['no'] ?? '';
	const [row] = await store.load('attachment', 'no', [no]);
	const content = row === undefined || row['state'] === 'Removed' ? null : await fileContent(store, no);
	if (row === undefined || content === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的附件`, '可能已删除');
	if (ticket?.page === 'job') {
		if (row['paper'] !== ticket.no) throw new RuleViolation('NOT_ALLOWED', '这个链接只能打开本工作的附件', '请在登录页索取员工链接');
		await checkStillHis(store, ticket);
	} else {
		const paper = String(row['paper']);
		const isOfCall = (await store.load('call', 'no', [paper])).length > 0;
		await (isOfCall ? checkReadable(visit, 'call', paper) : checkReadable(visit, 'attachment', no));
	}
	return { file: { content, mimeType: String(row['mimeType']), name: String(row['name']) } };
}

/** Links to the forms a paper prints as. */
export const printLinks = (kind: string, no: string, token: string): Html =>
	html`<p class="soft">打印：${formsOf(kind).map(({ form, name }) => html`<a href="?p=print&amp;kind=${kind}&amp;no=${encodeURIComponent(no)}&amp;form=${form}&amp;t=${token}" target="_blank">${name}</a> `)}</p>`;

/** The files of a paper: pictures small, others by name. */
export async function filesOf({ store, token }: Pick<Visit, 'store' | 'token'>, no: string): Promise<Html> {
	const files = (await store.load('attachment', 'paper', [no])).filter(({ state }) => state !== 'Removed');
	if (files.length === 0) return html``;
	return html`<div class="card"><h2>附件</h2><div class="thumbs">${files.map(({ no: file, name, mimeType }) => {
		const href = `?p=file&no=${String(file)}&t=${token}`;
		return html`<a href="${href}" target="_blank">${String(mimeType).startsWith('image/') ? html`<img src="${href}" alt="${String(name)}" loading="lazy">` : String(name)}</a>`;
	})}</div></div>`;
}
