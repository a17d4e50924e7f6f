import type { Change, DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, RowOf } from '../document/fields';
import type { Role } from '../organisation';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { lastDayOf, monthOf, nextMonth } from '../shared/zonedTime';
import type { Settings } from '../settings';
import type { draft } from './award';
import { rangeText, schemeOf, type AwardChange } from './awardChange';
import { awardNames, awardTerms, type AwardTerms } from './awardKinds';
import { approvedMails, askNext, nomineeOf, toldBack } from './awardNotices';
import { checkBasis, checkCandidate, checkCleanYear, checkProbation, type Eligibility } from './eligibility';

export type AwardShape = typeof draft.shape;
export type Award = DocumentOf<AwardShape>;
export type AwardRow = RowOf<AwardShape['fields']>;
type Proposal = Pick<AwardRow, 'awardKind' | 'person' | 'unit' | 'facts' | 'evidence' | 'ground' | 'candidate' | 'source'> & { readonly period: string | null };
type Known = Given & Eligibility & { readonly changes: readonly AwardChange[] };
type Opening = Known & { readonly group: { readonly no: string } | null; readonly same: readonly Award[]; readonly based: Award | null };

const holds = (roles: readonly Role[], wanted: readonly Role[]): boolean => roles.some((role) => wanted.includes(role));
const refusal = (code: 'NOT_ALLOWED' | 'CONDITION_NOT_MET' | 'FIELD_MISSING' | 'FIELD_INVALID' | 'ALREADY_EXISTS', message: string, way: string, rule: string) => new RuleViolation(code, message, way, rule);

/** The year or month an award is for; today's where none is given. */
function periodOf({ cycle, rule }: AwardTerms, period: string | null, today: Day): string {
	const form = cycle === 'year' ? /^\d{4}$/ : /^\d{4}-(0[1-9]|1[0-2])$/;
	const current = currentPeriod({ cycle }, today);
	const wanted = period ?? current;
	if (!form.test(wanted)) throw refusal('FIELD_INVALID', `期间“${wanted}”不对`, cycle === 'year' ? '年度奖请填写年份，例如 2025' : '请填写月份，例如 2025-06', rule);
	if (wanted > current) throw refusal('CONDITION_NOT_MET', `期间 ${wanted} 还没有到`, '请核对期间', rule);
	return wanted;
}

/** Who proposes whom, for what, and not twice. */
export function nominate(_award: unknown, input: Proposal, facts: Opening): Change<AwardShape> {
	const terms = awardTerms[input.awardKind];
	const { actor, today, no } = facts;
	checkProposer(input, terms, facts);
	checkNominee(input, terms, facts);
	if (schemeOf(input.awardKind, facts.changes, facts).stopped) throw refusal('CONDITION_NOT_MET', `“${awardNames[input.awardKind]}”已停止评选`, '奖励办法变更生效后再申报', 'A-015');
	const period = periodOf(terms, input.period, today);
	const paper = { ...input, period, nominator: actor.code, subject: subjectOf(input, today) ?? no };
	checkBasis(paper, facts);
	checkCandidate(paper, facts, 'joined');
	checkProbation(paper, facts);
	checkCleanYear(paper, facts);
	const same = facts.same.find(({ state }) => !['Refused', 'Withdrawn', 'Revoked'].includes(state));
	if (same !== undefined) throw refusal('ALREADY_EXISTS', `${awardNames[input.awardKind]} ${nomineeOf(paper)} ${period} 已经申报（${same.no}）`, '同一事项只申报一次', terms.rule);
	const to = terms.review.length === 0 ? 'ReadyToApprove' : 'Nominated';
	return { set: paper, to, notices: askNext({ ...paper, no, state: to }, terms) };
}

/** What an award is given for once; null where a person may get several. */
export function subjectOf({ awardKind, person, unit, candidate, source, period }: Pick<Proposal, 'awardKind' | 'person' | 'unit' | 'candidate' | 'source' | 'period'>, today: Day): string | null {
	if (awardKind === 'other' || (awardKind === 'saving' && source === null)) return null;
	const nominee = `${person ?? unit ?? ''} ${period ?? currentPeriod(awardTerms[awardKind], today)}`;
	const about = { saving: source, recommendation: candidate, optimisation: source } as Partial<Record<string, string | null>>;
	return `${awardKind} ${about[awardKind] ?? nominee}`;
}

const currentPeriod = ({ cycle }: Pick<AwardTerms, 'cycle'>, today: Day): string => (cycle === 'year' ? today.slice(0, 4) : monthOf(today));

function checkProposer({ awardKind, person }: Proposal, { self, proposers, rule }: AwardTerms, { actor }: Given): void {
	if (person === actor.code ? self : holds(actor.roles, proposers)) return;
	const way = self ? '请由本人申报，或由其负责人推荐' : '请由组长或负责人推荐，本人不能推荐自己';
	throw refusal('NOT_ALLOWED', `${actor.name}（${actor.code}）不能为 ${person ?? '该小组'} 申报“${awardNames[awardKind]}”`, way, rule);
}

function checkNominee({ awardKind, person, unit }: Proposal, { to, rule }: AwardTerms, { worker, group }: Opening): void {
	const name = awardNames[awardKind];
	if (to === 'person' && (person === null || unit !== null)) throw refusal('FIELD_MISSING', `“${name}”授予个人，请只填获奖人工号`, '请核对获奖人', rule);
	if (to === 'unit' && (unit === null || person !== null)) throw refusal('FIELD_MISSING', `“${name}”以组为单位，请只填获奖小组`, '请核对部门编码', rule);
	if ((person === null) === (unit === null)) throw refusal('FIELD_MISSING', `“${name}”须填获奖人或获奖小组之一`, '请核对', rule);
	if (person !== null && worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${person}”的在职人员`, '请核对获奖人', rule);
	if (unit !== null && group === null) throw new RuleViolation('NOT_FOUND', `没有部门编码“${unit}”`, '请核对获奖小组', rule);
}

/** Nobody judges his own award, or one that waits for somebody else. @rule O-007 */
function checkJudge(paper: Award, wanted: readonly Role[], { actor }: Given): void {
	if (paper.person === actor.code) throw refusal('NOT_ALLOWED', `${paper.no} 是 ${actor.code} 本人的奖励`, '请由他人审批', 'O-007');
	if (!holds(actor.roles, wanted)) throw refusal('NOT_ALLOWED', `“${awardNames[paper.awardKind]}”不由 ${actor.name}（${actor.code}）审批`, '请由规定的审批人办理', awardTerms[paper.awardKind].rule);
}

/** An adopted suggestion is proposed in the name of who made it. @rule T-034 @rule A-005 */
export const nominateSuggestion = (award: unknown, input: { readonly person: string; readonly facts: string; readonly source: string }, facts: Opening): Change<AwardShape> =>
	nominate(award, { ...input, awardKind: 'saving', period: null, unit: null, evidence: null, ground: null, candidate: null }, { ...facts, actor: { ...facts.actor, code: input.person } });

/** The manager's word comes first; finance looks where the scheme says so. */
export function review(paper: Award, { cleanYear }: { readonly cleanYear: boolean | null }, facts: Known): Change<AwardShape> {
	const terms = awardTerms[paper.awardKind];
	checkJudge(paper, terms.review, facts);
	if (paper.awardKind === 'employee' && cleanYear !== true) throw refusal('CONDITION_NOT_MET', `${paper.no} 没有确认 ${paper.person} 全年无警告及以上处分`, '核实后请勾选；受过处分的请不批', 'A-012');
	checkCleanYear(paper, facts);
	const to = terms.finance ? 'ManagerReviewed' : 'ReadyToApprove';
	return { set: { reviewedBy: facts.actor.code, cleanYear }, to, notices: askNext({ ...paper, state: to }, terms) };
}

/** @rule A-007 @rule A-008 — finance; nobody checks his own */
export function check(paper: Award, _input: unknown, given: Given): Change<AwardShape> {
	checkJudge(paper, ['accountant'], given);
	const state = 'ReadyToApprove' as const;
	return { set: { checkedBy: given.actor.code }, notices: askNext({ ...paper, state }, awardTerms[paper.awardKind]) };
}

/**
 * The approver sets the amount; it is put on the list of its day.
 * @rule A-011 — inside the range of the scheme @rule A-012 @rule A-016 — what is found meanwhile counts
 * @rule A-017 — a saving of special value becomes a candidate at year end @rule A-019 — who approved is kept
 */
export function approve(paper: Award, { amount, specialValue }: { readonly amount: number; readonly specialValue: boolean | null }, facts: Known): Change<AwardShape> {
	const terms = awardTerms[paper.awardKind];
	checkJudge(paper, terms.approve, facts);
	if (paper.nominator === facts.actor.code) throw refusal('NOT_ALLOWED', `${paper.no} 由 ${facts.actor.code} 本人申报`, '请由另一人批准', 'O-007');
	const scheme = schemeOf(paper.awardKind, facts.changes, facts);
	if (amount < scheme.min || (scheme.max !== null && amount > scheme.max)) throw refusal('CONDITION_NOT_MET', `“${awardNames[paper.awardKind]}”的金额 ${yuan(amount)} 元不在范围内`, `请在 ${rangeText(scheme)} 内核定`, 'A-011');
	if (specialValue === true && paper.awardKind !== 'saving') throw refusal('FIELD_INVALID', '只有节约成本奖可列为年终特别贡献奖候选', '请不要勾选', 'A-017');
	checkCleanYear(paper, facts);
	checkCandidate(paper, facts, 'confirmed');
	const payDay = payDayOf(terms, paper.period, facts.today, facts.settings);
	return { set: { amount, specialValue, approvedBy: facts.actor.code, approvedAt: facts.now, payDay }, notices: approvedMails({ ...paper, amount, payDay, specialValue }) };
}

/** @rule A-013 — the pay day of the month after the approval; yearly awards at the year's end, an optimisation award at once */
export function payDayOf({ paid }: Pick<AwardTerms, 'paid'>, period: string, approvedDay: Day, settings: Settings): Day {
	if (paid === 'approval') return approvedDay;
	const yearEnd = `${period.slice(0, 4)}-12-31`;
	if (paid === 'yearEnd' && approvedDay <= yearEnd) return yearEnd;
	const month = nextMonth(monthOf(approvedDay));
	const payDay = `${month}-${String(Math.max(1, settings['award.pay_day'])).padStart(2, '0')}`;
	return payDay < lastDayOf(month) ? payDay : lastDayOf(month);
}

const waitsFor: Readonly<Record<string, (terms: AwardTerms) => readonly Role[]>> = { Nominated: ({ review: roles }) => roles, ManagerReviewed: () => ['accountant'], ReadyToApprove: ({ approve: roles }) => roles };

/** By whom it waits for. */
export function refuse(paper: Award, { reason }: { readonly reason: string }, given: Given): Change<AwardShape> {
	checkJudge(paper, waitsFor[paper.state]?.(awardTerms[paper.awardKind]) ?? [], given);
	return { set: { reason }, notices: toldBack(paper, '未批', reason) };
}

export function withdraw(paper: Award, { reason }: { readonly reason: string }, { actor }: Given): Change<AwardShape> {
	if (paper.nominator !== actor.code) throw refusal('NOT_ALLOWED', `${paper.no} 由 ${paper.nominator} 申报，不是 ${actor.code}`, '请由申报人撤回', awardTerms[paper.awardKind].rule);
	return { set: { reason }, notices: toldBack(paper, '已撤回', reason) };
}

/** @rule A-013 — only what is approved @rule A-016 — a recommendation with the candidate's confirmation */
export function pay(paper: Award, { paidDay }: { readonly paidDay: Day }, { hired, actor, today, calendar }: Given & Pick<Eligibility, 'hired'>): Change<AwardShape> {
	if (paidDay > today || paidDay < calendar.dayOf(paper.approvedAt ?? '')) throw refusal('CONDITION_NOT_MET', `发放日期 ${paidDay} 在将来或早于批准`, '请核对日期', 'A-013');
	checkCandidate(paper, { hired, today }, 'confirmed');
	return { set: { paidDay, paidBy: actor.code } };
}

export const undoPay = (_paper: Award, { reason }: { readonly reason: string }): Change<AwardShape> => ({ set: { paidDay: null, paidBy: null, reason } });

/** Before it is paid, by whoever may approve it. */
export function revoke(paper: Award, { reason }: { readonly reason: string }, given: Given): Change<AwardShape> {
	checkJudge(paper, awardTerms[paper.awardKind].approve, given);
	return { set: { reason }, notices: [...toldBack(paper, '已撤销', reason), { key: `award.revoked:${paper.no}`, to: { role: 'accountant' }, subject: `嘉奖撤销，请勿发放 ${paper.no}`, rule: 'A-013', body: [['奖项', awardNames[paper.awardKind]], ['对象', nomineeOf(paper)], ['原因', reason]] }] };
}
