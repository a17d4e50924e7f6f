import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, integer, optional, ref, text } from '../document/fields';

/** Why stock changes. */
export const moveKinds = {
	opening: '期初',
	purchase: '采购入库',
	outlet: '网点退回',
	repairBack: '维修退料',
	otherBack: '其他入库',
	shipment: '发往网点',
	repair: '维修领用',
	scrap: '报废',
	other: '其他出库',
	surplus: '盘盈',
	shortage: '盘亏',
	reversal: '冲销',
} as const;

export type MoveKind = keyof typeof moveKinds;

const line = {
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	lot: text({ en: 'Lot', zh: '批次' }),
	quantity: integer({ en: 'Quantity', zh: '数量' }),
	balance: integer({ en: 'Balance', zh: '结存' }),
	moveKind: choice({ en: 'Kind', zh: '收发类别' }, moveKinds),
	paper: text({ en: 'Paper', zh: '单据' }),
	location: optional(text({ en: 'Place', zh: '库位' })),
};

const draft = defineDocument({
	kind: 'stock_move',
	form: 'M-061',
	label: { en: 'Stock move', zh: '库存流水' },
	number: { prefix: 'LS', period: 'month', digits: 5 },
	title: ['item', 'paper'],
	fields: { ...line, day: day({ en: 'Day', zh: '日期' }) },
	states: { Written: '已登卡' },
	indexes: [['item', 'day'], ['paper'], ['state']],
});

export type StockMove = DocumentOf<typeof draft.shape>;

/** A line of the stock card. @rule P-070 — added only: a wrong line is taken back by another one, never changed */
export const stockMove = draft.events({
	write: draft.event({ label: { en: 'Write', zh: '登卡' }, from: ['new'], to: ['Written'], by: 'consequence', input: line }).decidedBy((_move, input, { today }) => ({ set: { ...input, day: today } })),
});
