import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { stopsSheet } from '../../domain/import/finding';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { dayOf, monthOf, readMonth } from '../../domain/shared/zonedTime';
import { companyZone } from '../../engine/engine';
import { importSheets, type ImportMode, type ImportResult } from '../../engine/importSheets';
import { countSheet, dealerMonth, freightSheets, masterData, openingStockSheet, qaResults, type ImportTarget } from '../../engine/importTargets';
import type { Row, Store } from '../../engine/store';
import { annotateWorkbook } from '../../spreadsheet/annotateWorkbook';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { readWorkbook } from '../../spreadsheet/readWorkbook';
import { actorOf } from '../shared/readCode';
import { failedItem } from '../shared/toNodeError';

type Checked = { accepted: INodeExecutionData[]; rejected: INodeExecutionData[]; result: INodeExecutionData };

/** Name of the binary field with the marked workbook. */
const MARKED = 'errorWorkbook';

/**
 * Reads, checks and stores the workbook of one item.
 * @throws WorkbookError for a file that cannot be read, RuleViolation for an unknown outlet or month, StoreError
 */
export async function checkWorkbook(context: IExecuteFunctions, store: Store, item: number): Promise<Checked> {
	const binary = context.helpers.assertBinaryData(item, context.getNodeParameter('fileField', item) as string);
	const bytes = await context.helpers.getBinaryDataBuffer(item, context.getNodeParameter('fileField', item) as string);
	const fileName = binary.fileName ?? '上传的文件.xlsx';
	const { targets, outlet, month } = await targetsOf(context, store, item);
	const sheets = await readWorkbook(bytes, { fileName });
	const mode = context.getNodeParameter('mode', item) as ImportMode;
	const imported = await importSheets(store, sheets, targets, mode, { actor: actorOf(context, item), now: new Date().toISOString() });
	const summary = { ...summaryOf(imported, mode, fileName), month, outlet: outlet?.['no'] ?? null, outletName: outlet?.['name'] ?? null, outletMail: outlet?.['mail'] ?? null };
	const result: INodeExecutionData = { json: { ...summary, findings: imported.findings, mapping: imported.mapping } as unknown as IDataObject, pairedItem: { item } };
	if (imported.findings.some(({ level }) => level === 'error')) {
		const marked = await annotateWorkbook(bytes, imported.findings, { title: fileName, accepted: imported.accepted.length, rejected: imported.rejected.length });
		result.binary = { [MARKED]: await context.helpers.prepareBinaryData(marked, `${fileName.replace(/\.xlsx$/i, '')}-检查结果.xlsx`, XLSX) };
	}
	if (context.getNodeParameter('stopWhenRejected', item, false) === true && (imported.rejected.length > 0 || sheetErrors(imported).length > 0 || imported.accepted.length === 0)) return { accepted: [], rejected: [], result: { ...result, ...failedItem(context.getNode(), new RuleViolation('CONDITION_NOT_MET', summary.message, '改正后请重新上传'), item) } };
	const asItem = (json: object): INodeExecutionData => ({ json: json as IDataObject, pairedItem: { item } });
	return { accepted: imported.accepted.map(asItem), rejected: imported.rejected.map(asItem), result };
}

/** What is no outlet's. */
const ofOurs: Readonly<Record<string, () => ImportTarget[]>> = { masterData, openingStock: openingStockSheet, stockCount: countSheet, freight: freightSheets };

async function targetsOf(context: IExecuteFunctions, store: Store, item: number): Promise<{ targets: ImportTarget[]; outlet: Row | undefined; month: string | null }> {
	const content = context.getNodeParameter('content', item) as string;
	const own = ofOurs[content];
	if (own !== undefined) return { targets: own(), outlet: undefined, month: null };
	const code = String(context.getNodeParameter('outlet', item, '', { extractValue: true })).normalize('NFKC').trim();
	const entered = String(context.getNodeParameter('month', item));
	const month = readMonth(entered);
	if (month === null) throw new RuleViolation('FIELD_INVALID', `月份“${entered}”无法识别`, '请按 2025-05 的格式填写');
	if (month > monthOf(dayOf(new Date().toISOString(), await companyZone(store)))) throw new RuleViolation('FIELD_INVALID', `月份 ${month} 还没有到`, '请核对月份');
	const found = await store.load('outlet', 'no', [code, code.toUpperCase()]);
	const outlet = found.find(({ no }) => no === code) ?? found[0];
	if (outlet === undefined) throw new RuleViolation('NOT_FOUND', `没有编码为“${code}”的服务网点`, '请核对网点编码（在网点协议或对帐单上），或联系售后部登记');
	const no = String(outlet['no']);
	return { targets: content === 'qaResults' ? qaResults(no, month) : dealerMonth(no, month), outlet, month };
}

/** What keeps a whole sheet from being read. */
const sheetErrors = ({ findings }: ImportResult): string[] => findings.filter(stopsSheet).map(({ sheet, message }) => `《${sheet}》整张没有读取：${message}`);

/** The first few rows at fault, as people find them in Excel. */
const firstErrors = ({ findings }: ImportResult): string[] =>
	findings.filter((each) => each.level === 'error' && !stopsSheet(each)).slice(0, 3).map(({ sheet, row, header, message }) => `${sheet}第 ${row} 行${header === null ? '' : `“${header}”`}：${message}`);

function summaryOf(result: ImportResult, mode: ImportMode, fileName: string) {
	const { accepted, rejected, findings, stored, known } = result;
	const warnings = findings.filter(({ level }) => level === 'warning');
	return { fileName, accepted: accepted.length, rejected: rejected.length, stored, known, warnings: warnings.length, message: sentence() };

	function sentence(): string {
		const parts = [
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
