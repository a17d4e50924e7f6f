import { defineDocument, type DocumentOf } from '../document/document';
import { find } from '../document/facts';
import { data, day, flag, instant, lines, integer, fen, optional, ref, text, type RowOf } from '../document/fields';
import { asset, customer } from '../master/records';
import { fileVoucher, handOverVoucher, openOrPull, sellProduct } from './voucherRules';

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

const sold = {
	asset: text({ en: 'Serial No', zh: '序列号' }, { compact: true }),
	model: text({ en: 'Model', zh: '商品型号' }),
	customerName: text({ en: 'Customer', zh: '客户名称' }),
	phone: text({ en: 'Phone', zh: '电话' }, { compact: true }),
	address: text({ en: 'Address', zh: '地址' }),
	purchaseDay: optional(day({ en: 'Sold On', zh: '销售日期' }, { help: '空白为今天' })),
	warrantyEnd: optional(day({ en: 'Warranty End', zh: '保修截止' }, { help: '空白按保修期计算' })),
};
export type Sale = RowOf<typeof sold>;

export const voucher = draft.events({
	sell: draft
		.event({
			label: { en: 'Register a sale', zh: '商品销售设立凭证' },
			from: ['new'],
			to: ['InFile'],
			by: ['receptionist', 'sales', 'after_sales', 'after_sales_manager'],
			input: sold,
			takeTurns: (input) => [input['phone']],
			facts: ({ phone, asset: serial }) => ({ buyer: find(customer, 'phone', phone), known: find(asset, 'no', serial) }),
		})
		.decidedBy(sellProduct),
	open: draft
		.event({ label: { en: 'Open', zh: '设立凭证' }, from: ['new'], to: ['InFile'], by: ['system'], input: { asset: ref('asset', { en: 'Product', zh: '序列号' }), customer: ref('customer', { en: 'Customer', zh: '客户编号' }) } })
		.decidedBy((_voucher, input) => ({ set: { ...input, recreated: false, calls: [], history: [] } })),
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
