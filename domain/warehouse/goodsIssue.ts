import { defineDocument, type DocumentOf } from '../document/document';
import { find, findAll, type FactQuery } from '../document/facts';
import { choice, optional, ref, text } from '../document/fields';
import { item } from '../master/records';
import { confirmIssue, issueGoods, refuseShipment, reverseIssue } from './goodsIssueRules';
import { itemsOf, lotsOf, pickedLines, picksText, wantedLines, type Pick } from './pickLots';
import { scrapDraft } from './scrapPaper';
import { cardsOf } from './stockCard';

export const purposes = { shipment: '发往网点', repair: '维修领用', scrap: '报废', other: '其他' } as const;

const issuing = {
	purpose: choice({ en: 'Purpose', zh: '用途' }, purposes),
	paper: optional(text({ en: 'Paper', zh: '依据单据' }, { help: '要求出库的单据编号' })),
	lines: wantedLines,
	program: optional(text({ en: 'Program Version', zh: '程序版本' }, { compact: true, help: '只发这一版本的批次' })),
	note: optional(text({ en: 'Note', zh: '备注' })),
};

const draft = defineDocument({
	kind: 'goods_issue',
	form: '出库单',
	label: { en: 'Goods issue', zh: '出库单' },
	number: { prefix: 'CK', period: 'month', digits: 4 },
	title: ['paper', 'note'],
	explain: (issue: { readonly picks: readonly Pick[] }) => ({ picksText: picksText(issue.picks) }),
	fields: {
		...issuing,
		picks: pickedLines,
		confirmedBy: optional(ref('person', { en: 'Confirmed by', zh: '贵重件确认人' })),
		reversedBy: optional(ref('person', { en: 'Reversed by', zh: '冲销人' })),
		reverseReason: optional(text({ en: 'Why reversed', zh: '冲销原因' })),
	},
	states: { ToConfirm: '待第二人确认', Issued: '已出库', Cancelled: '已取消', Reversed: '已冲销' },
	indexes: [['paper'], ['state'], ['createdAt']],
});

export type IssueShape = typeof draft.shape;
export type GoodsIssue = DocumentOf<IssueShape>;

const keepers = ['storekeeper', 'material_clerk'] as const;

/** @rule P-070 — goods leave the warehouse against this only */
export const goodsIssue = draft.events({
	issue: draft
		.event({
			label: { en: 'Issue', zh: '出库' },
			from: ['new'],
			to: ['Issued', 'ToConfirm'],
			by: keepers,
			input: issuing,
			takeTurns: (input) => itemsOf((input['lines'] ?? []) as { item: string }[]),
			facts: ({ lines, paper, purpose }) => ({
				cards: cardsOf(itemsOf(lines)),
				records: findAll(item, 'no', itemsOf(lines)),
				scrap: find(scrapDraft.shape, 'no', purpose === 'scrap' ? paper : null),
				before: findAll(draft.shape, 'paper', purpose === 'scrap' || purpose === 'shipment' ? paper : null),
				shipment: { kind: 'shipment', by: 'no', value: purpose === 'shipment' ? paper : null, many: false } as FactQuery<{ readonly state: string }, false>,
			}),
			moreFacts: ({ lines }) => ({ lots: lotsOf(itemsOf(lines)) }),
		})
		.decidedBy(issueGoods),
	confirm: draft
		.event({
			label: { en: 'Confirm valuable parts', zh: '确认贵重件出库' },
			from: ['ToConfirm'],
			to: ['Issued'],
			by: [...keepers, 'service_assistant', 'dept_manager', 'after_sales_manager'],
			input: {},
			facts: (_input, issue) => ({ cards: cardsOf(itemsOf(issue.lines)) }),
			moreFacts: (_input, { cards }) => ({ lots: lotsOf(itemsOf(cards)) }),
		})
		.decidedBy(confirmIssue),
	cancel: draft
		.event({ label: { en: 'Cancel', zh: '取消出库' }, from: ['ToConfirm'], to: ['Cancelled'], by: [...keepers, 'dept_manager', 'after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '原因' }) } })
		.decidedBy((issue, { reason }) => {
			refuseShipment(issue);
			return { set: { reverseReason: reason } };
		}),
	reverse: draft
		.event({ label: { en: 'Reverse', zh: '冲销出库' }, from: ['Issued'], to: ['Reversed'], by: ['storekeeper'], input: { reason: text({ en: 'Reason', zh: '冲销原因' }) }, facts: (_input, issue) => ({ cards: cardsOf(itemsOf(issue.picks)) }) })
		.decidedBy((issue, input, facts) => {
			refuseShipment(issue);
			return reverseIssue(issue, input, facts);
		}),
	callBack: draft
		.event({ label: { en: 'Call back', zh: '随发货单撤销' }, from: ['ToConfirm', 'Issued'], to: ['Reversed', 'Cancelled'], by: 'consequence', input: { reason: text({ en: 'Reason', zh: '撤销原因' }) }, facts: (_input, issue) => ({ cards: cardsOf(itemsOf(issue.picks)) }) })
		.decidedBy((issue, input, facts) => (issue.state === 'ToConfirm' ? { set: { reverseReason: input.reason }, to: 'Cancelled' } : reverseIssue(issue, input, facts))),
});
