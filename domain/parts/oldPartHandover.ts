import { defineDocument, fire, type Change } from '../document/document';
import { find, type Given } from '../document/facts';
import { integer, lines, month, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { handoverList } from './computeStatement';
import { reconciliation, type Reconciliation } from './reconciliation';

const given = {
	statement: ref('reconciliation', { en: 'Statement', zh: '对帐单' }, { among: ['WrittenOff'] }),
	receivedBy: text({ en: 'Received By', zh: '生控中心接收人' }),
};

const draft = defineDocument({
	kind: 'old_part_handover',
	form: 'M-059',
	label: { en: 'Old parts handover', zh: '旧件移交清单' },
	number: (input) => `YJ-${String(input['statement'])}`,
	title: ['outlet', 'month'],
	fields: {
		...given,
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		month: month({ en: 'Month', zh: '月份' }),
		lines: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Lines', zh: '移交明细' }),
		pieces: integer({ en: 'Pieces', zh: '件数' }),
	},
	states: { HandedOver: '已移交' },
	indexes: [['outlet']],
});

/** Counted, checked and booked old parts go to production control. @rule P-045 — the list is what was credited and confiscated, nothing else */
function handOver(_paper: unknown, input: RowOf<typeof given>, { statement }: Given & { statement: Reconciliation | null }): Change<typeof draft.shape> {
	if (statement === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.statement}”的对帐单`, '请核对编号', 'P-045');
	const list = handoverList(statement);
	if (list.length === 0) throw new RuleViolation('CONDITION_NOT_MET', `${statement.no} 没有核销或没收的旧件`, '不需要移交', 'P-045');
	return {
		set: { ...input, outlet: statement.outlet, month: statement.month, lines: list, pieces: list.reduce((sum, { quantity }) => sum + quantity, 0) },
		then: [fire(reconciliation, 'handOver', statement.no, {})],
	};
}

export const oldPartHandover = draft.events({
	handOver: draft
		.event({ label: { en: 'Hand over', zh: '移交生控中心' }, from: ['new'], to: ['HandedOver'], by: ['after_sales', 'storekeeper'], input: given, facts: (input) => ({ statement: find(reconciliation, 'no', input.statement) }) })
		.decidedBy(handOver),
});
