import { fire, type Change, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant, RowOf } from '../document/fields';
import type { asset, contract } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { isBeforeCall, judgeArrival } from './arrivalLimit';
import { yuan } from '../shared/money';
import { chargePath, chargePaths } from './chargePath';
import { charge } from './charge';
import type { Call, CallShape } from './call';
import { proposeServiceType, type ServiceType } from './proposeServiceType';
import { visit, type opinion, type work } from './visit';
import { voucher, type Voucher } from './voucher';

type Input = RowOf<typeof work & typeof opinion> & { readonly humanDamage: boolean | null; readonly amount: number | null };

type Known = Given & {
	knownAsset: RowOfRecord<typeof asset> | null;
	contracts: readonly RowOfRecord<typeof contract>[];
	paper: Voucher | null;
};

/**
 * Takes the technician's report: judges the arrival, opens visit and charge, hands the voucher in.
 * @rule V-001 — only type A takes a charge
 * @rule V-040 — with problem, solution and result
 * @rule V-002 — human damage found on site ends the free service
 * @throws RuleViolation NOT_ALLOWED for another technician's job; CONDITION_NOT_MET as the checks below say
 */
export function reportVisit(call: Call, input: Input, facts: Known): Change<CallShape> {
	if (call.technician !== facts.actor.code)
		throw new RuleViolation('NOT_ALLOWED', `${call.no} 派给了 ${call.technician}，不是 ${facts.actor.code}`, '只能回报派给自己的工作；需要换人请主任改派');
	checkTimes(call, input, facts.now);
	const amount = input.amount ?? 0;
	const type = typeOnSite(call, input, facts);
	if (amount > 0 && type !== 'A')
		throw new RuleViolation('CONDITION_NOT_MET', `${type} 类服务不能向客户收费（填了 ${yuan(amount)} 元）`, '请把收费金额改为 0；属人为损坏的请勾选“人为损坏”', 'V-001');
	const done = input.result === 'done';
	if (done) checkSignature(input);
	const arrival = judgeArrival(call.calledAt, input.arrivedAt, call.limitHours, facts.calendar);
	return {
		set: {
			type,
			arrivedAt: call.arrivedAt ?? input.arrivedAt,
			countedMinutes: call.arrivedAt === null ? Math.round(arrival.minutes) : call.countedMinutes,
			breached: call.arrivedAt === null ? arrival.breached : call.breached,
			signedBy: input.signedBy,
			chargeNote: amount > 0 ? `应收 ${yuan(amount)} 元，${chargePaths[chargePath(amount, facts.settings)]}` : null,
		},
		to: done ? 'AwaitCancel' : 'WithDispatcher',
		then: [
			fire(visit, 'open', null, { ...visitOf(call, input), technician: facts.actor.code }),
			fire(voucher, 'handIn', call.voucher, voucherLine(call, input, type, facts)),
			...(amount > 0 ? [fire(charge, 'open', null, { call: call.no, customer: call.customer, amount, path: chargePath(amount, facts.settings), technician: facts.actor.code })] : []),
		],
	};
}

const visitOf = (call: Call, input: Input) => ({
	call: call.no,
	arrivedAt: input.arrivedAt,
	leftAt: input.leftAt,
	problem: input.problem,
	solution: input.solution,
	result: input.result,
	satisfaction: input.satisfaction,
	reason: input.reason,
	signedBy: input.signedBy,
});

const voucherLine = (call: Call, input: Input, type: ServiceType, facts: Given): Voucher['history'][number] => ({
	at: input.arrivedAt,
	call: call.no,
	type,
	work: input.solution,
	technician: facts.actor.code,
	minutes: Math.round((Date.parse(input.leftAt) - Date.parse(input.arrivedAt)) / 60_000),
	amount: input.amount ?? 0,
	signedBy: input.signedBy,
});

function typeOnSite(call: Call, input: Input, facts: Known): ServiceType {
	if (input.humanDamage !== true) return call.type;
	return proposeServiceType({
		day: facts.calendar.dayOf(call.calledAt),
		hasCustomer: true,
		asset: facts.knownAsset,
		contracts: facts.contracts,
		humanDamage: true,
	}).type;
}

/** @rule V-024 — the times of the visit make sense */
function checkTimes(call: Call, { arrivedAt, leftAt }: Input, now: Instant): void {
	if (isBeforeCall(arrivedAt, call.calledAt)) throw wrongTime('到达时间早于叫修时间', '请检查日期');
	if (leftAt < arrivedAt) throw wrongTime('离开时间早于到达时间', '请检查两个时间');
	if (arrivedAt > now) throw wrongTime('到达时间在将来', '请填写实际到达时间');
}

const wrongTime = (message: string, way: string) => new RuleViolation('CONDITION_NOT_MET', message, way, 'V-024');

/** @rule V-042 — a finished job needs the customer's signature @rule V-044 — with satisfaction, and a reason if not satisfied */
function checkSignature({ signedBy, satisfaction, reason }: Input): void {
	if (signedBy === null) throw new RuleViolation('CONDITION_NOT_MET', '缺少客户签字', '请客户在“客户签字”栏输入姓名确认', 'V-042');
	if (satisfaction === null) throw new RuleViolation('CONDITION_NOT_MET', '缺少客户满意度', '请客户选择满意度', 'V-044');
	if (satisfaction === 'not_satisfied' && reason === null)
		throw new RuleViolation('CONDITION_NOT_MET', '客户不满意但没有原因', '请选择不满意原因：服务态度、技术水平或响应速度', 'V-044');
}
