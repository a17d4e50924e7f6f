import type { Layout } from './paperModel';
import { contactLetter, quotationPaper, returnVisit, satisfactionForm, surveyCard, unsolvedReport } from './customerPapers';
import { dispatchRecord, expenseReport } from './dispatchPapers';
import { mailInApplication } from './mailInPapers';
import { callRegister, goodsRegisterPaper, letterRegister, returnVisitRegister, serviceLedger } from './registers';
import { goodsReceiptPaper, repairCardPaper, repairRecord, repairReport } from './repairPapers';
import { returnFlowSheet } from './returnPapers';
import { dailyReport, directorReport, expiryReport, repairTable, weeklyReport } from './reportPapers';
import type { ServiceCase } from './serviceCase';
import { receiptSlip, repairSlip, serviceReport, tripRecord } from './servicePapers';
import type { Shown } from './shown';
import { adjustmentPaper, countReportPaper, countSheetPaper, goodsIssuePaper, stockCardPaper } from './stockPapers';
import { voucherPaper } from './voucherPaper';

/** A form with a look of its own, printed from the papers of these kinds; the first form of a kind is its usual one. */
export type CaseForm = { readonly form: string; readonly name: string; readonly kinds: readonly string[]; readonly layOut: (data: ServiceCase, shown: Shown, company: string) => Layout };

export const caseForms: readonly CaseForm[] = [
	{ form: 'M-001', name: '服务凭证', kinds: ['voucher'], layOut: voucherPaper },
	{ form: 'M-003', name: '客户商品领取收据', kinds: ['goods_receipt'], layOut: goodsReceiptPaper },
	{ form: 'M-005', name: '修护卡', kinds: ['repair_card'], layOut: repairCardPaper },
	{ form: 'M-006', name: '技术员工作日报表', kinds: ['daily_report'], layOut: dailyReport },
	{ form: 'M-007', name: '技术人员周报表', kinds: ['daily_report'], layOut: weeklyReport },
	{ form: 'M-008', name: '服务主任日报表', kinds: ['director_report'], layOut: directorReport },
	{ form: 'M-010', name: '客户报修服务单', kinds: ['visit', 'call'], layOut: repairSlip },
	{ form: 'M-011', name: '售后服务联络函', kinds: ['contact_letter', 'call'], layOut: contactLetter },
	{ form: 'M-013', name: '回访记录', kinds: ['return_visit', 'call'], layOut: returnVisit },
	{ form: 'M-014', name: '客户意见调查卡', kinds: ['rating', 'call'], layOut: surveyCard },
	{ form: 'M-018', name: '当日未解决问题书面报备', kinds: ['unsolved_report', 'call'], layOut: unsolvedReport },
	{ form: 'M-060', name: '产品维修记录单', kinds: ['repair_card', 'call'], layOut: repairRecord },
	{ form: 'M-073', name: '维护返修申请表', kinds: ['rma'], layOut: mailInApplication },
	{ form: 'M-066', name: '维修报告', kinds: ['repair_card', 'rma'], layOut: repairReport },
	{ form: 'M-067', name: '售后服务（维修）记录表', kinds: ['visit', 'call'], layOut: tripRecord },
	{ form: 'M-069', name: '售后服务报价单', kinds: ['quotation'], layOut: quotationPaper },
	{ form: 'M-071', name: '售后服务报告单', kinds: ['visit', 'call'], layOut: serviceReport },
	{ form: 'M-110', name: '服务回执单', kinds: ['visit', 'call'], layOut: receiptSlip },
	{ form: 'M-111', name: '售后服务满意度调查表', kinds: ['rating', 'visit', 'call'], layOut: satisfactionForm },
	{ form: 'M-112', name: '售后服务派遣记录', kinds: ['dispatch', 'call'], layOut: dispatchRecord },
	{ form: 'M-113', name: '费用报表', kinds: ['expense_claim'], layOut: expenseReport },
];

/** A form with a look of its own that needs its paper only, and the rows of another kind that belong to it, from a period on. */
export type RowForm = {
	readonly form: string;
	readonly name: string;
	readonly kind: string;
	readonly lines?: { readonly kind: string; readonly by: string; readonly key: string };
	readonly layOut: (row: never, shown: Shown, belonging: Belonging<never>) => Layout;
};

/** Rows that belong to a paper in a period (a year or a month), and the last one before it. */
export type Belonging<R> = { readonly period: string; readonly before: R | null; readonly rows: readonly R[] };

export const rowForms: readonly RowForm[] = [
	{ form: 'M-024', name: '维护期满书面汇报', kind: 'free_expiry', layOut: expiryReport },
	{ form: 'M-061', name: '存卡', kind: 'stock_card', lines: { kind: 'stock_move', by: 'item', key: 'item' }, layOut: stockCardPaper },
	{ form: 'M-078', name: '返修产品作业流程表', kind: 'return_batch', layOut: returnFlowSheet },
	{ form: 'M-081', name: '盘存报表', kind: 'stock_count', layOut: countReportPaper },
	{ form: 'M-081-P', name: '盘点表', kind: 'stock_count', layOut: countSheetPaper },
	{ form: '出库单', name: '出库单', kind: 'goods_issue', layOut: goodsIssuePaper },
	{ form: 'M-136', name: '盘盈单/盘亏单', kind: 'stock_adjustment', layOut: adjustmentPaper },
];

/** Lines of a month or a week; kept by kind of document. Without a period those still open, or of the period that runs. */
export const registerForms = [
	{ form: 'M-002', name: '叫修登记簿', kind: 'call', layOut: callRegister },
	{ form: 'M-004', name: '客户商品进出登记簿', kind: 'goods_register', layOut: goodsRegisterPaper },
	{ form: 'M-009', name: '售后服务报修记录表', kind: 'daily_report', layOut: repairTable },
	{ form: 'M-013-R', name: '回访登记簿', kind: 'return_visit', layOut: returnVisitRegister },
	{ form: 'M-028', name: '服务台帐', kind: 'call', layOut: serviceLedger },
	{ form: 'M-072', name: '来电来函登记', kind: 'call', layOut: letterRegister },
] as const;

/** Who keeps which copy of a paper that is printed in several. */
export const copiesOf = (form: string, row: Readonly<Record<string, unknown>> | null): readonly string[] | undefined =>
	form === 'M-034' && row?.['family'] !== 'service' ? ['品管部', '制造部', '业务部门', '会计科', '总经理室'] : undefined;
