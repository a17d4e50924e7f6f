import type JSZip from 'jszip';

import { placeCharts } from './chartPlaces';
import type { PlacedChart } from './chartPlaces';
import { chartXml } from './chartXml';
import type { WrittenSheet } from './writeSheet';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const pixel = 9_525; // EMU
/** What may follow the drawing in a sheet part; the schema fixes the order. */
const afterDrawing = /<(?:legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|<\/worksheet>/;

/** Adds native charts to a finished file: chart and drawing parts, their relations and content types. */
export async function addCharts(file: Buffer, sheets: readonly WrittenSheet[]): Promise<Uint8Array<ArrayBuffer>> {
	const { default: Zip } = await import('jszip');
	const zip = await Zip.loadAsync(file);
	const overrides: string[] = [];
	let charts = 0;
	for (const [index, sheet] of sheets.entries()) {
		const placed = placeCharts(sheet);
		if (placed.length === 0) continue;
		const numbers = placed.map(() => ++charts);
		addDrawing(zip, index + 1, { placed, numbers });
		await linkDrawing(zip, index + 1);
		overrides.push(override(`drawings/drawing${index + 1}.xml`, 'drawing'), ...numbers.map((number) => override(`charts/chart${number}.xml`, 'drawingml.chart')));
	}
	await patch(zip, '[Content_Types].xml', (types) => types.replace('</Types>', `${overrides.join('')}</Types>`));
	const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
	return new Uint8Array(bytes);
}

function override(path: string, kind: 'drawing' | 'drawingml.chart'): string {
	return `<Override PartName="/xl/${path}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`;
}

function addDrawing(zip: JSZip, sheet: number, { placed, numbers }: { placed: readonly PlacedChart[]; numbers: readonly number[] }): void {
	placed.forEach(({ data }, index) => zip.file(`xl/charts/chart${numbers[index]}.xml`, chartXml(data)));
	const frames = placed.map((chart, index) => frame(chart, index + 1)).join('');
	const names = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
	zip.file(`xl/drawings/drawing${sheet}.xml`, `${header}<xdr:wsDr ${names}>${frames}</xdr:wsDr>`);
	const relations = numbers.map((number, index) => relation(`rId${index + 1}`, 'chart', `../charts/chart${number}.xml`)).join('');
	zip.file(`xl/drawings/_rels/drawing${sheet}.xml.rels`, `${header}<Relationships xmlns="${packageRelations}">${relations}</Relationships>`);
}

function frame({ anchor }: PlacedChart, number: number): string {
	const from = `<xdr:from><xdr:col>${anchor.col}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${anchor.row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`;
	const size = `<xdr:ext cx="${anchor.width * pixel}" cy="${anchor.height * pixel}"/>`;
	const chart = `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="${office}" r:id="rId${number}"/>`;
	return (
		`<xdr:oneCellAnchor>${from}${size}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${number + 1}" name="图表 ${number}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
		'<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">' +
		`${chart}</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`
	);
}

async function linkDrawing(zip: JSZip, sheet: number): Promise<void> {
	const relations = `xl/worksheets/_rels/sheet${sheet}.xml.rels`;
	if (!zip.file(relations)) zip.file(relations, `${header}<Relationships xmlns="${packageRelations}"></Relationships>`);
	await patch(zip, relations, (xml) =>
		xml.replace('</Relationships>', `${relation('rIdCharts', 'drawing', `../drawings/drawing${sheet}.xml`)}</Relationships>`),
	);
	await patch(zip, `xl/worksheets/sheet${sheet}.xml`, (xml) => xml.replace(afterDrawing, (next) => `<drawing r:id="rIdCharts"/>${next}`));
}

function relation(id: string, kind: 'chart' | 'drawing', target: string): string {
	return `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`;
}

async function patch(zip: JSZip, path: string, change: (xml: string) => string): Promise<void> {
	const part = zip.file(path);
	if (!part) throw new Error(`工作簿缺少部件 ${path}`);
	zip.file(path, change(await part.async('string')));
}
