import { fire, type Change, type Notice, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant } from '../document/fields';
import type { person } from '../master/records';
import { hasRole } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { explainDue } from './arrivalLimit';
import type { Call, CallShape } from './call';
import { voucher } from './voucher';

type Known = Given & { worker: RowOfRecord<typeof person> | null; former: RowOfRecord<typeof person> | null };

/**
 * Names the technician and hands him the voucher.
 * @rule V-022 — who may is checked by the event's role; stored are technician, planned start, instant and assigner
 * @throws RuleViolation CONDITION_NOT_MET when the person is no active technician
 */
export function assignCall(call: Call, input: { technician: string; plannedAt: Instant | null }, facts: Known): Change<CallShape> {
	const { worker } = facts;
	if (worker === null || !worker.active || !hasRole(worker.roles, 'technician'))
		throw new RuleViolation('CONDITION_NOT_MET', `“${input.technician}”不是在职技术员，不能派工`, '请从技术员名单中选择，或先在人员资料中给该工号加上“技术员”角色');
	return {
		set: { technician: worker.no, assignedBy: facts.actor.code, assignedAt: facts.now, plannedAt: input.plannedAt },
		then: [fire(voucher, 'assign', call.voucher, { technician: worker.no })],
		notices: [...(worker.mail === null ? [] : [jobMail(call, worker.mail, facts)]), ...withdrawal(call, worker.no, facts.former)],
	};
}

function withdrawal(call: Call, worker: string, former: Known['former']): Notice[] {
	if (former === null || former.no === worker || former.mail === null) return [];
	return [{ key: `call.withdraw:${call.no}:${call.version}`, to: { mail: former.mail }, subject: `改派通知 ${call.no} ${call.customerName}`, rule: 'V-022', body: [`${call.no} 已改派给其他技术员，您不必再处理。`] }];
}

function jobMail(call: Call, mail: string, { calendar, now }: Given) {
	return {
		key: `call.assign:${call.no}:${call.version}`,
		to: { mail },
		subject: `派工通知 ${call.no} ${call.customerName}`,
		rule: 'V-022',
		body: [
			['叫修编号', call.no],
			['客户', `${call.customerName} ${call.phone}`],
			['地址', call.address],
			['商品', `${call.model}（${call.asset}）`],
			['故障表现', call.symptom],
			['服务类别', call.type],
			['到达期限', localTime(call.dueAt, calendar.zone)],
			['为什么是这个时间', explainDue(call.dueWorking, calendar.zone)],
			['派工时间', localTime(now, calendar.zone)],
			...(call.note === null ? [] : [['提示', call.note] as const]),
		] as const,
	};
}
