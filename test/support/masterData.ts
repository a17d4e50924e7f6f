import { saveRecords } from '../../engine/saveRecords';
import type { Store } from '../../engine/store';

const now = '2025-01-01T00:00:00.000Z';

/** A small company: one of each role the chain needs, two outlets, priced parts. */
export const masterData: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>> = {
	person: {
		Z01: { name: '王主任', roles: 'service_director', mail: 'director@test.local', active: true },
		J01: { name: '李师傅', roles: 'technician', mail: 'tech1@test.local', active: true },
		J02: { name: '赵师傅', roles: '技术员', mail: null, active: true },
		Y01: { name: '小陈', roles: 'receptionist', active: true },
		K01: { name: '会计', roles: 'accountant', active: true },
		S01: { name: '售后', roles: 'after_sales', mail: 'aftersales@test.local', active: true },
		Q01: { name: '品管', roles: 'qa', active: true },
		B01: { name: '部门经理', roles: 'dept_manager', mail: 'manager@test.local', active: true },
		G02: { name: '总经理', roles: 'general_manager', mail: 'gm@test.local', active: true },
		C01: { name: '客服', roles: 'customer_service', mail: 'cs@test.local', active: true },
		H01: { name: '回访员', roles: 'follow_up', active: true },
		F01: { name: '副总', roles: 'deputy_gm', mail: 'deputy@test.local', active: true },
		R01: { name: '区域经理', roles: 'regional_manager', mail: 'region@test.local', active: true },
		A01: { name: '售后经理', roles: 'after_sales_manager', mail: 'asm@test.local', active: true },
		M01: { name: '售后服务经理', roles: '售后服务经理', mail: 'rma@test.local', active: true },
		G01: { name: '总经理室', roles: 'gm_office', mail: 'gmoffice@test.local', active: true },
	},
	qualification: {
		ZZ01: { person: 'J01', skill: 'KF', certificate: '制冷设备维修工', validFrom: '2020-01-01', validTo: '2030-12-31' },
		ZZ02: { person: 'J02', skill: '全部', certificate: '内部培训合格证', validFrom: '2020-01-01', validTo: '2030-12-31' },
	},
	customer: { C001: { name: '华联超市', phone: '13800000001', address: '中山路 1 号', zone: 'city' }, C002: { name: '郊区饭店', phone: '13800000002', address: '东郊 8 号', zone: 'suburb' } },
	asset: {
		SN100: { customer: 'C001', model: 'KF-26', purchaseDay: '2024-07-01', warrantyEnd: '2025-06-30' },
		SN200: { customer: 'C002', model: 'KF-35', purchaseDay: '2020-01-01', warrantyEnd: '2021-01-01' },
	},
	contract: { HT01: { customer: 'C002', asset: 'SN200', contractKind: 'annual', startDay: '2025-01-01', endDay: '2025-12-31' } },
	outlet: { W01: { name: '城北网点', mail: 'w01@test.local', active: true }, W02: { name: '城南网点', mail: 'w02@test.local', active: true } },
	item: { P001: { name: '压缩机', unitOfMeasure: '件' }, P002: { name: '电路板', unitOfMeasure: '件' }, GS01: { name: '工时费', unitOfMeasure: '分' } },
	price: {
		'P001-1': { item: 'P001', priceKind: 'part', supplyPrice: 2000, customerPrice: 4000, validFrom: '2025-01-01' },
		'P002-1': { item: 'P002', priceKind: 'part', supplyPrice: 8500, customerPrice: 100000, validFrom: '2025-01-01' },
		'GS01-1': { item: 'GS01', priceKind: 'labour', supplyPrice: 0, customerPrice: 1, validFrom: '2025-01-01' },
	},
};

export async function loadMasterData(store: Store): Promise<void> {
	await store.transaction(async (transaction) => {
		for (const [kind, rows] of Object.entries(masterData))
			await saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now, actor: { code: 'system', name: '', roles: [], unit: null } });
	});
}

let settings = 0;

/** Sets a value from 2020 on. */
export async function setting(store: Store, key: string, value: string): Promise<void> {
	await store.transaction((transaction) => saveRecords(transaction, 'setting', [{ no: `T${++settings}`, values: { key, value, validFrom: '2020-01-01' } }], { now, actor: { code: 'system', name: '', roles: [], unit: null } }));
}
