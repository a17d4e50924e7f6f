import type { Day } from '../document/fields';
import type { Settings } from '../settings';
import { percentOf } from '../shared/money';
import { creditPct } from './partsDates';

export type Stated = {
	readonly item: string;
	readonly quantity: number;
	readonly repairNo: string;
	readonly replacedDay: Day;
	readonly warranty: 'in' | 'out';
};

export type Returned = {
	readonly item: string;
	readonly quantity: number;
	readonly repairNo: string;
	readonly shippedDay: Day;
	readonly faultCard: string | null;
	readonly state: string;
	readonly matched: number;
	readonly mismatched: number;
	readonly noFault: number;
	readonly improper: boolean;
	readonly disposalOnly?: boolean | null;
};

/** What is read of the two papers; nothing else of them matters here. */
export const statedColumns = ['state', 'item', 'quantity', 'repairNo', 'replacedDay', 'warranty'] as const;
export const returnedColumns = ['state', 'outlet', 'item', 'quantity', 'repairNo', 'shippedDay', 'faultCard', 'matched', 'mismatched', 'noFault', 'improper', 'disposalOnly'] as const;

/** Every stated and returned part ends in exactly one of these. Amounts in fen. */
export type StatementLine = {
	readonly repairNo: string;
	readonly item: string;
	readonly supplyPrice: number;
	readonly stated: number;
	readonly returned: number;
	/** Written off. @rule P-041 */
	readonly credited: number;
	readonly pct: number;
	readonly creditAmount: number;
	/** Beyond the statement. @rule P-042 */
	readonly confiscated: number;
	/** Without card, or with another fault than on the card. @rule P-043 */
	readonly notCredited: number;
	/** Sent back. @rule P-044 */
	readonly noFault: number;
	readonly noFaultFine: number;
	/** Out of warranty or too late: credited nothing, fined once verified. @rule P-048 */
	readonly improper: number;
	readonly improperFine: number;
	/** Not tested yet, and what they are worth if all match. */
	readonly pending: number;
	readonly pendingAmount: number;
	/** Stated but not returned. */
	readonly missing: number;
	readonly why: string;
};

export type Statement = {
	readonly lines: readonly StatementLine[];
	readonly stated: number;
	readonly returned: number;
	readonly credited: number;
	readonly confiscated: number;
	readonly pending: number;
	readonly pendingAmount: number;
	readonly creditAmount: number;
	readonly fineAmount: number;
	/** Something is not as stated, or a fine is proposed: the outlet is asked. @rule P-041 */
	readonly differs: boolean;
};

export type StatementInput = {
	/** Used in the month. */
	readonly stated: readonly Stated[];
	/** Used in earlier months: what came back late is set against them. */
	readonly statedBefore: readonly Stated[];
	/** Sent in with the month's list, one row a shipment. */
	readonly returned: readonly Returned[];
	/** Sent in with earlier lists. */
	readonly returnedBefore: readonly Returned[];
	/** Supply price in fen of a part on a day. */
	readonly supplyPriceOf: (item: string, day: Day) => number;
	readonly settings: Settings;
	/** Repair records handed in; `null` when they are not asked for. */
	readonly recorded?: ReadonlySet<string> | null;
};

/**
 * Sets the parts an outlet sent in with a month's list against what it used, then or before: one line a shipment,
 * and one for what has not come back. A shipment's outcomes add up to its quantity; a used part is credited once.
 *
 * @rule P-041 — agreed parts are written off at supply price
 * @rule P-042 — surplus is confiscated without credit
 * @rule P-043 — a part counts only with a fault card that QA confirmed
 * @rule P-044 — a part without fault goes back and costs a fine
 * @rule P-046 — 100 % up to the cut-off, then 90 %, whichever list it comes with
 * @rule P-047 — nothing after the end of the next month
 * @rule P-048 — ten times the supply price for improper returns once verified
 */
export function computeStatement(input: StatementInput): Statement {
	const usage = new Map(input.statedBefore.map((line) => [keyOf(line), line]));
	const own = new Set<string>();
	for (const line of input.stated) {
		const key = keyOf(line);
		own.add(key);
		usage.set(key, line);
	}
	const shipments = Map.groupBy(input.returned, keyOf);
	const before = new Map<string, number>();
	for (const part of input.returnedBefore) before.set(keyOf(part), (before.get(keyOf(part)) ?? 0) + placesOf(part));
	const keys = [...new Set([...own, ...shipments.keys()])].sort();
	const lines = keys.flatMap((key) => settle({ usage: usage.get(key) ?? null, isOwn: own.has(key), parts: shipments.get(key) ?? [], before: before.get(key) ?? 0 }, input));
	const sum = (pick: (line: StatementLine) => number) => lines.reduce((total, line) => total + pick(line), 0);
	const fineAmount = sum((line) => line.noFaultFine + line.improperFine);
	return {
		lines,
		stated: sum((line) => line.stated),
		returned: sum((line) => line.returned),
		credited: sum((line) => line.credited),
		confiscated: sum((line) => line.confiscated),
		pending: sum((line) => line.pending),
		pendingAmount: sum((line) => line.pendingAmount),
		creditAmount: sum((line) => line.creditAmount),
		fineAmount,
		differs: fineAmount > 0 || lines.some((line) => line.stated !== line.returned || line.stated !== line.credited + line.pending),
	};
}

const keyOf = ({ repairNo, item }: { repairNo: string; item: string }) => `${repairNo}\u0000${item}`;

type Case = { readonly usage: Stated | null; readonly isOwn: boolean; readonly parts: readonly Returned[]; /** Came back with earlier lists. */ readonly before: number };

function settle({ usage, isOwn, parts, before }: Case, { supplyPriceOf, settings, recorded = null }: StatementInput): StatementLine[] {
	if (usage === null)
		return parts.map((part) => lineOf(part, supplyPriceOf(part.item, part.shippedDay), { returned: part.quantity, confiscated: part.quantity, why: '使用统计中没有这一件，没收' }));
	const supplyPrice = supplyPriceOf(usage.item, usage.replacedDay);
	let open = Math.max(0, usage.quantity - before);
	// Parts that count first: one without a card or without a fault must not keep the right one out.
	const inOrder = parts.length < 2 ? parts : [...parts].sort((one, other) => Number(placesOf(one) === 0) - Number(placesOf(other) === 0) || (one.shippedDay < other.shippedDay ? -1 : 1));
	const taken = inOrder.map((part) => {
		const counted = Math.min(placesOf(part), open);
		open -= counted;
		return { part, counted };
	});
	const lines = taken.map(({ part, counted }) => {
		const beside = Math.min(part.quantity - placesOf(part), open);
		open -= beside;
		return settleShipment(usage, part, { counted, beside, supplyPrice, settings, recorded });
	});
	const missing = isOwn ? open : 0;
	return missing === 0 ? lines : [...lines, lineOf(usage, supplyPrice, { stated: missing, missing, why: '尚未返回旧件，不核销；次月末前发回仍可按比例核销' })];
}

/** Pieces that take the place of a used part: not those without a card, nor those that go back because nothing is wrong with them. @rule P-043 @rule P-044 */
const placesOf = ({ faultCard, state, quantity, noFault }: Returned): number => (faultCard === null ? 0 : state === 'Sent' ? quantity : quantity - noFault);

type Values = Partial<Omit<StatementLine, 'repairNo' | 'item' | 'supplyPrice'>> & { readonly why: string };

/** What is not said is zero. */
const lineOf = ({ repairNo, item }: { readonly repairNo: string; readonly item: string }, supplyPrice: number, values: Values): StatementLine => ({
	repairNo, item, supplyPrice, stated: 0, returned: 0, missing: 0, credited: 0, pct: 0, creditAmount: 0, confiscated: 0, notCredited: 0, noFault: 0, noFaultFine: 0, improper: 0, improperFine: 0, pending: 0, pendingAmount: 0, ...values,
});

type Terms = { readonly counted: number; /** Stated pieces that came back without card or fault. */ readonly beside: number; readonly supplyPrice: number; readonly settings: Settings; readonly recorded: ReadonlySet<string> | null };

function settleShipment(usage: Stated, part: Returned, { counted, beside, supplyPrice, settings, recorded }: Terms): StatementLine {
	const pct = creditPct(usage.replacedDay, part.shippedDay, settings);
	const confiscated = placesOf(part) - counted;
	const all = part.quantity - confiscated;
	const line = (values: Values) => lineOf(usage, supplyPrice, { stated: counted + beside, returned: part.quantity, confiscated, pct, ...values });
	if (part.shippedDay < usage.replacedDay) return line({ pct: 0, notCredited: all, why: `发货日期 ${part.shippedDay} 早于更换日期 ${usage.replacedDay}，不核销，请更正` });
	if (usage.warranty === 'out' || pct === 0) {
		if (part.disposalOnly === true) return line({ pct: 0, notCredited: all, why: '声明仅报废，不核销、不罚款' });
		const improperFine = part.improper ? all * supplyPrice * settings['parts.fraud_factor'] : 0;
		return line({ pct: 0, improper: all, improperFine, why: whyImproper(usage, part, settings) });
	}
	if (recorded !== null && !recorded.has(usage.repairNo)) return line({ notCredited: all, why: `没有维修记录单（配件联）${usage.repairNo}，不核销` });
	if (part.faultCard === null) return line({ notCredited: all, why: '没有故障卡，不计数' });
	if (part.state === 'Sent') return line({ pending: counted, pendingAmount: percentOf(counted * supplyPrice, pct), why: '等待品管检测' });
	return line(outcome(part, { counted, confiscated, supplyPrice, pct, settings }));
}

/** Shares the counted parts out over QA's findings: matches first, so that a surplus is taken from what would not be credited. Parts without fault go back, however many. */
function outcome(part: Returned, { counted, confiscated, supplyPrice, pct, settings }: Pick<Terms, 'counted' | 'supplyPrice' | 'settings'> & { readonly confiscated: number; readonly pct: number }): Values {
	const credited = Math.min(part.matched, counted);
	return {
		credited,
		creditAmount: percentOf(credited * supplyPrice, pct),
		noFault: part.noFault,
		noFaultFine: part.noFault * settings['parts.nofault_fine'],
		notCredited: counted - credited,
		why: whyCredited(part, pct, confiscated, settings),
	};
}

function whyImproper(usage: Stated, part: Returned, settings: Settings): string {
	const cause = usage.warranty === 'out' ? '保外旧件' : '超过次月末才发回';
	return part.improper ? `${cause}，查实，按供价 ${settings['parts.fraud_factor']} 倍罚款` : `${cause}，不核销；不要求核销的请声明“仅报废”，否则查实后按供价 ${settings['parts.fraud_factor']} 倍罚款`;
}

function whyCredited(part: Returned, pct: number, confiscated: number, settings: Settings): string {
	if (pct === 100 && part.mismatched === 0 && part.noFault === 0 && confiscated === 0) return '按期发回，全额核销';
	return [
		pct === 100 ? '按期发回，全额核销' : `逾期发回，按 ${pct}% 核销`,
		part.mismatched > 0 ? `故障与卡不符 ${part.mismatched} 件不核销` : '',
		part.noFault > 0 ? `无故障 ${part.noFault} 件退回并每件罚 ${settings['parts.nofault_fine'] / 100} 元` : '',
		confiscated > 0 ? `超出申报 ${confiscated} 件没收` : '',
	]
		.filter((phrase) => phrase !== '')
		.join('；');
}

/** What goes to the production control centre. @rule P-045 — exactly the credited and the confiscated parts */
export const handoverList = (statement: Pick<Statement, 'lines'>): readonly { readonly item: string; readonly quantity: number }[] => {
	const byItem = new Map<string, number>();
	for (const line of statement.lines) {
		const quantity = line.credited + line.confiscated;
		if (quantity > 0) byItem.set(line.item, (byItem.get(line.item) ?? 0) + quantity);
	}
	return [...byItem].sort(([a], [b]) => (a < b ? -1 : 1)).map(([item, quantity]) => ({ item, quantity }));
};
