import { defineDocument, type DocumentOf } from '../document/document';
import { choice, fen, flag, instant, optional, ref, text, integer, day } from '../document/fields';
import { find, findAll } from '../document/facts';
import { customer } from '../master/records';
import { complaintNumber, missLimit, registerComplaint, registrars, resolve } from './complaintRules';

export const families = { service: '服务投诉', quality: '质量投诉' } as const;
export const classes = { major: '情节重大', ordinary: '一般性质' } as const;
export const markets = { domestic: '国内', foreign: '国外' } as const;
/** What came out when it was looked into. */
export const verdicts = { upheld: '查证属实', not_justified: '不成立' } as const;
export const complaintChannels = { phone: '来电', letter: '来函', visit: '来人', mail: '邮件', web: '网上' } as const;

const phone = text({ en: 'Phone', zh: '电话' }, { compact: true });

/** What is asked when a complaint comes in. */
export const registration = {
	family: choice({ en: 'Family', zh: '投诉类别' }, families),
	customerName: text({ en: 'Customer Name', zh: '客户名称' }),
	phone,
	content: text({ en: 'Content', zh: '投诉内容' }, { long: true }),
	demand: optional(text({ en: 'Demand', zh: '客户要求' }, { long: true })),
	personConcerned: optional(text({ en: 'Person Concerned', zh: '被投诉人' })),
	injury: optional(flag({ en: 'Injury or Danger', zh: '涉及人身安全' })),
	publicThreat: optional(flag({ en: 'Media or Authority', zh: '拟诉诸媒体或主管部门' })),
	loss: optional(fen({ en: 'Loss', zh: '损失金额(元)' }, { min: 0 })),
	declaredMajor: optional(flag({ en: 'Declare Major', zh: '认定重大' })),
	channel: optional(choice({ en: 'Channel', zh: '来源' }, complaintChannels)),
	market: optional(choice({ en: 'Market', zh: '国内/国外' }, markets)),
	orderNo: optional(text({ en: 'Order No', zh: '订单编号' })),
	partNo: optional(text({ en: 'Part No', zh: '料号' })),
	quantity: optional(integer({ en: 'Quantity', zh: '数量' }, { min: 1 })),
	shipDay: optional(day({ en: 'Ship Date', zh: '交运日期' })),
	source: optional(text({ en: 'Source', zh: '来源单据' }, { help: '例如意见调查卡、热线来电的编号' })),
};

const draft = defineDocument({
	kind: 'complaint',
	form: 'M-034',
	label: { en: 'Complaint', zh: '客户投诉' },
	number: complaintNumber,
	fields: {
		family: choice({ en: 'Family', zh: '投诉类别' }, families),
		class: choice({ en: 'Class', zh: '情节' }, classes),
		classReason: text({ en: 'Why this class', zh: '情节依据' }),
		customer: optional(ref('customer', { en: 'Customer no', zh: '客户编号' })),
		customerName: text({ en: 'Customer', zh: '客户名称' }),
		phone,
		channel: choice({ en: 'Channel', zh: '来源' }, complaintChannels),
		market: choice({ en: 'Market', zh: '国内/国外' }, markets),
		content: text({ en: 'Content', zh: '投诉内容' }),
		demand: optional(text({ en: 'Demand', zh: '客户要求' })),
		personConcerned: optional(text({ en: 'Person concerned', zh: '被投诉人' })),
		loss: fen({ en: 'Loss', zh: '损失金额' }),
		acceptedAt: instant({ en: 'Accepted at', zh: '受理时间' }),
		holderRole: text({ en: 'Holder', zh: '承办' }),
		dueAt: instant({ en: 'Due', zh: '承办期限' }),
		dueNote: optional(text({ en: 'Note on the limit', zh: '期限说明' })),
		totalDueAt: optional(instant({ en: 'Total limit', zh: '总时限' })),
		late: flag({ en: 'Late', zh: '超时' }),
		source: optional(text({ en: 'Source', zh: '来源单据' })),
		verdict: optional(choice({ en: 'Verdict', zh: '是否成立' }, verdicts)),
		result: optional(text({ en: 'Result', zh: '处理结果' })),
		informedBy: optional(choice({ en: 'Customer informed by', zh: '告知方式' }, { letter: '函告', phone: '电话' })),
		closedAt: optional(instant({ en: 'Closed at', zh: '结案时间' })),
		orderNo: optional(text({ en: 'Order no', zh: '订单编号' })),
		partNo: optional(text({ en: 'Part no', zh: '料号' })),
		quantity: optional(integer({ en: 'Quantity', zh: '数量' })),
		shipDay: optional(day({ en: 'Ship date', zh: '交运日期' })),
	},
	states: { Major: '情节重大待审理', Ordinary: '一般处理中', S2: '总经理室受理', Closed: '结案' },
	indexes: [['phone'], ['state'], ['acceptedAt']],
});

export type ComplaintShape = typeof draft.shape;
export type Complaint = DocumentOf<ComplaintShape>;

export const complaint = draft.events(
	{
		register: draft
			.event({
				label: { en: 'Register a complaint', zh: '登记投诉' },
				from: ['new'],
				to: ['Ordinary', 'Major', 'S2'],
				by: [...registrars.service, ...registrars.quality],
				input: registration,
				takeTurns: (input) => [input['phone']],
				facts: (input) => ({ known: find(customer, 'phone', input.phone), earlier: findAll(draft.shape, 'phone', input.phone) }),
			})
			.decidedBy(registerComplaint),
		resolve: draft
			.event({
				label: { en: 'Close with the result', zh: '结案' },
				from: ['Major', 'Ordinary', 'S2'],
				to: ['Closed'],
				by: ['service_director', 'deputy_gm', 'company_manager', 'gm_office'],
				input: {
					verdict: choice({ en: 'Verdict', zh: '是否成立' }, verdicts),
					result: text({ en: 'Result', zh: '处理结果' }, { long: true }),
					informedBy: choice({ en: 'Customer Informed By', zh: '告知方式' }, { letter: '函告', phone: '电话' }),
				},
			})
			.decidedBy(resolve),
		missLimit: draft
			.event({ label: { en: 'Limit passed', zh: '承办超时' }, from: ['Major', 'Ordinary', 'S2'], to: ['Major', 'Ordinary', 'S2'], by: ['system'], input: {} })
			.decidedBy(missLimit),
	},
	{
		holder: {
			label: { en: 'Holder limit', zh: '承办期限' },
			during: ['Major', 'Ordinary', 'S2'],
			due: (stored) => (stored.late ? null : stored.dueAt),
			fires: 'missLimit',
		},
	},
);
