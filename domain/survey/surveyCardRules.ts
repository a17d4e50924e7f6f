import { fire, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { RowOf } from '../document/fields';
import { complaint } from '../complaint/complaint';
import type { customer } from '../master/records';
import type { Call } from '../service/call';
import { returnVisit } from '../service/returnVisit';
import { satisfactions } from '../service/visit';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, endOfDay } from '../shared/zonedTime';
import { rating, ratingItems, type Rating, type RatingItem } from '../technician/rating';
import { followUp } from './followUp';
import type { answered, SurveyCard, SurveyCardShape, surveyMeans } from './surveyCardPaper';

type Change_ = Change<SurveyCardShape>;
type Ripe = Given & { job: Call | null; client: RowOfRecord<typeof customer> | null };
const items = Object.keys(ratingItems) as RatingItem[];

/** What a company asks its customers with. @rule S-004 — card, phone or both */
export const meansOf = ({ 'survey.mode': mode }: Settings): readonly (keyof typeof surveyMeans)[] => (mode === 'both' ? ['card', 'phone'] : mode === 'none' ? [] : [mode]);

/** The work is done, or the call came to nothing: now the customer can say something. */
const isRipe = ({ state }: Pick<Call, 'state'>): boolean => ['AwaitCancel', 'Closed', 'Void'].includes(state);

/** @rule S-002 — for every call, also one that was voided; not for one that is the same as another */
export function openCard(_card: unknown, { call: no, means }: { call: string; means: keyof typeof surveyMeans }, facts: Ripe): Change_ {
	const { job, client, calendar } = facts;
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的叫修`, '请核对叫修编号', 'S-002');
	if (job.duplicateOf !== null) throw new RuleViolation('CONDITION_NOT_MET', `${no} 与 ${job.duplicateOf} 是同一次报修`, '同一次报修只调查一次', 'S-002');
	const { customerName, phone, address, technician, unit } = job;
	const paper = { call: no, means, calledDay: calendar.dayOf(job.calledAt), customerName, phone, address, technician, unit, mail: client?.mail ?? null };
	if (!isRipe(job)) return { set: paper, to: 'Waiting' };
	const ripe = sendOut({ ...paper, no: facts.no }, facts);
	return { ...ripe, set: { ...paper, ...ripe.set } };
}

/** @rule S-004 — the card goes out, or the phone call is due, when the work is done @rule S-002 — not for a call that proved the same as another */
export function releaseCard(card: SurveyCard, _input: unknown, facts: Ripe): Change_ {
	if (facts.job === null || !isRipe(facts.job)) return { to: 'Waiting' };
	if (facts.job.duplicateOf !== null) return { to: 'Withdrawn', set: { outcome: `与 ${facts.job.duplicateOf} 是同一次报修` } };
	const fresh = { ...card, technician: facts.job.technician, mail: facts.client?.mail ?? null };
	const sent = sendOut(fresh, facts);
	return { ...sent, set: { technician: fresh.technician, mail: fresh.mail, ...sent.set } };
}

type Sendable = Pick<SurveyCard, 'no' | 'call' | 'means' | 'mail' | 'customerName'>;

function sendOut(card: Sendable, given: Given): Change_ {
	if (card.means === 'phone') return { to: 'ToCall', set: { attempts: 0, solved: null, ...limits(given) } };
	if (card.mail === null) return { to: 'ToPost', set: limits(given) };
	return { to: 'Sent', set: { sentAt: given.now, ...limits(given) }, notices: [invitation(card, card.mail, 'sent')] };
}

/** @rule S-007 — one reminder, then closed without an answer */
const limits = ({ today, settings, calendar }: Given) => ({
	remindAt: endOfDay(addDays(today, settings['survey.reminder_days'] - 1), calendar.zone),
	closeAt: endOfDay(addDays(today, settings['survey.close_days'] - 1), calendar.zone),
	reminded: false,
});

const invitation = ({ no, call, customerName }: Sendable, mail: string, why: 'sent' | 'reminded') => ({
	key: `survey.${why}:${no}`,
	to: { mail },
	subject: `${why === 'reminded' ? '提醒：' : ''}请评价我们的服务 ${call}`,
	rule: 'S-002',
	body: [`${customerName}，您好：`, `您的报修 ${call} 已处理。请用一分钟告诉我们服务得怎样：`, { label: '填写意见调查卡', page: 'card' as const, no, person: '' }],
});

/** A card without a mail address was posted. */
export const postCard = (_card: SurveyCard, _input: unknown, given: Given): Change_ => ({ set: { sentAt: given.now, ...limits(given) } });

/** @rule S-007 — once: by mail, or by asking the department to post or phone */
export function remindCard(card: SurveyCard): Change_ {
	const set = { reminded: true };
	if (card.state === 'Sent' && card.mail !== null) return { set, to: 'Sent', notices: [invitation(card, card.mail, 'reminded')] };
	const what = { ToPost: '还没有寄出', ToCall: '还没有电话回访', Sent: '还没有收回' }[card.state as 'ToPost'] ?? '';
	return { set, to: card.state as 'Sent', notices: [{ key: `survey.reminded:${card.no}`, to: { role: 'service_dept' }, subject: `客户意见${what} ${card.no}`, rule: 'S-007', body: [['客户', `${card.customerName} ${card.phone}`], ['叫修编号', card.call], ['方式', card.means === 'phone' ? '电话回访' : '意见调查卡']] }] };
}

/** @rule S-007 @rule S-020 — tried as often as `visit.retries`, then given up */
export function notReached(card: SurveyCard, _input: unknown, { settings, actor }: Given): Change_ {
	checkCaller(card, actor.code);
	const attempts = (card.attempts ?? 0) + 1;
	return { set: { attempts }, to: attempts >= settings['visit.retries'] ? 'NoAnswer' : 'ToCall' };
}

function checkCaller(card: SurveyCard, code: string): void {
	if (card.technician === code) throw new RuleViolation('NOT_ALLOWED', `${card.call} 由 ${code} 服务，不能自己回访`, '请由其他人员回访', 'O-007');
}

type Answered = RowOf<typeof answered>;
type Known = Given & { job: Call | null; given: Rating | null };

/**
 * Takes the answer, and what follows from it at once: the rating, a complaint, a task after a low mark, an open call.
 * @rule S-003 — all four items, or none when no technician came or the work is not done
 * @rule K-002 — both parts of an opinion: a case and a rating
 * @rule S-020 — a call that is open again is asked about again when it is done
 * @throws RuleViolation FIELD_MISSING, NOT_ALLOWED
 */
export function answerCard(card: SurveyCard, input: Answered, facts: Known): Change_ {
	const { actor, now } = facts;
	checkCaller(card, actor.code);
	checkRating(input, card);
	const follow = [...ratingOf(card, input, facts), ...complaintOf(card, input), ...taskOf(card, input), ...visitOf(card, input, facts)];
	const outcome = follow.flatMap(({ said }) => said);
	const set = { ...input, answeredAt: now, answeredBy: actor.code, outcome: outcome.length === 0 ? null : outcome.join('；') };
	return { set, to: isOpenAgain(card, input, facts) ? 'Waiting' : 'Answered', then: follow.map(({ does }) => does) };
}

const isOpenAgain = ({ means }: SurveyCard, { solved }: Answered, { job }: Known): boolean => means === 'phone' && solved === 'unsolved' && job !== null && job.state !== 'Void';

function checkRating(input: Answered, { means }: SurveyCard): void {
	const missing = items.filter((item) => input[item] === null);
	if (means === 'phone' && input.solved === null) throw new RuleViolation('FIELD_MISSING', '没有填写问题是否解决', '请填写“已解决”或“未解决”；未接通请登记“未接通”', 'S-020');
	if (input.opinionKind !== null && input.opinionKind !== 'none' && (input.opinion ?? '').trim() === '') throw new RuleViolation('FIELD_MISSING', '选择了建议或抱怨，但没有写内容', '请填写意见内容', 'S-003');
	if (missing.length === 0 || (missing.length === items.length && (input.noTechnician === true || input.solved === 'unsolved'))) return;
	throw new RuleViolation('FIELD_MISSING', `缺少评价：${missing.map((item) => ratingItems[item]).join('、')}`, missing.length === items.length ? '请评价四项；技术员没有上门的请勾选“技术员没有上门”' : '四项都要评价', 'S-003');
}

type Follow = { readonly does: Consequence; readonly said: readonly string[] };

/** @rule T-020 — counts for the technician, once for a call */
function ratingOf(card: SurveyCard, { attitude, skill, arrival, promise, opinion }: Answered, { given, job }: Known): Follow[] {
	if (attitude === null || skill === null || arrival === null || promise === null || given !== null || job === null || job.technician === null || job.arrivedAt === null) return [];
	return [{ does: fire(rating, 'give', null, { call: card.call, attitude, skill, arrival, promise, remark: opinion }), said: [] }];
}

/** @rule S-006 — a complaint is a case of its own; the card stays answered */
function complaintOf(card: SurveyCard, { opinionKind, opinion }: Answered): Follow[] {
	if (opinionKind !== 'complaint') return [];
	const { customerName, phone, technician, means } = card;
	return [{ does: fire(complaint, 'register', null, { family: 'service', customerName, phone, content: opinion ?? '', personConcerned: technician, channel: means === 'phone' ? 'phone' : 'letter', source: card.no }), said: ['已登记投诉'] }];
}

/** @rule S-008 — the lowest mark on any item is followed up by the director @rule K-002 — so is a suggestion: it is handled with care, not only counted */
function taskOf(card: SurveyCard, input: Answered): Follow[] {
	const low = items.filter((item) => input[item] === 'not_satisfied');
	if (low.length === 0 && input.opinionKind !== 'suggestion') return [];
	const said = [...(low.length === 0 ? [] : [low.map((item) => `${ratingItems[item]}${satisfactions.not_satisfied}`).join('、')]), ...(input.opinion === null ? [] : [input.opinion])];
	const content = `${card.customerName} ${card.phone}：${said.join('。')}`;
	return [{ does: fire(followUp, 'open', null, { taskKind: 'follow_up', subject: `${low.length === 0 ? '客户建议' : '低分跟进'} ${card.call}`, content, role: 'service_director', source: card.no }), said: ['已请服务主任跟进'] }];
}

/** @rule S-020 — the phone call is a return visit; not solved opens the call again */
function visitOf(card: SurveyCard, { solved, opinion }: Answered, { job }: Known): Follow[] {
	if (card.means !== 'phone' || solved === null || job === null || !['AwaitCancel', 'Closed'].includes(job.state)) return [];
	return [{ does: fire(returnVisit, 'record', null, { call: card.call, means: 'phone', result: solved, opinion }), said: solved === 'unsolved' ? ['叫修已重新处理'] : [] }];
}
