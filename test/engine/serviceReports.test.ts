import { apply, givenFor, SYSTEM } from '../../engine/engine';
import { dispatchBoard, fitFor, unassignedCalls } from '../../engine/board';
import { findCallers } from '../../engine/findCallers';
import { fileContent, keepFiles } from '../../engine/attachments';
import { formPage } from '../../engine/formPage';
import { identityOf, takeMail } from '../../engine/mailIntake';
import { documentOf } from '../../engine/registry';
import { buildDayEnd, buildMorningBoard, buildServiceBook } from '../../engine/serviceReports';
import { mayRead, readable } from '../../engine/visibility';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';

const newCall = { customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26', serial: 'SN100', symptom: '不制冷' };
const friday = at('2025-06-06 15:00');

describe.each(databases)('lists and reports of the service on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
	});
	afterEach(() => database.drop());

	const fire = async (kind: string, event: string, no: string | null, input: object, actor = 'Y01', now = friday) => {
		const [outcome] = await apply(database.store, kind, event, [{ no, input: input as Record<string, unknown> }], { actor, now });
		return (outcome as { document: Record<string, unknown> }).document;
	};
	const register = (changes: object = {}, actor = 'Y01', now = friday) => fire('call', 'register', null, { ...newCall, ...changes }, actor, now);
	const standing = (now: string) => givenFor(database.store, { actor: SYSTEM, now });

	it('V-034: yesterday\'s calls stand before today\'s, then the limit decides', async () => {
		await register({ serial: 'A1', phone: '1' }, 'Y01', at('2025-06-06 09:00'));
		await register({ serial: 'A2', phone: '2', zone: '郊区' }, 'Y01', at('2025-06-09 08:40'));
		await register({ serial: 'A3', phone: '3' }, 'Y01', at('2025-06-09 09:00'));
		await apply(database.store, 'call', 'unassigned', [{ no: 'BX202506-0001', input: {} }], { actor: SYSTEM, now: at('2025-06-09 08:31') });
		expect((await unassignedCalls(database.store)).map(({ no }) => no)).toEqual(['BX202506-0001', 'BX202506-0003', 'BX202506-0002']);
	});

	it('V-023: the qualified and least busy are proposed first, others are named as such', async () => {
		await register();
		await fire('call', 'assign', 'BX202506-0001', { technician: 'J02' }, 'Z01');
		await register({ serial: 'X1', phone: '1', model: 'BCD-1' });
		const { unassigned, candidates } = await dispatchBoard(database.store);
		const fit = (model: string, given: Awaited<ReturnType<typeof standing>>) => fitFor({ model, appointFrom: null }, candidates, given).map(({ candidate, isQualified }) => [candidate.person.no, candidate.jobs, isQualified]);
		const given = await standing(friday);
		expect(unassigned).toHaveLength(1);
		expect(fit('KF-26', given)).toEqual([['J01', 0, true], ['J02', 1, true]]);
		expect(fit('BCD-1', given)).toEqual([['J02', 1, true], ['J01', 0, false]]);
	});

	it('V-016 O-001: a receptionist of branch X lists X\'s entries and those of nobody; the service department lists all', async () => {
		const unit = (no: string, unitKind: string, parent: string | null) => ({ no, version: 1, createdAt: friday, createdBy: 'x', updatedAt: friday, name: no, unitKind, parent });
		await database.store.insert('unit', [unit('GS', 'company', null), unit('FW', 'department', 'GS'), unit('X', 'center', 'FW'), unit('Y', 'center', 'FW')]);
		const move = async (person: string, home: string) => await database.store.replace('person', (await database.store.load('person', 'no', [person])).map((row) => ({ ...row, unit: home })));
		await move('Y01', 'X');
		await move('Z01', 'FW');
		await register({ serial: 'A1', phone: '1' });
		await register({ serial: 'A2', phone: '2', unit: 'Y' });
		await register({ serial: 'A3', phone: '3' }, 'system');
		const seenBy = async (code: string) => {
			const { actor } = await givenFor(database.store, { actor: code, now: friday });
			return (await unassignedCalls(database.store, await readable(database.store, documentOf('call'), actor))).map(({ phone }) => phone).sort();
		};
		expect(await seenBy('Y01')).toEqual(['1', '3']);
		expect(await seenBy('Z01')).toEqual(['1', '2', '3']);
		const { actor } = await givenFor(database.store, { actor: 'Y01', now: friday });
		const [other] = await database.store.load('call', 'no', ['BX202506-0002']);
		expect(await mayRead(database.store, documentOf('call'), actor, other as NonNullable<typeof other>)).toBe(false);
		await move('Z01', 'X');
		const page = await formPage(database.store, documentOf('call'), 'assign', 'Z01');
		expect(page.formFields[0]?.fieldOptions?.values.map(({ option }) => option.slice(0, 13))).toEqual(['BX202506-0001', 'BX202506-0003']);
	});

	it('O-030: a technician reads his own calls and charges only', async () => {
		await register({ serial: 'A1', phone: '1' });
		await register({ serial: 'A2', phone: '2' });
		await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await fire('call', 'assign', 'BX202506-0002', { technician: 'J02' }, 'Z01');
		const { actor } = await givenFor(database.store, { actor: 'J01', now: friday });
		expect((await database.store.list('call', { where: await readable(database.store, documentOf('call'), actor) })).map(({ no }) => no)).toEqual(['BX202506-0001']);
		const [other] = await database.store.load('call', 'no', ['BX202506-0002']);
		expect(await mayRead(database.store, documentOf('call'), actor, other as NonNullable<typeof other>)).toBe(false);
	});

	it('finds callers by the beginning of a number, else by a part of name, model or address', async () => {
		const names = async (word: string) => (await findCallers(database.store, word)).map(({ customer }) => customer.name);
		expect(await names('1380000')).toEqual(['华联超市', '郊区饭店']);
		expect(await names('SN2')).toEqual(['郊区饭店']);
		expect(await names('饭店')).toEqual(['郊区饭店']);
		expect(await names('东郊')).toEqual(['郊区饭店']);
		expect(await names('KF-26')).toEqual(['华联超市']);
		expect(await names('１３８００００００02')).toEqual(['郊区饭店']);
		expect(await names('50%')).toEqual([]);
		expect(await names(' ')).toEqual([]);
	});

	it('V-060 V-061 V-067: the day-end check counts what is open, the month\'s book holds every charge', async () => {
		await register({ serial: 'SN900', phone: '13800000009' });
		await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await fire('call', 'agree', 'BX202506-0001', { amount: 4000, consentBy: '王' }, 'J01');
		await fire('call', 'reportVisit', 'BX202506-0001', { arrivedAt: '2025-06-06 15:30', problem: '缺冷媒', solution: '补', result: 'done', satisfaction: 'satisfied', signedBy: '王', chargeLines: 'P001 1' }, 'J01', at('2025-06-06 17:00'));
		const given = await standing(at('2025-06-06 17:40'));
		expect((await buildDayEnd(database.store, '2025-06-06', given)).json).toMatchObject({ count: 1, isWorkday: true, summary: '现金待上交：1 件' });
		// Still open the next day, though it is not of that day.
		expect((await buildDayEnd(database.store, '2025-06-09', given)).json).toMatchObject({ count: 1 });
		const book = await buildServiceBook(database.store, '2025-06', given);
		expect(book).toMatchObject({ fileName: '服务月度明细-2025-06.xlsx', json: { charges: 1, calls: 1 } });
		expect(book.model.sheets[0]?.rows).toMatchObject([{ voucher: 'PZ-SN900', amount: 4000, technician: '李师傅' }]);
		expect((await buildServiceBook(database.store, '2025-05', given)).json).toMatchObject({ charges: 0 });
	});

	const paidJob = async () => {
		await register({ serial: 'SN900', phone: '13800000009' });
		await fire('call', 'assign', 'BX202506-0001', { technician: 'J01' }, 'Z01');
		await fire('call', 'agree', 'BX202506-0001', { amount: 100000, consentBy: '王' }, 'J01');
		await fire('call', 'reportVisit', 'BX202506-0001', { arrivedAt: '2025-06-06 15:30', problem: '主板坏', solution: '换', result: 'done', satisfaction: 'satisfied', signedBy: '王', chargeLines: 'P002 1' }, 'J01', at('2025-06-06 17:00'));
		await fire('charge', 'invoice', 'SF202506-0001', { invoiceNo: 'FP-1' }, 'K01', at('2025-06-06 17:10'));
	};
	const dayEnd = async (day: string) => (await buildDayEnd(database.store, day, await standing(at(`${day} 17:40`)))).json['summary'];

	it('V-061: a paid job invoiced on Friday is not said to lack its charge on Monday; a reversed one is', async () => {
		await paidJob();
		expect(await dayEnd('2025-06-09')).toBe('');
		await fire('charge', 'reverse', 'SF202506-0001', { reason: '重复登记' }, 'K01', at('2025-06-10 09:00'));
		expect(await dayEnd('2025-06-10')).toBe('有费服务未登记收费：1 件\n收费已冲销：1 件');
	});

	it('V-067: a payment in July is in July\'s book, and not counted in June\'s', async () => {
		await paidJob();
		await fire('charge', 'collect', 'SF202506-0001', {}, 'K01', at('2025-07-03 09:00'));
		const rows = async (month: string) => (await buildServiceBook(database.store, month, await standing(at('2025-08-01 08:20')))).model.sheets[0]?.rows;
		expect(await rows('2025-06')).toMatchObject([{ no: 'SF202506-0001', happened: '登记、开票', due: 100000, paid: 0 }]);
		expect(await rows('2025-07')).toMatchObject([{ no: 'SF202506-0001', happened: '收款', due: 0, paid: 100000 }]);
		expect(await rows('2025-08')).toEqual([]);
	});

	it('V-012: a call closed without a promise is listed when it is closed, whenever it came in', async () => {
		await paidJob();
		await fire('call', 'close', 'BX202506-0001', {}, 'Y01', at('2025-07-02 09:00'));
		expect(await dayEnd('2025-07-02')).toBe('未答复维修时间：1 件');
		expect(await dayEnd('2025-07-03')).toBe('');
		const listed = async (month: string) => (await buildServiceBook(database.store, month, await standing(at('2025-08-01 08:20')))).model.sheets.find(({ name }) => name === '例外清单')?.rows;
		expect(await listed('2025-06')).toEqual([]);
		expect(await listed('2025-07')).toMatchObject([{ what: '未答复维修时间', no: 'BX202506-0001' }]);
	});

	it('V-050: the same file sent twice is kept once, with its bytes', async () => {
		const file = { purpose: 'photo', name: '铭牌.jpg', mimeType: 'image/jpeg', content: Buffer.from('picture') } as const;
		const keep = () => keepFiles(database.store, 'BX1', [file], { actor: 'J01', now: friday });
		const [no] = await keep();
		expect(await keep()).toEqual([no]);
		expect(await database.store.list('attachment', {})).toHaveLength(1);
		expect(await fileContent(database.store, String(no))).toEqual(file.content);
	});

	it('V-034: the morning board names who fits and says why it is due then', async () => {
		await register();
		const { model, json } = await buildMorningBoard(database.store, await standing(at('2025-06-09 08:35')));
		expect(json).toMatchObject({ unassigned: 1, running: 0, isWorkday: true });
		expect(model.sheets[0]?.rows).toMatchObject([{ no: 'BX202506-0001', best: '李师傅（0 件）、赵师傅（0 件）', why: expect.stringContaining('计入工作时间 6 小时') as string }]);
	});

	it('V-015: a mail becomes a call once; who writes from an address on file need not say who he is', async () => {
		const mail = { from: 'a@b.cn', fromName: '王女士', subject: '空调不制冷', text: '电话：13912345678\n地址：解放路 9 号\n型号：KF-26', messageId: '<1@b.cn>' };
		const first = await takeMail(database.store, mail, friday);
		expect(first).toMatchObject({ repeated: false, call: { channel: 'mail', customerName: '王女士', phone: '13912345678', symptom: '空调不制冷' } });
		expect(await takeMail(database.store, mail, friday)).toMatchObject({ repeated: true });
		expect(await database.store.list('call', {})).toHaveLength(1);
		await database.store.replace('customer', (await database.store.load('customer', 'no', ['C001'])).map((row) => ({ ...row, mail: 'shop@b.cn' })));
		expect(await takeMail(database.store, { ...mail, from: 'Shop@b.cn', text: '又坏了', messageId: '<2@b.cn>' }, friday)).toMatchObject({ call: { customer: 'C001', asset: 'SN100', model: 'KF-26', type: 'C' } });
		// Two customers at one address: nobody is guessed.
		await database.store.replace('customer', (await database.store.load('customer', 'no', ['C002'])).map((row) => ({ ...row, mail: 'shop@b.cn' })));
		expect(await takeMail(database.store, { ...mail, from: 'shop@b.cn', text: '又坏了', messageId: '<4@b.cn>' }, friday)).toMatchObject({ call: null });
		expect(await takeMail(database.store, { ...mail, text: '坏了', messageId: '<3@b.cn>' }, friday)).toEqual({ call: null, missing: ['电话', '地址', '商品型号'] });
	});

	it('V-015: mails without a Message-ID are told apart by what they say, and a date that is none does not refuse them', async () => {
		const mail = { from: 'a@b.cn', fromName: '王女士', subject: '空调不制冷', text: '电话：13912345678\n地址：解放路 9 号\n型号：KF-26\n购买日期：2024年7月', messageId: '' };
		expect(await takeMail(database.store, mail, friday)).toMatchObject({ repeated: false, call: { symptom: '空调不制冷\n购买日期：2024年7月' } });
		expect(await takeMail(database.store, { ...mail, from: 'c@d.cn', fromName: '李先生', text: mail.text.replace('139', '138') }, friday)).toMatchObject({ repeated: false, call: { customerName: '李先生' } });
		expect(await takeMail(database.store, mail, friday)).toMatchObject({ repeated: true, call: { customerName: '王女士' } });
		expect(await database.store.list('call', {})).toHaveLength(2);
		expect([identityOf({ ...mail, messageId: ' <1@b.cn> ' }), identityOf(mail)]).toEqual(['<1@b.cn>', expect.stringMatching(/^[0-9a-f]{64}$/)]);
	});
});
