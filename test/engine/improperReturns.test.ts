import type { SheetDataLike } from '../../domain/import/sheetDataLike';
import { formPage } from '../../engine/formPage';
import { importSheets } from '../../engine/importSheets';
import { dealerMonth } from '../../engine/importTargets';
import { documentOf } from '../../engine/registry';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const now = at('2025-07-03 15:00');

describe.each(databases)('improper returns on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => now);
	const use = (repairNo: string, warranty: 'in' | 'out') => fire('usage_line', 'state', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo, replacedDay: '2025-05-20', warranty }, 'system');
	const giveBack = async (repairNo: string, more: object = {}) => String((await fire('old_part', 'send', null, { outlet: 'W01', month: '2025-05', item: 'P001', quantity: 1, repairNo, shippedDay: '2025-06-05', faultCard: 'K', ...more }, 'system'))['no']);
	const verify = (no: string) => fire('old_part', 'verifyImproper', no, {}, 'A01');
	const lineOf = async (repairNo: string) => {
		const statement = await fire('reconciliation', 'drawUp', null, { outlet: 'W01', month: '2025-05' }, 'S01');
		return { fine: statement['fineAmount'], line: (statement['lines'] as Row[]).find((line) => line['repairNo'] === repairNo) };
	};

	it.each([['out of warranty', 'out', '2025-06-05'], ['after the end of the next month', 'in', '2025-07-01']] as const)('P-048: a part %s is improper only if it was not declared for disposal', async (_case, warranty, shippedDay) => {
		await use('R1', warranty);
		await use('R2', warranty);
		const [declared, undeclared] = [await giveBack('R1', { shippedDay, disposalOnly: true }), await giveBack('R2', { shippedDay })];
		expect((await lineOf('R2')).line).toMatchObject({ improper: 1, why: expect.stringContaining('声明“仅报废”') as string });
		await expect(verify(declared)).rejects.toMatchObject({ rule: 'P-048', message: expect.stringContaining('仅报废') as string });
		expect(await verify(undeclared)).toMatchObject({ improper: true });
		expect(await lineOf('R1')).toMatchObject({ fine: 20000, line: { improper: 0, improperFine: 0, creditAmount: 0, notCredited: 1, why: '声明仅报废，不核销、不罚款' } });
	});

	it('P-048: a part in warranty and in time, or one nobody stated, is not an improper return', async () => {
		await use('R1', 'in');
		for (const shippedDay of ['2025-06-05', '2025-06-30']) await expect(verify(await giveBack('R1', { shippedDay }))).rejects.toMatchObject({ rule: 'P-048', message: expect.stringContaining('保内旧件') as string });
		await expect(verify(await giveBack('R9'))).rejects.toMatchObject({ rule: 'P-048', message: expect.stringContaining('使用统计') as string });
	});

	it('P-048: the sheet of returned parts may declare it, under several headers; without the column nothing is declared', async () => {
		const sheet = (header: string[], ...cells: (string | number)[]): SheetDataLike => ({ name: '返厂旧件清单', rows: [['配件编码', '数量', '维修记录单号', '发货日期', ...header], ['P001', 1, ...cells]].map((row, index) => ({ number: index + 1, cells: row })) });
		const load = (one: SheetDataLike) => importSheets(database.store, [one], dealerMonth('W01', '2025-05'), 'rows', { actor: 'system', now });
		for (const one of [sheet(['仅报废'], 'R1', '2025-06-05', '是'), sheet(['仅作报废'], 'R2', '2025-06-05', '否'), sheet([], 'R3', '2025-06-05')]) expect(await load(one)).toMatchObject({ stored: 1, findings: [] });
		expect((await database.store.list('old_part', { orderBy: [{ column: 'no' }] })).map(({ disposalOnly }) => disposalOnly)).toEqual([true, false, null]);
	});

	it('P-048: the form shows part, repair record and outlet of what may be verified', async () => {
		await use('R1', 'out');
		await giveBack('R1');
		const page = await formPage(database.store, documentOf('old_part'), 'verifyImproper', 'A01');
		expect(page.formFields[0]?.fieldOptions?.values[0]?.option).toMatch(/｜P001 R1 W01$/);
	});
});
