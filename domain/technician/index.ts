import { appraisal } from './appraisal';
import { attendance } from './attendance';
import { caseNote } from './caseNote';
import { controlledDocument } from './controlledDocument';
import { custody } from './custody';
import { customerData } from './customerData';
import { dailyReport } from './dailyReport';
import { directorReport } from './directorReport';
import { dutyShift } from './dutyShift';
import { leaving } from './leaving';
import { meeting } from './meeting';
import { monthDocuments } from './monthDocuments';
import { rating } from './rating';
import { siteCheck } from './siteCheck';
import { sitePatrol } from './sitePatrol';
import { sitePlan } from './sitePlan';
import { suggestion } from './suggestion';
import { training } from './training';
import { visitPlan } from './visitPlan';
import { workLog } from './workLog';

/** The papers of technicians and their superiors. */
export const technicianPapers = [dailyReport, directorReport, rating, appraisal, workLog, monthDocuments, custody, leaving, customerData, caseNote, siteCheck, sitePatrol, meeting, training, suggestion, sitePlan, visitPlan, dutyShift, attendance, controlledDocument];
