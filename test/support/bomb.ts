import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of raw entries; `size` and `crc` may lie. */
export function zip(entries: readonly { name: string; data: Buffer; method?: number; size?: number; crc?: number }[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, data, method = 8, size = 0, crc = 0 } of entries) {
		const label = Buffer.from(name);
		const head = Buffer.alloc(30);
		head.writeUInt32LE(0x04034b50, 0);
		head.writeUInt16LE(20, 4);
		head.writeUInt16LE(method, 8);
		head.writeUInt32LE(crc, 14);
		head.writeUInt32LE(data.length, 18);
		head.writeUInt32LE(size, 22);
		head.writeUInt16LE(label.length, 26);
		const central = Buffer.alloc(46);
		central.writeUInt32LE(0x02014b50, 0);
		head.copy(central, 6, 4, 28);
		central.writeUInt16LE(label.length, 28);
		central.writeUInt32LE(offset, 42);
		parts.push(head, label, data);
		directory.push(central, label);
		offset += 30 + label.length + data.length;
	}
	const size = directory.reduce((sum, part) => sum + part.length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...directory, end]);
}

const part = (name: string, text: string) => ({ name, data: deflateRawSync(Buffer.from(text)), size: text.length, crc: crc32(Buffer.from(text)) });

/** A workbook of 5 MB whose two sheets unpack to 2.5 GB each; `size` is what it says of each. */
export function bomb(size = 2_684_354_560): Buffer {
	const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024), { level: 9, finishFlush: 2 /* Z_SYNC_FLUSH: can be repeated */ });
	const sheet = Buffer.concat(Array<Buffer>(160).fill(block));
	return zip([
		part('[Content_Types].xml', '<Types/>'),
		part('xl/workbook.xml', '<workbook/>'),
		{ name: 'xl/worksheets/sheet1.xml', data: sheet, size },
		{ name: 'xl/worksheets/sheet2.xml', data: sheet, size },
	]);
}
