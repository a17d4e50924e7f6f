import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, fen, integer, optional, ref, text, type RowOf } from '../document/fields';
import { person } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';

export const itemKinds = { drawing: '图纸', tool: '工具', instrument: '仪器仪表', material: '材料', sample: '样机' } as const;

const issued = {
	holder: ref('person', { en: 'Holder', zh: '领用人' }),
	itemKind: choice({ en: 'Kind', zh: '类别' }, itemKinds),
	item: text({ en: 'Item', zh: '物品' }),
	itemNo: optional(text({ en: 'Item No', zh: '物品编号' }, { compact: true })),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }),
	dueDay: optional(day({ en: 'To Be Returned', zh: '应还日期' })),
};

const draft = defineDocument({
	kind: 'custody',
	form: 'M-097',
	label: { en: 'Item in custody', zh: '领用登记' },
	number: { prefix: 'LY', period: 'month', digits: 4 },
	title: ['holder', 'item'],
	fields: {
		...issued,
		issuedDay: day({ en: 'Issued', zh: '领用日期' }),
		endedDay: optional(day({ en: 'Returned or lost', zh: '归还/损失日期' })),
		lossReason: optional(text({ en: 'Why lost', zh: '损失原因' })),
		lossAmount: optional(fen({ en: 'Loss', zh: '损失金额' })),
	},
	states: { Issued: '领用中', Returned: '已归还', Lost: '已损失' },
	indexes: [['holder', 'state']],
});

export type Custody = DocumentOf<typeof draft.shape>;

/** @rule O-008 @rule T-012 — what somebody draws is registered to his name */
function issue(_item: unknown, input: RowOf<typeof issued>, { holder, today, actor }: Given & { holder: RowOf<typeof person.fields> | null }): Change<typeof draft.shape> {
	if (holder === null || !holder.active) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.holder}”的在职人员`, '请核对工号', 'T-012');
	if (input.holder === actor.code) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 不能发给自己`, '请由另一人发放', 'O-007');
	return { set: { ...input, issuedDay: today } };
}

const byStore = ['storekeeper', 'after_sales'] as const;

export const custody = draft.events({
	issue: draft.event({ label: { en: 'Issue', zh: '领用' }, from: ['new'], to: ['Issued'], by: byStore, input: issued, facts: (input) => ({ holder: find(person, 'no', input.holder) }) }).decidedBy(issue),
	giveBack: draft.event({ label: { en: 'Take back', zh: '归还' }, from: ['Issued'], to: ['Returned'], by: byStore, input: {} }).decidedBy((_item, _input, { today }) => ({ set: { endedDay: today } })),
	lose: draft
		.event({
			label: { en: 'Register a loss', zh: '登记损失' },
			from: ['Issued'],
			to: ['Lost'],
			by: byStore,
			input: { lossReason: text({ en: 'Why Lost', zh: '损失原因' }), lossAmount: optional(fen({ en: 'Loss', zh: '损失金额(元)' }, { min: 0 })) },
		})
		.decidedBy((_item, input, { today }) => ({ set: { ...input, endedDay: today } })),
});
