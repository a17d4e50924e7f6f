import type { Day } from '../document/fields';
import { accounts, type Account, type OutletEntry } from './outletAccount';

export type StatedEntry = Pick<OutletEntry, 'no' | 'account' | 'entryKind' | 'amount' | 'balance' | 'item' | 'quantity' | 'price' | 'paper' | 'day' | 'note'>;

/** One account of an outlet over a period, in fen. */
export type AccountPart = {
	readonly account: Account;
	readonly opening: number;
	/** Every movement, with the balance after it added up anew. */
	readonly lines: readonly (StatedEntry & { readonly runningBalance: number })[];
	readonly closing: number;
	/** Entries whose stored balance is not the sum of the ledger up to them: somebody changed the books by hand. */
	readonly wrong: readonly string[];
};

/**
 * An outlet's statement for any period, added up from the ledger alone: what was booked later, whenever, does not change it.
 * @rule P-010 @rule P-011 — opening, every movement with its paper, closing
 * @param entries the outlet's whole ledger in the order it was written
 */
export function accountStatement(entries: readonly StatedEntry[], from: Day, to: Day): AccountPart[] {
	return (Object.keys(accounts) as Account[]).map((account) => {
		let balance = 0;
		let opening = 0;
		const lines: AccountPart['lines'][number][] = [];
		const wrong: string[] = [];
		for (const entry of entries) {
			if (entry.account !== account || entry.day > to) continue;
			balance += entry.amount;
			if (entry.balance !== balance) wrong.push(entry.no);
			if (entry.day < from) opening = balance;
			else lines.push({ ...entry, runningBalance: balance });
		}
		return { account, opening, lines, closing: balance, wrong };
	});
}
