import type { Notice } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Instant, Month } from '../document/fields';
import { leadersOf, techniciansOf, type Member, type Unit } from '../master/unitTree';
import { hasRole, type Role } from '../organisation';
import { timeOn } from '../shared/clockTime';
import { startOfDay } from '../shared/zonedTime';
import type { DailyReport } from './dailyReport';
import type { DirectorReport } from './directorReport';
import { documentChecklist, documentsDue, type MonthDocuments } from './monthDocuments';

/** A working day with who was there and what came in. */
export type CheckedDay = { readonly day: Day; readonly people: readonly Member[]; readonly units: readonly Unit[]; readonly reports: readonly DailyReport[]; readonly directorReports: readonly DirectorReport[] };

export type Standing = Omit<Given, 'no'>;

const REMIND_AFTER_MINUTES = 30;
const DIRECTOR_AFTER_MINUTES = 60;

const isFiled = ({ state }: DailyReport): boolean => state === 'Submitted' || state === 'Reviewed';

/** Active technicians whose report of the day is not in. @rule T-001 */
const withoutReport = ({ people, reports }: Pick<CheckedDay, 'people' | 'reports'>): Member[] =>
	people.filter(({ no, active, roles }) => active && hasRole(roles, 'technician') && !reports.some((report) => report.technician === no && isFiled(report)));

/** Half an hour after the day's end the technician is reminded. @rule T-001 */
export function missingReports(checked: CheckedDay, { now, settings, calendar }: Standing): Notice[] {
	if (timeOn(checked.day, settings['service.day_end'], calendar.zone, REMIND_AFTER_MINUTES) > now) return [];
	return withoutReport(checked).map(({ no, name }) => ({
		key: `daily_report.remind:${no}:${checked.day}`,
		to: { person: no },
		subject: `请提交 ${checked.day} 工作日报`,
		rule: 'T-001',
		body: [`${name}，您 ${checked.day} 的技术员工作日报表还没有提交，截止时间为 ${settings['service.day_end']}。`],
	}));
}

/** At opening of the next working day. */
const nextMorning = (day: Day, { calendar }: Standing): Instant => calendar.hoursOf(calendar.workdayAfter(day, 1).day)?.from as Instant;

/** The next morning each superior gets the names of his people; where reports go weekly the week's workbook names them. @rule T-001 @rule T-002 */
export function missingReportLists(checked: CheckedDay, standing: Standing): Notice[] {
	const { now, settings } = standing;
	if (settings['report.tech_cycle'] === 'weekly' || nextMorning(checked.day, standing) > now) return [];
	const role: Role = settings['report.reviewer_role'];
	const missing = withoutReport(checked);
	if (missing.length === 0) return [];
	const leaders = new Map(missing.flatMap((person) => leadersOf(person, checked.people, checked.units, role)).map((leader) => [leader.no, leader]));
	const list = (to: Notice['to'], code: string, people: readonly Member[]): Notice => ({
		key: `daily_report.missing:${code}:${checked.day}`,
		to,
		subject: `缺报日报 ${checked.day}（${people.length} 人）`,
		rule: 'T-001',
		body: people.map(({ no, name }) => [no, name] as const),
	});
	if (leaders.size === 0) return [list({ role }, role, missing)];
	return [...leaders.keys()].map((code) => list({ person: code }, code, missing.filter((person) => leadersOf(person, checked.people, checked.units, role).some(({ no }) => no === code))));
}

/** An hour after the day's end a director who has not filled in his own report is reminded; one without technicians has none. @rule T-003 */
export function missingDirectorReports(checked: CheckedDay, { now, settings, calendar }: Standing): Notice[] {
	const isDue = timeOn(checked.day, settings['service.day_end'], calendar.zone, DIRECTOR_AFTER_MINUTES) <= now;
	if (!isDue || settings['report.tech_cycle'] === 'weekly') return [];
	return checked.people
		.filter(({ no, active, roles }) => active && hasRole(roles, 'service_director') && !checked.directorReports.some(({ director }) => director === no))
		.filter(({ no }) => techniciansOf(no, checked.people, checked.units, 'service_director').length > 0)
		.map(({ no }) => ({ key: `director_report.remind:${no}:${checked.day}`, to: { person: no }, subject: `请填报 ${checked.day} 服务主任日报`, rule: 'T-003', body: [`${checked.day} 的服务主任日报表还没有填报；未核阅和缺报的技术员会在表中列出。`] }));
}

type Logged = Pick<CheckedDay, 'day' | 'people' | 'units'> & { readonly logs: readonly { readonly person: string }[] };

/** At the day's end each writes his log; the next morning the group leader, or where there is none the manager, gets the names. @rule T-010 — where `worklog.required` */
export function missingLogs({ day, people, units, logs }: Logged, standing: Standing): Notice[] {
	const { now, settings, calendar } = standing;
	if (settings['worklog.required'] !== '是' || timeOn(day, settings['service.day_end'], calendar.zone) > now) return [];
	const missing = people.filter(({ no, active, roles }) => active && hasRole(roles, 'technician') && !logs.some(({ person }) => person === no));
	const reminders = missing.map(({ no, name }): Notice => ({ key: `work_log.remind:${no}:${day}`, to: { person: no }, subject: `请填写 ${day} 工作日志`, rule: 'T-010', body: [`${name}，您 ${day} 的工作日志还没有填写，请在下班前填写当日已完成的工作。`] }));
	if (missing.length === 0 || nextMorning(day, standing) > now) return reminders;
	const role: Role = people.some(({ active, roles }) => active && hasRole(roles, 'group_leader')) ? 'group_leader' : 'dept_manager';
	const leaders = people.filter(({ active, roles }) => active && hasRole(roles, role));
	const lists = leaders.flatMap(({ no }): Notice[] => {
		const mine = missing.filter((person) => leadersOf(person, people, units, role).some((leader) => leader.no === no));
		return mine.length === 0 ? [] : [{ key: `work_log.missing:${no}:${day}`, to: { person: no }, subject: `缺工作日志 ${day}（${mine.length} 人）`, rule: 'T-010', body: mine.map((person) => [person.no, person.name] as const) }];
	});
	return [...reminders, ...lists];
}

/** On the day last month's documents are due, who has not handed in all of them is told what is missing. @rule T-011 */
export function missingDocuments(month: Month, people: readonly Member[], papers: readonly MonthDocuments[], { now, settings, calendar }: Standing): Notice[] {
	const due = documentsDue(month, settings);
	if (startOfDay(due, calendar.zone) > now) return [];
	return people
		.filter(({ active, roles }) => active && hasRole(roles, 'technician'))
		.flatMap(({ no }): Notice[] => {
			const missing = documentChecklist(papers.find(({ technician }) => technician === no) ?? null).filter(({ state }) => state === 'missing');
			return missing.length === 0 ? [] : [{ key: `month_documents.remind:${no}:${month}`, to: { person: no }, subject: `请于 ${due} 交齐 ${month} 资料`, rule: 'T-011', body: [`还没有交：${missing.map(({ label }) => label).join('、')}。`] }];
		});
}
