import { randomUUID } from 'node:crypto';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { answered, opinionKinds, type SurveyCard } from '../domain/survey/surveyCardPaper';
import { act } from './acting';
import { html, Html } from './html';
import { note, refusal } from './layout';
import { ratingHtml } from './ratingForm';
import type { Shown, Visit } from './site';

/** A customer's opinion card, opened by the link in his mail: the card of that call only. @rule S-003 */
export async function cardPage(visit: Visit): Promise<Shown> {
	const { store, request, ticket } = visit;
	const no = ticket?.no ?? '';
	const [card] = (await store.load('survey_card', 'no', [no])) as unknown as (SurveyCard | undefined)[];
	if (card === undefined) throw new RuleViolation('NOT_FOUND', '没有找到这张意见调查卡', '请致电售后服务');
	const title = `服务意见 ${card.call}`;
	if (card.state === 'Answered') return { title, body: note('您的意见已经收到，谢谢！', 'ok') };
	if (card.state === 'Withdrawn') return { title, body: note('这张调查卡已撤回，不用填写。') };
	if (request.method === 'GET') return { title, body: form(card, {}) };
	const acted = await act(visit, { kind: 'survey_card', event: 'answer', no, fields: answered });
	if (!acted.ok) return { title, body: html`${note(refusal(acted.violation), 'bad')}${form(card, acted.values)}` };
	return { title, body: note(html`谢谢您的意见！${acted.document['opinionKind'] === 'complaint' ? html`<br>您反映的问题已登记，我们会尽快与您联系。` : ''}`, 'ok') };
}

const form = ({ customerName, call }: SurveyCard, values: Readonly<Record<string, unknown>>): Html =>
	html`<div class="card"><p>${customerName}，您好！您的报修 ${call} 已处理，请评价我们的服务。</p><form method="post"><input type="hidden" name="key" value="${randomUUID()}">${ratingHtml(values)}<fieldset><div class="chips"><label><input type="checkbox" name="noTechnician" value="是"${checked(values['noTechnician'] === true)}><span>技术员没有上门（不用评价以上四项）</span></label></div></fieldset><fieldset><legend>建议或抱怨</legend><div class="chips">${Object.entries(opinionKinds).map(([kind, label]) => html`<label><input type="radio" name="opinionKind" value="${kind}"${checked((values['opinionKind'] ?? 'none') === kind)}><span>${label}</span></label>`)}</div></fieldset><label class="field"><span>意见内容</span><textarea name="opinion">${String(values['opinion'] ?? '')}</textarea></label><button class="wide">提交</button></form></div>`;

const checked = (is: boolean): Html => new Html(is ? ' checked' : '');
