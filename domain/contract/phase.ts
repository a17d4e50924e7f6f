import type { RowOfRecord } from '../document/document';
import type { Day } from '../document/fields';
import type { contract, project } from '../master/records';

export type Project = RowOfRecord<typeof project>;
export type Contract = RowOfRecord<typeof contract>;

export const phases = { Contracted: '已签合同', Accepted: '已验收，资料未齐', InWarranty: '免费维护期', ServiceContract: '保养合同期', NoCover: '没有保障' } as const;
export type Phase = keyof typeof phases;

const runs = ({ startDay, endDay }: Contract, today: Day): boolean => startDay <= today && today <= endDay;

/**
 * Where a project stands in its service life.
 * @rule C-001 — contracted, accepted, free maintenance, service contract, nothing; a contract may bring it back
 * @rule C-003 — without its completion documents an accepted project is not in free maintenance yet
 */
export function phaseOf(project: Pick<Project, 'no' | 'acceptedDay' | 'freeEndDay'>, contracts: readonly Contract[], hasDocuments: boolean, today: Day): Phase {
	if (project.acceptedDay === null || project.acceptedDay > today) return 'Contracted';
	if (contracts.some((each) => each.project === project.no && runs(each, today))) return 'ServiceContract';
	if (!hasDocuments) return 'Accepted';
	return project.freeEndDay !== null && today <= project.freeEndDay ? 'InWarranty' : 'NoCover';
}

/** Systems that are looked after on some day between the two: free maintenance or a contract. @rule C-020 */
export const systemsInMaintenance = (projects: readonly Project[], contracts: readonly Contract[], from: Day, to: Day): Project[] =>
	projects.filter(({ no, projectKind, acceptedDay, freeEndDay }) => {
		if (projectKind !== 'system' || acceptedDay === null || acceptedDay > to) return false;
		return (freeEndDay !== null && freeEndDay >= from) || contracts.some((each) => each.project === no && each.startDay <= to && each.endDay >= from);
	});
