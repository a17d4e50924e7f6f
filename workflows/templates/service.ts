import { schedule, staffFlow, TemplateBuilder, type Template } from './template';

const onWorkdays = { conditions: { options: { caseSensitive: true, typeValidation: 'strict', version: 2 }, combinator: 'and', conditions: [{ id: 'workday', leftValue: '={{ $json.isWorkday }}', rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } }] }, options: {} };

const morning = new TemplateBuilder('service-morning-board', 'aftersalesMorning01', '售后 1-15 晨间派工看板', '每个工作日 08:35：待派工（昨日未派的排最前）、在办、已上报，含期限和计算过程、合适人选 → Excel 邮件发给服务主任。在线办理请用“工作页”的派工台。\n\n**请设置**：两个凭据。')
	.add('每日上午', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('35 8 * * *'))
	.own('派工看板', 'monthlyReport', { report: 'morningBoard', field: 'report' })
	.add('工作日', 'n8n-nodes-base.filter', 2.3, onWorkdays)
	.own('邮寄派工看板', 'serviceNotice', { operation: 'send', key: '=morning-board:{{ $json.day }}', to: '服务主任', subject: '=派工看板 {{ $json.day }}（待派工 {{ $json.unassigned }} 件）', text: '=待派工：{{ $json.unassigned }} 件\n在办：{{ $json.running }} 件\n已过期限未到达：{{ $json.late }} 件\n已上报待答复：{{ $json.escalated }} 件', attachments: 'report', failWhenNotSent: true })
	.build();

const dayEnd = new TemplateBuilder('service-day-end', 'aftersalesDayEnd001', '售后 1-16 日终检查', '每个工作日 17:40：现金未上交、有费服务未开票、超时、重复报修、登记与服务凭证核对 → Excel 邮件发给会计员和部门经理。没有例外时也会告知。\n\n**请设置**：两个凭据。')
	.add('每日下班', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('40 17 * * *'))
	.own('日终检查', 'monthlyReport', { report: 'dayEnd', day: '', field: 'report' })
	.add('工作日', 'n8n-nodes-base.filter', 2.3, onWorkdays)
	.own('邮寄日终检查', 'serviceNotice', { operation: 'send', key: '=day-end:{{ $json.day }}', to: '会计员, 部门经理', subject: '=日终检查 {{ $json.day }}（{{ $json.count }} 项）', text: '={{ $json.summary || "没有例外事项。" }}', attachments: 'report', failWhenNotSent: true })
	.build();

const monthBook = new TemplateBuilder('service-month-book', 'aftersalesSvcBook01', '售后 1-17 服务月度明细', '每月 1 日 08:20：上月收费（凭证号、发票号、已收金额）、派遣、费用、备用机、例外 → Excel 邮件发给会计员。\n\n**请设置**：两个凭据。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('20 8 1 * *'))
	.own('服务月度明细', 'monthlyReport', { report: 'serviceBook', month: '', field: 'report' })
	.own('邮寄月度明细', 'serviceNotice', { operation: 'send', key: '=service-book:{{ $json.month }}', to: '会计员', subject: '=服务月度明细 {{ $json.month }}', text: '=收费：{{ $json.charges }} 笔\n叫修：{{ $json.calls }} 件', attachments: 'report', failWhenNotSent: true })
	.build();

const returnVisit = staffFlow('service-return-visit', 'aftersalesRetVisit1', '售后 1-18 电话回访', '回访员、业务员或客服输入工号 → 选择待注销或已注销的叫修 → 登记回访结果。已解决：客户确认完成；未解决：叫修重新打开。', {
	path: 'huifang', title: '电话回访', resource: 'return_visit', event: 'record', button: '登记回访',
	done: '={{ $json.no }}：{{ $json.customerName }}，{{ $json.resultLabel }}。',
});

/** From the offer to the customer's answer: one event of the quotation each. */
const quotation = ([
	['service-quote', 'aftersalesQuote0001', '售后 1-19 报价', 'baojia', 'quote', '报价', '客服或业务员输入工号 → 选择叫修 → 填写配件、工时、交通等项目。低于标准价超过规定幅度的，等总经理批准。'],
	['service-quote-send', 'aftersalesQuoteSend', '售后 1-20 发出报价', 'fachubaojia', 'send', '发出报价', '输入工号 → 选择可以发出的报价 → 登记发出。'],
	['service-quote-accept', 'aftersalesQuoteAcc1', '售后 1-21 客户接受报价', 'jieshoubaojia', 'accept', '客户接受报价', '输入工号 → 选择已发出的报价 → 登记客户同意人；叫修的收费不能超过它。'],
	['service-quote-approve', 'aftersalesQuoteApp1', '售后 1-22 批准报价', 'pizhunbaojia', 'approve', '批准报价', '总经理输入工号 → 选择低于标准价的报价 → 批准。报价人不能批准自己的报价。'],
] as const).map(([file, id, name, path, event, title, note]) =>
	staffFlow(file, id, name, note, { path, title, resource: 'quotation', event, button: title, done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.offerTotalYuan }} 元（标准价 {{ $json.listTotalYuan }} 元）。' }),
);

/** A letter is written, then confirmed by both sides. */
const contactLetter = ([
	['contact-letter', 'aftersalesLetter001', '售后 1-23 联络函', 'lianluo', 'write', '联络函', '输入工号 → 填写单次服务的联络函。双方确认以后才能派工。'],
	['contact-letter-sender', 'aftersalesLetterSnd', '售后 1-24 发件方确认', 'fajianqueren', 'confirmSender', '发件方确认', '输入工号 → 选择待确认的联络函 → 登记发件方签字。'],
	['contact-letter-receiver', 'aftersalesLetterRcv', '售后 1-25 收件方确认', 'shoujianqueren', 'confirmReceiver', '收件方确认', '输入工号 → 选择发件方已确认的联络函 → 登记收件方签字和回馈意见。'],
] as const).map(([file, id, name, path, event, title, note]) =>
	staffFlow(file, id, name, note, { path, title, resource: 'contact_letter', event, button: title, done: '={{ $json.no }}：{{ $json.stateLabel }}。' }),
);

const expenses = staffFlow('service-expenses', 'aftersalesExpenses1', '售后 1-26 费用报销', '技术员输入工号 → 填写叫修编号和票据。票据地点与出差地不符的，经核准后才能报销。', {
	path: 'feiyong', title: '费用报销', resource: 'expense_claim', event: 'submit', button: '提交费用',
	done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元。{{ $json.finding ?? "" }}',
});

const unsolved = staffFlow('service-unsolved', 'aftersalesUnsolved1', '售后 1-27 当日未解决报备', '技术员、业务员或主任输入工号 → 选择叫修 → 写明未解决的问题、原因和确定的完成时间 → 当日报备给销售总监。', {
	path: 'baobei', title: '当日未解决报备', resource: 'unsolved_report', event: 'report', button: '报备',
	done: '={{ $json.no }}：{{ $json.call }} 已报备，{{ $json.finishAtLocal }} 前完成。',
});

/** Lists of the service that come by themselves, and the papers around a call. */
export const serviceTemplates: readonly Template[] = [morning, dayEnd, monthBook, returnVisit, ...quotation, ...contactLetter, expenses, unsolved];
