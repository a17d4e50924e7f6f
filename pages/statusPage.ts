import { RuleViolation } from '../domain/shared/ruleViolation';
import { confirmByCustomer, customerStatus, type CustomerStatus } from '../engine/customerStatus';
import { html, type Html } from './html';
import { note } from './layout';
import { ratingHtml, ratingOf } from './ratingForm';
import type { Shown, Visit } from './site';

/** A customer looks his job up by number and phone digits, and says that it is done. */
export async function statusPage({ store, request, given, changed }: Visit): Promise<Shown> {
	const no = String(request.fields['no'] ?? request.query['no'] ?? '');
	const digits = String(request.fields['digits'] ?? '');
	if (request.method === 'GET') return { title: '报修进度查询', body: searchForm(no) };
	const asked = { now: given.now, zone: given.calendar.zone };
	try {
		const isConfirmed = request.fields['confirm'] === 'yes';
		const status = isConfirmed ? await confirmByCustomer(store, no, digits, { ...asked, rating: remarked(request) }) : await customerStatus(store, no, digits, asked);
		if (isConfirmed) changed.push({ kind: 'call', event: 'confirmSolved', no: status.no });
		return { title: `进度 ${status.no}`, body: html`${isConfirmed ? note('感谢您的确认！', 'ok') : ''}${statusHtml(status, digits)}${searchForm('')}` };
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return { title: '报修进度查询', body: html`${note(html`${error.message}<br>${error.way}`, 'bad')}${searchForm(no)}` };
	}
}

const remarked = (request: Visit['request']): Record<string, unknown> | null => {
	const rating = ratingOf(request);
	return rating === null ? null : { ...rating, remark: request.fields['remark'] };
};

const searchForm = (no: string): Html =>
	html`<div class="card"><form method="post" action="?p=status"><div class="two"><label class="field"><span>报修编号或维修编号</span><input name="no" value="${no}" required placeholder="BX202506-0001"></label><label class="field"><span>电话后四位（邮寄维修不用填）</span><input name="digits" inputmode="numeric" maxlength="4" pattern="[0-9０-９]{4}" autocomplete="off"></label></div><button>查询</button></form></div>`;

function statusHtml({ no, state, steps, canConfirm }: CustomerStatus, digits: string): Html {
	return html`<div class="card"><h2>${state}</h2><table>${steps.map(({ label, at }) => html`<tr><td>${at === null ? '○' : '●'} ${label}</td><td class="soft">${at ?? '—'}</td></tr>`)}</table>${
		canConfirm ? html`<form method="post" action="?p=status"><input type="hidden" name="no" value="${no}"><input type="hidden" name="digits" value="${digits}"><input type="hidden" name="confirm" value="yes"><h3>您对技术员的评价（可不填）</h3>${ratingHtml()}<label class="field"><span>建议或抱怨</span><textarea name="remark"></textarea></label><p><button>确认已完成</button></p></form>` : ''
	}</div>`;
}
