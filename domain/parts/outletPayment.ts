import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { choice, day, fen, optional, ref, text, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { accountNumber, balancesOf, book, money, outletAccount, type Account, type OutletAccount } from './outletAccount';
import { activations, outletSetup, type OutletSetup } from './outletSetup';
import { partRequest, recheckWaiting } from './partRequest';
import type { PartRequest } from './partRequestPaper';
import type { Site } from './outletSite';

const purposes = { deposit: '配件押金', goods: '配件货款', receivable: '罚款及其他应收' } as const;

const paid = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	purpose: choice({ en: 'For', zh: '款项' }, purposes),
	amount: fen({ en: 'Amount', zh: '金额(元)' }, { min: 1 }),
	paidOn: day({ en: 'Paid On', zh: '到帐日期' }),
	voucherNo: optional(text({ en: 'Voucher No', zh: '凭证号' }, { compact: true })),
};

const draft = defineDocument({
	kind: 'outlet_payment',
	form: 'M-132',
	label: { en: 'Outlet payment', zh: '网点缴款单' },
	number: { prefix: 'JK', period: 'month', digits: 4 },
	title: ['outlet', 'purpose'],
	fields: { ...paid, result: optional(text({ en: 'Result', zh: '入帐结果' })), reason: optional(text({ en: 'Reversed because', zh: '冲销原因' })) },
	states: { Booked: '已入帐', Reversed: '已冲销' },
	indexes: [['outlet'], ['voucherNo']],
});
export type OutletPayment = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

type Known = Given & { site: Site | null; account: OutletAccount | null; setups: readonly OutletSetup[]; requests: readonly PartRequest[] };

/**
 * Money that came in from an outlet. A deposit makes it active once it is enough; what is too little is booked and said.
 * @rule P-010 — at least `parts.deposit_min`, registered by after-sales
 */
function receive(_paper: unknown, input: RowOf<typeof paid>, { site, account, setups, requests, today, settings, no }: Known): Change<Shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码', 'P-010');
	if (input.paidOn > today) throw new RuleViolation('FIELD_INVALID', `到帐日期 ${input.paidOn} 在将来`, '请填写实际到帐日期', 'P-010');
	const before = balancesOf(account);
	if (input.purpose !== 'deposit') refuseMoreThanOwed(input.purpose, before, input);
	if (input.purpose !== 'deposit') return { set: { ...input, result: settled(input.purpose, before, input.amount) }, then: [...book(input.outlet, no, [money(accountOf[input.purpose], 'payment', -input.amount)], input.voucherNo), ...recheckWaiting(requests)] };
	const after = before.deposit + input.amount;
	const least = settings['parts.deposit_min'];
	return {
		set: { ...input, result: after < least ? `押金合计 ${yuan(after)} 元，不足 ${yuan(least)} 元，还差 ${yuan(least - after)} 元，暂不能发放配件` : `押金合计 ${yuan(after)} 元` },
		then: [...book(input.outlet, no, [money('deposit', before.deposit === 0 ? 'pay' : 'topup', input.amount)], input.voucherNo), ...activations(setups, after, least), ...recheckWaiting(requests)],
	};
}

/** Money beyond what is held or owed is a deposit or a mistake. */
function refuseMoreThanOwed(purpose: 'goods' | 'receivable', { held, receivable }: Record<Account, number>, { amount, outlet: code }: { readonly amount: number; readonly outlet: string }): void {
	const owed = purpose === 'goods' ? held : receivable;
	if (amount > owed) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} 的${purposes[purpose]}只有 ${yuan(Math.max(0, owed))} 元，收款 ${yuan(amount)} 元`, '请核对金额和款项；多付的请登记为配件押金', 'P-011');
}

const accountOf: Readonly<Record<keyof typeof purposes, Account>> = { deposit: 'deposit', goods: 'held', receivable: 'receivable' };

const settled = (purpose: 'goods' | 'receivable', { held, receivable }: Record<Account, number>, amount: number): string =>
	purpose === 'goods' ? `占用金额 ${yuan(held)} 元，收款后 ${yuan(held - amount)} 元` : `应收 ${yuan(receivable)} 元，收款后 ${yuan(receivable - amount)} 元`;

/** A wrongly booked payment is taken back by an entry of its own. */
const reverse = (paper: OutletPayment, { reason }: { reason: string }): Change<Shape> => ({
	set: { reason },
	then: book(paper.outlet, paper.no, [money(accountOf[paper.purpose], 'reversal', paper.purpose === 'deposit' ? -paper.amount : paper.amount)], reason),
});

const booksOf = (code: string) => ({ site: locked(find(outlet, 'no', code)), account: find(outletAccount, 'no', accountNumber(code)), setups: findAll(outletSetup, 'code', code), requests: findAll(partRequest, 'outlet', code) });

export const outletPayment = draft.events({
	receive: draft
		.event({ label: { en: 'Register a payment', zh: '登记缴款' }, from: ['new'], to: ['Booked'], by: ['after_sales', 'after_sales_manager', 'accountant'], input: paid, takeTurns: ({ outlet: code }) => [code], facts: (input) => booksOf(input.outlet) })
		.decidedBy(receive),
	reverse: draft.event({ label: { en: 'Reverse', zh: '冲销缴款' }, from: ['Booked'], to: ['Reversed'], by: ['after_sales_manager', 'accountant'], input: { reason: text({ en: 'Reason', zh: '冲销原因' }) } }).decidedBy(reverse),
});
