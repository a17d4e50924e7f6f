import { awardNames } from '../domain/award/awardKinds';
import type { Award } from '../domain/award/awardRules';
import { appraisalWorkbook, kpiWorkbook } from '../domain/report/kpiWorkbook';
import { returnRates } from '../domain/report/returnReports';
import type { Day, Month } from '../domain/document/fields';
import { unitsBelow, type Member, type Unit } from '../domain/master/unitTree';
import { hasRole } from '../domain/organisation';
import type { RepairCard } from '../domain/repair/repairCard';
import type { Call } from '../domain/service/call';
import type { PenaltyProposal } from '../domain/service/penaltyProposal';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { addDays, addMonths, dayOf, startOfDay } from '../domain/shared/zonedTime';
import type { Appraisal } from '../domain/technician/appraisal';
import { reportDue } from '../domain/technician/dailyReportRules';
import { kpiRows, kpisOf, type KpiData, type KpiRow, type Subject } from '../domain/technician/kpi';
import { scoreSheet } from '../domain/technician/score';
import { apply, SYSTEM, type Standing } from './engine';
import type { Condition, Row, Store } from './store';
import { companyOf, type Built } from './technicianReports';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const between = (column: string, from: string, to: string): Condition[] => [{ column, is: '>=', value: from }, { column, is: '<', value: to }];

/** Loads what the month's figures are made of. @rule T-060 */
async function kpiData(store: Store, month: Month, { now, calendar, today, settings }: Standing): Promise<KpiData> {
	const [first, next] = [`${month}-01`, addMonths(`${month}-01`, 1)];
	const [from, to] = [startOfDay(first, calendar.zone), startOfDay(next, calendar.zone)];
	const during = async <D>(table: string, column: string): Promise<D[]> => rows(await store.list(table, { where: between(column, from, to) }));
	const onDays = async <D>(table: string, column: string): Promise<D[]> => rows(await store.list(table, { where: between(column, first, next) }));
	const calls = await during<Call>('call', 'calledAt');
	const inspected = await during<RepairCard>('repair_card', 'inspectedAt');
	const failed = new Set((await store.load('audit', 'no', inspected.map(({ no }) => no))).filter(({ kind, event }) => kind === 'repair_card' && event === 'fail').map(({ no }) => no));
	const days: Day[] = [];
	for (let day = first; day < next && day <= today; day = addDays(day, 1)) if (calendar.isWorkday(day) && reportDue(day, settings, calendar.zone) <= now) days.push(day);
	return {
		month,
		builtAt: now,
		dayOf: (instant) => dayOf(instant, calendar.zone),
		calls,
		repeated: rows(await store.load('call', 'no', calls.flatMap(({ repeatOf }) => repeatOf ?? []))),
		visits: rows(await store.load('visit', 'call', calls.map(({ no }) => no))),
		charges: await during('charge', 'createdAt'),
		complaints: await during('complaint', 'acceptedAt'),
		cards: await onDays('repair_card', 'finishedDay'),
		inspected: inspected.map((card) => ({ ...card, failed: failed.has(card.no) })),
		reports: await onDays('daily_report', 'day'),
		ratings: await onDays('rating', 'day'),
		returns: returnRates(await onDays('return_plan', 'day'), await onDays('return_inspection', 'day')),
		rmas: rows(await store.list('rma', { columns: ['technician', 'onTime'], where: between('finishedAt', from, to) })),
		surveys: rows(await store.list('survey_card', { columns: ['state', 'technician'], where: between('calledDay', first, next) })),
		hotlineCalls: rows(await store.list('hotline_call', { columns: ['channel', 'operator'], where: between('takenAt', from, to) })),
		missedCalls: rows(await store.list('missed_call', { columns: ['inHours', 'responsible'], where: [...between('missedAt', from, to), { column: 'state', is: 'in', value: ['Missed', 'CalledBack'] }] })),
		inspections: rows(await store.load('inspection', 'month', [month])),
		visitPlans: await onDays('visit_plan', 'plannedDay'),
		reportDays: days,
		...(await companyOf(store)),
	};
}

/** @rule T-060 */
export async function buildKpi(store: Store, month: Month, given: Standing): Promise<Built & { readonly kpis: readonly KpiRow[] }> {
	const kpis = kpiRows(await kpiData(store, month, given));
	return { model: kpiWorkbook(month, kpis), fileName: `售后服务KPI-${month}.xlsx`, json: { month }, kpis };
}

/**
 * Draws up the month's score sheets of technicians and, where `kpi.leader_sheet` is on, of group leaders, and shows them;
 * confirmed ones stay as they are.
 * @rule T-021 @rule T-030 — a leader is judged by his group's figures
 */
export async function buildAppraisals(store: Store, month: Month, person: string | null, given: Standing): Promise<Built> {
	const data = await kpiData(store, month, given);
	const wanted = appraised(data, given).filter(({ subject }) => person === null || subject.code === person);
	if (wanted.length === 0) throw new RuleViolation('NOT_FOUND', `${month} 没有可考核的人员${person === null ? '' : `“${person}”`}`, '请核对工号；组长考核需启用 kpi.leader_sheet', 'T-021');
	const fined = await penaltiesOf(store, month, given);
	const rewarded = await awardsOf(store, month, given);
	const items = wanted.map(({ subject, sheet }) => {
		const { lines, score } = scoreSheet(sheet, kpisOf(data, subject), given.settings);
		return { no: null, input: { person: subject.code, month, sheet, lines, penalties: fined.filter(({ person: code }) => code === subject.code).map(({ no, amount, reason }) => ({ no, amount, reason })), awards: rewarded.filter(({ person: code }) => code === subject.code).map(({ no, awardKind, amount }) => ({ no, name: awardNames[awardKind], amount: amount ?? 0 })), basePoints: score } };
	});
	await apply(store, 'appraisal', 'draw', items, { actor: SYSTEM, now: given.now, mode: 'each' });
	const appraisals = rows<Appraisal>(await store.load('appraisal', 'month', [month])).filter((each) => wanted.some(({ subject }) => subject.code === each.person));
	const names = new Map(data.people.map(({ no, name }) => [no, name]));
	return { model: appraisalWorkbook(month, appraisals, names), fileName: `月考核表-${month}.xlsx`, json: { month, people: appraisals.map(({ no, person: code, points, state }) => ({ no, person: code, name: names.get(code), points: points === null ? null : points / 100, state })) } };
}

/** Awards approved in the month that still stand. @rule T-031 */
async function awardsOf(store: Store, month: Month, { calendar }: Standing): Promise<Award[]> {
	return rows<Award>(await store.list('award', { where: duringMonth('approvedAt', month, calendar.zone) })).filter(({ state }) => state === 'Scheduled' || state === 'Paid');
}

const duringMonth = (column: string, month: Month, zone: string): Condition[] => between(column, startOfDay(`${month}-01`, zone), startOfDay(addMonths(`${month}-01`, 1), zone));

/** Penalties confirmed in the month. @rule T-031 */
async function penaltiesOf(store: Store, month: Month, { calendar }: Standing): Promise<PenaltyProposal[]> {
	return rows<PenaltyProposal>(await store.list('penalty_proposal', { where: duringMonth('decidedAt', month, calendar.zone) })).filter(({ state }) => state === 'Confirmed');
}

function appraised({ people, units }: KpiData, { settings }: Standing): { subject: Subject; sheet: 'staff' | 'leader' }[] {
	const staff = people.filter(({ active, roles }) => active && hasRole(roles, 'technician') && !isLeader(roles, settings));
	const leaders = people.filter(({ active, roles }) => active && isLeader(roles, settings));
	return [
		...staff.map(({ no, name }) => ({ sheet: 'staff' as const, subject: { kind: 'person' as const, code: no, name, people: [no] } })),
		...leaders.map(({ no, name, unit }) => ({ sheet: 'leader' as const, subject: { kind: 'person' as const, code: no, name, people: [no, ...groupOf(unit, people, units)] } })),
	];
}

const isLeader = (roles: string, settings: Standing['settings']): boolean => settings['kpi.leader_sheet'] === '是' && hasRole(roles, 'group_leader');

const groupOf = (unit: string | null, people: readonly Member[], units: readonly Unit[]): string[] => {
	const below = unit === null ? null : unitsBelow(units, unit);
	return people.filter((person) => person.active && hasRole(person.roles, 'technician') && (below === null || (person.unit !== null && below.has(person.unit)))).map(({ no }) => no);
};
