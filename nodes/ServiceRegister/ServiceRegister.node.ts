import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runDailyChecks } from '../../engine/dailyChecks';
import { fireDueClocks } from '../../engine/engine';
import { documents } from '../../engine/registry';
import type { Store } from '../../engine/store';
import { documentProperties } from '../shared/documentProperties';
import { KEEP_FILE, keepFile, keepFileOperation, keepFileProperties } from '../shared/keepFile';
import { paperProperties, PAPERS } from '../shared/printProperties';
import { printPapers } from '../shared/printPapers';
import { runDocument } from '../shared/runDocument';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';

const DEADLINES = 'deadlines';

const registerProperties = documentProperties(documents.map(({ kind }) => kind), keepFileProperties, { attachment: [keepFileOperation] });
const [resource, ...others] = registerProperties;

export class ServiceRegister implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Service Register',
		name: 'serviceRegister',
		icon: { light: 'file:serviceRegister.svg', dark: 'file:serviceRegister.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Every paper of the after-sales service: any event, lists, form pages, printed papers and passed deadlines',
		defaults: { name: 'Service Register' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: [
			{ ...resource, options: [...(resource?.options ?? []), { name: 'Deadlines 到期事项', value: DEADLINES }, { name: 'Papers 打印', value: PAPERS }] } as INodeTypeDescription['properties'][number],
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [DEADLINES] } },
				options: [{ name: 'Act on Passed Deadlines', value: 'fireDue', action: 'Act on passed deadlines', description: '处理已过期限的单据：超时标记、默认确认、催办；提醒缺报的报表；每项只处理一次' }],
				default: 'fireDue',
			},
			...others,
			...paperProperties,
		],
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const work = resource === DEADLINES ? fireDeadlines : resource === PAPERS ? printPapers : this.getNodeParameter('operation', 0) === KEEP_FILE ? keepFile : runDocument;
		return await runNode(this, async (store) => [await work(this, store)]);
	}
}

async function fireDeadlines(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const now = new Date().toISOString();
	const fired = await fireDueClocks(store, now);
	const reminders = await runDailyChecks(store, now);
	return context.getInputData().map(({ json }, item) => ({ json: { ...json, fired: fired as unknown as IDataObject[], count: fired.length, reminders }, pairedItem: { item } }));
}
