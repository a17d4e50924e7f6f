import { attributeOnSlip } from '../service/customerAttribute';
import { helpers } from '../service/escalation';
import { covers, serviceTypes } from '../service/proposeServiceType';
import { attributes } from '../service/registration';
import { complaintReasons, handOvers, openReasons, satisfactions, visitResults, type Visit } from '../service/visit';
import { box, heading, linesOf, note, pair, pairs, signatures, third, ticks, whole, WIDE_SPACE, yesNo, type Block, type Layout } from './paperModel';
import { addressOf, charged, customerName, faultTold, lastCard, lastVisit, modelOf, opinionOf, phoneOf, serialOf, type ServiceCase } from './serviceCase';
import type { Shown } from './shown';
import { partsText } from './voucherPaper';

/** What cover the call has, as the slip asks it. @rule V-003 */
function attributeOf({ call, contracts, asset, letters }: ServiceCase, shown: Shown) {
	if (call === null) return null;
	const covering = contracts.find((contract) => covers(contract, { day: shown.day(call.calledAt), asset }));
	return attributeOnSlip(call, covering?.contractKind ?? null, letters.length > 0);
}

/** The customer's confirmation. @rule V-044 — acceptance, hand-over, satisfaction and its reason stand above the signature @rule V-048 — or why none was given */
function confirmation(data: ServiceCase, shown: Shown): Block[] {
	const visit = lastVisit(data);
	const said = opinionOf(data);
	return [
		heading('客户确认'),
		note('系统（商品）已验收并能正常使用，经客户确认后本次服务即告完成。'),
		pairs(
			pair('已验收正常', yesNo(visit?.accepted), 5),
			pair('系统交付确认', ticks(handOvers, visit?.handedOver), 7),
			whole('满意', ticks(satisfactions, said.satisfaction)),
			whole('不满意原因', ticks(complaintReasons, said.reason)),
			...(said.surveyRefused ? [whole('拒填原因', said.surveyRefused)] : []),
		),
		box('宝贵意见', visit?.suggestion, 2),
		signatures(customerSignature(data, shown), { label: '技术员', name: shown.name('person', visit?.technician) }),
	];
}

export function customerSignature(data: ServiceCase, shown: Shown) {
	const visit = lastVisit(data);
	const name = visit?.signedBy ?? data.call?.signedBy ?? '';
	return { label: '客户签字', name, day: name === '' ? '' : shown.day(visit?.leftAt ?? data.call?.closedAt), ...(data.signature === undefined ? {} : { image: data.signature }) };
}

/** Who came, or who is to come. */
export const technicianOf = (data: ServiceCase, shown: Shown): string => shown.name('person', lastVisit(data)?.technician ?? data.call?.technician);

/** Lines of what is known, each under its name. */
const labelled = (...lines: readonly (readonly [label: string, text: string | null | undefined])[]): string =>
	lines.flatMap(([label, text]) => (text ? [`${label}：${text}`] : [])).join('\n');

/** What was found and done on site, or said on the phone. @rule V-040 — problem, analysis, solution */
const workOf = ({ visits, call }: ServiceCase): string => {
	const visit = visits.at(-1);
	return labelled(['问题', visit?.problem], ['实际故障', visit?.actualFault], ['分析', visit?.analysis], ['处理', visit?.solution], ['电话处理', call?.solution]);
};

const isByPhone = ({ call }: ServiceCase): boolean => call?.result === 'done_by_phone';
const resultOf = (data: ServiceCase): keyof typeof visitResults | null => (isByPhone(data) ? 'done_by_phone' : (lastVisit(data)?.result ?? data.call?.result ?? null));
/** In words, with why it is not done. */
export const resultText = (visit: { readonly result: keyof typeof visitResults; readonly openReason: Visit['openReason'] } | null): string =>
	visit === null ? '' : [visitResults[visit.result], visit.openReason === null ? '' : openReasons[visit.openReason]].filter((text) => text !== '').join('：');

/** The slip's two lines. @rule V-043 — done, or not done with one of three reasons */
function resultTicks(data: ServiceCase): string {
	const visit = lastVisit(data);
	const { done, not_done, done_by_phone } = visitResults;
	return `${ticks({ done, not_done }, visit?.result)}：\n${ticks(openReasons, visit?.openReason)}${WIDE_SPACE}${ticks({ done_by_phone }, data.call?.result)}`;
}

/** M-010: the slip the technician fills at the customer's and the customer signs. */
export function repairSlip(data: ServiceCase, shown: Shown): Layout {
	const visit = lastVisit(data);
	return {
		title: '客户报修服务单',
		mark: '表1.1',
		blocks: [
			pairs(
				pair('客户名称', customerName(data)),
				pair('联系人', visit?.contact),
				pair('电话', phoneOf(data)),
				whole('地址', addressOf(data)),
				pair('报修时间', shown.time(data.call?.calledAt)),
				pair('叫修编号', data.call?.no),
				whole('客户属性', ticks(attributes, attributeOf(data, shown))),
			),
			box('待服务内容', faultTold(data.call), 3),
			box('处理方案', workOf(data), 4),
			pairs(whole('处理结果', resultTicks(data))),
			box('备注', visit === null ? data.call?.note : visit.remark, 2),
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
			box('故障', linesOf(faultTold(data.call), visit?.actualFault), 4),
			box('判断', linesOf(visit?.problem, visit?.analysis), 5),
			box('处理', visit?.solution ?? data.call?.solution, 7),
			pairs(whole('结果', ticks(visitResults, resultOf(data)))),
			box('配件', [partsText(visit, shown), partsText(lastCard(data), shown)].filter((text) => text !== '').join('、'), 3),
			pairs(pair('到达时间', shown.time(visit?.arrivedAt)), pair('离开时间', shown.time(visit?.leftAt))),
			signatures(customerSignature(data, shown), { label: '技术员', name: technicianOf(data, shown) }),
		],
	};
}

export const callHead = (data: ServiceCase, shown: Shown) => [
	pair('叫修编号', data.call?.no),
	pair('叫修时间', shown.time(data.call?.calledAt)),
	pair('客户名称', customerName(data)),
	pair('电话', phoneOf(data)),
	whole('地址', addressOf(data)),
	pair('商品型号', modelOf(data)),
	pair('序列号', serialOf(data)),
];

/** M-110: signed by the customer and mailed to headquarters. @rule V-027 — with the content as it was entered @rule V-062 — printed for an agent's customer, with when it came back */
export function receiptSlip(data: ServiceCase, shown: Shown): Layout {
	const { call } = data;
	return {
		title: '服务回执单',
		mark: 'M-110',
		blocks: [
			pairs(...callHead(data, shown), pair('服务类别', call === null ? '' : serviceTypes[call.type]), pair('技术员', technicianOf(data, shown))),
			box('服务内容', call?.content ?? workOf(data), 8),
			pairs(pair('收费', amountText(charged(data), shown)), pair('回传时间', shown.time(data.slipAt))),
			signatures(customerSignature(data, shown), { label: '技术员', name: technicianOf(data, shown) }),
		],
	};
}

export const amountText = (amount: number | null | undefined, shown: Shown): string => (amount === null || amount === undefined ? '' : `${shown.yuan(amount)} 元`);

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
			box('工作', workOf(data), 9),
			box('上报及答复', questions(data, shown), 4),
			box('结果', isByPhone(data) ? visitResults.done_by_phone : linesOf(resultText(visit), visit?.remark), 5),
			signatures({ label: '质量负责人签批' }, { label: '总经理签批' }),
			signatures({ ...customerSignature(data, shown), label: '客户确认签字' }),
		],
	};
}

/** What was asked on the way and what came back. @rule V-046 */
const questions = ({ escalations }: ServiceCase, shown: Shown): string =>
	escalations
		.map(({ askedAt, target, reason, answer, answeredBy, answeredAt }) => `${shown.time(askedAt)} 问${helpers[target]}：${reason}${answer === null ? '' : `\n${shown.time(answeredAt)} ${shown.name('person', answeredBy)}答：${answer}`}`)
		.join('\n');
