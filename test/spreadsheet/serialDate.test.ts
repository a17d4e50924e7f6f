import { isDateFormat } from '../../spreadsheet/worker/read/readStyles';
import { isoToCell, serialToCell } from '../../spreadsheet/worker/read/serialDate';

describe('serialToCell', () => {
	it.each([
		[45811, 1900, { day: '2025-06-03' }],
		[45811.604224537, 1900, { day: '2025-06-03', time: '14:30:05' }],
		[45810.9999999, 1900, { day: '2025-06-03' }],
		[1, 1900, { day: '1900-01-01' }],
		[59, 1900, { day: '1900-02-28' }],
		[61, 1900, { day: '1900-03-01' }],
		[0.5, 1900, '12:00:00'],
		[44349, 1904, { day: '2025-06-03' }],
		[-1, 1900, -1],
		[3e9, 1900, 3e9],
	] as const)('shows %d of %d as Excel does', (serial, epoch, shown) => {
		expect(serialToCell(serial, epoch)).toEqual(shown);
	});

	it('reads ISO cells', () => {
		expect(isoToCell('2025-06-03T00:00:00.000')).toEqual({ day: '2025-06-03' });
		expect(isoToCell('2025-06-03T08:15:00')).toEqual({ day: '2025-06-03', time: '08:15:00' });
	});
});

describe('isDateFormat', () => {
	it.each(['yyyy-mm-dd', 'yyyy"年"m"月"d"日";@', '[$-804]yyyy/m/d', 'h:mm AM/PM', 'm月d日', 'yyyy\\-mm\\-dd'])('takes %s for a date', (code) => {
		expect(isDateFormat(code)).toBe(true);
	});

	it.each(['General', 'G/通用格式', '0.00', '#,##0.00_ ;[Red]\\-#,##0.00\\ ', '0.00"d"', '[h]:mm', '@', '_(* #,##0_);_(* "-"??_)', '0.00E+00', '[Red]0'])('takes %s for a number', (code) => {
		expect(isDateFormat(code)).toBe(false);
	});
});
