import { defaultSettings } from '../../../domain/settings';
import { lastWeekday, readWeekTime, timeOn } from '../../../domain/shared/clockTime';
import type { DailyReport } from '../../../domain/technician/dailyReport';
import { hoursText, totalsOf } from '../../../domain/technician/dailyReportRules';
import { dayTotals, missingText, needsStamp } from '../../../domain/technician/directorReportRules';
import { kpisOf, type KpiData, type KpiRow } from '../../../domain/technician/kpi';
import { teamWeek } from '../../../domain/technician/teamWeek';
import { scoreSheet, withAdjustments } from '../../../domain/technician/score';
import { differences, linesText, prefilledLines } from '../../../domain/technician/workedTime';
import { weeklyRecord, weeklyReport, weekUntil } from '../../../domain/report/technicianReports';
import { kpiText } from '../../../domain/report/kpiWorkbook';
import { at } from '../../support/calendars';

const line = (type: 'A' | 'B' | 'C' | 'D', minutes: number, call: string | null = null) => ({ type, minutes, call, note: null });
const report = (technician: string, state: DailyReport['state'], lines: ReturnType<typeof line>[], day = '2025-06-09') => ({ technician, state, day, lines, ...totalsOf(lines) }) as unknown as DailyReport;

describe('the technician\'s day', () => {
	it('T-001: A 90, A 30 and D 60 minutes are A 2.0 h and D 1.0 h, 3.0 h together', () => {
		const totals = totalsOf([line('A', 90), line('A', 30), line('D', 60)]);
		expect(totals).toEqual({ minutesA: 120, minutesB: 0, minutesC: 0, minutesD: 60, total: 180 });
		expect([hoursText(120), hoursText(60), hoursText(totals.total), hoursText(100)]).toEqual(['2', '1', '3', '1.67']);
	});

	it('T-006: visits and cards of the day become lines; another\'s are left out', () => {
		const visits = [{ call: 'BX1', technician: 'J01', arrivedAt: at('2025-06-09 10:00'), leftAt: at('2025-06-09 11:30'), solution: '补充\n冷媒' }, { call: 'BX2', technician: 'J02', arrivedAt: at('2025-06-09 10:00'), leftAt: at('2025-06-09 11:30'), solution: '' }];
		const cards = [{ call: 'BX3', technician: 'J01', actualMinutes: 90, fault: '不启动' }];
		const lines = prefilledLines('J01', { visits, cards, calls: [{ no: 'BX1', type: 'C' }, { no: 'BX3', type: 'B' }] });
		expect(linesText(lines)).toBe('C 90 BX1 补充 冷媒\nB 90 BX3 修护：不启动');
	});

	it('T-006: card 90, report 150 minutes is marked, 120 is not', () => {
		const recorded = [line('A', 90, 'BX1')];
		expect(differences([line('A', 150, 'BX1')], recorded, 30)).toEqual([{ call: 'BX1', recorded: 90, reported: 150 }]);
		expect(differences([line('A', 100, 'BX1'), line('C', 20, 'BX1'), line('D', 300)], recorded, 30)).toEqual([]);
		expect(differences([], recorded, 30)).toEqual([{ call: 'BX1', recorded: 90, reported: 0 }]);
	});
});

describe('the superiors\' reports', () => {
	const people = ['J01', 'J02', 'J03'].map((no) => ({ no, name: `姓名${no}`, unit: null, roles: 'technician', active: true }));

	it('T-003: reviewed reports are added up, the others named', () => {
		const totals = dayTotals(people, [report('J01', 'Reviewed', [line('A', 90), line('D', 60)]), report('J02', 'Submitted', [line('A', 500)])]);
		expect(totals).toMatchObject({ minutesA: 90, minutesD: 60, total: 150, people: [{ technician: 'J01' }] });
		expect(missingText(totals.missing)).toBe('缺报：姓名J02（未核阅）、姓名J03');
	});

	it('T-004: whatever lies in a branch needs its manager\'s stamp, a centre does not', () => {
		const units = [{ no: 'GS', name: '', unitKind: 'company', parent: null }, { no: 'FG', name: '', unitKind: 'branch', parent: 'GS' }, { no: 'Z', name: '', unitKind: 'group', parent: 'FG' }, { no: 'C', name: '', unitKind: 'center', parent: 'GS' }];
		expect(['FG', 'Z', 'C', 'GS', null].map((no) => needsStamp(units, no))).toEqual([true, true, false, false, false]);
	});

	it('T-002: a week is seven days with every line, and working days without a report are named', () => {
		const days = weekUntil('2025-06-13');
		expect([days[0], days.length]).toEqual(['2025-06-07', 7]);
		const [sheet] = weeklyReport({ no: 'J01', name: '李' }, days, [report('J01', 'Reviewed', [line('A', 90, 'BX1'), line('D', 30)]), report('J01', 'Submitted', [line('B', 60, 'BX2')], '2025-06-13'), report('J02', 'Reviewed', [line('A', 1)])], (day) => !['2025-06-07', '2025-06-08'].includes(day)).sheets;
		expect(sheet?.rows).toMatchObject([{ day: '2025-06-09', call: 'BX1' }, { type: 'D', minutes: 30 }, { day: '2025-06-13', call: 'BX2' }]);
		expect(sheet?.subtitle?.[1]).toBe('缺报：2025-06-10、2025-06-11、2025-06-12');
	});

	it('T-005: the manager\'s table is technician by type, with the calls', () => {
		const [sheet] = weeklyRecord(teamWeek(weekUntil('2025-06-13'), people.slice(0, 2), [report('J01', 'Reviewed', [line('A', 90), line('D', 30)]), report('J01', 'Submitted', [line('A', 10)], '2025-06-10'), report('J02', 'Returned', [line('A', 999)])], [{ technician: 'J01' }, { technician: 'J01' }, { technician: null }])).sheets;
		expect(sheet?.rows).toMatchObject([{ name: '姓名J01', calls: 2, minutesA: 100, minutesB: 0, minutesC: 0, minutesD: 30, total: 130 }, { name: '姓名J02', calls: 0, minutesA: 0, minutesB: 0, minutesC: 0, minutesD: 0, total: 0 }]);
		expect(sheet?.subtitle?.[0]).toContain('报修 3 件，其中未派工 1 件');
	});

	it('T-002: the week\'s time is read in both languages, and the last such day found', () => {
		expect([readWeekTime('周五 17:00'), readWeekTime('Mon 08:30'), readWeekTime('周八 17:00'), readWeekTime('周五 25:00')]).toEqual([{ weekday: 5, clock: '17:00' }, { weekday: 1, clock: '08:30' }, null, null]);
		expect([lastWeekday('2025-06-13', 5), lastWeekday('2025-06-12', 5)]).toEqual(['2025-06-13', '2025-06-06']);
		expect(timeOn('2025-06-09', '17:30', 'Asia/Shanghai', 30)).toBe(at('2025-06-09 18:00'));
	});
});

describe('ratings and score sheets', () => {
	const rated = (attitude: string, skill: string, arrival: string, promise: string) => ({ attitude, skill, arrival, promise }) as never;
	const row = (key: string, numerator: number, denominator: number): KpiRow => ({ key, label: key, unit: 'percent', subjectKind: 'person', subject: 'J01', subjectName: '', numerator, denominator, value: denominator === 0 ? null : numerator / denominator, note: null });
	const kpis = (rating: KpiRow) => [row('calls', 10, 1), rating, row('sla', 9, 10), row('reports', 20, 20), row('repeat', 1, 10), row('complaints', 0, 1), row('inspections', 3, 4), row('visits', 1, 2)];

	it('T-020 T-021: three ratings with item averages 3.67, 3, 4, 3.33 give 3.50 with count 3', () => {
		const ratings = [rated('very_satisfied', 'satisfied', 'very_satisfied', 'very_satisfied'), rated('very_satisfied', 'satisfied', 'very_satisfied', 'satisfied'), rated('satisfied', 'satisfied', 'very_satisfied', 'satisfied')];
		const data = { calls: [], repeated: [], visits: [], charges: [], complaints: [], cards: [], inspected: [], reports: [], inspections: [], visitPlans: [], returns: { planned: 0, done: 0, inspected: 0, firstPass: 0 }, rmas: [], surveys: [], hotlineCalls: [], missedCalls: [], reportDays: [], people: [], units: [], month: '2025-06', builtAt: '', dayOf: () => '', ratings } as unknown as KpiData;
		const figures = kpisOf(data, { kind: 'company', code: '', name: '', people: null });
		const shownOf = (key: string) => kpiText(figures.find((each) => each.key === key) as KpiRow);
		expect(['rating_attitude', 'rating_skill', 'rating_arrival', 'rating_promise', 'rating'].map(shownOf)).toEqual(['3.67', '3.00', '4.00', '3.33', '3.50']);
		expect(scoreSheet('staff', figures, defaultSettings).lines[0]).toMatchObject({ basis: '3 次评价，平均 3.50', points: 8750 });
	});

	it('T-060 T-030 R-215: the workshop counts for the company, mailed-in repairs and inspections for who did them', () => {
		const inspections = [{ state: 'Done', late: false, inspector: 'J01', keeper: 'J02' }, { state: 'Done', late: true, inspector: 'J01', keeper: 'J01' }, { state: 'Missed', late: true, inspector: null, keeper: 'J01' }, { state: 'Dropped', late: false, inspector: null, keeper: 'J01' }];
		const data = { calls: [], repeated: [], visits: [], charges: [], complaints: [], cards: [], inspected: [], reports: [], inspections, visitPlans: [], returns: { planned: 20, done: 18, inspected: 100, firstPass: 95 }, rmas: [{ technician: 'J01', onTime: true }, { technician: 'J01', onTime: false }, { technician: 'J02', onTime: true }], surveys: [], hotlineCalls: [], missedCalls: [], reportDays: [], people: [], units: [], month: '2025-06', builtAt: '', dayOf: () => '', ratings: [] } as unknown as KpiData;
		const figure = (key: string, people: readonly string[] | null) => kpisOf(data, { kind: people === null ? 'company' : 'person', code: '', name: '', people }).find((each) => each.key === key);
		expect([figure('plan', null)?.value, figure('return_first_pass', null)?.value, figure('rma', null)?.value]).toEqual([0.9, 0.95, 2 / 3]);
		expect([figure('plan', ['J01']), figure('rma', ['J01'])]).toMatchObject([{ value: null, note: '没有数据' }, { value: 0.5, numerator: 1, denominator: 2 }]);
		expect(figure('rma', ['J03'])).toMatchObject({ value: null });
		expect([figure('inspections', null), figure('inspections', ['J01']), figure('inspections', ['J02'])]).toMatchObject([{ numerator: 1, denominator: 3 }, { numerator: 1, denominator: 3 }, { denominator: 0 }]);
	});

	it('T-021: ratings weigh their share; without ratings the others take it over', () => {
		const withRatings = scoreSheet('staff', kpis(row('rating', 42, 12)), defaultSettings);
		// 3.5 of 4 → 87.5 × 30 + 90 × 25 + 100 × 15 + 90 × 15 + 100 × 15
		expect(withRatings.score).toBe(9225);
		expect(withRatings.lines[0]).toMatchObject({ points: 8750, share: 3000, basis: '3 次评价，平均 3.50' });
		const without = scoreSheet('staff', kpis(row('rating', 0, 0)), defaultSettings);
		expect(without.lines[0]).toMatchObject({ points: null, share: 0, basis: '没有评价' });
		expect(without.lines.slice(1).map(({ share }) => share)).toEqual([3571, 2143, 2143, 2143]);
		expect(without.score).toBe(9429);
	});

	it('T-030: the leader\'s sheet has inspections in time and visits on plan besides, and both end between 0 and 100', () => {
		expect(scoreSheet('leader', kpis(row('rating', 42, 12)), defaultSettings).lines.slice(-2)).toMatchObject([{ key: 'inspections', points: 7500, weight: 10, basis: '3 / 4' }, { key: 'visits', points: 5000, weight: 10 }]);
		const nothing = ['calls', 'rating', 'sla', 'reports', 'repeat', 'complaints'].map((key) => row(key, 0, 0));
		expect(scoreSheet('staff', nothing, defaultSettings).score).toBeNull();
	});

	it('T-031: awards and penalties of the month move the points, within 0 and 100', () => {
		expect([withAdjustments(9225, [{ kind: 'award', points: 5 }, { kind: 'penalty', points: 2 }]), withAdjustments(9900, [{ kind: 'award', points: 5 }]), withAdjustments(100, [{ kind: 'penalty', points: 5 }]), withAdjustments(null, [])]).toEqual([9525, 10000, 0, null]);
	});

	it('T-060: every kind of figure has its look, and none without a denominator', () => {
		expect((['percent', 'score', 'minutes', 'hours', 'count', 'yuan'] as const).map((unit) => kpiText({ unit, value: unit === 'yuan' ? 18050 : 0.923 }))).toEqual(['92.3%', '0.92', '1 分钟', '0.92 小时', '0.923', '180.50 元']);
		expect(kpiText({ unit: 'percent', value: null })).toBe('不适用');
	});
});
