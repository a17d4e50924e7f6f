import { deflateRawSync } from 'node:zlib';
import { craftZip } from '../spreadsheet/craftedZip';

/** A workbook of 5 MB whose two sheets unpack to 2.5 GB each; `declaredBytes` is what it says of each. */
export function bomb(declaredBytes = 2_684_354_560): Buffer {
	const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024), { level: 9, finishFlush: 2 /* Z_SYNC_FLUSH: can be repeated */ });
	const packed = Buffer.concat(Array<Buffer>(160).fill(block));
	return craftZip([
		{ name: '[Content_Types].xml', data: '<Types/>' },
		{ name: 'xl/workbook.xml', data: '<workbook/>' },
		{ name: 'xl/worksheets/sheet1.xml', packed, declaredBytes, crc: 0 },
		{ name: 'xl/worksheets/sheet2.xml', packed, declaredBytes, crc: 0 },
	]);
}
