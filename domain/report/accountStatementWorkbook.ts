import type { Day, Instant } from '../document/fields';
import type { AccountPart } from '../parts/accountStatement';
import { accounts, entryKinds } from '../parts/outletAccount';
import type { Occupancy } from '../parts/occupancy';
import { localTime } from '../shared/zonedTime';
import type { ColumnModel, SheetModel, WorkbookModel } from './workbookModel';

export type StatementOfAccount = {
	readonly outlet: string;
	readonly outletName: string;
	readonly from: Day;
	readonly to: Day;
	readonly parts: readonly AccountPart[];
	readonly items: ReadonlyMap<string, string>;
	readonly builtAt: Instant;
	readonly zone: string;
	/** Only when the period ends today. */
	readonly occupancy: (Occupancy & { readonly note: string }) | null;
};

const column = (header: string, key: string, width: number, type: ColumnModel['type'] = 'text'): ColumnModel => ({ header, key, width, type });

/** What a dealer gets to compare with his own books. @rule P-011 */
export function accountStatementWorkbook(data: StatementOfAccount): WorkbookModel {
	return { properties: { title: `网点往来对帐单 ${data.outlet} ${data.from} 至 ${data.to}`, author: '售后服务系统' }, sheets: [summary(data), ...data.parts.map((part) => detail(part, data))] };
}

const heading = ({ outlet, outletName, from, to, builtAt, zone }: StatementOfAccount): string[] => [`网点 ${outlet} ${outletName}    期间 ${from} 至 ${to}    制表 ${localTime(builtAt, zone)}`];

function summary(data: StatementOfAccount): SheetModel {
	const wrong = data.parts.flatMap((part) => part.wrong);
	const { occupancy } = data;
	const sum = (part: AccountPart, sign: 1 | -1) => part.lines.reduce((total, { amount }) => total + (amount * sign > 0 ? amount * sign : 0), 0);
	return {
		name: '汇总',
		title: '网点往来对帐单',
		subtitle: heading(data),
		blocks: occupancy === null ? [] : [{ heading: '目前占用与额度', facts: [
			{ label: '占用金额', value: occupancy.held, type: 'yuan' }, { label: '已核准未发', value: occupancy.wanted, type: 'yuan' }, { label: '额度', value: occupancy.limit, type: 'yuan' },
			{ label: '可用余额', value: Math.max(0, occupancy.limit - occupancy.held - occupancy.wanted), type: 'yuan' },
			{ label: '超额', value: occupancy.excess, type: 'yuan' }, ...(occupancy.excess > 0 ? [{ label: '消除办法', value: `补缴押金 ${(occupancy.topUp / 100).toFixed(2)} 元，或核销旧件 ${(occupancy.offset / 100).toFixed(2)} 元，或减少申请` }] : []),
		] }],
		columns: [column('帐户', 'account', 14), column('期初', 'opening', 14, 'yuan'), column('增加', 'more', 14, 'yuan'), column('减少', 'less', 14, 'yuan'), column('期末', 'closing', 14, 'yuan'), column('笔数', 'count', 8, 'integer')],
		rows: data.parts.map((part) => ({ account: accounts[part.account], opening: part.opening, more: sum(part, 1), less: sum(part, -1), closing: part.closing, count: part.lines.length })),
		notes: ['期初 + 增加 − 减少 = 期末；明细各页逐笔列出依据单据。', ...(occupancy === null ? [] : [occupancy.note]), wrong.length === 0 ? '余额已由明细重新累加核对，全部一致。' : `余额与明细不一致的分录：${wrong.slice(0, 10).join('、')}，请联系管理员。`],
	};
}

const detail = (part: AccountPart, data: StatementOfAccount): SheetModel => ({
	name: accounts[part.account],
	title: `${accounts[part.account]}明细`,
	subtitle: heading(data),
	landscape: true,
	columns: [
		column('日期', 'day', 12, 'day'), column('种类', 'kind', 10), column('依据单据', 'paper', 20), column('配件编码', 'item', 12), column('配件名称', 'name', 16), column('数量', 'quantity', 8, 'integer'),
		column('供价', 'price', 10, 'yuan'), column('金额', 'amount', 13, 'yuan'), column('余额', 'balance', 13, 'yuan'), column('说明', 'note', 26), column('分录号', 'no', 17),
	],
	rows: [
		{ kind: '期初余额', balance: part.opening, day: data.from },
		...part.lines.map(({ no, day, entryKind, paper, item, quantity, price, amount, runningBalance, note }) => ({ no, day, kind: entryKinds[entryKind], paper, item, name: item === null ? '' : (data.items.get(item) ?? ''), quantity, price, amount, balance: runningBalance, note })),
		{ kind: '期末余额', balance: part.closing, day: data.to },
	],
});
