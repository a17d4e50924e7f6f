import { randomUUID } from 'node:crypto';
import { RuleViolation } from '../domain/shared/ruleViolation';
import { localLimit, localTime } from '../domain/shared/zonedTime';
import type { Call } from '../domain/service/call';
import type { RepairCard } from '../domain/repair/repairCard';
import type { Rma } from '../domain/repair/rmaPaper';
import { apply, SYSTEM } from './engine';
import type { Store, Transaction } from './store';

/** What a customer may know of his job: no names, addresses or phone numbers. */
export type CustomerStatus = {
	readonly no: string;
	readonly state: string;
	readonly steps: readonly { readonly label: string; readonly at: string | null }[];
	/** The work is reported and waits for the customer's word. */
	readonly canConfirm: boolean;
};

type Asked = { readonly now: string; readonly zone: string };
/** Wrong digits for one number in an hour. */
const MAX_TRIES = 10;
/** Longer than any number of ours. */
const MAX_NUMBER = 30;

const states: Readonly<Record<string, string>> = { WithDispatcher: '已受理，正在安排技术员', Assigned: '已安排技术员', Escalated: '正在请专家协助', InRepair: '商品带回修护中', AwaitCancel: '服务已完成', Closed: '已完成', Void: '已取消' };
const repairStates: Readonly<Record<string, string>> = { InHouse: '商品已收到，等待修护', UnderRepair: '修护中', ToInspect: '已修妥，检验中', ReadyToReturn: '检验合格，即将送还', Returned: '已送还' };

const mailInStates: Partial<Record<Rma['state'], string>> = { Approved: '已受理，等待收到设备', Received: '设备已收到，等待检测', AwaitConfirm: '费用通知已发出，等待您确认', AwaitPayment: '等待费用到账', Repairing: '维修中', ReadyToShip: '已修妥，等待寄出', ReturnUnrepaired: '未修，等待寄回', Shipped: '已寄出', NotArrived: '已寄出，正在向快递公司查询', Closed: '已完成', Cancelled: '已取消' };

/**
 * The state of a mail-in repair by its repair number alone, without anything of the person, the device or the money; null when there is none.
 * @rule R-106 @rule R-117
 */
async function mailInStatus(store: Store, number: string, zone: string): Promise<CustomerStatus | null> {
	const [paper] = (await store.load('rma', 'repairNo', [number])) as unknown as Rma[];
	if (paper === undefined) return null;
	const at = (instant: string | null) => (instant === null ? null : localTime(instant, zone));
	const fee = paper.feeNoticedAt === null ? [] : [{ label: '费用通知', at: at(paper.feeNoticedAt) }, { label: '费用到账', at: at(paper.paidAt) }];
	const due = paper.finishedAt === null && paper.dueAt !== null ? [{ label: '维修期限', at: localLimit(paper.dueAt, zone) }] : [];
	return {
		no: number,
		state: mailInStates[paper.state] ?? '',
		steps: [{ label: '给维修编号', at: at(paper.repliedAt) }, { label: '收到设备', at: paper.receivedDay }, ...fee, ...due, { label: '修妥', at: at(paper.finishedAt) }, { label: '寄出', at: at(paper.shippedAt) }],
		canConfirm: false,
	};
}

/**
 * The state of a call or a repair by its number and the last four digits of the caller's phone.
 * Wrong number and wrong digits get the same answer, so that neither can be guessed apart. A mail-in repair is asked for by its repair number alone.
 * @throws RuleViolation NOT_FOUND, NOT_ALLOWED after too many wrong tries
 */
export async function customerStatus(store: Store, number: string, digits: string, { now, zone }: Asked): Promise<CustomerStatus> {
	const no = number.normalize('NFKC').trim().toUpperCase().replace(/^XH-/, '').slice(0, MAX_NUMBER);
	const mailIn = await mailInStatus(store, no, zone);
	if (mailIn !== null) return mailIn;
	const call = await store.transaction((transaction) => tryDigits(transaction, no, digits, now));
	if (call === null) throw new RuleViolation('NOT_FOUND', '没有找到这个编号，或电话后四位不符', '请核对报修编号（例如 BX202506-0001）和报修时留的电话后四位；邮寄维修请核对维修编号（例如 RMA202506-0001）');
	const [card] = (await store.load('repair_card', 'call', [no])) as unknown as RepairCard[];
	return { no, state: stateOf(call, card), steps: stepsOf(call, card, zone), canConfirm: ['AwaitCancel', 'Closed'].includes(call.state) && call.solvedAt === null };
}

/** The call if the digits are right; null, and the try kept, if not. Customers take turns, so that tries sent together are counted too; a try that is refused is not counted, and the hour ends. */
async function tryDigits(transaction: Transaction, no: string, digits: string, now: string): Promise<Call | null> {
	await transaction.drawNumbers('customer-status', '', 1);
	const hourAgo = new Date(Date.parse(now) - 3_600_000).toISOString();
	const tries = await transaction.list('denial', { columns: ['id'], where: [{ column: 'at', is: '>', value: hourAgo }, { column: 'event', is: '=', value: 'status' }, { column: 'no', is: '=', value: no }], limit: MAX_TRIES });
	if (tries.length >= MAX_TRIES) throw new RuleViolation('NOT_ALLOWED', `编号 ${no} 查询失败次数过多`, '请一小时后再试，或致电售后服务');
	const [call] = (await transaction.load('call', 'no', [no])) as unknown as Call[];
	const tail = digits.normalize('NFKC').replace(/\D/g, '');
	if (call !== undefined && tail.length === 4 && call.phone.replace(/\D/g, '').endsWith(tail)) return call;
	await transaction.insert('denial', [{ id: randomUUID(), at: now, actor: 'customer', kind: 'call', no, event: 'status', reason: '编号或电话后四位不符' }]);
	return null;
}

const stateOf = (call: Call, card: RepairCard | undefined): string => (call.state === 'InRepair' && card !== undefined ? (repairStates[card.state] ?? '') : (states[call.state] ?? ''));

function stepsOf(call: Call, card: RepairCard | undefined, zone: string): CustomerStatus['steps'] {
	const at = (instant: string | null | undefined) => (instant === null || instant === undefined ? null : localTime(instant, zone));
	return [
		{ label: '报修', at: at(call.calledAt) },
		...(call.promisedAt === null ? [] : [{ label: '答复的维修时间', at: at(call.promisedAt) }]),
		...(call.appointFrom === null && call.appointTo === null ? [] : [{ label: '预约上门', at: at(call.appointFrom ?? call.appointTo) }]),
		{ label: '安排技术员', at: at(call.assignedAt) },
		{ label: '到达现场', at: at(call.arrivedAt) },
		...(card === undefined ? [] : [{ label: '预计修妥', at: at(card.plannedFinish) }, { label: '检验合格', at: at(card.inspectedAt) }, { label: '送还', at: at(card.returnedAt) }]),
		{ label: '您确认完成', at: at(call.solvedAt) },
	];
}

/** The customer says it is done. */
export async function confirmByCustomer(store: Store, number: string, digits: string, asked: Asked & { /** The four items of a rating, when all are ticked. */ readonly rating: Readonly<Record<string, unknown>> | null }): Promise<CustomerStatus> {
	const { no } = await customerStatus(store, number, digits, asked);
	await apply(store, 'call', 'confirmSolved', [{ no, input: {} }], { actor: SYSTEM, now: asked.now });
	const isRated = (await store.load('rating', 'call', [no])).length > 0;
	const [call] = await store.load('call', 'no', [no]);
	if (asked.rating !== null && !isRated && call?.['arrivedAt'] !== null) await apply(store, 'rating', 'give', [{ input: { call: no, ...asked.rating } }], { actor: SYSTEM, now: asked.now });
	return await customerStatus(store, no, digits, asked);
}
