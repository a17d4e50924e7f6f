import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { fen, instant, optional, ref, text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { yuan } from '../shared/money';

const proposal = {
	person: ref('person', { en: 'Person', zh: '工号' }),
	amount: fen({ en: 'Amount', zh: '金额' }, { min: 0 }),
	reason: text({ en: 'Reason', zh: '事由' }),
	basis: text({ en: 'Rule', zh: '依据' }),
	paper: text({ en: 'Paper', zh: '相关单据' }),
};

const draft = defineDocument({
	kind: 'penalty_proposal',
	form: 'M-124',
	label: { en: 'Penalty proposal', zh: '拟罚单' },
	number: { prefix: 'NF', period: 'month', digits: 4 },
	title: ['person', 'reason'],
	fields: { ...proposal, decidedBy: optional(ref('person', { en: 'Decided by', zh: '决定人' })), decidedAt: optional(instant({ en: 'Decided at', zh: '决定时间' })) },
	states: { Proposed: '待经理决定', Confirmed: '已确认', Dropped: '不予处罚' },
	indexes: [['person'], ['state']],
});

export type PenaltyProposal = DocumentOf<typeof draft.shape>;

/** Nobody is fined by the machine: a proposal is decided by somebody else. @rule O-007 */
function decide(paper: PenaltyProposal, _input: unknown, { actor, now }: Given): Change<typeof draft.shape> {
	if (paper.person === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 是对 ${actor.code} 的拟罚`, '请由其他经理决定', 'O-007');
	return { set: { decidedBy: actor.code, decidedAt: now } };
}

export const penaltyProposal = draft.events({
	propose: draft.event({ label: { en: 'Propose', zh: '拟罚' }, from: ['new'], to: ['Proposed'], by: 'consequence', input: proposal }).decidedBy((_paper, input, { no }) => ({
		set: input,
		notices: [{ key: `penalty.propose:${no}`, to: { role: 'dept_manager' }, subject: `拟罚 ${no}：${input.person} ${yuan(input.amount)} 元`, rule: input.basis, body: [['工号', input.person], ['金额', `${yuan(input.amount)} 元`], ['事由', input.reason], ['依据', input.basis]] }],
	})),
	confirm: draft.event({ label: { en: 'Confirm', zh: '确认处罚' }, from: ['Proposed'], to: ['Confirmed'], by: ['dept_manager', 'general_manager'], input: {} }).decidedBy(decide),
	drop: draft.event({ label: { en: 'Drop', zh: '不予处罚' }, from: ['Proposed'], to: ['Dropped'], by: ['dept_manager', 'general_manager'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy(decide),
});
