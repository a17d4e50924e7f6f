import { defineDocument, type DocumentOf, type Numbering } from '../document/document';
import { choice, day, fen, flag, instant, integer, lines, month, optional, ref, text } from '../document/fields';

export const requestKinds = { monthly: '月度', emergency: '紧急', presale: '售前机' } as const;

export const requestLine = {
	item: ref('item', { en: 'Part Code', zh: '配件编码' }, { compact: true, synonyms: ['配件编号', '物料编码', '配件代码', '料号', '零件号', '零件编号', '编码', '编号'] }),
	quantity: integer({ en: 'Quantity', zh: '申请数量' }, { min: 1, max: 9999, synonyms: ['数量', '需求数量', '请领数量', '申请数'] }),
};

const numberOf = (input: Record<string, unknown>): Numbering | string =>
	input['requestKind'] === 'monthly' && typeof input['month'] === 'string' ? `PJ-${String(input['outlet'])}-${input['month'].replace('-', '')}` : { prefix: 'PJ', period: 'month', digits: 4 };

/** What an outlet asks for: one a month for the next month, and in between what cannot wait. */
export const partRequestDraft = defineDocument({
	kind: 'part_request',
	form: 'M-045',
	label: { en: 'Parts request', zh: '零配件申请表' },
	number: numberOf,
	title: ['outlet', 'requestKind', 'month'],
	fields: {
		outlet: ref('outlet', { en: 'Outlet', zh: '网点' }),
		requestKind: choice({ en: 'Kind', zh: '申请类别' }, requestKinds),
		month: month({ en: 'For month', zh: '月份' }),
		sealed: flag({ en: 'Sealed', zh: '已盖公章' }),
		regionSignedBy: optional(ref('person', { en: 'Signed by regional manager', zh: '区域经理签名' })),
		regionSignedAt: optional(instant({ en: 'Signed at', zh: '区域经理签名时间' })),
		reason: optional(text({ en: 'Reason', zh: '紧急原因' }, { long: true })),
		serial: optional(text({ en: 'Unit', zh: '售前机序列号' }, { compact: true })),
		lines: lines(
			{
				...requestLine,
				approved: optional(integer({ en: 'Approved', zh: '核准数量' })),
				shipped: integer({ en: 'Shipped', zh: '已发数量' }),
				price: fen({ en: 'Supply price', zh: '供价' }),
				usedLast: integer({ en: 'Used last month', zh: '上月使用' }),
				stock: integer({ en: 'Stock', zh: '现有库存' }),
				cutReason: optional(text({ en: 'Cut because', zh: '核减原因' })),
			},
			{ en: 'Lines', zh: '申请明细' },
		),
		submittedDay: day({ en: 'Submitted on', zh: '递交日期' }),
		opensAt: optional(instant({ en: 'Window opens', zh: '受理起始' }, { internal: true })),
		timing: optional(text({ en: 'Timing', zh: '时间提示' })),
		total: fen({ en: 'Total', zh: '申请金额' }),
		approvedTotal: optional(fen({ en: 'Approved total', zh: '核准金额' })),
		held: optional(fen({ en: 'Held value', zh: '占用金额' })),
		limitAmount: optional(fen({ en: 'Limit', zh: '额度' })),
		excess: optional(fen({ en: 'Excess', zh: '超额' })),
		topUp: optional(fen({ en: 'Top-up', zh: '应补押金' })),
		reviewedBy: optional(ref('person', { en: 'Reviewed by', zh: '审核人' })),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '批准人' })),
		plan: optional(ref('parts_plan', { en: 'Plan', zh: '配件计划' })),
		dueAt: optional(instant({ en: 'Issue due', zh: '发放期限' })),
		dueNote: optional(text({ en: 'Note on the limit', zh: '期限说明' })),
		repairNo: optional(text({ en: 'Repair record', zh: '维修记录单号' }, { compact: true })),
		refusedBecause: optional(text({ en: 'Refused because', zh: '退回原因' })),
	},
	states: {
		Draft: '填写', Submitted: '已递交', WaitDeposit: '待补押金/冲减', Reviewed: '已审核', Approved: '已批准', Shipped: '已发放', Received: '已收货', Refused: '退回', Withdrawn: '网点撤回', Closed: '结束',
	},
	indexes: [['outlet', 'state'], ['month'], ['plan'], ['state']],
});

export type RequestShape = typeof partRequestDraft.shape;
export type PartRequest = DocumentOf<RequestShape>;
export type RequestLine = PartRequest['lines'][number];

/** Pieces still to be shipped. */
export const openQuantity = ({ approved, shipped }: Pick<RequestLine, 'approved' | 'shipped'>): number => Math.max(0, (approved ?? 0) - shipped);

/** Supply price of lines, of the quantities asked for or approved. */
export const valueOf = (requested: readonly RequestLine[]): number => requested.reduce((sum, { approved, quantity, price }) => sum + (approved ?? quantity) * price, 0);

const waitingToShip: readonly string[] = ['Reviewed', 'Approved'];

/** What was reviewed for an outlet and has not left yet: it will be held soon. @rule P-011 */
export const committedValue = (requests: readonly PartRequest[], except: string): number =>
	requests
		.filter(({ no, state }) => no !== except && waitingToShip.includes(state))
		.reduce((sum, request) => sum + request.lines.reduce((value, line) => value + openQuantity(line) * line.price, 0), 0);
