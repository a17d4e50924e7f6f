import { acceptanceComing, backupProblems, contractsEnding, freeEnding, handoversMissing, monthPapers, trainingsDue, visitsDue } from '../domain/contract/contractReminders';
import type { ExpiryNotice } from '../domain/contract/expiryNotice';
import type { FreeExpiry } from '../domain/contract/freeExpiry';
import { systemsInMaintenance, type Contract, type Project } from '../domain/contract/phase';
import type { BackupEntry, ServiceManual } from '../domain/contract/registers';
import { addMonths, monthOf } from '../domain/shared/zonedTime';
import type { DailyCheck } from './dailyChecks';
import { apply, SYSTEM, type Standing } from './engine';
import type { Row, Store } from './store';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const keysOf = (stored: readonly Row[], key: string): ReadonlySet<string> => new Set(stored.map((row) => String(row[key])));

const projectsIn = async (store: Store): Promise<Project[]> => rows(await store.list('project', { where: [{ column: 'projectKind', is: '=', value: 'system' }] }));
/** Contracts of projects, which are few. */
const contractsOf = async (store: Store, projects: readonly Project[]): Promise<Contract[]> => rows(await store.load('contract', 'project', projects.map(({ no }) => no)));

/** @rule C-040 */
const endings: DailyCheck = async (store, given) => {
	const last = addMonths(given.today, given.settings['contract.renewal_notice_months'] + 1);
	const ending = rows<Contract>(await store.list('contract', { where: [{ column: 'endDay', is: '>=', value: given.today }, { column: 'endDay', is: '<=', value: last }] }));
	if (ending.length === 0) return [];
	const codes = ending.map(({ no }) => no);
	const next = rows<Contract>(await store.load('contract', 'previous', codes)).filter(({ no }) => !codes.includes(no));
	const noticed = new Map(rows<ExpiryNotice>(await store.load('expiry_notice', 'no', codes.map((no) => `DQ-${no}`))).map(({ contract, endDay }) => [contract, endDay]));
	// Who ended a contract early is not asked to renew it.
	const terminated = keysOf((await store.load('maintenance_contract', 'no', codes.map((no) => `BY-${no}`))).filter(({ state }) => state === 'Terminated'), 'contractNo');
	return contractsEnding([...ending.filter(({ no }) => !terminated.has(no)), ...next], noticed, given);
};

/** Opens the month's inspections of systems in maintenance; those there are stay. @rule C-020 */
async function openInspections(store: Store, systems: readonly Project[], { today, now }: Standing): Promise<void> {
	const month = monthOf(today);
	const there = keysOf(await store.load('inspection', 'month', [month]), 'project');
	const items = systems.filter(({ no }) => !there.has(no)).map(({ no, keeper }) => ({ no: null, input: { project: no, month, keeper } }));
	if (items.length > 0) await apply(store, 'inspection', 'open', items, { actor: SYSTEM, now, mode: 'each' });
}

/** What is asked for systems, and of companies that have some; other projects, which may be many, are not read. @rule C-010 @rule C-011 @rule C-041 */
const systems: DailyCheck = async (store, given) => {
	const projects = await projectsIn(store);
	if (projects.length === 0) return [];
	const month = monthOf(given.today);
	const inMaintenance = systemsInMaintenance(projects, await contractsOf(store, projects), given.today, given.today);
	await openInspections(store, inMaintenance, given);
	const begun = keysOf(rows<Row>(await store.load('handover', 'project', projects.map(({ no }) => no))).filter(({ state }) => state !== 'Cancelled'), 'project');
	const reported = new Map(rows<FreeExpiry>(await store.load('free_expiry', 'project', projects.map(({ no }) => no))).map(({ project, freeEndDay }) => [project, freeEndDay]));
	const months = [monthOf(addMonths(`${month}-01`, -1)), month];
	const manuals = rows<ServiceManual>(await store.load('service_manual', 'month', months)).filter(({ state }) => state !== 'Void');
	return [
		...acceptanceComing(projects, begun, given),
		// Those accepted long before the product was used are not asked for.
		...handoversMissing(projects, begun, given, addMonths(given.today, -3)),
		...freeEnding(projects, reported, given),
		...monthPapers(inMaintenance.length, { reports: keysOf(await store.load('optimisation_report', 'month', months), 'month'), manuals: new Set(manuals.map((manual) => manual.month)) }, given),
		...backupProblems(inMaintenance, rows<BackupEntry>(await store.list('backup_entry', {})), given),
	];
};

/** @rule C-024 */
const visits: DailyCheck = async (store, given) => {
	const key = await store.list('customer', { columns: ['no', 'name', 'createdAt'], where: [{ column: 'keyCustomer', is: '=', value: 1 }] });
	if (key.length === 0) return [];
	const since = addMonths(given.today, -given.settings['visit.key_customer_months']);
	const plans = await store.list('visit_plan', { columns: ['customer', 'state', 'doneDay'], where: [{ column: 'customer', is: 'in', value: key.map(({ no }) => String(no)) }] });
	const seen = keysOf(plans.filter(({ state, doneDay }) => state === 'Assigned' || (state === 'Done' && String(doneDay) >= since)), 'customer');
	return visitsDue(key.filter(({ no }) => !seen.has(String(no))).map(({ no, name }) => ({ no: String(no), name: String(name) })), given);
};

/** @rule C-025 */
const trainings: DailyCheck = async (store, given) => {
	const promised = rows<Contract>(await store.list('contract', { where: [{ column: 'trainingIncluded', is: '=', value: 1 }, { column: 'trainingDueDay', is: '<', value: given.today }, { column: 'endDay', is: '>=', value: given.today }] }));
	if (promised.length === 0) return [];
	const held = (await store.load('user_training', 'contract', promised.map(({ no }) => no))).filter(({ state }) => state === 'Held');
	return trainingsDue(promised, keysOf(held, 'contract'), given);
};

export const contractChecks: readonly DailyCheck[] = [endings, systems, visits, trainings];
