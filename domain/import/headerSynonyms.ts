import { normaliseHeader } from './normaliseText';
import type { ColumnSpec, TableLayout } from './tableLayout';

/** What the people of a company or its dealers write for a column. */
export type HeaderSynonym = { readonly no: string; /** Title of the table; null for all that have the column. */ readonly sheet: string | null; /** The column's own header. */ readonly field: string; readonly synonym: string };

export type SynonymProblem = { readonly no: string; readonly key: 'sheet' | 'field' | 'synonym'; readonly message: string };

/** Says what is wrong with a synonym for these tables: nothing goes by that name, or it would mean two columns. */
export function synonymProblem({ no, sheet, field, synonym }: HeaderSynonym, others: readonly HeaderSynonym[], layouts: readonly TableLayout[]): SynonymProblem | null {
	const meant = layouts.filter((layout) => sheet === null || isSame(layout.title, sheet));
	if (meant.length === 0) return { no, key: 'sheet', message: `没有叫“${sheet}”的工作表，请填：${[...new Set(layouts.map(({ title }) => title))].join('、')}，或留空表示全部` };
	const having = meant.filter(({ columns }) => columns.some(({ header }) => isSame(header, field)));
	if (having.length === 0) return { no, key: 'field', message: `${sheet === null ? '各工作表' : `“${sheet}”`}都没有列“${field}”，请填规定的列名，例如：${(meant[0] as TableLayout).columns.slice(0, 5).map(({ header }) => header).join('、')}` };
	for (const layout of having) {
		const other = layout.columns.find((column) => !isSame(column.header, field) && namesOf(column, layout, others).some((name) => isSame(name, synonym)));
		if (other !== undefined) return { no, key: 'synonym', message: `“${synonym}”在${layout.title}里已经表示「${other.header}」，不能再表示「${field}」，请改用别的写法或删除其中一个` };
	}
	return null;
}

/** The layout with the company's own synonyms; those that mean two columns are left out, as the header is then better reported than guessed. */
export function withSynonyms(layout: TableLayout, synonyms: readonly HeaderSynonym[]): TableLayout {
	const sound = synonyms.filter((each) => concerns(each, layout) && synonymProblem(each, synonyms, [layout]) === null);
	if (sound.length === 0) return layout;
	const columns = layout.columns.map((column) => ({ ...column, synonyms: [...(column.synonyms ?? []), ...sound.filter(({ field }) => isSame(field, column.header)).map(({ synonym }) => synonym)] }));
	return { ...layout, columns };
}

const concerns = ({ sheet }: HeaderSynonym, { title }: TableLayout): boolean => sheet === null || isSame(sheet, title);

const isSame = (one: string, other: string): boolean => normaliseHeader(one) === normaliseHeader(other);

function namesOf(column: ColumnSpec, layout: TableLayout, others: readonly HeaderSynonym[]): string[] {
	return [column.header, ...(column.synonyms ?? []), ...others.filter((each) => concerns(each, layout) && isSame(each.field, column.header)).map(({ synonym }) => synonym)];
}
