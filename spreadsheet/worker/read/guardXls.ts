import { CFB } from '@e965/xlsx';
import { WorkbookError } from '../../workbookError';

const record = { bof: 0x0809, eof: 0x000a, filePass: 0x002f } as const;
/** Longer records are split; what claims more is no record. */
const longestRecord = 8224;

/**
 * Walks through an old workbook before the library parses it, which reads half a file without a word and takes noise for rows.
 * @throws WorkbookError ENCRYPTED, DAMAGED for one that is cut off or whose records do not follow each other
 */
export function guardXls(bytes: Buffer, fileName: string): void {
	const refuse = (why: string) => new WorkbookError('DAMAGED', `《${fileName}》已损坏：${why}`);
	if (endOfSectors(bytes) > bytes.length) throw refuse('文件不完整');
	const stream = streamOf(bytes);
	if (stream === null || stream.length < 8) throw refuse('里面没有完整的工作簿');
	const problem = problemIn(stream);
	if (problem === 'password') throw new WorkbookError('ENCRYPTED', `《${fileName}》设了打开密码，无法读取`);
	if (problem !== null) throw refuse(problem);
}

/** Records follow each other, each sheet between a beginning and an end. */
function problemIn(stream: Buffer): string | null {
	let depth = 0;
	for (let at = 0; at < stream.length; ) {
		if (at + 4 > stream.length) return '内容不完整';
		const [id, size] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
		if (depth === 0 && id !== record.bof) return at > 0 && isPadding(stream.subarray(at)) ? null : '内容无法识别';
		if (size > longestRecord || at + 4 + size > stream.length) return '内容不完整';
		if (id === record.filePass) return 'password';
		depth += id === record.bof ? 1 : id === record.eof ? -1 : 0;
		at += 4 + size;
	}
	return depth === 0 ? null : '内容不完整';
}

const isPadding = (rest: Buffer): boolean => rest.every((byte) => byte === 0);

/** Where the last sector ends that another one leads to, by the container's own table; 0 for a table we cannot follow. */
function endOfSectors(bytes: Buffer): number {
	if (bytes.length < 512) return Infinity;
	const size = 2 ** bytes.readUInt16LE(30);
	if (size !== 512 && size !== 4096) return 0;
	let last = -1;
	for (let index = 0; index < Math.min(109, bytes.readUInt32LE(44)); index++) {
		const table = (bytes.readUInt32LE(76 + index * 4) + 1) * size;
		if (table + size > bytes.length) return Infinity;
		for (let entry = 0; entry < size / 4; entry++) {
			// Negative ones mark ends and blanks.
			const next = bytes.readInt32LE(table + entry * 4);
			if (next >= 0) last = Math.max(last, next, (index * size) / 4 + entry);
		}
	}
	return (last + 2) * size;
}

function streamOf(bytes: Buffer): Buffer | null {
	try {
		const container = CFB.read(bytes, { type: 'buffer' });
		const entry = CFB.find(container, 'Workbook') ?? CFB.find(container, 'Book');
		return entry === null || entry.content === undefined || entry.content.length < entry.size ? null : Buffer.from(entry.content as Uint8Array);
	} catch {
		return null;
	}
}
