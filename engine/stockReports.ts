import type { RowOfRecord } from '../domain/document/document';
import type { Month } from '../domain/document/fields';
import type { price } from '../domain/master/records';
import { countReport, countSheetWorkbook, fourBooks, freightList, partsLedger, slowStockList, stockList, stockMoves, type Items } from '../domain/report/stockReports';
import { priceOn } from '../domain/shared/priceOn';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { addMonths } from '../domain/shared/zonedTime';
import { compareBooks, isDiffering } from '../domain/warehouse/compareBooks';
import type { CourierSlip } from '../domain/warehouse/courierSlip';
import type { FreightCheck } from '../domain/warehouse/freightCheck';
import { slowStock } from '../domain/warehouse/slowStock';
import type { StockCard } from '../domain/warehouse/stockCard';
import type { StockCount } from '../domain/warehouse/stockCount';
import type { StockLot } from '../domain/warehouse/stockLot';
import type { StockMove } from '../domain/warehouse/stockMove';
import { givenFor, type Standing } from './engine';
import { documentOf } from './registry';
import { namesOf } from './reports';
import type { Condition, Row, Store } from './store';
import type { Built } from './technicianReports';
import { readable } from './visibility';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const states = (kind: string) => documentOf(kind).states;

/** Who asks for a report reads its papers: all of them, or the report is refused. @rule O-030 */
export async function mayReport(store: Store, kind: string, actor: string, now: string): Promise<void> {
	const given = await givenFor(store, { actor, now });
	if ((await readable(store, documentOf(kind), given.actor)).length > 0) throw new RuleViolation('NOT_ALLOWED', `${given.actor.name}（${given.actor.code}）不能查看${documentOf(kind).label.zh}`, '只能查看自己有权查看的单据', 'O-030');
}

const itemsOf = async (store: Store, codes: readonly string[]): Promise<Items> => new Map((await store.load('item', 'no', [...new Set(codes)])).map((row) => [String(row['no']), row as never]));

const cardsIn = async (store: Store): Promise<StockCard[]> => rows<StockCard>(await store.list('stock_card', { orderBy: [{ column: 'item' }] }));
const lotsIn = async (store: Store): Promise<StockLot[]> => rows<StockLot>(await store.list('stock_lot', { where: [{ column: 'state', is: '=', value: 'InStock' }], orderBy: [{ column: 'item' }, { column: 'receivedDay' }] }));
const during = (column: string, month: Month): Condition[] => [{ column, is: '>=', value: `${month}-01` }, { column, is: '<', value: addMonths(`${month}-01`, 1) }];

/** @rule P-070 */
export async function buildStockList(store: Store, { today }: Standing): Promise<Built> {
	const cards = await cardsIn(store);
	const lots = await lotsIn(store);
	const codes = cards.map(({ item }) => item);
	const byItem = Map.groupBy(rows<RowOfRecord<typeof price>>(await store.load('price', 'item', codes)), ({ item }) => item);
	const prices = new Map(codes.flatMap((item) => {
		const valid = priceOn(byItem.get(item) ?? [], today);
		return valid === null ? [] : [[item, valid.supplyPrice] as const];
	}));
	return { model: stockList(today, cards, lots, await itemsOf(store, codes), prices), fileName: `库存清单-${today}.xlsx`, json: { day: today, parts: cards.filter(({ balance }) => balance > 0).length, warnings: lots.filter(({ warning }) => warning !== null).length } };
}

const movesOf = async (store: Store, month: Month, item: string | null): Promise<StockMove[]> =>
	rows<StockMove>(await store.list('stock_move', { where: [...during('day', month), ...(item === null ? [] : [{ column: 'item', is: '=' as const, value: item }])], orderBy: [{ column: 'item' }, { column: 'createdAt' }, { column: 'no' }] }));

/** @rule P-070 — M-061 of a part or of all */
export async function buildStockMoves(store: Store, month: Month, item: string | null): Promise<Built> {
	const moves = await movesOf(store, month, item);
	return { model: stockMoves(month, moves, await itemsOf(store, moves.map((move) => move.item))), fileName: `存卡-${item ?? '全部'}-${month}.xlsx`, json: { month, item, moves: moves.length } };
}

/** @rule P-081 — M-063; the balance is that of the month's end */
export async function buildPartsLedger(store: Store, month: Month): Promise<Built> {
	const cards = await cardsIn(store);
	const later = rows<StockMove>(await store.list('stock_move', { where: [{ column: 'day', is: '>=', value: addMonths(`${month}-01`, 1) }] }));
	const after = new Map([...Map.groupBy(later, ({ item }) => item)].map(([item, own]) => [item, own.reduce((sum, { quantity }) => sum + quantity, 0)]));
	const balances = new Map(cards.map(({ item, balance }) => [item, balance - (after.get(item) ?? 0)]));
	const items = await itemsOf(store, [...balances.keys()]);
	return { model: partsLedger(month, await movesOf(store, month, null), balances, items), fileName: `配件台账-${month}.xlsx`, json: { month, parts: balances.size, valuable: [...items.values()].filter(({ valuable }) => valuable === true).length } };
}

/** @rule P-076 */
export async function buildSlowStock(store: Store, { today, settings }: Standing): Promise<Built> {
	const slow = slowStock(await cardsIn(store), today, settings);
	return { model: slowStockList(today, slow, settings['stock.slow_days'], await itemsOf(store, slow.map(({ item }) => item))), fileName: `呆滞积压清单-${today}.xlsx`, json: { day: today, slow: slow.length } };
}

/** @rule P-075 */
export async function buildFourBooks(store: Store, { today }: Standing): Promise<Built> {
	const lots = rows<StockLot>(await store.list('stock_lot', { columns: ['item', 'quantity'] }));
	const books = compareBooks(await cardsIn(store), lots, rows<StockMove>(await store.list('stock_move', { columns: ['item', 'quantity'] })));
	return { model: fourBooks(today, books, await itemsOf(store, books.map(({ item }) => item))), fileName: `帐卡物核对表-${today}.xlsx`, json: { day: today, parts: books.length, differences: books.filter(isDiffering).length } };
}

/** @rule P-078 — M-081 */
export async function buildCountReport(store: Store, month: Month): Promise<Built> {
	const counts = rows<StockCount>(await store.load('stock_count', 'month', [month])).filter(({ state }) => state !== 'Void');
	const items = await itemsOf(store, counts.flatMap(({ lines }) => lines.map(({ item }) => item)));
	const names = await namesOf(store, 'person', counts.flatMap(({ countedBy, checkedBy }) => [countedBy, checkedBy].filter((code) => code !== null)));
	return { model: countReport(month, counts, states('stock_count'), items, names), fileName: `盘存报表-${month}.xlsx`, json: { month, counts: counts.length, differences: counts.reduce((sum, { differences }) => sum + (differences ?? 0), 0) } };
}

/** @rule P-073 — a sheet to fill in @throws RuleViolation NOT_FOUND */
export async function buildCountSheet(store: Store, no: string): Promise<Built> {
	const [count] = rows<StockCount>(await store.load('stock_count', 'no', [no]));
	if (count === undefined) throw new RuleViolation('NOT_FOUND', `没有编号为“${no}”的盘点表`, '请核对盘点号');
	return { model: countSheetWorkbook(count, await itemsOf(store, count.lines.map(({ item }) => item))), fileName: `盘点表-${no}.xlsx`, json: { no, lines: count.lines.length } };
}

/** @rule P-082 — M-064 */
export async function buildFreight(store: Store, month: Month): Promise<Built> {
	const slips = rows<CourierSlip>(await store.list('courier_slip', { where: during('day', month), orderBy: [{ column: 'carrier' }, { column: 'day' }, { column: 'slipNo' }] }));
	const checks = rows<FreightCheck>(await store.load('freight_check', 'month', [month]));
	return { model: freightList(month, slips, checks, states('courier_slip')), fileName: `每月物流费用核对-${month}.xlsx`, json: { month, slips: slips.length, unmatched: slips.filter(({ state }) => state !== 'Matched').length } };
}
