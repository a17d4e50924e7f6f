/** The library's comment boxes hold about 20 Chinese characters; these hold the longest of our messages. */
const box = { columns: 4, rows: 6, style: 'width:260pt;height:110pt' };

/** Makes all comment boxes of a workbook large enough to read them without dragging. */
export async function widenComments(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	const { default: Zip } = await import('jszip');
	const zip = await Zip.loadAsync(file);
	for (const part of zip.file(/^xl\/drawings\/vmlDrawing\d+\.vml$/)) {
		const xml = await part.async('string');
		zip.file(part.name, xml.replaceAll('width:97.8pt;height:59.1pt', box.style).replace(/<x:Anchor>([^<]*)<\/x:Anchor>/g, widen));
	}
	return new Uint8Array(await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
}

/** Anchor: left column and offset, top row and offset, right column and offset, bottom row and offset. */
function widen(whole: string, anchor: string): string {
	const parts = anchor.split(',').map(Number);
	if (parts.length !== 8) return whole;
	const [left = 0, leftOffset = 0, top = 0, topOffset = 0] = parts;
	return `<x:Anchor>${[left, leftOffset, top, topOffset, left + box.columns, 2, top + box.rows, 2].join(', ')}</x:Anchor>`;
}
