import { normaliseText } from './normaliseText';
import type { Parsed, Refusal } from './refusal';
import type { CellLike } from './sheetDataLike';
import type { ColumnSpec } from './tableLayout';

/** Digits that Excel keeps; what a formula leaves behind them (0.1 + 0.2) is noise that the sender cannot see. */
const excelDigits = 15;

type Decimal = { readonly negative: boolean; readonly whole: string; readonly fraction: string };

/**
 * Reads an integer from a number, or from text with full-width digits or thousands separators.
 * @example parseInteger('１，２００', column) → { value: 1200 }
 */
export function parseInteger(cell: CellLike, column: ColumnSpec): Parsed<number> {
	const decimal = readDecimal(cell, column);
	if ('code' in decimal) return decimal;
	if (decimal.fraction !== '') {
		return { code: 'NOT_AN_INTEGER', message: `「${column.header}」必须是整数，这里是“${show(cell)}”，请改为整数` };
	}
	return bounded(Number(signed(decimal, decimal.whole)), column, (value) => String(value));
}

/**
 * Reads an amount in yuan as integer fen, digit by digit; a third decimal is refused, never rounded.
 * @example parseYuan('¥1,234.5', column) → { value: 123450 }
 */
export function parseYuan(cell: CellLike, column: ColumnSpec): Parsed<number> {
	const decimal = readDecimal(typeof cell === 'string' ? withoutCurrency(cell) : cell, column);
	if ('code' in decimal) return decimal;
	if (decimal.fraction.length > 2) {
		return { code: 'TOO_MANY_DECIMALS', message: `「${column.header}」最多两位小数（到分），这里是“${show(cell)}”，请核对后改为两位小数` };
	}
	const fen = Number(signed(decimal, decimal.whole + decimal.fraction.padEnd(2, '0')));
	return bounded(fen, column, (value) => `${(value / 100).toFixed(2)} 元`);
}

function readDecimal(cell: CellLike, column: ColumnSpec): Decimal | Refusal {
	const text = typeof cell === 'number' ? String(Number(cell.toPrecision(excelDigits))) : plainDigits(cell);
	const match = /^([-+]?)(\d+)(?:\.(\d*))?$/.exec(text ?? '');
	if (!match) {
		return { code: 'NOT_A_NUMBER', message: `「${column.header}」应填数字，这里是“${show(cell)}”，请只填数字，例如 12` };
	}
	return { negative: match[1] === '-', whole: match[2]!, fraction: (match[3] ?? '').replace(/0+$/, '') };
}

/** Text as plain digits; separators only where they belong, so that `1,2` is not taken for 12. */
function plainDigits(cell: CellLike): string | null {
	if (typeof cell !== 'string') return null;
	const text = normaliseText(cell)
		.replace(/[−–—]/g, '-')
		.replace(/\s+/g, '');
	return /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text;
}

function withoutCurrency(text: string): string {
	return normaliseText(text)
		.replace(/^(-?)\s*(?:¥|rmb|cny)\s*/i, '$1')
		.replace(/\s*元$/, '');
}

function signed({ negative }: Decimal, digits: string): string {
	return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

function bounded(value: number, { header, min, max }: ColumnSpec, name: (value: number) => string): Parsed<number> {
	if (min !== undefined && value < min) {
		return { code: 'TOO_SMALL', message: `「${header}」不能小于 ${name(min)}，这里是 ${name(value)}，请核对` };
	}
	const limit = max ?? Number.MAX_SAFE_INTEGER;
	if (value > limit) return { code: 'TOO_BIG', message: `「${header}」不能大于 ${name(limit)}，这里是 ${name(value)}，请核对` };
	if (value < -Number.MAX_SAFE_INTEGER) return { code: 'TOO_SMALL', message: `「${header}」的数字太小，请核对` };
	return { value };
}

function show(cell: CellLike): string {
	return typeof cell === 'object' && cell !== null ? cell.day : String(cell);
}
