import fc from 'fast-check';
import { defaultSettings } from '../../../domain/settings';
import { arrivalDue, judgeArrival } from '../../../domain/service/arrivalLimit';
import { createWorkCalendar } from '../../../domain/shared/workCalendar';
import { workCalendarOf } from '../../../engine/workCalendarOf';
import { at, plainCalendar } from '../../support/calendars';

const due = (called: string, zone: 'city' | 'suburb', calendar = plainCalendar()) => arrivalDue(at(called), zone, defaultSettings, calendar).due;

describe('working time', () => {
	it.each([
		['2025-06-06 15:00', '2025-06-09 12:00', '2025-06-09 14:00'],
		['2025-06-06 09:00', '2025-06-06 16:00', '2025-06-06 17:00'],
		['2025-06-07 10:00', '2025-06-09 15:30', '2025-06-09 16:30'],
		['2025-06-09 07:00', '2025-06-09 15:30', '2025-06-09 16:30'],
		['2025-06-09 12:20', '2025-06-10 10:00', '2025-06-10 11:00'],
		['2025-06-09 17:30', '2025-06-10 15:30', '2025-06-10 16:30'],
	])('V-030 V-031: a call at %s is due in the city at %s and in the suburb at %s', (called, city, suburb) => {
		expect(due(called, 'city')).toBe(at(city));
		expect(due(called, 'suburb')).toBe(at(suburb));
	});

	it('V-030: a holiday moves the limit on, a make-up Saturday brings it forward', () => {
		expect(due('2025-06-06 15:00', 'city', plainCalendar({ holidays: new Set(['2025-06-09']) }))).toBe(at('2025-06-10 12:00'));
		expect(due('2025-06-06 15:00', 'city', plainCalendar({ makeupDays: new Set(['2025-06-07']) }))).toBe(at('2025-06-07 12:00'));
	});

	it.each([
		['2025-06-09 12:00', 360, false],
		['2025-06-09 12:30', 360, false],
		['2025-06-09 13:00', 360, false],
		['2025-06-09 13:01', 361, true],
	])('V-030: an arrival at %s counts %d minutes', (arrived, minutes, breached) => {
		expect(judgeArrival({ calledAt: at('2025-06-06 15:00'), limitHours: 6, appointFrom: null, appointTo: null }, at(arrived), plainCalendar())).toEqual({ minutes, breached });
	});

	it('tells the periods it counted and the days it skipped', () => {
		const { spans, skipped } = arrivalDue(at('2025-06-06 15:00'), 'city', defaultSettings, plainCalendar());
		expect(spans).toEqual([
			{ from: at('2025-06-06 15:00'), to: at('2025-06-06 17:30') },
			{ from: at('2025-06-09 08:30'), to: at('2025-06-09 12:00') },
		]);
		expect(skipped).toEqual([{ day: '2025-06-07', why: 'weekend' }, { day: '2025-06-08', why: 'weekend' }]);
	});

	it('knows the published Chinese holidays and make-up days, and calls an unpublished year unknown', () => {
		const calendar = workCalendarOf(defaultSettings);
		expect([calendar.isWorkday('2026-02-14'), calendar.isWorkday('2026-02-17'), calendar.isWorkday('2026-10-10')]).toEqual([true, false, true]);
		expect(calendar.dueAfter(at('2026-12-31 16:30'), 360).unknownYears).toEqual(['2027']);
		expect(calendar.dueAfter(at('2026-06-08 16:30'), 360).unknownYears).toEqual([]);
	});

	it('counts a night that daylight saving shortens by the clock, in any zone', () => {
		const nightShift = createWorkCalendar({ zone: 'Europe/Berlin', week: { 7: [[60, 300]] }, makeupPeriods: [], holidays: new Set(), makeupDays: new Set(), knownYears: 'all' });
		expect(nightShift.count('2025-03-29T12:00:00.000Z', '2025-03-30T12:00:00.000Z').minutes).toBe(180);
		expect(nightShift.count('2025-10-25T12:00:00.000Z', '2025-10-26T12:00:00.000Z').minutes).toBe(300);
	});

	it('agrees with a walk minute by minute, and counts back to the minutes it was given', () => {
		const calendar = plainCalendar({ holidays: new Set(['2025-06-09']), makeupDays: new Set(['2025-06-07']) });
		const start = Date.parse(at('2025-06-02 00:00'));
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 14 * 1440 }), fc.integer({ min: 1, max: 3000 }), (offset, minutes) => {
				const from = new Date(start + offset * 60_000).toISOString();
				const { due: end, spans } = calendar.dueAfter(from, minutes);
				expect(calendar.count(from, end).minutes).toBe(minutes);
				expect(calendar.count(from, new Date(Date.parse(end) - 60_000).toISOString()).minutes).toBe(minutes - 1);
				expect(spans.reduce((sum, span) => sum + (Date.parse(span.to) - Date.parse(span.from)) / 60_000, 0)).toBe(minutes);
			}),
			{ numRuns: 200 },
		);
	});

	it('refuses a calendar without any working time instead of searching for ever', () => {
		expect(() => createWorkCalendar({ zone: 'UTC', week: {}, makeupPeriods: [], holidays: new Set(), makeupDays: new Set(), knownYears: 'all' }).dueAfter('2025-06-02T00:00:00.000Z', 1)).toThrow('no working time');
	});
});
