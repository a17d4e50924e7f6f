import { defineDocument, type DocumentOf } from '../document/document';
import { find, findAll } from '../document/facts';
import { day, flag, instant, integer, lines, optional, ref, text } from '../document/fields';
import { person, price, unit } from '../master/records';
import { charge } from '../service/charge';
import { call } from '../service/call';
import { charged } from '../service/priceRules';
import { quotationDraft } from '../service/quotationPaper';
import { opinion } from '../service/visit';
import { voucher } from '../service/voucher';
import { goodsReceipt } from './goodsReceipt';
import { goodsRegister } from './goodsRegister';
import { addProgress, approveLoss, askForHelp, deliver, failInspection, finishRepair, passInspection, startRepair } from './repairCardRules';
import { stockFacts } from './repairParts';

const opening = {
	call: ref('call', { en: 'Call', zh: '叫修编号' }),
	customer: ref('customer', { en: 'Customer No', zh: '客户编号' }),
	asset: ref('asset', { en: 'Serial No', zh: '序列号' }),
	fault: text({ en: 'Fault', zh: '故障' }),
	plannedFinish: instant({ en: 'Planned Finish', zh: '原定修妥时间' }),
	technician: ref('person', { en: 'Technician', zh: '技术员' }),
	countersignedBy: text({ en: 'Countersigned By', zh: '客户签认' }),
	stay: integer({ en: 'Stay', zh: '第几次携回' }, { internal: true }),
};

export const parts = lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Replaced parts', zh: '配换零件' });

/** @rule T-081 — what was measured, with its unit */
const readings = lines({ name: text({ en: 'Reading', zh: '读数' }), value: text({ en: 'Value', zh: '数值' }), unit: text({ en: 'Unit', zh: '单位' }) }, { en: 'Readings', zh: '读数' });

const findings = {
	faultFound: text({ en: 'Fault Found', zh: '查明故障' }, { long: true }),
	cause: text({ en: 'Cause', zh: '原因' }, { long: true }),
	workDone: text({ en: 'Work Done', zh: '处理' }, { long: true }),
	testResult: text({ en: 'Test Result', zh: '测试结果' }),
};

/** Of the customer who takes the item back. @rule V-044 */
const said = { satisfaction: opinion.satisfaction, reason: opinion.reason, surveyRefused: opinion.surveyRefused };

const draft = defineDocument({
	kind: 'repair_card',
	form: 'M-005',
	label: { en: 'Repair card', zh: '修护卡' },
	// One card per item and stay. @rule R-004
	number: ({ call: no, stay }) => `XH-${String(no)}${stay === 1 ? '' : `-${String(stay)}`}`,
	title: ['asset', 'fault'],
	fields: {
		...opening,
		startedBy: optional(ref('person', { en: 'Started by', zh: '开始修护人' })),
		lossApprovedBy: optional(ref('person', { en: 'Loss approved by', zh: '收据遗失批准人' })),
		manualRead: optional(flag({ en: 'Manual read', zh: '已查阅说明书、图纸' })),
		actualMinutes: optional(integer({ en: 'Actual repair time', zh: '实际修护使用时间(分)' })),
		finishedAt: optional(instant({ en: 'Finished', zh: '修妥时间' })),
		parts: optional(parts),
		finishedDay: optional(day({ en: 'Finished on', zh: '修妥日期' })),
		readings: optional(readings),
		progress: optional(lines({ at: instant({ en: 'At', zh: '时间' }), by: text({ en: 'By', zh: '填写人' }), note: text({ en: 'Note', zh: '进度' }) }, { en: 'Progress', zh: '维修进度' })),
		faultFound: optional(text({ en: 'Fault found', zh: '查明故障' })),
		cause: optional(text({ en: 'Cause', zh: '原因' })),
		workDone: optional(text({ en: 'Work done', zh: '处理' })),
		testResult: optional(text({ en: 'Test result', zh: '测试结果' })),
		reportedAt: optional(instant({ en: 'Reported', zh: '维修报告时间' })),
		helpAskedAt: optional(instant({ en: 'Help asked', zh: '协助请求' })),
		inspector: optional(ref('person', { en: 'Inspected by', zh: '验讫人' })),
		inspectedAt: optional(instant({ en: 'Inspected at', zh: '验讫时间' })),
		failReason: optional(text({ en: 'Why it failed', zh: '不合格原因' })),
		returnedAt: optional(instant({ en: 'Returned', zh: '还商品日期' })),
		signedBy: optional(text({ en: 'Signed by', zh: '客户签收' })),
		...said,
	},
	states: { InHouse: '已登录', UnderRepair: '修护中', ToInspect: '待验讫', ReadyToReturn: '已验讫待还', Returned: '已还' },
	indexes: [['technician', 'state'], ['state'], ['finishedDay']],
});

export type RepairCardShape = typeof draft.shape;
export type RepairCard = DocumentOf<RepairCardShape>;

const papers = (card: RepairCard) => ({ receipt: find(goodsReceipt, 'call', card.call), line: find(goodsRegister, 'call', card.call), paper: find(voucher, 'asset', card.asset), job: find(call, 'no', card.call) });

export const repairCard = draft.events(
	{
		open: draft.event({ label: { en: 'Open', zh: '填写修护卡' }, from: ['new'], to: ['InHouse'], by: 'consequence', input: opening }).decidedBy((_card, input) => ({ set: input })),
		start: draft
			.event({ label: { en: 'Start the repair', zh: '开始修护' }, from: ['InHouse'], to: ['UnderRepair'], by: ['technician'], input: { manualRead: optional(flag({ en: 'Manual Read', zh: '已查阅说明书、图纸' })) }, facts: (_input, card) => papers(card) })
			.decidedBy(startRepair),
		help: draft.event({ label: { en: 'Ask for help', zh: '请求协助' }, from: ['UnderRepair', 'InHouse'], to: ['UnderRepair', 'InHouse'], by: ['technician', 'system'], input: {} }).decidedBy(askForHelp),
		finish: draft
			.event({
				label: { en: 'Finish the repair', zh: '修妥' },
				from: ['UnderRepair'],
				to: ['ToInspect'],
				by: ['technician'],
				input: { actualMinutes: integer({ en: 'Minutes', zh: '实际修护使用时间(分)' }, { min: 1 }), parts: optional(parts), readings: optional(readings) },
				facts: ({ parts: used }, card) => stockFacts(card, used),
			})
			.decidedBy(finishRepair),
		note: draft
			.event({ label: { en: 'Note progress', zh: '登记维修进度' }, from: ['InHouse', 'UnderRepair', 'ToInspect'], to: ['InHouse', 'UnderRepair', 'ToInspect'], by: ['technician'], input: { note: text({ en: 'Progress', zh: '进度' }, { long: true }) } })
			.decidedBy(addProgress),
		report: draft
			.event({ label: { en: 'Write the repair report', zh: '填写维修报告' }, from: ['UnderRepair', 'ToInspect', 'ReadyToReturn'], to: ['UnderRepair', 'ToInspect', 'ReadyToReturn'], by: ['technician'], input: findings })
			.decidedBy((card, input, { now }) => ({ set: { ...input, reportedAt: now }, to: card.state as 'ToInspect' })),
		pass: draft.event({ label: { en: 'Pass the inspection', zh: '验讫' }, from: ['ToInspect'], to: ['ReadyToReturn'], by: [{ setting: 'repair.inspector_role' }], input: {} }).decidedBy(passInspection),
		fail: draft
			.event({ label: { en: 'Fail the inspection', zh: '验收不合格' }, from: ['ToInspect'], to: ['UnderRepair'], by: [{ setting: 'repair.inspector_role' }], input: { reason: text({ en: 'Reason', zh: '不合格原因' }) } })
			.decidedBy(failInspection),
		approveLoss: draft
			.event({ label: { en: 'Approve the lost receipt', zh: '批准收据遗失' }, from: ['InHouse', 'UnderRepair', 'ToInspect', 'ReadyToReturn'], to: ['InHouse', 'UnderRepair', 'ToInspect', 'ReadyToReturn'], by: [{ setting: 'repair.inspector_role' }], input: { reason: text({ en: 'Reason', zh: '情况说明' }) } })
			.decidedBy(approveLoss),
		deliver: draft
			.event({
				label: { en: 'Return to the customer', zh: '还商品' },
				from: ['ReadyToReturn'],
				to: ['Returned'],
				by: ['technician', 'receptionist'],
				input: {
					signedBy: text({ en: 'Signed By', zh: '客户签收' }),
					receiptTaken: optional(flag({ en: 'Receipt Taken Back', zh: '已收回收据' })),
					chargeLines: optional(charged),
					...said,
				},
				facts: ({ chargeLines }, card) => ({
					...papers(card),
					prices: findAll(price, 'item', (chargeLines ?? []).map(({ item }) => item)),
					quotes: findAll(quotationDraft.shape, 'call', card.call),
					charged: findAll(charge, 'call', card.call),
					worker: find(person, 'no', card.technician),
				}),
				moreFacts: (_input, { worker }) => ({ workUnit: find(unit, 'no', worker?.unit ?? null) }),
			})
			.decidedBy(deliver),
	},
	{
		help: {
			label: { en: 'Planned finish', zh: '原定修妥时间' },
			during: ['InHouse', 'UnderRepair'],
			due: (card) => (card.helpAskedAt === null ? card.plannedFinish : null),
			fires: 'help',
		},
	},
);
