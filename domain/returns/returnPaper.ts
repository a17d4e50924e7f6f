import { defineDocument, type DocumentOf, type Notice, type NoticeLine } from '../document/document';
import { day, fen, flag, instant, integer, lines, optional, ref, text } from '../document/fields';
import type { Role } from '../organisation';

/** As sales sorts the goods. @rule R-206 — what is wrong is said for each line */
export const returnedGoods = {
	product: text({ en: 'Product', zh: '产品' }),
	model: text({ en: 'Model', zh: '型号' }),
	specification: text({ en: 'Specification', zh: '规格' }),
	quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }),
	soldDay: optional(day({ en: 'Sold On', zh: '售出日期' })),
	chargeable: optional(flag({ en: 'Chargeable', zh: '收费' })),
	fault: text({ en: 'Fault', zh: '故障问题点' }),
};

/** The account of a line: where its pieces are. @rule R-209 */
const account = {
	outOfPeriod: flag({ en: 'Out of period', zh: '超期' }),
	repaired: integer({ en: 'Repaired', zh: '修好' }),
	scrapped: integer({ en: 'Scrapped', zh: '报废' }),
	unrepaired: integer({ en: 'Unrepaired', zh: '未修退回' }),
	atSupplier: integer({ en: 'At the supplier', zh: '在供应商' }),
	price: optional(fen({ en: 'Price', zh: '报价' })),
};

/** Pieces of a line, by its place on the flow sheet. */
export const pieces = { line: integer({ en: 'Line', zh: '行号' }, { min: 1 }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) };

/** What the keeper finds; of a line nothing may have come. */
export const found = { line: pieces.line, quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 0 }) };

export const sheet = {
	customerName: text({ en: 'Customer', zh: '客户' }),
	customer: optional(ref('customer', { en: 'Customer No', zh: '客户编号' })),
	customerDay: optional(day({ en: 'Wanted By', zh: '客户要求日期' })),
	stillNeeded: optional(flag({ en: 'Order Still Needs Goods', zh: '报废后仍须补货给客户' })),
};

export const returnDraft = defineDocument({
	kind: 'return_batch',
	form: 'M-078',
	label: { en: 'Return batch', zh: '返修产品作业流程表' },
	number: { prefix: 'TX', period: 'month', digits: 4 },
	title: ['customerName'],
	fields: {
		...sheet,
		sales: ref('person', { en: 'Sales', zh: '业务员' }),
		goods: lines({ ...returnedGoods, ...account }, { en: 'Goods', zh: '需要维修的产品' }),
		quantity: integer({ en: 'Pieces', zh: '总数' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '超期核准' })),
		quote: optional(text({ en: 'Quotation', zh: '报价单' })),
		acceptedMonth: optional(text({ en: 'Booked in', zh: '入帐月份' }, { internal: true })),
		bookedAt: optional(instant({ en: 'Booked', zh: '入帐时间' })),
		bookedBy: optional(ref('person', { en: 'Booked by', zh: '仓管员' })),
		bookNote: optional(text({ en: 'Difference', zh: '实点差异' })),
		drawnAt: optional(instant({ en: 'Drawn', zh: '领板时间' })),
		drawnDay: optional(day({ en: 'Drawn on', zh: '领板日期' })),
		drawnBy: optional(ref('person', { en: 'Drawn by', zh: '领板人' })),
		targetDueAt: optional(instant({ en: 'Target', zh: '目标完成' })),
		maxDueAt: optional(instant({ en: 'At the latest', zh: '最迟完成' })),
		targetTold: optional(flag({ en: 'Target passed', zh: '超过目标' }, { internal: true })),
		breached: optional(flag({ en: 'Limit missed', zh: '超过最长天数' })),
		lateReason: optional(text({ en: 'Why late', zh: '超期原因' })),
		procedure: optional(text({ en: 'Procedure', zh: '返修流程' })),
		repairedDay: optional(day({ en: 'Repaired on', zh: '修完日期' })),
		rounds: optional(integer({ en: 'Inspections', zh: '品质抽检次数' })),
		customerRemindAt: optional(instant({ en: 'Reminder', zh: '客户日期提醒' }, { internal: true })),
		passedDay: optional(day({ en: 'Passed on', zh: '品质确认日期' })),
		idleDueAt: optional(instant({ en: 'Idle from', zh: '闲置起' }, { internal: true })),
		idle: optional(flag({ en: 'Idle', zh: '闲置' })),
		stockedAt: optional(instant({ en: 'Stocked', zh: '入库时间' })),
		objection: optional(text({ en: 'Objection', zh: '异议' })),
		shippedAt: optional(instant({ en: 'Shipped', zh: '出货时间' })),
		shippedQuantity: optional(integer({ en: 'Shipped pieces', zh: '出货数量' })),
		tracking: optional(text({ en: 'Tracking no', zh: '出货单号' })),
		settledBy: optional(ref('person', { en: 'Settled by', zh: '单结人' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Draft: '填写流程表', NeedManager: '待业务经理审核', Booked: '已入帐', Drawn: '已领板', Analysed: '已出检验报告', Planned: '已排计划', AtSupplier: '供应商返修', Repaired: '维修OK', Passed: '品质确认', Stocked: '已入库', Shipped: '已出货', Settled: '已单结', Cancelled: '已取消' },
	indexes: [['state'], ['acceptedMonth']],
});

export type ReturnShape = typeof returnDraft.shape;
export type ReturnBatch = DocumentOf<ReturnShape>;
export type ReturnLine = ReturnBatch['goods'][number];
export type Pieces = { readonly line: number; readonly quantity: number };

/** Once for each version of the batch; of sales, to who brought it. */
export const tell = (role: Role, paper: Pick<ReturnBatch, 'no' | 'customerName' | 'quantity' | 'version' | 'sales'>, step: string, { subject, rule, body }: { subject: string; rule: string; body: readonly NoticeLine[] }): Notice => ({
	key: `return_batch.${step}:${paper.no}:${paper.version}:${role}`,
	to: role === 'sales' ? { person: paper.sales } : { role },
	subject: `${subject} ${paper.no}`,
	rule,
	body: [['批号', paper.no], ['客户', paper.customerName], ['数量', String(paper.quantity)], ...body],
});
