import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Store } from '../../engine/store';
import { withStore } from './services';
import { failedItem, toNodeError } from './toNodeError';

/**
 * Runs a node's work with the database open. When all of it fails (no database, no credential) and the flow is to continue,
 * every item fails: n8n would pass the input on as a success if the node threw.
 */
export async function runNode(context: IExecuteFunctions, work: (store: Store) => Promise<INodeExecutionData[][]>): Promise<INodeExecutionData[][]> {
	try {
		return await withStore(context, work);
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
		return [context.getInputData().map((_item, index) => failedItem(context.getNode(), error, index))];
	}
}
