import { waitingList, waitingStates } from '../domain/repair/rmaWaiting';
import type { Rma } from '../domain/repair/rmaPaper';
import type { DailyCheck } from './dailyChecks';

/** @rule R-103 @rule R-107 @rule R-114 @rule R-115 @rule R-116 */
const waiting: DailyCheck = async (store, given) => {
	const columns = ['no', 'repairNo', 'applicant', 'phone', 'state', 'updatedAt'];
	const before = new Date(Date.parse(given.now) - (given.settings['rma.wait_days'] - 1) * 86_400_000).toISOString();
	return waitingList((await store.list('rma', { columns, where: [{ column: 'state', is: 'in', value: [...waitingStates] }, { column: 'updatedAt', is: '<', value: before }] })) as unknown as Rma[], given);
};

export const mailInChecks: readonly DailyCheck[] = [waiting];
