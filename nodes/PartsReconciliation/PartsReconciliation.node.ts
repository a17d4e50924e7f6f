import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { warehousePapers } from '../../domain/warehouse';
import { documentProperties } from '../shared/documentProperties';
import { runDocument } from '../shared/runDocument';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { makeStatements, STATEMENT, statementOperation, statementProperties } from './makeStatements';

/** What the warehouse works with, in the order of its day. */
const warehouseKinds = warehousePapers.map(({ kind }) => kind);

export class PartsReconciliation implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Parts Reconciliation',
		name: 'partsReconciliation',
		icon: { light: 'file:partsReconciliation.svg', dark: 'file:partsReconciliation.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Outlets\' usage statements, returned parts and the monthly reconciliation (配件核销); the warehouse: receipts, issues, counts (仓库)',
		defaults: { name: 'Parts Reconciliation' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: documentProperties(['reconciliation', 'usage_line', 'old_part', ...warehouseKinds], statementProperties, { reconciliation: [statementOperation] }),
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const isStatement = this.getNodeParameter('operation', 0) === STATEMENT;
		return await runNode(this, async (store) => [await (isStatement ? makeStatements(this, store) : runDocument(this, store))]);
	}
}
