import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import type { PenaltyProposal } from '../service/penaltyProposal';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths } from '../shared/zonedTime';
import type { ServiceTask } from '../contract/serviceTask';
import type { AwardKind } from './awardKinds';

type Employed = { readonly no: string; readonly active: boolean; readonly joinedDay: Day | null; readonly confirmedDay: Day | null };

/** What an award depends on besides what is proposed. */
export type Eligibility = {
	readonly worker: Employed | null;
	/** The recommended person. */
	readonly hired: Employed | null;
	readonly penalties: readonly PenaltyProposal[];
	/** The measure an optimisation award is for. */
	readonly task: ServiceTask | null;
};

type Paper = { readonly awardKind: AwardKind; readonly period: string; readonly person: string | null; readonly nominator: string; readonly candidate: string | null; readonly source: string | null; readonly ground: string | null };

/**
 * What an award stands on.
 * @rule A-003 — one of five contributions
 * @rule A-018 — an optimisation award names a measure of an approved report that is carried out
 * @rule A-017 — a special contribution may name the saving it grew from
 */
export function checkBasis({ awardKind, source, ground }: Paper, { task, based }: Pick<Eligibility, 'task'> & { readonly based: { readonly specialValue: boolean | null } | null }): void {
	if (awardKind === 'special' && ground === null) throw new RuleViolation('FIELD_MISSING', '特别贡献奖没有选择贡献类别', '请从五类中选择一类', 'A-003');
	if (awardKind === 'special' && source !== null && based?.specialValue !== true) throw new RuleViolation('NOT_FOUND', `“${source}”不是列为年终候选的节约成本奖`, '请核对奖励编号，或不填依据编号', 'A-017');
	if (awardKind !== 'optimisation') return;
	if (task === null || task.basis !== 'C-021') throw new RuleViolation('CONDITION_NOT_MET', source === null ? '没有填写优化措施的任务编号' : `“${source}”不是已批准优化报告的措施`, '请填写优化报告批准后下达的任务编号，例如 RW202506-0001', 'A-018');
	if (task.state !== 'Done') throw new RuleViolation('CONDITION_NOT_MET', `措施 ${task.no} 还没有完成`, '措施完成、效果明显后再申请', 'A-010');
}

/** @rule A-016 — a recommendation is for somebody on the staff, approved and paid when he is confirmed @rule A-006 */
export function checkCandidate({ awardKind, candidate, person }: Pick<Paper, 'awardKind' | 'candidate' | 'person'>, { hired, today }: Pick<Eligibility, 'hired'> & Pick<Given, 'today'>, needed: 'joined' | 'confirmed'): void {
	if (awardKind !== 'recommendation') return;
	if (candidate === null || candidate === person) throw new RuleViolation('FIELD_MISSING', '没有填写被推荐入职的人', '请选择被推荐入职人，不能是本人', 'A-006');
	if (hired?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${candidate}”的在职人员`, '被推荐人入职并登记后再申报', 'A-006');
	if (needed === 'confirmed' && (hired.confirmedDay === null || hired.confirmedDay > today)) throw new RuleViolation('CONDITION_NOT_MET', `${candidate} 还没有转正（或没有登记转正日期）`, '转正后请在人员资料中登记转正日期', 'A-016');
}

/** @rule A-016 — in probation in that month or the one before, and taken on in the same year @rule A-008 */
export function checkProbation({ awardKind, period, person }: Paper, { worker }: Pick<Eligibility, 'worker'>): void {
	if (awardKind !== 'learning') return;
	const { joinedDay = null, confirmedDay = null } = worker ?? {};
	if (joinedDay === null) throw new RuleViolation('CONDITION_NOT_MET', `人员资料中没有 ${person} 的入职日期`, '请先登记入职日期', 'A-016');
	const isNew = joinedDay.slice(0, 4) === period.slice(0, 4) && joinedDay.slice(0, 7) <= period;
	if (isNew && (confirmedDay === null || confirmedDay >= addMonths(`${period}-01`, -1))) return;
	throw new RuleViolation('CONDITION_NOT_MET', `${person} 在 ${period} 已不是当年入职的试用期新员工（入职 ${joinedDay}，转正 ${confirmedDay ?? '未登记'}）`, '学习进步奖授予试用期新员工', 'A-016');
}

/** @rule A-012 — no confirmed fine of a warning's weight or more in the award's year; what has no paper here the manager declares */
export function checkCleanYear({ awardKind, period, person }: Paper, { penalties, calendar, settings }: Pick<Eligibility, 'penalties'> & Pick<Given, 'calendar' | 'settings'>): void {
	if (awardKind !== 'employee') return;
	const found = penalties.find(({ state, amount, decidedAt }) => state === 'Confirmed' && amount >= settings['penalty.warning_min'] && decidedAt !== null && calendar.dayOf(decidedAt).startsWith(period));
	if (found !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `${person} 在 ${period} 年受过警告以上处罚（${found.no}）`, '优秀员工须全年无警告及以上处分', 'A-012');
}
