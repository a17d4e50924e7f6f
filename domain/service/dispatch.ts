import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { choice, fen, flag, instant, integer, lines, optional, ref, text } from '../document/fields';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import { visitResults } from './visit';

/** What is ticked before leaving. @rule V-025 */
export const checklist = {
	appointed: optional(flag({ en: 'Appointment Made', zh: '已与客户预约' })),
	tools: optional(flag({ en: 'Tools And Instruments', zh: '工具、检测设备齐全' })),
	spareParts: optional(flag({ en: 'Spare Parts', zh: '备件齐全' })),
	badge: optional(flag({ en: 'Identity Card', zh: '工作证、名片' })),
	dress: optional(flag({ en: 'Dress', zh: '着装整洁' })),
};

const opening = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	companions: optional(text({ en: 'With', zh: '随同人员' })),
	plannedAt: optional(instant({ en: 'Planned', zh: '计划出发' })),
	appointTo: optional(instant({ en: 'Appointment until', zh: '预约上门止' })),
};

const draft = defineDocument({
	kind: 'dispatch',
	form: 'M-112',
	label: { en: 'Dispatch', zh: '售后服务派遣记录' },
	number: ({ call, turn }) => `PQ-${String(call)}-${String(turn)}`,
	title: ['call', 'technician'],
	fields: {
		...opening,
		assignedBy: ref('person', { en: 'Assigned by', zh: '派工人' }),
		assignedAt: instant({ en: 'Assigned', zh: '派遣时间' }),
		acceptedAt: optional(instant({ en: 'Accepted', zh: '接受时间' })),
		...checklist,
		startedAt: optional(instant({ en: 'Started', zh: '出发时间' })),
		arrivedAt: optional(instant({ en: 'Arrived', zh: '到达时间' })),
		late: optional(flag({ en: 'Late', zh: '晚于预约' })),
		checkedOutAt: optional(instant({ en: 'Headquarters called', zh: '请示总部时间' })),
		leftAt: optional(instant({ en: 'Left', zh: '离开时间' })),
		minutesToStart: optional(integer({ en: 'Minutes to start', zh: '接受到出发(分)' })),
		result: optional(choice({ en: 'Result', zh: '结果' }, visitResults)),
		costs: optional(lines({ kind: text({ en: 'Kind', zh: '项目' }), amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }) }, { en: 'Transport and expenses', zh: '交通及费用' })),
	},
	states: { Assigned: '已派遣', Accepted: '已接受', UnderWay: '在途', OnSite: '在现场', Done: '已完成', Withdrawn: '已改派' },
	indexes: [['call'], ['technician', 'state'], ['assignedAt']],
});

export type DispatchShape = typeof draft.shape;
export type Dispatch = DocumentOf<DispatchShape>;

/** From accepting to leaving. @rule V-026 — both instants are kept, and the minutes between */
const leave = (dispatch: Dispatch, ticks: Ticks, { now }: Given): Change<DispatchShape> => {
	const from = dispatch.acceptedAt ?? now;
	return { set: { ...ticks, acceptedAt: from, startedAt: now, minutesToStart: Math.round((Date.parse(now) - Date.parse(from)) / 60_000) } };
};
type Ticks = { readonly [K in keyof typeof checklist]: boolean | null };

/** @rule O-030 — a technician adds to his own sending only */
function addCosts(sent: Dispatch, { costs }: { costs: NonNullable<Dispatch['costs']> }, { actor }: Given): Change<DispatchShape> {
	if (sent.technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${sent.no} 派遣的是 ${sent.technician}，不是 ${actor.code}`, '只能登记自己的费用', 'O-030');
	return { set: { costs: [...(sent.costs ?? []), ...costs] }, to: sent.state as 'Done' };
}

/** One sending of a technician; moved by the call. @rule V-024 — who, planned, start, arrival, leave, expenses, result */
export const dispatch = draft.events({
	open: draft
		.event({ label: { en: 'Open', zh: '派遣' }, from: ['new'], to: ['Assigned'], by: 'consequence', input: { ...opening, turn: integer({ en: 'Turn', zh: '次序' }) } })
		.decidedBy((_dispatch, { call, technician, companions, plannedAt, appointTo }, { now, actor }) => ({ set: { call, technician, companions, plannedAt, appointTo, assignedBy: actor.code, assignedAt: now } })),
	accept: draft.event({ label: { en: 'Accept', zh: '接受' }, from: ['Assigned'], to: ['Accepted'], by: 'consequence', input: {} }).decidedBy((_dispatch, _input, { now }) => ({ set: { acceptedAt: now } })),
	leave: draft.event({ label: { en: 'Leave for the customer', zh: '出发' }, from: ['Assigned', 'Accepted'], to: ['UnderWay'], by: 'consequence', input: checklist }).decidedBy(leave),
	arrive: draft
		.event({
			label: { en: 'Arrive', zh: '到达' },
			from: ['Assigned', 'Accepted', 'UnderWay'],
			to: ['OnSite'],
			by: 'consequence',
			input: { at: instant({ en: 'At', zh: '到达时间' }), late: flag({ en: 'Late', zh: '晚于预约' }) },
		})
		.decidedBy((_dispatch, { at, late }) => ({ set: { arrivedAt: at, late } })),
	checkOut: draft
		.event({ label: { en: 'Call headquarters', zh: '请示总部' }, from: ['OnSite'], to: ['OnSite'], by: 'consequence', input: {} })
		.decidedBy((_dispatch, _input, { now }) => ({ set: { checkedOutAt: now } })),
	finish: draft
		.event({
			label: { en: 'Finish', zh: '完成' },
			from: ['Assigned', 'Accepted', 'UnderWay', 'OnSite'],
			to: ['Done'],
			by: 'consequence',
			input: { arrivedAt: instant({ en: 'Arrived', zh: '到达时间' }), leftAt: instant({ en: 'Left', zh: '离开时间' }), result: choice({ en: 'Result', zh: '结果' }, visitResults) },
		})
		.decidedBy((sent, { arrivedAt, leftAt, result }) => ({ set: { arrivedAt: sent.arrivedAt ?? arrivedAt, leftAt, result } })),
	withdraw: draft
		.event({ label: { en: 'Withdraw', zh: '改派' }, from: ['Assigned', 'Accepted', 'UnderWay', 'OnSite'], to: ['Withdrawn'], by: 'consequence', input: {} })
		.decidedBy(() => ({})),
	addCosts: draft
		.event({
			label: { en: 'Add transport and expenses', zh: '登记交通费用' },
			from: ['OnSite', 'UnderWay', 'Done'],
			to: ['OnSite', 'UnderWay', 'Done'],
			by: ['technician'],
			input: { costs: lines({ kind: text({ en: 'Kind', zh: '项目' }), amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }) }, { en: 'Transport and expenses', zh: '交通及费用' }) },
		})
		.decidedBy(addCosts),
});
