import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { partsPapers } from '../../domain/parts';
import { warehousePapers } from '../../domain/warehouse';
import { documentProperties } from '../shared/documentProperties';
import { runDocument } from '../shared/runDocument';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { RECONCILE, reconcileAll, reconcileOperation, reconcileProperties } from './reconcileAll';
import { makeStatements, STATEMENT, statementOperation, statementProperties } from './makeStatements';

/** Outlets and their parts; then what the warehouse works with, in the order of its day. */
const partsKinds = partsPapers.map(({ kind }) => kind).filter((kind) => kind !== 'reconciliation' && kind !== 'outlet_entry');
const warehouseKinds = warehousePapers.map(({ kind }) => kind);

const byHand: Readonly<Record<string, typeof runDocument>> = { [STATEMENT]: makeStatements, [RECONCILE]: reconcileAll };

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
		properties: documentProperties(['reconciliation', ...partsKinds, ...warehouseKinds], [...statementProperties, ...reconcileProperties], { reconciliation: [statementOperation, reconcileOperation] }),
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const run = byHand[this.getNodeParameter('operation', 0) as string] ?? runDocument;
		return await runNode(this, async (store) => [await run(this, store)]);
	}
}
