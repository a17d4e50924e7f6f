import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { ZipEntry } from '../read/zipDirectory';

type Written = { readonly name: string; readonly method: number; readonly crc: number; readonly packedBytes: number; readonly bytes: number; readonly offset: number };

/** Names in UTF-8. */
const flags = 0x0800;
/** 1 January 1980: the same input gives the same file. */
const date = 0x0021;
const version = 20;

/** Writes a zip piece by piece; what is held is only what comes out, packed. */
export class ZipWriter {
	private readonly pieces: Buffer[] = [];
	private readonly entries: Written[] = [];
	private offset = 0;

	/** Takes over an entry as it is packed in another zip, byte for byte. */
	copy({ name, method, crc, packedBytes, declaredBytes }: ZipEntry, packed: Buffer): void {
		this.begin({ name, method, crc, packedBytes, bytes: declaredBytes, offset: this.offset });
		this.push(packed);
	}

	async add(name: string, content: Iterable<string | Buffer> | AsyncIterable<string | Buffer>): Promise<void> {
		const deflate = createDeflateRaw({ level: 5 });
		const packed: Buffer[] = [];
		deflate.on('data', (chunk: Buffer) => packed.push(chunk));
		const ended = once(deflate, 'end');
		let crc = 0;
		let bytes = 0;
		for await (const piece of content) {
			const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
			crc = crc32(chunk, crc);
			bytes += chunk.length;
			if (!deflate.write(chunk)) await once(deflate, 'drain');
		}
		deflate.end();
		await ended;
		const packedBytes = packed.reduce((sum, { length }) => sum + length, 0);
		this.begin({ name, method: 8, crc, packedBytes, bytes, offset: this.offset });
		for (const chunk of packed) this.push(chunk);
	}

	end(): Uint8Array<ArrayBuffer> {
		const start = this.offset;
		for (const entry of this.entries) this.push(Buffer.concat([centralHeader(entry), Buffer.from(entry.name)]));
		const end = Buffer.alloc(22);
		end.writeUInt32LE(0x06054b50, 0);
		end.writeUInt16LE(this.entries.length, 8);
		end.writeUInt16LE(this.entries.length, 10);
		end.writeUInt32LE(this.offset - start, 12);
		end.writeUInt32LE(start, 16);
		this.push(end);
		const whole = new Uint8Array(this.offset);
		let at = 0;
		for (const piece of this.pieces.splice(0)) {
			whole.set(piece, at);
			at += piece.length;
		}
		return whole;
	}

	private begin(entry: Written): void {
		this.entries.push(entry);
		this.push(Buffer.concat([localHeader(entry), Buffer.from(entry.name)]));
	}

	private push(piece: Buffer): void {
		this.pieces.push(piece);
		this.offset += piece.length;
	}
}

function localHeader(entry: Written): Buffer {
	const header = Buffer.alloc(30);
	header.writeUInt32LE(0x04034b50, 0);
	writeFacts(header, 4, entry);
	return header;
}

function centralHeader(entry: Written): Buffer {
	const header = Buffer.alloc(46);
	header.writeUInt32LE(0x02014b50, 0);
	header.writeUInt16LE(version, 4);
	writeFacts(header, 6, entry);
	header.writeUInt32LE(entry.offset, 42);
	return header;
}

function writeFacts(header: Buffer, at: number, { name, method, crc, packedBytes, bytes }: Written): void {
	header.writeUInt16LE(version, at);
	header.writeUInt16LE(flags, at + 2);
	header.writeUInt16LE(method, at + 4);
	header.writeUInt16LE(date, at + 8);
	header.writeUInt32LE(crc, at + 10);
	header.writeUInt32LE(packedBytes, at + 14);
	header.writeUInt32LE(bytes, at + 18);
	header.writeUInt16LE(Buffer.byteLength(name), at + 22);
}
