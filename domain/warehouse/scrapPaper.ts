import { defineDocument, type DocumentOf } from '../document/document';
import { integer, lines, optional, ref, text } from '../document/fields';

export const scrapLines = lines(
	{ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }), reason: text({ en: 'Reason', zh: '报损原因' }) },
	{ en: 'Lines', zh: '报损明细' },
);

export const scrapDraft = defineDocument({
	kind: 'scrap_list',
	form: 'M-137',
	label: { en: 'Scrap list', zh: '报损清单' },
	number: { prefix: 'BS', period: 'month', digits: 4 },
	title: ['listedBy'],
	fields: {
		lines: scrapLines,
		listedBy: ref('person', { en: 'Listed by', zh: '填报人' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '审核人' })),
		backReason: optional(text({ en: 'Why sent back', zh: '退回原因' })),
	},
	states: { Submitted: '待审核', Approved: '已核准', Returned: '退回' },
	indexes: [['state']],
});

export type ScrapShape = typeof scrapDraft.shape;
export type ScrapList = DocumentOf<ScrapShape>;
