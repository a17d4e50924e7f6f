import { defineDocument, type Change, type DocumentOf, type Notice } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { choice, fen, flag, instant, integer, lines, optional, ref, text, type Instant } from '../document/fields';
import { priceKinds } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { yuan } from '../shared/money';
import { atTime, endOfDay } from '../shared/zonedTime';
import { attachment, type Attachment } from './attachment';
import { chargePaths, type ChargePath } from './chargePath';

/** What is charged, by the price list. @rule V-065 — part, labour, travel, other */
export const chargeLines = lines(
	{
		kind: choice({ en: 'Kind', zh: '类别' }, priceKinds),
		item: ref('item', { en: 'Item', zh: '项目编码' }),
		quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }),
		list: fen({ en: 'List price', zh: '标准价' }),
		price: fen({ en: 'Price', zh: '单价' }),
	},
	{ en: 'Lines', zh: '收费明细' },
);

const opening = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	voucher: ref('voucher', { en: 'Voucher', zh: '服务凭证' }),
	customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }),
	lines: optional(chargeLines),
	path: choice({ en: 'Collected', zh: '收款方式' }, chargePaths),
	finishedAt: instant({ en: 'Finished', zh: '服务完成时间' }),
	byAgent: optional(flag({ en: 'By an agent', zh: '代理商服务' })),
};

const draft = defineDocument({
	kind: 'charge',
	form: 'M-088',
	label: { en: 'Charge', zh: '服务收费' },
	number: { prefix: 'SF', period: 'month', digits: 4 },
	fields: {
		...opening,
		requestedAt: optional(instant({ en: 'Invoice requested', zh: '申请开票时间' })),
		late: optional(flag({ en: 'Requested late', zh: '逾期申请' })),
		remindAt: optional(instant({ en: 'Reminder', zh: '催办时间' })),
		overdue: optional(flag({ en: 'Overdue', zh: '逾期' })),
		invoiceDueAt: optional(instant({ en: 'Invoice request due', zh: '开票期限' })),
		invoiceNo: optional(text({ en: 'Invoice no', zh: '发票号' })),
		settledAt: optional(instant({ en: 'Settled at', zh: '办结时间' })),
		paidAt: optional(instant({ en: 'Paid at', zh: '收款时间' })),
		mailedAt: optional(instant({ en: 'Invoice mailed', zh: '补寄时间' })),
		auditedBy: optional(ref('person', { en: 'Audited by', zh: '审核人' })),
		auditedAt: optional(instant({ en: 'Audited at', zh: '审核时间' })),
		reversedBy: optional(ref('person', { en: 'Reversed by', zh: '冲销人' })),
		reversedAt: optional(instant({ en: 'Reversed at', zh: '冲销时间' })),
		reversedBecause: optional(text({ en: 'Reversed because', zh: '冲销原因' })),
	},
	states: { Collected: '已收款待上交', InvoiceDue: '待开票', HandedOver: '已上交补寄发票', Invoiced: '已开票', Reversed: '已冲销' },
	title: ['call', 'customer'],
	indexes: [['call'], ['createdAt'], ['state']],
});

export type Charge = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
/** Charges that count in sums. @rule M-105 — a reversed one is listed, not counted */
export const standing = <C extends Pick<Charge, 'state'>>(charges: readonly C[]): C[] => charges.filter(({ state }) => state !== 'Reversed');

type Opening = { call: string; voucher: string; customer: string; technician: string; amount: number; path: ChargePath; lines: Charge['lines']; finishedAt: Instant; byAgent: boolean | null };

/**
 * @rule V-060 — cash waits for the accountant, until the end of the next working day
 * @rule V-061 — the invoice is asked for the same day; later is flagged
 */
function openCharge(_charge: Charge, input: Opening, given: Given): Change<Shape> {
	const { today, calendar } = given;
	if (input.path === 'onsite') return { set: { ...input, remindAt: calendar.hoursOf(calendar.workdayAfter(today, 1).day)?.to ?? null }, to: 'Collected' };
	return askForInvoice(input, given);
}

/** From now on, until the end of the day; after hours it is on the next list. */
function askForInvoice(input: Opening, { today, now, settings, calendar, no }: Given): Change<Shape> {
	const late = today > calendar.dayOf(input.finishedAt);
	const dayEnd = atTime(today, settings['service.day_end'], calendar.zone);
	return { set: { ...input, requestedAt: now, late, remindAt: dayEnd > now ? dayEnd : now, invoiceDueAt: endOfDay(today, calendar.zone) }, to: 'InvoiceDue', notices: [invoiceMail(input, no)] };
}

const invoiceMail = (input: Opening, no: string): Notice => ({
	key: `charge.open:${no}`,
	to: { role: 'accountant' },
	subject: `当日开票 ${no} ${yuan(input.amount)} 元`,
	rule: 'V-061',
	body: [['收费编号', no], ['叫修编号', input.call], ['客户编号', input.customer], ['金额', `${yuan(input.amount)} 元`], ['技术员', input.technician], '请于今日开具发票。'],
});

/**
 * A list of what is still open whenever some became overdue. Its key names the last of those: they are overdue from
 * now on, so that no later list has it again.
 * @rule V-060 — cash not handed over @rule V-061 @rule R-007 — jobs without invoice
 */
function remindOf(charge: Charge, _input: unknown, { open, today, now }: Given & { open: readonly Charge[] }): Change<Shape> {
	const isCash = charge.state === 'Collected';
	const late = open.filter(({ remindAt }) => remindAt !== null && remindAt < now);
	const fresh = late.filter(({ overdue }) => overdue !== true);
	return {
		set: { overdue: true },
		to: isCash ? 'Collected' : 'InvoiceDue',
		notices: (isCash ? (['accountant', 'dept_manager'] as const) : (['accountant', 'dept_manager', 'service_director'] as const)).map((role) => ({
			key: `charge.remind:${charge.state}:${role}:${fresh.at(-1)?.no ?? charge.no}:${fresh.length}`,
			to: { role },
			subject: `${isCash ? '现金未上交' : '有费服务未开票'} ${today}（${late.length} 件）`,
			rule: isCash ? 'V-060' : 'V-061',
			body: late.map(({ no, call, amount, technician }) => [no, `叫修 ${call}，${yuan(amount)} 元，技术员 ${technician}`] as const),
		})),
	};
}

/** @rule V-062 — an agent's job is settled only with the customer-signed receipt slip */
function settle(charge: Charge, { invoiceNo }: { invoiceNo: string }, { now, slips }: Given & { slips: readonly Attachment[] }): Change<Shape> {
	if (charge.byAgent === true && !slips.some(({ purpose, state }) => purpose === 'receipt_slip' && state !== 'Removed'))
		throw new RuleViolation('CONDITION_NOT_MET', `${charge.no} 是代理商服务，还没有客户签字的回执单`, `请代理商寄回回执单并上传到 ${charge.call} 的附件`, 'V-062');
	const paid = charge.state === 'Collected' ? { paidAt: now, mailedAt: now } : {};
	return { set: { invoiceNo, settledAt: now, ...paid } };
}

/**
 * The customer did not pay on site after all.
 * @rule V-061 — then an invoice is asked for, the same day
 */
function notCollected(charge: Charge, _input: unknown, given: Given): Change<Shape> {
	const { actor } = given;
	if (charge.technician !== actor.code && !actor.roles.includes('accountant'))
		throw new RuleViolation('NOT_ALLOWED', `${charge.no} 由 ${charge.technician} 收费，不是 ${actor.code}`, '请由收费的技术员或会计员办理', 'V-061');
	const { call, voucher, customer, technician, amount, lines: charged, finishedAt, byAgent } = charge;
	const { set, ...rest } = askForInvoice({ call, voucher, customer, technician, amount, lines: charged, finishedAt, byAgent, path: 'invoice' }, given);
	return { set: { ...set, overdue: null }, ...rest };
}

/** @rule M-105 — a wrong charge is struck out with reason and person; number, amount and invoice stay readable */
const reverse = (_charge: Charge, { reason }: { reason: string }, { actor, now }: Given): Change<Shape> => ({ set: { reversedBy: actor.code, reversedAt: now, reversedBecause: reason } });

const slips = (charge: Charge) => ({ slips: findAll(attachment, 'paper', charge.call) });

const standingStates = ['Collected', 'InvoiceDue', 'HandedOver', 'Invoiced'] as const;

export const charge = draft.events(
	{
		open: draft.event({ label: { en: 'Open', zh: '登记收费' }, from: ['new'], to: ['Collected', 'InvoiceDue'], by: 'consequence', input: opening }).decidedBy(openCharge),
		handOver: draft
			.event({ label: { en: 'Cash handed over', zh: '现金上交' }, from: ['Collected'], to: ['HandedOver'], by: ['accountant'], input: { invoiceNo: text({ en: 'Invoice No', zh: '发票号' }) }, facts: (_input, charge) => slips(charge) })
			.decidedBy(settle),
		invoice: draft
			.event({ label: { en: 'Invoice issued', zh: '开具发票' }, from: ['InvoiceDue'], to: ['Invoiced'], by: ['accountant'], input: { invoiceNo: text({ en: 'Invoice No', zh: '发票号' }) }, facts: (_input, charge) => slips(charge) })
			.decidedBy(settle),
		collect: draft
			.event({ label: { en: 'Payment received', zh: '收到货款' }, from: ['Invoiced'], to: ['Invoiced'], by: ['accountant'], input: {} })
			.decidedBy((charge, _input, { now }) => ({ set: { paidAt: charge.paidAt ?? now } })),
		notCollected: draft
			.event({ label: { en: 'Not collected on site', zh: '客户未当场付款' }, from: ['Collected'], to: ['InvoiceDue'], by: ['technician', 'accountant'], input: {} })
			.decidedBy(notCollected),
		reverse: draft
			.event({ label: { en: 'Reverse', zh: '冲销收费' }, from: standingStates, to: ['Reversed'], by: ['accountant'], input: { reason: text({ en: 'Reason', zh: '冲销原因' }) } })
			.decidedBy(reverse),
		audit: draft
			.event({ label: { en: 'Audit', zh: '审核收费' }, from: standingStates, to: standingStates, by: ['as_engineer'], input: {} })
			.decidedBy(auditCharge),
		remind: draft
			.event({ label: { en: 'Still open', zh: '未办结' }, from: ['Collected', 'InvoiceDue'], to: ['Collected', 'InvoiceDue'], by: ['system'], input: {}, facts: (_input, charge) => ({ open: findAll(draft.shape, 'state', charge.state) }) })
			.decidedBy(remindOf),
	},
	{
		remind: {
			label: { en: 'Handing over, invoice', zh: '上交或开票' },
			during: ['Collected', 'InvoiceDue'],
			due: (charge) => (charge.overdue === true ? null : charge.remindAt),
			fires: 'remind',
		},
	},
);

/** @rule T-041 — entered by the operator, audited by the engineer; O-007: not by the one who charged */
function auditCharge(charge: Charge, _input: unknown, { actor, now }: Given): Change<Shape> {
	if (charge.technician === actor.code) throw new RuleViolation('NOT_ALLOWED', `${charge.no} 由 ${actor.code} 收费，不能自己审核`, '请由其他售后工程师审核', 'T-041');
	return { set: { auditedBy: actor.code, auditedAt: now }, to: charge.state as (typeof standingStates)[number] };
}
