import { readFile } from 'node:fs/promises';
import type { IDataObject, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { PAGES_PATH } from '../../engine/pageLinks';
import type { SentFile } from '../../pages/eventForm';
import { answerPage, type PageRequest } from '../../pages/site';
import { testDatabase, withStore } from '../shared/services';

const PATH = '={{ $parameter["path"] }}';

export class ServicePagesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Service Pages Trigger',
		name: 'servicePagesTrigger',
		icon: { light: 'file:servicePages.svg', dark: 'file:servicePages.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "/" + $parameter["path"] }}',
		description: 'Web pages for staff and customers: reception desk, dispatch board, technician jobs with drawn signature, job status (工作页)',
		eventTriggerDescription: 'Waiting for somebody to use a page',
		activationMessage: 'The pages are live at the production address of this node.',
		defaults: { name: 'Service Pages' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', isFullPath: true, path: PATH },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', isFullPath: true, path: PATH },
		],
		properties: [
			{
				displayName: 'Staff sign in with a link sent to their mail address; links in job mails open that job only. Let the flow send the outbox after this node, so that mails leave at once.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{ displayName: 'Path', name: 'path', type: 'string', default: 'fuwu', required: true, description: 'Below the webhook address. Mails link to "fuwu" unless the setting general.page_url says otherwise.' },
		],
	};

	methods = { credentialTest: { testDatabase } };

	/** n8n itself answers at the path; there is no third party to register with. */
	webhookMethods = { default: { checkExists: async () => true, create: async () => true, delete: async () => true } };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject();
		const now = new Date().toISOString();
		const address = this.getNodeWebhookUrl('default') ?? `/webhook/${PAGES_PATH}`;
		const answer = await withStore(this, async (store) => await answerPage(store, await requestOf(this), { now, address }));
		response.writeHead(answer.status, answer.headers).end(answer.body);
		if (answer.changed.length === 0) return { noWebhookResponse: true };
		return { noWebhookResponse: true, workflowData: [answer.changed.map((changed) => ({ json: changed as unknown as IDataObject }))] };
	}
}

type Body = { readonly data?: IDataObject; readonly files?: Readonly<Record<string, Upload | Upload[]>> };
type Upload = { readonly filepath: string; readonly originalFilename?: string | null; readonly mimetype?: string | null };

/** What the browser sent; a form with files comes parsed by n8n, its files in temporary places. */
async function requestOf(context: IWebhookFunctions): Promise<PageRequest> {
	const query = Object.fromEntries(Object.entries(context.getQueryData() as IDataObject).map(([key, value]) => [key, String(Array.isArray(value) ? value[0] : value)]));
	const isPost = context.getRequestObject().method === 'POST';
	const body = isPost ? (context.getBodyData() as Body & IDataObject) : {};
	const isMultipart = isPost && String(context.getHeaderData()['content-type'] ?? '').startsWith('multipart/');
	const fields = (isMultipart ? (body.data ?? {}) : body) as PageRequest['fields'];
	const files = isMultipart ? await filesOf(body.files ?? {}) : [];
	return { method: isPost ? 'POST' : 'GET', query, fields, files };
}

async function filesOf(uploads: NonNullable<Body['files']>): Promise<SentFile[]> {
	const all = Object.entries(uploads).flatMap(([field, value]) => [value].flat().map((upload) => ({ field, upload })));
	return await Promise.all(
		all.map(async ({ field, upload }) => ({ field, name: upload.originalFilename ?? '文件', mimeType: upload.mimetype ?? 'application/octet-stream', content: await readFile(upload.filepath) })),
	);
}
