import type { Field, Fields } from '../domain/document/fields';
import { typedLines } from './readInput';

/**
 * What people enter as yuan becomes fen, JSON text becomes lines; everything else is left to the engine's reading.
 * A value that is neither is passed on as it is, to be refused with its field's name.
 */
export function toStored(fields: Fields, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, stored(fields[key], value)]));
}

function stored(field: Field | undefined, value: unknown): unknown {
	if (field?.kind === 'fen') return fenOf(value);
	if (field?.kind !== 'lines' && field?.kind !== 'data') return value;
	const parsed = typeof value === 'string' ? parsedOf(field, value) : value;
	return field.kind === 'lines' && Array.isArray(parsed) ? parsed.map((row) => toStored(field.of ?? {}, row as Record<string, unknown>)) : parsed;
}

/** JSON of a flow, or lines as people type them. */
function parsedOf(field: Field, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return field.kind === 'lines' ? typedLines(field, text) : text;
	}
}

function fenOf(value: unknown): unknown {
	if (value === null || value === undefined || value === '') return null;
	const text = String(value).normalize('NFKC').replace(/[,¥￥\s]/g, '');
	const match = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text);
	if (match === null) return `${String(value)} 元`;
	const fen = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
	return match[1] === '-' ? -fen : fen;
}
