import { find, findAll } from '../document/facts';
import { choice, day, fen, flag, integer, optional, text } from '../document/fields';
import { asset, price } from '../master/records';
import { attachment } from '../service/attachment';
import { charged } from '../service/priceRules';
import { feeNotice } from './feeNotice';
import { remittanceSlip } from './remittanceSlip';
import { stockFacts } from './repairParts';
import { confirmFee, confirmPayment, giveUp, refunded, refuseFee, waiveFee } from './rmaFee';
import { approve, arrive, cancel, check, complete, missReply, refuse, submit } from './rmaIntake';
import { application, causes, channels, covers, entered, repairFindings, rmaDraft, unpacked, type Rma } from './rmaPaper';
import { agree, askSolution, breach, diagnose, finish, receive } from './rmaRepair';
import { closeReceived, closeSilent, notReceived, ship } from './rmaShipping';

const draft = rmaDraft;
const desk = ['after_sales', 'customer_service', 'receptionist', 'service_assistant'] as const;
const manager = { setting: 'rma.manager_role' } as const;
const money = ['accountant', 'finance'] as const;
const keepers = ['after_sales', 'customer_service', 'receptionist', 'storekeeper', 'logistics_clerk'] as const;
const because = { reason: text({ en: 'Reason', zh: '原因' }, { long: true }) };
const onBench = ['Received', 'AwaitConfirm', 'AwaitPayment', 'Repairing'] as const;
const owed = ['AwaitConfirm', 'AwaitPayment', 'Repairing', 'ReadyToShip'] as const;

const refundable = ['ReturnUnrepaired', 'Shipped', 'NotArrived', 'Closed'] as const;

const deviceOf = (serial: string | null) => ({ device: find(asset, 'no', serial), others: findAll(draft.shape, 'serial', serial) });

/** A device comes by courier, is repaired within the limit and goes back. @rule R-101 — nothing is sent before an application */
export const rma = draft.events(
	{
		submit: draft
			.event({
				label: { en: 'Apply', zh: '申请返修' },
				from: ['new'],
				to: ['Submitted', 'Incomplete'],
				by: [...desk, 'outlet', 'system'],
				input: { ...entered, channel: choice({ en: 'Channel', zh: '来源' }, channels), sender: optional(text({ en: 'Sender', zh: '来信邮箱' }, { internal: true, compact: true })) },
				takeTurns: ({ serial }) => [serial],
				facts: ({ serial }) => deviceOf(serial),
			})
			.decidedBy(submit),
		check: draft
			.event({
				label: { en: 'Check', zh: '核对申请资料' },
				from: ['Submitted'],
				to: ['InReview', 'Incomplete'],
				by: desk,
				input: { result: choice({ en: 'Result', zh: '资料' }, { complete: '完整、故障描述清楚', incomplete: '不完整或不清楚' }), note: optional(text({ en: 'Note', zh: '要补充的内容' }, { long: true })) },
			})
			.decidedBy(check),
		complete: draft
			.event({
				label: { en: 'Complete the application', zh: '补交申请资料' },
				from: ['Incomplete', 'ArrivedWithoutForm'],
				to: ['Submitted', 'Incomplete', 'Received'],
				by: [...desk, 'outlet', 'system'],
				input: entered,
				facts: ({ serial }, paper) => deviceOf(serial ?? paper.serial),
			})
			.decidedBy(complete),
		approve: draft
			.event({ label: { en: 'Accept', zh: '受理' }, from: ['InReview', 'Received'], to: ['Approved', 'Received'], by: 'consequence', input: { repairNo: text({ en: 'Repair No', zh: '维修编号' }), opinion: text({ en: 'Opinion', zh: '处理意见' }, { long: true }), sendTo: text({ en: 'Send To', zh: '寄往' }) } })
			.decidedBy(approve),
		refuse: draft.event({ label: { en: 'Refuse', zh: '不受理' }, from: ['Submitted', 'Incomplete', 'InReview'], to: ['Refused'], by: [manager], input: because }).decidedBy(refuse),
		cancel: draft.event({ label: { en: 'Cancel', zh: '取消申请' }, from: ['Submitted', 'Incomplete', 'InReview', 'Approved'], to: ['Cancelled'], by: [...desk, manager], input: because }).decidedBy(cancel),
		missReply: draft.event({ label: { en: 'Reply late', zh: '答复逾期' }, from: ['Submitted', 'InReview'], to: ['Submitted', 'InReview'], by: ['system'], input: {} }).decidedBy(missReply),
		arrive: draft
			.event({
				label: { en: 'Parcel without application', zh: '未填表寄到' },
				from: ['new'],
				to: ['ArrivedWithoutForm'],
				by: keepers,
				input: { applicant: { ...application.applicant, label: { en: 'Sender', zh: '寄件人' } }, phone: entered.phone, mail: entered.mail, address: entered.address, model: entered.model, serial: entered.serial, ...unpacked },
				takeTurns: ({ serial }) => [serial],
				facts: ({ serial }) => deviceOf(serial),
			})
			.decidedBy(arrive),
		receive: draft
			.event({ label: { en: 'Receive the device', zh: '收到设备' }, from: ['Approved'], to: ['Received'], by: keepers, input: { numberOnParcel: optional(flag({ en: 'Number On The Parcel', zh: '箱外有维修编号' })), ...unpacked } })
			.decidedBy(receive),
		diagnose: draft
			.event({
				label: { en: 'Diagnose', zh: '检测并核定费用' },
				// Unrepaired goods that are still here, too: the customer changed his mind, or the part came after all.
				from: ['Received', 'AwaitConfirm', 'Repairing', 'ReturnUnrepaired'],
				to: ['Repairing', 'AwaitConfirm'],
				by: ['technician'],
				input: {
					cause: choice({ en: 'Cause', zh: '故障责任' }, causes),
					diagnosis: text({ en: 'Diagnosis', zh: '检测情况' }, { long: true }),
					purchaseDay: optional(day({ en: 'Purchase Date Found', zh: '查明的购买日期' })),
					cover: optional(choice({ en: 'Warranty', zh: '核定保内/保外（不知购买日期时）' }, covers)),
					lines: optional(charged),
					specialFee: optional(fen({ en: 'For Special Wishes', zh: '特殊要求费(元)' }, { min: 0 })),
				},
				facts: ({ lines }) => ({ prices: findAll(price, 'item', (lines ?? []).map(({ item }) => item)) }),
			})
			.decidedBy(diagnose),
		confirmFee: draft
			.event({ label: { en: 'Customer confirms the fee', zh: '客户确认费用' }, from: ['AwaitConfirm'], to: ['Repairing', 'AwaitPayment'], by: desk, input: { reply: optional(text({ en: 'Text Of The Reply', zh: '客户回信原文（没有上传确认件时）' }, { long: true })) }, facts: (_input, paper) => ({ files: findAll(attachment, 'paper', paper.no), notice: find(feeNotice, 'no', paper.feeNotice) }) })
			.decidedBy(confirmFee),
		refuseFee: draft.event({ label: { en: 'Customer refuses the fee', zh: '客户不同意费用' }, from: ['AwaitConfirm', 'AwaitPayment'], to: ['ReturnUnrepaired'], by: desk, input: because }).decidedBy(refuseFee),
		confirmPayment: draft
			.event({ label: { en: 'Confirm the payment', zh: '确认到账' }, from: owed, to: owed, by: money, input: { amount: fen({ en: 'Amount', zh: '到账金额(元)' }, { min: 1 }) }, facts: (_input, paper) => ({ slips: findAll(remittanceSlip, 'rma', paper.no) }) })
			.decidedBy(confirmPayment),
		waiveFee: draft.event({ label: { en: 'Waive the fee', zh: '免收维修费用' }, from: owed, to: ['Repairing', 'ReadyToShip'], by: ['general_manager'], input: because }).decidedBy(waiveFee),
		askSolution: draft.event({ label: { en: 'Ask for a solution', zh: '提醒协商' }, from: onBench, to: onBench, by: ['system'], input: {} }).decidedBy(askSolution),
		agree: draft
			.event({
				label: { en: 'Agree a solution', zh: '与客户商定' },
				from: onBench,
				to: onBench,
				by: [...desk, 'technician'],
				input: { solution: text({ en: 'Solution', zh: '商定的办法' }, { long: true }), solutionDay: optional(day({ en: 'Agreed Day', zh: '商定完成日' })) },
			})
			.decidedBy(agree),
		breach: draft.event({ label: { en: 'Limit missed', zh: '超过维修期限' }, from: onBench, to: onBench, by: ['system'], input: {} }).decidedBy(breach),
		finish: draft
			.event({
				label: { en: 'Finish with the repair report', zh: '修妥并填写维修报告' },
				from: ['Repairing'],
				to: ['ReadyToShip'],
				by: ['technician'],
				input: { ...repairFindings, actualMinutes: optional(integer({ en: 'Minutes', zh: '用时(分)' }, { min: 1 })) },
				facts: ({ parts }, paper) => stockFacts(paper, parts),
			})
			.decidedBy(finish),
		giveUp: draft.event({ label: { en: 'Return unrepaired', zh: '未修退回' }, from: ['ArrivedWithoutForm', ...onBench], to: ['ReturnUnrepaired'], by: [manager], input: because }).decidedBy(giveUp),
		ship: draft
			.event({
				label: { en: 'Ship', zh: '寄还客户' },
				from: ['ReadyToShip', 'ReturnUnrepaired', 'NotArrived'],
				to: ['Shipped'],
				by: keepers,
				input: { carrier: text({ en: 'Carrier', zh: '承运' }), tracking: text({ en: 'Tracking No', zh: '快递单号' }, { compact: true }), phoned: optional(flag({ en: 'Told By Phone', zh: '已电话通知客户' })), address: optional(text({ en: 'Address', zh: '寄往（申请表上没有地址时）' })) },
			})
			.decidedBy(ship),
		refund: draft.event({ label: { en: 'Refund', zh: '登记退款' }, from: refundable, to: refundable, by: money, input: {} }).decidedBy(refunded),
		arrived: draft.event({ label: { en: 'Customer has it', zh: '客户已收到' }, from: ['Shipped', 'NotArrived'], to: ['Closed'], by: desk, input: {} }).decidedBy(closeReceived),
		notReceived: draft.event({ label: { en: 'Customer has not got it', zh: '客户没有收到' }, from: ['Shipped', 'NotArrived'], to: ['NotArrived'], by: desk, input: { note: text({ en: 'Note', zh: '情况' }) } }).decidedBy(notReceived),
		closeSilent: draft.event({ label: { en: 'Close, no objection', zh: '视为收到' }, from: ['Shipped'], to: ['Closed'], by: ['system'], input: {} }).decidedBy(closeSilent),
	},
	{
		reply: { label: { en: 'Reply', zh: '答复期限' }, during: ['Submitted', 'InReview'], due: ({ replyDueAt, replyLate }: Rma) => (replyLate === true ? null : replyDueAt), fires: 'missReply' },
		solution: { label: { en: 'Solution', zh: '协商提醒' }, during: onBench, due: ({ warnAt, warned }: Rma) => (warned === true ? null : warnAt), fires: 'askSolution' },
		limit: { label: { en: 'Repair limit', zh: '维修期限' }, during: onBench, due: ({ dueAt, breached }: Rma) => (breached === true ? null : dueAt), fires: 'breach' },
		silence: { label: { en: 'Taken as received', zh: '视为收到' }, during: ['Shipped'], due: ({ silentDueAt }: Rma) => silentDueAt, fires: 'closeSilent' },
	},
);
