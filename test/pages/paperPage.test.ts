import { makePaper } from '../../domain/paper/makePaper';
import { box, pair, pairs, signatures, type Layout, type PaperModel } from '../../domain/paper/paperModel';
import { paperPage } from '../../pages/paperPage';
import { modulesOf } from '../support/qrModules';
import { signaturePng } from '../support/signature';

const head = { form: 'M-010', company: '华东 <制冷>', no: 'BX202506-0001', remark: '状态：待派工', madeBy: '小陈', printedAt: '2025-06-11 09:30' };
const make = (blocks: Layout['blocks'], changes: Partial<Layout> & { no?: string } = {}): PaperModel => makePaper({ title: '服务单', mark: '表1', blocks, ...changes }, { ...head, no: changes.no ?? head.no });

/** The dark squares of the drawing, without its quiet zone. */
function drawnModules(html: string, size: number): string[] {
	const dark = new Set([...html.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${Number(x) - 2} ${Number(y) - 2}`));
	return Array.from({ length: size }, (_row, y) => Array.from({ length: size }, (_column, x) => (dark.has(`${x} ${y}`) ? 1 : 0)).join(''));
}

describe('the print page', () => {
	it('shows what people wrote as text, never as markup', () => {
		const html = paperPage(make([box('故障', '<script>alert("1")</script> & \'x\'', 2), pairs(pair('客户', '<img src=x onerror=y>'))]));
		expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;');
		expect(html).toContain('&lt;img src=x onerror=y&gt;');
		expect(html).toContain('华东 &lt;制冷&gt;');
		expect(html).not.toMatch(/<script>alert|<img src=x/);
	});

	it('M-102: carries the number, in words and as a code a scanner reads', () => {
		const html = paperPage(make([pairs(pair('客户'))]));
		expect(html).toContain('编号：BX202506-0001');
		const modules = modulesOf('BX202506-0001');
		expect(drawnModules(html, modules.length)).toEqual(modules);
	});

	it('has no code on a blank form', () => {
		expect(paperPage(make([pairs(pair('客户'))], { no: '' }))).not.toContain('<svg');
	});

	it('is a sheet of A4 a page, landscape for registers, with a button that is not printed', () => {
		const html = paperPage(make([pairs(pair('客户'))], { copies: ['存根联', '配件联'] }));
		expect(html.match(/<section class="tall">/g)).toHaveLength(2);
		expect(html).toMatch(/@page tall\{size:A4 portrait;margin:0\}/);
		expect(html).toMatch(/@media print\{[^@]*button\{display:none\}/);
		expect(html).toContain('<button>打印</button>');
		expect(paperPage(make([pairs(pair('客户'))], { wide: 60 }))).toContain('<section class="wide">');
	});

	it('makes a page smaller that would not fit', () => {
		expect(paperPage(make([box('内容', '字'.repeat(3000), 3)]))).toMatch(/zoom:0\.\d+/);
	});

	it('shows a drawn signature', () => {
		expect(paperPage(make([signatures({ label: '客户签字', image: signaturePng() })]))).toMatch(/<td class="sign"[^>]*>客户签字：<img [^>]*src="data:image\/png;base64,iVBOR/);
	});

	it('covers every unit of a row, gaps and cells that go down counted', () => {
		const html = paperPage(make([pairs(pair('客户'), pair('电话'), pair('地址'))]));
		const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, cells]) => [...(cells as string).matchAll(/colspan="(\d+)"/g)].reduce((sum, [, span]) => sum + Number(span), 0));
		expect(rows.slice(0, 3)).toEqual([24, 20, 20]);
		expect(new Set(rows.slice(3))).toEqual(new Set([24]));
	});
});
