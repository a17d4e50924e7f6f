import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runNode } from '../shared/runNode';
import { testDatabase, testSmtp } from '../shared/services';
import { queueItems, sendItems, sendOutbox } from './send';

export class ServiceNotice implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Service Notice',
		name: 'serviceNotice',
		icon: { light: 'file:serviceNotice.svg', dark: 'file:serviceNotice.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Sends mails once and only once: those the rules ask for, and workbooks of the flow',
		defaults: { name: 'Service Notice' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' },
			{ name: 'afterSalesSmtpApi', required: true, testedBy: 'testSmtp', displayOptions: { show: { operation: ['send', 'sendOutbox'] } } },
		],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Put Into Outbox', value: 'queue', action: 'Put a mail into the outbox', description: 'Needs no mail server: the outbox flow sends it within a minute' },
					{ name: 'Send Mail', value: 'send', action: 'Send a mail with files once', description: 'One mail per item; the key decides whether it was sent before' },
					{ name: 'Send Outbox', value: 'sendOutbox', action: 'Send what waits in the outbox', description: 'Task mails, reminders and anything that could not be sent earlier; the input item is passed on' },
				],
				default: 'sendOutbox',
			},
			{
				displayName: 'Key',
				name: 'key',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'monthly-report:2025-05',
				description: 'What this mail is: the same key is sent once, however often the flow runs',
				displayOptions: { show: { operation: ['queue', 'send'] } },
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'string',
				default: '',
				placeholder: 'name@example.com, other@example.com',
				description: 'Addresses, or roles such as 总经理 (all active people with that role)',
				displayOptions: { show: { operation: ['queue', 'send'] } },
			},
			{ displayName: 'Subject', name: 'subject', type: 'string', default: '', required: true, displayOptions: { show: { operation: ['queue', 'send'] } } },
			{ displayName: 'Text', name: 'text', type: 'string', typeOptions: { rows: 4 }, default: '', description: 'A line "name：value" becomes a row of a table', displayOptions: { show: { operation: ['queue', 'send'] } } },
			{
				displayName: 'Attachments',
				name: 'attachments',
				type: 'string',
				default: '',
				placeholder: 'report, errorWorkbook',
				description: 'Names of binary fields; those an item does not have are left out',
				displayOptions: { show: { operation: ['queue', 'send'] } },
			},
			{
				displayName: 'Fail When Not Sent',
				name: 'failWhenNotSent',
				type: 'boolean',
				default: true,
				description: 'Whether the node fails when the mail server refuses. Off: the mail waits in the outbox and the flow goes on.',
				displayOptions: { show: { operation: ['send', 'sendOutbox'] } },
			},
		],
	};

	methods = { credentialTest: { testDatabase, testSmtp } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const work = { queue: queueItems, send: sendItems, sendOutbox }[this.getNodeParameter('operation', 0) as 'send'];
		return await runNode(this, async (store) => [await work(this, store)]);
	}
}
