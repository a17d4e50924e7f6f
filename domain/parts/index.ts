import { faultReport, installRecord, installVisit, repairRecord, repairVisit } from './outletRecords';
import { oldPart } from './oldPart';
import { oldPartHandover } from './oldPartHandover';
import { outletAccount, outletEntry } from './outletAccount';
import { outletCancel } from './outletCancel';
import { outletCount } from './outletCount';
import { outletFee, outletTraining } from './outletFee';
import { outletFine } from './outletFine';
import { outletOpening } from './outletOpening';
import { outletPayment } from './outletPayment';
import { outletReturn } from './outletReturn';
import { outletSetup } from './outletSetup';
import { partRequest } from './partRequest';
import { partsPlan } from './partsPlan';
import { partTransfer } from './partTransfer';
import { reconciliation } from './reconciliation';
import { shipment } from './shipment';
import { usageLine } from './usageLine';

/** Outlets and their parts, from the application to the write-off. */
export const partsPapers = [
	outletSetup, outletPayment, outletOpening, outletAccount, outletEntry, outletCancel, outletReturn,
	partRequest, partsPlan, shipment, partTransfer,
	usageLine, oldPart, reconciliation, outletFine, oldPartHandover, outletFee, outletTraining,
	repairRecord, installRecord, installVisit, repairVisit, faultReport, outletCount,
] as const;
