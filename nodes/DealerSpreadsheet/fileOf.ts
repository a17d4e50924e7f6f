import type { IExecuteFunctions } from 'n8n-workflow';

/** Every file of an item that may be a spreadsheet, as the attachments of a mail. */
const EVERY = '*';
const spreadsheet = /\.(?:xls[xmb]?|xlt[xm]?|csv|tsv|txt|html?|xml)$/i;

/** Names of the fields whose files are meant. */
export function fileFields(context: IExecuteFunctions, item: number): string[] {
	const field = (context.getNodeParameter('fileField', item) as string).trim();
	if (field !== EVERY) return [field];
	return Object.entries(context.getInputData()[item]?.binary ?? {}).flatMap(([name, { fileName }]) => (spreadsheet.test(fileName ?? '') ? [name] : []));
}

/** The file of an item; `bareName` is its name without the ending. */
export async function fileOf(context: IExecuteFunctions, item: number, field: string): Promise<{ bytes: Buffer; fileName: string; bareName: string }> {
	const { fileName = '上传的文件.xlsx' } = context.helpers.assertBinaryData(item, field);
	const bytes = await context.helpers.getBinaryDataBuffer(item, field);
	return { bytes, fileName, bareName: fileName.replace(spreadsheet, '') };
}
