import type { Dispatch } from '../service/dispatch';
import { strangePlaces, type ExpenseClaim } from '../service/expenseClaim';
import type { Visit } from '../service/visit';
import { box, column, linesOf, pair, pairs, signatures, table, third, ticks, whole, yesNo, type Block, type Layout } from './paperModel';
import { addressOf, customerName, faultTold, known, last, lastVisit, type ServiceCase } from './serviceCase';
import { amountText, callHead, resultText } from './servicePapers';
import type { Shown } from './shown';

const COST_ROWS = 3;

/** M-112: who was sent, when, and what came of it. @rule V-024 — who, planned, start, arrival, leave, expenses, result @rule V-049 — with the call to headquarters */
export function dispatchRecord(data: ServiceCase, shown: Shown): Layout {
	const call = known(data.call);
	const sent = known(last(data.dispatches));
	const technician = shown.name('person', sent.technician ?? call.technician);
	return {
		title: '售后服务派遣记录',
		mark: 'M-112',
		blocks: [
			pairs(...callHead(data, shown)),
			box('派遣任务', faultTold(data.call), 3),
			pairs(
				pair('人员', [technician, sent.companions].filter((name) => name).join('、')),
				pair('派遣时间', shown.time(sent.assignedAt ?? call.assignedAt)),
				pair('计划出发', shown.time(sent.plannedAt ?? call.plannedAt)),
				pair('预约上门止', shown.time(sent.appointTo ?? call.appointTo)),
				pair('接受时间', shown.time(sent.acceptedAt)),
				pair('到达期限', shown.limit(call.dueAt)),
				whole('出发准备', readiness(sent)),
				third('出发', shown.time(sent.startedAt)),
				third('到达', shown.time(sent.arrivedAt)),
				third('离开', shown.time(sent.leftAt)),
				pair('接受到出发(分)', sent.minutesToStart?.toString(), 6, 2.5),
				pair('晚于预约', yesNo(sent.late)),
				whole('请示总部时间', shown.time(sent.checkedOutAt)),
			),
			costTable(sent, shown),
			box('结果', outcome(data.visits, sent), 4),
			signatures({ label: '派遣人', name: shown.name('person', sent.assignedBy ?? call.assignedBy) }, { label: '被派人员', name: technician }),
		],
	};
}

const costTable = ({ costs }: Partial<Dispatch>, shown: Shown): Block =>
	table(
		[column('交通及费用', 9), column('金额(元)', 3, 'right')],
		(costs ?? []).map(({ kind, amount }) => [kind, shown.yuan(amount)]),
		COST_ROWS,
		['合计', shown.yuan(costs?.reduce((sum, { amount }) => sum + amount, 0))],
	);

/** In words, with what the report says that ended the dispatch: it has its time of leaving. */
function outcome(visits: readonly Visit[], { result, leftAt, technician }: Partial<Dispatch>): string {
	const visit = visits.find((each) => each.leftAt === leftAt && each.technician === technician);
	return result ? linesOf(resultText({ result, openReason: visit?.openReason ?? null }), visit?.solution) : '';
}

/** @rule V-025 — ticked before leaving */
function readiness(sent: Partial<Dispatch>): string {
	const list = { appointed: '预约', tools: '工具仪器', spareParts: '备件', badge: '工作证名片', dress: '着装' } as const;
	return Object.entries(list).map(([key, label]) => ticks({ yes: label }, sent[key as keyof typeof list] === true ? 'yes' : null)).join('　');
}

const TICKET_ROWS = 14;

/** M-113: the expenses of a job. @rule V-068 — each ticket with its place and whether it fits where the job was */
export function expenseReport(data: ServiceCase, shown: Shown): Layout {
	const claim = known(last(data.claims));
	const { tickets = [] } = claim;
	const person = shown.name('person', claim.technician);
	const day = shown.day(claim.createdAt);
	const place = addressOf(data);
	return {
		title: '费用报表',
		mark: 'M-113',
		blocks: [
			pairs(
				third('报销人', person),
				third('票据', tickets.length === 0 ? '' : `${tickets.length} 张`),
				third('日期', day),
				whole('出差地', place),
				pair('叫修编号', data.call?.no),
				pair('客户', customerName(data)),
				pair('上门时间', shown.time(lastVisit(data)?.arrivedAt)),
				pair('报销时间', shown.time(claim.paidAt)),
			),
			table(
				[column('项目', 3), column('票据号', 2.5), column('金额', 2, 'right'), column('票据地点', 2.5), column('核对结果', 2, 'center')],
				tickets.map((ticket) => [ticket.kind, ticket.ticketNo ?? '', shown.yuan(ticket.amount), ticket.place, strangePlaces([ticket], place).length === 0 ? '相符' : '不符']),
				TICKET_ROWS,
				['合计', '', shown.yuan(claim.amount), '', ''],
			),
			box('核对结果', finding(last(data.claims)), 2),
			pairs(pair('报销金额', amountText(claim.amount, shown)), pair('核准人', shown.name('person', claim.clearedBy))),
			signatures({ label: '报销人', name: person, day }, { label: '主管', name: shown.name('person', claim.clearedBy) }, { label: '财务核对' }),
		],
	};
}

const finding = (claim: ExpenseClaim | null): string => (claim === null ? '' : linesOf(claim.finding ?? '票据地点与出差地相符', claim.clearedReason === null ? null : `核准说明：${claim.clearedReason}`));
