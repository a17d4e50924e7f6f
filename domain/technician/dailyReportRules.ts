import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import { isInView, type Member, type Unit } from '../master/unitTree';
import type { Settings } from '../settings';
import { timeOn } from '../shared/clockTime';
import { RuleViolation } from '../shared/ruleViolation';
import type { ServiceType } from '../service/proposeServiceType';
import type { DailyReport, DailyReportShape } from './dailyReport';
import { differences, prefilledLines, type DaysWork, type ReportLine } from './workedTime';

type Input = { readonly technician: string; readonly day: Day; readonly lines: readonly ReportLine[] };
type Known = Given & DaysWork;
type Company = Given & { readonly people: readonly Member[]; readonly units: readonly Unit[] };

const MINUTES_A_DAY = 1440;

/** When a day's report is due. @rule T-001 — `service.day_end` */
export const reportDue = (on: Day, settings: Settings, zone: string) => timeOn(on, settings['service.day_end'], zone);

/** Minutes by type and together. @rule T-001 */
export function totalsOf(lines: readonly ReportLine[]) {
	const of = (type: ServiceType) => lines.reduce((sum, line) => sum + (line.type === type ? line.minutes : 0), 0);
	const [minutesA, minutesB, minutesC, minutesD] = [of('A'), of('B'), of('C'), of('D')];
	return { minutesA, minutesB, minutesC, minutesD, total: minutesA + minutesB + minutesC + minutesD };
}

export type MinuteTotals = ReturnType<typeof totalsOf>;

/** Of several days or people. */
export function sumOf(totals: readonly MinuteTotals[]): MinuteTotals {
	const sum = (key: keyof MinuteTotals) => totals.reduce((total, each) => total + each[key], 0);
	return { minutesA: sum('minutesA'), minutesB: sum('minutesB'), minutesC: sum('minutesC'), minutesD: sum('minutesD'), total: sum('total') };
}

/** 150 minutes → `2.5`. */
export const hoursText = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100);

/**
 * A technician's own report of a day.
 * @rule T-001 — his own, of a day that has come, with a call for A to C, at most 24 hours
 * @rule T-006 — differences from visits and repair cards are marked
 * @throws RuleViolation NOT_ALLOWED, CONDITION_NOT_MET, NOT_FOUND
 */
export function saveReport(_report: DailyReport, input: Input, facts: Known): Change<DailyReportShape> {
	if (input.technician !== facts.actor.code) throw new RuleViolation('NOT_ALLOWED', `${facts.actor.code} 不能填写 ${input.technician} 的日报`, '请以本人工号填写', 'T-001');
	if (input.day > facts.today) throw new RuleViolation('CONDITION_NOT_MET', `${input.day} 还没有到，不能填写日报`, '请核对日期', 'T-001');
	checkLines(input.lines, facts.calls);
	const totals = totalsOf(input.lines);
	if (totals.total > MINUTES_A_DAY) throw new RuleViolation('CONDITION_NOT_MET', `${input.day} 合计 ${totals.total} 分钟，超过 24 小时`, '请核对各行分钟数', 'T-001');
	const found = differences(input.lines, prefilledLines(input.technician, facts), facts.settings['report.diff_minutes']);
	return { set: { ...input, ...totals, summary: summaryOf(totals), differences: found, mark: found.length === 0 ? null : found.map(({ call, recorded, reported }) => `${call} 实际 ${recorded} 分、填报 ${reported} 分`).join('；') } };
}

/** @rule T-001 — due at the day's end; whether it came in time stays as it was first submitted */
export function submitReport(report: DailyReport, input: Input, facts: Known): Change<DailyReportShape> {
	const { set } = saveReport(report, input, facts);
	return { set: { ...set, submittedAt: facts.now, onTime: report.onTime ?? facts.now <= reportDue(input.day, facts.settings, facts.calendar.zone), returnReason: null } };
}

function checkLines(lines: readonly ReportLine[], calls: DaysWork['calls']): void {
	if (lines.length === 0) throw new RuleViolation('FIELD_MISSING', '日报没有工作明细', '请至少填写一行，例如：D 60 - 部门会议', 'T-001');
	lines.forEach(({ type, call }, index) => {
		const place = `“工作明细”第 ${index + 1} 行`;
		if (call === null && type !== 'D') throw new RuleViolation('FIELD_MISSING', `${place}：${type} 类工作没有叫修编号`, '请填写叫修编号；没有客户的工作请填 D 类', 'T-001');
		if (call !== null && !calls.some(({ no }) => no === call)) throw new RuleViolation('NOT_FOUND', `${place}：没有编号为“${call}”的叫修`, '请核对编号；D 类工作没有叫修编号时填 -', 'T-001');
	});
}

const summaryOf = (totals: ReturnType<typeof totalsOf>): string =>
	(['A', 'B', 'C', 'D'] as const).flatMap((type) => (totals[`minutes${type}`] === 0 ? [] : [`${type} ${hoursText(totals[`minutes${type}`])}小时`])).join(' ');

/** @rule T-001 — reviewed and filed by the technician's superior @rule O-007 — not by himself */
export function reviewReport(report: DailyReport, _input: unknown, facts: Company): Change<DailyReportShape> {
	checkReviewer(report, facts);
	return { set: { reviewedBy: facts.actor.code, reviewedAt: facts.now } };
}

/** Only a returned report may be submitted again. @rule T-001 */
export function returnReport(report: DailyReport, { reason }: { reason: string }, facts: Company): Change<DailyReportShape> {
	checkReviewer(report, facts);
	return {
		set: { returnReason: reason },
		notices: [{ key: `daily_report.return:${report.no}:${report.version}`, to: { person: report.technician }, subject: `日报退回 ${report.day}`, rule: 'T-001', body: [['日报', report.no], ['退回原因', reason], '请更正后重新提交。'] }],
	};
}

function checkReviewer(report: DailyReport, { actor, people, units }: Company): void {
	if (actor.code === report.technician) throw new RuleViolation('NOT_ALLOWED', `${report.no} 是 ${actor.code} 本人的日报，不能自行核阅`, '请由上级核阅', 'O-007');
	if (!isInView(actor, report.technician, people, units)) throw new RuleViolation('NOT_ALLOWED', `${report.technician} 不属于 ${actor.name}（${actor.code}）的部门`, '请由其所属部门的主任核阅', 'O-001');
}
