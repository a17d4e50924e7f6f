import { parseCell } from '../../../domain/import/parseCell';
import type { ColumnSpec } from '../../../domain/import/tableLayout';

const code: ColumnSpec = { key: 'code', header: '配件编码', type: 'code', maxLength: 8 };
const kind: ColumnSpec = { key: 'kind', header: '保修', type: 'choice', choices: { in: ['保内', '是'], out: ['保外'] } };

describe('parseCell', () => {
	it.each([
		[{ day: '2025-03-01' }, 'CODE_IS_A_DAY', '文本'],
		[1234567890123456, 'CODE_DIGITS_LOST', '15 位'],
		[12.5, 'CODE_NOT_WHOLE', '12.5'],
		['#REF!', 'CELL_ERROR', '#REF!'],
		['#未计算', 'CELL_ERROR', '打开并保存一次'],
		['6.90123E+12', 'CODE_DIGITS_LOST', '6.90123E+12'],
		['123456789', 'TOO_LONG', '8 个字'],
	])('refuses the code %j, which Excel or its writer has spoilt', (cell, refusal, found) => {
		expect(parseCell(cell, code)).toMatchObject({ code: refusal, message: expect.stringContaining(found) });
	});

	it('keeps a text that only starts like an error', () => {
		expect(parseCell('#12', code)).toEqual({ value: '#12' });
	});

	it.each([['保 内', 'in'], ['IN', 'in'], [true, 'in'], ['保外', 'out']])('takes %j for the choice %s', (cell, value) => {
		expect(parseCell(cell, kind)).toEqual({ value });
	});

	it('lists the choices when there is no such one', () => {
		expect(parseCell('过保', kind)).toEqual({ code: 'NOT_A_CHOICE', message: '「保修」“过保”不在可选范围内，请填：保内、保外' });
	});
});
