/** A zip that breaks its own format; the caller says which workbook it was. */
export class ZipDamage extends Error {}

export type ZipEntry = {
	readonly name: string;
	readonly method: number;
	readonly encrypted: boolean;
	readonly crc: number;
	readonly packedBytes: number;
	/** As declared: a claim to check, not a size to allocate. */
	readonly declaredBytes: number;
	readonly headerOffset: number;
};

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;
const centralSize = 46;
const localSize = 30;
const maxCommentBytes = 0xffff;
const maxEntries = 10_000;

/**
 * Lists the entries of a zip from its central directory.
 * @throws ZipDamage when the directory is missing, cut off, doubled or inconsistent
 */
export function readZipDirectory(zip: Buffer): ZipEntry[] {
	const end = findEnd(zip);
	const count = zip.readUInt16LE(end + 10);
	let at = zip.readUInt32LE(end + 16);
	if (count > maxEntries || count === 0) throw new ZipDamage(`压缩目录有 ${count} 项`);
	const entries: ZipEntry[] = [];
	const names = new Set<string>();
	for (let index = 0; index < count; index++) {
		const { entry, next } = readCentralEntry(zip, at, end);
		const key = entry.name.toLowerCase();
		if (names.has(key)) throw new ZipDamage(`压缩包内有重复的部件 ${entry.name}`);
		names.add(key);
		entries.push(entry);
		at = next;
	}
	return entries;
}

/**
 * Returns the packed bytes of one entry.
 * @throws ZipDamage when they do not lie inside the file
 */
export function packedBytesOf(zip: Buffer, entry: ZipEntry): Buffer {
	const header = entry.headerOffset;
	if (header + localSize > zip.length || zip.readUInt32LE(header) !== localSignature) {
		throw new ZipDamage(`部件 ${entry.name} 的位置不对`);
	}
	const start = header + localSize + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
	const end = start + entry.packedBytes;
	if (end > zip.length) throw new ZipDamage(`部件 ${entry.name} 不完整`);
	return zip.subarray(start, end);
}

function findEnd(zip: Buffer): number {
	const lowest = Math.max(0, zip.length - endSize - maxCommentBytes);
	for (let at = zip.length - endSize; at >= lowest; at--) {
		if (zip.readUInt32LE(at) === endSignature && at + endSize + zip.readUInt16LE(at + 20) <= zip.length) return at;
	}
	throw new ZipDamage('文件结尾缺失');
}

function readCentralEntry(zip: Buffer, at: number, end: number): { entry: ZipEntry; next: number } {
	if (at + centralSize > end || zip.readUInt32LE(at) !== centralSignature) throw new ZipDamage('压缩目录损坏');
	const nameEnd = at + centralSize + zip.readUInt16LE(at + 28);
	const extraEnd = nameEnd + zip.readUInt16LE(at + 30);
	const next = extraEnd + zip.readUInt16LE(at + 32);
	if (next > end) throw new ZipDamage('压缩目录损坏');
	const [declaredBytes, packedBytes, headerOffset] = widen(zip.subarray(nameEnd, extraEnd), [
		zip.readUInt32LE(at + 24),
		zip.readUInt32LE(at + 20),
		zip.readUInt32LE(at + 42),
	]);
	const entry = {
		name: zip.toString('utf8', at + centralSize, nameEnd).replaceAll('\\', '/'),
		method: zip.readUInt16LE(at + 10),
		encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
		crc: zip.readUInt32LE(at + 16),
		packedBytes,
		declaredBytes,
		headerOffset,
	};
	return { entry, next };
}

/** Replaces each 0xFFFFFFFF by its 64-bit value from the zip64 extra field, which some writers use in small files too. */
function widen(extra: Buffer, sizes: [number, number, number]): [number, number, number] {
	for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
		if (extra.readUInt16LE(at) !== 1) continue;
		let from = at + 4;
		const wide = (size: number) => {
			if (size !== 0xffffffff || from + 8 > extra.length) return size;
			from += 8;
			return Number(extra.readBigUInt64LE(from - 8));
		};
		return [wide(sizes[0]), wide(sizes[1]), wide(sizes[2])];
	}
	return sizes;
}
