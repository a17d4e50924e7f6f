import type { Day } from '../document/fields';
import type { RowOfRecord } from '../document/document';
import type { person } from '../master/records';
import type { Call } from '../service/call';
import type { Charge } from '../service/charge';
import { chargePaths } from '../service/chargePath';
import type { Dispatch } from '../service/dispatch';
import type { ExpenseClaim } from '../service/expenseClaim';
import { openLoans, type Loan } from '../service/loan';
import { initiatives } from '../service/registration';
import { visitResults } from '../service/visit';
import type { Voucher } from '../service/voucher';
import { daysBetween, localTime } from '../shared/zonedTime';
import type { HotlineCall } from '../survey/hotlineCall';
import { exceptionsOf } from './exceptions';
import type { ColumnModel, SheetModel, WorkbookModel } from './workbookModel';

export type ServiceData = {
	/** `2025-06`, or a day for the day-end lists. */
	readonly period: string;
	readonly today: Day;
	readonly zone: string;
	readonly calls: readonly Call[];
	/** Taken on the service phone in the period. */
	readonly hotline: readonly Pick<HotlineCall, 'channel' | 'callKind' | 'model' | 'problem' | 'content' | 'solved' | 'followed'>[];
	/** Closed in the period, whenever they came in. */
	readonly closed: readonly Call[];
	readonly charges: readonly Charge[];
	/** Calls that have a charge, of whatever day. */
	readonly charged: ReadonlySet<string>;
	readonly dispatches: readonly Dispatch[];
	readonly claims: readonly ExpenseClaim[];
	readonly loans: readonly Loan[];
	readonly vouchers: readonly Voucher[];
	readonly people: ReadonlyMap<string, RowOfRecord<typeof person>>;
	/** Charges that nobody has audited are left out where audits are asked for. */
	readonly auditedOnly: boolean;
};

const column = (header: string, key: string, type: ColumnModel['type'] = 'text', total?: 'sum'): ColumnModel => ({ header, key, type, ...(total === undefined ? {} : { total }) });

/** The month's service work for accounting, payroll and the archive. */
export function serviceBook(data: ServiceData): WorkbookModel {
	return {
		properties: { title: `服务月度明细 ${data.period}` },
		sheets: [chargeSheet(data), dispatchSheet(data), claimSheet(data), loanSheet(data), phoneSheet(data), initiativeSheet(data), ...exceptionsOf(data)],
	};
}

const local = (instant: string | null, zone: string): string | null => (instant === null ? null : localTime(instant, zone));
const named = (code: string | null, { people }: ServiceData): string => (code === null ? '' : (people.get(code)?.name ?? code));

/** What happened to a charge in the period, in the words of the book. */
const happenings: readonly (readonly [keyof Charge & ('createdAt' | 'settledAt' | 'paidAt' | 'reversedAt'), string])[] = [['createdAt', '登记'], ['settledAt', '开票'], ['paidAt', '收款'], ['reversedAt', '冲销']];

/**
 * A charge is due in the month it was registered and collected in the month it was paid, so that the months add up.
 * @rule V-067 — every charge with voucher no, invoice no, collected amount and date; accounting keeps its own books
 * @rule T-041 — unaudited ones are not exported
 * @rule M-105 — reversed ones are listed with their reason and count nothing
 */
function chargeSheet(data: ServiceData): SheetModel {
	const charges = data.charges.filter(({ auditedAt }) => !data.auditedOnly || auditedAt !== null);
	return {
		name: '收费明细',
		title: `服务收费明细 ${data.period}`,
		landscape: true,
		columns: [column('收费编号', 'no'), column('叫修编号', 'call'), column('凭证号', 'voucher'), column('客户编号', 'customer'), column('技术员', 'technician'), column('收款方式', 'path'), column('本期事项', 'happened'), column('收费金额', 'amount', 'yuan'), column('应收金额', 'due', 'yuan', 'sum'), column('已收金额', 'paid', 'yuan', 'sum'), column('发票号', 'invoiceNo'), column('申请开票', 'requestedAt', 'instant'), column('办结时间', 'settledAt', 'instant'), column('收款时间', 'paidAt', 'instant'), column('逾期', 'late'), column('冲销原因', 'reversedBecause')],
		rows: charges.map((charge) => chargeRow(charge, data)),
		emptyText: '本期没有收费',
		notes: ['应收金额计入登记的月份，已收金额计入收款的月份；已冲销的不计。', ...(data.auditedOnly ? ['未经审核的收费不在表内。'] : [])],
	};
}

function chargeRow(charge: Charge, data: ServiceData) {
	const happened = happenings.filter(([key]) => local(charge[key], data.zone)?.startsWith(data.period) === true).map(([, word]) => word);
	const counted = (word: string) => (charge.state !== 'Reversed' && happened.includes(word) ? charge.amount : 0);
	return {
		no: charge.no,
		call: charge.call,
		voucher: charge.voucher,
		customer: charge.customer,
		technician: named(charge.technician, data),
		path: chargePaths[charge.path],
		happened: happened.join('、'),
		amount: charge.amount,
		due: counted('登记'),
		paid: counted('收款'),
		invoiceNo: charge.invoiceNo,
		requestedAt: local(charge.requestedAt, data.zone),
		settledAt: local(charge.settledAt, data.zone),
		paidAt: local(charge.paidAt, data.zone),
		late: charge.late === true || charge.overdue === true ? '是' : '',
		reversedBecause: charge.reversedBecause,
	};
}

/** @rule V-024 — all dispatches with who, planned, start, arrival, leave, expenses, result @rule V-026 — and the minutes from accepting to leaving */
function dispatchSheet(data: ServiceData): SheetModel {
	return {
		name: '派遣记录',
		title: `售后服务派遣记录 ${data.period}`,
		landscape: true,
		columns: [column('派遣号', 'no'), column('叫修编号', 'call'), column('技术员', 'technician'), column('随同人员', 'companions'), column('派遣时间', 'assignedAt', 'instant'), column('计划出发', 'plannedAt', 'instant'), column('接受', 'acceptedAt', 'instant'), column('出发', 'startedAt', 'instant'), column('接受到出发(分)', 'minutesToStart', 'integer'), column('到达', 'arrivedAt', 'instant'), column('离开', 'leftAt', 'instant'), column('交通及费用', 'costs', 'yuan', 'sum'), column('结果', 'result')],
		rows: data.dispatches.map((sent) => ({
			no: sent.no,
			call: sent.call,
			companions: sent.companions,
			minutesToStart: sent.minutesToStart,
			technician: named(sent.technician, data),
			assignedAt: local(sent.assignedAt, data.zone),
			plannedAt: local(sent.plannedAt, data.zone),
			acceptedAt: local(sent.acceptedAt, data.zone),
			startedAt: local(sent.startedAt, data.zone),
			arrivedAt: local(sent.arrivedAt, data.zone),
			leftAt: local(sent.leftAt, data.zone),
			costs: (sent.costs ?? []).reduce((sum, { amount }) => sum + amount, 0),
			result: sent.result === null ? '' : visitResults[sent.result],
		})),
		emptyText: '本期没有派遣',
	};
}

/** @rule V-068 */
function claimSheet(data: ServiceData): SheetModel {
	const states: Readonly<Record<string, string>> = { Flagged: '待核对', Payable: '可报销', Paid: '已报销', Refused: '不予报销' };
	return {
		name: '费用报表',
		title: `费用报表 ${data.period}`,
		columns: [column('报销号', 'no'), column('叫修编号', 'call'), column('技术员', 'technician'), column('合计', 'amount', 'yuan', 'sum'), column('核对结果', 'finding'), column('状态', 'state')],
		rows: data.claims.map((claim) => ({ no: claim.no, call: claim.call, technician: named(claim.technician, data), amount: claim.amount, finding: claim.finding, state: states[claim.state] ?? claim.state })),
		emptyText: '本期没有费用报销',
	};
}

function loanSheet(data: ServiceData): SheetModel {
	return {
		name: '备用机与货款',
		title: '备用机借用与配件货款（按工程师）',
		columns: [column('工程师', 'engineer'), column('编号', 'no'), column('客户', 'customerName'), column('备用机/配件', 'unitLent'), column('状态', 'state'), column('应还日期', 'dueDay', 'day'), column('未收货款', 'unpaid', 'yuan', 'sum'), column('天数', 'days', 'integer')],
		rows: openLoans(data.loans, (from) => daysBetween(localTime(from, data.zone).slice(0, 10), data.today)).map(({ isOut, ...loan }) => ({ ...loan, engineer: named(loan.engineer, data), state: isOut ? '借出' : '已归还' })),
		emptyText: '没有未还备用机，也没有未收货款',
	};
}

/**
 * Month, product, problem, and whether it was solved on the phone; what the hotline passed on as a call counts once.
 * @rule T-040 @rule S-040
 */
function phoneSheet({ calls, hotline, period }: ServiceData): SheetModel {
	const problems = [
		...calls.filter(({ channel }) => channel === 'phone').map(({ model, faultCode, symptom, result }) => ({ model, problem: faultCode ?? symptom ?? '', remote: result === 'done_by_phone' })),
		...hotline.filter(({ channel, callKind, followed }) => channel === 'phone' && ['question', 'fault', 'upgrade'].includes(callKind) && (callKind !== 'fault' || followed === null)).map(({ model, problem, content, solved }) => ({ model, problem: problem ?? content, remote: solved })),
	];
	const groups = [...Map.groupBy(problems, ({ model, problem }) => `${model ?? ''}\u0000${problem}`)];
	return {
		name: '电话问题统计',
		title: `电话问题统计 ${period}`,
		columns: [column('商品型号', 'model'), column('问题', 'problem'), column('次数', 'count', 'integer', 'sum'), column('远程解决', 'remote', 'integer', 'sum')],
		rows: groups.map(([key, group]) => ({ model: key.split('\u0000')[0], problem: key.split('\u0000')[1], count: group.length, remote: group.filter(({ remote }) => remote).length })).sort((one, other) => other.count - one.count),
		emptyText: '本期没有来电报修',
	};
}

/** @rule V-072 — the customer asked, or we came by ourselves */
function initiativeSheet({ calls, period }: ServiceData): SheetModel {
	const count = (initiative: keyof typeof initiatives) => calls.filter((call) => (call.initiative ?? 'passive') === initiative).length;
	return {
		name: '主动被动服务',
		title: `主动服务与被动服务 ${period}`,
		columns: [column('服务方式', 'kind'), column('件数', 'count', 'integer', 'sum')],
		rows: (['passive', 'active'] as const).map((kind) => ({ kind: initiatives[kind], count: count(kind) })),
	};
}
