import { fire, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant, RowOf } from '../document/fields';
import type { asset, contract, person, price, unit } from '../master/records';
import { yuan } from '../shared/money';
import { agreed } from './answerRules';
import type { Call, CallShape } from './call';
import { charge, type Charge } from './charge';
import { chargePath, chargePaths } from './chargePath';
import { dispatch, type Dispatch } from './dispatch';
import { escalation } from './escalation';
import { arrival, checkArrival, checkConsent, checkNotInRepair, checkOwn, dropQuestion } from './jobRules';
import { penaltyProposal } from './penaltyProposal';
import { priceLines, totalOf, type Priced, type Wanted } from './priceRules';
import { checkServiceType, proposeServiceType, type Proposal } from './proposeServiceType';
import type { Quotation } from './quotationPaper';
import { visit, type nextSteps, type opinion, type work } from './visit';
import { checkFreeWarranty, checkInstallation, checkLeaving, checkOpinion, checkUnsolved } from './visitChecks';
import { voucher, type Voucher } from './voucher';

export type VisitReport = RowOf<typeof work & typeof opinion> & {
	readonly arrivedAt: Instant | null;
	readonly leftAt: Instant | null;
	readonly humanDamage: boolean | null;
	readonly chargeLines: readonly Wanted[] | null;
	readonly next: keyof typeof nextSteps | null;
	readonly appointFrom: Instant | null;
	readonly appointTo: Instant | null;
};

type Known = Given & {
	knownAsset: RowOfRecord<typeof asset> | null;
	contracts: readonly RowOfRecord<typeof contract>[];
	paper: Voucher | null;
	sent: Dispatch | null;
	prices: readonly RowOfRecord<typeof price>[];
	quotes: readonly Quotation[];
	charged: readonly Charge[];
	worker: RowOfRecord<typeof person> | null;
	workUnit: RowOfRecord<typeof unit> | null;
};

/**
 * Takes the technician's report: judges the arrival, opens visit and charge, hands the voucher in.
 * @rule V-001 — only type A takes a charge
 * @rule V-040 — with problem, solution and result
 * @rule V-041 — another fault than the reported one, or human damage, gets a new proposal of the type
 * @rule V-049 — leaving without calling headquarters is proposed for a fine
 * @throws RuleViolation NOT_ALLOWED for another technician's job; CONDITION_NOT_MET as the checks say
 */
export function reportVisit(call: Call, input: VisitReport, facts: Known): Change<CallShape> {
	checkOwn(call, facts);
	checkNotInRepair(call);
	const times = timesOf(call, input, facts);
	const lines = priceLines(input.chargeLines ?? [], facts.prices, facts.quotes.findLast(({ state }) => state === 'Accepted') ?? null, facts);
	const amount = totalOf(lines);
	const { type, reason, suggestion } = typeOnSite(call, input, facts);
	checkServiceType(type, call.customer, amount);
	checkFreeWarranty(call, input, amount, { day: facts.calendar.dayOf(call.calledAt), warrantyEnd: facts.knownAsset?.warrantyEnd ?? null });
	checkConsent(call, amount, facts.charged, times.leftAt);
	const done = input.result === 'done';
	if (done) checkOpinion(input);
	else checkUnsolved(call, input);
	checkInstallation(call, input);
	const path = chargePath(amount, facts.settings);
	return {
		set: {
			type,
			typeReason: reason,
			humanDamage: call.humanDamage === true || input.humanDamage === true,
			note: suggestion === null ? call.note : [call.note, suggestion].filter((part) => part !== null).join('；'),
			reportedAt: facts.now,
			actualFault: input.actualFault,
			result: input.result,
			signedBy: input.signedBy,
			surveyed: done,
			checkedOutAt: null,
			chargeNote: amount > 0 ? `应收 ${yuan(amount)} 元，${chargePaths[path]}` : null,
			dispatch: null,
			...arrival(call, times.arrivedAt, facts),
			...nextOf(call, input, facts),
		},
		to: done ? 'AwaitCancel' : input.next === 'escalate' ? 'Escalated' : 'Assigned',
		then: [
			...dropQuestion(call),
			fire(visit, 'open', null, { ...visitOf(input), call: call.no, technician: facts.actor.code, ...times }),
			...(call.dispatch === null ? [] : [fire(dispatch, 'finish', call.dispatch, { ...times, result: input.result })]),
			fire(voucher, 'handIn', call.voucher, voucherLine(call, input, { type, amount, times, technician: facts.actor.code })),
			...chargeOf(call, lines, amount, times.leftAt, facts),
			...fineOf(call, facts),
			...followUp(call, input, facts),
		],
	};
}

/** @rule V-024 — as the job page recorded them, unless the report says otherwise; they make sense */
function timesOf(call: Call, input: VisitReport, { sent, now, calendar }: Known): { arrivedAt: Instant; leftAt: Instant } {
	const arrivedAt = input.arrivedAt ?? sent?.arrivedAt ?? call.arrivedAt ?? now;
	const leftAt = input.leftAt ?? now;
	checkArrival(call, arrivedAt, { now, calendar });
	checkLeaving(arrivedAt, leftAt, now);
	return { arrivedAt, leftAt };
}

/** What the dispatcher decided stays; a different proposal is said. @rule V-041 */
function typeOnSite(call: Call, input: VisitReport, facts: Known): Proposal & { readonly suggestion: string | null } {
	const isOther = input.actualFault !== null && input.actualFault !== call.symptom;
	const before = { type: call.type, reason: call.typeReason, suggestion: null };
	if (input.humanDamage !== true && !isOther) return before;
	const proposal = proposeServiceType({
		day: facts.calendar.dayOf(call.calledAt),
		hasCustomer: true,
		asset: facts.knownAsset,
		contracts: facts.contracts,
		humanDamage: input.humanDamage === true || call.humanDamage === true,
		guaranteedTo: call.guaranteedTo,
		scheme: facts.settings['service.type_scheme'],
	});
	if (call.reclassified !== true) return { ...proposal, suggestion: null };
	return proposal.type === call.type ? before : { ...before, suggestion: `现场情况判定为 ${proposal.type} 类（${proposal.reason}），请派工人核对` };
}

/** With a new appointment the job stays with its technician; a question waits for its answer. @rule V-045 */
function nextOf(call: Call, input: VisitReport, { settings, calendar }: Known) {
	if (input.result === 'done') return {};
	if (input.next === 'escalate') return { stateBefore: 'Assigned' as const, escalations: (call.escalations ?? 0) + 1 };
	const turn = (call.dispatches ?? 0) + 1;
	return { ...agreed(call, { appointFrom: input.appointFrom, appointTo: input.appointTo as Instant }, settings, calendar), dispatch: `PQ-${call.no}-${turn}`, dispatches: turn };
}

function followUp(call: Call, input: VisitReport, { actor }: Known): Consequence[] {
	if (input.result === 'done') return [];
	if (input.next === 'escalate') return [fire(escalation, 'ask', null, { call: call.no, turn: (call.escalations ?? 0) + 1, target: 'service_director', reason: input.remark ?? input.problem })];
	const turn = (call.dispatches ?? 0) + 1;
	return [fire(voucher, 'assign', call.voucher, { technician: actor.code }), fire(dispatch, 'open', null, { call: call.no, turn, technician: actor.code, appointTo: input.appointTo })];
}

/** @rule V-062 — an agent's charge waits for the signed slip */
function chargeOf(call: Call, lines: readonly Priced[], amount: number, finishedAt: Instant, { actor, settings, workUnit }: Known): Consequence[] {
	if (amount === 0) return [];
	const byAgent = workUnit?.unitKind === 'agent';
	return [fire(charge, 'open', null, { call: call.no, voucher: call.voucher, customer: call.customer, amount, lines, path: chargePath(amount, settings), technician: actor.code, finishedAt, byAgent })];
}

function fineOf(call: Call, { settings, actor }: Known): Consequence[] {
	if (settings['service.checkout'] !== '是' || call.checkedOutAt !== null) return [];
	return [fire(penaltyProposal, 'propose', null, { person: actor.code, amount: settings['service.leave_without_call_fine'], reason: `${call.no} 离开现场前未请示总部`, basis: 'V-049', paper: call.no })];
}

const visitOf = ({ humanDamage: _damage, chargeLines: _lines, next: _next, appointFrom: _from, appointTo: _to, ...visited }: VisitReport) => visited;

type Line = { type: string; amount: number; times: { arrivedAt: Instant; leftAt: Instant }; technician: string };

const voucherLine = (call: Call, input: VisitReport, { type, amount, times, technician }: Line): Voucher['history'][number] => ({
	at: times.arrivedAt,
	call: call.no,
	type,
	work: input.solution,
	technician,
	minutes: Math.round((Date.parse(times.leftAt) - Date.parse(times.arrivedAt)) / 60_000),
	amount,
	signedBy: input.signedBy,
});
