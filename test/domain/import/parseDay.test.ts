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
