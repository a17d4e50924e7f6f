import { hasRole } from '../organisation';
import { punctuality } from '../report/monthlyReport';
import type { KpiData, Subject } from './kpi';
import { standing } from '../service/charge';
import { levelScores, ratingItems, type RatingItem } from './rating';

type Fraction = { readonly numerator: number; readonly denominator: number };
type Count = (data: KpiData, subject: Subject) => Fraction;

/** `percent` is a ratio, `score` 1 to 4, `yuan` fen, `hours` minutes over 60; a plain count has the denominator 1. */
export type KpiDefinition = { readonly key: string; readonly label: string; readonly unit: 'count' | 'percent' | 'minutes' | 'hours' | 'score' | 'yuan' } & { readonly count: Count };

const of = <T>(rows: readonly T[], { people }: Subject, technicianOf: (row: T) => string | null): readonly T[] =>
	people === null ? rows : rows.filter((row) => people.includes(technicianOf(row) ?? ''));

const share = <T>(rows: readonly T[], isCounted: (row: T) => boolean): Fraction => ({ numerator: rows.filter(isCounted).length, denominator: rows.length });
const number = (numerator: number): Fraction => ({ numerator, denominator: 1 });
const sum = <T>(rows: readonly T[], pick: (row: T) => number): number => rows.reduce((total, row) => total + pick(row), 0);

/** Work of the return workshop as a whole is nobody's own. @rule R-215 */
const ofWorkshop = (pick: (rates: KpiData['returns']) => Fraction): Count => ({ returns }, { people }) => (people === null ? pick(returns) : { numerator: 0, denominator: 0 });

const calls: (data: KpiData, subject: Subject) => KpiData['calls'] = (data, subject) => of(data.calls.filter(({ state }) => state !== 'Void'), subject, ({ technician }) => technician);

const sla: Count = (data, subject) => {
	const decided = calls(data, subject).map((call) => punctuality(call, data.builtAt)).filter((each) => each !== 'open');
	return share(decided, (each) => each === 'kept');
};

const arrival: Count = (data, subject) => {
	const arrived = calls(data, subject).filter(({ countedMinutes }) => countedMinutes !== null);
	return { numerator: sum(arrived, ({ countedMinutes }) => countedMinutes ?? 0), denominator: arrived.length };
};

const sameDay: Count = (data, subject) => {
	const solved = new Set(data.visits.filter(({ result }) => result === 'done').map(({ call, leftAt }) => `${call} ${data.dayOf(leftAt)}`));
	return share(calls(data, subject), ({ no, calledAt }) => solved.has(`${no} ${data.dayOf(calledAt)}`));
};

/** A repeat counts against who served the earlier call. */
const repeats: Count = (data, subject) => {
	const repeating = data.calls.filter(({ state, repeatOf }) => state !== 'Void' && repeatOf !== null);
	return { numerator: of(repeating, subject, ({ repeatOf }) => data.repeated.find(({ no }) => no === repeatOf)?.technician ?? null).length, denominator: calls(data, subject).length };
};

const takeIn: Count = (data, subject) => share(of(data.cards, subject, ({ technician }) => technician), ({ finishedDay, plannedFinish }) => (finishedDay ?? '') <= data.dayOf(plannedFinish));
const firstPass: Count = (data, subject) => share(of(data.inspected, subject, ({ technician }) => technician), ({ failed }) => !failed);

const rated = (item: RatingItem): Count => (data, subject) => {
	const ratings = of(data.ratings, subject, ({ technician }) => technician);
	return { numerator: sum(ratings, (each) => levelScores[each[item]]), denominator: ratings.length };
};

const overall: Count = (data, subject) => {
	const ratings = of(data.ratings, subject, ({ technician }) => technician);
	return { numerator: sum(ratings, (each) => sum(Object.keys(ratingItems) as RatingItem[], (item) => levelScores[each[item]])), denominator: ratings.length * 4 };
};

/** Whom a text names, by staff number or name: the longest words first, so that J011 is not J01 and 王芳芳 not 王芳. */
function namedIn(text: string, people: KpiData['people']): ReadonlySet<string> {
	const words = people.flatMap(({ no, name }) => [{ no, word: no }, { no, word: name }]).toSorted((one, other) => other.word.length - one.word.length);
	const found = new Set<string>();
	let rest = text;
	for (const [word, each] of Map.groupBy(words, (one) => one.word)) {
		const parts = rest.split(word);
		const isWhole = parts.length > 1 && parts.some((part, index) => index > 0 && !(/^[\w-]/.test(part) && /\w$/.test(word)) && !(/[\w-]$/.test(parts[index - 1] ?? '') && /^\w/.test(word)));
		if (word === '' || !isWhole) continue;
		for (const { no } of each) found.add(no);
		rest = parts.join('\n');
	}
	return found;
}

/** Cases that name one of the people. */
const complaints = (data: KpiData, { people }: Subject): KpiData['complaints'] => {
	if (people === null) return data.complaints;
	return data.complaints.filter(({ personConcerned }) => {
		const named = namedIn(personConcerned ?? '', data.people);
		return people.some((code) => named.has(code));
	});
};

/** Answered of those that went out. @rule S-007 — return rate */
const surveys: Count = (data, subject) => share(of(data.surveys.filter(({ state }) => !['Waiting', 'ToPost', 'Withdrawn'].includes(state)), subject, ({ technician }) => technician), ({ state }) => state === 'Answered');

const hotline: Count = (data, subject) => {
	const taken = of(data.hotlineCalls.filter(({ channel }) => channel === 'phone'), subject, ({ operator }) => operator).length;
	const missed = of(data.missedCalls.filter(({ inHours }) => inHours), subject, ({ responsible }) => responsible).length;
	return { numerator: taken, denominator: taken + missed };
};

/** Who did it, or should have. @rule T-030 @rule C-020 */
const inspections: Count = (data, subject) => share(of(data.inspections.filter(({ state }) => state !== 'Dropped'), subject, ({ inspector, keeper }) => inspector ?? keeper), ({ state, late }) => state === 'Done' && !late);

const reportsOnTime: Count = (data, subject) => {
	const due = of(data.people.filter(({ active, roles }) => active && hasRole(roles, 'technician')), subject, ({ no }) => no).flatMap(({ no, createdAt }) => data.reportDays.filter((day) => day >= data.dayOf(createdAt)).map((day) => `${no} ${day}`));
	const onTime = new Set(data.reports.filter((report) => report.onTime === true).map(({ technician, day }) => `${technician} ${day}`));
	return share(due, (each) => onTime.has(each));
};

const hours = (key: 'minutesA' | 'minutesB' | 'minutesC' | 'minutesD'): Count => (data, subject) => ({ numerator: sum(of(data.reports, subject, ({ technician }) => technician).filter(({ state }) => state === 'Reviewed'), (report) => report[key]), denominator: 60 });

const charged = (data: KpiData, subject: Subject) => of(standing(data.charges), subject, ({ technician }) => technician);

/** @rule T-060 — the list */
export const kpiDefinitions: readonly KpiDefinition[] = [
	{ key: 'calls', label: '叫修件数', unit: 'count', count: (data, subject) => number(calls(data, subject).length) },
	{ key: 'closed', label: '注销率', unit: 'percent', count: (data, subject) => share(calls(data, subject), ({ state }) => state === 'Closed') },
	{ key: 'sla', label: '按时到达率', unit: 'percent', count: sla },
	{ key: 'arrival', label: '平均到达用时（工作分钟）', unit: 'minutes', count: arrival },
	{ key: 'next_day', label: '次日优先件数', unit: 'count', count: (data, subject) => number(calls(data, subject).filter(({ priority }) => priority !== null && priority !== 'normal').length) },
	{ key: 'same_day', label: '当日解决率', unit: 'percent', count: sameDay },
	{ key: 'repeat', label: '重复故障率', unit: 'percent', count: repeats },
	{ key: 'take_in', label: '携回修护按时率', unit: 'percent', count: takeIn },
	{ key: 'rma', label: '邮寄维修按时完成率', unit: 'percent', count: (data, subject) => share(of(data.rmas, subject, ({ technician }) => technician), ({ onTime }) => onTime === true) },
	{ key: 'plan', label: '返修计划达成率', unit: 'percent', count: ofWorkshop(({ done, planned }) => ({ numerator: done, denominator: planned })) },
	{ key: 'return_first_pass', label: '返修出货直通率', unit: 'percent', count: ofWorkshop(({ firstPass: passed, inspected }) => ({ numerator: passed, denominator: inspected })) },
	{ key: 'first_pass', label: '一次验讫合格率', unit: 'percent', count: firstPass },
	...(Object.keys(ratingItems) as RatingItem[]).map((item) => ({ key: `rating_${item}`, label: `评价：${ratingItems[item]}`, unit: 'score' as const, count: rated(item) })),
	{ key: 'rating', label: '评价：平均', unit: 'score', count: overall },
	{ key: 'survey', label: '调查卡回收率', unit: 'percent', count: surveys },
	{ key: 'complaints', label: '投诉件数', unit: 'count', count: (data, subject) => number(complaints(data, subject).length) },
	{ key: 'complaints_upheld', label: '投诉成立率', unit: 'percent', count: (data, subject) => share(complaints(data, subject).filter(({ verdict }) => verdict !== null), ({ verdict }) => verdict === 'upheld') },
	{ key: 'complaints_late', label: '投诉承办超时率', unit: 'percent', count: (data, subject) => share(complaints(data, subject), ({ late }) => late) },
	{ key: 'hotline', label: '热线接听率', unit: 'percent', count: hotline },
	{ key: 'reports', label: '日报按时率', unit: 'percent', count: reportsOnTime },
	{ key: 'hours_a', label: 'A 类工时', unit: 'hours', count: hours('minutesA') },
	{ key: 'hours_b', label: 'B 类工时', unit: 'hours', count: hours('minutesB') },
	{ key: 'hours_c', label: 'C 类工时', unit: 'hours', count: hours('minutesC') },
	{ key: 'hours_d', label: 'D 类工时', unit: 'hours', count: hours('minutesD') },
	{ key: 'inspections', label: '月度巡检按时率', unit: 'percent', count: inspections },
	{ key: 'visits', label: '走访按计划率', unit: 'percent', count: (data, subject) => share(of(data.visitPlans.filter(({ state }) => state !== 'Cancelled'), subject, ({ technician }) => technician), ({ state, late }) => state === 'Done' && !late) },
	{ key: 'charges', label: '服务收费', unit: 'yuan', count: (data, subject) => number(sum(charged(data, subject), ({ amount }) => amount)) },
	{ key: 'collected', label: '已收款', unit: 'yuan', count: (data, subject) => number(sum(charged(data, subject).filter(({ settledAt }) => settledAt !== null), ({ amount }) => amount)) },
];
