import type { Change, RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Month } from '../document/fields';
import type { outlet, price } from '../master/records';
import { priceOn } from '../shared/priceOn';
import { RuleViolation } from '../shared/ruleViolation';
import { unknownNote } from '../shared/workCalendar';
import { lastDayOf } from '../shared/zonedTime';
import { computeStatement } from './computeStatement';
import type { OldPart } from './oldPart';
import { replyDue } from './partsDates';
import type { Reconciliation, ReconciliationShape } from './reconciliation';
import type { UsageLine } from './usageLine';

type Known = Given & { site: RowOfRecord<typeof outlet> | null; usage: readonly UsageLine[]; parts: readonly OldPart[]; prices: readonly RowOfRecord<typeof price>[] };

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
	const usage = facts.usage.filter(({ state }) => state !== 'Void');
	const parts = facts.parts.filter(({ state }) => state !== 'Void');
	const stated = usage.filter((line) => line.month === month);
	const returned = parts.filter((part) => part.month === month);
	if (stated.length + returned.length === 0)
		throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} ${month} 没有使用统计和返厂旧件`, '请先导入该月的零配件使用统计表', 'P-040');
	return computeStatement({
		stated,
		statedBefore: usage.filter((line) => line.month < month),
		returned,
		returnedBefore: parts.filter((part) => part.month < month),
		supplyPriceOf: (item, day) => supplyPrice(facts.prices, item, day),
		settings: facts.settings,
	});
}

function supplyPrice(prices: Known['prices'], item: string, day: Day): number {
	const line = priceOn(prices.filter((price) => price.item === item), day);
	if (line === null) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${item} 在 ${day} 没有供价`, '请在零配件价格表中补上生效日期不晚于该日的供价', 'P-083');
	return line.supplyPrice;
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
	return { set: { ...result, sentAt: now, replyDueAt: due, replyNote: unknownNote(unknownYears) }, to: 'Sent' };
}

export const agree = (_statement: unknown, _input: unknown, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer: '确认' } });

/** Nothing is written off until settled. @rule P-041 */
export const object = (_statement: unknown, { answer }: { answer: string }, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer } });

/** The counted quantities rule. @rule P-041 — no answer within one working day means agreed */
export const lapse = (): Change<ReconciliationShape> => ({ set: { answer: '逾期未复，视为同意' } });
