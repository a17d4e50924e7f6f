import type { Field, Fields } from '../domain/document/fields';

/** A field of an n8n form page (Form Trigger and Form node, "Using JSON"). */
export type FormField = {
	readonly fieldName: string;
	readonly fieldLabel: string;
	readonly fieldType: 'text' | 'textarea' | 'number' | 'date' | 'dropdown' | 'checkbox' | 'file';
	readonly requiredField: boolean;
	readonly placeholder?: string;
	readonly defaultValue?: string;
	readonly fieldOptions?: { readonly values: readonly { readonly option: string }[] };
	readonly acceptFileTypes?: string;
	readonly multipleFiles?: boolean;
};

/** The form fields of an event, in the order of its declaration; instants are asked as text, since n8n's date field has no time. */
export function formFields(fields: Fields, options: Readonly<Record<string, readonly string[]>> = {}): FormField[] {
	return Object.entries(fields).filter(([, { internal }]) => internal !== true).map(([name, field]) => {
		const choices = options[name] ?? (field.kind === 'choice' ? Object.values(field.choices ?? {}) : undefined);
		const base = { fieldName: name, fieldLabel: field.label.zh, requiredField: !field.optional };
		if (choices !== undefined) return { ...base, fieldType: 'dropdown', fieldOptions: { values: choices.map((option) => ({ option })) } };
		if (field.kind === 'flag') return { ...base, fieldType: 'checkbox', requiredField: false, fieldOptions: { values: [{ option: '是' }] } };
		const placeholder = placeholderOf(field);
		return { ...base, fieldType: typeOf(field), ...(placeholder === undefined ? {} : { placeholder }) };
	});
}

function typeOf(field: Field): FormField['fieldType'] {
	switch (field.kind) {
		case 'integer':
		case 'fen':
			return 'number';
		case 'day':
			return 'date';
		case 'lines':
			return 'textarea';
		default:
			return field.long === true ? 'textarea' : 'text';
	}
}

function placeholderOf(field: Field): string | undefined {
	if (field.kind === 'instant') return '例如 2025-06-09 14:30';
	if (field.kind === 'month') return '例如 2025-06';
	if (field.kind === 'lines') return `每行一项：${Object.values(field.of ?? {}).map(({ label }) => label.zh).join(' ')}`;
	return field.help;
}
