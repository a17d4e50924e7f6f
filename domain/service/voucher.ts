import { defineDocument, type DocumentOf } from '../document/document';
import { find } from '../document/facts';
import { data, flag, instant, lines, integer, fen, optional, ref, text } from '../document/fields';
import { asset } from '../master/records';
import { fileVoucher, handOverVoucher, openOrPull } from './voucherRules';

/** One visit on the voucher. */
const line = {
	at: instant({ en: 'Date', zh: '日期' }),
	call: text({ en: 'Call', zh: '叫修编号' }),
	type: text({ en: 'Type', zh: '服务类别' }),
	work: text({ en: 'Work done', zh: '服务内容' }),
	technician: text({ en: 'Technician', zh: '技术员' }),
	minutes: integer({ en: 'Minutes', zh: '工时(分)' }),
	amount: fen({ en: 'Amount', zh: '费用' }),
	signedBy: optional(text({ en: 'Signed by', zh: '客户签字' })),
};

const draft = defineDocument({
	kind: 'voucher',
	form: 'M-001',
	label: { en: 'Service voucher', zh: '服务凭证' },
	number: (input) => `PZ-${String(input['asset'])}`,
	fields: {
		asset: ref('asset', { en: 'Product', zh: '序列号' }),
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		recreated: flag({ en: 'Re-created', zh: '补建' }),
		calls: data<readonly string[]>({ en: 'Open calls', zh: '在办叫修' }),
		holder: optional(ref('person', { en: 'Holder', zh: '持有人' })),
		history: lines(line, { en: 'Service history', zh: '售后服务历史记录' }),
	},
	states: { InFile: '在资料袋', WithDispatcher: '送请派工', WithTechnician: '技术员持有', WithReceptionist: '已交回' },
	indexes: [['asset']],
});

export type VoucherShape = typeof draft.shape;
export type Voucher = DocumentOf<VoucherShape>;

export const voucher = draft.events({
	pull: draft.event({
		label: { en: 'Pull for a call', zh: '抽出送请派工' },
		from: ['new', 'InFile', 'WithDispatcher', 'WithTechnician', 'WithReceptionist'],
		to: ['WithDispatcher', 'WithTechnician', 'WithReceptionist'],
		by: 'consequence',
		input: { asset: ref('asset', { en: 'Product', zh: '序列号' }), customer: ref('customer', { en: 'Customer', zh: '客户编号' }), call: text({ en: 'Call', zh: '叫修编号' }) },
		facts: ({ asset: serial }) => ({ known: find(asset, 'no', serial) }),
	}).decidedBy(openOrPull),
	assign: draft.event({
		label: { en: 'Hand to technician', zh: '交技术员' },
		from: ['WithDispatcher', 'WithTechnician', 'WithReceptionist'],
		to: ['WithTechnician'],
		by: 'consequence',
		input: { technician: ref('person', { en: 'Technician', zh: '技术员' }) },
	}).decidedBy((_voucher, { technician }) => ({ set: { holder: technician } })),
	handIn: draft.event({
		label: { en: 'Hand in after the visit', zh: '服务后交回' },
		// With several open calls on one product it may already be back, or out with a colleague.
		from: ['WithDispatcher', 'WithTechnician', 'WithReceptionist'],
		to: ['WithReceptionist'],
		by: 'consequence',
		input: line,
	}).decidedBy(handOverVoucher),
	file: draft.event({
		label: { en: 'File', zh: '归档' },
		from: ['WithReceptionist', 'WithDispatcher', 'WithTechnician'],
		to: ['InFile', 'WithDispatcher', 'WithTechnician', 'WithReceptionist'],
		by: 'consequence',
		input: { call: text({ en: 'Call', zh: '叫修编号' }) },
	}).decidedBy(fileVoucher),
});
