import { RuleViolation } from '../domain/shared/ruleViolation';
import { satisfactions } from '../domain/service/visit';
import { ratingItems, type RatingItem } from '../domain/technician/rating';
import { confirmByCustomer, customerStatus, type CustomerStatus } from '../engine/customerStatus';
import { html, type Html } from './html';
import { note } from './layout';
import type { Shown, Visit } from './site';

/** A customer looks his job up by number and phone digits, and says that it is done. */
export async function statusPage({ store, request, given, changed }: Visit): Promise<Shown> {
	const no = String(request.fields['no'] ?? request.query['no'] ?? '');
	const digits = String(request.fields['digits'] ?? '');
	if (request.method === 'GET') return { title: '报修进度查询', body: searchForm(no) };
	const asked = { now: given.now, zone: given.calendar.zone };
	try {
		const isConfirmed = request.fields['confirm'] === 'yes';
		const status = isConfirmed ? await confirmByCustomer(store, no, digits, { ...asked, rating: ratingOf(request) }) : await customerStatus(store, no, digits, asked);
		if (isConfirmed) changed.push({ kind: 'call', event: 'confirmSolved', no: status.no });
		return { title: `进度 ${status.no}`, body: html`${isConfirmed ? note('感谢您的确认！', 'ok') : ''}${statusHtml(status, digits)}${searchForm('')}` };
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return { title: '报修进度查询', body: html`${note(html`${error.message}<br>${error.way}`, 'bad')}${searchForm(no)}` };
	}
}

const items = Object.keys(ratingItems) as RatingItem[];

/** A rating counts with all four items. @rule T-020 */
function ratingOf({ fields }: Visit['request']): Record<string, unknown> | null {
	return items.every((item) => typeof fields[item] === 'string' && fields[item] !== '') ? { ...Object.fromEntries(items.map((item) => [item, fields[item]])), remark: fields['remark'] } : null;
}

const ratingHtml = (): Html =>
	html`<h3>您对技术员的评价（可不填）</h3>${items.map((item) => html`<fieldset><legend>${ratingItems[item]}</legend><div class="chips">${Object.entries(satisfactions).map(([level, label]) => html`<label><input type="radio" name="${item}" value="${level}"><span>${label}</span></label>`)}</div></fieldset>`)}<label class="field"><span>建议或抱怨</span><textarea name="remark"></textarea></label>`;

const searchForm = (no: string): Html =>
	html`<div class="card"><form method="post" action="?p=status"><div class="two"><label class="field"><span>报修编号或维修编号</span><input name="no" value="${no}" required placeholder="BX202506-0001"></label><label class="field"><span>电话后四位（邮寄维修不用填）</span><input name="digits" inputmode="numeric" maxlength="4" pattern="[0-9０-９]{4}" autocomplete="off"></label></div><button>查询</button></form></div>`;

function statusHtml({ no, state, steps, canConfirm }: CustomerStatus, digits: string): Html {
	return html`<div class="card"><h2>${state}</h2><table>${steps.map(({ label, at }) => html`<tr><td>${at === null ? '○' : '●'} ${label}</td><td class="soft">${at ?? '—'}</td></tr>`)}</table>${
		canConfirm ? html`<form method="post" action="?p=status"><input type="hidden" name="no" value="${no}"><input type="hidden" name="digits" value="${digits}"><input type="hidden" name="confirm" value="yes">${ratingHtml()}<p><button>确认已完成</button></p></form>` : ''
	}</div>`;
}
