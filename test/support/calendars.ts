import { createWorkCalendar, type CalendarData, type WorkCalendar } from '../../domain/shared/workCalendar';

const periods = [
	[510, 720],
	[780, 1050],
] as const;

const weekdays = { 1: periods, 2: periods, 3: periods, 4: periods, 5: periods };

/** Mon–Fri 08:30–12:00 and 13:00–17:30 in Shanghai without public holidays, as the worked examples assume. */
export const plainCalendar = (changes: Partial<CalendarData> = {}): WorkCalendar =>
	createWorkCalendar({ zone: 'Asia/Shanghai', week: weekdays, makeupPeriods: periods, holidays: new Set(), makeupDays: new Set(), knownYears: 'all', ...changes });

/** `2025-06-06 15:00` in Shanghai as an instant. */
export const at = (local: string): string => new Date(`${local.replace(' ', 'T')}:00+08:00`).toISOString();
