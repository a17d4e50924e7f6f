import { defineDocument, type DocumentOf } from '../document/document';
import { choice, day, fen, flag, instant, integer, lines, optional, optionalOf, ref, text } from '../document/fields';
import { localLimit } from '../shared/zonedTime';

export const applicantKinds = { dealer: '经销商', integrator: '集成商', user: '用户' } as const;
export const covers = { in: '保内', out: '保外' } as const;
export const causes = { quality: '产品质量', human: '人为损坏', storage: '保管不善' } as const;
export const feeKinds = { part: '配件', labour: '工时', travel: '差旅', other: '其他', special: '特殊要求' } as const;
const payers = { company: '本公司', customer: '客户' } as const;

/** What the applicant fills in; those of `demanded` have to be there before anything goes on. @rule R-103 */
export const application = {
	applicant: text({ en: 'Applicant', zh: '申请单位/申请人' }, { synonyms: ['申请人', '申请单位', '客户名称', '姓名'] }),
	applicantKind: choice({ en: 'Applicant Kind', zh: '申请单位类别' }, applicantKinds, { synonyms: ['单位类别', '客户类别'] }),
	model: text({ en: 'Model', zh: '设备型号' }, { synonyms: ['型号', '产品型号', '商品型号', '机型'] }),
	serial: text({ en: 'Serial No', zh: '序列号' }, { compact: true, synonyms: ['机号', '机身号', 'SN'] }),
	purchaseDay: day({ en: 'Purchase Date', zh: '购买日期' }, { synonyms: ['购机日期', '销售日期'] }),
	tick: choice({ en: 'Warranty Tick', zh: '保内/保外' }, covers, { help: '购买一年内为保内，一年以上为保外，不清楚不填', synonyms: ['保修状态', '是否保内'] }),
	fault: text({ en: 'Fault', zh: '故障现象' }, { long: true, help: '请写清楚：什么时候、怎样操作时、有什么现象', synonyms: ['故障描述', '故障'] }),
	address: text({ en: 'Return Address', zh: '邮寄地址' }, { synonyms: ['地址', '收件地址', '回寄地址'] }),
	receiver: text({ en: 'Receiver', zh: '收件人' }, { synonyms: ['联系人'] }),
	phone: text({ en: 'Phone', zh: '电话' }, { compact: true, synonyms: ['联系电话', '手机'] }),
	mail: text({ en: 'Mail', zh: '邮箱' }, { compact: true, synonyms: ['电子邮箱', 'Email'] }),
	sendBy: choice({ en: 'Sent By', zh: '寄送方式' }, { express: '快递', post: '邮政包裹', freight: '货运' }),
	special: text({ en: 'Special Wishes', zh: '特殊要求' }, { long: true, help: '对时间等的特殊要求，可能另收费用', synonyms: ['特殊要求说明'] }),
	accessories: text({ en: 'Accessories', zh: '随附配件' }, { synonyms: ['配件', '附件'] }),
};
export const entered = optionalOf(application);
export const demanded = ['applicant', 'model', 'fault', 'address', 'receiver', 'phone'] as const;

export const channels = { web: '网页', mail: '邮件', phone: '电话/代填', none: '未填表寄到' } as const;

export const feeLines = lines(
	{ kind: choice({ en: 'Kind', zh: '类别' }, feeKinds), item: text({ en: 'Item', zh: '项目' }), quantity: integer({ en: 'Quantity', zh: '数量' }), price: fen({ en: 'Price', zh: '单价' }) },
	{ en: 'Fee lines', zh: '费用明细' },
);

/** M-066 @rule R-116 */
export const repairFindings = {
	faultFound: text({ en: 'Fault Found', zh: '查明故障' }, { long: true }),
	causeText: text({ en: 'Cause In Words', zh: '原因' }, { long: true }),
	workDone: text({ en: 'Work Done', zh: '处理' }, { long: true }),
	parts: optional(lines({ item: ref('item', { en: 'Part', zh: '配件编码' }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1 }) }, { en: 'Replaced Parts', zh: '更换件' })),
	testResult: text({ en: 'Test Result', zh: '测试结果' }),
};

/** @rule R-109 — what came in the box is written down */
export const unpacked = {
	receivedOn: optional(day({ en: 'Received On', zh: '收到日期' }, { help: '空白为今天' })),
	arrivedWith: text({ en: 'Accessories In The Parcel', zh: '箱内配件' }, { help: '没有的写“无”' }),
	parcelNo: optional(text({ en: 'Parcel No', zh: '来件快递单号' }, { compact: true })),
};

const office = {
	channel: choice({ en: 'Channel', zh: '来源' }, channels),
	customer: optional(ref('customer', { en: 'Customer No', zh: '客户编号' })),
	appliedAt: instant({ en: 'Applied', zh: '申请时间' }),
	replyDueAt: optional(instant({ en: 'Reply due', zh: '答复期限' })),
	replyLate: optional(flag({ en: 'Reply late', zh: '答复逾期' })),
	repliedAt: optional(instant({ en: 'Replied', zh: '答复时间' })),
	opinion: optional(text({ en: 'Handling opinion', zh: '处理意见' })),
	missing: optional(text({ en: 'Missing', zh: '缺少' })),
	remark: optional(text({ en: 'Remark', zh: '提示' })),
	mayCharge: optional(flag({ en: 'May be charged', zh: '可能另收费' })),
	cover: optional(choice({ en: 'Warranty', zh: '核定保内/保外' }, covers)),
	repairNo: optional(text({ en: 'Repair No', zh: '维修编号' })),
	sentTo: optional(text({ en: 'Sent to', zh: '寄往' })),
	receivedDay: optional(day({ en: 'Received on', zh: '收到日期' })),
	receivedAt: optional(instant({ en: 'Received', zh: '登记收到' })),
	numberOnParcel: optional(flag({ en: 'Number on the parcel', zh: '箱外有维修编号' })),
	arrivedWith: optional(unpacked.arrivedWith),
	parcelNo: unpacked.parcelNo,
	/** Working days are counted from the day after it. */
	countFrom: optional(day({ en: 'Counted from', zh: '起算日' })),
	workdays: optional(integer({ en: 'Working days', zh: '维修工作日' })),
	suspendedDays: optional(integer({ en: 'Suspended', zh: '等待付款顺延（工作日）' })),
	waiting: optional(flag({ en: 'Waiting for payment', zh: '等待付款' })),
	dueAt: optional(instant({ en: 'Due', zh: '维修期限' })),
	warnAt: optional(instant({ en: 'Agree a solution from', zh: '协商提醒时间' }, { internal: true })),
	warned: optional(flag({ en: 'Warned', zh: '已提醒协商' }, { internal: true })),
	solution: optional(text({ en: 'Agreed solution', zh: '与客户商定' })),
	solutionDay: optional(day({ en: 'Agreed day', zh: '商定完成日' })),
	breached: optional(flag({ en: 'Limit missed', zh: '超过维修周期' })),
};

const bench = {
	technician: optional(ref('person', { en: 'Technician', zh: '维修员' })),
	cause: optional(choice({ en: 'Cause', zh: '故障责任' }, causes)),
	diagnosis: optional(text({ en: 'Diagnosis', zh: '检测情况' })),
	feeLines: optional(feeLines),
	fee: optional(fen({ en: 'Fee', zh: '维修费用' })),
	feeNotice: optional(ref('fee_notice', { en: 'Fee notice', zh: '费用通知单' })),
	feeRound: optional(integer({ en: 'Fee notices', zh: '费用通知次数' }, { internal: true })),
	feeNoticedAt: optional(instant({ en: 'Fee noticed', zh: '费用通知时间' })),
	/** Paid, waived or withdrawn: the clock runs on. */
	holdEndedAt: optional(instant({ en: 'Hold ended', zh: '等待付款结束' }, { internal: true })),
	confirmedAt: optional(instant({ en: 'Fee confirmed', zh: '费用确认时间' })),
	confirmation: optional(text({ en: 'Confirmation', zh: '客户确认' })),
	paid: optional(fen({ en: 'Paid', zh: '已到账' })),
	paidAt: optional(instant({ en: 'Payment confirmed', zh: '到账确认时间' })),
	waiveReason: optional(text({ en: 'Why waived', zh: '免收原因' })),
	refundedAt: optional(instant({ en: 'Refunded', zh: '退款时间' })),
	...optionalOf(repairFindings),
	actualMinutes: optional(integer({ en: 'Minutes', zh: '用时(分)' })),
	finishedAt: optional(instant({ en: 'Finished', zh: '修妥时间' })),
	finishedDay: optional(day({ en: 'Finished on', zh: '修妥日期' })),
	onTime: optional(flag({ en: 'Within the limit', zh: '按期修妥' })),
};

const back = {
	freightPayer: optional(choice({ en: 'Freight paid by', zh: '回寄运费' }, payers)),
	carrier: optional(text({ en: 'Carrier', zh: '承运' })),
	tracking: optional(text({ en: 'Tracking no', zh: '回寄快递单号' })),
	shippedAt: optional(instant({ en: 'Shipped', zh: '寄出时间' })),
	toldBy: optional(choice({ en: 'Told by', zh: '通知客户方式' }, { mail: '邮件', phone: '电话' })),
	silentDueAt: optional(instant({ en: 'Taken as received', zh: '视为收到时间' })),
	notArrived: optional(text({ en: 'Not arrived', zh: '客户未收到' })),
	closedAs: optional(text({ en: 'Closed as', zh: '结束说明' })),
	reason: optional(text({ en: 'Reason', zh: '原因' })),
};

export const rmaDraft = defineDocument({
	kind: 'rma',
	form: 'M-073',
	label: { en: 'Mail-in repair', zh: '维护返修申请' },
	number: { prefix: 'FX', period: 'month', digits: 4 },
	title: ['repairNo', 'applicant', 'model'],
	fields: { ...entered, ...office, ...bench, ...back },
	states: {
		Submitted: '已申请', Incomplete: '资料不全', InReview: '待回复处理意见', Approved: '已给维修编号', Refused: '不受理', Cancelled: '已取消',
		ArrivedWithoutForm: '未填表寄到', Received: '已收到设备', AwaitConfirm: '待确认费用', AwaitPayment: '待到账', Repairing: '维修中',
		ReadyToShip: '待寄出', ReturnUnrepaired: '未修退回', Shipped: '已寄出', NotArrived: '客户没有收到', Closed: '结束',
	},
	indexes: [['state'], ['serial'], ['repairNo'], ['finishedDay'], ['receivedDay']],
	explain: (row: { readonly dueAt: string | null; readonly countFrom: string | null; readonly workdays: number | null; readonly suspendedDays: number | null; readonly waiting: boolean | null }, zone: string): Record<string, string> => {
		if (row.waiting === true) return { dueWhy: '费用未到账，维修期限暂停' };
		if (row.dueAt === null || row.countFrom === null) return { dueWhy: '' };
		return { dueWhy: `${row.countFrom} 次日起 ${row.workdays ?? ''} 个工作日${(row.suspendedDays ?? 0) > 0 ? `，等待付款顺延 ${row.suspendedDays} 个工作日` : ''}，到 ${localLimit(row.dueAt, zone)}` };
	},
});

export type RmaShape = typeof rmaDraft.shape;
export type Rma = DocumentOf<RmaShape>;

/** What people call it: the repair number once there is one. @rule R-106 */
export const nameOf = ({ no, repairNo }: Pick<Rma, 'no' | 'repairNo'>): string => repairNo ?? no;
