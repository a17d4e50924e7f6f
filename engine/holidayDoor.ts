import published from 'chinese-days/dist/chinese-days.json';

/**
 * Days off and make-up working days of the State Council's yearly notices, as kept by the chinese-days project (MIT).
 * A year that is not in the list has no published notice. The build bundles the data.
 */
export const chinaHolidays: readonly string[] = Object.keys(published.holidays);
export const chinaMakeupDays: readonly string[] = Object.keys(published.workdays);
