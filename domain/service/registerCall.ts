import { fire, save, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Instant, RowOf } from '../document/fields';
import type { WorkCalendar } from '../shared/workCalendar';
import { daysBetween } from '../shared/zonedTime';
import { asset, customer, type contract } from '../master/records';
import { arrivalDue, arrivalHours, missedFrom, warnedFrom, zoneOf } from './arrivalLimit';
import type { Call, CallShape, registration } from './call';
import { proposeServiceType } from './proposeServiceType';
import { voucher, type Voucher } from './voucher';

type Input = RowOf<typeof registration>;

type Known = Given & {
	knownCustomer: RowOfRecord<typeof customer> | null;
	knownAsset: RowOfRecord<typeof asset> | null;
	contracts: readonly RowOfRecord<typeof contract>[];
	paper: Voucher | null;
	earlier: readonly Call[];
};

/**
 * Registers a call, proposes its type, sets the arrival limit and pulls the voucher.
 * @rule V-010 — entered at once with customer, address, phone and model
 * @rule V-015 — with the channel it came by
 * @rule V-021 — the voucher goes to the dispatcher
 */
export function registerCall(_call: unknown, input: Input, facts: Known): Change<CallShape> {
	const owner = facts.knownAsset?.customer ?? facts.knownCustomer?.no ?? `KH-${facts.no}`;
	const serial = facts.knownAsset?.no ?? input.serial ?? `WXLH-${facts.no}`;
	const calledAt = input.calledAt ?? facts.now;
	const { customerName, phone, address, model, symptom } = input;
	return {
		set: {
			customer: owner,
			customerName,
			phone,
			address,
			asset: serial,
			model,
			symptom,
			channel: input.channel ?? 'phone',
			calledAt,
			priority: 'normal',
			voucher: `PZ-${serial}`,
			breached: false,
			...typeOf(input, calledAt, facts),
			...limitOf(input, calledAt, facts),
			...firstDispatch(calledAt, facts.calendar),
			...historyOf(calledAt, facts),
		},
		then: [...newMasterData(input, facts, owner, serial), fire(voucher, 'pull', `PZ-${serial}`, { asset: serial, customer: owner, call: facts.no })],
	};
}

/** @rule V-002 */
function typeOf({ humanDamage }: Input, calledAt: Instant, { calendar, knownAsset, contracts }: Known) {
	const { type, reason } = proposeServiceType({ day: calendar.dayOf(calledAt), hasCustomer: true, asset: knownAsset, contracts, humanDamage: humanDamage ?? false });
	return { type, typeReason: reason };
}

/** @rule V-030 @rule V-031 */
function limitOf(input: Input, calledAt: Instant, { settings, calendar, knownCustomer }: Known) {
	const zone = zoneOf(input.zone ?? knownCustomer?.zone ?? null);
	const { due, ...working } = arrivalDue(calledAt, zone, settings, calendar);
	return { zone, limitHours: arrivalHours(zone, settings), dueAt: due, warnAt: warnedFrom(calledAt, zone, settings, calendar), alarmAt: missedFrom(due, calendar), dueWorking: working };
}

/** What the receptionist should know about the product. */
function historyOf(calledAt: Instant, facts: Known) {
	const repeat = repeatedCall(facts.earlier, calledAt, facts);
	const notes = [alreadyOut(facts.paper), repeat === null ? null : `${facts.settings['service.repeat_fault_days']} 天内重复报修，上次 ${repeat.no}`].filter((note) => note !== null);
	return { repeatOf: repeat?.no ?? null, note: notes.length === 0 ? null : notes.join('；') };
}

/** @rule V-021 — a second open call on a product warns that its voucher is out */
const alreadyOut = (paper: Voucher | null): string | null => (paper === null || paper.calls.length === 0 ? null : `该商品另有在办叫修 ${paper.calls.join('、')}，服务凭证已抽出`);

/** The newest earlier call of the product within `service.repeat_fault_days`. @rule V-047 — the last day counts */
function repeatedCall(earlier: readonly Call[], calledAt: Instant, { settings, calendar }: Given): Call | null {
	const isRecent = (call: Call) => call.state !== 'Void' && daysBetween(calendar.dayOf(call.calledAt), calendar.dayOf(calledAt)) <= settings['service.repeat_fault_days'];
	return earlier.filter(isRecent).reduce<Call | null>((newest, call) => (newest === null || call.calledAt > newest.calledAt ? call : newest), null);
}

/** The next working day from opening to closing, when a call nobody took comes first. @rule V-034 */
function firstDispatch(calledAt: Instant, calendar: WorkCalendar) {
	const hours = calendar.hoursOf(calendar.workdayAfter(calendar.dayOf(calledAt), 1).day);
	return { nextDayAt: hours?.from ?? null, nextDayEndAt: hours?.to ?? null };
}

/** A caller or product that is not on file yet is put on file with the call. */
function newMasterData(input: Input, facts: Known, owner: string, serial: string): Consequence[] {
	const { customerName: name, phone, address, zone, model, purchaseDay } = input;
	return [
		...(facts.knownCustomer === null && facts.knownAsset === null ? [save(customer, owner, { name, phone, address, zone })] : []),
		...(facts.knownAsset === null ? [save(asset, serial, { customer: owner, model, purchaseDay })] : []),
	];
}
