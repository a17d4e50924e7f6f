import type { Settings } from '../settings';
import { readRatio, type Ratio } from '../shared/ratio';

/** The largest value of parts a deposit covers, in fen; a part of a fen is not lent. @rule P-011 — deposit × `parts.limit_ratio` */
export const limitOf = (deposit: number, { numerator, denominator }: Ratio): number => Math.floor((deposit * numerator) / denominator);

/** The deposit that covers a held value, rounded up to the fen. @rule P-012 */
export const neededDeposit = (held: number, { numerator, denominator }: Ratio): number => Math.ceil((held * denominator) / numerator);

/** Amounts in fen. */
export type Occupancy = {
	readonly deposit: number;
	/** Supply price of parts issued and not written off or returned. */
	readonly held: number;
	/** Approved and not yet shipped, and what is asked for now. */
	readonly wanted: number;
	readonly limit: number;
	readonly excess: number;
	/** What to pay so that all of it fits. */
	readonly topUp: number;
	/** Old parts to be written off instead. */
	readonly offset: number;
};

/**
 * Sets what an outlet holds and asks for against its limit, and says what would clear an excess.
 * @rule P-011 — held value with the lines under review is at most the limit
 * @rule P-012 — top up the deposit, have old parts written off, or ask for less
 */
export function occupancyOf({ deposit, held, wanted }: Pick<Occupancy, 'deposit' | 'held' | 'wanted'>, settings: Settings): Occupancy {
	const ratio = limitRatio(settings);
	const limit = limitOf(deposit, ratio);
	// What was credited beyond what was issued is a credit, not room for more.
	const excess = Math.max(0, Math.max(0, held) + wanted - limit);
	const topUp = excess === 0 ? 0 : settings['parts.topup_mode'] === 'pay_excess' ? excess : Math.max(0, neededDeposit(Math.max(0, held) + wanted, ratio) - deposit);
	return { deposit, held, wanted, limit, excess, topUp, offset: excess };
}

/** The same for an outlet; a branch centre of the company itself pays no deposit and has no limit. @rule P-011 */
export function occupancyFor(site: { readonly exempt: boolean | null } | null, amounts: Pick<Occupancy, 'deposit' | 'held' | 'wanted'>, settings: Settings): Occupancy {
	const occupancy = occupancyOf(amounts, settings);
	return site?.exempt === true ? { ...occupancy, limit: amounts.held + amounts.wanted, excess: 0, topUp: 0, offset: 0 } : occupancy;
}

/** The strictest reading as long as nobody has said otherwise: a wrong strict limit shows, a loose one lends unseen. */
const limitRatio = (settings: Settings): Ratio => readRatio(settings['parts.limit_ratio']) ?? { numerator: 1, denominator: 3 };

/** How the limit comes about, for people. */
export const limitNote = (settings: Settings): string =>
	`额度＝押金 × ${settings['parts.limit_ratio']}${settings['parts.limit_confirmed'] === '是' ? '' : '（比例尚未确认，请总经理核对设置 parts.limit_ratio 后把 parts.limit_confirmed 设为“是”）'}`;
