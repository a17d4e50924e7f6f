import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, flag, instant, integer, lines, optional, ref, text } from '../document/fields';

export const satisfactions = { very_satisfied: '很满意', satisfied: '满意', fair: '一般', not_satisfied: '不满意' } as const;
export const complaintReasons = { attitude: '服务态度', skill: '技术水平', speed: '响应速度' } as const;
export const handOvers = { yes: '是', no: '否', no_attachment: '没有附件' } as const;
/** @rule V-043 */
export const visitResults = { done: '已完成服务', not_done: '未完成服务', done_by_phone: '电话回访完成服务' } as const;
/** @rule V-043 — why it is not done */
export const openReasons = { return_repair: '需返修、更换设备', other: '其它见备注' } as const;
/** @rule V-045 — what happens next */
export const nextSteps = { appointment: '另约时间', escalate: '请求协助' } as const;

/** @rule C-004 — where a fault comes from; the first four are the maker's */
export const faultCauses = { manufacture: '制造', assembly: '装配', design: '设计', material: '材料', human: '人为', storage: '保管不善', other: '其他' } as const;

/** What the technician found and did. @rule V-040 — contact, problem, analysis, solution, result */
export const work = {
	contact: optional(text({ en: 'Contact On Site', zh: '现场联系人' })),
	problem: text({ en: 'Problem Found', zh: '发现的问题' }, { long: true }),
	actualFault: optional(text({ en: 'Actual Fault', zh: '实际故障' }, { help: '与报修不同时填写' })),
	analysis: optional(text({ en: 'Analysis', zh: '原因分析' }, { long: true })),
	faultCause: optional(choice({ en: 'Fault Comes From', zh: '故障归因' }, faultCauses)),
	solution: text({ en: 'Solution', zh: '处理措施' }, { long: true }),
	parts: optional(lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Replaced parts', zh: '更换配件' })),
	result: choice({ en: 'Result', zh: '服务结果' }, { done: visitResults.done, not_done: visitResults.not_done }),
	openReason: optional(choice({ en: 'Why Not Done', zh: '未完成原因' }, openReasons)),
	remark: optional(text({ en: 'Remark', zh: '备注' }, { long: true })),
	trained: optional(flag({ en: 'User Trained', zh: '已培训用户' })),
};

/** What the customer says and signs. @rule V-044 */
export const opinion = {
	accepted: optional(flag({ en: 'Accepted And Working', zh: '客户确认系统正常' })),
	handedOver: optional(choice({ en: 'Handed Over', zh: '系统交付确认' }, handOvers)),
	satisfaction: optional(choice({ en: 'Satisfaction', zh: '客户满意度' }, satisfactions)),
	reason: optional(choice({ en: 'Reason If Not Satisfied', zh: '不满意原因' }, complaintReasons)),
	suggestion: optional(text({ en: 'Suggestion', zh: '宝贵意见' }, { long: true })),
	surveyRefused: optional(text({ en: 'Survey Refused Because', zh: '客户拒填满意度原因' })),
	signedBy: optional(text({ en: 'Signed By', zh: '客户签字' }, { help: '请客户本人输入姓名确认' })),
	signature: optional(ref('attachment', { en: 'Drawn Signature', zh: '手写签名' })),
};

const fields = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	arrivedAt: instant({ en: 'Arrived At', zh: '到达时间' }),
	leftAt: instant({ en: 'Left At', zh: '离开时间' }),
	...work,
	...opinion,
};

const draft = defineDocument({
	kind: 'visit',
	form: 'M-010',
	label: { en: 'Visit', zh: '客户报修服务单' },
	number: { prefix: 'FW', period: 'month', digits: 4 },
	title: ['call', 'problem'],
	fields: { ...fields, day: optional(day({ en: 'Day', zh: '日期' })) },
	states: { Reported: '已回报' },
	indexes: [['call'], ['technician', 'arrivedAt'], ['arrivedAt'], ['day']],
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
