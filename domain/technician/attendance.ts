import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, optional, ref, text, type RowOf } from '../document/fields';
import { person } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { requireOption } from './option';

const reported = {
	person: ref('person', { en: 'Person', zh: '人员' }),
	day: day({ en: 'Day', zh: '日期' }),
	exceptionKind: choice({ en: 'Kind', zh: '类型' }, { late: '迟到', early: '早退', absent: '缺勤', noPunch: '漏打卡', field: '外勤' }),
	reason: text({ en: 'Reason', zh: '原因' }),
};

const draft = defineDocument({
	kind: 'attendance_exception',
	form: 'M-154',
	label: { en: 'Attendance exception', zh: '考勤异常' },
	number: { prefix: 'KQ', period: 'month', digits: 4 },
	title: ['person', 'day'],
	fields: { ...reported, decidedBy: optional(ref('person', { en: 'Decided by', zh: '处理人' })), remark: optional(text({ en: 'Remark', zh: '处理意见' })) },
	states: { Reported: '待处理', Approved: '已同意', Refused: '不同意' },
	indexes: [['person'], ['day']],
});

type ExceptionShape = typeof draft.shape;

/** @rule T-092 */
function report(_paper: unknown, input: RowOf<typeof reported>, { settings, today, who }: Given & { who: { active: boolean } | null }): Change<ExceptionShape> {
	requireOption(settings, 'staff.attendance', 'T-092');
	if (who?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.person}”的在职人员`, '请核对工号', 'T-092');
	if (input.day > today) throw new RuleViolation('CONDITION_NOT_MET', `${input.day} 还没有到`, '请核对日期', 'T-092');
	return { set: input };
}

/** @rule T-092 — by the supervisor @rule O-007 — not one's own */
function decide(paper: DocumentOf<ExceptionShape>, { remark }: { remark: string | null }, { actor }: Given): Change<ExceptionShape> {
	if (actor.code === paper.person || actor.code === paper.createdBy) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 本人提出`, '请由其上级处理', 'O-007');
	return { set: { decidedBy: actor.code, remark } };
}

const decision = { remark: optional(text({ en: 'Remark', zh: '处理意见' })) };
const supervisors = ['dept_manager', 'service_director'] as const;

export const attendance = draft.events({
	report: draft
		.event({ label: { en: 'Report', zh: '登记考勤异常' }, from: ['new'], to: ['Reported'], by: ['hr', 'receptionist', 'technician'], input: reported, facts: (input) => ({ who: find(person, 'no', input.person) }) })
		.decidedBy(report),
	approve: draft.event({ label: { en: 'Approve', zh: '同意' }, from: ['Reported'], to: ['Approved'], by: supervisors, input: decision }).decidedBy(decide),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不同意' }, from: ['Reported'], to: ['Refused'], by: supervisors, input: decision }).decidedBy(decide),
});
