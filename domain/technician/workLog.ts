import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { day, integer, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { requireOption } from './option';

const input = {
	person: ref('person', { en: 'Person', zh: '人员' }),
	day: day({ en: 'Day', zh: '日期' }),
	work: text({ en: 'Finished work', zh: '当日已完成工作' }, { long: true }),
	minutes: optional(integer({ en: 'Minutes', zh: '分钟' }, { min: 1, max: 1440 })),
	call: optional(ref('call', { en: 'Call', zh: '叫修编号' })),
};

const draft = defineDocument({
	kind: 'work_log',
	form: 'M-019',
	label: { en: 'Work log', zh: '工作日志' },
	number: ({ person, day: on }) => `RZ-${String(person)}-${String(on).replaceAll('-', '')}`,
	title: ['person', 'day'],
	fields: input,
	states: { Written: '已填写' },
	indexes: [['day'], ['person']],
});

export type WorkLog = DocumentOf<typeof draft.shape>;

/** A person's own log; on its day it may be completed. @rule T-010 */
function write(log: WorkLog, given: RowOf<typeof input>, { actor, today, settings }: Given): Change<typeof draft.shape> {
	requireOption(settings, 'worklog.required', 'T-010');
	if (given.person !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${actor.code} 不能填写 ${given.person} 的工作日志`, '请以本人工号填写', 'T-010');
	if (given.day > today) throw new RuleViolation('CONDITION_NOT_MET', `${given.day} 还没有到，不能填写日志`, '请核对日期', 'T-010');
	if (log.version > 0 && given.day < today) throw new RuleViolation('CONDITION_NOT_MET', `${given.day} 的日志已经填写，当日之后不能修改`, '补充内容请写在今天的日志中', 'T-010');
	return { set: given };
}

export const workLog = draft.events({
	write: draft.event({ label: { en: 'Write', zh: '填写工作日志' }, from: ['new', 'Written'], to: ['Written'], by: ['technician', 'group_leader'], input }).decidedBy(write),
});
