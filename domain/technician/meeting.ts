import { defineDocument } from '../document/document';
import { day, optional, ref, text } from '../document/fields';
import { requireOption } from './option';

const held = {
	day: day({ en: 'Day', zh: '日期' }),
	subject: text({ en: 'Subject', zh: '主题' }),
	participants: text({ en: 'Participants', zh: '参加人' }),
	problems: optional(text({ en: 'Difficult Problems', zh: '疑难问题' }, { long: true })),
	experience: text({ en: 'Experience', zh: '心得与结论' }, { long: true }),
};

const draft = defineDocument({
	kind: 'meeting',
	form: 'M-151',
	label: { en: 'Seminar', zh: '研讨会记录' },
	number: { prefix: 'YT', period: 'year', digits: 3 },
	title: ['subject', 'day'],
	fields: { ...held, recorder: ref('person', { en: 'Recorded by', zh: '记录人' }) },
	states: { Recorded: '已记录' },
	indexes: [['day']],
});

export const meeting = draft.events({
	/** @rule T-034 — regular seminars leave a record */
	record: draft.event({ label: { en: 'Record', zh: '登记研讨会' }, from: ['new'], to: ['Recorded'], by: ['dept_manager', 'service_director', 'group_leader', 'technician'], input: held }).decidedBy((_meeting, input, { actor, settings }) => {
		requireOption(settings, 'staff.meetings', 'T-034');
		return { set: { ...input, recorder: actor.code } };
	}),
});
