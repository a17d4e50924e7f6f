import { fire, type Change, type Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Attachment } from '../service/attachment';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { localLimit } from '../shared/zonedTime';
import { feeNotice, type FeeNotice } from './feeNotice';
import { remittanceSlip, type RemittanceSlip } from './remittanceSlip';
import { limitsOf } from './rmaDates';
import { toApplicant, toRole } from './rmaNotices';
import type { Rma, RmaShape } from './rmaPaper';

const settled = (paper: Rma): boolean => paper.holdEndedAt !== null;

/**
 * The customer agrees to the fee, in writing.
 * @rule R-114 — by a confirmation on file or the text of his reply
 * @rule R-115 — the repair may begin before the money is there, under `rma.repair_before_payment`
 */
export function confirmFee(paper: Rma, { reply }: { reply: string | null }, { files, notice, settings, now }: Given & { files: readonly Attachment[]; notice: FeeNotice | null }): Change<RmaShape> {
	// What confirmed an earlier notice does not confirm this one.
	const file = files.findLast(({ purpose, state, createdAt }) => purpose === 'confirmation' && state !== 'Removed' && notice !== null && createdAt >= notice.sentAt);
	if (reply === null && file === undefined) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo} 没有客户的书面确认`, '请上传客户传真、签字的通知单，或填写客户回信原文', 'R-114');
	const confirmation = reply ?? `附件 ${file?.no} ${file?.name}`;
	const mayRepair = settled(paper) || settings['rma.repair_before_payment'] === '是';
	return {
		set: { confirmation, confirmedAt: now },
		to: mayRepair ? 'Repairing' : 'AwaitPayment',
		then: paper.feeNotice === null ? [] : [fire(feeNotice, 'confirm', paper.feeNotice, { confirmation })],
		notices: settled(paper) ? [] : [toRole('accountant', paper, { step: 'confirmed', subject: `客户已确认维修费用 ${yuan(paper.fee ?? 0)} 元，请留意到账`, rule: 'R-114', body: [['金额', `${yuan(paper.fee ?? 0)} 元`]] })],
	};
}

/** Not repaired, and sent back at the customer's cost. @rule R-114 */
export const refuseFee = (paper: Rma, { reason }: { reason: string }): Change<RmaShape> => ({
	set: { reason, feeNotice: null, freightPayer: 'customer', dueAt: null, warnAt: null, waiting: false },
	then: paper.feeNotice === null ? [] : [fire(feeNotice, 'refuse', paper.feeNotice, { reason })],
	notices: [toRole('customer_service', paper, { step: 'refused-fee', subject: '客户不同意费用，请未修寄回', rule: 'R-114', body: [['原因', reason], ['寄往', `${paper.address ?? ''} ${paper.receiver ?? ''} ${paper.phone ?? ''}`], ['回寄运费', '客户']] }), ...refund(paper)],
});

/** What was paid and is not earned goes back. */
const refund = (paper: Rma) => ((paper.paid ?? 0) > 0 ? [toRole('accountant', paper, { step: 'refund', subject: `请退款 ${yuan(paper.paid ?? 0)} 元`, rule: 'R-115', body: [['已到账', `${yuan(paper.paid ?? 0)} 元`], '没有维修，请退还后登记。'] })] : []);

type Money = Given & { readonly slips: readonly RemittanceSlip[] };

/**
 * Finance has seen the money; a slip alone is no payment.
 * @rule R-115 @rule R-111 — the clock goes on with the working days added that it stood
 * @throws RuleViolation CONDITION_NOT_MET for more than is owed
 */
export function confirmPayment(paper: Rma, { amount }: { amount: number }, facts: Money): Change<RmaShape> {
	const fee = paper.fee ?? 0;
	if (settled(paper)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo} 没有待收的费用`, '请核对维修编号', 'R-115');
	const paid = (paper.paid ?? 0) + amount;
	if (paid > fee) throw new RuleViolation('CONDITION_NOT_MET', `维修费用 ${yuan(fee)} 元，连同以前到账共 ${yuan(paid)} 元，多了 ${yuan(paid - fee)} 元`, '请按应收金额登记，多汇的退还客户', 'R-115');
	const same = paper.state as 'Repairing';
	if (paid < fee) return { set: { paid }, to: same, notices: [toApplicant(paper, { step: 'part-paid', subject: `维修费用还差 ${yuan(fee - paid)} 元`, rule: 'R-115', body: [['应付', `${yuan(fee)} 元`], ['已到账', `${yuan(paid)} 元`]] })] };
	const limits = limitsOf({ ...paper, holdEndedAt: facts.now }, facts);
	const slips = facts.slips.filter(({ state }) => state === 'Handed').map(({ no }) => fire(remittanceSlip, 'confirm', no, {}));
	return {
		set: { paid, paidAt: facts.now, holdEndedAt: facts.now, ...limits },
		to: paper.state === 'AwaitPayment' ? 'Repairing' : same,
		then: [...slips, ...(paper.feeNotice === null ? [] : [fire(feeNotice, 'pay', paper.feeNotice, {})])],
		notices: paidNotices({ ...paper, ...limits }, paid, facts),
	};
}

function paidNotices(paper: Rma, paid: number, { calendar }: Given): Notice[] {
	const limit = paper.dueAt === null || paper.finishedAt !== null ? [] : [['维修期限', `${localLimit(paper.dueAt, calendar.zone)}（等待付款顺延 ${paper.suspendedDays ?? 0} 个工作日）`] as const];
	const told = toApplicant(paper, { step: 'paid', subject: '维修费用已到账', rule: 'R-111', body: [['金额', `${yuan(paid)} 元`], ...limit] });
	return paper.state === 'ReadyToShip' ? [told, toRole('customer_service', paper, { step: 'to-ship', subject: '费用已到账，请寄还客户', rule: 'R-116', body: [['寄往', `${paper.address ?? ''} ${paper.receiver ?? ''} ${paper.phone ?? ''}`]] })] : [told];
}

/** Above all others the general manager may let a fee go, with his reason. @rule R-115 — then nothing is waited for */
export function waiveFee(paper: Rma, { reason }: { reason: string }, facts: Given): Change<RmaShape> {
	if (settled(paper)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo} 没有待收的费用`, '请核对维修编号', 'R-115');
	const limits = limitsOf({ ...paper, holdEndedAt: facts.now }, facts);
	return {
		set: { waiveReason: reason, fee: paper.paid ?? 0, feeNotice: null, holdEndedAt: facts.now, ...limits },
		to: paper.state === 'ReadyToShip' ? 'ReadyToShip' : 'Repairing',
		then: paper.feeNotice === null ? [] : [fire(feeNotice, 'withdraw', paper.feeNotice, { reason: `免收：${reason}` })],
		notices: [toApplicant(paper, { step: 'waived', subject: '维修费用免收', rule: 'R-114', body: [['原因', reason]] })],
	};
}

/** It cannot or will not be repaired: it goes back as it came. @rule R-116 */
export const giveUp = (paper: Rma, { reason }: { reason: string }): Change<RmaShape> => ({
	set: { reason, feeNotice: null, freightPayer: paper.cover === 'in' && paper.cause === 'quality' ? 'company' : 'customer', dueAt: null, warnAt: null, waiting: false },
	then: paper.feeNotice === null ? [] : [fire(feeNotice, 'withdraw', paper.feeNotice, { reason })],
	notices: [toApplicant(paper, { step: 'given-up', subject: '设备未修退回', rule: 'R-116', body: [['原因', reason]] }), ...refund(paper)],
});

/** @rule R-115 — money for work that was not done goes back, once */
export function refunded(paper: Rma, _input: unknown, { now }: Given): Change<RmaShape> {
	if ((paper.paid ?? 0) === 0 || paper.finishedAt !== null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo ?? paper.no} 没有要退的款`, '只有未修退回而已到账的才退款', 'R-115');
	return { set: { refundedAt: now, paid: 0 }, to: paper.state as 'Closed', notices: [toApplicant(paper, { step: 'refunded', subject: `已退款 ${yuan(paper.paid ?? 0)} 元`, rule: 'R-115', body: [] })] };
}
