/** How an outlet's account is cleared, in fen. */
export type Settlement = {
	readonly deposit: number;
	/** On the books and not brought back undamaged. */
	readonly lost: number;
	readonly receivable: number;
	readonly fromDeposit: number;
	readonly refund: number;
	/** More than the deposit: the outlet still owes it. */
	readonly owed: number;
	/** Written off or brought back beyond what was booked as issued: to be looked at by hand, not paid out. */
	readonly credit: number;
};

/**
 * Clears an outlet's account when it is cancelled: what is missing at supply price and what is owed come out of the deposit, the rest goes back.
 * @rule P-004 — nothing missing: the whole deposit; more missing than deposited: no refund, the rest is owed
 */
export function settleAccount({ deposit, held, receivable }: { readonly deposit: number; readonly held: number; readonly receivable: number }): Settlement {
	const lost = Math.max(0, held);
	const due = lost + Math.max(0, receivable);
	const fromDeposit = Math.min(deposit, due);
	return { deposit, lost, receivable, fromDeposit, refund: deposit - fromDeposit, owed: due - fromDeposit, credit: Math.max(0, -held) };
}
