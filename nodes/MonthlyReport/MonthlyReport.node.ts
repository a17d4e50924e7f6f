import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { givenFor, SYSTEM } from '../../engine/engine';
import { buildMonthlyReport, monthWanted } from '../../engine/reports';
import type { Store } from '../../engine/store';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { failedItem, toNodeError } from '../shared/toNodeError';

export class MonthlyReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Monthly Report',
		name: 'monthlyReport',
		icon: { light: 'file:monthlyReport.svg', dark: 'file:monthlyReport.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["month"] || "last month" }}',
		description: 'Builds the month\'s Excel report (售后月报表): calls, limits kept, parts, complaints',
		defaults: { name: 'Monthly Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: [
			{ displayName: 'Month', name: 'month', type: 'string', default: '', placeholder: '2025-05', description: 'Leave empty for last month' },
			{ displayName: 'Output Field', name: 'field', type: 'string', default: 'report', description: 'Name of the binary field with the workbook' },
		],
	};

	methods = { credentialTest: { testDatabase } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, async (store) => [await buildReports(this, store)]);
	}
}

async function buildReports(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [item] of context.getInputData().entries()) {
		try {
			const now = new Date().toISOString();
			const { calendar } = await givenFor(store, { actor: SYSTEM, now });
			const month = monthWanted(context.getNodeParameter('month', item) as string, now, calendar.zone);
			const file = await writeWorkbook(await buildMonthlyReport(store, month, now, calendar.zone));
			const name = `售后月报表-${month}.xlsx`;
			const field = context.getNodeParameter('field', item) as string;
			results.push({ json: { month, fileName: name, builtAt: now }, binary: { [field]: await context.helpers.prepareBinaryData(file, name, XLSX) }, pairedItem: { item } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}
