import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { day, integer, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { place } from './place';
import { cardNumber, cardsOf, stockCard } from './stockCard';

/** A line of the sheet. */
export const openingFields = {
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1, synonyms: ['库存', '库存数量', '期初数量'] }),
	lot: optional(text({ en: 'Lot', zh: '批次' }, { compact: true, synonyms: ['批号'] })),
	receivedDay: day({ en: 'Received', zh: '入库日期' }),
	program: optional(text({ en: 'Program Version', zh: '程序版本' }, { compact: true })),
	...place,
};

const lotOf = (lot: unknown): string => String(lot ?? '期初');

/** One line for a part and lot, so that a sheet sent twice changes nothing. */
export const openingNumber = ({ item, lot }: Readonly<Record<string, unknown>>): string => `QC-${String(item)}#${lotOf(lot)}`;

const draft = defineDocument({
	kind: 'opening_stock',
	form: '期初',
	label: { en: 'Opening stock', zh: '期初库存' },
	number: openingNumber,
	title: ['item', 'lot'],
	fields: { ...openingFields, voidReason: optional(text({ en: 'Why void', zh: '作废原因' })) },
	states: { Booked: '已入帐', Void: '已作废' },
	indexes: [['item']],
});

type Shape = typeof draft.shape;
export type OpeningStock = DocumentOf<Shape>;

/** @rule P-070 — stock begins with what lay there, by lot and day */
function enter(_line: OpeningStock, input: RowOf<typeof openingFields>, { no, today }: Given): Change<Shape> {
	const { item, quantity, lot, ...about } = input;
	if (about.receivedDay > today) throw new RuleViolation('FIELD_INVALID', `入库日期 ${about.receivedDay} 还没有到`, '期初库存请填写实际入库的日期', 'P-070');
	return { set: { ...input, voidReason: null }, then: [fire(stockCard, 'turn', cardNumber(item), { item, lot: lotOf(lot), quantity, moveKind: 'opening', paper: no, ...about })] };
}

export const openingStock = draft.events({
	enter: draft
		.event({
			label: { en: 'Enter', zh: '登记期初库存' },
			from: ['new', 'Void'],
			to: ['Booked'],
			by: ['storekeeper', 'system'],
			input: openingFields,
			takeTurns: ({ item }) => [item],
			facts: ({ item }) => ({ cards: cardsOf([item]) }),
		})
		.decidedBy(enter),
	void: draft
		.event({ label: { en: 'Void', zh: '作废' }, from: ['Booked'], to: ['Void'], by: ['storekeeper'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) }, facts: (_input, line) => ({ cards: cardsOf([line.item]) }) })
		.decidedBy(({ item, lot, quantity, no }, { reason }) => ({ set: { voidReason: reason }, then: [fire(stockCard, 'turn', cardNumber(item), { item, lot: lotOf(lot), quantity: -quantity, moveKind: 'reversal', paper: no })] })),
});
