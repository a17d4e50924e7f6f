import { utils, write } from '@e965/xlsx';
import { encode } from 'iconv-lite';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DealerSpreadsheet } from '../../nodes/DealerSpreadsheet/DealerSpreadsheet.node';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const header = ['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外'];
const line = (no: string, quantity: string | number = 1): (string | number)[] => ['P001', quantity, no, '2025-05-20', '保内'];
const csv = (...rows: (string | number)[][]) => encode([header, ...rows].map((cells) => cells.join(',')).join('\r\n'), 'gbk');
const book = (bookType: 'xlsx' | 'biff8', rows: (string | number)[][]) => write({ SheetNames: ['零配件使用统计表'], Sheets: { 零配件使用统计表: utils.aoa_to_sheet([header, ...rows]) } }, { type: 'buffer', bookType }) as Buffer;

describe('the Dealer Spreadsheet node', () => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	async function run(file: Buffer, fileName: string, parameters: Record<string, unknown> = {}): Promise<[INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]]> {
		const given: Record<string, unknown> = { content: 'dealerMonth', fileField: 'file', outlet: 'W01', month: '2025-05', mode: 'rows', actor: 'system', ...parameters };
		const context = {
			getCredentials: async () => database.config,
			getInputData: () => [{ json: {} }],
			getNode: () => ({ name: 'Check', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getNodeParameter: (name: string, _item: number, byDefault: unknown) => given[name] ?? byDefault,
			continueOnFail: () => false,
			helpers: {
				assertBinaryData: () => ({ fileName }),
				getBinaryDataBuffer: async () => file,
				prepareBinaryData: async (data: Buffer, name: string) => ({ data: data.toString('base64'), fileName: name, mimeType: 'x' }),
			},
		};
		return (await new DealerSpreadsheet().execute.call(context as unknown as IExecuteFunctions)) as [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];
	}
	const stored = async () => (await database.store.list('usage_line', {})).map(({ no }) => no);

	it('takes a CSV in GBK; rejected rows come back marked in an .xlsx', async () => {
		const [accepted, rejected, [result]] = await run(csv(line('R1'), line('R2', '三')), '零配件使用统计表.csv');
		expect(accepted.map(({ json }) => json['no'])).toEqual(['SY-W01-R1-P001']);
		expect(rejected).toMatchObject([{ json: { row: 3, reasons: [expect.stringContaining('应填数字')] }, pairedItem: { item: 0 } }]);
		expect(result?.json).toMatchObject({ stored: 1, rejected: 1, uploadedBefore: null });
		const marked = result?.binary?.['errorWorkbook'];
		expect(marked?.fileName).toBe('零配件使用统计表-检查结果.xlsx');
		expect((await readWorkbook(Buffer.from(marked?.data ?? '', 'base64'), { fileName: 'x' })).map(({ name }) => name)).toEqual(['检查结果', '零配件使用统计表']);
	});

	it('takes an .xls', async () => {
		expect((await run(book('biff8', [line('R1')]), '5月.xls'))[2][0]?.json).toMatchObject({ stored: 1, findings: [] });
	});

	it('says when the same file was uploaded before, and changes nothing; for another month it is another upload', async () => {
		const file = book('xlsx', [line('R1')]);
		await run(file, '5月.xlsx');
		const [, , [again]] = await run(file, '5月(1).xlsx');
		expect(again?.json).toMatchObject({ stored: 0, known: 1, message: expect.stringMatching(/这个文件 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 已经上传过.*1 行以前已登记/) });
		expect((await run(file, '5月.xlsx', { month: '2025-04', mode: 'check' }))[2][0]?.json['uploadedBefore']).toBeNull();
		expect(await database.store.list('imported_file', {})).toMatchObject([{ fileName: '5月.xlsx', actor: 'system' }]);
	});

	it('remembers no file of which nothing was stored', async () => {
		const file = book('xlsx', [line('R1'), line('R2', '三')]);
		await run(file, 'a.xlsx', { mode: 'check' });
		await run(file, 'a.xlsx', { mode: 'whole' });
		expect(await database.store.list('imported_file', {})).toEqual([]);
		expect(await stored()).toEqual([]);
	});

	it('shows how a file is read without storing anything, an item for each column and a workbook', async () => {
		const [accepted, rejected, shown] = await run(csv(line('R1')), '零配件使用统计表.csv', { mode: 'preview' });
		expect([accepted, rejected]).toEqual([[], []]);
		expect(shown.map(({ json }) => [json['column'], json['fieldHeader'], json['statusLabel']])).toEqual([['A', '配件编码', '已识别'], ['B', '数量', '已识别'], ['C', '维修记录单号', '已识别'], ['D', '更换日期', '已识别'], ['E', '保内/保外', '已识别']]);
		expect(shown[0]?.json).toMatchObject({ samples: ['P001'], summary: expect.stringContaining('没有保存任何内容') });
		expect(shown.map(({ binary }) => binary?.['preview']?.fileName)).toEqual(['零配件使用统计表-读取预览.xlsx', undefined, undefined, undefined, undefined]);
		const [preview] = await readWorkbook(Buffer.from(shown[0]?.binary?.['preview']?.data ?? '', 'base64'), { fileName: 'x' });
		expect(JSON.stringify(preview?.rows)).toContain('维修记录单号');
		expect([await stored(), await database.store.list('imported_file', {})]).toEqual([[], []]);
	});

	it('gives rows as items up to 1,000, above that in batches; as the admin wants it otherwise', async () => {
		const many = csv(...Array.from({ length: 1_001 }, (_, index) => line(`R${index}`)));
		const name = '零配件使用统计表.csv';
		const sizes = async (parameters: Record<string, unknown>) => (await run(many, name, { mode: 'check', ...parameters }))[0].map(({ json }) => (json['rows'] as unknown[] | undefined)?.length ?? 1);
		expect(await sizes({})).toEqual([1_000, 1]);
		expect(await sizes({ output: 'batches', batchSize: 400 })).toEqual([400, 400, 201]);
		expect(await sizes({ output: 'rows' })).toHaveLength(1_001);
		expect(await sizes({ output: 'summary' })).toEqual([]);
		expect((await run(csv(line('R1')), name, { mode: 'check' }))[0].map(({ json }) => json['no'])).toEqual(['SY-W01-R1-P001']);
	});

	it('fails with what to do for a file that is no table', async () => {
		await expect(run(Buffer.from('%PDF-1.7'), '5月.xlsx')).rejects.toMatchObject({ message: expect.stringContaining('是 PDF 文件'), description: expect.stringContaining('请') });
	});
});
