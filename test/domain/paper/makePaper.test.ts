import { caseForms, registerForms } from '../../../domain/paper/forms';
import { heightOfRows, layOut, type PageGrid } from '../../../domain/paper/layOut';
import { makePaper } from '../../../domain/paper/makePaper';
import { box, column, pair, pairs, table, whole, type Layout } from '../../../domain/paper/paperModel';
import { printArea } from '../../../domain/paper/pageStyles';
import { nothing } from '../../../domain/paper/serviceCase';
import { textHeight } from '../../../domain/paper/textHeight';
import { job, names } from '../../support/serviceCase';

const head = { form: 'M-1', company: '公司', no: 'BX202506-0001', remark: '状态：待派工', madeBy: '小陈', printedAt: '2025-06-11 09:30' };
const layout = (...blocks: Layout['blocks']): Layout => ({ title: '单据', mark: '表1', blocks });
const rows = (count: number) => Array.from({ length: count }, (_each, index) => [String(index + 1), '说明']);
const list = (count: number, minimum = 5) => table([column('序号', 2), column('说明', 10)], rows(count), minimum);
const textsOf = ({ rows: all }: PageGrid) => all.flatMap(({ cells }) => cells.map(({ text }) => text));

describe('a paper', () => {
	it('M-102: its number stands on the page, in words and in the code', () => {
		const [page] = makePaper(layout(pairs(pair('客户', '华联'))), head).pages;
		const grid = layOut(page!);
		expect(textsOf(grid)).toContain('编号：BX202506-0001　　　状态：待派工');
		expect(grid.rows.flatMap(({ cells }) => cells.flatMap(({ picture }) => picture ?? []))).toEqual([{ code: 'BX202506-0001' }]);
	});

	it('has no code without a number, and no company line without a company', () => {
		const grid = layOut(makePaper(layout(pairs(pair('客户'))), { ...head, no: '', company: '', remark: '', madeBy: '' }).pages[0]!);
		expect(grid.rows.flatMap(({ cells }) => cells.flatMap(({ picture }) => picture ?? []))).toEqual([]);
		expect(textsOf(grid)).toContain('编号：');
		expect(textsOf(grid).join()).not.toMatch(/公司|制单/);
	});

	it('M-104: is printed once for each copy, which says whose it is', () => {
		const { pages } = makePaper({ ...layout(list(1)), copies: ['品管部', '制造部'] }, head);
		expect(pages.map(({ copy }) => copy)).toEqual(['第一联 品管部', '第二联 制造部']);
		expect(textsOf(layOut(pages[1]!))).toContain('第二联\n制造部');
	});

	it('goes on over as many pages as its longest table needs, every row once, and says which page it is', () => {
		const { pages } = makePaper(layout(pairs(whole('客户', '华联')), list(70)), head);
		const tables = pages.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])));
		expect(tables.flatMap((each) => each.rows.map(([first]) => first))).toEqual(rows(70).map(([first]) => first));
		expect(pages.map(({ foot }) => foot[1])).toEqual(pages.map((_page, index) => `打印：2025-06-11 09:30\u3000第 ${index + 1} 页 / 共 ${pages.length} 页`));
		expect(pages.length).toBeGreaterThan(2);
		for (const page of pages) expect(layOut(page).scale).toBe(1);
	});

	it('adds empty rows up to the minimum, but not beyond the page', () => {
		const rowsOn = (minimum: number) => layOut(makePaper(layout(list(2, minimum)), head).pages[0]!).rows.length;
		expect(rowsOn(10) - rowsOn(2)).toBe(8);
		const full = makePaper(layout(list(2, 500)), head).pages;
		expect(full).toHaveLength(1);
		expect(layOut(full[0]!).scale).toBe(1);
	});

	it('shrinks what cannot be split', () => {
		const grid = layOut(makePaper(layout(box('内容', '字'.repeat(3000), 3)), head).pages[0]!);
		expect(grid.scale).toBeLessThan(0.9);
		expect(heightOfRows(grid.rows) * grid.scale).toBeCloseTo(printArea(false).height, 0);
	});

	it('stretches the last pair of a row that is not full', () => {
		const spans = layOut(makePaper(layout(pairs(pair('甲'), whole('乙'))), head).pages[0]!).rows.slice(3, 5).map(({ cells }) => cells.map(({ span }) => span));
		expect(spans).toEqual([[4, 20], [4, 20]]);
	});

	it('makes cells as high as their words need', () => {
		expect(textHeight('字'.repeat(40), 'value', 60)).toBeGreaterThan(2.5 * textHeight('字', 'value', 60));
		expect(textHeight('一\n二\n三', 'value', 60)).toBeGreaterThan(textHeight('一二三', 'value', 60) * 2);
	});
});

describe('every form', () => {
	const layouts: readonly [string, Layout][] = [
		...caseForms.flatMap(({ form, layOut: make }): [string, Layout][] => [[`${form} blank`, make(nothing, names, '')], [`${form} filled`, make(job(), names, '公司')]]),
		...registerForms.map(({ form, layOut: make }): [string, Layout] => [form, make([], names)]),
	];
	it.each(layouts)('%s fits one A4 page and its cells fill the width', (_form, made) => {
		const { pages } = makePaper(made, head);
		expect(pages).toHaveLength(made.copies?.length ?? 1);
		const grid = layOut(pages[0]!);
		expect(grid.scale).toBeGreaterThan(0.82);
		for (const { cells } of grid.rows.slice(3)) {
			expect(cells.reduce((sum, { span }) => sum + span, 0)).toBe(grid.units);
			for (const { from, span } of cells) expect([Number.isInteger(from), Number.isInteger(span), span > 0]).toEqual([true, true, true]);
		}
	});
});
