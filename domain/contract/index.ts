import { changeRecord } from './changeRecord';
import { completionDocuments, userTraining } from './completion';
import { expiryNotice } from './expiryNotice';
import { freeExpiry } from './freeExpiry';
import { handover } from './handover';
import { inspection } from './inspection';
import { maintenanceContract } from './maintenanceContract';
import { optimisationReport } from './optimisationReport';
import { accountEntry, backupEntry, serviceManual } from './registers';
import { serviceTask } from './serviceTask';

/** Contracts, projects and the systems in maintenance. */
export const contractPapers = [
	maintenanceContract, completionDocuments, userTraining, expiryNotice, freeExpiry,
	handover, serviceTask, inspection, optimisationReport, serviceManual, changeRecord, accountEntry, backupEntry,
] as const;
