import { fire, type Change, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, RowOf } from '../document/fields';
import type { price } from '../master/records';
import { priceLines, totalOf, type Wanted } from '../service/priceRules';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { dayOf, localLimit } from '../shared/zonedTime';
import { feeNotice, feeNoticeNumber } from './feeNotice';
import { partsFromStock, type StockFacts } from './repairParts';
import { coverOf, limitsOf } from './rmaDates';
import { dayReceived, type ArrivedParcel } from './rmaIntake';
import { toApplicant, toRole } from './rmaNotices';
import { causes, covers, type repairFindings, type Rma, type RmaShape } from './rmaPaper';

type Price = RowOfRecord<typeof price>;

/** @rule R-107 — whether the number stood outside @rule R-109 — what was in the box @rule R-110 — the count starts the day after */
export function receive(paper: Rma, { numberOnParcel, receivedOn, ...parcel }: ArrivedParcel & { numberOnParcel: boolean | null }, facts: Given): Change<RmaShape> {
	const { now, today, calendar } = facts;
	const day = dayReceived(receivedOn, paper.repliedAt === null ? null : dayOf(paper.repliedAt, calendar.zone), today);
	const limits = limitsOf({ ...paper, countFrom: day }, facts);
	return {
		set: { ...parcel, numberOnParcel: numberOnParcel === true, receivedAt: now, receivedDay: day, countFrom: day, ...limits },
		notices: [toApplicant(paper, { step: 'received', subject: '返修设备已收到', rule: 'R-110', body: [['收到日期', day], ['箱内配件', parcel.arrivedWith], ['维修期限', limits.dueAt === null ? '' : localLimit(limits.dueAt, calendar.zone)], ...(numberOnParcel === true ? [] : ['箱外没有写维修编号，下次请写明。'])] })],
	};
}

export type Diagnosis = { readonly cause: keyof typeof causes; readonly diagnosis: string; readonly purchaseDay: Day | null; readonly cover: keyof typeof covers | null; readonly lines: readonly Wanted[] | null; readonly specialFee: number | null };

/**
 * What is wrong, whose fault it is and what it costs.
 * @rule R-112 — in the first year our own fault is repaired free, the way back included
 * @rule R-113 — damage by people or storage is charged, also within the year
 * @rule R-114 — the customer gets a fee notice and confirms before anything is charged
 * @throws RuleViolation CONDITION_NOT_MET for a charge on what is free, and for no charge on what is not
 */
export function diagnose(paper: Rma, input: Diagnosis, facts: Given & { prices: readonly Price[] }): Change<RmaShape> {
	if (paper.repairNo === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有维修编号`, '请售后服务经理先给维修编号', 'R-106');
	if (paper.state === 'Repairing' && paper.feeNoticedAt !== null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo} 已经通知过费用`, '费用以已确认的通知单为准；确实不同的请总经理免收，或不修退回', 'R-114');
	const found = verdict(paper, input, facts);
	const lines = [...priced(found, input, facts), ...specialLines(paper, input.specialFee)];
	const fee = totalOf(lines);
	const set = { cause: input.cause, diagnosis: input.diagnosis, ...found, technician: facts.actor.code, feeLines: lines.length === 0 ? null : lines, fee, freightPayer: found.isFree ? ('company' as const) : ('customer' as const) };
	const { isFree, ...row } = set;
	return fee === 0 && isFree ? freeOfCharge(paper, row, facts) : withFee(paper, { ...row, fee }, facts);
}

/** In warranty by the purchase day, if anybody knows it; otherwise as the technician found. */
function verdict(paper: Rma, { cause, purchaseDay: found, cover: said }: Diagnosis, { settings, calendar, today }: Given) {
	if (found !== null && found > today) throw new RuleViolation('FIELD_INVALID', `购买日期 ${found} 在将来`, '请核对购买日期', 'R-105');
	const purchaseDay = found ?? paper.purchaseDay;
	const computed = found === null ? paper.cover : coverOf({ purchaseDay, warrantyEnd: null }, dayOf(paper.appliedAt, calendar.zone), settings['warranty.months']);
	const cover = computed ?? said;
	if (cover === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 不知道购买日期`, '请填写查明的购买日期，或核定保内/保外', 'R-112');
	return { purchaseDay, cover, isFree: cover === 'in' && cause === 'quality' };
}

function priced({ cover, isFree }: { cover: keyof typeof covers; isFree: boolean }, { lines, cause }: Diagnosis, { prices, today, settings }: Given & { prices: readonly Price[] }) {
	const wanted = lines ?? [];
	if (isFree && wanted.length > 0) throw new RuleViolation('CONDITION_NOT_MET', '保内、产品质量原因的维修不收费', '请去掉收费明细；属人为损坏或保管不善的请改故障责任', 'R-112');
	const found = priceLines(wanted, prices, null, { today, settings });
	if (!isFree && totalOf(found) === 0) throw new RuleViolation('FIELD_MISSING', `${cause === 'quality' ? covers[cover] : causes[cause]}的维修要收费，没有填写收费明细`, '请每行填写：项目编码 数量（按价格表）；要免收的开出通知后请总经理免收', 'R-113');
	return found.map(({ kind, item, quantity, price: each }) => ({ kind, item, quantity, price: each }));
}

/** @rule R-104 — the wish that was written down keeps its line, with what it costs */
function specialLines({ special }: Rma, amount: number | null) {
	if (special === null && (amount ?? 0) > 0) throw new RuleViolation('CONDITION_NOT_MET', '申请表上没有特殊要求，不能收特殊要求费', '请去掉特殊要求费', 'R-104');
	return special === null ? [] : [{ kind: 'special' as const, item: special.slice(0, 200), quantity: 1, price: amount ?? 0 }];
}

/** Work begins; a notice sent before is withdrawn and the clock goes on. */
function freeOfCharge(paper: Rma, row: Partial<Rma>, facts: Given): Change<RmaShape> {
	const holdEndedAt = paper.feeNoticedAt === null ? null : facts.now;
	return {
		set: { ...row, holdEndedAt, feeNotice: null, ...limitsOf({ ...paper, holdEndedAt }, facts) },
		to: 'Repairing',
		then: paper.feeNotice === null ? [] : [fire(feeNotice, 'withdraw', paper.feeNotice, { reason: '重新检测，免费维修' })],
		notices: paper.feeNotice === null ? [] : [toApplicant(paper, { step: 'free', subject: '维修费用通知作废，免费维修', rule: 'R-112', body: [['检测情况', String(row.diagnosis)]] })],
	};
}

/** @rule R-111 — from the first notice on the clock stands */
function withFee(paper: Rma, row: Partial<Rma> & { fee: number }, facts: Given): Change<RmaShape> {
	const feeNoticedAt = paper.feeNoticedAt ?? facts.now;
	const round = (paper.feeRound ?? 0) + 1;
	const notice = feeNoticeNumber(String(paper.repairNo), round);
	const after: Rma = { ...paper, ...row, feeNoticedAt };
	return {
		set: { ...row, feeNotice: notice, feeRound: round, feeNoticedAt, holdEndedAt: null, confirmedAt: null, confirmation: null, paid: paper.paid ?? 0, ...limitsOf(after, facts) },
		to: 'AwaitConfirm',
		then: [
			...(paper.feeNotice === null ? [] : [fire(feeNotice, 'withdraw', paper.feeNotice, { reason: '重新检测，另开通知' })]),
			fire(feeNotice, 'send', null, { rma: paper.no, repairNo: String(paper.repairNo), round, applicant: paper.applicant ?? '', model: paper.model ?? '', diagnosis: String(row.diagnosis), lines: row.feeLines ?? [], amount: row.fee }),
		],
		notices: [
			toApplicant(after, {
				step: 'fee',
				subject: `维修费用通知 ${yuan(row.fee)} 元`,
				rule: 'R-114',
				body: [['检测情况', String(row.diagnosis)], ...(row.feeLines ?? []).map(({ item, quantity, price: each }): [string, string] => [item, `${quantity} × ${yuan(each)} 元`]), ['合计', `${yuan(row.fee)} 元`], '请回复邮件或传真确认；汇款后请把汇款底单传给我们。', '费用到账以前维修期限暂停，设备不寄出。'],
			}),
		],
	};
}

/** @rule R-110 — one working day before the limit somebody talks to the customer; once */
export const askSolution = (paper: Rma, _input: unknown, facts: Given): Change<RmaShape> => {
	const body = [['维修期限', paper.dueAt === null ? '' : localLimit(paper.dueAt, facts.calendar.zone)] as const, ['维修员', paper.technician ?? '还没有检测'] as const, '不能按期修妥的，请及时联系客户、商定办法，并登记“与客户商定”。'];
	return { set: { warned: true }, to: paper.state as 'Repairing', notices: [toRole('after_sales', paper, { step: 'solution', subject: '维修期限将到，请与客户商定', rule: 'R-110', body }), ...(paper.technician === null ? [] : [{ key: `rma.solution-technician:${paper.no}:${paper.version}`, to: { person: paper.technician }, subject: `维修期限将到 ${paper.repairNo ?? paper.no}`, rule: 'R-110', body }])] };
};

/** @rule R-110 */
export function agree(paper: Rma, { solution, solutionDay }: { solution: string; solutionDay: Day | null }, { today }: Given): Change<RmaShape> {
	if (solutionDay !== null && solutionDay < today) throw new RuleViolation('FIELD_INVALID', `商定完成日 ${solutionDay} 已经过去`, '请填写今天以后的日期', 'R-110');
	return { set: { solution, solutionDay, warned: true }, to: paper.state as 'Repairing', notices: [toApplicant(paper, { step: 'agreed', subject: '维修安排', rule: 'R-110', body: [['商定', solution], ...(solutionDay === null ? [] : [['预计完成', solutionDay] as const])] })] };
}

/** @rule R-110 — a missed limit is flagged once and told to the manager */
export const breach = (paper: Rma, _input: unknown, { settings, calendar }: Given): Change<RmaShape> => ({
	set: { breached: true },
	to: paper.state as 'Repairing',
	notices: [toRole(settings['rma.manager_role'], paper, { step: 'breached', subject: '邮寄维修超过期限', rule: 'R-110', body: [['维修期限', paper.dueAt === null ? '' : localLimit(paper.dueAt, calendar.zone)], ['维修员', paper.technician ?? '还没有检测'], ['与客户商定', paper.solution ?? '没有商定']] })],
});

/** The work is done and reported; used parts leave the stock. @rule R-116 — the report goes back with the device @rule R-110 — on time unless the limit had passed or passes without payment awaited */
export function finish(paper: Rma, input: RowOf<typeof repairFindings> & { actualMinutes: number | null }, facts: Given & StockFacts): Change<RmaShape> {
	const { now, today, actor } = facts;
	const { dueAt } = limitsOf(paper, facts);
	const stock = partsFromStock({ no: paper.no, technician: actor.code }, input.parts, facts);
	const unpaid = (paper.fee ?? 0) > 0 && paper.holdEndedAt === null;
	return {
		set: { ...input, technician: actor.code, finishedAt: now, finishedDay: today, onTime: paper.breached !== true && (dueAt === null || now <= dueAt) },
		then: stock.then ?? [],
		notices: [...(stock.notices ?? []), toRole(unpaid ? 'accountant' : 'customer_service', paper, unpaid ? { step: 'finished', subject: '已修妥，等待到账后寄出', rule: 'R-115', body: [['应收', `${yuan(paper.fee ?? 0)} 元`], ['已到账', `${yuan(paper.paid ?? 0)} 元`]] } : { step: 'finished', subject: '已修妥，请寄还客户', rule: 'R-116', body: [['寄往', `${paper.address ?? ''} ${paper.receiver ?? ''} ${paper.phone ?? ''}`]] })],
	};
}
