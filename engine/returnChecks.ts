import type { ReturnBatch } from '../domain/returns/returnPaper';
import { outOfPeriod } from '../domain/returns/returnStats';
import { addMonths, monthOf } from '../domain/shared/zonedTime';
import type { DailyCheck } from './dailyChecks';

/** Last month's out-of-period returns are counted by `return.oop_stats_day`, where there were any; a month without is not asked about. @rule R-204 */
const statistics: DailyCheck = async (store, { today, settings }) => {
	if (Number(today.slice(8)) < settings['return.oop_stats_day']) return [];
	const month = monthOf(addMonths(`${monthOf(today)}-01`, -1));
	const batches = (await store.load('return_batch', 'acceptedMonth', [month])) as unknown as ReturnBatch[];
	if (outOfPeriod(batches).length === 0) return [];
	const [stats] = await store.load('return_stats', 'month', [month]);
	if (stats !== undefined && stats['state'] !== 'Draft') return [];
	return (['production', 'customer_service'] as const).map((role) => ({ key: `return_stats.due:${month}:${role}`, to: { role }, subject: `${month} 超期返修还没有清点签名`, rule: 'R-204', body: [stats === undefined ? '请编制超期返修统计，生产部和客服部清点签名，销售部确认。' : '请生产部和客服部清点签名，销售部确认。'] }));
};

export const returnChecks: readonly DailyCheck[] = [statistics];
