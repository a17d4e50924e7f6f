import type { Month } from '../domain/document/fields';
import { pareto, returnRates, returnReport } from '../domain/report/returnReports';
import type { ReturnInspection } from '../domain/returns/returnInspection';
import type { ReturnBatch } from '../domain/returns/returnPaper';
import type { ReturnPlan } from '../domain/returns/returnPlan';
import type { SupplierRepair } from '../domain/returns/supplierRepair';
import { addMonths } from '../domain/shared/zonedTime';
import type { Standing } from './engine';
import { namesOf } from './reports';
import type { Row, Store } from './store';
import type { Built } from './technicianReports';

const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];

/** @rule R-215 @rule R-220 */
export async function buildReturnReport(store: Store, month: Month, { settings }: Standing): Promise<Built> {
	const during = (table: string, column: string) => store.list(table, { where: [{ column, is: '>=', value: `${month}-01` }, { column, is: '<', value: addMonths(`${month}-01`, 1) }], orderBy: [{ column }, { column: 'no' }] });
	const plans = rows<ReturnPlan>(await during('return_plan', 'day'));
	const inspections = rows<ReturnInspection>(await during('return_inspection', 'day'));
	const idle = rows<ReturnBatch>(await store.list('return_batch', { where: [{ column: 'state', is: 'in', value: ['Passed', 'Stocked'] }], orderBy: [{ column: 'no' }] })).filter((batch) => batch.idle === true);
	const names = await namesOf(store, 'person', [...new Set(inspections.flatMap(({ measures }) => (measures ?? []).map(({ owner }) => owner)))]);
	const model = returnReport({ month, plans, inspections, idle, suppliers: rows<SupplierRepair>(await during('supplier_repair', 'sentDay')), names }, settings);
	return { model, fileName: `产品返修月报-${month}.xlsx`, json: { month, ...returnRates(plans, inspections), causes: pareto(inspections, names), idle: idle.map(({ no }) => no) } };
}
