import type { RowOfRecord } from '../document/document';
import type { outlet } from '../master/records';
import type { Settings } from '../settings';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';

export type Site = RowOfRecord<typeof outlet>;

/** The outlet on file and active. @throws RuleViolation NOT_FOUND, CONDITION_NOT_MET */
export function activeSite(site: Site | null, code: string): Site {
	if (site === null) throw new RuleViolation('NOT_FOUND', `网点“${code}”不存在`, '请核对网点编码，或先建立网点', 'P-002');
	if (!site.active) throw new RuleViolation('CONDITION_NOT_MET', `网点 ${code} ${site.name} 目前不是有效网点`, '押金到位后才能申请和发放配件；已取消的网点不再办理', 'P-010');
	return site;
}

/** Nothing is issued before the deposit is enough, nor when fines have eaten it. @rule P-010 @throws RuleViolation CONDITION_NOT_MET */
export function refuseLowDeposit(site: Site | null, deposit: number, settings: Settings): void {
	const least = settings['parts.deposit_min'];
	if (site?.exempt === true || deposit >= least) return;
	throw new RuleViolation('CONDITION_NOT_MET', `网点 ${site?.no ?? ''} 的押金 ${yuan(deposit)} 元，不足 ${yuan(least)} 元`, '请先登记补缴的押金', 'P-010');
}
