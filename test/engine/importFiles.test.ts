import type { SheetDataLike } from '../../domain/import/sheetDataLike';
import { importSheets } from '../../engine/importSheets';
import { withCompanySynonyms } from '../../engine/importSynonyms';
import { dealerMonth, knownLayouts, masterData } from '../../engine/importTargets';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-06-06 15:00');
const sheet = (name: string, header: string[], rows: (string | number)[][]): SheetDataLike => ({ name, rows: [header, ...rows].map((cells, index) => ({ number: index + 1, cells })) });
const usage = (rows: (string | number)[][], code = '配件编码') => sheet('零配件使用统计表', [code, '数量', '维修记录单号', '更换日期', '保内/保外'], rows);
const synonyms = (...rows: string[][]) => sheet('表头同义词', ['同义词编号', '适用工作表', '规定列名', '表头写法'], rows);

describe.each(databases)('what dealers send, on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const load = (sheets: SheetDataLike[], mode: 'check' | 'rows' | 'whole' = 'rows') => importSheets(database.store, sheets, dealerMonth('W01', '2025-05'), mode, { actor: 'system', now });
	const loadMaster = (...sheets: SheetDataLike[]) => importSheets(database.store, sheets, masterData(), 'whole', { actor: 'system', now });

	it('M-101: headers are known by the company\'s own words once these are on file', async () => {
		const own = usage([['P001', 1, 'R1', '2025-05-20', '保内']], '物料号');
		expect((await load([own])).findings.map(({ code }) => code)).toContain('COLUMN_MISSING');
		expect(await loadMaster(synonyms(['T1', '零配件使用统计表', '配件编码', '物料号']))).toMatchObject({ stored: 1, findings: [] });
		expect(await load([own])).toMatchObject({ stored: 1, findings: [] });
		const [first] = await withCompanySynonyms(database.store, dealerMonth('W01', '2025-05'));
		expect(first?.layout.columns.find(({ key }) => key === 'item')?.synonyms).toContain('物料号');
	});

	it('M-101: a word that would mean two columns, or none, is not put on file', async () => {
		const wrong = await loadMaster(synonyms(['T1', '', '配件编码', '用量'], ['T2', '出库表', '配件编码', 'x'], ['T3', '', '体重', 'y'], ['T4', '', '配件编码', '甲号'], ['T5', '', '维修记录单号', '甲号']));
		expect(wrong.stored).toBe(0);
		expect(wrong.findings.map(({ row, column, message }) => [row, column, /已经表示「(.*?)」|没有叫“(.*?)”|没有列“(.*?)”/.exec(message)?.slice(1).find((word) => word !== undefined)])).toEqual([
			[2, 'D', '数量'],
			[3, 'B', '出库表'],
			[4, 'C', '体重'],
			[5, 'D', '维修记录单号'],
			[6, 'D', '配件编码'],
		]);
		expect(knownLayouts().map(({ title }) => title)).toContain('零配件使用统计表');
	});

	it('P-040: a day without a year is one of the month or the next, or is asked for', async () => {
		const result = await load([usage([['P001', 1, 'R1', '5/20', '保内'], ['P001', 1, 'R2', '6/5', '保内'], ['P001', 1, 'R3', '民國114年5月3日', '保外']])]);
		expect(result.accepted.map(({ values }) => values['replacedDay'])).toEqual(['2025-05-20', '2025-05-03']);
		expect(result.findings).toMatchObject([{ row: 3, column: 'D', code: 'DAY_AMBIGUOUS', value: '6/5' }]);
	});

	it('refuses rows by their rule one by one, thousands of them in a file, and keeps the others', async () => {
		const rows = Array.from({ length: 2_600 }, (_, index) => ['P001', 1, `R${index}`, index % 100 === 7 ? '2025-04-30' : '2025-05-20', '保内']);
		const result = await load([usage(rows)]);
		expect(result).toMatchObject({ stored: 2_574 });
		expect(result.rejected).toHaveLength(26);
		expect(result.rejected[0]).toMatchObject({ row: 9, no: 'SY-W01-R7-P001', reasons: [expect.stringContaining('2025-04-30')] });
		expect(await database.store.list('usage_line', {})).toHaveLength(2_574);
	});

	it('gives the rejected back in the order of the sheet, whether a cell, a code or a rule was wrong', async () => {
		const { rejected } = await load([usage([['P001', 1, 'R1', '2025-04-20', '保内'], ['X9', 1, 'R2', '2025-05-20', '保内'], ['P001', '三', 'R3', '2025-05-20', '保内'], ['P001', 1, 'R4', '2025-05-20', '保内']])]);
		expect(rejected.map(({ row, values }) => [row, values['repairNo']])).toEqual([[2, 'R1'], [3, 'R2'], [4, 'R3']]);
	});
});
