import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { purposes } from '../../domain/service/attachment';
import { keepFiles, type NewFile } from '../../engine/attachments';
import type { Store } from '../../engine/store';
import { actorOf, codeOf } from './readCode';
import { failedItem, toNodeError } from './toNodeError';

export const KEEP_FILE = 'keepFile';

export const keepFileOperation = { name: 'Keep a File', value: KEEP_FILE, action: 'Keep a file with a paper', description: '把上传的文件作为附件归到单据；没有文件时原样通过' };

const displayOptions = { show: { resource: ['attachment'], operation: [KEEP_FILE] } };

export const keepFileProperties: INodeProperties[] = [
	{ displayName: 'Paper', name: 'filePaper', type: 'string', default: '', required: true, placeholder: 'FX202506-0001', description: 'Number of the paper the file belongs to', displayOptions },
	{ displayName: 'Purpose', name: 'filePurpose', type: 'options', options: Object.entries(purposes).map(([value, name]) => ({ name, value })), default: 'other', displayOptions },
	{ displayName: 'Input File Field', name: 'fileField', type: 'string', default: 'file', required: true, description: 'Name of the input field with the file; an item without it passes unchanged', displayOptions },
];

/** Keeps the file of each item with its paper, the same file once; `attachment` is its number, null where there was none. @rule V-050 */
export async function keepFile(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [item, { json, binary }] of context.getInputData().entries()) {
		try {
			const field = context.getNodeParameter('fileField', item) as string;
			const file = binary?.[field];
			const kept = file === undefined ? null : await keep(context, store, item, { field, name: file.fileName ?? '附件', mimeType: file.mimeType });
			results.push({ json: { ...json, attachment: kept }, pairedItem: { item } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

async function keep(context: IExecuteFunctions, store: Store, item: number, { field, name, mimeType }: { field: string; name: string; mimeType: string }): Promise<string | null> {
	const content = await context.helpers.getBinaryDataBuffer(item, field);
	const purpose = context.getNodeParameter('filePurpose', item) as NewFile['purpose'];
	const paper = codeOf(context.getNodeParameter('filePaper', item));
	const [no = null] = await keepFiles(store, paper, [{ purpose, name, mimeType, content }], { actor: actorOf(context, item), now: new Date().toISOString() });
	return no;
}
