import { defineDocument } from '../document/document';
import { find, findAll, locked } from '../document/facts';
import { choice, day, fen, flag, instant, optional, ref, text } from '../document/fields';
import { serviceTask } from '../contract/serviceTask';
import { person, unit } from '../master/records';
import { penaltyProposal } from '../service/penaltyProposal';
import { awardChange } from './awardChange';
import { awardNames, contributions } from './awardKinds';
import { approve, check, nominate, nominateSuggestion, pay, refuse, review, revoke, subjectOf, undoPay, withdraw, type AwardRow } from './awardRules';

const proposed = {
	awardKind: choice({ en: 'Award', zh: '奖项' }, awardNames),
	period: optional(text({ en: 'Period', zh: '期间' }, { compact: true, help: '年度奖填 2025，其他填 2025-06；空白为今年、本月' })),
	person: optional(ref('person', { en: 'Person', zh: '获奖人工号' })),
	unit: optional(ref('unit', { en: 'Group', zh: '获奖小组（部门编码）' })),
	facts: text({ en: 'Facts', zh: '贡献事实（申报材料）' }, { long: true }),
	evidence: optional(text({ en: 'Results Attached', zh: '工作成果附件' }, { help: '附件名称或存放处' })),
	ground: optional(choice({ en: 'Contribution', zh: '贡献类别（特别贡献奖）' }, contributions)),
	candidate: optional(ref('person', { en: 'Recommended Person', zh: '被推荐入职人（内部推荐奖）' })),
	source: optional(text({ en: 'Based on Paper', zh: '依据编号' }, { compact: true, help: '优化措施嘉奖填任务编号；特别贡献奖可填奖励编号' })),
};

export const draft = defineDocument({
	kind: 'award',
	form: 'M-026',
	label: { en: 'Award', zh: '嘉奖申请' },
	number: { prefix: 'JL', period: 'month', digits: 4 },
	title: ['awardKind', 'person', 'unit', 'period'],
	fields: {
		...proposed,
		period: text({ en: 'Period', zh: '期间' }),
		/** What an award is given for once. */
		subject: text({ en: 'Subject', zh: '奖励对象' }, { internal: true }),
		nominator: ref('person', { en: 'Proposed by', zh: '推荐人' }),
		reviewedBy: optional(ref('person', { en: 'Reviewed by', zh: '审核人' })),
		cleanYear: optional(flag({ en: 'No punishment in the year', zh: '全年无警告及以上处分' })),
		checkedBy: optional(ref('person', { en: 'Checked by finance', zh: '财务校对人' })),
		amount: optional(fen({ en: 'Amount', zh: '金额' })),
		specialValue: optional(flag({ en: 'Special value', zh: '年终特别贡献奖候选' })),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '批准人' })),
		approvedAt: optional(instant({ en: 'Approved at', zh: '批准时间' })),
		payDay: optional(day({ en: 'To be paid on', zh: '应发放日期' })),
		paidDay: optional(day({ en: 'Paid on', zh: '发放日期' })),
		paidBy: optional(ref('person', { en: 'Paid by', zh: '发放人' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Nominated: '待审核', ManagerReviewed: '待财务校对', ReadyToApprove: '待批准', Scheduled: '待发放', Paid: '已发放', Refused: '未批', Withdrawn: '已撤回', Revoked: '已撤销' },
	indexes: [['subject'], ['person'], ['state'], ['payDay']],
});

const because = { reason: text({ en: 'Reason', zh: '原因' }) };
const open = ['Nominated', 'ManagerReviewed', 'ReadyToApprove'] as const;
const approvers = ['general_manager', 'mgmt_committee', 'after_sales_manager', 'dept_manager'] as const;

/** What eligibility is judged by. */
const known = (paper: Pick<AwardRow, 'awardKind' | 'person' | 'candidate' | 'source'>) => ({
	worker: locked(find(person, 'no', paper.person)),
	hired: find(person, 'no', paper.candidate),
	penalties: findAll(penaltyProposal, 'person', paper.person),
	changes: findAll(awardChange, 'awardKind', paper.awardKind),
	task: find(serviceTask, 'no', paper.source),
});

export const award = draft.events({
	nominate: draft
		.event({
			label: { en: 'Propose', zh: '申报嘉奖' },
			from: ['new'],
			to: ['Nominated', 'ReadyToApprove'],
			by: ['technician', 'as_engineer', 'group_leader', 'service_director', 'dept_manager', 'after_sales_manager'],
			input: proposed,
			takeTurns: ({ person: code, unit: group, source }) => [code, group, source],
			facts: (input) => ({ ...known(input), group: locked(find(unit, 'no', input.unit)), based: find(draft.shape, 'no', input.source), }),
			moreFacts: (input, { today }) => ({ same: findAll(draft.shape, 'subject', subjectOf(input, today)) }),
		})
		.decidedBy(nominate),
	nominateSuggestion: draft
		.event({
			label: { en: 'From an adopted suggestion', zh: '建议采纳申报' },
			from: ['new'],
			to: ['ReadyToApprove'],
			by: 'consequence',
			input: { person: ref('person', { en: 'Person', zh: '获奖人工号' }), facts: proposed.facts, source: text({ en: 'Suggestion', zh: '建议编号' }) },
			facts: (input) => ({ ...known({ awardKind: 'saving', candidate: null, ...input }), group: find(unit, 'no', null), based: find(draft.shape, 'no', null), same: findAll(draft.shape, 'subject', `saving ${input.source}`) }),
		})
		.decidedBy(nominateSuggestion),
	review: draft
		.event({
			label: { en: 'Review', zh: '审核嘉奖' },
			from: ['Nominated'],
			to: ['ManagerReviewed', 'ReadyToApprove'],
			by: ['after_sales_manager', 'dept_manager', 'sales_director'],
			input: { cleanYear: optional(flag({ en: 'No Punishment in the Year', zh: '全年无警告及以上处分（优秀员工奖必勾）' })) },
			facts: (_input, paper) => known(paper),
		})
		.decidedBy(review),
	check: draft
		.event({ label: { en: 'Finance checks', zh: '财务校对嘉奖' }, from: ['ManagerReviewed'], to: ['ReadyToApprove'], by: ['accountant'], input: {} })
		.decidedBy(check),
	approve: draft
		.event({
			label: { en: 'Approve', zh: '批准嘉奖' },
			from: ['ReadyToApprove'],
			to: ['Scheduled'],
			by: approvers,
			input: { amount: fen({ en: 'Amount', zh: '金额(元)' }, { min: 0 }), specialValue: optional(flag({ en: 'Special Value', zh: '有特别价值，列为年终特别贡献奖候选（节约成本奖）' })) },
			facts: (_input, paper) => known(paper),
		})
		.decidedBy(approve),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不批嘉奖' }, from: open, to: ['Refused'], by: [...approvers, 'sales_director', 'accountant'], input: because }).decidedBy(refuse),
	withdraw: draft.event({ label: { en: 'Withdraw', zh: '撤回嘉奖申报' }, from: open, to: ['Withdrawn'], by: ['technician', 'as_engineer', 'group_leader', 'service_director', 'dept_manager', 'after_sales_manager', 'receptionist'], input: because }).decidedBy(withdraw),
	pay: draft
		.event({ label: { en: 'Paid', zh: '发放奖金' }, from: ['Scheduled'], to: ['Paid'], by: ['accountant'], input: { paidDay: day({ en: 'Paid On', zh: '发放日期' }) }, facts: (_input, paper) => ({ hired: find(person, 'no', paper.candidate) }) })
		.decidedBy(pay),
	undoPay: draft.event({ label: { en: 'Not paid after all', zh: '更正发放登记' }, from: ['Paid'], to: ['Scheduled'], by: ['accountant'], input: because }).decidedBy(undoPay),
	revoke: draft.event({ label: { en: 'Revoke', zh: '撤销嘉奖' }, from: ['Scheduled'], to: ['Revoked'], by: approvers, input: because }).decidedBy(revoke),
});
