import type { Settings } from '../settings';
import { yuan } from '../shared/money';

export type ComplaintClass = 'major' | 'ordinary';

export type Severity = {
	/** Injury or danger. */
	readonly injury: boolean;
	/** The customer turns to media or authorities. */
	readonly publicThreat: boolean;
	/** In fen. */
	readonly loss: number;
	/** Days since the customer's previous complaint; null if there is none. */
	readonly daysSinceLast: number | null;
	readonly declaredMajor: boolean;
};

/**
 * Major or ordinary, and why.
 * @rule K-003 — injury, threat of publicity, loss from `complaint.major_loss`, a repeat, or by choice
 */
export function classifyComplaint(severity: Severity, settings: Settings): { class: ComplaintClass; reason: string } {
	const reasons = [
		severity.injury && '涉及人身安全',
		severity.publicThreat && '客户拟诉诸媒体或主管部门',
		severity.loss >= settings['complaint.major_loss'] && `损失 ${yuan(severity.loss)} 元，达到 ${yuan(settings['complaint.major_loss'])} 元`,
		severity.daysSinceLast !== null &&
			severity.daysSinceLast <= settings['complaint.repeat_days'] &&
			`${severity.daysSinceLast} 天内重复投诉`,
		severity.declaredMajor && '人工认定重大',
	].filter((reason) => reason !== false);
	return reasons.length > 0 ? { class: 'major', reason: reasons.join('；') } : { class: 'ordinary', reason: '未达到重大标准' };
}
