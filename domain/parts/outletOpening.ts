import { defineDocument, type Change } from '../document/document';
import { find, findAll, locked, type Given } from '../document/facts';
import { fen, integer, lines, optional, ref, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { accountNumber, balancesOf, book, money, outletAccount, outletEntry, type OutletAccount, type OutletEntry } from './outletAccount';
import type { Site } from './outletSite';

const opening = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点编码' }, { compact: true, synonyms: ['网点'] }),
	deposit: fen({ en: 'Deposit', zh: '配件押金' }, { min: 0, synonyms: ['押金', '押金余额'] }),
	held: fen({ en: 'Held Value', zh: '占用金额' }, { min: 0, synonyms: ['配件占用金额'] }),
	receivable: optional(fen({ en: 'Receivable', zh: '应收款' }, { min: 0, synonyms: ['欠款'] })),
	stock: optional(lines({ item: ref('item', { en: 'Part', zh: '配件编码' }, { compact: true }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 0 }) }, { en: 'Stock', zh: '现有配件' })),
};

const draft = defineDocument({
	kind: 'outlet_opening',
	form: 'M-132',
	label: { en: 'Outlet opening balance', zh: '网点期初' },
	number: (input) => `QC-${String(input['outlet'])}`,
	title: ['outlet'],
	fields: opening,
	states: { Booked: '已入帐' },
});

/** What an outlet had when the books here began; before any other movement, once. @rule P-010 @rule P-011 */
function open(_paper: unknown, input: RowOf<typeof opening>, { site, account, entries, no }: Given & { site: Site | null; account: OutletAccount | null; entries: readonly OutletEntry[] }): Change<typeof draft.shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请先在网点资料中登记');
	const before = balancesOf(account);
	if (entries.some((entry) => entry.account === 'held')) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${input.outlet} 已经发过配件，不能再登记期初`, '期初在第一次发放之前登记；以后的差异用网点盘点和缴款更正', 'P-011');
	if (input.deposit > 0 && before.deposit > 0) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${input.outlet} 已登记押金 ${yuan(before.deposit)} 元`, '期初的押金请填 0，只登记占用金额和现有配件', 'P-010');
	const stock = (input.stock ?? []).map(({ item, quantity }) => ({ account: 'held' as const, entryKind: 'opening' as const, amount: 0, item, quantity, price: null }));
	return { set: input, then: book(input.outlet, no, [money('deposit', 'opening', input.deposit), money('held', 'opening', input.held), money('receivable', 'opening', input.receivable ?? 0), ...stock]) };
}

export const outletOpening = draft.events({
	book: draft
		.event({
			label: { en: 'Book the opening balance', zh: '登记期初' },
			from: ['new'],
			to: ['Booked'],
			by: ['after_sales_manager', 'accountant', 'system'],
			input: opening,
			facts: (input) => ({ site: locked(find(outlet, 'no', input.outlet)), account: find(outletAccount, 'no', accountNumber(input.outlet)), entries: findAll(outletEntry, 'outlet', input.outlet) }),
		})
		.decidedBy(open),
});
