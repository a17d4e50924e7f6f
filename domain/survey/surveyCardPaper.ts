import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, flag, instant, integer, optional, ref, text } from '../document/fields';
import { satisfactions } from '../service/visit';
import { ratingItems, type RatingItem } from '../technician/rating';

export const surveyMeans = { card: '意见调查卡', phone: '电话回访' } as const;
export const opinionKinds = { none: '没有', suggestion: '建议', complaint: '抱怨' } as const;
export const visitOutcomes = { solved: '已解决', unsolved: '未解决' } as const;

const item = (name: RatingItem, en: string) => choice({ en, zh: ratingItems[name] }, satisfactions);

/** What a customer says. @rule S-003 — suggestion or complaint, and the four items */
export const answered = {
	solved: optional(choice({ en: 'Solved', zh: '问题是否解决' }, visitOutcomes)),
	attitude: optional(item('attitude', 'Attitude')),
	skill: optional(item('skill', 'Skill')),
	arrival: optional(item('arrival', 'Arrival Time')),
	promise: optional(item('promise', 'Keeping Promises')),
	noTechnician: optional(flag({ en: 'No Technician Came', zh: '技术员没有上门' }, { help: '没有上门时不用评价技术员' })),
	opinionKind: optional(choice({ en: 'Suggestion or Complaint', zh: '建议或抱怨' }, opinionKinds)),
	opinion: optional(text({ en: 'Opinion', zh: '意见内容' }, { long: true })),
};

const hidden = { internal: true } as const;

export const surveyCardDraft = defineDocument({
	kind: 'survey_card',
	form: 'M-014',
	label: { en: 'Customer opinion survey', zh: '客户意见调查卡' },
	/** One card and one phone call for each call. @rule S-002 */
	number: (input) => `${input['means'] === 'phone' ? 'DH' : 'DC'}-${String(input['call'])}`,
	title: ['call', 'customerName', 'phone'],
	fields: {
		call: ref('call', { en: 'Call', zh: '叫修编号' }),
		means: choice({ en: 'Means', zh: '方式' }, surveyMeans),
		calledDay: day({ en: 'Day of the call', zh: '叫修日期' }),
		customerName: text({ en: 'Customer', zh: '客户名称' }),
		phone: text({ en: 'Phone', zh: '电话' }),
		address: text({ en: 'Address', zh: '地址' }),
		mail: optional(text({ en: 'Mail', zh: '邮箱' })),
		technician: optional(ref('person', { en: 'Technician', zh: '技术员' })),
		unit: optional(ref('unit', { en: 'Service point', zh: '服务中心' })),
		sentAt: optional(instant({ en: 'Sent', zh: '寄出时间' })),
		remindAt: optional(instant({ en: 'Reminder', zh: '提醒时间' }, hidden)),
		closeAt: optional(instant({ en: 'Closed without answer', zh: '截止时间' })),
		reminded: optional(flag({ en: 'Reminded', zh: '已提醒' })),
		attempts: optional(integer({ en: 'Attempts', zh: '未接通次数' })),
		...answered,
		answeredAt: optional(instant({ en: 'Answered', zh: '收回时间' })),
		answeredBy: optional(text({ en: 'Entered by', zh: '登记人' })),
		outcome: optional(text({ en: 'What followed', zh: '后续处理' })),
	},
	states: { Waiting: '待服务完成', ToPost: '待寄出', ToCall: '待电话回访', Sent: '已寄出', Answered: '已收回', NoAnswer: '未收回', Withdrawn: '已撤回' },
	indexes: [['call'], ['state'], ['calledDay'], ['technician'], ['answeredAt']],
});

export type SurveyCardShape = typeof surveyCardDraft.shape;
export type SurveyCard = DocumentOf<SurveyCardShape>;
