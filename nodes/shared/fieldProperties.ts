import type { INodeProperties } from 'n8n-workflow';
import type { Field, Fields } from '../../domain/document/fields';
import { searchOf } from './searches';

/** n8n parameters for the fields of an event: required ones in the open, the others under "Additional Fields". */
export function fieldProperties(fields: Fields): INodeProperties[] {
	const entries = Object.entries(fields);
	const required = entries.filter(([, field]) => !field.optional).map(([name, field]) => ({ ...property(name, field), ...(isSearched(field) ? locator(field) : {}), required: true }));
	const optional = entries.filter(([, field]) => field.optional).map(([name, field]) => property(name, field));
	if (optional.length === 0) return required;
	return [...required, { displayName: 'Additional Fields', name: ADDITIONAL, type: 'collection', placeholder: 'Add Field', default: {}, options: optional }];
}

export const ADDITIONAL = 'additionalFields';

function property(name: string, field: Field): INodeProperties {
	const base = { displayName: field.label.en, name, description: [field.label.zh, field.help].filter((part) => part !== undefined).join(' — ') };
	switch (field.kind) {
		case 'integer':
			return { ...base, type: 'number', default: field.min ?? 0 };
		case 'fen':
			return { ...base, displayName: `${field.label.en} (CNY)`, type: 'number', typeOptions: { numberPrecision: 2 }, default: 0 };
		case 'flag':
			return { ...base, type: 'boolean', default: false };
		case 'instant':
			return { ...base, type: 'dateTime', default: '' };
		case 'choice':
			return { ...base, type: 'options', options: choicesOf(field), default: Object.keys(field.choices ?? {})[0] ?? '' };
		case 'ref':
			return field.to === 'person' ? { ...base, ...locator(field) } : { ...base, type: 'string', default: '' };
		case 'lines':
		case 'data':
			return { ...base, type: 'json', default: '[]' };
		default:
			return { ...base, type: 'string', ...(field.long === true ? { typeOptions: { rows: 3 } } : {}), default: '' };
	}
}

/** A required reference that can be searched for instead of typed. */
export const isSearched = (field: Field): boolean => field.kind === 'ref' && !field.optional && searchOf[field.to ?? ''] !== undefined;

function locator({ to = '' }: Field) {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: searchOf[to] ?? '', searchable: true } },
			{ displayName: 'By Number or Code', name: 'id', type: 'string', placeholder: to === 'person' ? 'J01' : '' },
		],
	} satisfies Partial<INodeProperties>;
}

const choicesOf = (field: Field) => Object.entries(field.choices ?? {}).map(([value, zh]) => ({ name: zh, value }));
