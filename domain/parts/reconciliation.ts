import { defineDocument, type DocumentOf } from '../document/document';
import { data, fen, flag, instant, integer, month, optional, ref, text } from '../document/fields';
import { find, findAll, findOf, locked } from '../document/facts';
import { outlet, price } from '../master/records';
import { returnedColumns, statedColumns, type StatementLine } from './computeStatement';
import { oldPart } from './oldPart';
import { accountNumber, outletAccount } from './outletAccount';
import { outletFine } from './outletFine';
import { repairRecord, repairRecordNumber } from './outletRecords';
import { partRequest } from './partRequest';
import { agree, drawUp, lapse, object, send, undoWriteOff, writeOff } from './reconciliationRules';
import { statementNumber } from './statementOf';
import { usageLine, usageNumber } from './usageLine';
import type { Settings } from '../settings';

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
		writtenOffAt: optional(instant({ en: 'Written off', zh: '核销时间' })),
	},
	title: ['outlet', 'month'],
	states: { Draft: '制作', Sent: '已传出', Confirmed: '已确认', DefaultAccepted: '默认', Disputed: '有异议', WrittenOff: '已帐面核销', HandedOver: '已移交生控中心' },
	indexes: [['month'], ['outlet']],
});

export type ReconciliationShape = typeof draft.shape;
export type Reconciliation = DocumentOf<ReconciliationShape>;

type Coded = { readonly item: string; readonly repairNo: string };

/** What an outlet stated and returned for a month, with the outlet locked. */
const papersOf = ({ outlet: code, month: wanted }: { readonly outlet: string; readonly month: string }) => ({
	site: locked(find(outlet, 'no', code)),
	usage: findOf(usageLine, 'outlet', code, { column: 'month', value: wanted }, statedColumns),
	parts: findOf(oldPart, 'outlet', code, { column: 'month', value: wanted }, returnedColumns),
	laterStatements: findOf(draft.shape, 'outlet', code, { column: 'month', is: '>', value: wanted }, ['month', 'state']),
});

/** What the month's papers refer to: earlier usage of parts that came late, earlier returns of the same repairs, prices, repair records. */
function aroundOf({ outlet: code, month: wanted }: { readonly outlet: string; readonly month: string }, { usage, parts, laterStatements, settings }: { readonly usage: readonly Coded[]; readonly parts: readonly Coded[]; readonly laterStatements: readonly { readonly state: string }[]; readonly settings: Settings }) {
	const papers = [...usage, ...parts];
	const repairs = [...new Set(papers.map(({ repairNo }) => repairNo))];
	return {
		earlierUsage: findAll(usageLine, 'no', earlierUsageOf(code, usage, parts)),
		earlierParts: findOf(oldPart, 'repairNo', repairs, { column: 'month', is: '<', value: wanted }, returnedColumns),
		laterParts: findOf(oldPart, 'repairNo', laterStatements.some(({ state }) => state !== 'Draft') ? repairs : null, { column: 'month', is: '>', value: wanted }, [...returnedColumns, 'month']),
		prices: findAll(price, 'item', [...new Set(papers.map(({ item }) => item))]),
		records: findAll(repairRecord, 'no', settings['parts.repair_record'] === '是' ? repairs.map((repairNo) => repairRecordNumber(code, repairNo)) : null),
	};
}

/** Numbers of the usage lines that returned parts may refer to and that are not of this month. */
const earlierUsageOf = (code: string, usage: readonly Coded[], parts: readonly Coded[]): string[] => {
	const own = Map.groupBy(usage, ({ repairNo }) => repairNo);
	const strange = parts.filter(({ repairNo, item }) => own.get(repairNo)?.some((line) => line.item === item) !== true);
	return [...new Set(strange.map(({ repairNo, item }) => usageNumber({ outlet: code, repairNo, item })))];
};

/** Who answers a statement or enters the outlet's answer. @rule O-030 */
const answering = ['outlet', 'after_sales', 'after_sales_manager', 'storekeeper'] as const;

const outletMonth = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), month: month({ en: 'Month', zh: '月份' }) };

export const reconciliation = draft.events(
	{
		drawUp: draft
			.event({
				label: { en: 'Draw up the statement', zh: '制作对帐单' },
				from: ['new', 'Draft'],
				to: ['Draft'],
				by: ['after_sales', 'after_sales_manager', 'system'],
				input: outletMonth,
				facts: (input) => papersOf(input),
				moreFacts: (input, papers) => aroundOf(input, papers),
			})
			.decidedBy(drawUp),
		send: draft
			.event({
				label: { en: 'Send to the outlet', zh: '传给网点' },
				from: ['Draft'],
				to: ['Sent', 'Confirmed'],
				by: ['after_sales', 'after_sales_manager', 'system'],
				input: {},
				facts: (_input, statement) => ({ ...papersOf(statement), self: find(draft.shape, 'no', statement.no) }),
				moreFacts: (_input, papers) => aroundOf(papers.self as Reconciliation, papers),
			})
			.decidedBy(send),
		agree: draft.event({ label: { en: 'Outlet agrees', zh: '网点确认' }, from: ['Sent'], to: ['Confirmed'], by: answering, input: {} }).decidedBy(agree),
		object: draft
			.event({ label: { en: 'Outlet objects', zh: '网点有异议' }, from: ['Sent'], to: ['Disputed'], by: answering, input: { answer: text({ en: 'Answer', zh: '网点答复' }) } })
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
		lapse: draft.event({ label: { en: 'Silence', zh: '逾期未复视为同意' }, from: ['Sent'], to: ['DefaultAccepted'], by: ['system'], input: {}, facts: (_input, statement) => ({ site: find(outlet, 'no', statement.outlet) }) }).decidedBy(lapse),
		settle: draft
			.event({ label: { en: 'Settle an objection', zh: '异议已协商' }, from: ['Disputed'], to: ['Confirmed'], by: ['after_sales_manager'], input: { answer: text({ en: 'Result', zh: '协商结果' }, { long: true }) } })
			.decidedBy(object),
		writeOff: draft
			.event({
				label: { en: 'Write off', zh: '帐面核销' },
				from: ['Confirmed', 'DefaultAccepted'],
				to: ['WrittenOff'],
				by: ['after_sales', 'after_sales_manager'],
				input: {},
				facts: (_input, statement) => ({ requests: findAll(partRequest, 'outlet', statement.outlet) }),
			})
			.decidedBy(writeOff),
		undoWriteOff: draft
			.event({
				label: { en: 'Undo the write-off', zh: '撤销核销' },
				from: ['WrittenOff'],
				to: ['Disputed'],
				by: ['after_sales_manager'],
				input: { reason: text({ en: 'Reason', zh: '撤销原因' }) },
				facts: (_input, statement) => ({ site: locked(find(outlet, 'no', statement.outlet)), account: find(outletAccount, 'no', accountNumber(statement.outlet)), fines: findAll(outletFine, 'statement', statement.no) }),
			})
			.decidedBy(undoWriteOff),
		handOver: draft.event({ label: { en: 'Hand over', zh: '移交' }, from: ['WrittenOff'], to: ['HandedOver'], by: 'consequence', input: {} }).decidedBy(() => ({})),
	},
	{ reply: { label: { en: 'Answer due', zh: '答复期限' }, during: ['Sent'], due: (statement) => statement.replyDueAt, fires: 'lapse' } },
);
