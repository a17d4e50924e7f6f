import { schemeOf, type AwardChange } from '../domain/award/awardChange';
import type { AwardKind } from '../domain/award/awardKinds';
import { electionNotices, payNotices, yearlyNotices } from '../domain/award/awardReminders';
import type { Award } from '../domain/award/awardRules';
import type { DailyCheck } from './dailyChecks';
import { candidatesOf } from './awardReports';
import type { Row } from './store';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

/** @rule A-013 */
const payments: DailyCheck = async (store, given) => payNotices(rows<Award>(await store.load('award', 'state', ['Scheduled'])), given);

/** @rule A-014 @rule A-017 @rule A-015 — of awards that are given */
const seasons: DailyCheck = async (store, given) => {
	const changes = rows<AwardChange>(await store.list('award_change', { where: [{ column: 'state', is: '=', value: 'Signed' }] }));
	const isGiven = (kind: AwardKind) => !schemeOf(kind, changes, given).stopped;
	const isYearEnd = given.today.slice(5, 7) === '12';
	return [...electionNotices(given, isGiven), ...(isYearEnd ? yearlyNotices(await candidatesOf(store, given.today.slice(0, 4)), given, isGiven) : [])];
};

export const awardChecks: readonly DailyCheck[] = [payments, seasons];
