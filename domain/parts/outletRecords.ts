import { defineDocument, type Change, type DocumentOf, type Shape } from '../document/document';
import type { Given } from '../document/facts';
import { choice, day, fen, flag, integer, month, optional, ref, text, type Day, type Fields, type RowOf } from '../document/fields';
import { RuleViolation } from '../shared/ruleViolation';
import { monthOf } from '../shared/zonedTime';

/** What outlets hand in by month, one paper a row of their sheets. @rule P-049 — the documents service and quality are steered by */
const common = { outlet: ref('outlet', { en: 'Outlet', zh: '网点' }), month: month({ en: 'Month', zh: '月份' }) };

const recordNo = text({ en: 'Repair Record No', zh: '维修记录单号' }, { compact: true, synonyms: ['维修单号', '维修记录号', '工单号', '服务单号', '单号'] });
const installNo = text({ en: 'Installation Record No', zh: '安装记录单号' }, { compact: true, synonyms: ['安装单号', '安装记录号', '单号'] });
const customerName = text({ en: 'Customer', zh: '客户' }, { synonyms: ['客户名称', '用户', '用户名称', '姓名'] });
const phone = optional(text({ en: 'Phone', zh: '电话' }, { compact: true, synonyms: ['联系电话', '手机'] }));
const model = text({ en: 'Product', zh: '产品型号' }, { synonyms: ['产品', '型号', '商品型号', '机型'] });
const serial = optional(text({ en: 'Serial No', zh: '序列号' }, { compact: true, synonyms: ['机号', '机身号', '编号'] }));
const signed = optional(flag({ en: 'Signed By Customer', zh: '客户签字' }));
const levels = { good: '满意', fair: '一般', bad: '不满意' } as const;

const states = { Reported: '已上报', Accepted: '已认可', Void: '作废' } as const;
const indexes = [['outlet', 'month'], ['month']] as const;
type Reported = Shape & { readonly states: typeof states };

/** Numbers are natural: the same row twice is the same paper. */
const numbered = (prefix: string, ...keys: readonly string[]) => (input: Readonly<Record<string, unknown>>) => [prefix, ...['outlet', ...keys].map((key) => String(input[key]))].join('-');

const reporters = ['outlet', 'after_sales', 'technician', 'system'] as const;

/** The events all of them have: a row is reported, accepted for the fee, and voided when it was wrong. @rule M-105 @rule P-050 */
function reportEvents<D extends Reported>(draft: ReturnType<typeof defineDocument<D>>, rule: (input: RowOf<D['fields']>, given: Given) => void) {
	const report = draft.event({ label: { en: 'Report', zh: '上报' }, from: ['new', 'Void'] as never, to: ['Reported'] as never, by: reporters, input: draft.shape.fields as Fields }).decidedBy((_paper, input, given) => {
		rule(input as RowOf<D['fields']>, given);
		return { set: input } as Change<D>;
	});
	const accept = draft.event({ label: { en: 'Accept', zh: '认可' }, from: ['Reported'] as never, to: ['Accepted'] as never, by: ['after_sales', 'after_sales_manager'], input: {} }).decidedBy(() => ({}));
	const takeOut = draft.event({ label: { en: 'Void', zh: '作废' }, from: ['Reported', 'Accepted'] as never, to: ['Void'] as never, by: ['after_sales', 'after_sales_manager'], input: { reason: text({ en: 'Reason', zh: '作废原因' }) } }).decidedBy(() => ({}));
	return { report, accept, void: takeOut };
}

/** @throws RuleViolation CONDITION_NOT_MET for a day of another month or to come */
function refuseOtherMonth(label: string, on: Day, { month: reported }: { readonly month: string }, { today }: Given): void {
	if (on > today) throw new RuleViolation('CONDITION_NOT_MET', `${label} ${on} 在将来`, `请填写实际的${label}`, 'P-049');
	if (monthOf(on) !== reported) throw new RuleViolation('CONDITION_NOT_MET', `${label} ${on} 不在 ${reported} 内`, `请在${label}所属月份上报，或核对日期`, 'P-049');
}

const repairFields = {
	...common,
	repairNo: recordNo,
	customerName,
	phone,
	model,
	serial,
	purchaseDay: optional(day({ en: 'Purchase Date', zh: '购买日期' }, { synonyms: ['销售日期', '购机日期'] })),
	repairDay: day({ en: 'Repaired On', zh: '维修日期' }, { synonyms: ['维修时间', '修复日期'] }),
	fault: text({ en: 'Fault', zh: '故障' }, { synonyms: ['故障现象', '故障描述'] }),
	parts: optional(text({ en: 'Parts Replaced', zh: '更换件' }, { synonyms: ['更换配件', '更换零件'] })),
	repairer: text({ en: 'Repaired By', zh: '维修员' }, { synonyms: ['维修人', '维修人员', '技术员'] }),
	signed,
	copyKept: optional(flag({ en: 'Parts Copy Handed In', zh: '配件联已附' }, { synonyms: ['第2联', '配件联', '第二联'] })),
};
const repairDraft = defineDocument({ kind: 'repair_record', form: 'M-060', label: { en: 'Product repair record', zh: '产品维修记录单' }, number: numbered('WX', 'repairNo'), title: ['repairNo', 'customerName'], fields: repairFields, states, indexes: [...indexes] });
export const repairRecord = repairDraft.events(reportEvents(repairDraft, (input, given) => refuseOtherMonth('维修日期', input.repairDay, input, given)));
export const repairRecordNumber = (outlet: string, repairNo: string): string => `WX-${outlet}-${repairNo}`;
export type RepairRecord = DocumentOf<typeof repairDraft.shape>;

const installFields = {
	...common,
	installNo,
	customerName,
	phone,
	model,
	serial,
	installDay: day({ en: 'Installed On', zh: '安装日期' }, { synonyms: ['安装时间'] }),
	installer: text({ en: 'Installed By', zh: '安装员' }, { synonyms: ['安装人', '安装人员'] }),
	charge: optional(fen({ en: 'Charge', zh: '收费' }, { min: 0, synonyms: ['收费金额', '安装费'] })),
	signed,
};
const installDraft = defineDocument({ kind: 'install_record', form: 'M-135', label: { en: 'Product installation record', zh: '产品安装记录单' }, number: numbered('AZ', 'installNo'), title: ['installNo', 'customerName'], fields: installFields, states, indexes: [...indexes] });
export const installRecord = installDraft.events(reportEvents(installDraft, (input, given) => refuseOtherMonth('安装日期', input.installDay, input, given)));

const visited = {
	customerName,
	phone,
	visitDay: day({ en: 'Visited On', zh: '回访日期' }, { synonyms: ['回访时间'] }),
	visitor: text({ en: 'Visited By', zh: '回访人' }, { synonyms: ['回访员'] }),
	attitude: choice({ en: 'Attitude', zh: '服务态度' }, levels),
	charge: optional(text({ en: 'Charge', zh: '收费' }, { synonyms: ['收费情况'] })),
	remark: optional(text({ en: 'Remark', zh: '意见' }, { synonyms: ['客户意见', '备注'] })),
};
const installVisitDraft = defineDocument({
	kind: 'install_visit', form: 'M-047', label: { en: 'Installation return visit', zh: '安装回访登记表' }, number: numbered('AH', 'installNo', 'visitDay'), title: ['installNo', 'customerName'],
	fields: { ...common, installNo, ...visited, quality: choice({ en: 'Quality', zh: '安装质量' }, levels) }, states, indexes: [...indexes],
});
export const installVisit = installVisitDraft.events(reportEvents(installVisitDraft, (input, given) => refuseOtherMonth('回访日期', input.visitDay, input, given)));

const repairVisitDraft = defineDocument({
	kind: 'repair_visit', form: 'M-048', label: { en: 'Repair return visit', zh: '维修回访登记表' }, number: numbered('WH', 'repairNo', 'visitDay'), title: ['repairNo', 'customerName'],
	fields: { ...common, repairNo: recordNo, ...visited, solved: flag({ en: 'Repaired', zh: '是否修好' }, { synonyms: ['修好'] }) }, states, indexes: [...indexes],
});
export const repairVisit = repairVisitDraft.events(reportEvents(repairVisitDraft, (input, given) => refuseOtherMonth('回访日期', input.visitDay, input, given)));

const faultDraft = defineDocument({
	kind: 'fault_report', form: 'M-053', label: { en: 'Monthly fault report', zh: '故障月报表' }, number: numbered('GZ', 'month', 'model', 'fault'), title: ['model', 'fault'],
	fields: { ...common, model, fault: text({ en: 'Fault', zh: '故障' }, { synonyms: ['故障现象', '故障名称'] }), quantity: integer({ en: 'Quantity', zh: '数量' }, { min: 1, synonyms: ['故障数量', '台数', '件数'] }) }, states, indexes: [...indexes],
});
export const faultReport = faultDraft.events(
	reportEvents(faultDraft, (input, { today }) => {
		if (input.month > monthOf(today)) throw new RuleViolation('CONDITION_NOT_MET', `月份 ${input.month} 还没有到`, '请核对月份', 'P-049');
	}),
);

/** The seven documents of a month, as outlets know them. @rule P-049 */
export const monthlyDocuments = [
	{ kind: 'repair_record', zh: '产品维修记录单' },
	{ kind: 'install_record', zh: '产品安装记录单' },
	{ kind: 'install_visit', zh: '安装回访登记表' },
	{ kind: 'repair_visit', zh: '维修回访登记表' },
	{ kind: 'part_request', zh: '零配件申请表' },
	{ kind: 'usage_line', zh: '零配件使用统计表' },
	{ kind: 'fault_report', zh: '故障月报表' },
] as const;
