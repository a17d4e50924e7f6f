import { defineDocument, type DocumentOf } from '../document/document';
import { choice, instant, integer, fen, optional, ref, text } from '../document/fields';

export const contactOutcomes = { problem: '问题情况', solved: '解决问题', unsolvable: '无法解决' } as const;

export const letter = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	subject: text({ en: 'Subject', zh: '关于' }),
	receivingUnit: text({ en: 'Receiving Unit', zh: '收件单位' }),
	receiver: optional(text({ en: 'Receiver', zh: '收件人' })),
	sendingUnit: text({ en: 'Sending Unit', zh: '发件单位' }),
	sender: optional(text({ en: 'Sender', zh: '发件人' })),
	copy: optional(text({ en: 'Copy To', zh: '抄送' })),
	pages: optional(integer({ en: 'Pages', zh: '页数' }, { min: 1 })),
	content: text({ en: 'Content', zh: '联络内容' }, { long: true }),
	amount: optional(fen({ en: 'Amount', zh: '金额' }, { min: 0 })),
};

export const contactLetterDraft = defineDocument({
	kind: 'contact_letter',
	form: 'M-011',
	label: { en: 'Contact letter', zh: '售后服务联络函' },
	number: { prefix: 'LL', period: 'month', digits: 4 },
	title: ['call', 'subject'],
	fields: {
		...letter,
		sentAt: instant({ en: 'Sent at', zh: '发件时间' }),
		feedback: optional(text({ en: 'Feedback', zh: '回馈意见' })),
		senderConfirmedBy: optional(text({ en: 'Sender confirmed by', zh: '发件方确认签字' })),
		senderConfirmedAt: optional(instant({ en: 'Sender confirmed', zh: '发件方确认时间' })),
		receiverConfirmedBy: optional(text({ en: 'Receiver confirmed by', zh: '收件方确认签字' })),
		receiverConfirmedAt: optional(instant({ en: 'Receiver confirmed', zh: '收件方确认时间' })),
		outcome: optional(choice({ en: 'Outcome', zh: '向客户回馈' }, contactOutcomes)),
	},
	states: { Draft: '待确认', SenderConfirmed: '发件方已确认', Confirmed: '双方已确认', Answered: '已回馈客户' },
	indexes: [['call']],
});
export type ContactLetter = DocumentOf<typeof contactLetterDraft.shape>;
