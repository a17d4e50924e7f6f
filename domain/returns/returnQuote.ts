import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { fen, lines, optional, ref, text, type RowOf } from '../document/fields';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { returnBatch } from './returnBatch';
import { pieces, returnDraft, type ReturnBatch } from './returnPaper';

const asked = { batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Booked'] }) };
const offer = { prices: lines({ line: pieces.line, price: fen({ en: 'Price', zh: '单价(元)' }, { min: 1 }) }, { en: 'Prices', zh: '报价（每行：行号 单价）' }) };

const draft = defineDocument({
	kind: 'return_quote',
	form: 'R-203',
	label: { en: 'Quotation for returns', zh: '返修报价' },
	number: ({ batch }) => `FB-${String(batch)}`,
	title: ['batch'],
	fields: {
		batch: ref('return_batch', { en: 'Batch', zh: '批号' }),
		purchasing: optional(text({ en: 'Purchasing', zh: '采购部意见' })),
		purchasingBy: optional(ref('person', { en: 'Purchaser', zh: '采购员' })),
		finance: optional(text({ en: 'Finance', zh: '财务部意见' })),
		financeBy: optional(ref('person', { en: 'Finance person', zh: '财务' })),
		prices: optional(offer.prices),
		amount: optional(fen({ en: 'Amount', zh: '金额' })),
		reason: optional(text({ en: 'Reason', zh: '客户不接受原因' })),
	},
	states: { Asked: '待采购、财务协助', Quoted: '已报价', Agreed: '客户接受', Refused: '客户不接受' },
	indexes: [['batch']],
});

export type ReturnQuote = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
type Known = Given & { batch: ReturnBatch | null };

/** Sales asks purchasing and finance for help. @rule R-203 */
function ask(_paper: unknown, input: RowOf<typeof asked>, { batch, no }: Known): Change<Shape> {
	if (batch?.goods.some(({ chargeable }) => chargeable === true) !== true) throw new RuleViolation('CONDITION_NOT_MET', `批号“${input.batch}”没有收费的产品`, '只有收费的返修要报价', 'R-203');
	return { set: { ...input, reason: null }, notices: (['purchasing', 'finance'] as const).map((role) => ({ key: `return_quote.asked:${no}:${role}`, to: { role }, subject: `请协助返修报价 ${batch.no}`, rule: 'R-203', body: [['客户', batch.customerName] as const, ...batch.goods.filter(({ chargeable }) => chargeable === true).map(({ model, quantity, fault }): [string, string] => [model, `${quantity}，${fault}`]), '不需要协助的请填“不需要”。'] })) };
}

/** @rule R-203 — both have helped or said that they need not; each chargeable line has its price */
function quote(paper: ReturnQuote, { prices }: RowOf<typeof offer>, { batch }: Known): Change<Shape> {
	const waiting = [paper.purchasing === null && '采购部', paper.finance === null && '财务部'].filter((name) => name !== false);
	if (waiting.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还没有${waiting.join('、')}的意见`, '请等采购、财务填写意见或“不需要”', 'R-203');
	const chargeable = (batch?.goods ?? []).flatMap((line, index) => (line.chargeable === true ? [{ line: index + 1, quantity: line.quantity }] : []));
	const unpriced = chargeable.filter(({ line }) => !prices.some((each) => each.line === line)).map(({ line }) => `第 ${line} 行`);
	const strange = prices.filter(({ line }) => !chargeable.some((each) => each.line === line)).map(({ line }) => `第 ${line} 行`);
	if (unpriced.length + strange.length > 0) throw new RuleViolation('FIELD_INVALID', [unpriced.length > 0 ? `${unpriced.join('、')}没有报价` : '', strange.length > 0 ? `${strange.join('、')}不收费` : ''].filter((part) => part !== '').join('；'), '请每个收费的行填写一个单价', 'R-203');
	return { set: { prices, amount: chargeable.reduce((sum, { line, quantity }) => sum + quantity * (prices.find((each) => each.line === line)?.price ?? 0), 0) } };
}

const batchOf = (_input: unknown, { batch }: Pick<ReturnQuote, 'batch'>) => ({ batch: find(returnDraft.shape, 'no', batch) });
const opinion = (zh: string) => ({ opinion: text({ en: 'Opinion', zh }, { long: true, help: '不需要协助的填“不需要”' }) });

export const returnQuote = draft.events({
	ask: draft.event({ label: { en: 'Ask for a quotation', zh: '提出返修报价' }, from: ['new'], to: ['Asked'], by: ['sales'], input: asked, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(ask),
	purchase: draft.event({ label: { en: 'Purchasing helps', zh: '采购协助报价' }, from: ['Asked'], to: ['Asked'], by: ['purchasing'], input: opinion('采购部意见（材料成本）') }).decidedBy((_paper, input, { actor }) => ({ set: { purchasing: input.opinion, purchasingBy: actor.code } })),
	cost: draft.event({ label: { en: 'Finance helps', zh: '财务协助报价' }, from: ['Asked'], to: ['Asked'], by: ['finance', 'accountant'], input: opinion('财务部意见') }).decidedBy((_paper, input, { actor }) => ({ set: { finance: input.opinion, financeBy: actor.code } })),
	quote: draft.event({ label: { en: 'Quote', zh: '返修报价' }, from: ['Asked', 'Quoted'], to: ['Quoted'], by: ['sales'], input: offer, facts: batchOf }).decidedBy(quote),
	agree: draft
		.event({ label: { en: 'Customer agrees', zh: '客户接受报价' }, from: ['Quoted'], to: ['Agreed'], by: ['sales'], input: {} })
		.decidedBy((paper, _input, { no }) => ({ then: [fire(returnBatch, 'quoted', paper.batch, { quote: no, prices: paper.prices ?? [] })], notices: [{ key: `return_quote.agreed:${no}`, to: { role: 'repair_group' }, subject: `客户接受返修报价，可以领板 ${paper.batch}`, rule: 'R-203', body: [['金额', `${yuan(paper.amount ?? 0)} 元`]] }] })),
	refuse: draft
		.event({ label: { en: 'Customer refuses', zh: '客户不接受报价' }, from: ['Asked', 'Quoted'], to: ['Refused'], by: ['sales'], input: { reason: text({ en: 'Reason', zh: '原因' }) }, facts: batchOf })
		// Of a batch that was cancelled only the quotation is closed.
		.decidedBy((paper, { reason }, { batch }) => ({ set: { reason }, then: batch?.state === 'Booked' ? [fire(returnBatch, 'quoteRefused', paper.batch, {})] : [], notices: batch?.state !== 'Booked' ? [] : [{ key: `return_quote.refused:${paper.no}`, to: { role: 'customer_service' }, subject: `客户不接受返修报价，未修退回 ${paper.batch}`, rule: 'R-203', body: [['原因', reason]] }] })),
});
