import { apply, fireDueClocks } from '../../engine/engine';
import { formPage } from '../../engine/formPage';
import { documentOf } from '../../engine/registry';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData } from '../support/masterData';
import { booksOf, openWarehouse } from '../support/warehouse';

const NO = 'BX202506-0001';
const start = { call: NO, arrivedAt: '2025-06-09 10:00', leftAt: '2025-06-09 10:30', problem: '压缩机卡死', plannedFinish: '2025-06-11 12:00', accessories: '遥控器', countersignedBy: '王小姐' };

describe.each(databases)('take-in repair on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await fire('call', 'register', null, { customerName: '郊区饭店', phone: '13800000009', address: '东郊 8 号', model: 'KF-35', serial: 'SN900', symptom: '不启动', promisedAt: '2025-06-09 12:00' }, 'system', '2025-06-06 15:00');
		await fire('call', 'assign', NO, { technician: 'J01' }, 'Z01', '2025-06-06 15:30');
	});
	afterEach(() => database.drop());

	async function fire(kind: string, event: string, no: string | null, input: Record<string, unknown>, actor: string, when: string) {
		const [outcome] = await apply(database.store, kind, event, [{ no, input }], { actor, now: at(when) });
		return (outcome as { document: Record<string, unknown> }).document;
	}
	const takeIn = (changes: object = {}) => fire('take_in', 'start', null, { ...start, ...changes }, 'J01', '2025-06-09 11:00');
	const card = (event: string, input: object, actor: string, when = '2025-06-10 09:00') => fire('repair_card', event, `XH-${NO}`, input as Record<string, unknown>, actor, when);
	const toReturn = async () => {
		await takeIn();
		await card('start', {}, 'J01');
		await card('finish', { actualMinutes: 90, parts: 'P001 1\nP002 2' }, 'J01');
		await card('pass', {}, 'Z01');
	};

	it('R-001 R-003 R-004: one act leaves receipt, register line, card and visit, and the call in repair', async () => {
		await takeIn();
		expect(await database.store.list('goods_receipt', {})).toMatchObject([{ call: NO, state: 'Issued', goods: [{ serial: 'SN900', accessories: '遥控器' }] }]);
		expect(await database.store.list('goods_register', {})).toMatchObject([{ no: `JC-${NO}`, state: 'InHouse', handledBy: 'J01', outAt: null }]);
		expect(await database.store.list('repair_card', {})).toMatchObject([{ no: `XH-${NO}`, state: 'InHouse', plannedFinish: at('2025-06-11 12:00') }]);
		expect(await database.store.load('call', 'no', [NO])).toMatchObject([{ state: 'InRepair', countedMinutes: 240, breached: false }]);
		await expect(takeIn()).rejects.toMatchObject({ code: 'WRONG_STATE' });
	});

	it('R-001: the repair does not start without the receipt, and says what is missing', async () => {
		await takeIn();
		const [receipt] = await database.store.list('goods_receipt', {});
		await fire('goods_receipt', 'void', String(receipt?.['no']), { reason: '写错' }, 'Y01', '2025-06-09 12:00');
		await expect(card('start', {}, 'J01')).rejects.toMatchObject({ rule: 'R-001', message: expect.stringContaining('客户商品领取收据') as string });
	});

	it('R-009: a card without planned finish, or one in the past, is refused and nothing is left', async () => {
		await expect(takeIn({ plannedFinish: '' })).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('原定修妥时间') as string });
		await expect(takeIn({ plannedFinish: '2025-06-09 10:15' })).rejects.toMatchObject({ rule: 'R-009' });
		for (const table of ['take_in', 'goods_receipt', 'goods_register', 'repair_card', 'visit']) expect(await database.store.list(table, {})).toEqual([]);
	});

	it('R-004 R-005 O-007: no inspection without hours, none by the repairer, back to the bench with a reason, then to the customer', async () => {
		await takeIn();
		await card('start', {}, 'J01');
		await expect(card('finish', { actualMinutes: '' }, 'J01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
		expect(await card('finish', { actualMinutes: 90, parts: 'P001 1\nP002 2' }, 'J01')).toMatchObject({ parts: [{ item: 'P001', quantity: 1 }, { item: 'P002', quantity: 2 }] });
		await database.store.replace('person', (await database.store.load('person', 'no', ['J01'])).map((person) => ({ ...person, roles: 'technician,service_director' })));
		await expect(card('pass', {}, 'J01')).rejects.toMatchObject({ rule: 'R-005' });
		expect(await card('fail', { reason: '仍漏电' }, 'Z01')).toMatchObject({ state: 'UnderRepair', failReason: '仍漏电' });
		await expect(card('deliver', { signedBy: '王', satisfaction: 'satisfied', receiptTaken: true }, 'J01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
		await card('finish', { actualMinutes: 30 }, 'J01');
		expect(await card('pass', {}, 'Z01')).toMatchObject({ state: 'ReadyToReturn', inspector: 'Z01', failReason: null });
	});

	it('R-004: parts the warehouse keeps leave it with the repair; drawn before, they are not taken twice; not used, they are asked back', async () => {
		await openWarehouse(database.store);
		await fire('opening_stock', 'enter', null, { item: 'P001', quantity: 3, receivedDay: '2025-05-01' }, 'W01', '2025-06-01 09:00');
		await takeIn();
		await card('start', {}, 'J01');
		await expect(card('finish', { actualMinutes: 30, parts: 'P001 4' }, 'J01')).rejects.toMatchObject({ rule: 'P-070', message: expect.stringContaining('配件 P001 需要 4，库存 3') as string });
		await fire('goods_issue', 'issue', null, { purpose: 'repair', paper: `XH-${NO}`, lines: 'P001 1' }, 'W01', '2025-06-10 08:30');
		await card('finish', { actualMinutes: 30, parts: 'P001 2\nP002 1' }, 'J01');
		const issues = await database.store.load('goods_issue', 'paper', [`XH-${NO}`]);
		expect(issues.map(({ lines, purpose }) => [lines, purpose])).toEqual([[[{ item: 'P001', quantity: 1 }], 'repair'], [[{ item: 'P001', quantity: 1 }], 'repair']]);
		expect(await booksOf(database.store, 'P001')).toEqual({ card: 1, moves: 1, lots: 1 });
		await card('fail', { reason: '仍漏电' }, 'Z01');
		await card('finish', { actualMinutes: 30, parts: 'P001 1' }, 'J01');
		expect(await booksOf(database.store, 'P001')).toMatchObject({ card: 1 });
		expect((await database.store.list('notice', {})).filter(({ rule }) => rule === 'R-004')).toMatchObject([{ recipients: ['store@test.local'], body: expect.arrayContaining([['领用未用', 'P001×1']]) as unknown }]);
		await fire('goods_in', 'takeBack', null, { origin: 'repair', paper: `XH-${NO}`, lines: 'P001 1' }, 'W01', '2025-06-10 10:00');
		await card('fail', { reason: '噪音' }, 'Z01');
		await card('finish', { actualMinutes: 30, parts: 'P001 2' }, 'J01');
		expect(await booksOf(database.store, 'P001')).toEqual({ card: 1, moves: 1, lots: 1 });
	});

	it('R-005: the repairer may inspect where the setting allows it', async () => {
		await database.store.insert('setting', [{ no: '1', version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', key: 'repair.self_inspect', value: '是', validFrom: '2025-01-01' }, { no: '2', version: 1, createdAt: 'a', createdBy: 'b', updatedAt: 'c', key: 'repair.inspector_role', value: '技术员', validFrom: '2025-01-01' }]);
		await takeIn();
		await card('start', {}, 'J01');
		await card('finish', { actualMinutes: 90 }, 'J01');
		expect(await card('pass', {}, 'J01')).toMatchObject({ inspector: 'J01' });
	});

	it('R-002 R-006: the item goes out against its receipt only; everything is closed with it', async () => {
		await toReturn();
		await expect(card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied' }, 'J01')).rejects.toMatchObject({ rule: 'R-006' });
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true }, 'J01', '2025-06-11 10:00');
		expect(await database.store.list('goods_receipt', {})).toMatchObject([{ state: 'Voided' }]);
		expect(await database.store.list('goods_register', {})).toMatchObject([{ state: 'Out', outAt: at('2025-06-11 10:00') }]);
		expect(await database.store.load('call', 'no', [NO])).toMatchObject([{ state: 'AwaitCancel', signedBy: '王小姐' }]);
		await fire('call', 'close', NO, {}, 'Y01', '2025-06-11 11:00');
		expect(await database.store.list('voucher', {})).toMatchObject([{ state: 'InFile', history: [{ minutes: 90, work: '携回修护：压缩机卡死' }] }]);
	});

	it('R-006: a lost receipt is voided with the name of who approved it, and that is not who hands the item out', async () => {
		await toReturn();
		await expect(card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied' }, 'J01')).rejects.toMatchObject({ rule: 'R-006' });
		await expect(card('approveLoss', { reason: '丢了' }, 'J01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
		await card('approveLoss', { reason: '客户搬家遗失' }, 'Z01');
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied' }, 'J01');
		expect((await database.store.list('audit', { where: [{ column: 'kind', is: '=', value: 'goods_receipt' }, { column: 'event', is: '=', value: 'void' }] }))[0]).toMatchObject({ input: { reason: '收据遗失，Z01 批准' } });
	});

	it('R-006 V-046: an item in the workshop goes back through its card, whatever was asked meanwhile', async () => {
		await takeIn();
		await fire('call', 'escalate', NO, { target: 'qa', reason: '查原因' }, 'J01', '2025-06-09 12:00');
		await expect(fire('call', 'assign', NO, { technician: 'J02' }, 'Z01', '2025-06-09 13:00')).rejects.toMatchObject({ rule: 'R-006' });
		await expect(fire('call', 'solveByPhone', NO, { solution: 'x' }, 'Y01', '2025-06-09 13:00')).rejects.toMatchObject({ rule: 'R-006' });
		await fire('call', 'answerEscalation', NO, { answer: '换件' }, 'Q01', '2025-06-09 14:00');
		await card('start', {}, 'J01');
		await card('finish', { actualMinutes: 60 }, 'J01');
		await card('pass', {}, 'Z01');
		expect(await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true }, 'J01')).toMatchObject({ state: 'Returned' });
	});

	it('R-001 R-004 V-082: an item that comes back is taken in again, with papers of its own', async () => {
		await toReturn();
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true }, 'J01');
		await fire('return_visit', 'record', null, { call: NO, result: 'unsolved' }, 'H01', '2025-06-10 12:00');
		await fire('call', 'assign', NO, { technician: 'J01' }, 'Z01', '2025-06-10 13:00');
		await fire('take_in', 'start', null, { ...start, arrivedAt: '2025-06-10 14:00', leftAt: '2025-06-10 14:30', plannedFinish: '2025-06-12 12:00' }, 'J01', '2025-06-10 15:00');
		expect((await database.store.list('repair_card', {})).map(({ no, state }) => [no, state])).toEqual([[`XH-${NO}`, 'Returned'], [`XH-${NO}-2`, 'InHouse']]);
		expect((await database.store.list('goods_register', {})).map(({ no, state }) => [no, state])).toEqual([[`JC-${NO}`, 'Out'], [`JC-${NO}-2`, 'InHouse']]);
	});

	it('R-007 V-062: a small charge for a repair is invoiced too, and can be agreed while the item is here', async () => {
		await toReturn();
		await fire('call', 'agree', NO, { amount: 4000, consentBy: '王小姐' }, 'Y01', '2025-06-10 09:30');
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true, chargeLines: 'P001 1' }, 'J01', '2025-06-10 10:00');
		expect(await database.store.list('charge', {})).toMatchObject([{ amount: 4000, path: 'invoice', state: 'InvoiceDue' }]);
	});

	it('R-005: who worked on it does not inspect it, though somebody else began', async () => {
		await database.store.replace('person', (await database.store.load('person', 'no', ['Z01'])).map((person) => ({ ...person, roles: 'technician,service_director' })));
		await takeIn();
		await card('start', {}, 'J01');
		await card('finish', { actualMinutes: 60 }, 'Z01');
		await expect(card('pass', {}, 'Z01')).rejects.toMatchObject({ rule: 'R-005' });
		await card('fail', { reason: '重做' }, 'Z01');
		await database.store.replace('person', (await database.store.load('person', 'no', ['J01'])).map((person) => ({ ...person, roles: 'technician,service_director' })));
		await card('finish', { actualMinutes: 30 }, 'Z01');
		await expect(card('pass', {}, 'J01')).rejects.toMatchObject({ rule: 'R-005' });
	});

	it('V-062: an agent\'s repair is settled against the signed slip like his visits', async () => {
		await database.store.insert('unit', [{ no: 'DL1', version: 1, createdAt: 'a', createdBy: 'x', updatedAt: 'a', name: '代理商', unitKind: 'agent', parent: null }]);
		await database.store.replace('person', (await database.store.load('person', 'no', ['J01'])).map((person) => ({ ...person, unit: 'DL1' })));
		await toReturn();
		await fire('call', 'agree', NO, { amount: 4000, consentBy: '王小姐' }, 'Y01', '2025-06-10 09:30');
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true, chargeLines: 'P001 1' }, 'J01', '2025-06-10 10:00');
		expect(await database.store.list('charge', {})).toMatchObject([{ byAgent: true }]);
	});

	it('R-007: a paid return is invoiced the same day', async () => {
		await fire('call', 'agree', NO, { amount: 80000, consentBy: '王小姐' }, 'J01', '2025-06-06 16:00');
		await toReturn();
		await card('deliver', { signedBy: '王小姐', satisfaction: 'satisfied', receiptTaken: true, chargeLines: [{ item: 'GS01', quantity: 80000 }] }, 'J01', '2025-06-11 10:00');
		expect(await database.store.list('charge', {})).toMatchObject([{ state: 'InvoiceDue', amount: 80000, invoiceDueAt: at('2025-06-12 00:00') }]);
	});

	it('R-008: help is asked once: by the system when the planned time has passed, or by the technician before', async () => {
		await takeIn();
		await card('start', {}, 'J01');
		expect(await fireDueClocks(database.store, at('2025-06-11 12:00'))).toEqual([]);
		expect(await fireDueClocks(database.store, at('2025-06-11 12:01'))).toMatchObject([{ kind: 'repair_card', event: 'help' }]);
		await expect(card('help', {}, 'J01')).rejects.toMatchObject({ rule: 'R-008' });
		expect(await fireDueClocks(database.store, at('2025-06-12 12:01'))).toEqual([]);
		expect((await database.store.list('notice', {})).filter(({ subject }) => String(subject).startsWith('修护协助'))).toMatchObject([{ recipients: ['director@test.local'] }]);
	});

	it('R-008: a request of the technician\'s own keeps the system quiet', async () => {
		await takeIn();
		await card('help', {}, 'J01');
		expect(await fireDueClocks(database.store, at('2025-06-12 12:01'))).toEqual([]);
	});

	it('shows a technician his own calls to choose from, and says so when there are none', async () => {
		const page = await formPage(database.store, documentOf('take_in'), 'start', 'J01');
		expect(page.formFields.find(({ fieldName }) => fieldName === 'call')?.fieldOptions?.values).toEqual([{ option: expect.stringContaining(NO) as string }]);
		await expect(formPage(database.store, documentOf('take_in'), 'start', 'J02')).rejects.toMatchObject({ code: 'CONDITION_NOT_MET' });
	});
});
