import type { Call } from '../service/call';
import type { Charge } from '../service/charge';
import type { Voucher } from '../service/voucher';
import { yuan } from '../shared/money';
import { localTime } from '../shared/zonedTime';
import type { SheetModel } from './workbookModel';

type Data = {
	readonly period: string;
	readonly zone: string;
	readonly calls: readonly Call[];
	/** Closed in the period, whenever they came in. */
	readonly closed: readonly Call[];
	readonly charges: readonly Charge[];
	/** Calls that have a charge, of whatever day. */
	readonly charged: ReadonlySet<string>;
	readonly vouchers: readonly Voucher[];
};

export type Exception = { readonly what: string; readonly no: string; readonly who: string; readonly detail: string };

/** What somebody has to look at: one line for each paper and reason. @rule V-012 — closed and nobody promised a time @rule V-061 — paid work without a charge */
export function exceptionsIn({ calls, closed, charges, charged, vouchers, zone }: Data): Exception[] {
	const finished = [...closed, ...calls.filter(({ state }) => state === 'AwaitCancel')];
	const about = (what: string, call: Call, detail: string): Exception => ({ what, no: call.no, who: call.customerName, detail });
	return [
		...closed.filter(({ promisedAt }) => promisedAt === null).map((call) => about('未答复维修时间', call, `叫修 ${localTime(call.calledAt, zone)}`)),
		...calls.flatMap((call) => callExceptions(call, zone).map(([what, detail]) => about(what, call, detail))),
		...finished.filter(({ no, type, result }) => type === 'A' && result === 'done' && !charged.has(no)).map((call) => about('有费服务未登记收费', call, call.typeReason)),
		...charges.flatMap((charge) => chargeExceptions(charge)),
		...registerAgainstVouchers(calls, vouchers),
	];
}

/** @rule V-013 @rule V-030 @rule V-047 */
function callExceptions(call: Call, zone: string): (readonly [string, string])[] {
	if (call.state === 'Void') return [];
	return (
		[
			[call.replyLate === true, '答复超时', `期限 ${call.replyDueAt === null ? '' : localTime(call.replyDueAt, zone)}`],
			[call.breached, '到达超时', `期限 ${localTime(call.dueAt, zone)}，到达 ${call.arrivedAt === null ? '尚未到达' : localTime(call.arrivedAt, zone)}`],
			[call.repeatOf !== null, '重复报修', `上次 ${call.repeatOf ?? ''}`],
			[call.preparation !== null, '出发准备不足', call.preparation ?? ''],
			[call.overrideReason !== null, '破例派工', call.overrideReason ?? ''],
		] as const
	).flatMap(([holds, what, detail]) => (holds ? [[what, detail] as const] : []));
}

/** @rule V-060 @rule V-061 @rule R-007 — cash kept and invoices missing at the end of the day @rule M-105 — what was reversed, and why */
function chargeExceptions({ no, state, amount, technician, overdue, late, call, reversedBecause }: Charge): Exception[] {
	const detail = `${yuan(amount)} 元，叫修 ${call}`;
	if (state === 'Reversed') return [{ what: '收费已冲销', no, who: technician, detail: `${detail}：${reversedBecause ?? ''}` }];
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
