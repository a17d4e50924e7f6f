import { awardTemplates } from './award';
import { contractTemplates } from './contract';
import { mailInTemplates } from './mailIn';
import { paperTemplates } from './papers';
import { partsTemplates } from './parts';
import { returnTemplates } from './returns';
import { serviceTemplates } from './service';
import { surveyTemplates } from './survey';
import { technicianTemplates } from './technician';
import { warehouseTemplates } from './warehouse';
import { access, byId, condition, eventParameters, fieldsOf, fileField, schedule, staffFlow, staffNo, TemplateBuilder, textField, type Template } from './template';

const month = textField('month', '月份', '例如 2025-05');
const outlet = textField('outlet', '网点编码', '例如 W01');

const callFields = ['customerName', 'phone', 'address', 'zone', 'model', 'serial', 'symptom', 'purchaseDay'];

const callIntake = new TemplateBuilder('service-call-intake', 'aftersalesCallIn01', '售后 1-1 客户报修', `客户填写报修表 → 登记叫修、判定服务类别 A/B/C/D、抽出服务凭证、按公司日历计算到达期限 → 告诉客户编号和期限。${access}`)
	.formTrigger('客户报修表', 'baoxiu', '客户报修', '请填写报修信息，我们会尽快安排技术员上门。', fieldsOf('call', 'register', callFields))
	.own('登记叫修', 'serviceVoucher', eventParameters('call', 'register', { channel: 'web', options: { requestKey: '={{ $json.phone }} {{ $json.symptom }} {{ $json.submittedAt.slice(0, 10) }}' } }, callFields), { failsTo: true })
	.formEnd(
		'报修成功',
		'报修已受理',
		'=报修编号：{{ $json.no }}\n服务类别：{{ $json.typeLabel }}（{{ $json.typeReason }}）\n最迟到达：{{ $json.dueAtLocal }}\n{{ $json.dueWhy }}',
	)
	.formRefusal([['登记叫修', 1]])
	.build();

const dispatch = staffFlow('service-dispatch', 'aftersalesDispatch1', '售后 1-2 派工', '派工人输入工号 → 列出未派修工作和技术员 → 派工 → 技术员收到派工邮件（含到达期限和计算过程）。', {
	path: 'paigong', title: '派工', resource: 'call', event: 'assign', button: '派工',
	done: '={{ $json.no }} 已派给 {{ $json.technician }}。\n到达期限 {{ $json.dueAtLocal }}。',
});

const visitReport = staffFlow('service-visit-report', 'aftersalesVisit001', '售后 1-3 服务回报', '技术员输入工号 → 选择自己的工作 → 填写到达、问题、措施、收费，客户签字 → 判定是否按时、开立收费（500 元以下现场收款，以上当日开票）。', {
	path: 'huibao', title: '服务回报', resource: 'call', event: 'reportVisit', button: '提交回报',
	done: '={{ $json.no }}：{{ $json.stateLabel }}。\n服务类别 {{ $json.typeLabel }}，到达用时 {{ $json.countedMinutes }} 工作分钟。\n{{ $json.chargeNote }}',
});

const consent = staffFlow('service-consent', 'aftersalesConsent01', '售后 1-13 收费说明与同意', '有费服务动手之前：说明收费标准，登记客户同意的金额；回报时的收费不能超过它。', {
	path: 'tongyi', title: '收费说明与同意', resource: 'call', event: 'agree', button: '客户同意',
	done: '={{ $json.no }}：客户同意 {{ $json.consentAmountYuan }} 元。',
});

const close = staffFlow('service-close', 'aftersalesClose0001', '售后 1-4 注销归档', '业务员输入工号 → 选择已签字的叫修 → 注销登记、服务凭证归档。', {
	path: 'zhuxiao', title: '注销归档', resource: 'call', event: 'close', button: '注销',
	done: '={{ $json.no }} 已注销，服务凭证 {{ $json.voucher }} 已归档。',
});

const invoice = staffFlow('service-invoice', 'aftersalesInvoice1', '售后 1-5 开具发票', '会计员输入工号 → 列出待开票的收费 → 填写发票号。', {
	path: 'kaipiao', title: '开具发票', resource: 'charge', event: 'invoice', button: '已开票',
	done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元，发票 {{ $json.invoiceNo }}。',
});

const cash = staffFlow('service-cash', 'aftersalesCash00001', '售后 1-6 现金上交', '会计员输入工号 → 列出技术员已收款未上交的收费 → 收款并填写补寄的发票号。', {
	path: 'jiaokuan', title: '现金上交', resource: 'charge', event: 'handOver', button: '已收到',
	done: '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元，发票 {{ $json.invoiceNo }}。',
});

const takeInFlow = staffFlow('repair-take-in', 'aftersalesTakeIn001', '售后 1-7 携回修护', '技术员输入工号 → 选择自己的叫修 → 一次办完四项手续：开立领取收据、客户签认凭证、进出登记、修护卡。', {
	path: 'xiehui', title: '携回修护', resource: 'take_in', event: 'start', button: '携回',
	done: '={{ $json.call }} 已携回，修护卡 XH-{{ $json.call }}。\n原定修妥 {{ $json.plannedFinishLocal }}。',
});

/** The workshop's pages: one event of the repair card each. */
const workshop = ([
	['repair-start', 'aftersalesRepairSt1', '售后 1-8 开始修护', 'kaixiu', 'start', '开始修护'],
	['repair-finish', 'aftersalesRepairFi1', '售后 1-9 修妥', 'xiutuo', 'finish', '修妥'],
	['repair-pass', 'aftersalesRepairPa1', '售后 1-10 验讫', 'yanqi', 'pass', '验讫'],
	['repair-fail', 'aftersalesRepairFl1', '售后 1-11 验收不合格', 'tuixiu', 'fail', '退回重修'],
	['repair-lost-receipt', 'aftersalesRepairLo1', '售后 1-12a 批准收据遗失', 'yishi', 'approveLoss', '批准收据遗失'],
	['repair-deliver', 'aftersalesRepairDe1', '售后 1-12 还商品', 'huanshang', 'deliver', '还商品'],
] as const).map(([file, id, name, path, event, title]) =>
	staffFlow(file, id, name, '输入工号 → 选择修护卡 → 办理。原定修妥时间过后未修妥的，由“到期处理”自动请求协助。', { path, title, resource: 'repair_card', event, button: title, done: '={{ $json.no }}：{{ $json.stateLabel }}。' }),
);

const dealerMonth = new TemplateBuilder('parts-month-end', 'aftersalesMonth0001', '售后 2-1 经销商配件月结', `网点上传 Excel（零配件使用统计表、返厂旧件清单）→ 逐行检查 → 合格行入库，问题行标注后退回 → 计算暂估对帐单 → 两个工作簿邮件发给网点。重复上传不会重复登记。${access}`)
	.formTrigger('月结上传', 'peijian', '配件月结上传', '请上传当月的零配件使用统计表和返厂旧件清单（同一个工作簿的两张表；.xlsx、.xls 均可，只有一张表时也可以是 .csv）。', [outlet, month, fileField('file', 'Excel 工作簿')])
	.own('检查并入库', 'dealerSpreadsheet', { content: 'dealerMonth', fileField: 'file', outlet: byId('={{ $json.outlet }}'), month: '={{ $json.month }}', mode: 'rows', actor: byId('system') }, { failsTo: true })
	.own('计算对帐单', 'partsReconciliation', { resource: 'reconciliation', operation: 'makeStatement', statementOutlet: byId('={{ $json.outlet }}'), statementMonth: '={{ $json.month }}', send: false, passEmpty: true, statementField: 'statement', actor: byId('system'), options: {} }, { after: [['检查并入库', 2]], failsTo: true })
	.own('邮寄对帐单', 'serviceNotice', {
		operation: 'send',
		key: "=statement-draft:{{ $('检查并入库').item.json.outlet }}:{{ $('检查并入库').item.json.month }}:{{ $json.version }}:{{ $json.fileName }}:{{ $json.stored }}:{{ $json.rejected }}",
		to: '={{ $json.outletMail }}',
		subject: "=配件月结回执 {{ $json.outletName }} {{ $json.month }}（接收 {{ $json.stored }} 行，退回 {{ $json.rejected }} 行）",
		text: '={{ $json.message }}\n核销金额：{{ $json.creditAmountYuan }} 元\n拟罚金额：{{ $json.fineAmountYuan }} 元\n待品管检测：{{ $json.pending }} 件，全部相符时可核销 {{ $json.pendingAmountYuan }} 元\n对帐单：{{ $json.stateLabel }}\n制作中的对帐单为暂估。有退回行时另附标注了原因的工作簿，改正后请重新上传。',
		attachments: 'statement, errorWorkbook',
		failWhenNotSent: false,
	}, { failsTo: true })
	.formEnd('上传完成', '={{ $json.stored + $json.known > 0 ? "已收到" : "没有接收" }}', "={{ $json.message }}\n\n待品管检测 {{ $json.pending }} 件，全部相符时可核销 {{ $json.pendingAmountYuan }} 元。\n回执邮件 {{ $json.outletMail }}：{{ $json.mail.stateLabel }}。")
	.formRefusal([['检查并入库', 3], ['计算对帐单', 1], ['邮寄对帐单', 1]])
	.build();

const qaStatement = new TemplateBuilder('parts-qa-statement', 'aftersalesQaState01', '售后 2-2 旧件检测与对帐单', `品管上传检测结果，以品管的名义登记 → 系统计算正式对帐单（100/90/0 %、没收、无故障罚款）→ 传给网点；有差异时网点一个工作日内答复，逾期视为同意。${access}`)
	.formTrigger('检测结果上传', 'jiance', '旧件检测结果', '请上传旧件检测结果（维修记录单号、配件编码、相符/不符/无故障数量）。', [staffNo, outlet, month, fileField('file', 'Excel 工作簿')])
	.own('登记检测结果', 'dealerSpreadsheet', { content: 'qaResults', fileField: 'file', outlet: byId('={{ $json.outlet }}'), month: '={{ $json.month }}', mode: 'whole', stopWhenRejected: true, actor: byId('={{ $json.actor }}') }, { failsTo: true })
	.own('开出对帐单', 'partsReconciliation', { resource: 'reconciliation', operation: 'makeStatement', statementOutlet: byId('={{ $json.outlet }}'), statementMonth: '={{ $json.month }}', send: true, statementField: 'statement', actor: byId('system'), options: {} }, { after: [['登记检测结果', 2]], failsTo: true })
	.add('网点有邮箱', 'n8n-nodes-base.if', 2.2, condition('={{ !!$json.outletMail }}'))
	.own('传给网点', 'serviceNotice', {
		operation: 'send',
		key: '=statement:{{ $json.no }}:{{ $json.sentAt }}',
		to: '={{ $json.outletMail }}',
		subject: '=返厂废旧件对帐单 {{ $json.outletName }} {{ $json.month }}',
		text: '=核销金额：{{ $json.creditAmountYuan }} 元\n拟罚金额：{{ $json.fineAmountYuan }} 元\n状态：{{ $json.stateLabel }}\n答复期限：{{ $json.replyDueAtLocal || "数量一致，无需答复" }}\n有差异时请在期限前回复本邮件或致电售后部，逾期未复视为同意，以实收数量为准。',
		attachments: 'statement',
		failWhenNotSent: false,
	}, { failsTo: true })
	.formEnd('完成', '对帐单已传出', '={{ $json.message }}\n\n{{ $json.no }}：{{ $json.stateLabel }}，核销 {{ $json.creditAmountYuan }} 元，拟罚 {{ $json.fineAmountYuan }} 元。\n{{ $json.outletMail ? "邮件 " + $json.outletMail + "：" + $json.mail.stateLabel : "网点没有邮箱，请售后部转交对帐单" }}。')
	.connect('网点有邮箱', 1, '完成')
	.formRefusal([['登记检测结果', 3]])
	.add('对帐单未开出', 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: '检测结果已登记，对帐单尚未开出', completionMessage: "={{ $('登记检测结果').item.json.message }}\n\n{{ $json.error }}", options: { formTitle: '检测结果已登记' } }, { after: [['开出对帐单', 1], ['传给网点', 1]], row: 2, stay: true })
	.build();

const agreed = staffFlow('parts-statement-agree', 'aftersalesAgree0001', '售后 2-3 网点确认对帐单', '售后部、售后经理或仓管员登记网点的答复：同意。有异议的由售后经理协商，不在这里确认。逾期未复视为同意，由“到期处理”自动登记。', {
	path: 'queren', title: '网点确认', resource: 'reconciliation', event: 'agree', button: '网点同意', node: 'partsReconciliation',
	done: '={{ $json.no }}：{{ $json.stateLabel }}，核销 {{ $json.creditAmountYuan }} 元。',
});

const objected = staffFlow('parts-statement-object', 'aftersalesObject001', '售后 2-4 网点异议', '售后部、售后经理或仓管员登记网点的异议；对帐单停在“有异议”，由售后经理协商了结或退回重新制作。', {
	path: 'yiyi', title: '网点异议', resource: 'reconciliation', event: 'object', button: '登记异议', node: 'partsReconciliation',
	done: '={{ $json.no }}：{{ $json.stateLabel }}。',
});

const complaintFields = ['family', 'customerName', 'phone', 'content', 'demand', 'personConcerned', 'injury', 'publicThreat', 'loss'];

const complaintIntake = new TemplateBuilder('complaint-intake', 'aftersalesComplain1', '售后 3 客户投诉', `客户填写投诉 → 编号、判定情节重大/一般 → 按承办人分流 → 任务邮件（含期限）发给承办人。质量投诉先到总经理室，重大投诉到副总经理，一般投诉到服务主任。${access}`)
	.formTrigger('投诉表', 'tousu', '客户投诉', '请说明情况和您的要求，我们会在期限内答复。', fieldsOf('complaint', 'register', complaintFields))
	.own('登记并分流', 'complaintRouting', { holders: ['service_director', 'deputy_gm', 'gm_office'], ...eventParameters('complaint', 'register', { channel: 'web', options: { requestKey: '={{ $json.phone }} {{ $json.content }} {{ $json.submittedAt.slice(0, 10) }}' } }, complaintFields) }, { failsTo: true })
	.own('通知服务主任', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false }, { after: [['登记并分流', 0]] })
	.add('通知副总经理', 'n8n-nodes-aftersales.serviceNotice', 1, { operation: 'sendOutbox', failWhenNotSent: false }, { after: [['登记并分流', 1]], row: 1, stay: true, extra: {} })
	.add('通知总经理室', 'n8n-nodes-aftersales.serviceNotice', 1, { operation: 'sendOutbox', failWhenNotSent: false }, { after: [['登记并分流', 2]], row: 2, stay: true, extra: {} })
	.add(
		'受理完成',
		'n8n-nodes-base.form',
		2.5,
		{ operation: 'completion', respondWith: 'text', completionTitle: '投诉已受理', completionMessage: '=投诉编号：{{ $json.no }}\n情节：{{ $json.classLabel }}\n承办期限：{{ $json.dueAtLocal }}\n{{ $json.dueNote }}<p><a href="../form/tousu">再填一张</a></p>', options: { formTitle: '投诉已受理' } },
		{ after: [['通知服务主任', 0], ['通知副总经理', 0], ['通知总经理室', 0], ['登记并分流', 3]] },
	)
	.add('未成功', 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: '没有提交成功', completionMessage: '={{ $json.error }}<p><a href="../form/tousu">重新填写</a></p>', options: { formTitle: '没有提交成功' } }, { after: [['登记并分流', 4]], row: 3, stay: true })
	.build();

const monthlyReport = new TemplateBuilder('monthly-report', 'aftersalesReport001', '售后 4 月报表', '每月 1 日 08:00 生成上月月报表（Excel，含图表）并邮寄一次。再次运行不会重复发送。\n\n**请设置**：两个凭据；“邮寄月报表”的收件人（邮箱或角色）。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('0 8 1 * *'))
	.own('生成月报表', 'monthlyReport', { month: '', field: 'report' })
	.own('邮寄月报表', 'serviceNotice', {
		operation: 'send',
		key: '=monthly-report:{{ $json.month }}',
		to: '总经理, 服务主任',
		subject: '=售后月报表 {{ $json.month }}',
		text: '=附件为 {{ $json.month }} 售后月报表：叫修、按时到达、配件核销、客户投诉。',
		attachments: 'report',
		failWhenNotSent: true,
	})
	.build();

const deadlines = new TemplateBuilder('deadlines', 'aftersalesDeadline1', '售后 5 到期处理', '每 5 分钟：到达超时、投诉超时、对帐单逾期未复视为同意，每项只处理一次；停机后补处理。然后发送发件箱中的通知。\n\n**请设置**：两个凭据。')
	.add('每五分钟', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('*/5 * * * *'))
	.own('处理到期事项', 'serviceRegister', { resource: 'deadlines', operation: 'fireDue' })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: true })
	.build();

const outbox = new TemplateBuilder('outbox', 'aftersalesOutbox01', '售后 5-1 发件箱', '每分钟发送发件箱中等待的邮件，每封只发一次；邮件服务器暂时不收的下次再发。\n\n**请设置**：两个凭据。')
	.add('每分钟', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('* * * * *'))
	.own('发送邮件', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: true })
	// Half a million runs a year say nothing when they go well.
	.build({ saveDataSuccessExecution: 'none' });

const masterImport = new TemplateBuilder('master-data-import', 'aftersalesMaster001', '售后 0 基础资料导入', `上传一个 Excel 工作簿（部门、人员、客户、商品、合同、网点、配件、价格、设置各一张表）→ 检查 → 整份导入。重复导入只更新有变化的行。${access}`)
	.formTrigger('资料上传', 'ziliao', '基础资料导入', '请上传基础资料工作簿（.xlsx 或 .xls），可从示例工作簿开始。售后经理或总经理可以导入；还没有任何人员资料时，工号可填任意内容。', [staffNo, fileField('file', 'Excel 工作簿')])
	.own('检查并导入', 'dealerSpreadsheet', { content: 'masterData', fileField: 'file', mode: 'whole', actor: byId('={{ $json.actor }}') }, { failsTo: true })
	.add('导入结果', 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: '导入结果', completionMessage: '={{ $json.message }}', options: { formTitle: '导入结果' } }, { after: [['检查并导入', 2]] })
	.formRefusal([['检查并导入', 3]])
	.build();

const mailIntake = new TemplateBuilder('service-call-by-mail', 'aftersalesMailIn01', '售后 1-14 邮件报修', '收到客户邮件 → 读出姓名、电话、地址、型号、故障 → 登记叫修并回信告知编号和期限；资料不全时回信请客户补充。同一封邮件只登记一次；自动回复不处理。回信放入发件箱，由“售后 5-1 发件箱”在一分钟内发出。\n\n**请设置**：报修邮箱的 IMAP 凭据和数据库凭据，然后发布。')
	.add('报修邮箱', 'n8n-nodes-base.emailReadImap', 2.2, { mailbox: 'INBOX', postProcessAction: 'read', format: 'simple', options: {} }, { extra: { credentials: { imap: { id: 'aftersalesImap0001', name: 'After-Sales IMAP' } } } })
	.own('登记叫修', 'serviceVoucher', { resource: 'call', operation: 'registerMail', mailFrom: '={{ $json.from }}', mailSubject: '={{ $json.subject }}', mailText: '={{ $json.textPlain }}', messageId: "={{ $json.metadata['message-id'] }}", autoSubmitted: "={{ $json.metadata['auto-submitted'] }}", actor: byId('system'), options: {} })
	.add('是客户来信', 'n8n-nodes-base.filter', 2.3, { conditions: { options: { caseSensitive: true, typeValidation: 'strict', version: 2 }, combinator: 'and', conditions: [{ id: 'reply', leftValue: '={{ $json.replyTo }}', rightValue: '', operator: { type: 'string', operation: 'notEmpty', singleValue: true } }] }, options: {} })
	.own('回信', 'serviceNotice', { operation: 'queue', key: '=mail-answer:{{ $json.messageId }}', to: '={{ $json.replyTo }}', subject: '={{ $json.replySubject }}', text: '={{ $json.replyText }}', attachments: '' })
	.build();

const pages = new TemplateBuilder('service-pages', 'aftersalesPages0001', '售后 6 工作页', '员工和客户的网页：报修登记台、派工台、技术员手机工作页（含手写签名、照片）、客户进度查询。地址为本机 n8n 的 /webhook/fuwu。员工用工号索取登录链接，派工邮件中的链接只能打开那一件工作。\n\n**请设置**：两个凭据；对外使用时把设置“general.page_url”改为外网地址。')
	.add('工作页', 'n8n-nodes-aftersales.servicePagesTrigger', 1, { path: 'fuwu' })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
	.build();

/** Every shipped template. */
export const templates: readonly Template[] = [masterImport, callIntake, dispatch, visitReport, consent, close, invoice, cash, takeInFlow, ...workshop, dealerMonth, qaStatement, agreed, objected, ...partsTemplates, complaintIntake, monthlyReport, deadlines, outbox, mailIntake, ...serviceTemplates, pages, ...paperTemplates, ...technicianTemplates, ...surveyTemplates, ...warehouseTemplates, ...mailInTemplates, ...returnTemplates, ...awardTemplates, ...contractTemplates];
