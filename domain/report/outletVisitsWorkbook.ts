import type { Month } from '../document/fields';
import type { SheetModel, WorkbookModel } from './workbookModel';

type Done = { readonly outlet: string; readonly customerName: string; readonly phone: string };
type Visit = { readonly outlet: string; readonly visitDay: string; readonly visitor: string; readonly attitude: string; readonly charge: string | null; readonly remark: string | null };
export type OutletVisits = {
	readonly month: Month;
	readonly installs: readonly (Done & { readonly installNo: string; readonly installDay: string })[];
	readonly installVisits: readonly (Visit & { readonly installNo: string; readonly quality: string })[];
	readonly repairs: readonly (Done & { readonly repairNo: string; readonly repairDay: string })[];
	readonly repairVisits: readonly (Visit & { readonly repairNo: string; readonly solved: boolean })[];
	/** Levels in words. */
	readonly level: (code: string) => string;
};

const text = (header: string, key: string, width = 14) => ({ header, key, type: 'text' as const, width });
const day = (header: string, key: string) => ({ header, key, type: 'day' as const });

/** The two registers of return visits: a line for every installation and repair of the month, visited or not. @rule S-024 */
export function outletVisitsWorkbook(data: OutletVisits): WorkbookModel {
	return { properties: { title: `安装、维修回访登记 ${data.month}` }, sheets: [installSheet(data), repairSheet(data)] };
}

/** A record without a visit waits for one. */
const visitOf = (visit: Visit | undefined, { level }: OutletVisits) =>
	visit === undefined ? { state: '待回访' } : { state: '已回访', visitDay: visit.visitDay, visitor: visit.visitor, attitude: level(visit.attitude), charge: visit.charge, remark: visit.remark };

function installSheet(data: OutletVisits): SheetModel {
	const visits = new Map(data.installVisits.toReversed().map((each) => [`${each.outlet} ${each.installNo}`, each]));
	return {
		name: '安装回访登记表',
		title: `安装回访登记表 ${data.month}`,
		landscape: true,
		columns: [text('网点', 'outlet', 10), text('安装单号', 'no'), text('客户', 'customerName', 18), text('电话', 'phone', 15), day('安装日期', 'doneDay'), text('状态', 'state', 8), day('回访日期', 'visitDay'), text('回访人', 'visitor', 10), text('安装质量', 'quality', 10), text('服务态度', 'attitude', 10), text('收费', 'charge', 10), text('意见', 'remark', 30)],
		rows: data.installs.map((each) => {
			const visit = visits.get(`${each.outlet} ${each.installNo}`);
			return { ...each, no: each.installNo, doneDay: each.installDay, ...visitOf(visit, data), quality: visit === undefined ? null : data.level(visit.quality) };
		}),
		emptyText: '本月没有安装记录',
	};
}

function repairSheet(data: OutletVisits): SheetModel {
	const visits = new Map(data.repairVisits.toReversed().map((each) => [`${each.outlet} ${each.repairNo}`, each]));
	return {
		name: '维修回访登记表',
		title: `维修回访登记表 ${data.month}`,
		landscape: true,
		columns: [text('网点', 'outlet', 10), text('维修单号', 'no'), text('客户', 'customerName', 18), text('电话', 'phone', 15), day('维修日期', 'doneDay'), text('状态', 'state', 8), day('回访日期', 'visitDay'), text('回访人', 'visitor', 10), text('是否修好', 'solved', 10), text('服务态度', 'attitude', 10), text('收费', 'charge', 10), text('意见', 'remark', 30)],
		rows: data.repairs.map((each) => {
			const visit = visits.get(`${each.outlet} ${each.repairNo}`);
			return { ...each, no: each.repairNo, doneDay: each.repairDay, ...visitOf(visit, data), solved: visit === undefined ? null : visit.solved ? '是' : '否' };
		}),
		emptyText: '本月没有维修记录',
	};
}
