import { defineDocument, type DocumentOf } from '../document/document';
import { findAll, type FactQuery } from '../document/facts';
import { choice, day, instant, integer, lines, optional, ref, text } from '../document/fields';
import { book, deliver, inspect, refuseOutlets, rejectAtCheck, reverseIn, takeBack } from './goodsInRules';
import { itemsOf, wantedLines } from './pickLots';
import { place } from './place';
import { cardsOf } from './stockCard';

export const origins = { purchase: '采购', outlet: '网点退回', repair: '维修退料', other: '其他' } as const;
const backFrom = { outlet: '网点退回', repair: '维修退料', other: '其他' } as const;

const lotFields = {
	lot: optional(text({ en: 'Lot', zh: '批次' }, { compact: true })),
	program: optional(text({ en: 'Program Version', zh: '程序版本' }, { compact: true })),
	...place,
};

const receivedLines = lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }), ...lotFields }, { en: 'Lines', zh: '明细' });

const delivery = {
	supplier: optional(text({ en: 'Supplier', zh: '供应商' })),
	basis: optional(text({ en: 'Order', zh: '订货单/依据单据' }, { compact: true })),
	slip: optional(text({ en: 'Delivery Slip', zh: '送货单' }, { compact: true })),
};

const draft = defineDocument({
	kind: 'goods_in',
	form: 'M-082',
	label: { en: 'Goods receipt into stock', zh: '入库单' },
	number: { prefix: 'RK', period: 'month', digits: 4 },
	title: ['supplier', 'basis'],
	fields: {
		origin: choice({ en: 'Origin', zh: '来源' }, origins),
		...delivery,
		lines: receivedLines,
		receivedDay: day({ en: 'Received', zh: '到货日期' }),
		receivedBy: ref('person', { en: 'Received by', zh: '收货人' }),
		inspector: optional(ref('person', { en: 'Inspector', zh: '检验人' })),
		inspectedAt: optional(instant({ en: 'Inspected', zh: '检验时间' })),
		inspection: optional(text({ en: 'Inspection', zh: '检验说明' })),
		bookedBy: optional(ref('person', { en: 'Booked by', zh: '入库人' })),
		bookedDay: optional(day({ en: 'Booked', zh: '入库日期' })),
		returnedBy: optional(ref('person', { en: 'Sent back by', zh: '退货处理人' })),
		reversedBy: optional(ref('person', { en: 'Reversed by', zh: '冲销人' })),
		reverseReason: optional(text({ en: 'Why reversed', zh: '冲销原因' })),
	},
	states: { Delivered: '待检验', Passed: '检验合格待入库', Failed: '不合格待处理', Returned: '已退货', Booked: '已入库', Reversed: '已冲销' },
	indexes: [['state'], ['basis'], ['createdAt']],
});

export type InShape = typeof draft.shape;
export type GoodsIn = DocumentOf<InShape>;

const keepers = ['storekeeper', 'material_clerk'] as const;

/** @rule P-080 — order, delivery with slip, inspection, the keeper's own check, then the books; what fails goes back */
export const goodsIn = draft.events({
	deliver: draft.event({ label: { en: 'Register a delivery', zh: '到货登记' }, from: ['new'], to: ['Delivered'], by: keepers, input: { ...delivery, lines: receivedLines } }).decidedBy(deliver),
	inspect: draft
		.event({
			label: { en: 'Inspect', zh: '来料检验' },
			from: ['Delivered'],
			to: ['Passed', 'Failed'],
			by: ['qa'],
			input: { result: choice({ en: 'Result', zh: '检验结果' }, { pass: '合格', fail: '不合格' }), note: optional(text({ en: 'Note', zh: '检验说明' }, { long: true })) },
		})
		.decidedBy(inspect),
	book: draft
		.event({
			label: { en: 'Check and book in', zh: '复核入库' },
			from: ['Passed'],
			to: ['Booked'],
			by: ['storekeeper'],
			input: { counted: optional(wantedLinesCounted()) },
			facts: (_input, paper) => ({ cards: cardsOf(itemsOf(paper.lines)) }),
		})
		.decidedBy(book),
	reject: draft.event({ label: { en: 'Reject at the check', zh: '复核不合格' }, from: ['Passed'], to: ['Failed'], by: ['storekeeper'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy(rejectAtCheck),
	sendBack: draft
		.event({ label: { en: 'Send back to the supplier', zh: '退货' }, from: ['Failed'], to: ['Returned'], by: ['dept_manager', 'after_sales_manager'], input: { note: optional(text({ en: 'Note', zh: '处理说明' })) } })
		.decidedBy((_paper, { note }, { actor }) => ({ set: { returnedBy: actor.code, ...(note === null ? {} : { inspection: note }) } })),
	takeBack: draft
		.event({
			label: { en: 'Take parts back', zh: '退料入库' },
			from: ['new'],
			to: ['Booked'],
			by: keepers,
			input: { origin: choice({ en: 'Origin', zh: '来源' }, backFrom), paper: optional(text({ en: 'Paper', zh: '依据单据' })), lines: wantedLines, program: optional(text({ en: 'Program Version', zh: '程序版本' }, { compact: true })) },
			facts: ({ lines: wanted, origin, paper }) => ({ cards: cardsOf(itemsOf(wanted)), ...outletPaper(origin === 'outlet' ? paper : null) }),
		})
		.decidedBy(takeBack),
	reverse: draft
		.event({ label: { en: 'Reverse', zh: '冲销入库' }, from: ['Booked'], to: ['Reversed'], by: ['storekeeper'], input: { reason: text({ en: 'Reason', zh: '冲销原因' }) }, facts: (_input, paper) => ({ cards: cardsOf(itemsOf(paper.lines)) }) })
		.decidedBy((paper, input, facts) => {
			refuseOutlets(paper);
			return reverseIn(paper, input, facts);
		}),
	callBack: draft.event({ label: { en: 'Call back', zh: '随退料单撤销' }, from: ['Booked'], to: ['Reversed'], by: 'consequence', input: { reason: text({ en: 'Reason', zh: '撤销原因' }) }, facts: (_input, paper) => ({ cards: cardsOf(itemsOf(paper.lines)) }) }).decidedBy(reverseIn),
});

/** The paper by which an outlet's parts come back: a return or a cancellation. */
const outletPaper = (paper: string | null) => ({
	giveBack: { kind: 'outlet_return', by: 'no', value: paper, many: false } as FactQuery<{ readonly no: string }, false>,
	cancellation: { kind: 'outlet_cancel', by: 'no', value: paper, many: false } as FactQuery<{ readonly no: string }, false>,
	before: findAll(draft.shape, 'basis', paper),
});

/** What the keeper counted himself. */
function wantedLinesCounted() {
	return { ...wantedLines, label: { en: 'Counted', zh: '实点数量' }, help: '与送货单一致时可不填' };
}
