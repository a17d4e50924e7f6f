import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, instant, lines, optional, ref, text } from '../document/fields';

export const problemKinds = { slow: '呆滞积压', difference: '帐卡物不符', storage: '储存不当', tidiness: '整理整洁', marks: '标识', upkeep: '保养', safety: '安全防护', fire: '消防' } as const;

const problem = {
	problemKind: choice({ en: 'Kind', zh: '类别' }, problemKinds),
	item: optional(ref('item', { en: 'Part', zh: '配件编码' })),
	description: text({ en: 'Problem', zh: '问题' }, { long: true }),
	foundIn: optional(ref('warehouse_check', { en: 'Found in', zh: '月检单号' })),
};

const draft = defineDocument({
	kind: 'stock_problem',
	form: '问题跟踪',
	label: { en: 'Warehouse problem', zh: '仓库问题跟踪' },
	number: { prefix: 'WT', period: 'month', digits: 4 },
	title: ['item', 'description'],
	fields: {
		...problem,
		foundDay: day({ en: 'Found', zh: '发现日期' }),
		actions: optional(lines({ at: instant({ en: 'At', zh: '时间' }), by: ref('person', { en: 'By', zh: '跟进人' }), note: text({ en: 'Action', zh: '跟进' }) }, { en: 'Follow-up', zh: '跟进记录' })),
		result: optional(text({ en: 'Result', zh: '处理结果' })),
		closedBy: optional(ref('person', { en: 'Closed by', zh: '关闭人' })),
		closedAt: optional(instant({ en: 'Closed', zh: '关闭时间' })),
	},
	states: { Open: '待处理', Closed: '已处理' },
	indexes: [['state'], ['createdAt']],
});

export type StockProblem = DocumentOf<typeof draft.shape>;

const people = ['storekeeper', 'material_clerk', 'dept_manager', 'after_sales_manager'] as const;

/** @rule P-076 — each problem is followed up until it has a result */
export const stockProblem = draft.events({
	report: draft.event({ label: { en: 'Report', zh: '登记问题' }, from: ['new'], to: ['Open'], by: people, input: problem }).decidedBy((_problem, input, { today }) => ({ set: { ...input, foundDay: today, actions: [] } })),
	follow: draft
		.event({ label: { en: 'Follow up', zh: '登记跟进' }, from: ['Open'], to: ['Open'], by: people, input: { note: text({ en: 'Action', zh: '跟进' }, { long: true }) } })
		.decidedBy(({ actions }, { note }, { now, actor }) => ({ set: { actions: [...(actions ?? []), { at: now, by: actor.code, note }] } })),
	close: draft
		.event({ label: { en: 'Close', zh: '处理完成' }, from: ['Open'], to: ['Closed'], by: people, input: { result: text({ en: 'Result', zh: '处理结果' }, { long: true }) } })
		.decidedBy((_problem, { result }, { now, actor }) => ({ set: { result, closedBy: actor.code, closedAt: now } })),
});
