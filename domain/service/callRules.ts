import { fire, type Change, type Notice } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import type { Instant } from '../document/fields';
import { explainDue, isBeforeCall, judgeArrival } from './arrivalLimit';
import type { Call, CallShape } from './call';
import { voucher } from './voucher';

/**
 * Cancels the register entry and files the voucher.
 * @rule V-042 — only with the customer's signature
 * @throws RuleViolation CONDITION_NOT_MET without signature
 */
export function closeCall(call: Call, _input: unknown, facts: Given): Change<CallShape> {
	if (call.signedBy === null)
		throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 还没有客户签字，不能注销`, '请技术员补交有客户签字的服务回报', 'V-042');
	return { set: { closedAt: facts.now }, then: [fire(voucher, 'file', call.voucher, { call: call.no })] };
}

/** The technician was there: the arrival is judged as in a visit. @rule V-030 */
export function takeInCall(call: Call, { arrivedAt }: { arrivedAt: Instant }, { calendar }: Given): Change<CallShape> {
	if (isBeforeCall(arrivedAt, call.calledAt)) throw new RuleViolation('CONDITION_NOT_MET', '到达时间早于叫修时间', '请检查日期', 'V-024');
	const arrival = judgeArrival(call.calledAt, arrivedAt, call.limitHours, calendar);
	return call.arrivedAt === null ? { set: { arrivedAt, countedMinutes: Math.round(arrival.minutes), breached: arrival.breached } } : {};
}

/**
 * A call nobody took on its day comes first on the next; one still not taken at the end of that goes to the manager.
 * The dispatcher gets one list a day.
 * @rule V-034
 */
export function putFirst(call: Call, _input: unknown, { waiting, today, settings, calendar }: Given & { waiting: readonly Call[] }): Change<CallShape> {
	const isSecond = call.priority === 'next_day';
	const late = waiting.filter(({ calledAt }) => calendar.dayOf(calledAt) < today || isSecond);
	return {
		set: { priority: isSecond ? 'manager' : 'next_day' },
		notices: [
			{
				key: `call.unassigned:${isSecond ? 'manager' : 'dispatcher'}:${today}`,
				to: { role: isSecond ? 'dept_manager' : settings['service.dispatcher_role'] },
				subject: `${isSecond ? '仍未派修' : '未派修工作，请优先派工'} ${today}（${late.length} 件）`,
				rule: 'V-034',
				body: late.map((each) => [each.no, `${each.customerName} ${each.address} ${each.symptom}（叫修 ${localTime(each.calledAt, calendar.zone)}）`] as const),
			},
		],
	};
}

/** Marks the call and tells the dispatcher. @rule V-030 — a missed limit is flagged and reported */
export const missArrival = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({
	set: { breached: true },
	to: call.state === 'Assigned' ? 'Assigned' : 'WithDispatcher',
	notices: [aboutArrival(call, '到达超时', `call.missArrival:${call.no}`, 'V-030', facts)],
});

/** Tells the dispatcher once that little time is left. @rule V-033 */
export const warnArrival = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({
	set: { warned: true },
	to: call.state === 'Assigned' ? 'Assigned' : 'WithDispatcher',
	notices: [aboutArrival(call, '到达预警', `call.warnArrival:${call.no}`, 'V-033', facts)],
});

const aboutArrival = (call: Call, what: string, key: string, rule: string, { calendar, settings }: Given): Notice => ({
	key,
	to: { role: settings['service.dispatcher_role'] },
	subject: `${what} ${call.no} ${call.customerName}`,
	rule,
	body: [
		['叫修编号', call.no],
		['到达期限', localTime(call.dueAt, calendar.zone)],
		['为什么是这个时间', explainDue(call.dueWorking, calendar.zone)],
		['技术员', call.technician ?? '尚未派工'],
	],
});

/** A wrong or double entry stays readable with its number and the reason in the audit. @rule M-105 */
export const voidCall = (call: Call): Change<CallShape> => ({ then: [fire(voucher, 'file', call.voucher, { call: call.no })] });
