import type { FormField } from '../../engine/formFields';
import { access, byId, eventParameters, fieldsOf, schedule, staffFlow, staffNo, TemplateBuilder, type Template } from './template';

const day: FormField = { fieldName: 'day', fieldLabel: '日期', fieldType: 'date', requiredField: false, placeholder: '空白为今天' };
const drafted = (key: string) => `={{ $('预填日报').item.json.${key} }}`;

const dailyReport = new TemplateBuilder('technician-daily-report', 'aftersalesDaily001', '售后 7-1 技术员日报', `技术员输入工号和日期 → 按当天上门和修护记录预填 → 核对更正后提交；与实际工时差异超过 30 分钟的会标出。未交的由“到期处理”提醒。${access}`)
	.formTrigger('填写工号', 'ribao', '技术员日报', '请输入工号和日期，下一页按记录预填。', [staffNo, day])
	.own('预填日报', 'monthlyReport', { report: 'technicianDaily', person: '={{ $json.actor }}', day: '={{ $json.day }}', field: 'report' }, { failsTo: true })
	.formPage('核对日报', '提交日报')
	.own('提交日报', 'serviceRegister', eventParameters('daily_report', 'submit', { technician: drafted('technician'), day: drafted('day'), actor: byId(drafted('technician')), options: { requestKey: '={{ $execution.id }}' } }), { failsTo: true })
	.formEnd('完成', '日报已提交', '={{ $json.no }}：{{ $json.summary }}。\n{{ $json.mark }}')
	.formRefusal([['预填日报', 1], ['提交日报', 1]])
	.build();

const review = staffFlow('technician-report-review', 'aftersalesDailyRv1', '售后 7-2 核阅日报', '服务主任输入工号 → 列出已提交的日报（合计和工时差异）→ 核阅存查。', {
	path: 'heyue', title: '核阅日报', resource: 'daily_report', event: 'review', button: '核阅', node: 'serviceRegister',
	done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.summary }}。',
});

const sendBack = staffFlow('technician-report-return', 'aftersalesDailyRt1', '售后 7-3 退回日报', '服务主任输入工号 → 选择日报、写明原因 → 技术员收到邮件，更正后重新提交。', {
	path: 'tuihui', title: '退回日报', resource: 'daily_report', event: 'sendBack', button: '退回', node: 'serviceRegister',
	done: '={{ $json.no }}：{{ $json.stateLabel }}。',
});

const directorReport = new TemplateBuilder('director-daily-report', 'aftersalesDirect01', '售后 7-4 服务主任日报', `服务主任输入工号和日期 → 汇总所属技术员已核阅的日报，缺报和未核阅的列名。分公司的先由经理签章（7-5），再送服务部（7-6）。送出前可重新填报。${access}`)
	.formTrigger('填写工号', 'zhuren', '服务主任日报', '请输入工号和日期。', [staffNo, { ...day, requiredField: true, placeholder: '' }])
	.own('填报主任日报', 'serviceRegister', eventParameters('director_report', 'submit', { director: '={{ $json.actor }}', actor: byId('={{ $json.actor }}') }), { failsTo: true })
	.formEnd('完成', '主任日报已填报', '={{ $json.no }}：{{ $json.summary }}。\n{{ $json.needsStamp ? "请分公司经理核阅签章后送服务部。" : "请送服务部。" }}')
	.formRefusal([['填报主任日报', 1]])
	.build();

const stamp = staffFlow('director-report-stamp', 'aftersalesStamp001', '售后 7-5 经理核阅签章', '分公司经理输入工号 → 选择主任日报 → 核阅签章。', {
	path: 'qianzhang', title: '经理核阅签章', resource: 'director_report', event: 'stamp', button: '签章', node: 'serviceRegister',
	done: '={{ $json.no }}：{{ $json.stateLabel }}。',
});

const send = staffFlow('director-report-send', 'aftersalesDirSend1', '售后 7-6 主任日报送服务部', '服务主任输入工号 → 选择主任日报 → 邮件送服务部。', {
	path: 'songfuwubu', title: '送服务部', resource: 'director_report', event: 'send', button: '送出', node: 'serviceRegister',
	done: '={{ $json.no }}：{{ $json.stateLabel }}。',
});

const mail = (key: string, to: string, subject: string, text: string) => ({ operation: 'send', key, to, subject, text, attachments: 'report', failWhenNotSent: true });

const weekly = new TemplateBuilder('technician-weekly-report', 'aftersalesWeekly01', '售后 7-7 周报', '设置 report.tech_cycle 为 weekly 的公司：到 report.week_day（默认周五 17:00）后，每位技术员的周报和售后服务报修记录表邮寄部门经理，每周一次；停机后次日补寄。每日上报的公司不寄。\n\n**请设置**：两个凭据。')
	.add('每日两次', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('5 9,17 * * *'))
	.own('技术员周报', 'monthlyReport', { report: 'technicianWeekly', day: '', person: '', field: 'report' })
	.own('邮寄周报', 'serviceNotice', mail('=weekly-report:{{ $json.technician }}:{{ $json.until }}', '={{ $json.to }}', '=技术人员周报 {{ $json.technicianName }} {{ $json.until }}', '=附件为 {{ $json.technicianName }} {{ $json.from }} 至 {{ $json.until }} 的技术人员周报表，请核阅存查。'))
	.add('报修记录表', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'weeklyRecord', day: '', field: 'report' }, { after: [['每日两次', 0]], row: 1, stay: true })
	.add('邮寄记录表', 'n8n-nodes-aftersales.serviceNotice', 1, mail('=weekly-record:{{ $json.manager }}:{{ $json.until }}', '={{ $json.to }}', '=售后服务报修记录表 {{ $json.until }}', '=附件为 {{ $json.from }} 至 {{ $json.until }} 的售后服务报修记录表，报修 {{ $json.calls }} 件。'), { row: 1 })
	.build();

const month = new TemplateBuilder('kpi-appraisal', 'aftersalesKpi00001', '售后 7-8 KPI 与月考核', '每月 1 日 09:00（停机时补到 5 日）：上月 KPI 邮寄一次；生成上月月考核表并邮寄，由部门经理登记奖惩（7-10）后确认（7-11）。\n\n**请设置**：两个凭据；收件人（邮箱或角色）。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('0 9 1-5 * *'))
	.own('KPI', 'monthlyReport', { report: 'kpi', month: '', field: 'report' })
	.own('邮寄 KPI', 'serviceNotice', mail('=kpi:{{ $json.month }}', '总经理, 服务主任', '=售后服务 KPI {{ $json.month }}', '=附件为 {{ $json.month }} 售后服务 KPI：全公司、各部门、各技术员，含分子和分母。'))
	.add('月考核表', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'appraisal', month: '', person: '', field: 'report' }, { after: [['每月一日', 0]], row: 1, stay: true })
	.add('邮寄月考核表', 'n8n-nodes-aftersales.serviceNotice', 1, mail('=appraisal:{{ $json.month }}', '部门经理, 服务主任', '=月考核表 {{ $json.month }}', '=附件为 {{ $json.month }} 月考核表，请登记奖惩后确认。'), { row: 1 })
	.build();

const rating = new TemplateBuilder('technician-rating', 'aftersalesRating001', '售后 7-9 客户评价', `客户按叫修编号评价技术员：态度、技术、到达时间、答应事情的办理，各四级。每次叫修评价一次，计入当月考核。${access}`)
	.formTrigger('评价表', 'pingjia', '服务评价', '请按叫修编号评价为您服务的技术员。', fieldsOf('rating', 'give'))
	.own('登记评价', 'serviceRegister', eventParameters('rating', 'give'), { failsTo: true })
	.formEnd('完成', '谢谢您的评价', '=叫修 {{ $json.call }} 的评价已登记。')
	.formRefusal([['登记评价', 1]])
	.build();

const appraisals = ([
	['appraisal-adjust', 'aftersalesApprAdj1', '售后 7-10 登记奖惩', 'jiangcheng', 'adjust', '登记奖惩', '部门经理输入工号 → 选择待考核的月考核表 → 每行填写：奖励或处罚、分数、依据编号（没有填 -）、事由。'],
	['appraisal-confirm', 'aftersalesApprCon1', '售后 7-11 确认考核', 'kaohe', 'confirm', '确认考核', '部门经理输入工号 → 选择月考核表 → 确认；被考核人收到结果邮件。'],
] as const).map(([file, id, name, path, event, title, note]) =>
	staffFlow(file, id, name, note, { path, title, resource: 'appraisal', event, button: title, node: 'serviceRegister', done: '={{ $json.no }}：{{ $json.stateLabel }}，总得分 {{ $json.points === null ? "没有数据" : ($json.points / 100).toFixed(2) }}。' }),
);

/** Technicians' reports, ratings and appraisals. */
export const technicianTemplates: readonly Template[] = [dailyReport, review, sendBack, directorReport, stamp, send, weekly, month, rating, ...appraisals];
