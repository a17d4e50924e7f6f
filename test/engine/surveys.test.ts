import { apply, fireDueClocks, givenFor, SYSTEM } from '../../engine/engine';
import { runDailyChecks, type DailyCheck } from '../../engine/dailyChecks';
import { saveRecords } from '../../engine/saveRecords';
import { buildKpi } from '../../engine/kpiReports';
import { buildSurveySummary } from '../../engine/surveyReports';
import { addressOf, readLink } from '../../engine/pageLinks';
import { documentOf } from '../../engine/registry';
import type { Row } from '../../engine/store';
import { readable } from '../../engine/visibility';
import { answerPage, type PageRequest } from '../../pages/site';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';

const items = { attitude: 'satisfied', skill: 'satisfied', arrival: 'fair', promise: 'very_satisfied' };
const visit = { arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 11:30', problem: '不制冷', solution: '补充冷媒', result: 'done', satisfaction: 'satisfied', signedBy: '王小姐' };

describe.each(databases)('asking customers on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await save('person', { D01: { name: '服务部', roles: 'service_dept', mail: 'dept@test.local', active: true }, L01: { name: '组长', roles: 'group_leader', mail: 'leader@test.local', active: true }, X01: { name: '销售', roles: 'sales', active: true } });
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => at('2025-06-10 10:00'));
	const save = (kind: string, rows: Record<string, Record<string, unknown>>) =>
		database.store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start)).map(({ subject, recipients }) => [String(subject), ...(recipients as string[])]);
	const register = async (changes: object = {}, when = '2025-06-09 09:00') =>
		String((await fire('call', 'register', null, { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷', ...changes }, 'Y01', at(when)))['no']);
	const serve = async (no: string) => {
		await fire('call', 'assign', no, { technician: 'J01' }, 'Z01', at('2025-06-09 09:10'));
		await fire('call', 'reportVisit', no, visit, 'J01', at('2025-06-09 12:00'));
	};
	const nextDay = (when = '2025-06-10 09:00') => runDailyChecks(database.store, at(when));
	/** A card that has gone out. */
	const sent = async (mail: string | null = 'customer@test.local') => {
		await save('customer', { C001: { mail } });
		const no = await register();
		await serve(no);
		await nextDay();
		return `DC-${no}`;
	};

	describe('cards', () => {
		it('S-001: the next working day the service department gets the register of each service point', async () => {
			await save('unit', { ZX: { name: '城中中心', unitKind: 'center' } });
			const first = await register({ unit: 'ZX' }, '2025-06-06 09:00');
			await register({ serial: 'SN200', phone: '13800000002' }, '2025-06-06 15:00');
			await nextDay('2025-06-07 09:00');
			expect(await notices('survey.register')).toEqual([]);
			await nextDay('2025-06-09 09:00');
			await nextDay('2025-06-09 10:00');
			expect((await notices('survey.register')).sort()).toEqual([['叫修登记 公司 2025-06-06 共 1 件', 'dept@test.local'], ['叫修登记 城中中心 2025-06-06 共 1 件', 'dept@test.local']]);
			const [mail] = (await database.store.list('notice', {})).filter(({ key }) => key === 'survey.register:ZX:2025-06-06');
			expect(JSON.stringify(mail?.['body'])).toContain(`"${first}","09:00 华联超市`);
		});

		it('S-002: as many cards as calls; a voided call counts, one that is the same as another does not', async () => {
			const [kept, wrong, same] = [await register(), await register({}, '2025-06-09 10:00'), await register({}, '2025-06-09 11:00')];
			await fire('call', 'void', wrong, { reason: '客户取消' }, 'Z01');
			await expect(fire('call', 'void', same, { reason: '重复', duplicateOf: 'BX0' }, 'Z01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
			await fire('call', 'void', same, { reason: '重复', duplicateOf: kept }, 'Z01');
			await nextDay();
			await nextDay('2025-06-11 09:00');
			expect((await database.store.list('survey_card', {})).map(({ no, state }) => [no, state])).toEqual([[`DC-${kept}`, 'Waiting'], [`DC-${wrong}`, 'ToPost']]);
			await expect(fire('survey_card', 'open', null, { call: same, means: 'card' }, 'D01')).rejects.toMatchObject({ rule: 'S-002' });
		});

		it('S-002 S-004: 17 calls are 17 cards, for goods also when less is set; both ways are asked when chosen', async () => {
			for (let index = 0; index < 17; index++) await register({ serial: null, phone: `139000000${10 + index}` });
			await setting(database.store, 'survey.coverage_pct', '50');
			await setting(database.store, 'survey.mode', 'both');
			await nextDay();
			const cards = await database.store.list('survey_card', {});
			expect([cards.filter(({ means }) => means === 'card').length, cards.filter(({ means }) => means === 'phone').length]).toEqual([17, 17]);
		});

		it('S-001 S-002: calls of the day before a long holiday are registered and asked about after it', async () => {
			await setting(database.store, 'general.holidays', Array.from({ length: 8 }, (_value, index) => `2025-10-0${index + 1}`).join(','));
			const last = await register({}, '2025-09-30 16:00');
			const during = await register({ serial: null, phone: '13900000011' }, '2025-10-01 10:00');
			await nextDay('2025-10-09 09:00');
			expect((await database.store.list('survey_card', {})).map(({ call }) => call)).toEqual([last, during]);
			expect((await notices('survey.register')).map(([subject]) => subject).sort()).toEqual(['叫修登记 公司 2025-09-30 共 1 件', '叫修登记 公司 2025-10-01 共 1 件']);
		});

		it('S-001: the register goes out also where nobody is asked', async () => {
			await setting(database.store, 'survey.mode', 'none');
			await register();
			await nextDay();
			expect(await notices('survey.register')).toHaveLength(1);
		});

		it('S-002: a call that turns out to be the same as another after its card was opened is not asked about', async () => {
			const [kept, same] = [await register(), await register({}, '2025-06-09 11:00')];
			await nextDay();
			await fire('call', 'void', same, { reason: '重复', duplicateOf: kept }, 'Z01');
			await nextDay('2025-06-10 11:00');
			expect(await one('survey_card', `DC-${same}`)).toMatchObject({ state: 'Withdrawn', outcome: expect.stringContaining(kept) as string });
		});

		it('S-002: a card that cannot be opened does not keep the other checks from running', async () => {
			const no = await register();
			await nextDay();
			const card = await one('survey_card', `DC-${no}`);
			await database.store.transaction((transaction) => transaction.replace('survey_card', [{ ...card, calledDay: '2025-01-01' }]));
			const other = await register({ serial: null, phone: '13900000011' }, '2025-06-09 15:00');
			await nextDay('2025-06-10 10:00');
			expect(await one('survey_card', `DC-${other}`)).toMatchObject({ state: 'Waiting' });
		});

		it('S-002: a company of another kind may ask fewer, and none where it does not ask', async () => {
			for (let index = 0; index < 4; index++) await register({ serial: null, phone: `139000000${10 + index}` });
			await setting(database.store, 'general.profile', 'project');
			await setting(database.store, 'survey.coverage_pct', '50');
			await setting(database.store, 'survey.mode', 'none');
			await nextDay();
			expect(await database.store.list('survey_card', {})).toEqual([]);
			await setting(database.store, 'survey.mode', 'card');
			await nextDay();
			expect(await database.store.list('survey_card', {})).toHaveLength(2);
		});

		it('S-003: the link in the mail opens that card only; four items, or no technician came', async () => {
			const card = await sent();
			expect(await one('survey_card', card)).toMatchObject({ state: 'Sent', technician: 'J01', mail: 'customer@test.local' });
			expect(await notices('survey.sent')).toEqual([['请评价我们的服务 BX202506-0001', 'customer@test.local']]);
			const { settings } = await givenFor(database.store, { actor: SYSTEM, now: at('2025-06-10 09:00') });
			const href = await addressOf(database.store, { page: 'card', no: card, person: '' }, { address: 'https://x', now: at('2025-06-10 09:00'), settings });
			const t = href.split('t=')[1] ?? '';
			expect(await readLink(database.store, t, at('2025-06-11 09:00'))).toMatchObject({ page: 'card', no: card });
			const answer = async (fields: PageRequest['fields'] | null, query: Record<string, string> = {}) => String((await answerPage(database.store, { method: fields === null ? 'GET' : 'POST', query: { t, ...query }, fields: fields ?? {}, files: [] }, { now: at('2025-06-11 09:00'), address: 'x' })).body);
			expect(await answer(null, { p: 'work', kind: 'call', no: 'BX202506-0001' })).toContain('请评价我们的服务');
			expect(await answer({ attitude: 'satisfied', key: 'a' })).toContain('缺少评价：技术、到达时间、答应事情的办理');
			expect(await answer({ key: 'b' })).toContain('技术员没有上门');
			expect(await answer({ ...items, opinionKind: 'complaint', opinion: '  ', key: 'c' })).toContain('没有写内容');
			expect(await answer({ ...items, opinionKind: 'suggestion', opinion: '早一点来', key: 'd' })).toContain('谢谢您的意见');
			expect(await answer({ ...items, key: 'e' })).toContain('已经收到');
			expect(await one('survey_card', card)).toMatchObject({ state: 'Answered', answeredBy: 'system', opinion: '早一点来' });
			expect(await one('rating', 'PJ-BX202506-0001')).toMatchObject({ technician: 'J01', ...items, remark: '早一点来' });
			await expect(readLink(database.store, t, at('2025-08-01 09:00'))).rejects.toMatchObject({ code: 'LINK_EXPIRED' });
		});

		it('S-003: no rating is needed when no technician came', async () => {
			const card = await sent();
			expect(await fire('survey_card', 'answer', card, { noTechnician: true }, 'H01')).toMatchObject({ state: 'Answered' });
			expect(await database.store.list('rating', {})).toEqual([]);
		});

		it('S-004: a card does not go out before the work is done, whoever asks for it', async () => {
			const no = await register();
			await nextDay();
			expect(await fire('survey_card', 'release', `DC-${no}`, {}, 'D01')).toMatchObject({ state: 'Waiting', sentAt: null });
			await serve(no);
			expect(await fire('survey_card', 'release', `DC-${no}`, {}, 'D01')).toMatchObject({ state: 'ToPost', technician: 'J01' });
		});

		it('S-006 K-002: a complaint on a card is a case of its own, the mark counts as well', async () => {
			const card = await sent();
			expect(await fire('survey_card', 'answer', card, { ...items, opinionKind: 'complaint', opinion: '弄脏地板' }, 'H01')).toMatchObject({ state: 'Answered', outcome: '已登记投诉' });
			expect(await database.store.list('complaint', {})).toMatchObject([{ family: 'service', content: '弄脏地板', source: card, personConcerned: 'J01' }]);
			expect(await database.store.list('rating', {})).toHaveLength(1);
		});

		it('S-007: one reminder on day 7, closed on day 30, and still taken when it comes later', async () => {
			const card = await sent();
			const fired = async (when: string) => (await fireDueClocks(database.store, at(when))).filter(({ kind }) => kind === 'survey_card').map(({ event }) => event);
			expect(await fired('2025-06-16 23:59')).toEqual([]);
			expect(await fired('2025-06-17 00:01')).toEqual(['remind']);
			expect(await fired('2025-06-20 09:00')).toEqual([]);
			expect(await notices('survey.reminded')).toEqual([['提醒：请评价我们的服务 BX202506-0001', 'customer@test.local']]);
			expect(await fired('2025-07-09 23:59')).toEqual([]);
			expect(await fired('2025-07-10 00:01')).toEqual(['expire']);
			expect(await one('survey_card', card)).toMatchObject({ state: 'NoAnswer' });
			expect(await fire('survey_card', 'answer', card, items, 'H01', at('2025-07-15 09:00'))).toMatchObject({ state: 'Answered' });
		});

		it('S-007 T-060: a card without a mail address is posted; the return rate counts what went out', async () => {
			const card = await sent(null);
			expect(await one('survey_card', card)).toMatchObject({ state: 'ToPost' });
			await fireDueClocks(database.store, at('2025-06-17 09:00'));
			expect(await notices('survey.reminded')).toEqual([[`客户意见还没有寄出 ${card}`, 'dept@test.local']]);
			await fire('survey_card', 'post', card, {}, 'D01', at('2025-06-18 09:00'));
			const rate = async () => (await buildKpi(database.store, '2025-06', await givenFor(database.store, { actor: SYSTEM, now: at('2025-07-01 09:00') }))).kpis.find(({ key, subject }) => key === 'survey' && subject === 'J01');
			expect(await rate()).toMatchObject({ numerator: 0, denominator: 1, value: 0 });
			await fire('survey_card', 'answer', card, items, 'H01', at('2025-06-20 09:00'));
			expect(await rate()).toMatchObject({ numerator: 1, denominator: 1 });
		});

		it('K-002 S-006: a suggestion is no complaint, but somebody has to look at it', async () => {
			const card = await sent();
			expect(await fire('survey_card', 'answer', card, { ...items, opinionKind: 'suggestion', opinion: '预约时发短信' }, 'H01')).toMatchObject({ outcome: '已请服务主任跟进' });
			expect(await database.store.list('complaint', {})).toEqual([]);
			expect(await database.store.list('follow_up', {})).toMatchObject([{ subject: '客户建议 BX202506-0001', content: '华联超市 13800000001：预约时发短信', source: card }]);
		});

		it('S-008: the lowest mark on any item is a task for the director at once, who is pressed when it waits', async () => {
			const card = await sent();
			await fire('survey_card', 'answer', card, { ...items, skill: 'not_satisfied' }, 'H01');
			const [task] = await database.store.list('follow_up', {});
			expect(task).toMatchObject({ taskKind: 'follow_up', source: card, dueDay: '2025-06-11', content: expect.stringContaining('技术不满意') as string });
			expect(await notices('follow_up.open')).toEqual([[`跟进 ${String(task?.['no'])} 低分跟进 BX202506-0001`, 'director@test.local']]);
			await fireDueClocks(database.store, at('2025-06-12 09:00'));
			await fireDueClocks(database.store, at('2025-06-13 09:00'));
			expect(await notices('follow_up.late')).toHaveLength(1);
			await expect(fire('follow_up', 'finish', String(task?.['no']), { result: 'x' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('follow_up', 'finish', String(task?.['no']), { result: '已致歉并复修' }, 'Z01')).toMatchObject({ state: 'Done' });
		});

		it('O-007: the technician does not enter what is said about him', async () => {
			const card = await sent();
			await save('person', { J01: { roles: 'technician,follow_up' } });
			await expect(fire('survey_card', 'answer', card, items, 'J01')).rejects.toMatchObject({ rule: 'O-007' });
		});
	});

	describe('phone', () => {
		const toCall = async () => {
			await setting(database.store, 'survey.mode', 'phone');
			const no = await register();
			await nextDay();
			const waiting = await one('survey_card', `DH-${no}`);
			await serve(no);
			await fire('call', 'close', no, {}, 'Y01', at('2025-06-10 11:00'));
			await nextDay('2025-06-10 12:00');
			return { no, waiting, card: `DH-${no}` };
		};

		it('S-004 S-020: each closed call is a phone task; not solved opens the call again', async () => {
			const { no, waiting, card } = await toCall();
			expect(waiting).toMatchObject({ state: 'Waiting' });
			expect(await one('survey_card', card)).toMatchObject({ state: 'ToCall', technician: 'J01' });
			await expect(fire('survey_card', 'answer', card, items, 'H01')).rejects.toMatchObject({ rule: 'S-020' });
			expect(await fire('survey_card', 'answer', card, { solved: 'unsolved', opinion: '还是不制冷' }, 'H01')).toMatchObject({ state: 'Waiting', outcome: '叫修已重新处理' });
			expect(await one('call', no)).toMatchObject({ state: 'WithDispatcher' });
			expect(await database.store.list('return_visit', {})).toMatchObject([{ call: no, result: 'unsolved', caller: 'H01' }]);
		});

		it('S-004 S-020: not solved is asked again when the call is done again', async () => {
			const { no, card } = await toCall();
			await fire('survey_card', 'answer', card, { solved: 'unsolved', opinion: '还是不制冷' }, 'H01');
			await nextDay('2025-06-10 13:00');
			expect(await one('survey_card', card)).toMatchObject({ state: 'Waiting', opinion: '还是不制冷' });
			await fire('call', 'assign', no, { technician: 'J02' }, 'Z01', at('2025-06-11 09:00'));
			await fire('call', 'reportVisit', no, { ...visit, arrivedAt: '2025-06-11 10:00', leftAt: '2025-06-11 11:00' }, 'J02', at('2025-06-11 12:00'));
			await nextDay('2025-06-11 13:00');
			expect(await one('survey_card', card)).toMatchObject({ state: 'ToCall', technician: 'J02', attempts: 0, solved: null });
			expect(await fire('survey_card', 'answer', card, { solved: 'solved', ...items }, 'H01', at('2025-06-11 14:00'))).toMatchObject({ state: 'Answered' });
			expect(await one('rating', `PJ-${no}`)).toMatchObject({ technician: 'J02' });
		});

		it('S-020: solved is kept as a return visit; not reached is tried three times', async () => {
			const { no, card } = await toCall();
			expect(await fire('survey_card', 'notReached', card, {}, 'H01')).toMatchObject({ state: 'ToCall', attempts: 1 });
			await fire('survey_card', 'notReached', card, {}, 'H01');
			expect(await fire('survey_card', 'notReached', card, {}, 'H01')).toMatchObject({ state: 'NoAnswer', attempts: 3 });
			expect(await fire('survey_card', 'answer', card, { solved: 'solved', ...items }, 'H01')).toMatchObject({ state: 'Answered', outcome: null });
			expect(await one('call', no)).toMatchObject({ state: 'Closed', solvedAt: expect.any(String) as string });
		});
	});

	it('S-008 O-030: a technician reads tasks given to him, not what customers say about others', async () => {
		const card = await sent();
		await fire('survey_card', 'answer', card, { ...items, skill: 'not_satisfied' }, 'H01');
		await fire('follow_up', 'plan', null, { subject: '到达', content: 'x', holder: 'J01', dueDay: '2025-06-20' }, 'Z01');
		const read = async (actor: string) => {
			const given = await givenFor(database.store, { actor, now: at('2025-06-10 09:00') });
			return (await database.store.list('follow_up', { where: await readable(database.store, documentOf('follow_up'), given.actor) })).map(({ taskKind }) => taskKind);
		};
		expect(await readable(database.store, documentOf('work_log'), (await givenFor(database.store, { actor: 'J02', now: at('2025-06-10 09:00') })).actor)).toMatchObject([{ column: ['person'], value: ['J02'] }]);
		expect([await read('J01'), await read('J02'), await read('Z01')]).toEqual([['measure'], [], ['follow_up', 'measure']]);
	});

	it('S-005: a measure has an owner and a day; overdue reminds the owner and the director once', async () => {
		const measure = { subject: '到达时间', content: '郊区增设晚班', holder: 'J01', dueDay: '2025-06-20', source: '2025-05' };
		await expect(fire('follow_up', 'plan', null, { ...measure, holder: 'J99' }, 'Z01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(fire('follow_up', 'plan', null, { ...measure, dueDay: '2025-06-09' }, 'Z01')).rejects.toMatchObject({ rule: 'S-005' });
		const { no } = await fire('follow_up', 'plan', null, measure, 'Z01');
		expect(await notices('follow_up.plan')).toEqual([[`改进措施 ${String(no)} 到达时间`, 'tech1@test.local']]);
		expect(await fireDueClocks(database.store, at('2025-06-20 23:59'))).toEqual([]);
		await fireDueClocks(database.store, at('2025-06-21 00:01'));
		expect((await notices('follow_up.late')).map(([, to]) => to)).toEqual(['tech1@test.local', 'director@test.local']);
		await fire('follow_up', 'handOver', String(no), { holder: 'J02' }, 'Z01');
		await expect(fire('follow_up', 'finish', String(no), { result: 'x' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		expect(await fire('follow_up', 'finish', String(no), { result: '已增设' }, 'J02')).toMatchObject({ state: 'Done' });
	});

	it('S-005 S-007: the month\'s summary counts levels and returns, lists opinions and measures', async () => {
		const card = await sent();
		await register({ serial: null, phone: '13900000009' }, '2025-06-10 08:40');
		await nextDay('2025-06-11 09:00');
		await fire('survey_card', 'answer', card, { ...items, skill: 'not_satisfied', opinionKind: 'complaint', opinion: '弄脏地板' }, 'H01', at('2025-06-11 10:00'));
		await fire('follow_up', 'plan', null, { subject: '鞋套', content: '上门穿鞋套', holder: 'J01', dueDay: '2025-06-20' }, 'Z01', at('2025-06-11 11:00'));
		await setting(database.store, 'visit.plan', '是');
		await fire('visit_plan', 'plan', null, { technician: 'J01', customer: 'C001', plannedDay: '2025-06-20', means: 'visit' }, 'Z01', at('2025-06-11 11:00'));
		const { model, json } = await buildSurveySummary(database.store, '2025-06');
		expect(json).toEqual({ month: '2025-06', sent: 1, answered: 1, complaints: 1 });
		expect(model.sheets.map(({ rows }) => rows)).toMatchObject([
			[{ item: '态度', satisfied: 1 }, { item: '技术', not_satisfied: 1, satisfied: 0 }, { item: '到达时间', fair: 1 }, { item: '答应事情的办理', very_satisfied: 1 }],
			[{ technician: '李师傅（J01）', sent: 1, answered: 1, low: 1, complaints: 1 }],
			[{ customerName: '华联超市', kind: '抱怨', opinion: '弄脏地板', outcome: '已登记投诉；已请服务主任跟进' }],
			[{ customer: 'C001', visitor: '李师傅（J01）', state: '待走访' }],
			[{ subject: '鞋套', holder: '李师傅（J01）', state: '待处理' }],
		]);
	});

	describe('surveys of all customers', () => {
		it('K-073: again is counted from answer to answer, not to the day it is verified', async () => {
			const verify = async (period: string, when: string, verified: string) => {
				const { no } = await fire('survey_round', 'draw', null, { surveyKind: 'sales', period, closeDay: '2027-12-31' }, 'D01', at(when));
				await fire('service_survey', 'answer', `${String(no)}-C001`, { answers: [{ subject: '服务', level: 'fair' }], problem: '断线', problemCode: 'P1' }, 'X01', at(when));
				await fire('service_survey', 'verify', `${String(no)}-C001`, { isTrue: true, finding: '属实', responsible: 'J01' }, 'Z01', at(verified));
			};
			await verify('1', '2025-06-01 09:00', '2025-06-01 10:00');
			await verify('2', '2026-05-25 09:00', '2026-06-10 09:00');
			expect((await database.store.list('penalty_proposal', {})).map(({ amount }) => amount)).toEqual([5000, 10000]);
		});

		it('S-010: the same survey of a period is not begun twice', async () => {
			const begin = () => fire('survey_round', 'draw', null, { surveyKind: 'periodic', period: '2025 上半年', closeDay: '2025-07-31' }, 'D01');
			await begin();
			await expect(begin()).rejects.toMatchObject({ code: 'ALREADY_EXISTS', rule: 'S-010' });
		});

		const draw = (surveyKind: string, changes: object = {}) => fire('survey_round', 'draw', null, { surveyKind, period: '2025 年上半年', closeDay: '2025-06-30', ...changes }, 'D01');

		it('S-009 K-071 K-072 K-073 K-075: what proves true is proposed once, twice as much when it comes again or was falsely reported', async () => {
			const { no } = await draw('sales');
			const paper = `${String(no)}-C001`;
			const answers = [{ subject: '服务', level: 'fair' }];
			await expect(fire('service_survey', 'answer', paper, { answers: [] }, 'X01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await fire('service_survey', 'answer', paper, { answers, problem: '系统常断线', problemCode: 'P1' }, 'X01');
			expect(await notices('service_survey.problem')).toEqual([[`客户反映问题待核实 ${paper}`, 'director@test.local']]);
			await fire('service_survey', 'verify', paper, { isTrue: true, finding: '属实' }, 'Z01');
			const again = `${String((await draw('sales', { period: '2025 年第三季度', closeDay: '2025-09-30' }))['no'])}-C001`;
			await fire('service_survey', 'answer', again, { answers, problem: '系统常断线', problemCode: 'P1' }, 'X01');
			await fire('service_survey', 'verify', again, { isTrue: true, finding: '属实', responsible: 'J01' }, 'Z01');
			const other = `${String((await draw('sales', { period: '2025 年第四季度', closeDay: '2025-09-30' }))['no'])}-C001`;
			await fire('service_survey', 'answer', other, { answers, problem: '没有备份', problemCode: 'P1' }, 'X01');
			await fire('service_survey', 'verify', other, { isTrue: true, finding: '属实', responsible: 'J01', falseReport: true }, 'Z01');
			const untrue = `${String(no)}-C002`;
			await fire('service_survey', 'answer', untrue, { answers, problem: 'x' }, 'X01');
			await fire('service_survey', 'verify', untrue, { isTrue: false, finding: '不属实' }, 'Z01');
			expect((await database.store.list('penalty_proposal', {})).map(({ person, amount, basis }) => [person, amount, basis])).toEqual([['L01', 5000, 'K-072'], ['J01', 10000, 'K-073'], ['J01', 10000, 'K-075']]);
		});

		it('S-010: each department hears what customers say about its subjects', async () => {
			await save('unit', { ZJ: { name: '质检部', unitKind: 'department' } });
			await save('person', { B01: { unit: 'ZJ' } });
			await expect(draw('periodic', { classes: 'VIP' })).rejects.toMatchObject({ message: expect.stringContaining('VIP') as string });
			const { no, sent: count } = await draw('periodic');
			expect(count).toBe('2');
			await fire('service_survey', 'answer', `${String(no)}-C001`, { answers: [{ subject: '产品质量', level: 'not_satisfied', unit: 'ZJ', opinion: '压缩机异响' }, { subject: '服务', level: 'satisfied' }] }, 'X01');
			await expect(fire('survey_round', 'close', String(no), {}, 'D01')).rejects.toMatchObject({ rule: 'S-010', message: expect.stringContaining('还有 1 份没有收回') as string });
			expect(await fireDueClocks(database.store, at('2025-07-01 00:01'))).toMatchObject([{ kind: 'service_survey', event: 'expire', no: `${String(no)}-C002` }]);
			expect(await fire('survey_round', 'close', String(no), {}, 'D01', at('2025-07-01 09:00'))).toMatchObject({ state: 'Closed', returned: '1 / 2' });
			expect((await notices('survey_round.close')).sort()).toEqual([['客户满意度调查 2025 年上半年：未指明部门', 'asm@test.local'], ['客户满意度调查 2025 年上半年：质检部', 'manager@test.local']]);
		});

		it('S-009 S-010: a survey whose time has come is asked for once in its cycle', async () => {
			await nextDay();
			expect(await notices('survey_round.due')).toEqual([['请发起客户满意度调查', 'dept@test.local']]);
			await draw('periodic');
			await nextDay('2025-11-10 09:00');
			expect(await notices('survey_round.due')).toHaveLength(1);
			await setting(database.store, 'survey.sales', '是');
			await nextDay('2025-12-10 09:00');
			expect((await notices('survey_round.due')).map(([subject]) => subject).sort()).toEqual(['请发起售后服务工作调查', '请发起客户满意度调查', '请发起客户满意度调查']);
		});
	});

	it('a check that fails keeps no other from its work, and is said', async () => {
		const told = (key: string): DailyCheck => async () => [{ key, to: { role: 'service_dept' }, subject: key, rule: 'S-001', body: [] }];
		const broken: DailyCheck = async () => {
			throw new Error('broken');
		};
		await expect(runDailyChecks(database.store, at('2025-06-10 09:00'), [told('a'), broken, told('b')])).rejects.toThrow('broken');
		expect((await database.store.list('notice', {})).map(({ key }) => key)).toEqual(['a', 'b']);
	});

	it('several answers of one batch do not disturb each other', async () => {
		const cards = [];
		for (const phone of ['13900000001', '13900000002']) {
			const no = await register({ phone, serial: null });
			await fire('call', 'void', no, { reason: '客户取消' }, 'Z01');
			cards.push(`DC-${no}`);
		}
		await nextDay();
		const outcomes = await apply(database.store, 'survey_card', 'answer', cards.map((no) => ({ no, input: { noTechnician: true, opinionKind: 'complaint', opinion: '没人来' } })), { actor: 'H01', now: at('2025-06-10 11:00') });
		expect(outcomes.every(({ ok }) => ok)).toBe(true);
		expect(await database.store.list('complaint', {})).toHaveLength(2);
	});
});
