import type { DocumentDeclaration } from '../domain/document/document';
import type { Role } from '../domain/organisation';
import type { Settings } from '../domain/settings';

/** Roles that share a column of the matrix. */
const desk: readonly Role[] = ['receptionist', 'customer_service', 'operator', 'follow_up'];
const management: readonly Role[] = ['dept_manager', 'after_sales_manager', 'after_sales'];
/** Who reads papers the matrix does not speak of, besides those who work on them. */
const managers: readonly Role[] = [...management, 'service_director', 'general_manager'];

const visits: readonly Role[] = [...desk, ...management, 'service_director', 'accountant', 'group_leader'];
const repairs: readonly Role[] = [...desk, ...management, 'service_director', 'storekeeper'];
/** Mail-in repairs and what goes with them. */
const mailIn: readonly Role[] = [...repairs, 'service_manager', 'service_assistant', 'logistics_clerk', 'accountant', 'finance', 'general_manager'];
const parts: readonly Role[] = [...management, 'accountant', 'qa', 'storekeeper'];
/** Movements of stock, and what is adjusted by approval. */
const stock: readonly Role[] = [...management, 'technician', 'service_director', 'accountant', 'qa', 'storekeeper', 'material_clerk', 'service_assistant'];
const adjustments: readonly Role[] = [...management, 'accountant', 'general_manager', 'storekeeper'];

/** Who looks after outlets: what they ask for, hold, send back and owe. */
const outletOffice: readonly Role[] = [...parts, 'service_director', 'general_manager', 'regional_manager'];
const outletPapers = ['part_request', 'parts_plan', 'shipment', 'usage_line', 'old_part', 'reconciliation', 'outlet_account', 'outlet_entry', 'outlet_payment', 'outlet_opening', 'outlet_fine', 'old_part_handover', 'outlet_setup', 'outlet_cancel', 'part_transfer', 'repair_record', 'install_record', 'install_visit', 'repair_visit', 'fault_report', 'outlet_fee', 'outlet_training', 'outlet_count', 'outlet_return'] as const;
/** Those an outlet sees of its own. */
const ofOutlet = outletPapers.filter((kind) => !['parts_plan', 'outlet_setup', 'outlet_cancel', 'part_transfer', 'old_part_handover'].includes(kind));

/** Everybody whose hands returned products go through. @rule R-201 */
const workshop: readonly Role[] = ['sales', 'sales_manager', 'storekeeper', 'pmc', 'repair_group', 'production', 'rd', 'engineering', 'qa', 'iqc', 'purchasing', 'finance', 'customer_service', ...management, 'general_manager'];
const returnKinds = ['return_batch', 'return_quote', 'return_inspection', 'return_procedure', 'return_plan', 'supplier_repair', 'return_scrap', 'return_stats'] as const;
/** Contracts and systems: those who sell them and those who look after them. */
const projectPapers = ['maintenance_contract', 'completion_documents', 'user_training', 'expiry_notice', 'free_expiry', 'handover', 'service_task', 'inspection', 'optimisation_report', 'service_manual', 'change_record', 'backup_entry'] as const;

/** Rows of the matrix, by the papers they are about. @rule O-030 — who reads which paper */
const matrix: Readonly<Record<string, readonly Role[]>> = {
	call: [...desk, ...managers, 'group_leader'],
	dispatch: [...management, 'service_director', 'group_leader'],
	voucher: visits,
	visit: visits,
	charge: [...visits, 'sales', 'general_manager'],
	quotation: [...management, 'accountant', 'sales', 'general_manager'],
	take_in: repairs,
	repair_card: repairs,
	goods_receipt: repairs,
	goods_register: repairs,
	rma: mailIn,
	repair_number: mailIn,
	fee_notice: mailIn,
	remittance_slip: mailIn,
	...Object.fromEntries(returnKinds.map((kind) => [kind, workshop])),
	daily_report: [...management, 'service_director'],
	penalty_proposal: [...managers, 'accountant', 'gm_office', 'group_leader'],
	...Object.fromEntries(projectPapers.map((kind) => [kind, [...managers, 'group_leader', 'as_engineer', 'sales_director', 'sales'] as const])),
	account_entry: [...managers, 'group_leader', 'as_engineer'],
	award: [...managers, 'accountant', 'hr', 'sales_director', 'mgmt_committee'],
	award_change: [...managers, 'accountant', 'hr'],
	...Object.fromEntries(outletPapers.map((kind) => [kind, outletOffice])),
	usage_line: parts,
	old_part: parts,
	reconciliation: parts,
	opening_stock: stock,
	goods_in: stock,
	goods_issue: stock,
	stock_card: stock,
	stock_lot: stock,
	stock_move: stock,
	stock_count: adjustments,
	stock_adjustment: adjustments,
	scrap_list: adjustments,
	warehouse_check: adjustments,
	stock_problem: adjustments,
};

/** Service and quality complaints are two rows of the matrix and one kind of paper. @rule O-030 */
export const complaintReaders: Readonly<Record<string, readonly Role[]>> = {
	service: [...desk, ...managers, 'gm_office', 'sales', 'qa', 'group_leader', 'deputy_gm', 'company_manager'],
	quality: ['accountant', 'gm_office', 'sales', 'qa', 'production', 'general_manager', 'deputy_gm', 'company_manager'],
};

/** Whose paper it is. `personal`: about the person named, whatever his role; otherwise the own work of technicians and outlets. */
export type Own = { readonly columns: readonly string[]; readonly personal?: true; /** An outlet is named, by the person's code or unit. */ readonly byOutlet?: true };

const own: Readonly<Record<string, Own>> = {
	call: { columns: ['technician', 'createdBy'] },
	dispatch: { columns: ['technician'] },
	voucher: { columns: ['holder'] },
	visit: { columns: ['technician'] },
	charge: { columns: ['technician'] },
	daily_report: { columns: ['technician'] },
	expense_claim: { columns: ['technician'] },
	attachment: { columns: ['createdBy'] },
	service_task: { columns: ['owner'] },
	work_log: { columns: ['person'] },
	follow_up: { columns: ['holder'] },
	visit_plan: { columns: ['technician'] },
	...Object.fromEntries(ofOutlet.map((kind) => [kind, { columns: ['outlet'], byOutlet: true as const }])),
	penalty_proposal: { columns: ['person'], personal: true },
	appraisal: { columns: ['person'], personal: true },
	award: { columns: ['person', 'nominator'], personal: true },
	attendance_exception: { columns: ['person'], personal: true },
};

/** Roles that read papers of their own only, where papers have an owner. */
export const outside: readonly Role[] = ['technician', 'outlet'];

export const ownOf = (kind: string): Own | null => own[kind] ?? null;

/** Roles that read every paper of a kind: those of the matrix, else managers; and those who work on it. */
export function readersOf({ kind, events }: DocumentDeclaration, settings: Settings): readonly Role[] {
	const workers = Object.values(events).flatMap(({ by }) => (by === 'consequence' ? [] : by.map((each) => (typeof each === 'string' ? each : (settings[each.setting] as Role)))));
	// What many may propose about a person is not read by all of them.
	if (own[kind]?.personal === true && matrix[kind] !== undefined) return matrix[kind];
	const readers = [...(matrix[kind] ?? managers), ...workers];
	return kind in own ? readers.filter((role) => !outside.includes(role)) : readers;
}
