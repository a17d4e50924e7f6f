import type { Day, Month } from '../document/fields';
import { countKinds, type StockCount } from '../warehouse/stockCount';
import { isDiffering, type FourBooks } from '../warehouse/compareBooks';
import type { CourierSlip } from '../warehouse/courierSlip';
import type { FreightCheck } from '../warehouse/freightCheck';
import { placeText } from '../warehouse/place';
import type { SlowStock } from '../warehouse/slowStock';
import type { StockCard } from '../warehouse/stockCard';
import type { StockLot } from '../warehouse/stockLot';
import { moveKinds, type MoveKind, type StockMove } from '../warehouse/stockMove';
import type { StoredItem } from '../warehouse/storage';
import type { ColumnModel, WorkbookModel } from './workbookModel';

export type Items = ReadonlyMap<string, StoredItem>;

const author = '售后服务系统';
const text = (header: string, key: string, width: number): ColumnModel => ({ header, key, type: 'text', width });
const whole = (header: string, key: string, total?: 'sum'): ColumnModel => ({ header, key, type: 'integer', width: 9, ...(total === undefined ? {} : { total }) });
const code = text('配件编码', 'item', 16);
const name = text('配件名称', 'name', 24);

const nameOf = (items: Items, item: string) => ({ item, name: items.get(item)?.name ?? '' });

/** What is there, by part with its value, and by lot with its place. @rule P-070 @rule P-071 — with what lies where it should not */
export function stockList(day: Day, cards: readonly StockCard[], lots: readonly StockLot[], items: Items, prices: ReadonlyMap<string, number>): WorkbookModel {
	const title = '库存清单';
	const subtitle = [`截至 ${day}`];
	return {
		properties: { title, author },
		sheets: [
			{
				name: '库存',
				title,
				subtitle,
				landscape: true,
				columns: [code, name, text('单位', 'unit', 8), whole('结存', 'balance'), { header: '供价', key: 'price', type: 'yuan' }, { header: '金额', key: 'value', type: 'yuan', total: 'sum' }, text('贵重', 'valuable', 6), text('危险品', 'hazardous', 8), { header: '最近出库', key: 'lastOut', type: 'day', width: 12 }, whole('实物', 'counted')],
				rows: cards.map(({ item, balance, lastOutDay, counted }) => {
					const [record, price] = [items.get(item), prices.get(item) ?? null];
					return { ...nameOf(items, item), unit: record?.unitOfMeasure ?? '', balance, price, value: price === null ? null : price * balance, valuable: record?.valuable === true ? '是' : '', hazardous: record?.hazardous === true ? '是' : '', lastOut: lastOutDay, counted };
				}),
				emptyText: '没有库存',
			},
			{
				name: '批次',
				title: '库存批次',
				subtitle,
				landscape: true,
				columns: [code, name, text('批次', 'lot', 20), { header: '入库日期', key: 'received', type: 'day', width: 12 }, whole('数量', 'quantity'), text('库位', 'place', 14), text('程序版本', 'program', 12), text('储存提示', 'warning', 40)],
				rows: lots.map((lot) => ({ ...nameOf(items, lot.item), lot: lot.lot, received: lot.receivedDay, quantity: lot.quantity, place: placeText(lot), program: lot.program, warning: lot.warning })),
				emptyText: '没有库存',
			},
		],
	};
}

/** M-061 as a sheet: every movement of a month, with the balance after it. @rule P-070 */
export function stockMoves(month: Month, moves: readonly StockMove[], items: Items): WorkbookModel {
	const title = `存卡 ${month}`;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '收发明细',
				title,
				landscape: true,
				columns: [code, name, { header: '日期', key: 'day', type: 'day', width: 12 }, text('单据', 'paper', 20), text('类别', 'kind', 10), text('批次', 'lot', 20), text('库位', 'place', 12), whole('入', 'received'), whole('出', 'issued'), whole('存', 'balance')],
				rows: moves.map(({ item, day, paper, moveKind, lot, location, quantity, balance }) => ({ ...nameOf(items, item), day, paper, kind: moveKinds[moveKind], lot, place: location, received: quantity > 0 ? quantity : null, issued: quantity < 0 ? -quantity : null, balance })),
				emptyText: '本月没有收发',
			},
		],
	};
}

const ledgerColumns: readonly (readonly [key: string, header: string, kinds: readonly MoveKind[], sign: 1 | -1])[] = [
	['received', '入库', ['opening', 'purchase'], 1],
	['drawn', '申领', ['shipment', 'repair', 'other'], -1],
	['returned', '退料', ['outlet', 'repairBack', 'otherBack'], 1],
	['scrapped', '报废', ['scrap'], -1],
	['adjusted', '盘盈盘亏', ['surplus', 'shortage'], 1],
	['reversed', '冲销', ['reversal'], 1],
];

/** M-063: what was drawn, given back and scrapped of each part in a month. @rule P-081 — valuable parts first */
export function partsLedger(month: Month, moves: readonly StockMove[], balances: ReadonlyMap<string, number>, items: Items): WorkbookModel {
	const title = `配件台账 ${month}`;
	const byItem = Map.groupBy(moves, ({ item }) => item);
	const rows = [...new Set([...byItem.keys(), ...balances.keys()])].map((item) => {
		const own = byItem.get(item) ?? [];
		const sums = ledgerColumns.map(([key, , kinds, sign]) => [key, own.filter(({ moveKind }) => kinds.includes(moveKind)).reduce((sum, { quantity }) => sum + sign * quantity, 0)] as const);
		return { ...nameOf(items, item), ...Object.fromEntries(sums), balance: balances.get(item) ?? 0, valuable: items.get(item)?.valuable === true ? '贵重' : '' };
	});
	return {
		properties: { title, author },
		sheets: [
			{
				name: '配件台账',
				title,
				landscape: true,
				columns: [text('贵重', 'valuable', 8), code, name, ...ledgerColumns.map(([key, header]) => whole(header, key)), whole('结存', 'balance')],
				rows: rows.sort((one, other) => (`${one.valuable === '' ? 1 : 0}${one.item}` < `${other.valuable === '' ? 1 : 0}${other.item}` ? -1 : 1)),
				emptyText: '没有配件',
			},
		],
	};
}

/** @rule P-076 */
export function slowStockList(day: Day, slow: readonly SlowStock[], days: number, items: Items): WorkbookModel {
	const title = '呆滞积压清单';
	return {
		properties: { title, author },
		sheets: [
			{
				name: '呆滞积压',
				title,
				subtitle: [`截至 ${day}，${days} 天以上没有出库`],
				columns: [code, name, whole('库存', 'balance'), { header: '未动用起', key: 'since', type: 'day', width: 12 }, whole('天数', 'days')],
				rows: slow.map(({ item, balance, since, days: resting }) => ({ ...nameOf(items, item), balance, since, days: resting })),
				emptyText: '没有呆滞积压的配件',
			},
		],
	};
}

/** @rule P-075 — four numbers for each part; differences first */
export function fourBooks(day: Day, books: readonly FourBooks[], items: Items): WorkbookModel {
	const title = '帐卡物核对表';
	const differing = books.filter(isDiffering);
	return {
		properties: { title, author },
		sheets: [
			{
				name: '帐卡物核对',
				title,
				subtitle: [`${day}    核对 ${books.length} 项，不符 ${differing.length} 项`],
				columns: [code, name, whole('帐', 'account'), whole('卡', 'card'), whole('物', 'goods'), whole('电脑', 'computer'), text('结果', 'result', 12)],
				rows: [...differing, ...books.filter((each) => !isDiffering(each))].map((each) => ({ ...nameOf(items, each.item), account: each.account, card: each.card, goods: each.goods, computer: each.computer, result: each.goods === null ? '实物未盘点' : isDiffering(each) ? '不符' : '' })),
				emptyText: '没有存卡',
			},
		],
	};
}

/** M-081: the counts of a month. @rule P-078 */
export function countReport(month: Month, counts: readonly StockCount[], states: Readonly<Record<string, string>>, items: Items, names: ReadonlyMap<string, string>): WorkbookModel {
	const title = `盘存报表 ${month}`;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '盘存报表',
				title,
				landscape: true,
				columns: [text('盘点号', 'count', 16), text('类别', 'kind', 10), code, name, text('库位', 'place', 14), whole('帐面', 'book'), whole('实物', 'counted'), whole('差异', 'difference'), text('盘点人', 'by', 10), text('审核', 'checked', 10), text('状态', 'state', 12)],
				rows: counts.flatMap((count) =>
					count.lines.map(({ item, location, book, counted, difference }) => ({ count: count.no, kind: countKinds[count.countKind], ...nameOf(items, item), place: location, book, counted, difference, by: names.get(count.countedBy ?? '') ?? '', checked: names.get(count.checkedBy ?? '') ?? '', state: states[count.state] ?? '' })),
				),
				emptyText: '本月没有盘点',
			},
		],
	};
}

/** A count sheet to fill in and upload; without the book where the count is blind. @rule P-073 */
export function countSheetWorkbook(count: StockCount, items: Items): WorkbookModel {
	return {
		properties: { title: `盘点表 ${count.no}`, author },
		sheets: [
			{
				name: '盘点表',
				columns: [text('盘点号', 'count', 16), code, name, text('库位', 'location', 14), ...(count.blind ? [] : [whole('帐面', 'book')]), whole('实物', 'counted')],
				rows: count.lines.map(({ item, location, book, counted }) => ({ count: count.no, ...nameOf(items, item), location, book, counted })),
				emptyText: '',
			},
		],
	};
}

/** M-064: courier slips of a month and the checks of their fees. @rule P-082 */
export function freightList(month: Month, slips: readonly CourierSlip[], checks: readonly FreightCheck[], states: Readonly<Record<string, string>>): WorkbookModel {
	const title = `每月物流费用核对 ${month}`;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '快递单',
				title,
				subtitle: [`未核对 ${slips.filter(({ state }) => state !== 'Matched').length} 单`],
				columns: [text('承运', 'carrier', 12), text('单号', 'slipNo', 18), { header: '日期', key: 'day', type: 'day', width: 12 }, text('出库单/发货单', 'paper', 18), text('收件人', 'receiver', 14), { header: '费用', key: 'fee', type: 'yuan', total: 'sum' }, text('核对', 'state', 10), text('说明', 'finding', 34)],
				rows: slips.map(({ carrier, slipNo, day, paper, receiver, fee, state, finding }) => ({ carrier, slipNo, day, paper, receiver, fee, state: states[state] ?? '', finding })),
				emptyText: '本月没有快递单',
			},
			{
				name: '承运帐单核对',
				title: '承运帐单核对',
				columns: [text('承运', 'carrier', 12), text('单号', 'slipNo', 18), { header: '登记费用', key: 'fee', type: 'yuan' }, { header: '帐单费用', key: 'billed', type: 'yuan', total: 'sum' }, text('核对', 'finding', 34)],
				rows: checks.flatMap(({ carrier, lines }) => lines.map(({ slipNo, fee, billed, finding }) => ({ carrier, slipNo, fee, billed, finding }))),
				emptyText: '本月没有核对帐单',
			},
		],
	};
}
