import type { Finding } from './finding';
import type { TableRow } from './readTable';
import type { TableLayout } from './tableLayout';

/**
 * Builds a check for the rows of a table, one after the other: the second and later ones with the same key are refused.
 * @returns the row as it stands then, and a finding that names the first
 */
export function repeatCheck(sheet: string, { rowKey }: TableLayout): (row: TableRow) => { readonly row: TableRow; readonly finding: Finding | null } {
	const first = new Map<string, number>();
	return (row) => {
		const key = row.ok && rowKey !== undefined ? rowKey(row.values) : null;
		const earlier = key === null ? undefined : first.get(key);
		if (key !== null && earlier === undefined) first.set(key, row.row);
		if (earlier === undefined) return { row, finding: null };
		const message = `与第 ${earlier} 行重复，请删除其中一行；如确为两笔，请写出不同的单号`;
		return { row: { ...row, ok: false }, finding: { sheet, row: row.row, column: null, header: null, value: key, level: 'error', code: 'ROW_REPEATED', message } };
	};
}
