import { access, byId, optionalText, type Page, schedule, staffFlow, staffNo, type Template, TemplateBuilder } from './template';

/** From the flow sheet to the settlement, one event each. */
const pages: readonly Page[] = [
	['return-submit', 'aftersalesRetSubm01', '1 填写返修流程表', 'fanxiuliucheng', 'return_batch', 'submit', '填写返修流程表', '业务员输入工号 → 客户、客户要求日期、产品（每行：产品 型号 规格 数量 售出日期 收费 故障问题点；售出日期不知填 -，收费填是或否）。超出返修期或日期不明的由业务经理审核。', '={{ $json.no }}：{{ $json.stateLabel }}，共 {{ $json.quantity }} 件。'],
	['return-approve', 'aftersalesRetAppr01', '2 核准超期返修', 'hezhunchaoqi', 'return_batch', 'approve', '核准超期返修', '业务经理输入工号 → 选择超出返修期的返修。'],
	['return-cancel', 'aftersalesRetCanc01', '3 取消返修', 'quxiaofanxiupi', 'return_batch', 'cancel', '取消返修', '业务员或业务经理输入工号 → 选择还没有领板的返修、写明原因。'],
	['return-book', 'aftersalesRetBook01', '4 返修品入帐', 'fanxiuruzhang', 'return_batch', 'book', '返修品入帐', '仓管员输入工号 → 选择流程表 → 实点数量（每行：行号 数量；一致时不填）→ 返修组收到领板通知。'],
	['return-quote-ask', 'aftersalesRetQtAs01', '5 提出返修报价', 'tichubaojia', 'return_quote', 'ask', '提出返修报价', '业务员输入工号 → 选择有收费产品的批 → 采购部、财务部收到协助请求。'],
	['return-quote-purchase', 'aftersalesRetQtPu01', '6 采购协助报价', 'caigoubaojia', 'return_quote', 'purchase', '采购协助报价', '采购部输入工号 → 选择报价、填写材料成本或“不需要”。'],
	['return-quote-cost', 'aftersalesRetQtCo01', '7 财务协助报价', 'caiwubaojia', 'return_quote', 'cost', '财务协助报价', '财务部输入工号 → 选择报价、填写意见或“不需要”。'],
	['return-quote', 'aftersalesRetQuot01', '8 返修报价', 'fanxiubaojia', 'return_quote', 'quote', '返修报价', '业务员输入工号 → 选择报价 → 每行：行号 单价。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.amountYuan }} 元。'],
	['return-quote-agree', 'aftersalesRetQtAg01', '9 客户接受报价', 'fanxiujieshou', 'return_quote', 'agree', '客户接受报价', '业务员输入工号 → 选择已报价的批 → 返修组可以领板。'],
	['return-quote-refuse', 'aftersalesRetQtRe01', '10 客户不接受报价', 'fanxiubujieshou', 'return_quote', 'refuse', '客户不接受报价', '业务员输入工号 → 选择报价、写明原因 → 收费的产品未修退回。'],
	['return-draw', 'aftersalesRetDraw01', '11 领板', 'lingban', 'return_batch', 'draw', '领板', '返修组输入工号 → 选择已入帐的批 → 建立帐目，目标 3 天、最长 7 天修完。', '={{ $json.no }}：目标 {{ $json.targetDueAtLocal }}，最迟 {{ $json.maxDueAtLocal }}。'],
	['return-analyse', 'aftersalesRetAnal01', '12 出检验报告', 'jianyanbaogao', 'return_inspection', 'analyse', '出检验报告', '品管部输入工号 → 选择已领板的批 → 抽样数、原因（每行：原因代码 来源 数量；来源为设计、制程、材料、使用、其他）、结论 → 研发部、工程部拟返修流程。'],
	['return-procedure', 'aftersalesRetProc01', '13 拟返修流程', 'nifanxiuliucheng', 'return_procedure', 'issue', '拟返修流程', '研发部或工程部输入工号 → 选择批号 → 步骤、版本。'],
	['return-plan', 'aftersalesRetPlan01', '14 下达返修计划', 'fanxiujihua', 'return_plan', 'issue', '下达返修计划', '物控部输入工号 → 选择批号、日期、计划数；提前 2 天下达。没有返修流程的勾选“按标准流程”。', '={{ $json.no }}：{{ $json.stateLabel }}{{ $json.late ? "（迟下）" : "" }}。'],
	['return-plan-withdraw', 'aftersalesRetPlWi01', '15 撤销返修计划', 'chexiaofanxiujihua', 'return_plan', 'withdraw', '撤销返修计划', '物控部输入工号 → 选择计划、写明原因。'],
	['return-report', 'aftersalesRetRepo01', '16 填报当日完成', 'fanxiuwancheng', 'return_plan', 'report', '填报当日完成', '返修组输入工号 → 选择计划 → 修好、未修退回（每行：行号 数量）。低于 90% 或超过目标天数的写明原因；全部修完的由品管抽检。', '={{ $json.no }}：完成 {{ $json.done }} / {{ $json.planned }}{{ $json.below ? "，达成不足" : "" }}。'],
	['return-explain', 'aftersalesRetExpl01', '17 填写超期原因', 'fanxiuchaoqi', 'return_batch', 'explain', '填写超期原因', '返修组输入工号 → 选择批号、写明超过目标天数的原因。'],
	['return-scrap-apply', 'aftersalesRetScAp01', '18 申请报废', 'shenqingbaofei', 'return_scrap', 'apply', '申请报废', '返修组输入工号 → 选择批号 → 报废的板（每行：行号 数量）、原因、回收原材料（每行：配件编码 数量）。'],
	['return-scrap-approve', 'aftersalesRetScOk01', '19 审批报废', 'shenpibaofei', 'return_scrap', 'approve', '审批报废', '部门经理输入工号 → 选择报废申请 → 回收原材料自动入库；客户仍须补货的通知物控部调配。'],
	['return-scrap-refuse', 'aftersalesRetScNo01', '20 不同意报废', 'butongyibaofei', 'return_scrap', 'refuse', '不同意报废', '部门经理输入工号 → 选择报废申请、写明原因。'],
	['return-scrap-allocate', 'aftersalesRetScAl01', '21 调配补货', 'diaopeibuhuo', 'return_scrap', 'allocate', '调配补货', '物控部输入工号 → 选择已报废待补货的申请 → 写明补货的产品和数量，业务部门收到通知。'],
	['supplier-request', 'aftersalesSupReq0001', '22 申请供应商返修', 'gongyingshangfanxiu', 'supplier_repair', 'request', '申请供应商返修', '返修组或物控部输入工号 → 选择批号、行号、数量、供应商、故障 → 品管部确认。'],
	['supplier-verify', 'aftersalesSupVer0001', '23 品质确认送修', 'pinzhisongxiu', 'supplier_repair', 'verify', '品质确认送修', '品管部输入工号 → 选择送修申请。'],
	['supplier-send', 'aftersalesSupSnd0001', '24 寄供应商', 'jigongyingshang', 'supplier_repair', 'send', '寄供应商', '仓管员输入工号 → 选择品质已确认的 → 50 件以下 4 天、100 件以下 7 天、500 件以下 10 天，500 件以上填约定日期。', '={{ $json.no }}：{{ $json.stateLabel }}，{{ $json.dueDay }} 前返回。'],
	['supplier-back', 'aftersalesSupBck0001', '25 供应商返回', 'gongyingshangfanhui', 'supplier_repair', 'comeBack', '供应商返回', '仓管员输入工号 → 选择供应商返修 → IQC 收到检验通知。'],
	['supplier-report', 'aftersalesSupRep0001', '26 登记产品维修报告', 'chanpinweixiubaogao', 'supplier_repair', 'fileReport', '登记产品维修报告', '采购部、品管部或仓管员输入工号 → 选择供应商返修 → 供应商报告的原因、处理、结果。'],
	['supplier-test', 'aftersalesSupTst0001', '27 IQC 检验', 'iqcjianyan', 'supplier_repair', 'test', 'IQC 检验', 'IQC 检验员输入工号 → 选择已返回的 → 合格，或写明不合格的情况退供应商重修。'],
	['supplier-stock', 'aftersalesSupStk0001', '28 供应商返修品入库', 'gongyingshangruku', 'supplier_repair', 'stockIn', '供应商返修品入库', '仓管员输入工号 → 有产品维修报告、IQC 合格的入库 → 通知客服部。'],
	['supplier-drop', 'aftersalesSupDrp0001', '29 不送修', 'busongxiu', 'supplier_repair', 'drop', '不送修', '品管部或采购部输入工号 → 选择不送修或修不了的、写明原因 → 物控部另行安排。'],
	['return-sample', 'aftersalesRetSamp01', '30 返修品抽检', 'fanxiuchoujian', 'return_inspection', 'sample', '返修品抽检', '品管部输入工号 → 选择修完的批 → 抽检数、不合格（每行：行号 数量）。全部合格的通知入库，有不合格的退回重修。'],
	['return-measure', 'aftersalesRetMeas01', '31 登记措施', 'fanxiucuoshi', 'return_inspection', 'addMeasure', '登记措施', '品管部、研发部、工程部输入工号 → 选择检验报告 → 原因代码、责任人、纠正预防措施。'],
	['return-stock-in', 'aftersalesRetStIn01', '32 返修品入库', 'fanxiuruku', 'return_batch', 'stockIn', '返修品入库', '仓管员输入工号 → 选择品质确认的批 → 业务、客服收到出货通知。'],
	['return-object', 'aftersalesRetObje01', '33 出货异议', 'chuhuoyiyi', 'return_batch', 'object', '出货异议', '业务员或客服输入工号 → 选择批号、写明异议 → 部门经理处理。'],
	['return-ship', 'aftersalesRetShip01', '34 返修品出货', 'fanxiuchuhuo', 'return_batch', 'ship', '返修品出货', '客服部输入工号 → 选择已入库的批 → 出货数量、单号；可分几次。', '={{ $json.no }}：已出货 {{ $json.shippedQuantity }} 件。'],
	['return-settle', 'aftersalesRetSett01', '35 单结', 'fanxiudanjie', 'return_batch', 'settle', '单结', '物控部输入工号 → 选择已出货的批 → 收入＝修好＋报废＋未修退回，出货数量相符才能单结。'],
	['return-stats-draw', 'aftersalesRetStDr01', '36 编制超期返修统计', 'chaoqitongji', 'return_stats', 'drawUp', '编制超期返修统计', '生产部、客服部或物控部输入工号和月份 → 按客户、型号统计超期返修的数量与费用。每月 3 日由系统自动编制。', '={{ $json.no }}：{{ $json.quantity }} 件，{{ $json.costYuan }} 元。'],
	['return-stats-production', 'aftersalesRetStPr01', '37 生产部清点签名', 'shengchanqingdian', 'return_stats', 'signProduction', '生产部清点签名', '生产部输入工号 → 选择统计表 → 清点签名。'],
	['return-stats-service', 'aftersalesRetStSe01', '38 客服部清点签名', 'kefuqingdian', 'return_stats', 'signService', '客服部清点签名', '客服部输入工号 → 选择统计表 → 清点签名；两个部门都签名后由销售部确认。'],
	['return-stats-back', 'aftersalesRetStBk01', '39 退回重新清点', 'tuihuiqingdian', 'return_stats', 'sendBack', '退回重新清点', '业务员或业务经理输入工号 → 选择统计表、写明原因。'],
	['return-stats-confirm', 'aftersalesRetStCf01', '40 销售部确认统计', 'querentongji', 'return_stats', 'confirm', '销售部确认统计', '业务员或业务经理输入工号 → 选择已清点的统计表 → 确认。'],
];

const page = ([file, id, name, path, resource, event, title, note, done = '={{ $json.no }}：{{ $json.stateLabel }}。']: Page): Template => staffFlow(file, id, `售后 13-${name}`, note, { path, title, resource, event, button: title, node: 'serviceRegister', done });

const statistics = new TemplateBuilder('return-stats-monthly', 'aftersalesRetStMo01', '售后 13-41 超期返修月统计', '每月 3 日 08:20：编制上月超期返修数量与费用统计（M-140），生产部和客服部收到清点签名的邮件；没有签名的由“到期处理”提醒。再次运行不会重复编制。\n\n**请设置**：两个凭据。')
	.add('每月三日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('20 8 3 * *'))
	.own('编制统计', 'serviceRegister', { resource: 'return_stats', operation: 'drawUp', month: "={{ $now.minus({ months: 1 }).toFormat('yyyy-MM') }}", actor: byId('system'), options: { requestKey: "={{ $now.toFormat('yyyy-MM') }}" } })
	.own('发送通知', 'serviceNotice', { operation: 'sendOutbox', failWhenNotSent: false })
	.build();

const month = optionalText('month', '月份', '例如 2025-05，空白为上月');

const report = new TemplateBuilder('return-month', 'aftersalesRetMonth1', '售后 13-42 产品返修月报', `输入工号和月份 → 下载 Excel：返修原因（帕累托，含措施和责任人）、计划达成率、出货直通率、供应商返修、闲置。${access}`)
	.formTrigger('选择月份', 'fanxiuyuebao', '产品返修月报', '请输入工号和月份。', [staffNo, month])
	.own('产品返修月报', 'monthlyReport', { report: 'returns', month: '={{ $json.month }}', actor: byId('={{ $json.actor }}'), field: 'report' }, { failsTo: true })
	.formFile('取报表', '报表已生成', '={{ $json.fileName }}', 'report')
	.formRefusal([['产品返修月报', 1]])
	.build();

/** The workshop for returned products. */
export const returnTemplates: readonly Template[] = [...pages.map(page), statistics, report];
