import { hotlineCall } from './hotlineCall';
import { missedCall } from './missedCall';
import { serviceSurvey, surveyRound } from './serviceSurvey';
import { serviceTask } from './serviceTask';
import { surveyCard } from './surveyCard';
import { visitQuarter } from './visitQuarter';

/** Asking customers, visiting them, and the service phone. */
export const surveyPapers = [surveyCard, serviceTask, surveyRound, serviceSurvey, visitQuarter, hotlineCall, missedCall];
