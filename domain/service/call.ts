import { defineDocument, type DocumentOf } from '../document/document';
import { find, findAll } from '../document/facts';
import { choice, data, day, fen, flag, instant, integer, optional, ref, text } from '../document/fields';
import { asset, contract, customer, person, zones } from '../master/records';
import type { Counted } from '../shared/workCalendar';
import { explainDue } from './arrivalLimit';
import { assignCall } from './assignCall';
import { serviceTypes } from './proposeServiceType';
import { registerCall } from './registerCall';
import { reportVisit } from './reportVisit';
import { closeCall, missArrival, putFirst, takeInCall, voidCall, warnArrival } from './callRules';
import { opinion, work } from './visit';
import { voucher } from './voucher';

export const channels = { phone: '来电', letter: '来函', visit: '来人', mail: '邮件', web: '网上报修', outlet: '网点' } as const;

export const priorities = { normal: '普通', next_day: '优先派工', manager: '已报经理' } as const;

const phone = text({ en: 'Phone', zh: '电话' }, { compact: true, synonyms: ['联系电话', '手机'] });

/** What the receptionist asks, or the web form. */
export const registration = {
	customerName: text({ en: 'Customer Name', zh: '客户名称' }),
	phone,
	address: text({ en: 'Address', zh: '地址' }),
	zone: optional(choice({ en: 'Zone', zh: '区域' }, zones, { help: '空白按市区计算时限' })),
	model: text({ en: 'Model', zh: '商品型号' }),
	serial: optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true, help: '机身铭牌上的编号，没有可不填' })),
	symptom: text({ en: 'Symptom', zh: '故障表现' }, { long: true }),
	purchaseDay: optional(day({ en: 'Purchase Date', zh: '购买日期' })),
	channel: optional(choice({ en: 'Channel', zh: '来源' }, channels)),
	calledAt: optional(instant({ en: 'Called At', zh: '叫修时间' }, { help: '空白为现在' })),
	humanDamage: optional(flag({ en: 'Human Damage', zh: '人为损坏' })),
};

const draft = defineDocument({
	kind: 'call',
	form: 'M-002',
	label: { en: 'Call', zh: '叫修登记' },
	number: { prefix: 'BX', period: 'month', digits: 4 },
	title: ['customerName', 'address', 'symptom'],
	explain: (row: { dueWorking: Counted }, zone: string) => ({ dueWhy: explainDue(row.dueWorking, zone) }),
	fields: {
		customer: ref('customer', { en: 'Customer no', zh: '客户编号' }),
		customerName: text({ en: 'Customer', zh: '客户名称' }),
		phone,
		address: text({ en: 'Address', zh: '地址' }),
		zone: choice({ en: 'Zone', zh: '区域' }, zones),
		asset: ref('asset', { en: 'Serial no', zh: '序列号' }),
		model: text({ en: 'Model', zh: '商品型号' }),
		symptom: text({ en: 'Symptom', zh: '故障表现' }),
		channel: choice({ en: 'Channel', zh: '来源' }, channels),
		calledAt: instant({ en: 'Called at', zh: '叫修时间' }),
		type: choice({ en: 'Type', zh: '服务类别' }, serviceTypes),
		typeReason: text({ en: 'Why this type', zh: '类别依据' }),
		limitHours: integer({ en: 'Limit (working hours)', zh: '到达时限(工作小时)' }),
		dueAt: instant({ en: 'Arrival due', zh: '到达期限' }),
		warnAt: optional(instant({ en: 'Warned from', zh: '预警时间' })),
		warned: optional(flag({ en: 'Warned', zh: '已预警' })),
		alarmAt: optional(instant({ en: 'Missed from', zh: '超时起算' })),
		dueWorking: data<Counted>({ en: 'How the limit was counted', zh: '期限计算过程' }),
		note: optional(text({ en: 'Note', zh: '提示' })),
		repeatOf: optional(ref('call', { en: 'Repeats', zh: '重复报修' })),
		priority: optional(choice({ en: 'Priority', zh: '优先' }, priorities)),
		nextDayAt: optional(instant({ en: 'First dispatch from', zh: '优先派工时间' })),
		nextDayEndAt: optional(instant({ en: 'First dispatch until', zh: '优先派工截止' })),
		voucher: ref('voucher', { en: 'Voucher', zh: '服务凭证' }),
		technician: optional(ref('person', { en: 'Technician', zh: '技术员' })),
		assignedBy: optional(ref('person', { en: 'Assigned by', zh: '派工人' })),
		assignedAt: optional(instant({ en: 'Assigned at', zh: '派工时间' })),
		plannedAt: optional(instant({ en: 'Planned at', zh: '预约上门' })),
		arrivedAt: optional(instant({ en: 'Arrived at', zh: '到达时间' })),
		countedMinutes: optional(integer({ en: 'Working minutes to arrival', zh: '累计工作分钟' })),
		breached: flag({ en: 'Limit missed', zh: '超时' }),
		chargeNote: optional(text({ en: 'Charge', zh: '收费说明' })),
		signedBy: optional(text({ en: 'Signed by', zh: '客户签字' })),
		closedAt: optional(instant({ en: 'Cancelled at', zh: '注销时间' })),
	},
	states: { WithDispatcher: '待派工', Assigned: '已派工', InRepair: '携回修护', AwaitCancel: '待注销', Closed: '已注销归档', Void: '作废' },
	indexes: [['state', 'calledAt'], ['technician', 'state'], ['calledAt'], ['asset']],
});

export type CallShape = typeof draft.shape;
export type Call = DocumentOf<CallShape>;

export const call = draft.events(
	{
		register: draft.event({
			label: { en: 'Register a call', zh: '登记叫修' },
			from: ['new'],
			to: ['WithDispatcher'],
			by: ['receptionist', 'outlet', 'system'],
			input: registration,
			takeTurns: (input) => [input['phone'], input['serial']],
			facts: ({ phone: number, serial }) => ({ knownCustomer: find(customer, 'phone', number), knownAsset: find(asset, 'no', serial), paper: find(voucher, 'asset', serial), earlier: findAll(draft.shape, 'asset', serial) }),
			moreFacts: (_input, { knownCustomer, knownAsset }) => ({
				contracts: findAll(contract, 'customer', knownAsset?.customer ?? knownCustomer?.no ?? null),
			}),
		}).decidedBy(registerCall),
		assign: draft.event({
			label: { en: 'Assign a technician', zh: '派工' },
			from: ['WithDispatcher', 'Assigned'],
			to: ['Assigned'],
			by: [{ setting: 'service.dispatcher_role' }],
			input: {
				technician: ref('person', { en: 'Technician', zh: '技术员' }),
				plannedAt: optional(instant({ en: 'Planned At', zh: '预约上门' })),
			},
			facts: ({ technician }, stored) => ({ worker: find(person, 'no', technician), former: find(person, 'no', stored.technician) }),
		}).decidedBy(assignCall),
		reportVisit: draft.event({
			label: { en: 'Report the visit', zh: '服务回报' },
			from: ['Assigned'],
			to: ['AwaitCancel', 'WithDispatcher'],
			by: ['technician'],
			input: {
				...work,
				humanDamage: optional(flag({ en: 'Human Damage', zh: '人为损坏' })),
				amount: optional(fen({ en: 'Charge', zh: '收费金额(元)' }, { min: 0, help: '仅 A 类有费服务填写' })),
				...opinion,
			},
			facts: (_input, stored) => ({ knownAsset: find(asset, 'no', stored.asset), contracts: findAll(contract, 'customer', stored.customer), paper: find(voucher, 'no', stored.voucher) }),
		}).decidedBy(reportVisit),
		takeIn: draft
			.event({ label: { en: 'Taken in', zh: '携回修护' }, from: ['Assigned'], to: ['InRepair'], by: 'consequence', input: { arrivedAt: instant({ en: 'Arrived At', zh: '到达时间' }) } })
			.decidedBy(takeInCall),
		returned: draft
			.event({ label: { en: 'Returned to the customer', zh: '商品已还' }, from: ['InRepair'], to: ['AwaitCancel'], by: 'consequence', input: { signedBy: text({ en: 'Signed By', zh: '客户签收' }) } })
			.decidedBy((_call, { signedBy }) => ({ set: { signedBy } })),
		close: draft.event({
			label: { en: 'Cancel the register entry and file the voucher', zh: '注销并归档' },
			from: ['AwaitCancel'],
			to: ['Closed'],
			by: ['receptionist'],
			input: {},
		}).decidedBy(closeCall),
		unassigned: draft
			.event({
				label: { en: 'Still unassigned', zh: '未派修' },
				from: ['WithDispatcher'],
				to: ['WithDispatcher'],
				by: ['system'],
				input: {},
				facts: () => ({ waiting: findAll(draft.shape, 'state', 'WithDispatcher') }),
			})
			.decidedBy(putFirst),
		warnArrival: draft
			.event({ label: { en: 'Arrival limit near', zh: '到达预警' }, from: ['WithDispatcher', 'Assigned'], to: ['WithDispatcher', 'Assigned'], by: ['system'], input: {} })
			.decidedBy(warnArrival),
		missArrival: draft.event({
			label: { en: 'Arrival limit passed', zh: '到达超时' },
			from: ['WithDispatcher', 'Assigned'],
			to: ['WithDispatcher', 'Assigned'],
			by: ['system'],
			input: {},
		}).decidedBy(missArrival),
		void: draft.event({
			label: { en: 'Void', zh: '作废' },
			from: ['WithDispatcher', 'Assigned'],
			to: ['Void'],
			by: [{ setting: 'service.dispatcher_role' }],
			input: { reason: text({ en: 'Reason', zh: '作废原因' }) },
		}).decidedBy(voidCall),
	},
	{
		unassigned: {
			label: { en: 'First dispatch', zh: '优先派工' },
			during: ['WithDispatcher'],
			due: (stored) => ({ normal: stored.nextDayAt, next_day: stored.nextDayEndAt, manager: null })[stored.priority ?? 'normal'],
			fires: 'unassigned',
		},
		warning: {
			label: { en: 'Arrival warning', zh: '到达预警' },
			during: ['WithDispatcher', 'Assigned'],
			due: (stored) => (stored.arrivedAt === null && stored.warned !== true ? stored.warnAt : null),
			fires: 'warnArrival',
		},
		arrival: {
			label: { en: 'Arrival limit', zh: '到达期限' },
			during: ['WithDispatcher', 'Assigned'],
			due: (stored) => (stored.arrivedAt === null && !stored.breached ? stored.alarmAt : null),
			fires: 'missArrival',
		},
	},
);
