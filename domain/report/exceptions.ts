import type { Call } from '../service/call';
import type { Charge } from '../service/charge';
import type { Voucher } from '../service/voucher';
import { yuan } from '../shared/money';
import { localTime } from '../shared/zonedTime';
import type { SheetModel } from './workbookModel';

type Data = { readonly period: string; readonly zone: string; readonly calls: readonly Call[]; readonly charges: readonly Charge[]; readonly vouchers: readonly Voucher[] };

export type Exception = { readonly what: string; readonly no: string; readonly who: string; readonly detail: string };

/** What somebody has to look at: one line for each paper and reason. */
export function exceptionsIn({ calls, charges, vouchers, zone }: Data): Exception[] {
	const charged = new Set(charges.map(({ call }) => call));
	const about = (what: string, call: Call, detail: string): Exception => ({ what, no: call.no, who: call.customerName, detail });
	return [
		...calls.flatMap((call) => callExceptions(call, charged, zone).map(([what, detail]) => about(what, call, detail))),
		...charges.flatMap((charge) => chargeExceptions(charge)),
		...registerAgainstVouchers(calls, vouchers),
	];
}

/** @rule V-012 — closed and nobody promised a time @rule V-013 @rule V-030 @rule V-047 @rule V-061 — paid work without a charge */
function callExceptions(call: Call, charged: ReadonlySet<string>, zone: string): (readonly [string, string])[] {
	if (call.state === 'Void') return [];
	const isClosed = call.state === 'Closed';
	return (
		[
			[isClosed && call.promisedAt === null, '未答复维修时间', `叫修 ${localTime(call.calledAt, zone)}`],
			[call.replyLate === true, '答复超时', `期限 ${call.replyDueAt === null ? '' : localTime(call.replyDueAt, zone)}`],
			[call.breached, '到达超时', `期限 ${localTime(call.dueAt, zone)}，到达 ${call.arrivedAt === null ? '尚未到达' : localTime(call.arrivedAt, zone)}`],
			[call.repeatOf !== null, '重复报修', `上次 ${call.repeatOf ?? ''}`],
			[(isClosed || call.state === 'AwaitCancel') && call.type === 'A' && call.result === 'done' && !charged.has(call.no), '有费服务未登记收费', call.typeReason],
			[call.preparation !== null, '出发准备不足', call.preparation ?? ''],
			[call.overrideReason !== null, '破例派工', call.overrideReason ?? ''],
		] as const
	).flatMap(([holds, what, detail]) => (holds ? [[what, detail] as const] : []));
}

/** @rule V-060 @rule V-061 @rule R-007 — cash kept and invoices missing at the end of the day */
function chargeExceptions({ no, state, amount, technician, overdue, late, call }: Charge): Exception[] {
	const detail = `${yuan(amount)} 元，叫修 ${call}`;
	if (state === 'Collected') return [{ what: overdue === true ? '现金逾期未上交' : '现金待上交', no, who: technician, detail }];
	if (state === 'InvoiceDue') return [{ what: '有费服务未开票', no, who: technician, detail }];
	return late === true ? [{ what: '开票申请逾期', no, who: technician, detail }] : [];
}

/** Register and vouchers tell the same story. @rule V-034 — the receptionist compares the register with the vouchers at the end of the day */
export function registerAgainstVouchers(calls: readonly Call[], vouchers: readonly Voucher[]): Exception[] {
	const byNo = new Map(vouchers.map((voucher) => [voucher.no, voucher]));
	const isOpen = (call: Call) => call.state !== 'Closed' && call.state !== 'Void';
	const openCalls = new Set(calls.filter(isOpen).map(({ no }) => no));
	const known = new Set(calls.map(({ no }) => no));
	return [
		...calls.filter(isOpen).flatMap((call): Exception[] => {
			const voucher = byNo.get(call.voucher);
			if (voucher === undefined) return [{ what: '登记与凭证不符', no: call.no, who: call.customerName, detail: `没有服务凭证 ${call.voucher}` }];
			return voucher.calls.includes(call.no) ? [] : [{ what: '登记与凭证不符', no: call.no, who: call.customerName, detail: `服务凭证 ${voucher.no} 上没有这件叫修` }];
		}),
		...vouchers.flatMap((voucher) => voucher.calls.filter((no) => known.has(no) && !openCalls.has(no)).map((no): Exception => ({ what: '登记与凭证不符', no: voucher.no, who: voucher.customer, detail: `叫修 ${no} 已注销，凭证还没有归档` }))),
	];
}

/** The exception list as a sheet. */
export const exceptionsOf = (data: Data): SheetModel[] => [
	{
		name: '例外清单',
		title: `例外清单 ${data.period}`,
		columns: [
			{ header: '事项', key: 'what', type: 'text' },
			{ header: '单据', key: 'no', type: 'text' },
			{ header: '客户/人员', key: 'who', type: 'text' },
			{ header: '说明', key: 'detail', type: 'text', width: 44 },
		],
		rows: exceptionsIn(data),
		emptyText: '没有例外事项',
	},
];
