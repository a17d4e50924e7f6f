import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { DocumentDeclaration } from '../../domain/document/document';
import { apply, companyZone, givenFor } from '../../engine/engine';
import { formPage } from '../../engine/formPage';
import { present } from '../../engine/present';
import { documentOf } from '../../engine/registry';
import { within, type Store } from '../../engine/store';
import { readable } from '../../engine/visibility';
import { FORM, LIST } from './documentProperties';
import { isPrint } from './printProperties';
import { printPapers } from './printPapers';
import { toStored } from '../../engine/toStored';
import { ADDITIONAL } from './fieldProperties';
import { actorOf, codeOf } from './readCode';
import { failedItem, toNodeError } from './toNodeError';

/** Runs the chosen operation for all input items: an event is one transaction for those of one acting person. */
export async function runDocument(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const document = documentOf(context.getNodeParameter('resource', 0) as string);
	const operation = context.getNodeParameter('operation', 0) as string;
	const indexes = context.getInputData().map((_item, index) => index);
	if (operation === LIST) return await list(context, store, document, 0);
	if (operation === FORM) return await prepareForms(context, store, document, indexes);
	if (isPrint(operation)) return await printPapers(context, store);
	return await fireEvent(context, store, document, operation, indexes);
}

async function fireEvent(context: IExecuteFunctions, store: Store, document: DocumentDeclaration, operation: string, indexes: readonly number[]): Promise<INodeExecutionData[]> {
	const zone = await companyZone(store);
	const results: INodeExecutionData[] = [];
	const readable = indexes.flatMap((item) => attempt(context, item, results, () => ({ item, actor: actorOf(context, item), ...readItem(context, document, operation, item) })));
	const groups = [...Map.groupBy(readable, ({ actor }) => actor)];
	const now = new Date().toISOString();
	const fire = async (target: Store, mode: 'all' | 'each') => {
		for (const [actor, group] of groups) {
			const outcomes = await applyOrExplain(context, group.map(({ item }) => item), () => apply(target, document.kind, operation, group, { actor, now, mode }));
			outcomes.forEach((outcome, position) => {
				const item = (group[position] as { item: number }).item;
				results[item] = 'error' in outcome || !outcome.ok ? failedItem(context.getNode(), 'error' in outcome ? outcome.error : outcome.violation, item) : { json: { ...present(document, outcome.document, zone), repeated: outcome.repeated } as IDataObject, pairedItem: { item } };
			});
		}
	};
	if (context.continueOnFail() || groups.length < 2) await fire(store, context.continueOnFail() ? 'each' : 'all');
	else await store.transaction((transaction) => fire(within(transaction, store), 'all')); // several people, still all or nothing
	return results;
}

/** Under Continue On Fail an item that cannot be read fails by itself, before anything is written. */
function attempt<T>(context: IExecuteFunctions, item: number, results: INodeExecutionData[], work: () => T): T[] {
	try {
		return [work()];
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
		results[item] = failedItem(context.getNode(), error, item);
		return [];
	}
}

type Failed = { readonly error: unknown };

/** An error of the whole batch names its item; under Continue On Fail it is the error of every item. */
async function applyOrExplain<T>(context: IExecuteFunctions, group: readonly number[], work: () => Promise<T[]>): Promise<(T | Failed)[]> {
	try {
		return await work();
	} catch (error) {
		if (context.continueOnFail()) return group.map(() => ({ error }));
		throw toNodeError(context.getNode(), error, group[(error as { index?: number }).index ?? 0]);
	}
}

function readItem(context: IExecuteFunctions, document: DocumentDeclaration, operation: string, index: number) {
	const event = document.events[operation];
	if (event === undefined) throw toNodeError(context.getNode(), new Error(`"${document.kind}" has no operation "${operation}"`), index);
	const required = Object.entries(event.input).filter(([, field]) => !field.optional);
	const hasMore = required.length < Object.keys(event.input).length;
	const values = {
		...Object.fromEntries(required.map(([key]) => [key, context.getNodeParameter(key, index, undefined, { extractValue: true })])),
		...(hasMore ? (context.getNodeParameter(ADDITIONAL, index, {}) as IDataObject) : {}),
	};
	const { requestKey } = context.getNodeParameter('options', index, {}) as { requestKey?: string };
	const needsNumber = !event.from.includes('new');
	return {
		no: needsNumber ? codeOf(context.getNodeParameter('no', index, '', { extractValue: true })) : null,
		input: toStored(event.input, values),
		key: requestKey === undefined || requestKey === '' ? null : `${document.kind}.${operation}:${requestKey}`,
	};
}


async function list(context: IExecuteFunctions, store: Store, document: DocumentDeclaration, index: number): Promise<INodeExecutionData[]> {
	const states = context.getNodeParameter('states', index, []) as string[];
	const limit = context.getNodeParameter('limit', index, 50) as number;
	const { actor, calendar } = await givenFor(store, { actor: actorOf(context, index), now: new Date().toISOString() });
	const where = [...(states.length === 0 ? [] : [{ column: 'state', is: 'in' as const, value: states }]), ...(await readable(store, document, actor))];
	const rows = await store.list(document.kind, { where, orderBy: [{ column: 'createdAt', descending: true }], limit });
	return rows.map((row) => ({ json: present(document, row, calendar.zone) as IDataObject, pairedItem: { item: index } }));
}

async function prepareForms(context: IExecuteFunctions, store: Store, document: DocumentDeclaration, indexes: readonly number[]): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const item of indexes) {
		try {
			const page = await formPage(store, document, context.getNodeParameter('formEvent', item) as string, actorOf(context, item));
			results.push({ json: { ...page } as IDataObject, pairedItem: { item } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}
