import type { Notice } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import { awardChecks } from './awardChecks';
import { contractChecks } from './contractChecks';
import { givenFor, SYSTEM, type Standing } from './engine';
import { mailInChecks } from './mailInChecks';
import { writeNotices } from './notices';
import { outletChecks } from './outletChecks';
import { returnChecks } from './returnChecks';
import type { Store } from './store';
import { surveyChecks } from './surveyChecks';
import { technicianChecks } from './technicianChecks';
import { warehouseChecks } from './warehouseChecks';

/**
 * Looks for what should be there by now and is not, such as a paper nobody has filled in: a clock cannot run on it.
 * It names each lack by a key, so that it may be asked again and again and catches up after downtime.
 */
export type DailyCheck = (store: Store, given: Standing) => Promise<Notice[]>;

const checks: readonly DailyCheck[] = [...technicianChecks, ...outletChecks, ...surveyChecks, ...warehouseChecks, ...mailInChecks, ...returnChecks, ...awardChecks, ...contractChecks];

/** Writes the notices of all checks, each once. @returns how many were new */
export async function runDailyChecks(store: Store, now: Instant): Promise<number> {
	const given = await givenFor(store, { actor: SYSTEM, now });
	const notices: Notice[] = [];
	for (const check of checks) notices.push(...(await check(store, given)));
	return await store.transaction((transaction) => writeNotices(transaction, notices, now));
}
