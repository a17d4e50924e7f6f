import type { Field, Fields } from '../domain/document/fields';
import { toStored } from '../engine/toStored';
import { html, Html } from './html';

/** What a browser sent: texts and files by field name. */
export type Sent = { readonly fields: Readonly<Record<string, string | readonly string[]>>; readonly files: readonly SentFile[] };
export type SentFile = { readonly field: string; readonly name: string; readonly mimeType: string; readonly content: Buffer };

export type FormOptions = {
	/** Where a drop-down or a list of suggestions is better than typing: value → label. */
	readonly choices?: Readonly<Record<string, ReadonlyMap<string, string>>>;
	/** What the fields show at first: stored values, or what was sent and refused. */
	readonly values?: Readonly<Record<string, unknown>>;
	/** Fields that are not asked. */
	readonly without?: readonly string[];
	readonly zone: string;
};

const MAX_CHIPS = 6;
const LINES = 4;

/** The fields of an event as a form for people. */
export function eventForm(fields: Fields, options: FormOptions): Html {
	const shown = Object.entries(fields).filter(([name, { internal }]) => internal !== true && options.without?.includes(name) !== true);
	return html`${shown.map(([name, field]) => fieldHtml(name, field, options))}`;
}

function fieldHtml(name: string, field: Field, options: FormOptions): Html {
	const value = options.values?.[name];
	if (field.kind === 'lines') return linesHtml(name, field, options);
	if (field.kind === 'flag') return html`<fieldset><div class="chips"><label><input type="checkbox" name="${name}" value="是"${new Html(value === true || value === '是' ? ' checked' : '')}><span>${field.label.zh}</span></label></div>${hint(field)}</fieldset>`;
	const choices = options.choices?.[name] ?? (field.kind === 'choice' ? new Map(Object.entries(field.choices ?? {})) : undefined);
	if (choices !== undefined && field.kind === 'choice' && choices.size <= MAX_CHIPS) return chips(name, field, choices, value);
	return html`<label class="field"><span>${field.label.zh}${field.optional ? '' : ' *'}</span>${control(name, field, choices, options)}${hint(field)}</label>`;
}

const hint = (field: Field): Html => html`${field.help === undefined ? '' : html`<small>${field.help}</small>`}`;
const required = (field: Field): Html => new Html(field.optional ? '' : ' required');

function chips(name: string, field: Field, choices: ReadonlyMap<string, string>, value: unknown): Html {
	return html`<fieldset><legend>${field.label.zh}${field.optional ? '' : ' *'}</legend><div class="chips">${[...choices].map(
		([code, label]) => html`<label><input type="radio" name="${name}" value="${code}"${required(field)}${new Html(code === value ? ' checked' : '')}><span>${label}</span></label>`,
	)}</div>${hint(field)}</fieldset>`;
}

function control(name: string, field: Field, choices: ReadonlyMap<string, string> | undefined, { values = {}, zone }: FormOptions): Html {
	const value = values[name] === null || values[name] === undefined ? '' : String(values[name]);
	if (choices !== undefined)
		return html`<select name="${name}"${required(field)}><option value=""></option>${[...choices].map(([code, label]) => html`<option value="${code}"${new Html(code === value ? ' selected' : '')}>${label}</option>`)}</select>`;
	if (field.long === true) return html`<textarea name="${name}"${required(field)}>${value}</textarea>`;
	return html`<input name="${name}" type="${inputType(field)}" value="${field.kind === 'instant' ? localInput(value, zone) : field.kind === 'fen' && /^\d+$/.test(value) ? (Number(value) / 100).toFixed(2) : value}"${required(field)}${new Html(inputMore(name, field))}>`;
}

const inputType = ({ kind }: Field): string => (kind === 'instant' ? 'datetime-local' : kind === 'day' ? 'date' : kind === 'month' ? 'month' : 'text');
const inputMore = (name: string, { kind }: Field): string => (kind === 'fen' ? ' inputmode="decimal"' : kind === 'integer' ? ' inputmode="numeric"' : name === 'phone' ? ' inputmode="tel" autocomplete="off"' : '');

/** `2025-06-09T14:30` for the browser's own picker. */
const localInput = (value: string, zone: string): string => {
	if (!/^\d{4}-\d{2}-\d{2}T.*Z$/.test(value)) return value;
	const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(new Date(value));
	return parts.replace(' ', 'T');
};

/** A few rows to fill in; empty ones are left out. */
function linesHtml(name: string, field: Field, options: FormOptions): Html {
	const given = Array.isArray(options.values?.[name]) ? (options.values[name] as Record<string, unknown>[]) : [];
	const columns = Object.entries(field.of ?? {});
	const rows = Array.from({ length: Math.max(LINES, given.length + 1) }, (_, index) => index);
	return html`<fieldset><legend>${field.label.zh}</legend><div class="scroll"><table><tr>${columns.map(([, { label }]) => html`<th>${label.zh}</th>`)}</tr>${rows.map(
		(index) =>
			html`<tr>${columns.map(([key, column]) => html`<td>${control(`${name}.${index}.${key}`, { ...column, optional: true, long: false }, options.choices?.[`${name}.${key}`], { ...options, values: { [`${name}.${index}.${key}`]: given[index]?.[key] } })}</td>`)}</tr>`,
	)}</table></div></fieldset>`;
}

/** What was sent, as the engine reads it: yuan became fen, rows became lines. */
export function readForm(fields: Fields, { fields: sent }: Sent): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		if (field.kind === 'lines') {
			const rows = linesOf(name, field, sent);
			if (rows.length > 0) values[name] = rows;
		} else if (field.kind === 'flag') values[name] = sent[name] !== undefined && sent[name] !== '';
		else if (sent[name] !== undefined) values[name] = Array.isArray(sent[name]) ? sent[name][0] : sent[name];
	}
	return toStored(fields, values);
}

function linesOf(name: string, field: Field, sent: Sent['fields']): Record<string, unknown>[] {
	const rows: Record<string, unknown>[] = [];
	for (let index = 0; index < 200; index++) {
		const row = Object.fromEntries(Object.keys(field.of ?? {}).map((key) => [key, sent[`${name}.${index}.${key}`] ?? '']));
		if (Object.keys(field.of ?? {}).every((key) => !(`${name}.${index}.${key}` in sent))) break;
		if (Object.values(row).some((value) => value !== '')) rows.push(row);
	}
	return rows;
}
