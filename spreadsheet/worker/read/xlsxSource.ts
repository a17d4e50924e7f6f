import type { Merge } from '../../../domain/import/sheetDataLike';
import type { GuardedZip } from './guardWorkbook';
import { partOf, readParts } from './readParts';
import { readSheetRows } from './readSheetRows';
import type { SheetSource } from './sheetSource';

/** Merged cells below belong to the data; a sheet may have any number of them. */
const lastHeadRow = 100;
const mark = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;
/** Longer than the longest such tag. */
const overlap = 200;

export async function xlsxSource(zip: GuardedZip): Promise<SheetSource[]> {
	const parts = await readParts(zip);
	return parts.sheets.map(({ name, hidden, path }) => ({
		name,
		hidden,
		epoch: parts.epoch,
		rows: (onRow) => readSheetRows(partOf(zip, path), parts, onRow),
		merges: async () => await readMerges(partOf(zip, path)),
	}));
}

/** Merged cells stand behind the rows: looked for without reading these. */
async function readMerges(chunks: AsyncIterable<Buffer>): Promise<Merge[]> {
	const merges = new Map<string, Merge>();
	let tail = '';
	for await (const chunk of chunks) {
		if (!chunk.includes('mergeCell') && !tail.includes('mergeC')) {
			tail = chunk.toString('latin1', Math.max(0, chunk.length - overlap));
			continue;
		}
		const text = tail + chunk.toString('latin1');
		for (const [whole, left = '', top, right = '', bottom] of text.matchAll(mark)) {
			if (Number(top) <= lastHeadRow) merges.set(whole, { top: Number(top), left: columnIndex(left), bottom: Number(bottom), right: columnIndex(right) });
		}
		tail = text.slice(-overlap);
	}
	return [...merges.values()];
}

const columnIndex = (letters: string): number => [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
