import type { DocumentDeclaration } from '../document/document';
import type { Field, FieldKind, Fields } from '../document/fields';
import { isRole, roles } from '../organisation';
import { box, column, COLUMNS, pair, pairs, signatures, table, ticks, whole, yesNo, type Block, type Layout, type Pair } from './paperModel';
import type { Shown } from './shown';
import { widthOf } from './textHeight';

type Row = Readonly<Record<string, unknown>>;
type Labelled = Pick<DocumentDeclaration, 'form' | 'label' | 'fields'>;

/** Of a list inside a document. */
const TABLE_ROWS = 8;
/** Wider texts get the whole width of the page. */
const SHORT = 15;

/**
 * The standard form of any document: its fields in their order, choices to tick, lists as tables. Without a row, a form to fill in.
 * @rule M-101 — every named form can be printed
 */
export function paperOf(declaration: Labelled, row: Row | null, shown: Shown): Layout {
	const { form, label, fields } = declaration;
	const { signedBy, ...others } = fields;
	const blocks: Block[] = [];
	let run: Pair[] = [];
	const endRun = () => {
		if (run.length > 0) blocks.push(pairs(...run));
		run = [];
	};
	for (const [key, field] of Object.entries(others)) {
		if (field.kind === 'data' || field.internal === true) continue;
		const block = blockOf(field, row?.[key], shown);
		if (block === null) run.push(pairOf(field, valueText(field, row?.[key], shown, key)));
		else {
			endRun();
			blocks.push(block);
		}
	}
	endRun();
	const customer = signedBy === undefined ? [] : [{ label: signedBy.label.zh, name: String(row?.['signedBy'] ?? '') }];
	return { title: label.zh, mark: form, blocks: [...blocks, signatures({ label: '经办' }, { label: '核准' }, ...customer)] };
}

/** Fields that take a block of their own; null for those beside each other. */
function blockOf(field: Field, value: unknown, shown: Shown): Block | null {
	if (field.kind === 'lines') return tableOf(field.of ?? {}, (value as readonly Row[] | null | undefined) ?? [], shown);
	if (field.long === true) return box(field.label.zh, valueText(field, value, shown), 3);
	return null;
}

function tableOf(fields: Fields, rows: readonly Row[], shown: Shown): Block {
	const entries = Object.entries(fields);
	const texts = rows.map((row) => entries.map(([key, field]) => cellText(field, row[key], shown)));
	return table(columnsOf(entries.map(([, field]) => field), texts), texts, TABLE_ROWS);
}

/** Room a value takes even where none is written yet, in characters. */
const roomOf: Partial<Record<FieldKind, number>> = { text: 8, instant: 5, day: 6, ref: 6, fen: 5 };
const MOST = 16;

/** Halves of a column, by what stands in them; those cut short most get what is left over. */
function columnsOf(fields: readonly Field[], texts: readonly (readonly string[])[]) {
	const halves = COLUMNS * 2;
	const wanted = fields.map(({ kind, label }, index) => Math.min(MOST, Math.max(roomOf[kind] ?? 3, widthOf(label.zh) / 2, ...texts.map((row) => widthOf(row[index] ?? '')))));
	const sum = wanted.reduce((total, each) => total + each, 0);
	const exact = wanted.map((each) => (each * halves) / sum);
	const widths = exact.map((each) => Math.max(1, Math.floor(each)));
	for (let left = halves - widths.reduce((total, width) => total + width, 0); left !== 0; left -= Math.sign(left)) {
		const short = exact.map((each, index) => Math.sign(left) * (each - (widths[index] as number)));
		const index = short.indexOf(Math.max(...short));
		widths[index] = (widths[index] as number) + Math.sign(left);
	}
	return fields.map(({ label }, index) => column(label.zh, (widths[index] as number) / 2));
}

const pairOf = (field: Field, text: string): Pair => (widthOf(text) > SHORT ? whole(field.label.zh, text) : pair(field.label.zh, text));

/** In a table there is no room to tick. */
const cellText = (field: Field, value: unknown, shown: Shown): string => (field.kind === 'choice' ? (field.choices?.[String(value)] ?? '') : field.kind === 'flag' ? (value === true ? '☑' : '☐') : valueText(field, value, shown));

/** As people read a stored value; empty where there is none. */
function valueText(field: Field, value: unknown, shown: Shown, key = ''): string {
	if (field.kind === 'choice') return ticks(field.choices ?? {}, value as string | null);
	if (field.kind === 'flag') return yesNo(value as boolean | null);
	if (value === null || value === undefined) return '';
	switch (field.kind) {
		case 'fen':
			return `${shown.yuan(value as number)} 元`;
		case 'instant':
			return /dueAt$/i.test(key) ? shown.limit(value as string) : shown.time(value as string);
		case 'ref':
			return named(shown.name(field.to ?? '', value as string), value as string);
		default:
			return typeof value === 'string' && isRole(value) ? roles[value] : String(value);
	}
}

const named = (name: string, code: string): string => (name === code ? code : `${code} ${name}`);
