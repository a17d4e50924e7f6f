import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import type { Voucher, VoucherShape } from './voucher';

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
