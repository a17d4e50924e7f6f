import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { flag, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { goodsIn } from '../warehouse/goodsIn';
import { returnBatch } from './returnBatch';
import { openOf } from './returnAccount';
import { pieces, returnDraft, type ReturnBatch } from './returnPaper';

const applied = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Planned'] }),
	boards: lines(pieces, { en: 'Boards', zh: '报废的板（行号 数量）' }),
	cause: text({ en: 'Cause', zh: '原因' }, { long: true }),
	recovered: optional(lines({ item: ref('item', { en: 'Material', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Recovered Material', zh: '回收原材料' })),
};

const draft = defineDocument({
	kind: 'return_scrap',
	form: 'M-090',
	label: { en: 'Scrap application', zh: '报废申请' },
	number: { prefix: 'BF', period: 'month', digits: 4 },
	title: ['batch', 'cause'],
	fields: {
		...applied,
		quantity: integer({ en: 'Pieces', zh: '数量' }),
		appliedBy: ref('person', { en: 'Applied by', zh: '申请人' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '审批' })),
		stillNeeded: optional(flag({ en: 'Replacement needed', zh: '须调配补货' })),
		allocation: optional(text({ en: 'Replacement', zh: '补货' })),
		reason: optional(text({ en: 'Reason', zh: '不同意原因' })),
	},
	states: { Applied: '待审批', ToReplace: '已报废待补货', Done: '已报废', Refused: '不同意报废' },
	indexes: [['batch'], ['state']],
});

export type ReturnScrap = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
type Known = Given & { batch: ReturnBatch | null };

/** @rule R-210 — boards beyond repair, with what can be taken from them */
function apply(_paper: unknown, input: RowOf<typeof applied>, { batch, no, actor }: Known): Change<Shape> {
	if (batch === null) throw new RuleViolation('NOT_FOUND', `没有批号“${input.batch}”`, '请核对批号', 'R-210');
	if (input.boards.length === 0) throw new RuleViolation('FIELD_MISSING', '没有填写报废的板', '每行填写：行号 数量', 'R-210');
	const short = input.boards.find(({ line, quantity }) => quantity > openOf(batch.goods[line - 1] ?? { quantity: 0, repaired: 0, scrapped: 0, unrepaired: 0, atSupplier: 0 }));
	if (short !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `${batch.no} 第 ${short.line} 行没有 ${short.quantity} 件待修的板`, '请核对行号和数量', 'R-210');
	const quantity = input.boards.reduce((sum, each) => sum + each.quantity, 0);
	return { set: { ...input, quantity, appliedBy: actor.code }, notices: [{ key: `return_scrap.applied:${no}`, to: { role: 'dept_manager' }, subject: `报废申请 ${no}`, rule: 'R-210', body: [['批号', batch.no], ['数量', String(quantity)], ['原因', input.cause]] }] };
}

/**
 * Recovered material goes back to stock at once; where the order still needs goods material control is asked for them.
 * @rule R-210 @rule R-212 @rule O-007 — not by who applied
 */
function approve(paper: ReturnScrap, _input: unknown, { actor, batch }: Known): Change<Shape> {
	if (paper.appliedBy === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 申请，不能自己审批`, '请由另一位主管审批', 'O-007');
	const stillNeeded = batch?.stillNeeded === true;
	const recovered = paper.recovered ?? [];
	return {
		set: { approvedBy: actor.code, stillNeeded },
		to: stillNeeded ? 'ToReplace' : 'Done',
		then: [fire(returnBatch, 'scrapped', paper.batch, { moved: paper.boards }), ...(recovered.length === 0 ? [] : [fire(goodsIn, 'takeBack', null, { origin: 'repair', paper: paper.no, lines: recovered })])],
		notices: stillNeeded ? [{ key: `return_scrap.replace:${paper.no}`, to: { role: 'pmc' }, subject: `报废后须补货，请调配 ${paper.no}`, rule: 'R-212', body: [['批号', paper.batch], ['数量', String(paper.quantity)], ...paper.boards.map(({ line, quantity }): [string, string] => [`${batch?.goods[line - 1]?.model ?? line}`, String(quantity)])] }] : [],
	};
}

const supervisors = ['dept_manager', 'after_sales_manager', 'general_manager'] as const;
const batchOf = (_input: unknown, { batch }: Pick<ReturnScrap, 'batch'>) => ({ batch: find(returnDraft.shape, 'no', batch) });

export const returnScrap = draft.events({
	apply: draft.event({ label: { en: 'Apply for scrapping', zh: '申请报废' }, from: ['new'], to: ['Applied'], by: ['repair_group'], input: applied, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(apply),
	approve: draft.event({ label: { en: 'Approve', zh: '审批报废' }, from: ['Applied'], to: ['Done', 'ToReplace'], by: supervisors, input: {}, facts: batchOf }).decidedBy(approve),
	refuse: draft
		.event({ label: { en: 'Refuse', zh: '不同意报废' }, from: ['Applied'], to: ['Refused'], by: supervisors, input: { reason: text({ en: 'Reason', zh: '不同意原因' }) } })
		.decidedBy((paper, { reason }) => ({ set: { reason }, notices: [{ key: `return_scrap.refused:${paper.no}`, to: { person: paper.appliedBy }, subject: `报废申请不同意 ${paper.no}`, rule: 'R-210', body: [['批号', paper.batch], ['原因', reason]] }] })),
	allocate: draft
		.event({ label: { en: 'Allocate a replacement', zh: '调配补货' }, from: ['ToReplace'], to: ['Done'], by: ['pmc'], input: { allocation: text({ en: 'Replacement', zh: '补货（产品、数量、出库单）' }) }, facts: batchOf })
		.decidedBy((paper, { allocation }, { batch }) => ({ set: { allocation }, notices: [{ key: `return_scrap.allocated:${paper.no}`, to: batch === null ? { role: 'sales' } : { person: batch.sales }, subject: `报废品已调配补货 ${paper.no}`, rule: 'R-212', body: [['批号', paper.batch], ['补货', allocation]] }] })),
});
