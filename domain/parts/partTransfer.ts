import { defineDocument, type Change, type DocumentOf, type RowOfRecord } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { fen, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { outlet, price } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { limitNote, occupancyFor } from './occupancy';
import { accountNumber, balancesOf, book, outletAccount, outletEntry, type Movement, type OutletAccount, type OutletEntry } from './outletAccount';
import { committedValue, partRequestDraft, type PartRequest } from './partRequestPaper';
import { takenOff } from './outletReturn';
import { activeSite, refuseLowDeposit, type Site } from './outletSite';
import { merged } from './pieces';
import { usageLine, type UsageLine } from './usageLine';

const asked = {
	fromOutlet: ref('outlet', { en: 'From Outlet', zh: '调出网点' }),
	toOutlet: ref('outlet', { en: 'To Outlet', zh: '调入网点' }),
	lines: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Lines', zh: '调拨明细' }),
	reason: optional(text({ en: 'Reason', zh: '调拨原因' })),
};

const draft = defineDocument({
	kind: 'part_transfer',
	form: 'M-134',
	label: { en: 'Parts transfer order', zh: '配件调拨单' },
	number: { prefix: 'DB', period: 'month', digits: 4 },
	title: ['fromOutlet', 'toOutlet'],
	fields: { ...asked, value: optional(fen({ en: 'Value', zh: '金额' })), movedBy: optional(ref('person', { en: 'Moved by', zh: '经办人' })), refusedBecause: optional(text({ en: 'Refused because', zh: '不同意原因' })) },
	states: { Applied: '已申请', Done: '已调拨', Refused: '不同意' },
	indexes: [['fromOutlet'], ['toOutlet']],
});
export type PartTransfer = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

type Sites = Given & { from: Site | null; to: Site | null };

/** @rule P-033 — the regional manager applies */
function apply(_paper: unknown, input: RowOf<typeof asked>, { from, to, no, actor }: Sites): Change<Shape> {
	if (input.fromOutlet === input.toOutlet) throw new RuleViolation('FIELD_INVALID', `调出和调入都是网点 ${input.fromOutlet}`, '请填写两个不同的网点', 'P-033');
	activeSite(from, input.fromOutlet);
	activeSite(to, input.toOutlet);
	if (input.lines.length === 0) throw new RuleViolation('FIELD_MISSING', '调拨没有明细', '请至少填写一种配件和数量', 'P-033');
	return { set: { ...input, lines: merged(input.lines) }, notices: [{ key: `part_transfer.applied:${no}`, to: { role: 'after_sales' }, subject: `配件调拨申请 ${no} ${input.fromOutlet} → ${input.toOutlet}`, rule: 'P-033', body: [['调拨单', no], ['调出网点', input.fromOutlet], ['调入网点', input.toOutlet], ...input.lines.map(({ item, quantity }) => [item, `${quantity} 件`] as const), ['原因', input.reason ?? ''], ['申请人', actor.name]] }] };
}

type Known = Sites & { entries: readonly OutletEntry[]; usage: readonly UsageLine[]; account: OutletAccount | null; requests: readonly PartRequest[]; prices: readonly RowOfRecord<typeof price>[] };

/**
 * The parts change hands: both held values change, in one go.
 * @rule P-033 — the receiving outlet's limit is checked
 * @throws RuleViolation CONDITION_NOT_MET when the giving outlet does not have them by the book, or the other's limit is too small
 */
function move(paper: PartTransfer, _input: unknown, { from, to, entries, usage, account, requests, prices, today, settings, actor }: Known): Change<Shape> {
	activeSite(from, paper.fromOutlet);
	activeSite(to, paper.toOutlet);
	// What the giver was charged goes over: nobody gains or loses by a price that has changed since.
	const given = takenOff(paper.fromOutlet, paper.lines, { entries, usage, prices, today }).map((movement): Movement => ({ ...movement, entryKind: 'transfer_out' }));
	const value = -given.reduce((sum, { amount }) => sum + amount, 0);
	const { deposit, held } = balancesOf(account);
	refuseLowDeposit(to, deposit, settings);
	const { limit, excess, topUp } = occupancyFor(to, { deposit, held: held + committedValue(requests, ''), wanted: value }, settings);
	if (excess > 0) throw new RuleViolation('CONDITION_NOT_MET', `调入 ${yuan(value)} 元后，网点 ${paper.toOutlet} 超过额度 ${yuan(limit)} 元，超 ${yuan(excess)} 元`, `请先补缴押金 ${yuan(topUp)} 元、核销旧件或减少调拨；${limitNote(settings)}`, 'P-011');
	return {
		set: { value, movedBy: actor.code },
		then: [
			...book(paper.fromOutlet, paper.no, given),
			...book(paper.toOutlet, paper.no, given.map((movement) => ({ ...movement, entryKind: 'transfer_in', amount: -movement.amount, quantity: -(movement.quantity ?? 0) }))),
		],
	};
}

const staff = ['after_sales', 'after_sales_manager'] as const;
const sites = ({ fromOutlet, toOutlet }: { readonly fromOutlet: string; readonly toOutlet: string }) => ({ from: locked(find(outlet, 'no', fromOutlet)), to: locked(find(outlet, 'no', toOutlet)) });

export const partTransfer = draft.events({
	apply: draft.event({ label: { en: 'Apply', zh: '申请调拨' }, from: ['new'], to: ['Applied'], by: ['regional_manager'], input: asked, facts: sites }).decidedBy(apply),
	move: draft
		.event({
			label: { en: 'Move', zh: '同意并调拨' },
			from: ['Applied'],
			to: ['Done'],
			by: staff,
			input: {},
			takeTurns: () => ['transfer'],
			facts: (_input, paper) => ({
				...sites(paper),
				entries: findAll(outletEntry, 'outlet', paper.fromOutlet),
				usage: findAll(usageLine, 'outlet', paper.fromOutlet),
				account: find(outletAccount, 'no', accountNumber(paper.toOutlet)),
				requests: findAll(partRequestDraft.shape, 'outlet', paper.toOutlet),
				prices: findAll(price, 'item', paper.lines.map(({ item }) => item)),
			}),
		})
		.decidedBy(move),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不同意调拨' }, from: ['Applied'], to: ['Refused'], by: staff, input: { reason: text({ en: 'Reason', zh: '不同意原因' }) } }).decidedBy((_paper, { reason }) => ({ set: { refusedBecause: reason } })),
});
