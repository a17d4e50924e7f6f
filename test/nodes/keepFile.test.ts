import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ServiceRegister } from '../../nodes/ServiceRegister/ServiceRegister.node';
import { fileContent } from '../../engine/attachments';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe('keeping a file with a paper', () => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	async function keep(item: INodeExecutionData, actor = 'C01', goesOn = false): Promise<INodeExecutionData | undefined> {
		const given: Record<string, unknown> = { resource: 'attachment', operation: 'keepFile', filePaper: 'FX202506-0001｜远方集成', filePurpose: 'confirmation', fileField: 'file', actor };
		const context = {
			getCredentials: async () => database.config,
			getInputData: () => [item],
			getNode: () => ({ name: 'Keep', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getNodeParameter: (name: string, _item: number, byDefault: unknown) => given[name] ?? byDefault,
			continueOnFail: () => goesOn,
			helpers: { getBinaryDataBuffer: async () => Buffer.from('传真') },
		};
		return ((await new ServiceRegister().execute.call(context as unknown as IExecuteFunctions))[0] ?? [])[0];
	}
	const faxed = { json: { no: 'FX202506-0001' }, binary: { file: { data: '', mimeType: 'image/png', fileName: '传真.png' } } };

	it('R-114 V-050: keeps the file of an item with the paper it names, the same file once, and passes the item on', async () => {
		const first = await keep(faxed);
		expect(first?.json).toMatchObject({ no: 'FX202506-0001', attachment: expect.stringMatching(/^FJ/) as string });
		expect((await keep(faxed))?.json['attachment']).toBe(first?.json['attachment']);
		expect(await database.store.list('attachment', {})).toMatchObject([{ paper: 'FX202506-0001', purpose: 'confirmation', name: '传真.png', createdBy: 'C01' }]);
		expect((await fileContent(database.store, String(first?.json['attachment'])))?.toString()).toBe('传真');
	});

	it('passes an item without a file unchanged, and refuses who may not hand files in', async () => {
		expect((await keep({ json: { no: 'FX1' } }))?.json).toEqual({ no: 'FX1', attachment: null });
		await expect(keep(faxed, 'Q01')).rejects.toMatchObject({ message: expect.stringContaining('不能“上传附件”') as string });
		expect((await keep(faxed, 'Q01', true))?.json['error']).toContain('不能“上传附件”');
		expect(await database.store.list('attachment', {})).toEqual([]);
	});
});
