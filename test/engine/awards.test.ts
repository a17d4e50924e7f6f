import { runDailyChecks } from '../../engine/dailyChecks';
import { givenFor, SYSTEM } from '../../engine/engine';
import { buildAwardList } from '../../engine/awardReports';
import { formPage } from '../../engine/formPage';
import { buildAppraisals } from '../../engine/kpiReports';
import { documentOf } from '../../engine/registry';
import { saveRecords } from '../../engine/saveRecords';
import { readable } from '../../engine/visibility';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';

const people = {
	T01: { name: '组长', roles: 'group_leader', mail: 'leader@test.local', active: true },
	X01: { name: '销售总监', roles: 'sales_director', mail: 'sales@test.local', active: true },
	W01: { name: '管理委员会', roles: 'mgmt_committee', mail: 'committee@test.local', active: true },
	N01: { name: '新员工', roles: 'technician', mail: 'new@test.local', active: true, joinedDay: '2025-04-01', confirmedDay: null },
	K01: { name: '会计', roles: 'accountant', mail: 'finance@test.local', active: true },
	J01: { name: '李师傅', roles: 'technician', mail: 'tech1@test.local', active: true, joinedDay: '2020-01-01', confirmedDay: '2020-04-01' },
};

describe.each(databases)('awards on %s', (_name, open) => {
	let database: TestDatabase;
	let now: string;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save('person', people);
		await save('unit', { ZU1: { name: '维修一组', unitKind: 'group' } });
		now = at('2025-06-20 10:00');
	});
	afterEach(() => database.drop());

	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const fire = acting(() => database.store, () => now);
	const given = () => givenFor(database.store, { actor: SYSTEM, now });
	const propose = (awardKind: string, input: object = {}, actor = 'T01', when?: string) => fire('award', 'nominate', null, { awardKind, facts: '事实', ...(awardKind === 'team' || awardKind === 'optimisation' ? { unit: 'ZU1' } : { person: 'J01' }), ...input }, actor, when);
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start));
	const act = async (paper: Promise<Record<string, unknown>> | Record<string, unknown>, event: string, actor: string, input: object = {}, when?: string) => fire('award', event, String((await paper)['no']), input, actor, when);

	it('A-009 A-011: the best employee goes from the group to the manager and the general manager, who sets an amount inside the range', async () => {
		const paper = await propose('best');
		expect(paper).toMatchObject({ no: 'JL202506-0001', state: 'Nominated', period: '2025-06', nominator: 'T01' });
		await expect(act(paper, 'approve', 'G02', { amount: 30000 })).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await act(paper, 'review', 'A01')).toMatchObject({ state: 'ReadyToApprove', reviewedBy: 'A01' });
		await expect(act(paper, 'approve', 'A01', { amount: 30000 })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'A-009' });
		for (const amount of [50001, 9999]) await expect(act(paper, 'approve', 'G02', { amount })).rejects.toMatchObject({ rule: 'A-011', way: expect.stringContaining('100.00—500.00 元') as string });
		expect(await act(paper, 'approve', 'G02', { amount: 50000 })).toMatchObject({ state: 'Scheduled', amount: 50000, approvedBy: 'G02', payDay: '2025-07-10' });
		expect((await notices('award.approved')).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['tech1@test.local'], ['leader@test.local'], ['finance@test.local']]));
	});

	it('A-007 A-008: finance checks before the general manager; the others need no finance', async () => {
		const paper = await propose('engineer');
		expect(await act(paper, 'review', 'B01')).toMatchObject({ state: 'ManagerReviewed' });
		await expect(act(paper, 'approve', 'G02', { amount: 30000 })).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await expect(act(paper, 'check', 'A01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await act(paper, 'check', 'K01');
		expect((await notices(`award.ask:${String(paper['no'])}:ReadyToApprove`))).toHaveLength(1);
		expect(await act(paper, 'approve', 'G02', { amount: 100000 })).toMatchObject({ state: 'Scheduled', checkedBy: 'K01' });
		const learning = await propose('learning', { person: 'N01' }, 'N01');
		expect(await act(learning, 'review', 'B01')).toMatchObject({ state: 'ManagerReviewed' });
		await save('person', { K02: { name: '新会计', roles: 'accountant', mail: 'k2@test.local', active: true, joinedDay: '2025-05-01', confirmedDay: null } });
		const own = await propose('learning', { person: 'K02' });
		await act(own, 'review', 'B01');
		await expect(act(own, 'check', 'K02')).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'O-007' });
	});

	it('A-001: the team of the year is a group, 3000 to 5000, paid at year end', async () => {
		await expect(propose('team', { person: 'J01', unit: null })).rejects.toMatchObject({ rule: 'A-001' });
		await expect(propose('team', { unit: 'ZUX' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		const paper = await propose('team');
		expect(paper).toMatchObject({ period: '2025', unit: 'ZU1', person: null });
		await act(paper, 'review', 'A01');
		await expect(act(paper, 'approve', 'G02', { amount: 299999 })).rejects.toMatchObject({ rule: 'A-011' });
		expect(await act(paper, 'approve', 'G02', { amount: 300000 })).toMatchObject({ payDay: '2025-12-31' });
		const late = await propose('team', { period: '2024' });
		await act(late, 'review', 'A01');
		expect(await act(late, 'approve', 'G02', { amount: 300000 })).toMatchObject({ payDay: '2025-07-10' });
	});

	it('A-002 A-012: the employee of the year had no punishment of a warning or more; the manager declares what has no paper', async () => {
		const penalty = async (amount: number, when: string) => {
			const row = { no: `NF${when.slice(0, 4)}06-${amount}`, version: 1, createdAt: at(when), createdBy: 'system', updatedAt: at(when), state: 'Confirmed', person: 'J01', amount, reason: '违规', basis: 'V-049', paper: 'X', decidedBy: 'B01', decidedAt: at(when) };
			await database.store.insert('penalty_proposal', [row]);
		};
		await penalty(40000, '2024-12-31 12:00');
		await penalty(5000, '2025-03-01 12:00');
		const paper = await propose('employee', {}, 'B01');
		await expect(act(paper, 'review', 'A01')).rejects.toMatchObject({ rule: 'A-012' });
		await act(paper, 'review', 'A01', { cleanYear: true });
		await penalty(40000, '2025-06-19 12:00');
		await expect(act(paper, 'approve', 'G02', { amount: 100000 })).rejects.toMatchObject({ rule: 'A-012', message: expect.stringContaining('NF202506-40000') as string });
		await expect(propose('employee', { period: '2024' }, 'B01')).rejects.toMatchObject({ rule: 'A-012' });
		expect(await act(paper, 'refuse', 'G02', { reason: '受过处罚' })).toMatchObject({ state: 'Refused' });
		expect(await notices('award.closed')).toHaveLength(2);
	});

	it('A-003 A-017: a special contribution is one of five kinds; a saving of special value is a candidate at year end', async () => {
		await expect(propose('special', {}, 'J01')).rejects.toMatchObject({ code: 'FIELD_MISSING', rule: 'A-003' });
		const saving = await propose('saving', {}, 'J01');
		expect(saving).toMatchObject({ state: 'ReadyToApprove' });
		await expect(propose('special', { ground: 'innovation', source: saving['no'] }, 'J01')).rejects.toMatchObject({ rule: 'A-017' });
		await act(saving, 'approve', 'A01', { amount: 20000, specialValue: true });
		expect(await propose('special', { ground: 'innovation', source: saving['no'] }, 'J01')).toMatchObject({ state: 'Nominated', source: saving['no'] });
		await runDailyChecks(database.store, at('2025-11-30 10:00'));
		expect(await notices('award.yearly')).toEqual([]);
		await runDailyChecks(database.store, at('2025-12-01 10:00'));
		await runDailyChecks(database.store, at('2025-12-02 10:00'));
		const yearly = await notices('award.yearly:2025');
		expect(yearly).toHaveLength(4);
		expect(JSON.stringify(yearly[0]?.['body'])).toContain(String(saving['no']));
		expect((await buildAwardList(database.store, '2025-12')).model.sheets[1]?.rows).toMatchObject([{ no: saving['no'], nominee: 'J01 李师傅' }]);
		const best = await propose('best');
		await act(best, 'review', 'A01');
		await expect(act(best, 'approve', 'G02', { amount: 20000, specialValue: true })).rejects.toMatchObject({ rule: 'A-017' });
	});

	it('A-005 T-034: an adopted suggestion may start the award of who made it; declined or unasked it does not', async () => {
		await setting(database.store, 'staff.meetings', '是');
		const suggest = async () => String((await fire('suggestion', 'make', null, { content: '旧箱回收再用' }, 'Y01'))['no']);
		await fire('suggestion', 'adopt', await suggest(), { answer: '好' }, 'B01');
		await fire('suggestion', 'decline', await suggest(), { answer: '不行' }, 'B01');
		expect(await database.store.list('award', {})).toEqual([]);
		const no = await suggest();
		await fire('suggestion', 'adopt', no, { answer: '采用', award: true }, 'B01');
		const [paper] = await database.store.list('award', {});
		expect(paper).toMatchObject({ awardKind: 'saving', person: 'Y01', nominator: 'Y01', source: no, state: 'ReadyToApprove', facts: '旧箱回收再用（采用）' });
		expect(await act(paper as Record<string, unknown>, 'approve', 'B01', { amount: 5000 })).toMatchObject({ payDay: '2025-07-10' });
	});

	it('A-006 A-016: a recommendation is approved and paid only when the candidate is confirmed', async () => {
		await expect(propose('recommendation', {}, 'J01')).rejects.toMatchObject({ rule: 'A-006' });
		await expect(propose('recommendation', { candidate: 'X99' }, 'J01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		const paper = await propose('recommendation', { candidate: 'N01' }, 'J01');
		await expect(act(paper, 'approve', 'A01', { amount: 50000 })).rejects.toMatchObject({ rule: 'A-016' });
		await save('person', { N01: { ...people.N01, confirmedDay: '2025-06-15' } });
		await act(paper, 'approve', 'A01', { amount: 50000 });
		await save('person', { N01: { ...people.N01, confirmedDay: null } });
		await expect(act(paper, 'pay', 'K01', { paidDay: '2025-07-10' }, at('2025-07-10 10:00'))).rejects.toMatchObject({ rule: 'A-016' });
		await save('person', { N01: { ...people.N01, confirmedDay: '2025-06-15' } });
		expect(await act(paper, 'pay', 'K01', { paidDay: '2025-07-10' }, at('2025-07-10 10:00'))).toMatchObject({ state: 'Paid' });
		await expect(propose('recommendation', { candidate: 'N01', person: 'J02' }, 'B01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
	});

	it('A-016: learning progress is for who joined in the year and is, or just was, in probation', async () => {
		expect(await propose('learning', { person: 'N01' }, 'T01')).toMatchObject({ state: 'Nominated' });
		await expect(propose('learning', { person: 'J01' }, 'T01')).rejects.toMatchObject({ rule: 'A-016' });
		await expect(propose('learning', { person: 'J02' }, 'T01')).rejects.toMatchObject({ rule: 'A-016', message: expect.stringContaining('入职日期') as string });
		await save('person', { N01: { ...people.N01, confirmedDay: '2025-04-30' } });
		await expect(propose('learning', { person: 'N01', period: '2025-06' }, 'N01')).rejects.toMatchObject({ rule: 'A-016' });
		expect(await propose('learning', { person: 'N01', period: '2025-05' }, 'N01')).toMatchObject({ period: '2025-05' });
	});

	it('A-010 A-018: an optimisation award names a measure of an approved report that works; director, then committee', async () => {
		await expect(propose('optimisation')).rejects.toMatchObject({ rule: 'A-018' });
		await fire('optimisation_report', 'draw', null, { month: '2025-05', problems: '查询慢', measures: '2025-06-15 研发 J01 加索引' }, 'T01');
		await fire('optimisation_report', 'review', 'YH-202505', {}, 'X01');
		await fire('optimisation_report', 'approve', 'YH-202505', {}, 'W01');
		const [task] = await database.store.list('service_task', {});
		await expect(propose('optimisation', { source: task?.['no'] })).rejects.toMatchObject({ rule: 'A-010' });
		await fire('service_task', 'finish', String(task?.['no']), { doneDay: '2025-06-14', result: '快了十倍' }, 'J01');
		const paper = await propose('optimisation', { source: task?.['no'] });
		await expect(act(paper, 'review', 'A01')).rejects.toMatchObject({ rule: 'A-010' });
		await act(paper, 'review', 'X01');
		await expect(act(paper, 'approve', 'G02', { amount: 100 })).rejects.toMatchObject({ rule: 'A-010' });
		await expect(act(paper, 'approve', 'W01', { amount: 100001 })).rejects.toMatchObject({ rule: 'A-011' });
		expect(await act(paper, 'approve', 'W01', { amount: 100000 })).toMatchObject({ payDay: '2025-06-20' });
		await expect(propose('optimisation', { source: task?.['no'] })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
	});

	it('A-019: any good work may be rewarded, with reason and approver', async () => {
		await expect(propose('other', { unit: 'ZU1' })).rejects.toMatchObject({ rule: 'A-019' });
		const paper = await propose('other', { facts: '雨夜抢修' });
		await act(paper, 'review', 'A01');
		expect(await act(paper, 'approve', 'G02', { amount: 0 })).toMatchObject({ facts: '雨夜抢修', approvedBy: 'G02', amount: 0, payDay: '2025-07-10' });
	});

	it('A-013: the list of the 10th has what was approved by the end of the month before; late and unpaid ones are told', async () => {
		const approved = async (person: string, when: string) => {
			const paper = await propose('best', { person }, 'T01', when);
			await act(paper, 'review', 'A01', {}, when);
			return await act(paper, 'approve', 'G02', { amount: 20000 }, when);
		};
		const first = await approved('J01', at('2025-06-28 10:00'));
		const second = await approved('J02', at('2025-07-10 09:00'));
		expect([first['payDay'], second['payDay']]).toEqual(['2025-07-10', '2025-08-10']);
		await propose('best', { person: 'J01' }, 'T01', at('2025-07-01 09:00'));
		await runDailyChecks(database.store, at('2025-07-10 10:00'));
		expect((await notices('award.list')).map(({ key, recipients, body }) => [key, recipients, body])).toEqual([['award.list:2025-07', ['finance@test.local'], [[first['no'], expect.stringContaining('最佳员工 J01')]]]]);
		expect((await buildAwardList(database.store, '2025-07')).model.sheets[0]?.rows).toMatchObject([{ no: first['no'], amount: 20000, payDay: '2025-07-10', state: '待发放' }]);
		expect(await notices('award.late')).toEqual([]);
		await runDailyChecks(database.store, at('2025-07-11 10:00'));
		expect(await notices('award.late')).toHaveLength(2);
		now = at('2025-07-11 11:00');
		await expect(act(first, 'pay', 'K01', { paidDay: '2025-07-12' })).rejects.toMatchObject({ rule: 'A-013' });
		await act(first, 'pay', 'K01', { paidDay: '2025-07-11' });
		await expect(act(first, 'revoke', 'G02', { reason: '误' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
		expect(await act(first, 'undoPay', 'K01', { reason: '退票' })).toMatchObject({ state: 'Scheduled', paidDay: null });
		expect(await act(first, 'revoke', 'G02', { reason: '误' })).toMatchObject({ state: 'Revoked' });
		expect((await notices('award.revoked'))[0]).toMatchObject({ recipients: ['finance@test.local'] });
	});

	it('A-014: groups are asked on the last working day of the month, once, also after downtime', async () => {
		await runDailyChecks(database.store, at('2025-06-29 18:00'));
		expect(await notices('award.elect')).toEqual([]);
		await runDailyChecks(database.store, at('2025-06-30 08:00'));
		await runDailyChecks(database.store, at('2025-06-30 09:00'));
		await runDailyChecks(database.store, at('2025-07-03 09:00'));
		expect((await notices('award.elect')).map(({ key }) => key).sort()).toEqual(['award.elect:2025-06:after_sales_manager', 'award.elect:2025-06:group_leader', 'award.elect:2025-06:service_director']);
		await runDailyChecks(database.store, at('2025-09-02 09:00'));
		expect((await notices('award.elect:2025-08')).length).toBe(3);
		expect(await notices('award.elect:2025-07')).toEqual([]);
	});

	it('A-014 A-015: what the company has stopped giving it is not reminded of', async () => {
		for (const awardKind of ['best', 'team', 'employee', 'special']) {
			const no = String((await fire('award_change', 'draw', null, { awardKind, action: 'stop', explanation: '不评选' }, 'A01'))['no']);
			await fire('award_change', 'check', no, {}, 'K01');
			if (awardKind === 'special') {
				await runDailyChecks(database.store, at('2025-12-01 10:00'));
				expect(JSON.stringify((await notices('award.yearly:2025'))[0]?.['body'])).toMatch(/"特别贡献奖请于年底前/);
			}
			await fire('award_change', 'sign', no, {}, 'G02', at('2025-06-20 11:00'));
		}
		await runDailyChecks(database.store, at('2025-06-30 08:00'));
		await runDailyChecks(database.store, at('2026-12-01 08:00'));
		expect([...(await notices('award.elect:2025-06')), ...(await notices('award.yearly:2026'))]).toEqual([]);
	});

	it('A-015: a changed range counts from the general manager\'s signature; a stopped award is not proposed', async () => {
		const change = async (input: object) => String((await fire('award_change', 'draw', null, { awardKind: 'best', explanation: '物价', ...input }, 'A01'))['no']);
		await expect(change({ action: 'range' })).rejects.toMatchObject({ rule: 'A-015' });
		await expect(change({ action: 'range', minAmount: 80000, maxAmount: 10000 })).rejects.toMatchObject({ rule: 'A-015' });
		await expect(fire('award_change', 'draw', null, { awardKind: 'best', action: 'stop', explanation: 'x' }, 'B01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		const paper = await propose('best');
		await act(paper, 'review', 'A01');
		const no = await change({ action: 'range', minAmount: 10000, maxAmount: 80000 });
		await expect(fire('award_change', 'sign', no, {}, 'G02')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await fire('award_change', 'check', no, {}, 'K01');
		await expect(act(paper, 'approve', 'G02', { amount: 60000 })).rejects.toMatchObject({ rule: 'A-011' });
		await fire('award_change', 'sign', no, {}, 'G02');
		expect(await act(paper, 'approve', 'G02', { amount: 60000 })).toMatchObject({ amount: 60000 });
		const refused = await change({ action: 'stop' });
		expect(await fire('award_change', 'refuse', refused, { reason: '继续' }, 'K01')).toMatchObject({ state: 'Refused' });
		expect(await fire('award_change', 'cancel', await change({ action: 'stop' }), { reason: '不改' }, 'A01')).toMatchObject({ state: 'Cancelled' });
		const stop = await change({ action: 'stop' });
		await fire('award_change', 'check', stop, {}, 'K01');
		expect(await propose('best', { period: '2025-05' })).toMatchObject({ state: 'Nominated' });
		await fire('award_change', 'sign', stop, {}, 'G02', at('2025-06-21 10:00'));
		await expect(propose('best', { person: 'J02' }, 'T01', at('2025-06-22 10:00'))).rejects.toMatchObject({ rule: 'A-015' });
	});

	it('O-007 A-005: nobody proposes, reviews or approves what he may not: himself, twice, a period to come, another\'s', async () => {
		await expect(propose('engineer', { person: 'T01' })).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'A-007' });
		await expect(propose('best', {}, 'J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await expect(propose('best', { period: '2025-07' })).rejects.toMatchObject({ code: 'CONDITION_NOT_MET' });
		await expect(propose('best', { period: '2025' })).rejects.toMatchObject({ code: 'FIELD_INVALID' });
		const first = await propose('best', { period: '2025-06' });
		await expect(propose('best')).rejects.toMatchObject({ code: 'ALREADY_EXISTS', message: expect.stringContaining(String(first['no'])) as string });
		await expect(act(first, 'withdraw', 'A01', { reason: 'x' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await act(first, 'withdraw', 'T01', { reason: '重报' })).toMatchObject({ state: 'Withdrawn' });
		expect(await propose('best')).toMatchObject({ state: 'Nominated' });
		const own = await propose('saving', { person: 'A01' }, 'A01');
		await expect(act(own, 'approve', 'A01', { amount: 5000 })).rejects.toMatchObject({ rule: 'O-007' });
		const forJ02 = await propose('saving', { person: 'J02' }, 'A01');
		await expect(act(forJ02, 'approve', 'A01', { amount: 5000 })).rejects.toMatchObject({ rule: 'O-007' });
		expect(await act(own, 'approve', 'G02', { amount: 5000 })).toMatchObject({ state: 'Scheduled' });
		await expect(act(forJ02, 'refuse', 'K01', { reason: 'x' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
	});

	it('O-030: people see the awards they proposed or got; managers, finance and the general manager all', async () => {
		const seen = async (actor: string) => (await readable(database.store, documentOf('award'), (await givenFor(database.store, { actor, now })).actor)).map(({ column, value }) => [column, value]);
		expect(await seen('T01')).toEqual([[['person', 'nominator'], ['T01']]]);
		expect(await seen('J01')).toEqual([[['person', 'nominator'], ['J01']]]);
		expect([await seen('A01'), await seen('K01'), await seen('G02'), await seen('W01')]).toEqual([[], [], [], []]);
		await propose('best');
		await propose('saving', { person: 'J02' }, 'J02');
		expect((await formPage(database.store, documentOf('award'), 'withdraw', 'J02')).openPapers).toBe(1);
	});

	it('T-031: the month\'s sheet shows the awards approved in it, and points name papers of this person and month only', async () => {
		const paper = await propose('best');
		await act(paper, 'review', 'A01');
		await act(paper, 'approve', 'G02', { amount: 30000 });
		const other = await propose('saving', { person: 'J02' }, 'J02');
		await act(other, 'approve', 'A01', { amount: 5000 });
		now = at('2025-07-01 09:00');
		const { model } = await buildAppraisals(database.store, '2025-06', 'J01', await given());
		const no = 'KH-J01-202506';
		expect((await database.store.load('appraisal', 'no', [no]))[0]?.['awards']).toEqual([{ no: paper['no'], name: '最佳员工', amount: 30000 }]);
		expect(model.sheets[0]?.rows?.[0]?.['awards']).toBe(`${String(paper['no'])} 最佳员工 300.00 元`);
		const adjust = (source: string) => fire('appraisal', 'adjust', no, { adjustments: [{ kind: 'award', points: 5, source, reason: '最佳员工' }] }, 'B01');
		await expect(adjust(String(other['no']))).rejects.toMatchObject({ code: 'NOT_FOUND', rule: 'T-031', way: expect.stringContaining(String(paper['no'])) as string });
		expect(await adjust('行政通知 12')).toMatchObject({ state: 'Draft' });
		expect(await adjust(String(paper['no']))).toMatchObject({ state: 'Draft' });
		await fire('appraisal', 'confirm', no, {}, 'B01');
		expect(JSON.stringify((await notices(`appraisal.confirm:${no}`))[0]?.['body'])).toContain('最佳员工 300.00 元');
	});
});
