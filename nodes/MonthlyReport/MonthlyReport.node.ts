import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runNode } from '../shared/runNode';
import { listSearch } from '../shared/searches';
import { testDatabase } from '../shared/services';
import { buildReports } from './buildReports';
import { reportProperties } from './reportProperties';

export class MonthlyReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Monthly Report',
		name: 'monthlyReport',
		icon: { light: 'file:monthlyReport.svg', dark: 'file:monthlyReport.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["report"] + " " + ($parameter["month"] || $parameter["day"] || "") }}',
		description: 'Builds Excel reports: the month (售后月报表), KPI, appraisals, technicians\' weeks, directors\' days, the warehouse (库存)',
		defaults: { name: 'Monthly Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: reportProperties,
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, async (store) => [await buildReports(this, store)]);
	}
}
