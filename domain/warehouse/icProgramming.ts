import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { day, integer, optional, ref, text, type RowOf } from '../document/fields';
import { requireOption } from '../technician/option';
import { RuleViolation } from '../shared/ruleViolation';
import { goodsIn } from './goodsIn';
import { goodsIssue, type GoodsIssue } from './goodsIssue';

const order = {
	item: ref('item', { en: 'Blank IC', zh: '空白 IC 编码' }),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }),
	program: text({ en: 'Program Version', zh: '程序版本' }, { compact: true }),
	programmed: optional(ref('item', { en: 'Programmed IC', zh: '烧录后编码' }, { help: '空白为同一编码' })),
	vendor: text({ en: 'Vendor', zh: '受托单位' }),
	dueDay: optional(day({ en: 'Due', zh: '约定日期' })),
};

const draft = defineDocument({
	kind: 'ic_programming',
	form: '烧录委托',
	label: { en: 'IC programming order', zh: 'IC程序烧录委托' },
	number: { prefix: 'SL', period: 'month', digits: 3 },
	title: ['item', 'program', 'vendor'],
	fields: { ...order, good: optional(integer({ en: 'Good', zh: '合格' })), failed: optional(integer({ en: 'Failed', zh: '烧坏' })), receivedDay: optional(day({ en: 'Received', zh: '收回日期' })) },
	states: { Sent: '已委托', Received: '已收回' },
	indexes: [['state']],
});

type Shape = typeof draft.shape;
export type IcProgramming = DocumentOf<Shape>;

/** The blanks leave the warehouse. @rule P-081 */
function send(_order: IcProgramming, input: RowOf<typeof order>, { settings, no }: Given): Change<Shape> {
	requireOption(settings, 'stock.valuable', 'P-081');
	return { set: input, then: [fire(goodsIssue, 'issue', null, { purpose: 'other', paper: no, lines: [{ item: input.item, quantity: input.quantity }], note: `烧录 ${input.program}` })] };
}

/** What comes back is a lot with its program version; every piece sent is accounted for. @rule P-081 */
function receive(sent: IcProgramming, { good, failed }: { good: number; failed: number }, { issues, no, today }: Given & { issues: readonly GoodsIssue[] }): Change<Shape> {
	if (good + failed !== sent.quantity) throw new RuleViolation('CONDITION_NOT_MET', `${no} 委托 ${sent.quantity} 片，收回合格 ${good}、烧坏 ${failed}，合计不符`, '请与受托单位核对', 'P-081');
	if (!issues.some(({ state }) => state === 'Issued')) throw new RuleViolation('CONDITION_NOT_MET', `${no} 的空白 IC 还没有出库`, '请先由第二人确认出库单', 'P-081');
	const back = { origin: 'other' as const, paper: no, lines: [{ item: sent.programmed ?? sent.item, quantity: good }], program: sent.program };
	return { set: { good, failed, receivedDay: today }, then: good === 0 ? [] : [fire(goodsIn, 'takeBack', null, back)] };
}

const clerks = ['material_clerk', 'service_assistant', 'storekeeper'] as const;

/** @rule P-081 — programmed ICs are ordered, kept and known by their version */
export const icProgramming = draft.events({
	send: draft.event({ label: { en: 'Send to be programmed', zh: '委托烧录' }, from: ['new'], to: ['Sent'], by: clerks, input: order }).decidedBy(send),
	receive: draft
		.event({
			label: { en: 'Receive programmed ICs', zh: '收回' },
			from: ['Sent'],
			to: ['Received'],
			by: clerks,
			input: { good: integer({ en: 'Good', zh: '合格' }, { min: 0 }), failed: integer({ en: 'Failed', zh: '烧坏' }, { min: 0 }) },
			facts: (_input, sent) => ({ issues: findAll(goodsIssue, 'paper', sent.no) }),
		})
		.decidedBy(receive),
});
