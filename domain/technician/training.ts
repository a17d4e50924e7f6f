import { defineDocument, save, type Change } from '../document/document';
import { all, type Given } from '../document/facts';
import { choice, day, lines, optional, ref, text, type RowOf } from '../document/fields';
import { person, qualification } from '../master/records';
import type { Member } from '../master/unitTree';
import { RuleViolation } from '../shared/ruleViolation';
import { requireOption } from './option';

const held = {
	day: day({ en: 'Day', zh: '日期' }),
	topic: choice({ en: 'Topic', zh: '培训类别' }, { ethics: '职业道德', technique: '技术', safety: '安全' }),
	skill: text({ en: 'Skill', zh: '产品线' }, { help: '合格人员取得该产品线的岗位资质' }),
	trainer: text({ en: 'Trainer', zh: '讲师' }),
	validTo: day({ en: 'Qualified Until', zh: '资质有效期止' }),
	trainees: lines(
		{
			person: ref('person', { en: 'Person', zh: '工号' }),
			result: choice({ en: 'Result', zh: '结果' }, { passed: '合格', failed: '不合格' }),
			certificate: optional(text({ en: 'Certificate', zh: '证书' })),
		},
		{ en: 'Trainees', zh: '参训人员' },
	),
};

const draft = defineDocument({
	kind: 'training',
	form: 'M-089',
	label: { en: 'Training', zh: '培训记录' },
	number: { prefix: 'PX', period: 'year', digits: 3 },
	title: ['skill', 'day'],
	fields: { ...held, recorder: ref('person', { en: 'Recorded by', zh: '记录人' }) },
	states: { Recorded: '已记录' },
	indexes: [['day']],
});

type Known = Given & { people: readonly Member[] };

/**
 * Keeps the training; who passed is qualified from that day.
 * @rule T-034 — the record updates the qualifications
 * @throws RuleViolation NOT_FOUND, CONDITION_NOT_MET
 */
function record(_training: unknown, input: RowOf<typeof held>, { people, actor, settings, no, today }: Known): Change<typeof draft.shape> {
	requireOption(settings, 'staff.meetings', 'T-034');
	if (input.trainees.length === 0) throw new RuleViolation('FIELD_MISSING', '培训记录没有参训人员', '请至少填写一行：工号 结果 证书', 'T-034');
	if (input.day > today || input.validTo < input.day) throw new RuleViolation('CONDITION_NOT_MET', `培训日期 ${input.day} 或资质有效期止 ${input.validTo} 不对`, '培训日期不能在将来，有效期不能早于培训日期', 'T-034');
	const stranger = input.trainees.find(({ person: code }) => !people.some((each) => each.no === code && each.active));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `没有工号为“${stranger.person}”的在职人员`, '请核对参训人员', 'T-034');
	return {
		set: { ...input, recorder: actor.code },
		then: input.trainees
			.filter(({ result }) => result === 'passed')
			.map(({ person: code, certificate }) => save(qualification, `${no}-${code}`, { person: code, skill: input.skill, certificate: certificate ?? no, validFrom: input.day, validTo: input.validTo })),
	};
}

export const training = draft.events({
	record: draft.event({ label: { en: 'Record', zh: '登记培训' }, from: ['new'], to: ['Recorded'], by: ['dept_manager', 'service_director', 'group_leader'], input: held, facts: () => ({ people: all(person) }) }).decidedBy(record),
});
