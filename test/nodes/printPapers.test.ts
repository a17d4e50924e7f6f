import ExcelJS from 'exceljs';
import type { IExecuteFunctions, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';
import { apply } from '../../engine/engine';
import { ServiceRegister } from '../../nodes/ServiceRegister/ServiceRegister.node';
import { ServiceVoucher } from '../../nodes/ServiceVoucher/ServiceVoucher.node';
import { searchDocuments } from '../../nodes/shared/searches';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const NO = 'BX202506-0001';

describe('printing from a node', () => {
	let database: TestDatabase;
	beforeAll(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
		await apply(database.store, 'call', 'register', [{ input: { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN/100', symptom: '不制冷' } }], { actor: 'Y01', now: at('2025-06-06 15:00') });
	});
	afterAll(() => database.drop());

	/** n8n's side of one run: an item for each set of parameters. */
	const context = (items: readonly Record<string, unknown>[], continueOnFail = false) =>
		({
			getInputData: () => items.map(() => ({ json: {} })),
			getNodeParameter: (name: string, item: number, fallback?: unknown) => items[item]?.[name] ?? fallback,
			getCredentials: async () => database.config,
			getNode: () => ({ name: '打印', type: 'x', typeVersion: 1, parameters: {} }),
			continueOnFail: () => continueOnFail,
			helpers: { prepareBinaryData: async (data: Buffer, fileName: string, mimeType: string) => ({ data, fileName, mimeType }) },
		}) as unknown as IExecuteFunctions;

	type Printed = { json: Record<string, unknown>; binary: { paper: { data: Buffer; fileName: string; mimeType: string } }; pairedItem: unknown };
	const print = async (node: ServiceVoucher | ServiceRegister, items: readonly Record<string, unknown>[], continueOnFail = false) =>
		((await node.execute.call(context(items, continueOnFail))) as INodeExecutionData[][])[0] as unknown as Printed[];

	it('a paper comes as workbook in the binary field, with number, form and file name', async () => {
		const [printed] = await print(new ServiceVoucher(), [{ resource: 'call', operation: 'printPaper', no: `${NO}｜华联超市`, paperForm: 'M-010', paperFormat: 'excel', actor: 'system' }]);
		expect(printed?.json).toEqual({ no: NO, form: 'M-010', title: '客户报修服务单', pages: 1, fileName: `客户报修服务单-${NO}.xlsx` });
		expect(printed?.binary.paper.mimeType).toContain('spreadsheetml');
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(printed?.binary.paper.data as unknown as ArrayBuffer);
		expect(workbook.worksheets[0]?.getCell('E4').value).toBe('华联超市');
	});

	it('or as a web page, and its name is one a disk takes', async () => {
		const [printed] = await print(new ServiceVoucher(), [{ resource: 'voucher', operation: 'printPaper', no: 'PZ-SN/100', paperForm: 'M-001', paperFormat: 'html', actor: 'Y01' }]);
		expect(printed?.binary.paper).toMatchObject({ fileName: '服务凭证-PZ-SN_100.html', mimeType: 'text/html' });
		expect(printed?.binary.paper.data.toString()).toContain('编号：PZ-SN/100');
	});

	it('registers and blank forms are operations too; the register node prints any form by its name', async () => {
		const [register] = await print(new ServiceVoucher(), [{ resource: 'call', operation: 'printRegister', registerForm: 'M-002', period: '2025-06', paperFormat: 'html' }]);
		expect(register?.json).toMatchObject({ no: 'M-002-202506', title: '叫修登记簿' });
		const [blank] = await print(new ServiceVoucher(), [{ resource: 'call', operation: 'printBlank', blankForm: 'M-113', paperFormat: 'html' }]);
		expect(blank?.json).toMatchObject({ no: '', fileName: '费用报表-空白.html' });
		const [any] = await print(new ServiceRegister(), [{ resource: 'papers', operation: 'printAny', anyForm: 'M-010｜客户报修服务单', subject: NO, actor: 'Y01', paperFormat: 'html' }]);
		expect(any?.json).toMatchObject({ no: NO, form: 'M-010' });
	});

	it('an item without its paper fails alone under Continue On Fail, else the node does, with its index', async () => {
		const item = (no: string) => ({ resource: 'call', operation: 'printPaper', no, paperForm: 'M-010', paperFormat: 'html' });
		const [good, bad] = await print(new ServiceVoucher(), [item(NO), item('BX1')], true);
		expect(good?.json['no']).toBe(NO);
		expect(bad).toMatchObject({ json: { code: 'NOT_FOUND', error: expect.stringContaining('BX1') as string }, pairedItem: { item: 1 }, error: expect.anything() as Error });
		await expect(print(new ServiceVoucher(), [item(NO), item('BX1')])).rejects.toMatchObject({ message: expect.stringContaining('BX1') as string, context: { itemIndex: 1 } });
	});

	it('the list of papers to print holds those of any state', async () => {
		const search = (operation: string) => searchDocuments.call({ getCredentials: async () => database.config, getCurrentNodeParameter: (name: string) => ({ resource: 'call', operation })[name] } as unknown as ILoadOptionsFunctions);
		expect((await search('printPaper')).results.map(({ value }) => value)).toEqual([NO]);
		expect((await search('close')).results).toEqual([]);
	});
});
