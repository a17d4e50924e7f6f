import { fireDueClocks } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const people = {
	T01: { name: '组长', roles: 'group_leader', mail: 'leader@test.local', active: true },
	X01: { name: '销售总监', roles: 'sales_director', mail: 'sales@test.local', active: true },
	W01: { name: '管理委员会', roles: 'mgmt_committee', mail: 'committee@test.local', active: true },
	X02: { name: '业务员', roles: 'sales', mail: 'seller@test.local', active: true },
};

describe.each(databases)('contracts and projects on %s', (_name, open) => {
	let database: TestDatabase;
	let now: string;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save('person', people);
		now = at('2025-06-20 10:00');
	});
	afterEach(() => database.drop());

	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const fire = acting(() => database.store, () => now);
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start));
	const tasks = async (source: string) => await database.store.list('service_task', { where: [{ column: 'source', is: '=', value: source }], orderBy: [{ column: 'no' }] });

	describe('the optimisation report', () => {
		const draw = (input: object = {}) => fire('optimisation_report', 'draw', null, { month: '2025-06', problems: '查询慢', measures: '2025-07-15 研发 J01 加索引\n2025-07-20 实施 - 清理日志', ...input }, 'T01');
		const act = (event: string, actor: string, input: object = {}) => fire('optimisation_report', event, 'YH-202506', input, actor);

		it('C-021: goes to the director, then the committee; every measure becomes a task with its day', async () => {
			await expect(draw({ measures: '' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await expect(draw({ measures: '2025-07-15 研发 J99 加索引' })).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'C-021' });
			await expect(draw({ month: '2025-07' })).rejects.toMatchObject({ rule: 'C-021' });
			expect(await draw()).toMatchObject({ no: 'YH-202506', state: 'Draft', author: 'T01' });
			await expect(act('approve', 'W01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await act('sendBack', 'X01', { reason: '不全' })).toMatchObject({ state: 'Draft', reason: '不全' });
			await draw();
			await act('review', 'X01');
			expect((await notices('optimisation.ask:YH-202506:mgmt_committee'))[0]).toMatchObject({ recipients: ['committee@test.local'] });
			expect(await act('approve', 'W01')).toMatchObject({ state: 'Approved' });
			expect(await tasks('YH-202506')).toMatchObject([{ title: '加索引', owner: 'J01', dueDay: '2025-07-15', state: 'Open' }, { title: '清理日志', owner: null, department: '实施' }]);
			await expect(draw()).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			expect(await act('execute', 'T01')).toMatchObject({ state: 'Executing' });
		});

		it('C-013: a task past its day is told to its owner and the group leader once; its owner or the leader finishes it', async () => {
			await draw();
			await act('review', 'X01');
			await act('approve', 'W01');
			const [first, second] = await tasks('YH-202506');
			await fireDueClocks(database.store, at('2025-07-15 23:00'));
			expect(await notices('service_task.late')).toEqual([]);
			await fireDueClocks(database.store, at('2025-07-16 00:01'));
			await fireDueClocks(database.store, at('2025-07-18 00:01'));
			expect((await notices('service_task.late')).map(({ recipients }) => recipients)).toEqual([['tech1@test.local'], ['leader@test.local']]);
			now = at('2025-07-18 10:00');
			const finish = (task: Record<string, unknown> | undefined, actor: string, doneDay = '2025-07-18') => fire('service_task', 'finish', String(task?.['no']), { doneDay, result: '好' }, actor);
			await expect(finish(first, 'J02')).rejects.toMatchObject({ rule: 'C-013' });
			await expect(finish(first, 'J01', '2025-07-19')).rejects.toMatchObject({ rule: 'C-013' });
			expect(await finish(first, 'J01')).toMatchObject({ state: 'Done', late: true });
			expect(await finish(second, 'T01')).toMatchObject({ state: 'Done', late: false, doneBy: 'T01' });
		});
	});
});
