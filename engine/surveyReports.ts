import type { Month } from '../domain/document/fields';
import { outletVisitsWorkbook } from '../domain/report/outletVisitsWorkbook';
import { returned, surveyWorkbook } from '../domain/report/surveyWorkbook';
import type { ReturnVisit } from '../domain/service/returnVisitPaper';
import { addMonths, startOfDay } from '../domain/shared/zonedTime';
import type { VisitPlan } from '../domain/technician/visitPlan';
import { companyZone } from './engine';
import type { FollowUp } from '../domain/survey/followUp';
import type { SurveyCard } from '../domain/survey/surveyCardPaper';
import { documentOf } from './registry';
import { namesOf } from './reports';
import type { Condition, Row, Store } from './store';
import type { Built } from './technicianReports';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
const during = (column: string, month: Month): Condition[] => [{ column, is: '>=', value: `${month}-01` }, { column, is: '<', value: addMonths(`${month}-01`, 1) }];

/** @rule S-005 */
export async function buildSurveySummary(store: Store, month: Month): Promise<Built> {
	const cards = rows<SurveyCard>(await store.list('survey_card', { where: during('calledDay', month), orderBy: [{ column: 'no' }] }));
	const measures = rows<FollowUp>(await store.list('follow_up', { where: [{ column: 'taskKind', is: '=', value: 'measure' }], orderBy: [{ column: 'dueDay' }] })).filter(({ state, createdAt }) => state === 'Open' || createdAt.slice(0, 7) >= month);
	const zone = await companyZone(store);
	const [from, to] = [startOfDay(`${month}-01`, zone), startOfDay(addMonths(`${month}-01`, 1), zone)];
	const returnVisits = rows<ReturnVisit>(await store.list('return_visit', { columns: ['result'], where: [{ column: 'at', is: '>=', value: from }, { column: 'at', is: '<', value: to }] }));
	const visits = rows<VisitPlan>(await store.list('visit_plan', { where: [...during('plannedDay', month), { column: 'state', is: 'in', value: ['Assigned', 'Done'] }], orderBy: [{ column: 'plannedDay' }, { column: 'no' }] }));
	const names = await namesOf(store, 'person', [...visits.map(({ technician }) => technician), ...cards.flatMap(({ technician }) => technician ?? []), ...measures.flatMap(({ holder }) => holder ?? [])]);
	const states = { card: documentOf('survey_card').states, task: documentOf('follow_up').states };
	return { model: surveyWorkbook({ month, cards, returnVisits, visits, measures, names, states }), fileName: `客户意见汇总-${month}.xlsx`, json: { month, ...returned(cards), complaints: cards.filter(({ opinionKind }) => opinionKind === 'complaint').length } };
}

/** @rule S-024 */
export async function buildOutletVisits(store: Store, month: Month): Promise<Built> {
	const valid: Condition = { column: 'state', is: 'in', value: ['Reported', 'Accepted'] };
	const done = async <D>(kind: string, column: string): Promise<D[]> => rows(await store.list(kind, { where: [...during(column, month), valid], orderBy: [{ column: 'outlet' }, { column: 'no' }] }));
	const [installs, repairs] = [await done<never>('install_record', 'installDay'), await done<never>('repair_record', 'repairDay')];
	const visits = async <D>(kind: string, key: string, of: readonly Row[]): Promise<D[]> => {
		const nameOf = (row: Row) => `${String(row['outlet'])} ${String(row[key])}`;
		const wanted = new Set(of.map(nameOf));
		return rows((await store.load(kind, 'outlet', [...new Set(of.map(({ outlet }) => String(outlet)))])).filter((visit) => visit['state'] !== 'Void' && wanted.has(nameOf(visit))));
	};
	const [installVisits, repairVisits] = [await visits<never>('install_visit', 'installNo', installs), await visits<never>('repair_visit', 'repairNo', repairs)];
	const levels = documentOf('install_visit').fields['attitude']?.choices ?? {};
	return {
		model: outletVisitsWorkbook({ month, installs, installVisits, repairs, repairVisits, level: (code) => levels[code] ?? code }),
		fileName: `安装维修回访登记-${month}.xlsx`,
		json: { month, installs: installs.length, repairs: repairs.length, visited: installVisits.length + repairVisits.length },
	};
}
