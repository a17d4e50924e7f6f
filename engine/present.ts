import type { DocumentDeclaration, RecordDeclaration } from '../domain/document/document';
import type { Fields } from '../domain/document/fields';
import { yuan } from '../domain/shared/money';
import { localLimit, localTime } from '../domain/shared/zonedTime';
import type { Row } from './store';

/**
 * A stored row as flows, forms and mails show it: for a choice its label (`xLabel`), for money yuan (`xYuan`),
 * for an instant the local time (`xLocal`), for the state its label.
 */
export function present(declaration: DocumentDeclaration | RecordDeclaration, row: Row, zone: string): Record<string, unknown> {
	const shown: Record<string, unknown> = { ...row };
	if ('states' in declaration) shown['stateLabel'] = declaration.states[String(row['state'])] ?? row['state'];
	Object.assign(shown, labels(declaration.fields, row, zone));
	if ('explain' in declaration && declaration.explain !== undefined) Object.assign(shown, declaration.explain(row as never, zone));
	return shown;
}

function labels(fields: Fields, row: Row, zone: string): Record<string, string> {
	const shown: Record<string, string> = {};
	for (const [key, field] of Object.entries(fields)) {
		const value = row[key];
		if (value === null || value === undefined) continue;
		if (field.kind === 'choice') shown[`${key}Label`] = field.choices?.[String(value)] ?? String(value);
		if (field.kind === 'fen') shown[`${key}Yuan`] = yuan(Number(value));
		if (field.kind === 'instant') shown[`${key}Local`] = /dueAt$/i.test(key) ? localLimit(String(value), zone) : localTime(String(value), zone);
	}
	return shown;
}
