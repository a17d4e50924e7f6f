import type { Change, Notice, Numbering, RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant, RowOf } from '../document/fields';
import type { customer } from '../master/records';
import { roles, type Role } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { unknownNote } from '../shared/workCalendar';
import { dayOf, daysBetween, localLimit, localTime } from '../shared/zonedTime';
import { classifyComplaint, type ComplaintClass } from './classifyComplaint';
import type { Complaint, ComplaintShape, families, markets, registration, verdicts } from './complaint';
import { stageDays, stageDue, totalDue } from './complaintPlan';

type Family = keyof typeof families;

type Input = RowOf<typeof registration>;

/** Who brings in which family; forms on the web act as `system`. @rule O-030 */
export const registrars: Readonly<Record<Family, readonly Role[]>> = {
	service: ['receptionist', 'customer_service', 'operator', 'follow_up', 'service_dept', 'service_director', 'dept_manager', 'after_sales_manager', 'system'],
	quality: ['gm_office', 'sales', 'qa', 'production', 'general_manager', 'system'],
};

type Known = Given & { known: RowOfRecord<typeof customer> | null; earlier: readonly Complaint[] };

/** `202505-003` for quality complaints, a range of its own for service ones. @rule K-012 */
export const complaintNumber = (input: Record<string, unknown>): Numbering => ({
	prefix: input['family'] === 'quality' ? '' : 'TS',
	period: 'month',
	digits: 3,
});

/**
 * Registers a complaint, weighs it and gives it to its holder with a limit.
 * @rule K-001 — by call, letter or in person
 * @rule K-003 — major ones go to the approver, ordinary ones to the service department
 * @rule K-020 — a quality complaint starts with the GM office
 */
export function registerComplaint(_complaint: unknown, input: Input, facts: Known): Change<ComplaintShape> {
	const allowed = registrars[input.family];
	if (!allowed.some((role) => facts.actor.roles.includes(role)))
		throw new RuleViolation('NOT_ALLOWED', `${facts.actor.name}（${facts.actor.code}）不能登记${input.family === 'quality' ? '质量' : '服务'}投诉`, `请由${allowed.filter((role) => role !== 'system').map((role) => roles[role]).join('、')}登记`, 'O-030');
	const { injury, publicThreat, declaredMajor, ...paper } = input;
	const last = facts.earlier.reduce<Complaint | null>((newest, each) => (newest === null || each.acceptedAt > newest.acceptedAt ? each : newest), null);
	const weight = classifyComplaint(
		{
			injury: injury ?? false,
			publicThreat: publicThreat ?? false,
			declaredMajor: declaredMajor ?? false,
			loss: input.loss ?? 0,
			daysSinceLast: last === null ? null : daysBetween(dayOf(last.acceptedAt, facts.calendar.zone), facts.today),
		},
		facts.settings,
	);
	const market = input.market ?? 'domestic';
	const task = firstTask(input.family, weight.class, market, facts);
	return {
		set: {
			...paper,
			channel: input.channel ?? 'web',
			market,
			loss: input.loss ?? 0,
			class: weight.class,
			classReason: weight.reason,
			customer: facts.known?.no ?? null,
			acceptedAt: facts.now,
			holderRole: task.holder,
			dueAt: task.dueAt,
			dueNote: task.note,
			totalDueAt: input.family === 'quality' ? totalDue(facts.now, market, facts.settings, facts.calendar.zone) : null,
			late: false,
		},
		to: task.state,
		notices: [taskMail(input, weight, task, facts)],
	};
}

type Task = { holder: Role; state: 'Major' | 'Ordinary' | 'S2'; dueAt: Instant; limit: string; /** Holidays on the way that are not published. */ note: string | null };

function firstTask(family: Family, weight: ComplaintClass, market: keyof typeof markets, { settings, calendar, now }: Given): Task {
	if (family === 'quality') {
		const days = stageDays('S2', market, settings);
		return { holder: 'gm_office', state: 'S2', dueAt: stageDue('S2', now, market, settings), limit: `${days} 天（${days * 24} 小时）`, note: null };
	}
	const hours = settings[weight === 'major' ? 'complaint.major_hours' : 'complaint.ordinary_hours'];
	const { due, unknownYears } = calendar.dueAfter(now, hours * 60);
	const note = unknownNote(unknownYears);
	return weight === 'major'
		? { holder: settings['complaint.major_approver'], state: 'Major', dueAt: due, limit: `${hours} 个工作小时`, note }
		: { holder: 'service_director', state: 'Ordinary', dueAt: due, limit: `${hours} 个工作小时`, note };
}

function taskMail(input: Input, weight: { class: ComplaintClass; reason: string }, task: Task, { no, calendar, now }: Given): Notice {
	return {
		key: `complaint.register:${no}`,
		to: { role: task.holder },
		subject: `${weight.class === 'major' ? '【重大】' : ''}客户投诉 ${no} ${input.customerName}`,
		rule: input.family === 'quality' ? 'K-020' : 'K-003',
		body: [
			['投诉编号', no],
			['客户', `${input.customerName} ${input.phone}`],
			['投诉内容', input.content],
			['客户要求', input.demand ?? '—'],
			['情节', `${weight.class === 'major' ? '情节重大' : '一般性质'}（${weight.reason}）`],
			['承办', roles[task.holder]],
			['受理时间', localTime(now, calendar.zone)],
			['承办期限', `${localLimit(task.dueAt, calendar.zone)}（受理后 ${task.limit}）`],
			...(task.note === null ? [] : [['注意', task.note] as const]),
		],
	};
}

/**
 * Closes a case with its result; only its holder may.
 * @rule K-003 — a major case is answered by letter
 * @rule O-007 — never by the person complained about
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function resolve(complaint: Complaint, input: { verdict: keyof typeof verdicts; result: string; informedBy: 'letter' | 'phone' }, { now, actor }: Given): Change<ComplaintShape> {
	if (!actor.roles.includes(complaint.holderRole as Role))
		throw new RuleViolation('NOT_ALLOWED', `${complaint.no} 由${roles[complaint.holderRole as Role]}承办，${actor.name}（${actor.code}）不能结案`, '请由承办人结案');
	if ([actor.code, actor.name].some((word) => complaint.personConcerned?.includes(word) === true))
		throw new RuleViolation('NOT_ALLOWED', `${complaint.no} 投诉的是 ${actor.name}（${actor.code}）本人，不能自行结案`, '请由其他负责人处理', 'O-007');
	if (complaint.class === 'major' && input.informedBy !== 'letter')
		throw new RuleViolation('CONDITION_NOT_MET', `${complaint.no} 情节重大，必须函告客户`, '请发函告知客户后再以“函告”结案', 'K-003');
	return { set: { ...input, closedAt: now, late: complaint.late || now > complaint.dueAt } };
}

/** Flags the case and presses the holder. @rule K-032 — one reminder per overdue stage */
export function missLimit(complaint: Complaint, _input: unknown, { calendar }: Given): Change<ComplaintShape> {
	return {
		set: { late: true },
		to: complaint.state === 'Closed' ? 'Ordinary' : complaint.state,
		notices: [
			{
				key: `complaint.missLimit:${complaint.no}`,
				to: { role: complaint.holderRole as Role },
				subject: `催办 ${complaint.no} ${complaint.customerName}`,
				rule: 'K-032',
				body: [['投诉编号', complaint.no], ['承办期限', localLimit(complaint.dueAt, calendar.zone)], '已超过期限，请立即处理。'],
			},
		],
	};
}
