import type { CellValue, SheetRow } from '../../sheetData';
import type { WorkbookParts } from './readParts';
import { unescapeControls } from './readStrings';
import { paddedCode } from './readStyles';
import { attributeOf, xmlScanner } from './scanXml';
import { isoToCell, serialToCell } from './serialDate';
import { ZipDamage } from './zipDirectory';

/** Programs other than Excel write formulas without their result. */
const notComputed = '#未计算';

const lastRow = 1_048_576;
const lastColumn = 16_384;

/**
 * Reads the rows of one sheet part, in pieces as they are unpacked. Rows without a value are left out.
 * @param onRow is told each row at its end, before it is kept; throws to stop (limits)
 * @throws ZipDamage for broken XML or places outside of Excel's grid
 */
export async function* readSheetRows(chunks: AsyncIterable<Buffer>, parts: WorkbookParts, onRow: (row: SheetRow) => void = () => undefined): AsyncGenerator<SheetRow[], void, undefined> {
	let rows: SheetRow[] = [];
	const scanner = xmlScanner(
		sheetVisitor(parts, (row) => {
			onRow(row);
			rows.push(row);
		}),
	);
	for await (const chunk of chunks) {
		scanner.write(chunk);
		if (rows.length > 0) yield rows;
		rows = [];
	}
	scanner.end();
	if (rows.length > 0) yield rows;
}

function sheetVisitor(parts: WorkbookParts, onRow: (row: SheetRow) => void) {
	const toValue = cellReader(parts);
	let number = 0;
	let hidden = false;
	let cells: CellValue[] = [];
	let column = -1;
	let cellAttributes = '';
	let text: string | null = null;
	let isInValue = false;
	let isInGuide = false;
	let isFormula = false;
	return {
		open(name: string, attributes: string) {
			if (name === 'c') {
				column = columnOf(attributes, column + 1);
				cellAttributes = attributes;
				text = null;
				isFormula = false;
			} else if (name === 'v' || name === 't') {
				isInValue = !isInGuide;
				// An empty result is one, too.
				text ??= '';
			} else if (name === 'rPh') isInGuide = true;
			else if (name === 'f') isFormula = true;
			else if (name === 'row') {
				number = rowOf(attributes, number + 1);
				hidden = attributes.includes('hidden=') && /^(1|true)$/.test(attributeOf(attributes, 'hidden') ?? '');
				cells = [];
				column = -1;
			}
		},
		close(name: string) {
			if (name === 'v' || name === 't') isInValue = false;
			else if (name === 'rPh') isInGuide = false;
			else if (name === 'c' && text === null && isFormula) setCell(cells, column, notComputed);
			else if (name === 'c' && text !== null) setCell(cells, column, toValue(text, cellAttributes));
			else if (name === 'row' && cells.length > 0) onRow(hidden ? { number, cells, hidden } : { number, cells });
		},
		text(raw: string) {
			text = text === null ? raw : text + raw;
		},
		wantsText: () => isInValue,
	};
}

function setCell(cells: CellValue[], column: number, value: CellValue): void {
	if (value === null || value === '') return;
	while (cells.length < column) cells.push(null);
	cells[column] = value;
}

function rowOf(attributes: string, next: number): number {
	const text = attributeOf(attributes, 'r');
	const row = text === null ? next : Number(text);
	if (!Number.isInteger(row) || row < 1 || row > lastRow) throw new ZipDamage(`行号 ${text ?? next} 不对`);
	return row;
}

/** The column of a reference such as `AB12`, 0-based; cells without one follow each other. */
function columnOf(attributes: string, next: number): number {
	const start = attributes.indexOf(' r="');
	if (start < 0) return next;
	let column = 0;
	let at = start + 4;
	for (let code = attributes.charCodeAt(at); code >= 65 && code <= 90; code = attributes.charCodeAt(++at)) {
		column = column * 26 + code - 64;
		if (column > lastColumn) throw new ZipDamage('单元格位置超出表格范围');
	}
	return column === 0 ? next : column - 1;
}

/** Builds the reader of cell values: text, type and style in, value out. Equal serials share one day object. */
function cellReader({ strings, looks, epoch }: WorkbookParts) {
	const known = new Map<number, CellValue>();
	const toDay = (serial: number) => {
		let value = known.get(serial);
		if (value === undefined) {
			value = serialToCell(serial, epoch);
			if (known.size < 100_000) known.set(serial, value);
		}
		return value;
	};
	const toNumber = (text: string, attributes: string) => {
		if (text === '') return null;
		const number = Number(text);
		if (!Number.isFinite(number)) return text;
		const look = looks[Number(attributeOf(attributes, 's') ?? 0)] ?? 'plain';
		return look === 'day' ? toDay(number) : (paddedCode(number, look) ?? number);
	};
	return (text: string, attributes: string): CellValue => {
		const type = attributeOf(attributes, 't') ?? 'n';
		if (type === 's') return text === '' ? null : (strings[Number(text)] ?? null);
		if (type === 'n') return toNumber(text, attributes);
		if (type === 'b') return text === '1' || text === 'true';
		return type === 'd' ? isoToCell(text) : unescapeControls(text);
	};
}
