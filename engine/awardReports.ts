import type { Award } from '../domain/award/awardRules';
import type { Month } from '../domain/document/fields';
import { awardList } from '../domain/report/awardList';
import { addMonths } from '../domain/shared/zonedTime';
import { namesOf } from './reports';
import type { Row, Store } from './store';
import type { Built } from './technicianReports';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

/** Savings of special value approved in a year. @rule A-017 */
export async function candidatesOf(store: Store, year: string): Promise<Award[]> {
	const savings = rows<Award>(await store.list('award', { where: [{ column: 'awardKind', is: '=', value: 'saving' }, { column: 'state', is: 'in', value: ['Scheduled', 'Paid'] }] }));
	return savings.filter(({ specialValue, period }) => specialValue === true && period.startsWith(year));
}

/** What is paid in a month, and the candidates of its year. @rule A-013 @rule A-017 */
export async function buildAwardList(store: Store, month: Month): Promise<Built> {
	const due = rows<Award>(await store.list('award', { where: [{ column: 'payDay', is: '>=', value: `${month}-01` }, { column: 'payDay', is: '<', value: addMonths(`${month}-01`, 1) }, { column: 'state', is: 'in', value: ['Scheduled', 'Paid'] }], orderBy: [{ column: 'payDay' }, { column: 'no' }] }));
	const candidates = await candidatesOf(store, month.slice(0, 4));
	const people = await namesOf(store, 'person', [...due, ...candidates].flatMap(({ person, nominator, approvedBy }) => [person, nominator, approvedBy].filter((code) => code !== null)));
	const units = await namesOf(store, 'unit', due.flatMap(({ unit }) => unit ?? []));
	return { model: awardList(month, due, candidates, new Map([...units, ...people])), fileName: `奖金发放表-${month}.xlsx`, json: { month, awards: due.length, totalYuan: due.reduce((sum, { amount }) => sum + (amount ?? 0), 0) / 100, candidates: candidates.length } };
}
