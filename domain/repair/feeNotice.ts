import { defineDocument, type DocumentOf } from '../document/document';
import { fen, instant, integer, optional, ref, text } from '../document/fields';
import { feeLines } from './rmaPaper';

/** One for each time the fee is worked out. */
export const feeNoticeNumber = (repairNo: string, round: number): string => `TZ-${repairNo}${round === 1 ? '' : `-${round}`}`;

const sent = {
	rma: ref('rma', { en: 'Application', zh: '申请编号' }),
	repairNo: text({ en: 'Repair No', zh: '维修编号' }),
	round: integer({ en: 'Round', zh: '第几次通知' }, { min: 1, internal: true }),
	applicant: text({ en: 'Customer', zh: '客户' }),
	model: text({ en: 'Model', zh: '设备型号' }),
	diagnosis: text({ en: 'Diagnosis', zh: '检测情况' }, { long: true }),
	lines: feeLines,
	amount: fen({ en: 'Amount', zh: '金额' }, { min: 1 }),
};

const draft = defineDocument({
	kind: 'fee_notice',
	form: 'M-074',
	label: { en: 'Repair fee notice', zh: '维修费用通知单' },
	number: ({ repairNo, round }) => feeNoticeNumber(String(repairNo), Number(round)),
	title: ['repairNo', 'applicant'],
	fields: {
		...sent,
		sentAt: instant({ en: 'Sent', zh: '发出时间' }),
		confirmation: optional(text({ en: 'Confirmation', zh: '客户确认' })),
		confirmedAt: optional(instant({ en: 'Confirmed', zh: '确认时间' })),
		paidAt: optional(instant({ en: 'Payment confirmed', zh: '到账时间' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Sent: '已发出', Confirmed: '已确认', Refused: '客户不同意', Paid: '已到账', Withdrawn: '已作废' },
	indexes: [['rma'], ['state']],
});

export type FeeNotice = DocumentOf<typeof draft.shape>;

const because = { reason: text({ en: 'Reason', zh: '原因' }) };

/** M-074: goes along with the mail-in repair, which moves it. @rule R-114 */
export const feeNotice = draft.events({
	send: draft.event({ label: { en: 'Send', zh: '发出费用通知' }, from: ['new'], to: ['Sent'], by: 'consequence', input: sent }).decidedBy((_paper, input, { now }) => ({ set: { ...input, sentAt: now } })),
	confirm: draft
		.event({ label: { en: 'Confirm', zh: '客户确认' }, from: ['Sent'], to: ['Confirmed', 'Paid'], by: 'consequence', input: { confirmation: text({ en: 'Confirmation', zh: '客户确认' }, { long: true }) } })
		.decidedBy((paper, { confirmation }, { now }) => ({ set: { confirmation, confirmedAt: now }, to: paper.paidAt === null ? 'Confirmed' : 'Paid' })),
	refuse: draft.event({ label: { en: 'Refuse', zh: '客户不同意' }, from: ['Sent', 'Confirmed'], to: ['Refused'], by: 'consequence', input: because }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
	pay: draft
		.event({ label: { en: 'Payment confirmed', zh: '到账' }, from: ['Sent', 'Confirmed'], to: ['Sent', 'Paid'], by: 'consequence', input: {} })
		.decidedBy((paper, _input, { now }) => ({ set: { paidAt: now }, to: paper.confirmedAt === null ? 'Sent' : 'Paid' })),
	withdraw: draft.event({ label: { en: 'Withdraw', zh: '作废费用通知' }, from: ['Sent', 'Confirmed', 'Paid'], to: ['Withdrawn'], by: 'consequence', input: because }).decidedBy((_paper, { reason }) => ({ set: { reason } })),
});
