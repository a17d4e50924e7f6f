import type { Call } from '../service/call';
import { complaintReasons, satisfactions, visitResults } from '../service/visit';
import { box, heading, note, pair, pairs, signatures, third, ticks, whole, yesNo, type Block, type Layout } from './paperModel';
import { addressOf, charged, customerName, lastCard, lastVisit, modelOf, phoneOf, serialOf, type ServiceCase } from './serviceCase';
import type { Shown } from './shown';
import { partsText } from './voucherPaper';

const attributes = { warranty: '保内客户', annual: '按年合同客户', per_visit: '按次合同客户', letter: '《联络函》服务客户' } as const;

/** What cover the call has, as the slip asks it. @rule V-003 — C is warranty, B the kind of contract, A a contact letter */
export function attributeOf({ call, contracts, asset }: ServiceCase, shown: Shown): keyof typeof attributes | null {
	if (call === null || call.type === 'D') return null;
	if (call.type === 'C') return 'warranty';
	if (call.type === 'A') return 'letter';
	const day = shown.day(call.calledAt);
	const covering = contracts.find((contract) => contract.startDay <= day && day <= contract.endDay && (contract.asset === null || contract.asset === asset?.no));
	return covering?.contractKind ?? 'annual';
}

/** The customer's confirmation. @rule V-044 — acceptance, hand-over, satisfaction and its reason stand above the signature */
function confirmation(data: ServiceCase, shown: Shown): Block[] {
	const visit = lastVisit(data);
	return [
		heading('客户确认'),
		note('系统（商品）已验收并能正常使用，经客户确认后本次服务即告完成。'),
		pairs(
			whole('系统交付确认', ticks(['是', '否', '没有附件'], null)),
			whole('满意', ticks(satisfactions, visit?.satisfaction)),
			whole('不满意原因', ticks(complaintReasons, visit?.reason)),
		),
		box('宝贵意见', '', 2),
		signatures(customerSignature(data, shown), { label: '技术员', name: shown.name('person', visit?.technician) }),
	];
}

function customerSignature(data: ServiceCase, shown: Shown) {
	const visit = lastVisit(data);
	const name = visit?.signedBy ?? data.call?.signedBy ?? '';
	return { label: '客户签字', name, day: name === '' ? '' : shown.day(visit?.leftAt ?? data.call?.closedAt), ...(data.signature === undefined ? {} : { image: data.signature }) };
}

/** Who came, or who is to come. */
const technicianOf = (data: ServiceCase, shown: Shown): string => shown.name('person', lastVisit(data)?.technician ?? data.call?.technician);

const unfinished = { repair: '需返修、更换设备', other: '其它见备注', phone: '电话回访完成服务' } as const;

const isTakenIn = (data: ServiceCase): boolean => lastVisit(data)?.result === 'not_done' && lastCard(data) !== null;

/** M-010: the slip the technician fills at the customer's and the customer signs. */
export function repairSlip(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	return {
		title: '客户报修服务单',
		mark: '表1.1',
		blocks: [
			pairs(
				pair('客户名称', customerName(data)),
				pair('联系人'),
				pair('电话', phoneOf(data)),
				whole('地址', addressOf(data)),
				pair('报修时间', shown.time(data.call?.calledAt)),
				pair('叫修编号', data.call?.no),
				whole('客户属性', ticks(attributes, attributeOf(data, shown))),
			),
			box('待服务内容', data.call?.symptom ?? '', 3),
			box('处理方案', visit === null ? '' : `${visit.problem}\n${visit.solution}`, 4),
			pairs(whole('处理结果', `${ticks(visitResults, visit?.result)}：\n${ticks(unfinished, isTakenIn(data) ? 'repair' : null)}`)),
			box('备注', data.call?.note ?? '', 2),
			pairs(third('技术员', technicianOf(data, shown)), third('到达时间', shown.time(visit?.arrivedAt)), third('离开时间', shown.time(visit?.leftAt))),
			...confirmation(data, shown),
		],
	};
}

/** M-071: what was found and done. */
export function serviceReport(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	return {
		title: '售后服务报告单',
		mark: 'M-071',
		blocks: [
			pairs(...callHead(data, shown)),
			box('故障', data.call?.symptom ?? '', 4),
			box('判断', visit?.problem ?? '', 5),
			box('处理', visit?.solution ?? '', 7),
			pairs(whole('结果', ticks(visitResults, visit?.result))),
			box('配件', partsText(lastCard(data), shown), 3),
			pairs(pair('到达时间', shown.time(visit?.arrivedAt)), pair('离开时间', shown.time(visit?.leftAt))),
			signatures(customerSignature(data, shown), { label: '技术员', name: technicianOf(data, shown) }),
		],
	};
}

const callHead = (data: ServiceCase, shown: Shown) => [
	pair('叫修编号', data.call?.no),
	pair('叫修时间', shown.time(data.call?.calledAt)),
	pair('客户名称', customerName(data)),
	pair('电话', phoneOf(data)),
	whole('地址', addressOf(data)),
	pair('商品型号', modelOf(data)),
	pair('序列号', serialOf(data)),
];

/** M-110: signed by the customer and mailed to headquarters. */
export function receiptSlip(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	return {
		title: '服务回执单',
		mark: 'M-110',
		blocks: [
			pairs(...callHead(data, shown)),
			box('服务内容', visit?.solution ?? '', 8),
			pairs(pair('收费', amountText(charged(data), shown)), pair('回传时间')),
			signatures(customerSignature(data, shown), { label: '技术员', name: technicianOf(data, shown) }),
		],
	};
}

export const amountText = (amount: number | null, shown: Shown): string => (amount === null ? '' : `${shown.yuan(amount)} 元`);

/** M-111: filled in by the customer. */
export function satisfactionForm(data: ServiceCase, shown: Shown): Layout {
	const levels = ticks(satisfactions, null);
	return {
		title: '售后服务满意度调查表',
		mark: 'M-111',
		blocks: [
			pairs(pair('叫修编号', data.call?.no), pair('技术员', shown.name('person', data.call?.technician)), pair('客户名称', customerName(data)), pair('电话', phoneOf(data))),
			heading('请您评价本次服务'),
			pairs(whole('态度', levels), whole('技术', levels), whole('到达时间', levels), whole('答应事情的办理', levels), whole('总体', ticks(satisfactions, lastVisit(data)?.satisfaction))),
			box('意见', '', 10),
			box('拒填原因', '', 3),
			signatures({ label: '客户签字' }, { label: '回收人' }),
		],
	};
}

/** M-112: who was sent and when. */
export function dispatchRecord(data: ServiceCase, shown: Shown): Layout {
	const { call } = data;
	const visit = lastVisit(data);
	return {
		title: '售后服务派遣记录',
		mark: 'M-112',
		blocks: [
			pairs(...callHead(data, shown)),
			box('派遣任务', call?.symptom ?? '', 4),
			pairs(
				pair('人员', shown.name('person', call?.technician)),
				pair('派遣时间', shown.time(call?.assignedAt)),
				pair('预约上门', shown.time(call?.plannedAt)),
				pair('到达期限', shown.limit(call?.dueAt)),
				third('出发'),
				third('到达', shown.time(visit?.arrivedAt ?? call?.arrivedAt)),
				third('离开', shown.time(visit?.leftAt)),
				whole('请示总部时间'),
			),
			box('结果', visit === null ? '' : `${visitResults[visit.result]}：${visit.solution}`, 6),
			signatures({ label: '派遣人', name: shown.name('person', call?.assignedBy) }, { label: '被派人员', name: shown.name('person', call?.technician) }),
		],
	};
}

/** M-067: of a field trip, approved by quality and the general manager. */
export function tripRecord(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	return {
		title: '售后服务（维修）记录表',
		mark: 'M-067',
		blocks: [
			pairs(
				pair('案件', data.call?.no),
				pair('人员', technicianOf(data, shown)),
				pair('起', shown.time(visit?.arrivedAt)),
				pair('止', shown.time(visit?.leftAt)),
				pair('客户名称', customerName(data)),
				pair('电话', phoneOf(data)),
				whole('地址', addressOf(data)),
			),
			box('工作', visit === null ? '' : `${visit.problem}\n${visit.solution}`, 9),
			box('结果', visit === null ? '' : visitResults[visit.result], 5),
			signatures({ label: '质量负责人签批' }, { label: '总经理签批' }),
			signatures({ ...customerSignature(data, shown), label: '客户确认签字' }),
		],
	};
}

/** M-013: the call back after the service. */
export function returnVisit(data: ServiceCase, shown: Shown): Layout {
	return {
		title: '回访记录',
		mark: 'M-013',
		blocks: [
			pairs(
				pair('叫修编号', data.call?.no),
				pair('客户', customerName(data)),
				pair('电话', phoneOf(data)),
				pair('服务时间', shown.time(lastVisit(data)?.leftAt)),
				pair('回访人'),
				pair('时间'),
				whole('方式', ticks(['电话', '短信', '面访'], null)),
				whole('结果', ticks(['解决', '未解决', '未接通'], null)),
			),
			box('意见', '', 10),
			signatures({ label: '回访人' }, { label: '主管' }),
		],
	};
}

/** M-018: handed in on the day the problem stays open. */
export function unsolvedReport(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	const open = visit?.result === 'not_done' ? visit : null;
	return {
		title: '当日未解决问题书面报备',
		mark: 'M-018',
		blocks: [
			pairs(pair('叫修编号', data.call?.no), pair('客户名称', customerName(data)), pair('报备人', shown.name('person', open?.technician ?? data.call?.technician)), pair('报备日期')),
			box('未解决问题', open?.problem ?? data.call?.symptom ?? '', 7),
			pairs(whole('完成时间', shown.time(lastCard(data)?.plannedFinish))),
			box('原因', '', 6),
			pairs(pair('已告知客户', yesNo(null)), pair('客户谅解', yesNo(null))),
			signatures({ label: '报备人' }, { label: '营销总监' }),
		],
	};
}

const contactTypes = ['问题情况', '解决问题', '无法解决'];

/** M-011: asks for a single service without cover; both parties confirm. */
export function contactLetter(data: ServiceCase, shown: Shown, company: string): Layout {
	const { call } = data;
	return {
		title: '售后服务联络函',
		mark: 'M-011',
		blocks: [
			pairs(
				whole('关于', call === null ? '' : subjectOf(call)),
				pair('收件单位', customerName(data)),
				pair('发件单位', call === null ? '' : company),
				pair('收件人'),
				pair('发件人'),
				third('抄送'),
				third('发件时间'),
				third('页数', '共　　页'),
			),
			box('联络内容', call === null ? '' : `${call.customerName}于 ${shown.time(call.calledAt)} 报修 ${call.model}（${call.asset}）：${call.symptom}`, 7),
			box('回馈意见', '', 4),
			signatures({ label: '发件方单位（公章）' }, { label: '发件方确认签字' }),
			signatures({ label: '收件方单位（公章）' }, { label: '收件方确认签字' }),
			pairs(whole('向客户回馈', ticks(contactTypes, null)), pair('叫修编号', call?.no), pair('金额', amountText(charged(data), shown))),
		],
	};
}

const subjectOf = (call: Call): string => `${call.model} 报修服务（${call.no}）`;
