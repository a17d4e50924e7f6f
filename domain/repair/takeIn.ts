import { defineDocument, fire, type Change, type DocumentOf, type RowOfRecord } from '../document/document';
import { find, type Given } from '../document/facts';
import { instant, optional, ref, text, type RowOf } from '../document/fields';
import { asset } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { call, type Call } from '../service/call';
import { visit } from '../service/visit';
import { goodsReceipt } from './goodsReceipt';
import { goodsRegister } from './goodsRegister';
import { repairCard } from './repairCard';

const start = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }, { among: ['Assigned', 'Escalated'] }),
	arrivedAt: instant({ en: 'Arrived At', zh: '到达时间' }),
	leftAt: instant({ en: 'Left At', zh: '离开时间' }),
	problem: text({ en: 'Problem Found', zh: '发现的问题' }, { long: true }),
	plannedFinish: instant({ en: 'Planned Finish', zh: '原定修妥时间' }),
	accessories: optional(text({ en: 'Accessories', zh: '随附配件' })),
	condition: optional(text({ en: 'Condition', zh: '外观' })),
	countersignedBy: text({ en: 'Countersigned By', zh: '客户签认' }, { help: '请客户本人输入姓名确认服务凭证' }),
};

const draft = defineDocument({
	kind: 'take_in',
	form: 'M-004',
	label: { en: 'Take-in repair', zh: '携回修护' },
	number: { prefix: 'XC', period: 'month', digits: 4 },
	title: ['call'],
	fields: start,
	states: { Started: '携回' },
	indexes: [['call']],
});

export type TakeIn = DocumentOf<typeof draft.shape>;
type Known = Given & { job: Call | null; goods: RowOfRecord<typeof asset> | null };

/**
 * The four acts in one: receipt, countersigned voucher, register line, repair card.
 * @rule R-001
 * @rule R-009 — with a planned finish, after the departure
 * @throws RuleViolation NOT_FOUND, NOT_ALLOWED, CONDITION_NOT_MET
 */
function takeItemIn(_paper: unknown, input: RowOf<typeof start>, { job, goods, actor }: Known): Change<typeof draft.shape> {
	if (job === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.call}”的叫修`, '请核对编号');
	if (job.technician !== actor.code) throw new RuleViolation('NOT_ALLOWED', `${job.no} 派给了 ${job.technician ?? '（未派工）'}，不是 ${actor.code}`, '只能携回派给自己的工作');
	if (input.plannedFinish <= input.leftAt) throw new RuleViolation('CONDITION_NOT_MET', '原定修妥时间早于离开时间', '请填写将来的修妥时间', 'R-009');
	const { call: no, arrivedAt, leftAt, problem, plannedFinish, accessories, condition, countersignedBy } = input;
	const item = { call: no, customer: job.customer, asset: job.asset, stay: (job.stays ?? 0) + 1 };
	return {
		set: input,
		then: [
			fire(call, 'takeIn', no, { arrivedAt, leftAt }),
			fire(visit, 'open', null, { call: no, technician: actor.code, arrivedAt, leftAt, problem, solution: '携回修护', result: 'not_done', openReason: 'return_repair', signedBy: countersignedBy }),
			fire(goodsReceipt, 'issue', null, { call: no, customer: job.customer, goods: [{ model: goods?.model ?? job.model, serial: job.asset, quantity: 1, accessories, condition }] }),
			fire(goodsRegister, 'enter', null, { ...item, voucher: job.voucher }),
			fire(repairCard, 'open', null, { ...item, fault: problem, plannedFinish, technician: actor.code, countersignedBy }),
		],
	};
}

export const takeIn = draft.events({
	start: draft
		.event({
			label: { en: 'Take the item in', zh: '携回修护' },
			from: ['new'],
			to: ['Started'],
			by: ['technician'],
			input: start,
			facts: (input) => ({ job: find(call, 'no', input.call) }),
			moreFacts: (_input, { job }) => ({ goods: find(asset, 'no', job?.asset ?? null) }),
		})
		.decidedBy(takeItemIn),
});
