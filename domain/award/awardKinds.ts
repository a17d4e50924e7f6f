import type { Role } from '../organisation';

export const awardNames = {
	team: '优秀团队',
	employee: '优秀员工奖',
	special: '特别贡献奖',
	saving: '节约成本奖',
	recommendation: '内部推荐奖',
	engineer: '最佳工程师',
	learning: '最佳学习进步',
	best: '最佳员工',
	optimisation: '优化措施嘉奖',
	other: '其他奖励',
} as const;

export type AwardKind = keyof typeof awardNames;

export type AwardTerms = {
	/** The rule of the rulebook that it comes from. */
	readonly rule: string;
	/** What its period is; an award on an event belongs to the month of the event. */
	readonly cycle: 'year' | 'month' | 'event';
	/** Fen, as first signed by the general manager; null is open. */
	readonly min: number;
	readonly max: number | null;
	readonly to: 'person' | 'unit' | 'either';
	/** Who may propose others. */
	readonly proposers: readonly Role[];
	/** Whether one may propose oneself. */
	readonly self: boolean;
	/** Who looks first; nobody where the approver decides at once. */
	readonly review: readonly Role[];
	readonly finance: boolean;
	readonly approve: readonly Role[];
	readonly paid: 'nextMonth' | 'yearEnd' | 'approval';
};

const managers: readonly Role[] = ['after_sales_manager', 'dept_manager'];
const heads: readonly Role[] = [...managers, 'service_director'];
const leaders: readonly Role[] = ['group_leader', 'service_director'];
const gm: readonly Role[] = ['general_manager'];
/** The manager decides; for one he proposed himself the general manager does. */
const manager: readonly Role[] = [...managers, ...gm];
const yuan = (from: number, to: number) => ({ min: from * 100, max: to * 100 });

/**
 * The scheme: cycle, range, who proposes whom, which way it goes and when it is paid.
 * @rule A-001 — team of the year @rule A-002 — employee of the year @rule A-003 — special contribution, open to all
 * @rule A-005 — cost saving, by the after-sales department @rule A-006 — recommendation, by the after-sales manager
 * @rule A-007 — best engineer @rule A-008 — learning progress, finance checks both @rule A-009 — best employee of the month
 * @rule A-010 — optimisation effect: sales director, then management committee @rule A-019 — any other good work, with its reason
 */
export const awardTerms: Readonly<Record<AwardKind, AwardTerms>> = {
	team: { rule: 'A-001', cycle: 'year', ...yuan(3000, 5000), to: 'unit', proposers: leaders, self: false, review: managers, finance: false, approve: gm, paid: 'yearEnd' },
	employee: { rule: 'A-002', cycle: 'year', ...yuan(1000, 3000), to: 'person', proposers: [...heads, 'group_leader'], self: false, review: managers, finance: false, approve: gm, paid: 'yearEnd' },
	special: { rule: 'A-003', cycle: 'year', ...yuan(1000, 3000), to: 'person', proposers: heads, self: true, review: managers, finance: false, approve: gm, paid: 'yearEnd' },
	saving: { rule: 'A-005', cycle: 'month', ...yuan(50, 500), to: 'person', proposers: heads, self: true, review: [], finance: false, approve: manager, paid: 'nextMonth' },
	recommendation: { rule: 'A-006', cycle: 'month', ...yuan(200, 1000), to: 'person', proposers: heads, self: true, review: [], finance: false, approve: manager, paid: 'nextMonth' },
	engineer: { rule: 'A-007', cycle: 'month', ...yuan(200, 1000), to: 'person', proposers: leaders, self: false, review: managers, finance: true, approve: gm, paid: 'nextMonth' },
	learning: { rule: 'A-008', cycle: 'month', ...yuan(100, 500), to: 'person', proposers: [...heads, 'group_leader'], self: true, review: managers, finance: true, approve: gm, paid: 'nextMonth' },
	best: { rule: 'A-009', cycle: 'month', ...yuan(100, 500), to: 'person', proposers: leaders, self: false, review: managers, finance: false, approve: gm, paid: 'nextMonth' },
	optimisation: { rule: 'A-010', cycle: 'event', min: 0, max: null, to: 'unit', proposers: ['group_leader'], self: false, review: ['sales_director'], finance: false, approve: ['mgmt_committee'], paid: 'approval' },
	other: { rule: 'A-019', cycle: 'event', min: 0, max: null, to: 'either', proposers: [...heads, 'group_leader'], self: false, review: managers, finance: false, approve: gm, paid: 'nextMonth' },
};

/** What a special contribution is given for, one of five. @rule A-003 */
export const contributions = {
	result: '工作成绩突出',
	reputation: '有特殊贡献或为公司赢得声誉',
	innovation: '创新建议被采纳，增加业务、节约或提高效率',
	prevention: '防止或减少损失',
	emergency: '突发事件处理得当',
} as const;
