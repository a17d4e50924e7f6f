import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { apply } from '../../engine/engine';
import { MonthlyReport } from '../../nodes/MonthlyReport/MonthlyReport.node';
import { ServiceRegister } from '../../nodes/ServiceRegister/ServiceRegister.node';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe('the report node', () => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await (databases[0] as (typeof databases)[number])[1]();
		await loadMasterData(database.store);
		await apply(database.store, 'daily_report', 'submit', [{ input: { technician: 'J01', day: '2025-06-09', lines: 'D 60 - 部门会议' } }], { actor: 'J01', now: '2025-06-09T09:00:00.000Z' });
	});
	afterEach(() => database.drop());

	async function execute(node: { execute?(this: IExecuteFunctions): Promise<unknown> }, parameters: Record<string, unknown>, continueOnFail = false): Promise<INodeExecutionData[]> {
		const context = {
			getCredentials: async () => database.config,
			getInputData: () => [{ json: {} }],
			getNode: () => ({ name: 'Report', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getNodeParameter: (name: string, _item: number, byDefault: unknown) => parameters[name] ?? byDefault,
			continueOnFail: () => continueOnFail,
			helpers: { prepareBinaryData: async (data: Buffer, fileName: string) => ({ data: data.toString('base64'), fileName, mimeType: 'x' }) },
		};
		const [items = []] = (await node.execute?.call(context as unknown as IExecuteFunctions)) as INodeExecutionData[][];
		return items;
	}
	const run = (parameters: Record<string, string>, continueOnFail = false) => execute(new MonthlyReport(), { field: 'report', ...parameters }, continueOnFail);
	const sheets = async (item: INodeExecutionData | undefined) => await readWorkbook(Buffer.from(item?.binary?.['report']?.data ?? '', 'base64'), { fileName: 'x.xlsx' });

	it('builds the month report as before when nothing else is chosen', async () => {
		const [item] = await run({ month: '2025-06' });
		expect(item).toMatchObject({ json: { month: '2025-06', fileName: '售后月报表-2025-06.xlsx' }, pairedItem: { item: 0 } });
		expect((await sheets(item)).map(({ name }) => name)).toContain('概览');
	});

	it('T-006: gives the form page of a draft, filled in', async () => {
		const [item] = await run({ report: 'technicianDaily', person: 'J01｜李师傅', day: '2025-06-09' });
		expect(item?.binary).toBeUndefined();
		expect(item?.json).toMatchObject({ technician: 'J01', formTitle: '2025-06-09 工作日报', formFields: [{ fieldName: 'lines', fieldType: 'textarea', defaultValue: 'D 60 - 部门会议' }] });
		const [failed] = await run({ report: 'technicianDaily', person: '', day: '2025-06-09' }, true);
		expect(failed?.json['error']).toContain('缺少工号');
	});

	it('T-001: takes the page\'s text as the report\'s lines, and reminds with the passed deadlines', async () => {
		const page = await run({ report: 'technicianDaily', person: 'J01', day: '2025-06-10' });
		expect(page[0]?.json['linesText']).toBe('');
		const [report] = await execute(new ServiceRegister(), { resource: 'daily_report', operation: 'submit', technician: 'J01', day: '2025-06-10', lines: 'D 60 - 部门 会议\nD 30', actor: 'J01', options: {} });
		expect(report?.json).toMatchObject({ no: 'RB-J01-20250610', total: 90, stateLabel: '已提交' });
		const [deadlines] = await execute(new ServiceRegister(), { resource: 'deadlines', operation: 'fireDue' });
		expect(Number(deadlines?.json['reminders'])).toBe((await database.store.list('notice', {})).length);
		const [again] = await execute(new ServiceRegister(), { resource: 'deadlines', operation: 'fireDue' });
		expect(again?.json).toMatchObject({ reminders: 0, count: 0 });
	});

	it('T-002: an item a technician for the week named, none unasked while reports are daily', async () => {
		expect([await run({ report: 'technicianWeekly' }), await run({ report: 'weeklyRecord' })]).toEqual([[], []]);
		const items = await run({ report: 'technicianWeekly', day: '2025-06-13' });
		expect(items.map(({ json }) => json['technician'])).toEqual(['J01', 'J02']);
		expect(JSON.stringify(await sheets(items[0]))).toContain('部门会议');
	});

	it.each([['kpi', ['全公司', '各部门', '各技术员']], ['appraisal', ['汇总', '明细']], ['monthDocuments', ['每月资料']], ['repairProblems', ['问题分析']], ['caseNotes', ['维修案例']], ['custody', ['领用物品清单']], ['visitPlans', ['走访计划']]])('builds %s', async (report, names) => {
		const [item] = await run({ report, month: '2025-06' });
		expect((await sheets(item)).map(({ name }) => name)).toEqual(names);
	});

	it('refuses a day nobody can read, and one without a report', async () => {
		await expect(run({ report: 'directorDaily', day: '6月9日' })).rejects.toMatchObject({ message: expect.stringContaining('无法识别') as string });
		await expect(run({ report: 'directorDaily', day: '2025-06-09' })).rejects.toMatchObject({ message: expect.stringContaining('没有') as string });
	});
});
