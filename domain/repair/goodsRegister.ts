import { defineDocument, type DocumentOf } from '../document/document';
import { instant, integer, optional, ref, text } from '../document/fields';

const entry = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
	asset: ref('asset', { en: 'Serial No', zh: '序列号' }),
	voucher: ref('voucher', { en: 'Voucher', zh: '服务凭证' }),
	stay: integer({ en: 'Stay', zh: '第几次携回' }, { internal: true }),
};

const draft = defineDocument({
	kind: 'goods_register',
	form: 'M-004',
	label: { en: 'Goods in/out register', zh: '客户商品进出登记' },
	number: ({ call, stay }) => `JC-${String(call)}${stay === 1 ? '' : `-${String(stay)}`}`,
	title: ['asset', 'customer'],
	fields: {
		...entry,
		inAt: instant({ en: 'In', zh: '进入日期' }),
		handledBy: text({ en: 'Handled by', zh: '经手人' }),
		outAt: optional(instant({ en: 'Out', zh: '还商品日期' })),
	},
	states: { InHouse: '在厂', Out: '已还' },
	indexes: [['call'], ['state']],
});

export type GoodsRegister = DocumentOf<typeof draft.shape>;

/** One line per stay: in house now are those without return date. @rule R-003 */
export const goodsRegister = draft.events({
	enter: draft
		.event({ label: { en: 'Enter', zh: '登录' }, from: ['new'], to: ['InHouse'], by: 'consequence', input: entry })
		.decidedBy((_line, input, { now, actor }) => ({ set: { ...input, inAt: now, handledBy: actor.code } })),
	leave: draft
		.event({ label: { en: 'Leave', zh: '还商品' }, from: ['InHouse'], to: ['Out'], by: 'consequence', input: {} })
		.decidedBy((_line, _input, { now }) => ({ set: { outAt: now } })),
});
