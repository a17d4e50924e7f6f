/**
 * A paper as it is printed. A page has a grid of twelve columns: `span` counts these, halves allowed.
 * Texts are final: local times, yuan, names; nothing is looked up any more.
 */
export type PaperModel = {
	/** As in the list of printable forms. */
	readonly form: string;
	readonly title: string;
	/** `''` on a blank form. */
	readonly no: string;
	readonly pages: readonly PageModel[];
};

/** One A4 page. */
export type PageModel = Layout & {
	/** `''`: the line is left out. */
	readonly company: string;
	readonly no: string;
	/** Beside the number, such as the state. */
	readonly remark: string;
	/** What the QR code says; `''` for none. */
	readonly code: string;
	/** Such as `第二联 配件联`. */
	readonly copy: string;
	readonly foot: readonly [left: string, right: string];
};

/** What differs from form to form. */
export type Layout = {
	readonly title: string;
	/** Printed in the corner: the form's number on paper. */
	readonly mark: string;
	readonly blocks: readonly Block[];
	/** A register, landscape: so many units across, a multiple of twelve; widths of its columns are in these. Sixty fill the page. */
	readonly wide?: number;
	/** Beside the number, instead of the state of the document it is printed from. */
	readonly remark?: string;
	/** One page each. */
	readonly copies?: readonly string[];
};

export type Block =
	| { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
	/** A label beside room to write. */
	| { readonly kind: 'box'; readonly label: string; readonly text: string; readonly lines: number }
	| TableBlock
	| { readonly kind: 'signatures'; readonly places: readonly SignaturePlace[] }
	| { readonly kind: 'heading' | 'note' | 'tear'; readonly text: string }
	/** To be read from a distance, with a large code. */
	| { readonly kind: 'tag'; readonly text: string };

export type Pair = { readonly label: string; readonly value: string; readonly span: number; readonly labelSpan: number };

export type TableBlock = {
	readonly kind: 'table';
	readonly columns: readonly TableColumn[];
	readonly rows: readonly (readonly string[])[];
	/** Empty rows are added up to this number, for writing by hand. */
	readonly minimum: number;
	readonly total?: readonly string[];
};

/** `width` in columns of the page, in units on a wide one. */
export type TableColumn = { readonly label: string; readonly width: number; readonly align?: 'center' | 'right' };

export type SignaturePlace = {
	readonly label: string;
	readonly name?: string | null | undefined;
	/** Local day. */
	readonly day?: string;
	/** A drawn signature: PNG, base64. */
	readonly image?: string;
};

/** A text, or nothing: then there is room to write. */
type Known = string | null | undefined;

export const COLUMNS = 12;

/** As wide as a Chinese character. */
export const WIDE_SPACE = '\u3000';

/** Half of the page wide, unless said otherwise; a label takes two columns. */
export const pair = (label: string, value: Known = '', span = 6, labelSpan = 2): Pair => ({ label, value: value ?? '', span, labelSpan });
export const third = (label: string, value?: Known): Pair => pair(label, value, 4, 1.5);
export const whole = (label: string, value?: Known): Pair => pair(label, value, COLUMNS);

export const pairs = (...list: readonly Pair[]): Block => ({ kind: 'pairs', pairs: list });
export const box = (label: string, text: Known, lines: number): Block => ({ kind: 'box', label, text: text ?? '', lines });
export const signatures = (...places: readonly SignaturePlace[]): Block => ({ kind: 'signatures', places });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const note = (text: string): Block => ({ kind: 'note', text });
export const tear = (text: string): Block => ({ kind: 'tear', text });
export const table = (columns: readonly TableColumn[], rows: TableBlock['rows'], minimum: number, total?: readonly string[]): TableBlock => ({
	kind: 'table',
	columns,
	rows,
	minimum,
	...(total === undefined ? {} : { total }),
});
export const column = (label: string, width: number, align?: TableColumn['align']): TableColumn => ({ label, width, ...(align === undefined ? {} : { align }) });

/** What is known of several texts, a line each. */
export const linesOf = (...texts: readonly Known[]): string => texts.filter((text) => text).join('\n');

/** `☑ 满意 ☐ 一般`; nothing ticked where there is no value. */
export const ticks = (choices: Readonly<Record<string, string>> | readonly string[], ticked: string | null | undefined): string => {
	const entries = Array.isArray(choices) ? (choices as readonly string[]).map((label) => [label, label] as const) : Object.entries(choices as Record<string, string>);
	return entries.map(([value, label]) => `${value === ticked ? '☑' : '☐'} ${label}`).join(WIDE_SPACE);
};

export const yesNo = (value: boolean | null | undefined): string => ticks(['是', '否'], value === true ? '是' : value === false ? '否' : null);
