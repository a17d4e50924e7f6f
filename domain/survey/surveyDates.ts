import type { Notice } from '../document/document';
import type { Day } from '../document/fields';
import type { Call } from '../service/call';
import type { Settings } from '../settings';
import { addMonths, localTime, monthOf } from '../shared/zonedTime';
import type { VisitPlan } from '../technician/visitPlan';
import type { surveyKinds } from './serviceSurvey';
import { monthsOf } from './visitQuarter';

/**
 * Which calls of a day are asked about: every one, unless a company of another kind than `goods` asks fewer.
 * @rule S-002 — as many cards as calls
 */
export function surveyedCalls<C extends Pick<Call, 'duplicateOf'>>(calls: readonly C[], { 'general.profile': profile, 'survey.coverage_pct': wanted }: Settings): C[] {
	const share = (profile === 'goods' ? Math.max(wanted, 100) : wanted) / 100;
	return calls.filter(({ duplicateOf }) => duplicateOf === null).filter((_call, index) => Math.floor((index + 1) * share) > Math.floor(index * share));
}

type Registered = Pick<Call, 'no' | 'unit' | 'customerName' | 'phone' | 'model' | 'technician' | 'calledAt'>;

/** The day's register of a service point, to the service department the next working day. @rule S-001 */
export const registerNotices = (day: Day, calls: readonly Registered[], unitName: (code: string | null) => string, zone: string): Notice[] =>
	[...Map.groupBy(calls, ({ unit }) => unit)].map(([unit, each]): Notice => ({
		key: `survey.register:${unit ?? ''}:${day}`,
		to: { role: 'service_dept' },
		subject: `叫修登记 ${unitName(unit)} ${day} 共 ${each.length} 件`,
		rule: 'S-001',
		body: each.map(({ no, customerName, phone, model, technician, calledAt }) => [no, `${localTime(calledAt, zone).slice(-5)} ${customerName} ${phone} ${model ?? ''} ${technician ?? '未派工'}`] as const),
	}));

/** The quarter a day lies in, and the next. */
const quarterOf = (day: Day): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** In the last week of a quarter the leader is asked for the next one's plan. @rule S-021 */
export function quarterPlanDue(today: Day, planned: ReadonlySet<string>): Notice[] {
	const months = monthsOf(quarterOf(today));
	const next = quarterOf(addMonths(`${monthOf(today)}-01`, 3));
	const isLastWeek = months !== null && monthOf(today) === months[2] && Number(today.slice(8)) > 23;
	return isLastWeek && !planned.has(next) ? [{ key: `visit_quarter.due:${next}`, to: { role: 'group_leader' }, subject: `请编制 ${next} 客户回访计划`, rule: 'S-021', body: [`下季度的回访计划还没有编制。请在本季度结束前编制，系统会按客户分到各月。`] }] : [];
}

/** Visits of earlier months that are not made are carried on and listed. @rule S-021 */
export function lateVisits(today: Day, open: readonly Pick<VisitPlan, 'no' | 'customer' | 'technician' | 'plannedDay'>[]): Notice[] {
	const late = open.filter(({ plannedDay }) => monthOf(plannedDay) < monthOf(today));
	return late.length === 0 ? [] : [{ key: `visit_plan.carried:${monthOf(today)}`, to: { role: 'group_leader' }, subject: `逾期未回访客户 ${late.length} 家`, rule: 'S-021', body: late.map(({ no, customer, technician, plannedDay }) => [no, `${customer} ${technician} 计划 ${plannedDay}，转入本月`] as const) }];
}

const asked = { sales: { role: 'sales_director', rule: 'S-009' }, periodic: { role: 'service_dept', rule: 'S-010' } } as const;

/** A survey whose time has come again is asked for, once in its cycle. @rule S-009 @rule S-010 */
export function surveyDue(kind: keyof typeof surveyKinds, lastDay: Day | null, today: Day, months: number, label: string): Notice[] {
	if (months <= 0 || (lastDay !== null && addMonths(lastDay, months) > today)) return [];
	const cycle = Math.floor((Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1) / months);
	return [{ key: `survey_round.due:${kind}:${months}:${cycle}`, to: { role: asked[kind].role }, subject: `请发起${label}`, rule: asked[kind].rule, body: [['上次', lastDay ?? '还没有做过'], ['周期', `每 ${months} 个月`], '请在“单据”页发起调查，系统会为每位客户开立调查表。'] }];
}
