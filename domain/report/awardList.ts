import { award } from '../award/award';
import { awardNames } from '../award/awardKinds';
import { nomineeOf } from '../award/awardNotices';
import type { Award } from '../award/awardRules';
import type { Month } from '../document/fields';
import type { ColumnModel, WorkbookModel } from './workbookModel';

const columns: ColumnModel[] = [
	{ header: '编号', key: 'no', type: 'text', width: 16 },
	{ header: '奖项', key: 'kind', type: 'text', width: 16 },
	{ header: '期间', key: 'period', type: 'text', width: 10 },
	{ header: '获奖人/小组', key: 'nominee', type: 'text', width: 20 },
	{ header: '金额(元)', key: 'amount', type: 'yuan', total: 'sum' },
	{ header: '批准人', key: 'approver', type: 'text', width: 14 },
	{ header: '应发放日期', key: 'payDay', type: 'day' },
	{ header: '发放日期', key: 'paidDay', type: 'day' },
	{ header: '状态', key: 'state', type: 'text', width: 10 },
	{ header: '贡献事实', key: 'facts', type: 'text', width: 50 },
];

/** The list finance pays by, approved awards only, and the savings of special value of the year. @rule A-013 @rule A-017 */
export function awardList(month: Month, due: readonly Award[], candidates: readonly Award[], names: ReadonlyMap<string, string>): WorkbookModel {
	const title = `奖金发放表 ${month}`;
	const named = (code: string | null) => (code === null ? '' : `${code} ${names.get(code) ?? ''}`.trim());
	const rowOf = (row: Award) => ({ no: row.no, kind: awardNames[row.awardKind], period: row.period, nominee: named(nomineeOf(row)), amount: row.amount, approver: named(row.approvedBy), payDay: row.payDay, paidDay: row.paidDay, state: award.states[row.state], facts: row.facts });
	return {
		properties: { title, author: '售后服务系统' },
		sheets: [
			{ name: '发放名单', title, landscape: true, columns, rows: due.map(rowOf), emptyText: '本月没有应发放的奖金' },
			{ name: '年终候选', title: `${month.slice(0, 4)} 年特别贡献奖候选`, landscape: true, columns, rows: candidates.map(rowOf), emptyText: '没有候选' },
		],
	};
}
