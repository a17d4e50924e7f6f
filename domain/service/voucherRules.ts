import { save, type Change, type RowOfRecord } from '../document/document';
import { asset, customer } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths } from '../shared/zonedTime';
import type { Given } from '../document/facts';
import type { Sale, Voucher, VoucherShape } from './voucher';

type Buyer = Given & { buyer: RowOfRecord<typeof customer> | null; known: RowOfRecord<typeof asset> | null };

/**
 * Goods are sold: customer and product go on file, and their voucher is opened.
 * @rule V-020 — the voucher exists from the sale on, one for each product
 * @throws RuleViolation FIELD_INVALID when the serial number belongs to somebody else's product
 */
export function sellProduct(_voucher: Voucher, sale: Sale, { buyer, known, today, no, settings }: Buyer): Change<VoucherShape> {
	const owner = buyer?.no ?? `KH-${no}`;
	if (known !== null && known.customer !== owner) throw new RuleViolation('FIELD_INVALID', `序列号 ${sale.asset} 已登记在客户 ${known.customer} 名下`, '请核对铭牌上的序列号', 'V-020');
	const purchaseDay = sale.purchaseDay ?? today;
	const warrantyEnd = sale.warrantyEnd ?? addMonths(purchaseDay, settings['warranty.months']);
	return {
		set: { asset: sale.asset, customer: owner, recreated: false, calls: [], history: [] },
		then: [
			...(buyer === null ? [save(customer, owner, { name: sale.customerName, phone: sale.phone, address: sale.address })] : []),
			save(asset, sale.asset, { customer: owner, model: sale.model, purchaseDay, warrantyEnd }),
		],
	};
}

/**
 * Takes the voucher of a product out of the file for a call; opens one, marked re-created, where the product has none.
 * @rule V-020 — one voucher per product, opened with it
 * @rule V-021 — a second open call joins the voucher where it is
 */
export function openOrPull(
	voucher: Voucher,
	input: { asset: string; customer: string; call: string },
	_facts: Given,
): Change<VoucherShape> {
	const isNew = voucher.version === 0;
	const calls = isNew ? [] : voucher.calls;
	return {
		set: {
			asset: input.asset,
			customer: input.customer,
			recreated: isNew ? true : voucher.recreated,
			calls: calls.includes(input.call) ? calls : [...calls, input.call],
			history: isNew ? [] : voucher.history,
		},
		to: isNew || voucher.state === 'InFile' ? 'WithDispatcher' : voucher.state,
	};
}

export const handOverVoucher = (voucher: Voucher, line: Voucher['history'][number]): Change<VoucherShape> => ({
	set: { history: [...voucher.history, line] },
});

/**
 * Puts the voucher back into the customer's file when its last open call is cancelled.
 * @rule V-042 — filed with the cancelled register entry
 */
export function fileVoucher(voucher: Voucher, { call }: { call: string }): Change<VoucherShape> {
	const calls = voucher.calls.filter((open) => open !== call);
	return calls.length === 0
		? { set: { calls, holder: null }, to: 'InFile' }
		: { set: { calls }, to: voucher.state };
}
