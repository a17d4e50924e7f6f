import type { SettingKey, Settings } from '../settings';
import type { KpiRow } from './kpi';

/** One item of a score sheet. Points and share in hundredths (8750 = 87.50). */
type ScoreLine = {
	readonly key: string;
	readonly label: string;
	/** As set, in percent. */
	readonly weight: number;
	/** What it weighs after items without data gave up theirs. */
	readonly share: number;
	/** Null: no data. */
	readonly points: number | null;
	/** What the points come from. */
	readonly basis: string;
};

type ScoreSheet = { readonly lines: readonly ScoreLine[]; /** Null when nothing has data. */ readonly score: number | null };

type Item = { readonly key: string; readonly label: string; readonly weight: SettingKey; readonly points: (row: KpiRow, rows: ReadonlyMap<string, KpiRow>) => number | null };

const ratio = ({ value }: KpiRow): number | null => (value === null ? null : value * 100);
const less = (bad: number | null): number | null => (bad === null ? null : Math.max(0, 100 - bad * 100));

const staffItems: readonly Item[] = [
	/** 4 of 4 are 100 points. @rule T-021 */
	{ key: 'rating', label: '客户评价', weight: 'kpi.rating_weight', points: ({ value }) => (value === null ? null : value * 25) },
	{ key: 'sla', label: '按时到达', weight: 'kpi.arrival_weight', points: ratio },
	{ key: 'reports', label: '日报按时', weight: 'kpi.report_weight', points: ratio },
	{ key: 'repeat', label: '无重复故障', weight: 'kpi.repeat_weight', points: ({ value }) => less(value) },
	{ key: 'complaints', label: '无投诉', weight: 'kpi.complaint_weight', points: ({ numerator }, rows) => less(perCall(numerator, rows)) },
];

const leaderItems: readonly Item[] = [...staffItems, { key: 'inspections', label: '巡检按时', weight: 'kpi.inspection_weight', points: ratio }, { key: 'visits', label: '走访按计划', weight: 'kpi.visit_weight', points: ratio }];

function perCall(complaints: number, rows: ReadonlyMap<string, KpiRow>): number | null {
	const calls = rows.get('calls')?.numerator ?? 0;
	return calls === 0 ? null : complaints / calls;
}

/**
 * The month's score sheet of a technician or, from his group's figures, of a group leader: weighted points from 0 to 100.
 * @rule T-021 — ratings weigh `kpi.rating_weight`; an item without data leaves its weight to the others
 * @rule T-030 — two sheets
 */
export function scoreSheet(kind: 'staff' | 'leader', kpis: readonly KpiRow[], settings: Settings): ScoreSheet {
	const rows = new Map(kpis.map((row) => [row.key, row]));
	const items = (kind === 'leader' ? leaderItems : staffItems).map((item) => {
		const row = rows.get(item.key) as KpiRow;
		return { ...item, weight: Number(settings[item.weight]), points: item.points(row, rows), basis: basisOf(row) };
	});
	const weighed = items.filter(({ points }) => points !== null);
	const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
	const score = whole === 0 ? null : Math.round((weighed.reduce((sum, { points, weight }) => sum + (points ?? 0) * weight, 0) * 100) / whole);
	const lines = items.map(({ key, label, weight, points, basis }) => ({ key, label, weight, basis, share: points === null || whole === 0 ? 0 : Math.round((weight * 10000) / whole), points: points === null ? null : Math.round(points * 100) }));
	return { lines, score };
}

function basisOf({ key, numerator, denominator, value }: KpiRow): string {
	if (key === 'rating') return value === null ? '没有评价' : `${denominator / 4} 次评价，平均 ${value.toFixed(2)}`;
	return key === 'complaints' ? `${numerator} 件投诉` : value === null ? '没有数据' : `${numerator} / ${denominator}`;
}

/** Awards add points, penalties take them; the result stays between 0 and 100. @rule T-031 */
export const withAdjustments = (score: number | null, adjustments: readonly { readonly kind: 'award' | 'penalty'; readonly points: number }[]): number | null =>
	score === null ? null : Math.min(10000, Math.max(0, adjustments.reduce((sum, { kind, points }) => sum + (kind === 'award' ? points : -points) * 100, score)));
