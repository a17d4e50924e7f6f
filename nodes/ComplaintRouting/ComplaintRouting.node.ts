import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { documentOf } from '../../engine/registry';
import { documentProperties } from '../shared/documentProperties';
import { runDocument } from '../shared/runDocument';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { holders, namedOutputs } from './namedOutputs';

export class ComplaintRouting implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Complaint Routing',
		name: 'complaintRouting',
		icon: { light: 'file:complaintRouting.svg', dark: 'file:complaintRouting.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Registers complaints (客户投诉), weighs them and routes each to the output of its holder',
		defaults: { name: 'Complaint Routing' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${namedOutputs})($parameter)}}`,
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: [
			{
				displayName: 'Outputs',
				name: 'holders',
				type: 'multiOptions',
				options: holders,
				default: ['service_director', 'deputy_gm', 'gm_office'],
				description: 'One output for each holder; complaints of other holders leave by "Other Holders"',
			},
			...documentProperties(['complaint']),
		],
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, async (store) => {
			const items = await runDocument(this, store);
			const routes = this.getNodeParameter('holders', 0) as string[];
			const outputs: INodeExecutionData[][] = [...routes.map(() => []), []];
			for (const item of items) outputs[outputOf(routes, item.json)]?.push(item);
			return outputs;
		});
	}
}

/** Items without a known holder, such as failed ones and form pages, leave by the last output. */
function outputOf(routes: readonly string[], json: IDataObject): number {
	const isComplaint = typeof json['state'] === 'string' && Object.hasOwn(documentOf('complaint').states, json['state']);
	const index = isComplaint ? routes.indexOf(String(json['holderRole'])) : -1;
	return index === -1 ? routes.length : index;
}
