import type { IExecuteFunctions } from 'n8n-workflow';

/** The file of an item; `bareName` is its name without the ending. */
export async function fileOf(context: IExecuteFunctions, item: number): Promise<{ bytes: Buffer; fileName: string; bareName: string }> {
	const field = context.getNodeParameter('fileField', item) as string;
	const { fileName = '上传的文件.xlsx' } = context.helpers.assertBinaryData(item, field);
	const bytes = await context.helpers.getBinaryDataBuffer(item, field);
	return { bytes, fileName, bareName: fileName.replace(/\.(?:xls[xmb]?|xlt[xm]?|csv|tsv|txt|html?|xml)$/i, '') };
}
