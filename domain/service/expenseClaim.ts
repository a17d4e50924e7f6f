import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { fen, instant, lines, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { call, type Call } from './call';
import { dispatch, type Dispatch } from './dispatch';

const ticket = {
	kind: text({ en: 'Kind', zh: '项目' }),
	amount: fen({ en: 'Amount', zh: '金额(元)' }, { min: 1 }),
	place: text({ en: 'Ticket Place', zh: '票据地点' }),
	ticketNo: optional(text({ en: 'Ticket No', zh: '票据号' })),
};

const claim = { call: ref('call', { en: 'Call', zh: '叫修编号' }), tickets: lines(ticket, { en: 'Tickets', zh: '票据明细' }) };

const draft = defineDocument({
	kind: 'expense_claim',
	form: 'M-113',
	label: { en: 'Expense claim', zh: '费用报表' },
	number: { prefix: 'FY', period: 'month', digits: 4 },
	title: ['call', 'technician'],
	fields: {
		...claim,
		technician: ref('person', { en: 'Technician', zh: '技术员' }),
		amount: fen({ en: 'Total', zh: '合计' }),
		finding: optional(text({ en: 'Check', zh: '核对结果' })),
		clearedBy: optional(ref('person', { en: 'Cleared by', zh: '核准人' })),
		clearedReason: optional(text({ en: 'Cleared because', zh: '核准说明' })),
		paidAt: optional(instant({ en: 'Paid', zh: '报销时间' })),
	},
	states: { Flagged: '待核对', Payable: '可报销', Paid: '已报销', Refused: '不予报销' },
	indexes: [['call'], ['technician'], ['createdAt']],
});
export type ExpenseClaim = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** `上海市-苏州` → 上海, 苏州. */
const placesIn = (place: string): string[] => place.split(/[-—–~至到\s]+/).map((part) => part.replace(/(省|市|区|县)$/, '')).filter((part) => part !== '');

/** Tickets whose place does not appear in the address of the visit; `上海-苏州` names both ends of a ride. @rule V-068 */
export const strangePlaces = (tickets: readonly { readonly place: string }[], address: string): string[] =>
	tickets.map(({ place }) => place).filter((place) => !placesIn(place).some((part) => address.includes(part)));

/** Who went: the technician of a sending that was not called back before he left, or somebody named as going with him, by code or name. */
export const wentAlong = (sent: readonly Dispatch[], { code, name }: { readonly code: string; readonly name: string }): boolean =>
	sent
		.filter(({ state, startedAt, arrivedAt }) => state !== 'Withdrawn' || startedAt !== null || arrivedAt !== null)
		.some(({ technician, companions }) => technician === code || (companions ?? '').split(/[\s、，,;；/和（）()]+/).some((each) => each === code || each === name));

const ticketKey = (no: string | null): string | null => no?.normalize('NFKC').replace(/\s/g, '').toUpperCase() ?? null;
const ticketsOf = (tickets: RowOf<typeof claim>['tickets']): string[] => tickets.flatMap(({ ticketNo }) => ticketKey(ticketNo) ?? []);

/** A ticket is paid once. @rule V-068 — claims of the same person or the same job, but for refused ones */
function refuseClaimedTwice(tickets: RowOf<typeof claim>['tickets'], earlier: readonly ExpenseClaim[]): void {
	const claimed = new Map(earlier.filter(({ state }) => state !== 'Refused').flatMap((paper) => ticketsOf(paper.tickets).map((ticket) => [ticket, paper.no])));
	for (const ticket of ticketsOf(tickets)) {
		const before = claimed.get(ticket);
		if (before !== undefined) throw new RuleViolation('ALREADY_EXISTS', `票据号“${ticket}”已在 ${before} 报销`, '请去掉这张票据，或核对票据号', 'V-068');
		claimed.set(ticket, '本张报表');
	}
}

type Known = Given & { job: Call | null; sent: readonly Dispatch[]; own: readonly ExpenseClaim[]; ofJob: readonly ExpenseClaim[] };

/**
 * The expenses of a job, claimed by who went there.
 * @rule V-068 — tickets of another place are flagged and not paid until somebody clears them
 */
function submit(_claim: unknown, input: RowOf<typeof claim>, { job, sent, own, ofJob, actor }: Known): Change<Shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.call}”的叫修`, '请核对编号');
	if (!wentAlong(sent, actor)) throw new RuleViolation('NOT_ALLOWED', `${actor.name}（${actor.code}）没有被派往 ${job.no}`, '请由派遣的技术员或随同人员报销；随同的，请在派工时登记随同人员', 'V-068');
	if (input.tickets.length === 0) throw new RuleViolation('FIELD_MISSING', '没有票据明细', '请至少填写一张票据', 'V-068');
	refuseClaimedTwice(input.tickets, [...own, ...ofJob]);
	const strange = strangePlaces(input.tickets, job.address);
	const amount = input.tickets.reduce((sum, each) => sum + each.amount, 0);
	return { set: { ...input, technician: actor.code, amount, finding: strange.length === 0 ? null : `票据地点与出差地不符：${strange.join('、')}` }, to: strange.length === 0 ? 'Payable' : 'Flagged' };
}

/** @rule O-007 — nobody clears his own claim */
function clear(paper: ExpenseClaim, { reason }: { reason: string }, { actor }: Given): Change<Shape> {
	if (paper.technician === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 是 ${actor.code} 自己的费用`, '请由其他经理核准', 'O-007');
	return { set: { clearedBy: actor.code, clearedReason: reason } };
}

export const expenseClaim = draft.events({
	submit: draft
		.event({
			label: { en: 'Submit', zh: '提交费用' },
			from: ['new'],
			to: ['Payable', 'Flagged'],
			by: ['technician'],
			input: claim,
			takeTurns: ({ tickets }) => ticketsOf((tickets ?? []) as RowOf<typeof claim>['tickets']),
			facts: (input, { createdBy }) => ({ job: find(call, 'no', input.call), sent: findAll(dispatch, 'call', input.call), own: findAll(draft.shape, 'technician', createdBy), ofJob: findAll(draft.shape, 'call', input.call) }),
		})
		.decidedBy(submit),
	clear: draft.event({ label: { en: 'Clear', zh: '核准费用' }, from: ['Flagged'], to: ['Payable'], by: ['dept_manager', 'service_director'], input: { reason: text({ en: 'Reason', zh: '核准说明' }) } }).decidedBy(clear),
	refuse: draft.event({ label: { en: 'Refuse', zh: '不予报销' }, from: ['Flagged', 'Payable'], to: ['Refused'], by: ['dept_manager', 'accountant'], input: { reason: text({ en: 'Reason', zh: '原因' }) } }).decidedBy(() => ({})),
	pay: draft.event({ label: { en: 'Pay', zh: '报销' }, from: ['Payable'], to: ['Paid'], by: ['accountant'], input: {} }).decidedBy((_claim, _input, { now }) => ({ set: { paidAt: now } })),
});
