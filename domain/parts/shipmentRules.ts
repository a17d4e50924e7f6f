import { fire, type Change, type Notice, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import type { price } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { daysBetween, endOfDay, addDays, localLimit } from '../shared/zonedTime';
import { goodsIssue, type GoodsIssue } from '../warehouse/goodsIssue';
import { limitNote, occupancyOf } from './occupancy';
import { balancesOf, book, goods, type OutletAccount } from './outletAccount';
import { partRequest } from './partRequest';
import { openQuantity, type PartRequest } from './partRequestPaper';
import type { Pieces } from './partRequestRules';
import { activeSite, type Site } from './outletSite';
import { supplyPriceOf } from './supplyPrice';
import { receiptDeemedAt } from './partsDates';
import { shippingWays, type Shipment, type ShipmentShape } from './shipmentPaper';

type Asked = { readonly request: string; readonly way: keyof typeof shippingWays; readonly plannedDay: Day | null; readonly trackingNo: string | null; readonly freight: number | null; readonly lines: Pieces | null };
type Known = Given & { request: PartRequest | null; site: Site | null; account: OutletAccount | null; prices: readonly RowOfRecord<typeof price>[] };

/**
 * Parts leave for an outlet: out of the warehouse, onto what it holds, with a notice to it.
 * @rule P-023 @rule P-030 — only what was approved, and no more of it
 * @rule P-011 — the limit holds when the parts leave, whatever has happened since the review
 * @rule P-070 @rule P-072 — out of the oldest lots; nothing leaves that is not in stock
 * @rule P-031 — by vehicle if one leaves in time; the outlet is told
 * @rule P-032 — silence runs from the notice
 */
export function ship(_paper: unknown, input: Asked, facts: Known): Change<ShipmentShape> {
	const { request, now, today, no, settings, calendar } = facts;
	if (request === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.request}”的零配件申请表`, '请核对编号');
	if (request.state !== 'Approved') throw new RuleViolation('CONDITION_NOT_MET', `${request.no} 还没有批准，不能发放`, request.requestKind === 'monthly' ? '月度申请须列入配件计划、经总经理批准后发放' : '请先审核、批准', 'P-023');
	const site = activeSite(facts.site, request.outlet);
	const lines = shippedLines(request, input.lines).map(({ item, quantity }) => ({ item, quantity, price: supplyPriceOf(facts.prices, item, today) }));
	const value = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
	refuseOverLimit(request, value, facts);
	const deemedDueAt = receiptDeemedAt(today, settings, calendar.zone);
	return {
		set: {
			request: request.no, outlet: request.outlet, way: input.way, plannedDay: input.plannedDay, wayNote: wayNote(input, facts), trackingNo: input.trackingNo, freight: input.freight,
			shippedDay: today, lines, value, noticeAt: now, remindAt: endOfDay(addDays(today, settings['parts.receipt_warn_day'] - 1), calendar.zone), deemedDueAt,
		},
		then: [
			fire(goodsIssue, 'issue', null, { purpose: 'shipment', paper: no, lines: lines.map(({ item, quantity }) => ({ item, quantity })), note: `${request.outlet} ${site.name}` }),
			fire(partRequest, 'ship', request.no, { lines: lines.map(({ item, quantity }) => ({ item, quantity })) }),
			...book(request.outlet, no, lines.map(({ item, quantity, price }) => goods('issue', item, quantity, price))),
		],
		notices: [shippedNotice(no, request, site, { lines, value, deemedDueAt, input, zone: calendar.zone })],
	};
}

function shippedLines(request: PartRequest, wanted: Pieces | null): Pieces {
	const open = request.lines.map((line) => ({ item: line.item, quantity: openQuantity(line) })).filter(({ quantity }) => quantity > 0);
	if (wanted === null) return open;
	for (const { item, quantity } of wanted) {
		const most = open.find((line) => line.item === item)?.quantity ?? 0;
		if (quantity > most) throw new RuleViolation('CONDITION_NOT_MET', `${request.no} 的配件 ${item} 还可发 ${most} 件，不能发 ${quantity} 件`, '发货数量不能多于已核准、未发的数量', 'P-023');
	}
	if (wanted.length === 0) throw new RuleViolation('FIELD_MISSING', '发货明细是空的', '请填写要发的配件，或空着发全部', 'P-030');
	return wanted;
}

function refuseOverLimit(request: PartRequest, value: number, { account, settings }: Known): void {
	const { deposit, held } = balancesOf(account);
	const { limit, excess, topUp } = occupancyOf({ deposit, held, wanted: value }, settings);
	if (excess === 0) return;
	throw new RuleViolation('CONDITION_NOT_MET', `${request.no}：网点 ${request.outlet} 已占用 ${yuan(held)} 元，加上本次 ${yuan(value)} 元超过额度 ${yuan(limit)} 元`, `请先补缴押金 ${yuan(topUp)} 元、核销旧件或少发；${limitNote(settings)}`, 'P-011');
}

function wayNote({ way, plannedDay }: Asked, { today, settings }: Given): string | null {
	if (way !== 'vehicle') return null;
	if (plannedDay === null) throw new RuleViolation('FIELD_MISSING', '随车发运没有写明随车日期', '请填写车辆出发日期，没有车辆时选零担', 'P-031');
	const days = daysBetween(today, plannedDay);
	if (days < 0) throw new RuleViolation('FIELD_INVALID', `随车日期 ${plannedDay} 已过`, '请填写今天或以后的日期', 'P-031');
	return days > settings['parts.vehicle_days'] ? `${settings['parts.vehicle_days']} 天内没有随车（${plannedDay} 才出发），建议改发零担` : null;
}

type Sent = { readonly lines: Shipment['lines']; readonly value: number; readonly deemedDueAt: string; readonly input: Asked; readonly zone: string };

const shippedNotice = (no: string, request: PartRequest, { mail, name }: Site, { lines, value, deemedDueAt, input, zone }: Sent): Notice => ({
	key: `shipment.notice:${no}`,
	to: mail === null ? { role: 'after_sales' } : { mail },
	subject: `配件发货通知 ${no} ${name}`,
	rule: 'P-031',
	body: [
		['发货单号', no], ['申请编号', request.no], ['发运方式', `${shippingWays[input.way]}${input.plannedDay === null ? '' : `（${input.plannedDay} 出发）`}`], ...(input.trackingNo === null ? [] : [['运单号', input.trackingNo] as const]),
		...lines.map(({ item, quantity }) => [item, `${quantity} 件`] as const), ['金额（供价）', `${yuan(value)} 元`],
		`请收货后回复。${localLimit(deemedDueAt, zone)} 前没有回复的，视为数量无误。`,
	],
});

export const confirmReceipt = (paper: Shipment, _input: unknown, { now }: Given): Change<ShipmentShape> => ({ set: { answer: '数量无误', answeredAt: now }, then: [fire(partRequest, 'receive', paper.request, {})] });

/** No answer in time: received complete and correct. @rule P-032 */
export const deemReceived = (paper: Shipment): Change<ShipmentShape> => ({ set: { answer: '逾期未复，视为无误' }, then: [fire(partRequest, 'receive', paper.request, {})] });

/** @rule P-032 — a shortage is reported in time; later only the after-sales manager takes it */
export function claimShort(paper: Shipment, { short, answer }: { readonly short: Pieces; readonly answer: string }, { actor, now }: Given): Change<ShipmentShape> {
	if (paper.state === 'ReceivedDeemed' && !actor.roles.includes('after_sales_manager'))
		throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 已过答复期限，视为收货无误`, '逾期的短少由售后经理决定是否受理', 'P-032');
	for (const { item, quantity } of short) {
		const sent = paper.lines.find((line) => line.item === item)?.quantity ?? 0;
		if (quantity > sent) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 只发了配件 ${item} ${sent} 件，不能短少 ${quantity} 件`, '请核对短少的配件和数量', 'P-032');
	}
	if (short.length === 0) throw new RuleViolation('FIELD_MISSING', '没有写明短少的配件', '请填写短少的配件编码和数量', 'P-032');
	return {
		set: { short, answer, answeredAt: now },
		notices: [{ key: `shipment.claim:${paper.no}`, to: { role: 'after_sales_manager' }, subject: `收货有短少 ${paper.no}`, rule: 'P-032', body: [['发货单号', paper.no], ['网点', paper.outlet], ...short.map(({ item, quantity }) => [item, `短少 ${quantity} 件`] as const), answer] }],
	};
}

type Decision = { readonly decision: 'short' | 'refused'; readonly settleNote: string };

/** A shortage that is confirmed is taken off what the outlet holds and is open to be shipped again. @rule P-032 */
export function settleClaim(paper: Shipment, { decision, settleNote }: Decision): Change<ShipmentShape> {
	if (decision === 'refused') return { set: { settleNote: `不成立：${settleNote}` }, then: [fire(partRequest, 'receive', paper.request, {})] };
	const short = paper.short ?? [];
	return { set: { settleNote: `确认短少：${settleNote}` }, then: [...book(paper.outlet, paper.no, short.map(({ item, quantity }) => goods('short', item, -quantity, priceIn(paper, item)))), fire(partRequest, 'unship', paper.request, { lines: short })] };
}

const priceIn = (paper: Shipment, item: string): number => paper.lines.find((line) => line.item === item)?.price ?? 0;

/** Undo before it was received: back into the warehouse, off what the outlet holds. */
export const callBack = (paper: Shipment, { settleNote }: { readonly settleNote: string }, { issues }: Given & { issues: readonly GoodsIssue[] }): Change<ShipmentShape> => ({
	set: { settleNote },
	then: [
		...issues.filter(({ state }) => state === 'Issued' || state === 'ToConfirm').map(({ no }) => fire(goodsIssue, 'callBack', no, { reason: settleNote })),
		...book(paper.outlet, paper.no, paper.lines.map(({ item, quantity, price }) => goods('reversal', item, -quantity, price)), settleNote),
		fire(partRequest, 'unship', paper.request, { lines: paper.lines.map(({ item, quantity }) => ({ item, quantity })) }),
	],
});

/** @rule P-032 — reminded before silence counts */
export const remindReceipt = (paper: Shipment, _input: unknown, { site, calendar }: Given & { site: Site | null }): Change<ShipmentShape> => ({
	notices: [{ key: `shipment.remind:${paper.no}`, to: site?.mail == null ? { role: 'after_sales' } : { mail: site.mail }, subject: `请回复收货 ${paper.no}`, rule: 'P-032', body: [['发货单号', paper.no], ['发货日期', paper.shippedDay], `${localLimit(paper.deemedDueAt ?? '', calendar.zone)} 前没有回复的，视为数量无误。`] }],
});
