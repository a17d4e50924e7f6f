import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { flag, instant, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';

const report = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }, { among: ['WithDispatcher', 'Assigned', 'Escalated', 'InRepair'] }),
	problem: text({ en: 'Unsolved Problem', zh: '未解决问题' }, { long: true }),
	finishAt: instant({ en: 'Finish Time', zh: '完成时间' }),
	reason: text({ en: 'Reason', zh: '原因' }, { long: true }),
	informed: optional(flag({ en: 'Customer Informed', zh: '已告知客户' })),
	agreed: optional(flag({ en: 'Customer Agrees', zh: '客户谅解' })),
};

const draft = defineDocument({
	kind: 'unsolved_report',
	form: 'M-018',
	label: { en: 'Unsolved problem report', zh: '未解决问题书面报备' },
	number: { prefix: 'BB', period: 'month', digits: 4 },
	title: ['call', 'problem'],
	fields: report,
	states: { Reported: '已报备' },
	indexes: [['call']],
});
export type UnsolvedReport = DocumentOf<typeof draft.shape>;

/**
 * A problem of today that is not solved today is reported in writing.
 * @rule V-035 — problem, reason, the customer was told, a definite finish time; to the sales director the same day
 */
function reportUnsolved(_paper: unknown, input: RowOf<typeof report>, { actor, now, calendar, no }: Given): Change<typeof draft.shape> {
	if (input.informed !== true) throw new RuleViolation('CONDITION_NOT_MET', `${input.call} 还没有告知客户`, '请先向客户说明并取得谅解，再报备', 'V-035');
	if (input.finishAt <= now) throw new RuleViolation('FIELD_INVALID', `完成时间 ${localTime(input.finishAt, calendar.zone)} 不在将来`, '请填写确定的解决时间', 'V-035');
	return {
		set: input,
		notices: [{ key: `unsolved:${no}`, to: { role: 'sales_director' }, subject: `当日未解决问题报备 ${input.call}`, rule: 'V-035', body: [['叫修编号', input.call], ['报备人', `${actor.name}（${actor.code}）`], ['未解决问题', input.problem], ['原因', input.reason], ['完成时间', localTime(input.finishAt, calendar.zone)], ['客户谅解', input.agreed === true ? '是' : '否']] }],
	};
}

export const unsolvedReport = draft.events({
	report: draft.event({ label: { en: 'Report an unsolved problem', zh: '报备未解决问题' }, from: ['new'], to: ['Reported'], by: ['technician', 'receptionist', 'service_director', 'group_leader'], input: report }).decidedBy(reportUnsolved),
});
