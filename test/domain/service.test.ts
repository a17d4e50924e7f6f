import { chargePath } from '../../domain/service/chargePath';
import { explainDue, zoneOf } from '../../domain/service/arrivalLimit';
import { proposeServiceType } from '../../domain/service/proposeServiceType';
import { defaultSettings } from '../../domain/settings';
import { priceOn } from '../../domain/shared/priceOn';
import { percentOf, yuan } from '../../domain/shared/money';
import { readPeriods } from '../../domain/shared/readPeriods';
import { at, plainCalendar } from '../support/calendars';

const asset = { no: 'S1', warrantyEnd: '2025-06-30' };
const contract = { no: 'H1', asset: null, startDay: '2025-01-01', endDay: '2025-12-31' };
const job = { day: '2025-06-30', hasCustomer: true, asset, contracts: [], humanDamage: false };

describe('the type of a service', () => {
	it.each([
		['nobody to serve', { ...job, hasCustomer: false }, 'D'],
		['the last day of the warranty', job, 'C'],
		['the day after', { ...job, day: '2025-07-01' }, 'A'],
		['the day after, under contract', { ...job, day: '2025-07-01', contracts: [contract] }, 'B'],
		['warranty and contract', { ...job, contracts: [contract] }, 'C'],
		['human damage in warranty', { ...job, humanDamage: true }, 'A'],
		['human damage under contract', { ...job, humanDamage: true, contracts: [contract] }, 'B'],
		['a contract for another product', { ...job, day: '2025-07-01', contracts: [{ ...contract, asset: 'S2' }] }, 'A'],
		['the last day of the contract', { ...job, day: '2025-12-31', contracts: [contract] }, 'B'],
		['the day after the contract', { ...job, day: '2026-01-01', contracts: [contract] }, 'A'],
		['no record of the product', { ...job, asset: null }, 'A'],
	] as const)('V-002: %s', (_case, input, expected) => {
		expect(proposeServiceType(input).type).toBe(expected);
	});

	it('V-002: says why', () => {
		expect(proposeServiceType({ ...job, day: '2025-07-01' }).reason).toBe('保修已于 2025-06-30 到期，且没有有效合同');
	});
});

describe('small rules of a call', () => {
	it('V-032: an address without zone counts as city', () => {
		expect([zoneOf(null), zoneOf('suburb')]).toEqual(['city', 'suburb']);
	});
	it('V-060 V-061: 500.00 is collected on site, 500.01 by invoice', () => {
		expect([chargePath(50000, defaultSettings), chargePath(50001, defaultSettings)]).toEqual(['onsite', 'invoice']);
	});
	it('V-030: the explanation names periods, free days and an unpublished year', () => {
		const due = plainCalendar({ knownYears: new Set(['2025']) }).dueAfter(at('2025-12-31 16:30'), 360);
		expect(explainDue(due, 'Asia/Shanghai')).toBe('计入工作时间 6 小时：2025-12-31 16:30–17:30，2026-01-01 08:30–12:00，2026-01-01 13:00–14:30。注意：2026 年放假安排尚未公布，按平常工作周计算，结果可能变动');
	});
});

describe('money and prices', () => {
	it('P-083: the price of a day is the latest that has begun', () => {
		const lines = [{ no: '1', validFrom: '2025-01-01' }, { no: '2', validFrom: '2025-06-01' }];
		expect([priceOn(lines, '2024-12-31'), priceOn(lines, '2025-05-31')?.no, priceOn(lines, '2025-06-01')?.no]).toEqual([null, '1', '2']);
	});
	it('rounds a share half up to one fen and groups thousands', () => {
		expect([percentOf(16000, 90), percentOf(5, 90), percentOf(1, 50)]).toEqual([14400, 5, 1]);
		expect([yuan(123456789), yuan(-5), yuan(0)]).toEqual(['1,234,567.89', '-0.05', '0.00']);
	});
	it('reads working hours and refuses overlapping ones', () => {
		expect(readPeriods('08:30-12:00, 13:00-24:00')).toEqual([[510, 720], [780, 1440]]);
		for (const wrong of ['', '8-12', '12:00-08:30', '08:00-12:00,11:00-13:00', '08:00-25:00']) expect(() => readPeriods(wrong)).toThrow('无法识别');
	});
});
