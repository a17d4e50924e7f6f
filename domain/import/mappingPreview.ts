import { columnLetter } from './columnLetter';
import type { TableHead, TablesOutline } from './tableHead';
import type { TableLayout } from './tableLayout';

/** One column of a file, or one that is wanted and not there: what it is taken for. */
export type PreviewRow = {
	readonly sheet: string;
	/** What the sheet is taken for; null when it is not read. */
	readonly table: string | null;
	readonly headerRow: number | null;
	/** Letter, as Excel shows it; null when the file has no such column. */
	readonly column: string | null;
	readonly header: string | null;
	readonly field: string | null;
	/** The field's own header. */
	readonly fieldHeader: string | null;
	readonly required: boolean;
	readonly status: 'mapped' | 'unknown' | 'repeated' | 'unit' | 'missing' | 'not_sent' | 'sheet_ignored' | 'sheet_unreadable';
	readonly samples: readonly string[];
	readonly message: string;
};

export const previewLabels: Readonly<Record<PreviewRow['status'], string>> = {
	mapped: '已识别',
	unknown: '不认识',
	repeated: '重复',
	unit: '单位不同',
	missing: '缺少（必填）',
	not_sent: '没有（可不填）',
	sheet_ignored: '工作表不读取',
	sheet_unreadable: '工作表无法读取',
};

const statusOf = { UNKNOWN_COLUMN: 'unknown', COLUMN_REPEATED: 'repeated', COLUMN_UNIT: 'unit' } as const;

/** Shows how a file would be read, column by column, before anything is. */
export function mappingPreview({ tables, ignored }: TablesOutline, layouts: readonly TableLayout[]): PreviewRow[] {
	const about = ignored.map(({ sheet, column, header, message, level }): PreviewRow => ({ ...nothing, sheet, column, header, message, status: level === 'error' ? 'sheet_unreadable' : 'sheet_ignored' }));
	return [...tables.flatMap((table) => tableRows(table, layouts[table.layout] as TableLayout)), ...about];
}

const nothing = { table: null, headerRow: null, column: null, header: null, field: null, fieldHeader: null, required: false, samples: [], message: '' } as const;

function tableRows({ sheet, headerRow, columns, findings }: TableHead, layout: TableLayout): PreviewRow[] {
	const place = { ...nothing, sheet, table: layout.title, headerRow };
	if (headerRow === null) return findings.map(({ message }) => ({ ...place, status: 'sheet_unreadable', message }));
	const present = columns.map(({ columnIndex, header, key, samples }): PreviewRow => {
		const letter = columnLetter(columnIndex);
		const column = layout.columns.find((each) => each.key === key);
		const finding = findings.find((each) => each.column === letter);
		const status = finding === undefined ? 'mapped' : (statusOf[finding.code as keyof typeof statusOf] ?? 'mapped');
		return { ...place, column: letter, header, field: key, fieldHeader: column?.header ?? null, required: column?.required === true, status, samples: samples.filter((sample) => sample !== null), message: finding?.message ?? '' };
	});
	const absent = layout.columns.filter(({ key }) => !columns.some((each) => each.key === key));
	const wanted = absent.map(({ key, header, required = false }): PreviewRow => ({ ...place, field: key, fieldHeader: header, required, status: required ? 'missing' : 'not_sent', message: required ? `缺少必填的列「${header}」，请补上这一列，或把写法登记为表头同义词` : '' }));
	return [...present, ...wanted];
}
