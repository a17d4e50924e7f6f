import type { ChartModel } from '../../../domain/report/workbookModel';

/** Cells of one sheet and what is in them, as Excel keeps both in a chart. */
export type ChartRange<T> = { readonly ref: string; readonly values: readonly T[] };

export type ChartSeries = { readonly name: string; readonly range: ChartRange<number | null>; readonly format: string };

/** Labels are texts, or serials with the format of their dates. */
export type ChartCategories = ChartRange<string | number | null> & { readonly format?: string };

export type ChartData = { readonly kind: ChartModel['kind']; readonly title: string; readonly categories: ChartCategories; readonly series: readonly ChartSeries[] };

const palette = ['2F75B5', 'ED7D31', '70AD47', 'FFC000', '7030A0', 'C00000', '00B0F0', '7F7F7F'];
const [categoryAxis, valueAxis] = [111111111, 222222222];

/** Writes the chart part (DrawingML) of one native Excel chart. */
export function chartXml(chart: ChartData): string {
	const plot = chart.kind === 'pie' ? pie(chart) : chart.kind === 'line' ? line(chart) : column(chart);
	return (
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
		'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"' +
		' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/>' +
		`<c:chart>${title(chart.title)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}</c:plotArea>` +
		'<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>' +
		'<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>' +
		'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr></c:chartSpace>'
	);
}

export function escapeXml(text: string): string {
	// eslint-disable-next-line no-control-regex -- characters that XML 1.0 cannot hold at all
	const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
	return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function title(text: string): string {
	const run = `<a:r><a:rPr lang="zh-CN" sz="1300" b="1"/><a:t>${escapeXml(text)}</a:t></a:r>`;
	return `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1300" b="1"/></a:pPr>${run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
}

function column({ categories, series }: ChartData): string {
	const all = series.map((one, index) => seriesXml(one, index, { categories, look: `<c:spPr>${solid(index)}</c:spPr><c:invertIfNegative val="0"/>` }));
	const body = `<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${all.join('')}<c:gapWidth val="80"/>`;
	return `<c:barChart>${body}${axisIds}</c:barChart>${axes(categories, series)}`;
}

function line({ categories, series }: ChartData): string {
	const all = series.map((one, index) => {
		const look = `<c:spPr><a:ln w="28575" cap="rnd">${solid(index)}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr>${solid(index)}</c:spPr></c:marker>`;
		return seriesXml(one, index, { categories, look, end: '<c:smooth val="0"/>' });
	});
	return `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${all.join('')}<c:marker val="1"/>${axisIds}</c:lineChart>${axes(categories, series)}`;
}

function pie({ categories, series }: ChartData): string {
	const points = categories.values.map((_, index) => `<c:dPt><c:idx val="${index}"/><c:bubble3D val="0"/><c:spPr>${solid(index)}</c:spPr></c:dPt>`);
	const shown = '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="1"/><c:showBubbleSize val="0"/>';
	const labels = `<c:dLbls><c:numFmt formatCode="0.0%" sourceLinked="0"/>${shown}<c:showLeaderLines val="1"/></c:dLbls>`;
	const all = series.slice(0, 1).map((one, index) => seriesXml(one, index, { categories, look: points.join('') + labels }));
	return `<c:pieChart><c:varyColors val="1"/>${all.join('')}<c:firstSliceAng val="0"/></c:pieChart>`;
}

type SeriesParts = { readonly categories: ChartCategories; readonly look: string; readonly end?: string };

/** The order of the elements is fixed by the schema; Excel repairs (drops) a chart that breaks it. */
function seriesXml({ name, range, format }: ChartSeries, index: number, { categories, look, end = '' }: SeriesParts): string {
	const labels = categories.format === undefined ? reference('str', categories) : reference('num', categories, categories.format);
	return (
		`<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${escapeXml(name)}</c:v></c:tx>${look}` +
		`<c:cat>${labels}</c:cat><c:val>${reference('num', range, format)}</c:val>${end}</c:ser>`
	);
}

/** Cells and, so that the chart shows before anything is computed, what is in them. */
function reference(kind: 'str' | 'num', { ref, values }: ChartRange<string | number | null>, format?: string): string {
	const points = values.map((value, at) => (value === null ? '' : `<c:pt idx="${at}"><c:v>${escapeXml(String(value))}</c:v></c:pt>`));
	const code = format === undefined ? '' : `<c:formatCode>${escapeXml(format)}</c:formatCode>`;
	const cache = `<c:${kind}Cache>${code}<c:ptCount val="${values.length}"/>${points.join('')}</c:${kind}Cache>`;
	return `<c:${kind}Ref><c:f>${escapeXml(ref)}</c:f>${cache}</c:${kind}Ref>`;
}

const axisIds = `<c:axId val="${categoryAxis}"/><c:axId val="${valueAxis}"/>`;

function axes(categories: ChartCategories, series: readonly ChartSeries[]): string {
	const scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>';
	const grid = '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>';
	const ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>';
	const format = escapeXml(series[0]?.format ?? 'General');
	return (
		`<c:catAx><c:axId val="${categoryAxis}"/>${scaling}<c:axPos val="b"/><c:numFmt formatCode="${escapeXml(categories.format ?? 'General')}" sourceLinked="0"/>${ticks}<c:crossAx val="${valueAxis}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>` +
		`<c:valAx><c:axId val="${valueAxis}"/>${scaling}<c:axPos val="l"/>${grid}<c:numFmt formatCode="${format}" sourceLinked="0"/>${ticks}<c:crossAx val="${categoryAxis}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`
	);
}

function solid(index: number): string {
	return `<a:solidFill><a:srgbClr val="${palette[index % palette.length]}"/></a:solidFill>`;
}
