import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, fen, integer, optional, ref, text, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { accountNumber, balancesOf, book, money, outletAccount, type Movement, type OutletAccount } from './outletAccount';
import type { Site } from './outletSite';

const causes = { noFault: '无故障旧件', improper: '不当返件' } as const;

const proposed = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	cause: choice({ en: 'Cause', zh: '原因' }, causes),
	quantity: integer({ en: 'Parts', zh: '件数' }),
	amount: fen({ en: 'Amount', zh: '罚款金额' }),
	statement: ref('reconciliation', { en: 'Statement', zh: '对帐单' }),
	working: text({ en: 'Working', zh: '计算' }),
};

const draft = defineDocument({
	kind: 'outlet_fine',
	form: 'M-059',
	label: { en: 'Outlet fine', zh: '网点罚款' },
	number: { prefix: 'FK', period: 'month', digits: 4 },
	title: ['outlet', 'cause'],
	fields: {
		...proposed,
		freight: optional(fen({ en: 'Freight', zh: '退回运费' })),
		fromDeposit: optional(fen({ en: 'From deposit', zh: '押金扣除' })),
		owed: optional(fen({ en: 'Owed', zh: '转应收' })),
		confirmedBy: optional(ref('person', { en: 'Confirmed by', zh: '核实人' })),
		reason: optional(text({ en: 'Waived because', zh: '免罚原因' })),
	},
	states: { Proposed: '拟罚', Deducted: '已扣', Waived: '免罚', Reversed: '已冲销' },
	indexes: [['outlet'], ['statement'], ['state']],
});
export type OutletFine = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** Takes an amount from the deposit as far as it goes, the rest is owed. @rule P-048 — deposit first */
export function depositFirst(amount: number, deposit: number, kind: Movement['entryKind']): { readonly fromDeposit: number; readonly owed: number; readonly movements: readonly Movement[] } {
	const fromDeposit = Math.min(amount, Math.max(0, deposit));
	return { fromDeposit, owed: amount - fromDeposit, movements: [money('deposit', 'deduct', -fromDeposit), money('receivable', kind, amount - fromDeposit)] };
}

/** @rule P-044 @rule P-048 — the after-sales manager is asked; nothing is taken before he confirms */
const propose = (_paper: unknown, input: RowOf<typeof proposed>, { no }: Given): Change<Shape> => ({
	set: input,
	notices: [
		{
			key: `outlet_fine.proposed:${no}`,
			to: { role: 'after_sales_manager' },
			subject: `请核实网点罚款 ${no} ${input.outlet}（${yuan(input.amount)} 元）`,
			rule: input.cause === 'noFault' ? 'P-044' : 'P-048',
			body: [['罚款编号', no], ['网点', input.outlet], ['对帐单', input.statement], ['原因', causes[input.cause]], ['件数', `${input.quantity} 件`], ['计算', input.working], '核实后才扣款；不成立的请免罚。'],
		},
	],
});

type Known = Given & { account: OutletAccount | null; site: Site | null };

/**
 * The after-sales manager has looked at it: the fine is taken.
 * @rule P-044 — a fine for parts without fault needs his confirmation; the freight back is the outlet's
 * @rule P-048 — nothing is deducted before it is verified
 */
function confirm(paper: OutletFine, { freight }: { readonly freight: number | null }, { account, site, actor, settings }: Known): Change<Shape> {
	if (freight !== null && paper.cause !== 'noFault') throw new RuleViolation('FIELD_INVALID', `${paper.no} 是不当返件罚款，没有退回运费`, '运费只在退回无故障旧件时填写', 'P-044');
	const total = paper.amount + (freight ?? 0);
	const { fromDeposit, owed, movements } = depositFirst(total, balancesOf(account).deposit, 'fine');
	const left = balancesOf(account).deposit - fromDeposit;
	const low = left < settings['parts.deposit_min'] ? [`押金余额 ${yuan(left)} 元，低于 ${yuan(settings['parts.deposit_min'])} 元，请补缴后再申请配件。`] : [];
	return {
		set: { freight, fromDeposit, owed, confirmedBy: actor.code },
		then: book(paper.outlet, paper.no, movements, causes[paper.cause]),
		notices: [
			{
				key: `outlet_fine.deducted:${paper.no}`,
				to: site?.mail == null ? { role: 'after_sales' } : { mail: site.mail },
				subject: `罚款通知 ${paper.no}（${yuan(total)} 元）`,
				rule: paper.cause === 'noFault' ? 'P-044' : 'P-048',
				body: [['罚款编号', paper.no], ['对帐单', paper.statement], ['原因', causes[paper.cause]], ['计算', paper.working], ...(freight === null ? [] : [['退回运费', `${yuan(freight)} 元`] as const]), ['从押金扣除', `${yuan(fromDeposit)} 元`], ['尚欠', `${yuan(owed)} 元`], ...low],
			},
		],
	};
}

/** A fine taken wrongly is given back the way it was taken. */
const reverse = (paper: OutletFine, { reason }: { reason: string }): Change<Shape> => ({
	set: { reason },
	then: book(paper.outlet, paper.no, [money('deposit', 'reversal', paper.fromDeposit ?? 0), money('receivable', 'reversal', -(paper.owed ?? 0))], reason),
});

const because = { reason: text({ en: 'Reason', zh: '原因' }) };

export const outletFine = draft.events({
	propose: draft.event({ label: { en: 'Propose', zh: '拟罚' }, from: ['new'], to: ['Proposed'], by: 'consequence', input: proposed }).decidedBy(propose),
	confirm: draft
		.event({
			label: { en: 'Confirm and deduct', zh: '核实并扣款' },
			from: ['Proposed'],
			to: ['Deducted'],
			by: ['after_sales_manager'],
			input: { freight: optional(fen({ en: 'Freight', zh: '退回运费(元)' }, { min: 0, help: '退回无故障旧件的运费，由网点承担' })) },
			takeTurns: () => ['fine'],
			facts: (_input, paper) => ({ site: find(outlet, 'no', paper.outlet), account: { ...find(outletAccount, 'no', accountNumber(paper.outlet)), lock: true as const } }),
		})
		.decidedBy(confirm),
	waive: draft.event({ label: { en: 'Waive', zh: '免罚' }, from: ['Proposed'], to: ['Waived'], by: ['after_sales_manager'], input: because }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
	reverse: draft.event({ label: { en: 'Reverse', zh: '冲销罚款' }, from: ['Deducted'], to: ['Reversed'], by: ['after_sales_manager'], input: because }).decidedBy(reverse),
});
