import type { RowOfRecord } from '../document/document';
import type { Day } from '../document/fields';
import type { price } from '../master/records';
import { priceOn } from '../shared/priceOn';
import { RuleViolation } from '../shared/ruleViolation';

export type PriceLine = RowOfRecord<typeof price>;

/** The price a part has on a day. @rule P-083 @throws RuleViolation CONDITION_NOT_MET without one */
export function supplyPriceOf(prices: readonly PriceLine[], item: string, day: Day): number {
	const line = priceOn(prices.filter((each) => each.item === item), day);
	if (line === null) throw new RuleViolation('CONDITION_NOT_MET', `配件 ${item} 在 ${day} 没有供价`, '请在零配件价格表中补上生效日期不晚于该日的供价', 'P-083');
	return line.supplyPrice;
}
