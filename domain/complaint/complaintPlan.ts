import type { Instant } from '../document/fields';
import type { Settings } from '../settings';
import { addDays, dayOf, endOfDay } from '../shared/zonedTime';

export type Market = 'domestic' | 'foreign';

const DAY_MS = 86_400_000;

/** The stages of a quality complaint whose time is limited, in the order of the form. @rule K-020 */
export const stages = {
	S2: '总经理室受理登记',
	S3: '质量管理部分析',
	S4: '生产单位对策',
	S5: '研发意见',
	S7: '业务处理意见',
	S8: '总经理室综合意见',
	S10: '业务交涉',
	S11: '总经理室再综合意见',
} as const;

export type Stage = keyof typeof stages;

/**
 * The limit of a stage in days of 24 hours; S7 and S10 share one, of which `salesDaysUsed` are gone.
 * @rule K-020 @rule K-022
 */
export function stageDays(stage: Stage, market: Market, settings: Settings, salesDaysUsed = 0): number {
	switch (stage) {
		case 'S2':
			return settings['complaint.stage_limit.gm1'];
		case 'S3':
			return settings['complaint.stage_limit.qa'];
		case 'S4':
			return settings['complaint.stage_limit.production'];
		case 'S5':
			return settings['complaint.stage_limit.rd'];
		case 'S7':
		case 'S10':
			return Math.max(0, settings[`complaint.stage_limit.sales_${market}`] - salesDaysUsed);
		case 'S8':
			return settings['complaint.stage_limit.gm2'];
		case 'S11':
			return settings['complaint.stage_limit.gm3'];
	}
}

/** When a stage entered at `since` has to be left: a duration of clock hours, not the end of a day. @rule K-020 */
export const stageDue = (stage: Stage, since: Instant, market: Market, settings: Settings, salesDaysUsed = 0): Instant =>
	new Date(Date.parse(since) + stageDays(stage, market, settings, salesDaysUsed) * DAY_MS).toISOString();

/** When the case has to be closed: 24:00 of the last day. @rule K-031 — 13 days domestic, 17 foreign */
export const totalDue = (acceptedAt: Instant, market: Market, settings: Settings, zone: string): Instant =>
	endOfDay(addDays(dayOf(acceptedAt, zone), settings[`complaint.total_days.${market}`]), zone);
