import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, optional, ref, text, type RowOf } from '../document/fields';
import { call, type Call } from '../service/call';
import { satisfactions } from '../service/visit';
import { RuleViolation } from '../shared/ruleViolation';

export const ratingItems = { attitude: '态度', skill: '技术', arrival: '到达时间', promise: '答应事情的办理' } as const;
export type RatingItem = keyof typeof ratingItems;

/** What a level is worth. @rule T-020 */
export const levelScores: Readonly<Record<keyof typeof satisfactions, number>> = { very_satisfied: 4, satisfied: 3, fair: 2, not_satisfied: 1 };

const input = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	attitude: choice({ en: 'Attitude', zh: ratingItems.attitude }, satisfactions),
	skill: choice({ en: 'Skill', zh: ratingItems.skill }, satisfactions),
	arrival: choice({ en: 'Arrival Time', zh: ratingItems.arrival }, satisfactions),
	promise: choice({ en: 'Keeping Promises', zh: ratingItems.promise }, satisfactions),
	remark: optional(text({ en: 'Remark', zh: '建议或抱怨' }, { long: true })),
};

const draft = defineDocument({
	kind: 'rating',
	form: 'M-014',
	label: { en: 'Rating of a technician', zh: '技术员评价' },
	number: (given) => `PJ-${String(given['call'])}`,
	title: ['call', 'technician'],
	fields: { ...input, technician: ref('person', { en: 'Technician', zh: '技术员' }), day: day({ en: 'Day', zh: '日期' }) },
	states: { Given: '已评价' },
	indexes: [['call'], ['technician', 'day'], ['day']],
});

export type Rating = DocumentOf<typeof draft.shape>;

/**
 * The customer's ticks for the technician of a call, once per call.
 * @rule T-020 — four items, each on one of four levels
 * @rule O-007 — never entered by the technician himself
 * @throws RuleViolation NOT_FOUND, CONDITION_NOT_MET, NOT_ALLOWED
 */
function rate(_rating: unknown, given: RowOf<typeof input>, { job, actor, today }: Given & { job: Call | null }): Change<typeof draft.shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${given.call}”的叫修`, '请核对编号', 'T-020');
	if (job.technician === null || job.arrivedAt === null) throw new RuleViolation('CONDITION_NOT_MET', `${job.no} 还没有技术员上门，不能评价`, '请在服务完成后评价', 'T-020');
	if (job.technician === actor.code) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 是 ${job.no} 的技术员，不能登记对自己的评价`, '请由其他人员回访登记', 'O-007');
	return { set: { ...given, technician: job.technician, day: today } };
}

export const rating = draft.events({
	give: draft
		.event({ label: { en: 'Rate', zh: '评价技术员' }, from: ['new'], to: ['Given'], by: ['receptionist', 'follow_up', 'service_dept', 'system'], input, facts: (given) => ({ job: find(call, 'no', given.call) }) })
		.decidedBy(rate),
});
