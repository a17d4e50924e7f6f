import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { apply, companyZone } from '../../engine/engine';
import { present } from '../../engine/present';
import { documentOf } from '../../engine/registry';
import { buildStatement } from '../../engine/reports';
import type { Row, Store } from '../../engine/store';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { XLSX } from '../../spreadsheet/mimeTypes';
import { writeWorkbook } from '../../spreadsheet/writeWorkbook';
import { actorOf } from '../shared/readCode';
import { failedItem, toNodeError } from '../shared/toNodeError';

export const STATEMENT = 'makeStatement';

export const statementOperation = {
	name: 'Make Statement Workbook',
	value: STATEMENT,
	action: 'Make the month\'s statement workbook',
	description: '计算当月对帐单并生成 Excel；可同时传出',
};

const displayOptions = { show: { resource: ['reconciliation'], operation: [STATEMENT] } };

export const statementProperties: INodeProperties[] = [
	{
		displayName: 'Outlet',
		name: 'statementOutlet',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchOutlets', searchable: true } },
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'W01' },
		],
	},
	{ displayName: 'Month', name: 'statementMonth', type: 'string', default: '', placeholder: '2025-05', required: true, displayOptions },
	{
		displayName: 'Send',
		name: 'send',
		type: 'boolean',
		default: false,
		description: 'Whether the statement is final: it is agreed at once without difference, else the outlet has one working day to answer. Off: a preliminary statement.',
		displayOptions,
	},
	{
		displayName: 'Pass On When Empty',
		name: 'passEmpty',
		type: 'boolean',
		default: false,
		description: 'Whether an item whose outlet has nothing to reconcile goes on without a workbook instead of failing',
		displayOptions,
	},
	{ displayName: 'Output Field', name: 'statementField', type: 'string', default: 'statement', description: 'Name of the binary field with the workbook; other files of the input item are kept', displayOptions },
];

/** Draws up the statement of each item's outlet and month and adds its workbook to the item. */
export async function makeStatements(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	const zone = await companyZone(store);
	for (const [item, input] of context.getInputData().entries()) {
		try {
			const statement = await drawUp(context, store, item);
			const outlet = (await store.load('outlet', 'no', [String(statement['outlet'])]))[0];
			const file = await writeWorkbook(await buildStatement(store, statement, zone));
			const name = `返厂废旧件对帐单-${String(statement['outlet'])}-${String(statement['month'])}.xlsx`;
			const field = context.getNodeParameter('statementField', item) as string;
			results.push({
				json: { ...input.json, ...present(documentOf('reconciliation'), statement, zone), outletName: outlet?.['name'], outletMail: outlet?.['mail'] } as IDataObject,
				binary: { ...input.binary, [field]: await context.helpers.prepareBinaryData(file, name, XLSX) },
				pairedItem: { item },
			});
		} catch (error) {
			if (isEmpty(error) && context.getNodeParameter('passEmpty', item, false) === true) {
				results.push({ ...input, json: { ...input.json, ...nothing }, pairedItem: { item } });
				continue;
			}
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

const nothing = { creditAmountYuan: '0.00', fineAmountYuan: '0.00', pendingAmountYuan: '0.00', pending: 0 };
const isEmpty = (error: unknown): boolean => error instanceof RuleViolation && error.rule === 'P-040';

/** A statement that was already sent is shown as it is: its figures do not change any more. */
async function drawUp(context: IExecuteFunctions, store: Store, item: number): Promise<Row> {
	const outlet = String(context.getNodeParameter('statementOutlet', item, '', { extractValue: true })).normalize('NFKC').trim();
	const month = String(context.getNodeParameter('statementMonth', item)).trim();
	const options = { actor: actorOf(context, item), now: new Date().toISOString() };
	const [stored] = await store.load('reconciliation', 'no', [`DZ-${outlet}-${month.replace('-', '')}`]);
	if (stored !== undefined && stored['state'] !== 'Draft') return stored;
	const statement = await fire(store, 'drawUp', null, { outlet, month }, options);
	return context.getNodeParameter('send', item) === true ? await fire(store, 'send', String(statement['no']), {}, options) : statement;
}

async function fire(store: Store, event: string, no: string | null, input: Record<string, unknown>, options: { actor: string; now: string }): Promise<Row> {
	const [outcome] = await apply(store, 'reconciliation', event, [{ no, input }], options);
	if (outcome?.ok !== true) throw outcome?.violation ?? new Error('no outcome');
	return outcome.document;
}
