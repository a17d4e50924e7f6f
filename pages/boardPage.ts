import { dispatchBoard, dueCalls, fitFor, type Board, type ListedCall } from '../engine/board';
import { documentOf } from '../engine/registry';
import { readable } from '../engine/visibility';
import { priorities } from '../domain/service/call';
import { explainArrival } from '../domain/service/arrivalLimit';
import { localTime } from '../domain/shared/zonedTime';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { html, type Html } from './html';
import { badge } from './layout';
import { navOf } from './staffPage';
import type { Shown, Visit } from './site';

const readers = ['service_director', 'dept_manager', 'after_sales', 'general_manager'] as const;

/** The dispatcher's board: what nobody has, what is under way, what is due when and why then, who is free. @rule V-034 — yesterday's first */
export async function boardPage(visit: Visit): Promise<Shown> {
	const { store, given } = visit;
	if (!readers.some((role) => given.actor.roles.includes(role)) && !given.actor.roles.includes(given.settings['service.dispatcher_role'])) throw new RuleViolation('NOT_ALLOWED', `${given.actor.name}（${given.actor.code}）不能查看派工台`, '派工台由派工人使用');
	const visible = await readable(store, documentOf('call'), given.actor);
	const board = await dispatchBoard(store, visible);
	const due = await dueCalls(store, visible);
	return {
		title: '派工台',
		who: `${given.actor.name}（${given.actor.code}）`,
		nav: navOf(visit),
		wide: true,
		body: html`<div class="card"><h2>待派工 ${badge(String(board.unassigned.length), board.unassigned.length > 0 ? 'warn' : 'ok')}</h2>${list(visit, board.unassigned, board, true)}</div>
${board.escalated.length === 0 ? '' : html`<div class="card"><h2>已上报待答复 ${badge(String(board.escalated.length), 'warn')}</h2>${list(visit, board.escalated, board, false)}</div>`}
<div class="card"><h2>尚未到达（按期限） ${badge(String(due.length))}</h2>${list(visit, due.filter(({ state }) => state === 'Assigned'), board, false)}</div>
<div class="card"><h2>已到达未回报、修护中 ${badge(String(board.running.filter(({ arrivedAt }) => arrivedAt !== null).length))}</h2>${list(visit, board.running.filter(({ arrivedAt }) => arrivedAt !== null), board, false)}</div>
<div class="card"><h2>技术员</h2><div class="scroll"><table><tr><th>姓名</th><th>在办</th><th>预约</th><th>资质</th></tr>${board.candidates.map(
			({ person, jobs, appointments, skills }) =>
				html`<tr><td>${person.name}（${person.no}）</td><td>${jobs === 0 ? badge('空闲', 'ok') : `${jobs} 件`}</td><td>${appointments.slice(0, 3).map((at) => html`${localTime(at, given.calendar.zone)}<br>`)}</td><td>${skills.map(({ skill, validTo }) => html`${badge(`${skill} 至 ${validTo}`, validTo < given.today ? 'bad' : '')} `)}</td></tr>`,
		)}</table></div></div>`,
	};
}

function list(visit: Visit, calls: readonly ListedCall[], board: Board, withBest: boolean): Html {
	if (calls.length === 0) return html`<p class="empty">没有</p>`;
	return html`<div class="scroll"><table><tr><th>编号</th><th>客户</th><th>故障</th><th>期限，为什么</th><th>${withBest ? '合适人选' : '技术员'}</th></tr>${calls.map((call) => rowHtml(visit, call, board, withBest))}</table></div>`;
}

function rowHtml({ given, token }: Visit, call: ListedCall, { candidates }: Board, withBest: boolean): Html {
	const { zone } = given.calendar;
	const best = withBest ? fitFor(call, candidates, given).filter(({ isQualified }) => isQualified).slice(0, 3) : [];
	const names = new Map(candidates.map(({ person }) => [person.no, person.name]));
	return html`<tr><td><a href="?p=work&amp;kind=call&amp;no=${call.no}&amp;t=${token}">${call.no}</a><br>${marks(call)}</td>
<td>${call.customerName}<br><span class="soft">${call.phone}<br>${call.address}</span></td><td>${call.model}<br><span class="soft">${call.symptom ?? call.siteSituation ?? '（未填故障表现）'}</span></td>
<td>${localTime(call.dueAt, zone)} ${urgency(call, given.now)}<br><span class="soft">${explainArrival(call, zone)}</span></td>
<td>${withBest ? (best.length === 0 ? html`<span class="soft">没有有资质的技术员</span>` : best.map(({ candidate: { person, jobs } }) => html`<span class="nowrap">${person.name} <span class="soft">（${jobs} 件）</span></span><br>`)) : (names.get(call.technician ?? '') ?? call.technician ?? '')}</td></tr>`;
}

const marks = (call: ListedCall): Html => html`${call.priority === 'normal' || call.priority === null ? '' : badge(priorities[call.priority], 'bad')} ${call.repeatOf === null ? '' : badge('重复报修', 'warn')}`;

function urgency({ arrivedAt, dueAt, warnAt }: ListedCall, now: string): Html | '' {
	if (arrivedAt !== null) return '';
	if (dueAt < now) return badge('已过', 'bad');
	return warnAt !== null && warnAt < now ? badge('将到期', 'warn') : '';
}
