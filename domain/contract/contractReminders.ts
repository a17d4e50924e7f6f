import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Day } from '../document/fields';
import type { Role } from '../organisation';
import { addDays, addMonths, daysBetween, lastDayOf, monthOf } from '../shared/zonedTime';
import { noticeDay } from './expiryNotice';
import { reportDay } from './freeExpiry';
import type { Contract, Project } from './phase';
import type { BackupEntry } from './registers';

type Clocked = Pick<Given, 'today' | 'settings'>;
type Named = { readonly no: string; readonly name: string };

/** After how many days without the paper the next higher role hears of it. */
const DAYS_TO_ESCALATE = 3;
/** A month's reminder is made up for this long. */
const CATCH_UP_DAYS = 7;

const to = (roles: readonly Role[], key: string, notice: Omit<Notice, 'key' | 'to'>): Notice[] => roles.map((role) => ({ key: `${key}:${role}`, to: { role }, ...notice }));

/**
 * Contracts whose notice is due and not sent; a contract entered late is found on the next run.
 * @rule C-040 — a month before the end, the department is asked; three days later its manager; another event than the end of free maintenance; moved, an end is another one
 */
export function contractsEnding(contracts: readonly Contract[], noticed: ReadonlyMap<string, Day>, { today, settings }: Clocked): Notice[] {
	const followed = new Set(contracts.map(({ previous }) => previous));
	return contracts.filter(({ no, endDay }) => noticeDay(endDay, settings) <= today && today <= endDay && noticed.get(no) !== endDay && !followed.has(no)).flatMap((ending) => {
		const body = [['合同号', ending.no], ['客户', ending.customer], ['到期日', ending.endDay], '请寄出保养到期通知书，并派人洽谈续约（售后 11-5）。'] as const;
		const told = [noticeDay(ending.endDay, settings), ending.updatedAt.slice(0, 10)].toSorted().at(-1) as Day;
		return [
			...to(['after_sales', 'service_director'], `contract.ending:${ending.no}:${ending.endDay}`, { subject: `合同到期通知 ${ending.no}（${ending.endDay}）`, rule: 'C-040', body }),
			...(today > addDays(told, DAYS_TO_ESCALATE) ? to(['after_sales_manager', 'dept_manager'], `contract.unsent:${ending.no}:${ending.endDay}`, { subject: `合同到期通知书没有寄出 ${ending.no}`, rule: 'C-040', body }) : []),
		];
	});
}

/** @rule C-041 — three months before free maintenance ends the leader is asked for his report; later the sales director hears that it is missing */
export function freeEnding(projects: readonly Project[], reported: ReadonlyMap<string, Day>, { today, settings }: Clocked): Notice[] {
	return projects.flatMap(({ no, name, customer, freeEndDay, projectKind }) => {
		if (projectKind !== 'system' || freeEndDay === null || reported.get(no) === freeEndDay || today < reportDay(freeEndDay, settings) || today > freeEndDay) return [];
		const body = [['项目', `${no} ${name}`], ['客户', customer], ['期满日', freeEndDay], '售后服务组长请书面汇报销售总监（售后 11-10）。'] as const;
		const late = daysBetween(reportDay(freeEndDay, settings), today) > DAYS_TO_ESCALATE;
		return to(late ? ['group_leader', 'sales_director'] : ['group_leader'], `project.free_end:${no}:${freeEndDay}`, { subject: `免费维护期将满 ${no}（${freeEndDay}）`, rule: 'C-041', body });
	});
}

/** @rule C-010 — a month before the planned final acceptance the after-sales group takes part */
export function acceptanceComing(projects: readonly Project[], begun: ReadonlySet<string>, { today, settings }: Clocked): Notice[] {
	return projects.flatMap(({ no, name, projectKind, finalPlannedDay, acceptedDay }) => {
		if (projectKind !== 'system' || finalPlannedDay === null || acceptedDay !== null || begun.has(no) || today < addMonths(finalPlannedDay, -settings['handover.lead_months'])) return [];
		return to(['group_leader'], `project.final:${no}:${finalPlannedDay}`, { subject: `请介入项目终验 ${no}（${finalPlannedDay}）`, rule: 'C-010', body: [['项目', `${no} ${name}`], ['计划终验', finalPlannedDay], '请开始项目移交（售后 11-13）。'] });
	});
}

/** @rule C-011 — accepted and no handover begun: said once the days are over, to the sales director too */
export function handoversMissing(projects: readonly Project[], begun: ReadonlySet<string>, { today, settings }: Clocked, since: Day): Notice[] {
	return projects.flatMap(({ no, name, projectKind, acceptedDay }) => {
		if (projectKind !== 'system' || acceptedDay === null || acceptedDay < since || begun.has(no) || today < addDays(acceptedDay, settings['handover.remind_day'])) return [];
		const late = today > addDays(acceptedDay, settings['handover.complete_days']);
		return to(late ? ['group_leader', 'sales_director'] : ['group_leader'], `project.handover:${no}:${acceptedDay}:${late ? 'late' : 'remind'}`, { subject: `项目验收后没有移交 ${no}`, rule: 'C-011', body: [['项目', `${no} ${name}`], ['验收日期', acceptedDay]] });
	});
}

/** What the month still lacks: on the 25th and on its last day. @rule C-021 @rule C-022 */
export function monthPapers(systems: number, there: { readonly reports: ReadonlySet<string>; readonly manuals: ReadonlySet<string> }, { today }: Clocked): Notice[] {
	if (systems === 0) return [];
	const moments = [monthOf(addMonths(`${monthOf(today)}-01`, -1)), monthOf(today)].flatMap((month) => [{ month, day: `${month}-25` }, { month, day: lastDayOf(month) }]);
	return moments.filter(({ day }) => day <= today && today <= addDays(day, CATCH_UP_DAYS)).flatMap(({ month, day }) => [
		...(there.reports.has(month) ? [] : to(['group_leader'], `optimisation.due:${day}`, { subject: `请编写 ${month} 优化报告`, rule: 'C-021', body: ['当月工作优化总结及下月优化措施报告还没有提交（售后 11-25）。'] })),
		...(there.manuals.has(month) ? [] : to(['group_leader'], `service_manual.due:${day}`, { subject: `请更新 ${month} 售后服务手册`, rule: 'C-022', body: ['请上传本月新问题和解决方法；没有更新的请确认（售后 11-30）。'] })),
	]);
}

/** @rule C-033 — no register, no success for `backup.max_age_days`, or less than `backup.retention_days` to go back to while the system is older */
export function backupProblems(systems: readonly Project[], backups: readonly BackupEntry[], { today, settings }: Clocked): Notice[] {
	return systems.flatMap((system) => {
		const entry = backups.find(({ project }) => project === system.no);
		const warn = (key: string, problem: string): Notice[] => [...(system.keeper === null ? [] : [{ person: system.keeper }]), { role: 'group_leader' } as const].map((receiver) => ({ key: `backup.${key}:${system.no}:${'role' in receiver ? receiver.role : receiver.person}`, to: receiver, subject: `备份警告 ${system.no} ${system.name}`, rule: 'C-033', body: [problem, '请核实后更新备份登记（售后 11-37）。'] }));
		if (entry === undefined) return warn('none', '没有登记备份方、频率和最近成功日期。');
		if (entry.state === 'Ended') return warn(`ended:${entry.version}`, '备份登记已停止，系统还在维护期内。');
		const isOld = daysBetween(system.acceptedDay as Day, today) >= settings['backup.retention_days'];
		return [
			...(daysBetween(entry.lastOkDay, today) > settings['backup.max_age_days'] ? warn(`old:${entry.lastOkDay}`, `最近成功备份 ${entry.lastOkDay}，超过 ${settings['backup.max_age_days']} 天。`) : []),
			...(isOld && daysBetween(entry.oldestDay, today) < settings['backup.retention_days'] ? warn(`short:${entry.oldestDay}`, `最早只能恢复到 ${entry.oldestDay}，不足 ${settings['backup.retention_days']} 天。`) : []),
		];
	});
}

/** Key customers nobody has visited for `visit.key_customer_months`, and no visit is planned: a list a month. @rule C-024 */
export function visitsDue(due: readonly Named[], { today, settings }: Clocked): Notice[] {
	if (due.length === 0) return [];
	return to(['service_director', 'group_leader'], `key_customer.due:${monthOf(today)}`, { subject: `重点客户应走访 ${due.length} 家`, rule: 'C-024', body: [`${settings['visit.key_customer_months']} 个月内没有走访，也没有安排：`, ...due.slice(0, 50).map(({ no, name }) => [no, name] as const)] });
}

/** @rule C-025 — the contract promises a training, its day is over and there is no record: a list a month */
export function trainingsDue(contracts: readonly Contract[], taught: ReadonlySet<string>, { today }: Clocked): Notice[] {
	const due = contracts.filter(({ no, trainingIncluded, trainingDueDay, endDay }) => trainingIncluded === true && trainingDueDay !== null && trainingDueDay < today && today <= endDay && !taught.has(no));
	if (due.length === 0) return [];
	return to(['service_director', 'after_sales'], `user_training.due:${monthOf(today)}`, { subject: `用户培训逾期 ${due.length} 份合同`, rule: 'C-025', body: due.slice(0, 50).map(({ no, customer, trainingDueDay }) => [no, `客户 ${customer}，约定 ${trainingDueDay ?? ''}`] as const) });
}
