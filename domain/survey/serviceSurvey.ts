import { defineDocument, fire, type Change, type DocumentOf, type Notice } from '../document/document';
import { all, findAll, type Given } from '../document/facts';
import { choice, day, flag, instant, lines, optional, ref, text, type RowOf } from '../document/fields';
import { customer, person, unit } from '../master/records';
import { hasRole } from '../organisation';
import type { Member } from '../master/unitTree';
import { penaltyProposal } from '../service/penaltyProposal';
import { satisfactions } from '../service/visit';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { daysBetween, endOfDay } from '../shared/zonedTime';

export const surveyKinds = { sales: '售后服务工作调查', periodic: '客户满意度调查' } as const;

const answers = lines(
	{
		subject: text({ en: 'Subject', zh: '项目' }),
		level: choice({ en: 'Level', zh: '满意度' }, satisfactions),
		unit: optional(ref('unit', { en: 'Department', zh: '反馈部门' })),
		opinion: optional(text({ en: 'Opinion', zh: '意见' })),
	},
	{ en: 'Answers', zh: '各项评价' },
);

const draft = defineDocument({
	kind: 'service_survey',
	form: 'M-025',
	label: { en: 'Service survey', zh: '售后服务工作调查表' },
	number: (input) => `${String(input['round'])}-${String(input['customer'])}`,
	title: ['surveyKind', 'customer', 'period'],
	fields: {
		round: text({ en: 'Round', zh: '调查批号' }),
		surveyKind: choice({ en: 'Kind', zh: '类别' }, surveyKinds),
		period: text({ en: 'Period', zh: '期间' }),
		customer: ref('customer', { en: 'Customer no', zh: '客户编号' }),
		askedBy: optional(ref('person', { en: 'Asked by', zh: '调查人' })),
		closeDay: day({ en: 'Until', zh: '截止日期' }),
		closeAt: instant({ en: 'Closed from', zh: '截止' }, { internal: true }),
		answers: optional(answers),
		problem: optional(text({ en: 'Problem', zh: '反映问题' })),
		problemCode: optional(text({ en: 'Problem code', zh: '问题代码' })),
		isTrue: optional(flag({ en: 'Verified true', zh: '属实' })),
		finding: optional(text({ en: 'Finding', zh: '核实情况' })),
		answeredDay: optional(day({ en: 'Answered', zh: '收回日期' })),
	},
	states: { Due: '待调查', Answered: '已收回', ToVerify: '问题待核实', Verified: '已核实', NoAnswer: '未收回' },
	indexes: [['round'], ['customer'], ['state']],
});

export type ServiceSurvey = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

const answered = {
	answers,
	problem: optional(text({ en: 'Problem', zh: '反映问题' }, { long: true })),
	problemCode: optional(text({ en: 'Problem Code', zh: '问题代码' }, { compact: true, help: '同一问题填同一代码，用于判断重复' })),
};

/** @rule S-009 @rule S-010 — what a customer says, by subject; a problem is looked into */
function answer(_survey: ServiceSurvey, input: RowOf<typeof answered>, { today, actor, no }: Given): Change<Shape> {
	if (input.answers.length === 0) throw new RuleViolation('FIELD_MISSING', '没有填写评价', '请至少评价一项', 'S-009');
	const hasProblem = input.problem !== null && input.problem.trim() !== '';
	const notices: Notice[] = hasProblem ? [{ key: `service_survey.problem:${no}`, to: { role: 'service_director' }, subject: `客户反映问题待核实 ${no}`, rule: 'S-009', body: [['反映问题', input.problem ?? '']] }] : [];
	return { set: { ...input, answeredDay: today, askedBy: actor.code }, to: hasProblem ? 'ToVerify' : 'Answered', notices };
}

const verified = {
	isTrue: flag({ en: 'Verified True', zh: '属实' }),
	finding: text({ en: 'Finding', zh: '核实情况' }, { long: true }),
	responsible: optional(ref('person', { en: 'Responsible', zh: '责任人' }, { help: '没有直接责任人时空白，由售后服务组长承担' })),
	falseReport: optional(flag({ en: 'Not Done, or Falsely Reported', zh: '巡检备份未做好或虚报' })),
};

type Known = Given & { earlier: readonly ServiceSurvey[]; people: readonly Member[] };

/**
 * What proves true is paid for by who is responsible, or by the group leader; twice as much when it comes again or was reported falsely.
 * @rule K-071 — `penalty.service_base`, proposed only
 * @rule K-072 — nobody responsible: the group leader
 * @rule K-073 — the same customer and problem within `penalty.repeat_days`: times `penalty.repeat_factor`
 * @rule K-075 — neglected or falsely reported: the same factor; factors do not multiply
 * @throws RuleViolation NOT_FOUND
 */
function verify(survey: ServiceSurvey, input: RowOf<typeof verified>, facts: Known): Change<Shape> {
	const { isTrue, finding, responsible } = input;
	const set = { isTrue, finding };
	if (!isTrue) return { set };
	const code = responsible ?? facts.people.find(({ active, roles }) => active && hasRole(roles, 'group_leader'))?.no;
	if (code === undefined || !facts.people.some((each) => each.no === code && each.active)) throw new RuleViolation('NOT_FOUND', responsible === null ? '没有在职的售后服务组长' : `没有工号为“${responsible}”的在职人员`, '请填写责任人', 'K-072');
	return { set, then: [fire(penaltyProposal, 'propose', null, { person: code, paper: facts.no, ...proposed(survey, input, facts) })] };
}

/** How much, why, and by which rule. @rule K-073 @rule K-075 */
function proposed(survey: ServiceSurvey, { responsible, falseReport }: RowOf<typeof verified>, { settings, today, earlier }: Known): { amount: number; reason: string; basis: string } {
	const { 'penalty.service_base': base, 'penalty.repeat_factor': factor, 'penalty.repeat_days': days } = settings;
	const isSame = (each: ServiceSurvey) => each.no !== survey.no && each.isTrue === true && each.problemCode === survey.problemCode;
	const isWithin = ({ answeredDay }: ServiceSurvey) => answeredDay !== null && Math.abs(daysBetween(answeredDay, survey.answeredDay ?? today)) <= days;
	const repeated = survey.problemCode !== null && earlier.some((each) => isSame(each) && isWithin(each));
	const reason = `客户反映问题属实：${survey.problem ?? ''}`;
	const doubled = (why: string, basis: string) => ({ amount: base * factor, reason: `${reason}（${why}，${yuan(base)} 元的 ${factor} 倍）`, basis });
	if (falseReport === true) return doubled('巡检备份未做好或虚报', 'K-075');
	if (repeated) return doubled('同一问题再次反映', 'K-073');
	return { amount: base, reason, basis: responsible === null ? 'K-072' : 'K-071' };
}

const askers = ['sales', 'sales_director', 'customer_service', 'follow_up', 'service_dept'] as const;

export const serviceSurvey = draft.events(
	{
		open: draft
			.event({
				label: { en: 'Open', zh: '开立调查表' },
				from: ['new'],
				to: ['Due'],
				by: 'consequence',
				input: { round: text({ en: 'Round', zh: '调查批号' }), surveyKind: choice({ en: 'Kind', zh: '类别' }, surveyKinds), period: text({ en: 'Period', zh: '期间' }), customer: ref('customer', { en: 'Customer', zh: '客户编号' }), closeDay: day({ en: 'Until', zh: '截止日期' }) },
			})
			.decidedBy((_survey, input, { calendar }) => ({ set: { ...input, closeAt: endOfDay(input.closeDay, calendar.zone) } })),
		answer: draft.event({ label: { en: 'Enter the answers', zh: '登记调查结果' }, from: ['Due', 'NoAnswer'], to: ['Answered', 'ToVerify'], by: askers, input: answered }).decidedBy(answer),
		verify: draft
			.event({ label: { en: 'Verify the problem', zh: '核实反映问题' }, from: ['ToVerify'], to: ['Verified'], by: ['service_director', 'dept_manager', 'after_sales_manager'], input: verified, facts: (_input, stored) => ({ earlier: findAll(draft.shape, 'customer', stored.customer), people: all(person) }) })
			.decidedBy(verify),
		expire: draft.event({ label: { en: 'No answer', zh: '未收回' }, from: ['Due'], to: ['NoAnswer'], by: ['system'], input: {} }).decidedBy(() => ({})),
	},
	{ close: { label: { en: 'Until', zh: '截止' }, during: ['Due'], due: ({ closeAt }) => closeAt, fires: 'expire' } },
);

const roundDraft = defineDocument({
	kind: 'survey_round',
	form: 'M-118',
	label: { en: 'Round of a survey', zh: '客户调查批次' },
	number: { prefix: 'DP', period: 'year', digits: 3 },
	title: ['surveyKind', 'period'],
	fields: {
		surveyKind: choice({ en: 'Kind', zh: '类别' }, surveyKinds),
		period: text({ en: 'Period', zh: '期间' }),
		closeDay: day({ en: 'Until', zh: '截止日期' }),
		classes: optional(text({ en: 'Classes', zh: '客户等级' })),
		sent: text({ en: 'Customers', zh: '调查客户数' }),
		returned: optional(text({ en: 'Return rate', zh: '收回' })),
	},
	states: { Open: '进行中', Closed: '已汇总' },
	indexes: [['surveyKind', 'period']],
});

const drawn = {
	surveyKind: roundDraft.shape.fields.surveyKind,
	period: text({ en: 'Period', zh: '期间' }, { help: '例如 2026 年第一季度' }),
	closeDay: day({ en: 'Until', zh: '截止日期' }),
	classes: optional(text({ en: 'Classes', zh: '客户等级' }, { help: '只调查这些等级，用逗号分隔；空白为全部客户' })),
};

type Customer = { readonly no: string; readonly customerClass: string | null };

/** @rule S-009 @rule S-010 — the list of customers, each with a form of his own, once in a period */
function draw(_round: unknown, input: RowOf<typeof drawn>, { customers, rounds, today, no }: Given & { customers: readonly Customer[]; rounds: readonly Pick<DocumentOf<typeof roundDraft.shape>, 'no' | 'period' | 'classes'>[] }): Change<typeof roundDraft.shape> {
	if (input.closeDay < today) throw new RuleViolation('CONDITION_NOT_MET', `截止日期 ${input.closeDay} 已过`, '请填写今天或以后的日期', 'S-010');
	const same = rounds.find(({ period, classes }) => period === input.period && (classes ?? '') === (input.classes ?? ''));
	if (same !== undefined) throw new RuleViolation('ALREADY_EXISTS', `${surveyKinds[input.surveyKind]} ${input.period} 已发起（${same.no}）`, '同一期间只调查一次；补充调查请填写不同的期间或客户等级', 'S-010');
	const wanted = (input.classes ?? '').split(/[,，、;；\s]+/).filter((word) => word !== '');
	const asked = customers.filter(({ customerClass }) => wanted.length === 0 || wanted.includes(customerClass ?? ''));
	if (asked.length === 0) throw new RuleViolation('CONDITION_NOT_MET', wanted.length === 0 ? '还没有客户资料' : `没有等级为“${wanted.join('、')}”的客户`, '请先导入客户资料，或核对等级', 'S-010');
	return { set: { ...input, sent: String(asked.length) }, then: asked.map((each) => fire(serviceSurvey, 'open', null, { round: no, surveyKind: input.surveyKind, period: input.period, customer: each.no, closeDay: input.closeDay })) };
}

type Collected = Given & { papers: readonly ServiceSurvey[]; people: readonly Member[]; units: readonly { no: string; name: string }[] };

/** What comes later would reach no department. */
function checkComplete(closeDay: string, papers: readonly ServiceSurvey[], today: string): void {
	const open = papers.filter(({ state }) => state === 'Due');
	if (open.length > 0 && today <= closeDay) throw new RuleViolation('CONDITION_NOT_MET', `还有 ${open.length} 份没有收回，截止日期是 ${closeDay}`, '请在截止日期以后汇总，或先登记全部结果', 'S-010');
	const unverified = papers.filter(({ state }) => state === 'ToVerify');
	if (unverified.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `还有 ${unverified.length} 份反映的问题没有核实：${unverified.slice(0, 5).map(({ no }) => no).join('、')}`, '请先核实', 'S-009');
}

/** Each department gets what customers say about its subjects. @rule S-010 */
function close(round: DocumentOf<typeof roundDraft.shape>, _input: unknown, { papers, people, units, today }: Collected): Change<typeof roundDraft.shape> {
	checkComplete(round.closeDay, papers, today);
	const returned = papers.filter(({ answeredDay }) => answeredDay !== null);
	const said = returned.flatMap(({ customer: from, answers: given }) => (given ?? []).map((each) => ({ ...each, from })));
	const groups = [...Map.groupBy(said, (each) => each.unit ?? '')];
	return {
		set: { returned: `${returned.length} / ${papers.length}` },
		notices: groups.map(([code, each]): Notice => {
			const head = people.find((member) => member.active && member.unit === code && code !== '' && (hasRole(member.roles, 'dept_manager') || hasRole(member.roles, 'service_director')));
			const name = units.find(({ no }) => no === code)?.name ?? '未指明部门';
			return { key: `survey_round.close:${round.no}:${code}`, to: head === undefined ? { role: 'after_sales_manager' } : { person: head.no }, subject: `${surveyKinds[round.surveyKind]} ${round.period}：${name}`, rule: 'S-010', body: [['收回', `${returned.length} / ${papers.length}`], ...subjects(each)] };
		}),
	};
}

/** Counts by level and the opinions, a line each. */
function subjects(said: readonly { readonly subject: string; readonly level: keyof typeof satisfactions; readonly opinion: string | null; readonly from: string }[]): [string, string][] {
	return [...Map.groupBy(said, ({ subject }) => subject)].map(([subject, each]) => [
		subject,
		[...Object.entries(satisfactions).flatMap(([level, label]) => { const count = each.filter((one) => one.level === level).length; return count === 0 ? [] : [`${label} ${count}`]; }), ...each.flatMap(({ opinion, from }) => (opinion === null ? [] : [`${from}：${opinion}`]))].join('；'),
	]);
}

const drawers = ['sales_director', 'sales', 'service_dept', 'after_sales_manager', 'service_director'] as const;

export const surveyRound = roundDraft.events({
	draw: roundDraft.event({ label: { en: 'Draw up', zh: '发起调查' }, from: ['new'], to: ['Open'], by: drawers, input: drawn, facts: ({ surveyKind }) => ({ customers: all(customer), rounds: findAll(roundDraft.shape, 'surveyKind', surveyKind) }) }).decidedBy(draw),
	close: roundDraft
		.event({ label: { en: 'Sum up', zh: '汇总并反馈各部门' }, from: ['Open'], to: ['Closed'], by: drawers, input: {}, facts: (_input, stored) => ({ papers: findAll(draft.shape, 'round', stored.no), people: all(person), units: all(unit) }) })
		.decidedBy(close),
});
