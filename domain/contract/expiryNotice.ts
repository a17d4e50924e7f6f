import { defineDocument, save, type Change, type DocumentOf } from '../document/document';
import { find, type Given } from '../document/facts';
import { day, instant, lines, optional, ref, text, type Day } from '../document/fields';
import { contract, customer, person } from '../master/records';
import { RuleViolation } from '../shared/ruleViolation';
import { addDays, addMonths, startOfDay } from '../shared/zonedTime';
import type { Settings } from '../settings';
import type { Contract } from './phase';

const draft = defineDocument({
	kind: 'expiry_notice',
	form: 'M-012',
	label: { en: 'Maintenance expiry notice', zh: '保养到期通知书' },
	// One a contract; again when its end was moved.
	number: ({ contract: no }) => `DQ-${String(no)}`,
	title: ['contract', 'customer', 'endDay'],
	fields: {
		contract: ref('contract', { en: 'Contract no', zh: '合同号' }),
		customer: ref('customer', { en: 'Customer', zh: '客户' }),
		endDay: day({ en: 'Ends', zh: '到期日' }),
		sentDay: day({ en: 'Sent', zh: '寄出日期' }),
		sentBy: ref('person', { en: 'Sent by', zh: '寄出人' }),
		follower: ref('person', { en: 'Visiting person', zh: '洽谈人' }),
		contacts: lines({ day: day({ en: 'Day', zh: '日期' }), person: text({ en: 'With', zh: '联系人' }), note: text({ en: 'What was said', zh: '洽谈情况' }) }, { en: 'Follow-up', zh: '跟进记录' }),
		result: optional(text({ en: 'Result', zh: '结果' })),
		renewedAs: optional(ref('contract', { en: 'New contract', zh: '新合同号' })),
		remindAt: instant({ en: 'Reminder', zh: '提醒时间' }),
	},
	states: { Sent: '已寄出', FollowedUp: '跟进', Renewed: '续约', NewScope: '新服务项目', Lost: '未续' },
	indexes: [['customer'], ['state'], ['follower']],
});

export type ExpiryNotice = DocumentOf<typeof draft.shape>;
type Shape = typeof draft.shape;
type Client = { readonly name: string; readonly mail: string | null };

/** The day the customer is to be told on. @rule C-040 — the same day `contract.renewal_notice_months` before, or that month's last */
export const noticeDay = (endDay: Day, settings: Settings): Day => addMonths(endDay, -settings['contract.renewal_notice_months']);

/** The letter goes to the customer, and somebody is sent to talk. @rule C-040 */
function send(paper: Partial<ExpiryNotice>, input: { contract: string; follower: string }, { ending, client, worker, actor, today, settings, calendar, no }: Given & { ending: Contract | null; client: Client | null; worker: { active: boolean } | null }): Change<Shape> {
	if (ending === null) throw new RuleViolation('NOT_FOUND', `没有合同号“${input.contract}”`, '请核对合同号', 'C-040');
	if (paper.endDay === ending.endDay) throw new RuleViolation('ALREADY_EXISTS', `合同 ${ending.no} 到 ${ending.endDay} 的到期通知书已经寄出`, '请继续跟进；合同延期后再寄', 'C-040');
	if (today < noticeDay(ending.endDay, settings)) throw new RuleViolation('CONDITION_NOT_MET', `合同 ${ending.no} 到 ${ending.endDay} 才到期`, `${noticeDay(ending.endDay, settings)} 起寄通知`, 'C-040');
	if (worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${input.follower}”的在职人员`, '请核对洽谈人', 'C-040');
	const body = [['合同号', ending.no], ['客户', client?.name ?? ending.customer], ['到期日', ending.endDay], ['洽谈人', input.follower]] as const;
	return {
		set: { contract: ending.no, customer: ending.customer, endDay: ending.endDay, sentDay: today, sentBy: actor.code, follower: input.follower, contacts: paper.contacts ?? [], result: null, renewedAs: null, remindAt: startOfDay(addDays(ending.endDay > today ? ending.endDay : today, 7), calendar.zone) },
		notices: [
			client?.mail == null
				? { key: `expiry_notice.post:${no}:${ending.endDay}`, to: { person: actor.code }, subject: `请邮寄保养到期通知书 ${no}`, rule: 'C-040', body: [...body, '客户没有邮箱，请打印（M-012）后寄出。'] }
				: { key: `expiry_notice.letter:${no}:${ending.endDay}`, to: { mail: client.mail }, subject: `保养到期通知书（合同 ${ending.no}）`, rule: 'C-040', body: [`${client.name}：`, `贵方的保养合同 ${ending.no} ${today > ending.endDay ? '已' : '将'}于 ${ending.endDay} 到期。为使设备继续得到保养，我们将派人与您洽谈续约。`] },
			{ key: `expiry_notice.visit:${no}:${ending.endDay}`, to: { person: input.follower }, subject: `请洽谈续约 ${ending.no}`, rule: 'C-040', body },
		],
	};
}

type Contact = { day: Day; person: string; note: string };

/** @rule C-042 — when, with whom and what was said, by who follows up */
function follow(paper: ExpiryNotice, input: Contact, given: Given): Change<Shape> {
	checkFollower(paper, given);
	if (input.day > given.today) throw new RuleViolation('CONDITION_NOT_MET', `日期 ${input.day} 在将来`, '请核对日期', 'C-042');
	return { set: { contacts: [...paper.contacts, input] } };
}

function checkFollower(paper: ExpiryNotice, { actor }: Given): void {
	if (paper.follower !== actor.code && !actor.roles.some((role) => heads.includes(role as (typeof heads)[number]))) throw new RuleViolation('NOT_ALLOWED', `${paper.no} 由 ${paper.follower} 跟进，不是 ${actor.code}`, '请由洽谈人登记，或由负责人改派', 'C-042');
}

/** @rule C-042 @rule C-001 — the new contract is linked to the old */
function renew(paper: ExpiryNotice, { renewedAs, result }: { renewedAs: string; result: string | null }, { next, ...given }: Given & { next: Contract | null }): Change<Shape> {
	checkFollower(paper, given);
	if (next === null || next.no === paper.contract || next.customer !== paper.customer) throw new RuleViolation('NOT_FOUND', `“${renewedAs}”不是客户 ${paper.customer} 的新合同`, '请先登记新合同', 'C-042');
	if (next.endDay <= paper.endDay) throw new RuleViolation('CONDITION_NOT_MET', `合同 ${next.no} 到 ${next.endDay}，不晚于原合同的 ${paper.endDay}`, '续约的合同应晚于原合同到期；补加合同请登记“新服务项目”', 'C-042');
	return { set: { renewedAs, result }, then: [save(contract, next.no, { previous: paper.contract })] };
}

/** @rule C-042 — the contract has ended and nothing is decided: every week */
const remind = (paper: ExpiryNotice, _input: unknown, { today, calendar }: Given): Change<Shape> => ({
	set: { remindAt: startOfDay(addDays(today, 7), calendar.zone) },
	to: paper.state === 'Sent' ? 'Sent' : 'FollowedUp',
	notices: [{ key: `expiry_notice.pending:${paper.no}:${today}`, to: { person: paper.follower }, subject: `合同已到期，续约未定 ${paper.contract}`, rule: 'C-042', body: [['客户', paper.customer], ['到期日', paper.endDay], '请登记跟进结果。'] }],
});

const heads = ['service_director', 'after_sales_manager', 'dept_manager', 'sales_director'] as const;
const staff = ['technician', 'after_sales', 'sales', ...heads] as const;
const renewal = { renewedAs: ref('contract', { en: 'New Contract', zh: '新合同号' }), result: optional(text({ en: 'Remark', zh: '说明' })) };
const going = ['Sent', 'FollowedUp'] as const;

export const expiryNotice = draft.events(
	{
		send: draft
			.event({
				label: { en: 'Send', zh: '寄到期通知书' },
				from: ['new', 'Sent', 'FollowedUp', 'Renewed', 'NewScope', 'Lost'],
				to: ['Sent'],
				by: ['after_sales', 'service_director', 'after_sales_manager', 'dept_manager'],
				input: { contract: ref('contract', { en: 'Contract No', zh: '合同号' }), follower: ref('person', { en: 'Visiting Person', zh: '洽谈人' }) },
				facts: (input) => ({ ending: find(contract, 'no', input.contract), worker: find(person, 'no', input.follower) }),
				moreFacts: (_input, { ending }) => ({ client: find(customer, 'no', ending?.customer ?? null) }),
			})
			.decidedBy(send),
		follow: draft
			.event({ label: { en: 'Follow up', zh: '登记续约跟进' }, from: going, to: ['FollowedUp'], by: staff, input: { day: day({ en: 'Day', zh: '日期' }), person: text({ en: 'With', zh: '联系人' }), note: text({ en: 'What Was Said', zh: '洽谈情况' }, { long: true }) } })
			.decidedBy(follow),
		assign: draft
			.event({ label: { en: 'Hand over', zh: '改派洽谈人' }, from: going, to: ['FollowedUp'], by: heads, input: { follower: ref('person', { en: 'Visiting Person', zh: '洽谈人' }) }, facts: (input) => ({ worker: find(person, 'no', input.follower) }) })
			.decidedBy((paper, { follower }, { worker, now }) => {
				if (worker?.active !== true) throw new RuleViolation('NOT_FOUND', `没有工号为“${follower}”的在职人员`, '请核对洽谈人', 'C-042');
				return { set: { follower }, notices: [{ key: `expiry_notice.assign:${paper.no}:${now}`, to: { person: follower }, subject: `请洽谈续约 ${paper.contract}`, rule: 'C-042', body: [['客户', paper.customer], ['到期日', paper.endDay]] }] };
			}),
		renew: draft.event({ label: { en: 'Renewed', zh: '登记续约' }, from: going, to: ['Renewed'], by: staff, input: renewal, facts: (input) => ({ next: find(contract, 'no', input.renewedAs) }) }).decidedBy(renew),
		widen: draft.event({ label: { en: 'New scope', zh: '登记新服务项目' }, from: going, to: ['NewScope'], by: staff, input: renewal, facts: (input) => ({ next: find(contract, 'no', input.renewedAs) }) }).decidedBy(renew),
		lose: draft.event({ label: { en: 'Lost', zh: '登记未续' }, from: going, to: ['Lost'], by: staff, input: { reason: text({ en: 'Reason', zh: '未续原因' }) } }).decidedBy((paper, { reason }, given) => {
			checkFollower(paper, given);
			return { set: { result: reason }, notices: [{ key: `expiry_notice.lost:${paper.no}:${paper.endDay}`, to: { role: 'after_sales_manager' }, subject: `合同未续 ${paper.contract}`, rule: 'C-042', body: [['客户', paper.customer], ['原因', reason]] }] };
		}),
		remind: draft.event({ label: { en: 'Undecided', zh: '续约未定' }, from: going, to: going, by: ['system'], input: {} }).decidedBy(remind),
	},
	{ pending: { label: { en: 'Reminder', zh: '续约提醒' }, during: going, due: ({ remindAt }) => remindAt, fires: 'remind' } },
);
