import type { Change, RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, RowOf } from '../document/fields';
import type { asset } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { dayOf, localLimit } from '../shared/zonedTime';
import { mailInReplyDue } from './mailInDates';
import { coverOf, limitsOf } from './rmaDates';
import { toApplicant, toRole } from './rmaNotices';
import { application, covers, demanded, type channels, type entered, type Rma, type RmaShape } from './rmaPaper';

export type Entered = RowOf<typeof entered>;
export type Known = Given & { readonly device: RowOfRecord<typeof asset> | null; readonly others: readonly Rma[] };
export type ArrivedParcel = { readonly receivedOn: Day | null; readonly arrivedWith: string; readonly parcelNo: string | null };

const over: readonly string[] = ['Closed', 'Refused', 'Cancelled'];
/** Said with every application that is not complete. @rule R-103 */
const ownRisk = '资料不全期间不计维修期限，由此造成的延误由用户承担。';

/** One device, one application at a time. */
function refuseSecond(serial: string | null, { others }: Known): void {
	const open = serial === null ? undefined : others.find(({ state }) => !over.includes(state));
	if (open === undefined) return;
	const way = open.state === 'ArrivedWithoutForm' ? '设备已经寄到，请由客服在该单上“补交申请资料”' : open.state === 'Approved' ? '已有维修编号，收到设备请办“收到设备”' : '请继续办理该申请';
	throw new RuleViolation('ALREADY_EXISTS', `序列号 ${serial} 已有未结束的申请 ${open.no}`, way, 'R-101');
}

const missingIn = (paper: Entered): string[] => demanded.filter((key) => paper[key] === null).map((key) => application[key].label.zh);

/** @rule R-105 — the purchase day on file decides; what the applicant ticked or wrote otherwise is said */
function judged(paper: Entered, applied: Day, { device, settings, today }: Known): Pick<Rma, 'purchaseDay' | 'cover' | 'customer' | 'remark' | 'mayCharge' | 'feeLines'> {
	if (paper.purchaseDay !== null && paper.purchaseDay > today) throw new RuleViolation('FIELD_INVALID', `购买日期 ${paper.purchaseDay} 在将来`, '请核对购买日期，不清楚可不填', 'R-105');
	const purchaseDay = device?.purchaseDay ?? paper.purchaseDay;
	const cover = coverOf({ purchaseDay, warrantyEnd: device?.warrantyEnd ?? null }, applied, settings['warranty.months']);
	return { purchaseDay, cover, customer: device?.customer ?? null, remark: remarkOn(paper, purchaseDay, cover), ...specialOf(paper) };
}

/** @rule R-105 @rule R-108 — warned of, not refused */
function remarkOn({ purchaseDay: written, tick, sendBy }: Entered, purchaseDay: Day | null, cover: keyof typeof covers | null): string | null {
	const remarks = [
		written !== null && purchaseDay !== written && `填写的购买日期 ${written} 与档案 ${purchaseDay} 不符，以档案为准`,
		tick !== null && cover !== null && tick !== cover && `勾选“${covers[tick]}”，按购买日期为“${covers[cover]}”`,
		sendBy !== null && sendBy !== 'express' && '寄送方式不是快递：只收快递，不收邮政包裹和货运',
	].filter((remark) => remark !== false);
	return remarks.join('；') || null;
}

/** @rule R-104 — a wish may cost extra: it is a line of its own, priced when the device is looked at */
const specialOf = ({ special }: Entered): Pick<Rma, 'mayCharge' | 'feeLines'> => ({ mayCharge: special !== null, feeLines: special === null ? null : [{ kind: 'special', item: special.slice(0, 200), quantity: 1, price: 0 }] });

const askFor = (paper: Rma, missing: string) => toApplicant(paper, { step: 'incomplete', subject: '返修申请资料不全', rule: 'R-103', body: [['请补充', missing], ownRisk] });

/**
 * An application comes in; what the user part lacks is asked for at once.
 * @rule R-101 — before anything is sent
 * @rule R-102 — the answer is due from the day of a complete application
 * @rule R-103 — without complete data no limit runs
 */
export function submit(paper: Rma, { sender, channel, ...input }: Entered & { sender: string | null; channel: keyof typeof channels }, facts: Known): Change<RmaShape> {
	refuseSecond(input.serial, facts);
	const { now, today, no, calendar } = facts;
	const missing = missingIn(input);
	const replyDueAt = missing.length > 0 ? null : mailInReplyDue(today, facts.settings, calendar);
	const set = { ...input, ...judged(input, today, facts), mail: input.mail ?? sender, channel, appliedAt: now, replyDueAt, replyLate: false, missing: missing.join('、') || null };
	const after: Rma = { ...paper, ...set, no };
	if (replyDueAt === null) return { set, to: 'Incomplete', notices: [askFor(after, missing.join('、'))] };
	return {
		set,
		notices: [
			toApplicant(after, { step: 'submitted', subject: '返修申请已收到', rule: 'R-102', body: [['最迟答复', localLimit(replyDueAt, calendar.zone)], ...(set.remark === null ? [] : [['提示', set.remark] as const]), ...(set.mayCharge === true ? ['特殊要求可能另收费用，收费前会通知您确认。'] : []), '收到维修编号以前请不要寄出设备。'] }),
			toRole('after_sales', after, { step: 'check', subject: '请核对返修申请', rule: 'R-103', body: [['故障现象', input.fault ?? ''], ['答复期限', localLimit(replyDueAt, calendar.zone)]] }),
		],
	};
}

/** Somebody reads it: is the fault described so that one can work with it? @rule R-103 */
export function check(paper: Rma, { result, note }: { result: 'complete' | 'incomplete'; note: string | null }, { settings, calendar }: Given): Change<RmaShape> {
	if (result === 'incomplete') {
		if (note === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 没有写明缺什么`, '请写明要客户补充的内容', 'R-103');
		return { set: { missing: note, replyDueAt: null }, to: 'Incomplete', notices: [askFor(paper, note)] };
	}
	const limit = paper.replyDueAt === null ? '' : localLimit(paper.replyDueAt, calendar.zone);
	return { set: { missing: null }, to: 'InReview', notices: [toRole(settings['rma.manager_role'], paper, { step: 'review', subject: '请答复返修申请并给维修编号', rule: 'R-106', body: [['故障现象', paper.fault ?? ''], ['答复期限', limit]] })] };
}

/**
 * What was missing comes in, fields left empty keep their value; for a parcel that came without application the clock starts now.
 * @rule R-103 @throws RuleViolation FIELD_MISSING naming what a parcel still lacks
 */
export function complete(paper: Rma, input: Entered, facts: Known): Change<RmaShape> {
	const { calendar, settings, today } = facts;
	const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Partial<Entered>;
	if (given.serial !== undefined && given.serial !== paper.serial) refuseSecond(given.serial, facts);
	const merged: Rma = { ...paper, ...given };
	const missing = missingIn(merged);
	const isHere = paper.state === 'ArrivedWithoutForm';
	if (isHere && missing.length > 0) throw new RuleViolation('FIELD_MISSING', `${paper.no} 还缺：${missing.join('、')}`, '请补齐后提交；补齐当天的次日起计算维修期限', 'R-103');
	const set = { ...given, ...judged(merged, dayOf(paper.appliedAt, calendar.zone), facts), missing: missing.join('、') || null };
	if (missing.length > 0) return { set, to: 'Incomplete', notices: [askFor({ ...merged, ...set }, missing.join('、'))] };
	if (!isHere) return { set: { ...set, replyDueAt: mailInReplyDue(today, settings, calendar), replyLate: false }, to: 'Submitted', notices: [toRole('after_sales', merged, { step: 'check', subject: '请核对返修申请', rule: 'R-103', body: [['故障现象', merged.fault ?? '']] })] };
	return { set: { ...set, countFrom: today, ...limitsOf({ ...merged, countFrom: today }, facts) }, to: 'Received', notices: [toRole(settings['rma.manager_role'], merged, { step: 'number', subject: '设备已到、资料已补齐，请给维修编号', rule: 'R-106', body: [['故障现象', merged.fault ?? '']] })] };
}

type Answer = { readonly repairNo: string; readonly opinion: string; readonly sendTo: string };

/**
 * The number is given with the address to send to.
 * @rule R-106 @rule R-107 — only now may the device be sent, the number large on the outside
 * @rule R-108 — by express courier only @rule R-109 — data saved, needless accessories left at home
 */
export function approve(paper: Rma, { repairNo, opinion, sendTo }: Answer, { now }: Given): Change<RmaShape> {
	if (paper.repairNo !== null) throw new RuleViolation('ALREADY_EXISTS', `${paper.no} 已有维修编号 ${paper.repairNo}`, '请用该编号', 'R-106');
	const set = { repairNo, opinion, sentTo: sendTo, repliedAt: now };
	const after = { ...paper, ...set };
	const isHere = paper.state === 'Received';
	const how = isHere
		? ['设备已在我处，查询进度只需维修编号。']
		: [['寄往', sendTo] as const, '请用快递寄出（不收邮政包裹和货运），并在箱外用大字写明维修编号。', '寄出前请备份并清除设备内的数据。', '不需要的配件（如数据线）请取下自留，以免遗失。', ...(paper.remark === null ? [] : [['提示', paper.remark] as const]), '寄出后请向快递公司查询送达，查询维修进度只需维修编号。'];
	return { set, to: isHere ? 'Received' : 'Approved', notices: [toApplicant(after, { step: 'approved', subject: '返修申请的答复：维修编号', rule: 'R-107', body: [['处理意见', opinion], ...how] })] };
}

/** @rule R-102 */
export const refuse = (paper: Rma, { reason }: { reason: string }, { now }: Given): Change<RmaShape> => ({ set: { reason, opinion: reason, repliedAt: now }, notices: [toApplicant(paper, { step: 'refused', subject: '返修申请不受理', rule: 'R-102', body: [['处理意见', reason], '请不要寄出设备。'] })] });

export const cancel = (paper: Rma, { reason }: { reason: string }): Change<RmaShape> => ({ set: { reason }, notices: [toApplicant(paper, { step: 'cancelled', subject: '返修申请已取消', rule: 'R-101', body: [['原因', reason], '请不要寄出设备；需要维修请重新申请。'] })] });

/** Nobody has answered in time. @rule R-102 */
export const missReply = (paper: Rma, _input: unknown, { settings }: Given): Change<RmaShape> => ({ set: { replyLate: true }, to: paper.state as 'InReview', notices: [toRole(settings['rma.manager_role'], paper, { step: 'late-reply', subject: '返修申请逾期未答复', rule: 'R-102', body: [['故障现象', paper.fault ?? ''], '请立即答复处理意见。'] })] });

/** The day a parcel came, not in the future. */
export function dayReceived(receivedOn: Day | null, earliest: Day | null, today: Day): Day {
	const day = receivedOn ?? today;
	if (day > today) throw new RuleViolation('FIELD_INVALID', `收到日期 ${day} 在将来`, '请填写实际收到日期', 'R-110');
	if (earliest !== null && day < earliest) throw new RuleViolation('FIELD_INVALID', `收到日期 ${day} 早于给维修编号的 ${earliest}`, '请核对收到日期', 'R-107');
	return day;
}

/** A parcel nobody applied for: kept as it came, its sender is asked for the form. @rule R-103 — no clock runs */
export function arrive(paper: Rma, input: Pick<Entered, 'model' | 'serial' | 'address' | 'phone' | 'mail'> & ArrivedParcel & { applicant: string }, facts: Known): Change<RmaShape> {
	refuseSecond(input.serial, facts);
	const { now, today, no, device } = facts;
	const { receivedOn, ...rest } = input;
	const set = { ...rest, receiver: null, channel: 'none' as const, customer: device?.customer ?? null, appliedAt: now, receivedAt: now, receivedDay: dayReceived(receivedOn, null, today), numberOnParcel: false, remark: ownRisk, purchaseDay: device?.purchaseDay ?? null };
	const after: Rma = { ...paper, ...set, no };
	const missing = missingIn(after).join('、');
	return { set: { ...set, missing }, notices: [toApplicant(after, { step: 'arrived', subject: '设备寄到，但没有返修申请', rule: 'R-103', body: [['请补充', missing], ownRisk, '请填写维护返修申请表，或直接回复本邮件。'] })] };
}
