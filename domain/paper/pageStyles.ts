/** How a cell looks; the workbook and the web page draw the same. Sizes in points, 宋体 throughout. */
export type CellStyle = {
	readonly size: number;
	readonly bold?: true;
	readonly align?: 'left' | 'center' | 'right';
	/** `top` for what is written into; centred otherwise. */
	readonly vertical?: 'top';
	/** Keeps the words off the line. */
	readonly indent?: true;
	/** The sides with a line. */
	readonly lines: 'all' | 'none' | 'no-bottom' | 'no-top' | 'cut';
};

const framed = { size: 10.5, lines: 'all' } as const;
const bare = { lines: 'none' } as const;

export const cellStyles = {
	company: { ...bare, size: 13, align: 'center' },
	title: { ...bare, size: 20, bold: true, align: 'center' },
	mark: { ...bare, size: 9, vertical: 'top' },
	meta: { ...bare, size: 10.5 },
	code: { ...bare, size: 9 },
	label: { ...framed, align: 'center' },
	boxLabel: { ...framed, align: 'center' },
	value: { ...framed, indent: true },
	text: { ...framed, vertical: 'top', indent: true },
	header: { ...framed, align: 'center', bold: true },
	cell: { ...framed, size: 10 },
	smallHeader: { ...framed, size: 8, align: 'center', bold: true },
	smallCell: { ...framed, size: 7.5 },
	sign: { ...framed, vertical: 'top', indent: true, lines: 'no-bottom' },
	signDay: { ...framed, size: 9.5, align: 'right', lines: 'no-top' },
	heading: { ...bare, size: 12, bold: true, align: 'center' },
	note: { ...bare, size: 9 },
	tear: { size: 9, align: 'center', lines: 'cut' },
	tag: { ...framed, size: 24, bold: true, align: 'center' },
	foot: { ...bare, size: 8.5 },
	footRight: { ...bare, size: 8.5, align: 'right' },
} as const satisfies Record<string, CellStyle>;

export type StyleName = keyof typeof cellStyles;

/** Room inside the margins of an A4 page, in millimetres. */
export const printArea = (isWide: boolean): { readonly width: number; readonly height: number } => (isWide ? { width: 273, height: 184 } : { width: 186, height: 270 });

/** Of a unit of a wide page: sixty fill it, more make everything smaller. */
export const WIDE_UNIT_MM = 4.55;
