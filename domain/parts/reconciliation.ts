import { defineDocument, type DocumentOf } from '../document/document';
import { data, fen, flag, instant, integer, month, optional, ref, text } from '../document/fields';
import { find, findAll, locked } from '../document/facts';
import { outlet, price } from '../master/records';
import type { StatementLine } from './computeStatement';
import { oldPart } from './oldPart';
import { agree, drawUp, lapse, object, send } from './reconciliationRules';
import { statementNumber } from './statementOf';
import { usageLine } from './usageLine';

const draft = defineDocument({
	kind: 'reconciliation',
	form: 'M-059',
	label: { en: 'Reconciliation statement', zh: '返厂废旧件对帐单' },
	number: (input) => statementNumber(String(input['outlet']), String(input['month'])),
	fields: {
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		month: month({ en: 'Month', zh: '月份' }),
		lines: data<readonly StatementLine[]>({ en: 'Lines', zh: '明细' }),
		stated: integer({ en: 'Stated', zh: '申报数量' }),
		returned: integer({ en: 'Counted', zh: '实收数量' }),
		credited: integer({ en: 'Written off', zh: '核销数量' }),
		confiscated: integer({ en: 'Confiscated', zh: '没收数量' }),
		pending: integer({ en: 'Waiting for QA', zh: '待检数量' }),
		pendingAmount: optional(fen({ en: 'Worth if all match', zh: '待检金额' })),
		creditAmount: fen({ en: 'Credit', zh: '核销金额' }),
		fineAmount: fen({ en: 'Fines proposed', zh: '拟罚金额' }),
		differs: flag({ en: 'Differs', zh: '有差异' }),
		sentAt: optional(instant({ en: 'Sent at', zh: '传出时间' })),
		replyDueAt: optional(instant({ en: 'Answer due', zh: '答复期限' })),
		replyNote: optional(text({ en: 'Note on the answer', zh: '答复说明' })),
		answeredAt: optional(instant({ en: 'Answered at', zh: '回传时间' })),
		answer: optional(text({ en: 'Answer', zh: '网点答复' })),
	},
	title: ['outlet', 'month'],
	states: { Draft: '制作', Sent: '已传出', Confirmed: '已确认', DefaultAccepted: '默认', Disputed: '有异议', WrittenOff: '已帐面核销' },
	indexes: [['month'], ['outlet']],
});

export type ReconciliationShape = typeof draft.shape;
export type Reconciliation = DocumentOf<ReconciliationShape>;

type Coded = { readonly item: string };

/** Everything an outlet stated and returned, with the outlet locked. */
const papersOf = (code: string) => ({
	site: locked(find(outlet, 'no', code)),
	usage: findAll(usageLine, 'outlet', code),
	parts: findAll(oldPart, 'outlet', code),
});

const pricesOf = ({ usage, parts }: { readonly usage: readonly Coded[]; readonly parts: readonly Coded[] }) => ({
	prices: findAll(price, 'item', [...new Set([...usage, ...parts].map(({ item }) => item))]),
});

const outletMonth = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), month: month({ en: 'Month', zh: '月份' }) };

export const reconciliation = draft.events(
	{
		drawUp: draft
			.event({
				label: { en: 'Draw up the statement', zh: '制作对帐单' },
				from: ['new', 'Draft'],
				to: ['Draft'],
				by: ['after_sales', 'after_sales_manager', 'qa', 'system'],
				input: outletMonth,
				facts: (input) => papersOf(input.outlet),
				moreFacts: (_input, papers) => pricesOf(papers),
			})
			.decidedBy(drawUp),
		send: draft
			.event({
				label: { en: 'Send to the outlet', zh: '传给网点' },
				from: ['Draft'],
				to: ['Sent', 'Confirmed'],
				by: ['after_sales', 'after_sales_manager', 'qa'],
				input: {},
				facts: (_input, statement) => papersOf(statement.outlet),
				moreFacts: (_input, papers) => pricesOf(papers),
			})
			.decidedBy(send),
		agree: draft.event({ label: { en: 'Outlet agrees', zh: '网点确认' }, from: ['Sent', 'Disputed'], to: ['Confirmed'], by: ['outlet', 'after_sales'], input: {} }).decidedBy(agree),
		object: draft
			.event({ label: { en: 'Outlet objects', zh: '网点有异议' }, from: ['Sent'], to: ['Disputed'], by: ['outlet', 'after_sales'], input: { answer: text({ en: 'Answer', zh: '网点答复' }) } })
			.decidedBy(object),
		reopen: draft
			.event({
				label: { en: 'Reopen after an objection', zh: '退回重新制作' },
				from: ['Disputed'],
				to: ['Draft'],
				by: ['after_sales_manager'],
				input: { reason: text({ en: 'Reason', zh: '退回原因' }) },
			})
			.decidedBy(() => ({ set: { sentAt: null, replyDueAt: null, answeredAt: null, answer: null } })),
		lapse: draft.event({ label: { en: 'Silence', zh: '逾期未复视为同意' }, from: ['Sent'], to: ['DefaultAccepted'], by: ['system'], input: {} }).decidedBy(lapse),
		writeOff: draft
			.event({ label: { en: 'Write off', zh: '帐面核销' }, from: ['Confirmed', 'DefaultAccepted'], to: ['WrittenOff'], by: ['after_sales'], input: {} })
			.decidedBy(() => ({})),
	},
	{ reply: { label: { en: 'Answer due', zh: '答复期限' }, during: ['Sent'], due: (statement) => statement.replyDueAt, fires: 'lapse' } },
);
