import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from '../shared/searches';
import { runNode } from '../shared/runNode';
import { testDatabase } from '../shared/services';
import { failedItem, toNodeError } from '../shared/toNodeError';
import { checkWorkbook } from './checkWorkbook';

export class DealerSpreadsheet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dealer Spreadsheet',
		name: 'dealerSpreadsheet',
		icon: { light: 'file:dealerSpreadsheet.svg', dark: 'file:dealerSpreadsheet.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["content"] + ": " + $parameter["mode"] }}',
		description: 'Checks dealers\' workbooks row by row, stores what is sound and gives back a marked workbook',
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
					{ name: 'Freight 物流单据', value: 'freight', description: 'Courier slips and the courier\'s bill: a sheet each' },
					{ name: 'Master Data 基础资料', value: 'masterData', description: 'People, customers, products, outlets, parts, prices, settings: a sheet each' },
					{ name: 'Opening Stock 期初库存', value: 'openingStock', description: 'What lies in the warehouse on the first day, by lot' },
					{ name: 'QA Results 旧件检测结果', value: 'qaResults', description: 'What QA found on an outlet\'s returned parts' },
					{ name: 'Stock Count 盘点表', value: 'stockCount', description: 'A count sheet that was filled in; choose to store the whole file' },
				],
				default: 'dealerMonth',
			},
			{ displayName: 'Input File Field', name: 'fileField', type: 'string', default: 'file', required: true, hint: 'The name of the input field with the workbook (.xlsx)' },
			{
				displayName: 'Outlet',
				name: 'outlet',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				required: true,
				displayOptions: { show: { content: ['dealerMonth', 'qaResults'] } },
				modes: [
					{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchOutlets', searchable: true } },
					{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'W01' },
				],
			},
			{ displayName: 'Month', name: 'month', type: 'string', default: '', placeholder: '2025-05', required: true, displayOptions: { show: { content: ['dealerMonth', 'qaResults'] } } },
			{
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				options: [
					{ name: 'Check Only', value: 'check', description: 'Store nothing: shows how the file is read and what is wrong' },
					{ name: 'Store Sound Rows', value: 'rows', description: 'Rows with problems come back, the others are stored' },
					{ name: 'Store Whole File Or Nothing', value: 'whole' },
				],
				default: 'rows',
			},
			{
				displayName: 'Stop When Rows Are Rejected',
				name: 'stopWhenRejected',
				type: 'boolean',
				default: false,
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
					const checked = await checkWorkbook(this, store, item);
					for (const row of checked.accepted) accepted.push(row);
					for (const row of checked.rejected) rejected.push(row);
					results.push(checked.result);
				} catch (error) {
					if (!this.continueOnFail()) throw toNodeError(this.getNode(), error, item);
					results.push({ ...failedItem(this.getNode(), error, item), pairedItem: { item } });
				}
			}
			return [accepted, rejected, results];
		});
	}
}
