import { schedule, TemplateBuilder, type Template } from './template';

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

/** Lists of the service that come by themselves. */
export const serviceTemplates: readonly Template[] = [morning, dayEnd, monthBook];
