import { defineDocument, type DocumentOf } from '../document/document';
import { choice, instant, optional, ref, text } from '../document/fields';

export const returnVisitMeans = { phone: '电话', sms: '短信', person: '面访' } as const;
export const returnVisitResults = { solved: '已解决', unsolved: '未解决', unreached: '未接通' } as const;

export const returnVisitDraft = defineDocument({
	kind: 'return_visit',
	form: 'M-013',
	label: { en: 'Return visit by phone', zh: '回访记录' },
	number: { prefix: 'HF', period: 'month', digits: 4 },
	title: ['call', 'opinion'],
	fields: {
		call: ref('call', { en: 'Call', zh: '叫修编号' }),
		customerName: text({ en: 'Customer', zh: '客户' }),
		caller: ref('person', { en: 'Caller', zh: '回访人' }),
		at: instant({ en: 'At', zh: '时间' }),
		means: choice({ en: 'Means', zh: '方式' }, returnVisitMeans),
		result: choice({ en: 'Result', zh: '结果' }, returnVisitResults),
		opinion: optional(text({ en: 'Opinion', zh: '意见' })),
	},
	states: { Recorded: '已记录' },
	indexes: [['call'], ['at']],
});
export type ReturnVisit = DocumentOf<typeof returnVisitDraft.shape>;
