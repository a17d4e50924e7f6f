import type { DocumentDeclaration, RecordDeclaration } from '../domain/document/document';
import { charge } from '../domain/service/charge';
import { call } from '../domain/service/call';
import { visit } from '../domain/service/visit';
import { attachment } from '../domain/service/attachment';
import { contactLetter } from '../domain/service/contactLetter';
import { dispatch } from '../domain/service/dispatch';
import { escalation } from '../domain/service/escalation';
import { expenseClaim } from '../domain/service/expenseClaim';
import { loan } from '../domain/service/loan';
import { penaltyProposal } from '../domain/service/penaltyProposal';
import { quotation } from '../domain/service/quotation';
import { returnVisit } from '../domain/service/returnVisit';
import { unsolvedReport } from '../domain/service/unsolvedReport';
import { voucher } from '../domain/service/voucher';
import { awardPapers } from '../domain/award';
import { complaint } from '../domain/complaint/complaint';
import { contractPapers } from '../domain/contract';
import { masterRecords } from '../domain/master/records';
import { goodsReceipt } from '../domain/repair/goodsReceipt';
import { goodsRegister } from '../domain/repair/goodsRegister';
import { repairCard } from '../domain/repair/repairCard';
import { feeNotice } from '../domain/repair/feeNotice';
import { remittanceSlip } from '../domain/repair/remittanceSlip';
import { repairNumber } from '../domain/repair/repairNumber';
import { rma } from '../domain/repair/rma';
import { takeIn } from '../domain/repair/takeIn';
import { technicianPapers } from '../domain/technician';
import { surveyPapers } from '../domain/survey';
import { partsPapers } from '../domain/parts';
import { warehousePapers } from '../domain/warehouse';

/** Papers by the work they belong to, as people look for them. Adding one here gives it its table, operations, forms and sheets. */
export const areas = [
	{ label: '叫修与凭证', papers: [call, dispatch, voucher, visit, charge, quotation, contactLetter, escalation, unsolvedReport, returnVisit, expenseClaim, loan, penaltyProposal, attachment] },
	{ label: '携回修护', papers: [takeIn, goodsReceipt, goodsRegister, repairCard] },
	{ label: '邮寄维修', papers: [rma, repairNumber, feeNotice, remittanceSlip] },
	{ label: '客户调查、回访与热线', papers: surveyPapers },
	{ label: '投诉', papers: [complaint] },
	{ label: '网点与配件核销', papers: partsPapers },
	{ label: '人员与报表', papers: technicianPapers },
	{ label: '仓库', papers: warehousePapers },
	{ label: '奖励', papers: awardPapers },
	{ label: '合同与工程', papers: contractPapers },
] as unknown as readonly { readonly label: string; readonly papers: readonly DocumentDeclaration[] }[];

/** Every document of the product. */
export const documents = areas.flatMap(({ papers }) => papers);

export const records = masterRecords as unknown as readonly RecordDeclaration[];

export const documentOf = (kind: string): DocumentDeclaration => lookUp(documents, kind);
export const recordOf = (kind: string): RecordDeclaration => lookUp(records, kind);

function lookUp<D extends { readonly kind: string }>(list: readonly D[], kind: string): D {
	const found = list.find((each) => each.kind === kind);
	if (found === undefined) throw new Error(`nothing is declared as "${kind}"`);
	return found;
}
