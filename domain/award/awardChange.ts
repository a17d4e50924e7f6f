import { defineDocument, type Change, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, fen, instant, optional, ref, text, type Instant, type RowOf } from '../document/fields';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import type { Settings } from '../settings';
import { awardNames, awardTerms, type AwardKind } from './awardKinds';

const drawn = {
	awardKind: choice({ en: 'Award', zh: '奖项' }, awardNames),
	action: choice({ en: 'Change', zh: '变更' }, { range: '调整金额范围', stop: '停止评选', resume: '恢复评选' }),
	minAmount: optional(fen({ en: 'From', zh: '金额下限(元)' }, { min: 0 })),
	maxAmount: optional(fen({ en: 'To', zh: '金额上限(元)' }, { min: 0 })),
	explanation: text({ en: 'Reason and Explanation', zh: '理由和解释' }, { long: true }),
};

const draft = defineDocument({
	kind: 'award_change',
	form: 'A-015',
	label: { en: 'Change of the award scheme', zh: '奖励办法变更' },
	number: { prefix: 'JB', period: 'year', digits: 3 },
	title: ['awardKind', 'action'],
	fields: {
		...drawn,
		drawnBy: ref('person', { en: 'Drawn up by', zh: '拟订人' }),
		checkedBy: optional(ref('person', { en: 'Checked by', zh: '财务审核人' })),
		signedBy: optional(ref('person', { en: 'Signed by', zh: '总经理签字' })),
		signedAt: optional(instant({ en: 'In force from', zh: '生效时间' })),
		reason: optional(text({ en: 'Refused because', zh: '不批或取消原因' })),
	},
	states: { Draft: '拟订', Checked: '财务已审核', Signed: '已生效', Refused: '未批', Cancelled: '已取消' },
	indexes: [['awardKind']],
});

export type AwardChange = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

export type Scheme = { readonly min: number; readonly max: number | null; readonly stopped: boolean };

/**
 * The range of an award and whether it is given at all, as signed by `now`.
 * @rule A-015 — what is not signed by the general manager does not count
 * @rule A-018 — an optimisation award goes up to `award.optimisation_max` until a change is signed
 */
export function schemeOf(kind: AwardKind, changes: readonly AwardChange[], { settings, now }: { readonly settings: Settings; readonly now: Instant }): Scheme {
	const { min, max } = awardTerms[kind];
	const first: Scheme = { min, max: kind === 'optimisation' ? settings['award.optimisation_max'] : max, stopped: false };
	const signed = changes.filter(({ awardKind, state, signedAt }) => awardKind === kind && state === 'Signed' && signedAt !== null && signedAt <= now);
	return signed
		.toSorted((a, b) => (String(a.signedAt) < String(b.signedAt) ? -1 : 1))
		.reduce((scheme, { action, minAmount, maxAmount }) => (action === 'range' ? { ...scheme, min: minAmount ?? 0, max: maxAmount } : { ...scheme, stopped: action === 'stop' }), first);
}

/** `100.00—500.00 元`. */
export const rangeText = ({ min, max }: Scheme): string => (max === null ? (min === 0 ? '不限' : `${yuan(min)} 元以上`) : `${yuan(min)}—${yuan(max)} 元`);

const changeText = (paper: RowOf<typeof drawn>): string => `${awardNames[paper.awardKind]} ${paper.action === 'range' ? rangeText({ min: paper.minAmount ?? 0, max: paper.maxAmount, stopped: false }) : drawn.action.choices?.[paper.action] ?? ''}`;

/** @rule A-015 — the after-sales manager drafts, changes and cancels */
function draw(_paper: unknown, input: RowOf<typeof drawn>, { actor, no }: Given): Change<Shape> {
	if (input.action === 'range' && input.maxAmount === null) throw new RuleViolation('FIELD_MISSING', `“${awardNames[input.awardKind]}”缺少金额上限`, '调整金额范围时请填写下限和上限', 'A-015');
	if (input.maxAmount !== null && input.maxAmount < (input.minAmount ?? 0)) throw new RuleViolation('FIELD_INVALID', `金额上限 ${yuan(input.maxAmount)} 元低于下限 ${yuan(input.minAmount ?? 0)} 元`, '请核对金额', 'A-015');
	return { set: { ...input, drawnBy: actor.code }, notices: [ask(no, 'accountant', `请审核奖励办法变更 ${no}`, input)] };
}

const ask = (no: string, role: 'accountant' | 'general_manager', subject: string, paper: RowOf<typeof drawn>) =>
	({ key: `award_change.ask:${no}:${role}`, to: { role }, subject, rule: 'A-015', body: [['变更', changeText(paper)], ['理由', paper.explanation], '总经理签字后生效。'] }) as const;

/** In force from this moment. @rule A-015 */
const sign = (paper: AwardChange, _input: unknown, { actor, now }: Given): Change<Shape> => ({
	set: { signedBy: actor.code, signedAt: now },
	notices: (['after_sales_manager', 'accountant', 'group_leader'] as const).map((role) => ({ key: `award_change.signed:${paper.no}:${role}`, to: { role }, subject: `奖励办法已变更 ${changeText(paper)}`, rule: 'A-015', body: [['变更', changeText(paper)], ['说明', paper.explanation], '即日生效。'] })),
});

const because = { reason: text({ en: 'Reason', zh: '原因' }) };

export const awardChange = draft.events({
	draw: draft.event({ label: { en: 'Draw up', zh: '拟订奖励办法变更' }, from: ['new'], to: ['Draft'], by: ['after_sales_manager'], input: drawn }).decidedBy(draw),
	check: draft
		.event({ label: { en: 'Finance agrees', zh: '财务审核奖励办法' }, from: ['Draft'], to: ['Checked'], by: ['accountant'], input: {} })
		.decidedBy((paper, _input, { actor }) => ({ set: { checkedBy: actor.code }, notices: [ask(paper.no, 'general_manager', `请签批奖励办法变更 ${paper.no}`, paper)] })),
	sign: draft.event({ label: { en: 'Sign', zh: '总经理签批奖励办法' }, from: ['Checked'], to: ['Signed'], by: ['general_manager'], input: {} }).decidedBy(sign),
	refuse: draft
		.event({ label: { en: 'Refuse', zh: '不批奖励办法变更' }, from: ['Draft', 'Checked'], to: ['Refused'], by: ['accountant', 'general_manager'], input: because })
		.decidedBy((paper, { reason }) => ({ set: { reason }, notices: [{ key: `award_change.refused:${paper.no}`, to: { person: paper.drawnBy }, subject: `奖励办法变更未批 ${paper.no}`, rule: 'A-015', body: [['变更', changeText(paper)], ['原因', reason]] }] })),
	cancel: draft.event({ label: { en: 'Cancel', zh: '取消奖励办法变更' }, from: ['Draft', 'Checked'], to: ['Cancelled'], by: ['after_sales_manager'], input: because }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
});
