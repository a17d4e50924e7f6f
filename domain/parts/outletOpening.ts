import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, locked, type Given } from '../document/facts';
import { fen, integer, lines, optional, ref, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { accountNumber, book, money, outletAccount, type OutletAccount } from './outletAccount';
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
export type OutletOpening = DocumentOf<typeof draft.shape>;

/** What an outlet had when the books here began; before any other movement, once. @rule P-010 @rule P-011 */
function open(_paper: unknown, input: RowOf<typeof opening>, { site, account, no }: Given & { site: Site | null; account: OutletAccount | null }): Change<typeof draft.shape> {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请先在网点资料中登记');
	if (account !== null) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${input.outlet} 已经有往来，不能再登记期初`, '请用缴款、调拨等单据更正', 'P-011');
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
			facts: (input) => ({ site: locked(find(outlet, 'no', input.outlet)), account: find(outletAccount, 'no', accountNumber(input.outlet)) }),
		})
		.decidedBy(open),
});
