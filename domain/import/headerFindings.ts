import { columnLetter } from './columnLetter';
import type { Finding } from './finding';
import type { HeaderCell, HeaderMatch } from './matchHeaders';
import { normaliseHeader } from './normaliseText';
import type { ColumnSpec, ImportType, TableLayout } from './tableLayout';

/** Units in a header that would make its numbers something else: 12 of 万元 is not 12 yuan. */
const otherUnits: Partial<Record<ImportType, RegExp>> = {
	yuan: /^(?:单位:?)?(?:[百千万亿]元?|角|分|美元|美金|港[元币]|日元|欧元|台币|新台币|usd|hkd|eur|jpy|twd|ntd)$/,
	integer: /^(?:单位:?)?(?:打|罗|[百千万][个件只支台套]?)$/,
};

/** What is wrong with the headers alone; with an error among them no row can be read for sure. */
export function headerFindings(sheet: string, match: HeaderMatch | null, layout: TableLayout): Finding[] {
	const place = { sheet, row: match?.row ?? null, column: null, header: null, value: null, level: 'error' as const };
	if (match === null) {
		const wanted = layout.columns.filter((column) => column.required).map((column) => column.header);
		const message = `没有找到《${layout.title}》的表头，请在前 20 行内保留表头，至少包含：${wanted.join('、')}`;
		return [{ ...place, code: 'HEADER_NOT_FOUND', message }];
	}
	const missing = match.missing.map(({ header }): Finding => {
		return { ...place, code: 'COLUMN_MISSING', message: `缺少必填的列「${header}」，请补上这一列再上传` };
	});
	return [...missing, ...cellFindings(sheet, match)];
}

function cellFindings(sheet: string, { row, cells }: HeaderMatch): Finding[] {
	const first = new Map<string, string>();
	return cells.flatMap(({ columnIndex, header, column }): Finding[] => {
		const letter = columnLetter(columnIndex);
		const place = { sheet, row, column: letter, header, value: header };
		if (column === null) {
			return [{ ...place, level: 'warning', code: 'UNKNOWN_COLUMN', message: `不认识列「${header.trim()}」，其内容没有读取；如有需要请改用规定的列名` }];
		}
		const earlier = first.get(column.key);
		first.set(column.key, earlier ?? letter);
		if (earlier !== undefined) return [{ ...place, level: 'error', code: 'COLUMN_REPEATED', message: `列「${column.header}」重复（${earlier} 列和 ${letter} 列），请只保留一列` }];
		const unit = otherUnit(header, column);
		return unit === undefined ? [] : [{ ...place, level: 'error', code: 'COLUMN_UNIT', message: `列「${column.header}」的单位写的是“${unit}”，请换算成${column.type === 'yuan' ? '元' : '个数'}，并改正表头` }];
	});
}

function otherUnit(header: HeaderCell['header'], { type }: ColumnSpec): string | undefined {
	const inBrackets = [...normaliseHeader(header).matchAll(/\(([^()]*)\)/g)].map(([, unit = '']) => unit);
	return inBrackets.find((unit) => otherUnits[type]?.test(unit));
}
