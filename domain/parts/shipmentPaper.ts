import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, fen, instant, integer, lines, optional, ref, text } from '../document/fields';

export const shippingWays = { vehicle: '随车', freight: '零担' } as const;

/** Parts on their way to an outlet, and what it says of them. */
export const shipmentDraft = defineDocument({
	kind: 'shipment',
	form: 'M-133',
	label: { en: 'Shipment', zh: '发货通知' },
	number: { prefix: 'FH', period: 'month', digits: 4 },
	title: ['outlet', 'request'],
	fields: {
		request: ref('part_request', { en: 'Parts request', zh: '配件申请' }),
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		way: choice({ en: 'Way', zh: '发运方式' }, shippingWays),
		plannedDay: optional(day({ en: 'Vehicle leaves on', zh: '随车日期' })),
		wayNote: optional(text({ en: 'Note on the way', zh: '发运提示' })),
		trackingNo: optional(text({ en: 'Tracking no', zh: '运单号' })),
		freight: optional(fen({ en: 'Freight', zh: '运费' })),
		shippedDay: day({ en: 'Shipped on', zh: '发货日期' }),
		lines: lines(
			{ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }), price: fen({ en: 'Supply price', zh: '供价' }) },
			{ en: 'Lines', zh: '发货明细' },
		),
		value: fen({ en: 'Value', zh: '金额' }),
		noticeAt: optional(instant({ en: 'Notice', zh: '通知时间' })),
		confirmedBy: optional(ref('person', { en: 'Confirmed by', zh: '贵重件确认人' })),
		remindAt: optional(instant({ en: 'Reminder', zh: '回复提醒' }, { internal: true })),
		deemedDueAt: optional(instant({ en: 'Deemed correct', zh: '视为无误日期' })),
		answer: optional(text({ en: 'Answer', zh: '回复' })),
		answeredAt: optional(instant({ en: 'Answered', zh: '回复时间' })),
		short: optional(lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Short', zh: '短少明细' })),
		settleNote: optional(text({ en: 'Settled', zh: '处理说明' })),
	},
	states: { ToConfirm: '待第二人确认', Shipped: '已发放', Received: '已回复', ReceivedDeemed: '视为无误', Claim: '有异议', Settled: '异议已处理', Void: '已撤销' },
	indexes: [['request'], ['outlet', 'state'], ['trackingNo']],
});

export type ShipmentShape = typeof shipmentDraft.shape;
export type Shipment = DocumentOf<ShipmentShape>;
