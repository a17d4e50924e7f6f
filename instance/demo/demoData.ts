import type { CellInput, ColumnType, WorkbookModel } from '../../domain/report/workbookModel';
import type { ColumnSpec } from '../../domain/import/tableLayout';
import { dealerMonth, masterData, qaResults } from '../../engine/importTargets';

type Rows = readonly Readonly<Record<string, CellInput>>[];

/** A small appliance maker's after-sales department, as its people would type it. Money in fen. */
export const demoMaster: Readonly<Record<string, Rows>> = {
	unit: [
		{ no: 'GS', name: '总公司', unitKind: '公司' },
		{ no: 'FW', name: '售后服务部', unitKind: '部门', parent: 'GS' },
		{ no: 'ZX', name: '城中服务中心', unitKind: '服务中心', parent: 'FW' },
	],
	person: [
		{ no: 'Z01', name: '王建国', unit: 'FW', roles: '服务主任', phone: '13900000001', mail: 'director@demo.local', active: '是' },
		{ no: 'Y01', name: '陈小燕', unit: 'ZX', roles: '业务员（接待）', phone: '13900000002', mail: 'reception@demo.local', active: '是' },
		{ no: 'J01', name: '李强', unit: 'ZX', roles: '技术员', phone: '13900000003', mail: 'tech01@demo.local', active: '是' },
		{ no: 'J02', name: '赵磊', unit: 'ZX', roles: '技术员', phone: '13900000004', mail: 'tech02@demo.local', active: '是' },
		{ no: 'B01', name: '高经理', unit: 'FW', roles: '部门经理，售后服务组长', mail: 'manager@demo.local', active: '是' },
		{ no: 'C01', name: '许客服', unit: 'FW', roles: '客服部，回访员，话务员', mail: 'service@demo.local', active: '是' },
		{ no: 'K01', name: '孙会计', unit: 'GS', roles: '会计员，财务部', mail: 'account@demo.local', active: '是' },
		{ no: 'S01', name: '周敏', unit: 'FW', roles: '售后部，售后经理，服务部，售后服务经理', mail: 'aftersales@demo.local', active: '是' },
		{ no: 'Q01', name: '吴品', unit: 'GS', roles: '品管部', mail: 'qa@demo.local', active: '是' },
		{ no: 'F01', name: '郑副总', unit: 'GS', roles: '副总经理，销售总监', mail: 'deputy@demo.local', active: '是' },
		{ no: 'G01', name: '冯主管', unit: 'GS', roles: '总经理室生产管理组', mail: 'gmoffice@demo.local', active: '是' },
		{ no: 'R01', name: '郭远', unit: 'FW', roles: '区域经理', mail: 'region@demo.local', active: '是' },
		{ no: 'CK1', name: '钱仓', unit: 'FW', roles: '仓管员', mail: 'store@demo.local', active: '是' },
		{ no: 'GM1', name: '何总', unit: 'GS', roles: '总经理，管理委员会', mail: 'gm@demo.local', active: '是' },
		{ no: 'P01', name: '丁生产', unit: 'GS', roles: '生产部，返修组，物控部', mail: 'production@demo.local', active: '是' },
		{ no: 'X01', name: '唐业务', unit: 'GS', roles: '业务部门，业务经理，采购部', mail: 'sales@demo.local', active: '是' },
	],
	qualification: [
		{ no: 'ZZ-001', person: 'J01', skill: 'KF', certificate: '制冷设备维修工（四级）', validFrom: '2024-01-01', validTo: '2029-12-31' },
		{ no: 'ZZ-002', person: 'J01', skill: 'BCD', certificate: '制冷设备维修工（四级）', validFrom: '2024-01-01', validTo: '2029-12-31' },
		{ no: 'ZZ-003', person: 'J02', skill: '全部', certificate: '家用电器维修技师', validFrom: '2025-01-01', validTo: '2030-12-31' },
	],
	customer: [
		{ no: 'C001', name: '华联超市中山店', phone: '13800000001', address: '中山路 118 号', zone: '市区', mail: 'hualian@customer.demo.local' },
		{ no: 'C002', name: '东郊饭店', phone: '13800000002', address: '东郊大道 8 号', zone: '郊区', keyCustomer: '是' },
		{ no: 'C003', name: '刘女士', phone: '13800000003', address: '和平里 3 栋 502', zone: '市区' },
	],
	asset: [
		{ no: 'SN100001', customer: 'C001', model: 'KF-26GW', purchaseDay: '2026-03-15', warrantyEnd: '2027-03-14' },
		{ no: 'SN100002', customer: 'C002', model: 'KF-72LW', purchaseDay: '2023-05-20', warrantyEnd: '2024-05-19' },
		{ no: 'SN100003', customer: 'C003', model: 'BCD-215', purchaseDay: '2021-11-11', warrantyEnd: '2022-11-10' },
	],
	project: [{ no: 'GC-01', name: '东郊饭店中央空调监控系统', customer: 'C002', projectKind: '信息系统', keeper: 'J02', acceptedDay: '2025-03-31', freeEndDay: '2027-03-31' }],
	contract: [{ no: 'HT2026-018', customer: 'C002', asset: 'SN100002', contractKind: '按年', startDay: '2026-01-01', endDay: '2026-12-31' }],
	outlet: [
		{ no: 'W01', name: '城北安装维修网点', region: '北区', mail: 'w01@demo.local', contact: '马老板', active: '是' },
		{ no: 'W02', name: '城南安装维修网点', region: '南区', mail: 'w02@demo.local', contact: '许老板', active: '是' },
	],
	item: [
		{ no: '00210', name: '压缩机', model: 'KF-26GW', unitOfMeasure: '台' },
		{ no: '00355', name: '主控电路板', model: 'KF-26GW', unitOfMeasure: '块' },
		{ no: '00418', name: '温控器', model: 'BCD-215', unitOfMeasure: '只' },
		{ no: 'GS01', name: '上门检修费', unitOfMeasure: '次' },
		{ no: 'GS02', name: '充注冷媒', unitOfMeasure: '次' },
		{ no: 'CL01', name: '郊区差旅费', unitOfMeasure: '次' },
	],
	price: [
		{ no: '00210-1', item: '00210', priceKind: '配件', supplyPrice: 32000, customerPrice: 48000, validFrom: '2025-01-01' },
		{ no: '00355-1', item: '00355', priceKind: '配件', supplyPrice: 8500, customerPrice: 15000, validFrom: '2025-01-01' },
		{ no: '00418-1', item: '00418', priceKind: '配件', supplyPrice: 2000, customerPrice: 4500, validFrom: '2025-01-01' },
		{ no: 'GS01-1', item: 'GS01', priceKind: '工时', supplyPrice: 0, customerPrice: 5000, validFrom: '2025-01-01' },
		{ no: 'GS02-1', item: 'GS02', priceKind: '工时', supplyPrice: 0, customerPrice: 13050, validFrom: '2025-01-01' },
		{ no: 'CL01-1', item: 'CL01', priceKind: '差旅', supplyPrice: 0, customerPrice: 6000, validFrom: '2025-01-01' },
	],
	fault_node: [
		{ no: 'KF-1', question: '空调接通电源后指示灯亮吗？', yes: 'KF-2', otherwise: 'KF-E1', model: 'KF' },
		{ no: 'KF-2', question: '室内机滤网上有明显灰尘吗？', yes: 'KF-E2', otherwise: 'KF-E3' },
		{ no: 'KF-E1', question: '电源没有接通', faultCode: 'D01', advice: '请检查插座和空气开关，重新接通后再试。' },
		{ no: 'KF-E2', question: '滤网堵塞', faultCode: 'D02', advice: '请取下滤网用清水冲洗，晾干后装回。' },
		{ no: 'KF-E3', question: '疑似缺冷媒，需要上门', faultCode: 'D03' },
	],
	outlet_opening: [
		{ outlet: 'W01', deposit: 200000, held: 58500 },
		{ outlet: 'W02', deposit: 100000, held: 0 },
	],
	opening_stock: [
		{ item: '00210', quantity: 6, lot: '2026A', receivedDay: '2026-03-02', zone: 'A', shelf: '1', level: '下' },
		{ item: '00210', quantity: 4, lot: '2026B', receivedDay: '2026-06-10', zone: 'A', shelf: '1', level: '下' },
		{ item: '00355', quantity: 30, lot: '2026A', receivedDay: '2026-03-02', zone: 'B', shelf: '2', level: '中' },
		{ item: '00418', quantity: 60, lot: '2026A', receivedDay: '2026-04-15', zone: 'B', shelf: '3', level: '上' },
	],
	setting: [
		{ no: 'parts.nofault_fine-1', key: 'parts.nofault_fine', value: '40', validFrom: '2025-01-01', approvedBy: 'GM1' },
		{ no: 'rma.address-1', key: 'rma.address', value: '城中服务中心，中山路 20 号，陈小燕收，13900000002', validFrom: '2025-01-01', approvedBy: 'GM1' },
	],
};

/** The master data workbook: a sheet for each record with the headers the import knows. */
export const masterWorkbook = (rows: Readonly<Record<string, Rows>>): WorkbookModel => ({
	properties: { title: '售后基础资料', author: 'n8n-nodes-aftersales' },
	sheets: masterData().map(({ kind, layout }) => ({ name: layout.title, emptyText: '', columns: layout.columns.map(columnModel), rows: rows[kind] ?? [] })),
});

/** An outlet's month-end workbook with one mistake, to be tried on the upload form. */
export function dealerWorkbook(month: string): WorkbookModel {
	const [usage, returned] = dealerMonth('W01', month).map(({ layout }) => layout);
	const on = (day: number) => `${month}-${String(day).padStart(2, '0')}`;
	const usageRows: Rows = [
		{ item: '00210', quantity: 1, repairNo: 'WX-0001', replacedDay: on(5), warranty: '保内' },
		{ item: '00355', quantity: 2, repairNo: 'WX-0002', replacedDay: on(12), warranty: '保内' },
		{ item: '00418', quantity: 3, repairNo: 'WX-0003', replacedDay: on(20), warranty: '保内' },
		{ item: '99999', quantity: 1, repairNo: 'WX-0004', replacedDay: on(21), warranty: '保内' },
	];
	const returnedRows: Rows = [
		{ item: '00210', quantity: 1, repairNo: 'WX-0001', shippedDay: on(28), faultCard: 'GK-11', fault: '不启动' },
		{ item: '00355', quantity: 2, repairNo: 'WX-0002', shippedDay: on(28), faultCard: 'GK-12', fault: '无显示' },
		{ item: '00418', quantity: 4, repairNo: 'WX-0003', shippedDay: on(28), faultCard: 'GK-13', fault: '不停机' },
	];
	return {
		sheets: [
			{ name: '零配件使用统计表', title: `零配件使用统计表（${month}）`, columns: (usage?.columns ?? []).map(columnModel), rows: usageRows },
			{ name: '返厂旧件清单', title: `返厂旧件清单（${month}）`, columns: (returned?.columns ?? []).map(columnModel), rows: returnedRows },
		],
	};
}

/** QA's results for it. */
export const qaWorkbook = (month: string): WorkbookModel => ({
	sheets: qaResults('W01', month).map(({ layout }) => ({
		name: layout.title,
		columns: layout.columns.map(columnModel),
		rows: [
			{ repairNo: 'WX-0001', item: '00210', shippedDay: `${month}-28`, matched: 1, mismatched: 0, noFault: 0 },
			{ repairNo: 'WX-0002', item: '00355', shippedDay: `${month}-28`, matched: 1, mismatched: 0, noFault: 1 },
			{ repairNo: 'WX-0003', item: '00418', shippedDay: `${month}-28`, matched: 4, mismatched: 0, noFault: 0 },
		],
	})),
});

const columnModel = ({ key, header, type }: ColumnSpec) => ({ key, header, type: (({ integer: 'integer', yuan: 'yuan', day: 'day' }) as Record<string, ColumnType>)[type] ?? 'text', width: 16 });
