import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, integer, optional, ref, text, type RowOf } from '../document/fields';
import { item } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { place, placeOr } from './place';
import { storageWarnings, type StoredItem } from './storage';

const change = {
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	lot: text({ en: 'Lot', zh: '批次' }, { compact: true }),
	quantity: integer({ en: 'Change', zh: '增减' }),
	receivedDay: optional(day({ en: 'Received', zh: '入库日期' })),
	program: optional(text({ en: 'Program Version', zh: '程序版本' }, { compact: true })),
	...place,
};

const draft = defineDocument({
	kind: 'stock_lot',
	form: 'M-061',
	label: { en: 'Stock lot', zh: '库存批次' },
	number: ({ item: code, lot }) => lotNumber(String(code), String(lot)),
	title: ['item', 'lot'],
	fields: {
		item: ref('item', { en: 'Part', zh: '配件编码' }),
		lot: text({ en: 'Lot', zh: '批次' }),
		receivedDay: day({ en: 'Received', zh: '入库日期' }),
		quantity: integer({ en: 'Quantity', zh: '数量' }),
		program: optional(text({ en: 'Program version', zh: '程序版本' })),
		...place,
		warning: optional(text({ en: 'Warning', zh: '储存提示' })),
		stocked: optional(ref('item', { en: 'In stock', zh: '在库' }, { internal: true })),
	},
	states: { InStock: '在库', Empty: '已发完' },
	indexes: [['item'], ['stocked'], ['state']],
});

type Shape = typeof draft.shape;
export type StockLot = DocumentOf<Shape>;

/** Lots of different parts may have the same name. */
export const lotNumber = (code: string, lot: string): string => `PC-${code}#${lot}`;

/**
 * Puts into a lot or takes out of it; the first change opens it.
 * @rule P-070 — no lot goes below zero
 * @rule P-072 — one that was used up and comes again is as old as its new goods
 * @rule P-081 — one lot, one program version
 */
function turn(stored: StockLot, { item: code, lot, quantity, ...given }: RowOf<typeof change>, { record, today, settings }: Given & { record: StoredItem | null }): Change<Shape> {
	const isNew = stored.version === 0;
	const left = (isNew ? 0 : stored.quantity) + quantity;
	if (left < 0) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${code} 的批次 ${lot} 只有 ${left - quantity} 件，不能减 ${-quantity} 件`, '请先查看库存批次，或先办理盘点', 'P-070');
	const isFresh = isNew || (stored.state === 'Empty' && given.receivedDay !== null);
	if (!isFresh && given.program !== null && given.program !== stored.program) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${code} 的批次 ${lot} 是程序版本 ${stored.program ?? '（无）'}，不是 ${given.program}`, '不同版本请用不同批次', 'P-081');
	const where = placeOr(given, record);
	return {
		set: {
			...(isFresh ? { item: code, lot, receivedDay: given.receivedDay ?? today, program: given.program, ...where, warning: storageWarnings(record, where, settings) } : {}),
			quantity: left,
			stocked: left > 0 ? code : null,
		},
		to: left > 0 ? 'InStock' : 'Empty',
	};
}

/** @rule P-070 — the lots of a part add up to its stock @rule P-081 — the program version belongs to the lot */
export const stockLot = draft.events({
	change: draft
		.event({ label: { en: 'Change', zh: '批次增减' }, from: ['new', 'InStock', 'Empty'], to: ['InStock', 'Empty'], by: 'consequence', input: change, facts: (input) => ({ record: find(item, 'no', input.item) }) })
		.decidedBy(turn),
	relocate: draft
		.event({ label: { en: 'Move to another place', zh: '移位' }, from: ['InStock'], to: ['InStock'], by: ['storekeeper'], input: place, facts: (_input, lot) => ({ record: find(item, 'no', lot.item) }) })
		.decidedBy((_lot, input, { record, settings }) => ({ set: { ...input, warning: storageWarnings(record, input, settings) } })),
});
