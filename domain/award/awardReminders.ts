import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import { yuan } from '../shared/money';
import { addDays, addMonths, lastDayOf, monthOf } from '../shared/zonedTime';
import { awardNames, type AwardKind } from './awardKinds';
import { nomineeOf } from './awardNotices';
import type { Award } from './awardRules';

type Clocked = Pick<Given, 'today' | 'calendar' | 'settings'>;

/** How far back a notice is made up for after downtime. */
const CATCH_UP_DAYS = 7;

const monthly: readonly AwardKind[] = ['engineer', 'learning'];
const yearly: readonly AwardKind[] = ['team', 'employee', 'special'];

const lastWorkday = (month: string, { calendar }: Pick<Given, 'calendar'>): Day => {
	let day = lastDayOf(month);
	while (day > `${month}-01` && !calendar.isWorkday(day)) day = addDays(day, -1);
	return day;
};

const lineOf = (award: Award) => [award.no, `${awardNames[award.awardKind]} ${nomineeOf(award)} ${award.period} ${yuan(award.amount ?? 0)} 元，${award.payDay ?? ''}`] as const;

/** @rule A-014 — on the month's last working day every group is asked to elect its best @rule A-015 — unless that award was stopped */
export function electionNotices(given: Clocked, isGiven: (kind: AwardKind) => boolean): Notice[] {
	if (!isGiven('best')) return [];
	const others = monthly.filter(isGiven).map((kind) => awardNames[kind]);
	const months = [monthOf(addMonths(`${monthOf(given.today)}-01`, -1)), monthOf(given.today)];
	return months.flatMap((month) => {
		const day = lastWorkday(month, given);
		if (given.today < day || given.today > addDays(day, CATCH_UP_DAYS)) return [];
		return (['group_leader', 'service_director', 'after_sales_manager'] as const).map((role): Notice => ({ key: `award.elect:${month}:${role}`, to: { role }, subject: `请评选 ${month} 最佳员工`, rule: 'A-014', body: ['请各组评选当月最佳员工，由组长申报（售后 12-1 申报嘉奖）。', ...(others.length === 0 ? [] : [`${others.join('、')}请一并申报。`]), '不评选的奖项，请售后经理停止评选（售后 12-10），以后不再提醒。'] }));
	});
}

/** In December, with those whose saving was of special value. @rule A-001 @rule A-002 @rule A-003 @rule A-017 */
export function yearlyNotices(candidates: readonly Award[], { today }: Clocked, isGiven: (kind: AwardKind) => boolean): Notice[] {
	const awards = yearly.filter(isGiven).map((kind) => awardNames[kind]);
	if (awards.length === 0) return [];
	const year = today.slice(0, 4);
	return (['dept_manager', 'after_sales_manager', 'service_director', 'group_leader'] as const).map((role) => ({
		key: `award.yearly:${year}:${role}`,
		to: { role },
		subject: `请申报 ${year} 年度奖励`,
		rule: 'A-001',
		body: [`${awards.join('、')}请于年底前申报，附申报材料。`, ...(candidates.length === 0 || !isGiven('special') ? [] : ['特别贡献奖候选（节约成本有特别价值）：', ...candidates.map(lineOf)])],
	}));
}

/** What finance pays this month, and what was not paid on its day. @rule A-013 */
export function payNotices(scheduled: readonly Award[], { today }: Clocked): Notice[] {
	const month = monthOf(today);
	const due = scheduled.filter(({ payDay }) => payDay !== null && monthOf(payDay) === month);
	const list: Notice[] = due.length === 0 ? [] : [{ key: `award.list:${month}`, to: { role: 'accountant' }, subject: `${month} 应发放奖金 ${due.length} 笔，共 ${yuan(due.reduce((sum, { amount }) => sum + (amount ?? 0), 0))} 元`, rule: 'A-013', body: due.map(lineOf) }];
	const late = scheduled.filter(({ payDay }) => payDay !== null && payDay < today);
	return [...list, ...late.flatMap((award) => (['accountant', 'after_sales_manager'] as const).map((role): Notice => ({ key: `award.late:${award.no}:${role}:${award.payDay ?? ''}`, to: { role }, subject: `奖金逾期未发 ${award.no}`, rule: 'A-013', body: [lineOf(award)] })))];
}
