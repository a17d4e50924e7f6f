import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DealerSpreadsheet } from '../../nodes/DealerSpreadsheet/DealerSpreadsheet.node';
import { MonthlyReport } from '../../nodes/MonthlyReport/MonthlyReport.node';
import { PartsReconciliation } from '../../nodes/PartsReconciliation/PartsReconciliation.node';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { setting } from '../support/masterData';
import { databases, type TestDatabase } from '../support/databases';
import { firing, openWarehouse, save } from '../support/warehouse';

type Runs = { execute?(this: IExecuteFunctions): Promise<unknown> };

describe('reports of the warehouse', () => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await openWarehouse(database.store);
		await save(database.store, 'item', { P002: { name: '电路板', unitOfMeasure: '件', valuable: true, zone: 'B', shelf: '2' } });
		await fire('opening_stock', 'enter', null, { item: 'P001', lot: 'A', receivedDay: '2025-01-02', quantity: 10 }, 'W01', '2025-05-10 09:00');
		await fire('opening_stock', 'enter', null, { item: 'P002', lot: 'A', receivedDay: '2025-05-01', quantity: 4 }, 'W01', '2025-05-10 09:00');
		await fire('goods_issue', 'issue', null, { purpose: 'repair', lines: 'P002 3' }, 'W01', '2025-06-09 09:00');
		await fire('goods_in', 'takeBack', null, { origin: 'repair', lines: 'P002 1' }, 'W01', '2025-06-10 09:00');
		await fire('goods_issue', 'issue', null, { purpose: 'other', lines: 'P002 1' }, 'W01', '2025-07-01 09:00');
	});
	afterEach(() => database.drop());
	const fire = firing(() => database.store);

	async function execute(node: Runs, parameters: Record<string, unknown>, file?: Buffer, failing = false): Promise<INodeExecutionData[][]> {
		const context = {
			getCredentials: async () => database.config,
			getInputData: () => [{ json: {} }],
			getNode: () => ({ name: 'Report', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getNodeParameter: (name: string, _item: number, byDefault: unknown) => parameters[name] ?? byDefault,
			continueOnFail: () => failing,
			helpers: {
				prepareBinaryData: async (data: Buffer, fileName: string) => ({ data: data.toString('base64'), fileName, mimeType: 'x' }),
				assertBinaryData: () => ({ fileName: '盘点表.xlsx' }),
				getBinaryDataBuffer: async () => file,
			},
		};
		return (await node.execute?.call(context as unknown as IExecuteFunctions)) as INodeExecutionData[][];
	}
	const report = async (name: string, parameters: Record<string, unknown> = {}) => {
		const [[item] = []] = await execute(new MonthlyReport(), { field: 'report', report: 'stock', stockReport: name, ...parameters });
		const bytes = Buffer.from(item?.binary?.['report']?.data ?? '', 'base64');
		const sheets = await readWorkbook(bytes, { fileName: 'x.xlsx' });
		return { json: item?.json, bytes, rows: (sheets[0]?.rows ?? []).map(({ cells }) => cells.map((cell) => (cell === null || cell === undefined ? '' : String((cell as { text?: string }).text ?? cell)))) };
	};
	/** The row whose first cells hold this code. */
	const lineOf = (rows: readonly (readonly string[])[], code: string) => rows.find((cells) => cells.includes(code)) ?? [];

	it('P-070: the stock list shows balance and value at the supply price, to who may read it', async () => {
		const { rows, json } = await report('stockList｜库存清单', { actor: 'J01' });
		expect(json).toMatchObject({ parts: 2 });
		expect(lineOf(rows, 'P001').slice(0, 6)).toEqual(['P001', '压缩机', '件', '10', '20', '200']);
		await expect(report('stockList', { actor: 'Y01' })).rejects.toThrow('不能查看存卡');
		await expect(report('countReport', { month: '2025-06', actor: 'J01' })).rejects.toThrow('不能查看盘点表');
	});

	it('P-070: the card as a sheet has the movements of a month, of one part or all', async () => {
		expect((await report('stockMoves', { month: '2025-06', part: 'P002' })).json).toMatchObject({ moves: 2, fileName: '存卡-P002-2025-06.xlsx' });
		expect((await report('stockMoves', { month: '2025-05' })).json).toMatchObject({ moves: 2 });
	});

	it('P-081: the ledger has what was drawn, returned and left at the month\'s end, valuable parts first', async () => {
		const { rows } = await report('partsLedger', { month: '2025-06' });
		const line = lineOf(rows, 'P002');
		expect([line[0], line[1], ...line.slice(3)]).toEqual(['贵重', 'P002', '0', '3', '1', '0', '0', '0', '2']);
		expect(rows.findIndex((cells) => cells.includes('P002'))).toBeLessThan(rows.findIndex((cells) => cells.includes('P001')));
	});

	it('P-076: slow stock is listed with its days', async () => {
		const { json, rows } = await report('slowStock');
		expect(json).toMatchObject({ slow: 2 });
		expect(lineOf(rows, 'P001').slice(0, 3)).toEqual(['P001', '压缩机', '10']);
	});

	it('P-075: the four numbers of each part stand side by side, those that differ first', async () => {
		const { json, rows } = await report('fourBooks');
		expect(json).toMatchObject({ parts: 2, differences: 2 });
		expect(lineOf(rows, 'P001').slice(2)).toEqual(['10', '10', '', '10', '实物未盘点']);
	});

	it('P-073 P-078: a count sheet is downloaded, filled in, uploaded and reported', async () => {
		await fire('stock_count', 'start', null, { countKind: 'full' }, 'W01', '2025-07-02 09:00');
		const { bytes, rows } = await report('countSheet', { count: 'PD202507-001' });
		expect(rows[0]).toEqual(['盘点号', '配件编码', '配件名称', '库位', '帐面', '实物']);
		const filled = await fillIn(bytes, '9');
		const [, , [result] = []] = await execute(new DealerSpreadsheet(), { content: 'stockCount', fileField: 'file', mode: 'whole', actor: 'W01' }, filled);
		expect(result?.json).toMatchObject({ stored: 2, rejected: 0, warnings: 0 });
		expect(await database.store.load('stock_count', 'no', ['PD202507-001'])).toMatchObject([{ state: 'Counted', lines: [{ counted: 9 }, { counted: 9 }] }]);
		const counted = await report('countReport', { month: '2025-07' });
		expect(counted.json).toMatchObject({ counts: 1, differences: 2 });
		expect(lineOf(counted.rows, 'P001').slice(0, 9)).toEqual(['PD202507-001', '全面盘点', 'P001', '压缩机', '', '10', '9', '-1', '仓管']);
		await expect(report('countSheet', { count: 'PD209901-001' })).rejects.toThrow('没有编号为“PD209901-001”的盘点表');
		await expect(report('constructor')).rejects.toThrow('没有叫“constructor”的仓库报表');
	});

	it('P-082: the freight of a month names what no bill has matched', async () => {
		await setting(database.store, 'stock.freight', '是');
		await fire('courier_slip', 'enter', null, { carrier: '顺达', slipNo: '1', day: '2025-06-20', fee: 1250 }, 'L02');
		const { json, rows } = await report('freight', { month: '2025-06' });
		expect(json).toMatchObject({ slips: 1, unmatched: 1 });
		expect(lineOf(rows, '顺达')).toContain('12.5');
	});

	it('P-070: the node issues what its parameters say', async () => {
		const [[item] = []] = await execute(new PartsReconciliation(), { resource: 'goods_issue', operation: 'issue', purpose: 'other', lines: 'P001 2', additionalFields: { note: '样品' }, actor: 'W01', options: {} });
		expect(item?.json).toMatchObject({ state: 'Issued', stateLabel: '已出库', note: '样品' });
	});

	async function fillIn(bytes: Buffer, value: string): Promise<Buffer> {
		const { default: ExcelJS } = await import('exceljs');
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(bytes as never);
		const sheet = book.worksheets[0];
		sheet?.eachRow((row, index) => {
			if (index > 1) row.getCell(6).value = Number(value);
		});
		return Buffer.from(await book.xlsx.writeBuffer());
	}
});
