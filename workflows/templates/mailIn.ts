import { access, byId, condition, eventParameters, fieldsOf, type Page, staffFlow, staffNo, type Template, TemplateBuilder } from './template';
import { application, demanded } from '../../domain/repair/rmaPaper';
import type { FormField } from '../../engine/formFields';

const userPart = Object.keys(application);

/** The user part; what nothing goes on without is asked for at once. */
const applicationForm = (): FormField[] => fieldsOf('rma', 'submit', userPart).map((field) => ({ ...field, requiredField: (demanded as readonly string[]).includes(field.fieldName) }));

const apply = new TemplateBuilder('rma-application', 'aftersalesRmaApply1', '售后 10-1 维护返修申请', `客户、经销商、集成商填写维护返修申请表 → 登记申请、按购买日期核对保内保外、算出答复期限 → 资料不全的当场说明。收到维修编号以前不要寄出设备；进度查询只需维修编号（工作页的“进度查询”）。${access}`)
	.formTrigger('维护返修申请表', 'fanxiushenqing', '维护返修申请', '请填写完整，我们在一个工作日内答复处理意见和维修编号。收到维修编号以前请不要寄出设备；只收快递。', applicationForm())
	.own('登记申请', 'serviceRegister', eventParameters('rma', 'submit', { channel: 'web', options: { requestKey: '={{ $json.phone }} {{ $json.serial }} {{ $json.fault }} {{ $json.submittedAt.slice(0, 10) }}' } }, [...userPart, 'channel']), { failsTo: true })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
	.formEnd('完成', '申请已收到', "=申请编号：{{ $('登记申请').item.json.no }}\n{{ $('登记申请').item.json.missing ? '还缺：' + $('登记申请').item.json.missing + '，请补充后再提交' : '最迟答复：' + $('登记申请').item.json.replyDueAtLocal }}\n{{ $('登记申请').item.json.remark ?? '' }}\n{{ $('登记申请').item.json.mayCharge ? '特殊要求可能另收费用，收费前会请您确认。' : '' }}\n收到维修编号以前请不要寄出设备。")
	.formRefusal([['登记申请', 1]])
	.build();

const mailed = new TemplateBuilder('rma-by-mail', 'aftersalesRmaMail01', '售后 10-2 邮件返修申请', '经销商、集成商、用户把维护返修申请表（.xlsx、.xls、.csv，一行一台）发到服务中心邮箱 → 逐行检查登记，按发件邮箱答复 → 回信：接收多少行，有问题的附上标注了原因的原表；资料不全的另发邮件请补充。同一份申请当天重复发送不会重复登记。每个服务中心可各用一个邮箱：复制本流程、换 IMAP 凭据。\n\n**请设置**：返修邮箱的 IMAP 凭据和数据库凭据，然后发布；回信由“售后 5-1 发件箱”发出。')
	.add('返修邮箱', 'n8n-nodes-base.emailReadImap', 2.2, { mailbox: 'INBOX', postProcessAction: 'read', format: 'simple', downloadAttachments: true, dataPropertyAttachmentsPrefixName: 'attachment_', options: {} }, { extra: { credentials: { imap: { id: 'aftersalesImap0003', name: 'After-Sales RMA IMAP' } } } })
	.add('不是自动回复', 'n8n-nodes-base.filter', 2.3, condition("={{ !/^(auto|自动回复)/i.test($json.subject ?? '') && !/^(mailer-daemon|postmaster|no-?reply)@/i.test($json.from ?? '') && !($json.metadata?.['auto-submitted'] && $json.metadata['auto-submitted'] !== 'no') }}"))
	.own('检查并登记', 'dealerSpreadsheet', { content: 'rmaApplications', fileField: '*', sender: '={{ $json.from }}', mode: 'rows', output: 'summary', actor: byId('system') }, { failsTo: true })
	.own('回信', 'serviceNotice', {
		operation: 'queue', key: "=rma-mail:{{ $('不是自动回复').item.json.metadata['message-id'] }}:{{ $json.fileName }}", to: "={{ $('不是自动回复').item.json.from }}",
		subject: '=返修申请回执（接收 {{ $json.stored }} 行，退回 {{ $json.rejected }} 行）',
		text: '={{ $json.message }}\n{{ $json.rejected > 0 ? "退回的行已在附件中标注并说明，改正后请重新发送；已接收的行不会重复登记。" : "" }}\n收到维修编号以前请不要寄出设备。',
		attachments: 'errorWorkbook',
	}, { after: [['检查并登记', 2]] })
	.add('说明原因', 'n8n-nodes-aftersales.serviceNotice', 1, { operation: 'queue', key: "=rma-mail:{{ $('不是自动回复').item.json.metadata['message-id'] }}", to: "={{ $('不是自动回复').item.json.from }}", subject: '返修申请没有接收', text: '={{ $json.error }}', attachments: '' }, { after: [['检查并登记', 3]], row: 1, stay: true })
	.build();

/** A page with a file beside its fields: the file is kept with the paper first. */
function withFile(file: string, id: string, name: string, note: string, page: { path: string; title: string; resource: string; event: string; paper: string; purpose: string; file: string; done: string }): Template {
	const fileField: FormField = { fieldName: 'file', fieldLabel: page.file, fieldType: 'file', requiredField: false, multipleFiles: false };
	const filled = eventParameters(page.resource, page.event, { actor: byId("={{ $('填写工号').item.json.actor }}"), options: { requestKey: '={{ $execution.id }}' } });
	return new TemplateBuilder(file, id, name, `${note}${access}`)
		.formTrigger('填写工号', page.path, page.title, '请输入工号，下一页列出待办。', [staffNo])
		.own('列出待办', 'serviceRegister', { resource: page.resource, operation: 'prepareForm', formEvent: page.event, actor: byId('={{ $json.actor }}'), options: {} }, { failsTo: true })
		.formPage('选择并填写', page.title, [fileField])
		.own('保存文件', 'serviceRegister', { resource: 'attachment', operation: 'keepFile', filePaper: page.paper, filePurpose: page.purpose, fileField: 'file', actor: byId("={{ $('填写工号').item.json.actor }}"), options: {} }, { failsTo: true })
		.own(page.title, 'serviceRegister', filled, { failsTo: true })
		.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
		.formEnd('完成', `${page.title}完成`, page.done.replaceAll('$json.', `$('${page.title}').item.json.`))
		.formRefusal([['列出待办', 1], ['保存文件', 1], [page.title, 1]])
		.build();
}

const confirmed = withFile('rma-confirm-fee', 'aftersalesRmaConf01', '售后 10-10 客户确认费用', '客服或售后部输入工号 → 选择待确认费用的返修 → 上传客户的传真、签字的通知单（或填写回信原文）→ 开始维修；设置 rma.repair_before_payment 为“否”的公司等到账。', {
	path: 'querenfeiyong', title: '客户确认费用', resource: 'rma', event: 'confirmFee', paper: '={{ $json.no }}', purpose: 'confirmation', file: '客户确认件（传真、签字的通知单）', done: '={{ $json.repairNo }}：{{ $json.stateLabel }}。',
});

const slip = withFile('rma-remittance', 'aftersalesRmaSlip01', '售后 10-12 登记汇款底单', '客服或售后部输入工号 → 选择返修、金额和汇款日期，上传底单 → 会计核对到账。底单不等于到账，到账前不寄出。', {
	path: 'huikuandidan', title: '登记汇款底单', resource: 'remittance_slip', event: 'hand', paper: '={{ $json.rma }}', purpose: 'remittance', file: '汇款底单', done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元。',
});

const done = '={{ $json.repairNo || $json.no }}：{{ $json.stateLabel }}。';

/** From the application to the parcel back, one event each. */
const pages: readonly Page[] = [
	['rma-enter', 'aftersalesRmaEnter1', '3 代填返修申请', 'daitianfanxiu', 'rma', 'submit', '代填返修申请', '客服、售后部、业务员输入工号 → 按电话或纸质申请表代填。', '={{ $json.no }}：{{ $json.stateLabel }}。\n{{ $json.missing ? "还缺：" + $json.missing : "" }}'],
	['rma-check', 'aftersalesRmaCheck1', '4 核对申请资料', 'heduifanxiu', 'rma', 'check', '核对申请资料', '输入工号 → 选择已申请的返修 → 资料完整、故障描述清楚的送售后服务经理；不清楚的写明要补充什么，客户收到邮件。'],
	['rma-complete', 'aftersalesRmaCompl1', '5 补交申请资料', 'buzhufanxiu', 'rma', 'complete', '补交申请资料', '输入工号 → 选择资料不全或未填表寄到的返修 → 只填补充的项目。未填表寄到的补齐后，从当天的次日起计算维修期限。', '={{ $json.no }}：{{ $json.stateLabel }}。\n{{ $json.missing ? "还缺：" + $json.missing : "" }}'],
	['rma-number', 'aftersalesRmaNumbr1', '6 受理并给维修编号', 'weixiubianhao', 'repair_number', 'give', '受理并给维修编号', '售后服务经理输入工号 → 选择申请、写处理意见 → 系统给出维修编号，客户收到编号、地址和寄送要求。', '=维修编号 {{ $json.no }}（申请 {{ $json.rma }}）。'],
	['rma-refuse', 'aftersalesRmaRefus1', '7 不受理返修', 'bushoulifanxiu', 'rma', 'refuse', '不受理', '售后服务经理输入工号 → 选择申请、写明原因。'],
	['rma-cancel', 'aftersalesRmaCancl1', '7-1 取消返修申请', 'quxiaofanxiu', 'rma', 'cancel', '取消申请', '输入工号 → 选择设备还没有寄到的申请、写明原因。'],
	['rma-receive', 'aftersalesRmaRecv01', '8 收到返修设备', 'shoudaofanxiu', 'rma', 'receive', '收到设备', '仓管员、物流员或客服输入工号 → 选择维修编号 → 箱外有无编号、箱内配件 → 次日起 5 个工作日。', '={{ $json.repairNo }}：{{ $json.stateLabel }}。\n{{ $json.dueWhy }}'],
	['rma-arrive', 'aftersalesRmaArriv1', '8-1 未填表寄到', 'weitianbiao', 'rma', 'arrive', '未填表寄到', '收到没有申请的设备时登记 → 不计维修期限，寄件人收到补交申请的通知。'],
	['rma-diagnose', 'aftersalesRmaDiagn1', '9 检测并核定费用', 'jiancefeiyong', 'rma', 'diagnose', '检测并核定费用', '技术员输入工号 → 选择设备 → 故障责任、收费明细（每行：项目编码 数量，按价格表）。保内产品质量免费；要收费的开出维修费用通知单，客户确认和到账前期限暂停。未修退回而还没有寄出的，客户改变主意时可重新检测。', '={{ $json.repairNo }}：{{ $json.stateLabel }}，费用 {{ $json.feeYuan }} 元。'],
	['rma-refuse-fee', 'aftersalesRmaReFee1', '11 客户不同意费用', 'butongyifeiyong', 'rma', 'refuseFee', '客户不同意费用', '输入工号 → 选择待确认费用或待到账的返修、写明原因 → 未修寄回，运费由客户承担。'],
	['rma-payment', 'aftersalesRmaPaid01', '13 确认到账', 'fanxiudaozhang', 'rma', 'confirmPayment', '确认到账', '会计员或财务部输入工号 → 选择返修、到账金额 → 维修期限恢复并顺延等待的工作日。', '={{ $json.repairNo }}：{{ $json.stateLabel }}，已到账 {{ $json.paidYuan }} 元，应收 {{ $json.feeYuan }} 元。\n{{ $json.dueWhy }}'],
	['rma-slip-reject', 'aftersalesRmaSlpRj1', '13-1 底单未到账', 'didanweidaozhang', 'remittance_slip', 'reject', '底单未到账', '会计员或财务部输入工号 → 选择底单、写明原因 → 客服与客户联系。'],
	['rma-waive', 'aftersalesRmaWaive1', '14 免收维修费用', 'mianshoufeiyong', 'rma', 'waiveFee', '免收维修费用', '总经理输入工号 → 选择待收费的返修、写明原因。'],
	['rma-agree', 'aftersalesRmaAgree1', '15 与客户商定', 'yukehushangding', 'rma', 'agree', '与客户商定', '不能在 5 个工作日内修妥的：联系客户后登记商定的办法和日期。第 4 个工作日仍未修妥的由“到期处理”提醒。'],
	['rma-finish', 'aftersalesRmaFinis1', '16 修妥并填写维修报告', 'fanxiuxiutuo', 'rma', 'finish', '修妥并填写维修报告', '技术员输入工号 → 选择维修中的设备 → 填写维修报告（更换件每行：配件编码 数量）→ 待寄出。', '={{ $json.repairNo }}：{{ $json.stateLabel }}，{{ $json.onTime ? "按期" : "逾期" }}。\n请打印维修报告（M-066，编号 {{ $json.no }}）随机寄回。'],
	['rma-give-up', 'aftersalesRmaGvUp01', '17 未修退回', 'weixiutuihui', 'rma', 'giveUp', '未修退回', '售后服务经理输入工号 → 选择修不了或不修的设备、写明原因。已到账的由会计退款。'],
	['rma-ship', 'aftersalesRmaShip01', '18 寄还客户', 'jihuankehu', 'rma', 'ship', '寄还客户', '输入工号 → 选择待寄出的设备 → 承运、快递单号 → 客户收到寄出通知。费用未到账的不能寄出；没有邮箱的客户先电话通知。寄丢或退回的，先登记“客户没有收到”，再重新寄出。', '={{ $json.repairNo || $json.no }}：{{ $json.stateLabel }}，运费{{ $json.freightPayerLabel }}承担。'],
	['rma-arrived', 'aftersalesRmaArrvd1', '19 客户已收到', 'kehushoudao', 'rma', 'arrived', '客户已收到', '输入工号 → 选择已寄出的返修。15 天没有异议的由“到期处理”结束。'],
	['rma-not-received', 'aftersalesRmaNotRc1', '20 客户没有收到', 'kehuweishoudao', 'rma', 'notReceived', '客户没有收到', '输入工号 → 选择已寄出的返修、写明情况 → 物流员向承运查询；不再按“没有异议视为收到”结束，查到后登记“客户已收到”，或重新寄出。'],
	['rma-refund', 'aftersalesRmaRefnd1', '21 返修退款', 'fanxiutuikuan', 'rma', 'refund', '登记退款', '会计员或财务部输入工号 → 选择未修退回而已到账的返修 → 登记已退款。'],
];

const page = ([file, id, name, path, resource, event, title, note, said = done]: Page): Template => staffFlow(file, id, `售后 10-${name}`, note, { path, title, resource, event, button: title, node: 'serviceRegister', done: said });

/** Mail-in repair, from the application to the parcel back. */
export const mailInTemplates: readonly Template[] = [apply, mailed, confirmed, slip, ...pages.map(page)];
