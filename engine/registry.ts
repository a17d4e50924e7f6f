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
import { complaint } from '../domain/complaint/complaint';
import { masterRecords } from '../domain/master/records';
import { goodsReceipt } from '../domain/repair/goodsReceipt';
import { goodsRegister } from '../domain/repair/goodsRegister';
import { repairCard } from '../domain/repair/repairCard';
import { feeNotice } from '../domain/repair/feeNotice';
import { remittanceSlip } from '../domain/repair/remittanceSlip';
import { repairNumber } from '../domain/repair/repairNumber';
import { rma } from '../domain/repair/rma';
import { takeIn } from '../domain/repair/takeIn';
import { returnPapers } from '../domain/returns';
import { technicianPapers } from '../domain/technician';
import { partsPapers } from '../domain/parts';
import { warehousePapers } from '../domain/warehouse';

/** Every document of the product. Adding one here gives it its table, operations, forms and sheets. */
export const documents = [
	call, dispatch, voucher, visit, charge, quotation, contactLetter, escalation, returnVisit, unsolvedReport, expenseClaim, loan, penaltyProposal, attachment,
	takeIn, goodsReceipt, goodsRegister, repairCard, complaint,
	rma, repairNumber, feeNotice, remittanceSlip,
	...returnPapers,
	...partsPapers,
	...technicianPapers,
	...warehousePapers,
] as unknown as readonly DocumentDeclaration[];

export const records = masterRecords as unknown as readonly RecordDeclaration[];

export const documentOf = (kind: string): DocumentDeclaration => lookUp(documents, kind);
export const recordOf = (kind: string): RecordDeclaration => lookUp(records, kind);

function lookUp<D extends { readonly kind: string }>(list: readonly D[], kind: string): D {
	const found = list.find((each) => each.kind === kind);
	if (found === undefined) throw new Error(`nothing is declared as "${kind}"`);
	return found;
}
