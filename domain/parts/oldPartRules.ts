import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import type { OldPart, OldPartShape } from './oldPart';

type Test = { matched: number; mismatched: number; noFault: number };

/**
 * Stores what QA found; the three quantities are the returned quantity.
 * @rule P-043 — every part is tested against its fault card
 * @throws RuleViolation CONDITION_NOT_MET when quantities do not add up or there is no card
 */
export function recordTest(part: OldPart, test: Test, { now }: Given): Change<OldPartShape> {
	const total = test.matched + test.mismatched + test.noFault;
	if (total !== part.quantity)
		throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 返回 ${part.quantity} 件，检测结果合计 ${total} 件`, '请核对相符、不符、无故障三个数量，合计应等于返回数量', 'P-043');
	if (part.faultCard === null && test.matched > 0)
		throw new RuleViolation('CONDITION_NOT_MET', `${part.no} 没有故障卡，不能判为相符`, '请先补故障卡，或将数量填入“不符数量”', 'P-043');
	return { set: { ...test, testedAt: now } };
}

/** The fine follows only after this. @rule P-048 — verified by the after-sales manager */
export const verifyImproper = (part: OldPart): Change<OldPartShape> => ({ set: { improper: true }, to: part.state });
