import type { Day, Month } from '../domain/document/fields';
import { accountStatement } from '../domain/parts/accountStatement';
import { limitNote, occupancyFor, type Occupancy } from '../domain/parts/occupancy';
import { balancesOf, type OutletAccount, type OutletEntry } from '../domain/parts/outletAccount';
import type { Reconciliation } from '../domain/parts/reconciliation';
import type { Site } from '../domain/parts/outletSite';
import { monthlyDocuments } from '../domain/parts/outletRecords';
import { committedValue, type PartRequest } from '../domain/parts/partRequestPaper';
import { accountStatementWorkbook } from '../domain/report/accountStatementWorkbook';
import { documentMatrix, type HandedIn } from '../domain/report/documentMatrix';
import { occupancyWorkbook, type OutletOccupancy } from '../domain/report/occupancyWorkbook';
import { reconciliationsWorkbook } from '../domain/report/reconciliationsWorkbook';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { givenFor, type Standing } from './engine';
import { documentOf } from './registry';
import { mayRead } from './visibility';
import { outletsOf } from './reconcileMonth';
import { namesOf } from './reports';
import type { Row, Store } from './store';
import type { Built } from './technicianReports';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

/** @throws RuleViolation NOT_FOUND */
async function outletNamed(store: Store, code: string): Promise<Row> {
	const [outlet] = await store.load('outlet', 'no', [code]);
	if (outlet === undefined) throw new RuleViolation('NOT_FOUND', `网点“${code}”不存在`, '请核对网点编码');
	return outlet;
}

/** What outlets hold and may hold, now. @rule P-011 */
export async function occupancies(store: Store, sites: readonly Row[], { settings }: Pick<Standing, 'settings'>): Promise<Map<string, Occupancy & { receivable: number }>> {
	const outlets = sites.map(({ no }) => String(no));
	const accounts = new Map(rows<OutletAccount>(await store.load('outlet_account', 'outlet', outlets)).map((account) => [account.outlet, account]));
	const requests = Map.groupBy(rows<PartRequest>(await store.list('part_request', { where: [{ column: 'outlet', is: 'in', value: outlets }, { column: 'state', is: 'in', value: ['Reviewed', 'Approved'] }] })), ({ outlet }) => outlet);
	return new Map(
		rows<Site>(sites).map((site) => {
			const outlet = site.no;
			const { deposit, held, receivable } = balancesOf(accounts.get(outlet) ?? null);
			return [outlet, { ...occupancyFor(site, { deposit, held, wanted: committedValue(requests.get(outlet) ?? [], '') }, settings), receivable }];
		}),
	);
}

/** An outlet's statement of account for a period, from the ledger. @rule P-011 */
export async function buildAccountStatement(store: Store, actor: string, { outlet, from, to }: { readonly outlet: string; readonly from: Day; readonly to: Day }, given: Standing): Promise<Built> {
	if (to < from) throw new RuleViolation('FIELD_INVALID', `截止日期 ${to} 早于起始日期 ${from}`, '请核对期间');
	const site = await outletNamed(store, outlet);
	const { actor: reader } = await givenFor(store, { actor, now: given.now });
	if (!(await mayRead(store, documentOf('outlet_entry'), reader, { outlet }))) throw new RuleViolation('NOT_ALLOWED', `${reader.name}（${actor}）不能查看网点 ${outlet} 的往来`, '网点只能查看自己的往来；其他人员须有相应角色', 'O-030');
	const entries = rows<OutletEntry>(await store.list('outlet_entry', { where: [{ column: 'outlet', is: '=', value: outlet }, { column: 'day', is: '<=', value: to }], orderBy: [{ column: 'createdAt' }, { column: 'no' }] }));
	const parts = accountStatement(entries, from, to);
	const occupancy = to >= given.today ? (await occupancies(store, [site], given)).get(outlet) : undefined;
	const items = await namesOf(store, 'item', entries.flatMap(({ item }) => (item === null ? [] : [item])));
	return {
		model: accountStatementWorkbook({ outlet, outletName: String(site['name']), from, to, parts, items, builtAt: given.now, zone: given.calendar.zone, occupancy: occupancy === undefined ? null : { ...occupancy, note: limitNote(given.settings) } }),
		fileName: `网点往来对帐单-${outlet}-${from}至${to}.xlsx`,
		json: { outlet, outletName: site['name'], outletMail: site['mail'], from, to, balanced: parts.every(({ wrong }) => wrong.length === 0), ...Object.fromEntries(parts.flatMap(({ account, opening, closing }) => [[`${account}Opening`, opening], [`${account}Closing`, closing]])) },
	};
}

/** All outlets and their limits. @rule P-011 */
export async function buildOccupancy(store: Store, given: Standing): Promise<Built> {
	const sites = await store.list('outlet', {});
	const known = await occupancies(store, sites, given);
	const outlets = sites.map((site): OutletOccupancy => ({ ...(known.get(String(site['no'])) as Occupancy & { receivable: number }), outlet: String(site['no']), name: String(site['name']), region: (site['region'] as string | null) ?? null, isActive: site['active'] === true }));
	return {
		model: occupancyWorkbook(outlets, given.today, limitNote(given.settings)),
		fileName: `网点占用一览-${given.today}.xlsx`,
		json: { day: given.today, outlets: outlets.length, over: outlets.filter(({ excess }) => excess > 0).map(({ outlet, excess, topUp }) => ({ outlet, excess, topUp })) },
	};
}

/** How many rows of each document every active outlet handed in for a month. @rule P-049 */
export async function documentsHandedIn(store: Store, month: Month): Promise<HandedIn[]> {
	const counted = new Map<string, Record<string, number>>();
	for (const { kind } of monthlyDocuments)
		for (const { outlet } of await store.list(kind, { columns: ['outlet', 'no'], where: [{ column: 'month', is: '=', value: month }, { column: 'state', is: 'in', value: validStates(kind) }] })) {
			const counts = counted.get(String(outlet)) ?? {};
			counts[kind] = (counts[kind] ?? 0) + 1;
			counted.set(String(outlet), counts);
		}
	return (await store.list('outlet', { where: [{ column: 'active', is: '=', value: 1 }] })).map(({ no, name }) => ({ outlet: String(no), name: String(name), counts: counted.get(String(no)) ?? {} }));
}

const validStates = (kind: string): readonly string[] => (kind === 'part_request' ? ['Draft', 'Submitted', 'WaitDeposit', 'Reviewed', 'Approved', 'Shipped', 'Received', 'Closed'] : kind === 'usage_line' ? ['Stated'] : ['Reported', 'Accepted']);

/** @rule P-049 */
export async function buildDocumentMatrix(store: Store, month: Month): Promise<Built> {
	const outlets = await documentsHandedIn(store, month);
	return { model: documentMatrix(outlets, month), fileName: `网点资料上交一览-${month}.xlsx`, json: { month, outlets: outlets.map(({ outlet, counts }) => ({ outlet, missing: monthlyDocuments.filter(({ kind }) => (counts[kind] ?? 0) === 0).map(({ zh }) => zh) })) } };
}

/** How the month stands for every outlet that stated or returned something. @rule P-041 */
export async function buildReconciliations(store: Store, month: Month, { calendar }: Standing): Promise<Built> {
	const outlets = await outletsOf(store, month);
	const names = await namesOf(store, 'outlet', outlets);
	const statements = new Map(rows<Reconciliation>(await store.load('reconciliation', 'month', [month])).map((statement) => [statement.outlet, statement]));
	return {
		model: reconciliationsWorkbook(outlets.map((outlet) => ({ outlet, name: names.get(outlet) ?? '', statement: statements.get(outlet) ?? null })), month, calendar.zone),
		fileName: `网点对帐一览-${month}.xlsx`,
		json: { month, outlets: outlets.length, open: outlets.filter((outlet) => !['WrittenOff', 'HandedOver'].includes(statements.get(outlet)?.state ?? '')).length },
	};
}
