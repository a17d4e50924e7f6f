import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type FactQuery, type Given } from '../document/facts';
import { choice, day, integer, month, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';
import { refuseWhenSent, statementNumber, statementOf } from './statementOf';

export const warranties = { in: '保内', out: '保外' } as const;

export const usageFields = {
	outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
	month: month({ en: 'Month', zh: '月份' }),
	item: ref('item', { en: 'Part Code', zh: '配件编码' }, { compact: true, synonyms: ['配件编号', '物料编码', '配件代码', '料号', '零件号', '零件编号', '编码', '编号'] }),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1, max: 9999, synonyms: ['用量', '使用数量', '件数'] }),
	repairNo: text({ en: 'Repair Record No', zh: '维修记录单号' }, { compact: true, synonyms: ['维修单号', '维修记录号', '工单号', '服务单号', '单号'] }),
	replacedDay: day({ en: 'Replaced On', zh: '更换日期' }, { synonyms: ['更换时间', '维修日期', '维修时间', '使用日期'] }),
	warranty: choice({ en: 'Warranty', zh: '保内/保外' }, warranties, { synonyms: ['保修状态', '是否保内', '保内保外'] }),
};

/** One line for each repair record and part of an outlet. */
export const usageNumber = ({ outlet, repairNo, item }: { readonly outlet: string; readonly repairNo: string; readonly item: string }): string => `SY-${outlet}-${repairNo}-${item}`;

const draft = defineDocument({
	kind: 'usage_line',
	form: 'M-049',
	label: { en: 'Parts usage', zh: '零配件使用统计' },
	number: (input) => usageNumber({ outlet: String(input['outlet']), repairNo: String(input['repairNo']), item: String(input['item']) }),
	fields: usageFields,
	states: { Stated: '已申报', Void: '作废' },
	indexes: [['outlet', 'month'], ['month', 'outlet']],
});

export type UsageLine = DocumentOf<typeof draft.shape>;

/** One line per repair record and part. @rule P-040 — each used part names its repair record */
export const usageLine = draft.events({
	state: draft
		.event({
			label: { en: 'State usage', zh: '申报使用' },
			from: ['new', 'Void'],
			to: ['Stated'],
			by: ['outlet', 'after_sales', 'system'],
			input: usageFields,
			facts: statementOf,
		})
		.decidedBy(stateUsage),
	void: draft
		.event({
			label: { en: 'Void', zh: '作废' },
			from: ['Stated'],
			to: ['Void'],
			by: ['after_sales'],
			input: { reason: text({ en: 'Reason', zh: '作废原因' }) },
			facts: (_input, line) => ({ ...statementOf(line), parts: { kind: 'old_part', by: 'repairNo', value: line.repairNo, many: true } as FactQuery<Part, true>, self: find(draft.shape, 'no', line.no) }),
			moreFacts: (_input, { parts, self }) => ({ others: { kind: 'reconciliation', by: 'no', value: parts.filter((part) => part.outlet === self?.outlet && part.item === self.item).map((part) => statementNumber(part.outlet, part.month)), many: true } as FactQuery<Sent, true> }),
		})
		.decidedBy(voidUsage),
});

type Sent = { readonly no: string; readonly state: string; readonly month: string };
type Part = { readonly outlet: string; readonly item: string; readonly month: string };

/** A wrong line is taken out and may be stated again; not once a statement, of whatever month, has counted its parts. @rule M-105 */
function voidUsage(line: UsageLine, _input: unknown, { statement, others }: { statement: Omit<Sent, 'month'> | null; others: readonly Sent[] }): Change<typeof draft.shape> {
	refuseWhenSent(statement, line.month);
	for (const other of others) refuseWhenSent(other, other.month);
	return {};
}

/**
 * @rule P-040 — the cycle is the calendar month
 * @throws RuleViolation CONDITION_NOT_MET for a part replaced in another month
 */
function stateUsage(_line: unknown, input: RowOf<typeof usageFields>, { statement, today }: Given & { statement: { no: string; state: string } | null }): Change<typeof draft.shape> {
	refuseWhenSent(statement, input.month);
	if (input.replacedDay > today) throw new RuleViolation('CONDITION_NOT_MET', `更换日期 ${input.replacedDay} 在将来`, '请填写实际更换日期', 'P-040');
	if (monthOf(input.replacedDay) !== input.month)
		throw new RuleViolation('CONDITION_NOT_MET', `更换日期 ${input.replacedDay} 不在 ${input.month} 内`, '请在更换日期所属月份的统计表中申报，或核对日期', 'P-040');
	return { set: input };
}
