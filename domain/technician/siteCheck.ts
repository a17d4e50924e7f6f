import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, day, flag, instant, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { endOfDay } from '../shared/zonedTime';

const checked = {
	place: text({ en: 'Place', zh: '地点' }),
	checkKind: choice({ en: 'Kind', zh: '类别' }, { spot: '抽查', patrol: '巡视', fiveS: '现场 5S', files: '客户档案' }),
	finding: optional(text({ en: 'Finding', zh: '发现的问题' }, { long: true, help: '没有问题可不填' })),
	responsible: optional(ref('person', { en: 'Responsible', zh: '整改责任人' })),
	correctionDay: optional(day({ en: 'Correction Due', zh: '整改期限' })),
};

const draft = defineDocument({
	kind: 'site_check',
	form: 'M-098',
	label: { en: 'Department head\'s check', zh: '抽查巡视记录' },
	number: { prefix: 'CC', period: 'month', digits: 4 },
	title: ['place', 'finding'],
	fields: {
		...checked,
		day: day({ en: 'Day', zh: '日期' }),
		checkedBy: ref('person', { en: 'Checked by', zh: '检查人' }),
		dueAt: optional(instant({ en: 'Correction due', zh: '整改截止' })),
		late: flag({ en: 'Late', zh: '逾期' }),
		correction: optional(text({ en: 'Correction', zh: '整改情况' })),
		closedDay: optional(day({ en: 'Closed', zh: '完成日期' })),
	},
	states: { Open: '待整改', Closed: '已完成' },
	indexes: [['state']],
});

type CheckShape = typeof draft.shape;
type SiteCheck = DocumentOf<CheckShape>;

/** @rule T-032 — a problem has who corrects it by when; a check without one is done with the record @throws RuleViolation FIELD_MISSING */
function record(_check: unknown, input: RowOf<typeof checked>, { actor, today, calendar, no }: Given): Change<CheckShape> {
	const base = { ...input, day: today, checkedBy: actor.code, late: false };
	if (input.finding === null) return { set: { ...base, closedDay: today }, to: 'Closed' };
	if (input.responsible === null || input.correctionDay === null) throw new RuleViolation('FIELD_MISSING', '发现问题但没有整改责任人或整改期限', '请填写“整改责任人”和“整改期限”', 'T-032');
	return {
		set: { ...base, dueAt: endOfDay(input.correctionDay, calendar.zone) },
		to: 'Open',
		notices: [{ key: `site_check.record:${no}`, to: { person: input.responsible }, subject: `整改通知 ${no} ${input.place}`, rule: 'T-032', body: [['地点', input.place], ['问题', input.finding], ['整改期限', input.correctionDay]] }],
	};
}

/** @rule T-032 — an overdue correction is pressed once, with the checker */
const overdue = (check: SiteCheck): Change<CheckShape> => ({
	set: { late: true },
	notices: [check.responsible, check.checkedBy].flatMap((code) => (code === null ? [] : [{ key: `site_check.late:${check.no}:${code}`, to: { person: code }, subject: `整改逾期 ${check.no} ${check.place}`, rule: 'T-032', body: [['问题', check.finding ?? ''], ['整改期限', check.correctionDay ?? '']] as const }])),
});

export const siteCheck = draft.events(
	{
		record: draft.event({ label: { en: 'Record a check', zh: '登记抽查巡视' }, from: ['new'], to: ['Open', 'Closed'], by: ['dept_manager', 'service_director', 'after_sales_manager'], input: checked }).decidedBy(record),
		close: draft
			.event({ label: { en: 'Correction done', zh: '确认整改' }, from: ['Open'], to: ['Closed'], by: ['dept_manager', 'service_director', 'after_sales_manager'], input: { correction: text({ en: 'Correction', zh: '整改情况' }, { long: true }) } })
			.decidedBy((_check, { correction }, { today }) => ({ set: { correction, closedDay: today } })),
		overdue: draft.event({ label: { en: 'Correction overdue', zh: '整改逾期' }, from: ['Open'], to: ['Open'], by: ['system'], input: {} }).decidedBy(overdue),
	},
	{ correction: { label: { en: 'Correction due', zh: '整改期限' }, during: ['Open'], due: ({ dueAt, late }) => (late ? null : dueAt), fires: 'overdue' } },
);
