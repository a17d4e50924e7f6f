import { defineDocument, fire, type Change, type Consequence, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, instant, integer, lines, optional, ref, text } from '../document/fields';
import { readRoles, roles, type Role } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import { cardNumber, stockCard } from './stockCard';

const differing = {
	item: ref('item', { en: 'Part', zh: '配件编码' }),
	book: integer({ en: 'Book', zh: '帐面' }),
	counted: integer({ en: 'Counted', zh: '实物' }),
	quantity: integer({ en: 'Difference', zh: '差异' }),
	recovered: integer({ en: 'Recovered', zh: '已追回' }),
	cause: optional(text({ en: 'Cause', zh: '原因' })),
};

const opening = {
	count: ref('stock_count', { en: 'Count', zh: '盘点号' }),
	adjustKind: choice({ en: 'Kind', zh: '类别' }, { surplus: '盘盈', shortage: '盘亏' }),
	lines: lines(differing, { en: 'Lines', zh: '差异明细' }),
};

const draft = defineDocument({
	kind: 'stock_adjustment',
	form: 'M-136',
	label: { en: 'Surplus or shortage slip', zh: '盘盈/盘亏单' },
	number: ({ count, adjustKind }) => slipNumber(String(count), adjustKind as 'surplus'),
	title: ['count'],
	fields: {
		...opening,
		explainedBy: optional(ref('person', { en: 'Explained by', zh: '说明人' })),
		issuedBy: optional(ref('person', { en: 'Issued by', zh: '开单人' })),
		approvals: optional(lines({ role: text({ en: 'Role', zh: '会签' }), by: ref('person', { en: 'Signed by', zh: '签核人' }), at: instant({ en: 'At', zh: '时间' }) }, { en: 'Approvals', zh: '审批' })),
		refuseReason: optional(text({ en: 'Why refused', zh: '不批准原因' })),
	},
	states: { Open: '待查明原因', Explained: '已说明原因', Issued: '已开单待审批', Approved: '已批准', Refused: '不批准', Posted: '已入帐', Void: '已作废' },
	indexes: [['count'], ['state']],
});

type Shape = typeof draft.shape;
export type Adjustment = DocumentOf<Shape>;

export const slipNumber = (count: string, kind: 'surplus' | 'shortage'): string => `${kind === 'surplus' ? 'PY' : 'PK'}-${count}`;

/** What is still missing or too much after the search. */
export const openQuantity = ({ quantity, recovered }: Adjustment['lines'][number]): number => quantity - recovered;

type Cause = { readonly item: string; readonly recovered: number; readonly cause: string };

/**
 * The keeper says what he found out, part by part; what turned up is no difference any more.
 * @rule P-074 — the cause is looked for at once and what can be recovered is; the rest is explained
 */
function explain(slip: Adjustment, { causes }: { causes: readonly Cause[] }, { actor }: Given): Change<Shape> {
	const stranger = causes.find(({ item }) => !slip.lines.some((line) => line.item === item));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `${slip.no} 没有配件 ${stranger.item} 的差异`, `请填写：${slip.lines.map(({ item }) => item).join('、')}`, 'P-074');
	const over = causes.find(({ item, recovered }) => recovered > (slip.lines.find((line) => line.item === item)?.quantity ?? 0));
	if (over !== undefined) throw new RuleViolation('FIELD_INVALID', `配件 ${over.item} 已追回 ${over.recovered}，多于差异`, '请核对已追回的数量', 'P-074');
	const updated = slip.lines.map((line) => ({ ...line, ...causes.find(({ item }) => item === line.item) }));
	return {
		set: { lines: updated, explainedBy: actor.code },
		to: updated.every(({ cause }) => cause !== null) ? 'Explained' : 'Open',
		then: updated.flatMap((line, index) => turnedUp(slip, line.item, line.recovered - (slip.lines[index]?.recovered ?? 0))),
	};
}

/** Goods found again are goods there, goods that were none of ours are not. */
const turnedUp = ({ adjustKind }: Adjustment, item: string, quantity: number): Consequence[] =>
	quantity === 0 ? [] : [fire(stockCard, 'correct', cardNumber(item), { quantity: adjustKind === 'shortage' ? quantity : -quantity })];

/** Roles that still have to sign. */
const unsigned = (slip: Adjustment, wanted: readonly Role[]): Role[] => wanted.filter((role) => !(slip.approvals ?? []).some((each) => each.role === roles[role]));

/** Who may be asked to sign. */
const approvers = ['dept_manager', 'after_sales_manager', 'general_manager', 'deputy_gm', 'company_manager', 'accountant'] as const;

/** @rule P-074 — the keeper's head issues the slip; the departments named in `stock.slip_approvers` get it */
function issueSlip(slip: Adjustment, _input: unknown, { actor, settings }: Given): Change<Shape> {
	const wanted = readRoles(settings['stock.slip_approvers']);
	const stranger = wanted.find((role) => !(approvers as readonly Role[]).includes(role));
	if (stranger !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `设置 stock.slip_approvers 中的“${roles[stranger]}”不能会签${slip.no}`, `请总经理改为：${approvers.map((role) => roles[role]).join('、')}`, 'P-074');
	return {
		set: { issuedBy: actor.code, approvals: [] },
		notices: wanted.map((role) => ({
			key: `stock_adjustment.approve:${slip.no}:${slip.version}:${role}`,
			to: { role },
			subject: `请审批${slip.adjustKind === 'surplus' ? '盘盈' : '盘亏'}单 ${slip.no}`,
			body: [['盘点号', slip.count], ...slip.lines.map((line): [string, string] => [line.item, `帐面 ${line.book}，实物 ${line.counted}，差异 ${openQuantity(line)}；${line.cause ?? ''}`])],
			rule: 'P-074',
		})),
	};
}

/** The role the person signs for. @throws RuleViolation NOT_ALLOWED */
function signingRole(slip: Adjustment, { actor, settings }: Given): Role {
	if (actor.code === slip.issuedBy) throw new RuleViolation('NOT_ALLOWED', `${slip.no} 由 ${actor.code} 开单，不能自己审批`, '请由其他会签人审批', 'P-074');
	const wanted = readRoles(settings['stock.slip_approvers']);
	const role = unsigned(slip, wanted).find((each) => actor.roles.includes(each));
	if (role === undefined) throw new RuleViolation('NOT_ALLOWED', `${actor.name}（${actor.code}）不需要会签 ${slip.no}`, `还需会签：${unsigned(slip, wanted).map((each) => roles[each]).join('、')}`, 'P-074');
	return role;
}

/** @rule P-074 — approved when every department has signed */
function approveSlip(slip: Adjustment, _input: unknown, facts: Given): Change<Shape> {
	const role = signingRole(slip, facts);
	const approvals = [...(slip.approvals ?? []), { role: roles[role], by: facts.actor.code, at: facts.now }];
	return { set: { approvals }, to: unsigned({ ...slip, approvals }, readRoles(facts.settings['stock.slip_approvers'])).length === 0 ? 'Approved' : 'Issued' };
}

/** Back to a new count; literal, since the count imports this paper. @rule P-074 */
function refuseSlip(slip: Adjustment, { reason }: { reason: string }, facts: Given): Change<Shape> {
	signingRole(slip, facts);
	return { set: { refuseReason: reason }, then: [{ does: 'fire', kind: 'stock_count', event: 'recount', no: slip.count, input: { reason } }] };
}

const live = ['Open', 'Explained', 'Issued', 'Approved'] as const;

/** @rule P-074 — books follow the goods by an approved slip only */
export const stockAdjustment = draft.events({
	open: draft
		.event({ label: { en: 'Open', zh: '列出差异' }, from: ['new', 'Refused', 'Void'], to: ['Open'], by: 'consequence', input: opening })
		.decidedBy((_slip, input) => ({ set: { ...input, explainedBy: null, issuedBy: null, approvals: null, refuseReason: null } })),
	explain: draft
		.event({
			label: { en: 'Explain', zh: '说明原因' },
			from: ['Open', 'Explained'],
			to: ['Explained', 'Open'],
			by: ['storekeeper'],
			input: { causes: lines({ item: differing.item, recovered: integer({ en: 'Recovered', zh: '已追回' }, { min: 0 }), cause: text({ en: 'Cause', zh: '原因' }) }, { en: 'Causes', zh: '原因说明' }) },
		})
		.decidedBy(explain),
	issue: draft.event({ label: { en: 'Issue the slip', zh: '开单' }, from: ['Explained'], to: ['Issued'], by: ['dept_manager', 'after_sales_manager'], input: {} }).decidedBy(issueSlip),
	approve: draft.event({ label: { en: 'Approve', zh: '审批' }, from: ['Issued'], to: ['Approved', 'Issued'], by: approvers, input: {} }).decidedBy(approveSlip),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不批准' }, from: ['Issued'], to: ['Refused'], by: approvers, input: { reason: text({ en: 'Reason', zh: '不批准原因' }) } }).decidedBy(refuseSlip),
	post: draft.event({ label: { en: 'Post', zh: '入帐' }, from: ['Approved'], to: ['Posted'], by: 'consequence', input: {} }).decidedBy(() => ({})),
	void: draft.event({ label: { en: 'Void', zh: '作废' }, from: live, to: ['Void'], by: 'consequence', input: {} }).decidedBy(() => ({})),
});
