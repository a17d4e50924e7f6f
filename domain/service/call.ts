import { defineDocument, type DocumentOf } from '../document/document';
import { find, findAll } from '../document/facts';
import { choice, data, day, fen, flag, instant, integer, optional, ref, text } from '../document/fields';
import { asset, contract, customer, person, price, qualification, unit, zones } from '../master/records';
import { localTime } from '../shared/zonedTime';
import type { Counted } from '../shared/workCalendar';
import { answerCustomer, appoint, missReply, remindReply } from './answerRules';
import { explainArrival } from './arrivalLimit';
import { charge } from './charge';
import { assignCall } from './assignCall';
import { amend, answerEscalation, closeCall, dayEnd, escalate, missArrival, passUp, putFirst, reclassify, reopen, solveByPhone, takeInCall, voidCall, warnArrival } from './callRules';
import { contactLetterDraft } from './contactLetterPaper';
import { checklist, dispatch } from './dispatch';
import { question } from './escalation';
import { acceptJob, agreePrice, dropQuestion, arriveAtJob, checkOut, leaveForJob, remindVisit, urge } from './jobRules';
import { charged } from './priceRules';
import { serviceTypes } from './proposeServiceType';
import { quotationDraft } from './quotationPaper';
import { registerCall } from './registerCall';
import { appointment, attributes, channels, details, initiatives, jobKinds, levels, phone, registration } from './registration';
import { reportVisit } from './reportVisit';
import { returnVisitDraft } from './returnVisitPaper';
import { unsolvedReport } from './unsolvedReport';
import { nextSteps, opinion, visitResults, work } from './visit';
import { voucher } from './voucher';

export const priorities = { normal: '普通', next_day: '优先派工', manager: '已报经理' } as const;

const hidden = { internal: true } as const;

const draft = defineDocument({
	kind: 'call',
	form: 'M-002',
	label: { en: 'Call', zh: '叫修登记' },
	number: { prefix: 'BX', period: 'month', digits: 4 },
	title: ['customerName', 'address', 'symptom'],
	explain: (row: { dueWorking: Counted; appointFrom: string | null; appointTo: string | null; promisedAt: string | null; dueAt: string }, zone: string) => ({
		dueWhy: explainArrival(row, zone),
		promise: row.promisedAt === null ? `技术员最迟 ${localTime(row.dueAt, zone)} 到达` : `已答复维修时间 ${localTime(row.promisedAt, zone)}`,
	}),
	fields: {
		customer: ref('customer', { en: 'Customer no', zh: '客户编号' }),
		customerName: text({ en: 'Customer', zh: '客户名称' }),
		phone,
		address: text({ en: 'Address', zh: '地址' }),
		zone: choice({ en: 'Zone', zh: '区域' }, zones),
		asset: ref('asset', { en: 'Serial no', zh: '序列号' }),
		model: text({ en: 'Model', zh: '商品型号' }),
		siteSituation: optional(text({ en: 'Site situation', zh: '现场情况' })),
		symptom: optional(text({ en: 'Symptom', zh: '故障表现' })),
		faultCause: optional(text({ en: 'Cause', zh: '故障原因' })),
		faultCode: optional(text({ en: 'Fault code', zh: '故障代码' })),
		actualFault: optional(text({ en: 'Actual fault', zh: '实际故障' })),
		attribute: optional(choice({ en: 'Customer attribute', zh: '客户属性' }, attributes)),
		jobKind: optional(choice({ en: 'Job kind', zh: '服务性质' }, jobKinds)),
		initiative: optional(choice({ en: 'Initiative', zh: '服务方式' }, initiatives)),
		channel: choice({ en: 'Channel', zh: '来源' }, channels),
		unit: optional(ref('unit', { en: 'Service point', zh: '服务中心' })),
		level: optional(choice({ en: 'Handled by', zh: '处理层级' }, levels)),
		levelReason: optional(text({ en: 'Why passed up', zh: '上转原因' })),
		calledAt: instant({ en: 'Called at', zh: '叫修时间' }),
		type: choice({ en: 'Type', zh: '服务类别' }, serviceTypes),
		typeReason: text({ en: 'Why this type', zh: '类别依据' }),
		promisedAt: optional(instant({ en: 'Promised for', zh: '答复维修时间' })),
		promisedBy: optional(ref('person', { en: 'Promised by', zh: '答复人' })),
		answeredAt: optional(instant({ en: 'Answered at', zh: '答复时间' })),
		replyDueAt: optional(instant({ en: 'Answer due', zh: '答复期限' })),
		replyRemindAt: optional(instant({ en: 'Answer reminder', zh: '答复提醒时间' }, hidden)),
		replyReminded: optional(flag({ en: 'Reminded of answer', zh: '已提醒答复' }, hidden)),
		replyLate: optional(flag({ en: 'Answered late', zh: '答复超时' })),
		...appointment,
		limitHours: integer({ en: 'Limit (working hours)', zh: '到达时限(工作小时)' }, hidden),
		dueAt: instant({ en: 'Arrival due', zh: '到达期限' }),
		warnAt: optional(instant({ en: 'Warned from', zh: '预警时间' }, hidden)),
		warned: optional(flag({ en: 'Warned', zh: '已预警' }, hidden)),
		alarmAt: optional(instant({ en: 'Missed from', zh: '超时起算' }, hidden)),
		dueWorking: data<Counted>({ en: 'How the limit was counted', zh: '期限计算过程' }),
		note: optional(text({ en: 'Note', zh: '提示' })),
		repeatOf: optional(ref('call', { en: 'Repeats', zh: '重复报修' })),
		priority: optional(choice({ en: 'Priority', zh: '优先' }, priorities)),
		nextDayAt: optional(instant({ en: 'First dispatch from', zh: '优先派工时间' }, hidden)),
		nextDayEndAt: optional(instant({ en: 'First dispatch until', zh: '优先派工截止' }, hidden)),
		dayEndAt: optional(instant({ en: 'Report if unsolved', zh: '当日报备时间' }, hidden)),
		voucher: ref('voucher', { en: 'Voucher', zh: '服务凭证' }),
		technician: optional(ref('person', { en: 'Technician', zh: '技术员' })),
		assignedBy: optional(ref('person', { en: 'Assigned by', zh: '派工人' })),
		assignedAt: optional(instant({ en: 'Assigned at', zh: '派工时间' })),
		plannedAt: optional(instant({ en: 'Planned at', zh: '计划出发' })),
		overrideReason: optional(text({ en: 'Assigned without qualification because', zh: '破例派工原因' })),
		urgedAt: optional(instant({ en: 'Urged at', zh: '催办时间' })),
		dispatch: optional(ref('dispatch', { en: 'Dispatch', zh: '派遣记录' })),
		dispatches: optional(integer({ en: 'Dispatches', zh: '派遣次数' }, hidden)),
		preparation: optional(text({ en: 'Preparation', zh: '出发准备' })),
		checkedOutAt: optional(instant({ en: 'Headquarters called', zh: '请示总部时间' })),
		jobDueDay: optional(day({ en: 'Installation due', zh: '约定完成日期' })),
		trainingDue: optional(flag({ en: 'Training due', zh: '含用户培训' })),
		remindVisitAt: optional(instant({ en: 'Visit reminder', zh: '上门提醒时间' }, hidden)),
		consentAmount: optional(fen({ en: 'Agreed price', zh: '客户同意金额' })),
		consentBy: optional(text({ en: 'Agreed by', zh: '客户同意人' })),
		consentAt: optional(instant({ en: 'Agreed at', zh: '客户同意时间' })),
		arrivedAt: optional(instant({ en: 'Arrived at', zh: '到达时间' })),
		countedMinutes: optional(integer({ en: 'Working minutes to arrival', zh: '累计工作分钟' })),
		breached: flag({ en: 'Limit missed', zh: '超时' }),
		reportedAt: optional(instant({ en: 'Last reported', zh: '最近回报时间' }, hidden)),
		limitFrom: optional(instant({ en: 'Limits run from', zh: '期限起算' }, hidden)),
		alarmed: optional(flag({ en: 'Told of the missed limit', zh: '已报超时' }, hidden)),
		humanDamage: optional(flag({ en: 'Human damage', zh: '人为损坏' })),
		guaranteedTo: optional(day({ en: 'Repair guaranteed to', zh: '修护保证至' })),
		reclassified: optional(flag({ en: 'Type set by the dispatcher', zh: '类别经派工人更正' })),
		stays: optional(integer({ en: 'Times taken in', zh: '携回次数' }, hidden)),
		stateBefore: optional(choice({ en: 'State before', zh: '上报前状态' }, { WithDispatcher: '待派工', Assigned: '已派工', InRepair: '携回修护' }, hidden)),
		escalations: optional(integer({ en: 'Questions', zh: '上报次数' }, hidden)),
		result: optional(choice({ en: 'Result', zh: '服务结果' }, visitResults)),
		solution: optional(text({ en: 'Solved by phone', zh: '电话解决措施' })),
		chargeNote: optional(text({ en: 'Charge', zh: '收费说明' })),
		signedBy: optional(text({ en: 'Signed by', zh: '客户签字' })),
		surveyed: optional(flag({ en: 'Opinion given', zh: '满意度已填' })),
		solvedAt: optional(instant({ en: 'Customer confirmed', zh: '客户确认完成' })),
		content: optional(text({ en: 'Service content', zh: '服务内容' })),
		enteredAt: optional(instant({ en: 'Entered at', zh: '录库时间' })),
		closedAt: optional(instant({ en: 'Cancelled at', zh: '注销时间' })),
		duplicateOf: optional(ref('call', { en: 'Same as', zh: '与此叫修重复' })),
	},
	states: { WithDispatcher: '待派工', Assigned: '已派工', Escalated: '已上报待答复', InRepair: '携回修护', AwaitCancel: '待注销', Closed: '已注销归档', Void: '作废' },
	indexes: [['state', 'calledAt'], ['technician', 'state'], ['calledAt'], ['asset'], ['customer'], ['phone'], ['state', 'dueAt'], ['state', 'priority', 'dueAt']],
});

export type CallShape = typeof draft.shape;
export type Call = DocumentOf<CallShape>;

const working = ['WithDispatcher', 'Assigned', 'Escalated'] as const;
const open = [...working, 'InRepair'] as const;
const desk = ['receptionist', 'customer_service', 'after_sales', 'operator', { setting: 'service.dispatcher_role' }] as const;

export const call = draft.events(
	{
		register: draft.event({
			label: { en: 'Register a call', zh: '登记叫修' },
			from: ['new'],
			to: ['WithDispatcher'],
			by: ['receptionist', 'customer_service', 'operator', 'outlet', 'system'],
			input: registration,
			takeTurns: (input) => [input['phone'], input['serial']],
			facts: ({ phone: number, serial }) => ({ knownCustomer: find(customer, 'phone', number), knownAsset: find(asset, 'no', serial), paper: find(voucher, 'asset', serial), earlier: findAll(draft.shape, 'asset', serial) }),
			moreFacts: (_input, { knownCustomer, knownAsset }) => ({
				contracts: findAll(contract, 'customer', knownAsset?.customer ?? knownCustomer?.no ?? null),
			}),
		}).decidedBy(registerCall),
		amend: draft
			.event({ label: { en: 'Add details', zh: '补充登记' }, from: open, to: open, by: desk, input: { ...details, attribute: registration.attribute, address: optional(text({ en: 'Address', zh: '地址' })), zone: optional(choice({ en: 'Zone', zh: '区域' }, zones)) }, facts: (_input, stored) => ({ knownAsset: find(asset, 'no', stored.asset), contracts: findAll(contract, 'customer', stored.customer) }) })
			.decidedBy(amend),
		answer: draft
			.event({ label: { en: 'Answer the customer', zh: '答复客户' }, from: open, to: open, by: desk, input: { promisedAt: instant({ en: 'Promised Time', zh: '答复维修时间' }) } })
			.decidedBy(answerCustomer),
		appoint: draft
			.event({ label: { en: 'Agree an appointment', zh: '预约上门' }, from: working, to: working, by: [...desk, 'technician'], input: { appointFrom: appointment.appointFrom, appointTo: instant({ en: 'Appointment To', zh: '预约上门止' }) } })
			.decidedBy(appoint),
		reclassify: draft
			.event({
				label: { en: 'Change the type', zh: '更正服务类别' },
				from: open,
				to: open,
				by: [{ setting: 'service.dispatcher_role' }],
				input: { type: choice({ en: 'Type', zh: '服务类别' }, serviceTypes), reason: text({ en: 'Reason', zh: '更正原因' }) },
			})
			.decidedBy(reclassify),
		passUp: draft
			.event({ label: { en: 'Pass to the next level', zh: '转上级处理' }, from: open, to: open, by: desk, input: { level: choice({ en: 'Level', zh: '处理层级' }, { region: levels.region, hq: levels.hq }), reason: text({ en: 'Reason', zh: '原因' }) } })
			.decidedBy(passUp),
		assign: draft.event({
			label: { en: 'Assign a technician', zh: '派工' },
			from: working,
			to: ['Assigned'],
			by: [{ setting: 'service.dispatcher_role' }],
			input: {
				technician: ref('person', { en: 'Technician', zh: '技术员' }),
				companions: optional(text({ en: 'With', zh: '随同人员' })),
				plannedAt: optional(instant({ en: 'Planned At', zh: '计划出发' })),
				...appointment,
				seenAt: optional(instant({ en: 'Seen At', zh: '打开派工页的时间' }, { help: 'An assignment made by somebody else after this is not overwritten', ...hidden })),
				overrideReason: optional(text({ en: 'Assigned Without Qualification Because', zh: '破例派工原因' }, { help: '所选技术员没有有效资质时填写' })),
			},
			facts: ({ technician }, stored) => ({
				worker: find(person, 'no', technician),
				former: find(person, 'no', stored.technician),
				skills: findAll(qualification, 'person', technician),
				letters: findAll(contactLetterDraft.shape, 'call', stored.no),
				quotes: findAll(quotationDraft.shape, 'call', stored.no),
			}),
		}).decidedBy(assignCall),
		urge: draft
			.event({ label: { en: 'Urge', zh: '催办' }, from: ['Assigned', 'InRepair'], to: ['Assigned', 'InRepair'], by: desk, input: { message: optional(text({ en: 'Message', zh: '留言' })) }, facts: (_input, stored) => ({ worker: find(person, 'no', stored.technician) }) })
			.decidedBy(urge),
		accept: draft.event({ label: { en: 'Accept the job', zh: '接受工作' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: {} }).decidedBy(acceptJob),
		leave: draft.event({ label: { en: 'Leave for the customer', zh: '出发' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: checklist }).decidedBy(leaveForJob),
		arrive: draft
			.event({ label: { en: 'Arrive', zh: '到达现场' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: { arrivedAt: optional(instant({ en: 'Arrived At', zh: '到达时间' }, { help: '空白为现在' })) } })
			.decidedBy(arriveAtJob),
		agree: draft
			.event({
				label: { en: 'Price explained and agreed', zh: '收费说明与同意' },
				from: open,
				to: open,
				by: ['technician', ...desk],
				input: { amount: fen({ en: 'Agreed Price', zh: '客户同意金额' }, { min: 0 }), consentBy: text({ en: 'Agreed By', zh: '客户同意人' }) },
			})
			.decidedBy(agreePrice),
		agreed: draft
			.event({ label: { en: 'Quotation accepted', zh: '客户接受报价' }, from: open, to: open, by: 'consequence', input: { amount: fen({ en: 'Agreed Price', zh: '客户同意金额' }), consentBy: text({ en: 'Agreed By', zh: '客户同意人' }) } })
			.decidedBy(agreePrice),
		checkOut: draft.event({ label: { en: 'Call headquarters before leaving', zh: '离开前请示总部' }, from: ['Assigned'], to: ['Assigned'], by: ['technician'], input: {} }).decidedBy(checkOut),
		reportVisit: draft.event({
			label: { en: 'Report the visit', zh: '服务回报' },
			from: ['Assigned', 'Escalated'],
			to: ['AwaitCancel', 'Assigned', 'Escalated'],
			by: ['technician'],
			input: {
				arrivedAt: optional(instant({ en: 'Arrived At', zh: '到达时间' }, { help: '空白为已登记的到达时间' })),
				leftAt: optional(instant({ en: 'Left At', zh: '离开时间' }, { help: '空白为现在' })),
				...work,
				next: optional(choice({ en: 'Next', zh: '后续安排' }, nextSteps)),
				...appointment,
				humanDamage: optional(flag({ en: 'Human Damage', zh: '人为损坏' })),
				chargeLines: optional(charged),
				...opinion,
			},
			facts: ({ chargeLines }, stored) => ({
				knownAsset: find(asset, 'no', stored.asset),
				contracts: findAll(contract, 'customer', stored.customer),
				paper: find(voucher, 'no', stored.voucher),
				sent: find(dispatch, 'no', stored.dispatch),
				prices: findAll(price, 'item', (chargeLines ?? []).map(({ item }) => item)),
				quotes: findAll(quotationDraft.shape, 'call', stored.no),
				charged: findAll(charge, 'call', stored.no),
				worker: find(person, 'no', stored.technician),
			}),
			moreFacts: (_input, { worker }) => ({ workUnit: find(unit, 'no', worker?.unit ?? null) }),
		}).decidedBy(reportVisit),
		solveByPhone: draft
			.event({
				label: { en: 'Solved by phone', zh: '电话解决' },
				from: working,
				to: ['AwaitCancel'],
				by: [...desk, 'technician', 'as_engineer'],
				input: { solution: text({ en: 'Solution', zh: '处理措施' }, { long: true }), faultCode: optional(text({ en: 'Fault Code', zh: '故障代码' }, { compact: true })) },
			})
			.decidedBy(solveByPhone),
		escalate: draft
			.event({ label: { en: 'Escalate', zh: '上报问题' }, from: ['WithDispatcher', 'Assigned', 'InRepair'], to: ['Escalated'], by: ['technician', ...desk], input: question })
			.decidedBy(escalate),
		answerEscalation: draft
			.event({
				label: { en: 'Answer the question', zh: '答复上报问题' },
				from: ['Escalated'],
				to: ['WithDispatcher', 'Assigned', 'InRepair'],
				by: ['service_director', 'dept_manager', 'after_sales', 'qa', 'customer_service', 'as_engineer'],
				input: { answer: text({ en: 'Answer', zh: '答复' }, { long: true }) },
				facts: (_input, stored) => ({ worker: find(person, 'no', stored.technician) }),
			})
			.decidedBy(answerEscalation),
		takeIn: draft
			.event({
				label: { en: 'Taken in', zh: '携回修护' },
				from: ['Assigned', 'Escalated'],
				to: ['InRepair'],
				by: 'consequence',
				input: { arrivedAt: instant({ en: 'Arrived At', zh: '到达时间' }), leftAt: instant({ en: 'Left At', zh: '离开时间' }) },
			})
			.decidedBy(takeInCall),
		returned: draft
			.event({ label: { en: 'Returned to the customer', zh: '商品已还' }, from: ['InRepair', 'Escalated'], to: ['AwaitCancel'], by: 'consequence', input: { signedBy: text({ en: 'Signed By', zh: '客户签收' }) } })
			.decidedBy((stored, { signedBy }, { now }) => ({ set: { signedBy, surveyed: true, result: 'done', reportedAt: now }, then: dropQuestion(stored) })),
		close: draft.event({
			label: { en: 'Cancel the register entry and file the voucher', zh: '注销并归档' },
			from: ['AwaitCancel'],
			to: ['Closed'],
			by: ['receptionist'],
			input: { content: optional(text({ en: 'Service Content', zh: '服务内容录库' }, { long: true })) },
			facts: (_input, stored) => ({ called: findAll(returnVisitDraft.shape, 'call', stored.no) }),
		}).decidedBy(closeCall),
		confirmSolved: draft
			.event({ label: { en: 'Customer confirms', zh: '客户确认完成' }, from: ['AwaitCancel', 'Closed'], to: ['AwaitCancel', 'Closed'], by: ['system'], input: {} })
			.decidedBy((stored, _input, { now }) => ({ set: { solvedAt: stored.solvedAt ?? now }, to: stored.state as 'Closed' })),
		reopen: draft.event({ label: { en: 'Reopen', zh: '重新处理' }, from: ['AwaitCancel', 'Closed'], to: ['WithDispatcher'], by: 'consequence', input: {} }).decidedBy(reopen),
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
		warnArrival: draft.event({ label: { en: 'Arrival limit near', zh: '到达预警' }, from: working, to: working, by: ['system'], input: {} }).decidedBy(warnArrival),
		missArrival: draft.event({ label: { en: 'Arrival limit passed', zh: '到达超时' }, from: working, to: working, by: ['system'], input: {} }).decidedBy(missArrival),
		remindReply: draft.event({ label: { en: 'Answer due soon', zh: '提醒答复' }, from: open, to: open, by: ['system'], input: {} }).decidedBy(remindReply),
		missReply: draft.event({ label: { en: 'Answer late', zh: '答复超时' }, from: open, to: open, by: ['system'], input: {} }).decidedBy(missReply),
		remindVisit: draft
			.event({ label: { en: 'Visit reminder', zh: '上门提醒' }, from: working, to: working, by: ['system'], input: {}, facts: (_input, stored) => ({ worker: find(person, 'no', stored.technician), client: find(customer, 'no', stored.customer) }) })
			.decidedBy(remindVisit),
		dayEnd: draft
			.event({ label: { en: 'Unsolved at day end', zh: '当日未解决' }, from: open, to: open, by: ['system'], input: {}, facts: () => ({ open: findAll(draft.shape, 'state', [...open]) }), moreFacts: (_input, facts) => ({ reports: findAll(unsolvedReport, 'call', facts.open.map(({ no }) => no)) }) })
			.decidedBy(dayEnd),
		void: draft.event({
			label: { en: 'Void', zh: '作废' },
			from: ['WithDispatcher', 'Assigned'],
			to: ['Void'],
			by: [{ setting: 'service.dispatcher_role' }],
			input: { reason: text({ en: 'Reason', zh: '作废原因' }), duplicateOf: optional(ref('call', { en: 'Same as', zh: '与此叫修重复' }, { help: '重复登记的填写另一张的编号' })) },
			facts: ({ duplicateOf }, stored) => ({ former: find(person, 'no', stored.technician), same: find(draft.shape, 'no', duplicateOf) }),
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
			during: working,
			due: (stored) => (stored.arrivedAt === null && stored.warned !== true ? stored.warnAt : null),
			fires: 'warnArrival',
		},
		arrival: {
			label: { en: 'Arrival limit', zh: '到达期限' },
			during: working,
			due: (stored) => (stored.arrivedAt === null && stored.alarmed !== true ? stored.alarmAt : null),
			fires: 'missArrival',
		},
		replyReminder: {
			label: { en: 'Answer reminder', zh: '答复提醒' },
			during: open,
			due: (stored) => (stored.answeredAt === null && stored.replyReminded !== true ? stored.replyRemindAt : null),
			fires: 'remindReply',
		},
		reply: {
			label: { en: 'Answer', zh: '答复期限' },
			during: open,
			due: (stored) => (stored.answeredAt === null && stored.replyLate !== true && stored.replyDueAt !== null ? new Date(Date.parse(stored.replyDueAt) + 60_000).toISOString() : null),
			fires: 'missReply',
		},
		visit: { label: { en: 'Visit reminder', zh: '上门提醒' }, during: working, due: (stored) => stored.remindVisitAt, fires: 'remindVisit' },
		dayEnd: { label: { en: 'Day end', zh: '当日截止' }, during: open, due: (stored) => stored.dayEndAt, fires: 'dayEnd' },
	},
);
