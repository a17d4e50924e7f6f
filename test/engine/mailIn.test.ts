import { keepFiles } from '../../engine/attachments';
import { customerStatus } from '../../engine/customerStatus';
import { runDailyChecks } from '../../engine/dailyChecks';
import { fireDueClocks } from '../../engine/engine';
import { importSheets } from '../../engine/importSheets';
import { rmaApplications } from '../../engine/importTargets';
import { paperFor } from '../../engine/papers';
import type { Row } from '../../engine/store';
import { acting } from '../support/acting';
import { at } from '../support/calendars';
import { databases, type TestDatabase } from '../support/databases';
import { loadMasterData, setting } from '../support/masterData';
import { stocked } from '../support/warehouse';

const zone = 'Asia/Shanghai';
const monday = at('2025-06-02 09:00');
const form = { applicant: '远方集成', applicantKind: 'integrator', model: 'KF-26', serial: 'SN77', purchaseDay: '2025-01-10', tick: 'in', fault: '开机三分钟后自动停机', address: '青岛市香港路 9 号', receiver: '马工', phone: '13911112222', mail: 'ma@mail.test', channel: 'web' };
const report = { faultFound: '电容鼓包', causeText: '批次不良', workDone: '更换电路板', parts: [{ item: 'P002', quantity: 1 }], testResult: '连续运行 8 小时正常', actualMinutes: 60 };
const parcel = { numberOnParcel: true, arrivedWith: '遥控器一只' };

describe.each(databases)('mail-in repair on %s', (_name, open) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await open();
		await loadMasterData(database.store);
		await setting(database.store, 'rma.address', '工业路 1 号 售后服务中心');
	});
	afterEach(() => database.drop());

	const fire = acting(() => database.store, () => monday);
	const one = async (kind: string, no: string): Promise<Row> => (await database.store.load(kind, 'no', [no]))[0] as Row;
	const notices = async (start: string) => (await database.store.list('notice', {})).filter(({ key }) => String(key).startsWith(start));
	const textOf = (notice: Row | undefined) => JSON.stringify(notice?.['body']);
	const on = (no: string, event: string, input: object, actor: string, when = monday) => fire('rma', event, no, input, actor, when);

	const applied = async (changes: object = {}, when = monday): Promise<string> => String((await fire('rma', 'submit', null, { ...form, ...changes }, 'system', when))['no']);
	async function numbered(changes: object = {}, when = monday): Promise<string> {
		const no = await applied(changes, when);
		await on(no, 'check', { result: 'complete' }, 'S01', when);
		await fire('repair_number', 'give', null, { rma: no, opinion: '请寄回检测' }, 'M01', when);
		return no;
	}
	async function received(changes: object = {}, when = monday): Promise<string> {
		const no = await numbered(changes, when);
		await on(no, 'receive', parcel, 'C01', when);
		return no;
	}
	/** Human damage of one board: 1,000.00. */
	async function charged(when = at('2025-06-03 16:00')): Promise<string> {
		const no = await received();
		await on(no, 'diagnose', { cause: 'human', diagnosis: '进水', lines: [{ item: 'P002', quantity: 1 }] }, 'J01', when);
		return no;
	}

	describe('the application', () => {
		it('R-101 R-102: EX-02a an application of Friday, or of Saturday, is answered by Monday 24:00; applicant and desk are told', async () => {
			const friday = await fire('rma', 'submit', null, form, 'system', at('2025-06-06 11:00'));
			expect(friday).toMatchObject({ no: 'FX202506-0001', state: 'Submitted', replyDueAt: at('2025-06-10 00:00') });
			expect(await fire('rma', 'submit', null, { ...form, serial: 'SN78' }, 'system', at('2025-06-07 11:00'))).toMatchObject({ replyDueAt: at('2025-06-10 00:00') });
			expect((await notices('rma.submitted'))[0]).toMatchObject({ recipients: ['ma@mail.test'] });
			expect((await notices('rma.check'))[0]).toMatchObject({ recipients: ['aftersales@test.local'] });
		});

		it('R-102: an answer that is late is flagged and told to the service manager, once', async () => {
			const no = await applied({}, at('2025-06-06 11:00'));
			await fireDueClocks(database.store, at('2025-06-10 00:00'));
			expect(await notices('rma.late-reply')).toEqual([]);
			await fireDueClocks(database.store, at('2025-06-10 00:01'));
			await fireDueClocks(database.store, at('2025-06-11 00:01'));
			expect(await notices('rma.late-reply')).toMatchObject([{ recipients: ['rma@test.local'] }]);
			expect(await one('rma', no)).toMatchObject({ replyLate: true, state: 'Submitted' });
		});

		it('R-101: one device has one open application, also when two come at once', async () => {
			const outcomes = await Promise.allSettled([applied(), applied()]);
			expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			const [paper] = await database.store.list('rma', {});
			await on(String(paper?.['no']), 'cancel', { reason: '客户不修了' }, 'C01');
			expect(await applied()).toBe('FX202506-0002');
		});

		it('R-103: what is missing is named to the applicant, no limit runs, and the answer is due from the day it is complete', async () => {
			const no = await applied({ address: null, fault: ' ' });
			expect(await one('rma', no)).toMatchObject({ state: 'Incomplete', missing: '故障现象、邮寄地址', replyDueAt: null, dueAt: null });
			expect(textOf((await notices('rma.incomplete'))[0])).toMatch(/故障现象、邮寄地址.*由用户承担/);
			expect(await on(no, 'complete', { address: '青岛' }, 'C01')).toMatchObject({ state: 'Incomplete', missing: '故障现象', address: '青岛', receiver: '马工' });
			expect(await on(no, 'complete', { fault: '停机' }, 'C01', at('2025-06-05 09:00'))).toMatchObject({ state: 'Submitted', missing: null, replyDueAt: at('2025-06-07 00:00') });
			await expect(on(no, 'check', { result: 'incomplete' }, 'S01')).rejects.toMatchObject({ rule: 'R-103' });
			expect(await on(no, 'check', { result: 'incomplete', note: '什么时候停机？' }, 'S01')).toMatchObject({ state: 'Incomplete', replyDueAt: null });
		});

		it('R-103: a parcel without application is kept, its sender asked, no clock set; complete data start the clock and ask for a number', async () => {
			const { no } = await fire('rma', 'arrive', null, { applicant: '不明客户', mail: 'who@mail.test', serial: 'SN77', arrivedWith: '无' }, 'C01');
			expect(await one('rma', String(no))).toMatchObject({ state: 'ArrivedWithoutForm', dueAt: null, countFrom: null });
			expect(await database.store.list('clock', { where: [{ column: 'state', is: '=', value: 'running' }] })).toEqual([]);
			expect((await notices('rma.arrived'))[0]).toMatchObject({ recipients: ['who@mail.test'], body: expect.arrayContaining([['请补充', '设备型号、故障现象、邮寄地址、收件人、电话']]) as unknown });
			await expect(applied()).rejects.toMatchObject({ message: expect.stringContaining('已有未结束的申请') as string });
			await expect(on(String(no), 'complete', { model: 'KF-26' }, 'C01')).rejects.toMatchObject({ rule: 'R-103', message: expect.stringContaining('故障现象') as string });
			const { channel: _channel, ...rest } = form;
			expect(await on(String(no), 'complete', rest, 'C01', at('2025-06-04 10:00'))).toMatchObject({ state: 'Received', countFrom: '2025-06-04', dueAt: at('2025-06-12 00:00') });
			await expect(on(String(no), 'diagnose', { cause: 'quality', diagnosis: 'x' }, 'J01')).rejects.toMatchObject({ rule: 'R-106' });
			await fire('repair_number', 'give', null, { rma: no, opinion: '受理' }, 'M01');
			expect(await one('rma', String(no))).toMatchObject({ state: 'Received', repairNo: 'RMA202506-0001' });
			await expect(fire('repair_number', 'give', null, { rma: no, opinion: '再来' }, 'M01')).rejects.toMatchObject({ rule: 'R-106' });
		});

		it('R-104: a special wish is flagged and has a charge line of its own; none, no charge for it', async () => {
			const no = await received({ special: '三天内修好' });
			expect(await one('rma', no)).toMatchObject({ mayCharge: true, feeLines: [{ kind: 'special', item: '三天内修好', price: 0 }] });
			expect(textOf((await notices('rma.submitted'))[0])).toContain('可能另收费用');
			expect(await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容', specialFee: 5000 }, 'J01')).toMatchObject({ state: 'AwaitConfirm', fee: 5000, freightPayer: 'company', feeLines: [{ kind: 'special', price: 5000 }] });
			const plain = await received({ serial: 'SN78' });
			await expect(on(plain, 'diagnose', { cause: 'quality', diagnosis: '电容', specialFee: 5000 }, 'J01')).rejects.toMatchObject({ rule: 'R-104' });
		});

		it.each([['2025-03-10', 'in'], ['2025-03-11', 'out']])('R-105: bought on 2024-03-10 and applied for on %s is %s; a wrong tick is said', async (day, cover) => {
			const paper = await fire('rma', 'submit', null, { ...form, purchaseDay: '2024-03-10', tick: 'in' }, 'system', at(`${day} 10:00`));
			expect(paper['cover']).toBe(cover);
			expect(paper['remark']).toEqual(cover === 'in' ? null : expect.stringContaining('勾选“保内”，按购买日期为“保外”'));
		});

		it('R-105: the file decides on the purchase day; a day in the future is refused', async () => {
			const paper = await fire('rma', 'submit', null, { ...form, serial: 'SN200', purchaseDay: '2025-01-01' }, 'system');
			expect(paper).toMatchObject({ purchaseDay: '2020-01-01', cover: 'out', customer: 'C002', remark: expect.stringContaining('与档案 2020-01-01 不符') as string });
			await expect(applied({ purchaseDay: '2026-01-01' })).rejects.toMatchObject({ rule: 'R-105' });
		});

		it('R-101: rows of a mailed sheet become applications, once a day each, answered to the sender', async () => {
			const rows = [['申请单位', '申请单位类别', '设备型号', '序列号', '购买日期', '保内/保外', '故障现象', '邮寄地址', '收件人', '电话', '特殊要求'], ['远方集成', '集成商', 'KF-26', 'SN77', '2025-01-10', '保内', '停机', '青岛', '马工', '13911112222', ''], ['远方集成', '集成商', 'KF-26', 'SN78', '', '', '', '青岛', '马工', '13911112222', '']];
			const take = async (day: string) => await importSheets(database.store, [{ name: '维护返修申请表', rows: rows.map((cells, index) => ({ number: index + 1, cells })) }], rmaApplications('dealer@mail.test', day), 'rows', { actor: 'system', now: monday });
			expect(await take('2025-06-02')).toMatchObject({ stored: 2, known: 0, rejected: [] });
			expect(await take('2025-06-02')).toMatchObject({ stored: 0, known: 2, rejected: [] });
			const papers = await database.store.list('rma', { orderBy: [{ column: 'no' }] });
			expect(papers).toMatchObject([{ state: 'Submitted', channel: 'mail', mail: 'dealer@mail.test', applicantKind: 'integrator', tick: 'in' }, { state: 'Incomplete', missing: '故障现象' }]);
			expect((await take('2025-06-03')).rejected.map(({ reasons }) => reasons[0])).toEqual([expect.stringContaining('已有未结束的申请'), expect.stringContaining('已有未结束的申请')]);
		});
	});

	describe('the number and the parcel', () => {
		it('R-106: only the service manager gives the number; the denial is kept', async () => {
			const no = await applied();
			await on(no, 'check', { result: 'complete' }, 'S01');
			for (const actor of ['S01', 'A01', 'C01', 'Z01']) await expect(fire('repair_number', 'give', null, { rma: no, opinion: 'x' }, actor)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			expect(await database.store.list('denial', {})).toHaveLength(4);
			expect(await fire('repair_number', 'give', null, { rma: no, opinion: '请寄回' }, 'M01')).toMatchObject({ no: 'RMA202506-0001', state: 'Given', givenBy: 'M01' });
		});

		it('R-106: no number before the data are checked, and none twice; a refused attempt draws none', async () => {
			const no = await applied();
			await expect(fire('repair_number', 'give', null, { rma: no, opinion: 'x' }, 'M01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await on(no, 'check', { result: 'complete' }, 'S01');
			await fire('repair_number', 'give', null, { rma: no, opinion: 'x' }, 'M01');
			await expect(fire('repair_number', 'give', null, { rma: no, opinion: 'x' }, 'M01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect((await database.store.list('repair_number', {})).map(({ no: number }) => number)).toEqual(['RMA202506-0001']);
		});

		it('R-107 R-108 R-109: the answer has number, address, courier and both reminders; without an address it is refused', async () => {
			const no = await numbered({ sendBy: 'freight' });
			expect(await one('rma', no)).toMatchObject({ state: 'Approved', repairNo: 'RMA202506-0001', sentTo: '工业路 1 号 售后服务中心' });
			const answer = (await notices('rma.approved'))[0];
			expect(answer?.['subject']).toContain('RMA202506-0001');
			expect(textOf(answer)).toMatch(/工业路 1 号.*快递寄出.*箱外用大字写明维修编号.*备份.*不需要的配件.*寄送方式不是快递/);
			await setting(database.store, 'rma.address', '');
			const other = await applied({ serial: 'SN79' });
			await on(other, 'check', { result: 'complete' }, 'S01');
			await expect(fire('repair_number', 'give', null, { rma: other, opinion: 'x' }, 'M01')).rejects.toMatchObject({ rule: 'R-107' });
		});

		it('R-107: an applicant without mail is phoned', async () => {
			const no = await applied({ mail: null });
			await on(no, 'check', { result: 'complete' }, 'S01');
			await fire('repair_number', 'give', null, { rma: no, opinion: '请寄回' }, 'M01');
			expect((await notices('rma.approved'))[0]).toMatchObject({ recipients: ['cs@test.local'], subject: expect.stringContaining('请电话通知客户') as string });
		});

		it('R-107 R-109: the parcel is checked for its number and unpacked; not before the answer, not in the future', async () => {
			const early = await applied();
			await expect(on(early, 'receive', parcel, 'C01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			const no = await numbered({ serial: 'SN78' });
			await expect(on(no, 'receive', { numberOnParcel: false }, 'C01')).rejects.toMatchObject({ code: 'FIELD_MISSING', message: expect.stringContaining('箱内配件') as string });
			await expect(on(no, 'receive', { ...parcel, receivedOn: '2025-06-03' }, 'C01')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
			await expect(on(no, 'receive', { ...parcel, receivedOn: '2025-06-01' }, 'C01')).rejects.toMatchObject({ rule: 'R-107' });
			expect(await on(no, 'receive', { arrivedWith: '数据线' }, 'C01')).toMatchObject({ state: 'Received', numberOnParcel: false, arrivedWith: '数据线' });
			expect(textOf((await notices('rma.received'))[0])).toContain('箱外没有写维修编号');
		});

		it('R-102: a refused application is answered with its reason', async () => {
			const no = await applied();
			await expect(on(no, 'refuse', {}, 'M01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			expect(await on(no, 'refuse', { reason: '停产十年，没有配件' }, 'M01')).toMatchObject({ state: 'Refused', repliedAt: monday });
			expect(textOf((await notices('rma.refused'))[0])).toContain('没有配件');
		});
	});

	describe('the limit', () => {
		it.each([['2025-06-02', '2025-06-10 00:00'], ['2025-06-06', '2025-06-14 00:00'], ['2025-06-07', '2025-06-14 00:00']])('R-110: EX-02b received on %s, due before %s', async (day, due) => {
			const no = await numbered();
			expect(await on(no, 'receive', parcel, 'C01', at(`${day} 15:00`))).toMatchObject({ dueAt: at(due), countFrom: day });
		});

		it('R-110: on working day 4 a solution is asked for, once; a missed limit is flagged and told', async () => {
			const no = await received();
			await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01');
			await fireDueClocks(database.store, at('2025-06-06 08:30'));
			expect(await notices('rma.solution')).toEqual([]);
			await fireDueClocks(database.store, at('2025-06-06 08:31'));
			await fireDueClocks(database.store, at('2025-06-06 09:31'));
			expect((await notices('rma.solution')).map(({ recipients }) => recipients).sort()).toEqual([['aftersales@test.local'], ['tech1@test.local']]);
			await expect(on(no, 'agree', { solution: '等配件', solutionDay: '2025-06-01' }, 'C01', at('2025-06-06 10:00'))).rejects.toMatchObject({ rule: 'R-110' });
			await on(no, 'agree', { solution: '等配件，周三修妥', solutionDay: '2025-06-11' }, 'C01', at('2025-06-06 10:00'));
			await fireDueClocks(database.store, at('2025-06-10 00:01'));
			expect(textOf((await notices('rma.breached'))[0])).toContain('等配件，周三修妥');
			expect(await one('rma', no)).toMatchObject({ breached: true, state: 'Repairing' });
			expect(await on(no, 'finish', report, 'J01', at('2025-06-11 10:00'))).toMatchObject({ onTime: false, finishedDay: '2025-06-11', technician: 'J01' });
		});

		it('R-111: EX-02c from fee notice to payment the clock stands; three working days are added', async () => {
			const no = await charged();
			expect(await one('rma', no)).toMatchObject({ state: 'AwaitConfirm', waiting: true, dueAt: null });
			await on(no, 'confirmFee', { reply: '同意，请修' }, 'C01', at('2025-06-04 09:00'));
			await fireDueClocks(database.store, at('2025-06-12 09:00'));
			expect(await notices('rma.breached')).toEqual([]);
			expect(await on(no, 'confirmPayment', { amount: 100000 }, 'K01', at('2025-06-06 10:00'))).toMatchObject({ waiting: false, suspendedDays: 3, dueAt: at('2025-06-13 00:00') });
		});

		it('R-111: EX-02d a fee that is never paid leaves no limit, and what is finished meanwhile is not late', async () => {
			const no = await charged();
			await on(no, 'confirmFee', { reply: '同意' }, 'C01');
			expect(await on(no, 'finish', report, 'J01', at('2025-07-30 10:00'))).toMatchObject({ state: 'ReadyToShip', onTime: true, waiting: true, dueAt: null });
			expect((await notices('rma.finished'))[0]?.['subject']).toContain('等待到账');
		});

		it('R-110: finished within five working days is on time', async () => {
			const no = await received();
			await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01');
			expect(await on(no, 'finish', report, 'J01', at('2025-06-09 23:00'))).toMatchObject({ state: 'ReadyToShip', onTime: true, receivedAt: monday });
		});
	});

	describe('what it costs', () => {
		it('R-112: in warranty and our fault it is free, the way back too; a charge for it is refused', async () => {
			const no = await received();
			await expect(on(no, 'diagnose', { cause: 'quality', diagnosis: '电容', lines: [{ item: 'P002', quantity: 1 }] }, 'J01')).rejects.toMatchObject({ rule: 'R-112' });
			expect(await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01')).toMatchObject({ state: 'Repairing', fee: 0, freightPayer: 'company', cover: 'in' });
			expect(await database.store.list('fee_notice', {})).toEqual([]);
		});

		it('R-112: where nobody knows the purchase day the technician finds it, or says which', async () => {
			const no = await received({ purchaseDay: null, tick: null });
			await expect(on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01')).rejects.toMatchObject({ rule: 'R-112', code: 'FIELD_MISSING' });
			expect(await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容', purchaseDay: '2025-02-01' }, 'J01')).toMatchObject({ cover: 'in', state: 'Repairing' });
		});

		it('R-113: damage by people is charged inside the year, by the price list, and not begun before the notice', async () => {
			const no = await received();
			await expect(on(no, 'diagnose', { cause: 'human', diagnosis: '进水' }, 'J01')).rejects.toMatchObject({ rule: 'R-113' });
			await expect(on(no, 'finish', report, 'J01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await on(no, 'diagnose', { cause: 'human', diagnosis: '进水', lines: [{ item: 'P002', quantity: 1 }, { item: 'GS01', quantity: 6000 }] }, 'J01')).toMatchObject({ state: 'AwaitConfirm', fee: 106000, freightPayer: 'customer' });
		});

		it('R-114: the notice has a number of its own; it is confirmed by a file or the text of a reply only', async () => {
			const no = await charged();
			expect(await one('fee_notice', 'TZ-RMA202506-0001')).toMatchObject({ state: 'Sent', amount: 100000, lines: [{ kind: 'part', item: 'P002', price: 100000 }] });
			expect((await notices('rma.fee'))[0]).toMatchObject({ recipients: ['ma@mail.test'], subject: expect.stringContaining('1,000.00') as string });
			await expect(on(no, 'confirmFee', {}, 'C01')).rejects.toMatchObject({ rule: 'R-114' });
			await keepFiles(database.store, no, [{ purpose: 'confirmation', name: '传真.png', mimeType: 'image/png', content: Buffer.from('x') }], { actor: 'C01', now: at('2025-06-03 15:00') });
			await expect(on(no, 'confirmFee', {}, 'C01')).rejects.toMatchObject({ rule: 'R-114' });
			await keepFiles(database.store, no, [{ purpose: 'confirmation', name: '签字.png', mimeType: 'image/png', content: Buffer.from('y') }], { actor: 'C01', now: at('2025-06-04 09:00') });
			expect(await on(no, 'confirmFee', {}, 'C01')).toMatchObject({ state: 'Repairing', confirmation: expect.stringContaining('签字.png') as string });
			expect(await one('fee_notice', 'TZ-RMA202506-0001')).toMatchObject({ state: 'Confirmed' });
			await expect(on(no, 'diagnose', { cause: 'human', diagnosis: '又进水', lines: [{ item: 'P001', quantity: 1 }] }, 'J01')).rejects.toMatchObject({ rule: 'R-114' });
		});

		it('R-114: worked out again, the old notice is void and a second one goes out; free after all, the clock goes on', async () => {
			const no = await charged();
			expect(await on(no, 'diagnose', { cause: 'human', diagnosis: '进水，只换线', lines: [{ item: 'P001', quantity: 1 }] }, 'J01', at('2025-06-04 09:00'))).toMatchObject({ fee: 4000, feeNotice: 'TZ-RMA202506-0001-2' });
			expect(await on(no, 'diagnose', { cause: 'quality', diagnosis: '不是进水' }, 'J01', at('2025-06-05 09:00'))).toMatchObject({ state: 'Repairing', fee: 0, waiting: false, suspendedDays: 2, dueAt: at('2025-06-12 00:00') });
			expect((await database.store.list('fee_notice', {})).map(({ state }) => state)).toEqual(['Withdrawn', 'Withdrawn']);
		});

		it('R-114: a customer who refuses gets the device back at his cost, unrepaired', async () => {
			const no = await charged();
			expect(await on(no, 'refuseFee', { reason: '太贵' }, 'C01')).toMatchObject({ state: 'ReturnUnrepaired', freightPayer: 'customer' });
			expect(await on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01')).toMatchObject({ state: 'Shipped' });
			expect((await notices('rma.shipped'))[0]?.['subject']).toContain('未修退回');
		});

		it('R-115: a slip is no payment; the device leaves when finance has confirmed all of it', async () => {
			const no = await charged();
			await on(no, 'confirmFee', { reply: '同意' }, 'C01');
			await on(no, 'finish', report, 'J01');
			await expect(fire('remittance_slip', 'hand', null, { rma: no, amount: 100000, remittedOn: '2025-06-30' }, 'C01')).rejects.toMatchObject({ code: 'FIELD_INVALID' });
			const slip = await fire('remittance_slip', 'hand', null, { rma: no, amount: 100000, remittedOn: '2025-06-02' }, 'C01');
			const ship = () => on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01');
			await expect(ship()).rejects.toMatchObject({ rule: 'R-115' });
			await expect(on(no, 'confirmPayment', { amount: 100000 }, 'C01')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
			await on(no, 'confirmPayment', { amount: 60000 }, 'K01');
			await expect(ship()).rejects.toMatchObject({ message: expect.stringContaining('财务确认到账 600.00 元') as string });
			await expect(on(no, 'confirmPayment', { amount: 40001 }, 'K01')).rejects.toMatchObject({ rule: 'R-115', message: expect.stringContaining('多了 0.01 元') as string });
			await on(no, 'confirmPayment', { amount: 40000 }, 'K01');
			expect(await one('remittance_slip', String(slip['no']))).toMatchObject({ state: 'Confirmed' });
			expect(await one('fee_notice', 'TZ-RMA202506-0001')).toMatchObject({ state: 'Paid' });
			expect(await ship()).toMatchObject({ state: 'Shipped', freightPayer: 'customer' });
		});

		it('R-115: under rma.repair_before_payment = 否 the repair waits for the money, too', async () => {
			await setting(database.store, 'rma.repair_before_payment', '否');
			const no = await charged();
			expect(await on(no, 'confirmFee', { reply: '同意' }, 'C01')).toMatchObject({ state: 'AwaitPayment' });
			await expect(on(no, 'finish', report, 'J01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			expect(await on(no, 'confirmPayment', { amount: 100000 }, 'K01')).toMatchObject({ state: 'Repairing' });
		});

		it('R-115: the general manager may waive a fee; what was paid and not earned is paid back, once', async () => {
			const no = await charged();
			expect(await on(no, 'waiveFee', { reason: '老客户' }, 'G02', at('2025-06-05 09:00'))).toMatchObject({ state: 'Repairing', fee: 0, waiting: false });
			const other = await received({ serial: 'SN80' });
			await on(other, 'diagnose', { cause: 'human', diagnosis: '进水', lines: [{ item: 'P001', quantity: 1 }] }, 'J01');
			await on(other, 'confirmFee', { reply: '同意' }, 'C01');
			await on(other, 'confirmPayment', { amount: 4000 }, 'K01');
			expect(await on(other, 'giveUp', { reason: '主板烧毁，无件' }, 'M01')).toMatchObject({ state: 'ReturnUnrepaired' });
			expect(await notices('rma.refund:')).toHaveLength(1);
			expect(await on(other, 'refund', {}, 'K01')).toMatchObject({ refundedAt: monday, paid: 0, state: 'ReturnUnrepaired' });
			await expect(on(other, 'refund', {}, 'K01')).rejects.toMatchObject({ rule: 'R-115' });
		});
	});

	describe('the way back', () => {
		const repaired = async (changes: object = {}) => {
			const no = await received(changes);
			await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01');
			await on(no, 'finish', report, 'J01');
			return no;
		};

		it('R-116: no way back without the report; the customer is told the tracking number and the report prints', async () => {
			const no = await received();
			await on(no, 'diagnose', { cause: 'quality', diagnosis: '电容' }, 'J01');
			await expect(on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await expect(on(no, 'finish', { ...report, workDone: '' }, 'J01')).rejects.toMatchObject({ code: 'FIELD_MISSING' });
			await on(no, 'finish', report, 'J01');
			await expect(on(no, 'ship', { carrier: '顺丰', tracking: 'SF1', address: '别处' }, 'C01')).rejects.toMatchObject({ rule: 'R-116' });
			await on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01');
			expect(textOf((await notices('rma.shipped'))[0])).toMatch(/SF1.*青岛市香港路 9 号.*本公司承担/);
			const paper = await paperFor(database.store, 'rma', no, { form: 'M-066', now: monday });
			expect(JSON.stringify(paper)).toMatch(/RMA202506-0001.*更换电路板/);
			expect(await paperFor(database.store, 'rma', no, { now: monday })).toMatchObject({ form: 'M-073' });
		});

		it('R-116: without mail the customer is phoned before it is shipped', async () => {
			const no = await repaired({ mail: null });
			await expect(on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01')).rejects.toMatchObject({ rule: 'R-116', message: expect.stringContaining('还没有电话通知') as string });
			expect(await on(no, 'ship', { carrier: '顺丰', tracking: 'SF1', phoned: true }, 'C01')).toMatchObject({ toldBy: 'phone' });
		});

		it('R-116: received by word, or by 15 days of silence, but never after the customer said that it did not come', async () => {
			const no = await repaired();
			await on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01');
			await expect(on(no, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01')).rejects.toMatchObject({ code: 'WRONG_STATE' });
			await on(no, 'notReceived', { note: '没收到' }, 'C01', at('2025-06-10 09:00'));
			await fireDueClocks(database.store, at('2025-07-18 00:01'));
			expect(await one('rma', no)).toMatchObject({ state: 'NotArrived', notArrived: '没收到' });
			expect(await on(no, 'ship', { carrier: '顺丰', tracking: 'SF2' }, 'C01', at('2025-06-10 15:00'))).toMatchObject({ state: 'Shipped', tracking: 'SF2', notArrived: null });
			expect((await notices('rma.shipped')).map(({ subject }) => subject)).toEqual([expect.stringContaining('设备已修妥寄出'), expect.stringContaining('设备已修妥寄出')]);
			await fireDueClocks(database.store, at('2025-06-25 00:01'));
			expect(await one('rma', no)).toMatchObject({ state: 'Shipped' });
			await fireDueClocks(database.store, at('2025-06-26 00:01'));
			expect(await one('rma', no)).toMatchObject({ state: 'Closed', closedAs: expect.stringContaining('15 天') as string });
		});

		it('R-103 R-107 R-114 R-116: what stands still for seven days is on a weekly list for the desk; what moves is not', async () => {
			await applied({ serial: 'SN1', fault: null });
			await numbered({ serial: 'SN2' });
			await charged();
			const sent = await numbered({ serial: 'SN3' });
			await on(sent, 'receive', parcel, 'C01');
			await on(sent, 'giveUp', { reason: '修不了' }, 'M01');
			await on(sent, 'ship', { carrier: '顺丰', tracking: 'SF1' }, 'C01');
			await runDailyChecks(database.store, at('2025-06-08 23:00'));
			expect(await notices('rma.waiting')).toEqual([]);
			for (const when of ['2025-06-09 08:00', '2025-06-13 08:00', '2025-06-16 08:00']) await runDailyChecks(database.store, at(when));
			const [first, second] = (await notices('rma.waiting')).sort((a, b) => (String(a['key']) < String(b['key']) ? -1 : 1));
			expect([first?.['key'], second?.['key'], first?.['recipients']]).toEqual(['rma.waiting:2025-06-09', 'rma.waiting:2025-06-16', ['cs@test.local']]);
			expect(textOf(first)).toMatch(/FX202506-0001.*资料不全.*RMA202506-0001.*已给维修编号/);
			expect(textOf(first)).not.toContain('待确认费用');
			expect(textOf(second)).toContain('待确认费用');
			expect(textOf(second)).not.toContain('SN3');
			await on(sent, 'notReceived', { note: '没收到' }, 'C01', at('2025-06-16 09:00'));
			await runDailyChecks(database.store, at('2025-06-23 08:00'));
			expect(textOf((await notices('rma.waiting:2025-06-23'))[0])).toContain('客户没有收到');
		});

		it('R-114: who refused the fee may still change his mind while the device is here; what was paid goes back first', async () => {
			const no = await charged();
			await on(no, 'refuseFee', { reason: '太贵' }, 'C01');
			const again = { cause: 'human', diagnosis: '进水', lines: [{ item: 'P002', quantity: 1 }] };
			expect(await on(no, 'diagnose', again, 'J01', at('2025-06-05 10:00'))).toMatchObject({ state: 'AwaitConfirm', feeRound: 2, waiting: true });
			await on(no, 'giveUp', { reason: '没有配件' }, 'M01', at('2025-06-05 11:00'));
			expect(await on(no, 'diagnose', again, 'J01', at('2025-06-06 10:00'))).toMatchObject({ state: 'AwaitConfirm', feeRound: 3 });
			await on(no, 'confirmFee', { reply: '同意' }, 'C01', at('2025-06-06 11:00'));
			expect(await on(no, 'confirmPayment', { amount: 100000 }, 'K01', at('2025-06-06 12:00'))).toMatchObject({ state: 'Repairing', paid: 100000 });
			await on(no, 'giveUp', { reason: '修不了' }, 'M01', at('2025-06-06 13:00'));
			await expect(on(no, 'diagnose', again, 'J01', at('2025-06-06 14:00'))).rejects.toMatchObject({ rule: 'R-115' });
		});

		it('R-116: parts of the repair leave the stock', async () => {
			await stocked(database.store, { P002: 5 });
			const no = await repaired();
			expect(await database.store.load('goods_issue', 'paper', [no])).toMatchObject([{ purpose: 'repair', lines: [{ item: 'P002', quantity: 1 }] }]);
		});

		it('R-106 R-117: the repair number alone tells the state and nothing of the person; a wrong one nothing at all', async () => {
			const no = await received();
			const status = await customerStatus(database.store, ' rma202506-0001 ', '', { now: monday, zone });
			expect(status).toMatchObject({ no: 'RMA202506-0001', state: '设备已收到，等待检测', canConfirm: false });
			for (const personal of [form.applicant, form.address, form.receiver, form.phone, form.mail, form.serial, form.fault, no]) expect(JSON.stringify(status)).not.toContain(personal);
			await expect(customerStatus(database.store, 'RMA202506-0002', '', { now: monday, zone })).rejects.toMatchObject({ code: 'NOT_FOUND' });
			await expect(customerStatus(database.store, no, '2222', { now: monday, zone })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});
	});
});
