import type { Month } from '../document/fields';
import type { Settings } from '../settings';
import { origins, type ReturnInspection } from '../returns/returnInspection';
import type { ReturnBatch } from '../returns/returnPaper';
import type { ReturnPlan } from '../returns/returnPlan';
import type { SupplierRepair } from '../returns/supplierRepair';
import type { ColumnModel, SheetModel, WorkbookModel } from './workbookModel';

export type ReturnMonth = {
	readonly month: Month;
	readonly plans: readonly ReturnPlan[];
	readonly inspections: readonly ReturnInspection[];
	readonly idle: readonly ReturnBatch[];
	readonly suppliers: readonly SupplierRepair[];
	readonly names: ReadonlyMap<string, string>;
};

const text = (header: string, key: string, width: number): ColumnModel => ({ header, key, type: 'text', width });
const count = (header: string, key: string, total?: 'sum'): ColumnModel => ({ header, key, type: 'integer', width: 9, ...(total === undefined ? {} : { total }) });
const rate = (header: string, key: string): ColumnModel => ({ header, key, type: 'percent', width: 10 });
const day = (header: string, key: string): ColumnModel => ({ header, key, type: 'day', width: 12 });

export type Cause = { readonly cause: string; readonly origin: string; readonly count: number; readonly share: number; readonly running: number; readonly measure: string; readonly owner: string };

/** Causes by how often they come, with what is done about them. @rule R-220 */
export function pareto(inspections: readonly ReturnInspection[], names: ReadonlyMap<string, string>): Cause[] {
	const found = inspections.flatMap(({ causes }) => causes ?? []);
	const measures = inspections.flatMap(({ measures: taken }) => taken ?? []);
	const all = found.reduce((sum, { quantity }) => sum + quantity, 0);
	const groups = [...Map.groupBy(found, ({ cause }) => cause)].map(([cause, group]) => ({ cause, count: group.reduce((sum, { quantity }) => sum + quantity, 0), origin: [...new Set(group.map(({ origin }) => origins[origin]))].join('、') }));
	let running = 0;
	return groups.sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1)).map(({ cause, count: quantity, origin }) => {
		const taken = measures.filter((each) => each.cause === cause);
		running += quantity;
		return { cause, origin, count: quantity, share: quantity / all, running: running / all, measure: taken.map(({ measure }) => measure).join('；'), owner: [...new Set(taken.map(({ owner }) => names.get(owner) ?? owner))].join('、') };
	});
}

/** Planned and done of plans that were reported; passed at the first sampling of all sampled then. @rule R-215 */
export function returnRates(plans: readonly ReturnPlan[], inspections: readonly ReturnInspection[]): { readonly planned: number; readonly done: number; readonly inspected: number; readonly firstPass: number } {
	const reported = plans.filter(({ state }) => state !== 'Withdrawn');
	const first = inspections.filter(({ step, round }) => step === 'outgoing' && round === 1);
	return {
		planned: reported.reduce((sum, each) => sum + each.planned, 0),
		done: reported.reduce((sum, each) => sum + (each.done ?? 0), 0),
		inspected: first.reduce((sum, { sampled }) => sum + sampled, 0),
		firstPass: first.reduce((sum, { sampled, bad }) => sum + sampled - bad, 0),
	};
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const inWords = (value: number | null, pct: number): string => (value === null ? '没有数据' : `${(value * 100).toFixed(1)}%（要求 ${pct}%${value * 100 < pct ? '，不足' : ''}）`);

/** The month of the return workshop: causes, plans, first pass, suppliers, what lies idle. @rule R-215 @rule R-220 @rule R-213 */
export function returnReport({ month, plans, inspections, idle, suppliers, names }: ReturnMonth, settings: Settings): WorkbookModel {
	const rates = returnRates(plans, inspections);
	const causes = pareto(inspections, names);
	const sheets: SheetModel[] = [
		{
			name: '返修原因',
			title: `返修原因统计 ${month}`,
			landscape: true,
			columns: [text('原因代码', 'cause', 24), text('来源', 'origin', 18), count('数量', 'count', 'sum'), rate('比例', 'share'), rate('累计', 'running'), text('措施', 'measure', 40), text('责任人', 'owner', 12)],
			rows: causes,
			emptyText: '本月没有检验报告',
			...(causes.length === 0 ? {} : { charts: [{ kind: 'column' as const, title: '返修原因', categories: 'cause', series: [{ key: 'count', name: '数量' }] }] }),
		},
		{
			name: '计划达成',
			title: `返修计划达成率 ${month}`,
			subtitle: [`达成率 ${inWords(shareOf(rates.done, rates.planned), settings['return.plan_rate_pct'])}`],
			columns: [day('日期', 'day'), text('批号', 'batch', 18), count('计划数', 'planned', 'sum'), count('完成数', 'done', 'sum'), rate('达成率', 'rate'), text('不足', 'below', 8), text('迟下', 'late', 8), text('原因', 'reason', 30)],
			rows: plans.filter(({ state }) => state !== 'Withdrawn').map((plan) => ({ day: plan.day, batch: plan.batch, planned: plan.planned, done: plan.done, rate: plan.done === null ? null : plan.done / plan.planned, below: plan.done === null ? '未填报' : plan.below === true ? '不足' : '', late: plan.late ? '迟下' : '', reason: plan.reason })),
			emptyText: '本月没有返修计划',
		},
		{
			name: '出货直通率',
			title: `返修出货直通率 ${month}`,
			subtitle: [`直通率 ${inWords(shareOf(rates.firstPass, rates.inspected), settings['return.fpy_pct'])}`],
			columns: [day('日期', 'day'), text('批号', 'batch', 18), count('第几次', 'round'), count('抽检数', 'sampled', 'sum'), count('不合格', 'bad', 'sum'), text('说明', 'conclusion', 40)],
			rows: inspections.filter(({ step }) => step === 'outgoing').map(({ day: on, batch, round, sampled, bad, conclusion }) => ({ day: on, batch, round, sampled, bad, conclusion })),
			emptyText: '本月没有抽检',
		},
		{
			name: '供应商返修',
			title: `供应商返修 ${month}`,
			columns: [text('供应商', 'supplier', 20), text('批号', 'batch', 18), count('数量', 'quantity', 'sum'), day('寄出', 'sentDay'), day('期限', 'dueDay'), day('返回', 'returnedDay'), text('逾期', 'late', 8), text('结果', 'result', 24)],
			rows: suppliers.map(({ supplier, batch, quantity, sentDay, dueDay, returnedDay, late, result }) => ({ supplier, batch, quantity, sentDay, dueDay, returnedDay, late: late === true ? '逾期' : '', result })),
			emptyText: '本月没有供应商返修',
		},
		{
			name: '闲置',
			title: '返修品闲置清单',
			columns: [text('批号', 'no', 18), text('客户', 'customer', 24), count('数量', 'quantity', 'sum'), day('品质确认', 'passedDay')],
			rows: idle.map(({ no, customerName, quantity, passedDay }) => ({ no, customer: customerName, quantity, passedDay })),
			emptyText: '没有闲置的返修品',
		},
	];
	return { properties: { title: `产品返修月报 ${month}`, author: '售后服务系统' }, sheets };
}
