import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import { isInView, leadersOf, pathUp, techniciansOf, type Member, type Unit } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import type { DailyReport } from './dailyReport';
import { hoursText, sumOf, type MinuteTotals } from './dailyReportRules';
import type { DirectorReport, DirectorReportShape } from './directorReport';

export type PersonTotals = { readonly technician: string; readonly name: string } & Readonly<MinuteTotals>;
export type MissingReport = { readonly technician: string; readonly name: string; readonly why: 'missing' | 'unreviewed' };

type Company = Given & { readonly everyone: readonly Member[]; readonly units: readonly Unit[] };
type Known = Company & { readonly reports: readonly DailyReport[] };

/** What a director's people reported, and who did not or was not reviewed yet. @rule T-003 */
export function dayTotals(people: readonly Member[], reports: readonly DailyReport[]) {
	const reportOf = (code: string) => reports.find(({ technician }) => technician === code);
	const rows = people.flatMap(({ no, name }): PersonTotals[] => {
		const report = reportOf(no);
		if (report === undefined || report.state !== 'Reviewed') return [];
		const { minutesA, minutesB, minutesC, minutesD, total } = report;
		return [{ technician: no, name, minutesA, minutesB, minutesC, minutesD, total }];
	});
	const missing = people.flatMap(({ no, name }): MissingReport[] => {
		const state = reportOf(no)?.state;
		return state === 'Reviewed' ? [] : [{ technician: no, name, why: state === 'Submitted' ? 'unreviewed' : 'missing' }];
	});
	return { people: rows, missing, ...sumOf(rows) };
}

/** `李师傅、赵师傅（未核阅）`. @rule T-003 */
export const missingNames = (missing: readonly MissingReport[]): string => missing.map(({ name, why }) => (why === 'unreviewed' ? `${name}（未核阅）` : name)).join('、');
export const missingText = (missing: readonly MissingReport[]): string => `缺报：${missingNames(missing)}`;

/** A unit of a branch, at whatever depth, has the branch manager's stamp before it reports to the service department. @rule T-004 */
export const needsStamp = (units: readonly Unit[], unit: string | null): boolean => pathUp(units, unit).some(({ unitKind }) => unitKind === 'branch');

/**
 * Adds up what his technicians reported; until it is stamped or sent it may be filled in again.
 * @rule T-003 — only reviewed reports count, the others are named
 * @rule T-004 — a branch's report waits for the stamp, and its manager is told; again after he returned it
 * @throws RuleViolation NOT_ALLOWED for another director's report
 */
export function submitDirectorReport(report: DirectorReport, input: { director: string; day: Day }, { no, everyone, units, reports, actor, calendar, today }: Known): Change<DirectorReportShape> {
	const isDeputy = (actor.lent ?? []).some(({ code }) => code === input.director);
	if (input.director !== actor.code && !isDeputy) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 不能填报 ${input.director} 的主任日报`, '请以本人工号填报，或先登记职务代理', 'T-003');
	if (input.day > today) throw new RuleViolation('CONDITION_NOT_MET', `${input.day} 还没有到，不能填报`, '请核对日期', 'T-003');
	const mine = techniciansOf(input.director, everyone, units, 'service_director');
	const due = calendar.isWorkday(input.day) ? mine : mine.filter(({ no }) => reports.some(({ technician }) => technician === no));
	const totals = dayTotals(due, reports);
	const home = everyone.find(({ no }) => no === input.director)?.unit ?? null;
	const summary = `${hoursText(totals.total)} 小时${totals.missing.length === 0 ? '' : `，${missingText(totals.missing)}`}`;
	const isBranch = needsStamp(units, home);
	const round = report.returnReason === null ? 0 : report.version;
	return {
		set: { ...input, ...totals, unit: home, summary, needsStamp: isBranch, returnReason: null },
		notices: leadersOf({ unit: home }, isBranch ? everyone : [], units, 'branch_manager').map((manager) => ({
			key: `director_report.stamp:${no}:${manager.no}:${round}`,
			to: { person: manager.no },
			subject: `请核阅签章：服务主任日报 ${input.day}`,
			rule: 'T-004',
			body: [['日报', no], ['服务主任', input.director], ['合计', summary]],
		})),
	};
}

/** @rule T-004 — by the manager of the branch @rule O-007 — not by who filled it in */
export function stampReport(report: DirectorReport, _input: unknown, facts: Company): Change<DirectorReportShape> {
	checkManager(report, facts);
	return { set: { stampedBy: facts.actor.code, stampedAt: facts.now } };
}

/** @rule T-004 — what the manager will not stamp goes back with the reason */
export function returnDirectorReport(report: DirectorReport, { reason }: { reason: string }, facts: Company): Change<DirectorReportShape> {
	checkManager(report, facts);
	return {
		set: { returnReason: reason },
		notices: [{ key: `director_report.return:${report.no}:${report.version}`, to: { person: report.director }, subject: `主任日报退回 ${report.day}`, rule: 'T-004', body: [['日报', report.no], ['退回原因', reason]] }],
	};
}

function checkManager(report: DirectorReport, { actor, everyone, units }: Company): void {
	if (!report.needsStamp) throw new RuleViolation('CONDITION_NOT_MET', `${report.no} 不属于分公司，不需要经理签章`, '请服务主任直接送服务部', 'T-004');
	if (actor.code === report.director) throw new RuleViolation('NOT_ALLOWED', `${report.no} 由 ${actor.code} 本人填报，不能自行签章`, '请由分公司经理签章', 'O-007');
	if (!isInView(actor, report.director, everyone, units)) throw new RuleViolation('NOT_ALLOWED', `${report.no} 不属于 ${actor.name}（${actor.code}）的分公司`, '请由该分公司的经理签章', 'O-001');
}

/**
 * Sends the report to the service department, by mail.
 * @rule T-003 @rule T-004 — a branch's only with the stamp
 * @throws RuleViolation CONDITION_NOT_MET, NOT_ALLOWED
 */
export function sendReport(report: DirectorReport, _input: unknown, { now, actor }: Given): Change<DirectorReportShape> {
	if (report.director !== actor.code && !(actor.lent ?? []).some(({ code }) => code === report.director)) throw new RuleViolation('NOT_ALLOWED', `${report.no} 由 ${report.director} 填报，${actor.code} 不能送出`, '请由填报人送出', 'T-003');
	if (report.needsStamp && report.state !== 'StampedByManager') throw new RuleViolation('CONDITION_NOT_MET', `${report.no} 还没有分公司经理签章，不能送服务部`, '请先由分公司经理核阅签章', 'T-004');
	return {
		set: { sentAt: now },
		notices: [
			{
				key: `director_report.send:${report.no}`,
				to: { role: 'service_dept' },
				subject: `服务主任日报 ${report.day} ${report.director}`,
				rule: 'T-003',
				body: [
					...report.people.map((row) => [row.name, `A ${hoursText(row.minutesA)}、B ${hoursText(row.minutesB)}、C ${hoursText(row.minutesC)}、D ${hoursText(row.minutesD)}，合计 ${hoursText(row.total)} 小时`] as const),
					['合计', `${hoursText(report.total)} 小时`],
					...(report.missing.length === 0 ? [] : [missingText(report.missing)]),
				],
			},
		],
	};
}
