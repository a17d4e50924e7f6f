import type { Finding } from '../../../domain/import/finding';
import { attributeOf } from '../read/scanXml';
import { withAttribute } from './xmlText';

/** Colours of our own, so that they can be told from the sender's and removed again. */
export const markColours = { error: 'FFFFC7CF', warning: 'FFFFF2C9' } as const;

/** Styles of the summary, by what they are for. */
export type SummaryStyle = 'title' | 'counts' | 'note' | 'head' | 'text' | 'place' | 'error' | 'warning';

/** Their order in the workbook is the order here. */
const summaryXfs: Readonly<Record<SummaryStyle, { font: number; fill: 'none' | 'head' | 'error' | 'warning'; border: 0 | 1; rest: string }>> = {
	title: { font: 3, fill: 'none', border: 0, rest: '<alignment vertical="center"/>' },
	counts: { font: 2, fill: 'none', border: 0, rest: '<alignment vertical="center"/>' },
	note: { font: 0, fill: 'none', border: 0, rest: '<alignment vertical="center"/>' },
	head: { font: 1, fill: 'head', border: 1, rest: '<alignment horizontal="center" vertical="center"/>' },
	text: { font: 0, fill: 'none', border: 1, rest: '<alignment vertical="top" wrapText="1"/>' },
	place: { font: 4, fill: 'none', border: 1, rest: '<alignment vertical="top"/>' },
	error: { font: 0, fill: 'error', border: 1, rest: '<alignment vertical="top"/>' },
	warning: { font: 0, fill: 'warning', border: 1, rest: '<alignment vertical="top"/>' },
};

const fontsAdded = ['<sz val="10"/>', '<b/><sz val="10"/>', '<sz val="11"/>', '<b/><sz val="16"/>', '<u/><sz val="10"/><color rgb="FF0563C1"/>'].map((inside) => `<font>${inside}<name val="Microsoft YaHei"/></font>`);
const solid = (colour: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
const side = (name: string) => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`;
const borderAdded = `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`;

export const emptyStyles =
	'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
	'<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
	'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
	'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>';

/** The styles of a workbook, to which coloured copies are added as they are needed. */
export class StyleBook {
	private readonly xfs: string[];
	private readonly copies = new Map<string, number>();
	private readonly counts: Readonly<Record<'fonts' | 'fills' | 'borders', number>>;
	private readonly summaryStart: number;

	/** @throws Error for styles without the usual lists */
	constructor(private readonly xml: string) {
		this.counts = { fonts: childrenOf(xml, 'fonts', 'font').length, fills: childrenOf(xml, 'fills', 'fill').length, borders: childrenOf(xml, 'borders', 'border').length };
		this.xfs = childrenOf(xml, 'cellXfs', 'xf').map(withoutOurs(xml));
		this.summaryStart = this.xfs.length;
		for (const style of Object.values(summaryXfs)) this.xfs.push(this.summaryXf(style));
	}

	/** Number of the style that looks like another one, in the colour of a finding. */
	marked(style: number, level: Finding['level']): number {
		const key = `${style} ${level}`;
		let copy = this.copies.get(key);
		if (copy === undefined) {
			const xf = this.xfs[style] ?? (this.xfs[0] as string);
			copy = this.xfs.push(xf.replace(/^<xf\b[^>]*>/, (tag) => withAttribute(withAttribute(tag, 'fillId', String(this.fill(level))), 'applyFill', '1'))) - 1;
			this.copies.set(key, copy);
		}
		return copy;
	}

	summary(style: SummaryStyle): number {
		return this.summaryStart + Object.keys(summaryXfs).indexOf(style);
	}

	toXml(): string {
		const lists: ReadonlyArray<readonly [list: string, count: number, inside: (old: string) => string]> = [
			['fonts', this.counts.fonts + fontsAdded.length, (old) => old + fontsAdded.join('')],
			['fills', this.counts.fills + 3, (old) => old + solid(markColours.error) + solid(markColours.warning) + solid('FFD9E7F5')],
			['borders', this.counts.borders + 1, (old) => old + borderAdded],
			['cellXfs', this.xfs.length, () => this.xfs.join('')],
		];
		return lists.reduce((xml, [list, count, inside]) => xml.replace(listPattern(list), (_, tag: string, old: string, end: string) => withAttribute(tag, 'count', String(count)) + inside(old) + end), this.xml);
	}

	private fill(which: 'none' | 'head' | 'error' | 'warning'): number {
		return which === 'none' ? 0 : this.counts.fills + ['error', 'warning', 'head'].indexOf(which);
	}

	private summaryXf({ font, fill, border, rest }: (typeof summaryXfs)[SummaryStyle]): string {
		const attributes = `numFmtId="49" fontId="${this.counts.fonts + font}" fillId="${this.fill(fill)}" borderId="${border === 1 ? this.counts.borders : 0}" xfId="0"`;
		// Text with a quote prefix: what a sender wrote as =cmd|… stays text, even when someone edits the cell.
		return `<xf ${attributes} quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${rest}</xf>`;
	}
}

const listPattern = (list: string): RegExp => new RegExp(`(<${list}\\b[^>]*>)([\\s\\S]*?)(</${list}>)`);

function childrenOf(xml: string, list: string, child: string): string[] {
	const inside = listPattern(list).exec(xml)?.[2];
	if (inside === undefined) throw new Error(`styles without ${list}`);
	return [...inside.matchAll(new RegExp(`<${child}\\b[^>]*?(?:/>|>[\\s\\S]*?</${child}>)`, 'g'))].map(([whole]) => whole);
}

/** Takes our colours of an earlier check off again: every cell that has such a style loses them at once. */
function withoutOurs(xml: string): (xf: string) => string {
	const colours: readonly string[] = Object.values(markColours);
	const ours = new Set(childrenOf(xml, 'fills', 'fill').flatMap((fill, index) => (colours.includes(attributeOf(/<fgColor\b([^>]*)/.exec(fill)?.[1] ?? '', 'rgb') ?? '') ? [String(index)] : [])));
	return (xf) => xf.replace(/^<xf\b[^>]*>/, (tag) => (ours.has(attributeOf(tag, 'fillId') ?? '') ? withAttribute(tag, 'fillId', '0') : tag));
}
