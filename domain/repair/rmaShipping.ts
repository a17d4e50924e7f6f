import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, endOfDay } from '../shared/zonedTime';
import { toApplicant, toRole } from './rmaNotices';
import type { Rma, RmaShape } from './rmaPaper';

export type Parcel = { readonly address: string | null; readonly carrier: string; readonly tracking: string; readonly phoned: boolean | null };

/**
 * The device goes back with its report, and the customer hears of it.
 * @rule R-115 — never before the money is there
 * @rule R-116 — with the repair report, to the address of the application; told by mail, or by phone where there is none; once more when the first parcel did not arrive
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function ship(paper: Rma, { phoned, address: given, ...parcel }: Parcel, facts: Given): Change<RmaShape> {
	const isRepaired = paper.finishedAt !== null;
	if (isRepaired) checkPaid(paper);
	if (isRepaired && paper.workDone === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo} 没有维修报告`, '请先填写维修报告', 'R-116');
	const address = addressOf(paper, given);
	if (paper.mail === null && phoned !== true) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo ?? paper.no} 的客户没有邮箱，还没有电话通知`, `请电话告知客户单号 ${parcel.tracking}，再勾选“已电话通知客户”`, 'R-116');
	const told = paper.mail === null ? 'phone' : 'mail';
	const set = { ...parcel, address, shippedAt: facts.now, toldBy: told, silentDueAt: silentUntil(facts), notArrived: null } as const;
	const what = isRepaired ? '设备已修妥寄出（附维修报告）' : '设备未修退回，已寄出';
	return { set, notices: told === 'phone' ? [] : [toApplicant(paper, { step: 'shipped', subject: what, rule: 'R-116', body: [['承运', parcel.carrier], ['快递单号', parcel.tracking], ['寄往', `${address} ${paper.receiver ?? ''}`], ['运费', paper.freightPayer === 'company' ? '本公司承担' : '客户承担'], `没有收到请与我们联系；${facts.settings['rma.silent_days']} 天内没有异议视为收到。`] })] };
}

/** A parcel that came without application may have no address yet. @rule R-116 */
function addressOf({ no, address }: Rma, given: string | null): string {
	if (address !== null && given !== null && given !== address) throw new RuleViolation('CONDITION_NOT_MET', `${no} 申请表上的地址是“${address}”`, '请寄往申请表上的地址，“寄往”留空', 'R-116');
	const to = address ?? given;
	if (to === null) throw new RuleViolation('FIELD_MISSING', `${no} 没有邮寄地址`, '请向客户问明地址，填写“寄往”', 'R-116');
	return to;
}

/** @rule R-115 — a slip is no payment */
function checkPaid({ fee, feeNoticedAt, holdEndedAt, paid, repairNo }: Rma): void {
	if (feeNoticedAt === null || holdEndedAt !== null) return;
	throw new RuleViolation('CONDITION_NOT_MET', `${repairNo} 的维修费用 ${yuan(fee ?? 0)} 元，财务确认到账 ${yuan(paid ?? 0)} 元`, '请财务确认到账后再寄出；汇款底单不能代替', 'R-115');
}

const silentUntil = ({ today, settings, calendar }: Given) => endOfDay(addDays(today, settings['rma.silent_days']), calendar.zone);

/** @rule R-116 — who has not got it calls; it is looked for, and no silence counts as received any more */
export const notReceived = (paper: Rma, { note }: { note: string }): Change<RmaShape> => ({
	set: { notArrived: note, silentDueAt: null },
	notices: [toRole('logistics_clerk', paper, { step: 'not-arrived', subject: '客户没有收到寄回的设备，请向承运查询', rule: 'R-116', body: [['承运', paper.carrier ?? ''], ['快递单号', paper.tracking ?? ''], ['客户说', note]] })],
});

export const closeReceived = (_paper: Rma): Change<RmaShape> => ({ set: { closedAs: '客户已收到' } });
export const closeSilent = (_paper: Rma, _input: unknown, { settings }: Given): Change<RmaShape> => ({ set: { closedAs: `寄出 ${settings['rma.silent_days']} 天没有异议，视为收到` } });
