import { monthOf, addMonths, lastDayOf } from '../domain/shared/zonedTime';
import type { CourierSlip } from '../domain/warehouse/courierSlip';
import type { DocumentArchive } from '../domain/warehouse/documentArchive';
import type { StockCard } from '../domain/warehouse/stockCard';
import type { StockCount } from '../domain/warehouse/stockCount';
import type { StockProblem } from '../domain/warehouse/stockProblem';
import type { WarehouseCheck } from '../domain/warehouse/warehouseCheck';
import { archiveReminders, checkReminders, countReminders, freightReminders, monthsWithoutCount } from '../domain/warehouse/warehouseReminders';
import type { DailyCheck } from './dailyChecks';
import type { Row, Store } from './store';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const cardsIn = async (store: Store): Promise<StockCard[]> => rows<StockCard>(await store.list('stock_card', {}));

const monthsUntil = (today: string): string[] => [monthOf(addMonths(`${monthOf(today)}-01`, -1)), monthOf(today)];

/** @rule P-073 */
const counts: DailyCheck = async (store, given) => {
	const begun = rows<StockCount>(await store.load('stock_count', 'month', monthsUntil(given.today)));
	const { due, missing } = monthsWithoutCount(begun, given);
	return due === null && missing === null ? [] : countReminders(await cardsIn(store), begun, given);
};

/** @rule P-075 @rule P-076 */
const monthly: DailyCheck = async (store, given) => {
	const months = monthsUntil(given.today);
	const checks = rows<WarehouseCheck>(await store.load('warehouse_check', 'month', months));
	// Asked every few minutes: the cards are read only while something is missing.
	if (months.every((month) => checks.some((check) => check.month === month))) return [];
	return checkReminders(await cardsIn(store), checks, rows<StockProblem>(await store.load('stock_problem', 'state', ['Open'])), given);
};

/** @rule P-077 */
const archive: DailyCheck = async (store, given) => archiveReminders(rows<DocumentArchive>(await store.list('document_archive', { where: [{ column: 'state', is: 'in', value: ['Kept', 'ToSign'] }, { column: 'keepUntil', is: '<', value: given.today }] })), given);

/** @rule P-082 */
const freight: DailyCheck = async (store, given) => {
	const [last = ''] = monthsUntil(given.today);
	return freightReminders(rows<CourierSlip>(await store.list('courier_slip', { where: [{ column: 'day', is: '>=', value: `${last}-01` }, { column: 'day', is: '<=', value: lastDayOf(last) }] })), given);
};

export const warehouseChecks: readonly DailyCheck[] = [counts, monthly, archive, freight];
