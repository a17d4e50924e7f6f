import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant, Month } from '../document/fields';
import { lastDayOf } from '../shared/zonedTime';
import { monthlyDocuments } from './outletRecords';

/** What an outlet has sent of a month by today. */
export type MonthSeen = {
	readonly outlet: string;
	readonly name: string;
	readonly mail: string | null;
	readonly month: Month;
	/** Rows handed in, by kind of document. */
	readonly counts: Readonly<Record<string, number>>;
	/** Pieces used in warranty that are not on their way back. */
	readonly open: number;
	/** On file since: nobody is asked for months before. */
	readonly since: Instant;
};

type Today = Pick<Given, 'today' | 'settings'>;

const toOutlet = ({ mail }: MonthSeen): Notice['to'] => (mail === null ? { role: 'after_sales' } : { mail });
const dayOf = ({ today }: Today): number => Number(today.slice(8));
const wasThere = ({ since, month }: MonthSeen): boolean => since.slice(0, 7) <= month;
const lacking = ({ counts }: MonthSeen): string[] => monthlyDocuments.filter(({ kind }) => kind !== 'part_request' && (counts[kind] ?? 0) === 0).map(({ zh }) => zh);

/** @rule P-040 @rule P-049 — two days before the statement is due */
export function documentReminders(months: readonly MonthSeen[], given: Today): Notice[] {
	const due = given.settings['parts.statement_day'];
	if (dayOf(given) < due - 2 || dayOf(given) > due) return [];
	return months
		.filter((each) => wasThere(each) && (each.counts['usage_line'] ?? 0) === 0)
		.map((each) => ({
			key: `outlet.documents:${each.outlet}:${each.month}`, to: toOutlet(each), subject: `请在 ${due} 日前上报 ${each.month} 零配件使用统计表 ${each.name}`, rule: 'P-040',
			body: [['网点', `${each.outlet} ${each.name}`], ['月份', each.month], ['还没有收到', lacking(each).join('、')], '请用“网点上报”表单上传，或把 Excel 发到上报邮箱。没有使用配件的，请回复说明。'],
		}));
}

/** The list of those who have not, once the day is over. @rule P-040 — after-sales hears of it on the 11th */
export function lateDocuments(months: readonly MonthSeen[], given: Today): Notice[] {
	const due = given.settings['parts.statement_day'];
	if (dayOf(given) <= due || dayOf(given) > due + 7) return [];
	const late = months.filter((each) => wasThere(each) && (each.counts['usage_line'] ?? 0) === 0);
	const [first] = late;
	if (first === undefined) return [];
	return [{ key: `outlet.late:${first.month}`, to: { role: 'after_sales' }, subject: `${first.month} 未报零配件使用统计表的网点 ${late.length} 个`, rule: 'P-040', body: late.map((each) => [`${each.outlet} ${each.name}`, `缺：${lacking(each).join('、')}`] as const) }];
}

/** Old parts that lose value soon. @rule P-046 @rule P-047 — before the cut-off, and before the last day of the month */
export function oldPartReminders(months: readonly MonthSeen[], given: Today): Notice[] {
	const { settings, today } = given;
	const cutoff = settings['parts.cutoff_day'];
	const last = Number(lastDayOf(today.slice(0, 7)).slice(8));
	const day = dayOf(given);
	const stage = day >= cutoff - 3 && day <= cutoff ? 'cutoff' : day >= last - 3 ? 'last' : null;
	if (stage === null) return [];
	const until = stage === 'cutoff' ? `${cutoff} 日前（含当日）发出全额核销，之后按 ${settings['parts.late_pct']}% 核销` : `${last} 日以后发出的不再核销`;
	return months
		.filter(({ open }) => open > 0)
		.map((each) => ({
			key: `outlet.old_parts:${each.outlet}:${each.month}:${stage}`, to: toOutlet(each), subject: `还有 ${each.open} 件 ${each.month} 更换的旧件没有发回 ${each.name}`, rule: stage === 'cutoff' ? 'P-046' : 'P-047',
			body: [['网点', `${each.outlet} ${each.name}`], ['更换月份', each.month], ['未发回', `${each.open} 件`], until],
		}));
}

/** The window for next month's request. @rule P-021 — told the day before it opens, and asked again on its last days */
export function remindRequests(months: readonly MonthSeen[], asked: ReadonlySet<string>, next: Month, given: Today): Notice[] {
	const { settings, today } = given;
	const [from, to] = [settings['parts.request_from'], Math.min(settings['parts.request_to'], Number(lastDayOf(today.slice(0, 7)).slice(8)))];
	const day = dayOf(given);
	const stage = day === from - 1 ? 'opens' : day >= to - 1 && day <= to ? 'closes' : null;
	if (stage === null) return [];
	return months
		.filter(({ outlet }) => !asked.has(outlet))
		.map((each) => ({
			key: `outlet.request:${each.outlet}:${next}:${stage}`, to: toOutlet(each), subject: `${next} 月度配件申请：${from} 日至 ${to} 日受理 ${each.name}`, rule: 'P-021',
			body: [['网点', `${each.outlet} ${each.name}`], ['申请月份', next], `请在本月 ${from} 日至 ${to} 日上传零配件申请表（加盖公章）。${stage === 'closes' ? '今明两天截止，逾期为迟报。' : ''}`],
		}));
}

/** Outlets without a request for the month that has begun. @rule P-021 — listed in its first days */
export function lateRequests(months: readonly MonthSeen[], asked: ReadonlySet<string>, month: Month, given: Today): Notice[] {
	const late = dayOf(given) > 3 ? [] : months.filter(({ outlet, since }) => !asked.has(outlet) && since.slice(0, 7) < month);
	return late.length === 0 ? [] : [{ key: `outlet.requests_late:${month}`, to: { role: 'after_sales' }, subject: `${month} 没有月度配件申请的网点 ${late.length} 个`, rule: 'P-021', body: late.map(({ outlet, name }) => [outlet, name] as const) }];
}
