import { defineDocument, fire, type DocumentOf } from '../document/document';
import { choice, flag, instant, integer, optional, ref, text } from '../document/fields';
import type { Role } from '../organisation';
import { localTime } from '../shared/zonedTime';
import { followUp } from '../survey/followUp';

/** Who can be asked. @rule V-046 */
export const helpers = { service_director: '服务主任', dept_manager: '部门经理', after_sales: '总部售后部', qa: '品管部', customer_service: '客服部' } as const;

export const question = {
	target: choice({ en: 'Ask', zh: '求助对象' }, helpers),
	reason: text({ en: 'Question', zh: '问题' }, { long: true }),
	majorQuality: optional(flag({ en: 'Major Quality Problem', zh: '重大质量问题' }, { help: '同时成为研发、品管、生产、采购的任务' })),
};

const draft = defineDocument({
	kind: 'escalation',
	form: 'M-018',
	label: { en: 'Escalation', zh: '问题上报' },
	number: ({ call, turn }) => `SB-${String(call)}-${String(turn)}`,
	title: ['call', 'reason'],
	fields: {
		call: ref('call', { en: 'Call', zh: '叫修编号' }),
		askedBy: ref('person', { en: 'Asked by', zh: '上报人' }),
		...question,
		askedAt: instant({ en: 'Asked at', zh: '上报时间' }),
		answer: optional(text({ en: 'Answer', zh: '答复' })),
		answeredBy: optional(ref('person', { en: 'Answered by', zh: '答复人' })),
		answeredAt: optional(instant({ en: 'Answered at', zh: '答复时间' })),
	},
	states: { Open: '待答复', Answered: '已答复', Dropped: '已自行解决' },
	indexes: [['call'], ['state']],
});

export type EscalationShape = typeof draft.shape;
export type Escalation = DocumentOf<EscalationShape>;

/** @rule Q-020 — a major quality problem is a task of each of them at once */
const qualityDepartments: readonly Role[] = ['rd', 'qa', 'production', 'purchasing'];

/** A question that goes up: reason, target, time, answer. @rule V-046 — a task and a mail to those who can help */
export const escalation = draft.events({
	ask: draft
		.event({ label: { en: 'Ask', zh: '上报' }, from: ['new'], to: ['Open'], by: 'consequence', input: { call: ref('call', { en: 'Call', zh: '叫修编号' }), turn: integer({ en: 'Turn', zh: '次序' }), ...question } })
		.decidedBy((_paper, { call, target, reason, majorQuality }, { now, actor, no, calendar }) => ({
			set: { call, target, reason, majorQuality, askedAt: now, askedBy: actor.code },
			then: majorQuality === true ? qualityDepartments.map((role) => fire(followUp, 'open', null, { taskKind: 'quality', subject: `重大质量问题 ${call}`, content: reason, role, source: no })) : [],
			notices: [{
				key: `escalation.ask:${no}:${target}`,
				to: { role: target },
				subject: `${majorQuality === true ? '重大质量问题' : '求助'} ${call}`,
				rule: 'V-046',
				body: [['叫修编号', call], ['上报人', `${actor.name}（${actor.code}）`], ['上报时间', localTime(now, calendar.zone)], ['问题', reason], '请尽快答复。'],
			}],
		})),
	answer: draft
		.event({ label: { en: 'Answer', zh: '答复' }, from: ['Open'], to: ['Answered'], by: 'consequence', input: { answer: text({ en: 'Answer', zh: '答复' }, { long: true }) } })
		.decidedBy((_paper, { answer }, { now, actor }) => ({ set: { answer, answeredAt: now, answeredBy: actor.code } })),
	drop: draft.event({ label: { en: 'Drop', zh: '自行解决' }, from: ['Open'], to: ['Dropped'], by: 'consequence', input: {} }).decidedBy(() => ({})),
});
