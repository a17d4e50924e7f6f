import { normaliseText } from './normaliseText';
import { parseDay, type DayContext } from './parseDay';
import { parseInteger, parseYuan } from './parseNumber';
import type { Parsed } from './refusal';
import type { CellLike } from './sheetDataLike';
import type { ColumnSpec } from './tableLayout';

/** Excel keeps 15 digits of a number; in a longer one the last are lost, and were replaced by zeros. */
const longestExactNumber = 1e15;
/** How the reader shows a formula without its result. */
const notComputed = '#未计算';
/** What Excel makes of a long code when it saves a sheet as text: 6.90123E+12. */
const shortened = /^\d(?:\.\d+)?e\+\d{1,2}$/i;
const excelErrors = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/;

/** Reads one filled cell as its column wants it, or says in Chinese what is wrong and what to do. */
export function parseCell(cell: CellLike, column: ColumnSpec, context: DayContext = {}): Parsed<string | number> {
	if (typeof cell === 'string' && excelErrors.test(cell.trim())) {
		return { code: 'CELL_ERROR', message: `「${column.header}」的公式出错（${cell.trim()}），请改正公式或直接填值` };
	}
	if (cell === notComputed) {
		return { code: 'CELL_ERROR', message: `「${column.header}」的公式没有保存结果，请用 Excel 或 WPS 打开并保存一次，或直接填值` };
	}
	switch (column.type) {
		case 'integer':
			return parseInteger(cell, column);
		case 'yuan':
			return parseYuan(cell, column);
		case 'day':
			return parseDay(cell, column, context);
		case 'choice':
			return parseChoice(cell, column);
		case 'code':
			return parseCode(cell, column);
		case 'text':
			return shortEnough(textOf(cell), column);
	}
}

/** Leading zeros stay; a number becomes its digits, unless Excel has already changed it for good. */
function parseCode(cell: CellLike, column: ColumnSpec): Parsed<string> {
	if (typeof cell === 'object' && cell !== null) {
		return { code: 'CODE_IS_A_DAY', message: `「${column.header}」被 Excel 变成了日期 ${cell.day}，请把单元格设为“文本”格式后重新填写` };
	}
	if (typeof cell === 'string' && shortened.test(cell.trim())) {
		return { code: 'CODE_DIGITS_LOST', message: `「${column.header}」“${cell.trim()}”是 Excel 缩写后的样子，后面的数字已丢失，请把单元格设为“文本”格式后重新填写` };
	}
	if (typeof cell !== 'number') return shortEnough(normaliseText(textOf(cell)), column);
	if (!Number.isInteger(cell)) {
		return { code: 'CODE_NOT_WHOLE', message: `「${column.header}」是编号，这里是小数 ${cell}，请把单元格设为“文本”格式后重新填写` };
	}
	if (Math.abs(cell) >= longestExactNumber) {
		return { code: 'CODE_DIGITS_LOST', message: `「${column.header}」超过 15 位，Excel 已丢掉末尾的数字，请把单元格设为“文本”格式后重新填写` };
	}
	return shortEnough(String(cell), column);
}

function parseChoice(cell: CellLike, { header, choices = {} }: ColumnSpec): Parsed<string> {
	const wanted = comparable(textOf(cell));
	const entries = Object.entries(choices);
	const found = entries.find(([value, labels]) => [value, ...labels].some((label) => comparable(label) === wanted));
	if (found) return { value: found[0] };
	const known = entries.map(([value, labels]) => labels[0] ?? value).join('、');
	return { code: 'NOT_A_CHOICE', message: `「${header}」“${textOf(cell)}”不在可选范围内，请填：${known}` };
}

function shortEnough(value: string, { header, maxLength }: ColumnSpec): Parsed<string> {
	if (maxLength === undefined || value.length <= maxLength) return { value };
	return { code: 'TOO_LONG', message: `「${header}」最多 ${maxLength} 个字，这里有 ${value.length} 个字，请缩短` };
}

function textOf(cell: CellLike): string {
	if (typeof cell === 'object' && cell !== null) return cell.time === undefined ? cell.day : `${cell.day} ${cell.time}`;
	if (typeof cell === 'boolean') return cell ? '是' : '否';
	return String(cell ?? '').trim();
}

function comparable(text: string): string {
	return normaliseText(text).replace(/\s+/g, '').toLowerCase();
}
