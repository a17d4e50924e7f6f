import type { Day } from '../domain/document/fields';
import type { Settings } from '../domain/settings';
import { readPeriods } from '../domain/shared/readPeriods';
import { createWorkCalendar, type CalendarData, type WorkCalendar } from '../domain/shared/workCalendar';
import { chinaHolidays, chinaMakeupDays } from './holidayDoor';

const kept = new Map<string, WorkCalendar>();

/** The company's calendar as the settings say: pattern, hours, public holidays, own free and make-up days. */
export function workCalendarOf(settings: Settings): WorkCalendar {
	const key = JSON.stringify(Object.entries(settings).filter(([name]) => name.startsWith('general.')));
	let calendar = kept.get(key);
	if (calendar === undefined) {
		if (kept.size > 20) kept.clear();
		kept.set(key, (calendar = createWorkCalendar(calendarData(settings))));
	}
	return calendar;
}

function calendarData(settings: Settings): CalendarData {
	const periods = readPeriods(settings['general.work_hours']);
	const weekdays = settings['general.work_week'].split(/[,，]/).map(Number);
	const isChina = settings['general.public_holidays'] === 'cn';
	return {
		zone: settings['general.timezone'],
		week: Object.fromEntries(weekdays.map((weekday) => [weekday, periods])),
		makeupPeriods: periods,
		holidays: new Set([...(isChina ? chinaHolidays : []), ...days(settings['general.holidays'])]),
		makeupDays: new Set([...(isChina ? chinaMakeupDays : []), ...days(settings['general.makeup_days'])]),
		knownYears: isChina ? new Set(chinaHolidays.map((day) => day.slice(0, 4))) : 'all',
	};
}

const days = (list: string): Day[] => list.split(/[,，;；\s]+/).filter((day) => day !== '');
