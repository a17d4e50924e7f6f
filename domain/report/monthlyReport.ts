import type { Month } from '../document/fields';
import { call as callPaper, type Call } from '../service/call';
import { standing, type Charge } from '../service/charge';
import { classes, families, type Complaint } from '../complaint/complaint';
import { reconciliation, type Reconciliation } from '../parts/reconciliation';
import { serviceTypes, type ServiceType } from '../service/proposeServiceType';
import { localTime } from '../shared/zonedTime';
import type { SheetModel, TableModel, WorkbookModel } from './workbookModel';

export type MonthlyData = {
	readonly month: Month;
	readonly calls: readonly Call[];
	/** Opened in the month, each with the type of its call, which may be older. */
	readonly charges: readonly (Charge & { readonly callType: ServiceType })[];
	/** Sent in the month, whatever month they are for. */
	readonly statements: readonly (Reconciliation & { readonly outletName: string })[];
	readonly complaints: readonly Complaint[];
	/** When the report was built. */
	readonly builtAt: string;
	readonly zone: string;
};

/**
 * The month's after-sales report as a workbook. Voided calls are left out; a call without arrival counts as missed once its limit has passed.
 * @rule M-103
 */
export function monthlyReport(data: MonthlyData): WorkbookModel {
	const calls = data.calls.filter(({ state }) => state !== 'Void');
	const title = `${data.month.replace('-', ' 年 ')} 月售后月报表`;
	return {
		properties: { title, author: '售后服务系统' },
		sheets: [overview(title, { ...data, calls }), callSheet({ ...data, calls }), partsSheet(data), complaintSheet(data)],
	};
}

/** Statements whose figures stand. */
const settled: readonly string[] = ['Confirmed', 'DefaultAccepted', 'WrittenOff'];

/** Limit kept, missed, or still running. @rule V-030 */
export function punctuality(call: Call, builtAt: string): 'kept' | 'missed' | 'open' {
	if (call.breached) return 'missed';
	if (call.arrivedAt !== null) return 'kept';
	return (call.alarmAt ?? call.dueAt) < builtAt ? 'missed' : 'open';
}

function overview(title: string, data: MonthlyData): SheetModel {
	const rows = (Object.keys(serviceTypes) as ServiceType[]).map((type) => typeRow(type, data));
	return {
		name: '概览',
		title,
		subtitle: [`制表时间 ${localTime(data.builtAt, data.zone)}`],
		blocks: [
			{
				heading: '本月要点',
				facts: [
					{ label: '叫修件数', value: data.calls.length, type: 'integer' },
					{ label: '按时到达率', value: rate(data), type: 'percent' },
					{ label: '服务收费', value: sum(standing(data.charges), ({ amount }) => amount), type: 'yuan' },
					{ label: '配件核销金额（已确认）', value: sum(data.statements.filter(({ state }) => settled.includes(state)), ({ creditAmount }) => creditAmount), type: 'yuan' },
					{ label: '客户投诉', value: data.complaints.length, type: 'integer' },
				],
			},
		],
		columns: [
			{ header: '服务类别', key: 'type', type: 'text', width: 18 },
			{ header: '件数', key: 'count', type: 'integer', total: 'sum' },
			{ header: '按时到达', key: 'kept', type: 'integer', total: 'sum' },
			{ header: '超时', key: 'missed', type: 'integer', total: 'sum' },
			{ header: '未到期', key: 'open', type: 'integer', total: 'sum' },
			{ header: '收费金额', key: 'amount', type: 'yuan', total: 'sum', width: 14 },
		],
		rows,
		charts: [{ kind: 'column', title: '各类服务：按时与超时', categories: 'type', series: [{ key: 'kept', name: '按时到达' }, { key: 'missed', name: '超时' }] }],
	};
}

function typeRow(type: ServiceType, data: MonthlyData): TableModel['rows'][number] {
	const calls = data.calls.filter((call) => call.type === type);
	const count = (wanted: string) => calls.filter((call) => punctuality(call, data.builtAt) === wanted).length;
	return {
		type: serviceTypes[type],
		count: calls.length,
		kept: count('kept'),
		missed: count('missed'),
		open: count('open'),
		amount: sum(standing(data.charges).filter(({ callType }) => callType === type), ({ amount }) => amount),
	};
}

/** Null without any decided arrival: no rate rather than 0 %. */
function rate({ calls, builtAt }: MonthlyData): number | null {
	const kept = calls.filter((call) => punctuality(call, builtAt) === 'kept').length;
	const missed = calls.filter((call) => punctuality(call, builtAt) === 'missed').length;
	return kept + missed === 0 ? null : kept / (kept + missed);
}

function callSheet({ calls, zone, builtAt }: MonthlyData): SheetModel {
	return {
		name: '叫修明细',
		title: '叫修登记明细',
		landscape: true,
		emptyText: '本月没有叫修',
		columns: [
			{ header: '登记号', key: 'no', type: 'text', width: 16 },
			{ header: '叫修时间', key: 'calledAt', type: 'instant', width: 17 },
			{ header: '客户名称', key: 'customer', type: 'text', width: 18 },
			{ header: '商品型号', key: 'model', type: 'text', width: 12 },
			{ header: '故障表现', key: 'symptom', type: 'text', width: 24 },
			{ header: '类别', key: 'type', type: 'text', width: 12 },
			{ header: '技术员', key: 'technician', type: 'text', width: 9 },
			{ header: '到达期限', key: 'dueAt', type: 'instant', width: 17 },
			{ header: '到达时间', key: 'arrivedAt', type: 'instant', width: 17 },
			{ header: '到达情况', key: 'punctuality', type: 'text', width: 10 },
			{ header: '状态', key: 'state', type: 'text', width: 12 },
		],
		rows: calls.map((call) => ({
			no: call.no,
			calledAt: localTime(call.calledAt, zone),
			customer: call.customerName,
			model: call.model,
			symptom: call.symptom,
			type: serviceTypes[call.type],
			technician: call.technician,
			dueAt: localTime(call.dueAt, zone),
			arrivedAt: call.arrivedAt === null ? null : localTime(call.arrivedAt, zone),
			punctuality: { kept: '按时', missed: '超时', open: '未到期' }[punctuality(call, builtAt)],
			state: callPaper.states[call.state],
		})),
	};
}

function partsSheet({ statements }: MonthlyData): SheetModel {
	return {
		name: '配件核销',
		title: '本月传出的返厂旧件对帐单',
		emptyText: '本月没有传出对帐单',
		columns: [
			{ header: '网点', key: 'outlet', type: 'text', width: 10 },
			{ header: '网点名称', key: 'name', type: 'text', width: 18 },
			{ header: '月份', key: 'month', type: 'text', width: 9 },
			{ header: '申报数量', key: 'stated', type: 'integer', total: 'sum' },
			{ header: '实收数量', key: 'returned', type: 'integer', total: 'sum' },
			{ header: '核销数量', key: 'credited', type: 'integer', total: 'sum' },
			{ header: '没收数量', key: 'confiscated', type: 'integer', total: 'sum' },
			{ header: '核销金额', key: 'credit', type: 'yuan', total: 'sum', width: 14 },
			{ header: '拟罚金额', key: 'fine', type: 'yuan', total: 'sum', width: 14 },
			{ header: '状态', key: 'state', type: 'text', width: 12 },
		],
		rows: statements.map((statement) => ({
			outlet: statement.outlet,
			name: statement.outletName,
			month: statement.month,
			stated: statement.stated,
			returned: statement.returned,
			credited: statement.credited,
			confiscated: statement.confiscated,
			credit: statement.creditAmount,
			fine: statement.fineAmount,
			state: reconciliation.states[statement.state],
		})),
		...(statements.length === 0 ? {} : { charts: [{ kind: 'column' as const, title: '各网点核销金额（元）', categories: 'name', series: [{ key: 'credit', name: '核销金额' }, { key: 'fine', name: '拟罚金额' }] }] }),
	};
}

function complaintSheet({ complaints, zone }: MonthlyData): SheetModel {
	return {
		name: '客户投诉',
		title: '客户投诉案件',
		landscape: true,
		emptyText: '本月没有投诉',
		columns: [
			{ header: '投诉编号', key: 'no', type: 'text', width: 16 },
			{ header: '受理时间', key: 'acceptedAt', type: 'instant', width: 17 },
			{ header: '客户名称', key: 'customer', type: 'text', width: 18 },
			{ header: '类别', key: 'family', type: 'text', width: 10 },
			{ header: '情节', key: 'class', type: 'text', width: 10 },
			{ header: '投诉内容', key: 'content', type: 'text', width: 36 },
			{ header: '承办期限', key: 'dueAt', type: 'instant', width: 17 },
			{ header: '是否超时', key: 'late', type: 'text', width: 9 },
			{ header: '结案时间', key: 'closedAt', type: 'instant', width: 17 },
		],
		rows: complaints.map((complaint) => ({
			no: complaint.no,
			acceptedAt: localTime(complaint.acceptedAt, zone),
			customer: complaint.customerName,
			family: families[complaint.family],
			class: classes[complaint.class],
			content: complaint.content,
			dueAt: localTime(complaint.dueAt, zone),
			late: complaint.late ? '是' : '否',
			closedAt: complaint.closedAt === null ? null : localTime(complaint.closedAt, zone),
		})),
	};
}

const sum = <T>(rows: readonly T[], pick: (row: T) => number): number => rows.reduce((total, row) => total + pick(row), 0);
