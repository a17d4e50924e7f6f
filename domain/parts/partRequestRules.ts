import type { Change, Notice, RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, RowOf } from '../document/fields';
import type { person } from '../master/records';
import { hasRole } from '../organisation';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { unknownNote } from '../shared/workCalendar';
import { addMonths, localLimit, monthOf, startOfDay } from '../shared/zonedTime';
import { limitNote, occupancyFor } from './occupancy';
import type { OutletAccount, OutletEntry } from './outletAccount';
import { balancesOf } from './outletAccount';
import { outletStock, usedLastMonth } from './outletStock';
import { issueDue, judgeRequestDay } from './partsDates';
import { committedValue, openQuantity, requestKinds, valueOf, type PartRequest, type RequestLine, type RequestShape } from './partRequestPaper';
import { activeSite, refuseLowDeposit, type Site } from './outletSite';
import { cutNotices, refusedNotice } from './requestNotices';
import { supplyPriceOf, type PriceLine } from './supplyPrice';
import type { requestInput } from './partRequest';
import type { Pieces } from './pieces';
import type { Shipment } from './shipmentPaper';
import type { UsageLine } from './usageLine';

type Asked = RowOf<typeof requestInput>;

export type SubmitKnown = Given & { site: Site | null; requests: readonly PartRequest[]; entries: readonly OutletEntry[]; usage: readonly UsageLine[]; prices: readonly PriceLine[]; regional: RowOfRecord<typeof person> | null };

/**
 * An outlet asks for parts; every line carries what it used last month and has now.
 * @rule P-020 — monthly, emergency or pre-sale; based on usage and stock
 * @rule P-021 — a monthly one before the window is kept as a draft, after it is late
 * @rule P-024 — an emergency has its reason and is one of `parts.emergency_max` a month; beyond that only the general manager enters it
 * @rule P-025 — for a unit not yet sold the regional manager signs
 */
export function submitRequest(paper: PartRequest, input: Asked, facts: SubmitKnown): Change<RequestShape> {
	const { today, no, settings, calendar } = facts;
	activeSite(facts.site, input.outlet);
	const month = monthWanted(input, today);
	refuseUnsigned(input, facts);
	if (input.requestKind === 'emergency') refuseTooMany(no, input.outlet, facts);
	const lines = requestLines(input, facts);
	const { due, unknownYears } = issueDue(input.requestKind === 'monthly' ? { kind: 'monthly', month } : { kind: input.requestKind, received: today }, settings, calendar);
	const window = input.requestKind === 'monthly' ? judgeRequestDay(today, month, settings) : 'ok';
	const opens = startOfDay(`${monthOf(addMonths(`${month}-01`, -1))}-${String(settings['parts.request_from']).padStart(2, '0')}`, calendar.zone);
	return {
		set: { ...input, month, lines, submittedDay: today, regionSignedAt: input.regionSignedBy === facts.actor.code ? facts.now : null, total: valueOf(lines), timing: timingNote(window, month), opensAt: window === 'early' ? opens : null, dueAt: due, dueNote: unknownNote(unknownYears), plan: null, approvedTotal: null, refusedBecause: null },
		to: window === 'early' ? 'Draft' : 'Submitted',
		notices: window === 'early' || paper.state === 'Submitted' ? [] : [submitted(paper, input, valueOf(lines), due, facts)],
	};
}

function monthWanted(input: Asked, today: Day): string {
	if (input.requestKind !== 'monthly') return monthOf(today);
	if (input.month === null) throw new RuleViolation('FIELD_MISSING', '月度申请没有写明月份', '请填写申请哪个月的配件，例如 2025-07', 'P-021');
	if (input.month < monthOf(today)) throw new RuleViolation('FIELD_INVALID', `月份 ${input.month} 已经过去`, '请填写本月或以后的月份；急需的请用紧急申请', 'P-021');
	return input.month;
}

const timingNote = (window: ReturnType<typeof judgeRequestDay>, month: string): string | null =>
	window === 'ok' ? null : window === 'early' ? `早于 ${month} 月度申请的受理日，先存为填写中，到受理日自动递交` : `${month} 月度申请已过受理期，属迟报`;

function refuseUnsigned(input: Asked, { regional }: SubmitKnown): void {
	if (!input.sealed) throw new RuleViolation('CONDITION_NOT_MET', '申请表没有网点公章', '请盖章后再递交', 'P-020');
	if (input.requestKind === 'emergency' && input.reason === null) throw new RuleViolation('FIELD_MISSING', '紧急申请没有写明原因', '请说明为什么一周内必须解决（无配件、无备用机、客户要求退机或投诉媒体等）', 'P-024');
	if (input.requestKind !== 'presale') return;
	if (input.regionSignedBy === null || regional === null || !regional.active || !hasRole(regional.roles, 'regional_manager')) throw new RuleViolation('CONDITION_NOT_MET', '售前机申请没有区域经理签名', '请由区域经理签名，并填写他的工号', 'P-025');
	if (input.serial === null) throw new RuleViolation('FIELD_MISSING', '售前机申请没有写明是哪一台', '请填写售前机的序列号', 'P-025');
}

function refuseTooMany(no: string, outletCode: string, { requests, today, settings, actor }: SubmitKnown): void {
	const most = settings['parts.emergency_max'];
	const sent = requests.filter((each) => each.no !== no && each.requestKind === 'emergency' && monthOf(each.submittedDay) === monthOf(today) && !['Refused', 'Withdrawn'].includes(each.state));
	if (sent.length < most || actor.roles.includes('general_manager')) return;
	throw new RuleViolation('CONDITION_NOT_MET', `网点 ${outletCode} 本月已有 ${sent.length} 次紧急申请（${sent.map((each) => each.no).join('、')}），每月最多 ${most} 次`, '请并入月度申请；确有必要的由总经理登记', 'P-024');
}

function requestLines(input: Asked, { entries, usage, prices, today }: SubmitKnown): RequestLine[] {
	if (input.lines.length === 0) throw new RuleViolation('FIELD_MISSING', '申请没有明细', '请至少填写一种配件和数量', 'P-020');
	const repeated = input.lines.find(({ item }, index) => input.lines.findIndex((other) => other.item === item) !== index);
	if (repeated !== undefined) throw new RuleViolation('FIELD_INVALID', `配件 ${repeated.item} 写了两行`, '同一配件请合并为一行', 'P-020');
	const stock = outletStock(entries, usage);
	const used = usedLastMonth(usage, today);
	return input.lines.map(({ item, quantity }) => ({ item, quantity, approved: null, shipped: 0, price: supplyPriceOf(prices, item, today), usedLast: used.get(item) ?? 0, stock: stock.get(item) ?? 0, cutReason: null }));
}

const submitted = ({ no, version }: PartRequest, input: Asked, total: number, due: string, { site, calendar }: SubmitKnown): Notice => ({
	key: `part_request.submitted:${no}:${due}:${version}`,
	to: { role: 'after_sales' },
	subject: `${requestKinds[input.requestKind]}配件申请 ${no} ${site?.name ?? ''}`,
	rule: 'P-022',
	body: [['申请编号', no], ['网点', `${input.outlet} ${site?.name ?? ''}`], ['类别', requestKinds[input.requestKind]], ['种类', `${input.lines.length} 种`], ['金额', `${yuan(total)} 元`], ['发放期限', localLimit(due, calendar.zone)], ...(input.reason === null ? [] : [['原因', input.reason] as const])],
});

export type ReviewKnown = Given & { site: Site | null; account: OutletAccount | null; requests: readonly PartRequest[] };
export type Cut = { readonly item: string; readonly quantity: number; readonly reason: string };

/**
 * After-sales looks at limit, stock and quantity, and may cut.
 * @rule P-022 — never more than asked for; a cut has its reason
 * @rule P-011 — over the limit it waits, and the outlet hears what would clear it
 * @rule P-024 — for an emergency the review is enough
 */
export function reviewRequest(paper: PartRequest, { cuts }: { readonly cuts: readonly Cut[] | null }, facts: ReviewKnown): Change<RequestShape> {
	if (paper.requestKind === 'presale' && paper.regionSignedAt === null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有区域经理 ${paper.regionSignedBy ?? ''} 本人签名`, '请区域经理用“区域经理签名”表单签名后再审核', 'P-025');
	const lines = withCuts(paper, cuts ?? []);
	if (valueOf(lines) === 0 && lines.every(({ approved }) => approved === 0)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 全部核减为 0`, '不予发放的请用“退回申请”', 'P-022');
	const change = weigh(paper, lines, facts, facts.actor.code);
	return { ...change, notices: [...(change.notices ?? []), ...cutNotices(paper, lines, facts.site)] };
}

function withCuts(paper: PartRequest, cuts: readonly Cut[]): RequestLine[] {
	const unknown = cuts.find(({ item }) => !paper.lines.some((line) => line.item === item));
	if (unknown !== undefined) throw new RuleViolation('FIELD_INVALID', `${paper.no} 没有申请配件 ${unknown.item}`, '核减只能针对申请中的配件', 'P-022');
	return paper.lines.map((line) => {
		const cut = cuts.find(({ item }) => item === line.item);
		if (cut === undefined) return { ...line, approved: line.approved ?? line.quantity };
		if (cut.quantity > line.quantity) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${line.item} 申请 ${line.quantity} 件，核准 ${cut.quantity} 件多于申请`, '核准数量不能多于申请数量', 'P-022');
		return { ...line, approved: cut.quantity, cutReason: cut.reason };
	});
}

function weigh(paper: PartRequest, lines: readonly RequestLine[], { site, account, requests, settings }: ReviewKnown, reviewedBy: string | null): Change<RequestShape> {
	const { name } = activeSite(site, paper.outlet);
	const { deposit, held } = balancesOf(account);
	refuseLowDeposit(site, deposit, settings);
	const wanted = valueOf(lines);
	const occupancy = occupancyFor(site, { deposit, held: held + committedValue(requests, paper.no), wanted }, settings);
	const set = { lines, approvedTotal: wanted, held: occupancy.held, limitAmount: occupancy.limit, excess: occupancy.excess, topUp: occupancy.topUp, reviewedBy: reviewedBy ?? paper.reviewedBy };
	if (occupancy.excess === 0) return { set, to: paper.requestKind === 'emergency' ? 'Approved' : 'Reviewed' };
	const key = `part_request.excess:${paper.no}:${occupancy.excess}`;
	const body: Notice['body'] = [
		`${paper.no} 超过了贵网点的配件占用额度，暂不能发放。`,
		['现占用（含已核准未发）', `${yuan(occupancy.held)} 元`], ['本次申请', `${yuan(wanted)} 元`], ['额度', `${yuan(occupancy.limit)} 元`], ['超额', `${yuan(occupancy.excess)} 元`],
		limitNote(settings),
		`解决办法（任选）：补缴押金 ${yuan(occupancy.topUp)} 元；发回保内旧件核销 ${yuan(occupancy.offset)} 元；或减少申请数量。`,
	];
	return { set, to: 'WaitDeposit', notices: [{ key, to: site?.mail == null ? { role: 'after_sales' } : { mail: site.mail }, subject: `配件申请超额 ${paper.no} ${name}`, rule: 'P-012', body }] };
}

/** Weighed again when deposit or held value has changed. @rule P-012 — it goes on by itself once it fits */
export function recheckRequest(paper: PartRequest, _input: unknown, facts: ReviewKnown): Change<RequestShape> {
	const { deposit } = balancesOf(facts.account);
	if (facts.site?.active !== true || (facts.site.exempt !== true && deposit < facts.settings['parts.deposit_min'])) return { to: 'WaitDeposit' };
	const change = weigh(paper, paper.lines, facts, null);
	return change.to === 'WaitDeposit' ? { ...change, notices: [] } : change;
}

/** @rule P-025 — a pre-sale request is approved by the after-sales manager; @rule P-023 — a monthly one only with its plan */
export function approveRequest(paper: PartRequest, _input: unknown, { actor }: Given): Change<RequestShape> {
	if (paper.requestKind === 'monthly') throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 是月度申请`, '月度申请随配件计划由总经理批准', 'P-023');
	return { set: { approvedBy: actor.code } };
}

/** Sent back with the reason; not once parts have left. */
export function refuseRequest(paper: PartRequest, { reason }: { readonly reason: string }, { site }: Given & { site: Site | null }): Change<RequestShape> {
	if (paper.lines.some(({ shipped }) => shipped > 0)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 已有配件发出，不能退回`, '请先撤销发放，或发完余下的配件', 'P-022');
	return { set: { refusedBecause: reason, plan: null }, notices: [refusedNotice(paper, reason, site)] };
}

/** The window has come: the draft is sent by itself. @rule P-021 */
export const openWindow = (paper: PartRequest, _input: unknown, { today, site }: Given & { site: Site | null }): Change<RequestShape> => ({
	set: { opensAt: null, submittedDay: today, timing: null },
	notices: [{ key: `part_request.submitted:${paper.no}:opened:${paper.version}`, to: { role: 'after_sales' }, subject: `月度配件申请 ${paper.no} ${site?.name ?? ''}`, rule: 'P-022', body: [['申请编号', paper.no], ['网点', paper.outlet], ['金额', `${yuan(paper.total)} 元`]] }],
});

/** Parts that should have left by now. @rule P-030 — the after-sales manager hears of it */
export const missIssue = (paper: PartRequest, _input: unknown, { calendar }: Given): Change<RequestShape> => ({
	to: paper.state,
	notices: [{ key: `part_request.late:${paper.no}`, to: { role: 'after_sales_manager' }, subject: `配件逾期未发 ${paper.no}`, rule: 'P-030', body: [['申请编号', paper.no], ['网点', paper.outlet], ['类别', requestKinds[paper.requestKind]], ['发放期限', localLimit(paper.dueAt ?? '', calendar.zone)]] }],
});

type Sent = Given & { readonly shipments: readonly Pick<Shipment, 'state'>[] };

const isOnTheWay = ({ state }: Pick<Shipment, 'state'>): boolean => ['ToConfirm', 'Shipped', 'Claim'].includes(state);

/** Received once all of it has left and nothing is on the way any more. */
const whereItStands = (lines: readonly RequestLine[], shipments: Sent['shipments']) =>
	lines.some((line) => openQuantity(line) > 0) ? ('Approved' as const) : shipments.some(isOnTheWay) ? ('Shipped' as const) : ('Received' as const);

export const receiveRequest = (paper: PartRequest, _input: unknown, { shipments }: Sent): Change<RequestShape> => ({ to: paper.state === 'Closed' ? 'Closed' : whereItStands(paper.lines, shipments) });

/** What has not left will not: the request ends with what was shipped, and its value is free again. */
export function dropRest(paper: PartRequest, { reason }: { readonly reason: string }, { shipments }: Sent): Change<RequestShape> {
	if (paper.lines.every(({ shipped }) => shipped === 0)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有发过配件`, '整张不发的请用“退回申请”', 'P-022');
	const lines = paper.lines.map((line) => (openQuantity(line) === 0 ? line : { ...line, approved: line.shipped, cutReason: `余数不发：${reason}` }));
	return { set: { lines, approvedTotal: valueOf(lines) }, to: whereItStands(lines, shipments) };
}

/** @rule P-025 — the regional manager signs himself */
export function signRegion(paper: PartRequest, _input: unknown, { actor, now }: Given): Change<RequestShape> {
	if (paper.requestKind !== 'presale') throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 不是售前机申请`, '只有售前机申请需要区域经理签名', 'P-025');
	return { set: { regionSignedBy: actor.code, regionSignedAt: now }, to: paper.state };
}

/** What left with a shipment; whole once nothing is open. */
export function countShipped(paper: PartRequest, { lines }: { readonly lines: Pieces }): Change<RequestShape> {
	const after = paper.lines.map((line) => ({ ...line, shipped: line.shipped + quantityOf(lines, line.item) }));
	return { set: { lines: after }, to: after.every((line) => openQuantity(line) === 0) ? 'Shipped' : 'Approved' };
}

/** What did not arrive, or was called back, is open again. */
export const uncountShipped = (paper: PartRequest, { lines }: { readonly lines: Pieces }): Change<RequestShape> => ({
	set: { lines: paper.lines.map((line) => ({ ...line, shipped: Math.max(0, line.shipped - quantityOf(lines, line.item)) })) },
});

const quantityOf = (lines: Pieces, item: string): number => lines.reduce((sum, line) => sum + (line.item === item ? line.quantity : 0), 0);

/** A pre-sale request ends with the repair it was for. @rule P-025 — followed until the outlet has repaired */
export function closeRequest(paper: PartRequest, { repairNo }: { readonly repairNo: string | null }, { repair }: Given & { repair: { readonly outlet: string } | null }): Change<RequestShape> {
	if (paper.requestKind !== 'presale') return { set: {} };
	if (repairNo === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 是售前机申请，没有写明维修记录单号`, '修好后填写维修记录单号再结束', 'P-025');
	if (repair === null || repair.outlet !== paper.outlet) throw new RuleViolation('NOT_FOUND', `网点 ${paper.outlet} 没有维修记录单“${repairNo}”`, '请网点先上报产品维修记录单，再结束申请', 'P-025');
	return { set: { repairNo } };
}
