import type { Change, RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Month } from '../document/fields';
import type { outlet, price } from '../master/records';
import { priceOn } from '../shared/priceOn';
import { RuleViolation } from '../shared/ruleViolation';
import { computeStatement } from './computeStatement';
import type { OldPart } from './oldPart';
import { replyDue } from './partsDates';
import type { ReconciliationShape } from './reconciliation';
import type { UsageLine } from './usageLine';

type Known = Given & { site: RowOfRecord<typeof outlet> | null; usage: readonly UsageLine[]; parts: readonly OldPart[]; prices: readonly RowOfRecord<typeof price>[] };

/**
 * Draws the month's statement up from what the outlet stated and returned; again as long as it is a draft.
 * @rule P-041 — usage statement against returned parts, at supply price
 * @throws RuleViolation NOT_FOUND for an unknown outlet, CONDITION_NOT_MET when there is nothing to reconcile or a price is missing
 */
export function drawUp(_statement: unknown, input: { outlet: string; month: Month }, facts: Known): Change<ReconciliationShape> {
	if (facts.site === null) throw new RuleViolation('NOT_FOUND', `网点“${input.outlet}”不存在`, '请核对网点编码，或先在网点资料中登记');
	const usage = facts.usage.filter(({ month }) => month === input.month);
	const parts = facts.parts.filter(({ month }) => month === input.month);
	if (usage.length + parts.length === 0)
		throw new RuleViolation('CONDITION_NOT_MET', `网点 ${input.outlet} ${input.month} 没有使用统计和返厂旧件`, '请先导入该月的零配件使用统计表', 'P-040');
	const supplyPriceOf = (item: string, day: Day) => supplyPrice(facts.prices, item, day);
	return { set: { outlet: input.outlet, month: input.month, ...computeStatement(usage, parts, supplyPriceOf, facts.settings) } };
}

function supplyPrice(prices: Known['prices'], item: string, day: Day): number {
	const line = priceOn(prices.filter((price) => price.item === item), day);
	if (line === null) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${item} 在 ${day} 没有供价`, '请在零配件价格表中补上生效日期不晚于该日的供价', 'P-083');
	return line.supplyPrice;
}

/**
 * Sends the statement: without difference it is agreed at once, with one the outlet has a working day to answer.
 * @rule P-041
 */
export function send(statement: { differs: boolean; pending: number; no: string }, _input: unknown, { now, today, settings, calendar }: Given): Change<ReconciliationShape> {
	if (statement.pending > 0)
		throw new RuleViolation('CONDITION_NOT_MET', `${statement.no} 还有 ${statement.pending} 件旧件待品管检测`, '请先登记检测结果再发对帐单', 'P-043');
	if (!statement.differs) return { set: { sentAt: now, answeredAt: now, answer: '数量一致' }, to: 'Confirmed' };
	return { set: { sentAt: now, replyDueAt: replyDue(today, settings, calendar) }, to: 'Sent' };
}

export const agree = (_statement: unknown, _input: unknown, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer: '确认' } });

/** Nothing is written off until settled. @rule P-041 */
export const object = (_statement: unknown, { answer }: { answer: string }, { now }: Given): Change<ReconciliationShape> => ({ set: { answeredAt: now, answer } });

/** The counted quantities rule. @rule P-041 — no answer within one working day means agreed */
export const lapse = (): Change<ReconciliationShape> => ({ set: { answer: '逾期未复，视为同意' } });
