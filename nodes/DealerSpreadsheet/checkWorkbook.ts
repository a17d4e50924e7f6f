import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { stopsSheet } from '../../domain/import/finding';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { localTime } from '../../domain/shared/zonedTime';
import { companyZone } from '../../engine/engine';
import { importTables, type ImportMode, type ImportResult } from '../../engine/importSheets';
import { breathe } from '../../engine/inSteps';
import type { Store } from '../../engine/store';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { tablesReader } from '../../spreadsheet/readTables';
import { actorOf } from '../shared/readCode';
import { failedItem } from '../shared/toNodeError';
import { expectedIn, type Expected } from './contents';
import { fileOf } from './fileOf';
import { rowItems } from './rowItems';

type Checked = { accepted: INodeExecutionData[]; rejected: INodeExecutionData[]; result: INodeExecutionData };

/** Name of the binary field with the marked workbook. */
const MARKED = 'errorWorkbook';

/** In the result; rejected rows and the marked workbook have all of them. */
const findingsInResult = 1_000;

/**
 * Reads, checks and stores one file of an item.
 * @throws WorkbookError for a file that cannot be read, RuleViolation for an unknown outlet or month, StoreError
 */
export async function checkWorkbook(context: IExecuteFunctions, store: Store, item: number, field: string): Promise<Checked> {
	const expected = await expectedIn(context, store, item);
	const { targets, outlet, month } = expected;
	const mode = context.getNodeParameter('mode', item) as ImportMode;
	const { key, fileName, bareName, source } = await opened(context, item, field, expected);
	const imported = await importTables(store, source, targets, mode, { actor: actorOf(context, item), now: new Date().toISOString() }, { key, name: fileName });
	const { findings, before } = imported;
	const uploadedBefore = before === null ? null : localTime(before.at, await companyZone(store));
	const summary = { ...summaryOf(imported, mode, fileName, uploadedBefore), uploadedBefore, month, outlet: outlet?.['no'] ?? null, outletName: outlet?.['name'] ?? null, outletMail: outlet?.['mail'] ?? null };
	const listed = { findings: findings.slice(0, findingsInResult), findingsLeftOut: Math.max(0, findings.length - findingsInResult), mapping: imported.mapping };
	const result: INodeExecutionData = { json: { ...summary, ...listed } as unknown as IDataObject, pairedItem: { item } };
	if (findings.some(({ level }) => level === 'error')) {
		const { bytes } = await fileOf(context, item, field);
		const marked = await annotateWorkbook(bytes, findings, { title: fileName, accepted: imported.accepted.length, rejected: imported.rejected.length });
		result.binary = { [MARKED]: await context.helpers.prepareBinaryData(marked, `${bareName}-检查结果.xlsx`, XLSX) };
	}
	if (context.getNodeParameter('stopWhenRejected', item, false) === true && (imported.rejected.length > 0 || sheetErrors(imported).length > 0 || imported.accepted.length === 0)) return { accepted: [], rejected: [], result: { ...result, ...failedItem(context.getNode(), new RuleViolation('CONDITION_NOT_MET', summary.message, '改正后请重新上传'), item) } };
	return { accepted: await rowItems(context, imported.accepted, item), rejected: await rowItems(context, imported.rejected, item), result };
}

/** A file ready to be read; its bytes are not kept meanwhile. */
async function opened(context: IExecuteFunctions, item: number, field: string, expected: Expected) {
	const { bytes, fileName, bareName } = await fileOf(context, item, field);
	const key = keyOf(bytes, expected);
	await breathe();
	return { key, fileName, bareName, source: tablesReader(bytes, expected.targets.map(({ layout }) => layout), { fileName }) };
}

/** A mail without a file to read: its sender is told. */
export async function withoutFile(context: IExecuteFunctions, store: Store, item: number): Promise<INodeExecutionData> {
	const { outlet, month } = await expectedIn(context, store, item);
	const message = '没有找到可以读取的附件，请把 .xlsx、.xls 或 .csv 文件作为附件重新发送。';
	return { json: { fileName: '', accepted: 0, rejected: 0, stored: 0, known: 0, warnings: 0, message, month, outlet: outlet?.['no'], outletName: outlet?.['name'], outletMail: outlet?.['mail'], findings: [], mapping: [] } as unknown as IDataObject, pairedItem: { item } };
}

/** The same file for another outlet or month is another upload. */
const keyOf = (bytes: Buffer, { content, outlet, month }: Expected): string => createHash('sha256').update(JSON.stringify([content, outlet?.['no'] ?? null, month])).update(bytes).digest('hex');

/** What keeps a whole sheet from being read. */
const sheetErrors = ({ findings }: ImportResult): string[] => findings.filter(stopsSheet).map(({ sheet, message }) => `《${sheet}》整张没有读取：${message}`);

/** The first few rows at fault, as people find them in Excel. */
const firstErrors = ({ findings }: ImportResult): string[] =>
	findings.filter((each) => each.level === 'error' && !stopsSheet(each)).slice(0, 3).map(({ sheet, row, header, message }) => `${sheet}第 ${row} 行${header === null ? '' : `“${header}”`}：${message}`);

function summaryOf(result: ImportResult, mode: ImportMode, fileName: string, uploadedBefore: string | null) {
	const { accepted, rejected, findings, stored, known } = result;
	const warnings = findings.filter(({ level }) => level === 'warning');
	return { fileName, accepted: accepted.length, rejected: rejected.length, stored, known, warnings: warnings.length, message: sentence() };

	function sentence(): string {
		const parts = [
			uploadedBefore === null ? '' : `这个文件 ${uploadedBefore} 已经上传过`,
			...sheetErrors(result),
			mode === 'check' ? `检查通过 ${accepted.length} 行（未保存）` : `接收 ${stored} 行`,
			...warnings.slice(0, 3).map(({ sheet, header, message }) => `${sheet}${header === null ? '' : `“${header}”`}：${message}`),
			known > 0 ? `${known} 行以前已登记，内容相同，未重复登记` : '',
			rejected.length > 0 ? `退回 ${rejected.length} 行` : '',
			...firstErrors(result),
			stored === 0 && (mode === 'whole' || sheetErrors(result).length > 0) && (rejected.length > 0 || sheetErrors(result).length > 0) ? '本次没有保存任何一行' : '',
		];
		return `《${fileName}》：${parts.filter((part) => part !== '').join('；')}。`;
	}
}
