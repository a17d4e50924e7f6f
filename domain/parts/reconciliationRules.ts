import { fire, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Month } from '../document/fields';
import type { outlet, price } from '../master/records';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { unknownNote } from '../shared/workCalendar';
import { lastDayOf } from '../shared/zonedTime';
import { computeStatement, type returnedColumns, type statedColumns } from './computeStatement';
import type { OldPart } from './oldPart';
import { book, money, type OutletAccount } from './outletAccount';
import { outletFine, type OutletFine } from './outletFine';
import type { RepairRecord } from './outletRecords';
import { lapsed, unsent } from './reconciliationNotices';
import { recheckWaiting } from './partRequest';
import type { PartRequest } from './partRequestPaper';
import { supplyPriceOf } from './supplyPrice';
import { replyDue } from './partsDates';
import type { Reconciliation, ReconciliationShape } from './reconciliation';
import type { UsageLine } from './usageLine';

type Known = Given & {
	site: RowOfRecord<typeof outlet> | null;
	usage: readonly Pick<UsageLine, (typeof statedColumns)[number]>[];
	parts: readonly Pick<OldPart, (typeof returnedColumns)[number]>[];
	earlierUsage: readonly UsageLine[];
	earlierParts: readonly Pick<OldPart, (typeof returnedColumns)[number]>[];
	/** With lists of later months. */
	laterParts: readonly Pick<OldPart, (typeof returnedColumns)[number] | 'month'>[];
	/** Of later months; those sent have counted their parts already. */
	laterStatements: readonly Pick<Reconciliation, 'month' | 'state'>[];
	prices: readonly RowOfRecord<typeof price>[];
	records: readonly RepairRecord[];
};

/**
 * Draws the month's statement up from what the outlet stated and returned; again as long as it is a draft.
 * @rule P-041 — usage statement against returned parts, at supply price
 * @throws RuleViolation NOT_FOUND for an unknown outlet, CONDITION_NOT_MET when there is nothing to reconcile or a price is missing
 */
export function drawUp(_statement: unknown, input: { outlet: string; month: Month }, facts: Known): Change<ReconciliationShape> {
	if (facts.site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码，或先在网点资料中登记');
	return { set: { outlet: input.outlet, month: input.month, ...computed(input, facts) } };
}

function computed({ outlet: code, month }: { readonly outlet: string; readonly month: Month }, facts: Known) {
	const stated = facts.usage.filter(isValid);
	const returned = facts.parts.filter(isValid);
	if (stated.length + returned.length === 0)
		throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} ${month} 没有使用统计和返厂旧件`, '请先导入该月的零配件使用统计表', 'P-040');
	// A month that was settled out of turn has used up what it credited.
	const countedLater = new Set(facts.laterStatements.filter(({ state }) => state !== 'Draft').map((statement) => statement.month));
	const recorded = facts.settings['parts.repair_record'] === '是' ? new Set(facts.records.filter(isValid).map(({ repairNo }) => repairNo)) : null;
	return computeStatement({
		stated,
		statedBefore: facts.earlierUsage.filter((line) => isValid(line) && line.month < month),
		returned,
		returnedBefore: [...facts.earlierParts, ...facts.laterParts.filter((part) => countedLater.has(part.month))].filter((part) => isValid(part) && part.outlet === code),
		supplyPriceOf: pricedBy(facts.prices),
		settings: facts.settings,
		recorded,
	});
}

const isValid = ({ state }: { readonly state: string }): boolean => state !== 'Void';

/** Prices of a part by day, looked up once for each part. */
function pricedBy(prices: Known['prices']): (item: string, day: Day) => number {
	const byItem = Map.groupBy(prices, ({ item }) => item);
	return (item, day) => supplyPriceOf(byItem.get(item) ?? [], item, day);
}

/**
 * Sends the statement, computed anew: as stated it is agreed at once, otherwise the outlet has a working day to answer.
 * @rule P-041
 * @throws RuleViolation CONDITION_NOT_MET while the month runs or parts wait for QA
 */
export function send(statement: Reconciliation, _input: unknown, facts: Known): Change<ReconciliationShape> {
	const { now, today, settings, calendar } = facts;
	if (today <= lastDayOf(statement.month)) throw new RuleViolation('CONDITION_NOT_MET', `${statement.month} 还没有结束，不能传出对帐单`, '请在次月传出', 'P-040');
	const result = computed(statement, facts);
	if (result.pending > 0)
		throw new RuleViolation('CONDITION_NOT_MET', `${statement.no} 还有 ${result.pending} 件旧件待品管检测`, '请先登记检测结果再发对帐单', 'P-043');
	if (!result.differs) return { set: { ...result, sentAt: now, answeredAt: now, answer: '与申报一致' }, to: 'Confirmed' };
	const { due, unknownYears } = replyDue(today, settings, calendar);
	const set = { ...result, sentAt: now, replyDueAt: due, replyNote: unknownNote(unknownYears) };
	return { set, to: 'Sent', notices: unsent({ ...statement, ...set }, facts.site, facts) };
}

/** Only what was sent; an objection ends by `settle`. @rule P-041 */
export const agree = (_statement: unknown, _input: unknown, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer: '确认' } });

/** Nothing is written off until settled. @rule P-041 */
export const object = (_statement: unknown, { answer }: { answer: string }, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer } });

/** The counted quantities rule. @rule P-041 — no answer within one working day means agreed */
export const lapse = (statement: Reconciliation, _input: unknown, facts: Given & { site: Known['site'] }): Change<ReconciliationShape> => ({
	set: { answer: '逾期未复，视为同意' },
	notices: lapsed(statement, facts.site, facts),
});

/**
 * What was agreed comes off the value the outlet holds; fines are proposed, not taken.
 * @rule P-041 — written off at supply price × share, after confirmation only; the deposit is not touched
 * @rule P-044 @rule P-048 — a fine waits for the after-sales manager
 */
export function writeOff(statement: Reconciliation, _input: unknown, { now, requests, settings }: Given & { requests: readonly PartRequest[] }): Change<ReconciliationShape> {
	return {
		set: { writtenOffAt: now },
		then: [...book(statement.outlet, statement.no, [money('held', 'write_off', -statement.creditAmount)], `核销 ${statement.credited} 件`), ...proposals(statement, settings), ...recheckWaiting(requests)],
	};
}

function proposals(statement: Reconciliation, settings: Given['settings']): Consequence[] {
	const sum = (pick: (line: Reconciliation['lines'][number]) => number) => statement.lines.reduce((total, line) => total + pick(line), 0);
	const propose = (cause: 'noFault' | 'improper', quantity: number, amount: number, working: string) =>
		amount === 0 ? [] : [fire(outletFine, 'propose', null, { outlet: statement.outlet, cause, quantity, amount, statement: statement.no, working })];
	const noFault = sum((line) => (line.noFaultFine > 0 ? line.noFault : 0));
	const improper = statement.lines.filter((line) => line.improperFine > 0);
	const price = improper.reduce((total, line) => total + line.improper * line.supplyPrice, 0);
	return [
		...propose('noFault', noFault, sum((line) => line.noFaultFine), `无故障 ${noFault} 件 × ${yuan(settings['parts.nofault_fine'])} 元`),
		...propose('improper', improper.reduce((total, line) => total + line.improper, 0), sum((line) => line.improperFine), `供价合计 ${yuan(price)} 元 × ${settings['parts.fraud_factor']} 倍`),
	];
}

/** A write-off made wrongly: booked back, its proposals dropped; a fine already taken is reversed first. */
export function undoWriteOff(statement: Reconciliation, { reason }: { readonly reason: string }, { fines, account, now }: Given & { fines: readonly OutletFine[]; account: OutletAccount | null }): Change<ReconciliationShape> {
	if (account?.state === 'Closed') throw new RuleViolation('CONDITION_NOT_MET', `网点 ${statement.outlet} 的往来帐户已经结清`, '已取消的网点不能再撤销核销', 'P-004');
	const taken = fines.find(({ state }) => state === 'Deducted');
	if (taken !== undefined) throw new RuleViolation('CONDITION_NOT_MET', `${statement.no} 的罚款 ${taken.no} 已经扣款`, '请先冲销罚款，再撤销核销', 'P-048');
	return {
		set: { writtenOffAt: null, answer: `撤销核销：${reason}`, answeredAt: now },
		then: [
			...book(statement.outlet, statement.no, [money('held', 'reversal', statement.creditAmount)], reason),
			...fines.filter(({ state }) => state === 'Proposed').map(({ no }) => fire(outletFine, 'waive', no, { reason: `撤销核销：${reason}` })),
		],
	};
}
