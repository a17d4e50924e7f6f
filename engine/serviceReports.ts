import type { Day, Month } from '../domain/document/fields';
import type { RowOfRecord } from '../domain/document/document';
import type { person } from '../domain/master/records';
import { exceptionsIn, exceptionsOf } from '../domain/report/exceptions';
import { morningBoard } from '../domain/report/morningBoard';
import { serviceBook, type ServiceData } from '../domain/report/serviceBook';
import type { Call } from '../domain/service/call';
import { standing, type Charge } from '../domain/service/charge';
import { addDays, addMonths, startOfDay } from '../domain/shared/zonedTime';
import { dispatchBoard, fitFor } from './board';
import type { Standing } from './engine';
import type { Store } from './store';
import type { Built } from './technicianReports';

/** The month's service work for accounting. @rule V-067 */
export async function buildServiceBook(store: Store, month: Month, given: Standing): Promise<Built> {
	const { zone } = given.calendar;
	const data = await serviceData(store, { period: month, from: startOfDay(`${month}-01`, zone), to: startOfDay(addMonths(`${month}-01`, 1), zone) }, given);
	return { model: serviceBook(data), fileName: `服务月度明细-${month}.xlsx`, json: { month, charges: data.charges.length, calls: data.calls.length } };
}

/**
 * What somebody has to look at at the end of a day: cash, invoices, unanswered and late calls, register against vouchers.
 * @rule V-060 @rule V-061 @rule V-034
 */
export async function buildDayEnd(store: Store, day: Day, given: Standing): Promise<Built> {
	const { zone } = given.calendar;
	const data = await serviceData(store, { period: day, from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone) }, given, 'with open ones');
	const list = exceptionsIn(data);
	return { model: { sheets: exceptionsOf(data), properties: { title: `日终检查 ${day}` } }, fileName: `日终检查-${day}.xlsx`, json: { day, count: list.length, isWorkday: given.calendar.isWorkday(day), summary: [...Map.groupBy(list, ({ what }) => what)].map(([what, group]) => `${what}：${group.length} 件`).join('\n') } };
}

/** What waits for the dispatcher this morning. @rule V-034 */
export async function buildMorningBoard(store: Store, given: Standing): Promise<Built> {
	const board = await dispatchBoard(store);
	const best = new Map(board.unassigned.map((call) => [call.no, fitFor(call, board.candidates, given).filter(({ isQualified }) => isQualified).slice(0, 3).map(({ candidate }) => `${candidate.person.name}（${candidate.jobs} 件）`).join('、')]));
	return {
		model: morningBoard({ ...board, best, day: given.today, zone: given.calendar.zone, now: given.now }),
		fileName: `派工看板-${given.today}.xlsx`,
		json: { day: given.today, isWorkday: given.calendar.isWorkday(given.today), unassigned: board.unassigned.length, running: board.running.length, escalated: board.escalated.length, late: board.running.filter(({ dueAt, arrivedAt }) => arrivedAt === null && dueAt < given.now).length },
	};
}

type Period = { readonly period: string; readonly from: string; readonly to: string };

async function serviceData(store: Store, { period, from, to }: Period, given: Standing, scope: 'of the period' | 'with open ones' = 'of the period'): Promise<ServiceData> {
	const isDayEnd = scope === 'with open ones';
	const during = async <D>(table: string, column: string): Promise<D[]> => (await store.list(table, { where: [{ column, is: '>=', value: from }, { column, is: '<', value: to }], orderBy: [{ column }] })) as unknown as D[];
	const inState = async <D>(table: string, states: readonly string[]): Promise<D[]> => (await store.list(table, { where: [{ column: 'state', is: 'in', value: states }], orderBy: [{ column: 'createdAt' }] })) as unknown as D[];
	/** Papers to which one of these happened in the period, each once, and those still open where they are asked for. */
	const withOpen = async <D extends { no: string }>(table: string, columns: readonly string[], states: readonly string[]): Promise<D[]> => {
		const found = [...(await Promise.all(columns.map((column) => during<D>(table, column)))).flat(), ...(isDayEnd ? await inState<D>(table, states) : [])];
		return [...new Map(found.map((row) => [row.no, row])).values()];
	};
	const calls = await withOpen<Call>('call', ['calledAt'], ['WithDispatcher', 'Assigned', 'Escalated', 'InRepair', 'AwaitCancel']);
	const closed = await during<Call>('call', 'closedAt');
	const charged = (await store.load('charge', 'call', [...calls, ...closed].map(({ no }) => no))) as unknown as Charge[];
	const people = (await store.list('person', {})) as unknown as RowOfRecord<typeof person>[];
	return {
		period,
		today: given.today,
		zone: given.calendar.zone,
		calls,
		hotline: isDayEnd ? [] : await during('hotline_call', 'takenAt'),
		closed,
		charges: await withOpen('charge', isDayEnd ? ['createdAt', 'reversedAt'] : ['createdAt', 'settledAt', 'paidAt', 'reversedAt'], ['Collected', 'InvoiceDue']),
		charged: new Set(standing(charged).map(({ call }) => call)),
		dispatches: await during('dispatch', 'assignedAt'),
		claims: await during('expense_claim', 'createdAt'),
		loans: (await store.list('loan', {})) as unknown as ServiceData['loans'],
		vouchers: (await store.load('voucher', 'no', calls.map(({ voucher }) => voucher))) as unknown as ServiceData['vouchers'],
		people: new Map(people.map((each) => [each.no, each])),
		auditedOnly: given.settings['charges.audit'] === '是',
	};
}
