import { fire, type Change, type Consequence } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant } from '../document/fields';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths, localTime, monthOf } from '../shared/zonedTime';
import type { WorkCalendar } from '../shared/workCalendar';
import { openQuantity, slipNumber, stockAdjustment, type Adjustment } from './adjustment';
import { onFile } from './documentArchive';
import { pickLots, takeOut } from './pickLots';
import { placeText } from './place';
import { cardNumber, isAdjustment, stockCard, type StockCard } from './stockCard';
import type { CountShape, StockCount } from './stockCount';
import type { StockLot } from './stockLot';
import type { StockMove } from './stockMove';

type Line = StockCount['lines'][number];
type Starting = { readonly countKind: StockCount['countKind']; readonly items: string | null; readonly blind: boolean | null };

const movedSince = ({ lastMoveAt, countedAt }: StockCard): boolean => lastMoveAt !== null && (countedAt === null || lastMoveAt > countedAt);

/**
 * Which cards a count is about.
 * @rule P-073 — what moved since it was counted; monthly also what has not been counted for `stock.count_months`; at the year's end everything
 */
export function cardsToCount(kind: StockCount['countKind'], cards: readonly StockCard[], { today, settings, calendar }: { readonly today: string; readonly settings: Settings; readonly calendar: Pick<WorkCalendar, 'dayOf'> }): readonly StockCard[] {
	const isDue = ({ countedAt }: StockCard): boolean => countedAt === null || calendar.dayOf(countedAt) <= addMonths(today, -settings['stock.count_months']);
	if (kind === 'full') return cards;
	return cards.filter((card) => movedSince(card) || (kind === 'cycle' && isDue(card)));
}

/** The count sheet: parts with their places and book figures, nothing counted. @rule P-073 */
export function startCount(_count: StockCount, { countKind, items, blind }: Starting, facts: Given & { cards: readonly StockCard[]; lots: readonly StockLot[] }): Change<CountShape> {
	const named = (items ?? '').split(/[,，、;；\s]+/).filter((code) => code !== '');
	const unknown = named.find((code) => !facts.cards.some(({ item }) => item === code));
	if (unknown !== undefined) throw new RuleViolation('NOT_FOUND', `配件“${unknown}”没有存卡，仓库里没有收发过`, '请核对配件编码', 'P-073');
	const cards = named.length > 0 ? facts.cards.filter(({ item }) => named.includes(item)) : cardsToCount(countKind, facts.cards, facts);
	if (cards.length === 0) throw new RuleViolation('CONDITION_NOT_MET', '目前没有需要盘点的配件：上次盘点后没有收发，也没有到期的', '需要时请指定配件，或做全面盘点', 'P-073');
	const places = (item: string) => [...new Set(facts.lots.filter((lot) => lot.item === item).map((lot) => placeText(lot)))].filter((text) => text !== '').join('、');
	const lines = cards.map(({ item, balance }): Line => ({ item, location: places(item) || null, book: balance, counted: null, difference: null, note: null }));
	return { set: { countKind, month: monthOf(facts.today), blind: blind === true, lines: lines.sort((one, other) => (`${one.location ?? ''} ${one.item}` < `${other.location ?? ''} ${other.item}` ? -1 : 1)) } };
}

type Counted = { readonly counted: readonly { readonly item: string; readonly counted: number }[]; readonly at: Instant | null };

const sumOf = (moves: readonly StockMove[]): number => moves.reduce((sum, { quantity }) => sum + quantity, 0);

function checkTime(count: StockCount, at: Instant | null, { now, calendar }: Given): void {
	if (at !== null && (at > now || at < count.createdAt)) throw new RuleViolation('FIELD_INVALID', `实盘时间 ${localTime(at, calendar.zone)} 不在盘点表编制（${localTime(count.createdAt, calendar.zone)}）和现在之间`, '请填写实际清点的时间，或留空', 'P-073');
}

/**
 * What lies there, against the book of the moment it was counted; what was found besides is added to the sheet.
 * Goods that moved after the counting are taken out of the comparison when its time is given, and pointed out when not.
 * @rule P-073 @rule P-075 — the goods' figure goes onto the card
 */
export function enterCounted(count: StockCount, { counted, at }: Counted, facts: Given & { cards: readonly StockCard[]; moves: readonly StockMove[] }): Change<CountShape> {
	const { cards, moves, actor, now } = facts;
	checkTime(count, at, facts);
	const after = moves.filter(({ createdAt }) => at !== null && createdAt > at);
	const stranger = counted.find(({ item }) => !cards.some((card) => card.item === item));
	if (stranger !== undefined) throw new RuleViolation('NOT_FOUND', `配件“${stranger.item}”没有存卡，不能盘点`, '请核对编码；仓库里多出的新配件请先办理入库', 'P-073');
	const twice = counted.find(({ item }, index) => counted.findIndex((other) => other.item === item) !== index);
	if (twice !== undefined) throw new RuleViolation('FIELD_INVALID', `配件“${twice.item}”填了两次`, '同一配件放在几处的，请合计后填一行', 'P-073');
	const entered = counted.map(({ item, counted: there }): Line => {
		const card = cards.find((each) => each.item === item);
		const book = (card?.balance ?? 0) - sumOf(after.filter((move) => move.item === item));
		const isUnsure = at === null && (card?.lastMoveAt ?? '') > count.createdAt;
		return { item, location: count.lines.find((line) => line.item === item)?.location ?? null, book, counted: there, difference: there - book, note: isUnsure ? '编制后有收发' : null };
	});
	const known = count.lines.map((line) => entered.find(({ item }) => item === line.item) ?? line);
	const lines = [...known, ...entered.filter(({ item }) => !count.lines.some((line) => line.item === item))];
	const isWhole = lines.every((line) => line.counted !== null);
	return {
		set: { lines, countedBy: actor.code, countedAt: now, differences: lines.filter(({ difference }) => (difference ?? 0) !== 0).length },
		to: isWhole ? 'Counted' : count.state === 'Rejected' ? 'Rejected' : 'Draft',
		then: entered.map((line) => fire(stockCard, 'count', cardNumber(line.item), { counted: (line.counted ?? 0) + sumOf(after.filter(({ item, moveKind }) => item === line.item && !isAdjustment(moveKind))) })),
	};
}

/** @rule P-078 — the report goes to the supervisor */
export const submitCount = (count: StockCount): Change<CountShape> => ({
	set: { rejectReason: null },
	notices: [
		{
			key: `stock_count.submitted:${count.no}:${count.version}`,
			to: { role: 'after_sales_manager' },
			subject: `请审核盘存报表 ${count.no}（差异 ${count.differences ?? 0} 项）`,
			body: [['盘点号', count.no], ['项数', String(count.lines.length)], ...differing(count).map((line): [string, string] => [line.item, `帐面 ${line.book}，实物 ${line.counted ?? ''}，差异 ${line.difference ?? 0}${line.note === null ? '' : `（${line.note}）`}`])],
			rule: 'P-078',
		},
	],
});

const differing = ({ lines }: StockCount): readonly Line[] => lines.filter(({ difference }) => difference !== null && difference !== 0);

/** @rule P-078 — not by who counted; differences get their slips @rule P-074 */
export function approveCount(count: StockCount, _input: unknown, { actor }: Given): Change<CountShape> {
	if (actor.code === count.countedBy) throw new RuleViolation('NOT_ALLOWED', `${count.no} 由 ${actor.code} 盘点，不能自己审核`, '请由另一位主管审核', 'P-078');
	return { set: { checkedBy: actor.code }, then: [...slip(count, 'surplus'), ...slip(count, 'shortage')] };
}

function slip(count: StockCount, adjustKind: 'surplus' | 'shortage'): Consequence[] {
	const lines = differing(count)
		.filter(({ difference }) => (difference ?? 0) > 0 === (adjustKind === 'surplus'))
		.map(({ item, book, counted, difference }) => ({ item, book, counted: counted ?? 0, quantity: Math.abs(difference ?? 0), recovered: 0, cause: null }));
	return lines.length === 0 ? [] : [fire(stockAdjustment, 'open', null, { count: count.no, adjustKind, lines })];
}

/** @rule P-078 — what is not right is counted again */
export const rejectCount = (count: StockCount, { reason }: { reason: string }, { actor }: Given): Change<CountShape> => ({ set: { ...uncounted(count), checkedBy: actor.code, rejectReason: reason } });

/** All of it: a figure from before is no second look. */
const uncounted = ({ lines }: StockCount) => ({ lines: lines.map((line) => ({ ...line, counted: null, difference: null, note: null })), differences: null });

/** A slip that was not approved sends the whole count back. @rule P-074 */
export const recount = (count: StockCount, { reason }: { reason: string }, { slips }: Given & { slips: readonly Adjustment[] }): Change<CountShape> => ({
	set: { ...uncounted(count), rejectReason: reason },
	then: slips.filter(({ state }) => state !== 'Refused' && state !== 'Void').map(({ no }) => fire(stockAdjustment, 'void', no, {})),
});

/**
 * Brings the books to what was counted.
 * @rule P-074 — a difference without an approved slip is not posted
 * @rule P-078 — only after the supervisor's approval
 * @throws RuleViolation CONDITION_NOT_MET naming the slip that is not approved
 */
export function postCount(count: StockCount, _input: unknown, { slips, lots, cards, actor, now, today }: Given & { slips: readonly Adjustment[]; lots: readonly StockLot[]; cards: readonly StockCard[] }): Change<CountShape> {
	const needed = (['surplus', 'shortage'] as const).filter((kind) => slip(count, kind).length > 0).map((kind) => slipNumber(count.no, kind));
	const approved = slips.filter(({ state }) => state === 'Approved');
	const open = needed.filter((no) => !approved.some((each) => each.no === no));
	if (open.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${count.no} 的差异还没有批准：${open.join('、')}`, '请先说明原因、开出盘盈/盘亏单并完成审批', 'P-074');
	checkCards(count, approved, cards);
	return {
		set: { postedBy: actor.code, postedAt: now },
		then: [...approved.flatMap((each) => posted(each, lots)), ...approved.map(({ no }) => fire(stockAdjustment, 'post', no, {})), ...[count.no, ...approved.map(({ no }) => no)].map((no) => onFile(no === count.no ? '盘点表' : '盘盈/盘亏单', no, today))],
	};
}

/** Two counts that found the same difference must not both post it. @rule P-074 */
function checkCards(count: StockCount, slips: readonly Adjustment[], cards: readonly StockCard[]): void {
	for (const { adjustKind, lines } of slips) {
		const wrong = lines.find((line) => {
			const card = cards.find(({ item }) => item === line.item);
			return card !== undefined && card.balance + (adjustKind === 'surplus' ? openQuantity(line) : -openQuantity(line)) !== card.counted;
		});
		if (wrong !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${wrong.item} 在 ${count.no} 之后又盘点或更正过，差异不再是 ${openQuantity(wrong)}`, '请主管“重盘”后重新盘点', 'P-074');
	}
}

function posted(adjustment: Adjustment, lots: readonly StockLot[]): Consequence[] {
	const lines = adjustment.lines.map((line) => ({ item: line.item, quantity: openQuantity(line) })).filter(({ quantity }) => quantity > 0);
	if (adjustment.adjustKind === 'shortage') return takeOut(pickLots(lines, lots, 'P-074'), 'shortage', adjustment.no);
	return lines.map(({ item, quantity }) => fire(stockCard, 'turn', cardNumber(item), { item, lot: adjustment.no, quantity, moveKind: 'surplus', paper: adjustment.no }));
}
