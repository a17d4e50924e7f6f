import type { Month } from '../document/fields';
import { returnVisitResults, type ReturnVisit } from '../service/returnVisitPaper';
import { satisfactions } from '../service/visit';
import type { FollowUp } from '../survey/followUp';
import { opinionKinds, surveyMeans, type SurveyCard } from '../survey/surveyCardPaper';
import { ratingItems, type RatingItem } from '../technician/rating';
import type { VisitPlan } from '../technician/visitPlan';
import type { SheetModel, WorkbookModel } from './workbookModel';

type Data = {
	readonly month: Month;
	/** For calls of the month. */
	readonly cards: readonly SurveyCard[];
	/** Calls back of the month. */
	readonly returnVisits: readonly Pick<ReturnVisit, 'result'>[];
	/** Planned in the month. */
	readonly visits: readonly Pick<VisitPlan, 'customer' | 'technician' | 'plannedDay' | 'state' | 'late' | 'result' | 'wishes'>[];
	/** Open, or of the month. */
	readonly measures: readonly FollowUp[];
	readonly names: ReadonlyMap<string, string>;
	readonly states: { readonly card: Readonly<Record<string, string>>; readonly task: Readonly<Record<string, string>> };
};

const items = Object.keys(ratingItems) as RatingItem[];
const levels = Object.keys(satisfactions) as (keyof typeof satisfactions)[];
const text = (header: string, key: string, width?: number) => ({ header, key, type: 'text' as const, ...(width === undefined ? {} : { width }) });
const count = (header: string, key: string) => ({ header, key, type: 'integer' as const });

/** What customers said in a month, and what is done about it. @rule S-005 — counts by level and subject, measures with owner and day @rule S-007 — return rate */
export function surveyWorkbook(data: Data): WorkbookModel {
	return { properties: { title: `客户意见汇总 ${data.month}` }, sheets: [levelSheet(data), technicianSheet(data), opinionSheet(data), visitSheet(data), measureSheet(data)] };
}

/** Those that went out, and of them those that came back. */
export function returned(cards: readonly Pick<SurveyCard, 'state'>[]): { sent: number; answered: number } {
	const sent = cards.filter(({ state }) => !['Waiting', 'ToPost', 'Withdrawn'].includes(state));
	return { sent: sent.length, answered: sent.filter(({ state }) => state === 'Answered').length };
}

function levelSheet({ month, cards }: Data): SheetModel {
	const { sent, answered } = returned(cards);
	return {
		name: '满意度',
		title: `客户意见汇总 ${month}`,
		blocks: [{ facts: [{ label: '叫修应调查', value: cards.length, type: 'integer' }, { label: '已寄出或应回访', value: sent, type: 'integer' }, { label: '收回', value: answered, type: 'integer' }, { label: '收回率', value: sent === 0 ? null : answered / sent, type: 'percent' }] }],
		columns: [text('项目', 'item', 16), ...levels.map((level) => count(satisfactions[level], level))],
		rows: items.map((item) => ({ item: ratingItems[item], ...Object.fromEntries(levels.map((level) => [level, cards.filter((card) => card[item] === level).length])) })),
	};
}

function technicianSheet({ cards, names }: Data): SheetModel {
	const groups = [...Map.groupBy(cards.filter(({ technician }) => technician !== null), ({ technician }) => technician ?? '')].sort();
	return {
		name: '按技术员',
		columns: [text('技术员', 'technician', 18), count('寄出', 'sent'), count('收回', 'answered'), count('有不满意', 'low'), count('抱怨', 'complaints')],
		rows: groups.map(([code, each]) => ({ technician: `${names.get(code) ?? ''}（${code}）`, ...returned(each), low: each.filter((card) => items.some((item) => card[item] === 'not_satisfied')).length, complaints: each.filter(({ opinionKind }) => opinionKind === 'complaint').length })),
		emptyText: '本月没有技术员上门的调查',
	};
}

function opinionSheet({ cards, states }: Data): SheetModel {
	const said = cards.filter(({ opinion }) => opinion !== null);
	return {
		name: '建议与抱怨',
		landscape: true,
		columns: [text('叫修编号', 'call', 16), text('客户', 'customerName', 18), text('方式', 'means', 12), text('类别', 'kind', 8), text('意见', 'opinion', 50), text('状态', 'state', 10), text('后续处理', 'outcome', 22)],
		rows: said.map(({ call, customerName, means, opinionKind, opinion, state, outcome }) => ({ call, customerName, means: surveyMeans[means], kind: opinionKinds[opinionKind ?? 'none'], opinion, state: states.card[state], outcome })),
		emptyText: '本月没有客户意见',
	};
}

/** @rule S-023 — visits and calls back say how it runs and what is wished for */
function visitSheet({ visits, returnVisits, names }: Data): SheetModel {
	const results = (Object.keys(returnVisitResults) as (keyof typeof returnVisitResults)[]).map((result) => ({ label: `电话回访${returnVisitResults[result]}`, value: returnVisits.filter((each) => each.result === result).length, type: 'integer' as const }));
	return {
		name: '回访与走访',
		landscape: true,
		blocks: [{ facts: [...results, { label: '计划走访', value: visits.length, type: 'integer' }, { label: '已走访', value: visits.filter(({ state }) => state === 'Done').length, type: 'integer' }] }],
		columns: [text('客户编号', 'customer', 14), text('回访人', 'visitor', 16), { header: '计划日期', key: 'plannedDay', type: 'day' }, text('状态', 'state', 10), text('结果', 'result', 40), text('客户需求', 'wishes', 40)],
		rows: visits.map(({ customer, technician, plannedDay, state, late, result, wishes }) => ({ customer, visitor: `${names.get(technician) ?? ''}（${technician}）`, plannedDay, state: state === 'Done' ? '已走访' : late ? '逾期' : '待走访', result, wishes })),
		emptyText: '本月没有计划走访',
	};
}

function measureSheet({ measures, names, states }: Data): SheetModel {
	return {
		name: '改进措施',
		landscape: true,
		columns: [text('编号', 'no', 16), text('事项', 'subject', 24), text('措施', 'content', 44), text('负责人', 'holder', 14), { header: '期限', key: 'dueDay', type: 'day' }, text('状态', 'state', 10), text('结果', 'result', 30)],
		rows: measures.map(({ no, subject, content, holder, dueDay, state, result }) => ({ no, subject, content, holder: holder === null ? '' : `${names.get(holder) ?? ''}（${holder}）`, dueDay, state: states.task[state], result })),
		emptyText: '还没有改进措施，请在“跟进事项”中登记',
	};
}
