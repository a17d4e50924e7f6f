import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { choice, day, flag, integer, lines, optional, ref, text, type RowOf } from '../document/fields';
import { person } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { returnBatch } from './returnBatch';
import { pieces, returnDraft, type ReturnBatch } from './returnPaper';

/** Where a cause comes from, and so who takes measures. @rule R-201 */
export const origins = { design: '设计', process: '制程', material: '材料', use: '使用', other: '其他' } as const;

const causes = lines(
	{ cause: text({ en: 'Cause', zh: '原因代码' }), origin: choice({ en: 'Origin', zh: '来源' }, origins), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) },
	{ en: 'Causes', zh: '原因统计' },
);
const measure = { cause: text({ en: 'Cause', zh: '原因代码' }), owner: ref('person', { en: 'Owner', zh: '责任人' }), measure: text({ en: 'Measure', zh: '纠正预防措施' }, { long: true }) };

const report = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Drawn'] }),
	sampled: integer({ en: 'Sampled', zh: '抽样数' }, { min: 1 }),
	causes,
	conclusion: text({ en: 'Conclusion', zh: '结论' }, { long: true }),
};

const sampling = {
	batch: ref('return_batch', { en: 'Batch', zh: '批号' }, { among: ['Repaired'] }),
	sampled: integer({ en: 'Sampled', zh: '抽检数' }, { min: 0 }),
	failed: optional(lines(pieces, { en: 'Failed', zh: '不合格（没有的不填）' })),
	conclusion: optional(text({ en: 'Conclusion', zh: '说明' }, { long: true })),
};

const draft = defineDocument({
	kind: 'return_inspection',
	form: 'M-138',
	label: { en: 'Inspection of returns', zh: '检验报告' },
	number: { prefix: 'JB', period: 'month', digits: 4 },
	title: ['batch', 'conclusion'],
	fields: {
		batch: ref('return_batch', { en: 'Batch', zh: '批号' }),
		step: choice({ en: 'Step', zh: '类别' }, { incoming: '来料分析', outgoing: '出货抽检' }),
		day: day({ en: 'Day', zh: '日期' }),
		round: integer({ en: 'Round', zh: '第几次' }),
		sampled: integer({ en: 'Sampled', zh: '抽样数' }),
		bad: integer({ en: 'Bad', zh: '不良' }),
		passed: flag({ en: 'Passed', zh: '合格' }),
		causes: optional(causes),
		failed: sampling.failed,
		conclusion: optional(text({ en: 'Conclusion', zh: '结论' })),
		measures: optional(lines(measure, { en: 'Measures', zh: '措施' })),
		inspector: ref('person', { en: 'Inspector', zh: '检验人' }),
	},
	states: { Issued: '已出' },
	indexes: [['batch'], ['day']],
});

export type ReturnInspection = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
type Known = Given & { batch: ReturnBatch | null };

const missing = (no: string): RuleViolation => new RuleViolation('NOT_FOUND', `没有批号“${no}”`, '请核对批号', 'R-214');

/** QA looks at what came in and counts its causes. @rule R-214 @rule R-220 */
function analyse(_paper: unknown, input: RowOf<typeof report>, { batch, today, actor }: Known): Change<Shape> {
	if (batch === null) throw missing(input.batch);
	const counted = input.causes.reduce((sum, { quantity }) => sum + quantity, 0);
	if (counted === 0) throw new RuleViolation('FIELD_MISSING', `${batch.no} 的检验报告没有原因`, '每行填写：原因代码 来源 数量；查不出的写“不明”', 'R-220');
	if (input.sampled > batch.quantity || counted > input.sampled) throw new RuleViolation('FIELD_INVALID', `${batch.no} 共 ${batch.quantity}，抽样 ${input.sampled}，原因合计 ${counted}`, '抽样数不超过总数，原因合计不超过抽样数', 'R-220');
	return { set: { ...input, step: 'incoming', day: today, round: 1, bad: counted, passed: false, inspector: actor.code }, then: [fire(returnBatch, 'analysed', batch.no, { conclusion: input.conclusion })] };
}

/**
 * QA samples what was repaired: everything sampled is good, or the batch goes back with what is not.
 * @rule R-213 @rule R-215 — the first round gives the first-pass rate
 */
function sample(_paper: unknown, { failed, ...input }: RowOf<typeof sampling>, { batch, today, actor }: Known): Change<Shape> {
	if (batch === null) throw missing(input.batch);
	const repaired = batch.goods.reduce((sum, line) => sum + line.repaired, 0);
	const bad = (failed ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
	if (input.sampled > repaired || bad > input.sampled || (input.sampled === 0 && repaired > 0)) throw new RuleViolation('FIELD_INVALID', `${batch.no} 修好 ${repaired}，抽检 ${input.sampled}，不合格 ${bad}`, '抽检数为 1 到修好数，不合格不超过抽检数', 'R-213');
	const passed = bad === 0;
	return { set: { ...input, failed, step: 'outgoing', day: today, round: (batch.rounds ?? 0) + 1, bad, passed, inspector: actor.code }, then: [fire(returnBatch, 'sampled', batch.no, { failed: failed ?? [], isPassed: passed })] };
}

/** @rule R-220 — each cause has its measure and who answers for it @rule R-201 */
function addMeasure(paper: ReturnInspection, input: RowOf<typeof measure>, { worker }: { readonly worker: { readonly active: boolean } | null }): Change<Shape> {
	if (worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.owner}”的在职人员`, '请核对责任人', 'R-220');
	if (!(paper.causes ?? []).some(({ cause }) => cause === input.cause)) throw new RuleViolation('FIELD_INVALID', `${paper.no} 没有原因“${input.cause}”`, `请填写：${(paper.causes ?? []).map(({ cause }) => cause).join('、') || '该报告没有原因'}`, 'R-220');
	return { set: { measures: [...(paper.measures ?? []), input] }, notices: [{ key: `return_inspection.measure:${paper.no}:${paper.version}`, to: { person: input.owner }, subject: `返修原因的纠正预防措施 ${paper.no}`, rule: 'R-220', body: [['批号', paper.batch], ['原因', input.cause], ['措施', input.measure]] }] };
}

export const returnInspection = draft.events({
	analyse: draft.event({ label: { en: 'Issue the inspection report', zh: '出检验报告' }, from: ['new'], to: ['Issued'], by: ['qa'], input: report, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(analyse),
	sample: draft.event({ label: { en: 'Sample repaired goods', zh: '返修品抽检' }, from: ['new'], to: ['Issued'], by: ['qa'], input: sampling, facts: ({ batch }) => ({ batch: find(returnDraft.shape, 'no', batch) }) }).decidedBy(sample),
	addMeasure: draft.event({ label: { en: 'Add a measure', zh: '登记措施' }, from: ['Issued'], to: ['Issued'], by: ['qa', 'rd', 'engineering'], input: measure, facts: (input) => ({ worker: find(person, 'no', input.owner) }) }).decidedBy(addMeasure),
});
