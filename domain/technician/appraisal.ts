import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { all, type Given } from '../document/facts';
import { choice, fen, instant, integer, lines, month, optional, ref, text, type RowOf } from '../document/fields';
import { person, unit } from '../master/records';
import { isInView, type Member, type Unit } from '../master/unitTree';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { withAdjustments } from './score';

const appraisalNumber = (code: string, on: string): string => `KH-${code}-${on.replaceAll('-', '')}`;
/** A confirmed penalty paper of the month. */
type LinkedPenalty = { readonly no: string; readonly amount: number; readonly reason: string };
/** An award approved in the month. */
type LinkedAward = { readonly no: string; readonly name: string; readonly amount: number };

export const sheets = { staff: '售后服务人员', leader: '售后服务组长' } as const;
const adjustmentKinds = { award: '奖励', penalty: '处罚' } as const;

const drawn = {
	person: ref('person', { en: 'Person', zh: '被考核人' }),
	month: month({ en: 'Month', zh: '月份' }),
	sheet: choice({ en: 'Sheet', zh: '考核表' }, sheets),
	lines: lines(
		{
			key: text({ en: 'Key', zh: '代码' }),
			label: text({ en: 'Item', zh: '指标' }),
			weight: integer({ en: 'Weight', zh: '权重(%)' }),
			share: integer({ en: 'Share (hundredths)', zh: '折算权重(万分之一)' }),
			points: optional(integer({ en: 'Points (hundredths)', zh: '得分(百分之一分)' })),
			basis: text({ en: 'Basis', zh: '依据' }),
		},
		{ en: 'Items', zh: '考核项目' },
	),
	penalties: lines({ no: ref('penalty_proposal', { en: 'Paper', zh: '处罚单' }), amount: fen({ en: 'Amount', zh: '金额' }), reason: text({ en: 'Reason', zh: '事由' }) }, { en: 'Penalties confirmed in the month', zh: '当月已确认处罚' }),
	awards: optional(lines({ no: ref('award', { en: 'Paper', zh: '嘉奖编号' }), name: text({ en: 'Award', zh: '奖项' }), amount: fen({ en: 'Amount', zh: '金额' }) }, { en: 'Awards approved in the month', zh: '当月已批准嘉奖' })),
	basePoints: optional(integer({ en: 'Points before awards and penalties (hundredths)', zh: '考核得分(百分之一分)' })),
};

const adjustments = lines(
	{
		kind: choice({ en: 'Kind', zh: '奖惩' }, adjustmentKinds),
		points: integer({ en: 'Points', zh: '分数' }, { min: 0, max: 100 }),
		source: optional(text({ en: 'Paper', zh: '依据编号' })),
		reason: text({ en: 'Reason', zh: '事由' }),
	},
	{ en: 'Awards and penalties', zh: '当月奖惩' },
);

const draft = defineDocument({
	kind: 'appraisal',
	form: 'M-150',
	label: { en: 'Monthly appraisal', zh: '月考核表' },
	number: ({ person: code, month: on }) => appraisalNumber(String(code), String(on)),
	owner: 'person',
	title: ['person', 'month'],
	fields: {
		...drawn,
		adjustments,
		points: optional(integer({ en: 'Points (hundredths)', zh: '总得分(百分之一分)' })),
		comment: optional(text({ en: 'Comment', zh: '评语' })),
		confirmedBy: optional(ref('person', { en: 'Confirmed by', zh: '考核人' })),
		confirmedAt: optional(instant({ en: 'Confirmed at', zh: '考核时间' })),
	},
	states: { Draft: '待考核', Confirmed: '已考核' },
	indexes: [['month'], ['person']],
});

type AppraisalShape = typeof draft.shape;
export type Appraisal = DocumentOf<AppraisalShape>;
type Adjustments = Appraisal['adjustments'];
type Company = Given & { people: readonly Member[]; units: readonly Unit[] };

/** The computed sheet with the month's award and penalty papers; drawing again before the confirmation keeps what was entered. @rule T-021 @rule T-031 */
function draw(appraisal: Appraisal, input: RowOf<typeof drawn>): Change<AppraisalShape> {
	const kept: Adjustments = appraisal.adjustments ?? [];
	return { set: { ...input, adjustments: kept, points: withAdjustments(input.basePoints, kept) } };
}

/** @rule T-031 — the month's awards and penalties stand on the sheet with the paper they come from; one of ours has to be this person's, of this month */
function adjust(appraisal: Appraisal, input: { adjustments: Adjustments }, facts: Company): Change<AppraisalShape> {
	checkHead(appraisal, facts);
	const linked = [...(appraisal.awards ?? []), ...appraisal.penalties].map(({ no }) => no);
	const foreign = input.adjustments.find(({ source }) => source !== null && /^(JL|NF)\d{6}-\d+$/.test(source) && !linked.includes(source));
	if (foreign !== undefined) throw new RuleViolation('NOT_FOUND', `${foreign.source} 不是 ${appraisal.person} 在 ${appraisal.month} 批准的嘉奖或确认的处罚`, linked.length === 0 ? '当月没有嘉奖和处罚单据，依据编号可填其他单据' : `当月单据：${linked.join('、')}`, 'T-031');
	return { set: { adjustments: input.adjustments, points: withAdjustments(appraisal.basePoints, input.adjustments) } };
}

/** @rule T-031 — by the department head @rule O-007 — not by the person appraised */
function confirm(appraisal: Appraisal, { comment }: { comment: string | null }, facts: Company): Change<AppraisalShape> {
	checkHead(appraisal, facts);
	return {
		set: { comment, confirmedBy: facts.actor.code, confirmedAt: facts.now },
		notices: [
			{
				key: `appraisal.confirm:${appraisal.no}`,
				to: { person: appraisal.person },
				subject: `月考核结果 ${appraisal.month}`,
				rule: 'T-031',
				body: [
					...appraisal.lines.map(({ label, points, basis }) => [label, `${pointsText(points)}（${basis}）`] as const),
					...appraisal.adjustments.map(({ kind, points, reason }) => [adjustmentKinds[kind], `${kind === 'award' ? '+' : '-'}${points} 分：${reason}`] as const),
					...(appraisal.awards ?? []).map((award) => ['嘉奖', awardText(award)] as const),
					...appraisal.penalties.map((penalty) => ['处罚单', penaltyText(penalty)] as const),
					['总得分', pointsText(appraisal.points)],
				],
			},
		],
	};
}

export const awardText = ({ no, name, amount }: LinkedAward): string => `${no} ${name} ${yuan(amount)} 元`;
export const penaltyText = ({ no, amount, reason }: LinkedPenalty): string => `${no} ${yuan(amount)} 元：${reason}`;

/** 8750 → `87.50 分`. */
export const pointsText = (points: number | null): string => (points === null ? '没有数据' : `${(points / 100).toFixed(2)} 分`);

function checkHead(appraisal: Appraisal, { actor, people, units }: Company): void {
	if (actor.code === appraisal.person) throw new RuleViolation('NOT_ALLOWED', `${appraisal.no} 考核的是 ${actor.code} 本人`, '请由其上级考核', 'O-007');
	if (!isInView(actor, appraisal.person, people, units)) throw new RuleViolation('NOT_ALLOWED', `${appraisal.person} 不属于 ${actor.name}（${actor.code}）的部门`, '请由其所属部门的经理考核', 'O-001');
}

const company = () => ({ people: all(person), units: all(unit) });

export const appraisal = draft.events({
	draw: draft.event({ label: { en: 'Draw up', zh: '生成月考核表' }, from: ['new', 'Draft'], to: ['Draft'], by: ['system'], input: drawn }).decidedBy(draw),
	adjust: draft.event({ label: { en: 'Enter awards and penalties', zh: '登记奖惩' }, from: ['Draft'], to: ['Draft'], by: ['dept_manager'], input: { adjustments }, facts: company }).decidedBy(adjust),
	confirm: draft
		.event({ label: { en: 'Confirm', zh: '确认考核' }, from: ['Draft'], to: ['Confirmed'], by: ['dept_manager'], input: { comment: optional(text({ en: 'Comment', zh: '评语' }, { long: true })) }, facts: company })
		.decidedBy(confirm),
});
