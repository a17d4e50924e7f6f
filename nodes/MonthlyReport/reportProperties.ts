import type { INodeProperties } from 'n8n-workflow';

/** Reports by what they are asked with. */
const byMonth = ['monthly', 'serviceBook', 'kpi', 'appraisal', 'awards', 'monthDocuments', 'repairProblems', 'visitPlans', 'outletDocuments', 'outletFees', 'reconciliations', 'stock'];
/** Those that ask who wants them. */
const withActor = ['awards', 'customerFile', 'projects', 'stock', 'outletAccount', 'occupancy', 'outletDocuments', 'outletFees', 'reconciliations'];
const byDay = ['dayEnd', 'technicianDaily', 'directorDaily', 'technicianWeekly', 'weeklyRecord'];
const byPerson = ['technicianDaily', 'directorDaily', 'technicianWeekly', 'appraisal', 'custody', 'visitPlans'];

export const reportProperties: INodeProperties[] = [
	{
		displayName: 'Report',
		name: 'report',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Awards to Pay', value: 'awards', description: '奖金发放表：一个月应发放的奖金，和年终特别贡献奖候选' },
			{ name: 'Customer File', value: 'customerFile', description: '客户档案：商品、合同、工程和全部单据，按时间' },
			{ name: 'Day-End Check', value: 'dayEnd', description: '日终检查：现金、发票、超时、登记与凭证核对' },
			{ name: 'Director\'s Daily Report', value: 'directorDaily', description: '服务主任日报表' },
			{ name: 'Items in Custody', value: 'custody', description: '领用物品清单' },
			{ name: 'KPI', value: 'kpi', description: 'KPI 指标：公司、部门、技术员，含分子分母' },
			{ name: 'Month Report', value: 'monthly', description: '售后月报表' },
			{ name: 'Monthly Appraisal', value: 'appraisal', description: '月考核表：生成或更新待考核的表，已确认的不变' },
			{ name: 'Monthly Documents', value: 'monthDocuments', description: '工程师每月资料清单' },
			{ name: 'Morning Dispatch Board', value: 'morningBoard', description: '派工看板：待派工、在办、已上报' },
			{ name: 'Outlet Account Statement', value: 'outletAccount', description: '网点往来对帐单：期初、每笔往来及依据、期末' },
			{ name: 'Outlet Documents', value: 'outletDocuments', description: '网点资料上交一览：网点 × 七种资料' },
			{ name: 'Outlet Fees', value: 'outletFees', description: '网点费用结算：维修、安装单数 × 标准 − 罚款' },
			{ name: 'Outlets and Their Limits', value: 'occupancy', description: '网点占用一览：占用、额度、超额和消除办法' },
			{ name: 'Outlets\' Reconciliations of a Month', value: 'reconciliations', description: '网点对帐一览：每个网点的状态、核销、罚款' },
			{ name: 'Problems of Repaired Machines', value: 'repairProblems', description: '客户返修机问题分析' },
			{ name: 'Projects and Systems', value: 'projects', description: '工程一览：阶段、合同、巡检、备份、密码' },
			{ name: 'Repair Cases', value: 'caseNotes', description: '按商品和故障查找维修案例' },
			{ name: 'Repair Record of the Week', value: 'weeklyRecord', description: '售后服务报修记录表：每位部门经理一份' },
			{ name: 'Service Book of the Month', value: 'serviceBook', description: '服务月度明细：收费、派遣、费用、备用机、例外' },
			{ name: 'Technician\'s Daily Report (Draft)', value: 'technicianDaily', description: '按上门和修护记录预填的日报，供表单页使用；没有工作簿' },
			{ name: 'Technician\'s Weekly Report', value: 'technicianWeekly', description: '技术人员周报表：每位技术员一份' },
			{ name: 'Visits to Key Customers', value: 'visitPlans', description: '重点客户走访：每人的完成与逾期' },
			{ name: 'Warehouse', value: 'stock', description: '仓库报表：库存、存卡、台账、盘点、呆滞、物流' },
		],
		default: 'monthly',
	},
	{
		displayName: 'Warehouse Report',
		name: 'stockReport',
		type: 'options',
		options: [
			{ name: 'Account, Card, Goods, Computer', value: 'fourBooks', description: '帐卡物核对表：每项四个数，不符的在前' },
			{ name: 'Count Report', value: 'countReport', description: '盘存报表：一个月的盘点' },
			{ name: 'Count Sheet', value: 'countSheet', description: '盘点表：填写实物后上传' },
			{ name: 'Freight of the Month', value: 'freight', description: '每月物流费用核对：快递单与承运帐单' },
			{ name: 'Parts Ledger', value: 'partsLedger', description: '配件台账：申领、退料、报废、结存，贵重件在前' },
			{ name: 'Slow Stock', value: 'slowStock', description: '呆滞积压清单' },
			{ name: 'Stock Card', value: 'stockMoves', description: '存卡：一个月的收发明细和结存' },
			{ name: 'Stock List', value: 'stockList', description: '库存清单：结存、金额、批次、库位' },
		],
		default: 'stockList',
		displayOptions: { show: { report: ['stock'] } },
	},
	{ displayName: 'Month', name: 'month', type: 'string', default: '', placeholder: '2025-05', description: 'Leave empty for last month', displayOptions: { show: { report: byMonth } } },
	{
		displayName: 'Day',
		name: 'day',
		type: 'string',
		default: '',
		placeholder: '2025-06-09',
		description: 'Leave empty for today. For a week its last day; empty means the week due by now, or none at all unless the company reports weekly.',
		displayOptions: { show: { report: byDay } },
	},
	{ displayName: 'Person', name: 'person', type: 'string', default: '', placeholder: 'J01', description: 'Staff no; leave empty for all. A draft needs one.', displayOptions: { show: { report: byPerson } } },
	{ displayName: 'Outlet', name: 'outlet', type: 'string', default: '', placeholder: 'W01', description: 'Outlet code', displayOptions: { show: { report: ['outletAccount'] } } },
	{ displayName: 'Customer', name: 'customer', type: 'string', default: '', placeholder: 'C001', description: 'Customer no', displayOptions: { show: { report: ['customerFile'] } } },
	{ displayName: 'From', name: 'from', type: 'string', default: '', placeholder: '2025-06-01', description: 'Leave empty for the first day of this month', displayOptions: { show: { report: ['outletAccount'] } } },
	{ displayName: 'To', name: 'to', type: 'string', default: '', placeholder: '2025-06-30', description: 'Leave empty for today', displayOptions: { show: { report: ['outletAccount'] } } },
	{
		displayName: 'Part',
		name: 'part',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'Of a stock card; leave empty for all',
		displayOptions: { show: { report: ['stock'] } },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchParts', searchable: true } },
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: 'P001' },
		],
	},
	{ displayName: 'Count No', name: 'count', type: 'string', default: '', placeholder: 'PD202506-001', description: 'Of a count sheet', displayOptions: { show: { report: ['stock'] } } },
	{
		displayName: 'Acting Person',
		name: 'actor',
		type: 'resourceLocator',
		default: { mode: 'id', value: 'system' },
		description: 'Staff no of who asks; decides what may be read',
		displayOptions: { show: { report: withActor } },
		modes: [
			{ displayName: 'By Staff No', name: 'id', type: 'string', placeholder: 'J01' },
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchPeople', searchable: true } },
		],
	},
	{ displayName: 'Product', name: 'product', type: 'string', default: '', placeholder: 'KF-26', description: 'Part of the model; leave empty for all', displayOptions: { show: { report: ['caseNotes'] } } },
	{ displayName: 'Fault', name: 'fault', type: 'string', default: '', description: 'Words of the fault, its code or cause; leave empty for all', displayOptions: { show: { report: ['caseNotes'] } } },
	{ displayName: 'Output Field', name: 'field', type: 'string', default: 'report', description: 'Name of the binary field with the workbook' },
];
