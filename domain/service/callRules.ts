import { fire, type Change } from '../document/document';
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

/** Marks the call and tells the dispatcher. @rule V-030 — a missed limit is flagged and reported */
export function missArrival(call: Call, _input: unknown, { calendar, settings }: Given): Change<CallShape> {
	return {
		set: { breached: true },
		to: call.state === 'Assigned' ? 'Assigned' : 'WithDispatcher',
		notices: [
			{
				key: `call.missArrival:${call.no}`,
				to: { role: settings['service.dispatcher_role'] },
				subject: `到达超时 ${call.no} ${call.customerName}`,
				rule: 'V-030',
				body: [
					['叫修编号', call.no],
					['到达期限', localTime(call.dueAt, calendar.zone)],
					['为什么是这个时间', explainDue(call.dueWorking, calendar.zone)],
					['技术员', call.technician ?? '尚未派工'],
				],
			},
		],
	};
}

/** A wrong or double entry stays readable with its number and the reason in the audit. @rule M-105 */
export const voidCall = (call: Call): Change<CallShape> => ({ then: [fire(voucher, 'file', call.voucher, { call: call.no })] });
