import { openQuantity, type Adjustment } from '../warehouse/adjustment';
import { purposes, type GoodsIssue } from '../warehouse/goodsIssue';
import type { StockCard } from '../warehouse/stockCard';
import { countKinds, type StockCount } from '../warehouse/stockCount';
import { moveKinds, type StockMove } from '../warehouse/stockMove';
import { column, note, pair, pairs, signatures, table, third, ticks, whole, type Layout } from './paperModel';
import type { Belonging } from './forms';
import type { Shown } from './shown';

const CARD_ROWS = 25;
const COUNT_ROWS = 20;

const number = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));
const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
const itemName = (code: string | undefined, shown: Shown): string => (code === undefined ? '' : shown.name('item', code) === code ? code : `${code} ${shown.name('item', code)}`);

/** M-061: the movements of a part with the balance after each, and what was brought forward. @rule P-070 */
export function stockCardPaper(card: StockCard | null, shown: Shown, { period, before, rows: moves }: Belonging<StockMove>): Layout {
	return {
		title: '存卡',
		mark: 'M-061',
		blocks: [
			pairs(pair('物料', itemName(card?.item, shown)), pair('期间', period), pair('现存', number(card?.balance)), pair('最近盘点', card?.countedAt == null ? '' : `${shown.day(card.countedAt)} 实物 ${number(card.counted)}`)),
			table(
				[column('日期', 1.5, 'center'), column('单据', 2.5), column('类别', 1.5, 'center'), column('批次', 2), column('库位', 1.5), column('入', 1, 'right'), column('出', 1, 'right'), column('存', 1, 'right')],
				[
					...(before === null ? [] : [['', '承前', '', '', '', '', '', String(before.balance)]]),
					...moves.map(({ day, paper, moveKind, lot, location, quantity, balance }) => [day, paper, moveKinds[moveKind], lot, location ?? '', quantity > 0 ? String(quantity) : '', quantity < 0 ? String(-quantity) : '', String(balance)]),
				],
				CARD_ROWS,
			),
			signatures({ label: '仓管员' }, { label: '主管' }),
		],
	};
}

const countHead = (count: StockCount | null, shown: Shown) => [third('月份', count?.month), third('类别', count === null ? '' : countKinds[count.countKind]), third('盘点人', shown.name('person', count?.countedBy))];

/** What the keeper takes along; a blind count does not show the book. @rule P-073 */
export function countSheetPaper(count: StockCount | null, shown: Shown): Layout {
	const isBlind = count?.blind === true;
	return {
		title: '盘点表',
		mark: 'M-081',
		blocks: [
			pairs(...countHead(count, shown)),
			table(
				[column('序', 0.5, 'center'), column('库位', 2), column('物料', 4), column('帐面', 1, 'right'), column('实物', 1.5, 'right'), column('备注', 3)],
				(count?.lines ?? []).map(({ item, location, book }, index) => [String(index + 1), location ?? '', itemName(item, shown), isBlind ? '' : String(book), '', '']),
				COUNT_ROWS,
			),
			...(isBlind ? [note('盲盘：请按实物填写，不对照帐面。')] : []),
			signatures({ label: '盘点人' }, { label: '监盘' }),
		],
	};
}

/** M-081: what was counted against the book, for the supervisor. @rule P-078 */
export function countReportPaper(count: StockCount | null, shown: Shown): Layout {
	return {
		title: '盘存报表',
		mark: 'M-081',
		blocks: [
			pairs(...countHead(count, shown)),
			pairs(third('项数', number(count?.lines.length)), third('差异项数', number(count?.differences)), third('更新帐目', shown.name('person', count?.postedBy))),
			table(
				[column('序', 0.5, 'center'), column('库位', 2), column('物料', 4), column('帐面', 1, 'right'), column('实物', 1, 'right'), column('差异', 1, 'right'), column('备注', 2.5)],
				(count?.lines ?? []).map(({ item, location, book, counted, difference, note: remark }, index) => [String(index + 1), location ?? '', itemName(item, shown), String(book), number(counted), difference === null || difference === 0 ? '' : signed(difference), remark ?? '']),
				COUNT_ROWS,
			),
			...(count?.rejectReason ? [pairs(whole('重盘原因', count.rejectReason))] : []),
			signatures({ label: '仓管员', name: shown.name('person', count?.countedBy), day: shown.day(count?.countedAt) }, { label: '审核', name: shown.name('person', count?.checkedBy) }),
		],
	};
}

/** What the keeper fetches, lot by lot, and who takes it. @rule P-072 */
export function goodsIssuePaper(issue: GoodsIssue | null, shown: Shown): Layout {
	return {
		title: '出库单',
		mark: '出库单',
		blocks: [
			pairs(pair('用途', issue === null ? ticks(purposes, null) : purposes[issue.purpose]), pair('依据单据', issue?.paper), whole('备注', issue?.note)),
			table(
				[column('序', 0.5, 'center'), column('物料', 5), column('批次', 3), column('数量', 1.5, 'right'), column('备注', 2)],
				(issue?.picks ?? []).map(({ item, lot, quantity }, index) => [String(index + 1), itemName(item, shown), lot, String(quantity), '']),
				10,
			),
			...(issue?.reverseReason ? [pairs(whole('冲销/取消原因', issue.reverseReason))] : []),
			signatures({ label: '仓管员', name: shown.name('person', issue?.createdBy), day: shown.day(issue?.createdAt) }, { label: '贵重件确认', name: shown.name('person', issue?.confirmedBy) }, { label: '领料人' }),
		],
	};
}

const titles = { surplus: '盘盈单', shortage: '盘亏单' } as const;

/** M-136: difference, cause and who approved it. @rule P-074 */
export function adjustmentPaper(slip: Adjustment | null, shown: Shown): Layout {
	return {
		title: slip === null ? '盘盈单/盘亏单' : titles[slip.adjustKind],
		mark: 'M-136',
		blocks: [
			pairs(third('盘点号', slip?.count), third('说明人', shown.name('person', slip?.explainedBy)), third('开单人', shown.name('person', slip?.issuedBy))),
			table(
				[column('物料', 3), column('帐面', 1, 'right'), column('实物', 1, 'right'), column('差异', 1, 'right'), column('已追回', 1, 'right'), column('入帐', 1, 'right'), column('原因', 4)],
				(slip?.lines ?? []).map((line) => [itemName(line.item, shown), String(line.book), String(line.counted), String(line.quantity), number(line.recovered || null), String(openQuantity(line)), line.cause ?? '']),
				8,
			),
			...(slip?.refuseReason ? [pairs(whole('不批准原因', slip.refuseReason))] : []),
			table([column('会签', 4), column('签核人', 4), column('日期', 4, 'center')], (slip?.approvals ?? []).map(({ role, by, at }) => [role, shown.name('person', by), shown.day(at)]), 4),
			signatures({ label: '仓管员' }, { label: '主管' }),
		],
	};
}
