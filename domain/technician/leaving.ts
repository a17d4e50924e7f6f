import { defineDocument, save, type Change, type DocumentOf } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { day, integer, lines, ref, text } from '../document/fields';
import { person } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { custody, type Custody } from './custody';

type OpenItem = { readonly custody: string; readonly item: string; readonly quantity: number };

const draft = defineDocument({
	kind: 'leaving',
	form: 'M-097',
	label: { en: 'Leaving checklist', zh: '离职清点' },
	number: { prefix: 'LZ', period: 'year', digits: 3 },
	title: ['person'],
	fields: { person: ref('person', { en: 'Person', zh: '人员' }), lastDay: day({ en: 'Last Day', zh: '最后工作日' }), open: lines({ custody: ref('custody', { en: 'Entry', zh: '登记号' }), item: text({ en: 'Item', zh: '物品' }), quantity: integer({ en: 'Quantity', zh: '数量' }) }, { en: 'Items not returned', zh: '未归还物品' }) },
	states: { Blocked: '有未还物品', Clear: '已清点', Left: '已离职' },
	indexes: [['person']],
});

type LeavingShape = typeof draft.shape;
type Leaving = DocumentOf<LeavingShape>;
type Held = Given & { readonly held: readonly Custody[] };

/** What somebody still holds. @rule T-012 */
const openItems = (held: readonly Custody[]): OpenItem[] => held.filter(({ state }) => state === 'Issued').map(({ no, item, quantity }) => ({ custody: no, item, quantity }));

/** @rule T-012 — open items block the checklist */
function check(held: readonly Custody[]): Change<LeavingShape> {
	const open = openItems(held);
	return { set: { open }, to: open.length === 0 ? 'Clear' : 'Blocked' };
}

function start(_list: unknown, input: { person: string; lastDay: string }, { held, who }: Held & { who: { active: boolean } | null }): Change<LeavingShape> {
	if (who?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.person}”的在职人员`, '请核对工号', 'T-012');
	const { set, to } = check(held);
	return { set: { ...input, ...set }, to: to ?? 'Blocked' };
}

/** The person leaves, and acts no more. @rule T-012 — not before everything is back or booked as lost @throws RuleViolation CONDITION_NOT_MET */
function leave(list: Leaving, _input: unknown, { held }: Held): Change<LeavingShape> {
	const open = openItems(held);
	if (open.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${list.person} 还有 ${open.length} 件物品未还：${open.map(({ custody: no, item }) => `${item}（${no}）`).join('、')}`, '请先归还或登记损失', 'T-012');
	return { set: { open }, then: [save(person, list.person, { active: false })] };
}

export const leaving = draft.events({
	start: draft
		.event({
			label: { en: 'Start', zh: '开始离职清点' },
			from: ['new'],
			to: ['Blocked', 'Clear'],
			by: ['hr', 'dept_manager'],
			input: { person: ref('person', { en: 'Person', zh: '人员' }), lastDay: day({ en: 'Last Day', zh: '最后工作日' }) },
			facts: (input) => ({ held: findAll(custody, 'holder', input.person), who: find(person, 'no', input.person) }),
		})
		.decidedBy(start),
	check: draft
		.event({ label: { en: 'Check again', zh: '再次清点' }, from: ['Blocked', 'Clear'], to: ['Blocked', 'Clear'], by: ['hr', 'dept_manager'], input: {}, facts: (_input, list) => ({ held: findAll(custody, 'holder', list.person) }) })
		.decidedBy((_list, _input, { held }) => check(held)),
	leave: draft
		.event({ label: { en: 'Leave', zh: '办结离职' }, from: ['Blocked', 'Clear'], to: ['Left'], by: ['hr', 'dept_manager'], input: {}, facts: (_input, list) => ({ held: findAll(custody, 'holder', list.person) }) })
		.decidedBy(leave),
});
