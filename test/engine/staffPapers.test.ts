import { apply, fireDueClocks, givenFor, SYSTEM } from '../../engine/engine';
import { runDailyChecks } from '../../engine/dailyChecks';
import { formPage } from '../../engine/formPage';
import { documentOf } from '../../engine/registry';
import { saveRecords } from '../../engine/saveRecords';
import { buildCustody, buildMonthDocuments, buildRepairProblems, buildVisitPlans, findCases } from '../../engine/technicianReports';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

describe.each(databases)('papers of staff and superiors on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save('person', {
			B01: { name: '部门经理', roles: 'dept_manager', mail: 'manager@test.local', active: true },
			L01: { name: '组长', roles: 'group_leader', mail: 'leader@test.local', active: true },
			C01: { name: '仓管', roles: 'storekeeper', active: true },
			H01: { name: '人事', roles: 'hr', active: true },
		});
		await save('unit', { ZX: { name: '城中中心', unitKind: 'center' } });
	});
	afterEach(() => database.drop());

	const fire = async (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string, when = '2025-06-09 10:00') => {
		const [outcome] = await apply(database.store, kind, event, [{ no, input }], { actor, now: at(when) });
		return (outcome as { document: Record<string, unknown> }).document;
	};
	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const choose = (key: string) => save('setting', { [key]: { key, value: '是', validFrom: '2025-01-01' } });
	const given = (when: string) => givenFor(database.store, { actor: SYSTEM, now: at(when) });
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start)).map(({ key, recipients }) => [String(key), ...(recipients as string[])]);

	it.each([
		['T-010', 'work_log', 'write', { person: 'J01', day: '2025-06-09', work: 'x' }, 'J01'],
		['T-014', 'case_note', 'write', { model: 'KF', fault: 'x', cause: 'x', method: 'x' }, 'J01'],
		['T-034', 'suggestion', 'make', { content: 'x' }, 'J01'],
		['T-035', 'site_plan', 'start', { project: 'x', customer: 'C001', steps: '2025-06-20 布线' }, 'J01'],
		['T-043', 'visit_plan', 'plan', { technician: 'J01', customer: 'C001', plannedDay: '2025-06-20', means: 'visit' }, 'B01'],
		['T-090', 'duty_shift', 'begin', { post: 'x', toAt: '2025-06-09 18:00' }, 'J01'],
		['T-092', 'attendance_exception', 'report', { person: 'J01', day: '2025-06-09', exceptionKind: 'late', reason: 'x' }, 'H01'],
	])('%s: %s is refused until the company chooses it, and says how', async (rule, kind, event, input, actor) => {
		await expect(fire(kind, event, null, input, actor)).rejects.toMatchObject({ rule, way: expect.stringContaining('改为“是”') as string });
	});

	it('T-010: who has no log at the day\'s end is reminded, the group leader gets the names next morning', async () => {
		await choose('worklog.required');
		expect(await fire('work_log', 'write', null, { person: 'J01', day: '2025-06-09', work: '巡检两处' }, 'J01')).toMatchObject({ no: 'RZ-J01-20250609' });
		await expect(fire('work_log', 'write', null, { person: 'J02', day: '2025-06-09', work: 'x' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'T-010' });
		await expect(fire('work_log', 'write', null, { person: 'J01', day: '2025-06-09', work: 'y' }, 'J01', '2025-06-10 09:00')).rejects.toMatchObject({ rule: 'T-010' });
		await runDailyChecks(database.store, at('2025-06-09 17:29'));
		expect((await notices('work_log')).filter(([key]) => key?.includes('2025-06-09'))).toEqual([]);
		await runDailyChecks(database.store, at('2025-06-10 08:30'));
		expect((await notices('work_log')).filter(([key]) => key?.endsWith('2025-06-09'))).toEqual([['work_log.missing:L01:2025-06-09', 'leader@test.local'], ['work_log.remind:J02:2025-06-09']]);
	});

	it('T-011: seven documents a month, each missing, handed in or late, by the engineer himself; reminded on the 5th', async () => {
		const handIn = (item: string, when = '2025-06-04 10:00', actor = 'J01') => fire('month_documents', 'handIn', null, { technician: 'J01', month: '2025-05', item }, actor, when);
		expect(await handIn('维修记录')).toMatchObject({ no: 'WD-J01-202505', state: 'Open', dueDay: '2025-06-05' });
		await expect(handIn('repairs')).rejects.toMatchObject({ rule: 'T-011', code: 'ALREADY_EXISTS' });
		await expect(handIn('travel', '2025-06-04 10:00', 'J02')).rejects.toMatchObject({ rule: 'T-011', code: 'NOT_ALLOWED' });
		await runDailyChecks(database.store, at('2025-06-04 23:59'));
		expect(await notices('month_documents')).toEqual([]);
		await runDailyChecks(database.store, at('2025-06-05 08:30'));
		expect(await notices('month_documents')).toEqual([['month_documents.remind:J01:2025-05', 'tech1@test.local'], ['month_documents.remind:J02:2025-05']]);
		await handIn('travel', '2025-06-05 23:59');
		await handIn('summary', '2025-06-06 00:00');
		const { model, json } = await buildMonthDocuments(database.store, '2025-05', await given('2025-06-06 10:00'));
		expect(model.sheets[0]?.rows).toMatchObject([{ name: '李师傅', repairs: '已交 06-04', travel: '已交 06-05', summary: '迟交 06-06', receipts: '未交' }, { name: '赵师傅', repairs: '未交' }]);
		expect(json).toMatchObject({ complete: 0, engineers: 2 });
		for (const item of ['feedback', 'delivery', 'receipts', 'service']) await handIn(item, '2025-06-06 09:00');
		expect(await database.store.load('month_documents', 'no', ['WD-J01-202505'])).toMatchObject([{ state: 'Complete' }]);
	});

	it('T-012: who leaves gives back or accounts for everything first, and acts no more', async () => {
		const item = { holder: 'J01', itemKind: '工具', item: '万用表', itemNo: 'WYB-1', quantity: 1 };
		const first = await fire('custody', 'issue', null, item, 'C01');
		const second = await fire('custody', 'issue', null, { ...item, item: '样机', itemKind: 'sample' }, 'C01');
		await expect(fire('custody', 'issue', null, { ...item, holder: 'X99' }, 'C01')).rejects.toMatchObject({ rule: 'T-012' });
		await fire('custody', 'issue', null, { ...item, holder: 'J02', dueDay: '2025-06-01' }, 'C01');
		const listed = (await buildCustody(database.store, null, await given('2025-06-09 12:00'))).model.sheets[0]?.rows;
		expect(listed?.map(({ holder, item: name, late }) => [holder, name, late])).toEqual([['J01 李师傅', '万用表', ''], ['J01 李师傅', '样机', ''], ['J02 赵师傅', '万用表', '是']]);
		expect((await buildCustody(database.store, 'J01', await given('2025-06-09 12:00'))).json).toMatchObject({ items: 2 });
		const list = await fire('leaving', 'start', null, { person: 'J01', lastDay: '2025-06-30' }, 'H01');
		expect(list).toMatchObject({ state: 'Blocked', open: [{ item: '万用表' }, { item: '样机' }] });
		await fire('custody', 'giveBack', String(first['no']), {}, 'C01');
		await expect(fire('leaving', 'leave', String(list['no']), {}, 'H01')).rejects.toMatchObject({ rule: 'T-012', message: expect.stringContaining('样机') as string });
		expect(await fire('custody', 'lose', String(second['no']), { lossReason: '运输损坏', lossAmount: 50000 }, 'C01')).toMatchObject({ state: 'Lost', endedDay: '2025-06-09' });
		expect(await fire('leaving', 'check', String(list['no']), {}, 'H01')).toMatchObject({ state: 'Clear', open: [] });
		await fire('leaving', 'leave', String(list['no']), {}, 'H01');
		await expect(fire('daily_report', 'submit', null, { technician: 'J01', day: '2025-06-09', lines: 'D 60' }, 'J01')).rejects.toMatchObject({ rule: 'O-001' });
	});

	it('O-007: a storekeeper does not issue to himself', async () => {
		await expect(fire('custody', 'issue', null, { holder: 'C01', itemKind: 'tool', item: '万用表', quantity: 1 }, 'C01')).rejects.toMatchObject({ rule: 'O-007' });
	});

	it('T-013: a data sheet is kept with its author and day, for a customer on file', async () => {
		const sheet = { customer: 'C001', subject: '费率资料', content: '峰谷电价' };
		expect(await fire('customer_data', 'file', null, sheet, 'J01')).toMatchObject({ author: 'J01', day: '2025-06-09', subject: 'rates', state: 'Filed' });
		await expect(fire('customer_data', 'file', null, { ...sheet, customer: 'C999' }, 'J01')).rejects.toMatchObject({ rule: 'T-013' });
	});

	it('T-014: cases are found by product and by fault or code', async () => {
		await choose('case.notes');
		const note = (model: string, faultCode: string, fault: string) => fire('case_note', 'write', null, { model, faultCode, fault, cause: '电容老化', method: '更换' }, 'J01');
		const [first] = [await note('KF-26', 'E1', '不启动'), await note('KF-35', 'E1', '不启动'), await note('KF-26', 'E4', '噪音大')];
		expect(await fire('case_note', 'share', String(first['no']), { sentDay: '2025-06-10' }, 'L01')).toMatchObject({ state: 'Shared', sentDay: '2025-06-10' });
		const found = async (model: string, fault: string) => ((await findCases(database.store, model, fault)).json['cases'] as { faultCode: string }[]).length;
		expect([await found('kf-26', ''), await found('KF', 'e1'), await found('KF-26', '噪音'), await found('BCD', '')]).toEqual([2, 2, 1, 0]);
	});

	it('T-032: a finding has who corrects it by when; an overdue one is pressed once; a clean check is done', async () => {
		expect(await fire('site_check', 'record', null, { place: '仓库', checkKind: '现场 5S' }, 'B01')).toMatchObject({ state: 'Closed', closedDay: '2025-06-09' });
		const check = { place: '仓库', checkKind: 'fiveS', finding: '通道堵塞' };
		await expect(fire('site_check', 'record', null, check, 'B01')).rejects.toMatchObject({ rule: 'T-032' });
		const open = await fire('site_check', 'record', null, { ...check, responsible: 'J01', correctionDay: '2025-06-11' }, 'B01');
		expect(await fireDueClocks(database.store, at('2025-06-12 00:00'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-12 00:01'))).toMatchObject([{ event: 'overdue' }]);
		expect(await fireDueClocks(database.store, at('2025-06-13 00:01'))).toEqual([]);
		expect(await notices('site_check.late')).toEqual([[`site_check.late:${String(open['no'])}:B01`, 'manager@test.local'], [`site_check.late:${String(open['no'])}:J01`, 'tech1@test.local']]);
		expect(await fire('site_check', 'close', String(open['no']), { correction: '已清理' }, 'B01', '2025-06-13 10:00')).toMatchObject({ state: 'Closed', late: true });
	});

	it('T-033: a due patrol is told to the person in charge; the next is three months after it was made', async () => {
		await fire('site_patrol', 'schedule', null, { site: 'ZX', technician: 'J01', dueDay: '2025-06-30' }, 'B01');
		expect(await fireDueClocks(database.store, at('2025-06-30 00:01'))).toMatchObject([{ event: 'remind' }]);
		expect(await notices('site_patrol')).toEqual([['site_patrol.due:XS-ZX:2025-06-30', 'tech1@test.local']]);
		expect(await fireDueClocks(database.store, at('2025-07-01 00:01'))).toEqual([]);
		const patrol = (actor: string) => fire('site_patrol', 'patrol', 'XS-ZX', { day: '2025-07-01', finding: '正常' }, actor, '2025-07-01 15:00');
		await expect(patrol('J02')).rejects.toMatchObject({ rule: 'T-033' });
		expect(await patrol('J01')).toMatchObject({ dueDay: '2025-10-01', history: [{ day: '2025-07-01', dueDay: '2025-06-30', by: 'J01' }] });
		expect(await fireDueClocks(database.store, at('2025-10-01 00:01'))).toMatchObject([{ event: 'remind' }]);
	});

	it('T-034: who passes a training is qualified from that day; a suggestion is answered by another; seminars are kept', async () => {
		await choose('staff.meetings');
		const held = { day: '2025-06-09', topic: '技术', skill: 'KF', trainer: '厂家', validTo: '2027-06-08', trainees: 'J01 合格 ZS-88\nJ02 不合格' };
		const training = await fire('training', 'record', null, held, 'B01');
		expect((await database.store.list('qualification', {})).filter(({ createdBy }) => createdBy === 'B01')).toMatchObject([{ no: `${String(training['no'])}-J01`, person: 'J01', skill: 'KF', certificate: 'ZS-88', validFrom: '2025-06-09', validTo: '2027-06-08' }]);
		await expect(fire('training', 'record', null, { ...held, trainees: 'X99 合格' }, 'B01')).rejects.toMatchObject({ rule: 'T-034', message: expect.stringContaining('X99') as string });
		await save('person', { L01: { roles: 'group_leader,service_director' } });
		const made = await fire('suggestion', 'make', null, { content: '备件车上常备电容' }, 'L01');
		await expect(fire('suggestion', 'adopt', String(made['no']), { answer: '好' }, 'L01')).rejects.toMatchObject({ rule: 'O-007' });
		expect(await fire('suggestion', 'adopt', String(made['no']), { answer: '采纳' }, 'B01')).toMatchObject({ state: 'Adopted', answeredBy: 'B01' });
		expect(await notices('suggestion')).toEqual([[`suggestion.answer:${String(made['no'])}`, 'leader@test.local']]);
		expect(await fire('meeting', 'record', null, { day: '2025-06-09', subject: '疑难故障', participants: 'J01、J02', experience: '先测电压' }, 'J01')).toMatchObject({ recorder: 'J01', state: 'Recorded' });
	});

	it('T-035: a plan has dated lines; late ones are listed to the leader once, done in any order', async () => {
		await choose('site.plan');
		const plan = await fire('site_plan', 'start', null, { project: '电视墙', customer: 'C001', steps: '2025-06-12 调试\n2025-06-10 布线' }, 'J01');
		const no = String(plan['no']);
		expect(plan['steps']).toMatchObject([{ dueDay: '2025-06-10', task: '布线' }, { dueDay: '2025-06-12', task: '调试' }]);
		expect(await fireDueClocks(database.store, at('2025-06-11 00:01'))).toMatchObject([{ event: 'tellLate' }]);
		expect(await fireDueClocks(database.store, at('2025-06-11 12:00'))).toEqual([]);
		expect(await database.store.load('notice', 'key', [`site_plan.late:${no}:2025-06-11`])).toMatchObject([{ body: [['2025-06-10', '布线']], recipients: ['tech1@test.local'] }]);
		expect(await fire('site_plan', 'finishStep', no, { line: 2, doneDay: '2025-06-11' }, 'J01', '2025-06-11 13:00')).toMatchObject({ state: 'Running', nextDueAt: null });
		await expect(fire('site_plan', 'finishStep', no, { line: 2, doneDay: '2025-06-11' }, 'J01', '2025-06-11 13:00')).rejects.toMatchObject({ rule: 'T-035' });
		expect(await fire('site_plan', 'finishStep', no, { line: 1, doneDay: '2025-06-11' }, 'J01', '2025-06-11 13:00')).toMatchObject({ state: 'Done' });
		await expect(fire('site_plan', 'accept', no, { acceptedBy: '刘经理' }, 'J01', '2025-06-12 09:00')).rejects.toMatchObject({ message: expect.stringContaining('还缺用户培训、原始资料') as string });
		expect(await fire('site_plan', 'accept', no, { acceptedBy: '刘经理', usersTrained: true, originals: '竣工图、合格证' }, 'J01', '2025-06-12 09:00')).toMatchObject({ state: 'Accepted', acceptedAt: at('2025-06-12 09:00') });
	});

	it('T-042: what repairers found is counted by model and fault, most frequent first', async () => {
		const base = { version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', call: 'X', customer: 'C001', technician: 'J01', plannedFinish: 'a', countersignedBy: 'w', state: 'Returned', finishedDay: '2025-06-09' };
		await database.store.insert('repair_card', [
			{ ...base, no: '1', asset: 'SN100', fault: '不启动', actualMinutes: 60, parts: [{ item: 'P001', quantity: 1 }] },
			{ ...base, no: '2', asset: 'SN200', fault: '漏水', actualMinutes: 30 },
			{ ...base, no: '3', asset: 'SN200', fault: '漏水', actualMinutes: 90, parts: [{ item: 'P002', quantity: 2 }] },
			{ ...base, no: '4', asset: 'SN200', fault: '漏水', actualMinutes: 90, finishedDay: '2025-07-01' },
		]);
		const { model } = await buildRepairProblems(database.store, '2025-06');
		expect(model.sheets[0]?.rows).toEqual([{ model: 'KF-35', fault: '漏水', count: 2, share: 2 / 3, minutes: 60, parts: '电路板×2' }, { model: 'KF-26', fault: '不启动', count: 1, share: 1 / 3, minutes: 60, parts: '压缩机×1' }]);
	});

	it('T-043: a planned visit is reported by its person; past its day it is late, with one reminder', async () => {
		await choose('visit.plan');
		const plan = () => fire('visit_plan', 'plan', null, { technician: 'J01', customer: 'C001', plannedDay: '2025-06-10', means: '面访' }, 'B01');
		const [inTime, late, dropped] = [await plan(), await plan(), await plan()];
		const report = (no: unknown, doneDay: string, actor = 'J01') => fire('visit_plan', 'report', String(no), { doneDay, result: '正常' }, actor, '2025-06-12 10:00');
		await expect(report(inTime['no'], '2025-06-10', 'L01')).rejects.toMatchObject({ rule: 'T-043' });
		await expect(report(inTime['no'], '2025-06-10', 'J02')).rejects.toMatchObject({ rule: 'O-030' });
		expect(await report(inTime['no'], '2025-06-10')).toMatchObject({ state: 'Done', late: false });
		expect(await fire('visit_plan', 'cancel', String(dropped['no']), { reason: '客户出差' }, 'B01')).toMatchObject({ state: 'Cancelled' });
		expect(await fireDueClocks(database.store, at('2025-06-11 00:01'))).toMatchObject([{ event: 'miss', no: late['no'] }]);
		expect(await notices('visit_plan')).toEqual([[`visit_plan.late:${String(late['no'])}`, 'tech1@test.local']]);
		const listed = async () => (await buildVisitPlans(database.store, '2025-06', 'J01')).model.sheets[0]?.rows?.map(({ customer, state, late: isLate }) => [customer, state, isLate]);
		expect(await listed()).toEqual([['C001 华联超市', '已走访', ''], ['C001 华联超市', '待走访', '是']]);
		expect(await report(late['no'], '2025-06-12')).toMatchObject({ state: 'Done', late: true });
		expect((await buildVisitPlans(database.store, '2025-06', null)).json).toMatchObject({ planned: 2, done: 2, late: 1 });
	});

	const route = () =>
		save('duty_point', {
			XJ2: { post: '配电室', step: 2, name: '1 号变压器', checkGroup: 'transformer', checks: '油温、声音' },
			XJ1: { post: '配电室', step: 1, name: '10kV 进线柜', checkGroup: 'high_voltage', highVoltage: true },
			XJ9: { post: '泵房', step: 1, name: '消防泵', checkGroup: 'environment' },
		});

	it('T-090: a shift takes the route of its post; what is out of order on a point goes to the director', async () => {
		await choose('duty.enabled');
		await expect(fire('duty_shift', 'begin', null, { post: '配电室', toAt: '2025-06-09 16:00' }, 'J01', '2025-06-09 08:00')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('配电室') as string });
		await route();
		const shift = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: '2025-06-09 16:00' }, 'J01', '2025-06-09 08:00');
		expect(shift['route']).toEqual([
			{ step: '1', point: '10kV 进线柜', checkGroup: '高压设备', checks: '（高压，每日一次）' },
			{ step: '2', point: '1 号变压器', checkGroup: '变压器', checks: '油温、声音' },
		]);
		const round = (exceptions: unknown) => fire('duty_shift', 'round', String(shift['no']), { finding: '见异常', exceptions }, 'J01', '2025-06-09 10:05');
		await expect(round([{ point: '消防泵', finding: '漏水' }])).rejects.toMatchObject({ code: 'NOT_FOUND', way: expect.stringContaining('1 号变压器') as string });
		expect(await round([{ point: '1 号变压器', finding: '油温 85 度' }])).toMatchObject({ exceptions: [{ at: at('2025-06-09 10:05'), point: '1 号变压器', checkGroup: '变压器', finding: '油温 85 度' }] });
		expect((await database.store.list('notice', {})).map(({ subject }) => subject)).toEqual(['巡检异常 配电室 J01']);
	});

	it('T-090: high voltage is looked at once a day, or the director hears of it the day after', async () => {
		await choose('duty.enabled');
		await route();
		const told = async (day: string) => {
			await runDailyChecks(database.store, at(`${day} 09:00`));
			return (await database.store.list('notice', {})).map(({ subject }) => String(subject)).filter((subject) => subject.startsWith('高压设备'));
		};
		const manned = async (day: string, highVoltage: boolean) => {
			const { no } = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: `${day} 16:00` }, 'J01', `${day} 08:00`);
			await fire('duty_shift', 'round', String(no), { finding: '正常', highVoltage }, 'J01', `${day} 10:00`);
		};
		await manned('2025-06-09', true);
		expect(await told('2025-06-10')).toEqual([]);
		await manned('2025-06-10', false);
		expect(await told('2025-06-11')).toEqual(['高压设备当日未巡检 配电室 2025-06-10']);
		expect(await told('2025-06-12')).toHaveLength(1);
	});

	it('T-090: rounds are not made in advance', async () => {
		await choose('duty.enabled');
		await route();
		const { no } = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: '2025-06-09 16:00' }, 'J01', '2025-06-09 08:00');
		const round = (when: string) => fire('duty_shift', 'round', String(no), { finding: '正常' }, 'J01', `2025-06-09 ${when}`);
		await round('09:50');
		await expect(round('09:51')).rejects.toMatchObject({ rule: 'T-090', code: 'CONDITION_NOT_MET' });
		expect(await round('11:50')).toMatchObject({ rounds: [{ doneAt: at('2025-06-09 09:50') }, { doneAt: at('2025-06-09 11:50') }, { doneAt: null }] });
	});

	it('T-090: rounds are due every two hours inside the shift; a missed one is listed', async () => {
		await choose('duty.enabled');
		await route();
		const shift = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: '2025-06-09 16:00' }, 'J01', '2025-06-09 08:00');
		expect((shift['rounds'] as { dueAt: string }[]).map(({ dueAt }) => dueAt)).toEqual(['10:00', '12:00', '14:00'].map((time) => at(`2025-06-09 ${time}`)));
		const no = String(shift['no']);
		await fire('duty_shift', 'round', no, { finding: '正常' }, 'J01', '2025-06-09 10:05');
		expect(await fireDueClocks(database.store, at('2025-06-09 13:59'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-09 14:01'))).toMatchObject([{ event: 'missRound' }]);
		expect(await fire('duty_shift', 'round', no, { finding: '正常' }, 'J01', '2025-06-09 14:05')).toMatchObject({ rounds: [{ missed: false }, { missed: true, doneAt: null }, { doneAt: at('2025-06-09 14:05') }], nextDueAt: null });
		await expect(fire('duty_shift', 'round', no, { finding: 'x' }, 'J01', '2025-06-09 15:00')).rejects.toMatchObject({ rule: 'T-090' });
	});

	it('T-091: the shift is handed to another by name; an open fault only with the leader\'s consent', async () => {
		await choose('duty.enabled');
		await route();
		const shift = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: '2025-06-09 16:00' }, 'J01', '2025-06-09 08:00');
		const handOver = (changes: object, actor = 'J01') => fire('duty_shift', 'handOver', String(shift['no']), { successor: 'J02', arrivedAt: '2025-06-09 15:55', tasks: '无', running: '正常', cleaned: true, ...changes }, actor, '2025-06-09 16:00');
		await expect(handOver({ successor: 'J01' })).rejects.toMatchObject({ rule: 'T-091' });
		await expect(handOver({ openFault: '2 号柜跳闸' })).rejects.toMatchObject({ rule: 'T-091', message: expect.stringContaining('2 号柜跳闸') as string });
		await expect(handOver({}, 'J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await handOver({ openFault: '2 号柜跳闸', leaderAgreed: 'L01' })).toMatchObject({ state: 'HandedOver', successor: 'J02', cameLate: true });
	});

	it('T-090 T-091: the place is cleaned every shift, the electrical boxes every week', async () => {
		await choose('duty.enabled');
		await route();
		const shift = async (day: string, changes: object) => {
			const { no } = await fire('duty_shift', 'begin', null, { post: '配电室', toAt: `${day} 16:00` }, 'J01', `${day} 08:00`);
			return await fire('duty_shift', 'handOver', String(no), { successor: 'J02', arrivedAt: `${day} 15:45`, tasks: '无', running: '正常', cleaned: true, ...changes }, 'J01', `${day} 16:00`);
		};
		const told = async () => (await database.store.list('notice', {})).filter(({ subject }) => String(subject).startsWith('电器箱一周未清洁')).length;
		await expect(shift('2025-06-09', { cleaned: false })).rejects.toMatchObject({ rule: 'T-090' });
		await shift('2025-06-10', { boxesCleaned: true });
		await shift('2025-06-16', {});
		expect(await told()).toBe(0);
		await shift('2025-06-18', {});
		expect(await told()).toBe(1);
	});

	it('T-092 O-007: an attendance exception is decided by a superior, never by who it is about', async () => {
		await choose('staff.attendance');
		const report = (who: string) => fire('attendance_exception', 'report', null, { person: who, day: '2025-06-09', exceptionKind: '迟到', reason: '堵车' }, 'H01');
		const paper = await report('J01');
		expect(await fire('attendance_exception', 'approve', String(paper['no']), { remark: '属实' }, 'B01')).toMatchObject({ state: 'Approved', decidedBy: 'B01' });
		const own = await report('B01');
		await expect(fire('attendance_exception', 'approve', String(own['no']), {}, 'B01')).rejects.toMatchObject({ rule: 'O-007' });
		expect(await fire('attendance_exception', 'refuse', String(own['no']), {}, 'Z01')).toMatchObject({ state: 'Refused' });
	});

	it('O-005 O-007: a new version supersedes the old one and its receivers are told; nobody reviews or approves his own', async () => {
		const input = { documentNo: 'WI-AS-002', revision: 'A', name: '售后服务作业指导书', reason: '首次发行', pages: '全部', receivers: 'J01 1\nZ01 2' };
		await expect(fire('controlled_document', 'draw', null, input, 'H01')).rejects.toMatchObject({ rule: 'O-005' });
		await choose('document.control');
		const issue = async (revision: string) => {
			await fire('controlled_document', 'draw', null, { ...input, revision }, 'B01');
			await expect(fire('controlled_document', 'review', `WI-AS-002-${revision}`, {}, 'B01')).rejects.toMatchObject({ rule: 'O-007' });
			await fire('controlled_document', 'review', `WI-AS-002-${revision}`, {}, 'Z01');
			await expect(fire('controlled_document', 'issue', `WI-AS-002-${revision}`, {}, 'B01')).rejects.toMatchObject({ rule: 'O-007' });
			await fire('controlled_document', 'issue', `WI-AS-002-${revision}`, {}, 'F01');
		};
		await issue('A');
		await issue('B');
		expect((await database.store.list('controlled_document', {})).map(({ no, state, approver }) => [no, state, approver])).toEqual([['WI-AS-002-A', 'Superseded', 'F01'], ['WI-AS-002-B', 'Issued', 'F01']]);
		expect(await notices('controlled_document.issue:WI-AS-002-B')).toEqual([['controlled_document.issue:WI-AS-002-B:J01', 'tech1@test.local'], ['controlled_document.issue:WI-AS-002-B:Z01', 'director@test.local']]);
		await expect(fire('controlled_document', 'draw', null, { ...input, revision: 'C', receivers: 'X99 1' }, 'B01')).rejects.toMatchObject({ message: expect.stringContaining('X99') as string });
	});

	it('O-008: the dispatch list shows who is on shift first', async () => {
		await save('shift', { PB1: { person: 'J02', fromAt: '2000-01-01T00:00:00.000Z', toAt: '2100-01-01T00:00:00.000Z' }, PB2: { person: 'J01', fromAt: '2000-01-01T00:00:00.000Z', toAt: '2000-01-02T00:00:00.000Z' } });
		await fire('call', 'register', null, { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', symptom: '不制冷' }, 'system');
		const listed = async () => (await formPage(database.store, documentOf('call'), 'assign', 'Z01')).formFields.find(({ fieldName }) => fieldName === 'technician')?.fieldOptions?.values.map(({ option }) => option);
		expect(await listed()).toEqual(['J01｜李师傅', 'J02｜赵师傅']);
		await choose('staff.shifts');
		expect(await listed()).toEqual(['J02｜赵师傅（在班）', 'J01｜李师傅']);
	});
});
