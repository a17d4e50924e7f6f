import { exceptionsIn, registerAgainstVouchers } from '../../../domain/report/exceptions';
import { serviceBook, type ServiceData } from '../../../domain/report/serviceBook';
import type { Call } from '../../../domain/service/call';
import type { Charge } from '../../../domain/service/charge';
import { readMail } from '../../../domain/service/readMail';
import type { Voucher } from '../../../domain/service/voucher';
import { at } from '../../support/calendars';

const call = (changes: Partial<Call>) => ({ no: 'BX1', customerName: '甲', state: 'Closed', type: 'C', calledAt: at('2025-06-06 09:00'), dueAt: at('2025-06-06 16:00'), replyDueAt: null, replyLate: false, promisedAt: at('2025-06-06 12:00'), arrivedAt: at('2025-06-06 10:00'), breached: false, repeatOf: null, preparation: null, overrideReason: null, voucher: 'PZ-1', result: 'done', channel: 'phone', initiative: 'passive', model: 'KF-26', symptom: '不制冷', faultCode: null, ...changes }) as Call;
const charge = (changes: Partial<Charge>) => ({ no: 'SF1', call: 'BX1', voucher: 'PZ-1', customer: 'C001', technician: 'J01', amount: 5000, path: 'onsite', state: 'HandedOver', invoiceNo: 'FP1', paidAt: at('2025-06-07 09:00'), settledAt: at('2025-06-07 09:00'), requestedAt: null, late: false, overdue: null, auditedAt: null, createdAt: at('2025-06-06 11:30'), reversedAt: null, reversedBecause: null, ...changes }) as Charge;
const voucher = (changes: Partial<Voucher>) => ({ no: 'PZ-1', customer: 'C001', calls: [], ...changes }) as unknown as Voucher;
const data = (changes: Partial<ServiceData>): ServiceData => ({ period: '2025-06', today: '2025-06-30', zone: 'Asia/Shanghai', calls: [], hotline: [], closed: [], charges: [], charged: new Set(), dispatches: [], claims: [], loans: [], vouchers: [], people: new Map(), auditedOnly: false, ...changes });
const whats = (changes: Partial<ServiceData>) => exceptionsIn(data(changes)).map(({ what }) => what);

describe('exceptions', () => {
	it('V-012: a call closed without a promised time is listed, one with it is not', () => {
		expect(whats({ closed: [call({}), call({ no: 'BX2', promisedAt: null })] })).toEqual(['未答复维修时间']);
	});
	it('V-013 V-030 V-047: late answers, missed arrivals and repeats are listed', () => {
		expect(whats({ calls: [call({ replyLate: true, breached: true, repeatOf: 'BX0' })] })).toEqual(['答复超时', '到达超时', '重复报修']);
	});
	it('V-061 R-007: paid work without a charge, and charges without invoice', () => {
		expect(whats({ closed: [call({ type: 'A' })] })).toEqual(['有费服务未登记收费']);
		const waiting = { calls: [call({ type: 'A', state: 'AwaitCancel' })], vouchers: [voucher({ calls: ['BX1'] })] };
		expect(whats(waiting)).toEqual(['有费服务未登记收费']);
		expect(whats({ ...waiting, charges: [charge({ state: 'InvoiceDue' })], charged: new Set(['BX1']) })).toEqual(['有费服务未开票']);
	});
	it('V-060: cash in a technician\'s hands, and cash kept too long', () => {
		expect(whats({ charges: [charge({ state: 'Collected' }), charge({ state: 'Collected', overdue: true })] })).toEqual(['现金待上交', '现金逾期未上交']);
	});
	it('M-105: a reversed charge is listed with its reason, not as open', () => {
		expect(exceptionsIn(data({ charges: [charge({ state: 'Reversed', overdue: true, late: true, reversedBecause: '重复登记' })] }))).toEqual([{ what: '收费已冲销', no: 'SF1', who: 'J01', detail: '50.00 元，叫修 BX1：重复登记' }]);
	});
	it('V-034: register and vouchers are compared both ways', () => {
		expect(registerAgainstVouchers([call({ state: 'Assigned' })], [])).toMatchObject([{ detail: '没有服务凭证 PZ-1' }]);
		expect(registerAgainstVouchers([call({ state: 'Assigned' })], [voucher({})])).toMatchObject([{ detail: '服务凭证 PZ-1 上没有这件叫修' }]);
		expect(registerAgainstVouchers([call({ state: 'Closed' })], [voucher({ calls: ['BX1'] })])).toMatchObject([{ detail: '叫修 BX1 已注销，凭证还没有归档' }]);
		expect(registerAgainstVouchers([call({ state: 'Assigned' })], [voucher({ calls: ['BX1'] })])).toEqual([]);
	});
	it('a voided call is nobody\'s exception', () => {
		expect(whats({ calls: [call({ state: 'Void', promisedAt: null, breached: true })], vouchers: [voucher({})] })).toEqual([]);
	});
});

describe('the month\'s service book', () => {
	const rowsOf = (name: string, changes: Partial<ServiceData>) => serviceBook(data(changes)).sheets.find((sheet) => sheet.name === name)?.rows;
	it('V-067: every charge with voucher, invoice, collected amount and date', () => {
		expect(rowsOf('收费明细', { charges: [charge({}), charge({ no: 'SF2', paidAt: null, state: 'InvoiceDue', invoiceNo: null })] })).toMatchObject([
			{ no: 'SF1', voucher: 'PZ-1', invoiceNo: 'FP1', amount: 5000, paid: 5000, paidAt: '2025-06-07 09:00', path: '现场收款' },
			{ no: 'SF2', paid: 0, invoiceNo: null },
		]);
	});
	it('V-067: a charge is due in the month of its registration and collected in the month of its payment', () => {
		const inMonth = (period: string, changes: Partial<Charge>) => rowsOf('收费明细', { period, charges: [charge({ settledAt: at('2025-06-30 10:00'), paidAt: at('2025-07-01 00:30'), ...changes })] });
		expect(inMonth('2025-06', {})).toMatchObject([{ happened: '登记、开票', amount: 5000, due: 5000, paid: 0 }]);
		expect(inMonth('2025-07', {})).toMatchObject([{ happened: '收款', amount: 5000, due: 0, paid: 5000 }]);
		expect(inMonth('2025-06', { paidAt: at('2025-06-30 23:59') })).toMatchObject([{ happened: '登记、开票、收款', due: 5000, paid: 5000 }]);
	});
	it('M-105: a reversed charge stays in the book with its reason and counts nothing', () => {
		expect(rowsOf('收费明细', { charges: [charge({ state: 'Reversed', reversedAt: at('2025-06-10 09:00'), reversedBecause: '重复登记' })] })).toMatchObject([{ no: 'SF1', happened: '登记、开票、收款、冲销', amount: 5000, due: 0, paid: 0, reversedBecause: '重复登记' }]);
	});
	it('T-041: where charges are audited, only audited ones are exported', () => {
		expect(rowsOf('收费明细', { auditedOnly: true, charges: [charge({}), charge({ no: 'SF2', auditedAt: at('2025-06-08 09:00') })] })).toMatchObject([{ no: 'SF2' }]);
	});
	it('V-024 V-026: dispatches with their times, minutes and expenses', () => {
		const sent = { no: 'PQ-1', call: 'BX1', technician: 'J01', companions: null, assignedAt: at('2025-06-06 09:10'), plannedAt: null, acceptedAt: at('2025-06-06 09:20'), startedAt: at('2025-06-06 09:40'), minutesToStart: 20, arrivedAt: null, leftAt: null, result: 'done', costs: [{ kind: '地铁', amount: 300 }, { kind: '打车', amount: 2000 }] };
		expect(rowsOf('派遣记录', { dispatches: [sent as unknown as ServiceData['dispatches'][number]] })).toMatchObject([{ assignedAt: '2025-06-06 09:10', minutesToStart: 20, costs: 2300, result: '已完成服务', arrivedAt: null }]);
	});
	it('T-040 S-040: what the hotline solves by itself counts with the calls, what it passed on does not count twice', () => {
		const taken = { channel: 'phone' as const, callKind: 'fault' as const, model: 'KF-26', problem: '不制冷', content: '响声大', solved: true, followed: null };
		const hotline = [taken, { ...taken, solved: false, followed: '已登记叫修' }, { ...taken, callKind: 'question' as const, problem: null, solved: false }, { ...taken, channel: 'online' as const }, { ...taken, callKind: 'complaint' as const }];
		expect(rowsOf('电话问题统计', { calls: [call({})], hotline })).toEqual([{ model: 'KF-26', problem: '不制冷', count: 2, remote: 1 }, { model: 'KF-26', problem: '响声大', count: 1, remote: 0 }]);
	});
	it('T-040: phone problems by product, the frequent first, with those solved on the phone', () => {
		const calls = [call({}), call({ no: 'BX2', result: 'done_by_phone' }), call({ no: 'BX3', faultCode: 'E5' }), call({ no: 'BX4', channel: 'web' })];
		expect(rowsOf('电话问题统计', { calls })).toEqual([{ model: 'KF-26', problem: '不制冷', count: 2, remote: 1 }, { model: 'KF-26', problem: 'E5', count: 1, remote: 0 }]);
	});
	it('V-072: active and passive service are counted apart', () => {
		expect(rowsOf('主动被动服务', { calls: [call({}), call({ initiative: 'active' }), call({ initiative: null })] })).toEqual([{ kind: '被动服务', count: 2 }, { kind: '主动服务', count: 1 }]);
	});
});

describe('a mail becomes a call', () => {
	const mail = { from: 'a@b.cn', fromName: '王女士', subject: 'Re: 空调不制冷', text: '' };
	it('V-015: labelled lines are read, free text and subject are the symptom', () => {
		const { input, missing } = readMail({ ...mail, text: '您好，\n客户名称：华联超市\n电话： １３８ ０００００００１\n地址：中山路 1 号\n型号: KF-26GW\n序列号：SN1\n昨天开始漏水。\n\n-----原始邮件-----\n电话：13999999999' });
		expect(input).toMatchObject({ customerName: '华联超市', phone: '13800000001', address: '中山路 1 号', model: 'KF-26GW', serial: 'SN1', channel: 'mail', symptom: '空调不制冷\n您好，\n昨天开始漏水。' });
		expect(missing).toEqual([]);
	});
	it('V-015: without labels the number in the text and the sender count; what is missing is named', () => {
		const { input, missing } = readMail({ ...mail, text: '空调坏了请联系010-62345678\n> 之前的邮件 13700000000' });
		expect(input).toMatchObject({ customerName: '王女士', phone: '01062345678' });
		expect(missing).toEqual(['address', 'model']);
	});
	it('V-015: a purchase date is read as people write it; one that is no day stays readable in the symptom', () => {
		const read = (line: string) => readMail({ ...mail, text: `故障：滴水\n${line}` }).input;
		expect(read('购买日期：2024/07/01')).toMatchObject({ purchaseDay: '2024-07-01', symptom: '滴水' });
		expect(read('购买日期：2024年7月1日').purchaseDay).toBe('2024-07-01');
		expect(read('购买日期：2024年7月')).not.toHaveProperty('purchaseDay');
		expect(read('购买日期：2024年7月').symptom).toBe('滴水\n购买日期：2024年7月');
		expect(readMail({ ...mail, subject: '', text: '购买日期：去年' }).input.symptom).toBe('购买日期：去年');
	});
	it('V-015: a mail that says nothing is all missing but the sender', () => {
		expect(readMail({ ...mail, fromName: null, subject: '', text: '' }).missing).toEqual(['customerName', 'phone', 'address', 'model']);
	});
});
