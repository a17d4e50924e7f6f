import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { failedItem, toNodeError } from '../shared/toNodeError';
import { checkWorkbook, withoutFile } from './checkWorkbook';
import { outletProperties } from './contents';
import { fileFields } from './fileOf';
import { previewWorkbook } from './previewWorkbook';

export class DealerSpreadsheet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dealer Spreadsheet',
		name: 'dealerSpreadsheet',
		icon: { light: 'file:dealerSpreadsheet.svg', dark: 'file:dealerSpreadsheet.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["content"] + ": " + $parameter["mode"] }}',
		description: 'Checks dealers\' spreadsheets (.xlsx, .xls, .csv) row by row, stores what is sound and gives back a marked workbook',
		defaults: { name: 'Dealer Spreadsheet' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Accepted', 'Rejected', 'Result'],
		usableAsTool: true,
		credentials: [{ name: 'afterSalesDatabaseApi', required: true, testedBy: 'testDatabase' }],
		properties: [
			{
				displayName: 'Content',
				name: 'content',
				type: 'options',
				options: [
					{ name: 'Dealer Month-End 配件月结', value: 'dealerMonth', description: 'Usage statement and list of returned parts' },
					{ name: 'Everything an Outlet Sends 网点上报', value: 'outletPapers', description: 'Usage, returned parts, repair and installation records, return visits, faults, stock count, parts request: a sheet each' },
					{ name: 'Freight 物流单据', value: 'freight', description: 'Courier slips and the courier\'s bill: a sheet each' },
					{ name: 'Mail-In Repair Applications 维护返修申请', value: 'rmaApplications', description: 'A device a row; what is missing is asked for by mail' },
					{ name: 'Master Data 基础资料', value: 'masterData', description: 'People, customers, products, outlets, parts, prices, settings: a sheet each' },
					{ name: 'Opening Stock 期初库存', value: 'openingStock', description: 'What lies in the warehouse on the first day, by lot' },
					{ name: 'QA Results 旧件检测结果', value: 'qaResults', description: 'What QA found on an outlet\'s returned parts' },
					{ name: 'Stock Count 盘点表', value: 'stockCount', description: 'A count sheet that was filled in; choose to store the whole file' },
				],
				default: 'dealerMonth',
			},
			{ displayName: 'Input File Field', name: 'fileField', type: 'string', default: 'file', required: true, hint: 'The name of the input field with the file (.xlsx, .xls or .csv); * for every such file of the item, as with mails' },
			...outletProperties,
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				options: [
					{ name: 'Check Only', value: 'check', description: 'Store nothing: shows what is wrong' },
					{ name: 'Preview Mapping', value: 'preview', description: 'Store nothing: shows as what each sheet and column would be read, an item for each column' },
					{ name: 'Store Sound Rows', value: 'rows', description: 'Rows with problems come back, the others are stored' },
					{ name: 'Store Whole File Or Nothing', value: 'whole' },
				],
				default: 'rows',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{ name: 'Automatic', value: 'auto', description: 'An item for each row up to 1,000 rows, above that items of 1,000 rows' },
					{ name: 'Batches of Rows', value: 'batches', description: 'Items with a list "rows"' },
					{ name: 'Rows', value: 'rows', description: 'An item for each row, however many there are' },
					{ name: 'Summary Only', value: 'summary', description: 'No rows, only the result' },
				],
				default: 'auto',
				displayOptions: { hide: { mode: ['preview'] } },
			},
			{ displayName: 'Rows per Item', name: 'batchSize', type: 'number', typeOptions: { minValue: 1, maxValue: 10_000 }, default: 1000, displayOptions: { show: { output: ['batches'] }, hide: { mode: ['preview'] } } },
			{
				displayName: 'Stop When Rows Are Rejected',
				name: 'stopWhenRejected',
				type: 'boolean',
				default: false,
				displayOptions: { hide: { mode: ['preview'] } },
				description: 'Whether an item with a rejected row, an unreadable sheet or no row at all fails instead of going on',
			},
			{
				displayName: 'Acting Person',
				name: 'actor',
				type: 'resourceLocator',
				default: { mode: 'id', value: 'system' },
				modes: [
					{ displayName: 'By Staff No', name: 'id', type: 'string', placeholder: 'S01' },
					{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchPeople', searchable: true } },
				],
			},
		],
	};

	methods = { credentialTest: { testDatabase }, listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, async (store) => {
			const accepted: INodeExecutionData[] = [];
			const rejected: INodeExecutionData[] = [];
			const results: INodeExecutionData[] = [];
			for (const [item] of this.getInputData().entries()) {
				try {
					const fields = fileFields(this, item);
					if (fields.length === 0) results.push(await withoutFile(this, store, item));
					for (const field of fields) {
						if (this.getNodeParameter('mode', item) === 'preview') {
							results.push(...(await previewWorkbook(this, store, item, field)));
							continue;
						}
						const checked = await checkWorkbook(this, store, item, field);
						for (const row of checked.accepted) accepted.push(row);
						for (const row of checked.rejected) rejected.push(row);
						results.push(checked.result);
					}
				} catch (error) {
					if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, item);
					results.push({ ...failedItem(this.getNode(), error, item), pairedItem: { item } });
				}
			}
			return [accepted, rejected, results];
		});
	}
}
