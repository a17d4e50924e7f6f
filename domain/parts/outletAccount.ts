import { defineDocument, fire, type Change, type Consequence, type DocumentOf } from '../document/document';
import type { Given } from '../document/facts';
import { choice, day, fen, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { yuan } from '../shared/money';

export const accounts = { deposit: '配件押金', held: '配件占用', receivable: '应收款' } as const;
export type Account = keyof typeof accounts;

export const entryKinds = {
	opening: '期初', pay: '交纳', topup: '补足', deduct: '扣除', refund: '退还', issue: '发放', write_off: '核销', take_back: '退回良品', transfer_in: '调入', transfer_out: '调出',
	short: '短少', loss: '丢失损坏', fine: '罚款', payment: '收款', reversal: '冲正', clear: '结清',
} as const;

const line = {
	account: choice({ en: 'Account', zh: '帐户' }, accounts),
	entryKind: choice({ en: 'Kind', zh: '种类' }, entryKinds),
	amount: fen({ en: 'Amount', zh: '金额' }),
	item: optional(ref('item', { en: 'Part', zh: '配件编码' })),
	quantity: optional(integer({ en: 'Quantity', zh: '数量' })),
	price: optional(fen({ en: 'Supply price', zh: '供价' })),
};

/** A movement; amount and quantity are signed: what the outlet gets is positive. */
export type Movement = RowOf<typeof line>;

const entry = defineDocument({
	kind: 'outlet_entry',
	form: 'M-132',
	label: { en: 'Outlet account entry', zh: '网点往来明细' },
	number: { prefix: 'WZ', period: 'month', digits: 5 },
	title: ['outlet', 'paper'],
	fields: {
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		...line,
		balance: fen({ en: 'Balance', zh: '余额' }),
		paper: text({ en: 'Paper', zh: '依据单据' }),
		day: day({ en: 'Day', zh: '日期' }),
		note: optional(text({ en: 'Note', zh: '说明' })),
	},
	states: { Posted: '已入帐' },
	indexes: [['outlet', 'day'], ['paper']],
});
export type OutletEntry = DocumentOf<typeof entry.shape>;

/** A line of the ledger: written once, never changed; a wrong one is put right by another. @rule M-105 */
export const outletEntry = entry.events({
	post: entry
		.event({ label: { en: 'Post', zh: '入帐' }, from: ['new'], to: ['Posted'], by: 'consequence', input: entry.shape.fields })
		.decidedBy((_entry, input) => ({ set: input })),
});

export const accountNumber = (outlet: string): string => `ZH-${outlet}`;

const draft = defineDocument({
	kind: 'outlet_account',
	form: 'M-132',
	label: { en: 'Outlet account', zh: '网点往来帐户' },
	number: (input) => accountNumber(String(input['outlet'])),
	title: ['outlet'],
	fields: {
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		deposit: fen({ en: 'Deposit', zh: '配件押金' }),
		held: fen({ en: 'Held value', zh: '配件占用金额' }),
		receivable: fen({ en: 'Receivable', zh: '应收款' }),
	},
	states: { Open: '有效', Closed: '已结清' },
	indexes: [['outlet']],
});
export type OutletAccount = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

const posting = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), paper: text({ en: 'Paper', zh: '依据单据' }), note: optional(text({ en: 'Note', zh: '说明' })), entries: lines(line, { en: 'Entries', zh: '明细' }) };

/**
 * Carries movements into the outlet's balances, each with the balance after it.
 * @rule P-010 @rule P-011 — deposit and held value are sums of a ledger, never figures somebody types over
 * @throws RuleViolation CONDITION_NOT_MET when more is taken from the deposit than is there
 */
function post(account: OutletAccount, input: RowOf<typeof posting>, { today }: Given): Change<Shape> {
	const balances = balancesOf(account);
	const then: Consequence[] = [];
	for (const each of input.entries) {
		balances[each.account] += each.amount;
		then.push(fire(outletEntry, 'post', null, { ...each, outlet: input.outlet, balance: balances[each.account], paper: input.paper, note: input.note, day: today }));
	}
	if (balances.deposit < 0) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${input.outlet} 的押金余额不足，还差 ${yuan(-balances.deposit)} 元`, '请核对金额；不足部分记入应收款', 'P-010');
	return { set: { outlet: input.outlet, ...balances }, then };
}

/** Zero for an outlet without movements. */
export const balancesOf = (account: Pick<OutletAccount, Account> | null): Record<Account, number> => ({ deposit: account?.deposit ?? 0, held: account?.held ?? 0, receivable: account?.receivable ?? 0 });

export const outletAccount = draft.events({
	post: draft.event({ label: { en: 'Post', zh: '入帐' }, from: ['new', 'Open'], to: ['Open'], by: 'consequence', input: posting }).decidedBy(post),
	close: draft.event({ label: { en: 'Close', zh: '结清销户' }, from: ['Open'], to: ['Closed'], by: 'consequence', input: {} }).decidedBy(() => ({})),
});

const nothing = { item: null, quantity: null, price: null };

/** A movement of money alone. */
export const money = (account: Account, entryKind: Movement['entryKind'], amount: number): Movement => ({ account, entryKind, amount, ...nothing });

/** A movement of parts on the held value; `quantity` is signed. */
export const goods = (entryKind: Movement['entryKind'], item: string, quantity: number, price: number): Movement => ({ account: 'held', entryKind, amount: quantity * price, item, quantity, price });

/** Books movements of a paper in the same transaction; none when there is nothing to book. */
export const book = (outlet: string, paper: string, movements: readonly Movement[], note: string | null = null): Consequence[] => {
	const entries = movements.filter(({ amount, quantity }) => amount !== 0 || (quantity ?? 0) !== 0);
	return entries.length === 0 ? [] : [fire(outletAccount, 'post', null, { outlet, paper, note, entries })];
};
