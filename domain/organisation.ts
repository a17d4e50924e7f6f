/** The roles the rules speak of and the word people use for them. @rule O-001 — who may do what is asked by role, not by name */
export const roles = {
	receptionist: '业务员（接待）',
	service_director: '服务主任',
	dept_manager: '部门经理',
	technician: '技术员',
	accountant: '会计员',
	customer_service: '客服部',
	follow_up: '回访员',
	group_leader: '售后服务组长',
	sales_director: '销售总监',
	mgmt_committee: '管理委员会',
	as_engineer: '售后工程师',
	operator: '话务员',
	after_sales: '售后部',
	after_sales_manager: '售后经理',
	service_manager: '售后服务经理',
	qa: '品管部',
	storekeeper: '仓管员',
	material_clerk: '物料员',
	service_assistant: '客服助理',
	logistics_clerk: '物流员',
	gm_office: '总经理室生产管理组',
	sales: '业务部门',
	deputy_gm: '副总经理',
	company_manager: '公司经理',
	general_manager: '总经理',
	outlet: '服务网点',
	regional_manager: '区域经理',
	branch_manager: '分公司经理',
	service_dept: '服务部',
	production: '生产部',
	hr: '人事单位',
	finance: '财务部',
	/** A flow that acts by itself: schedules, imports. */
	system: '系统',
} as const;

export type Role = keyof typeof roles;

export const isRole = (value: string): value is Role => Object.hasOwn(roles, value);

/** Reads a person's role list; codes and Chinese names are both accepted. Unknown words are ignored here and refused at entry. */
export function readRoles(list: string): Role[] {
	const words = list.split(/[,，、;；\s]+/).filter((word) => word !== '');
	return words.flatMap((word) => roleOf(word) ?? []);
}

/** @returns null when the word names no role */
export const roleOf = (word: string): Role | null =>
	isRole(word) ? word : ((Object.keys(roles) as Role[]).find((role) => roles[role] === word) ?? null);

export const hasRole = (list: string, role: Role): boolean => readRoles(list).includes(role);
