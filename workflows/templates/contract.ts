import { partsPage, type Page, type Template } from './template';

/** Contracts: signed, ending, renewed. */
const contracts: readonly Page[] = [
	['contract-sign', 'aftersalesConSign01', '1 签订保养合同', 'qianbaoyanghetong', 'maintenance_contract', 'sign', '签订保养合同', '输入工号 → 合同号、客户、期间、按年或按次、费用和承诺 → 登记合同；与现有合同重叠的会提示。', '={{ $json.no }}：{{ $json.stateLabel }}。\n{{ $json.overlapping ? "注意：与合同 " + $json.overlapping + " 期间重叠。" : "" }}'],
	['contract-terminate', 'aftersalesConTerm01', '2 终止保养合同', 'zhongzhihetong', 'maintenance_contract', 'terminate', '终止保养合同', '售后经理或销售总监输入工号 → 选择合同 → 最后一天和原因。'],
	['completion-check', 'aftersalesCompChk1', '3 核对竣工资料', 'jungongziliao', 'completion_documents', 'check', '核对竣工资料', '输入工号 → 工程、验收日期、清单（每行：有/缺 资料）→ 齐全或说明免缺原因后进入免费维护期。'],
	['user-training', 'aftersalesUserTrn1', '4 登记用户培训', 'yonghupeixun', 'user_training', 'hold', '登记用户培训', '输入工号 → 客户、合同、使用阶段、内容、参加人、讲师。'],
	['expiry-send', 'aftersalesExpSend1', '5 寄到期通知书', 'daoqitongzhi', 'expiry_notice', 'send', '寄到期通知书', '售后部输入工号 → 合同号、洽谈人 → 通知书邮件寄客户（没有邮箱的请打印寄出），洽谈人收到任务。', '={{ $json.no }}：{{ $json.stateLabel }}，洽谈人 {{ $json.follower }}。'],
	['expiry-follow', 'aftersalesExpFoll1', '6 登记续约跟进', 'xuyuegenjin', 'expiry_notice', 'follow', '登记续约跟进', '洽谈人输入工号 → 选择通知书 → 日期、联系人、洽谈情况。'],
	['expiry-assign', 'aftersalesExpAssi1', '6-1 改派洽谈人', 'gaipaiqiatan', 'expiry_notice', 'assign', '改派洽谈人', '负责人输入工号 → 选择通知书 → 新的洽谈人。'],
	['expiry-renew', 'aftersalesExpRene1', '7 登记续约', 'xuyue', 'expiry_notice', 'renew', '登记续约', '洽谈人输入工号 → 选择通知书 → 新合同号（先签订保养合同）；新旧合同相连。'],
	['expiry-widen', 'aftersalesExpWide1', '8 登记新服务项目', 'xinfuwuxiangmu', 'expiry_notice', 'widen', '登记新服务项目', '洽谈人输入工号 → 选择通知书 → 补加合同号。'],
	['expiry-lose', 'aftersalesExpLose1', '9 登记未续', 'weixu', 'expiry_notice', 'lose', '登记未续', '洽谈人输入工号 → 选择通知书 → 未续原因。'],
	['free-report', 'aftersalesFreeRep1', '10 维护期满汇报', 'qimanhuibao', 'free_expiry', 'report', '维护期满汇报', '售后服务组长输入工号 → 工程、维护情况 → 销售总监收到书面汇报（M-024）。'],
	['free-arrange', 'aftersalesFreeArr1', '11 安排跟进销售', 'anpaigenjin', 'free_expiry', 'arrange', '安排跟进销售', '销售总监输入工号 → 选择汇报 → 跟进销售。'],
	['free-close', 'aftersalesFreeClo1', '12 登记跟进结果', 'qimanjieguo', 'free_expiry', 'close', '登记跟进结果', '跟进销售输入工号 → 选择汇报 → 结论和结果。'],
];

/** Projects handed over, and their tasks. */
const handovers: readonly Page[] = [
	['handover-begin', 'aftersalesHovBegi1', '13 开始移交', 'kaishiyijiao', 'handover', 'begin', '开始移交', '售后服务组长输入工号 → 选择工程 → 介入移交。终验前一个月会提醒。'],
	['handover-file', 'aftersalesHovFile1', '14 登记移交文档', 'yijiaowendang', 'handover', 'file', '登记移交文档', '输入工号 → 选择移交 → 四份文档：技术资料、遗留问题（每行：完成时间 责任人工号 问题）、外部边界、内部边界。可分几次填写，没有填的不变。'],
	['handover-accept', 'aftersalesHovAcce1', '15 登记项目验收', 'xiangmuyanshou', 'handover', 'accept', '登记项目验收', '输入工号 → 选择移交 → 验收日期；14 天内完成移交，第 10 天提醒。', '={{ $json.no }}：移交期限 {{ $json.dueAtLocal }}。'],
	['handover-complete', 'aftersalesHovComp1', '16 移交完成', 'yijiaowancheng', 'handover', 'complete', '移交完成', '售后服务组长输入工号 → 选择移交 → 四份文档齐全、双方签字 → 遗留问题和修改密码列为任务。'],
	['handover-cancel', 'aftersalesHovCanc1', '17 取消移交', 'quxiaoyijiao', 'handover', 'cancel', '取消移交', '输入工号 → 选择移交、写明原因。'],
	['service-task-finish', 'aftersalesTaskFin1', '18 完成任务', 'wanchengrenwu', 'service_task', 'finish', '完成任务', '责任人或售后服务组长输入工号 → 选择任务 → 完成日期和情况。'],
	['service-task-drop', 'aftersalesTaskDrp1', '19 取消任务', 'quxiaorenwu', 'service_task', 'drop', '取消任务', '售后服务组长输入工号 → 选择任务、写明原因。'],
];

/** The month of systems in maintenance. */
const systems: readonly Page[] = [
	['inspection-report', 'aftersalesInspRep1', '20 提交巡检报告', 'xunjian', 'inspection', 'report', '提交巡检报告', '技术员输入工号 → 选择系统当月巡检 → 检查项（每行：正常/异常 检查项）、发现、报告上传编号。每月自动列出，25 日提醒，月底未做通知组长。'],
	['inspection-drop', 'aftersalesInspDrp1', '21 免检', 'mianjian', 'inspection', 'drop', '免检', '售后服务组长输入工号 → 选择巡检、写明原因。'],
	['inspection-false', 'aftersalesInspFal1', '22 查实虚假报告', 'xujiabaogao', 'inspection', 'markFalse', '查实虚假报告', '输入工号 → 选择巡检报告、写明查实情况。'],
	['optimisation-draw', 'aftersalesOptDraw1', '25 编写优化报告', 'youhuabaogao', 'optimisation_report', 'draw', '编写优化报告', '售后服务组长输入工号 → 月份、问题、下月措施（每行：建议完成时间 承担部门 责任人工号（没有填 -） 措施）。批准前可重新填写。'],
	['optimisation-review', 'aftersalesOptRevi1', '26 审核优化报告', 'shenheyouhua', 'optimisation_report', 'review', '审核优化报告', '销售总监输入工号 → 选择报告 → 审核。'],
	['optimisation-approve', 'aftersalesOptAppr1', '27 批准优化报告', 'pizhunyouhua', 'optimisation_report', 'approve', '批准优化报告', '管理委员会输入工号 → 选择已审核的报告 → 批准后每项措施下达为任务。'],
	['optimisation-back', 'aftersalesOptBack1', '28 退回优化报告', 'tuihuiyouhua', 'optimisation_report', 'sendBack', '退回优化报告', '销售总监或管理委员会输入工号 → 选择报告、写明原因。'],
	['optimisation-execute', 'aftersalesOptExec1', '29 执行优化措施', 'zhixingyouhua', 'optimisation_report', 'execute', '开始执行', '售后服务组长输入工号 → 选择已批准的报告 → 开始执行。'],
	['manual-upload', 'aftersalesManUplo1', '30 上传服务手册', 'fuwushouce', 'service_manual', 'upload', '上传服务手册', '输入工号 → 产品、版本、新问题和解决方法；没有更新的勾选确认。'],
	['manual-void', 'aftersalesManVoid1', '31 作废服务手册登记', 'zuofeishouce', 'service_manual', 'void', '作废服务手册登记', '售后服务组长输入工号 → 选择登记、写明原因。'],
];

/** Changes, accounts, backups. */
const security: readonly Page[] = [
	['change-plan', 'aftersalesChgPlan1', '32 计划修改', 'jihuaxiugai', 'change_record', 'plan', '计划修改', '输入工号 → 系统、安排、影响、范围、生效时间。'],
	['change-tell', 'aftersalesChgTell1', '33 通知客户修改', 'tongzhixiugai', 'change_record', 'tell', '通知客户', '输入工号 → 选择修改 → 通知对象和方式；选邮件的自动寄给客户。维护期内的系统不通知不能修改。'],
	['change-start', 'aftersalesChgStar1', '34 开始修改', 'kaishixiugai', 'change_record', 'start', '开始修改', '售后服务组监督人（不是修改人）输入工号 → 选择修改 → 开始。'],
	['change-finish', 'aftersalesChgFini1', '35 完成修改', 'wanchengxiugai', 'change_record', 'finish', '完成修改', '输入工号 → 选择修改 → 版本、源代码和数据库脚本的存放编号。'],
	['change-cancel', 'aftersalesChgCanc1', '36 取消修改', 'quxiaoxiugai', 'change_record', 'cancel', '取消修改', '输入工号 → 选择修改、写明原因。'],
	['backup-record', 'aftersalesBakReco1', '37 登记备份', 'dengjibeifen', 'backup_entry', 'record', '登记备份', '输入工号 → 系统、备份方、频率、最近成功、最早可恢复。再次登记即更新；过期的每日检查并警告。'],
	['backup-end', 'aftersalesBakEnd01', '38 停止备份登记', 'tingzhibeifen', 'backup_entry', 'end', '停止备份登记', '售后服务组长输入工号 → 选择登记、写明原因。'],
	['account-keep', 'aftersalesAccKeep1', '39 账号存档', 'zhanghaocundang', 'account_entry', 'keep', '账号存档', '输入工号 → 系统、账号、保管人、密码存放处（不写密码）、最近修改日期。再次登记即更新。'],
	['account-close', 'aftersalesAccClos1', '40 停用账号', 'tingyongzhanghao', 'account_entry', 'close', '停用账号', '输入工号 → 选择账号、写明原因。'],
	['visit-plan', 'aftersalesVisPlan1', '41 安排走访', 'anpaizoufang', 'visit_plan', 'plan', '安排走访', '负责人输入工号 → 走访人、客户、日期、方式（设备巡检填序列号）。重点客户以外须先把设置 visit.plan 改为“是”。'],
	['visit-cancel', 'aftersalesVisCanc1', '42 取消走访', 'quxiaozoufang', 'visit_plan', 'cancel', '取消走访', '负责人输入工号 → 选择走访、写明原因。'],
	['user-training-void', 'aftersalesUserTrv1', '43 作废用户培训记录', 'zuofeipeixun', 'user_training', 'void', '作废用户培训记录', '输入工号 → 选择记录、写明原因。'],
];

/** Contracts, projects and systems in maintenance. */
export const contractTemplates: readonly Template[] = [...contracts, ...handovers, ...systems, ...security].map(partsPage('11', 'serviceRegister'));
