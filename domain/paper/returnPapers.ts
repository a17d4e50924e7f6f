import type { ReturnBatch } from '../returns/returnPaper';
import { box, column, note, pair, pairs, signatures, table, third, type Layout } from './paperModel';
import { known } from './serviceCase';
import type { Shown } from './shown';

const ROWS = 10;

/** M-078: goes along with the goods, its account on the right of each line. @rule R-206 @rule R-209 */
export function returnFlowSheet(batch: ReturnBatch | null, shown: Shown): Layout {
	const paper: Partial<ReturnBatch> = known(batch);
	const goods = paper.goods ?? [];
	const sum = (of: (line: ReturnBatch['goods'][number]) => number): string => (batch === null ? '' : String(goods.reduce((total, line) => total + of(line), 0)));
	return {
		title: '返修产品作业流程表',
		mark: 'M-078',
		blocks: [
			pairs(pair('客户', paper.customerName), pair('业务员', shown.name('person', paper.sales)), pair('客户要求日期', paper.customerDay), pair('超期核准', shown.name('person', paper.approvedBy))),
			table(
				[column('行', 0.5, 'center'), column('产品', 1.5), column('型号', 1.5), column('规格', 1), column('数量', 0.5, 'right'), column('保内/超期', 1, 'center'), column('产品故障问题点', 3), column('修好', 1, 'right'), column('报废', 1, 'right'), column('未修', 1, 'right')],
				goods.map((line, index) => [String(index + 1), line.product, line.model, line.specification, String(line.quantity), line.outOfPeriod ? '超期' : '期内', line.fault, String(line.repaired), String(line.scrapped), String(line.unrepaired)]),
				ROWS,
				['', '合计', '', '', sum(({ quantity }) => quantity), '', '', sum(({ repaired }) => repaired), sum(({ scrapped }) => scrapped), sum(({ unrepaired }) => unrepaired)],
			),
			pairs(third('入帐', shown.time(paper.bookedAt)), third('领板', shown.time(paper.drawnAt)), third('最迟完成', shown.limit(paper.maxDueAt)), third('返修流程', paper.procedure), third('修完', paper.repairedDay), third('品质确认', paper.passedDay), third('入库', shown.time(paper.stockedAt)), third('出货', shown.time(paper.shippedAt)), third('出货单号', paper.tracking)),
			box('超期原因', paper.lateReason, 2),
			note('每批单结：收入＝修好＋报废＋未修退回。'),
			signatures({ label: '仓管员', name: shown.name('person', paper.bookedBy), day: shown.day(paper.bookedAt) }, { label: '返修组', name: shown.name('person', paper.drawnBy), day: shown.day(paper.drawnAt) }, { label: '单结', name: shown.name('person', paper.settledBy) }),
		],
	};
}
