import { fire, type Change, type Consequence, type Notice, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { yuan } from '../shared/money';
import { isReachable, type customer, type person } from '../master/records';
import { isBeforeCall, judgeArrival } from './arrivalLimit';
import { checkTechnicianOwn, stay } from './answerRules';
import type { Call, CallShape } from './call';
import type { Charge } from './charge';
import { dispatch, type checklist } from './dispatch';
import { escalation } from './escalation';

/** An item in the workshop goes back through its repair card only. @rule R-006 @throws RuleViolation CONDITION_NOT_MET */
export function checkNotInRepair(call: Call): void {
	if (call.state === 'Escalated' && call.stateBefore === 'InRepair')
		throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 的商品还在修护中，不能这样办理`, '请先答复上报的问题，再在修护卡上办理还商品', 'R-006');
}

/** Whoever moves an escalated call on needs the answer no more. @rule V-046 */
export const dropQuestion = (call: Call): Consequence[] => (call.state === 'Escalated' ? [fire(escalation, 'drop', `SB-${call.no}-${call.escalations}`, {})] : []);

/** A job is its technician's only. @throws RuleViolation NOT_ALLOWED */
export function checkOwn(call: Call, { actor }: Pick<Given, 'actor'>): void {
	if (call.technician !== actor.code)
		throw new RuleViolation('NOT_ALLOWED', `${call.no} 派给了 ${call.technician ?? '（未派工）'}，不是 ${actor.code}`, '只能办理派给自己的工作；需要换人请主任改派');
}

/** The technician has seen the job. @rule V-026 */
export function acceptJob(call: Call, _input: unknown, facts: Given): Change<CallShape> {
	checkOwn(call, facts);
	return { to: stay(call), then: [fire(dispatch, 'accept', call.dispatch, {})] };
}

type Ticks = { readonly [K in keyof typeof checklist]: boolean | null };

/**
 * The technician leaves, having ticked his preparation.
 * @rule V-025 — without the appointment it is said, and refused under `service.checklist_strict`
 */
export function leaveForJob(call: Call, ticks: Ticks, facts: Given): Change<CallShape> {
	checkOwn(call, facts);
	const warning = ticks.appointed === true ? null : '出发前没有与客户预约';
	if (warning !== null && facts.settings['service.checklist_strict'] === '是')
		throw new RuleViolation('CONDITION_NOT_MET', `${call.no}：${warning}`, '请先与客户约好时间并勾选“已与客户预约”', 'V-025');
	return { set: { preparation: warning }, to: stay(call), then: [fire(dispatch, 'leave', call.dispatch, ticks)] };
}

/** @rule V-024 — an arrival is not before the call and not in the future @rule V-030 @rule V-014 */
export function arriveAtJob(call: Call, { arrivedAt }: { arrivedAt: Instant | null }, facts: Given): Change<CallShape> {
	checkOwn(call, facts);
	const at = arrivedAt ?? facts.now;
	checkArrival(call, at, facts);
	const late = call.appointTo !== null && judgeArrival(call, at, facts.calendar).breached;
	return { set: arrival(call, at, facts), to: stay(call), then: [fire(dispatch, 'arrive', call.dispatch, { at, late })] };
}

export function checkArrival(call: Call, at: Instant, { now, calendar }: Pick<Given, 'now' | 'calendar'>): void {
	if (isBeforeCall(at, call.calledAt)) throw new RuleViolation('CONDITION_NOT_MET', `到达时间 ${localTime(at, calendar.zone)} 早于叫修时间 ${localTime(call.calledAt, calendar.zone)}`, '请检查日期', 'V-024');
	if (at > now) throw new RuleViolation('CONDITION_NOT_MET', `到达时间 ${localTime(at, calendar.zone)} 在将来`, '请填写实际到达时间', 'V-024');
}

/** What an arrival changes; the first one counts for the working hours, a later one for its appointment. */
export function arrival(call: Call, at: Instant, { calendar }: Pick<Given, 'calendar'>) {
	if (call.arrivedAt !== null) return {};
	const judged = judgeArrival(call, at, calendar);
	return { arrivedAt: at, countedMinutes: call.countedMinutes ?? Math.round(judged.minutes), breached: call.breached || judged.breached };
}

/** @rule V-049 — headquarters is called before leaving */
export function checkOut(call: Call, _input: unknown, facts: Given): Change<CallShape> {
	checkOwn(call, facts);
	return { set: { checkedOutAt: facts.now }, to: stay(call), then: [fire(dispatch, 'checkOut', call.dispatch, {})] };
}

/** The customer was told the price and agreed, before the work. @rule V-062 */
export function agreePrice(call: Call, { amount, consentBy }: { amount: number; consentBy: string }, { now, actor }: Given): Change<CallShape> {
	checkTechnicianOwn(call, actor);
	return { set: { consentAmount: amount, consentBy, consentAt: now }, to: stay(call) };
}

/** @rule V-062 — paid work is not reported without consent, nor above it, all charges since the consent together; the consent is never later than the work */
export function checkConsent(call: Call, amount: number, charged: readonly Charge[], leftAt: Instant): void {
	if (amount === 0) return;
	const { consentAt } = call;
	const before = charged.filter(({ createdAt, state }) => consentAt !== null && createdAt >= consentAt && (state as string) !== 'Reversed').reduce((sum, each) => sum + each.amount, 0);
	if (call.consentAmount === null || consentAt === null) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 收费 ${yuan(amount)} 元，还没有客户同意`, '请先向客户说明收费标准，并登记“收费说明与同意”', 'V-062');
	if (consentAt.slice(0, 16) > leftAt.slice(0, 16)) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 的客户同意登记在离开现场之后`, '请核对离开时间；收费须在动手之前征得同意', 'V-062');
	if (before + amount > call.consentAmount) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 收费${before === 0 ? '' : '合计'} ${yuan(before + amount)} 元，高于客户同意的 ${yuan(call.consentAmount)} 元`, '请再次征得客户同意并更新金额', 'V-062');
}

/** Presses the technician. */
export function urge(call: Call, { message }: { message: string | null }, { now, calendar, worker }: Given & { worker: RowOfRecord<typeof person> | null }): Change<CallShape> {
	if (worker === null) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 还没有派工`, '请先派工', 'V-033');
	if (!isReachable(worker)) throw new RuleViolation('CONDITION_NOT_MET', `${worker.name}（${worker.no}）没有邮箱，催办发不出去`, `请打电话 ${worker.phone ?? ''}，或在人员资料中登记邮箱`, 'V-033');
	return {
		set: { urgedAt: now },
		to: stay(call),
		notices: [
			{
				key: `call.urge:${call.no}:${call.version}`,
				to: { person: worker.no },
				subject: `催办 ${call.no} ${call.customerName}`,
				rule: 'V-033',
				body: [['叫修编号', call.no], ['客户', `${call.customerName} ${call.phone}`], ['到达期限', localTime(call.dueAt, calendar.zone)], ...(message === null ? [] : [['留言', message] as const]), { label: '打开工作页', page: 'job', no: call.no, person: worker.no }],
			},
		],
	};
}

type People = Given & { worker: RowOfRecord<typeof person> | null; client: RowOfRecord<typeof customer> | null };

/** Technician and customer are reminded of an installation. @rule V-051 */
export function remindVisit(call: Call, _input: unknown, { worker, client, calendar }: People): Change<CallShape> {
	const tell = (to: Notice['to'] | null, who: string, text: string): Notice[] =>
		to === null
			? []
			: [{ key: `call.remindVisit:${who}:${call.no}:${call.appointFrom}`, to, subject: `上门提醒 ${call.no}`, rule: 'V-051', body: [text, ['叫修编号', call.no], ['地址', call.address], ['约定时间', call.appointFrom === null ? '' : localTime(call.appointFrom, calendar.zone)]] }];
	return {
		set: { remindVisitAt: null },
		to: stay(call),
		notices: [...tell(worker !== null && isReachable(worker) ? { person: worker.no } : null, 'technician', '请在到达前联系客户，安排接收。'), ...tell(client?.mail ? { mail: client.mail } : null, 'customer', '技术员将按约定时间上门，请安排人员接收设备。')],
	};
}
