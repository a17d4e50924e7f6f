import type { INodeProperties } from 'n8n-workflow';
import { documentOf } from '../../engine/registry';
import { fieldProperties } from './fieldProperties';
import { printOperations, printProperties } from './printProperties';

export const LIST = 'getMany';
export const FORM = 'prepareForm';

export type Operation = { readonly name: string; readonly value: string; readonly action: string; readonly description: string };

/**
 * Resource and operation parameters of a node for these documents: one operation per event, plus reading and form pages.
 * @param extra operations the node adds by hand, with their parameters
 */
export function documentProperties(kinds: readonly string[], extra: readonly INodeProperties[] = [], extraOperations: Readonly<Record<string, readonly Operation[]>> = {}): INodeProperties[] {
	const documents = kinds.map(documentOf);
	const [firstKind = ''] = kinds;
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: documents.map(({ kind, label }) => ({ name: `${label.en} ${label.zh}`, value: kind })),
		default: firstKind,
	};
	return [resource, ...documents.flatMap((document) => operationsOf(document.kind, extraOperations[document.kind] ?? [])), ...actorProperties(kinds), ...extra];
}

function operationsOf(kind: string, extra: readonly Operation[]): INodeProperties[] {
	const { events, label, states } = documentOf(kind);
	const onResource = { show: { resource: [kind] } };
	const entries = Object.entries(events).filter(([, { by }]) => by !== 'consequence');
	const [firstEvent = LIST] = entries.map(([name]) => name);
	const operation: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: onResource,
		options: [
			...entries.map(([value, event]) => ({ name: event.label.en, value, action: event.label.en, description: event.label.zh })),
			{ name: 'Get Many', value: LIST, action: `Get many ${label.en.toLowerCase()} papers`, description: `列出${label.zh}` },
			...(entries.length === 0 ? [] : [{ name: 'Prepare Form Page', value: FORM, action: `Prepare a form page for ${label.en.toLowerCase()}`, description: '为 n8n 表单页生成字段和下拉选项' }]),
			...printOperations(kind, label),
			...extra,
		].sort((a, b) => (a.name < b.name ? -1 : 1)),
		default: firstEvent,
	};
	return [operation, ...entries.flatMap(([name, event]) => eventProperties(kind, name, event)), ...listProperties(kind, states), ...(entries.length === 0 ? [] : [formProperty(kind, entries.map(([name]) => name))]), ...printProperties(kind)];
}

function eventProperties(kind: string, name: string, event: ReturnType<typeof documentOf>['events'][string]): INodeProperties[] {
	const displayOptions = { show: { resource: [kind], operation: [name] } };
	const needsNumber = event.from.some((state) => state !== 'new') && !event.from.includes('new');
	const number: INodeProperties = {
		displayName: 'Number',
		name: 'no',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The paper this works on; only papers in a fitting state are listed',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchDocuments', searchable: true } },
			{ displayName: 'By Number', name: 'id', type: 'string', placeholder: 'BX202506-0001' },
		],
	};
	return [...(needsNumber ? [number] : []), ...fieldProperties(event.input)].map((property) => ({ ...property, displayOptions }));
}

function listProperties(kind: string, states: Readonly<Record<string, string>>): INodeProperties[] {
	const displayOptions = { show: { resource: [kind], operation: [LIST] } };
	return [
		{ displayName: 'States', name: 'states', type: 'multiOptions', options: Object.entries(states).map(([value, name]) => ({ name, value })), default: [], description: 'Leave empty for all', displayOptions },
		{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, default: 50, description: 'Max number of results to return', displayOptions },
	];
}

const formProperty = (kind: string, events: readonly string[], [firstEvent = ''] = events): INodeProperties => ({
	displayName: 'For Operation',
	name: 'formEvent',
	type: 'options',
	options: events.map((value) => ({ name: documentOf(kind).events[value]?.label.en ?? value, value })),
	default: firstEvent,
	description: 'The page gets this operation\'s fields, with the open papers and the people to choose from',
	displayOptions: { show: { resource: [kind], operation: [FORM] } },
});

const actorProperties = (kinds: readonly string[]): INodeProperties[] => [
	{
		displayName: 'Acting Person',
		name: 'actor',
		type: 'resourceLocator',
		default: { mode: 'id', value: 'system' },
		description: 'Staff no of who does this; decides what is allowed. "system" acts for the flow itself.',
		displayOptions: { show: { resource: [...kinds] } },
		modes: [
			{ displayName: 'By Staff No', name: 'id', type: 'string', placeholder: 'J01' },
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchPeople', searchable: true } },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { resource: [...kinds] } },
		options: [
			{
				displayName: 'Request Key',
				name: 'requestKey',
				type: 'string',
				default: '',
				description: 'The same key twice changes nothing and gives the first answer, so that retries and double clicks are harmless',
			},
		],
	},
];
