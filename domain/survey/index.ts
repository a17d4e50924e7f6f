import { hotlineCall } from './hotlineCall';
import { missedCall } from './missedCall';
import { serviceSurvey, surveyRound } from './serviceSurvey';
import { followUp } from './followUp';
import { surveyCard } from './surveyCard';
import { visitQuarter } from './visitQuarter';

/** Asking customers, visiting them, and the service phone. */
export const surveyPapers = [surveyCard, followUp, surveyRound, serviceSurvey, visitQuarter, hotlineCall, missedCall];
