import { posix } from 'node:path';
import type { GuardedZip } from '../read/guardWorkbook';
import { inflateEntry } from '../read/inflateEntry';
import { packedBytesOf } from '../read/zipDirectory';
import type { ZipWriter } from './zipWriter';

/** The parts of a workbook, wherever they come from; names as they are written. */
export type WorkbookPackage = {
	readonly names: readonly string[];
	/** Found without regard to case. */
	readonly chunks: (name: string) => AsyncIterable<Buffer>;
	/** Writes a part unchanged. */
	readonly copyTo: (zip: ZipWriter, name: string) => void | Promise<void>;
};

export function packageOf({ bytes, entries }: GuardedZip): WorkbookPackage {
	const find = (name: string) => {
		const entry = entries.get(name.toLowerCase());
		if (entry === undefined) throw new Error(`no part ${name}`);
		return entry;
	};
	return {
		names: [...entries.values()].map(({ name }) => name),
		chunks: (name) => inflateEntry(bytes, find(name)),
		copyTo: (zip, name) => zip.copy(find(name), packedBytesOf(bytes, find(name))),
	};
}

export const has = ({ names }: WorkbookPackage, name: string): boolean => names.some((each) => each.toLowerCase() === name.toLowerCase());

/** A part as text, empty when there is none; for small ones. */
export async function textOf(parts: WorkbookPackage, name: string): Promise<string> {
	if (!has(parts, name)) return '';
	const pieces: Buffer[] = [];
	for await (const chunk of parts.chunks(name)) pieces.push(chunk);
	return Buffer.concat(pieces).toString('utf8').replace(/^\ufeff/, '');
}

/** Where the relations of a part stand. */
export const relationsOf = (part: string): string => posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
