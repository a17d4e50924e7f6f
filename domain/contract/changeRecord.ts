import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { choice, day, instant, optional, ref, text, type RowOf } from '../document/fields';
import { contract, customer, project } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { localTime } from '../shared/zonedTime';
import { systemsInMaintenance, type Contract, type Project } from './phase';

const planned = {
	project: ref('project', { en: 'System', zh: '系统' }),
	plan: text({ en: 'Plan', zh: '修改安排' }, { long: true }),
	effect: text({ en: 'Possible Effect', zh: '可能的影响' }, { long: true }),
	scope: text({ en: 'Scope', zh: '影响范围' }),
	effectiveAt: instant({ en: 'Takes Effect', zh: '生效时间' }),
};

const draft = defineDocument({
	kind: 'change_record',
	form: 'M-023',
	label: { en: 'Change record', zh: '修改记录' },
	number: { prefix: 'XG', period: 'month', digits: 3 },
	title: ['project', 'scope'],
	fields: {
		...planned,
		author: ref('person', { en: 'Changed by', zh: '修改人' }),
		toldAt: optional(instant({ en: 'Customer told at', zh: '通知客户时间' })),
		toldTo: optional(text({ en: 'Customer told', zh: '通知对象' })),
		toldBy: optional(choice({ en: 'By', zh: '通知方式' }, { mail: '邮件', phone: '电话', letter: '书面' })),
		supervisor: optional(ref('person', { en: 'Supervised by', zh: '监督人' })),
		startedAt: optional(instant({ en: 'Started', zh: '开始时间' })),
		doneDay: optional(day({ en: 'Done on', zh: '日期' })),
		edition: optional(text({ en: 'Version', zh: '版本' })),
		sourceRef: optional(text({ en: 'Changed source', zh: '修改部分源代码' })),
		scriptRef: optional(text({ en: 'Database scripts', zh: '数据库脚本' })),
		reason: optional(text({ en: 'Reason', zh: '取消原因' })),
	},
	states: { Planned: '已计划', Told: '已通知客户', Started: '修改中', Done: '已完成', Cancelled: '已取消' },
	indexes: [['project'], ['state']],
});

export type ChangeRecord = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** @rule C-032 — plan, possible effect, scope and time, before anything is changed */
function plan(_paper: unknown, input: RowOf<typeof planned>, { site, actor }: Given & { site: Project | null }): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `没有工程编号“${input.project}”`, '请核对系统', 'C-031');
	return { set: { ...input, author: actor.code } };
}

type Client = { readonly name: string; readonly mail: string | null };
type Telling = { readonly toldTo: string; readonly toldBy: 'mail' | 'phone' | 'letter' };

/** @rule C-032 — the customer is told; by mail where he has an address and it is asked for */
function tell(paper: ChangeRecord, input: Telling, { site, client, now, calendar }: Given & { site: Project | null; client: Client | null }): Change<Shape> {
	if (input.toldBy === 'mail' && client?.mail == null) throw new RuleViolation('CONDITION_NOT_MET', `客户 ${client?.name ?? ''} 没有登记邮箱`, '请用电话或书面通知，或先登记邮箱', 'C-032');
	const body = [['系统', site?.name ?? paper.project], ['安排', paper.plan], ['可能的影响', paper.effect], ['范围', paper.scope], ['时间', localTime(paper.effectiveAt, calendar.zone)]] as const;
	return { set: { ...input, toldAt: now }, notices: input.toldBy === 'mail' ? [{ key: `change_record.tell:${paper.no}:${now}`, to: { mail: client?.mail ?? '' }, subject: `系统修改通知 ${site?.name ?? paper.project}`, rule: 'C-032', body }] : [] };
}

/**
 * @rule C-032 — a system in maintenance is not touched before its customer is told
 * @rule C-031 — the after-sales group supervises: somebody of it other than who makes the change
 */
function start(paper: ChangeRecord, _input: unknown, { site, contracts, actor, now, today }: Given & { site: Project | null; contracts: readonly Contract[] }): Change<Shape> {
	const isKept = site !== null && systemsInMaintenance([site], contracts, today, today).length > 0;
	if (paper.toldAt === null && isKept) throw new RuleViolation('CONDITION_NOT_MET', `${paper.project} 在维护期内，还没有通知客户`, '请先通知客户修改安排、影响、范围和时间', 'C-032');
	if (paper.author === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 修改，不能自己监督`, '请由售后服务组另一人监督', 'C-031');
	return { set: { supervisor: actor.code, startedAt: now } };
}

const finished = {
	edition: text({ en: 'Version', zh: '版本' }),
	sourceRef: text({ en: 'Changed Source', zh: '修改部分源代码（存放编号，没有填“无”）' }),
	scriptRef: text({ en: 'Database Scripts', zh: '数据库脚本（存放编号，没有填“无”）' }),
};
const makers = ['technician', 'as_engineer', 'group_leader'] as const;

export const changeRecord = draft.events({
	plan: draft.event({ label: { en: 'Plan', zh: '计划修改' }, from: ['new'], to: ['Planned'], by: makers, input: planned, facts: (input) => ({ site: find(project, 'no', input.project) }) }).decidedBy(plan),
	tell: draft
		.event({
			label: { en: 'Tell the customer', zh: '通知客户' },
			from: ['Planned'],
			to: ['Told'],
			by: [...makers, 'customer_service'],
			input: { toldTo: text({ en: 'Told', zh: '通知对象' }), toldBy: choice({ en: 'By', zh: '通知方式' }, { mail: '邮件', phone: '电话', letter: '书面' }) },
			facts: (_input, paper) => ({ site: find(project, 'no', paper.project) }),
			moreFacts: (_input, { site }) => ({ client: find(customer, 'no', site?.customer ?? null) }),
		})
		.decidedBy(tell),
	start: draft
		.event({ label: { en: 'Start', zh: '开始修改（监督人）' }, from: ['Planned', 'Told'], to: ['Started'], by: ['as_engineer', 'group_leader'], input: {}, facts: (_input, paper) => ({ site: find(project, 'no', paper.project), contracts: findAll(contract, 'project', paper.project) }) })
		.decidedBy(start),
	/** @rule C-031 — version, source and scripts fix what runs */
	finish: draft.event({ label: { en: 'Finish', zh: '完成修改' }, from: ['Started'], to: ['Done'], by: makers, input: finished }).decidedBy((_paper, input, { today }) => ({ set: { ...input, doneDay: today } })),
	cancel: draft.event({ label: { en: 'Cancel', zh: '取消修改' }, from: ['Planned', 'Told', 'Started'], to: ['Cancelled'], by: ['as_engineer', 'group_leader'], input: { reason: text({ en: 'Reason', zh: '取消原因' }) } }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
});
