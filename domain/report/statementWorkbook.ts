import { handoverList, type StatementLine } from '../parts/computeStatement';
import type { Reconciliation } from '../parts/reconciliation';
import { localLimit } from '../shared/zonedTime';
import type { SheetModel, WorkbookModel } from './workbookModel';

/**
 * The statement as the outlet gets it: totals, every line with its reason, and what goes to production control.
 * @rule P-041 @rule P-045
 */
export function statementWorkbook(statement: Reconciliation, names: { readonly outlet: string; readonly items: ReadonlyMap<string, string> }, zone: string): WorkbookModel {
	const nameOf = (item: string) => names.items.get(item) ?? '';
	return {
		properties: { title: `返厂废旧件对帐单 ${statement.no}`, author: '售后服务系统' },
		sheets: [
			{
				name: '对帐单',
				title: '返厂废旧件对帐单',
				subtitle: [`单号 ${statement.no}    网点 ${statement.outlet} ${names.outlet}    月份 ${statement.month}`],
				landscape: true,
				blocks: [{ facts: factsOf(statement, zone) }],
				columns: [
					{ header: '维修记录单号', key: 'repairNo', type: 'text', width: 18 },
					{ header: '配件编码', key: 'item', type: 'text', width: 12 },
					{ header: '配件名称', key: 'name', type: 'text', width: 16 },
					{ header: '供价', key: 'supplyPrice', type: 'yuan' },
					{ header: '申报', key: 'stated', type: 'integer', total: 'sum' },
					{ header: '实收', key: 'returned', type: 'integer', total: 'sum' },
					{ header: '差异', key: 'difference', type: 'integer' },
					{ header: '核销', key: 'credited', type: 'integer', total: 'sum' },
					{ header: '比例', key: 'pct', type: 'percent' },
					{ header: '核销金额', key: 'creditAmount', type: 'yuan', total: 'sum', width: 12 },
					{ header: '没收', key: 'confiscated', type: 'integer', total: 'sum' },
					{ header: '退回', key: 'noFault', type: 'integer', total: 'sum' },
					{ header: '拟罚', key: 'fine', type: 'yuan', total: 'sum', width: 11 },
					{ header: '说明', key: 'why', type: 'text', width: 54 },
				],
				rows: statement.lines.map((line) => rowOf(line, nameOf)),
				notes: ['供价 × 数量 × 比例 = 核销金额；次月 15 日前发回 100%，其后至次月末 90%，再晚不核销。罚款为拟罚，经售后经理核准后从押金扣除。', '有差异时请在答复期限前回复；逾期未复视为同意，以实收数量为准。'],
			},
			...(statement.state === 'Draft' ? [] : [handoverSheet(statement, nameOf)]),
		],
	};
}

const handoverSheet = (statement: Reconciliation, nameOf: (item: string) => string): SheetModel => ({
				name: '移交生控中心清单',
				title: '旧件移交清单',
				emptyText: '没有需要移交的旧件',
				columns: [
					{ header: '配件编码', key: 'item', type: 'text', width: 14 },
					{ header: '配件名称', key: 'name', type: 'text', width: 20 },
					{ header: '数量', key: 'quantity', type: 'integer', total: 'sum' },
				],
				rows: handoverList(statement).map(({ item, quantity }) => ({ item, name: nameOf(item), quantity })),
});

const factsOf = (statement: Reconciliation, zone: string) => [
	{ label: '核销金额', value: statement.creditAmount, type: 'yuan' as const },
	...(statement.pending > 0 ? [{ label: '待检金额（全部相符时）', value: statement.pendingAmount, type: 'yuan' as const }] : []),
	{ label: '拟罚金额', value: statement.fineAmount, type: 'yuan' as const },
	{ label: '状态', value: statement.pending > 0 ? `暂估：${statement.pending} 件待品管检测` : statement.differs ? '有差异' : '数量一致' },
	{ label: '答复期限', value: statement.replyDueAt === null ? '—' : [localLimit(statement.replyDueAt, zone), statement.replyNote].filter((part) => part !== null).join('。') },
];

const rowOf = (line: StatementLine, nameOf: (item: string) => string) => ({
	...line,
	name: nameOf(line.item),
	difference: line.returned - line.stated,
	pct: line.pct / 100,
	fine: line.noFaultFine + line.improperFine,
});
