import { printArea, WIDE_UNIT_MM } from './pageStyles';
import { heightOfRows, rowsNeeded } from './layOut';
import { WIDE_SPACE, type Layout, type PageModel, type PaperModel, type TableBlock } from './paperModel';

/** What stands on every page of a paper beside its form. */
export type PaperHead = {
	readonly form: string;
	readonly company: string;
	readonly no: string;
	readonly remark: string;
	/** Who made the paper and when; `''` for one to be filled in by hand. */
	readonly madeBy: string;
	/** Local time. */
	readonly printedAt: string;
};

/**
 * Puts a layout on as many A4 pages as its copies and its longest table need.
 * @rule M-102 — the number stands on every page, in words and in the code
 * @rule M-104 — every copy says which it is and whose
 */
export function makePaper(layout: Layout, head: PaperHead): PaperModel {
	const { form, company, no, remark, madeBy, printedAt } = head;
	const first: PageModel = { ...layout, company, no, remark: layout.remark ?? remark, code: no, copy: '', foot: [madeBy === '' ? '' : `制单：${madeBy}`, printedAt] };
	const copies = (layout.copies ?? ['']).map((holder, index) => (holder === '' ? first : { ...first, copy: `第${'一二三四五六'[index]}联 ${holder}` }));
	return { form, title: layout.title, no, pages: copies.flatMap(paginate) };
}

/** Splits a page whose longest table is too long for it; the last page is filled up with empty rows as far as there is room. */
function paginate(page: PageModel): PageModel[] {
	const longest = page.blocks.reduce<TableBlock | null>((found, block) => (block.kind === 'table' && block.rows.length >= (found?.rows.length ?? 0) ? block : found), null);
	const parts = longest === null ? [page] : partsOf(longest, roomFor(longest, page), page).map((part) => ({ ...page, blocks: page.blocks.map((block) => (block === longest ? part : block)) }));
	return parts.map((part, index) => ({ ...part, foot: [part.foot[0], `打印：${part.foot[1]}${WIDE_SPACE}第 ${index + 1} 页 / 共 ${parts.length} 页`] as const }));
}

/** Millimetres for the rows of a table beside everything else on the page. */
const roomFor = (block: TableBlock, page: PageModel): number =>
	roomOn(page) - heightOfRows(rowsNeeded({ ...page, blocks: page.blocks.map((each) => (each === block ? { ...block, rows: [], minimum: 0 } : each)) }));

function roomOn({ wide }: PageModel): number {
	const { width, height } = printArea(wide !== undefined);
	return wide === undefined ? height : height * Math.max(1, (wide * WIDE_UNIT_MM) / width);
}

/** Fewer rows than these are no use on a page: then everything gets smaller instead. */
const FEWEST = 5;

function partsOf(block: TableBlock, room: number, page: PageModel): TableBlock[] {
	const heights = rowHeights(block, page);
	const [empty] = rowHeights({ ...block, rows: [[]] }, page) as [number];
	const parts: string[][][] = [[]];
	let left = room;
	block.rows.forEach((row, index) => {
		const height = heights[index] as number;
		if (height > left && (parts.at(-1) as string[][]).length >= FEWEST) {
			parts.push([]);
			left = room;
		}
		(parts.at(-1) as string[][]).push([...row]);
		left -= height;
	});
	return parts.map((rows, index) => {
		const isLast = index === parts.length - 1;
		const { total, ...rest } = block;
		const minimum = Math.min(block.minimum, rows.length + Math.max(0, Math.floor(left / empty)));
		return { ...rest, rows, minimum: isLast ? minimum : 0, ...(isLast && total !== undefined ? { total } : {}) };
	});
}

/** Of each row, without header and total. */
const rowHeights = ({ columns, rows }: TableBlock, page: PageModel): number[] => {
	const first = HEAD_ROWS + 1;
	return rowsNeeded({ ...page, blocks: [{ kind: 'table', columns, rows, minimum: 0 }] }).slice(first, first + rows.length).map(({ height }) => height);
};

const HEAD_ROWS = 3;
