import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import type { SheetRow } from '../../sheetData';
import { WorkbookError } from '../../workbookError';
import type { SheetSource, SourceRequest } from './sheetSource';

const delimiters = ['\t', ',', ';', '|', '，', '；'] as const;
const linesLookedAt = 20;
const pieceLength = 64 * 1024;
const rowsPerPiece = 500;
/** A quote that is never closed swallows the rest of the file. */
const longestRecord = 1_000_000;

/** A text table as the one sheet of a workbook, named like the file, as Excel does. All its values are texts. */
export function csvSource(decoded: string, { fileName }: SourceRequest): SheetSource {
	const { text, delimiter } = delimiterOf(decoded.replace(/^\ufeff/, ''));
	return {
		name: fileName.replace(/\.\w{1,5}$/, '').replace(/[[\]:*?/\\']/g, '_').slice(0, 31) || '表',
		hidden: false,
		epoch: 1900,
		rows: (onRow) => readRecords(text, { delimiter, fileName, onRow }),
		merges: async () => [],
	};
}

/** Said by Excel's own first line (`sep=;`), else the one that the most of the first lines have. */
function delimiterOf(text: string): { text: string; delimiter: string } {
	const said = /^sep=(.)\r?\n/i.exec(text);
	if (said) return { text: text.slice(said[0].length), delimiter: said[1] as string };
	const lines = text.slice(0, pieceLength).replace(/"[^"]*"/g, '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, linesLookedAt);
	const scores = delimiters.map((delimiter) => ({ delimiter, lines: lines.filter((line) => line.includes(delimiter)).length, all: lines.join('').split(delimiter).length }));
	const [best] = scores.sort((a, b) => b.lines - a.lines || b.all - a.all);
	return { text, delimiter: best?.delimiter ?? ',' };
}

type Reading = { readonly delimiter: string; readonly fileName: string; readonly onRow: (row: SheetRow) => void };

async function* readRecords(text: string, { delimiter, fileName, onRow }: Reading): AsyncGenerator<SheetRow[], void, undefined> {
	const parser = Readable.from(pieces(text)).pipe(parse({ delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'], max_record_size: longestRecord }));
	let number = 0;
	let rows: SheetRow[] = [];
	try {
		for await (const record of parser as AsyncIterable<string[]>) {
			number++;
			const cells = record.map(cellOf);
			while (cells.length > 0 && cells.at(-1) === null) cells.pop();
			if (cells.length > 0) {
				onRow({ number, cells });
				rows.push({ number, cells });
			}
			if (rows.length < rowsPerPiece) continue;
			yield rows;
			rows = [];
		}
	} catch (error) {
		if (!((error as CsvError).code ?? '').startsWith('CSV_')) throw error;
		throw new WorkbookError('DAMAGED', `《${fileName}》第 ${number + 1} 行的引号不成对，后面的内容无法读取`);
	}
	if (rows.length > 0) yield rows;
}

/** `="00210"` is how programs make Excel keep zeros. */
function cellOf(text: string): string | null {
	return (/^="([^"]*)"$/.exec(text)?.[1] ?? text) || null;
}

function* pieces(text: string): Generator<string, void, undefined> {
	for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
}
