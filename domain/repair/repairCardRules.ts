import { fire, type Change, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { call, type Call } from '../service/call';
import { charge, type Charge } from '../service/charge';
import type { price, unit } from '../master/records';
import { checkConsent } from '../service/jobRules';
import { priceLines, totalOf, type Wanted } from '../service/priceRules';
import { checkServiceType } from '../service/proposeServiceType';
import type { Quotation } from '../service/quotationPaper';
import type { VisitReport } from '../service/reportVisit';
import { checkOpinion } from '../service/visitChecks';
import { voucher, type Voucher } from '../service/voucher';
import { goodsReceipt, type GoodsReceipt } from './goodsReceipt';
import { goodsRegister, type GoodsRegister } from './goodsRegister';
import type { RepairCard, RepairCardShape } from './repairCard';
import { partsFromStock, type StockFacts } from './repairParts';

type Papers = Given & { receipt: GoodsReceipt | null; line: GoodsRegister | null; paper: Voucher | null; job: Call | null };
type Priced = Papers & { prices: readonly RowOfRecord<typeof price>[]; quotes: readonly Quotation[]; charged: readonly Charge[]; workUnit: RowOfRecord<typeof unit> | null };

/**
 * Starts the work once the item is properly in house.
 * @rule T-081 — the manual is read before, under `repair.manual`
 * @rule R-001 — receipt, countersigned voucher, register line and repair card exist
 * @throws RuleViolation CONDITION_NOT_MET naming what is missing
 */
export function startRepair(card: RepairCard, { manualRead }: { manualRead: boolean | null }, { receipt, line, paper, actor, settings }: Papers): Change<RepairCardShape> {
	const missing = [
		(receipt === null || receipt.state !== 'Issued') && '客户商品领取收据',
		(paper === null || card.countersignedBy === '') && '客户签认的服务凭证',
		line === null && '商品进出登记',
	].filter((name) => name !== false);
	if (missing.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 缺少${missing.join('、')}，不能开始修护`, '请先补齐携回手续', 'R-001');
	if (settings['repair.manual'] === '是' && manualRead !== true) throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 修护前还没有查阅说明书和图纸`, '请查阅后勾选“已查阅说明书、图纸”', 'T-081');
	return { set: { technician: actor.code, startedBy: actor.code, manualRead } };
}

/** The technician's own request, or the system's when the planned time has passed; once per card. @rule R-008 */
export function askForHelp(card: RepairCard, _input: unknown, { now, settings, calendar }: Given): Change<RepairCardShape> {
	if (card.helpAskedAt !== null) throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 已在 ${localTime(card.helpAskedAt, calendar.zone)} 请求协助`, '请直接联系协助人', 'R-008');
	return {
		set: { helpAskedAt: now },
		to: card.state === 'InHouse' ? 'InHouse' : 'UnderRepair',
		notices: [
			{
				key: `repair_card.help:${card.no}`,
				to: { role: settings['repair.help_role'] },
				subject: `修护协助 ${card.no} ${card.asset}`,
				rule: 'R-008',
				body: [['修护卡', card.no], ['商品', card.asset], ['故障', card.fault], ['技术员', card.technician], ['原定修妥时间', localTime(card.plannedFinish, calendar.zone)]],
			},
		],
	};
}

/** @rule R-004 — with the time actually used and the parts replaced @rule T-081 — and the readings taken */
export const finishRepair = (card: RepairCard, input: Pick<RepairCard, 'parts' | 'readings'> & { actualMinutes: number }, facts: Given & StockFacts): Change<RepairCardShape> => ({
	set: { ...input, technician: facts.actor.code, finishedAt: facts.now, finishedDay: facts.today, failReason: null },
	...partsFromStock({ no: card.no, technician: facts.actor.code }, input.parts, facts),
});

/** @rule V-080 — progress is told to the group, each word with its time */
export const addProgress = (card: RepairCard, { note }: { note: string }, { now, actor }: Given): Change<RepairCardShape> => ({
	set: { progress: [...(card.progress ?? []), { at: now, by: actor.code, note }] },
	to: card.state as 'UnderRepair',
});

/**
 * @rule R-005 @rule O-007 — by another person than the repairer, unless `repair.self_inspect`
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function passInspection(card: RepairCard, _input: unknown, { actor, now, settings }: Given): Change<RepairCardShape> {
	if ((actor.code === card.technician || actor.code === card.startedBy) && settings['repair.self_inspect'] !== '是')
		throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 由 ${actor.code} 修护，不能自行验讫`, '请由另一位验讫人检验', 'R-005');
	return { set: { inspector: actor.code, inspectedAt: now } };
}

/** Back to the bench with the reason. @rule R-005 */
export const failInspection = (_card: RepairCard, { reason }: { reason: string }): Change<RepairCardShape> => ({ set: { failReason: reason } });

/** Somebody who may inspect answers for a receipt that is lost, not who hands the item out. @rule R-006 @rule O-007 */
export function approveLoss(card: RepairCard, _input: unknown, { actor }: Given): Change<RepairCardShape> {
	if (actor.code === card.technician) throw new RuleViolation('NOT_ALLOWED', `${card.no} 由 ${actor.code} 修护，不能自己批准收据遗失`, '请由其他验讫人批准', 'R-006');
	return { set: { lossApprovedBy: actor.code }, to: card.state as 'ReadyToReturn' };
}

type Delivery = { signedBy: string; receiptTaken: boolean | null; chargeLines: readonly Wanted[] | null } & Pick<VisitReport, 'satisfaction' | 'reason' | 'surveyRefused'>;

/**
 * Gives the item back: register line completed, receipt voided, call ready to be cancelled, a charge invoiced the same day.
 * @rule R-006 — customer's signature, and the receipt taken back or its loss approved
 * @rule R-007 — the invoice is due on the day of return
 * @rule V-044 — what the customer said is kept on the card
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function deliver(card: RepairCard, input: Delivery, facts: Priced): Change<RepairCardShape> {
	const { now, receipt, line, job, paper, workUnit } = facts;
	const lines = priceLines(input.chargeLines ?? [], facts.prices, facts.quotes.findLast(({ state }) => state === 'Accepted') ?? null, facts);
	const amount = totalOf(lines);
	checkDelivery(card, input, amount, facts);
	return {
		set: { returnedAt: now, signedBy: input.signedBy, satisfaction: input.satisfaction, reason: input.reason, surveyRefused: input.surveyRefused },
		then: [
			...(receipt === null ? [] : [fire(goodsReceipt, 'void', receipt.no, { reason: input.receiptTaken === true ? '商品已还，收据收回' : `收据遗失，${card.lossApprovedBy} 批准` })]),
			...(line === null ? [] : [fire(goodsRegister, 'leave', line.no, {})]),
			fire(call, 'returned', card.call, { signedBy: input.signedBy }),
			...(paper === null || job === null ? [] : [fire(voucher, 'handIn', paper.no, { at: now, call: card.call, type: job.type, work: `携回修护：${card.fault}`, technician: card.technician, minutes: card.actualMinutes ?? 0, amount, signedBy: input.signedBy })]),
			...(amount > 0 ? [fire(charge, 'open', null, { call: card.call, voucher: paper?.no ?? `PZ-${card.asset}`, customer: card.customer, amount, lines, path: 'invoice', technician: card.technician, finishedAt: now, byAgent: workUnit?.unitKind === 'agent' })] : []),
		],
	};
}

/**
 * @rule R-006 — only against the receipt
 * @rule V-001 — only type A takes a charge
 * @rule V-080 — with the repair report, under `service.progress_report`
 */
function checkDelivery(card: RepairCard, input: Delivery, amount: number, { job, settings, receipt, charged, now }: Priced): void {
	if (receipt?.state === 'Voided') throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 的收据 ${receipt.no} 已作废`, '请先为客户补开领取收据，再办理还商品', 'R-006');
	if (input.receiptTaken !== true && card.lossApprovedBy === null)
		throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 的收据还没有收回`, '请收回客户商品领取收据；遗失的请验讫人先在修护卡上“批准收据遗失”', 'R-006');
	if (settings['service.progress_report'] === '是' && card.reportedAt === null)
		throw new RuleViolation('CONDITION_NOT_MET', `${card.no} 还没有维修报告，不能还商品`, '请先填写维修报告', 'V-080');
	checkOpinion(input);
	checkServiceType(job?.type ?? null, card.customer, amount);
	if (job !== null) checkConsent(job, amount, charged, now);
}
