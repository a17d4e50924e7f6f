import type { Notice, NoticeLine } from '../document/document';
import type { Given } from '../document/facts';
import type { Month } from '../document/fields';
import { yuan } from '../shared/money';
import { addMonths, monthOf } from '../shared/zonedTime';
import type { CourierSlip } from './courierSlip';
import type { DocumentArchive } from './documentArchive';
import { slowStock } from './slowStock';
import type { StockCard } from './stockCard';
import type { StockCount } from './stockCount';
import { cardsToCount } from './stockCountRules';
import type { StockProblem } from './stockProblem';
import type { WarehouseCheck } from './warehouseCheck';

type Standing = Omit<Given, 'no'>;

/** Lines of a list in a mail; the rest is counted. */
const MOST = 30;
const FIRST_DAY = 25;

const listed = (lines: readonly NoticeLine[]): NoticeLine[] => [...lines.slice(0, MOST), ...(lines.length > MOST ? [`……共 ${lines.length} 项，请在系统中查看`] : [])];

const dayOfMonth = (day: string): number => Number(day.slice(8));

/** A full count in the month of the full count, else any. */
const isFull = (month: Month, { settings }: Standing): boolean => Number(month.slice(5)) === settings['stock.full_count_month'];
const countedIn = (month: Month, counts: readonly StockCount[], standing: Standing): boolean =>
	counts.some((count) => count.month === month && count.state !== 'Void' && (count.countKind === 'full' || (!isFull(month, standing) && count.countKind === 'cycle')));

/** Which months lack a count now: the one that runs from its 25th on, and the last one. @rule P-073 */
export function monthsWithoutCount(counts: readonly StockCount[], standing: Standing): { readonly due: Month | null; readonly missing: Month | null } {
	const [month, last] = [monthOf(standing.today), monthOf(addMonths(`${monthOf(standing.today)}-01`, -1))];
	return {
		due: dayOfMonth(standing.today) >= FIRST_DAY && !countedIn(month, counts, standing) ? month : null,
		missing: countedIn(last, counts, standing) ? null : last,
	};
}

/** @rule P-073 — from the 25th the keeper is asked for the month's count, in December for the full one; the manager is told of a month without */
export function countReminders(cards: readonly StockCard[], counts: readonly StockCount[], standing: Standing): Notice[] {
	const { due, missing } = monthsWithoutCount(counts, standing);
	const wasKept = cards.some(({ createdAt }) => missing !== null && monthOf(standing.calendar.dayOf(createdAt)) <= missing);
	return [...(due !== null && cards.length > 0 ? [countDue(due, cards, standing)] : []), ...(missing !== null && wasKept ? [countMissing(missing, standing)] : [])];
}

function countDue(month: Month, cards: readonly StockCard[], standing: Standing): Notice {
	const full = isFull(month, standing);
	const items = cardsToCount(full ? 'full' : 'cycle', cards, standing);
	return {
		key: `stock_count.due:${month}`,
		to: { role: 'storekeeper' },
		subject: `${month} ${full ? '年终全面盘点' : '循环盘点'}（${items.length} 项）`,
		body: ['请编制盘点表并盘点：', ...listed(items.map(({ item, balance }): NoticeLine => [item, `帐面 ${balance}`]))],
		rule: 'P-073',
	};
}

const countMissing = (month: Month, standing: Standing): Notice => ({
	key: `stock_count.missing:${month}`,
	to: { role: 'after_sales_manager' },
	subject: `${month} 没有${isFull(month, standing) ? '年终全面盘点' : '盘点'}`,
	body: [`仓库在 ${month} 没有编制盘点表，请督促仓管员补盘。`],
	rule: 'P-073',
});

/** @rule P-079 — and for the scrap list of what is damaged @rule P-075 @rule P-076 — each month the keeper is asked for the check, with what lies idle and what is still open; the manager is told of a month without */
export function checkReminders(cards: readonly StockCard[], checks: readonly WarehouseCheck[], problems: readonly StockProblem[], standing: Standing): Notice[] {
	if (cards.length === 0) return [];
	const { today, settings, calendar } = standing;
	const [month, last] = [monthOf(today), monthOf(addMonths(`${monthOf(today)}-01`, -1))];
	const slow = slowStock(cards, today, settings);
	const due: Notice = {
		key: `warehouse_check.due:${month}`,
		to: { role: 'storekeeper' },
		subject: `${month} 仓库月检（呆滞 ${slow.length} 项，未处理问题 ${problems.length} 项）`,
		body: [
			'请核对帐、卡、物、电脑，检查整理、标识、保养、安全和消防，然后登记“仓库月检”；损坏的配件请填报损清单送审。',
			...listed(slow.map(({ item, balance, days }): NoticeLine => [`呆滞 ${item}`, `库存 ${balance}，${days} 天没有出库`])),
			...listed(problems.map(({ no, item, description }): NoticeLine => [`未处理 ${no}`, `${item ?? ''} ${description}`.trim()])),
		],
		rule: 'P-076',
	};
	const missing: Notice = { key: `warehouse_check.missing:${last}`, to: { role: 'after_sales_manager' }, subject: `${last} 没有仓库月检`, body: [`仓库在 ${last} 没有登记月检（帐卡物核对、安全消防、呆滞检查），请督促补做。`], rule: 'P-075' };
	const wasKept = cards.some(({ createdAt }) => monthOf(calendar.dayOf(createdAt)) <= last);
	return [...(checks.some((check) => check.month === month) ? [] : [due]), ...(wasKept && !checks.some((check) => check.month === last) ? [missing] : [])];
}

/** @rule P-077 — once a year what has been kept long enough */
export function archiveReminders(kept: readonly DocumentArchive[], { today }: Standing): Notice[] {
	const over = kept.filter(({ keepUntil }) => keepUntil < today);
	if (over.length === 0) return [];
	const kinds = [...Map.groupBy(over, ({ paperKind }) => paperKind)].map(([kind, group]): NoticeLine => [kind, `${group.length} 份`]);
	return [
		{
			key: `document_archive.expired:${today.slice(0, 4)}`,
			to: { role: 'storekeeper' },
			subject: `保存期满的配件单据（${over.length} 份）`,
			body: ['可以编制销毁清单，经主管批准后销毁：', ...kinds, ...listed(over.map(({ paper, paperKind, keepUntil }): NoticeLine => [paper, `${paperKind}，保存至 ${keepUntil}`]))],
			rule: 'P-077',
		},
	];
}

/** @rule P-082 — from the 5th the slips of last month that no bill has matched */
export function freightReminders(slips: readonly CourierSlip[], { today, settings }: Standing): Notice[] {
	const last = monthOf(addMonths(`${monthOf(today)}-01`, -1));
	const open = slips.filter(({ day, state }) => monthOf(day) === last && state !== 'Matched');
	if (settings['stock.freight'] !== '是' || dayOfMonth(today) < 5 || open.length === 0) return [];
	const total = open.reduce((sum, { fee }) => sum + fee, 0);
	return (['service_assistant', 'logistics_clerk'] as const).map((role) => ({
		key: `freight_check.due:${last}:${role}`,
		to: { role },
		subject: `${last} 物流费用核对（未核对 ${open.length} 单，${yuan(total)} 元）`,
		body: ['请按承运帐单核对快递单后请款：', ...listed(open.map(({ carrier, slipNo, day, fee, finding }): NoticeLine => [`${carrier} ${slipNo}`, `${day}，${yuan(fee)} 元${finding === null ? '' : `，${finding}`}`]))],
		rule: 'P-082',
	}));
}
