import type { Day } from '../document/fields';

export const serviceTypes = { A: 'A 有费服务', B: 'B 合同服务', C: 'C 免费服务', D: 'D 一般行政工作' } as const;
export type ServiceType = keyof typeof serviceTypes;

export type Cover = { readonly startDay: Day; readonly endDay: Day; readonly asset: string | null; readonly no: string };

type Job = {
	readonly day: Day;
	readonly hasCustomer: boolean;
	readonly asset: { readonly no: string; readonly warrantyEnd: Day | null } | null;
	readonly contracts: readonly Cover[];
	readonly humanDamage: boolean;
};

/**
 * Proposes the type of a service job and says why.
 * @rule V-002 — no customer D, in warranty and no human damage C, active contract B, else A; the last day is covered
 */
export function proposeServiceType(job: Job): { type: ServiceType; reason: string } {
	if (!job.hasCustomer) return { type: 'D', reason: '没有客户，属一般行政工作' };
	const end = job.asset?.warrantyEnd ?? null;
	if (end !== null && job.day <= end && !job.humanDamage) return { type: 'C', reason: `保修至 ${end}，在免费保证期间内` };
	const cover = job.contracts.find((contract) => covers(contract, job));
	if (cover !== undefined) return { type: 'B', reason: `合同 ${cover.no} 有效至 ${cover.endDay}` };
	return { type: 'A', reason: reasonForCharge(job, end) };
}

const covers = (contract: Cover, job: Job): boolean =>
	contract.startDay <= job.day && job.day <= contract.endDay && (contract.asset === null || contract.asset === job.asset?.no);

function reasonForCharge(job: Job, warrantyEnd: Day | null): string {
	if (job.humanDamage) return '人为损坏，且没有有效合同';
	if (warrantyEnd !== null) return `保修已于 ${warrantyEnd} 到期，且没有有效合同`;
	return '没有保修记录，且没有有效合同';
}
