import { defineDocument, type Change, type DocumentOf, type Notice } from '../document/document';
import type { Given } from '../document/facts';
import { choice, fen, instant, optional, ref, text } from '../document/fields';
import { yuan } from '../shared/money';
import { endOfDay } from '../shared/zonedTime';
import { chargePaths, type ChargePath } from './chargePath';

const draft = defineDocument({
	kind: 'charge',
	form: 'M-001',
	label: { en: 'Charge', zh: '服务收费' },
	number: { prefix: 'SF', period: 'month', digits: 4 },
	fields: {
		call: ref('call', { en: 'Call', zh: '叫修编号' }),
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		technician: ref('person', { en: 'Technician', zh: '技术员' }),
		amount: fen({ en: 'Amount', zh: '金额' }),
		path: choice({ en: 'Collected', zh: '收款方式' }, chargePaths),
		invoiceDueAt: optional(instant({ en: 'Invoice request due', zh: '开票期限' })),
		invoiceNo: optional(text({ en: 'Invoice no', zh: '发票号' })),
		settledAt: optional(instant({ en: 'Settled at', zh: '办结时间' })),
	},
	states: { Collected: '已收款待上交', InvoiceDue: '待开票', HandedOver: '已上交补寄发票', Invoiced: '已开票' },
	title: ['call', 'customer'],
	indexes: [['call'], ['createdAt']],
});

export type Charge = DocumentOf<typeof draft.shape>;
type Opening = { call: string; customer: string; technician: string; amount: number; path: ChargePath };

/** @rule V-060 — cash waits for the accountant @rule V-061 — the invoice is due the same day */
function openCharge(_charge: Charge, input: Opening, { today, calendar, no }: Given): Change<typeof draft.shape> {
	return input.path === 'onsite'
		? { set: input, to: 'Collected' }
		: { set: { ...input, invoiceDueAt: endOfDay(today, calendar.zone) }, to: 'InvoiceDue', notices: [invoiceMail(input, no)] };
}

const invoiceMail = (input: Opening, no: string): Notice => ({
	key: `charge.open:${no}`,
	to: { role: 'accountant' },
	subject: `当日开票 ${no} ${yuan(input.amount)} 元`,
	rule: 'V-061',
	body: [['收费编号', no], ['叫修编号', input.call], ['客户编号', input.customer], ['金额', `${yuan(input.amount)} 元`], ['技术员', input.technician], '请于今日开具发票。'],
});

export const charge = draft.events({
	open: draft.event({
		label: { en: 'Open', zh: '登记收费' },
		from: ['new'],
		to: ['Collected', 'InvoiceDue'],
		by: 'consequence',
		input: {
			call: ref('call', { en: 'Call', zh: '叫修编号' }),
			customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
			technician: ref('person', { en: 'Technician', zh: '技术员' }),
			amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }),
			path: choice({ en: 'Collected', zh: '收款方式' }, chargePaths),
		},
	}).decidedBy(openCharge),
	handOver: draft.event({
		label: { en: 'Cash handed over', zh: '现金上交' },
		from: ['Collected'],
		to: ['HandedOver'],
		by: ['accountant'],
		input: { invoiceNo: text({ en: 'Invoice No', zh: '发票号' }) },
	}).decidedBy((_charge, { invoiceNo }, { now }) => ({ set: { invoiceNo, settledAt: now } })),
	invoice: draft.event({
		label: { en: 'Invoice issued', zh: '开具发票' },
		from: ['InvoiceDue'],
		to: ['Invoiced'],
		by: ['accountant'],
		input: { invoiceNo: text({ en: 'Invoice No', zh: '发票号' }) },
	}).decidedBy((_charge, { invoiceNo }, { now }) => ({ set: { invoiceNo, settledAt: now } })),
});
