import fc from 'fast-check';

import { parseDay } from '../../../domain/import/parseDay';

const column = { key: 'day', header: '使用日期', type: 'day' } as const;

describe('parseDay', () => {
	it.each(['2025-06-03', '2025/6/3', '2025.6.3', '2025年6月3日', '２０２５－６－３', ' 2025 年 06 月 03 日 ', '20250603', 20250603, 45811, 45811.75, '2025-06-03 14:30', '2025-6-3 8:05:00', { day: '2025-06-03', time: '08:00:00' }])(
		'reads %j',
		(cell) => expect(parseDay(cell, column)).toEqual({ value: '2025-06-03' }),
	);

	it.each(['6/3', '6月3日', '06-03', '25.6.3', '3/6/2025', '25年6月3日'])('asks for the year of %j', (cell) => {
		expect(parseDay(cell, column)).toMatchObject({ code: 'DAY_AMBIGUOUS', message: expect.stringContaining('四位年份') });
	});

	it.each(['民國114年6月3日', '民国114年6月3日', '中華民國 114 年 6 月 3 日', '114.6.3', '114/06/03', '1140603', 1140603, '2025年6月3日 星期二', '2025-06-03(周二)', '2025/6/3 8:05'])('reads %j, whichever calendar counts the year', (cell) => {
		expect(parseDay(cell, column)).toEqual({ value: '2025-06-03' });
	});

	it('reads a year at the end where only one order of day and month is a day', () => {
		expect(parseDay('13/6/2025', column)).toEqual({ value: '2025-06-13' });
		expect(parseDay('6/13/2025', column)).toEqual({ value: '2025-06-13' });
	});

	describe('in a period', () => {
		const period = { first: '2025-05-01', last: '2025-06-30' };

		it.each([['6/3', '2025-06-03'], ['6月3日', '2025-06-03'], ['5.20', '2025-05-20'], ['25.6.3', '2025-06-03'], ['25年6月3日', '2025-06-03'], ['5/5', '2025-05-05']])('reads %s, as only one reading falls in it', (cell, value) => {
			expect(parseDay(cell, column, { period })).toEqual({ value });
		});

		it.each(['6/5', '5/6', '3/6', '7/1', '99.6.3', 6.3])('does not guess %j', (cell) => {
			expect(parseDay(cell, column, { period })).toMatchObject({ code: 'DAY_AMBIGUOUS', message: expect.stringContaining('四位年份') });
		});

		it('names the readings, and says when there is none', () => {
			expect(parseDay('6/5', column, { period })).toMatchObject({ message: expect.stringContaining('可以是 2025-06-05 或 2025-05-06') });
			expect(parseDay('13/32', column, { period })).toMatchObject({ code: 'NOT_A_DAY' });
		});

		it('takes the year of the month it falls in around new year', () => {
			const winter = { first: '2024-12-01', last: '2025-01-31' };
			expect(parseDay('1月3日', column, { period: winter })).toEqual({ value: '2025-01-03' });
			expect(parseDay('12/30', column, { period: winter })).toEqual({ value: '2024-12-30' });
		});

		it('reads back every day of the period that is written without a year, or reports it, but never as another day', () => {
			fc.assert(
				fc.property(fc.integer({ min: 0, max: 60 }), fc.constantFrom('/', '.', '-', '月'), (offset, mark) => {
					const day = new Date(Date.UTC(2025, 4, 1) + offset * 86_400_000).toISOString().slice(0, 10);
					const parsed = parseDay(`${Number(day.slice(5, 7))}${mark}${Number(day.slice(8))}${mark === '月' ? '日' : ''}`, column, { period });
					if ('value' in parsed) expect(parsed.value).toBe(day);
					else expect(parsed.code).toBe('DAY_AMBIGUOUS');
				}),
			);
		});
	});

	it('counts plain serials as the workbook does', () => {
		expect(parseDay(44349, column, { epoch: 1904 })).toEqual({ value: '2025-06-03' });
	});

	it.each(['2025-02-29', '2025-13-01', '2025-06-31', '昨天', 123, 90_000, true, '2025-06'])('refuses %j', (cell) => {
		expect(parseDay(cell, column)).toMatchObject({ code: 'NOT_A_DAY' });
	});

	it('reads every day of Excel’s serials as the day that Excel shows', () => {
		fc.assert(
			fc.property(fc.integer({ min: 20_000, max: 80_000 }), (serial) => {
				const shown = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
				expect(parseDay(serial, column)).toEqual({ value: shown });
				expect(parseDay(shown, column)).toEqual({ value: shown });
			}),
		);
	});
});
