import type { Day } from '../document/fields';
import type { Occupancy } from '../parts/occupancy';
import type { WorkbookModel } from './workbookModel';

export type OutletOccupancy = Occupancy & { readonly outlet: string; readonly name: string; readonly region: string | null; readonly receivable: number; readonly isActive: boolean };

/** All outlets against their limits, those over it first. @rule P-011 @rule P-012 — with what would clear each */
export const occupancyWorkbook = (outlets: readonly OutletOccupancy[], day: Day, note: string): WorkbookModel => ({
	properties: { title: `网点占用一览 ${day}` },
	sheets: [
		{
			name: '网点占用',
			title: `网点占用一览 ${day}`,
			subtitle: [note],
			landscape: true,
			columns: [
				{ header: '网点', key: 'outlet', type: 'text', width: 10 }, { header: '名称', key: 'name', type: 'text', width: 22 }, { header: '区域', key: 'region', type: 'text', width: 10 }, { header: '状态', key: 'state', type: 'text', width: 8 },
				{ header: '押金', key: 'deposit', type: 'yuan', total: 'sum', width: 13 }, { header: '占用', key: 'held', type: 'yuan', total: 'sum', width: 13 }, { header: '已核准未发', key: 'wanted', type: 'yuan', total: 'sum', width: 13 },
				{ header: '额度', key: 'limit', type: 'yuan', width: 13 }, { header: '使用率', key: 'share', type: 'percent', width: 9 }, { header: '超额', key: 'excess', type: 'yuan', total: 'sum', width: 12 },
				{ header: '应补押金', key: 'topUp', type: 'yuan', width: 12 }, { header: '应收款', key: 'receivable', type: 'yuan', total: 'sum', width: 12 },
			],
			rows: [...outlets].sort((one, other) => other.excess - one.excess || (one.outlet < other.outlet ? -1 : 1)).map(({ isActive, ...each }) => ({ ...each, state: isActive ? '有效' : '停用', share: each.limit === 0 ? null : (each.held + each.wanted) / each.limit })),
			emptyText: '还没有网点',
			notes: ['占用 + 已核准未发 不能超过额度。超额时：补缴“应补押金”，或发回保内旧件核销同“超额”的金额，或减少申请。'],
		},
	],
});
