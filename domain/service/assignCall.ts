import { fire, type Change, type Notice, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant } from '../document/fields';
import { isReachable, type person, type qualification } from '../master/records';
import { hasRole } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { explainArrival } from './arrivalLimit';
import { agreed } from './answerRules';
import type { Call, CallShape } from './call';
import type { ContactLetter } from './contactLetterPaper';
import { dispatch } from './dispatch';
import { checkNotInRepair, dropQuestion } from './jobRules';
import { isQualified } from './qualified';
import type { Quotation } from './quotationPaper';
import { voucher } from './voucher';

type Worker = RowOfRecord<typeof person>;
type Known = Given & {
	worker: Worker | null;
	former: Worker | null;
	skills: readonly RowOfRecord<typeof qualification>[];
	letters: readonly ContactLetter[];
	quotes: readonly Quotation[];
};
type Input = { technician: string; companions: string | null; plannedAt: Instant | null; appointFrom: Instant | null; appointTo: Instant | null; seenAt: Instant | null; overrideReason: string | null };

/**
 * Names the technician, hands him the voucher and opens the dispatch record.
 * @rule V-022 — who may is checked by the event's role; stored are technician, planned start, instant and assigner
 * @rule V-011 — nobody is sent without a symptom
 * @throws RuleViolation CONDITION_NOT_MET when the person is no active technician, and as the checks below say
 */
export function assignCall(call: Call, input: Input, facts: Known): Change<CallShape> {
	const { worker, settings, calendar } = facts;
	if (worker === null || !worker.active || !hasRole(worker.roles, 'technician'))
		throw new RuleViolation('CONDITION_NOT_MET', `“${input.technician}”不是在职技术员，不能派工`, '请从技术员名单中选择，或先在人员资料中给该工号加上“技术员”角色');
	if (call.symptom === null && call.siteSituation === null) throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 没有故障表现，不能派工`, '请先在“补充登记”中填写故障表现', 'V-011');
	checkNotInRepair(call);
	checkUnseen(call, input, facts);
	checkPapers(call, facts);
	checkQualified(call, worker, input, facts);
	const isNew = input.appointTo !== null && (input.appointTo !== call.appointTo || input.appointFrom !== call.appointFrom);
	const appointment = !isNew ? {} : agreed(call, { appointFrom: input.appointFrom, appointTo: input.appointTo as Instant }, settings, calendar);
	const turn = (call.dispatches ?? 0) + 1;
	const next = { ...call, ...appointment };
	return {
		set: { ...appointment, technician: worker.no, assignedBy: facts.actor.code, assignedAt: facts.now, plannedAt: input.plannedAt, dispatch: `PQ-${call.no}-${turn}`, dispatches: turn, preparation: null, checkedOutAt: null, overrideReason: input.overrideReason },
		then: [
			...dropQuestion(call),
			...(call.state === 'WithDispatcher' || call.dispatch === null ? [] : [fire(dispatch, 'withdraw', call.dispatch, {})]),
			fire(voucher, 'assign', call.voucher, { technician: worker.no }),
			fire(dispatch, 'open', null, { call: call.no, turn, technician: worker.no, companions: input.companions, plannedAt: input.plannedAt, appointTo: next.appointTo }),
		],
		notices: [...(isReachable(worker) ? [jobMail(next, worker, facts)] : []), ...withdrawal(call, worker.no, facts.former)],
	};
}

/** Of two dispatchers at once the second learns what the first did, instead of undoing it. @rule V-022 */
function checkUnseen(call: Call, { seenAt, technician }: Input, { calendar, actor }: Known): void {
	if (seenAt === null || call.assignedAt === null || call.assignedAt <= seenAt || call.technician === technician) return;
	const who = call.assignedBy === actor.code ? '您' : call.assignedBy;
	throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 已在 ${localTime(call.assignedAt, calendar.zone)} 由${who}派给 ${call.technician}`, '确实要改派请重新打开派工页', 'V-022');
}

/**
 * @rule V-066 — a customer served by contact letter: both sides have confirmed
 * @rule V-071 — a paid job outside warranty: the quotation is accepted first, under `service.quote_first`
 */
function checkPapers(call: Call, { settings, letters, quotes }: Known): void {
	const isConfirmed = letters.some(({ state }) => state === 'Confirmed' || state === 'Answered');
	if (settings['service.contact_letter'] === '是' && call.type === 'A' && call.attribute === 'contact_letter' && !isConfirmed)
		throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 是《联络函》服务客户，双方还没有都确认`, '请先开出联络函，由发件方和收件方确认后再派工', 'V-066');
	if (settings['service.quote_first'] === '是' && call.type === 'A' && !quotes.some(({ state }) => state === 'Accepted'))
		throw new RuleViolation('CONDITION_NOT_MET', `${call.no} 是有费服务，客户还没有接受报价`, '请先报价并登记“客户接受报价”', 'V-071');
}

/** @rule V-023 — somebody qualified for the product on the planned day; another only with a reason */
function checkQualified(call: Call, worker: Worker, { plannedAt, appointFrom, overrideReason }: Input, { skills, settings, calendar, now }: Known): void {
	if (settings['service.qualification'] !== '是' || overrideReason !== null) return;
	const day = calendar.dayOf(appointFrom ?? plannedAt ?? call.appointFrom ?? now);
	if (!isQualified(skills, call.model, day))
		throw new RuleViolation('CONDITION_NOT_MET', `${worker.name}（${worker.no}）在 ${day} 没有“${call.model}”的有效岗位资质`, '请另选有资质的技术员，或填写“破例派工原因”', 'V-023');
}

export function withdrawal(call: Call, worker: string | null, former: Known['former']): Notice[] {
	if (former === null || former.no === worker || !isReachable(former)) return [];
	return [{ key: `call.withdraw:${call.no}:${call.version}`, to: { person: former.no, at: { mail: former.mail, robot: former.robot } }, subject: `${worker === null ? '作废' : '改派'}通知 ${call.no} ${call.customerName}`, rule: 'V-022', body: [worker === null ? `${call.no} 已作废，您不必再处理。` : `${call.no} 已改派给其他技术员，您不必再处理。`] }];
}

function jobMail(call: Call, { no, mail, robot }: Worker, { calendar, now }: Given): Notice {
	return {
		key: `call.assign:${call.no}:${call.version}`,
		to: { person: no, at: { mail, robot } },
		subject: `派工通知 ${call.no} ${call.customerName}`,
		rule: 'V-022',
		body: [
			['叫修编号', call.no],
			['客户', `${call.customerName} ${call.phone}`],
			['地址', call.address],
			['商品', `${call.model}（${call.asset}）`],
			['故障表现', call.symptom ?? call.siteSituation ?? ''],
			['服务类别', call.type],
			['到达期限', localTime(call.dueAt, calendar.zone)],
			['为什么是这个时间', explainArrival(call, calendar.zone)],
			['派工时间', localTime(now, calendar.zone)],
			...(call.note === null ? [] : [['提示', call.note] as const]),
			{ label: '打开工作页', page: 'job', no: call.no, person: no },
		],
	};
}
