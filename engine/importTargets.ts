import type { RecordDeclaration } from '../domain/document/document';
import type { Field, Fields } from '../domain/document/fields';
import { integer } from '../domain/document/fields';
import type { ColumnSpec, ImportType, Period, RowValues, TableLayout } from '../domain/import/tableLayout';
import { oldPartFields } from '../domain/parts/oldPart';
import { countFields } from '../domain/parts/outletCount';
import { outletOpening } from '../domain/parts/outletOpening';
import { faultReport, installRecord, installVisit, repairRecord, repairVisit } from '../domain/parts/outletRecords';
import { requestLine } from '../domain/parts/partRequestPaper';
import { usageFields } from '../domain/parts/usageLine';
import { entered } from '../domain/repair/rmaPaper';
import { courierFields, courierNumber } from '../domain/warehouse/courierSlip';
import { billFields, checkNumber } from '../domain/warehouse/freightCheck';
import { openingFields, openingNumber } from '../domain/warehouse/openingStock';
import { countSheetFields } from '../domain/warehouse/stockCount';
import { lastDayOf, nextMonth } from '../domain/shared/zonedTime';
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
	/** Of papers with a number range: what makes a row given twice the same paper. */
	readonly once?: (values: Readonly<Record<string, unknown>>) => string;
	readonly gather?: (rows: readonly Readonly<Record<string, unknown>>[]) => Record<string, unknown>;
};

/** A value as it will be stored: codes compact, whatever blanks and widths the sheet has. */
export const asStored = (field: Field | undefined, value: unknown): unknown => (field?.compact === true && typeof value === 'string' && !isCompact.test(value) ? value.normalize('NFKC').replace(/\s+/g, '') : value);

const isCompact = /^[\x21-\x7e]*$/;

/** What an outlet sends at month-end: usage statement and list of returned parts. @rule P-040 @rule P-041 */
export function dealerMonth(outlet: string, month: string): ImportTarget[] {
	const fixed = { outlet, month };
	return [
		target({ kind: 'usage_line', event: 'state', title: '零配件使用统计表', sheetNames: ['零配件统计使用表', '使用统计', '使用统计表', '配件使用'], fields: usageFields, fixed, prefix: 'SY', keys: ['repairNo', 'item'] }),
		target({ kind: 'old_part', event: 'send', title: '返厂旧件清单', sheetNames: ['返厂旧件', '旧件清单', '返厂废旧件', '旧件返厂清单'], fields: oldPartFields, fixed, prefix: 'JJ', keys: ['repairNo', 'item', 'shippedDay'] }),
	];
}

/** What goes with a parts request besides its lines. */
export type RequestHead = { readonly requestKind: string; readonly sealed: boolean; readonly regionSignedBy: string | null; readonly reason: string | null; readonly serial: string | null };

const records49 = [
	{ kind: 'repair_record', fields: repairRecord.fields, prefix: 'WX', keys: ['repairNo'], title: '产品维修记录单', sheetNames: ['维修记录', '维修记录单', '产品维修记录'] },
	{ kind: 'install_record', fields: installRecord.fields, prefix: 'AZ', keys: ['installNo'], title: '产品安装记录单', sheetNames: ['安装记录', '安装记录单', '产品安装记录'] },
	{ kind: 'install_visit', fields: installVisit.fields, prefix: 'AH', keys: ['installNo', 'visitDay'], title: '安装回访登记表', sheetNames: ['安装回访', '安装回访登记'] },
	{ kind: 'repair_visit', fields: repairVisit.fields, prefix: 'WH', keys: ['repairNo', 'visitDay'], title: '维修回访登记表', sheetNames: ['维修回访', '维修回访登记'] },
] as const;

/**
 * Everything an outlet may send, a sheet each: usage, returned parts, records, visits, faults, its stock count and a parts request.
 * @rule P-049 @rule P-020 @param wanted the month a request is for
 */
export function outletPapers(outlet: string, month: string, wanted: string, head: RequestHead): ImportTarget[] {
	const fixed = { outlet, month };
	return [
		...dealerMonth(outlet, month),
		...records49.map((record) => target({ ...record, event: 'report', fixed })),
		target({ kind: 'fault_report', event: 'report', title: '故障月报表', sheetNames: ['故障月报', '故障统计'], fields: faultReport.fields, fixed, prefix: 'GZ', keys: ['month', 'model', 'fault'] }),
		target({ kind: 'outlet_count', event: 'report', title: '网点盘点表', sheetNames: ['盘点', '盘点表', '库存盘点'], fields: countFields, fixed, prefix: 'WP', keys: ['month', 'item'] }),
		requestSheet(outlet, wanted, head),
	];
}

/** The lines of one request; sent again it is the same request. */
function requestSheet(outlet: string, month: string, head: RequestHead): ImportTarget {
	const kind = 'part_request';
	return {
		kind,
		event: 'submit',
		fields: requestLine,
		fixed: { outlet, month },
		numberOf: () => (head.requestKind === 'monthly' ? `PJ-${outlet}-${month.replace('-', '')}` : ''),
		gather: (rows) => ({ outlet, ...head, month, lines: rows.map(({ item, quantity }) => ({ item, quantity })) }),
		layout: { key: kind, title: '零配件申请表', sheetNames: ['配件申请', '配件申请表', '申请表', '申请'], columns: columnsOf(requestLine), rowKey: ({ item }) => String(item) },
	};
}

/** Deposits, held values and debts of outlets on the first day. @rule P-010 */
const outletOpenings = (): ImportTarget => ({
	kind: 'outlet_opening',
	event: 'book',
	fields: openingOf,
	fixed: {},
	numberOf: ({ outlet }) => `QC-${String(outlet)}`,
	layout: { key: 'outlet_opening', title: '网点期初', sheetNames: ['网点期初余额', '网点押金', '期初'], columns: columnsOf(openingOf), rowKey: ({ outlet }) => String(outlet) },
});

const { stock: _listedByOutletsThemselves, ...openingOf } = outletOpening.fields;

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

/** Applications for mail-in repair, a device each, as an applicant mails them; the same row of the same day is the same application. @rule R-101 */
export const rmaApplications = (sender: string | null, today: string): ImportTarget[] => [
	{
		kind: 'rma',
		event: 'submit',
		fields: entered,
		fixed: { channel: 'mail', ...(sender === null ? {} : { sender }) },
		numberOf: () => '',
		once: (values) => `${today}:${JSON.stringify(Object.keys(entered).map((key) => values[key] ?? null))}`,
		layout: { key: 'rma', title: '维护返修申请表', sheetNames: ['返修申请', '返修申请表', '维修申请', '申请表'], columns: columnsOf(entered), rowKey: (values) => JSON.stringify(Object.keys(entered).map((key) => values[key] ?? null)) },
	},
];

type Wanted = { readonly kind: string; readonly event: string; readonly title: string; readonly sheetNames: readonly string[]; readonly fields: Fields; readonly fixed: Readonly<Record<string, string>>; /** What the paper's number is made of after the outlet, as in its declaration. */ readonly prefix: string; readonly keys: readonly string[] };

function target({ kind, event, title, sheetNames, fields, fixed, prefix, keys }: Wanted): ImportTarget {
	const numberOf = (values: Readonly<Record<string, unknown>>) => [prefix, fixed['outlet'], ...keys.map((key) => asStored(fields[key], values[key] ?? fixed[key]))].map(String).join('-');
	const own = Object.fromEntries(Object.entries(fields).filter(([key]) => !(key in fixed)));
	const { month } = fixed;
	return { kind, event, fields: own, fixed, numberOf, layout: { key: kind, title, sheetNames, columns: columnsOf(own), ...(month && { period: periodAround(month) }), rowKey: numberOf } };
}

/** What is sent for a month happened in it or, as returning parts does, in the next. */
const periodAround = (month: string): Period => ({ first: `${month}-01`, last: lastDayOf(nextMonth(month)) });

/** The tables that dealers and admins send, for checking what is said about their headers. */
export const knownLayouts = (): TableLayout[] => [...outletPapers('', '', '', { requestKind: 'monthly', sealed: true, regionSignedBy: null, reason: null, serial: null }), ...qaResults('', ''), ...rmaApplications(null, ''), ...masterData()].map(({ layout }) => layout);

/** Every record of the master data, a sheet each, and what there was on the first day. */
export const masterData = (): ImportTarget[] => [...records.map(recordTarget), outletOpenings(), ...openingStockSheet()];

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
