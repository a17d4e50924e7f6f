import { choice, day, fen, flag, instant, integer, optional, ref, text } from '../document/fields';
import { defineRecord } from '../document/document';
import { place } from '../warehouse/place';

export const zones = { city: '市区', suburb: '郊区' } as const;

export const unit = defineRecord({
	kind: 'unit',
	label: { en: 'Unit', zh: '部门' },
	code: { en: 'Code', zh: '部门编码' },
	fields: {
		name: text({ en: 'Name', zh: '部门名称' }),
		unitKind: choice({ en: 'Kind', zh: '类别' }, { company: '公司', department: '部门', center: '服务中心', branch: '分公司', group: '组', region: '区域', outlet: '服务网点', agent: '代理商' }),
		parent: optional(ref('unit', { en: 'Parent', zh: '上级部门' })),
	},
});

export const person = defineRecord({
	kind: 'person',
	label: { en: 'Person', zh: '人员' },
	code: { en: 'Staff no', zh: '工号' },
	fields: {
		name: text({ en: 'Name', zh: '姓名' }),
		unit: optional(ref('unit', { en: 'Unit', zh: '部门' })),
		roles: text({ en: 'Roles', zh: '角色' }, { help: '多个角色用逗号分隔，可填角色代码或中文名称' }),
		phone: optional(text({ en: 'Phone', zh: '电话' })),
		mail: optional(text({ en: 'Mail', zh: '邮箱' })),
		robot: optional(text({ en: 'Robot', zh: '消息机器人' }, { help: '企业微信、钉钉或飞书机器人的地址；有加签密钥的写在地址后，用空格隔开' })),
		joinedDay: optional(day({ en: 'Joined', zh: '入职日期' })),
		confirmedDay: optional(day({ en: 'Confirmed', zh: '转正日期' })),
		active: flag({ en: 'Active', zh: '在职' }),
	},
});

/** Whether a notice would reach him: by mail or robot. */
export const isReachable = ({ mail, robot }: { readonly mail: string | null; readonly robot: string | null }): boolean => mail !== null || robot !== null;

/** What somebody may work on, by certificate. @rule T-050 — person, skill, certificate and the days it is valid */
export const qualification = defineRecord({
	kind: 'qualification',
	label: { en: 'Qualification', zh: '岗位资质' },
	code: { en: 'Qualification no', zh: '资质编号' },
	fields: {
		person: ref('person', { en: 'Person', zh: '工号' }),
		skill: text({ en: 'Product line', zh: '产品线' }, { help: '商品型号的开头部分，例如 KF；填“全部”表示不限' }),
		certificate: text({ en: 'Certificate', zh: '证书' }),
		validFrom: day({ en: 'Valid from', zh: '有效期起' }),
		validTo: day({ en: 'Valid to', zh: '有效期止' }),
	},
	indexes: [['person']],
});

export const deputy = defineRecord({
	kind: 'deputy',
	label: { en: 'Deputy', zh: '职务代理' },
	code: { en: 'Deputy no', zh: '代理编号' },
	fields: {
		person: ref('person', { en: 'Person stood in for', zh: '被代理人工号' }),
		deputy: ref('person', { en: 'Deputy', zh: '代理人工号' }),
		fromAt: instant({ en: 'From', zh: '代理开始' }),
		toAt: instant({ en: 'Until', zh: '代理结束' }),
		roles: optional(text({ en: 'Roles', zh: '角色' }, { help: '空白为被代理人的全部角色' })),
	},
	indexes: [['deputy']],
});

export const shift = defineRecord({
	kind: 'shift',
	label: { en: 'Shift', zh: '排班' },
	code: { en: 'Shift no', zh: '排班编号' },
	fields: {
		person: ref('person', { en: 'Person', zh: '工号' }),
		fromAt: instant({ en: 'From', zh: '开始' }),
		toAt: instant({ en: 'Until', zh: '结束' }),
	},
	indexes: [['person']],
});

export const customer = defineRecord({
	kind: 'customer',
	label: { en: 'Customer', zh: '客户' },
	code: { en: 'Customer no', zh: '客户编号' },
	fields: {
		name: text({ en: 'Customer', zh: '客户名称' }, { synonyms: ['客户', '用户名称'] }),
		phone: text({ en: 'Phone', zh: '电话' }, { synonyms: ['联系电话', '手机'] }),
		address: text({ en: 'Address', zh: '地址' }),
		zone: optional(choice({ en: 'Zone', zh: '区域' }, zones)),
		mail: optional(text({ en: 'Mail', zh: '邮箱' })),
		keyCustomer: optional(flag({ en: 'Key customer', zh: '重点客户' })),
		customerClass: optional(text({ en: 'Class', zh: '客户等级' })),
	},
	indexes: [['phone'], ['name'], ['mail']],
});

export const asset = defineRecord({
	kind: 'asset',
	label: { en: 'Product', zh: '商品' },
	code: { en: 'Serial no', zh: '序列号' },
	fields: {
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		model: text({ en: 'Model', zh: '商品型号' }, { synonyms: ['型号', '机型'] }),
		purchaseDay: optional(day({ en: 'Purchase date', zh: '购买日期' }, { synonyms: ['销售日期'] })),
		warrantyEnd: optional(day({ en: 'Warranty end', zh: '保修截止' })),
	},
	indexes: [['customer'], ['model']],
});

export const contract = defineRecord({
	kind: 'contract',
	label: { en: 'Contract', zh: '保养合同' },
	code: { en: 'Contract no', zh: '合同编号' },
	fields: {
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		asset: optional(ref('asset', { en: 'Product', zh: '序列号' }, { help: '空白表示该客户全部商品' })),
		contractKind: choice({ en: 'Kind', zh: '合同类别' }, { annual: '按年', per_visit: '按次' }),
		startDay: day({ en: 'Start', zh: '开始日期' }),
		endDay: day({ en: 'End', zh: '结束日期' }),
		installDueDay: optional(day({ en: 'Installation due', zh: '约定安装日期' })),
		trainingIncluded: optional(flag({ en: 'Training included', zh: '含用户培训' })),
		trainingDueDay: optional(day({ en: 'Training due', zh: '约定培训日期' })),
		project: optional(ref('project', { en: 'Project', zh: '工程编号' }, { help: '工程、系统的保养合同填写' })),
		fee: optional(fen({ en: 'Fee', zh: '合同费用' })),
		visitsIncluded: optional(integer({ en: 'Visits included', zh: '含服务次数' })),
		partsIncluded: optional(text({ en: 'Parts included', zh: '含零件' })),
		responsePromise: optional(text({ en: 'Response promised', zh: '响应承诺' })),
		previous: optional(ref('contract', { en: 'Renewal of', zh: '续自合同' })),
	},
	indexes: [['customer'], ['endDay'], ['project'], ['previous']],
});

/** What was installed or handed over: an IT system or another project. @rule C-001 */
export const project = defineRecord({
	kind: 'project',
	label: { en: 'Project', zh: '工程/系统' },
	code: { en: 'Project no', zh: '工程编号' },
	fields: {
		name: text({ en: 'Name', zh: '工程名称' }, { synonyms: ['系统名称', '项目名称'] }),
		customer: ref('customer', { en: 'Customer', zh: '客户编号' }),
		projectKind: choice({ en: 'Kind', zh: '工程类别' }, { system: '信息系统', project: '工程' }),
		keeper: optional(ref('person', { en: 'Maintained by', zh: '维护人' })),
		finalPlannedDay: optional(day({ en: 'Final acceptance planned', zh: '计划终验日期' })),
		acceptedDay: optional(day({ en: 'Accepted', zh: '验收日期' })),
		freeEndDay: optional(day({ en: 'Free maintenance ends', zh: '免费维护期满日' })),
	},
	indexes: [['customer']],
});

export const outlet = defineRecord({
	kind: 'outlet',
	label: { en: 'Outlet', zh: '服务网点' },
	code: { en: 'Outlet code', zh: '网点编码' },
	fields: {
		name: text({ en: 'Name', zh: '网点名称' }),
		region: optional(text({ en: 'Region', zh: '区域' })),
		mail: optional(text({ en: 'Mail', zh: '邮箱' })),
		contact: optional(text({ en: 'Contact', zh: '联系人' })),
		phone: optional(text({ en: 'Phone', zh: '电话' })),
		address: optional(text({ en: 'Address', zh: '地址' })),
		bank: optional(text({ en: 'Bank account', zh: '银行账户' })),
		agreementNo: optional(text({ en: 'Agreement no', zh: '协议号' })),
		agreementDay: optional(day({ en: 'Agreement signed', zh: '签约日期' })),
		exempt: optional(flag({ en: 'No deposit', zh: '免押金' }, { help: '分公司服务中心填“是”：不缴押金，不限额度' })),
		active: flag({ en: 'Active', zh: '有效' }),
	},
	indexes: [['mail']],
});

export const item = defineRecord({
	kind: 'item',
	label: { en: 'Part', zh: '配件' },
	code: { en: 'Part code', zh: '配件编码' },
	fields: {
		name: text({ en: 'Name', zh: '配件名称' }),
		model: optional(text({ en: 'For model', zh: '适用型号' })),
		unitOfMeasure: text({ en: 'Unit', zh: '单位' }),
		...place,
		hazardous: optional(flag({ en: 'Hazardous', zh: '易燃或不稳定' })),
		weight: optional(choice({ en: 'Storage Class', zh: '存放类别' }, { light: '轻', heavy: '重', frequent: '常用' })),
		valuable: optional(flag({ en: 'Valuable', zh: '贵重' })),
	},
});

export const priceKinds = { part: '配件', labour: '工时', travel: '差旅', other: '其他' } as const;

export const price = defineRecord({
	kind: 'price',
	label: { en: 'Price', zh: '零配件价格表' },
	code: { en: 'Price line', zh: '价格行号' },
	fields: {
		item: ref('item', { en: 'Part or service', zh: '配件编码' }),
		priceKind: choice({ en: 'Kind', zh: '类别' }, priceKinds),
		supplyPrice: fen({ en: 'Supply price', zh: '供价' }),
		customerPrice: optional(fen({ en: 'Customer price', zh: '客户价' })),
		validFrom: day({ en: 'Valid from', zh: '生效日期' }),
	},
	indexes: [['item']],
});

export const setting = defineRecord({
	kind: 'setting',
	label: { en: 'Setting', zh: '设置' },
	code: { en: 'Version', zh: '版本号' },
	fields: {
		key: text({ en: 'Key', zh: '设置项' }),
		value: text({ en: 'Value', zh: '值' }),
		validFrom: day({ en: 'Valid from', zh: '生效日期' }),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '批准人' })),
	},
	indexes: [['key']],
	by: ['general_manager', 'system'],
});

/** One question of the tree that finds a fault by phone. @rule V-070 */
export const faultNode = defineRecord({
	kind: 'fault_node',
	label: { en: 'Fault question', zh: '故障排查问题' },
	code: { en: 'Node', zh: '节点号' },
	fields: {
		question: text({ en: 'Question', zh: '问题' }, { help: '没有后续节点时填结论' }),
		yes: optional(text({ en: 'If yes', zh: '是，下一节点' })),
		otherwise: optional(text({ en: 'If no', zh: '否，下一节点' })),
		faultCode: optional(text({ en: 'Fault code', zh: '故障代码' })),
		advice: optional(text({ en: 'Advice', zh: '建议' }, { long: true })),
		model: optional(text({ en: 'Product line', zh: '产品线' }, { help: '起始节点填写，例如 KF；空白为通用' })),
	},
});

/** What is looked at on a round, in five groups. @rule T-090 */
export const checkGroups = { high_voltage: '高压设备', transformer: '变压器', distribution: '低压配电与线路', protection: '保护与仪表', environment: '消防与环境' } as const;

/** A stop on the route of a duty post. @rule T-090 — the route and its checklist */
export const dutyPoint = defineRecord({
	kind: 'duty_point',
	label: { en: 'Duty point', zh: '巡检点' },
	code: { en: 'Point no', zh: '巡检点编号' },
	fields: {
		post: text({ en: 'Post', zh: '岗位' }),
		step: integer({ en: 'Step', zh: '顺序' }, { min: 1, help: '路线上的先后' }),
		name: text({ en: 'Point', zh: '巡检点' }, { help: '例如 1 号变压器' }),
		checkGroup: choice({ en: 'Check group', zh: '检查类别' }, checkGroups),
		checks: optional(text({ en: 'Checks', zh: '检查内容' }, { long: true })),
		highVoltage: optional(flag({ en: 'High voltage', zh: '高压' }, { help: '高压设备每日巡检一次' })),
	},
	indexes: [['post']],
});

/** @rule S-032 — ways customers reach the service */
export const hotlineChannels = { phone: '服务热线', mailbox: '服务邮箱', online: '在线答疑' } as const;

/** @rule S-032 — the hotline numbers, mailboxes and online services that are open */
export const hotlineChannel = defineRecord({
	kind: 'hotline_channel',
	label: { en: 'Service channel', zh: '服务渠道' },
	code: { en: 'Channel no', zh: '渠道编号' },
	fields: {
		channel: choice({ en: 'Channel', zh: '渠道' }, hotlineChannels),
		address: text({ en: 'Number or address', zh: '号码或地址' }, { compact: true }),
		active: flag({ en: 'Active', zh: '启用' }),
	},
});

/** Who answers a line when. @rule S-031 — the duty roster of the service phone */
export const hotlineShift = defineRecord({
	kind: 'hotline_shift',
	label: { en: 'Hotline duty', zh: '服务电话值班表' },
	code: { en: 'Duty no', zh: '值班编号' },
	fields: {
		hotline: text({ en: 'Line', zh: '线路' }, { compact: true, help: '服务电话号码' }),
		person: ref('person', { en: 'Person responsible', zh: '值班人' }),
		fromAt: instant({ en: 'From', zh: '开始' }),
		toAt: instant({ en: 'Until', zh: '结束' }),
	},
	indexes: [['hotline'], ['toAt']],
	by: ['group_leader', 'after_sales_manager', 'general_manager', 'system'],
});

/** What the operator says, and whom he passes on to. @rule S-033 — the hotline guide */
export const hotlineGuide = defineRecord({
	kind: 'hotline_guide',
	label: { en: 'Hotline guide', zh: '热线电话咨询操作指引' },
	code: { en: 'Entry no', zh: '条目号' },
	fields: {
		question: text({ en: 'Question', zh: '问题' }),
		answer: text({ en: 'Answer', zh: '答案' }, { long: true }),
		forwardTo: optional(text({ en: 'Forward to', zh: '转交' })),
		revision: optional(text({ en: 'Version', zh: '版本' })),
	},
});

/** How often customers of a class are visited, about what and in which words. @rule S-022 — the standard of return visits */
export const visitStandard = defineRecord({
	kind: 'visit_standard',
	label: { en: 'Standard of return visits', zh: '客户售后回访标准' },
	code: { en: 'Standard no', zh: '标准编号' },
	fields: {
		customerClass: text({ en: 'Customer class', zh: '客户等级' }, { help: '与客户资料中的客户等级一致；填“其他”表示没有等级的客户' }),
		everyMonths: integer({ en: 'Every (months)', zh: '频次（每几个月一次）' }, { min: 1, max: 12 }),
		content: text({ en: 'Content', zh: '内容' }),
		script: text({ en: 'Script', zh: '话术' }, { long: true }),
	},
});

/** What dealers or the company write for a column, besides what is known already. @rule M-101 */
export const headerSynonym = defineRecord({
	kind: 'header_synonym',
	label: { en: 'Header synonym', zh: '表头同义词' },
	code: { en: 'Synonym no', zh: '同义词编号' },
	fields: {
		sheet: optional(text({ en: 'Sheet', zh: '适用工作表' }, { help: '例如 零配件使用统计表；空白表示全部工作表' })),
		field: text({ en: 'Column', zh: '规定列名' }, { help: '例如 配件编码' }),
		synonym: text({ en: 'Written as', zh: '表头写法' }, { help: '经销商表里的写法，例如 物料号' }),
	},
});

export const masterRecords = [unit, person, qualification, deputy, shift, customer, asset, project, contract, outlet, item, price, faultNode, dutyPoint, hotlineChannel, hotlineShift, hotlineGuide, visitStandard, headerSynonym, setting] as const;
