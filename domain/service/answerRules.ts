import type { Change, Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { arrivalTimes } from './arrivalLimit';
import type { Call, CallShape } from './call';

/**
 * When the customer has to be answered, and what he was told.
 * @rule V-012 — the promised time, who promised it and when
 * @rule V-013 — within `service.reply_hours` clock hours, reminded at `service.reply_warn_hours`
 */
export function answerTimes(calledAt: Instant, promisedAt: Instant | null, { now, actor, settings }: Given) {
	const after = (hours: number) => new Date(Date.parse(calledAt) + hours * 3_600_000).toISOString();
	const told = promisedAt === null ? { answeredAt: null, promisedBy: null } : { answeredAt: now, promisedBy: actor.code };
	return { promisedAt, ...told, replyDueAt: after(settings['service.reply_hours']), replyRemindAt: after(settings['service.reply_warn_hours']), replyReminded: false, replyLate: promisedAt !== null && now > after(settings['service.reply_hours']) };
}

/** Tells the customer when the repair will be. @rule V-012 @rule V-013 — late only after the full hours */
export const answerCustomer = (call: Call, { promisedAt }: { promisedAt: Instant }, { now, actor }: Given): Change<CallShape> => ({
	set: { promisedAt, promisedBy: actor.code, answeredAt: call.answeredAt ?? now, replyLate: call.answeredAt === null ? isLate(call, now) : call.replyLate },
	to: stay(call),
});

const isLate = (call: Call, now: Instant): boolean => call.replyDueAt !== null && now.slice(0, 16) > call.replyDueAt.slice(0, 16);

/** Reminds reception of a customer nobody has answered. @rule V-013 */
export const remindReply = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({ set: { replyReminded: true }, to: stay(call), notices: [replyMail(call, '请答复客户', 'receptionist', facts)] });

/** The answer is late: flagged, and told to the department manager. @rule V-013 */
export const missReply = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({ set: { replyLate: true, replyReminded: true }, to: stay(call), notices: [replyMail(call, '答复超时', 'dept_manager', facts)] });

const replyMail = (call: Call, what: string, role: 'receptionist' | 'dept_manager', { calendar }: Given): Notice => ({
	key: `call.reply:${role}:${call.no}`,
	to: { role },
	subject: `${what} ${call.no} ${call.customerName}`,
	rule: 'V-013',
	body: [['叫修编号', call.no], ['客户', `${call.customerName} ${call.phone}`], ['叫修时间', localTime(call.calledAt, calendar.zone)], ['答复期限', call.replyDueAt === null ? '' : localTime(call.replyDueAt, calendar.zone)]],
});

type Appointment = { readonly appointFrom: Instant | null; readonly appointTo: Instant };

/**
 * Agrees a time with the customer; from now on it decides the arrival.
 * @rule V-014
 * @throws RuleViolation FIELD_INVALID when the end is before the start
 */
export function appoint(call: Call, { appointFrom, appointTo }: Appointment, { now, actor, settings, calendar }: Given): Change<CallShape> {
	checkTechnicianOwn(call, actor);
	return { set: { ...agreed(call, { appointFrom, appointTo }, settings, calendar), promisedAt: call.promisedAt ?? appointTo, promisedBy: call.promisedBy ?? actor.code, answeredAt: call.answeredAt ?? now }, to: stay(call) };
}

/** The limits under an agreed time; a visit before it does not count as the arrival any more. @rule V-014 */
export function agreed(call: Call, { appointFrom, appointTo }: Appointment, settings: Given['settings'], calendar: Given['calendar']) {
	if (appointFrom !== null && appointTo < appointFrom) throw new RuleViolation('FIELD_INVALID', `预约上门止（${localTime(appointTo, calendar.zone)}）早于预约上门起`, '请检查两个时间', 'V-014');
	return { ...arrivalTimes(call.limitFrom ?? call.calledAt, call.zone, { appointFrom, appointTo }, settings, calendar), appointFrom, appointTo, arrivedAt: null, warned: false, alarmed: false, remindVisitAt: visitReminder(call.jobKind, appointFrom, settings['service.visit_reminder_hours']) };
}

/** @rule V-051 — half a day before the planned arrival */
export const visitReminder = (kind: Call['jobKind'], appointFrom: Instant | null, hours: number): Instant | null =>
	(kind === 'installation' || kind === 'commissioning') && appointFrom !== null ? new Date(Date.parse(appointFrom) - hours * 3_600_000).toISOString() : null;

/** Where a technician acts as such, only on his own job. @throws RuleViolation NOT_ALLOWED @rule O-030 */
export function checkTechnicianOwn(call: Call, actor: Given['actor']): void {
	if (actor.roles.every((role) => role === 'technician' || role === 'outlet') && call.technician !== actor.code)
		throw new RuleViolation('NOT_ALLOWED', `${call.no} 派给了 ${call.technician ?? '（未派工）'}，不是 ${actor.code}`, '只能办理派给自己的工作；需要换人请主任改派', 'O-030');
}

/** States in which work is open; an event that only adds something leaves the call where it is. */
export const stay = (call: Call) => call.state as 'WithDispatcher';
