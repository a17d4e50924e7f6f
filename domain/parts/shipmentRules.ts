import { fire, type Change, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import type { item, price } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { daysBetween, endOfDay, addDays, localLimit } from '../shared/zonedTime';
import { goodsIssue, type GoodsIssue } from '../warehouse/goodsIssue';
import { limitNote, occupancyFor } from './occupancy';
import { balancesOf, book, goods, type OutletAccount } from './outletAccount';
import { partRequest } from './partRequest';
import { openQuantity, type PartRequest } from './partRequestPaper';
import { supplyPriceOf } from './supplyPrice';
import { activeSite, refuseLowDeposit, type Site } from './outletSite';
import { receiptDeemedAt } from './partsDates';
import { merged, type Pieces } from './pieces';
import { shippingWays, type Shipment, type ShipmentShape } from './shipmentPaper';

type Asked = { readonly request: string; readonly way: keyof typeof shippingWays; readonly plannedDay: Day | null; readonly trackingNo: string | null; readonly freight: number | null; readonly lines: Pieces | null };
type Leaving = Given & { site: Site | null; account: OutletAccount | null };
type Known = Leaving & { request: PartRequest | null; prices: readonly RowOfRecord<typeof price>[]; items: readonly RowOfRecord<typeof item>[] };

/**
 * Parts leave for an outlet: out of the warehouse, onto what it holds, with a notice to it; valuable ones once a second person agrees.
 * @rule P-023 @rule P-030 — only what was approved, and no more of it
 * @rule P-011 — the limit holds when the parts leave, whatever has happened since the review
 * @rule P-070 @rule P-072 — out of the oldest lots; nothing leaves that is not in stock
 * @rule P-031 — by vehicle if one leaves in time
 * @rule P-081 — a second person for valuable parts
 */
export function ship(_paper: unknown, input: Asked, facts: Known): Change<ShipmentShape> {
	const { request, today, settings } = facts;
	if (request === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.request}”的零配件申请表`, '请核对编号');
	if (request.state !== 'Approved') throw new RuleViolation('CONDITION_NOT_MET', `${request.no} 还没有批准，不能发放`, request.requestKind === 'monthly' ? '月度申请须列入配件计划、经总经理批准后发放' : '请先审核、批准', 'P-023');
	activeSite(facts.site, request.outlet);
	const lines = shippedLines(request, input.lines).map(({ item: code, quantity }) => ({ item: code, quantity, price: supplyPriceOf(facts.prices, code, today) }));
	const value = lines.reduce((sum, { quantity, price: each }) => sum + quantity * each, 0);
	const paper = { request: request.no, outlet: request.outlet, way: input.way, plannedDay: input.plannedDay, wayNote: wayNote(input, facts), trackingNo: input.trackingNo, freight: input.freight, shippedDay: today, lines, value };
	refuseOverLimit(paper, facts);
	const isValuable = settings['stock.valuable'] === '是' && facts.items.some(({ no, valuable }) => valuable === true && lines.some((line) => line.item === no));
	const counted = fire(partRequest, 'ship', request.no, { lines: piecesOf(paper) });
	if (isValuable) return { set: paper, to: 'ToConfirm', then: [counted] };
	const leaving = leave(paper, facts);
	return { ...leaving, set: { ...paper, ...leaving.set }, then: [counted, ...(leaving.then ?? [])], to: 'Shipped' };
}

type Paper = Pick<Shipment, 'request' | 'outlet' | 'way' | 'plannedDay' | 'trackingNo' | 'lines' | 'value'>;

/** @rule P-081 — not the one who shipped */
export function confirmShipment(paper: Shipment, _input: unknown, facts: Leaving): Change<ShipmentShape> {
	if (paper.createdBy === facts.actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${facts.actor.code} 开出，不能自己确认`, '贵重配件发放请由另一人确认', 'P-081');
	refuseOverLimit(paper, facts);
	const leaving = leave(paper, facts);
	return { ...leaving, set: { ...leaving.set, shippedDay: facts.today, confirmedBy: facts.actor.code } };
}

/** Nothing has left yet: only the request is open again. */
export const cancelShipment = (paper: Shipment, { settleNote }: { readonly settleNote: string }): Change<ShipmentShape> => ({ set: { settleNote }, then: [fire(partRequest, 'unship', paper.request, { lines: piecesOf(paper) })] });

/** @rule P-031 — the outlet is told; @rule P-032 — silence runs from the notice */
function leave(paper: Paper, { no, now, today, settings, calendar, site }: Leaving): Change<ShipmentShape> {
	const { mail, name } = activeSite(site, paper.outlet);
	const deemedDueAt = receiptDeemedAt(today, settings, calendar.zone);
	return {
		set: { noticeAt: now, remindAt: endOfDay(addDays(today, settings['parts.receipt_warn_day'] - 1), calendar.zone), deemedDueAt },
		then: [
			fire(goodsIssue, 'issue', null, { purpose: 'shipment', paper: no, lines: piecesOf(paper), note: `${paper.outlet} ${name}` }),
			...book(paper.outlet, no, paper.lines.map(({ item: code, quantity, price: each }) => goods('issue', code, quantity, each))),
		],
		notices: [
			{
				key: `shipment.notice:${no}`,
				to: mail === null ? { role: 'after_sales' } : { mail },
				subject: `配件发货通知 ${no} ${name}`,
				rule: 'P-031',
				body: [
					['发货单号', no], ['申请编号', paper.request], ['发运方式', `${shippingWays[paper.way]}${paper.plannedDay === null ? '' : `（${paper.plannedDay} 出发）`}`], ...(paper.trackingNo === null ? [] : [['运单号', paper.trackingNo] as const]),
					...paper.lines.map(({ item: code, quantity }) => [code, `${quantity} 件`] as const), ['金额（供价）', `${yuan(paper.value)} 元`],
					`请收货后回复。${localLimit(deemedDueAt, calendar.zone)} 前没有回复的，视为数量无误。`,
				],
			},
		],
	};
}

const piecesOf = ({ lines }: Pick<Shipment, 'lines'>): Pieces => lines.map(({ item: code, quantity }) => ({ item: code, quantity }));

function shippedLines(request: PartRequest, wanted: Pieces | null): Pieces {
	const open = request.lines.map((line) => ({ item: line.item, quantity: openQuantity(line) })).filter(({ quantity }) => quantity > 0);
	if (wanted === null) return open;
	if (wanted.length === 0) throw new RuleViolation('FIELD_MISSING', '发货明细是空的', '请填写要发的配件，或空着发全部', 'P-030');
	for (const { item: code, quantity } of merged(wanted)) {
		const most = open.find((line) => line.item === code)?.quantity ?? 0;
		if (quantity > most) throw new RuleViolation('CONDITION_NOT_MET', `${request.no} 的配件 ${code} 还可发 ${most} 件，不能发 ${quantity} 件`, '发货数量不能多于已核准、未发的数量', 'P-023');
	}
	return merged(wanted);
}

function refuseOverLimit({ request, outlet, value }: Pick<Paper, 'request' | 'outlet' | 'value'>, { account, settings, site }: Leaving): void {
	const { deposit, held } = balancesOf(account);
	refuseLowDeposit(site, deposit, settings);
	const { limit, excess, topUp } = occupancyFor(site, { deposit, held, wanted: value }, settings);
	if (excess === 0) return;
	throw new RuleViolation('CONDITION_NOT_MET', `${request}：网点 ${outlet} 已占用 ${yuan(held)} 元，加上本次 ${yuan(value)} 元超过额度 ${yuan(limit)} 元`, `请先补缴押金 ${yuan(topUp)} 元、核销旧件或少发；${limitNote(settings)}`, 'P-011');
}

function wayNote({ way, plannedDay }: Asked, { today, settings }: Given): string | null {
	if (way !== 'vehicle') return null;
	if (plannedDay === null) throw new RuleViolation('FIELD_MISSING', '随车发运没有写明随车日期', '请填写车辆出发日期，没有车辆时选零担', 'P-031');
	const days = daysBetween(today, plannedDay);
	if (days < 0) throw new RuleViolation('FIELD_INVALID', `随车日期 ${plannedDay} 已过`, '请填写今天或以后的日期', 'P-031');
	return days > settings['parts.vehicle_days'] ? `${settings['parts.vehicle_days']} 天内没有随车（${plannedDay} 才出发），建议改发零担` : null;
}

export const confirmReceipt = (paper: Shipment, _input: unknown, { now }: Given): Change<ShipmentShape> => ({ set: { answer: '数量无误', answeredAt: now }, then: [fire(partRequest, 'receive', paper.request, {})] });

/** No answer in time: received complete and correct. @rule P-032 */
export const deemReceived = (paper: Shipment): Change<ShipmentShape> => ({ set: { answer: '逾期未复，视为无误' }, then: [fire(partRequest, 'receive', paper.request, {})] });

/** @rule P-032 — a shortage is reported in time; later only the after-sales manager takes it */
export function claimShort(paper: Shipment, { short, answer }: { readonly short: Pieces; readonly answer: string }, { actor, now }: Given): Change<ShipmentShape> {
	if (paper.state === 'ReceivedDeemed' && !actor.roles.includes('after_sales_manager'))
		throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 已过答复期限，视为收货无误`, '逾期的短少由售后经理决定是否受理', 'P-032');
	for (const { item, quantity } of merged(short)) {
		const sent = paper.lines.find((line) => line.item === item)?.quantity ?? 0;
		if (quantity > sent) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 只发了配件 ${item} ${sent} 件，不能短少 ${quantity} 件`, '请核对短少的配件和数量', 'P-032');
	}
	if (short.length === 0) throw new RuleViolation('FIELD_MISSING', '没有写明短少的配件', '请填写短少的配件编码和数量', 'P-032');
	return {
		set: { short: merged(short), answer, answeredAt: now },
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
