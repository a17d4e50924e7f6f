import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import { addMonths } from '../shared/zonedTime';
import { mailInRepairDue, solutionFrom } from './mailInDates';
import type { Rma } from './rmaPaper';

type Counted = Pick<Rma, 'countFrom' | 'feeNoticedAt' | 'holdEndedAt'>;
type Limits = Pick<Rma, 'dueAt' | 'warnAt' | 'waiting' | 'suspendedDays' | 'workdays'>;

/**
 * The limit as it is now; none before the device is here with complete data, none while money is awaited.
 * @rule R-110 @rule R-111
 */
export function limitsOf({ countFrom, feeNoticedAt, holdEndedAt }: Counted, { settings, calendar }: Pick<Given, 'settings' | 'calendar'>): Limits {
	const workdays = settings['rma.repair_workdays'];
	if (countFrom === null) return { dueAt: null, warnAt: null, waiting: false, suspendedDays: null, workdays };
	const limit = mailInRepairDue(countFrom, feeNoticedAt === null ? null : { noticedAt: feeNoticedAt, paidAt: holdEndedAt }, settings, calendar);
	if (limit.waitingForPayment) return { dueAt: null, warnAt: null, waiting: true, suspendedDays: null, workdays };
	return { dueAt: limit.due, warnAt: solutionFrom(countFrom, limit.suspendedWorkdays, settings, calendar), waiting: false, suspendedDays: limit.suspendedWorkdays, workdays };
}

/**
 * Whether the product was in warranty when its repair was applied for; null where nobody knows when it was bought.
 * @rule R-105 — the last day of the year is covered
 */
export function coverOf({ purchaseDay, warrantyEnd }: { readonly purchaseDay: Day | null; readonly warrantyEnd: Day | null }, applied: Day, months: number): 'in' | 'out' | null {
	const end = warrantyEnd ?? (purchaseDay === null ? null : addMonths(purchaseDay, months));
	return end === null ? null : applied <= end ? 'in' : 'out';
}
