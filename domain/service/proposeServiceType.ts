import type { Day } from '../document/fields';
import type { Settings } from '../settings';
import { RuleViolation } from '../shared/ruleViolation';
import { yuan } from '../shared/money';

export const serviceTypes = { A: 'A 有费服务', B: 'B 合同服务', C: 'C 免费服务', D: 'D 一般行政工作' } as const;
export type ServiceType = keyof typeof serviceTypes;

export type Cover = { readonly startDay: Day; readonly endDay: Day; readonly asset: string | null; readonly no: string };

type Job = {
	readonly day: Day;
	readonly hasCustomer: boolean;
	readonly asset: { readonly no: string; readonly warrantyEnd: Day | null } | null;
	readonly contracts: readonly Cover[];
	readonly humanDamage: boolean;
	/** The last day on which an earlier repair of this fault is guaranteed. */
	readonly guaranteedTo?: Day | null;
	readonly scheme?: Settings['service.type_scheme'];
};

export type Proposal = { readonly type: ServiceType; readonly reason: string };

/**
 * Proposes the type of a service job and says why.
 * @rule V-002 — no customer D, in warranty and no human damage C, active contract B, else A; the last day is covered
 * @rule V-005 — where only paid and free are told apart, a contract counts as paid
 * @rule T-080 — a fault that comes back within the guarantee of our own repair is free
 */
export function proposeServiceType(job: Job): Proposal {
	if (!job.hasCustomer) return { type: 'D', reason: '没有客户，属一般行政工作' };
	const end = job.asset?.warrantyEnd ?? null;
	if (end !== null && job.day <= end && !job.humanDamage) return { type: 'C', reason: `保修至 ${end}，在免费保证期间内` };
	const guaranteed = job.guaranteedTo ?? null;
	if (guaranteed !== null && job.day <= guaranteed && !job.humanDamage) return { type: 'C', reason: `同一故障修护保证至 ${guaranteed}` };
	const cover = job.contracts.find((contract) => covers(contract, job));
	if (cover !== undefined) return job.scheme === 'AC' ? { type: 'A', reason: `合同 ${cover.no}，按有偿服务` } : { type: 'B', reason: `合同 ${cover.no} 有效至 ${cover.endDay}` };
	return { type: 'A', reason: reasonForCharge(job, end) };
}

/** A contract of the customer counts on its days, for its product or all. */
export const covers = (contract: Cover, job: Pick<Job, 'day' | 'asset'>): boolean =>
	contract.startDay <= job.day && job.day <= contract.endDay && (contract.asset === null || contract.asset === job.asset?.no);

function reasonForCharge(job: Job, warrantyEnd: Day | null): string {
	if (job.humanDamage) return '人为损坏，且没有有效合同';
	if (warrantyEnd !== null) return `保修已于 ${warrantyEnd} 到期，且没有有效合同`;
	return '没有保修记录，且没有有效合同';
}

/**
 * A type has to fit its customer and its money.
 * @rule V-001 — A, B and C serve a customer, only D does not, and only A is charged
 * @throws RuleViolation CONDITION_NOT_MET
 */
export function checkServiceType(type: ServiceType | null, customer: string | null, amountFen: number): void {
	if (type === null) throw refusal('没有服务类别', '请选择 A、B、C 或 D');
	if (type !== 'D' && customer === null) throw refusal(`${type} 类服务没有客户`, '请填写客户；没有客户的工作属于 D 类');
	if (amountFen > 0 && type !== 'A') throw refusal(`${type} 类服务不能向客户收费（填了 ${yuan(amountFen)} 元）`, '请去掉收费；属人为损坏的请勾选“人为损坏”');
}

const refusal = (message: string, way: string) => new RuleViolation('CONDITION_NOT_MET', message, way, 'V-001');
