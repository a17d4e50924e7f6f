import { defineDocument, fire, type Change, type DocumentOf } from '../document/document';
import { findAll, type Given } from '../document/facts';
import { choice, integer, lines, month, optional, ref, text, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';
import { booksText, compareBooks, isDiffering } from './compareBooks';
import { slowStock } from './slowStock';
import { stockCard, type StockCard } from './stockCard';
import { stockLot, type StockLot } from './stockLot';
import { stockMove, type StockMove } from './stockMove';
import { problemKinds, stockProblem, type StockProblem } from './stockProblem';

const verdict = { good: '良好', problem: '有问题' } as const;

const aspects = {
	tidiness: choice({ en: 'Order', zh: '整理整洁' }, verdict),
	marks: choice({ en: 'Marks', zh: '标识' }, verdict),
	upkeep: choice({ en: 'Upkeep', zh: '保养' }, verdict),
	safety: choice({ en: 'Safety', zh: '安全防护' }, verdict, { help: '防丢失、防损坏、防锈、防霉、防盗' }),
	fire: choice({ en: 'Fire Protection', zh: '消防' }, verdict),
};

const checked = { ...aspects, findings: optional(text({ en: 'Findings', zh: '问题说明' }, { long: true })) };

const draft = defineDocument({
	kind: 'warehouse_check',
	form: '月检',
	label: { en: 'Monthly warehouse check', zh: '仓库月检' },
	number: { prefix: 'YJ', period: 'month', digits: 2 },
	title: ['month'],
	fields: {
		month: month({ en: 'Month', zh: '月份' }),
		...checked,
		parts: integer({ en: 'Parts compared', zh: '核对项数' }),
		differences: lines(
			{
				item: ref('item', { en: 'Part', zh: '配件编码' }),
				account: integer({ en: 'Account', zh: '帐' }),
				card: integer({ en: 'Card', zh: '卡' }),
				goods: optional(integer({ en: 'Goods', zh: '物' })),
				computer: integer({ en: 'Computer', zh: '电脑' }),
			},
			{ en: 'Differences', zh: '帐卡物不符' },
		),
		slow: lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), balance: integer({ en: 'Stock', zh: '库存' }), since: text({ en: 'Since', zh: '未动用起' }), days: integer({ en: 'Days', zh: '天数' }) }, { en: 'Slow stock', zh: '呆滞积压' }),
	},
	states: { Done: '已检查' },
	indexes: [['month']],
});

type Shape = typeof draft.shape;
export type WarehouseCheck = DocumentOf<Shape>;

type Stock = Given & { readonly cards: readonly StockCard[]; readonly lots: readonly StockLot[]; readonly moves: readonly StockMove[]; readonly open: readonly StockProblem[] };
type Found = Pick<StockProblem, 'problemKind' | 'item' | 'description'>;

/**
 * The month's look at books and goods; what is wrong becomes a problem to follow up, unless it is one already.
 * @rule P-075 — account, card, goods and computer compared part by part; order, marks and upkeep looked at
 * @rule P-076 — safety, fire protection and slow stock
 * @rule P-071 — what lies where it should not is named again
 */
function look(_check: WarehouseCheck, input: RowOf<typeof checked>, { cards, lots, moves, open, no, today, settings }: Stock): Change<Shape> {
	const bad = (Object.keys(aspects) as (keyof typeof aspects)[]).filter((aspect) => input[aspect] === 'problem');
	if (bad.length > 0 && input.findings === null) throw new RuleViolation('FIELD_MISSING', `${bad.map((aspect) => problemKinds[aspect]).join('、')}有问题，没有写明情况`, '请在“问题说明”中写明', 'P-076');
	const books = compareBooks(cards, lots, moves);
	const differences = books.filter(isDiffering);
	const slow = slowStock(cards, today, settings);
	const found: Found[] = [
		...bad.map((problemKind): Found => ({ problemKind, item: null, description: input.findings ?? '' })),
		...differences.map((each): Found => ({ problemKind: 'difference', item: each.item, description: booksText(each) })),
		...slow.map(({ item, balance, since, days }): Found => ({ problemKind: 'slow', item, description: `库存 ${balance}，自 ${since} 起 ${days} 天没有出库` })),
		...lots.flatMap(({ item, lot, warning }): Found[] => (warning === null ? [] : [{ problemKind: 'storage', item, description: `批次 ${lot}：${warning}` }])),
	];
	const isNew = (each: Found) => !open.some(({ problemKind, item, description }) => problemKind === each.problemKind && item === each.item && (each.item !== null || description === each.description));
	return {
		set: { ...input, month: monthOf(today), parts: books.length, differences, slow },
		then: found.filter(isNew).map((each) => fire(stockProblem, 'report', null, { ...each, foundIn: no })),
	};
}

export const warehouseCheck = draft.events({
	look: draft
		.event({
			label: { en: 'Check the warehouse', zh: '仓库月检' },
			from: ['new'],
			to: ['Done'],
			by: ['storekeeper'],
			input: checked,
			facts: () => ({ cards: findAll(stockCard, 'state', 'Open'), lots: findAll(stockLot, 'state', 'InStock'), moves: findAll(stockMove, 'state', 'Written'), open: findAll(stockProblem, 'state', 'Open') }),
		})
		.decidedBy(look),
});
