import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import { onFile } from './documentArchive';
import type { GoodsIssue, IssueShape } from './goodsIssue';
import { pickLots, putBack, takeOut, type Pick, type Wanted } from './pickLots';
import type { ScrapList } from './scrapPaper';
import type { StockLot } from './stockLot';
import type { StoredItem } from './storage';

export type Issuing = { readonly purpose: GoodsIssue['purpose']; readonly paper: string | null; readonly lines: readonly Wanted[]; readonly note: string | null; readonly program: string | null };
type Stock = Given & { readonly lots: readonly StockLot[] };
type Asked = Stock & { readonly records: readonly StoredItem[]; readonly scrap: ScrapList | null; readonly before: readonly GoodsIssue[]; readonly shipment: { readonly state: string } | null };

/**
 * Takes goods out at once, from the oldest lots; valuable parts wait for a second person.
 * @rule P-070 @rule P-072
 * @throws RuleViolation CONDITION_NOT_MET when stock is short, or scrap is not approved
 */
export function issueGoods(_issue: GoodsIssue, input: Issuing, facts: Asked): Change<IssueShape> {
	if (input.lines.length === 0) throw new RuleViolation('FIELD_MISSING', '没有填写要出库的配件', '请至少填写一行', 'P-070');
	checkScrap(input, facts);
	checkShipment(input, facts);
	const picks = pickLots(input.lines, programmed(facts.lots, input.program));
	if (needsSecond(input, facts)) return { set: { ...input, picks }, to: 'ToConfirm' };
	return { set: { ...input, picks }, to: 'Issued', then: [...takeOut(picks, input.purpose, facts.no), onFile('出库单', facts.no, facts.today)] };
}

/** Parts leave for an outlet with its shipment only, once: what it holds goes up by the same act. @rule P-023 @rule P-011 */
function checkShipment({ purpose, paper }: Issuing, { shipment, before }: Asked): void {
	if (purpose !== 'shipment') return;
	const isOpen = shipment?.state === 'Shipped' && !before.some(({ state }) => state === 'Issued');
	if (!isOpen) throw new RuleViolation('CONDITION_NOT_MET', `发往网点的配件不能单独出库${paper === null ? '' : `（${paper}）`}`, '请用“发放配件”，出库随发货单自动办理', 'P-023');
}

/** Only lots that carry this version. @rule P-081 */
const programmed = (lots: readonly StockLot[], program: string | null): readonly StockLot[] => (program === null ? lots : lots.filter((lot) => lot.program === program));

/** What was approved to be scrapped goes out once, and not more of it. @rule P-079 */
function checkScrap({ purpose, paper, lines }: Issuing, { scrap, before }: Asked): void {
	if (purpose !== 'scrap') return;
	if (scrap?.state !== 'Approved') throw new RuleViolation('CONDITION_NOT_MET', `报废出库须有已核准的报损清单，“${paper ?? ''}”不是`, '请先填报损清单并送审；核准后自动出库', 'P-079');
	if (before.some(({ state }) => state === 'Issued')) throw new RuleViolation('ALREADY_EXISTS', `报损清单 ${scrap.no} 已经出库`, '请查看该清单的出库单', 'P-079');
	const listed = new Map(sums(scrap.lines));
	const over = sums(lines).find(([item, quantity]) => quantity > (listed.get(item) ?? 0));
	if (over !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `报损清单 ${scrap.no} 核准的 ${over[0]} 是 ${listed.get(over[0]) ?? 0}，不能报废 ${over[1]}`, '请按核准的数量出库', 'P-079');
}

const sums = (lines: readonly Wanted[]): [string, number][] => [...Map.groupBy(lines, ({ item }) => item)].map(([item, group]) => [item, group.reduce((sum, { quantity }) => sum + quantity, 0)]);

/** The approval of a scrap list is a second person's already; a shipment asks for one itself. @rule P-081 */
const needsSecond = ({ purpose }: Issuing, { settings, records }: Asked): boolean => settings['stock.valuable'] === '是' && purpose !== 'scrap' && purpose !== 'shipment' && records.some(({ valuable }) => valuable === true);

/**
 * The second person's word lets valuable parts go; lots are chosen anew, for others may have taken from them.
 * @rule P-081
 * @throws RuleViolation NOT_ALLOWED for who asked for the issue
 */
export function confirmIssue(issue: GoodsIssue, _input: unknown, { actor, lots, no, today }: Stock): Change<IssueShape> {
	if (actor.code === issue.createdBy) throw new RuleViolation('NOT_ALLOWED', `出库单 ${no} 由 ${actor.code} 开出，不能自己确认`, '贵重配件出库请由另一人确认', 'P-081');
	const picks = pickLots(issue.lines, programmed(lots, issue.program));
	return { set: { picks, confirmedBy: actor.code }, then: [...takeOut(picks, issue.purpose, no), onFile('出库单', no, today)] };
}

/** @rule P-070 — an issue booked wrongly is taken back whole, into the lots it came from */
export const reverseIssue = ({ picks }: { readonly picks: readonly Pick[] }, { reason }: { readonly reason: string }, { actor, no }: Given): Change<IssueShape> => ({
	set: { reversedBy: actor.code, reverseReason: reason },
	then: putBack(picks, no),
});

/** What an outlet holds must not stay on its account when the goods go back: the shipment is called back, and the issue with it. */
export function refuseShipment({ no, purpose, paper }: GoodsIssue): void {
	if (purpose === 'shipment' && paper !== null) throw new RuleViolation('CONDITION_NOT_MET', `出库单 ${no} 属于发货单 ${paper}`, '请由售后经理撤销发放，出库随之撤销', 'P-070');
}
