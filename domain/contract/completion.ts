import { defineDocument, save, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, lines, optional, ref, text, type RowOf } from '../document/fields';
import { contract, customer, person, project } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';

const received = {
	project: ref('project', { en: 'Project', zh: '项目' }),
	acceptedDay: day({ en: 'Accepted', zh: '验收日期' }),
	checklist: lines({ received: choice({ en: 'Received', zh: '收到' }, { yes: '有', no: '缺' }), name: text({ en: 'Document', zh: '资料' }) }, { en: 'Checklist', zh: '清单' }),
	waived: optional(text({ en: 'Missing Ones Waived Because', zh: '缺少资料仍予接收的原因' })),
	freeEndDay: optional(day({ en: 'Free Maintenance Ends', zh: '免费维护期满日' })),
};

const completionDraft = defineDocument({
	kind: 'completion_documents',
	form: 'M-087',
	label: { en: 'Completion documents', zh: '竣工文档、资料' },
	// One a project.
	number: ({ project: no }) => `JG-${String(no)}`,
	title: ['project', 'acceptedDay'],
	fields: { ...received, checkedBy: ref('person', { en: 'Checked by', zh: '核对人签字' }) },
	states: { Incomplete: '资料不全', Complete: '资料齐全' },
	indexes: [['state']],
});

/** @rule C-003 — received and checked; whole, or waived with a reason, before the free maintenance begins */
function check(_paper: unknown, input: RowOf<typeof received>, { site, actor, today }: Given & { site: unknown }): Change<typeof completionDraft.shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `没有工程编号“${input.project}”`, '请先在工程资料中登记', 'C-003');
	if (input.checklist.length === 0) throw new RuleViolation('FIELD_MISSING', '清单是空的', '请每行填写：有/缺 资料名称', 'C-003');
	if (input.acceptedDay > today) throw new RuleViolation('CONDITION_NOT_MET', `验收日期 ${input.acceptedDay} 在将来`, '请核对日期', 'C-003');
	if (input.freeEndDay !== null && input.freeEndDay < input.acceptedDay) throw new RuleViolation('FIELD_INVALID', `免费维护期满日 ${input.freeEndDay} 早于验收日期 ${input.acceptedDay}`, '请核对日期', 'C-003');
	const isWhole = input.checklist.every((line) => line.received === 'yes') || input.waived !== null;
	return { set: { ...input, checkedBy: actor.code }, to: isWhole ? 'Complete' : 'Incomplete', then: [save(project, input.project, { acceptedDay: input.acceptedDay, ...(input.freeEndDay === null ? {} : { freeEndDay: input.freeEndDay }) })] };
}

export const completionDocuments = completionDraft.events({
	check: completionDraft
		.event({ label: { en: 'Check', zh: '核对竣工资料' }, from: ['new', 'Incomplete'], to: ['Incomplete', 'Complete'], by: ['service_director', 'group_leader', 'after_sales', 'customer_service'], input: received, facts: (input) => ({ site: find(project, 'no', input.project) }) })
		.decidedBy(check),
});

const held = {
	customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
	contract: optional(ref('contract', { en: 'Contract', zh: '合同号' })),
	day: day({ en: 'Day', zh: '日期' }),
	stage: choice({ en: 'Stage', zh: '使用阶段' }, { start: '投入使用', running: '使用中', later: '后期' }),
	topics: text({ en: 'Topics', zh: '培训内容' }, { long: true, help: '操作、保养、常见故障排除' }),
	participants: text({ en: 'Participants', zh: '参加人' }),
	trainer: ref('person', { en: 'Trainer', zh: '讲师' }),
};
const trainingDraft = defineDocument({
	kind: 'user_training',
	form: 'C-025',
	label: { en: 'User training', zh: '用户培训记录' },
	number: { prefix: 'YX', period: 'year', digits: 3 },
	title: ['customer', 'day'],
	fields: { ...held, reason: optional(text({ en: 'Reason', zh: '原因' })) },
	states: { Held: '已培训', Void: '已作废' },
	indexes: [['contract'], ['customer']],
});
export type UserTraining = DocumentOf<typeof trainingDraft.shape>;

/** @rule C-025 — who was taught what, at which stage of use, by whom */
function hold(_training: unknown, input: RowOf<typeof held>, { client, promised, worker, today }: Given & { client: unknown; worker: unknown; promised: { customer: string } | null }): Change<typeof trainingDraft.shape> {
	if (client === null) throw new RuleViolation('NOT_FOUND', `没有客户编号“${input.customer}”`, '请核对客户编号', 'C-025');
	if (input.contract !== null && promised?.customer !== input.customer) throw new RuleViolation('NOT_FOUND', `客户 ${input.customer} 没有合同“${input.contract}”`, '请核对合同号', 'C-025');
	if (worker === null) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.trainer}”的人员`, '请核对讲师', 'C-025');
	if (input.day > today) throw new RuleViolation('CONDITION_NOT_MET', `培训日期 ${input.day} 在将来`, '请核对日期', 'C-025');
	return { set: input };
}

export const userTraining = trainingDraft.events({
	hold: trainingDraft
		.event({ label: { en: 'Record', zh: '登记用户培训' }, from: ['new'], to: ['Held'], by: ['technician', 'as_engineer', 'group_leader', 'service_director'], input: held, facts: (input) => ({ client: find(customer, 'no', input.customer), promised: find(contract, 'no', input.contract), worker: find(person, 'no', input.trainer) }) })
		.decidedBy(hold),
	void: trainingDraft.event({ label: { en: 'Void', zh: '作废用户培训记录' }, from: ['Held'], to: ['Void'], by: ['group_leader', 'service_director'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy((_training, { reason }) => ({ set: { reason } })),
});
