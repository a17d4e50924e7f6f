export type WorkbookErrorCode =
	| 'EMPTY_FILE'
	| 'ENCRYPTED'
	| 'NOT_A_WORKBOOK'
	| 'DAMAGED'
	| 'TOO_LARGE'
	| 'BOMB'
	| 'TOO_MANY_ROWS'
	| 'TOO_MANY_COLUMNS'
	| 'TIMEOUT'
	| 'OUT_OF_MEMORY';

const saveAsXlsx = '请上传 .xlsx、.xls 或 .csv 文件；其他文件请用 Excel 或 WPS 打开后另存为 .xlsx 再上传';

/** What the reader of the message can do about it, by code. */
const wayOut: Record<WorkbookErrorCode, string> = {
	EMPTY_FILE: '请检查原文件是否正常，重新导出或保存后再上传',
	ENCRYPTED: '请用 Excel 或 WPS 打开，取消打开密码后保存再上传',
	NOT_A_WORKBOOK: saveAsXlsx,
	DAMAGED: '文件可能没有传完整。请重新上传；仍不行时用 Excel 或 WPS 打开并修复，另存为 .xlsx 再上传',
	TOO_LARGE: '请删除图片、多余的工作表和空白格式，或拆成几个文件后再上传',
	BOMB: '为安全起见没有打开。请向发件人核实；如确是正常文件，请用 Excel 或 WPS 打开，只复制有数据的区域到新文件后再上传',
	TOO_MANY_ROWS: '请按月份或网点拆成几个文件后再上传',
	TOO_MANY_COLUMNS: '请删除表格右侧多余的列后再上传',
	TIMEOUT: '请拆成几个较小的文件后再试',
	OUT_OF_MEMORY: '请删除多余的工作表、格式和图片，或拆成几个文件后再试',
};

/** A workbook that cannot be read or written; `message` names the file and what was found, `description` says what to do. */
export class WorkbookError extends Error {
	override readonly name = 'WorkbookError';

	readonly description: string;

	constructor(
		readonly code: WorkbookErrorCode,
		message: string,
	) {
		super(message);
		this.description = wayOut[code];
	}
}
