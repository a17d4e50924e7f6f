import { apply, fireDueClocks, givenFor } from '../../engine/engine';
import { buildKpi } from '../../engine/kpiReports';
import { buildMonthlyReport } from '../../engine/reports';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';

const newCall = { customerName: '华联超市', phone: '13800000001', address: '北京市中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' };
const paidCall = { ...newCall, phone: '13800000009', serial: 'SN900' };
const done = { contact: '王小姐', problem: '缺冷媒', analysis: '焊点泄漏', solution: '补焊充注', result: 'done', satisfaction: 'satisfied', signedBy: '王小姐' };
const NO = 'BX202506-0001';
const friday = at('2025-06-06 15:00');
const monday = (time: string) => at(`2025-06-09 ${time}`);

describe.each(databases)('the rules of service on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	async function fire(kind: string, event: string, no: string | null, input: object, actor = 'system', now = friday) {
		const [outcome] = await apply(database.store, kind, event, [{ no, input: input as Record<string, unknown> }], { actor, now });
		return (outcome as { document: Record<string, unknown> }).document;
	}
	const call = (event: string, input: object, actor: string, now = friday) => fire('call', event, NO, input, actor, now);
	const register = (input: object = newCall, actor = 'Y01', now = friday) => fire('call', 'register', null, input, actor, now);
	const assigned = async (input: object = newCall, technician = 'J01') => {
		await register(input);
		return await call('assign', { technician }, 'Z01');
	};
	const one = async (table: string, no: string) => (await database.store.load(table, 'no', [no]))[0];
	const notices = async (rule: string) => (await database.store.list('notice', {})).filter((notice) => notice['rule'] === rule);
	const set = (key: string, value: string) => setting(database.store, key, value);

	describe('receiving', () => {
		it('V-003: in-warranty ticked on a product out of warranty warns and stays type A', async () => {
			expect(await register({ ...paidCall, attribute: '保内客户' })).toMatchObject({ type: 'A', attribute: 'in_warranty', note: expect.stringContaining('判定为 A 类') as string });
			expect(await register({ ...newCall, attribute: '保内客户' })).toMatchObject({ type: 'C', note: null });
		});

		it('V-004 V-010: goods need the model, a project the situation on site, as the setting says', async () => {
			const { model: _model, ...noModel } = newCall;
			await expect(register(noModel)).rejects.toMatchObject({ rule: 'V-004', message: expect.stringContaining('缺少“商品型号”或“现场情况”') as string });
			expect(await register({ ...noModel, siteSituation: '机房空调漏水' })).toMatchObject({ siteSituation: '机房空调漏水' });
			await set('service.object_kind', 'goods');
			await expect(register({ ...noModel, siteSituation: '机房空调漏水' })).rejects.toMatchObject({ message: expect.stringContaining('缺少“商品型号”') as string });
			await set('service.object_kind', 'project');
			await expect(register(newCall)).rejects.toMatchObject({ message: expect.stringContaining('缺少“现场情况”') as string });
		});

		it('V-005: with two types a contract call is shown as paid', async () => {
			await set('service.type_scheme', 'AC');
			expect(await register({ ...newCall, serial: 'SN200' })).toMatchObject({ type: 'A', typeReason: expect.stringContaining('有偿') as string });
		});

		it('V-011: a call is stored without symptom, but nobody is sent before it is added', async () => {
			await register({ ...newCall, symptom: '', faultCause: '使用三年', purchaseDay: '2024-07-01' });
			await expect(call('assign', { technician: 'J01' }, 'Z01')).rejects.toMatchObject({ rule: 'V-011' });
			await call('amend', { symptom: '不制冷', zone: '郊区' }, 'Y01');
			expect(await one('call', NO)).toMatchObject({ symptom: '不制冷', faultCause: '使用三年', zone: 'suburb', limitHours: 7, dueAt: monday('14:00') });
			expect(await call('assign', { technician: 'J01' }, 'Z01')).toMatchObject({ state: 'Assigned' });
		});

		it('V-002 V-011: the purchase date says the warranty, at once or added later', async () => {
			expect(await register({ ...paidCall, purchaseDay: '2025-05-01' })).toMatchObject({ type: 'C', typeReason: expect.stringContaining('2026-05-01') as string });
			expect(await one('asset', 'SN900')).toMatchObject({ purchaseDay: '2025-05-01', warrantyEnd: '2026-05-01' });
			expect(await register({ ...paidCall, serial: 'SN902', phone: '13800000012' })).toMatchObject({ type: 'A' });
			expect(await fire('call', 'amend', 'BX202506-0002', { purchaseDay: '2025-05-01' }, 'Y01')).toMatchObject({ type: 'C' });
			expect(await one('asset', 'SN902')).toMatchObject({ purchaseDay: '2025-05-01' });
		});

		it('V-012: the promised time is kept with who promised it and when', async () => {
			expect(await register({ ...newCall, promisedAt: '2025-06-09 10:00' })).toMatchObject({ promisedAt: monday('10:00'), promisedBy: 'Y01', answeredAt: friday });
			await register();
			expect(await fire('call', 'answer', 'BX202506-0002', { promisedAt: '2025-06-09 16:00' }, 'Y01', at('2025-06-06 16:00'))).toMatchObject({ promisedBy: 'Y01', answeredAt: at('2025-06-06 16:00') });
		});

		it('V-013: reminded at 20 hours, late only after 24, told to the manager', async () => {
			await register(newCall, 'Y01', at('2025-06-06 10:00'));
			const firedAt = async (time: string) => (await fireDueClocks(database.store, at(time))).map(({ event }) => event).filter((event) => event.endsWith('Reply'));
			expect(await firedAt('2025-06-07 06:00')).toEqual([]);
			expect(await firedAt('2025-06-07 06:01')).toEqual(['remindReply']);
			expect(await firedAt('2025-06-07 10:01')).toEqual([]);
			expect(await firedAt('2025-06-07 10:02')).toEqual(['missReply']);
			expect((await notices('V-013')).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['manager@test.local']]));
		});

		it('V-013: an answer in the 24th hour is in time, a minute later is not', async () => {
			await register(newCall, 'Y01', at('2025-06-06 10:00'));
			await register(paidCall, 'Y01', at('2025-06-06 10:00'));
			expect(await call('answer', { promisedAt: '2025-06-09 10:00' }, 'Y01', at('2025-06-07 10:00'))).toMatchObject({ replyLate: false });
			expect(await fire('call', 'answer', 'BX202506-0002', { promisedAt: '2025-06-09 10:00' }, 'Y01', at('2025-06-07 10:01'))).toMatchObject({ replyLate: true });
		});

		it.each([['14:50', false], ['15:00', false], ['15:05', true]])('V-014: an appointment 14:00-15:00 and an arrival at %s', async (time, breached) => {
			await register({ ...newCall, appointFrom: '2025-06-10 14:00', appointTo: '2025-06-10 15:00' });
			expect(await one('call', NO)).toMatchObject({ dueAt: at('2025-06-10 15:00') });
			await call('assign', { technician: 'J01' }, 'Z01');
			expect(await call('arrive', {}, 'J01', at(`2025-06-10 ${time}`))).toMatchObject({ breached });
			expect(await one('dispatch', `PQ-${NO}-1`)).toMatchObject({ late: breached, state: 'OnSite' });
		});

		it('V-014: an appointment that ends before it begins is refused, naming the times', async () => {
			await register();
			await expect(call('appoint', { appointFrom: '2025-06-10 15:00', appointTo: '2025-06-10 14:00' }, 'Y01')).rejects.toMatchObject({ rule: 'V-014', message: expect.stringContaining('2025-06-10 14:00') as string });
		});

		it('V-016: a call is in the register of its receptionist\'s service point', async () => {
			await database.store.replace('person', [{ ...(await one('person', 'Y01')), unit: 'FW-EAST' }]);
			expect(await register()).toMatchObject({ unit: 'FW-EAST' });
			expect(await register({ ...paidCall, unit: 'FW-WEST' })).toMatchObject({ unit: 'FW-WEST' });
		});

		it('V-017: a call is passed upward only, with a reason, where levels are used', async () => {
			await register();
			await expect(call('passUp', { level: 'region', reason: '需厂家支持' }, 'Y01')).rejects.toMatchObject({ rule: 'V-017', message: expect.stringContaining('没有启用') as string });
			await set('service.levels', '是');
			expect(await call('passUp', { level: '区域', reason: '需厂家支持' }, 'Y01')).toMatchObject({ level: 'region', levelReason: '需厂家支持' });
			await expect(call('passUp', { level: 'region', reason: '再转' }, 'Y01')).rejects.toMatchObject({ message: expect.stringContaining('只能向上级转') as string });
		});

		it('V-047: another fault code on the same product is no repeat', async () => {
			await register({ ...newCall, faultCode: 'E1' });
			expect(await register({ ...newCall, faultCode: 'E2' })).toMatchObject({ repeatOf: null });
			expect(await register({ ...newCall, faultCode: 'E1' })).toMatchObject({ repeatOf: NO });
		});

		it('V-072: a call is passive unless we came by ourselves', async () => {
			expect(await register()).toMatchObject({ initiative: 'passive' });
			expect(await register({ ...newCall, initiative: '主动服务' })).toMatchObject({ initiative: 'active' });
		});

		it('a phone number in full-width digits and blanks is the same customer', async () => {
			expect(await register({ ...newCall, serial: '', phone: '１３８ ０００００００１' })).toMatchObject({ phone: '13800000001', customer: 'C001' });
		});

		it('T-080: the same fault within three months of our repair is free, the day after not', async () => {
			await set('repair.guarantee', '是');
			await database.store.replace('call', [{ ...(await register({ ...paidCall, faultCode: 'E1' }, 'Y01', at('2025-01-30 09:00'))), state: 'Closed', closedAt: at('2025-01-31 16:00') }]);
			expect(await register({ ...paidCall, faultCode: 'E1' }, 'Y01', at('2025-04-30 09:00'))).toMatchObject({ type: 'C', typeReason: '同一故障修护保证至 2025-04-30' });
			expect(await register({ ...paidCall, faultCode: 'E1' }, 'Y01', at('2025-05-01 09:00'))).toMatchObject({ type: 'A' });
		});
	});

	describe('the voucher', () => {
		const sale = { asset: 'SN-NEW', model: 'KF-26', customerName: '新客户', phone: '13900000001', address: '人民路 2 号' };
		it('V-020: a sale puts customer and product on file and opens the voucher, once', async () => {
			await fire('voucher', 'sell', null, sale, 'Y01');
			expect(await one('voucher', 'PZ-SN-NEW')).toMatchObject({ state: 'InFile', recreated: false });
			expect(await one('asset', 'SN-NEW')).toMatchObject({ purchaseDay: '2025-06-06', warrantyEnd: '2026-06-06' });
			await expect(fire('voucher', 'sell', null, sale, 'Y01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});
	});

	describe('dispatch', () => {
		it('V-023 T-050: somebody without a valid certificate is sent only with a reason', async () => {
			await database.store.replace('qualification', [{ ...(await one('qualification', 'ZZ01')), validTo: '2025-06-05' }]);
			await register();
			await expect(call('assign', { technician: 'J01' }, 'Z01')).rejects.toMatchObject({ rule: 'V-023', message: expect.stringContaining('2025-06-06') as string });
			expect(await call('assign', { technician: 'J01', overrideReason: '证书换发中' }, 'Z01')).toMatchObject({ overrideReason: '证书换发中' });
			expect(await fire('call', 'assign', NO, { technician: 'J02' }, 'Z01')).toMatchObject({ technician: 'J02', overrideReason: null });
		});

		it('V-024 V-026: a dispatch keeps planned, accepted, started, arrived and left, with the minutes between', async () => {
			await assigned();
			await call('accept', {}, 'J01', at('2025-06-06 15:10'));
			await call('leave', { appointed: true, tools: true }, 'J01', at('2025-06-06 15:25'));
			await call('arrive', {}, 'J01', at('2025-06-06 16:00'));
			await call('reportVisit', done, 'J01', at('2025-06-06 17:00'));
			expect(await one('dispatch', `PQ-${NO}-1`)).toMatchObject({ state: 'Done', assignedBy: 'Z01', minutesToStart: 15, arrivedAt: at('2025-06-06 16:00'), leftAt: at('2025-06-06 17:00'), result: 'done' });
			expect(await one('call', NO)).toMatchObject({ countedMinutes: 60, state: 'AwaitCancel' });
			await fire('dispatch', 'addCosts', `PQ-${NO}-1`, { costs: '地铁 600' }, 'J01');
			expect(await one('dispatch', `PQ-${NO}-1`)).toMatchObject({ costs: [{ kind: '地铁', amount: 600 }] });
		});

		it('V-025: leaving without an appointment is said, and refused where the checklist is strict', async () => {
			await assigned();
			expect(await call('leave', { tools: true }, 'J01')).toMatchObject({ preparation: '出发前没有与客户预约' });
			await set('service.checklist_strict', '是');
			await register(paidCall);
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J01' }, 'Z01');
			await expect(fire('call', 'leave', 'BX202506-0002', { tools: true }, 'J01')).rejects.toMatchObject({ rule: 'V-025' });
			expect(await fire('call', 'leave', 'BX202506-0002', { appointed: true }, 'J01')).toMatchObject({ preparation: null });
		});

		it('V-022: another technician gets a dispatch of his own; the first one\'s is withdrawn', async () => {
			await assigned();
			await call('assign', { technician: 'J02' }, 'Z01');
			expect(await database.store.list('dispatch', {})).toMatchObject([{ state: 'Withdrawn', technician: 'J01' }, { state: 'Assigned', technician: 'J02' }]);
			await expect(call('accept', {}, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		});

		it('V-022: of two dispatchers at once the second learns what the first did', async () => {
			await register();
			await call('assign', { technician: 'J01', seenAt: friday }, 'Z01', at('2025-06-06 15:05'));
			await expect(call('assign', { technician: 'J02', seenAt: friday }, 'Z01', at('2025-06-06 15:06'))).rejects.toMatchObject({ rule: 'V-022', message: expect.stringContaining('已在 2025-06-06 15:05') as string });
			expect(await one('call', NO)).toMatchObject({ technician: 'J01' });
			expect(await call('assign', { technician: 'J02', seenAt: at('2025-06-06 15:06') }, 'Z01', at('2025-06-06 15:07'))).toMatchObject({ technician: 'J02' });
		});

		it('V-030: clocks run across midnight, a weekend and the public holidays of the company\'s calendar', async () => {
			const call = await register({ ...newCall, promisedAt: '2025-10-09 12:00' }, 'Y01', at('2025-09-30 23:50'));
			// 1 to 8 October 2025 are free; nothing counts before the 9th at 08:30.
			expect(call).toMatchObject({ dueAt: at('2025-10-09 15:30'), nextDayAt: at('2025-10-09 08:30') });
			expect(await register({ ...paidCall, promisedAt: '2025-09-28 12:00' }, 'Y01', at('2025-09-27 23:59'))).toMatchObject({ dueAt: at('2025-09-28 15:30') });
		});

		it('V-066: a contact-letter customer is served after both sides confirmed', async () => {
			await register({ ...paidCall, attribute: '《联络函》服务客户' });
			const letter = await fire('contact_letter', 'write', null, { call: NO, subject: '空调维修', receivingUnit: '售后部', sendingUnit: '华联超市', content: '请派员' }, 'Y01');
			await fire('contact_letter', 'confirmSender', String(letter['no']), { signedBy: '刘经理' }, 'Y01');
			await expect(call('assign', { technician: 'J01' }, 'Z01')).rejects.toMatchObject({ rule: 'V-066' });
			await fire('contact_letter', 'confirmReceiver', String(letter['no']), { signedBy: '王主任' }, 'Y01');
			expect(await call('assign', { technician: 'J01' }, 'Z01')).toMatchObject({ state: 'Assigned' });
		});

		it('V-071: where quotations come first, nobody is sent before one is accepted', async () => {
			await set('service.quote_first', '是');
			await register(paidCall);
			await expect(call('assign', { technician: 'J01' }, 'Z01')).rejects.toMatchObject({ rule: 'V-071' });
			const { no } = await fire('quotation', 'quote', null, { call: NO, lines: 'P001 1' }, 'C01');
			await fire('quotation', 'send', String(no), {}, 'C01');
			await fire('quotation', 'accept', String(no), { consentBy: '刘经理' }, 'C01');
			expect(await call('assign', { technician: 'J01' }, 'Z01')).toMatchObject({ state: 'Assigned', consentAmount: 4000, consentBy: '刘经理' });
		});

		it('V-002: the dispatcher changes the type with a reason', async () => {
			await register();
			expect(await call('reclassify', { type: 'A', reason: '进水' }, 'Z01')).toMatchObject({ type: 'A', typeReason: '派工人更正：进水' });
			await expect(call('reclassify', { type: 'C', reason: '再改' }, 'Y01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		});

		it('V-051: an installation is due as contracted, reminded half a day before, and users are trained', async () => {
			await database.store.replace('contract', [{ ...(await one('contract', 'HT01')), installDueDay: '2025-06-20', trainingIncluded: true }]);
			await database.store.replace('customer', [{ ...(await one('customer', 'C002')), mail: 'buyer@test.local' }]);
			const installation = { ...newCall, serial: 'SN200', phone: '13800000002', jobKind: '安装', promisedAt: '2025-06-10 09:00', appointFrom: '2025-06-10 09:00', appointTo: '2025-06-10 11:00' };
			expect(await register(installation)).toMatchObject({ jobDueDay: '2025-06-20', trainingDue: true, remindVisitAt: monday('21:00') });
			await call('assign', { technician: 'J01' }, 'Z01');
			expect(await fireDueClocks(database.store, monday('21:00'))).toEqual([]);
			expect(await fireDueClocks(database.store, monday('21:01'))).toMatchObject([{ event: 'remindVisit' }]);
			expect((await notices('V-051')).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['tech1@test.local'], ['buyer@test.local']]));
			await call('arrive', {}, 'J01', at('2025-06-10 10:00'));
			await expect(call('reportVisit', done, 'J01', at('2025-06-10 12:00'))).rejects.toMatchObject({ rule: 'V-051' });
			expect(await call('reportVisit', { ...done, trained: true }, 'J01', at('2025-06-10 12:00'))).toMatchObject({ state: 'AwaitCancel' });
		});

		it('urges the technician by mail, and says when he has none', async () => {
			await assigned();
			await call('urge', { message: '客户在等' }, 'Y01');
			expect(await database.store.list('notice', { where: [{ column: 'subject', is: 'like', value: '催办%' }] })).toMatchObject([{ recipients: ['tech1@test.local'] }]);
			await call('assign', { technician: 'J02' }, 'Z01');
			await expect(call('urge', {}, 'Y01')).rejects.toMatchObject({ message: expect.stringContaining('没有邮箱') as string });
		});
	});

	describe('on site', () => {
		const report = async (changes: object, input: object = newCall) => {
			await assigned(input);
			return await call('reportVisit', { ...done, arrivedAt: '2025-06-06 15:30', ...changes }, 'J01', at('2025-06-06 17:00'));
		};

		it('V-040: contact, problem, analysis and solution are kept with the visit', async () => {
			await report({});
			expect(await database.store.list('visit', {})).toMatchObject([{ contact: '王小姐', problem: '缺冷媒', analysis: '焊点泄漏', solution: '补焊充注', technician: 'J01' }]);
		});

		it('V-041: another fault than the reported one is kept beside it and proposes the type again', async () => {
			await database.store.replace('asset', [{ ...(await one('asset', 'SN100')), warrantyEnd: '2025-06-01' }]);
			expect(await assigned()).toMatchObject({ type: 'A' });
			await database.store.replace('asset', [{ ...(await one('asset', 'SN100')), warrantyEnd: '2025-06-30' }]);
			expect(await call('reportVisit', { ...done, actualFault: '温控器坏', arrivedAt: '2025-06-06 15:30' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ symptom: '不制冷', actualFault: '温控器坏', type: 'C' });
		});

		it.each([
			['no reason', {}, 'V-043'],
			['"other" without remark', { openReason: 'other' }, 'V-043'],
			['no next step', { openReason: '需返修、更换设备' }, 'V-045'],
			['another time without a time', { openReason: 'other', remark: '缺件', next: '另约时间' }, 'V-045'],
		])('V-043 V-045: not done with %s is refused', async (_case, changes, rule) => {
			await expect(report({ result: 'not_done', signedBy: null, ...changes })).rejects.toMatchObject({ rule });
		});

		it('V-045: with a new appointment the job stays with its technician and the new time counts', async () => {
			expect(await report({ result: 'not_done', openReason: 'other', remark: '缺件', next: '另约时间', appointFrom: '2025-06-10 09:00', appointTo: '2025-06-10 11:00' })).toMatchObject({ state: 'Assigned', technician: 'J01', dueAt: at('2025-06-10 11:00'), arrivedAt: null, countedMinutes: 30, dispatch: `PQ-${NO}-2` });
			expect(await call('arrive', {}, 'J01', at('2025-06-10 11:30'))).toMatchObject({ breached: true, countedMinutes: 30 });
			expect(await database.store.list('dispatch', {})).toMatchObject([{ state: 'Done', result: 'not_done' }, { state: 'OnSite', late: true }]);
		});

		it('V-046 Q-020: a question goes up with task and mail, a major quality problem to four departments; the call waits and goes on where it was', async () => {
			await assigned();
			expect(await call('escalate', { target: 'after_sales', reason: '压缩机反复烧毁', majorQuality: true }, 'J01')).toMatchObject({ state: 'Escalated' });
			expect((await notices('V-046')).map(({ subject }) => subject)).toEqual([`重大质量问题 ${NO}`]);
			expect((await database.store.list('follow_up', {})).map(({ taskKind, role, source }) => [taskKind, role, source])).toEqual(['rd', 'qa', 'production', 'purchasing'].map((role) => ['quality', role, `SB-${NO}-1`]));
			await expect(call('answerEscalation', { answer: '换新' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await call('answerEscalation', { answer: '更换压缩机' }, 'S01', monday('09:00'))).toMatchObject({ state: 'Assigned' });
			expect(await database.store.list('escalation', {})).toMatchObject([{ state: 'Answered', answer: '更换压缩机', answeredBy: 'S01', askedBy: 'J01' }]);
		});

		it('V-046: a technician who solves it by himself needs no answer any more', async () => {
			await assigned();
			await call('escalate', { target: 'service_director', reason: '不会修' }, 'J01');
			expect(await call('reportVisit', { ...done, arrivedAt: '2025-06-06 15:30' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ state: 'AwaitCancel' });
			expect(await database.store.list('escalation', {})).toMatchObject([{ state: 'Dropped' }]);
			await register(paidCall);
			await fire('call', 'escalate', 'BX202506-0002', { target: 'qa', reason: '查' }, 'Y01');
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J02' }, 'Z01');
			expect((await database.store.list('escalation', {})).map(({ state }) => state)).toEqual(['Dropped', 'Dropped']);
		});

		it('V-046: after the answer the technician goes out again with a dispatch of his own; his arrival stays', async () => {
			await report({ result: 'not_done', openReason: 'other', remark: '查不出', next: 'escalate' });
			expect(await fireDueClocks(database.store, monday('13:10'))).not.toContainEqual(expect.objectContaining({ event: 'missArrival' }));
			expect(await call('answerEscalation', { answer: '换板' }, 'S01', monday('14:00'))).toMatchObject({ state: 'Assigned', breached: false, arrivedAt: at('2025-06-06 15:30'), dispatch: `PQ-${NO}-2` });
			await call('leave', { appointed: true }, 'J01', monday('14:10'));
			await call('arrive', {}, 'J01', monday('15:00'));
			expect(await one('dispatch', `PQ-${NO}-2`)).toMatchObject({ state: 'OnSite', arrivedAt: monday('15:00') });
		});

		it('V-041: what the dispatcher decided stays, human damage is remembered', async () => {
			await assigned();
			await call('reclassify', { type: 'A', reason: '先按有费' }, 'Z01');
			expect(await call('reportVisit', { ...done, actualFault: '温控器坏', arrivedAt: '2025-06-06 15:30' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ type: 'A', note: expect.stringContaining('现场情况判定为 C 类') as string });
			await register({ ...newCall, humanDamage: true });
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J01' }, 'Z01');
			expect(await fire('call', 'reportVisit', 'BX202506-0002', { ...done, actualFault: '外壳破裂', arrivedAt: '2025-06-06 15:30' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ type: 'A' });
		});

		it('V-041 T-080: another fault found on site does not end the guarantee of our own repair', async () => {
			await set('repair.guarantee', '是');
			await database.store.replace('call', [{ ...(await register({ ...paidCall, faultCode: 'E1' }, 'Y01', at('2025-05-05 09:00'))), state: 'Closed', closedAt: at('2025-05-06 16:00') }]);
			const { no, type } = await register({ ...paidCall, faultCode: 'E1' });
			expect(type).toBe('C');
			await fire('call', 'assign', String(no), { technician: 'J01' }, 'Z01');
			expect(await fire('call', 'reportVisit', String(no), { ...done, actualFault: '焊点再次泄漏', arrivedAt: '2025-06-06 15:30' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ type: 'C' });
		});

		it('V-024: nobody leaves in the future, nor a call comes from it', async () => {
			await expect(report({ leftAt: '2025-06-08 17:00' })).rejects.toMatchObject({ rule: 'V-024', message: expect.stringContaining('离开时间在将来') as string });
			await expect(register({ ...paidCall, calledAt: '2026-06-06 09:00' })).rejects.toMatchObject({ rule: 'V-010' });
		});

		it('O-030: a technician acts on his own job only', async () => {
			await assigned();
			for (const [event, input] of [['solveByPhone', { solution: 'x' }], ['agree', { amount: 1, consentBy: 'x' }], ['appoint', { appointTo: '2025-06-10 10:00' }], ['escalate', { target: 'qa', reason: 'x' }]] as const)
				await expect(call(event, input, 'J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await call('arrive', {}, 'J01');
			await expect(fire('dispatch', 'addCosts', `PQ-${NO}-1`, { costs: '打车 10' }, 'J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		});

		it('V-048: no opinion and no reason why is refused; a refusal with its reason is in order', async () => {
			await expect(report({ satisfaction: null })).rejects.toMatchObject({ rule: 'V-048' });
			expect(await call('reportVisit', { ...done, arrivedAt: '2025-06-06 15:30', satisfaction: null, surveyRefused: '赶时间' }, 'J01', at('2025-06-06 17:00'))).toMatchObject({ state: 'AwaitCancel' });
		});

		it('V-049: leaving without calling headquarters proposes a fine, which a manager decides', async () => {
			await set('service.checkout', '是');
			await report({});
			expect(await database.store.list('penalty_proposal', {})).toMatchObject([{ person: 'J01', amount: 5000, state: 'Proposed' }]);
			await register(paidCall);
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J01' }, 'Z01');
			await fire('call', 'arrive', 'BX202506-0002', {}, 'J01', at('2025-06-06 16:00'));
			await fire('call', 'checkOut', 'BX202506-0002', {}, 'J01', at('2025-06-06 16:30'));
			await fire('call', 'reportVisit', 'BX202506-0002', done, 'J01', at('2025-06-06 17:00'));
			expect(await database.store.list('penalty_proposal', {})).toHaveLength(1);
		});

		it('O-007: nobody decides his own fine', async () => {
			await set('service.checkout', '是');
			await database.store.replace('person', [{ ...(await one('person', 'J01')), roles: 'technician,dept_manager' }]);
			await report({});
			const [paper] = await database.store.list('penalty_proposal', {});
			await expect(fire('penalty_proposal', 'drop', String(paper?.['no']), { reason: '不罚' }, 'J01')).rejects.toMatchObject({ rule: 'O-007' });
			await fire('penalty_proposal', 'confirm', String(paper?.['no']), {}, 'B01');
			expect(await one('penalty_proposal', String(paper?.['no']))).toMatchObject({ state: 'Confirmed', decidedBy: 'B01' });
		});

		it('V-050: files belong to a job and are filed by customer service only', async () => {
			const { no } = await fire('attachment', 'add', null, { paper: NO, purpose: 'photo', name: '铭牌.jpg', mimeType: 'image/jpeg', size: 1000, hash: 'x' }, 'J01');
			await expect(fire('attachment', 'file', String(no), {}, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await fire('attachment', 'file', String(no), {}, 'C01')).toMatchObject({ state: 'Filed', filedBy: 'C01', filedAt: friday });
			await expect(fire('attachment', 'add', null, { paper: NO, purpose: 'photo', name: '大图.jpg', mimeType: 'image/jpeg', size: 16 * 1_048_576, hash: 'y' }, 'J01')).rejects.toMatchObject({ message: expect.stringContaining('“大图.jpg”有 16.0 MB，超过 15 MB') as string });
		});

		it('V-035: a problem of today that stays open is reported in writing, or the group leader hears of it', async () => {
			await set('service.same_day', '是');
			await database.store.replace('person', [{ ...(await one('person', 'S01')), roles: 'group_leader,sales_director' }]);
			await register({ ...newCall, promisedAt: '2025-06-09 10:00' });
			await register({ ...paidCall, promisedAt: '2025-06-09 10:00' });
			const problem = { call: NO, problem: '缺压缩机', reason: '无库存', finishAt: '2025-06-09 12:00' };
			await expect(fire('unsolved_report', 'report', null, problem, 'Y01')).rejects.toMatchObject({ rule: 'V-035', message: expect.stringContaining('还没有告知客户') as string });
			await fire('unsolved_report', 'report', null, { ...problem, informed: true, agreed: true }, 'Y01');
			await fireDueClocks(database.store, at('2025-06-06 17:31'));
			expect((await notices('V-035')).map(({ subject }) => subject)).toEqual(expect.arrayContaining([`当日未解决问题报备 ${NO}`]));
			expect((await notices('V-035')).find(({ subject }) => String(subject).startsWith('当日未解决且未报备'))).toMatchObject({ body: [['BX202506-0002', expect.any(String)]] });
		});
	});

	describe('money', () => {
		const paid = async () => {
			await assigned(paidCall);
			return (changes: object) => call('reportVisit', { ...done, arrivedAt: '2025-06-06 15:30', ...changes }, 'J01', at('2025-06-06 17:00'));
		};

		it('V-062: paid work needs the customer\'s consent, and not more than he agreed to', async () => {
			const report = await paid();
			await expect(report({ chargeLines: 'P001 1' })).rejects.toMatchObject({ rule: 'V-062', message: expect.stringContaining('还没有客户同意') as string });
			await call('agree', { amount: 3999, consentBy: '刘经理' }, 'J01');
			await expect(report({ chargeLines: 'P001 1' })).rejects.toMatchObject({ message: expect.stringContaining('高于客户同意的 39.99 元') as string });
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P001 1' });
			expect(await database.store.list('charge', {})).toMatchObject([{ amount: 4000, voucher: 'PZ-SN900', lines: [{ kind: 'part', item: 'P001', list: 4000, price: 4000 }] }]);
		});

		it('V-062: an agent\'s charge is settled only with the signed receipt slip', async () => {
			await database.store.insert('unit', [{ no: 'DL1', version: 1, createdAt: friday, createdBy: 'x', updatedAt: friday, name: '代理商', unitKind: 'agent', parent: null }]);
			await database.store.replace('person', [{ ...(await one('person', 'J01')), unit: 'DL1' }]);
			const report = await paid();
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P001 1' });
			const [bill] = await database.store.list('charge', {});
			await expect(fire('charge', 'handOver', String(bill?.['no']), { invoiceNo: 'FP1' }, 'K01')).rejects.toMatchObject({ rule: 'V-062' });
			await fire('attachment', 'add', null, { paper: NO, purpose: '回执单', name: '回执.jpg', mimeType: 'image/jpeg', size: 10, hash: 'x' }, 'J01');
			expect(await fire('charge', 'handOver', String(bill?.['no']), { invoiceNo: 'FP1' }, 'K01')).toMatchObject({ state: 'HandedOver' });
		});

		it('V-063: a price off the list, or none on the list, is refused', async () => {
			const report = await paid();
			await expect(report({ chargeLines: [{ item: 'P001', quantity: 1, price: 3500 }] })).rejects.toMatchObject({ rule: 'V-063', message: expect.stringContaining('“P001”的收费标准是 40.00 元，填了 35.00 元') as string });
			await expect(report({ chargeLines: 'P999 1' })).rejects.toMatchObject({ rule: 'V-063', message: expect.stringContaining('没有“P999”') as string });
		});

		it('V-064 V-065: up to 10 % below list is offered at once, more waits for the general manager, above list is refused', async () => {
			await assigned(paidCall);
			const quote = (offer: number) => fire('quotation', 'quote', null, { call: NO, lines: [{ item: 'P002', quantity: 1, offer }] }, 'C01');
			expect(await quote(90000)).toMatchObject({ state: 'Ready', listTotal: 100000, offerTotal: 90000, deviation: '10.00%' });
			const low = await quote(89999);
			expect(low).toMatchObject({ state: 'AwaitApproval' });
			expect(await notices('V-064')).toMatchObject([{ recipients: ['gm@test.local'] }]);
			await expect(fire('quotation', 'send', String(low['no']), {}, 'C01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await fire('quotation', 'refuse', String(low['no']), { reason: '太低' }, 'G02');
			await expect(fire('quotation', 'send', String(low['no']), {}, 'C01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await expect(quote(110000)).rejects.toMatchObject({ rule: 'V-063' });
		});

		it('V-064 O-007: an approved offer is what may be charged; its author does not approve it', async () => {
			await database.store.replace('person', [{ ...(await one('person', 'G02')), roles: 'general_manager,sales' }]);
			const report = await paid();
			const { no } = await fire('quotation', 'quote', null, { call: NO, lines: [{ item: 'P002', quantity: 1, offer: 80000 }] }, 'G02');
			await expect(fire('quotation', 'approve', String(no), {}, 'G02')).rejects.toMatchObject({ rule: 'O-007' });
			await database.store.replace('person', [{ ...(await one('person', 'F01')), roles: 'general_manager' }]);
			await fire('quotation', 'approve', String(no), {}, 'F01');
			await fire('quotation', 'send', String(no), {}, 'C01');
			await fire('quotation', 'accept', String(no), { consentBy: '刘经理' }, 'C01');
			await report({ chargeLines: 'P002 1' });
			expect(await database.store.list('charge', {})).toMatchObject([{ amount: 80000, path: 'invoice' }]);
		});

		it('V-062: consent covers all charges since it was given, and comes before leaving', async () => {
			const report = await paid();
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01', at('2025-06-06 16:30'));
			await expect(report({ chargeLines: 'P001 1', leftAt: '2025-06-06 16:00' })).rejects.toMatchObject({ rule: 'V-062' });
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01', at('2025-06-06 15:40'));
			await report({ result: 'not_done', openReason: 'other', remark: '缺件', next: '另约时间', appointTo: '2025-06-09 12:00', chargeLines: 'P001 1' });
			await expect(call('reportVisit', { ...done, arrivedAt: '2025-06-09 11:00', chargeLines: 'P001 1' }, 'J01', monday('12:00'))).rejects.toMatchObject({ rule: 'V-062', message: expect.stringContaining('合计 80.00 元') as string });
		});

		it('V-063 V-064: a quotation prices the pieces it names; the rest is by the list, and a part of it is no way round the manager', async () => {
			const report = await paid();
			const { no } = await fire('quotation', 'quote', null, { call: NO, lines: [{ item: 'P002', quantity: 1, offer: 10000 }, { item: 'P002', quantity: 9 }] }, 'C01');
			await fire('quotation', 'send', String(no), {}, 'C01');
			await fire('quotation', 'accept', String(no), { consentBy: '刘经理' }, 'C01');
			await expect(report({ chargeLines: 'P002 1' })).rejects.toMatchObject({ rule: 'V-064' });
			await report({ chargeLines: 'P002 10' });
			expect(await database.store.list('charge', {})).toMatchObject([{ amount: 910000, lines: [{ quantity: 1, price: 10000 }, { quantity: 9, price: 100000 }] }]);
		});

		it('V-060: cash not handed over by the end of the next working day is listed, once', async () => {
			const report = await paid();
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P001 1' });
			expect(await fireDueClocks(database.store, monday('17:30'))).not.toContainEqual(expect.objectContaining({ kind: 'charge' }));
			expect(await fireDueClocks(database.store, monday('17:31'))).toContainEqual(expect.objectContaining({ kind: 'charge', event: 'remind' }));
			expect((await notices('V-060')).map(({ recipients }) => recipients)).toEqual(expect.arrayContaining([['manager@test.local']]));
		});

		it('V-061: a job reported after the day\'s list is on a later one of the same day; the same list is not sent twice', async () => {
			const lists = async () => (await notices('V-061')).filter(({ key, recipients }) => String(key).startsWith('charge.remind:') && (recipients as string[]).includes('manager@test.local')).map(({ body }) => (body as [string][]).map(([no]) => no));
			const reportJob = async (serial: number, now: string) => {
				const no = `BX202506-000${serial}`;
				await register({ ...paidCall, serial: `SN91${serial}`, phone: `1390000000${serial}` });
				await fire('call', 'assign', no, { technician: 'J01' }, 'Z01');
				await fire('call', 'agree', no, { amount: 100000, consentBy: '刘经理' }, 'J01');
				await fire('call', 'reportVisit', no, { ...done, chargeLines: 'P002 1', arrivedAt: '2025-06-06 15:30', leftAt: '2025-06-06 16:00' }, 'J01', at(now));
			};
			await reportJob(1, '2025-06-06 16:30');
			await reportJob(2, '2025-06-06 16:31');
			await fireDueClocks(database.store, at('2025-06-06 17:31'));
			expect(await lists()).toEqual([['SF202506-0001', 'SF202506-0002']]);
			await reportJob(3, '2025-06-06 18:00');
			await fireDueClocks(database.store, at('2025-06-06 18:01'));
			await fireDueClocks(database.store, at('2025-06-06 18:02'));
			expect((await lists()).toSorted((one, other) => one.length - other.length)).toEqual([['SF202506-0001', 'SF202506-0002'], ['SF202506-0001', 'SF202506-0002', 'SF202506-0003']]);
		});

		it('V-061 R-007: an invoice asked for the same day is in time, the next day late; at day end it is listed', async () => {
			const report = await paid();
			await call('agree', { amount: 100000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P002 1', leftAt: '2025-06-06 16:00' });
			await register({ ...paidCall, serial: 'SN901', phone: '13800000010' });
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J01' }, 'Z01');
			await fire('call', 'agree', 'BX202506-0002', { amount: 100000, consentBy: '刘经理' }, 'J01');
			await fire('call', 'reportVisit', 'BX202506-0002', { ...done, chargeLines: 'P002 1', arrivedAt: '2025-06-06 15:30', leftAt: '2025-06-06 16:00' }, 'J01', at('2025-06-07 09:00'));
			expect((await database.store.list('charge', {})).map(({ late }) => late)).toEqual([false, true]);
			await fireDueClocks(database.store, at('2025-06-06 17:31'));
			expect(await notices('V-061')).toEqual(expect.arrayContaining([expect.objectContaining({ subject: '有费服务未开票 2025-06-06（1 件）' })]));
		});

		const cashCharge = async (): Promise<string> => {
			const report = await paid();
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P001 1' });
			return 'SF202506-0001';
		};

		it('M-105: a wrong charge is reversed by the accountant with a reason; it keeps its number and leaves the figures', async () => {
			const no = await cashCharge();
			await expect(fire('charge', 'reverse', no, { reason: '重复登记' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await expect(fire('charge', 'reverse', no, {}, 'K01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			const figures = async () => {
				const { sheets } = await buildMonthlyReport(database.store, '2025-06', friday, 'Asia/Shanghai');
				const { kpis } = await buildKpi(database.store, '2025-06', await givenFor(database.store, { actor: 'system', now: monday('18:00') }));
				return [JSON.stringify(sheets).includes('"服务收费","value":4000'), kpis.find(({ key, subject }) => key === 'charges' && subject === 'J01')?.value];
			};
			expect(await figures()).toEqual([true, 4000]);
			await fire('charge', 'handOver', no, { invoiceNo: 'FP-1' }, 'K01');
			expect(await fire('charge', 'reverse', no, { reason: '重复登记' }, 'K01', monday('10:00'))).toMatchObject({ no, state: 'Reversed', amount: 4000, invoiceNo: 'FP-1', reversedBy: 'K01', reversedAt: monday('10:00'), reversedBecause: '重复登记' });
			expect(await figures()).toEqual([false, 0]);
			await expect(fire('charge', 'reverse', no, { reason: '再次' }, 'K01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await fireDueClocks(database.store, at('2025-06-20 09:00'))).not.toContainEqual(expect.objectContaining({ kind: 'charge' }));
		});

		it('V-061: what the customer did not pay on site is invoiced, due the same day; by its technician or the accountant', async () => {
			const no = await cashCharge();
			await database.store.replace('person', [{ ...(await one('person', 'J02')), mail: 'tech2@test.local' }]);
			await expect(fire('charge', 'notCollected', no, {}, 'J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			const now = at('2025-06-06 17:10');
			expect(await fire('charge', 'notCollected', no, {}, 'J01', now)).toMatchObject({ state: 'InvoiceDue', path: 'invoice', requestedAt: now, late: false, invoiceDueAt: at('2025-06-07 00:00') });
			expect(await notices('V-061')).toMatchObject([{ key: `charge.open:${no}` }]);
			await fireDueClocks(database.store, at('2025-06-06 17:31'));
			expect((await notices('V-061')).map(({ subject }) => subject)).toContain('有费服务未开票 2025-06-06（1 件）');
			expect(await fire('charge', 'invoice', no, { invoiceNo: 'FP-2' }, 'K01')).toMatchObject({ state: 'Invoiced', paidAt: null });
		});

		it('V-061: the accountant says so the day after, which is late, though the cash had been asked for', async () => {
			const no = await cashCharge();
			await fireDueClocks(database.store, monday('17:31'));
			expect(await one('charge', no)).toMatchObject({ overdue: true });
			expect(await fire('charge', 'notCollected', no, {}, 'K01', monday('17:32'))).toMatchObject({ late: true, overdue: null });
			expect(await fireDueClocks(database.store, monday('17:33'))).toContainEqual(expect.objectContaining({ kind: 'charge', event: 'remind' }));
		});

		it('V-068: tickets of another place are flagged and paid only when cleared by somebody else', async () => {
			await assigned();
			expect(await fire('expense_claim', 'submit', null, { call: NO, tickets: [{ kind: '地铁', amount: 600, place: '北京' }, { kind: '高铁', amount: 5000, place: '上海-北京' }] }, 'J01')).toMatchObject({ state: 'Payable', amount: 5600 });
			const odd = await fire('expense_claim', 'submit', null, { call: NO, tickets: [{ kind: '住宿', amount: 30000, place: '广州市' }] }, 'J01');
			expect(odd).toMatchObject({ state: 'Flagged', finding: '票据地点与出差地不符：广州市' });
			await expect(fire('expense_claim', 'pay', String(odd['no']), {}, 'K01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await fire('expense_claim', 'clear', String(odd['no']), { reason: '转机' }, 'B01');
			expect(await fire('expense_claim', 'pay', String(odd['no']), {}, 'K01')).toMatchObject({ state: 'Paid' });
		});

		it('V-068: a ticket is claimed once, unless its claim was refused', async () => {
			await assigned({ ...newCall, symptom: '不制冷' });
			await call('assign', { technician: 'J01', companions: 'J02' }, 'Z01');
			const ticket = (ticketNo: string | null, amount = 600) => ({ kind: '地铁', amount, place: '北京', ticketNo });
			const submit = (tickets: object[], actor = 'J01') => fire('expense_claim', 'submit', null, { call: NO, tickets }, actor);
			await expect(fire('expense_claim', 'submit', null, { call: NO, tickets: '' }, 'J01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			const first = await submit([ticket('t 1'), ticket(null), ticket(null)]);
			await expect(submit([ticket('Ｔ1')])).rejects.toMatchObject({ code: 'ALREADY_EXISTS', rule: 'V-068', message: expect.stringContaining(String(first['no'])) as string });
			await expect(submit([ticket('T1')], 'J02')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await expect(submit([ticket('T2'), ticket('T2')])).rejects.toMatchObject({ code: 'ALREADY_EXISTS', message: expect.stringContaining('T2') as string });
			await expect(apply(database.store, 'expense_claim', 'submit', [ticket('T3'), ticket('T3')].map((each) => ({ input: { call: NO, tickets: [each] } })), { actor: 'J01', now: friday })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
			await fire('expense_claim', 'refuse', String(first['no']), { reason: '票据不清' }, 'B01');
			expect(await submit([ticket('T1')])).toMatchObject({ state: 'Payable' });
			await register({ ...newCall, serial: 'SN902', phone: '13900000002' });
			await fire('call', 'assign', 'BX202506-0002', { technician: 'J01' }, 'Z01');
			await expect(fire('expense_claim', 'submit', null, { call: 'BX202506-0002', tickets: [ticket('T1')] }, 'J01')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
		});

		it('V-068: only who was sent may claim: the technician and who went with him', async () => {
			const submit = (actor: string) => fire('expense_claim', 'submit', null, { call: NO, tickets: [{ kind: '地铁', amount: 600, place: '北京' }] }, actor);
			await register();
			await expect(submit('J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED', rule: 'V-068' });
			await call('assign', { technician: 'J01' }, 'Z01');
			await expect(submit('J02')).rejects.toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('J02') as string });
			expect(await submit('J01')).toMatchObject({ technician: 'J01' });
			await call('assign', { technician: 'J02', companions: '小王、李师傅' }, 'Z01');
			expect(await submit('J02')).toMatchObject({ technician: 'J02' });
			expect(await submit('J01')).toMatchObject({ technician: 'J01' });
		});

		it('T-041: a charge is audited by another engineer', async () => {
			const report = await paid();
			await call('agree', { amount: 4000, consentBy: '刘经理' }, 'J01');
			await report({ chargeLines: 'P001 1' });
			const [bill] = await database.store.list('charge', {});
			await database.store.replace('person', [{ ...(await one('person', 'S01')), roles: 'as_engineer' }]);
			expect(await fire('charge', 'audit', String(bill?.['no']), {}, 'S01')).toMatchObject({ auditedBy: 'S01', state: 'Collected' });
		});
	});

	describe('closing', () => {
		const finished = async (changes: object = {}) => {
			await assigned();
			return await call('reportVisit', { ...done, arrivedAt: '2025-06-06 15:30', ...changes }, 'J01', at('2025-06-06 17:00'));
		};

		it('V-027: where the ledger is kept, the content is entered before closing', async () => {
			await set('service.ledger', '是');
			await finished();
			await expect(call('close', {}, 'Y01')).rejects.toMatchObject({ rule: 'V-027' });
			expect(await call('close', { content: '补焊充注' }, 'Y01')).toMatchObject({ state: 'Closed', content: '补焊充注', enteredAt: friday });
		});

		it('V-043: a job done by phone closes after a follow-up', async () => {
			await register();
			expect(await call('solveByPhone', { solution: '清洗滤网', faultCode: 'F01' }, 'Y01')).toMatchObject({ state: 'AwaitCancel', result: 'done_by_phone', faultCode: 'F01' });
			await expect(call('close', {}, 'Y01')).rejects.toMatchObject({ rule: 'V-043' });
			await fire('return_visit', 'record', null, { call: NO, result: 'solved' }, 'H01');
			expect(await call('close', {}, 'Y01')).toMatchObject({ state: 'Closed' });
		});

		it('V-082: the call is closed after the customer said it is solved, and open again when not', async () => {
			await set('service.return_visit', '是');
			await finished();
			await expect(call('close', {}, 'Y01')).rejects.toMatchObject({ rule: 'V-082' });
			await fire('return_visit', 'record', null, { call: NO, result: '未接通' }, 'H01', monday('09:00'));
			expect(await one('call', NO)).toMatchObject({ state: 'AwaitCancel', solvedAt: null });
			await fire('return_visit', 'record', null, { call: NO, result: '未解决', opinion: '还是不冷' }, 'H01', monday('09:30'));
			expect(await one('call', NO)).toMatchObject({ state: 'WithDispatcher', signedBy: null, note: expect.stringContaining('回访未解决') as string });
			await call('assign', { technician: 'J02' }, 'Z01', monday('10:00'));
			await call('reportVisit', { ...done, arrivedAt: '2025-06-09 11:00' }, 'J02', monday('12:00'));
			await expect(call('close', {}, 'Y01', monday('13:00'))).rejects.toMatchObject({ rule: 'V-082' });
			await fire('return_visit', 'record', null, { call: NO, result: '已解决' }, 'H01', monday('14:00'));
			expect(await call('close', {}, 'Y01', monday('15:00'))).toMatchObject({ state: 'Closed' });
		});

		it('V-082 V-030: a call that is open again has new limits, and an old "solved" does not close it', async () => {
			await finished();
			await fire('return_visit', 'record', null, { call: NO, result: '已解决' }, 'H01', monday('09:00'));
			await call('close', {}, 'Y01', monday('09:30'));
			await fire('return_visit', 'record', null, { call: NO, result: '未解决' }, 'H01', monday('10:00'));
			expect(await one('call', NO)).toMatchObject({ arrivedAt: null, dueAt: monday('17:00'), technician: null });
			expect((await fireDueClocks(database.store, at('2025-06-10 08:40'))).map(({ event }) => event)).toEqual(expect.arrayContaining(['missArrival']));
			await set('service.return_visit', '是');
			await call('assign', { technician: 'J01' }, 'Z01', at('2025-06-10 09:00'));
			expect(await call('arrive', {}, 'J01', at('2025-06-10 10:00'))).toMatchObject({ arrivedAt: at('2025-06-10 10:00'), breached: true });
			await call('reportVisit', done, 'J01', at('2025-06-10 11:00'));
			await expect(call('close', {}, 'Y01', at('2025-06-10 12:00'))).rejects.toMatchObject({ rule: 'V-082' });
		});

		it('V-030: the hours of a call that is open again count from then', async () => {
			await finished();
			await fire('return_visit', 'record', null, { call: NO, result: '未解决' }, 'H01', monday('10:00'));
			await call('assign', { technician: 'J01' }, 'Z01', monday('10:30'));
			await database.store.replace('call', [{ ...(await one('call', NO)), countedMinutes: null }]);
			expect(await call('arrive', {}, 'J01', monday('15:00'))).toMatchObject({ countedMinutes: 240, breached: false });
		});

		it('V-082: a closed call that is not solved comes back with its voucher', async () => {
			await finished();
			await call('close', {}, 'Y01');
			await fire('return_visit', 'record', null, { call: NO, result: '未解决' }, 'H01');
			expect(await one('call', NO)).toMatchObject({ state: 'WithDispatcher', closedAt: null });
			expect(await one('voucher', 'PZ-SN100')).toMatchObject({ state: 'WithDispatcher', calls: [NO] });
		});

		it('O-007: the technician does not call his own customer back', async () => {
			await database.store.replace('person', [{ ...(await one('person', 'J01')), roles: 'technician,receptionist' }]);
			await finished();
			await expect(fire('return_visit', 'record', null, { call: NO, result: 'solved' }, 'J01')).rejects.toMatchObject({ rule: 'O-007' });
		});

		it('V-081: a loan unit has its dates, and is lent only where loans are kept', async () => {
			const loan = { call: NO, customerName: '华联超市', unitLent: '备用移动空调', dueDay: '2025-06-20', price: 5000 };
			await expect(fire('loan', 'lend', null, loan, 'J01')).rejects.toMatchObject({ rule: 'V-081' });
			await set('service.loans', '是');
			const { no } = await fire('loan', 'lend', null, loan, 'J01');
			expect(await fire('loan', 'takeBack', String(no), {}, 'J01', monday('09:00'))).toMatchObject({ state: 'Returned', returnedAt: monday('09:00') });
		});

		it('V-080 T-081: progress has its times, readings are kept, and nothing goes back without the repair report', async () => {
			await set('service.progress_report', '是');
			await assigned();
			await fire('take_in', 'start', null, { call: NO, arrivedAt: '2025-06-06 15:30', leftAt: '2025-06-06 16:00', problem: '压缩机坏', plannedFinish: '2025-06-10 12:00', countersignedBy: '王小姐' }, 'J01', at('2025-06-06 16:30'));
			const card = (event: string, input: object, actor = 'J01', now = monday('09:00')) => fire('repair_card', event, `XH-${NO}`, input, actor, now);
			await set('repair.manual', '是');
			await expect(card('start', {})).rejects.toMatchObject({ rule: 'T-081' });
			await card('start', { manualRead: true });
			expect(await card('note', { note: '已拆机' })).toMatchObject({ progress: [{ at: monday('09:00'), by: 'J01', note: '已拆机' }] });
			expect(await card('finish', { actualMinutes: 60, readings: '绝缘电阻 50 MΩ' })).toMatchObject({ readings: [{ name: '绝缘电阻', value: '50', unit: 'MΩ' }] });
			await card('pass', {}, 'Z01');
			const back = { signedBy: '王小姐', receiptTaken: true, satisfaction: 'satisfied' };
			await expect(card('deliver', back)).rejects.toMatchObject({ rule: 'V-080' });
			await card('report', { faultFound: '绕组短路', cause: '过压', workDone: '换绕组', testResult: '合格' });
			expect(await card('deliver', back)).toMatchObject({ state: 'Returned' });
		});
	});
});
