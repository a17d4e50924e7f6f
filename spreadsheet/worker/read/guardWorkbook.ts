import type { ReadLimits } from '../../readLimits';
import { WorkbookError } from '../../workbookError';
import { inflateEntry } from './inflateEntry';
import type { InflateWatch } from './inflateEntry';
import { readZipDirectory } from './zipDirectory';
import type { ZipEntry } from './zipDirectory';

/** A workbook file that passed the guard: every part unpacks to its declared size and checksum, within the limits. */
export type GuardedZip = { readonly bytes: Buffer; readonly entries: ReadonlyMap<string, ZipEntry> };

type Guard = { readonly fileName: string; readonly limits: ReadLimits };

const megabyte = 1024 * 1024;

/**
 * Checks a zip before anything parses it: what it is, what it really unpacks to, checksums, and no document type
 * declarations (the way in for entity bombs).
 * @throws WorkbookError ENCRYPTED, NOT_A_WORKBOOK, TOO_LARGE, BOMB
 * @throws ZipDamage for a broken zip
 */
export async function guardWorkbook(bytes: Buffer, guard: Guard): Promise<GuardedZip> {
	const { fileName } = guard;
	const entries = readZipDirectory(bytes);
	refuseOtherKinds(entries, fileName);
	entries.forEach((entry) => refuseByDeclaration(entry, guard));
	let unpacked = 0;
	for (const entry of entries) unpacked += await inspectEntry(bytes, entry, { ...guard, unpacked });
	return { bytes, entries: new Map(entries.map((entry) => [entry.name.toLowerCase(), entry])) };
}

function refuseOtherKinds(entries: readonly ZipEntry[], fileName: string): void {
	const names = entries.map((entry) => entry.name.toLowerCase());
	const has = (start: string) => names.some((name) => name.startsWith(start));
	if (has('xl/workbook.xml') || (has('[content_types].xml') && has('xl/worksheets/'))) return;
	const found = has('xl/workbook.bin')
		? '是二进制工作簿（.xlsb），不是 .xlsx'
		: has('word/')
			? '其实是 Word 文档，不是 Excel 文件'
			: has('ppt/')
				? '其实是 PowerPoint 文稿，不是 Excel 文件'
				: has('mimetype')
					? '其实是 OpenDocument 文件（.ods/.odt），不是 .xlsx'
					: '其实是 zip 压缩包，里面没有工作簿';
	throw new WorkbookError('NOT_A_WORKBOOK', `《${fileName}》${found}`);
}

/** Cheap refusals, before anything is unpacked; what passes is still unpacked under a cap. */
function refuseByDeclaration(entry: ZipEntry, { fileName, limits }: Guard): void {
	if (entry.encrypted) throw new WorkbookError('ENCRYPTED', `《${fileName}》里的部件 ${entry.name} 加了密，无法读取`);
	if (isBomb(entry.declaredBytes, entry.packedBytes, limits)) refuseBomb(entry, fileName);
}

async function inspectEntry(bytes: Buffer, entry: ZipEntry, guard: Guard & { unpacked: number }): Promise<number> {
	const { fileName, limits, unpacked } = guard;
	const isXml = /\.(xml|rels|vml)$/i.test(entry.name);
	let size = 0;
	let tail = '';
	const watch: InflateWatch = ({ unpackedBytes, packedBytes }) => {
		if (isBomb(unpackedBytes, packedBytes, limits)) refuseBomb(entry, fileName);
		if (unpacked + unpackedBytes > limits.unpackedBytes) {
			throw new WorkbookError('TOO_LARGE', `《${fileName}》解压后超过 ${inMb(limits.unpackedBytes)} 的上限`);
		}
	};
	for await (const chunk of inflateEntry(bytes, entry, watch)) {
		if (isXml) tail = refuseDeclarations(chunk, tail, { entry, fileName, isFirst: size === 0 });
		size += chunk.length;
	}
	return size;
}

function isBomb(unpackedBytes: number, packedBytes: number, limits: ReadLimits): boolean {
	return unpackedBytes > limits.ratioFromBytes && unpackedBytes > packedBytes * limits.ratio;
}

function refuseBomb(entry: ZipEntry, fileName: string): never {
	throw new WorkbookError('BOMB', `《${fileName}》里的部件 ${entry.name} 压缩比异常，像是“解压炸弹”`);
}

type Part = { readonly entry: ZipEntry; readonly fileName: string; readonly isFirst: boolean };

/** @returns the end of the chunk, to be looked at together with the start of the next */
function refuseDeclarations(chunk: Buffer, tail: string, { entry, fileName, isFirst }: Part): string {
	const refuse = (why: string) => {
		throw new WorkbookError('DAMAGED', `《${fileName}》里的部件 ${entry.name} ${why}`);
	};
	// UTF-16 would hide a declaration from the search below; no spreadsheet program writes it.
	if (isFirst && chunk.subarray(0, 4).includes(0)) refuse('不是 UTF-8 编码');
	const seam = tail + chunk.toString('latin1', 0, 16);
	for (const mark of ['<!DOCTYPE', '<!ENTITY']) {
		if (seam.includes(mark) || chunk.includes(mark)) refuse('含有不允许的 DOCTYPE/ENTITY 声明');
	}
	return chunk.length < 16 ? (tail + chunk.toString('latin1')).slice(-16) : chunk.toString('latin1', chunk.length - 16);
}

function inMb(bytes: number): string {
	return `${Math.round((bytes / megabyte) * 10) / 10} MB`;
}
