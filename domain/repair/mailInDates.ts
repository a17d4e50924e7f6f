import type { Day, Instant } from '../document/fields';
import type { Settings } from '../settings';
import type { WorkCalendar } from '../shared/workCalendar';
import { dayOf, endOfDay, startOfDay } from '../shared/zonedTime';

/** When the handling opinion on a mail-in application is due. @rule R-102 — within one working day */
export const mailInReplyDue = (applied: Day, settings: Settings, calendar: WorkCalendar): Instant =>
	endOfDay(calendar.workdayAfter(applied, settings['rma.reply_workdays']).day, calendar.zone);

export type FeeHold = { readonly noticedAt: Instant; readonly paidAt: Instant | null };

export type RepairDue =
	| { readonly waitingForPayment: true }
	| { readonly waitingForPayment: false; readonly due: Instant; readonly suspendedWorkdays: number };

/**
 * When a device received on `received` has to be repaired.
 * @rule R-110 — five working days from the day after receipt
 * @rule R-111 — between fee notice and payment the clock stands: the working days after the notice up to the payment are added
 */
export function mailInRepairDue(received: Day, hold: FeeHold | null, settings: Settings, calendar: WorkCalendar): RepairDue {
	if (hold !== null && hold.paidAt === null) return { waitingForPayment: true };
	const suspended = hold?.paidAt ? workdaysBetween(dayOf(hold.noticedAt, calendar.zone), dayOf(hold.paidAt, calendar.zone), calendar) : 0;
	const { day } = calendar.workdayAfter(received, settings['rma.repair_workdays'] + suspended);
	return { waitingForPayment: false, due: endOfDay(day, calendar.zone), suspendedWorkdays: suspended };
}

/** When people begin to ask for a solution: at opening on the working day before the last. @rule R-110 — the customer hears of it in time */
export function solutionFrom(received: Day, suspendedWorkdays: number, settings: Settings, calendar: WorkCalendar): Instant {
	const { day } = calendar.workdayAfter(received, Math.max(1, settings['rma.repair_workdays'] + suspendedWorkdays - 1));
	return calendar.hoursOf(day)?.from ?? startOfDay(day, calendar.zone);
}

/** Working days `d` with `from < d <= to`. */
function workdaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
	let count = 0;
	for (let next = calendar.workdayAfter(from, 1).day; next <= to; next = calendar.workdayAfter(next, 1).day) count++;
	return count;
}
