import type { Role } from '../domain/organisation';
import { html, type Html } from './html';
import { badge } from './layout';
import { waitingFor } from './queues';
import type { Shown, Visit } from './site';

/** Where a signed-in person can go, by his roles. */
const places: readonly { readonly page: string; readonly label: string; readonly about: string; readonly roles: readonly Role[] }[] = [
	{ page: 'desk', label: '报修登记', about: '按姓名、电话、序列号、型号查找客户，登记叫修', roles: ['receptionist', 'customer_service', 'operator', 'outlet'] },
	{ page: 'board', label: '派工台', about: '未派修、在办、即将到期；派工、改派、催办', roles: ['service_director', 'dept_manager', 'after_sales', 'general_manager'] },
	{ page: 'jobs', label: '我的工作', about: '派给我的叫修和修护卡', roles: ['technician'] },
];

export const navOf = ({ given, token }: Pick<Visit, 'given' | 'token'>): { label: string; href: string }[] => [
	...places.filter(({ roles }) => roles.some((role) => given.actor.roles.includes(role))).map(({ page, label }) => ({ label, href: `?p=${page}&t=${token}` })),
	{ label: '单据', href: `?p=papers&t=${token}` },
	{ label: '首页', href: `?p=staff&t=${token}` },
];

/** The signed-in person's start: places and what waits for him. */
export async function staffPage(visit: Visit): Promise<Shown> {
	const { given, token } = visit;
	const waiting = await waitingFor(visit);
	const mine = places.filter(({ roles }) => roles.some((role) => given.actor.roles.includes(role)));
	return {
		title: `${given.actor.name}，您好`,
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: navOf(visit),
		body: html`${mine.map(({ page, label, about }) => html`<div class="card"><div class="row"><a class="button" href="?p=${page}&amp;t=${token}">${label}</a><span class="soft">${about}</span></div></div>`)}<div class="card"><div class="row"><a class="button plain" href="?p=papers&amp;t=${token}">单据</a><span class="soft">登记新单据，查找您经办的单据</span></div></div><div class="card"><h2>待我处理</h2>${waiting.length === 0 ? html`<p class="empty">现在没有待办</p>` : waiting.map((queue) => queueHtml(queue, token))}</div>`,
	};
}

const queueHtml = ({ label, kind, papers }: Awaited<ReturnType<typeof waitingFor>>[number], token: string): Html =>
	html`<h3>${label} ${badge(String(papers.length))}</h3><table>${papers.slice(0, 30).map(({ no, title, state }) => html`<tr><td><a href="?p=work&amp;kind=${kind}&amp;no=${no}&amp;t=${token}">${no}</a></td><td>${title}</td><td>${badge(state)}</td></tr>`)}</table>`;
