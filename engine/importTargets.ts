import type { RecordDeclaration } from '../domain/document/document';
import type { Field, Fields } from '../domain/document/fields';
import { integer } from '../domain/document/fields';
import type { ColumnSpec, ImportType, RowValues, TableLayout } from '../domain/import/tableLayout';
import { oldPartFields } from '../domain/parts/oldPart';
import { usageFields } from '../domain/parts/usageLine';
import { courierFields, courierNumber } from '../domain/warehouse/courierSlip';
import { billFields, checkNumber } from '../domain/warehouse/freightCheck';
import { openingFields, openingNumber } from '../domain/warehouse/openingStock';
import { countSheetFields } from '../domain/warehouse/stockCount';
import { records } from './registry';

/** A sheet that is read into one kind of paper or record. */
export type ImportTarget = {
	readonly kind: string;
	/** The event a row fires; a record without one is saved. */
	readonly event: string | null;
	readonly layout: TableLayout;
	readonly fields: Fields;
	/** Values that are the same in every row, such as outlet and month. */
	readonly fixed: Readonly<Record<string, string>>;
	/** Number or code of the paper a row means. */
	readonly numberOf: (values: Readonly<Record<string, unknown>>) => string;
	/** Rows that change one paper together, such as the lines of a count: what its event is given. */
	readonly gather?: (rows: readonly Readonly<Record<string, unknown>>[]) => Record<string, unknown>;
};

/** A value as it will be stored: codes compact, whatever blanks and widths the sheet has. */
export const asStored = (field: Field | undefined, value: unknown): unknown => (field?.compact === true && typeof value === 'string' ? value.normalize('NFKC').replace(/\s+/g, '') : value);

/** What an outlet sends at month-end: usage statement and list of returned parts. @rule P-040 @rule P-041 */
export function dealerMonth(outlet: string, month: string): ImportTarget[] {
	const fixed = { outlet, month };
	return [
		target({ kind: 'usage_line', event: 'state', title: '零配件使用统计表', sheetNames: ['零配件统计使用表', '使用统计', '使用统计表', '配件使用'], fields: usageFields, fixed, prefix: 'SY', keys: ['repairNo', 'item'] }),
		target({ kind: 'old_part', event: 'send', title: '返厂旧件清单', sheetNames: ['返厂旧件', '旧件清单', '返厂废旧件', '旧件返厂清单'], fields: oldPartFields, fixed, prefix: 'JJ', keys: ['repairNo', 'item', 'shippedDay'] }),
	];
}

/** QA's results for an outlet's returned parts. @rule P-043 */
export function qaResults(outlet: string, month: string): ImportTarget[] {
	const { repairNo, item, shippedDay } = oldPartFields;
	const fields = {
		repairNo,
		item,
		shippedDay,
		matched: integer({ en: 'Fault as on card', zh: '相符数量' }, { min: 0, synonyms: ['故障相符', '相符'] }),
		mismatched: integer({ en: 'Different fault', zh: '不符数量' }, { min: 0, synonyms: ['故障不符', '不符'] }),
		noFault: integer({ en: 'No fault found', zh: '无故障数量' }, { min: 0, synonyms: ['无故障', '好件数量'] }),
	};
	return [target({ kind: 'old_part', event: 'test', title: '旧件检测结果', sheetNames: ['检测结果', '品管检测'], fields, fixed: { outlet, month }, prefix: 'JJ', keys: ['repairNo', 'item', 'shippedDay'] })];
}

/** What lies in the warehouse on the first day. @rule P-070 */
export const openingStockSheet = (): ImportTarget[] => [
	{ kind: 'opening_stock', event: 'enter', fields: openingFields, fixed: {}, numberOf: openingNumber, layout: { key: 'opening_stock', title: '期初库存', sheetNames: ['期初库存表', '库存', '库存表'], columns: columnsOf(openingFields), rowKey: openingNumber } },
];

/** A count sheet that comes back filled in. @rule P-073 */
export const countSheet = (): ImportTarget[] => [
	{
		kind: 'stock_count',
		event: 'enter',
		fields: countSheetFields,
		fixed: {},
		numberOf: ({ count }) => String(count),
		gather: (rows) => ({ counted: rows.map(({ item, counted }) => ({ item, counted })) }),
		layout: { key: 'stock_count', title: '盘点表', sheetNames: ['盘点', '盘存表', '盘点明细'], columns: columnsOf(countSheetFields), rowKey: ({ count, item }) => `${String(count)}#${String(item)}` },
	},
];

/** Slips of what was sent, and the courier's bill for them. @rule P-082 */
export const freightSheets = (): ImportTarget[] => [
	{ kind: 'courier_slip', event: 'enter', fields: courierFields, fixed: {}, numberOf: slipNumberOf, layout: { key: 'courier_slip', title: '快递单', sheetNames: ['快递单登记', '快递单明细'], columns: columnsOf(courierFields), rowKey: slipNumberOf } },
	{
		kind: 'freight_check',
		event: 'compare',
		fields: billFields,
		fixed: {},
		numberOf: checkNumber,
		gather: (rows) => ({ carrier: rows[0]?.['carrier'], month: rows[0]?.['month'], bill: rows.map(({ slipNo, fee }) => ({ slipNo, fee })) }),
		layout: { key: 'freight_check', title: '承运帐单', sheetNames: ['物流帐单', '物流费用', '快递帐单'], columns: columnsOf(billFields) },
	},
];

const slipNumberOf = ({ carrier, slipNo }: Readonly<Record<string, unknown>>): string => courierNumber(String(carrier), String(slipNo));

type Wanted = { readonly kind: string; readonly event: string; readonly title: string; readonly sheetNames: readonly string[]; readonly fields: Fields; readonly fixed: Readonly<Record<string, string>>; /** What the paper's number is made of after the outlet, as in its declaration. */ readonly prefix: string; readonly keys: readonly string[] };

function target({ kind, event, title, sheetNames, fields, fixed, prefix, keys }: Wanted): ImportTarget {
	const numberOf = (values: Readonly<Record<string, unknown>>) => [prefix, fixed['outlet'], ...keys.map((key) => asStored(fields[key], values[key]))].map(String).join('-');
	const own = Object.fromEntries(Object.entries(fields).filter(([key]) => !(key in fixed)));
	return { kind, event, fields: own, fixed, numberOf, layout: { key: kind, title, sheetNames, columns: columnsOf(own), rowKey: numberOf } };
}

/** Every record of the master data, a sheet each. */
export const masterData = (): ImportTarget[] => records.map(recordTarget);

function recordTarget(record: RecordDeclaration): ImportTarget {
	const numberOf = (values: Readonly<Record<string, unknown>>) => String(values['no']);
	const code: ColumnSpec = { key: 'no', header: record.code.zh, synonyms: ['编码', '编号', '代码'], type: 'code', required: true, maxLength: 60 };
	return {
		kind: record.kind,
		event: null,
		fields: record.fields,
		fixed: {},
		numberOf,
		layout: { key: record.kind, title: record.label.zh, sheetNames: [`${record.label.zh}资料`, `${record.label.zh}表`], columns: [code, ...columnsOf(record.fields)], rowKey: (values: RowValues) => String(values['no']) },
	};
}

/** A declaration's fields as the columns of a sheet. @rule M-101 */
export const columnsOf = (fields: Fields): ColumnSpec[] => Object.entries(fields).map(([key, field]) => columnOf(key, field));

function columnOf(key: string, field: Field): ColumnSpec {
	const { min, max, synonyms } = field;
	return {
		key,
		header: field.label.zh,
		type: typeOf(field),
		required: !field.optional,
		...(synonyms === undefined ? {} : { synonyms }),
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
		...(field.kind === 'flag' ? { choices: { true: ['是', '有', '有效', 'Y', '1', '√'], false: ['否', '无', '无效', 'N', '0', '×'] } } : {}),
		...(field.choices === undefined ? {} : { choices: Object.fromEntries(Object.entries(field.choices).map(([value, zh]) => [value, [zh]])) }),
	};
}

function typeOf(field: Field): ImportType {
	switch (field.kind) {
		case 'integer':
			return 'integer';
		case 'fen':
			return 'yuan';
		case 'day':
			return 'day';
		case 'flag':
		case 'choice':
			return 'choice';
		case 'ref':
			return 'code';
		default:
			return field.compact === true ? 'code' : 'text';
	}
}
