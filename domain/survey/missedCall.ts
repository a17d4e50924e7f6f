import { defineDocument, fire, type Change, type DocumentOf, type Notice, type RowOfRecord } from '../document/document';
import { findAll, findOf, type Given } from '../document/facts';
import { flag, instant, optional, ref, text, type Instant } from '../document/fields';
import { hotlineShift } from '../master/records';
import { penaltyProposal } from '../service/penaltyProposal';
import { RuleViolation } from '../shared/ruleViolation';
import { atTime, localTime } from '../shared/zonedTime';

const missed = {
	hotline: text({ en: 'Line', zh: '线路' }, { compact: true, help: '服务电话号码' }),
	missedAt: instant({ en: 'At', zh: '未接时间' }),
	caller: optional(text({ en: 'Caller', zh: '来电号码' }, { compact: true })),
};

const draft = defineDocument({
	kind: 'missed_call',
	form: 'S-030',
	label: { en: 'Missed hotline call', zh: '热线未接来电' },
	number: { prefix: 'WJ', period: 'month', digits: 4 },
	title: ['hotline', 'caller', 'responsible'],
	fields: { ...missed, inHours: flag({ en: 'Within service hours', zh: '在服务时间内' }), responsible: optional(ref('person', { en: 'On duty', zh: '值班人' })), calledBack: optional(text({ en: 'Called back', zh: '回电情况' })), voidReason: optional(text({ en: 'Why void', zh: '作废原因' })) },
	states: { Missed: '待回电', CalledBack: '已回电', Void: '已作废' },
	indexes: [['missedAt'], ['responsible']],
});

export type MissedCall = DocumentOf<typeof draft.shape>;
type OnDuty = RowOfRecord<typeof hotlineShift>;
type Known = { readonly roster: readonly Pick<OnDuty, 'person' | 'fromAt' | 'toAt'>[]; /** At the same moment. */ readonly entered: readonly MissedCall[] };

/**
 * Inside the service hours the person on the roster answers for it; in a gap of the roster nobody does and the leader hears of the gap.
 * @rule S-030 — `hotline.miss_fine` is proposed for each
 * @rule S-031 — one responsible person, or none
 * @rule K-083 — the fine follows the service phone's own rule
 */
function miss(_call: unknown, input: { hotline: string; missedAt: string; caller: string | null }, { roster, entered, settings, calendar, now, no }: Given & Known): Change<typeof draft.shape> {
	if (input.missedAt > now) throw new RuleViolation('CONDITION_NOT_MET', '未接时间在将来', '请核对时间', 'S-030');
	const same = input.caller === null ? undefined : entered.find(({ hotline, caller, state }) => state !== 'Void' && hotline === input.hotline && caller === input.caller);
	if (same !== undefined) throw new RuleViolation('ALREADY_EXISTS', `这个未接来电已登记为 ${same.no}`, '同一来电只登记一次', 'S-030');
	const day = calendar.dayOf(input.missedAt);
	const closing = atTime(day, settings['hotline.close'], calendar.zone);
	const onDuty = roster.find(({ fromAt, toAt }) => fromAt <= input.missedAt && (input.missedAt < toAt || (toAt === input.missedAt && toAt === closing)));
	const inHours = input.missedAt >= atTime(day, settings['hotline.open'], calendar.zone) && input.missedAt <= closing;
	const set = { ...input, inHours, responsible: onDuty?.person ?? null };
	const when = localTime(input.missedAt, calendar.zone);
	const callBack: Notice = { key: `missed_call.back:${no}`, to: { role: 'operator' }, subject: `请回电 ${input.caller ?? input.hotline} ${when}`, rule: 'S-030', body: [['线路', input.hotline], ['来电号码', input.caller ?? '没有显示'], ['未接时间', when]] };
	if (!inHours) return { set, notices: [callBack] };
	if (onDuty === undefined) return { set, notices: [callBack, { key: `missed_call.gap:${no}`, to: { role: 'group_leader' }, subject: `服务电话无人值班时未接 ${input.hotline} ${when}`, rule: 'S-031', body: [['线路', input.hotline], ['未接时间', when], '值班表在这个时间没有安排人员，请补排。'] }] };
	return { set, notices: [callBack], then: [fire(penaltyProposal, 'propose', null, { person: onDuty.person, amount: settings['hotline.miss_fine'], reason: `服务电话 ${input.hotline} ${when} 未接`, basis: 'S-030', paper: no })] };
}

/** Shifts that end at this moment are looked at too. */
const justBefore = (at: Instant): Instant => new Date(Date.parse(at) - 1).toISOString();

const staff = ['operator', 'group_leader', 'customer_service'] as const;

export const missedCall = draft.events({
	miss: draft
		.event({
			label: { en: 'Record a missed call', zh: '登记未接来电' },
			from: ['new'],
			to: ['Missed'],
			by: [...staff, 'system'],
			input: missed,
			facts: ({ hotline, missedAt }) => ({ roster: findOf(hotlineShift, 'hotline', hotline, { column: 'toAt', is: '>', value: justBefore(missedAt) }, ['person', 'fromAt', 'toAt']), entered: findAll(draft.shape, 'missedAt', missedAt) }),
		})
		.decidedBy(miss),
	/** Entered by mistake: it counts no more; a fine that was proposed is declined by who decides on it. */
	void: draft.event({ label: { en: 'Void', zh: '作废' }, from: ['Missed', 'CalledBack'], to: ['Void'], by: ['group_leader'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) } }).decidedBy((_call, { reason }) => ({ set: { voidReason: reason } })),
	callBack: draft.event({ label: { en: 'Called back', zh: '登记回电' }, from: ['Missed'], to: ['CalledBack'], by: staff, input: { calledBack: text({ en: 'Called Back', zh: '回电情况' }, { long: true }) } }).decidedBy((_call, { calledBack }) => ({ set: { calledBack } })),
});
