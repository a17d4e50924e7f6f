import fc from 'fast-check';

import { parseInteger, parseYuan } from '../../../domain/import/parseNumber';

const price = { key: 'price', header: '单价', type: 'yuan' } as const;
const quantity = { key: 'quantity', header: '数量', type: 'integer' } as const;

describe('parseYuan', () => {
	it.each([
		['¥1,234.50', 123450],
		['￥１２．５', 1250],
		['12.5元', 1250],
		['-0.01', -1],
		['0.00', 0],
		[0.1 + 0.2, 30],
		[1234567.89, 123456789],
		['.5', null],
		['1,23', null],
		['1e3', null],
		[1e21, null],
		['十二', null],
	])('reads %j as %j fen', (cell, fen) => {
		const parsed = parseYuan(cell, price);
		expect('value' in parsed ? parsed.value : null).toBe(fen);
	});

	it.each(['1.005', 1.005, '0.999', 12.345])('refuses %j instead of rounding it', (cell) => {
		expect(parseYuan(cell, price)).toMatchObject({ code: 'TOO_MANY_DECIMALS', message: expect.stringContaining(String(cell)) });
	});

	it('reads back every amount that is written with two decimals, as text and as number', () => {
		fc.assert(
			fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (fen) => {
				const text = (fen / 100).toFixed(2);
				expect(parseYuan(text, price)).toEqual({ value: fen });
				expect(parseYuan(Number(text), price)).toEqual({ value: fen });
			}),
		);
	});

	it('names limits in yuan', () => {
		expect(parseYuan(1, { ...price, min: 1_000 })).toMatchObject({ code: 'TOO_SMALL', message: '「单价」不能小于 10.00 元，这里是 1.00 元，请核对' });
	});
});

describe('parseInteger', () => {
	it.each([['１，２００', 1200], [' 1 200 ', 1200], ['3.0', 3], ['－5', -5], [-0, 0]])('reads %j as %d', (cell, value) => {
		expect(parseInteger(cell, quantity)).toEqual({ value });
	});

	it.each([true, { day: '2025-06-03' }, '3个', '1,2', '12,34,567'])('refuses %j', (cell) => {
		expect(parseInteger(cell, quantity)).toMatchObject({ code: 'NOT_A_NUMBER' });
	});

	it('refuses more than can be counted exactly', () => {
		expect(parseInteger('9007199254740993', quantity)).toMatchObject({ code: 'TOO_BIG' });
	});
});
