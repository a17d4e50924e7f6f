import { partsPage, schedule, type Page, type Template, TemplateBuilder } from './template';

const register = (pages: readonly Page[]): Template[] => pages.map(partsPage('12', 'serviceRegister'));
const scheduled = '={{ $json.no }}：{{ $json.awardKindLabel }}，{{ $json.stateLabel }}。';

/** From the proposal to the money. */
const awards: readonly Page[] = [
	['award-propose', 'aftersalesAwdProp1', '1 申报嘉奖', 'shenbaojiajiang', 'award', 'nominate', '申报嘉奖', '员工或负责人输入工号 → 选择奖项，填写获奖人（优秀团队、优化措施嘉奖填获奖小组）和贡献事实 → 按奖励办法送审。', scheduled],
	['award-review', 'aftersalesAwdRevi1', '2 审核嘉奖', 'shenhejiajiang', 'award', 'review', '审核嘉奖', '售后经理（部门经理）或销售总监输入工号 → 选择申报 → 审核。优秀员工奖须确认全年无警告及以上处分。', scheduled],
	['award-check', 'aftersalesAwdChec1', '3 财务校对嘉奖', 'jiaoduijiajiang', 'award', 'check', '财务校对嘉奖', '会计员输入工号 → 选择最佳工程师、学习进步奖申报 → 校对。', scheduled],
	['award-approve', 'aftersalesAwdAppr1', '4 批准嘉奖', 'pizhunjiajiang', 'award', 'approve', '批准嘉奖', '总经理（节约成本、内部推荐由售后经理，优化措施由管理委员会）输入工号 → 在金额范围内核定 → 列入发放名单。', '={{ $json.no }}：{{ $json.awardKindLabel }} {{ $json.amountYuan }} 元，{{ $json.payDay }} 发放。'],
	['award-refuse', 'aftersalesAwdRefu1', '5 不批嘉奖', 'bupijiajiang', 'award', 'refuse', '不批嘉奖', '审批人输入工号 → 选择等待自己审批的申报、写明原因。', scheduled],
	['award-withdraw', 'aftersalesAwdWith1', '6 撤回嘉奖申报', 'chehuijiajiang', 'award', 'withdraw', '撤回嘉奖申报', '申报人输入工号 → 选择还没有批准的申报、写明原因。', scheduled],
	['award-pay', 'aftersalesAwdPay001', '7 发放奖金', 'fafangjiangjin', 'award', 'pay', '发放奖金', '会计员输入工号 → 选择待发放的嘉奖 → 登记发放日期。', '={{ $json.no }}：{{ $json.amountYuan }} 元，{{ $json.stateLabel }}。'],
	['award-undo-pay', 'aftersalesAwdUndo1', '8 更正发放登记', 'gengzhengfafang', 'award', 'undoPay', '更正发放登记', '会计员输入工号 → 选择误登记的嘉奖、写明原因 → 回到待发放。', scheduled],
	['award-revoke', 'aftersalesAwdRevo1', '9 撤销嘉奖', 'chexiaojiajiang', 'award', 'revoke', '撤销嘉奖', '批准人输入工号 → 选择还没有发放的嘉奖、写明原因 → 通知会计员。', scheduled],
];

/** What is given for what. */
const scheme: readonly Page[] = [
	['award-change-draw', 'aftersalesAwcDraw1', '10 拟订奖励办法变更', 'jianglibanfa', 'award_change', 'draw', '拟订奖励办法变更', '售后经理输入工号 → 奖项、变更、金额范围、理由 → 财务审核、总经理签字后生效。'],
	['award-change-check', 'aftersalesAwcChec1', '11 财务审核奖励办法', 'shenhebanfa', 'award_change', 'check', '财务审核奖励办法', '会计员输入工号 → 选择变更 → 审核。'],
	['award-change-sign', 'aftersalesAwcSign1', '12 总经理签批奖励办法', 'qianpibanfa', 'award_change', 'sign', '总经理签批奖励办法', '总经理输入工号 → 选择财务已审核的变更 → 签字，即时生效。'],
	['award-change-refuse', 'aftersalesAwcRefu1', '13 不批奖励办法变更', 'bupibanfa', 'award_change', 'refuse', '不批奖励办法变更', '会计员或总经理输入工号 → 选择变更、写明原因。'],
	['award-change-cancel', 'aftersalesAwcCanc1', '14 取消奖励办法变更', 'quxiaobanfa', 'award_change', 'cancel', '取消奖励办法变更', '售后经理输入工号 → 选择没有生效的变更、写明原因。'],
];

/** Those who suggest something are answered, and may be proposed for an award at once. */
const suggestions: readonly Page[] = [
	['suggestion-make', 'aftersalesSugMake1', '15 提出建议', 'tichujianyi', 'suggestion', 'make', '提出建议', '员工输入工号 → 建议内容。先把设置 staff.meetings 改为“是”。'],
	['suggestion-adopt', 'aftersalesSugAdop1', '16 采纳建议', 'cainajianyi', 'suggestion', 'adopt', '采纳建议', '负责人输入工号 → 选择建议 → 答复；能节约成本的勾选“同时申报节约成本奖”，以建议人名义申报。'],
	['suggestion-decline', 'aftersalesSugDecl1', '17 不采纳建议', 'bucainajianyi', 'suggestion', 'decline', '不采纳建议', '负责人输入工号 → 选择建议 → 答复。'],
];

const list = new TemplateBuilder('award-list', 'aftersalesAwdList1', '售后 12-18 奖金发放表', '每月 1 日 09:30（停机时补到 5 日）：当月应发放的奖金（上月批准的；12 月含年度奖）邮寄会计员一次，另附年终特别贡献奖候选。每月最后一个工作日的评选通知由“到期处理”发出。\n\n**请设置**：两个凭据；收件人（邮箱或角色）。')
	.add('每月一日', 'n8n-nodes-base.scheduleTrigger', 1.2, schedule('30 9 1-5 * *'))
	.own('奖金发放表', 'monthlyReport', { report: 'awards', month: "={{ $now.toFormat('yyyy-MM') }}", actor: { __rl: true, mode: 'id', value: 'system' }, field: 'report' })
	.own('邮寄发放表', 'serviceNotice', { operation: 'send', key: '=award-list:{{ $json.month }}', to: '会计员', subject: '=奖金发放表 {{ $json.month }}', text: '=附件为 {{ $json.month }} 应发放的奖金，共 {{ $json.awards }} 笔、{{ $json.totalYuan }} 元，请按日发放后登记（售后 12-7）。', attachments: 'report', failWhenNotSent: true })
	.build();

/** Awards: proposed, judged, paid. */
export const awardTemplates: readonly Template[] = [...register([...awards, ...scheme, ...suggestions]), list];
