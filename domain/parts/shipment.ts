import { find, findAll, locked } from '../document/facts';
import { choice, day, fen, integer, lines, optional, ref, text } from '../document/fields';
import { item, outlet, price } from '../master/records';
import { goodsIssue } from '../warehouse/goodsIssue';
import { accountNumber, outletAccount } from './outletAccount';
import { partRequestDraft } from './partRequestPaper';
import { shipmentDraft as draft, shippingWays } from './shipmentPaper';
import { callBack, cancelShipment, claimShort, confirmReceipt, confirmShipment, deemReceived, remindReceipt, settleClaim, ship } from './shipmentRules';

const piece = { item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) };

const shipping = {
	request: ref('part_request', { en: 'Parts Request', zh: '配件申请' }, { among: ['Approved'] }),
	way: choice({ en: 'Way', zh: '发运方式' }, shippingWays),
	plannedDay: optional(day({ en: 'Vehicle Leaves On', zh: '随车日期' }, { help: '随车时填写' })),
	trackingNo: optional(text({ en: 'Tracking No', zh: '运单号' }, { compact: true })),
	freight: optional(fen({ en: 'Freight', zh: '运费(元)' }, { min: 0 })),
	lines: optional(lines(piece, { en: 'Lines', zh: '发货明细（空白为全部未发）' })),
};

const toOutlet = (_input: unknown, paper: { readonly outlet: string }) => ({ site: locked(find(outlet, 'no', paper.outlet)) });
const shippers = ['after_sales', 'after_sales_manager', 'storekeeper'] as const;

export const shipment = draft.events(
	{
		ship: draft
			.event({
				label: { en: 'Ship', zh: '发放配件' },
				from: ['new'],
				to: ['Shipped', 'ToConfirm'],
				by: shippers,
				input: shipping,
				// One after the other: the limit counts what the item before has put on the outlet.
				takeTurns: () => ['shipment'],
				facts: (input) => ({ request: locked(find(partRequestDraft.shape, 'no', input.request)) }),
				moreFacts: (_input, { request }) => ({
					site: locked(find(outlet, 'no', request?.outlet ?? null)),
					account: find(outletAccount, 'no', request === null ? null : accountNumber(request.outlet)),
					prices: findAll(price, 'item', (request?.lines ?? []).map(({ item: code }) => code)),
					items: findAll(item, 'no', (request?.lines ?? []).map(({ item: code }) => code)),
				}),
			})
			.decidedBy(ship),
		confirm: draft
			.event({
				label: { en: 'Confirm valuable parts', zh: '确认贵重件发放' },
				from: ['ToConfirm'],
				to: ['Shipped'],
				by: [...shippers, 'material_clerk', 'dept_manager'],
				input: {},
				takeTurns: () => ['shipment'],
				facts: (_input, paper) => ({ site: locked(find(outlet, 'no', paper.outlet)), account: find(outletAccount, 'no', accountNumber(paper.outlet)) }),
			})
			.decidedBy(confirmShipment),
		cancel: draft.event({ label: { en: 'Cancel', zh: '取消发放' }, from: ['ToConfirm'], to: ['Void'], by: shippers, input: { settleNote: text({ en: 'Reason', zh: '取消原因' }) } }).decidedBy(cancelShipment),
		receive: draft.event({ label: { en: 'Received as sent', zh: '网点回复：无误' }, from: ['Shipped'], to: ['Received'], by: ['outlet', 'after_sales', 'after_sales_manager'], input: {} }).decidedBy(confirmReceipt),
		claim: draft
			.event({
				label: { en: 'Report a shortage', zh: '网点回复：有短少' },
				from: ['Shipped', 'ReceivedDeemed'],
				to: ['Claim'],
				by: ['outlet', 'after_sales', 'after_sales_manager'],
				input: { short: lines(piece, { en: 'Short', zh: '短少明细' }), answer: text({ en: 'Answer', zh: '说明' }) },
			})
			.decidedBy(claimShort),
		settleClaim: draft
			.event({
				label: { en: 'Settle the shortage', zh: '处理短少' },
				from: ['Claim'],
				to: ['Settled'],
				by: ['after_sales_manager'],
				input: { decision: choice({ en: 'Decision', zh: '处理' }, { short: '确认短少，补发', refused: '不成立' }), settleNote: text({ en: 'Note', zh: '处理说明' }) },
				facts: toOutlet,
			})
			.decidedBy(settleClaim),
		remind: draft.event({ label: { en: 'Remind', zh: '提醒回复' }, from: ['Shipped'], to: ['Shipped'], by: ['system'], input: {}, facts: toOutlet }).decidedBy(remindReceipt),
		deem: draft.event({ label: { en: 'Silence', zh: '逾期视为无误' }, from: ['Shipped'], to: ['ReceivedDeemed'], by: ['system'], input: {} }).decidedBy(deemReceived),
		callBack: draft
			.event({ label: { en: 'Call back', zh: '撤销发放' }, from: ['Shipped'], to: ['Void'], by: ['after_sales_manager'], input: { settleNote: text({ en: 'Reason', zh: '撤销原因' }) }, facts: (_input, paper) => ({ issues: findAll(goodsIssue, 'paper', paper.no) }) })
			.decidedBy(callBack),
	},
	{
		remind: { label: { en: 'Answer reminder', zh: '回复提醒' }, during: ['Shipped'], due: (paper) => paper.remindAt, fires: 'remind' },
		deem: { label: { en: 'Deemed received', zh: '视为无误' }, during: ['Shipped'], due: (paper) => paper.deemedDueAt, fires: 'deem' },
	},
);
