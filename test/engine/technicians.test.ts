import { apply, givenFor, SYSTEM } from '../../engine/engine';
import { runDailyChecks } from '../../engine/dailyChecks';
import { formPage } from '../../engine/formPage';
import { importSheets } from '../../engine/importSheets';
import { masterData as targets } from '../../engine/importTargets';
import { documentOf } from '../../engine/registry';
import { saveRecords } from '../../engine/saveRecords';
import { buildAppraisals, buildKpi } from '../../engine/kpiReports';
import { directorReports, draftDailyReport, weekDue, weeklyRecords, weeklyReports } from '../../engine/technicianReports';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const CALL = 'BX202506-0001';
const visit = { arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 11:30', problem: '不制冷', solution: '补充冷媒', result: 'done', satisfaction: 'satisfied', signedBy: '王小姐' };

describe.each(databases)('technicians on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = async (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string, when: string) => {
		const [outcome] = await apply(database.store, kind, event, [{ no, input }], { actor, now: at(when) });
		return (outcome as { document: Record<string, unknown> }).document;
	};
	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const given = (when: string) => givenFor(database.store, { actor: SYSTEM, now: at(when) });
	const set = (key: string, value: string) => save('setting', { [key]: { key, value, validFrom: '2025-01-01' } });

	async function serve(when = '2025-06-09 12:00') {
		await fire('call', 'register', null, { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' }, 'system', '2025-06-09 09:00');
		await fire('call', 'assign', CALL, { technician: 'J01' }, 'Z01', '2025-06-09 09:10');
		await fire('call', 'reportVisit', CALL, visit, 'J01', when);
	}
	const submit = (lines: unknown, changes: object = {}, actor = 'J01', when = '2025-06-09 17:00') => fire('daily_report', 'submit', null, { technician: 'J01', day: '2025-06-09', lines, ...changes }, actor, when);

	describe('daily reports', () => {
		it('T-001: goes in once, comes back with a reason, goes in again as a new version and is filed', async () => {
			await serve();
			const report = await submit(`C 90 ${CALL} 补充 冷媒\nD 60 - 部门 会议`);
			expect(report).toMatchObject({ no: 'RB-J01-20250609', state: 'Submitted', version: 1, minutesC: 90, minutesD: 60, total: 150, onTime: true, mark: null, summary: 'C 1.5小时 D 1小时' });
			expect(report['lines']).toMatchObject([{ call: CALL, note: '补充 冷媒' }, { type: 'D', call: null, note: '部门 会议' }]);
			await expect(submit('D 60')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await expect(fire('daily_report', 'sendBack', 'RB-J01-20250609', { reason: '' }, 'Z01', '2025-06-09 18:00')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await fire('daily_report', 'sendBack', 'RB-J01-20250609', { reason: '缺少地点' }, 'Z01', '2025-06-09 18:00');
			expect(await submit('D 60 - 会议室', {}, 'J01', '2025-06-10 09:00')).toMatchObject({ state: 'Submitted', version: 3, onTime: true, returnReason: null });
			expect(await fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z01', '2025-06-10 10:00')).toMatchObject({ state: 'Reviewed', reviewedBy: 'Z01' });
		});

		it('T-001: is refused for another person, a day to come, no lines, nothing spent, a missing call and more than 24 hours', async () => {
			await serve();
			await expect(submit('D 60', { technician: 'J02' })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'T-001' });
			await expect(submit('D 60', { day: '2025-06-10' })).rejects.toMatchObject({ rule: 'T-001' });
			await expect(submit([])).rejects.toMatchObject({ code: 'FIELD_MISSING', rule: 'T-001' });
			await expect(submit('D 0')).rejects.toMatchObject({ code: 'FIELD_INVALID', message: expect.stringContaining('第 1 行') as string });
			await expect(submit('A 60')).rejects.toMatchObject({ rule: 'T-001', message: expect.stringContaining('没有叫修编号') as string });
			await expect(submit('A 60 BX999')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('BX999') as string });
			await expect(submit('D 1440\nD 1')).rejects.toMatchObject({ message: expect.stringContaining('24 小时') as string });
			expect(await submit('D 1440', {}, 'J01', '2025-06-09 17:31')).toMatchObject({ onTime: false });
		});

		it('O-007: nobody reviews his own report; O-001: nor one of another unit', async () => {
			await save('unit', { A: { name: '甲', unitKind: 'branch', parent: 'G' }, B: { name: '乙', unitKind: 'branch', parent: 'G' }, G: { name: '总', unitKind: 'company' } });
			await save('person', { J01: { unit: 'A', roles: 'technician,service_director' }, Z01: { unit: 'B' } });
			await submit('D 60');
			await expect(fire('daily_report', 'review', 'RB-J01-20250609', {}, 'J01', '2025-06-09 18:00')).rejects.toMatchObject({ rule: 'O-007' });
			await expect(fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z01', '2025-06-09 18:00')).rejects.toMatchObject({ rule: 'O-001' });
		});

		it('T-006: the draft comes from the visit; what is reported differently is marked', async () => {
			await serve();
			expect(await draftDailyReport(database.store, 'J01', '2025-06-09')).toMatchObject({ linesText: `C 90 ${CALL} 补充冷媒`, state: null, technicianName: '李师傅' });
			expect(await submit(`C 150 ${CALL}`)).toMatchObject({ differences: [{ call: CALL, recorded: 90, reported: 150 }], mark: expect.stringContaining('实际 90 分、填报 150 分') as string });
			expect((await draftDailyReport(database.store, 'J01', '2025-06-09')).linesText).toBe(`C 150 ${CALL}`);
			await expect(draftDailyReport(database.store, 'Z01', '2025-06-09')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});

		it('T-001 T-003: who has not reported is reminded half an hour after closing, his director gets the names next morning; once, also after downtime', async () => {
			await submit('D 60');
			const keys = async () => (await database.store.list('notice', {})).map(({ key }) => String(key)).filter((key) => key.includes('2025-06-09')).sort();
			await runDailyChecks(database.store, at('2025-06-09 17:59'));
			expect(await keys()).toEqual([]);
			await runDailyChecks(database.store, at('2025-06-09 18:00'));
			expect(await keys()).toEqual(['daily_report.remind:J02:2025-06-09']);
			await runDailyChecks(database.store, at('2025-06-12 10:00'));
			await runDailyChecks(database.store, at('2025-06-12 10:05'));
			expect(await keys()).toEqual(['daily_report.missing:Z01:2025-06-09', 'daily_report.remind:J02:2025-06-09', 'director_report.remind:Z01:2025-06-09']);
			expect(await database.store.load('notice', 'key', ['daily_report.missing:Z01:2025-06-09'])).toMatchObject([{ recipients: ['director@test.local'], body: [['J02', '赵师傅']] }]);
		});

		it('T-002: in weekly mode there is one workbook a technician, to his manager, and no daily list', async () => {
			await set('report.tech_cycle', 'weekly');
			await save('person', { B01: { name: '部门经理', roles: 'dept_manager', mail: 'manager@test.local', active: true } });
			await submit('D 60');
			expect([weekDue(await given('2025-06-13 16:59')), weekDue(await given('2025-06-13 17:00')), weekDue(await given('2025-06-16 09:00'))]).toEqual(['2025-06-06', '2025-06-13', '2025-06-13']);
			const books = await weeklyReports(database.store, '2025-06-13', null, await given('2025-06-13 17:00'));
			expect(books.map(({ json }) => json)).toMatchObject([{ technician: 'J01', to: 'manager@test.local', from: '2025-06-07' }, { technician: 'J02' }]);
			expect(books[0]?.model.sheets[0]?.rows).toMatchObject([{ day: '2025-06-09', type: 'D', minutes: 60 }]);
			await runDailyChecks(database.store, at('2025-06-10 10:00'));
			expect((await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith('daily_report.missing'))).toEqual([]);
		});

		it('T-005: the manager\'s record of the week counts calls and minutes of his people', async () => {
			await save('person', { B01: { name: '部门经理', roles: 'dept_manager', active: true } });
			await serve();
			await submit(`C 90 ${CALL}`);
			const [book] = await weeklyRecords(database.store, '2025-06-13', await given('2025-06-13 17:00'));
			expect(book?.json).toMatchObject({ manager: 'B01', calls: 1, to: 'manager@test.local' });
			expect(book?.model.sheets[0]?.rows).toMatchObject([{ name: '李师傅', calls: 1, minutesC: 90 }, { name: '赵师傅', calls: 0, total: 0 }]);
		});
	});

	describe('the director\'s report', () => {
		const fill = (when = '2025-06-09 18:30', actor = 'Z01') => fire('director_report', 'submit', null, { director: 'Z01', day: '2025-06-09' }, actor, when);
		const act = (event: string, actor: string, input: Record<string, unknown> = {}) => fire('director_report', event, 'ZB-Z01-20250609', input, actor, '2025-06-09 19:00');

		it('T-003: adds up what is reviewed, names the rest, may be filled in again and goes to the service department', async () => {
			await save('person', { FW1: { name: '服务部', roles: 'service_dept', mail: 'dept@test.local', active: true } });
			await submit('D 60');
			expect(await fill()).toMatchObject({ total: 0, missing: [{ technician: 'J01', why: 'unreviewed' }, { technician: 'J02', why: 'missing' }], needsStamp: false });
			await fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z01', '2025-06-09 18:40');
			expect(await fill()).toMatchObject({ total: 60, minutesD: 60, missing: [{ technician: 'J02' }], summary: '1 小时，缺报：赵师傅' });
			expect(await act('send', 'Z01')).toMatchObject({ state: 'SentToServiceDept', sentAt: at('2025-06-09 19:00') });
			expect(await database.store.load('notice', 'key', ['director_report.send:ZB-Z01-20250609'])).toMatchObject([{ recipients: ['dept@test.local'] }]);
			await expect(fill()).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			expect((await directorReports(database.store, '2025-06-09', null))[0]?.model.sheets[0]).toMatchObject({ rows: [{ name: '李师傅', minutesD: 60 }], notes: ['缺报：赵师傅'] });
			await expect(directorReports(database.store, '2025-06-10', 'Z01')).rejects.toMatchObject({ rule: 'T-003' });
		});

		it('T-003: nobody fills in another\'s report', async () => {
			await save('person', { Z02: { name: '另一主任', roles: 'service_director', active: true } });
			await expect(fill('2025-06-09 18:30', 'Z02')).rejects.toMatchObject({ rule: 'T-003', code: 'NOT_ALLOWED' });
		});

		it('T-004: a branch\'s report needs its manager\'s stamp, by somebody else than who filled it in; a centre\'s skips it', async () => {
			await save('person', { M01: { name: '分公司经理', roles: 'branch_manager', unit: 'FG', mail: 'branch@test.local', active: true }, M02: { name: '别的经理', roles: 'branch_manager', unit: 'FG2', active: true } });
			await fill();
			await expect(act('stamp', 'M01')).rejects.toMatchObject({ rule: 'T-004' });
			await save('unit', { GS: { name: '总公司', unitKind: 'company' }, FG: { name: '分公司', unitKind: 'branch', parent: 'GS' }, FG2: { name: '另一分公司', unitKind: 'branch', parent: 'GS' } });
			await save('person', { Z01: { unit: 'FG' } });
			expect(await fill()).toMatchObject({ needsStamp: true, unit: 'FG' });
			await expect(act('send', 'Z01')).rejects.toMatchObject({ rule: 'T-004' });
			await expect(act('stamp', 'M02')).rejects.toMatchObject({ rule: 'O-001' });
			await act('sendBack', 'M01', { reason: '人员不全' });
			await fill();
			expect((await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith('director_report.stamp')).map(({ recipients }) => recipients)).toEqual([['branch@test.local'], ['branch@test.local']]);
			expect(await act('stamp', 'M01')).toMatchObject({ state: 'StampedByManager', stampedBy: 'M01' });
			expect(await act('send', 'Z01')).toMatchObject({ state: 'SentToServiceDept' });
		});

		it('O-007: a manager who is also the director does not stamp his own report', async () => {
			await save('unit', { GS: { name: '总公司', unitKind: 'company' }, FG: { name: '分公司', unitKind: 'branch', parent: 'GS' } });
			await save('person', { Z01: { unit: 'FG', roles: 'service_director,branch_manager' } });
			await fill();
			await expect(act('stamp', 'Z01')).rejects.toMatchObject({ rule: 'O-007' });
		});
	});

	describe('ratings, indicators and appraisals', () => {
		const ticks = { call: CALL, attitude: '很满意', skill: '满意', arrival: '很满意', promise: '一般' };
		const rate = (changes: object = {}, actor = 'Y01') => fire('rating', 'give', null, { ...ticks, ...changes }, actor, '2025-06-10 09:00');

		it('T-020: four items on four levels, for a technician who was there, once a call', async () => {
			await serve();
			await expect(rate({ attitude: '极好' })).rejects.toMatchObject({ code: 'FIELD_INVALID', message: expect.stringContaining('态度') as string });
			await expect(rate({ promise: '' })).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await expect(rate({ call: 'BX9' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
			expect(await rate()).toMatchObject({ no: `PJ-${CALL}`, technician: 'J01', attitude: 'very_satisfied' });
			await expect(rate()).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('O-007: the technician does not enter his own rating', async () => {
			await serve();
			await save('person', { J01: { roles: 'technician,receptionist' } });
			await expect(rate({}, 'J01')).rejects.toMatchObject({ rule: 'O-007' });
		});

		it('T-060: numerator, denominator and value for company, units and people; n/a says why', async () => {
			await save('unit', { FW: { name: '服务部', unitKind: 'department' } });
			await save('person', { J01: { unit: 'FW' } });
			await serve();
			await rate();
			await submit(`C 90 ${CALL}`);
			await fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z01', '2025-06-09 18:00');
			const { kpis, model } = await buildKpi(database.store, '2025-06', await given('2025-06-10 09:00'));
			const value = (key: string, subject = 'J01') => kpis.find((row) => row.key === key && row.subject === subject);
			expect(value('calls')).toMatchObject({ numerator: 1, denominator: 1, value: 1 });
			expect(value('sla')).toMatchObject({ numerator: 1, denominator: 1 });
			expect(value('same_day')).toMatchObject({ numerator: 1, denominator: 1 });
			expect(value('arrival')).toMatchObject({ numerator: 60, denominator: 1, value: 60 });
			expect(value('rating_promise')).toMatchObject({ numerator: 2, denominator: 1 });
			expect(value('rating')).toMatchObject({ numerator: 13, denominator: 4, value: 3.25 });
			expect(value('hours_c', 'FW')).toMatchObject({ subjectKind: 'unit', numerator: 90, value: 1.5 });
			expect(value('reports')).toMatchObject({ numerator: 1, denominator: 5 }); // 2 June is a holiday
			expect(value('reports', '')).toMatchObject({ numerator: 1, denominator: 10 });
			expect(value('sla', 'J02')).toMatchObject({ denominator: 0, value: null, note: '没有数据' });
			expect(value('hotline', '')).toMatchObject({ value: null, note: '没有数据' });
			expect(value('complaints_upheld', '')).toMatchObject({ denominator: 0, value: null });
			const indicators = new Set(kpis.map(({ key }) => key)).size;
			expect(model.sheets.map(({ rows }) => rows?.length)).toEqual([indicators, indicators, 2 * indicators]);
		});

		it('T-060: complaints upheld of those decided, for the person they name', async () => {
			const complain = async (customerPhone: string, verdict: string) => {
				const { no } = await fire('complaint', 'register', null, { family: 'service', customerName: '华联超市', phone: customerPhone, content: 'x', personConcerned: 'J01' }, 'Y01', '2025-06-09 09:00');
				if (verdict !== '') await fire('complaint', 'resolve', String(no), { verdict, result: 'x', informedBy: 'letter' }, 'Z01', '2025-06-10 09:00');
			};
			await complain('13800000001', 'upheld');
			await complain('13800000002', 'not_justified');
			await complain('13800000003', '');
			const { kpis } = await buildKpi(database.store, '2025-06', await given('2025-07-01 09:00'));
			expect(kpis.find(({ key, subject }) => key === 'complaints_upheld' && subject === 'J01')).toMatchObject({ numerator: 1, denominator: 2 });
		});

		it('T-060: a complaint about J011 is not one about J01', async () => {
			await save('person', { J011: { name: '李师傅明', roles: 'technician', active: true } });
			for (const personConcerned of ['J011', '李师傅明', '上门的J01', '李师傅态度差']) await fire('complaint', 'register', null, { family: 'service', customerName: '华联超市', phone: '13800000001', content: 'x', personConcerned }, 'Y01', '2025-06-09 09:00');
			const { kpis } = await buildKpi(database.store, '2025-06', await given('2025-07-01 09:00'));
			expect(['J01', 'J011'].map((code) => kpis.find(({ key, subject }) => key === 'complaints' && subject === code)?.numerator)).toEqual([2, 2]);
		});

		it('T-021 T-031: the month\'s sheet has the ratings, takes awards and penalties, and is confirmed by the head and sent to the person', async () => {
			await save('person', { B01: { name: '部门经理', roles: 'dept_manager', active: true } });
			await serve();
			await rate();
			const fine = (no: string, state: string, decidedAt: string) => ({ no, version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', person: 'J01', amount: 5000, reason: '离开前未请示', basis: 'V-049', paper: CALL, state, decidedBy: 'B01', decidedAt: at(decidedAt) });
			await database.store.insert('penalty_proposal', [fine('NF1', 'Confirmed', '2025-06-20 10:00'), fine('NF2', 'Dropped', '2025-06-20 10:00'), fine('NF3', 'Confirmed', '2025-07-01 00:00')]);
			await buildAppraisals(database.store, '2025-06', null, await given('2025-07-01 08:00'));
			const act = (event: string, input: Record<string, unknown>, actor = 'B01') => fire('appraisal', event, 'KH-J01-202506', input, actor, '2025-07-01 09:00');
			const [drawn] = await database.store.load('appraisal', 'no', ['KH-J01-202506']);
			expect(drawn?.['penalties']).toEqual([{ no: 'NF1', amount: 5000, reason: '离开前未请示' }]);
			expect(drawn).toMatchObject({ state: 'Draft', sheet: 'staff', lines: expect.arrayContaining([expect.objectContaining({ key: 'rating', basis: '1 次评价，平均 3.25', points: 8125 })]) as unknown });
			const adjusted = await act('adjust', { adjustments: '奖励 5 BY-001 客户表扬\n处罚 2 - 迟到' });
			expect(adjusted['points']).toBe(Number(drawn?.['basePoints']) + 300);
			const { json, model } = await buildAppraisals(database.store, '2025-06', 'J01', await given('2025-07-02 08:00'));
			expect(json['people']).toMatchObject([{ no: 'KH-J01-202506', points: Number(adjusted['points']) / 100 }]);
			expect(model.sheets[0]?.rows).toMatchObject([{ person: 'J01 李师傅', adjustments: '+5 客户表扬（BY-001）；-2 迟到', penalties: 'NF1 50.00 元：离开前未请示' }]);
			await act('confirm', { comment: '良好' });
			expect(await database.store.load('notice', 'key', ['appraisal.confirm:KH-J01-202506'])).toMatchObject([{ recipients: ['tech1@test.local'] }]);
			await buildAppraisals(database.store, '2025-06', null, await given('2025-07-03 08:00'));
			expect(await database.store.load('appraisal', 'no', ['KH-J01-202506'])).toMatchObject([{ state: 'Confirmed', comment: '良好' }]);
		});

		it('O-007: nobody confirms his own appraisal', async () => {
			await save('person', { J01: { roles: 'technician,dept_manager' } });
			await buildAppraisals(database.store, '2025-06', 'J01', await given('2025-07-01 08:00'));
			await expect(fire('appraisal', 'confirm', 'KH-J01-202506', {}, 'J01', '2025-07-01 09:00')).rejects.toMatchObject({ rule: 'O-007' });
		});

		it('T-030: a group leader is judged by his group where the company chose so', async () => {
			await set('kpi.leader_sheet', '是');
			await save('unit', { ZU: { name: '组', unitKind: 'group' } });
			await save('person', { L01: { name: '组长', roles: 'group_leader', unit: 'ZU', active: true }, J01: { unit: 'ZU' } });
			await serve();
			await rate();
			await database.store.insert('inspection', [{ no: 'XJ1', version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', project: 'GC1', month: '2025-06', keeper: 'L01', inspector: 'L01', late: false, state: 'Done' }]);
			const { json } = await buildAppraisals(database.store, '2025-06', 'L01', await given('2025-07-01 08:00'));
			expect(json['people']).toMatchObject([{ person: 'L01' }]);
			expect(await database.store.load('appraisal', 'no', ['KH-L01-202506'])).toMatchObject([{ sheet: 'leader', lines: expect.arrayContaining([expect.objectContaining({ key: 'rating', points: 8125 }), expect.objectContaining({ key: 'inspections', points: 10000, basis: '1 / 1' })]) as unknown }]);
		});
	});

	describe('deputies', () => {
		it('T-070 O-004: stands in for the director while the period runs; audit, form page and mails show it', async () => {
			const header = ['代理编号', '被代理人工号', '代理人工号', '代理开始', '代理结束', '角色'];
			const sheet = (rows: string[][]) => [{ name: '职务代理', rows: [header, ...rows].map((cells, index) => ({ number: index + 1, cells })) }];
			const wrong = await importSheets(database.store, sheet([['DL1', 'Z01', 'J02', '明天', '2025-06-10 17:30', '']]), targets(), 'whole', { actor: SYSTEM, now: at('2025-06-01 08:00') });
			expect(wrong.findings).toMatchObject([{ header: '代理开始', code: 'NOT_A_DAY' }]);
			await importSheets(database.store, sheet([['DL1', 'Z01', 'J02', '2025-06-09 08:30', '2025-06-10 17:30', '']]), targets(), 'whole', { actor: SYSTEM, now: at('2025-06-01 08:00') });
			await submit('D 60');
			await expect(fire('daily_report', 'review', 'RB-J01-20250609', {}, 'J02', '2025-06-10 17:30')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await fire('daily_report', 'review', 'RB-J01-20250609', {}, 'J02', '2025-06-10 17:29');
			expect((await database.store.load('audit', 'no', ['RB-J01-20250609'])).map(({ actor, acting }) => [actor, acting])).toEqual([['J01', null], ['J02', 'Z01 王主任']]);
		});

		it('T-070: a director stands in for another: fills in his report and reviews his people', async () => {
			await save('unit', { GS: { name: '总公司', unitKind: 'company' }, A: { name: '甲', unitKind: 'center', parent: 'GS' }, B: { name: '乙', unitKind: 'center', parent: 'GS' } });
			await save('person', { Z01: { unit: 'A' }, J01: { unit: 'A' }, Z02: { name: '另一主任', roles: 'service_director', unit: 'B', active: true } });
			await submit('D 60');
			const review = () => fire('daily_report', 'review', 'RB-J01-20250609', {}, 'Z02', '2025-06-09 18:00');
			await expect(review()).rejects.toMatchObject({ rule: 'O-001' });
			await save('deputy', { DL1: { person: 'Z01', deputy: 'Z02', fromAt: at('2025-06-09 00:00'), toAt: at('2025-06-10 00:00') } });
			expect(await review()).toMatchObject({ state: 'Reviewed', reviewedBy: 'Z02' });
			expect(await fire('director_report', 'submit', null, { director: 'Z01', day: '2025-06-09' }, 'Z02', '2025-06-09 18:30')).toMatchObject({ director: 'Z01', unit: 'A', total: 60 });
		});

		it('O-001: a form lists the reports of one\'s own units', async () => {
			await save('unit', { GS: { name: '总公司', unitKind: 'company' }, A: { name: '甲', unitKind: 'center', parent: 'GS' }, B: { name: '乙', unitKind: 'center', parent: 'GS' } });
			await save('person', { Z01: { unit: 'A' }, J01: { unit: 'A' }, J02: { unit: 'B' }, Z00: { name: '总部主任', roles: 'service_director', unit: 'GS', active: true } });
			await submit('D 60');
			await submit('D 60', { technician: 'J02' }, 'J02');
			const listed = async (actor: string) => (await formPage(database.store, documentOf('daily_report'), 'sendBack', actor)).openPapers;
			expect([await listed('Z01'), await listed('Z00')]).toEqual([1, 2]);
		});

		it('T-070: the form page says for whom one acts, and mails to the role reach the deputy', async () => {
			await save('deputy', { DL1: { person: 'Z01', deputy: 'J01', fromAt: '2000-01-01T00:00:00.000Z', toAt: '2100-01-01T00:00:00.000Z' } });
			await submit('D 60');
			expect((await formPage(database.store, documentOf('daily_report'), 'sendBack', 'J01')).formDescription).toContain('您正在代理 Z01 王主任 的职务');
			await fire('complaint', 'register', null, { family: 'service', customerName: '刘女士', phone: '136', content: '态度差' }, 'system', '2025-06-06 15:00');
			expect((await database.store.list('notice', {})).find(({ rule }) => rule === 'K-003')?.['recipients']).toEqual(['tech1@test.local', 'director@test.local']);
		});
	});
});
