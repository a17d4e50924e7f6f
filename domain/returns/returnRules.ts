import type { Change } from '../document/document';
import type { Given } from '../document/facts';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, addMonths, endOfDay, localLimit, monthOf, startOfDay } from '../shared/zonedTime';
import { checkSettlement, move, openPieces, stateOf } from './returnAccount';
import { tell, type Pieces, type ReturnBatch, type ReturnLine, type ReturnShape } from './returnPaper';

type Told = Pick<ReturnLine, 'product' | 'model' | 'specification' | 'quantity' | 'soldDay' | 'chargeable' | 'fault'>;
type Sheet = Pick<ReturnBatch, 'customerName' | 'customer' | 'customerDay' | 'stillNeeded'> & { readonly lines: readonly Told[] };

/**
 * Sales sorts what came back.
 * @rule R-206 — with the fault of each line
 * @rule R-202 — goods out of their period, or of unknown age, wait for the sales manager
 */
export function submit(paper: ReturnBatch, { lines, ...sheet }: Sheet, facts: Given): Change<ReturnShape> {
	const { today, actor, no, settings, calendar } = facts;
	if (lines.length === 0) throw new RuleViolation('FIELD_MISSING', '没有填写返修的产品', '每行填写：产品 型号 规格 数量 售出日期（不知填 -）收费（是/否）故障问题点', 'R-206');
	if (sheet.customerDay !== null && sheet.customerDay < today) throw new RuleViolation('FIELD_INVALID', `客户要求日期 ${sheet.customerDay} 已经过去`, '请与客户重新商定日期', 'R-205');
	const future = lines.find(({ soldDay }) => soldDay !== null && soldDay > today);
	if (future !== undefined) throw new RuleViolation('FIELD_INVALID', `${future.model} 的售出日期 ${future.soldDay} 在将来`, '请核对售出日期，不知道的填 -', 'R-202');
	const goods = lines.map((line): ReturnLine => ({ ...line, outOfPeriod: line.soldDay === null || today > addMonths(line.soldDay, settings['return.period_months']), repaired: 0, scrapped: 0, unrepaired: 0, atSupplier: 0, price: null }));
	const isOut = goods.some(({ outOfPeriod }) => outOfPeriod);
	const set = { ...sheet, sales: actor.code, goods, quantity: goods.reduce((sum, { quantity }) => sum + quantity, 0), customerRemindAt: sheet.customerDay === null ? null : startOfDay(addDays(sheet.customerDay, -settings['return.customer_days']), calendar.zone) };
	const after = { ...paper, ...set, no };
	if (isOut) return { set, to: 'NeedManager', notices: [tell('sales_manager', after, 'approve', { subject: '超出返修期，请审核', rule: 'R-202', body: goods.filter(({ outOfPeriod }) => outOfPeriod).map(({ model, quantity, soldDay }): [string, string] => [model, `${quantity}，售出 ${soldDay ?? '日期不明'}`]) })] };
	return { set, to: 'Draft', notices: [toKeeper(after)] };
}

const toKeeper = (paper: ReturnBatch) => tell('storekeeper', paper, 'book', { subject: '返修品请入帐', rule: 'R-207', body: [] });

/** @rule R-202 */
export const approve = (paper: ReturnBatch, _input: unknown, { actor }: Given): Change<ReturnShape> => {
	if (paper.sales === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 填写，不能自己审核`, '请由另一位业务经理审核', 'O-007');
	return { set: { approvedBy: actor.code }, notices: [toKeeper(paper)] };
};

export const cancel = (paper: ReturnBatch, { reason }: { reason: string }): Change<ReturnShape> => ({ set: { reason }, notices: [{ key: `return_batch.cancelled:${paper.no}`, to: { person: paper.sales }, subject: `返修批取消 ${paper.no}`, rule: 'R-202', body: [['客户', paper.customerName], ['原因', reason]] }, ...(paper.state === 'Booked' ? [tell('repair_group', paper, 'cancelled', { subject: '返修批取消，不要领板', rule: 'R-207', body: [['原因', reason]] })] : [])] });

/** The keeper's count is what is booked; what differs from the sheet is told to sales. @rule R-207 — and the group is told at once */
export function book(paper: ReturnBatch, { counted }: { counted: readonly Pieces[] | null }, { now, today, actor }: Given): Change<ReturnShape> {
	const found = new Map((counted ?? []).map(({ line, quantity }) => [line, quantity]));
	const unknown = [...found.keys()].find((line) => line > paper.goods.length);
	if (unknown !== undefined) throw new RuleViolation('FIELD_INVALID', `没有第 ${unknown} 行`, `请填写 1 到 ${paper.goods.length} 的行号`, 'R-207');
	const goods = paper.goods.map((line, index) => ({ ...line, quantity: found.get(index + 1) ?? line.quantity }));
	const note = paper.goods.flatMap((line, index) => (goods[index]?.quantity === line.quantity ? [] : [`第 ${index + 1} 行 ${line.model}：流程表 ${line.quantity}，实点 ${goods[index]?.quantity}`])).join('；');
	const quantity = goods.reduce((sum, line) => sum + line.quantity, 0);
	if (quantity === 0) throw new RuleViolation('FIELD_INVALID', `${paper.no} 一件也没有收到`, '没有收到的不入帐；不再来的请业务员取消返修', 'R-207');
	const after = { ...paper, quantity };
	return {
		set: { goods, quantity, bookedAt: now, bookedBy: actor.code, acceptedMonth: monthOf(today), bookNote: note || null },
		notices: [
			tell('repair_group', after, 'booked', { subject: '返修品已入帐，请领板', rule: 'R-207', body: goods.map(({ model, specification, quantity: each }): [string, string] => [`${model} ${specification}`, String(each)]) }),
			...(note === '' ? [] : [{ key: `return_batch.difference:${paper.no}`, to: { person: paper.sales }, subject: `返修品实点与流程表不符 ${paper.no}`, rule: 'R-207', body: [note] }]),
		],
	};
}

/**
 * The group takes the boards: its account is open, the days begin.
 * @rule R-208 @rule R-209
 * @rule R-203 — chargeable goods wait until the customer has agreed to the price
 */
export function draw(paper: ReturnBatch, _input: unknown, { now, today, actor, settings, calendar }: Given): Change<ReturnShape> {
	if (paper.quote === null && paper.goods.some(({ chargeable, unrepaired, quantity }) => chargeable === true && unrepaired < quantity)) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 有收费的产品，客户还没有接受报价`, '请业务部门先报价（采购、财务协助），客户同意后再领板', 'R-203');
	return { set: { drawnAt: now, drawnDay: today, drawnBy: actor.code, targetDueAt: endOfDay(addDays(today, settings['return.target_days']), calendar.zone), maxDueAt: endOfDay(addDays(today, settings['return.max_days']), calendar.zone) }, notices: [tell('qa', paper, 'drawn', { subject: '返修品已领板，请出检验报告', rule: 'R-214', body: [] })] };
}

/** @rule R-214 — research and engineering draft the procedure from it */
export const analysed = (paper: ReturnBatch, { conclusion }: { conclusion: string }): Change<ReturnShape> => ({ notices: (['rd', 'engineering', 'pmc'] as const).map((role) => tell(role, paper, 'analysed', { subject: role === 'pmc' ? '检验报告已出，请排返修计划' : '检验报告已出，请拟返修流程', rule: 'R-214', body: [['结论', conclusion]] })) });

export const procedureKept = (paper: ReturnBatch, { procedure }: { procedure: string }): Change<ReturnShape> => ({ set: { procedure }, to: paper.state as 'Analysed' });

/** @rule R-214 — by a procedure of its own, or the standard one @throws RuleViolation CONDITION_NOT_MET */
export function planned(paper: ReturnBatch, { quantity, standard }: { quantity: number; standard: boolean | null }): Change<ReturnShape> {
	const open = openPieces(paper.goods);
	if (quantity > open) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 待修 ${open}，计划 ${quantity}`, '请按待修数量排计划', 'R-211');
	if (paper.procedure === null && standard !== true) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 没有返修流程`, '请研发部或工程部先拟返修流程，或勾选“按标准流程”', 'R-214');
	return { set: { procedure: paper.procedure ?? '标准流程' }, to: 'Planned' };
}

/** @rule R-208 — beyond the target a reason is given */
export function lateReason(paper: ReturnBatch, given: string | null, { today, settings }: Given): string | null {
	const reason = given ?? paper.lateReason;
	if (paper.drawnDay !== null && today > addDays(paper.drawnDay, settings['return.target_days']) && reason === null)
		throw new RuleViolation('FIELD_MISSING', `${paper.no} ${paper.drawnDay} 领板，超过 ${settings['return.target_days']} 天才修完`, '请填写超期原因', 'R-208');
	return reason;
}

type Tally = { readonly repaired: readonly Pieces[]; readonly unrepaired: readonly Pieces[]; readonly reason: string | null };

/** What a day brought; when every piece is accounted for the batch goes to QA. @rule R-209 @rule R-208 */
export function tally(paper: ReturnBatch, { repaired, unrepaired, reason }: Tally, facts: Given): Change<ReturnShape> {
	const goods = move(move(paper.goods, repaired, 'open', 'repaired'), unrepaired, 'open', 'unrepaired');
	return { set: { ...after(paper, goods, reason, facts) }, to: stateOf(goods), notices: toQa(paper, goods) };
}

const after = (paper: ReturnBatch, goods: readonly ReturnLine[], reason: string | null, facts: Given) => (stateOf(goods) === 'Repaired' ? { goods, repairedDay: facts.today, lateReason: lateReason(paper, reason, facts), breached: paper.breached === true || (paper.maxDueAt !== null && facts.now > paper.maxDueAt) } : { goods, ...(reason === null ? {} : { lateReason: reason }) });
const toQa = (paper: ReturnBatch, goods: readonly ReturnLine[]) => (stateOf(goods) === 'Repaired' ? [tell('qa', paper, 'repaired', { subject: '返修品修完，请抽检', rule: 'R-213', body: [] })] : []);

/** @rule R-216 — pieces on their way to a supplier are nobody else's to count */
export const toSupplier = (paper: ReturnBatch, moved: Pieces): Change<ReturnShape> => {
	const goods = move(paper.goods, [moved], 'open', 'atSupplier');
	return { set: { goods }, to: stateOf(goods) as 'AtSupplier' };
};

/** @rule R-219 — back and through its test, or back as it went */
export const fromSupplier = (paper: ReturnBatch, { repaired, ...moved }: Pieces & { repaired: boolean }, facts: Given): Change<ReturnShape> => {
	const goods = move(paper.goods, [moved], 'atSupplier', repaired ? 'repaired' : 'open');
	// A supplier's days are his own: the group need not explain them.
	return { set: after(paper, goods, paper.lateReason ?? (stateOf(goods) === 'Repaired' ? '供应商返修' : null), facts), to: stateOf(goods), notices: toQa(paper, goods) };
};

/** @rule R-210 — approved scrap leaves the account */
export const scrapped = (paper: ReturnBatch, { moved }: { moved: readonly Pieces[] }, facts: Given): Change<ReturnShape> => {
	const goods = move(paper.goods, moved, 'open', 'scrapped');
	return { set: after(paper, goods, paper.lateReason ?? '待报废核准', facts), to: stateOf(goods), notices: toQa(paper, goods) };
};

type Sampled = { readonly failed: readonly Pieces[]; readonly isPassed: boolean };

/** @rule R-213 — what QA passes goes to stock @rule R-215 — what it fails is repaired again */
export function sampled(paper: ReturnBatch, { failed, isPassed }: Sampled, { today, settings, calendar }: Given): Change<ReturnShape> {
	const rounds = (paper.rounds ?? 0) + 1;
	if (!isPassed) return { set: { goods: move(paper.goods, failed, 'repaired', 'open'), rounds, repairedDay: null }, to: 'Planned', notices: (['repair_group', 'pmc'] as const).map((role) => tell(role, paper, 'failed', { subject: '返修品抽检不合格，请重修', rule: 'R-213', body: failed.map(({ line, quantity }): [string, string] => [`第 ${line} 行 ${paper.goods[line - 1]?.model ?? ''}`, String(quantity)]) })) };
	return { set: { rounds, passedDay: today, idleDueAt: endOfDay(addDays(today, settings['return.idle_days']), calendar.zone), idle: false }, to: 'Passed', notices: [tell('storekeeper', paper, 'passed', { subject: '返修品品质确认，请入库', rule: 'R-213', body: [] })] };
}

/** @rule R-213 — the keeper tells sales in time to ship */
export const stockIn = (paper: ReturnBatch, _input: unknown, { now }: Given): Change<ReturnShape> => ({ set: { stockedAt: now }, notices: (['sales', 'customer_service'] as const).map((role) => tell(role, paper, 'stocked', { subject: '返修品已入库，请安排出货', rule: 'R-213', body: paper.customerDay === null ? [] : [['客户要求日期', paper.customerDay]] })) });

/** @rule R-213 — objections go to the department manager */
export const object = (paper: ReturnBatch, { objection }: { objection: string }): Change<ReturnShape> => ({ set: { objection }, to: paper.state as 'Stocked', notices: [tell('dept_manager', paper, 'objected', { subject: '返修品出货异议，请处理', rule: 'R-213', body: [['异议', objection]] })] });

/** May go in parts. @rule R-201 — customer service sends the goods back */
export function ship(paper: ReturnBatch, { shipped, tracking }: { shipped: number; tracking: string | null }, { now }: Given): Change<ReturnShape> {
	const due = paper.goods.reduce((sum, { repaired, unrepaired }) => sum + repaired + unrepaired, 0);
	const shippedQuantity = (paper.shippedQuantity ?? 0) + shipped;
	if (shippedQuantity > due) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 应出货 ${due}，连同以前共 ${shippedQuantity}`, '请核对出货数量', 'R-209');
	return { set: { shippedQuantity, shippedAt: now, tracking: tracking ?? paper.tracking }, notices: [{ key: `return_batch.shipped:${paper.no}:${paper.version}`, to: { person: paper.sales }, subject: `返修品已出货 ${paper.no}`, rule: 'R-205', body: [['客户', paper.customerName], ['出货数量', `${shippedQuantity} / ${due}`], ['单号', tracking ?? '']] }] };
}

export const settle = (paper: ReturnBatch, _input: unknown, { actor }: Given): Change<ReturnShape> => {
	checkSettlement(paper);
	return { set: { settledBy: actor.code } };
};

/** @rule R-203 — the price of each chargeable line; refused, it goes back unrepaired */
export const quoted = (paper: ReturnBatch, { quote, prices }: { quote: string; prices: readonly { line: number; price: number }[] }): Change<ReturnShape> => ({ set: { quote, goods: paper.goods.map((line, index) => ({ ...line, price: prices.find((each) => each.line === index + 1)?.price ?? line.price })) }, to: paper.state as 'Booked' });
export const quoteRefused = (paper: ReturnBatch): Change<ReturnShape> => ({ set: { goods: paper.goods.map((line) => (line.chargeable === true ? { ...line, unrepaired: line.quantity } : line)) }, to: paper.goods.every(({ chargeable }) => chargeable === true) ? 'Stocked' : 'Booked' });

type Own = Change<ReturnShape>;
const limitText = (instant: string | null, zone: string) => (instant === null ? '' : localLimit(instant, zone));

/** @rule R-205 — the customer's date is near: customer service and sales press */
export const remindCustomer = (paper: ReturnBatch): Own => ({ set: { customerRemindAt: null }, to: paper.state as 'Drawn', notices: (['customer_service', 'sales'] as const).map((role) => tell(role, paper, 'customer', { subject: '客户要求日期将到，请跟进返修', rule: 'R-205', body: [['客户要求日期', paper.customerDay ?? ''], ['还没有通过品质确认', '请催物控部备料、返修组完成']] })) });

/** @rule R-208 */
export const targetPassed = (paper: ReturnBatch, _input: unknown, { calendar }: Given): Own => ({ set: { targetTold: true }, to: paper.state as 'Drawn', notices: [tell('repair_group', paper, 'target', { subject: '返修超过目标天数，请填写原因', rule: 'R-208', body: [['最迟完成', limitText(paper.maxDueAt, calendar.zone)]] })] });
/** @rule R-208 — beyond the longest time the head of production hears of it */
export const breach = (paper: ReturnBatch): Own => ({ set: { breached: true }, to: paper.state as 'Drawn', notices: [tell('production', paper, 'breached', { subject: '返修超过最长天数', rule: 'R-208', body: [['领板日期', paper.drawnDay ?? ''], ['原因', paper.lateReason ?? '没有填写']] })] });
/** @rule R-213 — nothing lies idle in the return store unseen */
export const lieIdle = (paper: ReturnBatch): Own => ({ set: { idle: true }, to: paper.state as 'Passed', notices: (['sales', 'dept_manager'] as const).map((role) => tell(role, paper, 'idle', { subject: '返修品闲置，请安排出货', rule: 'R-213', body: [['品质确认日期', paper.passedDay ?? '']] })) });
export const explain = (paper: ReturnBatch, { reason }: { reason: string }): Own => ({ set: { lateReason: reason }, to: paper.state as 'Drawn' });

