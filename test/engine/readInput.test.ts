import { readInput } from '../../engine/readInput';
import { choice, day, fen, flag, instant, integer, lines, month, optional, ref, text } from '../../domain/document/fields';

const zone = 'Asia/Shanghai';
const label = { en: 'x', zh: '栏' };
const read = (field: Parameters<typeof readInput>[0][string], value: unknown) => readInput({ field }, { field: value }, zone)['field'];

describe('reading what people enter', () => {
	it.each<[string, Parameters<typeof readInput>[0][string], unknown, unknown]>([
		['trims', text(label), '  甲 ', '甲'],
		['narrows codes', text(label, { compact: true }), '１３８ ００', '13800'],
		['keeps full-width text', text(label), '（甲）', '（甲）'],
		['numbers as text', integer(label), '１,２００', 1200],
		['a number', fen(label), 5, 5],
		['local time', instant(label), '2025-06-09 14:30', '2025-06-09T06:30:00.000Z'],
		['an instant', instant(label), '2025-06-09T06:30:00.000Z', '2025-06-09T06:30:00.000Z'],
		['a day', day(label), '2025-06-09', '2025-06-09'],
		['a month', month(label), '2025-06', '2025-06'],
		['a month in words', month(label), '２０２５年6月', '2025-06'],
		['a month without dash', month(label), '202506', '2025-06'],
		['time with a full-width colon', instant(label), '2025-06-09 14：30', '2025-06-09T06:30:00.000Z'],
		['time in words', instant(label), '2025年6月9日 8:05', '2025-06-09T00:05:00.000Z'],
		['a tick', flag(label), ['是'], true],
		['no tick', flag(label), [], false],
		['是', flag(label), '是', true],
		['a choice by its label', choice(label, { city: '市区' }), '市区', 'city'],
		['a choice by value', choice(label, { city: '市区' }), 'city', 'city'],
		['the code of a drop-down', ref('person', label), 'J01｜李师傅', 'J01'],
		['nothing', optional(text(label)), '   ', null],
		['lines', lines({ n: integer(label, { min: 1 }) }, label), [{ n: '3' }], [{ n: 3 }]],
		['lines as typed', lines({ c: text(label), n: integer(label) }, label), '00210 1\n00355，２', [{ c: '00210', n: 1 }, { c: '00355', n: 2 }]],
	])('takes %s', (_name, field, given, expected) => {
		expect(read(field, given)).toEqual(expected);
	});

	it.each<[string, Parameters<typeof readInput>[0][string], unknown, string]>([
		['a missing value', text(label), '', 'FIELD_MISSING'],
		['half a part', integer(label), '1.5', 'FIELD_INVALID'],
		['too little', integer(label, { min: 1 }), 0, 'FIELD_INVALID'],
		['too much', integer(label, { max: 9 }), 10, 'FIELD_INVALID'],
		['no time', instant(label), '明天', 'FIELD_INVALID'],
		['no day', day(label), '2025-02-30', 'FIELD_INVALID'],
		['no month', month(label), '2025-13', 'FIELD_INVALID'],
		['no choice', choice(label, { city: '市区' }), '郊外', 'FIELD_INVALID'],
		['maybe', flag(label), '也许', 'FIELD_INVALID'],
		['a bad line', lines({ n: integer(label, { min: 1 }) }, { en: 'l', zh: '明细' }), [{ n: 1 }, { n: 0 }], 'FIELD_INVALID'],
		['text for lines', lines({ n: integer(label) }, label), '甲', 'FIELD_INVALID'],
		['a line that is too short', lines({ c: text(label), n: integer(label) }, label), '00210 1\n00355', 'FIELD_MISSING'],
	])('refuses %s and names the field', (_name, field, given, code) => {
		expect(() => read(field, given)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(/栏|明细/) as string }));
	});
});
