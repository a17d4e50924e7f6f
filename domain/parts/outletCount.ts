import { defineDocument, type Change, type DocumentOf, type RowOfRecord } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { integer, month, optional, ref, text, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { book, outletEntry, type OutletEntry } from './outletAccount';
import { outletStock } from './outletStock';
import { usageLine, type UsageLine } from './usageLine';

export const countFields = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	month: month({ en: 'Month', zh: '月份' }),
	item: ref('item', { en: 'Part Code', zh: '配件编码' }, { compact: true, synonyms: ['配件编号', '物料编码', '配件代码', '料号', '编码', '编号'] }),
	counted: integer({ en: 'Counted', zh: '实盘数量' }, { min: 0, max: 99999, synonyms: ['实物数量', '盘点数量', '实存', '实盘', '库存数量'] }),
	remark: optional(text({ en: 'Remark', zh: '备注' }, { synonyms: ['说明', '差异原因'] })),
};

const draft = defineDocument({
	kind: 'outlet_count',
	form: 'M-081',
	label: { en: 'Outlet stock count', zh: '网点盘点' },
	number: (input) => `WP-${String(input['outlet'])}-${String(input['month'])}-${String(input['item'])}`,
	title: ['outlet', 'item'],
	fields: { ...countFields, book: integer({ en: 'By the book', zh: '帐面数量' }), difference: integer({ en: 'Difference', zh: '差异' }), acceptedBy: optional(ref('person', { en: 'Accepted by', zh: '核准人' })) },
	states: { Agrees: '帐实相符', Differs: '有差异', Accepted: '已按实盘更正', Void: '作废' },
	indexes: [['outlet', 'month'], ['month'], ['state']],
});
export type OutletCount = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

type Known = Given & { site: RowOfRecord<typeof outlet> | null; entries: readonly OutletEntry[]; usage: readonly UsageLine[] };

/** What an outlet counted against what it should have. @rule P-020 — requests rest on stock, so the stock by the book is checked */
function report(_paper: unknown, input: RowOf<typeof countFields>, { site, entries, usage }: Known): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码');
	const book = outletStock(entries, usage).get(input.item) ?? 0;
	return { set: { ...input, book, difference: input.counted - book }, to: input.counted === book ? 'Agrees' : 'Differs' };
}

/** The book follows the count; what is missing stays on the value the outlet holds until it is paid or returned. */
function accept(paper: OutletCount, _input: unknown, { actor }: Given): Change<Shape> {
	// As it differed when it was counted: what was shipped or used since is booked by itself.
	const { difference } = paper;
	return {
		set: { acceptedBy: actor.code },
		then: book(paper.outlet, paper.no, [{ account: 'held', entryKind: 'clear', amount: 0, item: paper.item, quantity: difference, price: null }], `盘点 ${difference > 0 ? '盘盈' : '盘亏'} ${Math.abs(difference)} 件`),
	};
}

const booksOf = (code: string) => ({ site: locked(find(outlet, 'no', code)), entries: findAll(outletEntry, 'outlet', code), usage: findAll(usageLine, 'outlet', code) });

export const outletCount = draft.events({
	report: draft.event({ label: { en: 'Report a count', zh: '上报盘点' }, from: ['new', 'Void'], to: ['Agrees', 'Differs'], by: ['outlet', 'after_sales', 'system'], input: countFields, facts: (input) => booksOf(input.outlet) }).decidedBy(report),
	accept: draft.event({ label: { en: 'Accept the count', zh: '按实盘更正' }, from: ['Differs'], to: ['Accepted'], by: ['after_sales_manager'], input: {} }).decidedBy(accept),
	void: draft.event({ label: { en: 'Void', zh: '作废' }, from: ['Agrees', 'Differs'], to: ['Void'], by: ['after_sales', 'after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) } }).decidedBy(() => ({})),
});
