import type { Day, Instant } from '../document/fields';
import { explainArrival } from '../service/arrivalLimit';
import { priorities, type Call as WholeCall } from '../service/call';
import { localTime } from '../shared/zonedTime';
import type { ColumnModel, SheetModel, WorkbookModel } from './workbookModel';

type Call = Pick<WholeCall, 'no' | 'customerName' | 'phone' | 'address' | 'model' | 'symptom' | 'siteSituation' | 'dueAt' | 'arrivedAt' | 'technician' | 'priority' | 'appointFrom' | 'appointTo' | 'dueWorking'>;

export type MorningData = {
	readonly day: Day;
	readonly now: Instant;
	readonly zone: string;
	readonly unassigned: readonly Call[];
	readonly running: readonly Call[];
	readonly escalated: readonly Call[];
	/** Who fits an unassigned call, by its number. */
	readonly best: ReadonlyMap<string, string>;
};

const column = (header: string, key: string, width?: number, type: ColumnModel['type'] = 'text'): ColumnModel => ({ header, key, type, ...(width === undefined ? {} : { width }) });

/** The dispatcher's morning list: yesterday's first, with limits, why they are due then, and who fits. @rule V-034 */
export function morningBoard(data: MorningData): WorkbookModel {
	return { properties: { title: `派工看板 ${data.day}` }, sheets: [unassignedSheet(data), sheet('在办', '在办叫修（按期限）', data.running, data), sheet('已上报', '已上报待答复', data.escalated, data)] };
}

const common = (call: Call, { zone, now }: MorningData) => ({
	no: call.no,
	customer: `${call.customerName} ${call.phone}`,
	address: call.address,
	model: call.model,
	symptom: call.symptom ?? call.siteSituation,
	dueAt: localTime(call.dueAt, zone),
	late: call.arrivedAt === null && call.dueAt < now ? '已过' : '',
	why: explainArrival(call, zone),
	technician: call.technician,
});

const head = [column('编号', 'no', 15), column('客户', 'customer', 24), column('地址', 'address', 22), column('商品型号', 'model'), column('故障', 'symptom', 22), column('到达期限', 'dueAt', 17, 'instant'), column('超时', 'late', 6), column('为什么', 'why', 44)];

function unassignedSheet(data: MorningData): SheetModel {
	return {
		name: '待派工',
		title: `待派工 ${data.day}`,
		landscape: true,
		columns: [column('优先', 'priority', 9), ...head, column('合适人选', 'best', 24)],
		rows: data.unassigned.map((call) => ({ ...common(call, data), priority: call.priority === null || call.priority === 'normal' ? '' : priorities[call.priority], best: data.best.get(call.no) ?? '' })),
		emptyText: '没有待派工的叫修',
	};
}

const sheet = (name: string, title: string, calls: readonly Call[], data: MorningData): SheetModel => ({
	name,
	title,
	landscape: true,
	columns: [...head, column('技术员', 'technician', 9)],
	rows: calls.map((call) => common(call, data)),
	emptyText: '没有',
});
