import type { Field, FieldKind, Fields } from '../domain/document/fields';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { isDay, readInstant, readMonth } from '../domain/shared/zonedTime';

/** Between code and description in a drop-down: `J01｜李师傅`. */
export const CODE_END = '｜';

const MAX_SHORT = 500;
const MAX_LONG = 20_000;

/**
 * Reads what a form, a sheet or a node gives into the values a rule expects: trimmed, typed, `null` where empty.
 * Money may come as fen (integer) only; forms convert yuan before.
 * @throws RuleViolation FIELD_MISSING, FIELD_INVALID with the field's label and the value
 */
export function readInput(fields: Fields, input: Readonly<Record<string, unknown>>, zone: string): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const key in fields) {
		const field = fields[key] as Field;
		const value = readValue(field, input[key], zone);
		if (value === null && !field.optional) throw new RuleViolation('FIELD_MISSING', `缺少“${field.label.zh}”`, `请填写“${field.label.zh}”后重新提交`);
		result[key] = value;
	}
	return result;
}

function readValue(field: Field, value: unknown, zone: string): unknown {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string') {
		const text = field.compact === true ? value.normalize('NFKC').replace(/\s+/g, '') : value.trim();
		return text === '' ? null : readers[field.kind](field, text, zone);
	}
	return readTyped(field, value, zone);
}

const readers: Readonly<Record<FieldKind, (field: Field, value: string, zone: string) => unknown>> = {
	text: (field, value) => (value.length <= (field.long === true ? MAX_LONG : MAX_SHORT) ? value : refuse(field, `${value.slice(0, 20)}…`, `请不超过 ${field.long === true ? MAX_LONG : MAX_SHORT} 个字`)),
	ref: (_field, value) => value.split(CODE_END)[0]?.trim() ?? null,
	integer: readNumber,
	fen: readNumber,
	instant: (field, value, zone) => readInstant(value, zone) ?? refuse(field, value, '请按 2025-06-09 14:30 的格式填写，当天可只填 14:30'),
	day: (field, value) => (isDay(value) ? value : refuse(field, value, '请按 2025-06-09 的格式填写')),
	month: (field, value) => readMonth(value) ?? refuse(field, value, '请按 2025-06 的格式填写'),
	flag: readFlag,
	choice: readChoice,
	lines: (field, value, zone) => readLines(field, typedLines(field, value), zone),
	data: (field, value) => refuse(field, value, '请传入结构化数据'),
};

function readNumber(field: Field, value: string): number {
	const number = Number(value.normalize('NFKC').replaceAll(',', ''));
	if (!Number.isSafeInteger(number)) return refuse(field, value, field.kind === 'fen' ? '请填写金额，最多两位小数' : '请填写整数');
	return inRange(field, number);
}

/** Lines as people type them into a form: one a line, values in the order of the columns, apart by blanks or commas; `-` is empty, and a text at the end may be of several words. */
export const typedLines = (field: Field, text: string): Record<string, string>[] =>
	text.split(/[\n;；]+/).filter((line) => line.trim() !== '').map((line) => {
		const values = line.trim().split(/[\s,，]+/);
		const columns = Object.entries(field.of ?? {});
		const valueOf = (kind: FieldKind, index: number) => (index === columns.length - 1 && kind === 'text' ? values.slice(index).join(' ') : (values[index] ?? ''));
		return Object.fromEntries(columns.map(([key, { kind }], index) => [key, valueOf(kind, index).replace(/^[-—]+$/, '')]));
	});

/** Every line is read like a form of its own; a refusal names the line. */
function readLines(field: Field, rows: readonly unknown[], zone: string): unknown[] {
	return rows.map((row, index) => {
		try {
			return readInput(field.of ?? {}, row as Record<string, unknown>, zone);
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			throw new RuleViolation(error.code, `“${field.label.zh}”第 ${index + 1} 行：${error.message}`, error.way);
		}
	});
}

function readTyped(field: Field, value: unknown, zone: string): unknown {
	if (Array.isArray(value) && field.kind === 'lines') return readLines(field, value, zone);
	if (typeof value === 'number') return field.kind === 'integer' || field.kind === 'fen' ? inRange(field, value) : String(value);
	if (typeof value === 'boolean') return field.kind === 'flag' ? value : refuse(field, String(value), '');
	if (Array.isArray(value) && field.kind === 'flag') return value.length > 0; // a ticked checkbox of a form
	if (Array.isArray(value) && field.kind === 'choice') return value.length === 0 ? null : readChoice(field, String(value[0]));
	return field.kind === 'data' ? value : refuse(field, JSON.stringify(value), '');
}

function inRange(field: Field, value: number): number {
	const shown = (amount: number) => (field.kind === 'fen' ? `${amount / 100} 元` : String(amount));
	if (!Number.isSafeInteger(value)) return refuse(field, String(value), '请填写整数');
	if (field.min !== undefined && value < field.min) return refuse(field, shown(value), `不能小于 ${shown(field.min)}`);
	if (field.max !== undefined && value > field.max) return refuse(field, shown(value), `不能大于 ${shown(field.max)}`);
	return value;
}

function readFlag(field: Field, value: string): boolean {
	if (/^(1|true|yes|y|是|有|✓|√)$/i.test(value)) return true;
	if (/^(0|false|no|n|否|无)$/i.test(value)) return false;
	return refuse(field, value, '请填写“是”或“否”');
}

function readChoice(field: Field, value: string): string {
	const choices = field.choices ?? {};
	if (Object.hasOwn(choices, value)) return value;
	const found = Object.keys(choices).find((key) => choices[key] === value);
	return found ?? refuse(field, value, `请选择：${Object.values(choices).join('、')}`);
}

function refuse(field: Field, value: string, way: string): never {
	throw new RuleViolation('FIELD_INVALID', `“${field.label.zh}”的值“${value}”无法识别`, way === '' ? '请检查填写的内容' : way);
}
