import { COLUMNS, type Block, type PageModel, type Pair, type SignaturePlace, type TableBlock } from './paperModel';
import { printArea, WIDE_UNIT_MM, type StyleName } from './pageStyles';
import { heightOf, textHeight } from './textHeight';

export type Picture = { readonly code: string } | { readonly png: string };

/** A cell of the page's units: `from` counts from 0. */
export type GridCell = {
	readonly text: string;
	readonly style: StyleName;
	readonly from: number;
	readonly span: number;
	/** Rows it goes down, 1 unless said. */
	readonly rows?: number;
	readonly align?: 'center' | 'right';
	readonly picture?: Picture;
	/** Of the picture, in millimetres. */
	readonly size?: number;
};

export type GridRow = { readonly height: number; readonly cells: readonly GridCell[] };

/** A page as rows of cells, all sizes known: what the workbook and the web page draw. */
export type PageGrid = {
	readonly units: number;
	readonly isWide: boolean;
	readonly width: number;
	readonly rows: readonly GridRow[];
	/** Below 1 for what would not fit on the page otherwise. */
	readonly scale: number;
};

const UNITS = 24;
const CODE_MM = 25;
const TAG_CODE_MM = 50;

export function layOut(page: PageModel): PageGrid {
	const isWide = page.wide !== undefined;
	const area = printArea(isWide);
	const { units, mm } = placeOf(page);
	const width = units * mm;
	const shrunk = Math.max(1, width / area.width);
	const rows = rowsNeeded(page);
	const spreadRows = spread(rows, area.height * shrunk - heightOfRows(rows));
	const scale = Math.min(1, area.width / width, area.height / heightOfRows(spreadRows));
	return { units, isWide, width, rows: spreadRows, scale: Math.round(scale * 1000) / 1000 };
}

/** As high as their words need. */
export function rowsNeeded(page: PageModel): GridRow[] {
	const place = placeOf(page);
	return [...head(page, place), ...page.blocks.flatMap((block) => rowsOf(block, page, place)), foot(page, place)];
}

function placeOf({ wide }: PageModel): Place {
	const units = wide ?? UNITS;
	return { units, perColumn: units / COLUMNS, mm: wide === undefined ? printArea(false).width / units : WIDE_UNIT_MM, isWide: wide !== undefined };
}

/** Uses up free height: room to write gets most of it, rows of values a little. */
function spread(rows: readonly GridRow[], free: number): GridRow[] {
	const most = rows.map(({ height, cells }) => height * (growth[cells[0]?.style ?? 'note'] ?? 0));
	const share = Math.max(0, Math.min(1, free / Math.max(1, most.reduce((sum, each) => sum + each, 0))));
	return rows.map((row, index) => ({ ...row, height: row.height + (most[index] as number) * share }));
}

/** By how much of its height a row may grow, by its first cell; a box begins with its label, as pairs do. */
const growth: Partial<Record<StyleName, number>> = { boxLabel: 1.6, label: 0.3, sign: 0.6, cell: 0.15, heading: 0.2 };

export const heightOfRows = (rows: readonly GridRow[]): number => rows.reduce((sum, { height }) => sum + height, 0);

type Place = { readonly units: number; readonly perColumn: number; readonly mm: number; readonly isWide: boolean };

/** Mark and copy on the left, company and title in the middle, the code on the right. */
function head(page: PageModel, { perColumn }: Place): GridRow[] {
	const side = 2 * perColumn;
	const middle = 8 * perColumn;
	const hasCode = page.code !== '' && !page.blocks.some(({ kind }) => kind === 'tag');
	const code: GridCell[] = hasCode ? [{ text: '', style: 'code', from: side + middle, span: side, rows: 3, picture: { code: page.code }, size: CODE_MM }] : [];
	const meta = [`编号：${page.no}`, page.remark].join('　　　').trimEnd();
	return [
		{ height: page.company === '' ? 6 : 9, cells: [{ text: page.mark, style: 'mark', from: 0, span: side }, { text: page.company, style: 'company', from: side, span: middle }, ...code] },
		{ height: 13, cells: [{ text: page.copy.replace(' ', '\n'), style: 'mark', from: 0, span: side }, { text: page.title, style: 'title', from: side, span: middle }] },
		{ height: 8, cells: [{ text: meta, style: 'meta', from: 0, span: side + middle }] },
	];
}

const foot = ({ foot: [left, right] }: PageModel, { units }: Place): GridRow => ({
	height: 6,
	cells: [{ text: left, style: 'foot', from: 0, span: units / 2 }, { text: right, style: 'footRight', from: units / 2, span: units / 2 }],
});

function rowsOf(block: Block, page: PageModel, place: Place): GridRow[] {
	switch (block.kind) {
		case 'pairs':
			return pairRows(block.pairs).map((row) => pairRow(row, place));
		case 'box':
			return [boxRow(block, place)];
		case 'table':
			return tableRows(block, place);
		case 'signatures':
			return signatureRows(block.places, place);
		case 'tag':
			return [tagRow(block.text, page, place)];
		default:
			return [textRow(block.text, block.kind, place)];
	}
}

/** Fills rows of twelve; a row that stays short is stretched. */
function pairRows(list: readonly Pair[]): Pair[][] {
	const rows: Pair[][] = [];
	let left = 0;
	for (const each of list) {
		if (each.span > left) {
			stretch(rows.at(-1), left);
			rows.push([]);
			left = COLUMNS;
		}
		rows.at(-1)?.push(each);
		left -= each.span;
	}
	stretch(rows.at(-1), left);
	return rows;
}

function stretch(row: Pair[] | undefined, by: number): void {
	const last = row?.pop();
	if (row !== undefined && last !== undefined) row.push({ ...last, span: last.span + by });
}

const LOW = 8;

function pairRow(row: readonly Pair[], place: Place): GridRow {
	let from = 0;
	const cells = row.flatMap(({ label, value, span, labelSpan }): GridCell[] => {
		const start = from;
		const wide = Math.round(labelSpan * place.perColumn);
		from += Math.round(span * place.perColumn);
		return [{ text: label, style: 'label', from: start, span: wide }, { text: value, style: 'value', from: start + wide, span: from - start - wide }];
	});
	return { height: tallest(cells, place, LOW), cells };
}

function boxRow({ label, text, lines }: Block & { kind: 'box' }, place: Place): GridRow {
	const wide = 2 * place.perColumn;
	const cells: GridCell[] = [{ text: label, style: 'boxLabel', from: 0, span: wide }, { text, style: 'text', from: wide, span: place.units - wide }];
	return { height: tallest(cells, place, heightOf(lines, 'text')), cells };
}

function tableRows({ columns, rows, minimum, total }: TableBlock, place: Place): GridRow[] {
	const spans = columns.map(({ width }) => (place.isWide ? width : Math.round(width * place.perColumn)));
	const [header, cell] = place.isWide ? (['smallHeader', 'smallCell'] as const) : (['header', 'cell'] as const);
	const row = (texts: readonly string[], style: StyleName): GridRow => {
		let from = 0;
		const cells = columns.map(({ align }, index): GridCell => {
			const span = spans[index] as number;
			from += span;
			return { text: texts[index] ?? '', style, from: from - span, span, ...(align === undefined || style === header ? {} : { align }) };
		});
		return { height: tallest(cells, place, place.isWide ? 7 : LOW), cells };
	};
	const empty = Array.from({ length: Math.max(0, minimum - rows.length) }, () => []);
	return [row(columns.map(({ label }) => label), header), ...[...rows, ...empty].map((texts) => row(texts, cell)), ...(total === undefined ? [] : [row(total, header)])];
}

const DAY_TO_WRITE = '　　　年　　　月　　　日';
const dayInWords = (day: string | undefined): string => (day ? day.replace(/^(\d+)-(\d+)-(\d+)$/, '$1 年 $2 月 $3 日') : DAY_TO_WRITE);

function signatureRows(places: readonly SignaturePlace[], { units }: Place): GridRow[] {
	const span = Math.floor(units / places.length);
	const cells = (style: StyleName, text: (place: SignaturePlace) => string, more: (place: SignaturePlace) => Partial<GridCell> = () => ({})) =>
		places.map((place, index): GridCell => ({ text: text(place), style, from: index * span, span: index === places.length - 1 ? units - index * span : span, ...more(place) }));
	return [
		{ height: 15, cells: cells('sign', ({ label, name }) => `${label}：${name ?? ''}`, ({ image }) => (image === undefined ? {} : { picture: { png: image }, size: 11 })) },
		{ height: 6.5, cells: cells('signDay', ({ day }) => dayInWords(day)) },
	];
}

function tagRow(text: string, page: PageModel, { units, perColumn }: Place): GridRow {
	const side = 4 * perColumn;
	return {
		height: TAG_CODE_MM + 6,
		cells: [
			{ text, style: 'tag', from: 0, span: units - side },
			{ text: '', style: 'tag', from: units - side, span: side, ...(page.code === '' ? {} : { picture: { code: page.code }, size: TAG_CODE_MM }) },
		],
	};
}

const textRow = (text: string, style: 'heading' | 'note' | 'tear', place: Place): GridRow => {
	const cells: GridCell[] = [{ text, style, from: 0, span: place.units }];
	return { height: tallest(cells, place, style === 'note' ? 5 : 10), cells };
};

const tallest = (cells: readonly GridCell[], { mm }: Place, least: number): number =>
	Math.max(least, ...cells.map(({ text, style, span }) => textHeight(text, style, span * mm)));
