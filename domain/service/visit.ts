import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, instant, optional, ref, text } from '../document/fields';

export const satisfactions = { very_satisfied: '很满意', satisfied: '满意', fair: '一般', not_satisfied: '不满意' } as const;
export const complaintReasons = { attitude: '服务态度', skill: '技术水平', speed: '响应速度' } as const;
export const visitResults = { done: '已完成服务', not_done: '未完成服务' } as const;

/** What the technician found and did. */
export const work = {
	arrivedAt: instant({ en: 'Arrived At', zh: '到达时间' }),
	leftAt: instant({ en: 'Left At', zh: '离开时间' }),
	problem: text({ en: 'Problem Found', zh: '发现的问题' }, { long: true }),
	solution: text({ en: 'Solution', zh: '处理措施' }, { long: true }),
	result: choice({ en: 'Result', zh: '服务结果' }, visitResults),
};

/** What the customer says and signs. */
export const opinion = {
	satisfaction: optional(choice({ en: 'Satisfaction', zh: '客户满意度' }, satisfactions)),
	reason: optional(choice({ en: 'Reason If Not Satisfied', zh: '不满意原因' }, complaintReasons)),
	signedBy: optional(text({ en: 'Signed By', zh: '客户签字' }, { help: '请客户本人输入姓名确认' })),
};

const fields = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	...work,
	...opinion,
};

const draft = defineDocument({
	kind: 'visit',
	form: 'M-010',
	label: { en: 'Visit', zh: '客户报修服务单' },
	number: { prefix: 'FW', period: 'month', digits: 4 },
	fields: { ...fields, day: optional(day({ en: 'Day', zh: '日期' })) },
	states: { Reported: '已回报' },
	indexes: [['call'], ['day']],
});

export type Visit = DocumentOf<typeof draft.shape>;

export const visit = draft.events({
	open: draft.event({
		label: { en: 'Record a visit', zh: '记录上门服务' },
		from: ['new'],
		to: ['Reported'],
		by: 'consequence',
		input: fields,
	}).decidedBy((_visit, input, { calendar }) => ({ set: { ...input, day: calendar.dayOf(input.arrivedAt) } })),
});
