import type { GoodsRegister } from '../repair/goodsRegister';
import { priorities, type Call } from '../service/call';
import { channels, levels } from '../service/registration';
import { returnVisitMeans, returnVisitResults, type ReturnVisit } from '../service/returnVisitPaper';
import type { Visit } from '../service/visit';
import { zones } from '../master/records';
import { linesOf, table, type Layout, type TableBlock, type TableColumn } from './paperModel';
import type { Shown } from './shown';

/** A line of a call register with what other papers say about the call. */
export type CallLine = { readonly call: Call; readonly purchaseDay: string | null; readonly visit: Visit | null };

type Column<Row> = TableColumn & { readonly text: (row: Row, shown: Shown) => string };

/** M-002, in the rulebook's order: the units are of a page sixty wide. @rule M-105 — void lines stay on the page, marked */
const callColumns: readonly Column<CallLine>[] = [
	{ label: '客户名称', width: 4, text: ({ call }) => call.customerName },
	{ label: '地址', width: 5, text: ({ call }) => call.address },
	{ label: '电话', width: 4, text: ({ call }) => call.phone },
	{ label: '商品型号', width: 4, text: ({ call }) => linesOf(call.model, call.siteSituation) },
	{ label: '购买日期', width: 4, align: 'center', text: ({ purchaseDay }) => purchaseDay ?? '' },
	{ label: '故障原因', width: 5, text: ({ call, visit }) => visit?.analysis ?? visit?.problem ?? call.faultCause ?? '' },
	{ label: '故障表现', width: 5, text: ({ call }) => call.symptom ?? '' },
	{ label: '维修时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.promisedAt) },
	{ label: '注销', width: 1, align: 'center', text: ({ call: { state } }) => ({ Closed: '☑', Void: '作废' })[state as string] ?? '☐' },
	{ label: '登记号', width: 4, text: ({ call }) => call.no },
	{ label: '叫修时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.calledAt) },
	{ label: '来源', width: 1, align: 'center', text: ({ call }) => channels[call.channel] },
	{ label: '接收人', width: 2, align: 'center', text: ({ call }, shown) => receptionist(call, shown) },
	{ label: '区域', width: 1, align: 'center', text: ({ call }) => zones[call.zone] },
	{ label: '服务类别', width: 1, align: 'center', text: ({ call }) => call.type },
	{ label: '处理层级', width: 2, align: 'center', text: ({ call }) => (call.level === null ? '' : levels[call.level]) },
	{ label: '答复时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.answeredAt) },
	{ label: '派工时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.assignedAt) },
	{ label: '技术员', width: 2, align: 'center', text: ({ call }, shown) => shown.name('person', call.technician) },
	{ label: '到达时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.arrivedAt) },
	{ label: '累计工时', width: 2, align: 'right', text: ({ call }) => (call.countedMinutes === null ? '' : (call.countedMinutes / 60).toFixed(1)) },
	{ label: '优先', width: 1, align: 'center', text: ({ call }) => (call.priority === null || call.priority === 'normal' ? '' : priorities[call.priority]) },
	{ label: '注销时间', width: 2, align: 'center', text: ({ call }, shown) => shown.shortTime(call.closedAt) },
];

/** A web form registers itself. */
const receptionist = (call: Call, shown: Shown): string => (call.createdBy === 'system' ? '' : shown.name('person', call.createdBy));

/** What M-028 has besides. */
const ledgerColumns: readonly Column<CallLine>[] = [
	{ label: '服务内容', width: 9, text: ({ call, visit }) => call.content ?? visit?.solution ?? call.solution ?? '' },
	{ label: '录库时间', width: 3, align: 'center', text: ({ call }, shown) => shown.time(call.enteredAt) },
];

const goodsColumns: readonly Column<GoodsLine>[] = [
	{ label: '还商品日期', width: 5, align: 'center', text: ({ line }, shown) => shown.time(line.outAt) },
	{ label: '登记号', width: 7, text: ({ line }) => line.no },
	{ label: '进入日期', width: 5, align: 'center', text: ({ line }, shown) => shown.time(line.inAt) },
	{ label: '客户', width: 8, text: ({ line }, shown) => shown.name('customer', line.customer) },
	{ label: '商品', width: 8, text: ({ line, model }) => [model, line.asset].filter((part) => part !== '').join('\n') },
	{ label: '收据号', width: 6, text: ({ receipt }) => receipt },
	{ label: '凭证号', width: 6, text: ({ line }) => line.voucher },
	{ label: '修护卡号', width: 7, text: ({ card }) => card },
	{ label: '经手人', width: 4, align: 'center', text: ({ line }, shown) => shown.name('person', line.handledBy) },
	{ label: '验讫人', width: 4, align: 'center', text: ({ inspector }, shown) => shown.name('person', inspector) },
];

/** A line of the goods register with the numbers of the papers that go with the item. */
export type GoodsLine = { readonly line: GoodsRegister; readonly model: string; readonly receipt: string; readonly card: string; readonly inspector: string | null };

const returnVisitColumns: readonly Column<ReturnVisit>[] = [
	{ label: '编号', width: 6, text: ({ no }) => no },
	{ label: '叫修编号', width: 6, text: ({ call }) => call },
	{ label: '客户', width: 9, text: ({ customerName }) => customerName },
	{ label: '回访人', width: 4, align: 'center', text: ({ caller }, shown) => shown.name('person', caller) },
	{ label: '时间', width: 6, align: 'center', text: ({ at }, shown) => shown.time(at) },
	{ label: '方式', width: 3, align: 'center', text: ({ means }) => returnVisitMeans[means] },
	{ label: '结果', width: 4, align: 'center', text: ({ result }) => returnVisitResults[result] },
	{ label: '意见', width: 22, text: ({ opinion }) => opinion ?? '' },
];

/** Enough for any page: the last one is filled up. */
const FULL_PAGE = 60;

const registerTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], shown: Shown): TableBlock =>
	table(
		columns.map(({ label, width, align }) => ({ label, width, ...(align === undefined ? {} : { align }) })),
		rows.map((row) => columns.map(({ text }) => text(row, shown))),
		FULL_PAGE,
	);

/** M-002 */
export const callRegister = (rows: readonly CallLine[], shown: Shown): Layout => ({ title: '叫修登记簿', mark: '服表002', wide: 60, blocks: [registerTable(callColumns, rows, shown)] });
/** M-028: M-002 with what was done. */
export const serviceLedger = (rows: readonly CallLine[], shown: Shown): Layout => ({ title: '服务台帐', mark: 'M-028', wide: 72, blocks: [registerTable([...callColumns, ...ledgerColumns], rows, shown)] });
/** M-072: M-002 of calls and letters. */
export const letterRegister = (rows: readonly CallLine[], shown: Shown): Layout => ({
	title: '来电来函登记',
	mark: 'M-072',
	wide: 60,
	blocks: [registerTable(callColumns, rows.filter(({ call }) => call.channel === 'phone' || call.channel === 'letter'), shown)],
});
/** M-004 */
export const goodsRegisterPaper = (rows: readonly GoodsLine[], shown: Shown): Layout => ({ title: '客户商品进出登记簿', mark: '服表004', wide: 60, blocks: [registerTable(goodsColumns, rows, shown)] });
/** M-013, a month of them. */
export const returnVisitRegister = (rows: readonly ReturnVisit[], shown: Shown): Layout => ({ title: '回访登记簿', mark: 'M-013', wide: 60, blocks: [registerTable(returnVisitColumns, rows, shown)] });
