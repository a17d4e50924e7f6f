import type { Settings } from '../settings';

export const chargePaths = { onsite: '现场收款', invoice: '当日开票' } as const;
export type ChargePath = keyof typeof chargePaths;

/**
 * How a paid service is collected.
 * @rule V-060 — up to `charges.onsite_limit` on site
 * @rule V-061 — above it an invoice is requested the same day
 */
export const chargePath = (amountFen: number, settings: Settings): ChargePath =>
	amountFen <= settings['charges.onsite_limit'] ? 'onsite' : 'invoice';
