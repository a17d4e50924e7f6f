import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { choice, day, instant, integer, optional, ref, text, type RowOf } from '../document/fields';
import { item } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { place, placeOr, placeText } from './place';
import { lotNumber, stockLot } from './stockLot';
import { moveKinds, stockMove } from './stockMove';
import type { StoredItem } from './storage';

const turned = {
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	lot: text({ en: 'Lot', zh: '批次' }, { compact: true }),
	quantity: integer({ en: 'Change', zh: '增减' }),
	moveKind: choice({ en: 'Kind', zh: '收发类别' }, moveKinds),
	paper: text({ en: 'Paper', zh: '单据' }),
	receivedDay: optional(day({ en: 'Received', zh: '入库日期' })),
	program: optional(text({ en: 'Program Version', zh: '程序版本' })),
	...place,
};

const draft = defineDocument({
	kind: 'stock_card',
	form: 'M-061',
	label: { en: 'Stock card', zh: '存卡' },
	// One part, one card. @rule P-070
	number: ({ item: code }) => cardNumber(String(code)),
	title: ['item'],
	fields: {
		item: ref('item', { en: 'Part', zh: '配件编码' }),
		balance: integer({ en: 'Balance', zh: '结存' }),
		lastMoveAt: optional(instant({ en: 'Last move', zh: '最近收发' })),
		lastOutDay: optional(day({ en: 'Last issued', zh: '最近出库' })),
		sinceDay: day({ en: 'In stock since', zh: '开始有库存' }),
		counted: optional(integer({ en: 'Goods counted', zh: '实物' }, { help: '最近盘点的实物数加减其后的收发' })),
		countedAt: optional(instant({ en: 'Counted', zh: '最近盘点' })),
	},
	states: { Open: '在用' },
	indexes: [['item'], ['state']],
});

type Shape = typeof draft.shape;
export type StockCard = DocumentOf<Shape>;

export const cardNumber = (code: string): string => `KP-${code}`;

/** The cards of these parts, for one writer at a time; whoever moves stock asks for them first, so that lots are read after. */
export const cardsOf = (codes: readonly string[]) => locked(findAll(draft.shape, 'no', [...new Set(codes)].sort().map(cardNumber)));

/** Bringing the books to what was counted does not move goods. */
export const isAdjustment = (kind: keyof typeof moveKinds): boolean => kind === 'surplus' || kind === 'shortage';

/**
 * Writes a movement on the card, into the ledger and to the lot, all at once.
 * @rule P-070 — every movement at once on the card, with the balance after it; the stock of a part never goes below zero
 */
function turn(card: StockCard, input: RowOf<typeof turned>, { record, now, today }: Given & { record: StoredItem | null }): Change<Shape> {
	const { item: code, lot, quantity, moveKind, paper, receivedDay, program, ...where } = input;
	if (record === null) throw new RuleViolation('NOT_FOUND', `配件资料中没有“${code}”`, '请核对配件编码，确实是新的请先登记', 'P-070');
	const isNew = card.version === 0;
	const balance = (isNew ? 0 : card.balance) + quantity;
	if (balance < 0) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${code}（${record.name}）只有 ${balance - quantity} ${record.unitOfMeasure}，不能减 ${-quantity}`, '请先入库，或先办理盘点', 'P-070');
	const wasEmpty = isNew || card.balance === 0;
	const isIssue = quantity < 0 && moveKind !== 'reversal' && !isAdjustment(moveKind);
	return {
		set: {
			item: code,
			balance,
			lastMoveAt: now,
			...(isIssue ? { lastOutDay: today } : {}),
			...(wasEmpty ? { sinceDay: receivedDay ?? today } : {}),
			...(card.counted === null || isAdjustment(moveKind) ? {} : { counted: card.counted + quantity }),
		},
		then: [
			fire(stockMove, 'write', null, { item: code, lot, quantity, balance, moveKind, paper, location: placeText(placeOr(where, record)) || null }),
			fire(stockLot, 'change', lotNumber(code, lot), { item: code, lot, quantity, receivedDay, program, ...where }),
		],
	};
}

/** @rule P-070 — one card for every part; stock is the sum of its movements */
export const stockCard = draft.events({
	turn: draft
		.event({ label: { en: 'Move', zh: '收发' }, from: ['new', 'Open'], to: ['Open'], by: 'consequence', input: turned, facts: (input) => ({ record: find(item, 'no', input.item) }) })
		.decidedBy(turn),
	count: draft
		.event({ label: { en: 'Count', zh: '盘点' }, from: ['Open'], to: ['Open'], by: 'consequence', input: { counted: integer({ en: 'Counted', zh: '实物' }, { min: 0 }) } })
		// What was counted, carried on with the movements after it. @rule P-070
		.decidedBy((_card, { counted }, { now }) => ({ set: { counted, countedAt: now } })),
	correct: draft
		.event({ label: { en: 'Correct the count', zh: '更正实物' }, from: ['Open'], to: ['Open'], by: 'consequence', input: { quantity: integer({ en: 'Change', zh: '增减' }) } })
		// What turned up after the count. @rule P-074
		.decidedBy(({ counted }, { quantity }) => ({ set: { counted: (counted ?? 0) + quantity } })),
});
