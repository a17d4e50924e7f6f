import { defineDocument, fire, save, type Change, type DocumentOf, type Notice, type RowOfRecord } from '../document/document';
import { find, findAll, type Given } from '../document/facts';
import { day, flag, instant, integer, optional, optionalOf, ref, text, type RowOf } from '../document/fields';
import { outlet } from '../master/records';
import type { Role } from '../organisation';
import { yuan } from '../shared/money';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, endOfDay, localLimit } from '../shared/zonedTime';
import { lacks } from './outletConditions';

const application = {
	code: text({ en: 'Outlet Code', zh: '网点编码' }, { compact: true, help: '还没有编码时由售后部给定，例如 W03' }),
	name: text({ en: 'Name', zh: '网点名称' }),
	region: text({ en: 'Region', zh: '区域' }),
	address: text({ en: 'Address', zh: '地址' }),
	contact: text({ en: 'Contact', zh: '负责人' }),
	phone: text({ en: 'Phone', zh: '电话' }, { compact: true }),
	mail: text({ en: 'Mail', zh: '邮箱' }, { compact: true, help: '接收对帐单和通知' }),
	bank: optional(text({ en: 'Bank Account', zh: '银行账户' })),
};

/** The five conditions, as seen on the spot. */
const checklist = {
	visitedOn: day({ en: 'Visited On', zh: '考察日期' }),
	licence: flag({ en: 'Licence And Papers', zh: '营业执照、税务登记证等证件齐全' }),
	premises: flag({ en: 'Premises And Tools', zh: '地点、办公维修场地、配件仓库、水电、工具齐备' }),
	technicians: integer({ en: 'Trained Technicians', zh: '受训的常驻安装维修人员(人)' }, { min: 0 }),
	clerks: flag({ en: 'Clerk And Storekeeper', zh: '有信访员和仓管员' }),
	equipment: flag({ en: 'Equipment', zh: '电话、传真、电脑、宽带、打印机、服务车辆齐备' }),
	accepts: flag({ en: 'Rules Accepted', zh: '管理制度健全、人员稳定、接受本制度' }),
	opinion: text({ en: 'Opinion', zh: '考察意见' }, { long: true }),
};

const agreement = { agreementNo: text({ en: 'Agreement No', zh: '协议号' }, { compact: true }), signedOn: day({ en: 'Signed On', zh: '签订日期' }) };

const draft = defineDocument({
	kind: 'outlet_setup',
	form: 'M-043',
	label: { en: 'Outlet set-up application', zh: '服务网点建立申请表' },
	number: { prefix: 'WD', period: 'year', digits: 4 },
	title: ['code', 'name'],
	fields: {
		...application,
		...optionalOf(checklist),
		checkedBy: optional(ref('person', { en: 'Checked by', zh: '审查人' })),
		approvedBy: optional(ref('person', { en: 'Approved by', zh: '批准人' })),
		...optionalOf(agreement),
		depositRemindAt: optional(instant({ en: 'Deposit reminder', zh: '押金提醒' }, { internal: true })),
		depositDueAt: optional(instant({ en: 'Deposit due', zh: '押金期限' })),
		reason: optional(text({ en: 'Reason', zh: '原因' })),
	},
	states: { Applied: '已申请', Visited: '已考察', Checked: '区域经理审查', Approved: '公司审批', Agreed: '已签协议', Active: '有效', Refused: '不予建立' },
	indexes: [['code']],
});
export type OutletSetup = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;

type WithSite = Given & { site: RowOfRecord<typeof outlet> | null };

/** @rule P-002 — an outlet applies; a code is given once */
function apply(_paper: unknown, input: RowOf<typeof application>, { site, setups }: WithSite & { setups: readonly OutletSetup[] }): Change<Shape> {
	if (site !== null) throw new RuleViolation('ALREADY_EXISTS', `网点编码“${input.code}”已由“${site.name}”使用${site.active ? '' : '过'}`, '请换一个编码；往来帐户跟着编码，不能重复使用', 'P-002');
	const running = setups.find(({ code, state }) => code === input.code && state !== 'Refused');
	if (running !== undefined) throw new RuleViolation('ALREADY_EXISTS', `网点编码“${input.code}”已有申请 ${running.no}`, '请继续办理该申请，或换一个编码', 'P-002');
	return { set: input };
}

/** What the regional manager saw on the spot. @rule P-002 — somebody goes and looks before anything is decided */
function visit(_paper: unknown, input: RowOf<typeof checklist>, { today }: Given): Change<Shape> {
	if (input.visitedOn > today) throw new RuleViolation('FIELD_INVALID', `考察日期 ${input.visitedOn} 在将来`, '请填写实际考察日期', 'P-002');
	return { set: input };
}

/** Who has to act next hears of it, each time the paper comes to him. @rule P-002 */
const awaiting = ({ no, code, name, region, opinion, version }: OutletSetup, role: Role, subject: string, by: string): Notice => ({ key: `outlet_setup.${role}:${no}:${version}`, to: { role }, subject, rule: 'P-002', body: [['申请表', no], ['网点', `${code} ${name}`], ['区域', region], ['考察意见', opinion ?? ''], ['经办人', by]] });

/** @rule P-001 @rule P-002 — only an outlet that meets all conditions is put before the company */
function check(paper: OutletSetup, _input: unknown, { actor, settings }: Given): Change<Shape> {
	const missing = lacks(paper, settings);
	if (missing.length > 0) throw new RuleViolation('CONDITION_NOT_MET', `${paper.no} 还不具备条件：${missing.join('；')}`, '补齐后重新考察登记，再提交审查', 'P-001');
	return { set: { checkedBy: actor.code }, notices: [awaiting(paper, 'general_manager', `请审批建立网点 ${paper.code} ${paper.name}`, actor.name)] };
}

/** @rule O-007 — who checked does not approve */
function approve(paper: OutletSetup, _input: unknown, { actor }: Given): Change<Shape> {
	if (paper.checkedBy === actor.code) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${actor.code} 审查，不能自己批准`, '请由公司其他有权人员批准', 'O-007');
	return { set: { approvedBy: actor.code }, notices: [awaiting(paper, 'after_sales', `已批准建立网点 ${paper.code} ${paper.name}，请签订协议`, actor.name)] };
}

/**
 * The agreement is signed: the outlet is on file and its deposit is due.
 * @rule P-002 — nobody is active without an agreement
 * @rule P-010 — `parts.deposit_days` to pay
 */
function sign(paper: OutletSetup, input: RowOf<typeof agreement>, { today, settings, calendar }: Given): Change<Shape> {
	if (input.signedOn > today) throw new RuleViolation('FIELD_INVALID', `签订日期 ${input.signedOn} 在将来`, '请填写实际签订日期', 'P-002');
	const at = (days: number) => endOfDay(addDays(input.signedOn, days), calendar.zone);
	const { code, name, region, mail, contact, address, phone, bank } = paper;
	return {
		set: { ...input, depositRemindAt: at(settings['parts.deposit_remind_day'] - 1), depositDueAt: at(settings['parts.deposit_days']) },
		then: [save(outlet, code, { name, region, mail, contact, address, phone, bank, agreementNo: input.agreementNo, agreementDay: input.signedOn, active: false })],
	};
}

const about = ({ no, code, name, signedOn, depositDueAt }: OutletSetup, least: number, zone: string): Notice['body'] => [['申请表', no], ['网点', `${code} ${name}`], ['签订日期', signedOn ?? ''], ['应缴押金', `不少于 ${yuan(least)} 元`], ['期限', depositDueAt === null ? '' : localLimit(depositDueAt, zone)]];

/** @rule P-010 — reminder before the limit */
const remindDeposit = (paper: OutletSetup, _input: unknown, { settings, calendar }: Given): Change<Shape> => ({
	notices: [{ key: `outlet_setup.deposit:${paper.no}`, to: { mail: paper.mail }, subject: `请按期缴纳配件押金 ${paper.name}`, rule: 'P-010', body: about(paper, settings['parts.deposit_min'], calendar.zone) }],
});

/** @rule P-010 — the regional manager hears of a deposit that is overdue; until it is there nothing is issued */
const missDeposit = (paper: OutletSetup, _input: unknown, { settings, calendar }: Given): Change<Shape> => ({
	notices: [{ key: `outlet_setup.overdue:${paper.no}`, to: { role: 'regional_manager' }, subject: `配件押金逾期未缴 ${paper.code} ${paper.name}`, rule: 'P-010', body: about(paper, settings['parts.deposit_min'], calendar.zone) }],
});

/** Deposit there: parts may be issued. @rule P-010 */
const activate = (paper: OutletSetup): Change<Shape> => ({ then: [save(outlet, paper.code, { active: true })] });

const regional = ['regional_manager'] as const;

export const outletSetup = draft.events(
	{
		apply: draft.event({ label: { en: 'Apply', zh: '申请建立网点' }, from: ['new'], to: ['Applied'], by: ['outlet', 'after_sales', ...regional, 'system'], input: application, takeTurns: ({ code }) => [code], facts: (input) => ({ site: find(outlet, 'no', input.code), setups: findAll(draft.shape, 'code', input.code) }) }).decidedBy(apply),
		visit: draft.event({ label: { en: 'Record the visit', zh: '登记考察' }, from: ['Applied', 'Visited'], to: ['Visited'], by: regional, input: checklist }).decidedBy(visit),
		check: draft.event({ label: { en: 'Check', zh: '区域经理审查' }, from: ['Visited'], to: ['Checked'], by: regional, input: {} }).decidedBy(check),
		approve: draft.event({ label: { en: 'Approve', zh: '公司审批' }, from: ['Checked'], to: ['Approved'], by: ['general_manager', 'deputy_gm'], input: {} }).decidedBy(approve),
		sign: draft.event({ label: { en: 'Sign the agreement', zh: '签订协议' }, from: ['Approved'], to: ['Agreed'], by: ['after_sales', 'after_sales_manager', ...regional], input: agreement }).decidedBy(sign),
		activate: draft.event({ label: { en: 'Activate', zh: '押金到位' }, from: ['Agreed'], to: ['Active'], by: 'consequence', input: {} }).decidedBy(activate),
		remindDeposit: draft.event({ label: { en: 'Deposit reminder', zh: '提醒缴押金' }, from: ['Agreed'], to: ['Agreed'], by: ['system'], input: {} }).decidedBy(remindDeposit),
		missDeposit: draft.event({ label: { en: 'Deposit overdue', zh: '押金逾期' }, from: ['Agreed'], to: ['Agreed'], by: ['system'], input: {} }).decidedBy(missDeposit),
		refuse: draft
			.event({ label: { en: 'Refuse', zh: '不予建立' }, from: ['Applied', 'Visited', 'Checked', 'Approved', 'Agreed'], to: ['Refused'], by: [...regional, 'after_sales_manager', 'general_manager', 'deputy_gm'], input: { reason: text({ en: 'Reason', zh: '原因' }) } })
			.decidedBy((_paper, { reason }) => ({ set: { reason } })),
	},
	{
		remind: { label: { en: 'Deposit reminder', zh: '押金提醒' }, during: ['Agreed'], due: (paper) => paper.depositRemindAt, fires: 'remindDeposit' },
		deposit: { label: { en: 'Deposit due', zh: '押金期限' }, during: ['Agreed'], due: (paper) => paper.depositDueAt, fires: 'missDeposit' },
	},
);

/** What a paid deposit sets in motion: the application waiting for it. @rule P-010 — less than `parts.deposit_min` does not */
export const activations = (setups: readonly OutletSetup[], deposit: number, least: number) =>
	deposit < least ? [] : setups.filter(({ state }) => state === 'Agreed').map(({ no }) => fire(outletSetup, 'activate', no, {}));
