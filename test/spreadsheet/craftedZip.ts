import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip made by hand; everything but name and data may be a lie. */
export type CraftedEntry = {
	readonly name: string;
	readonly data?: string | Buffer;
	readonly packed?: Buffer;
	readonly declaredBytes?: number;
	readonly crc?: number;
	readonly method?: number;
	readonly flags?: number;
};

/** Writes a zip without a library, so that tests can break it in any way. */
export function craftZip(entries: readonly CraftedEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const entry of entries) {
		const data = Buffer.from(entry.data ?? '');
		const packed = entry.packed ?? deflateRawSync(data);
		const fixed = Buffer.alloc(26);
		fixed.writeUInt16LE(20, 0);
		fixed.writeUInt16LE(entry.flags ?? 0, 2);
		fixed.writeUInt16LE(entry.method ?? 8, 4);
		fixed.writeUInt32LE(entry.crc ?? crc32(data), 10);
		fixed.writeUInt32LE(packed.length, 14);
		fixed.writeUInt32LE(entry.declaredBytes ?? data.length, 18);
		fixed.writeUInt16LE(Buffer.byteLength(entry.name), 22);
		const name = Buffer.from(entry.name);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('504b01021400', 'hex'), fixed, place, name);
		parts.push(Buffer.from('504b0304', 'hex'), fixed, name, packed);
		offset += 4 + fixed.length + name.length + packed.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, central, end]);
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a small workbook, to be changed or added to; `sheetData` is the XML inside the sheet. */
export function workbookParts(sheetData: string, changes: Readonly<Record<string, string>> = {}): CraftedEntry[] {
	const parts: Record<string, string> = {
		'[Content_Types].xml': '<?xml version="1.0"?><Types/>',
		'_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': '<workbook xmlns:r="x"><sheets><sheet name="明细" sheetId="1" r:id="rId1"/></sheets></workbook>',
		'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${relations}/styles" Target="/xl/styles.xml"/></Relationships>`,
		'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${sheetData}</sheetData></worksheet>`,
		...changes,
	};
	return Object.entries(parts).map(([name, data]) => ({ name, data }));
}

export function craftWorkbook(sheetData: string, changes: Readonly<Record<string, string>> = {}): Buffer {
	return craftZip(workbookParts(sheetData, changes));
}

export async function refusalOf(work: Promise<unknown>): Promise<{ code: string; message: string; description: string }> {
	return await work.then(
		() => {
			throw new Error('was not refused');
		},
		(error: { code: string; message: string; description: string }) => error,
	);
}
