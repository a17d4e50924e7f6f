import { defineDocument, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, fen, instant, optional, ref, text, type RowOf } from '../document/fields';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { toRole } from './rmaNotices';
import { rmaDraft, type Rma } from './rmaPaper';

const handed = {
	rma: ref('rma', { en: 'Mail-In Repair', zh: '返修申请' }, { among: ['AwaitConfirm', 'AwaitPayment', 'Repairing', 'ReadyToShip'] }),
	amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }),
	remittedOn: day({ en: 'Remitted On', zh: '汇款日期' }),
	payer: optional(text({ en: 'Payer', zh: '汇款人' })),
};

const draft = defineDocument({
	kind: 'remittance_slip',
	form: 'M-114',
	label: { en: 'Remittance slip', zh: '汇款底单' },
	number: { prefix: 'HK', period: 'month', digits: 4 },
	title: ['repairNo', 'payer'],
	fields: { ...handed, repairNo: text({ en: 'Repair No', zh: '维修编号' }), confirmedAt: optional(instant({ en: 'Payment confirmed', zh: '到账确认时间' })), reason: optional(text({ en: 'Reason', zh: '不符原因' })) },
	states: { Handed: '待财务核对', Confirmed: '已到账', Rejected: '未到账' },
	indexes: [['rma'], ['state']],
});

export type RemittanceSlip = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

/** Told to finance, and no more than that: the money is looked for on the account. @rule R-114 @rule R-115 */
function hand(_slip: unknown, input: RowOf<typeof handed>, { paper, today, no }: Given & { paper: Rma | null }): Change<Shape> {
	if (paper === null) throw new RuleViolation('NOT_FOUND', `没有编号为“${input.rma}”的返修申请`, '请核对编号', 'R-114');
	if (paper.feeNoticedAt === null || paper.holdEndedAt !== null) throw new RuleViolation('CONDITION_NOT_MET', `${paper.repairNo ?? paper.no} 没有待收的费用`, '请核对维修编号', 'R-114');
	if (input.remittedOn > today) throw new RuleViolation('FIELD_INVALID', `汇款日期 ${input.remittedOn} 在将来`, '请填写底单上的日期', 'R-114');
	return { set: { ...input, repairNo: paper.repairNo ?? '' }, notices: [{ ...toRole('accountant', paper, { step: 'slip', subject: `汇款底单 ${yuan(input.amount)} 元，请核对到账`, rule: 'R-115', body: [['底单', no], ['金额', `${yuan(input.amount)} 元`], ['汇款日期', input.remittedOn], '款到后请办“确认到账”；底单不等于到账。'] }), key: `remittance_slip.handed:${no}` }] };
}

export const remittanceSlip = draft.events({
	hand: draft
		.event({ label: { en: 'Hand in a slip', zh: '登记汇款底单' }, from: ['new'], to: ['Handed'], by: ['customer_service', 'after_sales', 'receptionist', 'accountant', 'finance'], input: handed, facts: (input) => ({ paper: find(rmaDraft.shape, 'no', input.rma) }) })
		.decidedBy(hand),
	confirm: draft.event({ label: { en: 'Payment confirmed', zh: '到账' }, from: ['Handed'], to: ['Confirmed'], by: 'consequence', input: {} }).decidedBy((_slip, _input, { now }) => ({ set: { confirmedAt: now } })),
	reject: draft
		.event({ label: { en: 'No money came', zh: '底单未到账' }, from: ['Handed'], to: ['Rejected'], by: ['accountant', 'finance'], input: { reason: text({ en: 'Reason', zh: '不符原因' }) } })
		.decidedBy((slip, { reason }) => ({ set: { reason }, notices: [{ key: `remittance_slip.rejected:${slip.no}`, to: { role: 'customer_service' }, subject: `汇款底单未到账 ${slip.repairNo}`, rule: 'R-115', body: [['底单', slip.no], ['金额', `${yuan(slip.amount)} 元`], ['原因', reason], '请与客户联系。'] }] })),
});
