import { monthlyReport } from '../domain/report/monthlyReport';
import { statementWorkbook } from '../domain/report/statementWorkbook';
import type { WorkbookModel } from '../domain/report/workbookModel';
import type { Day, Month } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { addMonths, dayOf, isDay, monthOf, readMonth, startOfDay } from '../domain/shared/zonedTime';
import type { Call } from '../domain/service/call';
import type { Charge } from '../domain/service/charge';
import type { Complaint } from '../domain/complaint/complaint';
import type { Reconciliation } from '../domain/parts/reconciliation';
import type { Row, Store } from './store';

/** The workbook of a month's figures. @rule M-103 */
export async function buildMonthlyReport(store: Store, month: Month, builtAt: string, zone: string): Promise<WorkbookModel> {
	const [from, to] = [startOfDay(`${month}-01`, zone), startOfDay(addMonths(`${month}-01`, 1), zone)];
	const during = (table: string, column: string) => store.list(table, { where: [{ column, is: '>=', value: from }, { column, is: '<', value: to }], orderBy: [{ column }] });
	const statements = await during('reconciliation', 'sentAt');
	const charges = rows<Charge>(await during('charge', 'createdAt'));
	const types = new Map(rows<Call>(await store.load('call', 'no', charges.map(({ call }) => call))).map(({ no, type }) => [no, type]));
	const names = await namesOf(store, 'outlet', statements.map(({ outlet }) => String(outlet)));
	return monthlyReport({
		month,
		builtAt,
		zone,
		calls: rows<Call>(await during('call', 'calledAt')),
		charges: charges.map((charge) => ({ ...charge, callType: types.get(charge.call) ?? 'A' })),
		complaints: rows<Complaint>(await during('complaint', 'acceptedAt')),
		statements: rows<Reconciliation>(statements).map((statement) => ({ ...statement, outletName: names.get(statement.outlet) ?? '' })),
	});
}

/** The workbook of a stored statement. @rule P-041 */
export async function buildStatement(store: Store, row: Row, zone: string): Promise<WorkbookModel> {
	const [statement] = rows<Reconciliation>([row]) as [Reconciliation];
	const outlets = await namesOf(store, 'outlet', [statement.outlet]);
	const items = await namesOf(store, 'item', statement.lines.map(({ item }) => item));
	return statementWorkbook(statement, { outlet: outlets.get(statement.outlet) ?? '', items }, zone);
}

/** The month a user names, or the last one before `now`. @throws RuleViolation FIELD_INVALID */
export function monthWanted(value: string, now: string, zone: string): string {
	if (String(value ?? '').trim() === '') return monthOf(addMonths(`${monthOf(dayOf(now, zone))}-01`, -1));
	const month = readMonth(String(value));
	if (month === null) throw new RuleViolation('FIELD_INVALID', `月份“${value}”无法识别`, '请按 2025-05 的格式填写，空白为上月');
	return month;
}

/** The day a user names, or today. @throws RuleViolation FIELD_INVALID */
export function dayWanted(value: string, today: Day): Day {
	const text = value.slice(0, 10);
	if (text === '') return today;
	if (!isDay(text)) throw new RuleViolation('FIELD_INVALID', `日期“${value}”无法识别`, '请按 2025-06-09 的格式填写，空白为今天');
	return text;
}

/** Code → name. */
export async function namesOf(store: Store, table: string, codes: readonly string[]): Promise<Map<string, string>> {
	return new Map((await store.load(table, 'no', codes)).map((row) => [String(row['no']), String(row['name'])]));
}

/** Rows of a declared table are documents of its declaration. */
const rows = <D>(stored: readonly Row[]): D[] => stored as unknown as D[];
