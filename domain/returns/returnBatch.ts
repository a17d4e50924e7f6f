import { data, fen, flag, integer, lines, optional, text } from '../document/fields';
import { found, pieces, returnDraft, returnedGoods, sheet, type Pieces, type ReturnBatch } from './returnPaper';
import { analysed, approve, book, breach, cancel, draw, explain, fromSupplier, lieIdle, object, planned, procedureKept, quoted, quoteRefused, remindCustomer, sampled, scrapped, settle, ship, stockIn, submit, tally, targetPassed, toSupplier } from './returnRules';

const draft = returnDraft;
const because = { reason: text({ en: 'Reason', zh: '原因' }, { long: true }) };
const inWork = ['Drawn', 'Analysed', 'Planned', 'AtSupplier'] as const;
const beforeRepair = ['Booked', 'Drawn', 'Analysed', 'Planned', 'AtSupplier', 'Repaired'] as const;
const accounted = ['Planned', 'AtSupplier', 'Repaired'] as const;
const waiting = ['Passed', 'Stocked'] as const;
const system = ['system'] as const;

/** Returned goods from the flow sheet to their settlement. @rule R-201 — sales sorts, material control plans, the group repairs, QA passes, customer service sends back */
export const returnBatch = draft.events(
	{
		submit: draft
			.event({ label: { en: 'Fill in the flow sheet', zh: '填写返修流程表' }, from: ['new'], to: ['Draft', 'NeedManager'], by: ['sales'], input: { ...sheet, lines: lines(returnedGoods, { en: 'Goods', zh: '需要维修的产品' }) } })
			.decidedBy(submit),
		approve: draft.event({ label: { en: 'Approve beyond the period', zh: '核准超期返修' }, from: ['NeedManager'], to: ['Draft'], by: ['sales_manager'], input: {} }).decidedBy(approve),
		cancel: draft.event({ label: { en: 'Cancel', zh: '取消返修' }, from: ['Draft', 'NeedManager', 'Booked'], to: ['Cancelled'], by: ['sales', 'sales_manager'], input: because }).decidedBy(cancel),
		book: draft
			.event({ label: { en: 'Book in', zh: '返修品入帐' }, from: ['Draft'], to: ['Booked'], by: ['storekeeper'], input: { counted: optional(lines(found, { en: 'Counted', zh: '实点数量（与流程表一致时不填）' })) } })
			.decidedBy(book),
		draw: draft.event({ label: { en: 'Draw the boards', zh: '领板' }, from: ['Booked'], to: ['Drawn'], by: ['repair_group'], input: {} }).decidedBy(draw),
		analysed: draft.event({ label: { en: 'Inspection report', zh: '出检验报告' }, from: ['Drawn'], to: ['Analysed'], by: 'consequence', input: { conclusion: text({ en: 'Conclusion', zh: '结论' }, { long: true }) } }).decidedBy(analysed),
		procedureKept: draft.event({ label: { en: 'Procedure', zh: '定返修流程' }, from: ['Analysed', 'Planned'], to: ['Analysed', 'Planned'], by: 'consequence', input: { procedure: text({ en: 'Procedure', zh: '返修流程' }) } }).decidedBy(procedureKept),
		planned: draft
			.event({ label: { en: 'Plan', zh: '排计划' }, from: ['Analysed', 'Planned'], to: ['Planned'], by: 'consequence', input: { quantity: integer({ en: 'Planned', zh: '计划数' }, { min: 1 }), standard: optional(flag({ en: 'Standard', zh: '按标准流程' })) } })
			.decidedBy(planned),
		tally: draft
			.event({ label: { en: 'Count', zh: '登记完成' }, from: ['Planned'], to: accounted, by: 'consequence', input: { repaired: data<readonly Pieces[]>({ en: 'Repaired', zh: '修好' }), unrepaired: data<readonly Pieces[]>({ en: 'Unrepaired', zh: '未修' }), reason: optional(text({ en: 'Reason', zh: '超期原因' })) } })
			.decidedBy(tally),
		toSupplier: draft.event({ label: { en: 'To the supplier', zh: '转供应商' }, from: ['Planned'], to: ['Planned', 'AtSupplier'], by: 'consequence', input: pieces }).decidedBy(toSupplier),
		fromSupplier: draft.event({ label: { en: 'From the supplier', zh: '供应商返回' }, from: ['Planned', 'AtSupplier'], to: accounted, by: 'consequence', input: { ...pieces, repaired: flag({ en: 'Repaired', zh: '修好' }) } }).decidedBy(fromSupplier),
		scrapped: draft.event({ label: { en: 'Scrapped', zh: '报废' }, from: accounted, to: accounted, by: 'consequence', input: { moved: data<readonly Pieces[]>({ en: 'Scrapped', zh: '报废' }) } }).decidedBy(scrapped),
		sampled: draft
			.event({ label: { en: 'Sampled', zh: '抽检' }, from: ['Repaired'], to: ['Passed', 'Planned'], by: 'consequence', input: { failed: data<readonly Pieces[]>({ en: 'Failed', zh: '不合格' }), isPassed: flag({ en: 'Passed', zh: '合格' }) } })
			.decidedBy(sampled),
		quoted: draft
			.event({ label: { en: 'Quoted', zh: '客户接受报价' }, from: ['Booked'], to: ['Booked'], by: 'consequence', input: { quote: text({ en: 'Quotation', zh: '报价单' }), prices: lines({ line: pieces.line, price: fen({ en: 'Price', zh: '单价' }) }, { en: 'Prices', zh: '报价' }) } })
			.decidedBy(quoted),
		quoteRefused: draft.event({ label: { en: 'Quotation refused', zh: '客户不接受报价' }, from: ['Booked'], to: ['Booked', 'Stocked'], by: 'consequence', input: {} }).decidedBy(quoteRefused),
		stockIn: draft.event({ label: { en: 'Stock in', zh: '返修品入库' }, from: ['Passed'], to: ['Stocked'], by: ['storekeeper'], input: {} }).decidedBy(stockIn),
		object: draft.event({ label: { en: 'Object', zh: '出货异议' }, from: waiting, to: waiting, by: ['sales', 'customer_service'], input: { objection: text({ en: 'Objection', zh: '异议' }, { long: true }) } }).decidedBy(object),
		ship: draft
			.event({ label: { en: 'Ship', zh: '返修品出货' }, from: ['Stocked', 'Shipped'], to: ['Shipped'], by: ['customer_service'], input: { shipped: integer({ en: 'Pieces', zh: '出货数量' }, { min: 0 }), tracking: optional(text({ en: 'Tracking No', zh: '出货单号' }, { compact: true })) } })
			.decidedBy(ship),
		settle: draft.event({ label: { en: 'Settle', zh: '单结' }, from: ['Shipped'], to: ['Settled'], by: ['pmc'], input: {} }).decidedBy(settle),
		explain: draft.event({ label: { en: 'Give the reason', zh: '填写超期原因' }, from: [...inWork, 'Repaired'], to: [...inWork, 'Repaired'], by: ['repair_group'], input: because }).decidedBy(explain),
		remindCustomer: draft.event({ label: { en: 'Customer date near', zh: '客户日期提醒' }, from: beforeRepair, to: beforeRepair, by: system, input: {} }).decidedBy(remindCustomer),
		targetPassed: draft.event({ label: { en: 'Target passed', zh: '超过目标天数' }, from: inWork, to: inWork, by: system, input: {} }).decidedBy(targetPassed),
		breach: draft.event({ label: { en: 'Limit missed', zh: '超过最长天数' }, from: inWork, to: inWork, by: system, input: {} }).decidedBy(breach),
		lieIdle: draft.event({ label: { en: 'Idle', zh: '列为闲置' }, from: waiting, to: waiting, by: system, input: {} }).decidedBy(lieIdle),
	},
	{
		customer: { label: { en: 'Customer date', zh: '客户要求日期' }, during: beforeRepair, due: ({ customerRemindAt }: ReturnBatch) => customerRemindAt, fires: 'remindCustomer' },
		target: { label: { en: 'Target', zh: '目标完成' }, during: inWork, due: ({ targetDueAt, targetTold }: ReturnBatch) => (targetTold === true ? null : targetDueAt), fires: 'targetPassed' },
		longest: { label: { en: 'At the latest', zh: '最迟完成' }, during: inWork, due: ({ maxDueAt, breached }: ReturnBatch) => (breached === true ? null : maxDueAt), fires: 'breach' },
		idle: { label: { en: 'Idle', zh: '闲置' }, during: waiting, due: ({ idleDueAt, idle }: ReturnBatch) => (idle === true ? null : idleDueAt), fires: 'lieIdle' },
	},
);
