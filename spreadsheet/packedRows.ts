import type { CellDay, CellValue, SheetRow } from './sheetData';

/**
 * Rows as flat arrays whose buffers move between threads without a copy. A text that repeats is sent once a batch,
 * so a workbook that shows one long text in a million cells stays small in the receiver too.
 */
export type PackedRows = {
	readonly numbers: Uint32Array;
	readonly lengths: Uint16Array;
	readonly kinds: Uint8Array;
	readonly values: Float64Array;
	readonly texts: readonly string[];
	/** Numbers of those that are hidden. */
	readonly hidden: readonly number[];
};

const Kind = { empty: 0, number: 1, text: 2, boolean: 3, day: 4 } as const;

export function packRows(rows: readonly SheetRow[]): PackedRows {
	const size = rows.reduce((sum, row) => sum + row.cells.length, 0);
	const kinds = new Uint8Array(size);
	const values = new Float64Array(size);
	const indexOf = new Map<string, number>();
	const intern = (text: string) => {
		let index = indexOf.get(text);
		if (index === undefined) indexOf.set(text, (index = indexOf.size));
		return index;
	};
	let at = 0;
	for (const row of rows) {
		for (const cell of row.cells) {
			[kinds[at], values[at]] = packCell(cell, intern);
			at++;
		}
	}
	return {
		numbers: Uint32Array.from(rows, (row) => row.number),
		lengths: Uint16Array.from(rows, (row) => row.cells.length),
		kinds,
		values,
		texts: [...indexOf.keys()],
		hidden: rows.flatMap((row) => (row.hidden === true ? [row.number] : [])),
	};
}

/** The buffers to move, for postMessage's transfer list. */
export function packedBuffers(packed: PackedRows): ArrayBuffer[] {
	return [packed.numbers, packed.lengths, packed.kinds, packed.values].map((array) => array.buffer as ArrayBuffer);
}

export function unpackRows(packed: PackedRows): SheetRow[] {
	const { numbers, lengths, kinds, values, texts } = packed;
	const days = new Map<number, CellDay>();
	const hidden = new Set(packed.hidden);
	const rows: SheetRow[] = [];
	let at = 0;
	for (let index = 0; index < numbers.length; index++) {
		const cells = new Array<CellValue>(lengths[index]!);
		for (let column = 0; column < cells.length; column++, at++) {
			const value = values[at]!;
			const kind = kinds[at];
			if (kind === Kind.text) cells[column] = texts[value]!;
			else if (kind === Kind.number) cells[column] = value;
			else if (kind === Kind.day) cells[column] = dayAt(value, texts, days);
			else cells[column] = kind === Kind.boolean ? value === 1 : null;
		}
		const number = numbers[index]!;
		rows.push(hidden.has(number) ? { number, cells, hidden: true } : { number, cells });
	}
	return rows;
}

function packCell(cell: CellValue, intern: (text: string) => number): [kind: number, value: number] {
	if (cell === null) return [Kind.empty, 0];
	if (typeof cell === 'number') return [Kind.number, cell];
	if (typeof cell === 'string') return [Kind.text, intern(cell)];
	if (typeof cell === 'boolean') return [Kind.boolean, cell ? 1 : 0];
	return [Kind.day, intern(cell.time === undefined ? cell.day : `${cell.day} ${cell.time}`)];
}

function dayAt(index: number, texts: readonly string[], known: Map<number, CellDay>): CellDay {
	let day = known.get(index);
	if (day === undefined) {
		const [date = '', time] = texts[index]!.split(' ');
		day = Object.freeze(time === undefined ? { day: date } : { day: date, time });
		known.set(index, day);
	}
	return day;
}
