import { award } from './award';
import { awardChange } from './awardChange';

/** Awards, and changes of what is given for what. */
export const awardPapers = [award, awardChange] as const;
