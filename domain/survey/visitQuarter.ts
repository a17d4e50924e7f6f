import { defineDocument, fire, type Change, type RowOfRecord } from '../document/document';
import { all, find, findAll, type Given } from '../document/facts';
import { choice, integer, ref, text, type Day, type Month, type RowOf } from '../document/fields';
import { asset, contract, customer, person, visitStandard } from '../master/records';
import { hasRole, roles } from '../organisation';
import { RuleViolation } from '../shared/ruleViolation';
import type { WorkCalendar } from '../shared/workCalendar';
import { addMonths, lastDayOf, monthOf, nextMonth } from '../shared/zonedTime';
import { visitMeans, visitors, visitPlan, type VisitPlan } from '../technician/visitPlan';

type Customer = RowOfRecord<typeof customer>;
type Standard = RowOfRecord<typeof visitStandard>;
type Cover = { readonly customer: string; readonly until: Day | null; readonly from: Day | null };
type Done = Pick<VisitPlan, 'customer' | 'plannedDay' | 'doneDay' | 'state'>;

/** The three months of `2026-Q2`; null when it is no quarter. */
export function monthsOf(quarter: string): [Month, Month, Month] | null {
	const [, year, number] = /^(\d{4})-?[Qq第]?([1-4])$/.exec(quarter.normalize('NFKC').trim()) ?? [];
	if (year === undefined) return null;
	const first = `${year}-${String((Number(number) - 1) * 3 + 1).padStart(2, '0')}`;
	return [first, nextMonth(first), nextMonth(nextMonth(first))];
}

/** Customers under a contract or a warranty on some day of the quarter. @rule S-021 — active customers */
export function activeCustomers(customers: readonly Customer[], covers: readonly Cover[], [first, , last]: readonly [Month, Month, Month]): Customer[] {
	const covered = new Set(covers.filter(({ from, until }) => until !== null && until >= `${first}-01` && (from === null || from <= lastDayOf(last))).map((each) => each.customer));
	return customers.filter(({ no }) => covered.has(no));
}

/**
 * In which months of the quarter a customer is visited: as often as his class asks, counted from the visit before.
 * @rule S-022 — the frequency of the class; `visit.cycle_months` for those without a standard
 */
export function visitMonths(months: readonly [Month, Month, Month], everyMonths: number, lastMonth: Month | null, turn: number): Month[] {
	if (everyMonths < 3) return months.filter((_month, index) => index % everyMonths === 0);
	const due = lastMonth === null ? months[0] : monthOf(addMonths(`${lastMonth}-01`, everyMonths));
	if (due > months[2]) return [];
	return everyMonths === 3 || due < months[0] ? [months[turn % 3] as Month] : [due];
}

/** The last working day of a month: until then the visit is in time. */
function lastWorkday(month: Month, calendar: WorkCalendar): Day {
	for (let day = Number(lastDayOf(month).slice(8)); day > 0; day--) {
		const each = `${month}-${String(day).padStart(2, '0')}`;
		if (calendar.isWorkday(each)) return each;
	}
	return lastDayOf(month);
}

const draft = defineDocument({
	kind: 'visit_quarter',
	form: 'M-092',
	label: { en: 'Quarter\'s visit plan', zh: '季度回访计划' },
	number: { prefix: 'JH', period: 'year', digits: 2 },
	title: ['quarter', 'visitor'],
	fields: {
		quarter: text({ en: 'Quarter', zh: '季度' }),
		visitor: ref('person', { en: 'Visitor', zh: '回访人' }),
		means: choice({ en: 'Means', zh: '方式' }, visitMeans),
		customers: integer({ en: 'Active customers', zh: '在保客户数' }),
		planned: integer({ en: 'Visits', zh: '计划回访' }),
		months: text({ en: 'By month', zh: '分月' }),
	},
	states: { Planned: '已编制' },
	indexes: [['quarter']],
});

const asked = {
	quarter: text({ en: 'Quarter', zh: '季度' }, { help: '例如 2026-Q2' }),
	visitor: ref('person', { en: 'Visitor', zh: '回访人' }),
	means: choice({ en: 'Means', zh: '方式' }, visitMeans),
};

type Known = Given & { customers: readonly Customer[]; assets: readonly RowOfRecord<typeof asset>[]; contracts: readonly RowOfRecord<typeof contract>[]; standards: readonly Standard[]; worker: RowOfRecord<typeof person> | null; visits: readonly Done[] };

const laterOf = (one: Day, other: Day): Day => (one > other ? one : other);

const isDone = ({ state }: Done): boolean => state !== 'Cancelled';

/**
 * Plans the visits of a quarter, spread over its months; a customer already planned in it is not planned again.
 * Months that are over are made up for in the current one.
 * @rule S-021 — by quarter, split to months
 * @throws RuleViolation FIELD_INVALID, NOT_FOUND, CONDITION_NOT_MET
 */
function drawUp(_plan: unknown, { quarter, visitor, means }: RowOf<typeof asked>, { customers, assets, contracts, standards, worker, visits, settings, calendar, today, no: paper }: Known): Change<typeof draft.shape> {
	const months = monthsOf(quarter);
	if (months === null) throw new RuleViolation('FIELD_INVALID', `“${quarter}”不是季度`, '请填写年份和季度，例如 2026-Q2', 'S-021');
	if (worker === null || !worker.active) throw new RuleViolation('NOT_FOUND', `没有工号为“${visitor}”的在职人员`, '请核对回访人', 'S-021');
	if (!visitors.some((role) => hasRole(worker.roles, role))) throw new RuleViolation('CONDITION_NOT_MET', `${worker.name}（${visitor}）不能登记走访，不能安排回访`, `回访人应为${visitors.map((role) => roles[role]).join('、')}`, 'S-021');
	if (months[2] < monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `季度 ${quarter} 已过`, '请编制本季度或以后季度的计划', 'S-021');
	const name = `${months[0].slice(0, 4)}-Q${Math.ceil(Number(months[0].slice(5)) / 3)}`;
	const covers = [...assets.map((each) => ({ customer: each.customer, from: each.purchaseDay, until: each.warrantyEnd })), ...contracts.map((each) => ({ customer: each.customer, from: each.startDay, until: each.endDay }))];
	const active = activeCustomers(customers, covers, months);
	const past = Map.groupBy(visits.filter(isDone), (visit) => visit.customer);
	const fresh = active.filter(({ no }) => !(past.get(no) ?? []).some(({ plannedDay }) => months.includes(monthOf(plannedDay))));
	const plan = fresh.flatMap((each, turn) => {
		const standard = standards.find(({ customerClass }) => customerClass === (each.customerClass ?? '其他'));
		const last = (past.get(each.no) ?? []).map(({ plannedDay }) => monthOf(plannedDay)).filter((month) => month < months[0]).toSorted().at(-1) ?? null;
		const wanted = visitMonths(months, standard?.everyMonths ?? settings['visit.cycle_months'], last, turn);
		return [...new Set(wanted.map((month) => (month < monthOf(today) ? monthOf(today) : month)))].map((month) => ({ customer: each.no, month, standard }));
	});
	if (plan.length === 0) throw new RuleViolation('CONDITION_NOT_MET', active.length === 0 ? `${name} 没有在保或有合同的客户` : `${name} 的客户都已安排回访`, '请核对商品、合同资料和季度', 'S-021');
	return {
		set: { quarter: name, visitor, means, customers: active.length, planned: plan.length, months: months.map((month) => `${month}：${plan.filter((each) => each.month === month).length}`).join('；') },
		notices: [{ key: `visit_quarter.plan:${paper}`, to: { person: visitor }, subject: `${name} 回访计划 ${plan.length} 次`, rule: 'S-021', body: [...months.map((month): [string, string] => [month, `${plan.filter((each) => each.month === month).length} 次`]), '客户、内容和话术见“单据”页的“客户走访与回访”，每月底前完成当月的回访并登记。'] }],
		then: plan.map(({ customer: no, month, standard }) => fire(visitPlan, 'schedule', null, { technician: visitor, customer: no, plannedDay: laterOf(lastWorkday(month, calendar), today), means, purpose: standard?.content ?? '了解运行情况和客户需求', quarter: name, script: standard?.script ?? null })),
	};
}

/** The plan of a quarter; visits not made stay in the person's list, marked late. */
export const visitQuarter = draft.events({
	drawUp: draft
		.event({
			label: { en: 'Draw up', zh: '编制季度回访计划' },
			from: ['new'],
			to: ['Planned'],
			by: ['group_leader', 'service_director', 'dept_manager', 'service_dept'],
			input: asked,
			facts: ({ visitor }) => ({ customers: all(customer), assets: all(asset), contracts: all(contract), standards: all(visitStandard), worker: find(person, 'no', visitor) }),
			moreFacts: (_input, { customers }) => ({ visits: findAll(visitPlan, 'customer', customers.map(({ no }) => no)) }),
		})
		.decidedBy(drawUp),
});
