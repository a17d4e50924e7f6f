import { buildCustomerFile, buildProjects } from '../../engine/contractReports';
import { runDailyChecks } from '../../engine/dailyChecks';
import { fireDueClocks, givenFor, SYSTEM } from '../../engine/engine';
import { formPage } from '../../engine/formPage';
import { paperFor } from '../../engine/papers';
import { documentOf } from '../../engine/registry';
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

	const system = (changes: object = {}) => save('project', { P1: { name: '订单系统', customer: 'C001', projectKind: 'system', keeper: 'J01', acceptedDay: '2025-01-10', freeEndDay: '2025-12-31', ...changes } });
	const subjects = async (start: string) => (await notices(start)).map(({ key, recipients }) => [String(key), (recipients as string[]).join()]);
	const checks = (when: string) => runDailyChecks(database.store, at(when));
	const given = () => givenFor(database.store, { actor: SYSTEM, now });

	describe('inspections', () => {
		const report = (no: string, when: string, input: object = {}, actor = 'J01') => fire('inspection', 'report', no, { checks: '正常 数据库\n正常 磁盘', reportNo: 'DOC-1', ...input }, actor, at(when));

		it('C-020: every system in maintenance is listed on the 1st, reminded on the 25th, missed at the end of the month', async () => {
			await checks('2025-06-01 08:00');
			expect(await database.store.list('inspection', {})).toEqual([]);
			await system();
			await save('project', { P2: { name: '旧系统', customer: 'C002', projectKind: 'system', acceptedDay: '2020-01-01', freeEndDay: '2021-01-01' }, P3: { name: '空调工程', customer: 'C002', projectKind: 'project', acceptedDay: '2025-01-01', freeEndDay: '2026-01-01' } });
			await checks('2025-06-01 08:00');
			await checks('2025-06-01 08:05');
			expect(await database.store.list('inspection', {})).toMatchObject([{ no: 'XJ-P1-202506', state: 'Due', month: '2025-06', keeper: 'J01', late: false }]);
			await fireDueClocks(database.store, at('2025-06-25 08:31'));
			expect(await subjects('inspection.remind')).toEqual([['inspection.remind:XJ-P1-202506:J01', 'tech1@test.local'], ['inspection.remind:XJ-P1-202506:group_leader', 'leader@test.local']]);
			await expect(report('XJ-P1-202506', '2025-06-26 10:00', { checks: '异常 磁盘' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			expect(await report('XJ-P1-202506', '2025-06-26 10:00', { checks: '异常 磁盘', findings: '磁盘将满' })).toMatchObject({ state: 'Done', inspector: 'J01', late: false, doneAt: at('2025-06-26 10:00'), checks: [{ item: '磁盘', result: 'abnormal' }] });
			await checks('2025-07-01 08:00');
			await fireDueClocks(database.store, at('2025-08-01 00:01'));
			expect(await subjects('inspection.miss')).toHaveLength(2);
			expect(await report('XJ-P1-202507', '2025-08-02 10:00')).toMatchObject({ state: 'Done', late: true });
			await expect(fire('inspection', 'markFalse', 'XJ-P1-202507', { reason: '没有去' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('inspection', 'markFalse', 'XJ-P1-202507', { reason: '没有去' }, 'T01')).toMatchObject({ state: 'False' });
			await checks('2025-08-01 08:00');
			expect(await fire('inspection', 'drop', 'XJ-P1-202508', { reason: '系统停用' }, 'T01')).toMatchObject({ state: 'Dropped' });
		});

		it('C-021 C-022: report and manual of the month are asked for on the 25th and the last day, where there are systems', async () => {
			await checks('2025-06-25 09:00');
			expect(await subjects('optimisation.due')).toEqual([]);
			await system();
			await checks('2025-06-25 09:00');
			expect([(await subjects('optimisation.due'))[0], (await subjects('service_manual.due'))[0]]).toEqual([['optimisation.due:2025-06-25:group_leader', 'leader@test.local'], ['service_manual.due:2025-06-25:group_leader', 'leader@test.local']]);
			const upload = (input: object) => fire('service_manual', 'upload', null, { product: '订单系统', ...input }, 'J01', at('2025-06-26 10:00'));
			await expect(upload({ edition: 'V2' })).rejects.toMatchObject({ rule: 'C-022' });
			const wrong = await upload({ noChange: true });
			await fire('service_manual', 'void', String(wrong['no']), { reason: '填错' }, 'T01');
			expect(await upload({ edition: 'V2', problem: '死锁', solution: '重启' })).toMatchObject({ month: '2025-06', uploadedBy: 'J01' });
			await checks('2025-06-30 09:00');
			expect([await subjects('optimisation.due'), await subjects('service_manual.due')].map((list) => list.length)).toEqual([2, 1]);
		});
	});

	describe('what ends', () => {
		const send = (when: string, contract = 'HT01', follower = 'J01') => fire('expiry_notice', 'send', null, { contract, follower }, 'S01', at(when));

		it('C-040: a month before the end the department is asked, three days later its manager; the letter goes to the customer', async () => {
			await save('contract', { HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2024-04-01', endDay: '2025-03-31' } });
			await save('customer', { C002: { name: '郊区饭店', phone: '13800000002', address: '东郊 8 号', mail: 'hotel@test.local' } });
			await checks('2025-02-27 09:00');
			expect(await subjects('contract.')).toEqual([]);
			await expect(send('2025-02-27 09:00')).rejects.toMatchObject({ rule: 'C-040' });
			await checks('2025-02-28 09:00');
			expect((await subjects('contract.')).map(([key]) => key)).toEqual(['contract.ending:HT01:2025-03-31:after_sales', 'contract.ending:HT01:2025-03-31:service_director']);
			await checks('2025-03-04 09:00');
			expect((await subjects('contract.unsent')).map(([key]) => key)).toEqual(['contract.unsent:HT01:2025-03-31:after_sales_manager', 'contract.unsent:HT01:2025-03-31:dept_manager']);
			expect(await send('2025-03-04 10:00')).toMatchObject({ no: 'DQ-HT01', customer: 'C002', endDay: '2025-03-31', sentDay: '2025-03-04' });
			await expect(send('2025-03-05 10:00')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			expect(await subjects('expiry_notice')).toEqual([['expiry_notice.letter:DQ-HT01:2025-03-31', 'hotel@test.local'], ['expiry_notice.visit:DQ-HT01:2025-03-31', 'tech1@test.local']]);
		});

		it('C-040: a contract entered late is found on the next run; one already renewed or noticed is not', async () => {
			await save('contract', {
				HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-07-10' },
				HT02: { customer: 'C001', asset: null, contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-07-10' },
				HT03: { customer: 'C001', asset: null, contractKind: 'annual', startDay: '2025-07-11', endDay: '2026-07-10', previous: 'HT02' },
				HT04: { customer: 'C001', asset: null, contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-06-01' },
			});
			await checks('2025-06-20 09:00');
			expect((await subjects('contract.ending')).map(([key]) => key)).toEqual(['contract.ending:HT01:2025-07-10:after_sales', 'contract.ending:HT01:2025-07-10:service_director']);
			await save('contract', { HT05: { customer: 'C001', asset: null, contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-07-20' } });
			await send('2025-06-20 08:00', 'HT05');
			await checks('2025-06-30 09:00');
			expect((await subjects('contract.')).filter(([key]) => key?.includes('HT05'))).toEqual([]);
			expect((await subjects('expiry_notice.post'))[0]?.[1]).toBe('aftersales@test.local');
		});

		it('C-042: the result is renewed with the new contract, new scope or lost with a reason; undecided it is reminded every week', async () => {
			await save('contract', { HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2024-06-21', endDay: '2025-06-25' } });
			await send('2025-06-20 10:00');
			const act = (event: string, input: object, actor = 'J01', when = '2025-06-21 10:00') => fire('expiry_notice', event, 'DQ-HT01', input, actor, at(when));
			await expect(act('follow', { day: '2025-06-21', person: '王总', note: '考虑中' }, 'J02')).rejects.toMatchObject({ rule: 'C-042' });
			expect(await act('follow', { day: '2025-06-21', person: '王总', note: '考虑中' })).toMatchObject({ state: 'FollowedUp', contacts: [{ person: '王总', note: '考虑中' }] });
			await fireDueClocks(database.store, at('2025-07-01 10:00'));
			expect(await subjects('expiry_notice.pending')).toEqual([]);
			await fireDueClocks(database.store, at('2025-07-02 10:00'));
			await fireDueClocks(database.store, at('2025-07-08 10:00'));
			await fireDueClocks(database.store, at('2025-07-09 10:00'));
			expect((await subjects('expiry_notice.pending')).map(([key]) => key)).toEqual(['expiry_notice.pending:DQ-HT01:2025-07-02', 'expiry_notice.pending:DQ-HT01:2025-07-09']);
			await expect(act('lose', {})).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await expect(act('renew', { renewedAs: 'HT99' })).rejects.toMatchObject({ rule: 'C-042' });
			await expect(act('renew', { renewedAs: 'HT01' })).rejects.toMatchObject({ rule: 'C-042' });
			await fire('maintenance_contract', 'sign', null, { contractNo: 'HT09', customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2025-07-10', endDay: '2026-07-09' }, 'S01', at('2025-07-09 11:00'));
			expect(await act('renew', { renewedAs: 'HT09' }, 'J01', '2025-07-09 12:00')).toMatchObject({ state: 'Renewed', renewedAs: 'HT09' });
			expect(await database.store.load('contract', 'no', ['HT09'])).toMatchObject([{ previous: 'HT01' }]);
		});

		it('C-042: a contract that ends no later is no renewal', async () => {
			await save('contract', {
				HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2024-06-21', endDay: '2025-06-25' },
				HT00: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2023-06-21', endDay: '2024-06-20' },
			});
			await save('customer', { C002: { name: '郊区饭店', phone: '13800000002', address: '东郊 8 号', mail: 'hotel@test.local' } });
			await send('2025-06-26 10:00');
			expect(JSON.stringify((await notices('expiry_notice.letter'))[0]?.['body'])).toContain('已于 2025-06-25 到期');
			await expect(fire('expiry_notice', 'renew', 'DQ-HT01', { renewedAs: 'HT00' }, 'J01')).rejects.toMatchObject({ code: 'CONDITION_NOT_MET', rule: 'C-042' });
		});

		it('C-040: a contract whose end was moved is asked about and noticed again', async () => {
			const ends = (endDay: string) => save('contract', { HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2024-04-01', endDay } });
			await ends('2025-03-31');
			await send('2025-03-04 10:00');
			await fire('expiry_notice', 'follow', 'DQ-HT01', { day: '2025-03-05', person: '王总', note: '延半年' }, 'J01', at('2025-03-05 10:00'));
			await ends('2025-09-30');
			await checks('2025-09-01 09:00');
			expect((await subjects('contract.ending:HT01:2025-09-30')).length).toBe(2);
			expect(await send('2025-09-01 10:00', 'HT01', 'J02')).toMatchObject({ no: 'DQ-HT01', state: 'Sent', endDay: '2025-09-30', follower: 'J02', contacts: [{ note: '延半年' }] });
			expect((await subjects('expiry_notice.visit:DQ-HT01')).length).toBe(2);
			await expect(send('2025-09-02 10:00')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await checks('2025-09-20 09:00');
			expect(await subjects('contract.unsent:HT01:2025-09-30')).toEqual([]);
		});

		it('C-040: a contract ended before its time is not asked to be renewed', async () => {
			await fire('maintenance_contract', 'sign', null, { contractNo: 'HT08', customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-12-31' }, 'S01', at('2025-01-01 11:00'));
			await fire('maintenance_contract', 'terminate', 'BY-HT08', { endedDay: '2025-06-30', reason: '客户搬迁' }, 'A01', at('2025-06-15 11:00'));
			await checks('2025-06-20 09:00');
			expect(await subjects('contract.ending:HT08')).toEqual([]);
		});

		it('C-003: free maintenance does not end before the acceptance', async () => {
			await system({ acceptedDay: null, freeEndDay: null });
			await expect(fire('completion_documents', 'check', null, { project: 'P1', acceptedDay: '2025-04-01', checklist: '有 图纸', freeEndDay: '2025-03-31' }, 'T01')).rejects.toMatchObject({ code: 'FIELD_INVALID', rule: 'C-003' });
		});

		it('C-041: three months before free maintenance ends the leader reports, and the director names who follows', async () => {
			await system({ freeEndDay: '2025-05-31' });
			await checks('2025-02-27 09:00');
			expect(await subjects('project.free_end')).toEqual([]);
			await checks('2025-02-28 09:00');
			expect(await subjects('project.free_end')).toEqual([['project.free_end:P1:2025-05-31:group_leader', 'leader@test.local']]);
			await checks('2025-03-05 09:00');
			expect(await subjects('project.free_end:P1:2025-05-31:sales')).toHaveLength(1);
			const write = (when: string) => fire('free_expiry', 'report', null, { project: 'P1', situation: '运行正常' }, 'T01', at(when));
			await expect(write('2025-02-27 09:00')).rejects.toMatchObject({ rule: 'C-041' });
			expect(await write('2025-03-05 10:00')).toMatchObject({ no: 'MQ-P1', state: 'Reported', freeEndDay: '2025-05-31', reporter: 'T01' });
			await expect(write('2025-03-06 10:00')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await fireDueClocks(database.store, at('2025-03-09 00:01'));
			await fireDueClocks(database.store, at('2025-03-13 00:01'));
			expect(await subjects('free_expiry.remind')).toHaveLength(2);
			now = at('2025-03-13 10:00');
			await expect(fire('free_expiry', 'arrange', 'MQ-P1', { follower: 'X99' }, 'X01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
			expect(await fire('free_expiry', 'arrange', 'MQ-P1', { follower: 'X02' }, 'X01')).toMatchObject({ state: 'Following', follower: 'X02' });
			const text = JSON.stringify(await paperFor(database.store, 'free_expiry', 'MQ-P1', { form: 'M-024', now }));
			for (const part of ['P1 订单系统', '2025-05-31', '业务员', '运行正常']) expect(text).toContain(part);
			await fireDueClocks(database.store, at('2025-06-06 23:00'));
			expect(await subjects('free_expiry.pending')).toEqual([]);
			for (const when of ['2025-06-07 00:01', '2025-06-08 00:01', '2025-06-14 00:01']) await fireDueClocks(database.store, at(when));
			expect(await subjects('free_expiry.pending')).toEqual([['free_expiry.pending:MQ-P1:2025-06-07', 'seller@test.local'], ['free_expiry.pending:MQ-P1:2025-06-14', 'seller@test.local']]);
			expect(await fire('free_expiry', 'close', 'MQ-P1', { outcome: 'extended', result: '延半年' }, 'X02')).toMatchObject({ state: 'Closed' });
			await expect(write('2025-03-14 10:00')).rejects.toMatchObject({ code: 'ALREADY_EXISTS', rule: 'C-041' });
			await system({ freeEndDay: '2025-11-30' });
			expect(await write('2025-09-01 10:00')).toMatchObject({ state: 'Reported', freeEndDay: '2025-11-30', follower: null });
		});
	});

	describe('the handover', () => {
		const act = (event: string, input: object, actor = 'T01', when = '2025-04-02 10:00') => fire('handover', event, 'XY-P1', input, actor, at(when));
		const whole = { technical: '设计书', openIssues: '2025-05-01 J01 报表慢', outerBorder: '机房以内', maintainUntil: '2026-03-31', afterwards: '签保养合同', innerBorder: '二线支持', faq: '重启', emergency: '研发部 李' };

		it('C-010: a month before the planned final acceptance the group is asked to take part', async () => {
			await system({ acceptedDay: null, freeEndDay: null, finalPlannedDay: '2025-03-31' });
			await checks('2025-02-27 09:00');
			expect(await subjects('project.final')).toEqual([]);
			await checks('2025-02-28 09:00');
			await checks('2025-03-01 09:00');
			expect(await subjects('project.final')).toEqual([['project.final:P1:2025-03-31:group_leader', 'leader@test.local']]);
		});

		it('C-011: reminded on day 10, overdue to the sales director after 14 days; without a handover it is said too', async () => {
			await system({ acceptedDay: null, freeEndDay: null });
			await fire('handover', 'begin', null, { project: 'P1' }, 'T01', at('2025-03-01 09:00'));
			await expect(act('accept', { acceptedDay: '2025-04-03' })).rejects.toMatchObject({ rule: 'C-011' });
			expect(await act('accept', { acceptedDay: '2025-04-01' })).toMatchObject({ dueAt: at('2025-04-16 00:00') });
			expect(await database.store.load('project', 'no', ['P1'])).toMatchObject([{ acceptedDay: '2025-04-01' }]);
			await fireDueClocks(database.store, at('2025-04-10 23:00'));
			expect((await subjects('handover.remind')).map(([, mail]) => mail)).toEqual([]);
			await fireDueClocks(database.store, at('2025-04-11 00:01'));
			expect((await subjects('handover.remind')).map(([, mail]) => mail)).toEqual(['leader@test.local']);
			await fireDueClocks(database.store, at('2025-04-16 00:01'));
			expect((await subjects('handover.late')).map(([, mail]) => mail)).toEqual(['leader@test.local', 'sales@test.local']);
			await save('project', { P2: { name: '新系统', customer: 'C002', projectKind: 'system', acceptedDay: '2025-04-01', freeEndDay: null } });
			await checks('2025-04-16 09:00');
			expect((await subjects('project.handover:P2')).map(([, mail]) => mail)).toEqual(['leader@test.local', 'sales@test.local']);
		});

		it('C-012 C-013 C-030: complete with all four documents; open issues and the passwords become tasks', async () => {
			await system({ acceptedDay: null, freeEndDay: null });
			await fire('handover', 'begin', null, { project: 'P1' }, 'T01', at('2025-03-01 09:00'));
			await act('file', { ...whole, outerBorder: null, openIssues: null });
			await expect(act('complete', { handedBy: '项目经理' })).rejects.toMatchObject({ rule: 'C-012', message: expect.stringContaining('外部边界') as string });
			await expect(act('file', { openIssues: '2025-05-01 J99 报表慢' })).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'C-012' });
			await act('file', { outerBorder: '机房以内', openIssues: whole.openIssues });
			await expect(act('complete', { handedBy: '项目经理' })).rejects.toMatchObject({ rule: 'C-011' });
			await act('accept', { acceptedDay: '2025-04-01' });
			await act('file', { maintainUntil: '2025-03-31' });
			await expect(act('complete', { handedBy: '项目经理' })).rejects.toMatchObject({ code: 'FIELD_INVALID', rule: 'C-012' });
			await act('file', { maintainUntil: whole.maintainUntil });
			expect(await act('complete', { handedBy: '项目经理' })).toMatchObject({ state: 'Complete', takenBy: 'T01' });
			expect(await tasks('XY-P1')).toMatchObject([{ title: '报表慢', owner: 'J01', dueDay: '2025-05-01' }, { title: expect.stringContaining('密码') as string, owner: 'T01', dueDay: '2025-04-09' }]);
			expect(await database.store.load('project', 'no', ['P1'])).toMatchObject([{ acceptedDay: '2025-04-01', freeEndDay: '2026-03-31' }]);
			await fireDueClocks(database.store, at('2025-05-02 00:01'));
			expect(await subjects('handover.')).toEqual([]);
			expect((await subjects('service_task.late')).length).toBe(4);
		});
	});

	describe('security', () => {
		it('C-030: the register keeps where the secret is and when it was changed', async () => {
			await system();
			const keep = (changes: object = {}) => fire('account_entry', 'keep', null, { project: 'P1', target: 'database', account: 'root', keeper: 'J01', place: '保险柜 3', changedDay: '2025-06-10', ...changes }, 'T01');
			await expect(keep({ changedDay: '2025-06-21' })).rejects.toMatchObject({ rule: 'C-030' });
			expect(await keep()).toMatchObject({ no: 'ZM-P1-database-root', changedDay: '2025-06-10' });
			expect(await keep({ changedDay: '2025-06-20' })).toMatchObject({ changedDay: '2025-06-20' });
			expect(Object.keys(documentOf('account_entry').fields)).not.toContain('password');
			expect((await buildProjects(database.store, await given())).model.sheets[0]?.rows).toMatchObject([{ no: 'P1', phase: '已验收，资料未齐', passwords: '2025-06-20' }]);
		});

		it('C-031 C-032: a system in maintenance is changed after its customer is told, under another\'s supervision, with record', async () => {
			await system();
			await save('customer', { C001: { name: '华联超市', phone: '13800000001', address: '中山路 1 号', mail: 'shop@test.local' } });
			const paper = await fire('change_record', 'plan', null, { project: 'P1', plan: '升级', effect: '停机 10 分钟', scope: '订单', effectiveAt: '2025-06-21 22:00' }, 'J01');
			const act = (event: string, input: object, actor: string) => fire('change_record', event, String(paper['no']), input, actor);
			await expect(act('start', {}, 'T01')).rejects.toMatchObject({ rule: 'C-032' });
			await act('tell', { toldTo: '李经理', toldBy: 'mail' }, 'J01');
			expect((await subjects('change_record.tell'))[0]?.[1]).toBe('shop@test.local');
			expect(JSON.stringify((await notices('change_record.tell'))[0]?.['body'])).toContain('2025-06-21 22:00');
			await save('person', { J01: { name: '李师傅', roles: 'technician,group_leader', active: true } });
			await expect(act('start', {}, 'J01')).rejects.toMatchObject({ rule: 'C-031' });
			expect(await act('start', {}, 'T01')).toMatchObject({ state: 'Started', supervisor: 'T01' });
			await expect(act('finish', { edition: '2.1', sourceRef: 'git 8a1' }, 'J01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			expect(await act('finish', { edition: '2.1', sourceRef: 'git 8a1', scriptRef: '无' }, 'J01')).toMatchObject({ state: 'Done', edition: '2.1' });
			await save('project', { P2: { name: '旧系统', customer: 'C002', projectKind: 'system', acceptedDay: '2020-01-01', freeEndDay: '2021-01-01' } });
			const old = await fire('change_record', 'plan', null, { project: 'P2', plan: '改', effect: '无', scope: '一处', effectiveAt: '2025-06-21 22:00' }, 'J01');
			expect(await fire('change_record', 'start', String(old['no']), {}, 'T01')).toMatchObject({ state: 'Started' });
		});

		it('C-033: no register, an old success or too short a history is warned of once each', async () => {
			await system();
			await checks('2025-06-20 09:00');
			expect((await subjects('backup.')).map(([key]) => key)).toEqual(['backup.none:P1:J01', 'backup.none:P1:group_leader']);
			const record = (lastOkDay: string, oldestDay: string) => fire('backup_entry', 'record', null, { project: 'P1', backedUpBy: 'company', frequency: '每日', lastOkDay, oldestDay }, 'J01');
			await expect(record('2025-06-21', '2025-01-10')).rejects.toMatchObject({ rule: 'C-033' });
			await expect(record('2025-06-19', '2025-06-20')).rejects.toMatchObject({ rule: 'C-033' });
			expect(await record('2025-06-19', '2025-04-19')).toMatchObject({ no: 'BF-P1', keeper: 'J01' });
			await checks('2025-06-20 10:00');
			await checks('2025-06-26 10:00');
			expect(await subjects('backup.old')).toEqual([]);
			await checks('2025-06-27 10:00');
			await checks('2025-06-28 10:00');
			expect((await subjects('backup.old')).map(([key]) => key)).toEqual(['backup.old:2025-06-19:P1:J01', 'backup.old:2025-06-19:P1:group_leader']);
			expect(await subjects('backup.short')).toEqual([]);
			now = at('2025-06-28 10:00');
			await record('2025-06-28', '2025-06-01');
			await checks('2025-06-28 11:00');
			expect(await subjects('backup.short:2025-06-01')).toHaveLength(2);
			await fire('backup_entry', 'end', 'BF-P1', { reason: '换设备' }, 'T01');
			await checks('2025-06-29 11:00');
			await checks('2025-06-30 11:00');
			expect(await subjects('backup.ended')).toHaveLength(2);
		});
	});

	describe('the customer', () => {
		it('C-005 C-001: a contract is kept with its terms; one that overlaps is said; ended early it ends there', async () => {
			const sign = (changes: object = {}) => fire('maintenance_contract', 'sign', null, { contractNo: 'HT10', customer: 'C002', asset: 'SN200', contractKind: 'per_visit', startDay: '2025-12-01', endDay: '2026-11-30', fee: 120000, visitsIncluded: 4, ...changes }, 'S01');
			expect(await sign()).toMatchObject({ no: 'BY-HT10', overlapping: 'HT01', state: 'Signed' });
			expect(await subjects('maintenance_contract.overlap')).toEqual([['maintenance_contract.overlap:BY-HT10', 'asm@test.local']]);
			expect(await database.store.load('contract', 'no', ['HT10'])).toMatchObject([{ customer: 'C002', contractKind: 'per_visit', fee: 120000, visitsIncluded: 4 }]);
			await expect(sign({ contractNo: 'HT01' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS', rule: 'C-005' });
			await expect(sign({ contractNo: 'HT11', endDay: '2025-11-01' })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
			await expect(sign({ contractNo: 'HT11', previous: 'HT77' })).rejects.toMatchObject({ rule: 'C-001' });
			expect(await sign({ contractNo: 'HT12', startDay: '2027-01-01', endDay: '2027-12-31', previous: 'HT10' })).toMatchObject({ overlapping: null, previous: 'HT10' });
			expect(await fire('maintenance_contract', 'terminate', 'BY-HT10', { endedDay: '2026-03-31', reason: '迁址' }, 'A01')).toMatchObject({ state: 'Terminated' });
			expect(await database.store.load('contract', 'no', ['HT10'])).toMatchObject([{ endDay: '2026-03-31' }]);
		});

		it('C-003: completion documents are whole or waived with a reason before the free maintenance begins', async () => {
			await system({ acceptedDay: null, freeEndDay: null });
			const check = (changes: object) => fire('completion_documents', 'check', null, { project: 'P1', acceptedDay: '2025-06-01', freeEndDay: '2026-05-31', checklist: '有 图纸\n缺 操作手册', ...changes }, 'S01');
			expect(await check({})).toMatchObject({ no: 'JG-P1', state: 'Incomplete' });
			const phase = async () => ((await buildProjects(database.store, await given())).json['projects'] as { phase: string }[])[0]?.phase;
			expect(await phase()).toBe('Accepted');
			expect(await check({ waived: '手册随后补' })).toMatchObject({ state: 'Complete' });
			expect(await phase()).toBe('InWarranty');
			await expect(check({})).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('C-002: the file has products, contracts and every paper of the customer in order of time, as far as one may read', async () => {
			await fire('call', 'register', null, { customerName: '郊区饭店', phone: '13800000002', address: '东郊 8 号', model: 'KF-35', serial: 'SN200', symptom: '不制冷' }, 'Y01', at('2025-06-09 09:00'));
			await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01', at('2025-06-09 09:10'));
			await fire('maintenance_contract', 'sign', null, { contractNo: 'HT10', customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2026-01-01', endDay: '2026-12-31' }, 'S01', at('2025-06-10 09:00'));
			const file = async (actor: string) => ((await buildCustomerFile(database.store, 'C002', actor, await given())).model.sheets[0]?.rows ?? []).map(({ kind, no }) => `${String(kind)} ${String(no)}`);
			const all = await file('A01');
			expect(all.filter((line) => /^(客户叫修|叫修|保养合同书)/.test(line)).length).toBeGreaterThanOrEqual(2);
			expect(all.at(-1)).toBe('保养合同书 BY-HT10');
			expect(await file('Y01')).not.toContain('保养合同书 BY-HT10');
			for (const stranger of ['J01', 'K01']) await expect(file(stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-030' });
			await expect(buildCustomerFile(database.store, 'C999', 'A01', await given())).rejects.toMatchObject({ rule: 'C-002' });
		});

		it('C-004: in warranty a fault of manufacture, assembly, design or material is not charged', async () => {
			await save('asset', { SN100: { customer: 'C001', model: 'KF-26', purchaseDay: '2024-07-01', warrantyEnd: '2025-06-30' } });
			await fire('call', 'register', null, { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷', humanDamage: true }, 'Y01', at('2025-06-09 09:00'));
			await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01', at('2025-06-09 09:10'));
			const report = (faultCause: string) => fire('call', 'reportVisit', 'BX202506-0001', { arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 11:30', problem: '不制冷', solution: '换件', faultCause, result: 'done', satisfaction: 'satisfied', signedBy: '王小姐', chargeLines: 'P001 1' }, 'J01', at('2025-06-09 12:00'));
			await fire('call', 'agree', 'BX202506-0001', { amount: 4000, consentBy: '王小姐' }, 'J01', at('2025-06-09 10:10'));
			await expect(report('material')).rejects.toMatchObject({ rule: 'C-004' });
			expect(await report('human')).toMatchObject({ state: 'AwaitCancel' });
		});

		it('C-023 C-024 C-026: key customers are visited in any company; an inspection is of a machine; a chance to sell goes to sales', async () => {
			const plan = (changes: object = {}) => fire('visit_plan', 'plan', null, { technician: 'J01', customer: 'C001', plannedDay: '2025-06-25', means: 'visit', ...changes }, 'B01');
			await expect(plan()).rejects.toMatchObject({ rule: 'T-043' });
			await save('customer', { C001: { name: '华联超市', phone: '13800000001', address: '中山路 1 号', keyCustomer: true } });
			await checks('2025-06-20 09:00');
			expect((await subjects('key_customer.due')).map(([key]) => key)).toEqual(['key_customer.due:2025-06:group_leader', 'key_customer.due:2025-06:service_director']);
			await expect(plan({ means: 'inspect', asset: 'SN200' })).rejects.toMatchObject({ rule: 'C-023' });
			const paper = await plan({ means: 'inspect', asset: 'SN100' });
			const report = (changes: object) => fire('visit_plan', 'report', String(paper['no']), { doneDay: '2025-06-25', result: '正常', ...changes }, 'J01', at('2025-06-25 15:00'));
			await expect(report({})).rejects.toMatchObject({ rule: 'C-023' });
			expect(await report({ usageState: '良好', opinions: '设计 门太重\n使用情况 每天 12 小时', opportunity: '想加一台' })).toMatchObject({ state: 'Done', opinions: [{ subject: 'design', opinion: '门太重' }, { subject: 'usage' }] });
			expect(await subjects('visit_plan.sales')).toEqual([[`visit_plan.sales:${String(paper['no'])}`, 'seller@test.local']]);
			await checks('2025-07-01 09:00');
			expect(await subjects('key_customer.due:2025-07')).toEqual([]);
			await checks('2026-01-01 09:00');
			expect(await subjects('key_customer.due:2026-01')).toHaveLength(2);
		});

		it('C-025: a training the contract promises and nobody recorded by its day is listed', async () => {
			await save('contract', { HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-12-31', trainingIncluded: true, trainingDueDay: '2025-06-19' } });
			await checks('2025-06-19 09:00');
			expect(await subjects('user_training')).toEqual([]);
			await checks('2025-06-20 09:00');
			expect((await subjects('user_training.due:2025-06')).length).toBe(2);
			const hold = (changes: object = {}) => fire('user_training', 'hold', null, { customer: 'C002', contract: 'HT01', day: '2025-06-20', stage: 'start', topics: '操作、保养', participants: '张三', trainer: 'J01', ...changes }, 'J01');
			await expect(hold({ trainer: 'X99' })).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'C-025' });
			await expect(hold({ customer: 'C001' })).rejects.toMatchObject({ rule: 'C-025' });
			const wrong = await hold();
			await fire('user_training', 'void', String(wrong['no']), { reason: '错' }, 'Z01');
			await hold();
			await checks('2025-07-20 09:00');
			expect(await subjects('user_training.due:2025-07')).toEqual([]);
		});

		it('C-020: forms offer the projects there are by name', async () => {
			await system();
			const page = await formPage(database.store, documentOf('handover'), 'begin', 'T01');
			expect(page.formFields).toMatchObject([{ fieldName: 'project', fieldType: 'dropdown', fieldOptions: { values: [{ option: 'P1｜订单系统' }] } }]);
		});
	});
});
