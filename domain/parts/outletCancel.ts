import { defineDocument, fire, save, type Change, type DocumentOf } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { data, day, fen, flag, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { outlet, price } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { goodsIn } from '../warehouse/goodsIn';
import { accountNumber, balancesOf, book, money, outletAccount, outletEntry, type Movement, type OutletAccount, type OutletEntry } from './outletAccount';
import { outletFine, type OutletFine } from './outletFine';
import { oldPart, type OldPart } from './oldPart';
import { outletSetup, type OutletSetup } from './outletSetup';
import { pricedToday, type Books } from './outletReturn';
import { merged, type Pieces } from './pieces';
import { oldest, stockLayers, type Layer } from './stockLayers';
import { usageLine, type UsageLine } from './usageLine';
import { partRequest, refuseOpen } from './partRequest';
import type { PartRequest } from './partRequestPaper';
import type { Site } from './outletSite';
import { reconciliation, type Reconciliation } from './reconciliation';
import { settleAccount, type Settlement } from './settleAccount';
import { shipmentDraft, type Shipment } from './shipmentPaper';

const request = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), breach: text({ en: 'Breach', zh: '违反协议情况' }, { long: true }) };

const handover = {
	originalOn: day({ en: 'Original Received On', zh: '明细表原件收到日期' }),
	items: lines({ item: text({ en: 'Item', zh: '项目' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 0 }), condition: text({ en: 'Condition', zh: '状态' }) }, { en: 'Handover List', zh: '工作移交明细' }),
	signed: flag({ en: 'Signed By Both', zh: '双方已签字' }),
};

const returned = {
	documentsBack: flag({ en: 'Documents Back', zh: '资料已收回' }),
	back: optional(lines(
		{ item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), good: integer({ en: 'Undamaged', zh: '完好数量' }, { min: 0 }), damaged: integer({ en: 'Damaged', zh: '损坏数量' }, { min: 0 }) },
		{ en: 'Parts Back', zh: '收回配件（没有收回的不填）' },
	)),
};

const draft = defineDocument({
	kind: 'outlet_cancel',
	form: 'M-044',
	label: { en: 'Outlet cancel application', zh: '服务网点取消申请表' },
	number: { prefix: 'WQ', period: 'year', digits: 4 },
	title: ['outlet'],
	fields: {
		...request,
		requestedBy: ref('person', { en: 'Requested by', zh: '申请人' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '同意人' })),
		originalOn: optional(handover.originalOn),
		items: optional(handover.items),
		back: returned.back,
		backValue: optional(fen({ en: 'Value back', zh: '收回金额' })),
		settlement: optional(data<Settlement>({ en: 'Settlement', zh: '结算' })),
		refund: optional(fen({ en: 'Refund', zh: '应退押金' })),
		owed: optional(fen({ en: 'Owed', zh: '网点尚欠' })),
		reason: optional(text({ en: 'Reason', zh: '不同意原因' })),
	},
	states: { Requested: '申请取消', CancelApproved: '售后部同意', HandoverListed: '移交明细已备案', PartsBack: '资料配件已回收', Settled: '费用已结算', Closed: '已取消', Refused: '不同意' },
	indexes: [['outlet']],
});
export type OutletCancel = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** @rule P-003 — the regional manager applies, with what the outlet did */
function requestCancel(_paper: unknown, input: RowOf<typeof request>, { site, open, actor, no }: Given & { site: Site | null; open: readonly OutletCancel[] }): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码', 'P-003');
	const running = open.find(({ state }) => state !== 'Refused' && state !== 'Closed');
	if (running !== undefined) throw new RuleViolation('ALREADY_EXISTS', `网点 ${input.outlet} 已有取消申请 ${running.no}`, '请继续办理该申请', 'P-003');
	return { set: { ...input, requestedBy: actor.code }, notices: [{ key: `outlet_cancel.requested:${no}`, to: { role: 'after_sales_manager' }, subject: `申请取消网点 ${input.outlet} ${site.name}`, rule: 'P-003', body: [['申请表', no], ['网点', `${input.outlet} ${site.name}`], ['违反协议情况', input.breach], ['申请人', actor.name]] }] };
}

/** @rule P-003 — after-sales agrees; @rule O-007 — not the one who applied. From now on nothing is issued. */
function approve(paper: OutletCancel, _input: unknown, { actor, requests, setups, no }: Given & { requests: readonly PartRequest[]; setups: readonly OutletSetup[] }): Change<Shape> {
	if (paper.requestedBy === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 申请，不能自己同意`, '请由售后部其他有权人员办理', 'O-007');
	return { set: { approvedBy: actor.code }, then: [save(outlet, paper.outlet, { active: false }), ...refuseOpen(requests, `网点取消 ${no}`), ...setups.filter(({ state }) => state === 'Agreed').map((setup) => fire(outletSetup, 'refuse', setup.no, { reason: `网点取消 ${no}` }))] };
}

/** @rule P-003 — the original of the handover list, signed, is filed */
function fileHandover(_paper: unknown, { signed, ...input }: RowOf<typeof handover>, { today }: Given): Change<Shape> {
	if (!signed) throw new RuleViolation('CONDITION_NOT_MET', '工作移交明细表没有双方签字', '请取得双方签字的原件后备案', 'P-003');
	if (input.originalOn > today) throw new RuleViolation('FIELD_INVALID', `收到日期 ${input.originalOn} 在将来`, '请填写实际收到原件的日期', 'P-003');
	return { set: input };
}

type BackKnown = Given & Books;

/**
 * Headquarters has counted what came back: undamaged parts go into stock and come off what the outlet holds, at what they were put on it for. May come in several boxes.
 * @rule P-003 @rule P-004 — documents and parts are back before anything is settled
 * @throws RuleViolation CONDITION_NOT_MET for more pieces than the outlet has by the book; without listed opening stock up to the opening value
 */
function takeBack(paper: OutletCancel, { documentsBack, back }: RowOf<typeof returned>, { no, ...books }: BackKnown): Change<Shape> {
	if (!documentsBack) throw new RuleViolation('CONDITION_NOT_MET', `${no} 的资料还没有收回`, '资料和配件都收回后再登记', 'P-003');
	const counted = back ?? [];
	const good = merged(counted.map((line) => ({ item: line.item, quantity: line.good }))).filter(({ quantity }) => quantity > 0);
	const moved = backMovements(paper.outlet, good, books);
	const damaged = merged(counted.map((line) => ({ item: line.item, quantity: line.damaged }))).map(({ item, quantity }): Movement => ({ account: 'held', entryKind: 'loss', amount: 0, item, quantity: -quantity, price: null }));
	return {
		set: { back: [...(paper.back ?? []), ...counted], backValue: (paper.backValue ?? 0) - moved.reduce((sum, { amount }) => sum + amount, 0) },
		then: [...book(paper.outlet, no, [...moved, ...damaged]), ...(good.length === 0 ? [] : [fire(goodsIn, 'takeBack', null, { origin: 'outlet', paper: no, lines: good })])],
	};
}

/** Pieces by the book first; what the opening balance did not list is worth today's price, up to what it was opened with. */
function backMovements(code: string, good: Pieces, books: BackKnown | Books): Movement[] {
	const priceOf = pricedToday(books.prices, books.today);
	const layers = stockLayers(books.entries, books.usage, priceOf);
	let unlisted = unlistedOpening(books.entries, layers, priceOf);
	return good.map(({ item, quantity }) => {
		const { value, beyond } = oldest(layers.get(item) ?? [], quantity);
		const more = beyond * priceOf(item);
		if (more > unlisted || (beyond > 0 && more === 0)) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} 帐面只有配件 ${item} ${quantity - beyond} 件，不能收回 ${quantity} 件`, '请核对数量；不是本公司发放的配件不列入', 'P-004');
		unlisted -= more;
		return { account: 'held', entryKind: 'take_back', amount: -(value + more), item, quantity: -quantity, price: Math.round((value + more) / quantity) };
	});
}

/** What an outlet was opened with in value beyond the parts that were listed, as far as it still holds it. */
function unlistedOpening(entries: readonly OutletEntry[], layers: ReadonlyMap<string, readonly Layer[]>, priceOf: (item: string) => number): number {
	const opened = entries.filter(({ entryKind, account }) => entryKind === 'opening' && account === 'held');
	const listed = opened.reduce((sum, { item, quantity }) => sum + (item === null ? 0 : (quantity ?? 0) * priceOf(item)), 0);
	const held = entries.reduce((sum, { account, amount }) => sum + (account === 'held' ? amount : 0), 0);
	const known = [...layers.values()].flat().reduce((sum, { quantity, price }) => sum + quantity * price, 0);
	return Math.max(0, Math.min(opened.reduce((sum, { amount }) => sum + amount, 0) - listed, held - known));
}

type SettleKnown = Given & { account: OutletAccount | null; shipments: readonly Shipment[]; statements: readonly Reconciliation[]; fines: readonly OutletFine[]; usage: readonly UsageLine[]; parts: readonly OldPart[] };

/**
 * What is lost or damaged and what is owed comes out of the deposit; the rest of the deposit goes back. Again, when something was booked since.
 * @rule P-003 — never before the original list is filed and the parts are back
 * @rule P-004 — lost and damaged parts at supply price
 * @throws RuleViolation CONDITION_NOT_MET while shipments, statements, months or fines of the outlet are open
 */
function settle(paper: OutletCancel, _input: unknown, { account, ...known }: SettleKnown): Change<Shape> {
	const open = openMatters(known);
	if (open.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${paper.outlet} 还有未了结的事项：${open.join('、')}`, '请先办完收货答复、对帐核销和罚款，再结算', 'P-004');
	const settlement = settleAccount(balancesOf(account));
	const { lost, receivable, refund, owed, fromDeposit, credit } = settlement;
	return {
		set: { settlement, refund: (paper.refund ?? 0) + refund, owed },
		then: book(paper.outlet, paper.no, [
			money('held', 'loss', -lost),
			money('held', 'clear', credit),
			money('deposit', 'deduct', -fromDeposit),
			money('receivable', 'clear', owed - receivable),
			money('deposit', 'refund', -refund),
		], `丢失损坏 ${yuan(lost)} 元，应收 ${yuan(receivable)} 元${credit > 0 ? `；多核销 ${yuan(credit)} 元已冲平，请另行核对` : ''}`),
	};
}

const settledStates: readonly string[] = ['WrittenOff', 'HandedOver'];

/** Papers and months that may still move the outlet's account. */
function openMatters({ shipments, statements, fines, usage, parts }: Omit<SettleKnown, keyof Given | 'account'>): string[] {
	const done = new Set(statements.filter(({ state }) => settledStates.includes(state)).map(({ month }) => month));
	const months = [...usage, ...parts].filter(({ state }) => state !== 'Void').map(({ month }) => month);
	return [
		...shipments.filter(({ state }) => ['ToConfirm', 'Shipped', 'Claim'].includes(state)).map(({ no }) => no),
		...[...new Set(months)].filter((month) => !done.has(month)).sort().map((month) => `${month} 的对帐`),
		...fines.filter(({ state }) => state === 'Proposed').map(({ no }) => no),
	];
}

/** @rule P-003 — the outlet is off the books; a debt stays on its account until it is paid */
function close(paper: OutletCancel, _input: unknown, { account }: Given & { account: OutletAccount | null }): Change<Shape> {
	const { deposit, held, receivable } = balancesOf(account);
	if (deposit !== 0 || held !== 0) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${paper.outlet} 结算后又有往来：押金 ${yuan(deposit)} 元，占用 ${yuan(held)} 元`, '请重新结算，再办理取消完成', 'P-004');
	return { then: [save(outlet, paper.outlet, { active: false }), ...(account !== null && receivable === 0 && account.state === 'Open' ? [fire(outletAccount, 'close', account.no, {})] : [])] };
}

const regional = ['regional_manager'] as const;
/** The outlet is locked first, as by everybody who books on its account. */
const accountOf = (paper: { readonly outlet: string }) => ({ site: locked(find(outlet, 'no', paper.outlet)), account: locked(find(outletAccount, 'no', accountNumber(paper.outlet))) });

export const outletCancel = draft.events({
	request: draft
		.event({ label: { en: 'Apply to cancel', zh: '申请取消网点' }, from: ['new'], to: ['Requested'], by: regional, input: request, facts: (input) => ({ site: locked(find(outlet, 'no', input.outlet)), open: findAll(draft.shape, 'outlet', input.outlet) }) })
		.decidedBy(requestCancel),
	approve: draft.event({ label: { en: 'Agree', zh: '售后部同意' }, from: ['Requested'], to: ['CancelApproved'], by: ['after_sales_manager'], input: {}, facts: (_input, paper) => ({ requests: findAll(partRequest, 'outlet', paper.outlet), setups: findAll(outletSetup, 'code', paper.outlet) }) }).decidedBy(approve),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不同意取消' }, from: ['Requested'], to: ['Refused'], by: ['after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '不同意原因' }) } }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
	fileHandover: draft.event({ label: { en: 'File the handover list', zh: '备案移交明细' }, from: ['CancelApproved'], to: ['HandoverListed'], by: [...regional, 'after_sales'], input: handover }).decidedBy(fileHandover),
	takeBack: draft
		.event({ label: { en: 'Documents and parts back', zh: '资料配件回收' }, from: ['HandoverListed', 'PartsBack'], to: ['PartsBack'], by: ['after_sales', 'storekeeper'], input: returned, facts: (input, paper) => ({ site: locked(find(outlet, 'no', paper.outlet)), entries: findAll(outletEntry, 'outlet', paper.outlet), usage: findAll(usageLine, 'outlet', paper.outlet), prices: findAll(price, 'item', (input.back ?? []).map((line) => line.item)) }) })
		.decidedBy(takeBack),
	settle: draft
		.event({
			label: { en: 'Settle', zh: '费用结算' },
			from: ['PartsBack', 'Settled'],
			to: ['Settled'],
			by: ['after_sales_manager', 'accountant'],
			input: {},
			facts: (_input, paper) => ({
				...accountOf(paper),
				shipments: findAll(shipmentDraft.shape, 'outlet', paper.outlet),
				statements: findAll(reconciliation, 'outlet', paper.outlet),
				fines: findAll(outletFine, 'outlet', paper.outlet),
				usage: findAll(usageLine, 'outlet', paper.outlet),
				parts: findAll(oldPart, 'outlet', paper.outlet),
			}),
		})
		.decidedBy(settle),
	close: draft.event({ label: { en: 'Close', zh: '取消完成' }, from: ['Settled'], to: ['Closed'], by: ['after_sales_manager'], input: {}, facts: (_input, paper) => accountOf(paper) }).decidedBy(close),
});
