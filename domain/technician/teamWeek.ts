import type { Day } from '../document/fields';
import { sumOf } from './dailyReportRules';
import type { DailyReport } from './dailyReport';
import type { PersonTotals } from './directorReportRules';

/** Technicians by category over a week, with the calls that came in. */
export type TeamWeek = { readonly days: readonly Day[]; readonly people: readonly (PersonTotals & { readonly calls: number })[]; readonly calls: number; readonly unassigned: number };

/** Adds up what a manager's people handed in. @rule T-005 — drafts and returned reports do not count */
export function teamWeek(days: readonly Day[], people: readonly { readonly no: string; readonly name: string }[], reports: readonly DailyReport[], calls: readonly { readonly technician: string | null }[]): TeamWeek {
	const counted = reports.filter(({ day, state }) => days.includes(day) && state !== 'Draft' && state !== 'Returned');
	const ofPerson = (code: string | null) => (each: { readonly technician: string | null }) => each.technician === code;
	return {
		days,
		people: people.map(({ no, name }) => ({ technician: no, name, calls: calls.filter(ofPerson(no)).length, ...sumOf(counted.filter(ofPerson(no))) })),
		calls: calls.length,
		unassigned: calls.filter(ofPerson(null)).length,
	};
}
