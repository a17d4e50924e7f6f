import { phases, type Contract, type Phase, type Project } from '../contract/phase';
import type { BackupEntry } from '../contract/registers';
import type { Day } from '../document/fields';
import type { WorkbookModel } from './workbookModel';

const author = '售后服务系统';

export type ProjectLine = { readonly project: Project; readonly phase: Phase; readonly contract: Contract | null; readonly backup: BackupEntry | null; readonly lastInspection: string | null; readonly passwordsChanged: Day | null };

/** Every project with its phase, cover, backup and last inspection. @rule C-001 @rule C-030 @rule C-033 */
export function projectList(today: Day, lines: readonly ProjectLine[], names: ReadonlyMap<string, string>): WorkbookModel {
	const title = `工程/系统一览 ${today}`;
	return {
		properties: { title, author },
		sheets: [
			{
				name: '工程一览',
				title,
				landscape: true,
				columns: [
					{ header: '工程编号', key: 'no', type: 'text', width: 12 },
					{ header: '工程名称', key: 'name', type: 'text', width: 24 },
					{ header: '客户', key: 'customer', type: 'text', width: 20 },
					{ header: '阶段', key: 'phase', type: 'text', width: 16 },
					{ header: '验收日期', key: 'acceptedDay', type: 'day' },
					{ header: '免费维护期满', key: 'freeEndDay', type: 'day' },
					{ header: '保养合同', key: 'contract', type: 'text', width: 14 },
					{ header: '合同到期', key: 'endDay', type: 'day' },
					{ header: '最近巡检', key: 'inspection', type: 'text', width: 10 },
					{ header: '最近备份', key: 'lastOkDay', type: 'day' },
					{ header: '最早可恢复', key: 'oldestDay', type: 'day' },
					{ header: '密码最近修改', key: 'passwords', type: 'day' },
				],
				rows: lines.map(({ project, phase, contract, backup, lastInspection, passwordsChanged }) => ({
					no: project.no,
					name: project.name,
					customer: `${project.customer} ${names.get(project.customer) ?? ''}`.trim(),
					phase: phases[phase],
					acceptedDay: project.acceptedDay,
					freeEndDay: project.freeEndDay,
					contract: contract?.no ?? null,
					endDay: contract?.endDay ?? null,
					inspection: lastInspection,
					lastOkDay: backup?.lastOkDay ?? null,
					oldestDay: backup?.oldestDay ?? null,
					passwords: passwordsChanged,
				})),
				emptyText: '没有登记工程',
			},
		],
	};
}

export type FileLine = { readonly at: string; readonly kind: string; readonly no: string; readonly title: string; readonly state: string };
type Owner = { readonly no: string; readonly name: string; readonly phone: string; readonly address: string; readonly mail: string | null };
type Listed = readonly { readonly no: string; readonly text: string }[];

/** Everything on file about a customer, in the order of time. @rule C-002 */
export function customerFile(owner: Owner, { assets, contracts, projects }: Readonly<Record<'assets' | 'contracts' | 'projects', Listed>>, papers: readonly FileLine[]): WorkbookModel {
	const title = `客户档案 ${owner.no} ${owner.name}`;
	const list = (heading: string, rows: Listed) => ({ heading, columns: [{ header: '编号', key: 'no', type: 'text' as const, width: 18 }, { header: '内容', key: 'text', type: 'text' as const, width: 60 }], rows, emptyText: '没有' });
	return {
		properties: { title, author },
		sheets: [
			{
				name: '客户档案',
				title,
				blocks: [
					{ heading: '客户', facts: [{ label: '名称', value: owner.name }, { label: '电话', value: owner.phone }, { label: '地址', value: owner.address }, { label: '邮箱', value: owner.mail }] },
					list('商品', assets),
					list('工程/系统', projects),
					list('合同', contracts),
				],
				columns: [
					{ header: '时间', key: 'at', type: 'instant', width: 18 },
					{ header: '单据', key: 'kind', type: 'text', width: 18 },
					{ header: '编号', key: 'no', type: 'text', width: 24 },
					{ header: '内容', key: 'title', type: 'text', width: 60 },
					{ header: '状态', key: 'state', type: 'text', width: 14 },
				],
				rows: papers,
				emptyText: '没有单据',
			},
		],
	};
}
