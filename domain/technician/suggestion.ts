import { award } from '../award/award';
import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { flag, optional, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { requireOption } from './option';

const draft = defineDocument({
	kind: 'suggestion',
	form: 'T-034',
	label: { en: 'Suggestion', zh: '合理化建议' },
	number: { prefix: 'JY', period: 'year', digits: 4 },
	title: ['person', 'content'],
	fields: {
		person: ref('person', { en: 'From', zh: '建议人' }),
		content: text({ en: 'Suggestion', zh: '建议内容' }),
		answer: optional(text({ en: 'Answer', zh: '答复' })),
		answeredBy: optional(ref('person', { en: 'Answered by', zh: '答复人' })),
	},
	states: { Made: '待答复', Adopted: '已采纳', Declined: '未采纳' },
	indexes: [['person']],
});

type SuggestionShape = typeof draft.shape;
type Suggestion = DocumentOf<SuggestionShape>;

/** Everybody who made one hears what became of it. @rule T-034 @rule O-007 — answered by another */
function answer(made: Suggestion, { answer: said }: { answer: string }, { actor }: Given): Change<SuggestionShape> {
	if (actor.code === made.person) throw new RuleViolation('NOT_ALLOWED', `${made.no} 是 ${actor.code} 本人的建议`, '请由其他负责人答复', 'O-007');
	return { set: { answer: said, answeredBy: actor.code }, notices: [{ key: `suggestion.answer:${made.no}`, to: { person: made.person }, subject: `建议答复 ${made.no}`, rule: 'T-034', body: [made.content, ['答复', said]] }] };
}

/** One that saves costs is proposed for the award at once. @rule T-034 */
function adopt(made: Suggestion, input: { answer: string; award: boolean | null }, given: Given): Change<SuggestionShape> {
	return { ...answer(made, input, given), then: input.award === true ? [fire(award, 'nominateSuggestion', null, { person: made.person, facts: `${made.content}（${input.answer}）`, source: made.no })] : [] };
}

const answered = { answer: text({ en: 'Answer', zh: '答复' }, { long: true }) };
const heads = ['dept_manager', 'after_sales_manager', 'service_director'] as const;

export const suggestion = draft.events({
	make: draft
		.event({ label: { en: 'Make', zh: '提出建议' }, from: ['new'], to: ['Made'], by: ['technician', 'receptionist', 'group_leader'], input: { content: text({ en: 'Suggestion', zh: '建议内容' }, { long: true }) } })
		.decidedBy((_made, { content }, { actor, settings }) => {
			requireOption(settings, 'staff.meetings', 'T-034');
			return { set: { content, person: actor.code } };
		}),
	adopt: draft
		.event({ label: { en: 'Adopt', zh: '采纳建议' }, from: ['Made'], to: ['Adopted'], by: heads, input: { ...answered, award: optional(flag({ en: 'Propose Award', zh: '同时申报节约成本奖' })) } })
		.decidedBy(adopt),
	decline: draft.event({ label: { en: 'Decline', zh: '不采纳建议' }, from: ['Made'], to: ['Declined'], by: heads, input: answered }).decidedBy(answer),
});
