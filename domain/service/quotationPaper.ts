import { defineDocument, type DocumentOf } from '../document/document';
import { choice, fen, instant, integer, lines, optional, ref, text } from '../document/fields';
import { priceKinds } from '../master/records';

export const quotationDraft = defineDocument({
	kind: 'quotation',
	form: 'M-069',
	label: { en: 'Quotation', zh: '售后服务报价' },
	number: { prefix: 'BJ', period: 'month', digits: 4 },
	title: ['call', 'customerName'],
	fields: {
		call: ref('call', { en: 'Call', zh: '叫修编号' }),
		customerName: text({ en: 'Customer', zh: '客户名称' }),
		lines: lines(
			{
				kind: choice({ en: 'Kind', zh: '类别' }, priceKinds),
				item: ref('item', { en: 'Item', zh: '项目编码' }),
				quantity: integer({ en: 'Quantity', zh: '数量' }),
				list: fen({ en: 'List price', zh: '标准价' }),
				offer: fen({ en: 'Offer', zh: '报价' }),
			},
			{ en: 'Lines', zh: '报价明细' },
		),
		listTotal: fen({ en: 'List total', zh: '标准价合计' }),
		offerTotal: fen({ en: 'Offer total', zh: '报价合计' }),
		deviation: text({ en: 'Below list', zh: '负偏差' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '总经理审批' })),
		approvedAt: optional(instant({ en: 'Approved at', zh: '审批时间' })),
		sentAt: optional(instant({ en: 'Sent at', zh: '发出时间' })),
		consentAt: optional(instant({ en: 'Accepted at', zh: '客户同意时间' })),
		consentBy: optional(text({ en: 'Accepted by', zh: '客户同意人' })),
	},
	states: { AwaitApproval: '待总经理批准', Ready: '可发出', Sent: '已发出', Accepted: '客户已接受', Declined: '客户不接受', Refused: '未批准' },
	indexes: [['call'], ['state']],
});
export type Quotation = DocumentOf<typeof quotationDraft.shape>;
