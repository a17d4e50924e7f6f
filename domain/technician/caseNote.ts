import { defineDocument, type DocumentOf } from '../document/document';
import { day, optional, ref, text } from '../document/fields';
import { requireOption } from './option';

const note = {
	model: text({ en: 'Product', zh: '商品型号' }, { compact: true }),
	faultCode: optional(text({ en: 'Fault Code', zh: '故障代码' }, { compact: true })),
	fault: text({ en: 'Fault', zh: '故障' }),
	cause: text({ en: 'Cause', zh: '原因' }, { long: true }),
	method: text({ en: 'Method', zh: '处理方法' }, { long: true }),
	call: optional(ref('call', { en: 'Call', zh: '叫修编号' })),
};

const draft = defineDocument({
	kind: 'case_note',
	form: 'M-065',
	label: { en: 'Repair case', zh: '维修案例' },
	number: { prefix: 'AL', period: 'year', digits: 4 },
	title: ['model', 'fault'],
	fields: { ...note, author: ref('person', { en: 'Author', zh: '编写人' }), sentDay: optional(day({ en: 'Sent to the maker', zh: '报送厂家日期' })) },
	states: { Collected: '已收集', Shared: '已共享' },
	indexes: [['model'], ['faultCode']],
});

export type CaseNote = DocumentOf<typeof draft.shape>;

export const caseNote = draft.events({
	/** @rule T-014 — written by who solved it */
	write: draft.event({ label: { en: 'Write', zh: '编写维修案例' }, from: ['new'], to: ['Collected'], by: ['technician'], input: note }).decidedBy((_case, input, { actor, settings }) => {
		requireOption(settings, 'case.notes', 'T-014');
		return { set: { ...input, author: actor.code } };
	}),
	/** @rule T-014 — looked through and shared, with the maker where there is one */
	share: draft
		.event({ label: { en: 'Share', zh: '共享维修案例' }, from: ['Collected'], to: ['Shared'], by: ['service_director', 'dept_manager', 'group_leader'], input: { sentDay: optional(day({ en: 'Sent to the Maker', zh: '报送厂家日期' })) } })
		.decidedBy((_case, input) => ({ set: input })),
});
