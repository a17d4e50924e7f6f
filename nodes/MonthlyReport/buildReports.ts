import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { givenFor, SYSTEM, type Standing } from '../../engine/engine';
import { buildAwardList } from '../../engine/awardReports';
import { buildCustomerFile, buildProjects } from '../../engine/contractReports';
import { buildAppraisals, buildKpi } from '../../engine/kpiReports';
import { buildMonthlyReport, dayWanted, monthWanted } from '../../engine/reports';
import { buildReturnReport } from '../../engine/returnReports';
import { buildDayEnd, buildMorningBoard, buildServiceBook } from '../../engine/serviceReports';
import { buildCountReport, buildCountSheet, buildFourBooks, buildFreight, buildPartsLedger, buildSlowStock, buildStockList, buildStockMoves, mayReport } from '../../engine/stockReports';
import { buildCustody, buildMonthDocuments, buildRepairProblems, buildVisitPlans, dailyReportPage, directorReports, findCases, weekDue, weeklyRecords, weeklyReports, type Built } from '../../engine/technicianReports';
import { buildOutletFees } from '../../engine/outletFees';
import { buildAccountStatement, buildDocumentMatrix, buildOccupancy, buildReconciliations } from '../../engine/outletReports';
import { buildOutletVisits, buildSurveySummary } from '../../engine/surveyReports';
import type { Store } from '../../engine/store';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { actorOf, codeOf } from '../shared/readCode';
import { failedItem, toNodeError } from '../shared/toNodeError';

/** What one input item asks for. */
class Request {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly item: number,
		readonly store: Store,
		readonly given: Standing,
	) {}

	get(name: string): string {
		return String(this.context.getNodeParameter(name, this.item, '') ?? '').trim();
	}
	get month(): string {
		return monthWanted(this.get('month'), this.given.now, this.given.calendar.zone);
	}
	get day(): string {
		return dayWanted(this.get('day'), this.given.today);
	}
	/** The last day of the week meant: named, or due by now where the company reports weekly. @rule T-002 @rule T-005 */
	get week(): string | null {
		if (this.get('day') !== '') return this.day;
		return this.given.settings['report.tech_cycle'] === 'weekly' ? weekDue(this.given) : null;
	}
	get part(): string | null {
		return codeOf(this.context.getNodeParameter('part', this.item, '', { extractValue: true })) || null;
	}
	get actor(): string {
		return actorOf(this.context, this.item);
	}
	get person(): string | null {
		return codeOf(this.get('person')) || null;
	}
}

/** A report of papers of this kind, for who may read them. @rule O-030 */
const ofPapers = (kind: string, build: (request: Request) => Promise<Built>) => async (request: Request): Promise<readonly Built[]> => {
	await mayReport(request.store, kind, request.actor, request.given.now);
	return [await build(request)];
};

const stockReports: Readonly<Record<string, (request: Request) => Promise<readonly Built[]>>> = {
	stockList: ofPapers('stock_card', ({ store, given }) => buildStockList(store, given)),
	stockMoves: ofPapers('stock_move', ({ store, month, part }) => buildStockMoves(store, month, part)),
	partsLedger: ofPapers('stock_move', ({ store, month }) => buildPartsLedger(store, month)),
	slowStock: ofPapers('stock_card', ({ store, given }) => buildSlowStock(store, given)),
	fourBooks: ofPapers('warehouse_check', ({ store, given }) => buildFourBooks(store, given)),
	countReport: ofPapers('stock_count', ({ store, month }) => buildCountReport(store, month)),
	countSheet: ofPapers('stock_count', (request) => buildCountSheet(request.store, codeOf(request.get('count')))),
	freight: ofPapers('courier_slip', ({ store, month }) => buildFreight(store, month)),
};

const reports: Readonly<Record<string, (request: Request) => Promise<readonly Built[]>>> = {
	monthly: async ({ store, month, given: { now, calendar } }) => [{ model: await buildMonthlyReport(store, month, now, calendar.zone), fileName: `售后月报表-${month}.xlsx`, json: { month } }],
	serviceBook: async ({ store, month, given }) => [await buildServiceBook(store, month, given)],
	dayEnd: async ({ store, day, given }) => [await buildDayEnd(store, day, given)],
	morningBoard: async ({ store, given }) => [await buildMorningBoard(store, given)],
	kpi: async ({ store, month, given }) => {
		const { kpis, ...built } = await buildKpi(store, month, given);
		return [{ ...built, json: { ...built.json, kpis } }];
	},
	appraisal: async ({ store, month, person, given }) => [await buildAppraisals(store, month, person, given)],
	awards: ofPapers('award', ({ store, month }) => buildAwardList(store, month)),
	projects: ofPapers('handover', ({ store, given }) => buildProjects(store, given)),
	customerFile: async (request) => [await buildCustomerFile(request.store, codeOf(request.get('customer')), request.actor, request.given)],
	monthDocuments: async ({ store, month, given }) => [await buildMonthDocuments(store, month, given)],
	repairProblems: async ({ store, month }) => [await buildRepairProblems(store, month)],
	custody: async ({ store, person, given }) => [await buildCustody(store, person, given)],
	visitPlans: async ({ store, month, person }) => [await buildVisitPlans(store, month, person)],
	outletAccount: async (request) => [await buildAccountStatement(request.store, request.actor, { outlet: codeOf(request.get('outlet')), from: dayWanted(request.get('from'), `${request.given.today.slice(0, 7)}-01`), to: dayWanted(request.get('to'), request.given.today) }, request.given)],
	occupancy: ofPapers('outlet_account', ({ store, given }) => buildOccupancy(store, given)),
	outletDocuments: ofPapers('usage_line', ({ store, month }) => buildDocumentMatrix(store, month)),
	outletFees: ofPapers('outlet_fee', ({ store, month, given }) => buildOutletFees(store, month, given)),
	outletVisits: ofPapers('repair_record', ({ store, month }) => buildOutletVisits(store, month)),
	survey: ofPapers('survey_card', ({ store, month }) => buildSurveySummary(store, month)),
	reconciliations: ofPapers('reconciliation', ({ store, month, given }) => buildReconciliations(store, month, given)),
	returns: ofPapers('return_batch', ({ store, month, given }) => buildReturnReport(store, month, given)),
	caseNotes: async (request) => [await findCases(request.store, request.get('product'), request.get('fault'))],
	directorDaily: async ({ store, day, person }) => await directorReports(store, day, person),
	technicianWeekly: async ({ store, week, person, given }) => (week === null ? [] : await weeklyReports(store, week, person, given)),
	stock: async (request) => {
		const name = codeOf(request.get('stockReport'));
		const build = Object.hasOwn(stockReports, name) ? stockReports[name] : undefined;
		if (build === undefined) throw new RuleViolation('FIELD_INVALID', `没有叫“${name}”的仓库报表`, '请从列表中选择');
		return await build(request);
	},
	weeklyRecord: async ({ store, week, given }) => (week === null ? [] : await weeklyRecords(store, week, given)),
};

/** Builds what each input item asks for; a weekly report is an item for each person. */
export async function buildReports(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [item] of context.getInputData().entries()) {
		try {
			const request = new Request(context, item, store, await givenFor(store, { actor: SYSTEM, now: new Date().toISOString() }));
			const name = context.getNodeParameter('report', item, 'monthly') as string;
			if (name === 'technicianDaily') {
				results.push({ json: { ...(await dailyReportPage(store, request.person, request.day)) } as unknown as IDataObject, pairedItem: { item } });
				continue;
			}
			for (const built of await (reports[name] as (typeof reports)[string])(request)) results.push(await output(context, built, request));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

async function output(context: IExecuteFunctions, { model, fileName, json }: Built, { item, given: { now } }: Request): Promise<INodeExecutionData> {
	const file = await writeWorkbook(model);
	const field = context.getNodeParameter('field', item) as string;
	return { json: { ...json, fileName, builtAt: now } as IDataObject, binary: { [field]: await context.helpers.prepareBinaryData(file, fileName, XLSX) }, pairedItem: { item } };
}
