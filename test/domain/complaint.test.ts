import { classifyComplaint } from '../../domain/complaint/classifyComplaint';
import { stageDue, totalDue, type Market, type Stage } from '../../domain/complaint/complaintPlan';
import { defaultSettings as settings } from '../../domain/settings';
import { localLimit } from '../../domain/shared/zonedTime';
import { at } from '../support/calendars';

const zone = 'Asia/Shanghai';

describe('limits of a quality complaint', () => {
	it.each<[Market, string[]]>([
		['domestic', ['2025-06-02 21:00', '2025-06-03 21:00', '2025-06-04 21:00', '2025-06-05 21:00', '2025-06-06 21:00', '2025-06-07 09:00', '2025-06-11 09:00', '2025-06-12 09:00']],
		['foreign', ['2025-06-02 21:00', '2025-06-03 21:00', '2025-06-04 21:00', '2025-06-05 21:00', '2025-06-06 21:00', '2025-06-07 09:00', '2025-06-18 09:00', '2025-06-19 09:00']],
	])('K-020 K-022: every holder of a %s case uses his whole limit, sales one day first and the rest later', (market, ends) => {
		let now = at('2025-06-02 09:00');
		const walked = (['S2', 'S3', 'S4', 'S5', 'S7', 'S8', 'S10', 'S11'] as Stage[]).map((stage) => {
			const due = stage === 'S7' ? new Date(Date.parse(now) + 86_400_000).toISOString() : stageDue(stage, now, market, settings, stage === 'S10' ? 1 : 0);
			now = due;
			return localLimit(due, zone);
		});
		expect(walked).toEqual(ends);
	});

	it('K-031: the whole case ends after 13 or 17 days at 24:00', () => {
		expect(localLimit(totalDue(at('2025-06-02 09:00'), 'domestic', settings, zone), zone)).toBe('2025-06-15 24:00');
		expect(localLimit(totalDue(at('2025-06-02 09:00'), 'foreign', settings, zone), zone)).toBe('2025-06-19 24:00');
	});

	it('K-020: sales that used its days has none left, never a negative limit', () => {
		expect(stageDue('S10', at('2025-06-02 09:00'), 'domestic', settings, 7)).toBe(at('2025-06-02 09:00'));
	});
});

describe('weight of a complaint', () => {
	const mild = { injury: false, publicThreat: false, loss: 0, daysSinceLast: null, declaredMajor: false };
	it.each([
		['nothing special', mild, 'ordinary'],
		['injury', { ...mild, injury: true }, 'major'],
		['media', { ...mild, publicThreat: true }, 'major'],
		['a loss of 9,999.99', { ...mild, loss: 999_999 }, 'ordinary'],
		['a loss of 10,000.00', { ...mild, loss: 1_000_000 }, 'major'],
		['a repeat on day 90', { ...mild, daysSinceLast: 90 }, 'major'],
		['a repeat on day 91', { ...mild, daysSinceLast: 91 }, 'ordinary'],
		['somebody says so', { ...mild, declaredMajor: true }, 'major'],
	] as const)('K-003: %s', (_case, severity, expected) => {
		expect(classifyComplaint(severity, settings).class).toBe(expected);
	});
});
