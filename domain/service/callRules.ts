import { fire, save, type Change, type Notice, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Instant, RowOf } from '../document/fields';
import { asset, type contract, type person } from '../master/records';
import type { Role } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { withdrawal } from './assignCall';
import { checkTechnicianOwn, stay } from './answerRules';
import { arrivalTimes, explainArrival, judgeArrival } from './arrivalLimit';
import type { Call, CallShape } from './call';
import { dispatch } from './dispatch';
import { escalation, type helpers } from './escalation';
import { arrival, checkArrival, checkNotInRepair, dropQuestion } from './jobRules';
import { checkLeaving } from './visitChecks';
import { proposeServiceType } from './proposeServiceType';
import { purchased } from './registerCall';
import { levels, type details } from './registration';
import type { ReturnVisit } from './returnVisitPaper';
import type { UnsolvedReport } from './unsolvedReport';
import { voucher } from './voucher';

/** In mails to a role: the sign-in page. */
const openBoard = { label: '打开派工台（登录）', page: 'board', no: '', person: '' } as const;

/** The same list is sent once; a longer one of the same day is another mail. */
const listKey = (calls: readonly Call[]): string => `${calls.length}:${calls.at(-1)?.no ?? ''}`;

type Closing = Given & { called: readonly ReturnVisit[] };

/**
 * Cancels the register entry and files the voucher.
 * @rule V-042 — only with the customer's signature
 * @rule V-043 — a job done by phone only after a follow-up
 * @rule V-027 — with the service entered into the ledger, under `service.ledger`
 * @rule V-048 — only with the customer's opinion, or why there is none
 * @rule V-082 — only when the customer said by phone that it is solved, under `service.return_visit`
 * @throws RuleViolation CONDITION_NOT_MET naming what is missing
 */
export function closeCall(call: Call, { content }: { content: string | null }, { now, settings, called }: Closing): Change<CallShape> {
	const byPhone = call.result === 'done_by_phone';
	if (call.signedBy === null && !byPhone) throw notYet(`${call.no} 还没有客户签字`, '请技术员补交有客户签字的服务回报', 'V-042');
	if (call.surveyed !== true && !byPhone) throw notYet(`${call.no} 没有满意度`, '请补填满意度，或写明客户拒填的原因', 'V-048');
	const isSolved = called.some(({ result, at }) => result === 'solved' && at >= (call.reportedAt ?? call.calledAt));
	if (byPhone && !isSolved) throw notYet(`${call.no} 由电话完成，还没有回访`, '请先登记结果为“已解决”的回访', 'V-043');
	if (settings['service.return_visit'] === '是' && !isSolved) throw notYet(`${call.no} 还没有电话回访`, '请先登记结果为“已解决”的回访', 'V-082');
	if (settings['service.ledger'] === '是' && content === null) throw notYet(`${call.no} 的服务内容还没有录入`, '请填写“服务内容录库”', 'V-027');
	return { set: { closedAt: now, content, enteredAt: content === null ? null : now }, then: [fire(voucher, 'file', call.voucher, { call: call.no })] };
}

const notYet = (message: string, way: string, rule: string) => new RuleViolation('CONDITION_NOT_MET', `${message}，不能注销`, way, rule);

/** The technician was there: the arrival is judged as in a visit. @rule V-030 */
export function takeInCall(call: Call, { arrivedAt, leftAt }: { arrivedAt: Instant; leftAt: Instant }, facts: Given): Change<CallShape> {
	checkNotInRepair(call);
	checkArrival(call, arrivedAt, facts);
	checkLeaving(arrivedAt, leftAt, facts.now);
	return {
		set: { ...arrival(call, arrivedAt, facts), dispatch: null, stays: (call.stays ?? 0) + 1 },
		then: [...dropQuestion(call), ...(call.dispatch === null ? [] : [fire(dispatch, 'finish', call.dispatch, { arrivedAt, leftAt, result: 'not_done' as const })])],
	};
}

/** Solved on the phone without a visit; closed after a follow-up. @rule V-043 @rule V-070 — with the fault the question tree found */
export function solveByPhone(call: Call, { faultCode, solution }: { faultCode: string | null; solution: string }, { now, actor }: Given): Change<CallShape> {
	checkTechnicianOwn(call, actor);
	checkNotInRepair(call);
	return {
		set: { result: 'done_by_phone', faultCode: faultCode ?? call.faultCode, solution, reportedAt: now, answeredAt: call.answeredAt ?? now, promisedAt: call.promisedAt ?? now, promisedBy: call.promisedBy ?? actor.code, dispatch: null },
		then: [
			...dropQuestion(call),
			...(call.dispatch === null ? [] : [fire(dispatch, 'withdraw', call.dispatch, {})]),
			fire(voucher, 'handIn', call.voucher, { at: now, call: call.no, type: call.type, work: `电话解决：${solution}`, technician: actor.code, minutes: 0, amount: 0, signedBy: null }),
		],
	};
}

type Question = { target: keyof typeof helpers; reason: string; majorQuality: boolean | null };

/** The question goes up; the call waits for the answer. @rule V-046 */
export const escalate = (call: Call, question: Question, { actor }: Given): Change<CallShape> => {
	checkTechnicianOwn(call, actor);
	const turn = (call.escalations ?? 0) + 1;
	return { set: { escalations: turn, stateBefore: call.state as 'Assigned' }, then: [fire(escalation, 'ask', null, { call: call.no, turn, ...question })] };
};

/** @rule V-046 — the answer goes to whoever asked; the call goes on where it was */
export function answerEscalation(call: Call, { answer }: { answer: string }, { worker, actor }: Given & { worker: RowOfRecord<typeof person> | null }): Change<CallShape> {
	const mail = worker?.mail ?? null;
	const to = call.stateBefore ?? 'Assigned';
	const turn = (call.dispatches ?? 0) + 1;
	const goesOut = to === 'Assigned' && call.dispatch === null && call.technician !== null;
	return {
		to,
		set: { stateBefore: null, ...(goesOut ? { dispatch: `PQ-${call.no}-${turn}`, dispatches: turn } : {}) },
		then: [
			fire(escalation, 'answer', `SB-${call.no}-${call.escalations}`, { answer }),
			...(goesOut ? [fire(voucher, 'assign', call.voucher, { technician: call.technician ?? '' }), fire(dispatch, 'open', null, { call: call.no, turn, technician: call.technician ?? '', appointTo: call.appointTo })] : []),
		],
		notices: mail === null ? [] : [{ key: `call.answered:${call.no}:${call.version}`, to: { mail }, subject: `问题已答复 ${call.no}`, rule: 'V-046', body: [['叫修编号', call.no], ['答复人', actor.name], ['答复', answer]] }],
	};
}

/** Passes a call to the next level, which handles it; the sender keeps reading it. @rule V-017 — only upward, with a reason, under `service.levels` */
export function passUp(call: Call, { level, reason }: { level: 'region' | 'hq'; reason: string }, { settings }: Given): Change<CallShape> {
	if (settings['service.levels'] !== '是') throw new RuleViolation('CONDITION_NOT_MET', '没有启用分级处理', '请先把设置“service.levels”设为“是”', 'V-017');
	const order = ['center', 'region', 'hq'];
	if (order.indexOf(level) <= order.indexOf(call.level ?? 'center')) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 现在由${levels[call.level ?? 'center']}处理，只能向上级转`, '请选择更高一级', 'V-017');
	return { set: { level, levelReason: reason }, to: stay(call) };
}

/** The dispatcher knows better than the proposal, and says why. @rule V-002 */
export const reclassify = (call: Call, { type, reason }: { type: Call['type']; reason: string }): Change<CallShape> => ({ set: { type, reclassified: true, typeReason: `派工人更正：${reason}` }, to: stay(call) });

type Amended = RowOf<typeof details> & { readonly address: string | null; readonly zone: Call['zone'] | null; readonly attribute: Call['attribute'] };
type AmendFacts = Given & { knownAsset: RowOfRecord<typeof asset> | null; contracts: readonly RowOfRecord<typeof contract>[] };

/**
 * Adds what was not known at once; a purchase date goes on the product's file and may make the service free.
 * @rule V-011
 * @rule V-030 — another zone has another limit, also for an arrival already judged
 */
export function amend(call: Call, { purchaseDay, ...input }: Amended, facts: AmendFacts): Change<CallShape> {
	const known = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Partial<Call>;
	const bought = purchaseDay === null ? null : purchased(facts.knownAsset, purchaseDay, facts.settings);
	return {
		set: { ...known, ...movedTo(call, known.zone ?? call.zone, facts), ...(bought === null || call.reclassified === true ? {} : retyped(call, bought, facts)) },
		to: stay(call),
		then: bought === null ? [] : [save(asset, call.asset, { purchaseDay: bought.purchaseDay, warrantyEnd: bought.warrantyEnd })],
	};
}

function movedTo(call: Call, zone: Call['zone'], { settings, calendar }: Given): Partial<Call> {
	if (zone === call.zone) return {};
	const moved = { ...arrivalTimes(call.limitFrom ?? call.calledAt, zone, call, settings, calendar), warned: false, alarmed: false };
	const arrived = call.arrivedAt;
	return arrived === null ? moved : { ...moved, breached: judgeArrival({ ...call, limitHours: moved.limitHours }, arrived, calendar).breached };
}

function retyped(call: Call, product: { readonly warrantyEnd: Day | null }, { calendar, contracts, settings }: AmendFacts): Pick<Call, 'type' | 'typeReason'> {
	const { type, reason } = proposeServiceType({ day: calendar.dayOf(call.calledAt), hasCustomer: true, asset: { no: call.asset, warrantyEnd: product.warrantyEnd }, contracts, humanDamage: call.humanDamage === true, guaranteedTo: call.guaranteedTo, scheme: settings['service.type_scheme'] });
	return { type, typeReason: reason };
}

/** Not solved after all: the call is open again and its voucher comes out of the file. @rule V-082 */
export const reopen = (call: Call, _input: unknown, { calendar, today, now, settings }: Given): Change<CallShape> => {
	const hours = calendar.hoursOf(calendar.workdayAfter(today, 1).day);
	return {
		set: {
			...arrivalTimes(now, call.zone, { appointFrom: null, appointTo: null }, settings, calendar),
			limitFrom: now, arrivedAt: null, warned: false, alarmed: false, appointFrom: null, appointTo: null, remindVisitAt: null, consentAmount: null, consentAt: null, consentBy: null, technician: null, dispatch: null,
			closedAt: null, signedBy: null, surveyed: null, result: null, solvedAt: null, priority: 'normal', nextDayAt: hours?.from ?? null, nextDayEndAt: hours?.to ?? null, note: [call.note, '回访未解决，重新处理'].filter((part) => part !== null).join('；') },
		then: [fire(voucher, 'pull', call.voucher, { asset: call.asset, customer: call.customer, call: call.no })],
	};
};

/** The group leader hears of problems of today that nobody reported. @rule V-035 */
export function dayEnd(call: Call, _input: unknown, { reports, today, open }: Given & { reports: readonly UnsolvedReport[]; open: readonly Call[] }): Change<CallShape> {
	const unreported = open.filter(({ dayEndAt, no }) => dayEndAt !== null && dayEndAt === call.dayEndAt && !reports.some((report) => report.call === no));
	return {
		set: { dayEndAt: null },
		to: stay(call),
		notices: unreported.length === 0 ? [] : [{ key: `call.dayEnd:${call.dayEndAt ?? today}:${listKey(unreported)}`, to: { role: 'group_leader' }, subject: `当日未解决且未报备 ${today}（${unreported.length} 件）`, rule: 'V-035', body: unreported.map((each) => [each.no, `${each.customerName} ${each.symptom ?? ''}`] as const) }],
	};
}

/**
 * A call nobody took on its day comes first on the next; one still not taken at the end of that goes to the manager.
 * The dispatcher gets one list a day.
 * @rule V-034
 */
export function putFirst(call: Call, _input: unknown, { waiting, today, settings, calendar }: Given & { waiting: readonly Call[] }): Change<CallShape> {
	const isSecond = call.priority === 'next_day';
	const late = waiting.filter(({ no, calledAt, priority }) => (isSecond ? no === call.no || priority === 'next_day' : calendar.dayOf(calledAt) < today));
	return {
		set: { priority: isSecond ? 'manager' : 'next_day' },
		notices: [
			{
				key: `call.unassigned:${isSecond ? 'manager' : 'dispatcher'}:${today}:${listKey(late)}`,
				to: { role: isSecond ? 'dept_manager' : settings['service.dispatcher_role'] },
				subject: `${isSecond ? '仍未派修' : '未派修工作，请优先派工'} ${today}（${late.length} 件）`,
				rule: 'V-034',
				body: [...late.map((each) => [each.no, `${each.customerName} ${each.address} ${each.symptom ?? each.siteSituation ?? ''}（叫修 ${localTime(each.calledAt, calendar.zone)}）`] as const), openBoard],
			},
		],
	};
}

/** Marks the call and tells the dispatcher. @rule V-030 — a missed limit is flagged and reported */
export const missArrival = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({
	set: { breached: true, alarmed: true },
	to: stay(call),
	notices: [
		aboutArrival(call, '到达超时', `call.missArrival:${call.no}`, facts.settings['service.dispatcher_role'], 'V-030', facts),
		aboutArrival(call, '到达超时', `call.missArrival:manager:${call.no}`, 'dept_manager', 'V-030', facts),
	],
});

/** Tells the dispatcher once that little time is left. @rule V-033 */
export const warnArrival = (call: Call, _input: unknown, facts: Given): Change<CallShape> => ({
	set: { warned: true },
	to: stay(call),
	notices: [aboutArrival(call, '到达预警', `call.warnArrival:${call.no}`, facts.settings['service.dispatcher_role'], 'V-033', facts)],
});

const aboutArrival = (call: Call, what: string, key: string, role: Role, rule: string, { calendar }: Given): Notice => ({
	key,
	to: { role },
	subject: `${what} ${call.no} ${call.customerName}`,
	rule,
	body: [
		['叫修编号', call.no],
		['到达期限', localTime(call.dueAt, calendar.zone)],
		['为什么是这个时间', explainArrival(call, calendar.zone)],
		['技术员', call.technician ?? '尚未派工'],
		openBoard,
	],
});

/** A wrong or double entry stays readable with its number and the reason in the audit. @rule M-105 */
export function voidCall(call: Call, { duplicateOf }: { duplicateOf: string | null }, { former, same }: Given & { former: RowOfRecord<typeof person> | null; same: Call | null }): Change<CallShape> {
	if (duplicateOf !== null && (same === null || same.no === call.no || same.state === 'Void')) throw new RuleViolation('NOT_FOUND', `“${duplicateOf}”不能作为 ${call.no} 的重复叫修`, '请填写另一张有效叫修的编号', 'M-105');
	return {
		set: { duplicateOf },
		notices: withdrawal(call, null, former),
		then: [...(call.dispatch === null ? [] : [fire(dispatch, 'withdraw', call.dispatch, {})]), fire(voucher, 'file', call.voucher, { call: call.no })],
	};
}
