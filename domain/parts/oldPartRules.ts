import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import type { RowOf } from '../document/fields';
import type { OldPart, OldPartShape, oldPartFields } from './oldPart';
import { creditPct } from './partsDates';
import { refuseWhenSent } from './statementOf';
import type { UsageLine } from './usageLine';

type Known = Given & { statement: { no: string; state: string } | null };

/**
 * A part on its way in, untested.
 * @throws RuleViolation CONDITION_NOT_MET for a shipping day to come or a month whose statement was sent
 */
export function sendPart(_part: unknown, input: RowOf<typeof oldPartFields>, { statement, today }: Known): Change<OldPartShape> {
	refuseWhenSent(statement, input.month);
	if (input.shippedDay > today) throw new RuleViolation('CONDITION_NOT_MET', `发货日期 ${input.shippedDay} 在将来`, '请填写实际发货日期', 'P-046');
	return { set: { ...input, testedAt: null, matched: 0, mismatched: 0, noFault: 0, improper: false } };
}

type Test = { matched: number; mismatched: number; noFault: number };

/**
 * Stores what QA found; the three quantities are the returned quantity.
 * @rule P-043 — every part is tested against its fault card
 * @throws RuleViolation CONDITION_NOT_MET when quantities do not add up or there is no card
 */
export function recordTest(part: OldPart, test: Test, { now, statement }: Known): Change<OldPartShape> {
	refuseWhenSent(statement, part.month);
	const total = test.matched + test.mismatched + test.noFault;
	if (total !== part.quantity)
		throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 返回 ${part.quantity} 件，检测结果合计 ${total} 件`, '请核对相符、不符、无故障三个数量，合计应等于返回数量', 'P-043');
	if (part.faultCard === null && test.matched > 0)
		throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 没有故障卡，不能判为相符`, '请先补故障卡，或将数量填入“不符数量”', 'P-043');
	return { set: { ...test, testedAt: now } };
}

/** A wrong line is taken out and may be entered again. @rule M-105 */
export function voidPart(part: OldPart, _input: unknown, { statement }: Known): Change<OldPartShape> {
	refuseWhenSent(statement, part.month);
	return {};
}

/**
 * The fine follows only after this.
 * @rule P-048 — verified by the after-sales manager; only what came out of warranty or too late, and was not declared for disposal
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function verifyImproper(part: OldPart, _input: unknown, { statement, usage, settings }: Known & { usage: UsageLine | null }): Change<OldPartShape> {
	refuseWhenSent(statement, part.month);
	if (part.disposalOnly === true) throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 登记时已声明仅报废`, '声明仅报废的旧件不核销也不罚款，不必查实', 'P-048');
	if (usage === null || usage.state === 'Void') throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 在使用统计中没有对应的一行`, '没有申报的旧件按没收处理，不是不当返件；请核对维修记录单号', 'P-048');
	if (usage.warranty === 'in' && creditPct(usage.replacedDay, part.shippedDay, settings) > 0)
		throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 是保内旧件，更换 ${usage.replacedDay}、发货 ${part.shippedDay}，没有超过次月末`, '只有保外或逾期的旧件才能查实为不当返件', 'P-048');
	return { set: { improper: true }, to: part.state === 'Tested' ? 'Tested' : 'Sent' };
}
