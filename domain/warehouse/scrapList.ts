import { fire, type Change } from '../document/document';
import type { Given } from '../document/facts';
import { text } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { onFile } from './documentArchive';
import { goodsIssue } from './goodsIssue';
import { itemsOf, lotsOf, pickLots } from './pickLots';
import { scrapDraft, scrapLines, type ScrapList, type ScrapShape } from './scrapPaper';
import type { StockLot } from './stockLot';

const draft = scrapDraft;
const listing = { lines: scrapLines };

/** What is not there cannot be scrapped. @rule P-079 */
function submit(_list: ScrapList, { lines }: Pick<ScrapList, 'lines'>, { actor, lots }: Given & { lots: readonly StockLot[] }): Change<ScrapShape> {
	if (lines.length === 0) throw new RuleViolation('FIELD_MISSING', '没有填写报损的配件', '请至少填写一行', 'P-079');
	pickLots(lines, lots, 'P-079');
	return { set: { lines, listedBy: actor.code, approvedBy: null, backReason: null } };
}

/** The supervisor's word takes the goods out of stock. @rule P-079 — not by who wrote the list */
function approve(list: ScrapList, _input: unknown, { actor, today }: Given): Change<ScrapShape> {
	if (actor.code === list.listedBy) throw new RuleViolation('NOT_ALLOWED', `报损清单 ${list.no} 由 ${actor.code} 填报，不能自己审核`, '请由另一位主管审核', 'P-079');
	const lines = list.lines.map(({ item, quantity }) => ({ item, quantity }));
	return { set: { approvedBy: actor.code }, then: [fire(goodsIssue, 'issue', null, { purpose: 'scrap', paper: list.no, lines }), onFile('报损清单', list.no, today)] };
}

const supervisors = ['dept_manager', 'after_sales_manager', 'general_manager'] as const;
const asSeen = { facts: ({ lines }: Pick<ScrapList, 'lines'>) => ({ lots: lotsOf(itemsOf(lines)) }) };

/** Damaged stock leaves the books by the supervisor's approval only. @rule P-079 */
export const scrapList = draft.events({
	submit: draft.event({ label: { en: 'Submit', zh: '填报送审' }, from: ['new'], to: ['Submitted'], by: ['storekeeper', 'material_clerk'], input: listing, ...asSeen }).decidedBy(submit),
	resubmit: draft.event({ label: { en: 'Submit again', zh: '改正重报' }, from: ['Returned'], to: ['Submitted'], by: ['storekeeper', 'material_clerk'], input: listing, ...asSeen }).decidedBy(submit),
	approve: draft.event({ label: { en: 'Approve', zh: '核准报损' }, from: ['Submitted'], to: ['Approved'], by: supervisors, input: {} }).decidedBy(approve),
	sendBack: draft
		.event({ label: { en: 'Send back', zh: '退回' }, from: ['Submitted'], to: ['Returned'], by: supervisors, input: { reason: text({ en: 'Reason', zh: '退回原因' }) } })
		.decidedBy((_list, { reason }) => ({ set: { backReason: reason } })),
});
