import { optimisationReport } from './optimisationReport';
import { serviceTask } from './serviceTask';

/** Contracts, projects and the systems in maintenance. */
export const contractPapers = [optimisationReport, serviceTask] as const;
