import { fire, save, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { RowOf } from '../document/fields';
import { asset, customer, type contract } from '../master/records';
import { arrivalDue, arrivalHours, missedFrom, zoneOf } from './arrivalLimit';
import type { CallShape, registration } from './call';
import { proposeServiceType } from './proposeServiceType';
import { voucher, type Voucher } from './voucher';

type Input = RowOf<typeof registration>;

type Known = Given & {
	knownCustomer: RowOfRecord<typeof customer> | null;
	knownAsset: RowOfRecord<typeof asset> | null;
	contracts: readonly RowOfRecord<typeof contract>[];
	paper: Voucher | null;
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
	const zone = zoneOf(input.zone ?? facts.knownCustomer?.zone ?? null);
	const { type, reason } = proposeServiceType({
		day: facts.calendar.dayOf(calledAt),
		hasCustomer: true,
		asset: facts.knownAsset,
		contracts: facts.contracts,
		humanDamage: input.humanDamage ?? false,
	});
	const { due, ...working } = arrivalDue(calledAt, zone, facts.settings, facts.calendar);
	return {
		set: {
			customer: owner,
			customerName: input.customerName,
			phone: input.phone,
			address: input.address,
			zone,
			asset: serial,
			model: input.model,
			symptom: input.symptom,
			channel: input.channel ?? 'phone',
			calledAt,
			type,
			typeReason: reason,
			limitHours: arrivalHours(zone, facts.settings),
			dueAt: due,
			alarmAt: missedFrom(due, facts.calendar),
			dueWorking: working,
			note: alreadyOut(facts.paper),
			voucher: `PZ-${serial}`,
			breached: false,
		},
		then: [...newMasterData(input, facts, owner, serial), fire(voucher, 'pull', `PZ-${serial}`, { asset: serial, customer: owner, call: facts.no })],
	};
}

/** @rule V-021 — a second open call on a product warns that its voucher is out */
const alreadyOut = (paper: Voucher | null): string | null => (paper === null || paper.calls.length === 0 ? null : `该商品另有在办叫修 ${paper.calls.join('、')}，服务凭证已抽出`);

/** A caller or product that is not on file yet is put on file with the call. */
function newMasterData(input: Input, facts: Known, owner: string, serial: string): Consequence[] {
	const { customerName: name, phone, address, zone, model, purchaseDay } = input;
	return [
		...(facts.knownCustomer === null && facts.knownAsset === null ? [save(customer, owner, { name, phone, address, zone })] : []),
		...(facts.knownAsset === null ? [save(asset, serial, { customer: owner, model, purchaseDay })] : []),
	];
}
