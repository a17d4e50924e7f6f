import { roleOf, type Role } from './organisation';
import { isClock, readWeekTime } from './shared/clockTime';
import { IANAZone } from './shared/luxonDoor';
import { readPeriods } from './shared/readPeriods';
import { readTiers } from './shared/readTiers';
import { readRatio } from './shared/ratio';

type YesNo = '是' | '否';
type Setting<T> = { readonly value: T; readonly unit: string; readonly zh: string; readonly source: string };

const setting = <T>(value: T, unit: string, zh: string, source: string): Setting<T> => ({ value, unit, zh, source });

/**
 * Every value an admin may change, with its default, unit and the rule it comes from (P: our proposal).
 * Stored versions override the default from their `valid_from` on. @rule K-034 — a case keeps the values valid when it was accepted
 */
export const settingDefaults = {
	'general.timezone': setting('Asia/Shanghai', '时区', '公司时区', 'P'),
	'general.work_week': setting('1,2,3,4,5', '星期', '每周工作日（1=周一）', 'P'),
	'general.work_hours': setting('08:30-12:00,13:00-17:30', '时段', '每日工作时间', 'P'),
	'general.public_holidays': setting<'cn' | 'none'>('cn', '选项：cn、none', '法定节假日来源（cn=国务院通知，none=仅用自定义）', 'P'),
	'general.holidays': setting('', '日期列表', '公司另定的休息日', 'P'),
	'general.makeup_days': setting('', '日期列表', '公司另定的补班日', 'P'),
	'general.page_url': setting('', '网址', '工作页地址（空白为本机 n8n 地址加 /webhook/fuwu）', 'P'),
	'service.dispatcher_role': setting<Role>('service_director', '角色', '派工人', 'V-022'),
	'service.object_kind': setting<'goods' | 'project' | 'both'>('both', '服务对象', '服务对象（goods=商品，project=工程，both=两者）', 'V-004'),
	'service.type_scheme': setting<'ABCD' | 'AC'>('ABCD', '类别方案', '服务类别方案（ABCD，或只分有偿 A 与无偿 C）', 'V-005'),
	'service.levels': setting<YesNo>('否', '是否', '叫修按服务中心、区域、总部分级处理', 'V-017'),
	'service.qualification': setting<YesNo>('是', '是否', '派工时核对岗位资质', 'V-023'),
	'service.checklist_strict': setting<YesNo>('否', '是否', '未与客户预约不得出发', 'V-025'),
	'service.ledger': setting<YesNo>('否', '是否', '注销前须录入服务内容（服务台帐）', 'V-027'),
	'service.reply_hours': setting(24, '小时', '答复客户期限', 'V-013'),
	'service.reply_warn_hours': setting(20, '小时', '答复提醒', 'V-013'),
	'service.day_end': setting('17:30', '时刻', '当日工作截止', 'V-035'),
	'service.same_day': setting<YesNo>('否', '是否', '当日问题当日解决，未解决须书面报备', 'V-035'),
	'service.checkout': setting<YesNo>('否', '是否', '离开现场前须请示总部', 'V-049'),
	'service.leave_without_call_fine': setting(5000, '元', '离开前未请示总部的拟罚金额', 'V-049'),
	'service.visit_reminder_hours': setting(12, '小时', '安装调试上门提醒提前量', 'V-051'),
	'service.contact_letter': setting<YesNo>('是', '是否', '联络函服务须双方确认后派工', 'V-066'),
	'service.quote_first': setting<YesNo>('否', '是否', '保外服务须客户接受报价后派工', 'V-071'),
	'service.progress_report': setting<YesNo>('否', '是否', '维修完成须有维修报告', 'V-080'),
	'service.loans': setting<YesNo>('否', '是否', '登记备用机', 'V-081'),
	'service.return_visit': setting<YesNo>('否', '是否', '注销前须电话回访确认已解决', 'V-082'),
	'service.link_days': setting(14, '天', '工作链接有效期', 'P'),
	'service.staff_link_hours': setting(12, '小时', '员工登录链接有效期', 'P'),
	'service.photo_mb': setting(15, 'MB', '每张照片大小上限', 'P'),
	'service.sla.city_hours': setting(6, '工作小时', '市区到达时限', 'V-030'),
	'service.sla.suburb_hours': setting(7, '工作小时', '郊区到达时限', 'V-031'),
	'service.sla.warn_hours': setting(2, '工作小时', '到达时限预警提前量', 'V-033'),
	'service.repeat_fault_days': setting(30, '天', '重复报修判定', 'V-047'),
	'charges.onsite_limit': setting(50000, '元', '现场收款上限', 'V-060'),
	'charges.deviation_limit_pct': setting(10, '%', '报价低于标准须总经理批准的幅度', 'V-064'),
	'charges.audit': setting<YesNo>('否', '是否', '终端收费须售后工程师审核', 'T-041'),
	'warranty.months': setting(12, '月', '保修期', 'P'),
	'repair.guarantee': setting<YesNo>('否', '是否', '修护工作另有保证期', 'T-080'),
	'repair.guarantee_months': setting(3, '月', '修护保证期', 'T-080'),
	'repair.manual': setting<YesNo>('否', '是否', '修护前须查阅说明书、图纸', 'T-081'),
	'repair.inspector_role': setting<Role>('service_director', '角色', '验讫人', 'R-005'),
	'repair.help_role': setting<Role>('service_director', '角色', '修护协助人', 'R-008'),
	'repair.self_inspect': setting<YesNo>('否', '是否', '允许修护人自行验讫', 'R-005'),
	'rma.reply_workdays': setting(1, '工作日', '邮寄维修答复期限', 'R-102'),
	'rma.repair_workdays': setting(5, '工作日', '邮寄维修周期', 'R-110'),
	'rma.manager_role': setting<Role>('service_manager', '角色', '给维修编号的人', 'R-106'),
	'rma.address': setting('', '名称', '售后服务中心收件地址（空白时给维修编号的人填写）', 'R-107'),
	'rma.repair_before_payment': setting<YesNo>('是', '是否', '客户确认费用后、到账前先修（到账前一律不寄出）', 'R-115'),
	'rma.silent_days': setting(15, '天', '寄出后客户没有异议视为收到', 'P'),
	'rma.wait_days': setting(7, '天', '邮寄维修等客户补资料、寄设备、确认费用、付款或等寄出，超过几天列入每周清单', 'P'),
	'return.period_months': setting(12, '月', '返修期（售出后）', 'R-202'),
	'return.target_days': setting(3, '天', '返修目标天数（领板起）', 'R-208'),
	'return.max_days': setting(7, '天', '返修最长天数（领板起）', 'R-208'),
	'return.plan_lead_days': setting(2, '天', '返修计划提前天数', 'R-211'),
	'return.plan_rate_pct': setting(90, '%', '返修计划达成率下限', 'R-215'),
	'return.fpy_pct': setting(95, '%', '返修出货直通率下限', 'R-215'),
	'return.idle_days': setting(7, '天', '品质确认后几天未出货列为闲置', 'R-213'),
	'return.customer_days': setting(2, '天', '客户要求日期前几天提醒', 'R-205'),
	'return.oop_stats_day': setting(3, '日', '上月超期返修统计日', 'R-204'),
	'return.supplier_tiers': setting('50:4,100:7,500:10', '数量天数', '供应商返修期限（数量:天数，超过最大数量须约定日期）', 'R-217'),
	'outlet.min_technicians': setting(2, '人', '网点常驻安装维修人员下限', 'P-001'),
	'outlet.fees': setting<YesNo>('否', '是否', '网点费用结算、培训和考评', 'P-050'),
	'outlet.repair_fee': setting(0, '元/单', '网点维修费', 'P-050'),
	'outlet.install_fee': setting(0, '元/单', '网点安装费', 'P-050'),
	'parts.deposit_min': setting(100000, '元', '配件押金下限', 'P-010'),
	'parts.deposit_days': setting(10, '天', '签协议后缴押金期限', 'P-010'),
	'parts.deposit_remind_day': setting(8, '天', '押金提醒（签协议后第几天）', 'P-010'),
	'parts.limit_ratio': setting('1/3', '比例', '配件占用额度＝押金 × 比例（写成 1/3、3 或 1.3）', 'P-011'),
	'parts.limit_confirmed': setting<YesNo>('否', '是否', '占用额度比例已经确认', 'P-011'),
	'parts.topup_mode': setting<'restore_limit' | 'pay_excess'>('restore_limit', '选项：restore_limit、pay_excess', '超额时补缴（restore_limit=补到额度够用，pay_excess=只缴超额部分）', 'P-012'),
	'parts.emergency_max': setting(3, '次/月', '每个网点每月紧急申请上限', 'P-024'),
	'parts.vehicle_days': setting(3, '天', '几天内没有随车改发零担', 'P-031'),
	'parts.receipt_warn_day': setting(12, '天', '收货答复提醒（发货通知后第几天）', 'P-032'),
	'parts.statement_day': setting(10, '日', '上月使用统计表截止日', 'P-040'),
	'parts.repair_record': setting<YesNo>('否', '是否', '没有维修记录单（配件联）的旧件不核销', 'P-041'),
	'parts.request_from': setting(26, '日', '月度配件申请起始日', 'P-021'),
	'parts.request_to': setting(30, '日', '月度配件申请截止日', 'P-021'),
	'parts.issue_day': setting(20, '日', '月度配件发放日', 'P-030'),
	'parts.emergency_days': setting(7, '天', '紧急配件发放期限', 'P-030'),
	'parts.presale_workdays': setting(15, '工作日', '售前机配件发放期限', 'P-030'),
	'parts.receipt_days': setting(15, '天', '收货默认无误期限', 'P-032'),
	'parts.reply_workdays': setting(1, '工作日', '对帐单答复期限', 'P-041'),
	'parts.cutoff_day': setting(15, '日', '旧件全额核销截止日（含当日）', 'P-046'),
	'parts.late_pct': setting(90, '%', '逾期旧件核销比例', 'P-046'),
	'parts.nofault_fine': setting(4000, '元/件', '无故障旧件罚款', 'P-044'),
	'parts.fraud_factor': setting(10, '倍供价', '不当返件罚款倍数', 'P-048'),
	'parts.retention_years': setting(3, '年', '配件单据保存年限', 'P-077'),
	'stock.full_count_month': setting(12, '月', '年终全盘月份', 'P-073'),
	'stock.count_months': setting(3, '月', '循环盘点周期（未收发的配件）', 'P-073'),
	'stock.slow_days': setting(180, '天', '呆滞判定天数', 'P-076'),
	'stock.hazard_zones': setting('危险品区', '名称', '易燃或不稳定物品存放库区', 'P-071'),
	'stock.slip_approvers': setting('general_manager', '角色列表', '盘盈盘亏单会签角色', 'P-074'),
	'stock.valuable': setting<YesNo>('否', '是否', '贵重配件管理（出库须第二人确认、IC 程序委托烧录）', 'P-081'),
	'stock.freight': setting<YesNo>('否', '是否', '每月物流费用核对', 'P-082'),
	'complaint.major_approver': setting<Role>('deputy_gm', '角色', '重大投诉审理人', 'K-003'),
	'complaint.major_loss': setting(1000000, '元', '重大投诉损失金额', 'K-003'),
	'complaint.repeat_days': setting(90, '天', '同一客户重复投诉视为重大', 'K-003'),
	'complaint.ordinary_hours': setting(16, '工作小时', '一般投诉处理时限', 'P'),
	'complaint.major_hours': setting(8, '工作小时', '重大投诉审理时限', 'P'),
	'complaint.stage_limit.gm1': setting(0.5, '天', '总经理室受理', 'K-020'),
	'complaint.stage_limit.qa': setting(1, '天', '质量管理部分析', 'K-020'),
	'complaint.stage_limit.production': setting(1, '天', '生产单位对策', 'K-020'),
	'complaint.stage_limit.rd': setting(1, '天', '研发意见', 'K-020'),
	'complaint.stage_limit.sales_domestic': setting(5, '天', '业务处理（国内，两次合计）', 'K-020'),
	'complaint.stage_limit.sales_foreign': setting(12, '天', '业务处理（国外，两次合计）', 'K-020'),
	'complaint.stage_limit.gm2': setting(0.5, '天', '总经理室综合意见', 'K-020'),
	'complaint.stage_limit.gm3': setting(1, '天', '总经理室综合意见（交涉后）', 'K-022'),
	'complaint.total_days.domestic': setting(13, '天', '国内投诉总时限', 'K-031'),
	'complaint.total_days.foreign': setting(17, '天', '国外投诉总时限', 'K-031'),
	'general.robot_hosts': setting('', '主机列表', '自建消息网关的主机（企业微信、钉钉、飞书不用填）', 'P'),
	'general.company_name': setting('', '名称', '公司名称（印在单据抬头，空白不印）', 'P'),
	'report.reviewer_role': setting<Role>('service_director', '角色', '日报核阅人', 'T-001'),
	'report.tech_cycle': setting<'daily' | 'weekly'>('daily', '选项：daily、weekly', '技术员报表上报周期（daily=每日，weekly=每日填写每周邮寄）', 'T-002'),
	'report.week_day': setting('周五 17:00', '星期时刻', '周报时间', 'P'),
	'report.diff_minutes': setting(30, '分钟', '日报与实际工时允许差异', 'T-006'),
	'report.month_docs_day': setting(5, '日', '上月资料交齐日', 'T-011'),
	'kpi.rating_weight': setting(30, '%', '月考核权重：客户评价', 'T-021'),
	'kpi.arrival_weight': setting(25, '%', '月考核权重：按时到达', 'P'),
	'kpi.report_weight': setting(15, '%', '月考核权重：日报按时', 'P'),
	'kpi.repeat_weight': setting(15, '%', '月考核权重：无重复故障', 'P'),
	'kpi.complaint_weight': setting(15, '%', '月考核权重：无投诉', 'P'),
	'kpi.visit_weight': setting(10, '%', '组长月考核权重：走访按计划', 'P'),
	'kpi.inspection_weight': setting(10, '%', '组长月考核权重：巡检按时', 'P'),
	'kpi.leader_sheet': setting<'是' | '否'>('否', '是否', '组长按全组数据考核', 'T-030'),
	'general.profile': setting<'goods' | 'project' | 'software' | 'maker' | 'auto'>('goods', '选项：goods、project、software、maker、auto', '公司类型（goods=商品，project=工程，software=系统，maker=制造，auto=汽车）', 'P'),
	'survey.mode': setting<'card' | 'phone' | 'both' | 'none'>('card', '选项：card、phone、both、none', '调查方式（card=意见调查卡，phone=电话回访，both=两者，none=不调查）', 'S-004'),
	'survey.sales': setting<YesNo>('否', '是否', '销售部门定期做售后服务工作调查', 'S-009'),
	'survey.coverage_pct': setting(100, '%', '调查覆盖率（商品公司不低于 100）', 'S-002'),
	'survey.reminder_days': setting(7, '天', '调查卡未收回提醒', 'S-007'),
	'survey.close_days': setting(30, '天', '调查卡未收回截止', 'S-007'),
	'survey.sales_cycle_months': setting(3, '月', '售后服务工作调查周期', 'S-009'),
	'survey.periodic_months': setting(6, '月', '客户满意度调查周期（0 为不提醒）', 'S-010'),
	'visit.cycle_months': setting(3, '月', '没有回访标准的客户的回访周期', 'S-021'),
	'visit.retries': setting(3, '次', '电话回访未接通的次数上限', 'S-020'),
	'hotline.open': setting('09:00', '时刻', '服务电话开始', 'S-030'),
	'hotline.close': setting('22:00', '时刻', '服务电话结束', 'S-030'),
	'hotline.miss_fine': setting(5000, '元', '服务电话每次未接的拟罚金额', 'S-030'),
	'penalty.service_base': setting(5000, '元', '客户反映问题属实的拟罚基数', 'K-071'),
	'penalty.repeat_factor': setting(2, '倍', '同一问题再次反映、虚报时的倍数', 'K-073'),
	'penalty.repeat_days': setting(365, '天', '同一问题再次反映的判定期', 'K-073'),
	'worklog.required': setting<'是' | '否'>('否', '是否', '下班前填写工作日志', 'T-010'),
	'case.notes': setting<'是' | '否'>('否', '是否', '维修案例', 'T-014'),
	'staff.meetings': setting<'是' | '否'>('否', '是否', '研讨、培训与建议记录', 'T-034'),
	'site.plan': setting<'是' | '否'>('否', '是否', '工程进度计划', 'T-035'),
	'site.patrol_months': setting(3, '月', '服务点巡视周期', 'T-033'),
	'visit.plan': setting<'是' | '否'>('否', '是否', '重点客户走访计划', 'T-043'),
	'duty.enabled': setting<'是' | '否'>('否', '是否', '值班巡检与交接班', 'T-090'),
	'duty.patrol_minutes': setting(120, '分钟', '值班巡检间隔', 'T-090'),
	'duty.early_minutes': setting(10, '分钟', '接班人提前到岗', 'T-091'),
	'staff.shifts': setting<'是' | '否'>('否', '是否', '派工时标出在班人员', 'O-008'),
	'document.control': setting<'是' | '否'>('否', '是否', '文件管制', 'O-005'),
	'contract.renewal_notice_months': setting(1, '月', '保养合同到期通知提前量', 'C-040'),
	'contract.free_expiry_report_months': setting(3, '月', '免费维护期满书面汇报提前量', 'C-041'),
	'handover.lead_months': setting(1, '月', '终验前售后服务组介入提前量', 'C-010'),
	'handover.complete_days': setting(14, '天', '验收后移交完成期限', 'C-011'),
	'handover.remind_day': setting(10, '天', '移交提醒（验收后第几天）', 'C-011'),
	'backup.retention_days': setting(62, '天', '可恢复数据的最短期限', 'C-033'),
	'backup.max_age_days': setting(7, '天', '最近一次成功备份的最长间隔', 'C-033'),
	'visit.key_customer_months': setting(6, '月', '重点客户走访周期', 'C-024'),
	'award.pay_day': setting(10, '日', '奖金发放日（次月）', 'A-013'),
	'award.optimisation_max': setting(100000, '元', '优化措施嘉奖上限', 'A-018'),
	'penalty.warning_min': setting(40000, '元', '相当于警告处分的罚款金额', 'K-061'),
	'staff.attendance': setting<'是' | '否'>('否', '是否', '考勤异常处理', 'T-092'),
} as const;

export type SettingKey = keyof typeof settingDefaults;
export type Settings = { readonly [K in SettingKey]: (typeof settingDefaults)[K]['value'] };

export const defaultSettings: Settings = Object.fromEntries(
	Object.entries(settingDefaults).map(([key, { value }]) => [key, value]),
) as Settings;

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settingDefaults, key);

/** A stored value in the type of its default; people enter money in yuan, rules get fen. */
export function readSetting(key: SettingKey, value: string): number | string {
	const { value: byDefault, unit } = settingDefaults[key];
	const number = Number(value.normalize('NFKC'));
	if (unit.startsWith('元')) return Math.round(number * 100);
	if (typeof byDefault === 'number') return number;
	return unit === '角色' ? (roleOf(value.trim()) ?? value) : value.trim();
}

/** What is wrong with a setting somebody enters, and in which field; null when it can be used. */
export function settingProblem(key: string, value: string): { readonly field: 'key' | 'value'; readonly message: string } | null {
	if (!isSettingKey(key)) return { field: 'key', message: `没有叫“${key}”的设置项，请对照设置表核对拼写` };
	const { value: byDefault, unit, zh } = settingDefaults[key];
	const wrong = (expected: string) => ({ field: 'value' as const, message: `“${zh}”的值“${value}”无法使用，请填写${expected}` });
	const read = readSetting(key, value);
	if (typeof byDefault === 'number') return value.trim() !== '' && Number.isFinite(read) && Number(read) >= 0 ? null : wrong(`不小于 0 的数字（单位：${unit}）`);
	const [name = '', choices = ''] = unit.split('：');
	if (choices !== '') return choices.split('、').includes(String(read)) ? null : wrong(choices);
	const form = forms[name] ?? forms['时段'];
	return form === undefined || form.fits(String(read)) ? null : wrong(form.like);
}

/** How texts of a unit have to look. */
const forms: Readonly<Record<string, { readonly fits: (value: string) => boolean; readonly like: string }>> = {
	角色: { fits: (value) => roleOf(value) !== null, like: '角色表中的角色' },
	角色列表: { fits: (value) => rolesNamed(value), like: '角色表中的角色，多个用逗号分隔' },
	时区: { fits: (value) => IANAZone.isValidZone(value), like: '时区名称，例如 Asia/Shanghai' },
	星期: { fits: (value) => /^[1-7]([,，][1-7])*$/.test(value), like: '1 到 7 的数字，用逗号分隔' },
	日期列表: { fits: (value) => /^(\d{4}-\d{2}-\d{2}([,，;；\s]+|$))*$/.test(value), like: '日期，例如 2026-01-02，用逗号分隔' },
	是否: { fits: (value) => value === '是' || value === '否', like: '是或否' },
	服务对象: oneOf('goods', 'project', 'both'),
	类别方案: oneOf('ABCD', 'AC'),
	比例: { fits: (value) => readRatio(value) !== null, like: '分数或倍数，例如 1/3、3、1.3' },
	数量天数: { fits: (value) => readTiers(value) !== null, like: '由小到大的“数量:天数”，用逗号分隔，例如 50:4,100:7,500:10' },
	网址: { fits: (value) => value === '' || /^https?:\/\/\S+$/.test(value), like: '以 http:// 或 https:// 开头的地址' },
	主机列表: { fits: (value) => /^([\w.-]+(:\d+)?([,，;；\s]+|$))*$/.test(value), like: '主机名，例如 im.example.cn，用逗号分隔' },
	名称: { fits: (value) => value.length <= 60, like: '不超过 60 个字的名称' },
	时刻: { fits: isClock, like: '时刻，例如 17:30' },
	星期时刻: { fits: (value) => readWeekTime(value) !== null, like: '星期和时刻，例如 周五 17:00' },
	时段: { fits: isPeriods, like: '时段，例如 08:30-12:00,13:00-17:30' },
};

/** Words of a list, each of which has to be a role. */
function rolesNamed(value: string): boolean {
	const words = value.split(/[,，、;；\s]+/).filter((word) => word !== '');
	return words.length > 0 && words.every((word) => roleOf(word) !== null);
}

function oneOf(...values: readonly string[]) {
	return { fits: (value: string) => values.includes(value), like: values.join('、') };
}

function isPeriods(value: string): boolean {
	try {
		return readPeriods(value).length > 0;
	} catch {
		return false;
	}
}
