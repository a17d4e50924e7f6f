import { pipeline, Readable } from 'node:stream';
import { createInflateRaw, crc32 } from 'node:zlib';

import { packedBytesOf, ZipDamage } from './zipDirectory';
import type { ZipEntry } from './zipDirectory';

/** Told after each piece how much came out of how much that went in; throws to stop. */
export type InflateWatch = (progress: { readonly unpackedBytes: number; readonly packedBytes: number }) => void;

const chunkBytes = 256 * 1024;
/** Small, so that a watcher sees a bomb (1:1032 at best) after a few MB. */
const sliceBytes = 16 * 1024;

/**
 * Unpacks one entry piece by piece; nothing is unpacked ahead of the reader, who may stop at any time.
 * @throws ZipDamage on a broken stream, or at the end when size or checksum are not those declared
 */
export async function* inflateEntry(zip: Buffer, entry: ZipEntry, watch?: InflateWatch): AsyncGenerator<Buffer, void, undefined> {
	let size = 0;
	let crc = 0;
	for await (const { chunk, packedBytes } of unpack(packedBytesOf(zip, entry), entry)) {
		size += chunk.length;
		watch?.({ unpackedBytes: size, packedBytes });
		crc = crc32(chunk, crc);
		yield chunk;
	}
	if (size !== entry.declaredBytes) throw new ZipDamage(`部件 ${entry.name} 的大小与目录不符`);
	if (crc !== entry.crc) throw new ZipDamage(`部件 ${entry.name} 校验不符`);
}

async function* unpack(packed: Buffer, entry: ZipEntry): AsyncGenerator<{ chunk: Buffer; packedBytes: number }, void, undefined> {
	if (entry.method === 0) {
		for (const chunk of slices(packed, chunkBytes)) yield { chunk, packedBytes: packed.length };
		return;
	}
	if (entry.method !== 8) throw new ZipDamage(`部件 ${entry.name} 用了不认识的压缩方法 ${entry.method}`);
	// The callback is there for pipeline's sake: the loop below throws the same error.
	const inflate = pipeline(Readable.from(slices(packed, sliceBytes)), createInflateRaw({ chunkSize: chunkBytes }), () => undefined);
	try {
		for await (const chunk of inflate as AsyncIterable<Buffer>) yield { chunk, packedBytes: inflate.bytesWritten };
	} catch (cause) {
		throw new ZipDamage(`部件 ${entry.name} 解压失败`, { cause });
	}
}

function* slices(bytes: Buffer, size: number): Generator<Buffer, void, undefined> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
