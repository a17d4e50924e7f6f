import { readTable } from '../../../domain/import/readTable';
import { findLayoutSheets } from '../../../domain/import/findLayoutSheets';
import type { CellLike, SheetDataLike } from '../../../domain/import/sheetDataLike';
import type { TableLayout } from '../../../domain/import/tableLayout';

const layout: TableLayout = {
	key: 'usage',
	title: '使用统计表',
	sheetNames: ['使用统计'],
	rowKey: (values) => String(values['code']),
	columns: [
		{ key: 'code', header: '配件编码', synonyms: ['料号'], type: 'code', required: true },
		{ key: 'quantity', header: '数量', type: 'integer', required: true, min: 1 },
		{ key: 'price', header: '单价', type: 'yuan' },
		{ key: 'day', header: '更换日期', type: 'day' },
		{ key: 'warranty', header: '保内/保外', type: 'choice', choices: { in: ['保内'], out: ['保外'] } },
	],
};

const sheet = (...rows: CellLike[][]): SheetDataLike => ({ name: '使用统计', rows: rows.map((cells, index) => ({ number: index + 1, cells })) });
const header = ['配件编码', '数量', '单价', '更换日期', '保内/保外'];
const valuesOf = (cells: CellLike[]) => readTable(sheet(header, cells), layout).rows[0]?.values;
const problem = (cells: CellLike[]) => readTable(sheet(header, cells), layout).findings.find(({ level }) => level === 'error');

describe('a table somebody else filled in', () => {
	it('is found under titles, with columns in any order, synonyms, units and line breaks in headers', () => {
		const reading = readTable(sheet(['城北网点 5 月'], [], ['数量\n（件）', '料号', '单价(元)'], [2, '00210', 12.5]), layout);
		expect(reading).toMatchObject({ headerRow: 3, rows: [{ row: 4, ok: true, values: { code: '00210', quantity: 2, price: 1250 } }] });
	});

	it('skips empty rows and totals', () => {
		const reading = readTable(sheet(header, ['A1', 1], [], ['合计', 9], [null, '总计：'], ['制表：张三 审核：李四']), layout);
		expect(reading.rows.map(({ row }) => row)).toEqual([2]);
	});

	it('says which header is missing, and when there is none at all', () => {
		expect(readTable(sheet(['配件编码', '单价']), layout).findings).toMatchObject([{ code: expect.stringMatching(/COLUMN_MISSING|HEADER_NOT_FOUND/) as string, message: expect.stringContaining('数量') as string }]);
		expect(readTable(sheet(['甲'], ['乙']), layout)).toMatchObject({ headerRow: null, findings: [{ code: 'HEADER_NOT_FOUND', level: 'error' }] });
	});

	it('reports an unknown column as a warning and a double one as an error', () => {
		expect(readTable(sheet([...header, '星座'], ['A', 1]), layout).findings).toMatchObject([{ code: 'UNKNOWN_COLUMN', level: 'warning', header: '星座' }]);
		expect(readTable(sheet([...header, '数量'], ['A', 1]), layout).findings).toMatchObject([{ code: 'COLUMN_REPEATED', level: 'error' }]);
	});

	it.each<[CellLike, string]>([['00210', '00210'], [210, '210'], ['ＡＢ－１', 'AB-1'], [' x1 ', 'x1']])('reads the code %p as %s', (given, expected) => {
		expect(valuesOf([given, 1])?.['code']).toBe(expected);
	});

	it.each<[CellLike, number]>([[3, 3], ['１２', 12], ['1,200', 1200]])('reads the quantity %p as %d', (given, expected) => {
		expect(valuesOf(['A', given])?.['quantity']).toBe(expected);
	});

	it.each<[CellLike, string]>([[{ day: '2025-06-03' }, '2025-06-03'], [45811, '2025-06-03'], ['2025-06-03', '2025-06-03'], ['2025/6/3', '2025-06-03'], ['2025.6.3', '2025-06-03'], ['2025年6月3日', '2025-06-03']])(
		'reads the day %p as %s',
		(given, expected) => {
			expect(valuesOf(['A', 1, null, given])?.['day']).toBe(expected);
		},
	);

	it.each<[string, CellLike[], string, string]>([
		['a missing value', ['A', null], 'VALUE_MISSING', 'B'],
		['no number', ['A', '两件'], 'NOT_A_NUMBER', 'B'],
		['half a part', ['A', 1.5], 'NOT_AN_INTEGER', 'B'],
		['less than one', ['A', 0], 'TOO_SMALL', 'B'],
		['a third of a fen', ['A', 1, 1.005], 'TOO_MANY_DECIMALS', 'C'],
		['a day without year', ['A', 1, null, '6/3'], 'DAY_AMBIGUOUS', 'D'],
		['no day', ['A', 1, null, '2025-02-30'], 'NOT_A_DAY', 'D'],
		['no choice', ['A', 1, null, null, '过保'], 'NOT_A_CHOICE', 'E'],
		['an error cell', ['A', '#N/A'], 'CELL_ERROR', 'B'],
	])('refuses %s with place, value and advice', (_what, cells, code, column) => {
		const found = problem(cells);
		expect(found).toMatchObject({ code, column, row: 2, sheet: '使用统计' });
		expect(found?.message).toMatch(/请/);
	});

	it('refuses the second of two equal rows and names the first', () => {
		const { rows, findings } = readTable(sheet(header, ['A', 1], ['A', 2]), layout);
		expect(rows.map(({ ok }) => ok)).toEqual([true, false]);
		expect(findings).toMatchObject([{ code: 'ROW_REPEATED', row: 3, message: expect.stringContaining('2') as string }]);
	});

	it('pairs layouts with sheets by name or by header', () => {
		const named = { ...sheet(['x']), name: '使用统计 5月' };
		const byHeader = { ...sheet(header, ['A', 1]), name: 'Sheet1' };
		expect(findLayoutSheets([{ ...sheet(['y']), name: '封面' }, named], [layout])[0]?.sheet).toBe(named);
		expect(findLayoutSheets([{ ...sheet(['y']), name: '封面' }, byHeader], [layout])[0]?.sheet).toBe(byHeader);
		expect(findLayoutSheets([{ ...sheet(['y']), name: '封面' }], [layout])[0]?.sheet).toBeNull();
	});
});
