import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, instant, lines, optional, ref, text, type Day } from '../document/fields';
import { person, unit } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths, startOfDay } from '../shared/zonedTime';

const draft = defineDocument({
	kind: 'site_patrol',
	form: 'M-098',
	label: { en: 'Site patrol', zh: '服务点巡视' },
	// One plan a site, as long as the site exists.
	number: ({ site }) => `XS-${String(site)}`,
	title: ['site', 'dueDay'],
	fields: {
		site: ref('unit', { en: 'Site', zh: '服务点' }),
		technician: ref('person', { en: 'Person', zh: '负责人' }),
		dueDay: day({ en: 'Next patrol', zh: '下次巡视' }),
		dueAt: instant({ en: 'Told from', zh: '提醒时间' }),
		remindedFor: optional(day({ en: 'Reminded for', zh: '已提醒' })),
		history: lines({ day: day({ en: 'Day', zh: '巡视日期' }), dueDay: day({ en: 'Was due', zh: '应巡视' }), by: ref('person', { en: 'By', zh: '巡视人' }), finding: text({ en: 'Finding', zh: '巡视情况' }) }, { en: 'Patrols', zh: '巡视记录' }),
	},
	states: { Assigned: '按期巡视', Ended: '已停止' },
	indexes: [['technician', 'state']],
});

type PatrolShape = typeof draft.shape;
type SitePatrol = DocumentOf<PatrolShape>;

/** Puts a site into a person's care, or hands it to another. @rule T-033 */
function schedule(plan: SitePatrol, input: { site: string; technician: string; dueDay: Day }, { place, worker, calendar }: Given & { place: unknown; worker: { active: boolean } | null }): Change<PatrolShape> {
	if (place === null) throw new RuleViolation('NOT_FOUND', `没有部门编码“${input.site}”`, '请先在部门资料中登记服务点', 'T-033');
	if (worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.technician}”的在职人员`, '请核对工号', 'T-033');
	return { set: { ...input, dueAt: startOfDay(input.dueDay, calendar.zone), remindedFor: null, history: plan.history ?? [] } };
}

/** The next patrol is `site.patrol_months` after this one. @rule T-033 */
function patrol(plan: SitePatrol, { day: on, finding }: { day: Day; finding: string }, { actor, today, settings, calendar }: Given): Change<PatrolShape> {
	if (plan.technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${plan.site} 由 ${plan.technician} 负责，不是 ${actor.code}`, '请由负责人登记，或先改派', 'T-033');
	if (on > today) throw new RuleViolation('CONDITION_NOT_MET', `巡视日期 ${on} 在将来`, '请核对日期', 'T-033');
	const dueDay = addMonths(on, settings['site.patrol_months']);
	return { set: { dueDay, dueAt: startOfDay(dueDay, calendar.zone), history: [...plan.history, { day: on, dueDay: plan.dueDay, by: actor.code, finding }] } };
}

/** @rule T-033 — a due patrol is told to the person once */
const remind = (plan: SitePatrol): Change<PatrolShape> => ({
	set: { remindedFor: plan.dueDay },
	notices: [{ key: `site_patrol.due:${plan.no}:${plan.dueDay}`, to: { person: plan.technician }, subject: `应巡视 ${plan.site} ${plan.dueDay}`, rule: 'T-033', body: [['服务点', plan.site], ['应巡视日期', plan.dueDay]] }],
});

const leaders = ['dept_manager', 'service_director'] as const;

export const sitePatrol = draft.events(
	{
		schedule: draft
			.event({
				label: { en: 'Schedule', zh: '安排巡视' },
				from: ['new', 'Assigned', 'Ended'],
				to: ['Assigned'],
				by: leaders,
				input: { site: ref('unit', { en: 'Site', zh: '服务点' }), technician: ref('person', { en: 'Person', zh: '负责人' }), dueDay: day({ en: 'Next Patrol', zh: '下次巡视' }) },
				facts: (input) => ({ place: find(unit, 'no', input.site), worker: find(person, 'no', input.technician) }),
			})
			.decidedBy(schedule),
		patrol: draft
			.event({ label: { en: 'Report a patrol', zh: '登记巡视' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: { day: day({ en: 'Day', zh: '巡视日期' }), finding: text({ en: 'Finding', zh: '巡视情况' }, { long: true }) } })
			.decidedBy(patrol),
		remind: draft.event({ label: { en: 'Due', zh: '到期提醒' }, from: ['Assigned'], to: ['Assigned'], by: ['system'], input: {} }).decidedBy(remind),
		end: draft.event({ label: { en: 'End', zh: '停止巡视' }, from: ['Assigned'], to: ['Ended'], by: leaders, input: {} }).decidedBy(() => ({})),
	},
	{ due: { label: { en: 'Patrol due', zh: '应巡视' }, during: ['Assigned'], due: ({ dueAt, dueDay, remindedFor }) => (remindedFor === dueDay ? null : dueAt), fires: 'remind' } },
);
