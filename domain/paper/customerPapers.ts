import { priceKinds } from '../master/records';
import { contactOutcomes } from '../service/contactLetterPaper';
import { returnVisitMeans, returnVisitResults } from '../service/returnVisitPaper';
import { satisfactions } from '../service/visit';
import { ratingItems, type Rating } from '../technician/rating';
import { box, column, heading, linesOf, pair, pairs, signatures, table, third, ticks, whole, yesNo, type Layout, type Pair } from './paperModel';
import { charged, customerName, faultTold, known, last, lastCard, lastVisit, opinionOf, phoneOf, type ServiceCase } from './serviceCase';
import { amountText, customerSignature, technicianOf } from './servicePapers';
import type { Shown } from './shown';

const itemTicks = (rating: Rating | null): Pair[] =>
	(Object.keys(ratingItems) as (keyof typeof ratingItems)[]).map((item) => whole(ratingItems[item], ticks(satisfactions, rating?.[item])));

const whom = (data: ServiceCase, shown: Shown): Pair[] => [pair('叫修编号', data.call?.no), pair('技术员', technicianOf(data, shown)), pair('客户名称', customerName(data)), pair('电话', phoneOf(data))];

/** M-111: filled in by the customer. @rule V-048 — or why not */
export function satisfactionForm(data: ServiceCase, shown: Shown): Layout {
	const said = opinionOf(data);
	const rating = last(data.ratings);
	return {
		title: '售后服务满意度调查表',
		mark: 'M-111',
		blocks: [
			pairs(...whom(data, shown)),
			heading('请您评价本次服务'),
			pairs(...itemTicks(rating), whole('总体', ticks(satisfactions, said.satisfaction))),
			box('意见', linesOf(rating?.remark, lastVisit(data)?.suggestion), 10),
			box('拒填原因', said.surveyRefused, 3),
			signatures(customerSignature(data, shown), { label: '回收人', name: shown.name('person', rating?.createdBy) }),
		],
	};
}

/** M-014: the four ticks for the technician. @rule T-020 */
export function surveyCard(data: ServiceCase, shown: Shown): Layout {
	const rating = last(data.ratings);
	return {
		title: '客户意见调查卡',
		mark: 'M-014',
		blocks: [
			pairs(...whom(data, shown), pair('寄出'), pair('收回', rating?.day)),
			heading('请您评价我们的技术员'),
			pairs(...itemTicks(rating)),
			box('建议或抱怨', rating?.remark, 12),
			signatures({ label: '客户签字' }, { label: '收回人', name: shown.name('person', rating?.createdBy), day: rating?.day ?? '' }),
		],
	};
}

/** M-013: the call back after the service. @rule V-082 */
export function returnVisit(data: ServiceCase, shown: Shown): Layout {
	const made = last(data.returnVisits);
	const caller = shown.name('person', made?.caller);
	return {
		title: '回访记录',
		mark: 'M-013',
		blocks: [
			pairs(
				pair('叫修编号', data.call?.no),
				pair('客户', made?.customerName ?? customerName(data)),
				pair('电话', phoneOf(data)),
				pair('服务时间', shown.time(lastVisit(data)?.leftAt)),
				pair('回访人', caller),
				pair('时间', shown.time(made?.at)),
				whole('方式', ticks(returnVisitMeans, made?.means)),
				whole('结果', ticks(returnVisitResults, made?.result)),
			),
			box('意见', made?.opinion, 10),
			signatures({ label: '回访人', name: caller, day: shown.day(made?.at) }, { label: '主管' }),
		],
	};
}

/** M-018: handed in on the day the problem stays open. @rule V-035 */
export function unsolvedReport(data: ServiceCase, shown: Shown): Layout {
	const { problem, finishAt, reason, informed, agreed, createdAt, createdBy } = known(last(data.unsolved));
	const by = shown.name('person', createdBy) || technicianOf(data, shown);
	const day = shown.day(createdAt);
	return {
		title: '当日未解决问题书面报备',
		mark: 'M-018',
		blocks: [
			pairs(pair('叫修编号', data.call?.no), pair('客户名称', customerName(data)), pair('报备人', by), pair('报备日期', day)),
			box('未解决问题', problem ?? openProblem(data), 7),
			pairs(whole('完成时间', shown.time(finishAt ?? lastCard(data)?.plannedFinish))),
			box('原因', reason, 6),
			pairs(pair('已告知客户', yesNo(informed)), pair('客户谅解', yesNo(agreed))),
			signatures({ label: '报备人', name: by, day }, { label: '营销总监' }),
		],
	};
}

function openProblem(data: ServiceCase): string {
	const visit = lastVisit(data);
	return visit?.result === 'not_done' ? visit.problem : faultTold(data.call);
}

/** M-011: asks for a single service without cover; both parties confirm. From a call without a letter, one to be sent. @rule V-066 */
export function contactLetter(data: ServiceCase, shown: Shown, company: string): Layout {
	const letter = known(last(data.letters));
	const draft = last(data.letters) ?? drafted(data, shown, company);
	return {
		title: '售后服务联络函',
		mark: 'M-011',
		blocks: [
			pairs(
				whole('关于', draft.subject),
				pair('收件单位', draft.receivingUnit),
				pair('发件单位', draft.sendingUnit),
				pair('收件人', letter.receiver),
				pair('发件人', letter.sender),
				third('抄送', letter.copy),
				third('发件时间', shown.time(letter.sentAt)),
				third('页数', `共 ${letter.pages ?? '　'} 页`),
			),
			box('联络内容', draft.content, 7),
			box('回馈意见', letter.feedback, 4),
			signatures({ label: '发件方单位（公章）' }, { label: '发件方确认签字', name: letter.senderConfirmedBy, day: shown.day(letter.senderConfirmedAt) }),
			signatures({ label: '收件方单位（公章）' }, { label: '收件方确认签字', name: letter.receiverConfirmedBy, day: shown.day(letter.receiverConfirmedAt) }),
			pairs(whole('向客户回馈', ticks(contactOutcomes, letter.outcome)), pair('叫修编号', data.call?.no), pair('金额', amountText(letter.amount ?? charged(data), shown))),
		],
	};
}

function drafted(data: ServiceCase, shown: Shown, company: string) {
	const { call } = data;
	if (call === null) return { subject: '', receivingUnit: customerName(data), sendingUnit: '', content: '' };
	return {
		subject: `${call.model} 报修服务（${call.no}）`,
		receivingUnit: customerName(data),
		sendingUnit: company,
		content: `${call.customerName}于 ${shown.time(call.calledAt)} 报修 ${call.model}（${call.asset}）：${faultTold(call)}`,
	};
}

const QUOTED_ROWS = 12;

/** M-069: an offer for a paid job. @rule V-065 — its lines and their sum @rule V-064 — how far it is below the list, and who approved that */
export function quotationPaper(data: ServiceCase, shown: Shown): Layout {
	const offer = known(last(data.quotations));
	return {
		title: '售后服务报价单',
		mark: 'M-069',
		blocks: [
			pairs(pair('叫修编号', data.call?.no), pair('客户名称', offer.customerName ?? customerName(data)), pair('电话', phoneOf(data)), pair('发出时间', shown.time(offer.sentAt))),
			table(
				[column('类别', 1.5, 'center'), column('项目', 3.5), column('数量', 1, 'center'), column('标准价', 2, 'right'), column('报价', 2, 'right'), column('金额', 2, 'right')],
				(offer.lines ?? []).map((line) => [priceKinds[line.kind], shown.name('item', line.item), String(line.quantity), shown.yuan(line.list), shown.yuan(line.offer), shown.yuan(line.quantity * line.offer)]),
				QUOTED_ROWS,
				['合计', '', '', '', '', shown.yuan(offer.offerTotal)],
			),
			pairs(third('标准价合计', amountText(offer.listTotal, shown)), third('报价合计', amountText(offer.offerTotal, shown)), third('负偏差', offer.deviation)),
			box('备注', '', 3),
			pairs(pair('客户同意人', offer.consentBy), pair('客户同意时间', shown.time(offer.consentAt))),
			signatures({ label: '报价人', name: shown.name('person', offer.createdBy), day: shown.day(offer.createdAt) }, { label: '总经理审批', name: shown.name('person', offer.approvedBy), day: shown.day(offer.approvedAt) }),
			signatures({ label: '客户签字' }),
		],
	};
}
