import type { FormField } from '../../engine/formFields';
import { access, byId, fileField, optionalText, type Page, partsPage, schedule, staffNo, type Template, TemplateBuilder } from './template';

/** Goods come in: delivered, inspected, checked, booked, or sent back. */
const receiving: readonly Page[] = [
	['warehouse-deliver', 'aftersalesWhDeliv01', '1 到货登记', 'daohuo', 'goods_in', 'deliver', '到货登记', '仓管员输入工号 → 填写供应商、订货单、送货单和明细（每行：配件编码 数量 批次 程序版本 库区 货架 层，后面几项可不填）。检验合格前不入帐。'],
	['warehouse-inspect', 'aftersalesWhInsp001', '2 来料检验', 'jianyan', 'goods_in', 'inspect', '来料检验', '品管输入工号 → 选择到货 → 合格或不合格。不合格的通知主管退货。'],
	['warehouse-book', 'aftersalesWhBook001', '3 复核入库', 'ruku', 'goods_in', 'book', '复核入库', '仓管员输入工号 → 选择检验合格的到货 → 再点一次数量（每行：配件编码 数量；与送货单一致时可不填）→ 入帐、登卡。'],
	['warehouse-reject', 'aftersalesWhRejec01', '4 复核不合格', 'fuhebuhege', 'goods_in', 'reject', '复核不合格', '仓管员输入工号 → 选择实点不符的到货、写明原因 → 交主管处理。'],
	['warehouse-send-back', 'aftersalesWhBack001', '5 退货', 'tuihuo', 'goods_in', 'sendBack', '退货', '主管输入工号 → 选择不合格的到货 → 退回供应商。'],
	['warehouse-take-back', 'aftersalesWhTake001', '6 退料入库', 'tuiliao', 'goods_in', 'takeBack', '退料入库', '仓管员输入工号 → 网点退回、维修退料等：来源、依据单据、明细（每行：配件编码 数量）→ 立即入帐为新批次。'],
	['warehouse-in-reverse', 'aftersalesWhInRev01', '7 冲销入库', 'chongxiaoruku', 'goods_in', 'reverse', '冲销入库', '仓管员输入工号 → 选择记错的入库单、写明原因 → 以冲销流水更正；批次已发出的不能冲销。'],
];

/** Goods go out. */
const issuing: readonly Page[] = [
	['warehouse-issue', 'aftersalesWhIssue01', '8 出库', 'chuku', 'goods_issue', 'issue', '出库', '仓管员输入工号 → 用途、依据单据、明细（每行：配件编码 数量）→ 先进先出，库存不足的整单不出。贵重件（设置 stock.valuable）须第二人确认。', '={{ $json.no }}：{{ $json.stateLabel }}。\n{{ $json.picksText }}'],
	['warehouse-confirm', 'aftersalesWhConf001', '9 确认贵重件出库', 'querenguizhong', 'goods_issue', 'confirm', '确认出库', '另一人输入工号 → 选择待确认的出库单 → 确认后出帐。开单人不能自己确认。'],
	['warehouse-issue-reverse', 'aftersalesWhOutRv01', '10 冲销出库', 'chongxiaochuku', 'goods_issue', 'reverse', '冲销出库', '仓管员输入工号 → 选择记错的出库单、写明原因 → 退回原批次。'],
	['warehouse-relocate', 'aftersalesWhReloc01', '11 移位', 'yiwei', 'stock_lot', 'relocate', '移位', '仓管员输入工号 → 选择批次 → 新的库区、货架、层。危险品不在规定库区的会提示。', '={{ $json.no }}：{{ $json.zone }} {{ $json.shelf }} {{ $json.level }}。\n{{ $json.warning ?? "" }}'],
];

/** From the sheet to the books. */
const counting: readonly Page[] = [
	['count-start', 'aftersalesCntStart1', '12 编制盘点表', 'pandian', 'stock_count', 'start', '编制盘点表', '仓管员输入工号 → 动碰、循环或全面盘点，可选盲盘 → 列出要盘的配件。用“打印单据”（M-081-P）打印，或用“仓库报表”下载 Excel 填写后上传。', '={{ $json.no }}：{{ $json.lines.length }} 项。'],
	['count-enter', 'aftersalesCntEnter1', '13 登记实物', 'shiwu', 'stock_count', 'enter', '登记实物', '仓管员输入工号 → 选择盘点表 → 每行：配件编码 实物数。可分几次登记。', '={{ $json.no }}：{{ $json.stateLabel }}，差异 {{ $json.differences }} 项。'],
	['count-submit', 'aftersalesCntSubm01', '14 盘点送审', 'pandiansongshen', 'stock_count', 'submit', '盘点送审', '仓管员输入工号 → 选择已盘点的盘点表 → 送主管审核（邮件列出差异）。'],
	['count-approve', 'aftersalesCntAppr01', '15 盘点审核', 'pandianshenhe', 'stock_count', 'approve', '审核合格', '主管输入工号 → 与库存清单、盘点记录比较 → 合格。有差异的自动列出盘盈单、盘亏单。盘点人不能自己审核。', '={{ $json.no }}：{{ $json.stateLabel }}，差异 {{ $json.differences }} 项。'],
	['count-reject', 'aftersalesCntRejc01', '16 不合格重盘', 'chongpan', 'stock_count', 'reject', '不合格重盘', '主管输入工号 → 选择送审的盘点表、写明原因 → 全部重盘。'],
	['count-post', 'aftersalesCntPost01', '17 更新帐目', 'gengxinzhangmu', 'stock_count', 'post', '更新帐目', '仓管员输入工号 → 选择审核合格的盘点表 → 更新帐目。差异须有已批准的盘盈/盘亏单。'],
	['slip-explain', 'aftersalesSlipExpl1', '18 盘盈盘亏原因', 'yuanyin', 'stock_adjustment', 'explain', '说明原因', '仓管员输入工号 → 选择盘盈/盘亏单 → 每行：配件编码 已追回数 原因。'],
	['slip-issue', 'aftersalesSlipIssu1', '19 开盘盈盘亏单', 'kaidan', 'stock_adjustment', 'issue', '开单', '主管输入工号 → 选择已说明原因的盘盈/盘亏单 → 开单，通知会签人。'],
	['slip-approve', 'aftersalesSlipAppr1', '20 审批盘盈盘亏单', 'pankuishenpi', 'stock_adjustment', 'approve', '审批', '会签人（设置 stock.slip_approvers）输入工号 → 选择盘盈/盘亏单 → 批准。全部会签后才能入帐。'],
	['slip-refuse', 'aftersalesSlipRefu1', '21 不批准盘盈盘亏单', 'pankuibupizhun', 'stock_adjustment', 'refuse', '不批准', '会签人输入工号 → 选择盘盈/盘亏单、写明原因 → 退回重盘。'],
];

/** What the month asks for, and the rest of the keeper's papers. */
const keeping: readonly Page[] = [
	['scrap-submit', 'aftersalesScrapSub1', '22 报损', 'baosun', 'scrap_list', 'submit', '填报送审', '仓管员输入工号 → 每行：配件编码 数量 原因 → 送主管审核。'],
	['scrap-approve', 'aftersalesScrapApp1', '23 核准报损', 'baosunhezhun', 'scrap_list', 'approve', '核准报损', '主管输入工号 → 选择报损清单 → 核准后自动出库。填报人不能自己审核。'],
	['scrap-send-back', 'aftersalesScrapBck1', '24 退回报损', 'baosuntuihui', 'scrap_list', 'sendBack', '退回报损', '主管输入工号 → 选择报损清单、写明原因 → 退回改正。'],
	['scrap-resubmit', 'aftersalesScrapRes1', '25 改正重报', 'baosunchongbao', 'scrap_list', 'resubmit', '改正重报', '仓管员输入工号 → 选择退回的报损清单 → 重新填写后送审。'],
	['warehouse-check', 'aftersalesWhCheck01', '26 仓库月检', 'cangkuyuejian', 'warehouse_check', 'look', '仓库月检', '仓管员输入工号 → 整理、标识、保养、安全、消防 → 系统同时核对帐、卡、物、电脑，列出呆滞积压；问题自动登记跟踪。', '={{ $json.no }}：核对 {{ $json.parts }} 项，不符 {{ $json.differences.length }} 项，呆滞 {{ $json.slow.length }} 项。'],
	['problem-follow', 'aftersalesProbFoll1', '27 问题跟进', 'wentigenjin', 'stock_problem', 'follow', '登记跟进', '仓管员或主管输入工号 → 选择仓库问题 → 登记跟进。'],
	['problem-close', 'aftersalesProbClos1', '28 问题处理完成', 'wentiwancheng', 'stock_problem', 'close', '处理完成', '仓管员或主管输入工号 → 选择仓库问题 → 填写处理结果。'],
	['archive-file', 'aftersalesArchFile1', '29 单据归档', 'guidang', 'document_archive', 'file', '签章归档', '仓管员输入工号 → 单据编号、签字人、已盖章、存放处 → 归档，保存三年（设置 parts.retention_years）。', '={{ $json.paper }}：保存至 {{ $json.keepUntil }}。'],
	['archive-list', 'aftersalesArchList1', '30 编制销毁清单', 'xiaohuiqingdan', 'archive_disposal', 'list', '编制销毁清单', '仓管员输入工号 → 空白列出全部到期单据，或填写单据编号 → 送主管批准。', '={{ $json.no }}：{{ $json.papers.length }} 份。'],
	['archive-approve', 'aftersalesArchAppr1', '31 批准销毁', 'xiaohuipizhun', 'archive_disposal', 'approve', '批准销毁', '主管输入工号 → 选择销毁清单 → 批准。编制人不能自己批准。'],
	['ic-send', 'aftersalesIcSend001', '32 IC 委托烧录', 'shaolu', 'ic_programming', 'send', '委托烧录', '物料员输入工号 → 空白 IC、数量、程序版本、受托单位 → 自动开出库单（须第二人确认）。先把设置 stock.valuable 改为“是”。'],
	['ic-receive', 'aftersalesIcRecv001', '33 收回烧录 IC', 'shaolushouhui', 'ic_programming', 'receive', '收回', '物料员输入工号 → 选择委托单 → 合格、烧坏数量 → 合格的按程序版本入库。'],
	['courier-enter', 'aftersalesCourier001', '34 登记快递单', 'kuaidi', 'courier_slip', 'enter', '登记快递单', '物流员输入工号 → 承运、单号、日期、费用、出库单。先把设置 stock.freight 改为“是”。'],
	['freight-compare', 'aftersalesFreight001', '35 核对物流费用', 'wuliuhedui', 'freight_check', 'compare', '核对物流费用', '客服助理或物流员输入工号 → 承运、月份、帐单（每行：单号 费用）→ 列出不符的快递单。', '={{ $json.no }}：{{ $json.stateLabel }}，应付 {{ $json.amountYuan }} 元，不符 {{ $json.unmatched }} 项。'],
	['freight-request', 'aftersalesFreightRq1', '36 物流费用请款', 'wuliuqingkuan', 'freight_check', 'requestPayment', '请款', '客服助理或物流员输入工号 → 选择核对单 → 相符的金额请款，邮件通知会计员。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元。'],
];

/** A workbook is uploaded and read by the content it has. */
const upload = (file: string, id: string, name: string, path: string, content: string, mode: string, note: string): Template =>
	new TemplateBuilder(file, id, `售后 9-${name}`, `${note}${access}`)
		.formTrigger('上传', path, name.replace(/^\d+ /, ''), '请输入工号并上传 Excel 工作簿（.xlsx）。', [staffNo, fileField('file', 'Excel 工作簿')])
		.own('检查并登记', 'dealerSpreadsheet', { content, fileField: 'file', mode, actor: byId('={{ $json.actor }}') }, { failsTo: true })
		.add('结果', 'n8n-nodes-base.form', 2.5, { operation: 'completion', respondWith: 'text', completionTitle: '上传结果', completionMessage: '={{ $json.message }}', options: { formTitle: '上传结果' } }, { after: [['检查并登记', 2]] })
		.formRefusal([['检查并登记', 3]])
		.build();

const uploads = [
	upload('opening-stock-import', 'aftersalesOpenStk01', '37 期初库存导入', 'qichukucun', 'openingStock', 'rows', '仓管员上传期初库存（配件编码、数量、批次、入库日期、程序版本、库区、货架、层）→ 逐行检查入帐。重复上传不会重复登记。'),
	upload('count-sheet-import', 'aftersalesCntSheet1', '38 盘点表上传', 'pandianbiao', 'stockCount', 'whole', '仓管员上传填好实物的盘点表（盘点号、配件编码、实物）→ 整份登记；有一行不对则整份不登记。'),
	upload('freight-import', 'aftersalesFreightIm1', '41 物流单据上传', 'wuliudanju', 'freight', 'whole', '物流员上传快递单（承运、快递单号、日期、费用、出库单/发货单、收件人）和承运帐单（承运、月份、快递单号、费用）→ 登记并核对；不符的见核对单。先把设置 stock.freight 改为“是”。'),
];

const kinds = ['stockList｜库存清单', 'stockMoves｜存卡（收发明细）', 'partsLedger｜配件台账', 'slowStock｜呆滞积压清单', 'fourBooks｜帐卡物核对表', 'countReport｜盘存报表', 'countSheet｜盘点表（填写后上传）', 'freight｜每月物流费用核对'];
const report: FormField = { fieldName: 'report', fieldLabel: '报表', fieldType: 'dropdown', requiredField: true, fieldOptions: { values: kinds.map((option) => ({ option })) } };

const reports = new TemplateBuilder('warehouse-reports', 'aftersalesWhRepor01', '售后 9-39 仓库报表', `输入工号、选择报表 → 下载 Excel。存卡、台账、盘存报表、物流按月份（空白为上月）；存卡可指定配件；盘点表填盘点号。存卡的打印格式在“打印单据”：M-061，编号填“KP-配件编码 月份”。${access}`)
	.formTrigger('选择报表', 'cangkubaobiao', '仓库报表', '请输入工号并选择报表。', [staffNo, report, optionalText('month', '月份', '例如 2025-05，空白为上月'), optionalText('part', '配件编码', '存卡用，空白为全部'), optionalText('count', '盘点号', '盘点表用，例如 PD202506-001')])
	.own('生成报表', 'monthlyReport', { report: 'stock', stockReport: '={{ $json.report }}', month: '={{ $json.month }}', part: byId('={{ $json.part }}'), count: '={{ $json.count }}', actor: byId('={{ $json.actor }}'), field: 'report' }, { failsTo: true })
	.formFile('取报表', '报表已生成', '={{ $json.fileName }}', 'report')
	.formRefusal([['生成报表', 1]])
	.build();

const mail = (key: string, subject: string, text: string) => ({ operation: 'send', key, to: '售后经理, 仓管员', subject, text, attachments: 'report', failWhenNotSent: true });

const monthly = new TemplateBuilder('warehouse-month', 'aftersalesWhMonth01', '售后 9-40 仓库月报', '每月 1 日 08:40：上月配件台账和盘存报表 → Excel 邮件发给售后经理和仓管员，每月一次。盘点、月检、存档到期、物流核对的提醒由“到期处理”发出。\n\n**请设置**：两个凭据；收件人（邮箱或角色）。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('40 8 1 * *'))
	.own('配件台账', 'monthlyReport', { report: 'stock', stockReport: 'partsLedger', month: '', actor: byId('system'), field: 'report' })
	.own('邮寄配件台账', 'serviceNotice', mail('=parts-ledger:{{ $json.month }}', '=配件台账 {{ $json.month }}', '=附件为 {{ $json.month }} 配件台账：申领、退料、报废、结存。'))
	.add('盘存报表', 'n8n-nodes-aftersales.monthlyReport', 1, { report: 'stock', stockReport: 'countReport', month: '', actor: byId('system'), field: 'report' }, { after: [['每月一日', 0]], row: 1, stay: true })
	.add('邮寄盘存报表', 'n8n-nodes-aftersales.serviceNotice', 1, mail('=count-report:{{ $json.month }}', '=盘存报表 {{ $json.month }}', '=附件为 {{ $json.month }} 盘存报表，盘点 {{ $json.counts }} 次，差异 {{ $json.differences }} 项。'), { row: 1 })
	.build();

/** The warehouse's pages, uploads and reports. */
export const warehouseTemplates: readonly Template[] = [...[...receiving, ...issuing, ...counting, ...keeping].map(partsPage('9')), ...uploads, reports, monthly];
