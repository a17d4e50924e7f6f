import { defineDocument, type DocumentOf } from '../document/document';
import { instant, integer, lines, optional, ref, text } from '../document/fields';

const goods = {
	model: text({ en: 'Model', zh: '商品型号' }),
	serial: optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true })),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }),
	accessories: optional(text({ en: 'Accessories', zh: '随附配件' })),
	condition: optional(text({ en: 'Condition', zh: '外观' })),
};

const paper = {
	call: optional(ref('call', { en: 'Call', zh: '叫修编号' })),
	customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
	goods: lines(goods, { en: 'Goods', zh: '商品' }),
};

const draft = defineDocument({
	kind: 'goods_receipt',
	form: 'M-003',
	label: { en: 'Goods receipt', zh: '客户商品领取收据' },
	number: { prefix: 'SJ', period: 'month', digits: 4 },
	title: ['customer'],
	fields: { ...paper, retrievedAt: optional(instant({ en: 'Retrieved at', zh: '收回日期' })) },
	states: { Issued: '已开立', Retrieved: '已取回', Voided: '已作废' },
	indexes: [['call'], ['customer']],
});

export type GoodsReceipt = DocumentOf<typeof draft.shape>;

/** Goods taken in are handed out against this only. @rule R-002 — numbered, issued, retrieved, then voided; one receipt may list several items */
export const goodsReceipt = draft.events({
	issue: draft
		.event({ label: { en: 'Issue', zh: '开立收据' }, from: ['new'], to: ['Issued'], by: ['technician', 'receptionist'], input: paper })
		.decidedBy((_receipt, input) => ({ set: input })),
	retrieve: draft
		.event({ label: { en: 'Retrieve', zh: '收回收据' }, from: ['Issued'], to: ['Retrieved'], by: ['technician', 'receptionist'], input: {} })
		.decidedBy((_receipt, _input, { now }) => ({ set: { retrievedAt: now } })),
	void: draft
		.event({ label: { en: 'Void', zh: '作废' }, from: ['Issued', 'Retrieved'], to: ['Voided'], by: ['receptionist'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) } })
		.decidedBy(() => ({})),
});
