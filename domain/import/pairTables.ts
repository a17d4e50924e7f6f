import type { Finding } from './finding';
import { findLayoutSheets } from './findLayoutSheets';
import { headerFindings } from './headerFindings';
import { findHeader, type HeaderMatch } from './matchHeaders';
import type { SheetDataLike } from './sheetDataLike';
import type { TableLayout } from './tableLayout';

/** A sheet, what it is taken for, and what its header says about that. */
export type TablePair<S extends SheetDataLike> = { readonly layout: TableLayout; readonly sheet: S; readonly match: HeaderMatch | null; readonly findings: readonly Finding[] };

export type Pairing<S extends SheetDataLike> = { readonly pairs: readonly TablePair<S>[]; /** About sheets that nobody reads. */ readonly ignored: readonly Finding[] };

/**
 * Pairs sheets and layouts; the heads of the sheets are enough. A sheet nobody reads is reported; one that looks like a table we want
 * but lacks columns is an error. A workbook on which no table is found is taken as the first one, so that the finding says what is missing.
 */
export function pairTables<S extends SheetDataLike>(sheets: readonly S[], layouts: readonly TableLayout[]): Pairing<S | SheetDataLike> {
	const pairs = findLayoutSheets(sheets, layouts).flatMap(({ layout, sheet }) => (sheet === null ? [] : [pairOf(sheet, layout)]));
	const [first] = layouts;
	if (pairs.length === 0 && first !== undefined) return { pairs: [pairOf(sheets[0] ?? { name: '（空工作簿）', rows: [] }, first)], ignored: [] };
	const unread = sheets.filter((sheet) => sheet.hidden !== true && sheet.rows.length > 0 && !pairs.some((pair) => pair.sheet === sheet));
	const open = layouts.filter((layout) => !pairs.some((pair) => pair.layout === layout));
	return { pairs, ignored: unread.flatMap((sheet) => aboutUnread(sheet, open, layouts)) };
}

function pairOf<S extends SheetDataLike>(sheet: S, layout: TableLayout): TablePair<S> {
	const match = findHeader(sheet, layout);
	return { layout, sheet, match, findings: headerFindings(sheet.name, match, layout) };
}

function aboutUnread(sheet: SheetDataLike, open: readonly TableLayout[], layouts: readonly TableLayout[]): Finding[] {
	for (const layout of open) {
		const errors = pairOf(sheet, layout).findings.filter(({ level, code }) => level === 'error' && code !== 'HEADER_NOT_FOUND');
		if (errors.length > 0) return errors.map((each) => ({ ...each, message: `看起来是${layout.title}，但${each.message}` }));
	}
	const wanted = layouts.map(({ title }) => title).join('、');
	return [{ sheet: sheet.name, row: null, column: null, header: null, value: null, code: 'SHEET_IGNORED', level: 'warning', message: `这张工作表没有读取；需要的是${wanted}，同类内容请放在一张表里` }];
}
