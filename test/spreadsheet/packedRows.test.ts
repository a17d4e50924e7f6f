import fc from 'fast-check';

import { packRows, unpackRows } from '../../spreadsheet/packedRows';

const day = fc.date({ min: new Date('1900-03-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const cell = fc.oneof(
	fc.string(),
	fc.double({ noNaN: true }),
	fc.boolean(),
	fc.constant(null),
	day.map((iso) => ({ day: iso.slice(0, 10) })),
	day.map((iso) => ({ day: iso.slice(0, 10), time: iso.slice(11, 19) })),
);

describe('packRows', () => {
	it('is undone by unpackRows', () => {
		const rows = fc.array(fc.record({ number: fc.integer({ min: 1, max: 1_048_576 }), cells: fc.array(cell, { maxLength: 8 }) }), { maxLength: 20 });
		fc.assert(fc.property(rows, (some) => expect(unpackRows(packRows(some))).toEqual(some)));
	});

	it('sends a text that repeats once', () => {
		expect(packRows([{ number: 1, cells: ['甲', '甲', '乙'] }]).texts).toEqual(['甲', '乙']);
	});
});
