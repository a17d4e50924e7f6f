import { addSynonymsFor } from './synonymCases';
import { findHeader } from '../../../domain/import/matchHeaders';
import { synonymProblem } from '../../../domain/import/headerSynonyms';
import { pairTables } from '../../../domain/import/pairTables';
import { readTable } from '../../../domain/import/readTable';
import type { CellLike, Merge, SheetDataLike } from '../../../domain/import/sheetDataLike';
import type { TableLayout } from '../../../domain/import/tableLayout';

const layout: TableLayout = {
	key: 'qa',
	title: '旧件检测结果',
	sheetNames: [],
	columns: [
		{ key: 'item', header: '配件编码', type: 'code', required: true },
		{ key: 'matched', header: '相符数量', synonyms: ['相符'], type: 'integer', required: true },
		{ key: 'mismatched', header: '不符数量', synonyms: ['不符'], type: 'integer', required: true },
		{ key: 'price', header: '单价', type: 'yuan' },
		{ key: 'day', header: '发货日期', type: 'day' },
	],
};
const sheet = (rows: CellLike[][], merges: Merge[] = []): SheetDataLike => ({ name: '检测', rows: rows.map((cells, index) => ({ number: index + 1, cells })), merges });
const keysOf = (given: SheetDataLike) => findHeader(given, layout)?.cells.map(({ column }) => column?.key ?? null);

describe('headers of several rows', () => {
	const grouped = [['城北网点检测表'], ['配件编码', '数量', null, '发货日期'], [null, '相符', '不符', null], ['P001', 3, 1, '2025-06-03']];
	const merges = [{ top: 1, left: 0, bottom: 1, right: 3 }, { top: 2, left: 0, bottom: 3, right: 0 }, { top: 2, left: 1, bottom: 2, right: 2 }, { top: 2, left: 3, bottom: 3, right: 3 }];

	it.each([['merged', merges], ['with blanks instead of merged cells', []]])('are read, %s', (_how, given) => {
		expect(readTable(sheet(grouped, given), layout)).toMatchObject({ headerRow: 3, findings: [], rows: [{ row: 4, values: { item: 'P001', matched: 3, mismatched: 1, day: '2025-06-03' } }] });
	});

	it('say apart what only the upper row says apart', () => {
		const twice = sheet([['配件编码', '相符', null, '不符', null], [null, '数量', '金额', '数量', '金额'], ['P001', 1, 2, 3, 4]], [{ top: 1, left: 1, bottom: 1, right: 2 }, { top: 1, left: 3, bottom: 1, right: 4 }]);
		expect(keysOf(twice)).toEqual(['item', 'matched', null, 'mismatched', null]);
	});

	it('are skipped when they come again on a later page', () => {
		const pages = sheet([...grouped, ...grouped.slice(1, 3), ['P002', 1, 0, '2025-06-04']], merges);
		expect(readTable(pages, layout).rows.map(({ row }) => row)).toEqual([4, 7]);
	});

	it('are not made of a header and the first line of data', () => {
		expect(findHeader(sheet([['配件编码', '相符数量', '不符数量'], ['P001', 1, null]]), layout)?.row).toBe(1);
	});
});

describe('a header', () => {
	it('that without its brackets fits two columns fits none', () => {
		const two = { ...layout, columns: [{ key: 'good', header: '数量(好)', type: 'integer' as const }, { key: 'bad', header: '数量(坏)', type: 'integer' as const }, { key: 'item', header: '编码', type: 'code' as const }] };
		expect(findHeader(sheet([['编码', '数量', '数量（坏）']]), two)?.cells.map(({ column }) => column?.key ?? null)).toEqual(['item', null, 'bad']);
	});

	it.each(['单价(万元)', '单价【千元】', '单价（美元）', '单价(单位:万元)'])('%s is refused, as its numbers would be something else', (header) => {
		const { findings, rows } = readTable(sheet([['配件编码', '相符', '不符', header], ['A', 1, 1, 2]]), layout);
		expect(findings).toMatchObject([{ code: 'COLUMN_UNIT', level: 'error', column: 'D', message: expect.stringContaining('换算成元') as string }]);
		expect(rows).toEqual([]);
	});

	it.each(['单价(元)', '单价(含税)', '单价（RMB）', '相符数量(件)'])('%s is read', (header) => {
		expect(findHeader(sheet([['配件编码', '不符', header]]), layout)?.cells[2]?.column).not.toBeNull();
		expect(readTable(sheet([['配件编码', '相符', '不符', header.replace('相符数量', '单价')], ['A', 1, 1, 2]]), layout).findings).toEqual([]);
	});
});

describe('what a reader of the sheet does not see', () => {
	it('hidden rows are read, and said to be', () => {
		const rows = [['配件编码', '相符', '不符'], ['A', 1, 1], ['B', 1, 1], ['C', 1, 1]].map((cells, index) => ({ number: index + 1, cells, hidden: index > 1 }));
		const { findings, rows: read } = readTable({ name: 'x', rows }, layout);
		expect(read).toHaveLength(3);
		expect(findings).toMatchObject([{ code: 'ROWS_HIDDEN', level: 'warning', message: expect.stringContaining('2 行被隐藏') as string }]);
	});

	it('a sheet that is not read is reported, a hidden or empty one is not', () => {
		const cover = { ...sheet([['说明']]), name: '封面' };
		const { pairs, ignored } = pairTables([cover, { ...cover, name: '藏', hidden: true }, { ...cover, name: '空', rows: [] }, sheet([['配件编码', '相符', '不符']])], [layout]);
		expect(pairs.map((pair) => pair.sheet.name)).toEqual(['检测']);
		expect(ignored).toMatchObject([{ sheet: '封面', code: 'SHEET_IGNORED', level: 'warning' }]);
	});
});

describe('the company\'s own words for headers', () => {
	const synonym = (field: string, word: string, table: string | null = null, no = 'T1') => ({ no, sheet: table, field, synonym: word });

	it('M-101: are known besides the built-in ones, in the table they are meant for', () => {
		expect(addSynonymsFor(layout, [synonym('配件编码', '物料 号', '旧件检测结果')], ['物料号', '相符', '不符'])).toEqual(['item', 'matched', 'mismatched']);
		expect(addSynonymsFor(layout, [synonym('配件编码', '物料号', '别的表')], ['物料号', '相符', '不符'])).toEqual([null, 'matched', 'mismatched']);
	});

	it.each([
		['a table nobody knows', synonym('配件编码', '物料号', '出库表'), 'sheet', '没有叫“出库表”的工作表'],
		['a column nobody knows', synonym('体重', '斤两'), 'field', '没有列“体重”'],
		['a word that is another column already', synonym('配件编码', '相符'), 'synonym', '已经表示「相符数量」'],
	])('M-101: %s is an error that names it', (_what, wrong, key, message) => {
		expect(synonymProblem(wrong, [], [layout])).toMatchObject({ no: 'T1', key, message: expect.stringContaining(message) as string });
	});

	it('M-101: a word given to two columns is an error, and read as neither', () => {
		const both = [synonym('相符数量', '件数', null, 'T1'), synonym('不符数量', '件数', null, 'T2')];
		expect(synonymProblem(both[0] as (typeof both)[number], both.slice(1), [layout])).toMatchObject({ key: 'synonym', message: expect.stringContaining('不符数量') as string });
		expect(addSynonymsFor(layout, both, ['配件编码', '件数', '相符'])).toEqual(['item', null, 'matched']);
	});
});
