import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { documentOf } from '../../engine/registry';
import { companyZone } from '../../engine/engine';
import { present } from '../../engine/present';
import { reconcileMonth, type Reconciled, type ReconcileMode } from '../../engine/reconcileMonth';
import { buildStatement, monthWanted } from '../../engine/reports';
import type { Row, Store } from '../../engine/store';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { actorOf } from '../shared/readCode';
import { failedItem, toNodeError } from '../shared/toNodeError';

export const RECONCILE = 'reconcileMonth';

export const reconcileOperation = {
	name: 'Reconcile Month (All Outlets)',
	value: RECONCILE,
	action: 'Reconcile a month for all outlets',
	description: '全部网点的当月对帐：预览、制作或传出；每个网点一项',
};

const displayOptions = { show: { resource: ['reconciliation'], operation: [RECONCILE] } };

export const reconcileProperties: INodeProperties[] = [
	{ displayName: 'Month', name: 'reconcileMonth', type: 'string', default: '', placeholder: '2025-05', description: 'Leave empty for last month', displayOptions },
	{
		displayName: 'Mode',
		name: 'reconcileMode',
		type: 'options',
		options: [
			{ name: 'Draw Up', value: 'draw', description: 'Store drafts' },
			{ name: 'Preview', value: 'preview', description: 'Store nothing' },
			{ name: 'Send', value: 'send', description: 'Final: agreed at once without difference, else the outlet has one working day to answer' },
		],
		default: 'preview',
		displayOptions,
	},
	{ displayName: 'Workbooks', name: 'reconcileWorkbooks', type: 'boolean', default: true, description: 'Whether each outlet\'s statement comes as a workbook in the field "statement"', displayOptions },
];

/** Settles the month each item names, an item for each outlet. */
export async function reconcileAll(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	const zone = await companyZone(store);
	for (const [item] of context.getInputData().entries()) {
		try {
			const now = new Date().toISOString();
			const month = monthWanted(String(context.getNodeParameter('reconcileMonth', item, '') ?? ''), now, zone);
			const mode = context.getNodeParameter('reconcileMode', item) as ReconcileMode;
			const reconciled = await reconcileMonth(store, month, mode, { actor: actorOf(context, item), now }, (done, of) => context.logger.info(`reconciliation ${month}: ${done} of ${of} outlets`));
			if (reconciled.length === 0) throw new RuleViolation('CONDITION_NOT_MET', `${month} 没有网点上报使用统计或返厂旧件`, '请核对月份；网点上报以后再对帐', 'P-041');
			const outlets = new Map((await store.load('outlet', 'no', reconciled.map(({ outlet }) => outlet))).map((row) => [String(row['no']), row]));
			for (const each of reconciled) results.push({ ...(await shown(context, store, each, { month, zone, outlet: outlets.get(each.outlet), withWorkbook: context.getNodeParameter('reconcileWorkbooks', item) === true })), pairedItem: { item } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

type About = { readonly month: string; readonly zone: string; readonly outlet: Row | undefined; readonly withWorkbook: boolean };

async function shown(context: IExecuteFunctions, store: Store, each: Reconciled, { month, zone, outlet, withWorkbook }: About): Promise<INodeExecutionData> {
	const about = { outlet: each.outlet, month, outletName: outlet?.['name'], outletMail: outlet?.['mail'] };
	if ('refused' in each) return { json: { ...about, settled: false, reason: `${each.refused.message}；${each.refused.way}` } as IDataObject };
	const { lines: _lines, ...statement } = present(documentOf('reconciliation'), each.statement, zone);
	const json = { ...statement, ...about, settled: true } as IDataObject;
	if (!withWorkbook) return { json };
	const file = await writeWorkbook(await buildStatement(store, each.statement, zone));
	return { json, binary: { statement: await context.helpers.prepareBinaryData(file, `返厂废旧件对帐单-${each.outlet}-${month}.xlsx`, XLSX) } };
}
