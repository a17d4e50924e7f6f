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

/**
 * Writes the notices of all checks, each once. A check that fails keeps none of the others from their work; it is said when all are done.
 * @returns how many were new
 */
export async function runDailyChecks(store: Store, now: Instant, all: readonly DailyCheck[] = checks): Promise<number> {
	const given = await givenFor(store, { actor: SYSTEM, now });
	const notices: Notice[] = [];
	const failed: unknown[] = [];
	for (const check of all) {
		try {
			notices.push(...(await check(store, given)));
		} catch (error) {
			failed.push(error);
		}
	}
	const written = await store.transaction((transaction) => writeNotices(transaction, notices, now));
	if (failed.length > 0) throw failed[0];
	return written;
}
