import type { Notice } from '../domain/document/document';
import { documentReminders, lateDocuments, lateRequests, oldPartReminders, remindRequests, type MonthSeen } from '../domain/parts/outletReminders';
import { addMonths, monthOf } from '../domain/shared/zonedTime';
import type { DailyCheck } from './dailyChecks';
import type { Standing } from './engine';
import { documentsHandedIn } from './outletReports';
import type { Row, Store } from './store';

/** What each active outlet has handed in of the last month, and still has to send back. */
async function seen(store: Store, { today }: Standing): Promise<MonthSeen[]> {
	const month = monthOf(addMonths(`${monthOf(today)}-01`, -1));
	const sites = new Map((await store.list('outlet', {})).map((site) => [String(site['no']), site]));
	const handedIn = await documentsHandedIn(store, month);
	const open = await openParts(store, month);
	return handedIn.map(({ outlet, name, counts }) => ({ outlet, name, month, mail: (sites.get(outlet)?.['mail'] as string | null) ?? null, counts, open: open.get(outlet) ?? 0, since: String(sites.get(outlet)?.['createdAt']) }));
}

/** Used in warranty and not on its way back yet, pieces by outlet. @rule P-046 */
async function openParts(store: Store, month: string): Promise<Map<string, number>> {
	const during = [{ column: 'month', is: '=' as const, value: month }];
	const used = await store.list('usage_line', { columns: ['outlet', 'repairNo', 'item', 'quantity'], where: [...during, { column: 'state', is: '=', value: 'Stated' }, { column: 'warranty', is: '=', value: 'in' }] });
	const back = new Map<string, number>();
	const key = ({ outlet, repairNo, item }: Row) => `${String(outlet)} ${String(repairNo)} ${String(item)}`;
	// With whichever month's list it came.
	for (const part of await store.list('old_part', { columns: ['outlet', 'repairNo', 'item', 'quantity'], where: [{ column: 'month', is: '>=', value: month }, { column: 'state', is: 'in', value: ['Sent', 'Tested'] }] })) back.set(key(part), (back.get(key(part)) ?? 0) + Number(part['quantity']));
	const open = new Map<string, number>();
	for (const line of used) {
		const missing = Math.max(0, Number(line['quantity']) - (back.get(key(line)) ?? 0));
		if (missing > 0) open.set(String(line['outlet']), (open.get(String(line['outlet'])) ?? 0) + missing);
	}
	return open;
}

/** Days of the month on which outlets and after-sales are told something. @rule P-021 @rule P-040 @rule P-046 @rule P-049 */
const outlets: DailyCheck = async (store, given): Promise<Notice[]> => {
	const months = await seen(store, given);
	const next = monthOf(addMonths(`${monthOf(given.today)}-01`, 1));
	const current = monthOf(given.today);
	return [
		...documentReminders(months, given),
		...lateDocuments(months, given),
		...oldPartReminders(months, given),
		...remindRequests(months, await askedFor(store, next), next, given),
		...lateRequests(months, await askedFor(store, current), current, given),
	];
};

const askedFor = async (store: Store, month: string): Promise<Set<string>> =>
	new Set((await store.list('part_request', { columns: ['outlet', 'no'], where: [{ column: 'month', is: '=', value: month }, { column: 'requestKind', is: '=', value: 'monthly' }] })).map(({ outlet }) => String(outlet)));

/** Monthly requests approved and not shipped some days before they are due. @rule P-030 */
const issues: DailyCheck = async (store, { today, settings }): Promise<Notice[]> => {
	const day = Number(today.slice(8));
	if (day < settings['parts.issue_day'] - 5 || day >= settings['parts.issue_day']) return [];
	const open = await store.list('part_request', { where: [{ column: 'month', is: '=', value: monthOf(today) }, { column: 'requestKind', is: '=', value: 'monthly' }, { column: 'state', is: 'in', value: ['Submitted', 'WaitDeposit', 'Reviewed', 'Approved'] }] });
	if (open.length === 0) return [];
	return [{ key: `part_request.due:${monthOf(today)}`, to: { role: 'after_sales' }, subject: `${monthOf(today)} 月度配件还有 ${open.length} 份未发`, rule: 'P-030', body: [`月度配件应在 ${settings['parts.issue_day']} 日前发放。`, ...open.slice(0, 50).map(({ no, outlet, state }) => [String(no), `${String(outlet)} ${String(state) === 'Approved' ? '已批准待发' : '尚未批准'}`] as const)] }];
};

export const outletChecks: readonly DailyCheck[] = [outlets, issues];
