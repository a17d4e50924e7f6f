import type { Month } from '../domain/document/fields';
import { outletScore, type OutletFee } from '../domain/parts/outletFee';
import { monthlyDocuments } from '../domain/parts/outletRecords';
import { apply, SYSTEM, type Standing } from './engine';
import { documentsHandedIn } from './outletReports';
import type { Store } from './store';
import type { Built } from './technicianReports';

/** Settles the month's fees of all active outlets, those paid left as they are, and scores them. @rule P-050 */
export async function buildOutletFees(store: Store, month: Month, { now }: Standing): Promise<Built> {
	const outlets = await documentsHandedIn(store, month);
	const paid = new Set((await store.list('outlet_fee', { columns: ['no', 'outlet'], where: [{ column: 'month', is: '=', value: month }, { column: 'state', is: '=', value: 'Paid' }] })).map(({ outlet }) => String(outlet)));
	await apply(store, 'outlet_fee', 'drawUp', outlets.filter(({ outlet }) => !paid.has(outlet)).map(({ outlet }) => ({ input: { outlet, month } })), { actor: SYSTEM, now });
	const fees = new Map(((await store.load('outlet_fee', 'month', [month])) as unknown as OutletFee[]).map((fee) => [fee.outlet, fee]));
	const statements = new Map((await store.load('reconciliation', 'month', [month])).map((statement) => [String(statement['outlet']), statement['lines'] as readonly { returned: number; pct: number; stated: number }[]]));
	const rows = outlets.flatMap(({ outlet, name, counts }) => {
		const fee = fees.get(outlet);
		const lines = statements.get(outlet) ?? [];
		const sum = (pick: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + pick(line), 0);
		const score = outletScore({ documents: monthlyDocuments.filter(({ kind }) => (counts[kind] ?? 0) > 0).length, ofDocuments: monthlyDocuments.length, onTime: sum(({ pct, returned }) => (pct === 100 ? returned : 0)), ofParts: sum(({ stated }) => stated) });
		return fee === undefined ? [] : [{ outlet, name, repairs: fee.repairs, installations: fee.installations, gross: fee.gross, fines: fee.fines, net: fee.net, working: fee.working, state: fee.state === 'Paid' ? '已付款' : '已结算', score: Math.min(100, score) }];
	});
	return {
		model: {
			properties: { title: `网点费用结算 ${month}` },
			sheets: [
				{
					name: '费用结算', title: `网点费用结算 ${month}`, landscape: true,
					columns: [
						{ header: '网点', key: 'outlet', type: 'text', width: 10 }, { header: '名称', key: 'name', type: 'text', width: 20 }, { header: '维修单数', key: 'repairs', type: 'integer', total: 'sum' }, { header: '安装单数', key: 'installations', type: 'integer', total: 'sum' },
						{ header: '服务费', key: 'gross', type: 'yuan', total: 'sum' }, { header: '罚款', key: 'fines', type: 'yuan', total: 'sum' }, { header: '应付', key: 'net', type: 'yuan', total: 'sum' }, { header: '计算', key: 'working', type: 'text', width: 44 }, { header: '状态', key: 'state', type: 'text' }, { header: '考评得分', key: 'score', type: 'integer' },
					],
					rows, emptyText: '没有有效网点', notes: ['考评得分：资料上交 50 分，旧件按期发回 50 分。罚款为本月核实后押金不足、转应收的部分。'],
				},
			],
		},
		fileName: `网点费用结算-${month}.xlsx`,
		json: { month, outlets: rows.length, net: rows.reduce((sum, { net }) => sum + net, 0) },
	};
}
