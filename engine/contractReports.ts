import { phaseOf, type Contract, type Project } from '../domain/contract/phase';
import type { BackupEntry } from '../domain/contract/registers';
import type { DocumentDeclaration } from '../domain/document/document';
import { customerFile, projectList, type FileLine, type ProjectLine } from '../domain/report/contractReports';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { localTime } from '../domain/shared/zonedTime';
import { givenFor, type Standing } from './engine';
import { titleOf } from './formPage';
import { readersOf } from './readers';
import { documentOf, documents } from './registry';
import { namesOf } from './reports';
import type { Row, Store } from './store';
import type { Built } from './technicianReports';
import { readable } from './visibility';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const last = (values: readonly unknown[]): string | null => values.map(String).sort().at(-1) ?? null;

/** @rule C-001 @rule C-003 — the phase of every project */
export async function buildProjects(store: Store, { today }: Standing): Promise<Built> {
	const projects = rows<Project>(await store.list('project', { orderBy: [{ column: 'no' }] }));
	const codes = projects.map(({ no }) => no);
	const contracts = rows<Contract>(await store.load('contract', 'project', codes));
	const whole = new Set([...(await store.load('handover', 'project', codes)), ...(await store.load('completion_documents', 'no', codes.map((no) => `JG-${no}`)))].filter(({ state }) => state === 'Complete').map(({ project }) => project));
	const backups = rows<BackupEntry>(await store.load('backup_entry', 'no', codes.map((no) => `BF-${no}`)));
	const inspections = (await store.load('inspection', 'project', codes)).filter(({ state }) => state === 'Done');
	const accounts = (await store.load('account_entry', 'project', codes)).filter(({ state }) => state === 'Kept');
	const lines = projects.map((project): ProjectLine => {
		const own = (row: Row) => row['project'] === project.no;
		return {
			project,
			phase: phaseOf(project, contracts, whole.has(project.no), today),
			contract: contracts.filter((each) => each.project === project.no).toSorted((a, b) => (a.endDay < b.endDay ? -1 : 1)).at(-1) ?? null,
			backup: backups.find((entry) => entry.project === project.no && entry.state === 'Kept') ?? null,
			lastInspection: last(inspections.filter(own).map(({ month }) => month)),
			passwordsChanged: last(accounts.filter(own).map(({ changedDay }) => changedDay)),
		};
	});
	const names = await namesOf(store, 'customer', projects.map(({ customer }) => customer));
	return { model: projectList(today, lines, names), fileName: `工程一览-${today}.xlsx`, json: { day: today, projects: lines.map(({ project, phase }) => ({ no: project.no, name: project.name, phase })) } };
}

/**
 * A customer's file: products, projects, contracts, and every paper about him or his jobs that the person may read.
 * @rule C-002 @throws RuleViolation NOT_FOUND, NOT_ALLOWED for who does not read calls
 */
export async function buildCustomerFile(store: Store, customer: string, actor: string, { now, calendar: { zone } }: Standing): Promise<Built> {
	const { actor: reader, settings } = await givenFor(store, { actor, now });
	if (!reader.roles.some((role) => role === 'system' || readersOf(documentOf('call'), settings).includes(role))) throw new RuleViolation('NOT_ALLOWED', `${reader.name}（${actor}）不能查看客户档案`, '请由接待、客服或负责人查看', 'O-030');
	const [owner] = await store.load('customer', 'no', [customer]);
	if (owner === undefined) throw new RuleViolation('NOT_FOUND', `没有客户编号“${customer}”`, '请核对客户编号', 'C-002');
	const assets = await store.load('asset', 'customer', [customer]);
	const contracts = await store.load('contract', 'customer', [customer]);
	const projects = await store.load('project', 'customer', [customer]);
	const about: Readonly<Record<string, readonly string[]>> = {
		customer: [customer],
		call: (await store.load('call', 'customer', [customer])).map(({ no }) => String(no)),
		project: projects.map(({ no }) => String(no)),
	};
	const papers: FileLine[] = [];
	for (const document of documents) papers.push(...(await papersAbout(store, document, about, reader, zone)));
	papers.sort((a, b) => (`${a.at} ${a.no}` < `${b.at} ${b.no}` ? -1 : 1));
	const listed = (stored: readonly Row[], text: (row: Row) => readonly unknown[]) => stored.map((row) => ({ no: String(row['no']), text: text(row).filter((part) => part !== null && part !== undefined).join(' ') }));
	const lists = {
		assets: listed(assets, ({ model, purchaseDay, warrantyEnd }) => [model, purchaseDay, warrantyEnd === null ? null : `保修至 ${String(warrantyEnd)}`]),
		contracts: listed(contracts, ({ startDay, endDay, previous }) => [`${String(startDay)} 至 ${String(endDay)}`, previous === null ? null : `续自 ${String(previous)}`]),
		projects: listed(projects, ({ name, acceptedDay, freeEndDay }) => [name, acceptedDay === null ? null : `验收 ${String(acceptedDay)}`, freeEndDay === null ? null : `免费维护至 ${String(freeEndDay)}`]),
	};
	return { model: customerFile(owner as never, lists, papers), fileName: `客户档案-${customer}.xlsx`, json: { customer, name: owner['name'], papers: papers.length } };
}

/** Papers of a kind by the first thing they name of: customer, call, project. */
async function papersAbout(store: Store, document: DocumentDeclaration, about: Readonly<Record<string, readonly string[]>>, actor: Standing['actor'], zone: string): Promise<FileLine[]> {
	const column = Object.keys(about).find((key) => document.fields[key]?.kind === 'ref');
	const values = about[column ?? ''] ?? [];
	if (column === undefined || values.length === 0) return [];
	const found = await store.list(document.kind, { where: [{ column, is: 'in', value: values }, ...(await readable(store, document, actor))] });
	return found.map((row) => ({ at: localTime(String(row['createdAt']), zone), kind: document.label.zh, no: String(row['no']), title: titleOf(document, row), state: document.states[String(row['state'])] ?? '' }));
}
