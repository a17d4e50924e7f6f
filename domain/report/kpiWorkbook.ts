import type { Month } from '../document/fields';
import { yuan } from '../shared/money';
import { awardText, penaltyText, pointsText, sheets, type Appraisal } from '../technician/appraisal';
import type { KpiRow } from '../technician/kpi';
import type { SheetModel, WorkbookModel } from './workbookModel';

const author = '售后服务系统';

/** 0.923 → `92.3%`, and what the other kinds of figures look like; `不适用` without a denominator. @rule T-060 */
export function kpiText({ unit, value }: Pick<KpiRow, 'unit' | 'value'>): string {
	if (value === null) return '不适用';
	switch (unit) {
		case 'percent':
			return `${(value * 100).toFixed(1)}%`;
		case 'yuan':
			return `${yuan(Math.round(value))} 元`;
		case 'score':
			return value.toFixed(2);
		case 'hours':
			return `${value.toFixed(2)} 小时`;
		case 'minutes':
			return `${Math.round(value)} 分钟`;
		case 'count':
			return String(value);
	}
}

const columns: SheetModel['columns'] = [
	{ header: '对象', key: 'subject', type: 'text', width: 16 },
	{ header: '指标', key: 'label', type: 'text', width: 26 },
	{ header: '分子', key: 'numerator', type: 'integer' },
	{ header: '分母', key: 'denominator', type: 'integer' },
	{ header: '结果', key: 'shown', type: 'text', width: 14 },
	{ header: '说明', key: 'note', type: 'text', width: 34 },
];

/** The month's indicators for the company, its units and its people; sums of money show as the result only. @rule T-060 */
export function kpiWorkbook(month: Month, rows: readonly KpiRow[]): WorkbookModel {
	const title = `售后服务 KPI ${month}`;
	const sheet = (name: string, kind: KpiRow['subjectKind']): SheetModel => ({
		name,
		title: `${title}（${name}）`,
		columns: columns ?? [],
		rows: rows.filter(({ subjectKind }) => subjectKind === kind).map((row) => ({ ...row, ...(row.unit === 'yuan' ? { numerator: null, denominator: null } : {}), subject: `${row.subject} ${row.subjectName}`.trim(), shown: kpiText(row) })),
		emptyText: '没有数据',
	});
	return { properties: { title, author }, sheets: [sheet('全公司', 'company'), sheet('各部门', 'unit'), sheet('各技术员', 'person')] };
}

/** The month's score sheets, one row an item. @rule T-021 @rule T-030 @rule T-031 */
export function appraisalWorkbook(month: Month, appraisals: readonly Appraisal[], names: ReadonlyMap<string, string>): WorkbookModel {
	const title = `月考核表 ${month}`;
	const nameOf = (code: string) => `${code} ${names.get(code) ?? ''}`.trim();
	return {
		properties: { title, author },
		sheets: [
			{
				name: '汇总',
				title,
				landscape: true,
				columns: [
					{ header: '被考核人', key: 'person', type: 'text', width: 16 },
					{ header: '考核表', key: 'sheet', type: 'text', width: 16 },
					{ header: '奖惩前', key: 'base', type: 'text', width: 12 },
					{ header: '奖惩', key: 'adjustments', type: 'text', width: 40 },
					{ header: '已批准嘉奖', key: 'awards', type: 'text', width: 34 },
					{ header: '已确认处罚', key: 'penalties', type: 'text', width: 34 },
					{ header: '总得分', key: 'points', type: 'text', width: 12 },
					{ header: '评语', key: 'comment', type: 'text', width: 30 },
				],
				rows: appraisals.map(({ person, sheet, basePoints, adjustments, penalties, awards, points, comment }) => ({
					person: nameOf(person),
					sheet: sheets[sheet],
					base: pointsText(basePoints),
					adjustments: adjustments.map(({ kind, points: change, reason, source }) => `${kind === 'award' ? '+' : '-'}${change} ${reason}${source === null ? '' : `（${source}）`}`).join('；'),
					awards: (awards ?? []).map(awardText).join('；'),
					penalties: penalties.map(penaltyText).join('；'),
					points: pointsText(points),
					comment,
				})),
				emptyText: '没有被考核人',
			},
			{
				name: '明细',
				title: `${title}：各项得分`,
				columns: [
					{ header: '被考核人', key: 'person', type: 'text', width: 16 },
					{ header: '指标', key: 'label', type: 'text', width: 16 },
					{ header: '权重', key: 'weight', type: 'percent' },
					{ header: '折算权重', key: 'share', type: 'percent' },
					{ header: '得分', key: 'points', type: 'text', width: 12 },
					{ header: '依据', key: 'basis', type: 'text', width: 30 },
				],
				rows: appraisals.flatMap(({ person, lines }) => lines.map((line) => ({ person: nameOf(person), label: line.label, weight: line.weight / 100, share: line.share / 10000, points: pointsText(line.points), basis: line.basis }))),
				emptyText: '没有被考核人',
			},
		],
	};
}
