import { access, byId, condition, fileField, optionalText, type Page, partsPage, schedule, staffNo, type Template, TemplateBuilder, textField } from './template';

/** From the application to the agreement, and what it pays. */
const settingUp: readonly Page[] = [
	['outlet-apply', 'aftersalesOutApply1', '10 申请建立网点', 'wangdianshenqing', 'outlet_setup', 'apply', '申请建立网点', '售后部或区域经理输入工号 → 填写网点资料 → 等区域经理考察。', '={{ $json.no }}：{{ $json.code }} {{ $json.name }}，{{ $json.stateLabel }}。'],
	['outlet-visit', 'aftersalesOutVisit1', '11 网点考察', 'wangdiankaocha', 'outlet_setup', 'visit', '登记考察', '区域经理输入工号 → 选择申请 → 按五项条件逐项登记考察结果。'],
	['outlet-check', 'aftersalesOutCheck1', '12 区域经理审查', 'wangdianshencha', 'outlet_setup', 'check', '区域经理审查', '区域经理输入工号 → 选择已考察的申请。条件不齐的列出缺什么，不能提交。'],
	['outlet-approve', 'aftersalesOutAppro1', '13 公司审批网点', 'wangdianshenpi', 'outlet_setup', 'approve', '公司审批', '总经理或副总经理输入工号 → 批准建立。审查人不能自己批准。'],
	['outlet-sign', 'aftersalesOutSign01', '14 签订协议', 'wangdianxieyi', 'outlet_setup', 'sign', '签订协议', '输入工号 → 选择已批准的申请 → 协议号和签订日期。网点随即登记；押金 10 天内缴纳，第 8 天提醒，逾期通知区域经理。', '={{ $json.no }}：{{ $json.stateLabel }}，押金期限 {{ $json.depositDueAtLocal }}。'],
	['outlet-payment', 'aftersalesOutPay001', '15 登记网点缴款', 'wangdianjiaokuan', 'outlet_payment', 'receive', '登记缴款', '售后部或会计员输入工号 → 押金、货款或应收款。押金到位的网点自动生效；等待额度的申请自动重新核对。', '={{ $json.no }}：{{ $json.result }}。'],
	['outlet-payment-reverse', 'aftersalesOutPayRv1', '16 冲销缴款', 'chongxiaojiaokuan', 'outlet_payment', 'reverse', '冲销缴款', '输入工号 → 选择记错的缴款、写明原因 → 以冲正分录更正。'],
	['outlet-refuse', 'aftersalesOutRefu1', '17 不予建立网点', 'buyujianli', 'outlet_setup', 'refuse', '不予建立', '区域经理、售后经理或总经理、副总经理输入工号 → 选择未签协议的申请、写明原因。'],
];

/** From the request to the receipt. */
const supplying: readonly Page[] = [
	['request-enter', 'aftersalesReqEnter1', '20 代网点申请配件', 'peijianshenqing', 'part_request', 'submit', '递交申请', '输入工号 → 网点、类别、月份和明细（每行：配件编码 数量）。网点自己用“网点上报”上传。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.totalYuan }} 元。\n{{ $json.timing ?? "" }}'],
	['request-review', 'aftersalesReqRevie1', '21 审核配件申请', 'shenheshenqing', 'part_request', 'review', '审核', '售后部输入工号 → 选择申请 → 需要时核减（每行：配件编码 核准数量 原因）。超过占用额度的等待，网点收到三种解决办法；紧急申请审核后即可发放。', '={{ $json.no }}：{{ $json.stateLabel }}，核准 {{ $json.approvedTotalYuan }} 元；占用 {{ $json.heldYuan }} 元，额度 {{ $json.limitAmountYuan }} 元。\n{{ $json.excess > 0 ? "超额 " + $json.excessYuan + " 元，应补押金 " + $json.topUpYuan + " 元。" : "" }}'],
	['request-refuse', 'aftersalesReqRefus1', '22 退回配件申请', 'tuihuishenqing', 'part_request', 'refuse', '退回申请', '售后部输入工号 → 选择申请、写明原因。'],
	['request-approve', 'aftersalesReqAppro1', '23 批准售前机申请', 'pizhunshouqian', 'part_request', 'approve', '批准申请', '售后经理输入工号 → 批准已审核的售前机申请。月度申请随配件计划批准。'],
	['request-close', 'aftersalesReqClose1', '24 结束配件申请', 'jieshushenqing', 'part_request', 'close', '结束', '售后部输入工号 → 选择已收货的申请；售前机的填写维修记录单号。'],
	['plan-draw-up', 'aftersalesPlanDraw1', '25 编制配件计划', 'peijianjihua', 'parts_plan', 'drawUp', '编制配件计划', '售后部输入工号和月份 → 合并全部已审核的月度申请 → 邮件请总经理批准。', '={{ $json.no }}：{{ $json.requests }} 份申请，总额 {{ $json.totalYuan }} 元。'],
	['plan-approve', 'aftersalesPlanAppr1', '26 批准配件计划', 'pizhunjihua', 'parts_plan', 'approve', '批准计划', '总经理输入工号 → 选择计划 → 批准后才能发放。编制后有变动的须重新编制。', '={{ $json.no }}：{{ $json.stateLabel }}，总额 {{ $json.totalYuan }} 元。'],
	['plan-refuse', 'aftersalesPlanRefu1', '27 不批准配件计划', 'bupizhunjihua', 'parts_plan', 'refuse', '不批准计划', '总经理输入工号 → 选择计划、写明原因；申请退出计划，可重新编制。'],
	['shipment-ship', 'aftersalesShip00001', '28 发放配件', 'fahuo', 'shipment', 'ship', '发放配件', '售后部或仓管员输入工号 → 选择已批准的申请 → 随车（3 天内有车）或零担。库存先进先出自动出库，网点收到发货通知；15 天没有回复视为无误。', '={{ $json.no }}：{{ $json.valueYuan }} 元，{{ $json.deemedDueAtLocal }} 前未回复视为无误。\n{{ $json.wayNote ?? "" }}'],
	['shipment-receive', 'aftersalesShipRecv1', '29 收货无误', 'shouhuo', 'shipment', 'receive', '网点回复：无误', '登记网点的收货回复。'],
	['shipment-claim', 'aftersalesShipClai1', '30 收货短少', 'duanshao', 'shipment', 'claim', '网点回复：有短少', '登记网点报告的短少（每行：配件编码 数量）→ 通知售后经理。'],
	['shipment-settle', 'aftersalesShipSett1', '31 处理短少', 'chuliduanshao', 'shipment', 'settleClaim', '处理短少', '售后经理输入工号 → 确认短少（减少占用、可补发）或不成立。'],
	['shipment-call-back', 'aftersalesShipBack1', '32 撤销发放', 'chexiaofahuo', 'shipment', 'callBack', '撤销发放', '售后经理输入工号 → 没有发出的发货单撤销：退回库存、减少占用、申请可重新发放。'],
	['transfer-apply', 'aftersalesTransApp1', '33 申请调拨', 'diaobo', 'part_transfer', 'apply', '申请调拨', '区域经理输入工号 → 调出、调入网点和明细（每行：配件编码 数量）。'],
	['transfer-move', 'aftersalesTransMov1', '34 同意调拨', 'tongyidiaobo', 'part_transfer', 'move', '同意并调拨', '售后部输入工号 → 核对调出网点库存和调入网点额度 → 两边占用同时变动。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.valueYuan }} 元。'],
	['request-sign', 'aftersalesReqSign01', '35 区域经理签名', 'quyuqianming', 'part_request', 'signRegion', '区域经理签名', '区域经理输入工号 → 选择售前机申请 → 签名；没有签名的不能审核。'],
	['request-drop-rest', 'aftersalesReqDrop01', '36 余数不发', 'yushubufa', 'part_request', 'dropRest', '余数不发', '售后部输入工号 → 选择已发一部分的申请、写明原因 → 不再发余下的，额度随之释放。'],
	['shipment-confirm', 'aftersalesShipConf1', '37 确认贵重件发放', 'querenfahuo', 'shipment', 'confirm', '确认贵重件发放', '另一人输入工号 → 选择待确认的发货单 → 确认后出库、通知网点。开单人不能自己确认。'],
	['shipment-cancel', 'aftersalesShipCanc1', '38 取消贵重件发放', 'quxiaofahuo', 'shipment', 'cancel', '取消发放', '输入工号 → 选择待确认的发货单、写明原因 → 申请可重新发放。'],
	['outlet-return', 'aftersalesOutRetrn1', '39 网点退料', 'wangdiantuiliao', 'outlet_return', 'takeBack', '网点退料', '仓管员或售后部输入工号 → 网点退回的完好配件（每行：配件编码 数量）→ 入库并减少占用。', '={{ $json.no }}：减少占用 {{ $json.valueYuan }} 元。'],
	['outlet-return-reverse', 'aftersalesOutRetRv1', '39-1 撤销退料', 'chexiaotuiliao', 'outlet_return', 'reverse', '撤销退料', '售后经理输入工号 → 选择记错的退料单、写明原因 → 出库并恢复占用。'],
	['request-withdraw', 'aftersalesReqWith1', '35-1 撤回配件申请', 'chehuishenqing', 'part_request', 'withdraw', '网点撤回', '网点或售后部输入工号 → 选择还没有审核的申请撤回；网点只能撤回自己的。撤回后可以重新递交。'],
	['transfer-refuse', 'aftersalesTrnRefu1', '36-1 不同意调拨', 'butongyidiaobo', 'part_transfer', 'refuse', '不同意调拨', '售后部输入工号 → 选择调拨申请、写明原因。'],
];

/** From the statement to the money. */
const settling: readonly Page[] = [
	['statement-settle', 'aftersalesStmtSett1', '41 异议已协商', 'yiyixieshang', 'reconciliation', 'settle', '异议已协商', '售后经理输入工号 → 选择有异议的对帐单 → 协商结果；然后可以核销。'],
	['statement-write-off', 'aftersalesWriteOff1', '42 帐面核销', 'hexiao', 'reconciliation', 'writeOff', '帐面核销', '售后部输入工号 → 选择已确认或默认的对帐单 → 占用减少、押金不动；无故障和不当返件的罚款提请核实。', '={{ $json.no }}：{{ $json.stateLabel }}，核销 {{ $json.creditAmountYuan }} 元，拟罚 {{ $json.fineAmountYuan }} 元。'],
	['statement-undo', 'aftersalesUndoWrOf1', '43 撤销核销', 'chexiaohexiao', 'reconciliation', 'undoWriteOff', '撤销核销', '售后经理输入工号 → 选择已核销的对帐单、写明原因 → 冲回占用，未扣的罚款取消。'],
	['fine-confirm', 'aftersalesFineConf1', '44 核实罚款', 'heshifakuan', 'outlet_fine', 'confirm', '核实并扣款', '售后经理输入工号 → 核实拟罚；先扣押金，不足转应收。退回无故障旧件的运费由网点承担。', '={{ $json.no }}：{{ $json.stateLabel }}，押金扣 {{ $json.fromDepositYuan }} 元，尚欠 {{ $json.owedYuan }} 元。'],
	['fine-waive', 'aftersalesFineWaiv1', '45 免罚', 'mianfa', 'outlet_fine', 'waive', '免罚', '售后经理输入工号 → 选择拟罚、写明原因。'],
	['fine-reverse', 'aftersalesFineRev01', '46 冲销罚款', 'chongxiaofakuan', 'outlet_fine', 'reverse', '冲销罚款', '售后经理输入工号 → 选择已扣的罚款、写明原因 → 按扣款方式退回。'],
	['old-parts-improper', 'aftersalesImproper1', '47 查实不当返件', 'budangfanjian', 'old_part', 'verifyImproper', '查实不当返件', '售后经理输入工号 → 选择保外或逾期返回的旧件 → 查实后对帐单按供价 10 倍拟罚。'],
	['old-parts-hand-over', 'aftersalesHandOver1', '48 移交生控中心', 'yijiao', 'old_part_handover', 'handOver', '移交生控中心', '输入工号 → 选择已核销的对帐单 → 核销和没收的旧件移交生控中心。', '={{ $json.no }}：{{ $json.pieces }} 件。'],
	['outlet-count-accept', 'aftersalesOutCount1', '49 按网点实盘更正', 'wangdianpandian', 'outlet_count', 'accept', '按实盘更正', '售后经理输入工号 → 选择有差异的网点盘点 → 帐面数量改为实盘；短少的金额仍在占用中。'],
	['outlet-training', 'aftersalesOutTrain1', '50 网点培训', 'wangdianpeixun', 'outlet_training', 'record', '登记网点培训', '输入工号 → 网点、内容、参加人。先把设置 outlet.fees 改为“是”。'],
	['statement-reopen', 'aftersalesStmtReop', '54 退回重新制作对帐单', 'chongzhiduizhang', 'reconciliation', 'reopen', '退回重新制作', '售后经理输入工号 → 选择有异议的对帐单、写明原因 → 该月可以补登、更正，再重新对帐。'],
	['usage-void', 'aftersalesUsageVo1', '55 作废使用统计行', 'zuofeishiyong', 'usage_line', 'void', '作废', '售后部输入工号 → 选择写错的一行、写明原因；网点可重新上报。对帐单传出以后不能作废。'],
	['old-part-void', 'aftersalesOldPaVo1', '56 作废返厂旧件行', 'zuofeijiujian', 'old_part', 'void', '作废', '售后部输入工号 → 选择写错的旧件、写明原因；网点可重新上报，例如补报“仅报废”。对帐单传出以后不能作废。'],
	['repair-record-void', 'aftersalesRepRcVo1', '57 作废维修记录单', 'zuofeiweixiu', 'repair_record', 'void', '作废', '售后部输入工号 → 选择写错的产品维修记录单、写明原因；网点可重新上报。'],
	['install-record-void', 'aftersalesInsRcVo1', '58 作废安装记录单', 'zuofeianzhuang', 'install_record', 'void', '作废', '售后部输入工号 → 选择写错的产品安装记录单、写明原因；网点可重新上报。'],
	['outlet-count-void', 'aftersalesOutCoVo1', '59 作废网点盘点', 'zuofeiwangdianpandian', 'outlet_count', 'void', '作废', '售后部输入工号 → 选择写错的网点盘点、写明原因；网点可重新上报。'],
	['fee-pay', 'aftersalesFeePay01', '67 支付网点费用', 'zhifuwangdianfeiyong', 'outlet_fee', 'pay', '已付款', '会计员输入工号 → 选择已结算的网点费用 → 登记付款。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.netYuan }} 元。'],
];

/** The end of an outlet. */
const cancelling: readonly Page[] = [
	['cancel-request', 'aftersalesCancReq01', '60 申请取消网点', 'quxiaowangdian', 'outlet_cancel', 'request', '申请取消网点', '区域经理输入工号 → 网点和违反协议情况。'],
	['cancel-approve', 'aftersalesCancApp01', '61 同意取消网点', 'tongyiquxiao', 'outlet_cancel', 'approve', '售后部同意', '售后经理输入工号 → 同意后停止发放，未办的申请退回。'],
	['cancel-refuse', 'aftersalesCancRef01', '62 不同意取消网点', 'butongyiquxiao', 'outlet_cancel', 'refuse', '不同意取消', '售后经理输入工号 → 写明原因。'],
	['cancel-handover', 'aftersalesCancHan01', '63 备案移交明细', 'beianyijiao', 'outlet_cancel', 'fileHandover', '备案移交明细', '输入工号 → 收到双方签字的原件后登记明细（每行：项目 数量 状态）。'],
	['cancel-take-back', 'aftersalesCancBck01', '64 资料配件回收', 'huishou', 'outlet_cancel', 'takeBack', '资料配件回收', '输入工号 → 清点收回的配件（每行：配件编码 完好数量 损坏数量；没有收回的不填，可分几次）→ 完好的入库。'],
	['cancel-settle', 'aftersalesCancSet01', '65 取消结算', 'quxiaojiesuan', 'outlet_cancel', 'settle', '费用结算', '售后经理或会计员输入工号 → 丢失损坏按供价、应收款从押金扣除，余额退还。', '={{ $json.no }}：应退押金 {{ $json.refundYuan }} 元，网点尚欠 {{ $json.owedYuan }} 元。'],
	['cancel-close', 'aftersalesCancClo01', '66 取消完成', 'quxiaowancheng', 'outlet_cancel', 'close', '取消完成', '售后经理输入工号 → 结清销户。'],
];

const outlet = textField('outlet', '网点编码', '例如 W01');

const attach = 'errorWorkbook';
const queued = (to: string, key: string) => ({
	operation: 'queue', key, to,
	subject: '=网点上报回执 {{ $json.outletName }} {{ $json.month }}（接收 {{ $json.stored }} 行，退回 {{ $json.rejected }} 行）',
	text: '={{ $json.message }}\n{{ $json.rejected > 0 ? "退回的行已在附件中标注并说明，改正后请重新上传；已接收的行不会重复登记。" : "" }}',
	attachments: attach,
});

const answer = (to: string, key: string) => ({ ...queued(to, key), operation: 'send', failWhenNotSent: false });

const uploaded = { content: 'outletPapers', output: 'summary', mode: 'rows', actor: byId('system') };

const upload = new TemplateBuilder('outlet-upload', 'aftersalesOutUpld1', '售后 2-5 网点上报', `网点上传一个文件（.xlsx、.xls、.csv，一张或多张表）：零配件使用统计表、返厂旧件清单、产品维修记录单、产品安装记录单、安装/维修回访登记表、故障月报表、网点盘点表、零配件申请表。逐行检查，合格的登记，有问题的当场还回标注了原因的原表。${access}`)
	.formTrigger('网点上报', 'wangdian', '网点上报', '请上传 Excel 或 CSV 文件，可以包含多张表。附有零配件申请表的，请选择类别并确认已盖公章。', [
		outlet, optionalText('month', '资料月份', '例如 2025-05，空白为上月'), fileField('file', '文件'),
		{ fieldName: 'requestKind', fieldLabel: '申请类别（有配件申请时）', fieldType: 'dropdown', requiredField: false, fieldOptions: { values: ['月度', '紧急', '售前机'].map((option) => ({ option })) } },
		optionalText('requestMonth', '申请月份', '空白为下月'), { fieldName: 'sealed', fieldLabel: '已盖公章', fieldType: 'checkbox', requiredField: false, fieldOptions: { values: [{ option: '是' }] } },
		optionalText('requestReason', '紧急原因', '紧急申请必填'), optionalText('regionSignedBy', '区域经理签名（工号）', '售前机申请必填'), optionalText('serial', '售前机序列号', '售前机申请必填'),
	])
	.own('检查并登记', 'dealerSpreadsheet', { ...uploaded, fileField: 'file', outlet: byId('={{ $json.outlet }}'), month: '={{ $json.month }}', requestKind: '={{ $json.requestKind }}', requestMonth: '={{ $json.requestMonth }}', sealed: '={{ ($json.sealed ?? []).length > 0 }}', regionSignedBy: '={{ $json.regionSignedBy }}', requestReason: '={{ $json.requestReason }}', serial: '={{ $json.serial }}' }, { failsTo: true })
	.own('邮寄回执', 'serviceNotice', answer('={{ $json.outletMail }}', '=outlet-upload:{{ $execution.id }}'), { after: [['检查并登记', 2]], failsTo: true })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
	.add('有退回', 'n8n-nodes-base.if', 2.2, condition('={{ Object.keys($binary ?? {}).length > 0 }}'))
	.formFile('取回标注的原表', '有退回的行', '={{ $json.message }}', attach)
	.add('全部接收', 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: '={{ $json.stored + $json.known > 0 ? "已收到" : "没有接收" }}', completionMessage: '={{ $json.message }}\n\n回执邮件 {{ $json.outletMail }}：{{ $json.mail.stateLabel }}。<p><a href="../form/wangdian">再报一份</a></p>', options: { formTitle: '网点上报' } }, { after: [['有退回', 1]], row: 1, stay: true })
	.formRefusal([['检查并登记', 3], ['邮寄回执', 1]])
	.build();

const mailIntake = new TemplateBuilder('outlet-upload-by-mail', 'aftersalesOutMail01', '售后 2-6 网点邮件上报', '网点用登记的邮箱把 Excel/CSV 作为附件发来 → 按发件邮箱认出网点，按主题认出月份（没有写的按上月）→ 逐行检查登记 → 一分钟内回信：接收多少行，有问题的附上标注了原因的原表。主题含“紧急”“售前”的按紧急、售前机申请处理；登记邮箱发来的视同已盖章。回信由“售后 5-1 发件箱”发出。\n\n**请设置**：上报邮箱的 IMAP 凭据和数据库凭据，然后发布。')
	.add('上报邮箱', 'n8n-nodes-base.emailReadImap', 2.2, { mailbox: 'INBOX', postProcessAction: 'read', format: 'simple', downloadAttachments: true, dataPropertyAttachmentsPrefixName: 'attachment_', options: {} }, { extra: { credentials: { imap: { id: 'aftersalesImap0002', name: 'After-Sales Outlet IMAP' } } } })
	.add('不是自动回复', 'n8n-nodes-base.filter', 2.3, condition("={{ !/^(auto|自动回复)/i.test($json.subject ?? '') && !/^(mailer-daemon|postmaster|no-?reply)@/i.test($json.from ?? '') && !($json.metadata?.['auto-submitted'] && $json.metadata['auto-submitted'] !== 'no') }}"))
	.own('检查并登记', 'dealerSpreadsheet', {
		...uploaded, fileField: '*', outlet: byId(''), sender: '={{ $json.from }}', month: '={{ $json.subject }}',
		requestKind: "={{ /紧急/.test($json.subject) ? 'emergency' : /售前/.test($json.subject) ? 'presale' : 'monthly' }}", requestMonth: '', sealed: true,
		regionSignedBy: "={{ (/区域经理[签名：: ]*([A-Za-z0-9-]+)/.exec($json.textPlain ?? '') ?? [])[1] ?? '' }}", requestReason: "={{ ($json.textPlain ?? '').trim().slice(0, 400) }}", serial: "={{ (/序列号[：: ]*([A-Za-z0-9-]+)/.exec($json.textPlain ?? '') ?? [])[1] ?? '' }}",
	}, { failsTo: true })
	.own('回信', 'serviceNotice', queued("={{ $('不是自动回复').item.json.from }}", "=outlet-mail:{{ $('不是自动回复').item.json.metadata['message-id'] }}:{{ $json.fileName }}"), { after: [['检查并登记', 2]] })
	.add('说明原因', 'n8n-nodes-aftersales.serviceNotice', 1, { operation: 'queue', key: "=outlet-mail:{{ $('不是自动回复').item.json.metadata['message-id'] }}", to: "={{ $('不是自动回复').item.json.from }}", subject: '网点上报没有接收', text: '={{ $json.error }}', attachments: '' }, { after: [['检查并登记', 3]], row: 1, stay: true })
	.build();

const monthText = optionalText('month', '月份', '例如 2025-05，空白为上月');

const reconcile = new TemplateBuilder('reconcile-month', 'aftersalesReconAll1', '售后 2-40 全部网点对帐', `售后部输入工号和月份 → 全部网点一次对帐：数量一致的直接确认，有差异的传给网点、一个工作日内答复，逾期视为同意；缺供价、待检测的网点列出原因，不影响其他网点。每个网点收到自己的对帐单；没有邮箱的由售后部收到通知后转交。${access}`)
	.formTrigger('选择月份', 'quanbuduizhang', '全部网点对帐', '请输入工号和月份。“预览”不保存，“传出”发给网点。', [staffNo, monthText, { fieldName: 'mode', fieldLabel: '办理', fieldType: 'dropdown', requiredField: true, fieldOptions: { values: ['preview｜预览', 'draw｜制作', 'send｜传出'].map((option) => ({ option })) } }])
	.own('全部网点对帐', 'partsReconciliation', { resource: 'reconciliation', operation: 'reconcileMonth', reconcileMonth: '={{ $json.month }}', reconcileMode: "={{ $json.mode.split('｜')[0] }}", reconcileWorkbooks: "={{ $json.mode.startsWith('send') }}", actor: byId('={{ $json.actor }}'), options: {} }, { failsTo: true })
	.add('已经传出', 'n8n-nodes-base.if', 2.2, condition("={{ $json.settled && $('选择月份').first().json.mode.startsWith('send') && ($json.state === 'Sent' || $json.state === 'Confirmed') && !!$json.outletMail }}"))
	.own('传给网点', 'serviceNotice', {
		operation: 'send', key: '=statement:{{ $json.no }}:{{ $json.sentAt }}', to: '={{ $json.outletMail }}', subject: '=返厂废旧件对帐单 {{ $json.outletName }} {{ $json.month }}',
		text: '=核销金额：{{ $json.creditAmountYuan }} 元\n拟罚金额：{{ $json.fineAmountYuan }} 元\n状态：{{ $json.stateLabel }}\n答复期限：{{ $json.replyDueAtLocal || "数量一致，无需答复" }}\n有差异时请在期限前回复本邮件或致电售后部，逾期未复视为同意，以实收数量为准。', attachments: 'statement', failWhenNotSent: false,
	})
	.add('对帐一览', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'reconciliations', month: "={{ $('选择月份').first().json.month }}", actor: byId("={{ $('选择月份').first().json.actor }}"), field: 'report' }, { after: [['传给网点', 0], ['已经传出', 1]], extra: { executeOnce: true } })
	.formFile('取对帐一览', '对帐完成', "={{ $('全部网点对帐').all().length }} 个网点：{{ $('全部网点对帐').all().filter(({ json }) => json.settled).length }} 个已对帐，{{ $('全部网点对帐').all().filter(({ json }) => !json.settled).map(({ json }) => json.outlet + '（' + json.reason + '）').join('；') }}", 'report')
	.formRefusal([['全部网点对帐', 1]])
	.build();

const account = new TemplateBuilder('outlet-account', 'aftersalesOutAcct01', '售后 2-51 网点往来对帐单', `输入工号、网点和期间 → Excel：期初、每笔往来及依据单据、期末，押金、占用、应收各一页。网点只能查自己的。${access}`)
	.formTrigger('选择网点', 'wanglai', '网点往来对帐单', '请输入工号、网点编码和期间。', [staffNo, outlet, optionalText('from', '起', '例如 2025-06-01，空白为本月 1 日'), optionalText('to', '止', '空白为今天')])
	.own('往来对帐单', 'monthlyReport', { report: 'outletAccount', outlet: '={{ $json.outlet }}', from: '={{ $json.from }}', to: '={{ $json.to }}', actor: byId('={{ $json.actor }}'), field: 'report' }, { failsTo: true })
	.formFile('取对帐单', '往来对帐单', '={{ $json.fileName }}', 'report')
	.formRefusal([['往来对帐单', 1]])
	.build();

const reports = { occupancy: '网点占用一览', outletDocuments: '资料上交一览', reconciliations: '对帐一览', outletFees: '费用结算' } as const;

/** A form that hands over one of several lists. */
function outletLists(): Template {
	const [names, labels] = [Object.keys(reports), Object.values(reports)];
	const flow = new TemplateBuilder('outlet-lists', 'aftersalesOutList01', '售后 2-53 网点报表', `输入工号、选择报表和月份 → 下载 Excel：网点占用（额度、超额和消除办法）、资料上交、对帐、费用结算。${access}`)
		.formTrigger('选择报表', 'wangdianbaobiao', '网点报表', '请输入工号并选择报表；占用为目前的情况，其他按月份。', [staffNo, { fieldName: 'report', fieldLabel: '报表', fieldType: 'dropdown', requiredField: true, fieldOptions: { values: labels.map((option) => ({ option })) } }, monthText])
		.add('是哪一张', 'n8n-nodes-base.switch', 3.2, { mode: 'expression', numberOutputs: names.length, output: `={{ ${JSON.stringify(labels)}.indexOf($json.report) }}` });
	names.forEach((report, index) =>
		flow.add(labels[index] as string, 'n8n-nodes-aftersales.monthlyReport', 1, { report, ...(report === 'occupancy' ? {} : { month: "={{ $('选择报表').item.json.month }}" }), actor: byId("={{ $('选择报表').item.json.actor }}"), field: 'report' }, { after: [['是哪一张', index]], row: index, stay: index > 0, extra: { onError: 'continueErrorOutput' } }));
	flow.formFile('取报表', '报表已生成', '={{ $json.fileName }}', 'report');
	for (const label of labels.slice(0, -1)) flow.connect(label, 0, '取报表');
	return flow.formRefusal(labels.map((label) => [label, 1])).build();
}

const mail = (key: string, subject: string, text: string) => ({ operation: 'send', key, to: '售后经理, 售后部', subject, text, attachments: 'report', failWhenNotSent: true });

const overview = new TemplateBuilder('outlets-overview', 'aftersalesOutOver01', '售后 2-52 网点月报', '每月 11 日 08:30：网点占用一览（超额的在前，含消除办法）和上月资料上交一览 → Excel 邮件发给售后经理和售后部，每月一次。网点的提醒（申请受理、统计表、旧件期限、押金、收货）由“到期处理”发出。\n\n**请设置**：两个凭据；收件人。')
	.add('每月十一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('30 8 11-15 * *'))
	.own('网点占用', 'monthlyReport', { report: 'occupancy', actor: byId('system'), field: 'report' })
	.own('邮寄网点占用', 'serviceNotice', mail("=occupancy:{{ $json.day.slice(0, 7) }}", '=网点占用一览 {{ $json.day }}', '=网点 {{ $json.outlets }} 个，超额 {{ $json.over.length }} 个。'))
	.add('资料上交', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'outletDocuments', month: '', actor: byId('system'), field: 'report' }, { after: [['每月十一日', 0]], row: 1, stay: true })
	.add('邮寄资料上交', 'n8n-nodes-aftersales.serviceNotice', 1, mail('=outlet-documents:{{ $json.month }}', '=网点资料上交一览 {{ $json.month }}', '=附件为 {{ $json.month }} 网点资料上交情况。'), { row: 1 })
	.build();

/** Every shipped flow of outlets and their parts. */
export const partsTemplates: readonly Template[] = [upload, mailIntake, reconcile, account, outletLists(), overview, ...[...settingUp, ...supplying, ...settling, ...cancelling].map(partsPage('2'))];
