import { access, byId, eventParameters, fieldsOf, schedule, staffFlow, staffNo, TemplateBuilder, type Template } from './template';

const pages = ([
	['survey-post', 'aftersalesSurvPost1', '售后 8-1 登记调查卡寄出', 'jidiaochaka', 'survey_card', 'post', '登记寄出', '服务部输入工号 → 列出待寄出的意见调查卡 → 登记寄出；有邮箱的客户由系统直接邮寄填写链接。', '={{ $json.no }}：{{ $json.stateLabel }}。'],
	['survey-answer', 'aftersalesSurvAnsw1', '售后 8-2 登记客户意见', 'kehuyijian', 'survey_card', 'answer', '登记意见', '回访员或服务部输入工号 → 选择调查卡或电话回访 → 登记四项满意度、建议或抱怨。抱怨自动登记投诉，不满意自动请主任跟进，未解决的叫修重新处理。', '={{ $json.no }}：{{ $json.stateLabel }}。\n{{ $json.outcome ?? "" }}'],
	['survey-not-reached', 'aftersalesSurvNoAn1', '售后 8-3 登记未接通', 'weijietong', 'survey_card', 'notReached', '未接通', '回访员输入工号 → 选择电话回访 → 登记未接通；满次数后结束。', '={{ $json.no }}：{{ $json.stateLabel }}，已拨 {{ $json.attempts }} 次。'],
	['task-finish', 'aftersalesTaskFini1', '售后 8-4 登记跟进结果', 'genjinjieguo', 'follow_up', 'finish', '登记结果', '负责人输入工号 → 选择跟进事项 → 登记处理结果。', '={{ $json.no }}：{{ $json.stateLabel }}。'],
	['visit-report', 'aftersalesVisitRep1', '售后 8-8 登记客户走访', 'zoufangdengji', 'visit_plan', 'report', '登记走访', '回访人输入工号 → 列出季度计划中的客户（含话术） → 登记完成日期、结果、客户需求和意见（每行：使用情况/缺陷/设计/加工/装配 意见）、设备巡检的使用状况、销售机会（转业务部门）。', '={{ $json.no }}：{{ $json.stateLabel }}。'],
] as const).map(([file, id, name, path, resource, event, title, note, done]) => staffFlow(file, id, name, note, { path, title, resource, event, button: title, node: 'serviceRegister', done }));

/** One page: staff number and the fields of an event that opens a paper. */
function opening(file: string, id: string, name: string, note: string, page: { path: string; title: string; resource: string; event: string; done: string }): Template {
	return new TemplateBuilder(file, id, name, `${note}${access}`)
		.formTrigger('填写', page.path, page.title, '请输入工号并填写。', [staffNo, ...fieldsOf(page.resource, page.event)])
		.own(page.title, 'serviceRegister', eventParameters(page.resource, page.event, { actor: byId('={{ $json.actor }}'), options: { requestKey: '={{ $execution.id }}' } }), { failsTo: true })
		.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
		.formEnd('完成', `${page.title}完成`, page.done)
		.formRefusal([[page.title, 1]])
		.build();
}

const hotline = opening('hotline-call', 'aftersalesHotline01', '售后 8-5 热线来电', '话务员输入工号并登记来电：咨询、报修、投诉。报修登记叫修，投诉登记投诉，没有当场解答的咨询转售后工程师。', {
	path: 'rexian', title: '登记来电', resource: 'hotline_call', event: 'take', done: '={{ $json.no }} 已登记。\n{{ $json.followed ?? "" }}',
});

const missed = opening('hotline-missed', 'aftersalesHotMiss01', '售后 8-6 热线未接来电', '登记服务电话的未接来电：服务时间内的按值班表对值班人拟罚（由经理决定），值班表空缺的通知组长。', {
	path: 'weijie', title: '登记未接来电', resource: 'missed_call', event: 'miss', done: '={{ $json.no }} 已登记，{{ $json.inHours ? "在服务时间内" : "不在服务时间内" }}{{ $json.responsible ? "，值班人 " + $json.responsible : "" }}。',
});

const quarter = opening('visit-quarter', 'aftersalesVisitQua1', '售后 8-7 编制季度回访计划', '组长输入工号、季度、回访人 → 为每位在保或有合同的客户按等级的频次安排回访，分到各月；已安排的不重复。', {
	path: 'jiduhuifang', title: '编制回访计划', resource: 'visit_quarter', event: 'drawUp', done: '={{ $json.quarter }}：客户 {{ $json.customers }} 家，计划回访 {{ $json.planned }} 次。\n{{ $json.months }}',
});

const asked = ['callKind', 'customerName', 'phone', 'content', 'model', 'serial', 'address'] as const;

const question = new TemplateBuilder('customer-question', 'aftersalesQuestion1', '售后 8-9 在线答疑', `客户在网页上咨询、报修或投诉 → 咨询转售后工程师答复，报修登记叫修，投诉登记投诉。${access}`)
	.formTrigger('客户留言', 'zixun', '在线答疑', '请留下您的问题和电话，我们会尽快答复。需要上门维修请填写地址。', fieldsOf('hotline_call', 'take', asked))
	.own('登记留言', 'serviceRegister', eventParameters('hotline_call', 'take', { channel: 'online', actor: byId('system'), options: { requestKey: '={{ $execution.id }}' } }, asked), { failsTo: true })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
	.formEnd('完成', '已收到您的留言', '=编号 {{ $json.no }}。{{ $json.followed ?? "我们会尽快与您联系" }}。')
	.formRefusal([['登记留言', 1]])
	.build();

const month = new TemplateBuilder('survey-month', 'aftersalesSurvMon01', '售后 8-10 客户意见月汇总', '每月 1 日 09:10（停机时补到 5 日）：上月客户意见汇总（四项满意度、收回率、建议与抱怨、改进措施）和安装、维修回访登记邮寄一次。\n\n**请设置**：两个凭据；收件人（邮箱或角色）。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('10 9 1-5 * *'))
	.own('客户意见汇总', 'monthlyReport', { report: 'survey', month: '', actor: byId('system'), field: 'report' })
	.own('邮寄汇总', 'serviceNotice', { operation: 'send', key: '=survey:{{ $json.month }}', to: '服务主任, 部门经理', subject: '=客户意见汇总 {{ $json.month }}', text: '=寄出 {{ $json.sent }} 张，收回 {{ $json.answered }} 张，抱怨 {{ $json.complaints }} 件。请登记改进措施。', attachments: 'report', failWhenNotSent: true })
	.add('回访登记', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'outletVisits', month: '', actor: byId('system'), field: 'report' }, { after: [['每月一日', 0]], row: 1, stay: true })
	.add('邮寄回访登记', 'n8n-nodes-aftersales.serviceNotice', 1, { operation: 'send', key: '=outlet-visits:{{ $json.month }}', to: '售后部', subject: '=安装、维修回访登记 {{ $json.month }}', text: '=安装 {{ $json.installs }} 件，维修 {{ $json.repairs }} 件，已回访 {{ $json.visited }} 件。', attachments: 'report', failWhenNotSent: true }, { row: 1 })
	.build();

/** Asking customers, visiting them, the service phone. */
export const surveyTemplates: readonly Template[] = [...pages, hotline, missed, quarter, question, month];
