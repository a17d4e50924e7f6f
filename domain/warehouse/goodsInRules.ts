import { fire, type Change, type Consequence } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { onFile } from './documentArchive';
import type { GoodsIn, InShape } from './goodsIn';
import type { Wanted } from './pickLots';
import { cardNumber, stockCard } from './stockCard';
import type { MoveKind } from './stockMove';

type Line = GoodsIn['lines'][number];

const noLines = (): RuleViolation => new RuleViolation('FIELD_MISSING', '没有填写入库的配件', '请至少填写一行', 'P-070');

/** Every line a lot of its own, unless it names one: `RK202506-0001-1`. */
export const withLots = (lines: readonly (Wanted & Partial<Line>)[], no: string, program: string | null = null): Line[] => {
	if (lines.length === 0) throw noLines();
	return lines.map(({ item, quantity, lot, program: own, zone, shelf, level }, index) => ({ item, quantity, lot: lot ?? `${no}-${index + 1}`, program: own ?? program, zone: zone ?? null, shelf: shelf ?? null, level: level ?? null }));
};

const bookIn = (lines: readonly Line[], moveKind: MoveKind, paper: string, receivedDay: Day): Consequence[] =>
	lines.map(({ item, quantity, lot, ...about }) => fire(stockCard, 'turn', cardNumber(item), { item, lot: lot ?? '', quantity, moveKind, paper, receivedDay, ...about }));

const moveKindOf = { outlet: 'outlet', repair: 'repairBack', other: 'otherBack' } as const;

/** Goods with their slip stand before the inspection; nothing is in stock yet. @rule P-080 */
export const deliver = (_paper: GoodsIn, input: Pick<GoodsIn, 'basis' | 'slip' | 'supplier'> & { lines: readonly (Wanted & Partial<Line>)[] }, { no, actor, today }: Given): Change<InShape> => ({
	set: { ...input, origin: 'purchase', lines: withLots(input.lines, no), receivedDay: today, receivedBy: actor.code },
});

/** @rule P-080 — what fails goes to the supervisor, not into stock */
export const inspect = (paper: GoodsIn, { result, note }: { result: 'pass' | 'fail'; note: string | null }, { actor, now }: Given): Change<InShape> => {
	if (result === 'fail' && note === null) throw new RuleViolation('FIELD_MISSING', `${paper.no} 检验不合格，没有写明问题`, '请在“检验说明”中写明不合格的情况', 'P-080');
	return {
		set: { inspector: actor.code, inspectedAt: now, inspection: note },
		to: result === 'pass' ? 'Passed' : 'Failed',
		...(result === 'pass' ? {} : { notices: [failNotice(paper, note ?? '')] }),
	};
};

const failNotice = ({ no, supplier, version }: GoodsIn, note: string) => ({
	key: `goods_in.failed:${no}:${version}`,
	to: { role: 'after_sales_manager' as const },
	subject: `入库不合格 ${no}`,
	body: [['入库单', no], ['供应商', supplier ?? ''], ['情况', note]] as const,
	rule: 'P-080',
});

/**
 * The keeper counts again and books; what differs from the slip is not booked.
 * @rule P-080 — only what passed the inspection goes into stock
 * @rule P-070
 */
export function book(paper: GoodsIn, { counted }: { counted: readonly Wanted[] | null }, { no, actor, today }: Given): Change<InShape> {
	// A form gives no lines for an empty field.
	const found = counted === null || counted.length === 0 ? paper.lines : counted;
	const differing = [...new Set([...found, ...paper.lines].map(({ item }) => item))].filter((item) => sumOf(found, item) !== sumOf(paper.lines, item));
	if (differing.length > 0) {
		const texts = differing.map((item) => `${item} 送货单 ${sumOf(paper.lines, item)}、实点 ${sumOf(found, item)}`);
		throw new RuleViolation('CONDITION_NOT_MET', `${no} 实点与送货单不符：${texts.join('；')}`, '请再点一次；确实不符的请“复核不合格”，交主管处理', 'P-080');
	}
	return { set: { bookedBy: actor.code, bookedDay: today }, then: [...bookIn(paper.lines, 'purchase', no, today), onFile('入库单', no, today)] };
}

const sumOf = (lines: readonly Wanted[], item: string): number => lines.filter((line) => line.item === item).reduce((sum, { quantity }) => sum + quantity, 0);

/** The keeper's own check fails: to the supervisor. @rule P-080 */
export const rejectAtCheck = (paper: GoodsIn, { reason }: { reason: string }): Change<InShape> => ({ set: { inspection: reason }, notices: [failNotice(paper, reason)] });

type Back = { readonly origin: 'outlet' | 'repair' | 'other'; readonly paper: string | null; readonly lines: readonly Wanted[]; readonly program: string | null };

type OfOutlet = { readonly giveBack: { readonly no: string } | null; readonly cancellation: { readonly no: string } | null; readonly before: readonly GoodsIn[] };

/** Parts that come back are booked at once, as lots of their own. @rule P-070 */
export function takeBack(_paper: GoodsIn, { origin, paper, lines, program }: Back, { no, actor, today, giveBack, cancellation, before }: Given & OfOutlet): Change<InShape> {
	// What an outlet gives back comes off what it holds by the same act.
	if (origin === 'outlet' && ((giveBack === null && cancellation === null) || (giveBack !== null && before.length > 0)))
		throw new RuleViolation('CONDITION_NOT_MET', `网点退回的配件不能单独入库${paper === null ? '' : `（${paper}）`}`, '请用“网点退料”或网点取消的“资料配件回收”，入库随之自动办理', 'P-011');
	const own = withLots(lines, no, program);
	return { set: { origin, basis: paper, lines: own, receivedDay: today, receivedBy: actor.code, bookedBy: actor.code, bookedDay: today }, then: [...bookIn(own, moveKindOf[origin], no, today), onFile('入库单', no, today)] };
}

/** @rule P-070 — taken back from the very lots, as far as they still hold it */
export const reverseIn = (paper: GoodsIn, { reason }: { reason: string }, { no, actor }: Given): Change<InShape> => ({
	set: { reversedBy: actor.code, reverseReason: reason },
	then: paper.lines.map(({ item, quantity, lot }) => fire(stockCard, 'turn', cardNumber(item), { item, lot: lot ?? '', quantity: -quantity, moveKind: 'reversal', paper: no })),
});

/** @rule P-011 — what an outlet gave back stays booked with its paper */
export function refuseOutlets({ no, origin, basis }: GoodsIn): void {
	if (origin === 'outlet') throw new RuleViolation('CONDITION_NOT_MET', `入库单 ${no} 属于网点单据 ${basis ?? ''}`, '请由售后经理撤销网点退料单，入库随之撤销', 'P-011');
}
