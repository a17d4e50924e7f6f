import { defineDocument, type DocumentOf } from '../document/document';
import { findAll } from '../document/facts';
import { choice, flag, instant, integer, lines, month, optional, ref, text } from '../document/fields';
import { stockAdjustment } from './adjustment';
import { itemsOf, lotsOf } from './pickLots';
import { stockCard, cardsOf } from './stockCard';
import { stockMove } from './stockMove';
import { approveCount, enterCounted, postCount, recount, rejectCount, startCount, submitCount } from './stockCountRules';

export const countKinds = { move: '动碰盘点', cycle: '循环盘点', full: '全面盘点' } as const;

const starting = {
	countKind: choice({ en: 'Kind', zh: '盘点类别' }, countKinds),
	items: optional(text({ en: 'Parts', zh: '指定配件' }, { help: '配件编码，用逗号分隔；空白按类别选出', long: true })),
	blind: optional(flag({ en: 'Blind', zh: '盲盘' }, { help: '盘点表不印帐面数' })),
};

const countLines = lines(
	{
		item: ref('item', { en: 'Part', zh: '配件编码' }),
		location: optional(text({ en: 'Place', zh: '库位' })),
		book: integer({ en: 'Book', zh: '帐面' }),
		counted: optional(integer({ en: 'Counted', zh: '实物' })),
		difference: optional(integer({ en: 'Difference', zh: '差异' })),
		note: optional(text({ en: 'Note', zh: '备注' })),
	},
	{ en: 'Lines', zh: '盘点明细' },
);

const draft = defineDocument({
	kind: 'stock_count',
	form: 'M-081',
	label: { en: 'Stock count', zh: '盘点表' },
	number: { prefix: 'PD', period: 'month', digits: 3 },
	title: ['month', 'countedBy'],
	fields: {
		countKind: starting.countKind,
		month: month({ en: 'Month', zh: '月份' }),
		blind: flag({ en: 'Blind', zh: '盲盘' }),
		lines: countLines,
		countedBy: optional(ref('person', { en: 'Counted by', zh: '盘点人' })),
		countedAt: optional(instant({ en: 'Counted', zh: '盘点时间' })),
		differences: optional(integer({ en: 'Differences', zh: '差异项数' })),
		checkedBy: optional(ref('person', { en: 'Checked by', zh: '审核人' })),
		rejectReason: optional(text({ en: 'Why count again', zh: '重盘原因' })),
		postedBy: optional(ref('person', { en: 'Posted by', zh: '更新帐目' })),
		postedAt: optional(instant({ en: 'Posted', zh: '入帐时间' })),
	},
	states: { Draft: '编制', Counted: '已盘点', Submitted: '送审', Approved: '合格', Rejected: '不合格重盘', Posted: '已更新帐目', Void: '作废' },
	indexes: [['state'], ['month'], ['createdAt']],
});

export type CountShape = typeof draft.shape;
export type StockCount = DocumentOf<CountShape>;

const supervisors = ['dept_manager', 'after_sales_manager', 'general_manager'] as const;

/** @rule P-078 — the keeper counts, the supervisor compares, only then the books change @rule P-073 */
export const stockCount = draft.events({
	start: draft
		.event({
			label: { en: 'Start a count', zh: '编制盘点表' },
			from: ['new'],
			to: ['Draft'],
			by: ['storekeeper'],
			input: starting,
			facts: () => ({ cards: findAll(stockCard, 'state', 'Open') }),
			moreFacts: (_input, { cards }) => ({ lots: lotsOf(itemsOf(cards)) }),
		})
		.decidedBy(startCount),
	enter: draft
		.event({
			label: { en: 'Enter what was counted', zh: '登记实物' },
			from: ['Draft', 'Counted', 'Rejected'],
			to: ['Counted', 'Draft', 'Rejected'],
			by: ['storekeeper'],
			input: {
				counted: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), counted: integer({ en: 'Counted', zh: '实物' }, { min: 0 }) }, { en: 'Counted', zh: '实物' }),
				at: optional(instant({ en: 'Counted At', zh: '实盘时间' }, { help: '空白为现在；其后的收发会扣除' })),
			},
			facts: ({ counted, at }) => ({ cards: cardsOf(itemsOf(counted)), moves: findAll(stockMove, 'item', at === null ? [] : itemsOf(counted)) }),
		})
		.decidedBy(enterCounted),
	submit: draft.event({ label: { en: 'Submit', zh: '送审' }, from: ['Counted'], to: ['Submitted'], by: ['storekeeper'], input: {} }).decidedBy(submitCount),
	approve: draft.event({ label: { en: 'Approve', zh: '审核合格' }, from: ['Submitted'], to: ['Approved'], by: supervisors, input: {} }).decidedBy(approveCount),
	reject: draft.event({ label: { en: 'Reject', zh: '不合格重盘' }, from: ['Submitted'], to: ['Rejected'], by: supervisors, input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy(rejectCount),
	recount: draft
		.event({ label: { en: 'Count again', zh: '重盘' }, from: ['Approved'], to: ['Rejected'], by: supervisors, input: { reason: text({ en: 'Reason', zh: '原因' }) }, facts: (_input, count) => ({ slips: findAll(stockAdjustment, 'count', count.no) }) })
		.decidedBy(recount),
	post: draft
		.event({
			label: { en: 'Update the books', zh: '更新帐目' },
			from: ['Approved'],
			to: ['Posted'],
			by: ['storekeeper'],
			input: {},
			facts: (_input, count) => ({ slips: findAll(stockAdjustment, 'count', count.no), cards: cardsOf(itemsOf(count.lines.filter(({ difference }) => difference !== 0))) }),
			moreFacts: (_input, { cards }) => ({ lots: lotsOf(itemsOf(cards)) }),
		})
		.decidedBy(postCount),
	void: draft.event({ label: { en: 'Void', zh: '作废' }, from: ['Draft', 'Counted', 'Rejected'], to: ['Void'], by: ['storekeeper'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) } }).decidedBy((_count, { reason }) => ({ set: { rejectReason: reason } })),
});

/** A line of the count sheet as it comes back; what we printed on it besides is not read again. */
export const countSheetFields = {
	count: ref('stock_count', { en: 'Count', zh: '盘点号' }),
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	name: optional(text({ en: 'Name', zh: '配件名称' })),
	location: optional(text({ en: 'Place', zh: '库位' })),
	book: optional(integer({ en: 'Book', zh: '帐面' })),
	counted: integer({ en: 'Counted', zh: '实物' }, { min: 0, synonyms: ['实盘', '实盘数', '实点', '实物数'] }),
};
