import type { Instant } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import type { Call } from './call';
import type { VisitReport } from './reportVisit';

const refuse = (message: string, way: string, rule: string) => new RuleViolation('CONDITION_NOT_MET', message, way, rule);

/** @rule V-024 */
export function checkLeaving(arrivedAt: Instant, leftAt: Instant, now: Instant): void {
	if (leftAt > now) throw refuse('离开时间在将来', '请填写实际离开时间', 'V-024');
	if (leftAt < arrivedAt) throw refuse('离开时间早于到达时间', '请检查两个时间', 'V-024');
}

type Opinion = Pick<VisitReport, 'signedBy' | 'satisfaction' | 'reason' | 'surveyRefused'>;

/**
 * What a finished job needs from the customer.
 * @rule V-042 — the signature
 * @rule V-044 — with satisfaction, and a reason if not satisfied
 * @rule V-048 — or why the customer would not answer
 */
export function checkOpinion({ signedBy, satisfaction, reason, surveyRefused }: Opinion): void {
	if (signedBy === null) throw refuse('缺少客户签字', '请客户在“客户签字”栏输入姓名确认', 'V-042');
	if (satisfaction === null && surveyRefused === null) throw refuse('缺少客户满意度', '请客户选择满意度；客户拒填的请写明“客户拒填满意度原因”', 'V-048');
	if (satisfaction === 'not_satisfied' && reason === null) throw refuse('客户不满意但没有原因', '请选择不满意原因：服务态度、技术水平或响应速度', 'V-044');
}

/**
 * @rule V-043 — not done says why, and "other" is explained
 * @rule V-045 — and what comes next: another time, or help; an item that has to come along is taken in
 */
export function checkUnsolved(call: Call, { openReason, remark, next, appointTo }: VisitReport): void {
	if (openReason === null) throw refuse(`${call.no} 未完成，但没有选“未完成原因”`, '请选择“需返修、更换设备”或“其它见备注”', 'V-043');
	if (openReason === 'other' && remark === null) throw refuse(`${call.no} 未完成原因是“其它见备注”，但备注是空的`, '请填写备注', 'V-043');
	if (next === null) throw refuse(`${call.no} 未完成，但没有后续安排`, '请选择“另约时间”或“请求协助”；商品需要带回的请用“携回修护”', 'V-045');
	if (next === 'appointment' && appointTo === null) throw refuse(`${call.no} 另约时间，但没有填写新的预约`, '请填写“预约上门止”', 'V-045');
}

/** @rule V-051 — users are trained where the contract says so */
export function checkInstallation(call: Call, { result, trained }: VisitReport): void {
	if (result === 'done' && call.trainingDue === true && trained !== true) throw refuse(`${call.no} 合同含用户培训，还没有勾选“已培训用户”`, '请培训后勾选', 'V-051');
}

const makers: readonly unknown[] = ['manufacture', 'assembly', 'design', 'material'];

/** @rule C-004 — inside the warranty a fault of manufacture, assembly, design or material is not charged */
export function checkFreeWarranty(call: Call, { faultCause }: Pick<VisitReport, 'faultCause'>, amount: number, { day, warrantyEnd }: { readonly day: string; readonly warrantyEnd: string | null }): void {
	if (amount > 0 && makers.includes(faultCause) && warrantyEnd !== null && day <= warrantyEnd) throw refuse(`${call.no} 在保修期内（至 ${warrantyEnd}），故障属制造、装配、设计或材料原因，不能收费`, '请删去收费明细，或核对故障归因', 'C-004');
}
