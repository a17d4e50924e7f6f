import { fire, save, type Change, type Consequence, type RowOfRecord } from '../document/document';
import type { Given } from '../document/facts';
import type { Day, Instant, RowOf } from '../document/fields';
import type { WorkCalendar } from '../shared/workCalendar';
import { RuleViolation } from '../shared/ruleViolation';
import { addMonths, atTime, daysBetween, localTime } from '../shared/zonedTime';
import { asset, customer, type contract } from '../master/records';
import { answerTimes, visitReminder } from './answerRules';
import { arrivalTimes, zoneOf } from './arrivalLimit';
import type { Call, CallShape } from './call';
import { attributeOf, attributeWarning } from './customerAttribute';
import { covers, proposeServiceType } from './proposeServiceType';
import type { registration } from './registration';
import { checkServiceObject } from './serviceObject';
import { voucher, type Voucher } from './voucher';

type Input = RowOf<typeof registration>;
type Contract = RowOfRecord<typeof contract>;

type Known = Given & {
	knownCustomer: RowOfRecord<typeof customer> | null;
	knownAsset: RowOfRecord<typeof asset> | null;
	contracts: readonly Contract[];
	paper: Voucher | null;
	earlier: readonly Call[];
};

/**
 * Registers a call, proposes its type, sets the limits and pulls the voucher.
 * @rule V-010 — entered at once with customer, address, phone and model or site
 * @rule V-011 — the rest is asked and may follow
 * @rule V-015 — with the channel it came by
 * @rule V-016 — in the register of the service point
 * @rule V-021 — the voucher goes to the dispatcher
 * @rule V-072 — asked for by the customer, unless we came by ourselves
 */
export function registerCall(_call: unknown, input: Input, facts: Known): Change<CallShape> {
	checkServiceObject(input, facts.settings);
	if (input.calledAt !== null && input.calledAt > facts.now) throw new RuleViolation('FIELD_INVALID', `叫修时间 ${localTime(input.calledAt, facts.calendar.zone)} 在将来`, '请填写客户实际叫修的时间', 'V-010');
	const { owner, serial, calledAt, zone, proposal, ...caller } = callerOf(input, facts);
	const { siteSituation, symptom, faultCause, faultCode, appointFrom, appointTo } = input;
	return {
		set: {
			...caller,
			customer: owner,
			zone,
			asset: serial,
			siteSituation,
			symptom,
			faultCause,
			faultCode,
			level: 'center',
			calledAt,
			priority: 'normal',
			voucher: `PZ-${serial}`,
			breached: false,
			dispatches: 0,
			escalations: 0,
			appointFrom,
			appointTo,
			humanDamage: input.humanDamage,
			stays: 0,
			type: proposal.type,
			typeReason: proposal.reason,
			attribute: input.attribute ?? attributeOf(proposal.type, contractOn(calledAt, facts)),
			...arrivalTimes(calledAt, zone, input, facts.settings, facts.calendar),
			...answerTimes(calledAt, input.promisedAt, facts),
			...firstDispatch(calledAt, facts.calendar),
			guaranteedTo: repairGuarantee(faultCode, facts.earlier, facts),
			...sameDay(calledAt, facts),
			...installation(input, facts),
			...historyOf(input, calledAt, proposal.type, facts),
		},
		then: [...newMasterData(input, facts, owner, serial), fire(voucher, 'pull', `PZ-${serial}`, { asset: serial, customer: owner, call: facts.no })],
	};
}

/** Who calls about what: from the file where it is known, else as told. */
function callerOf(input: Input, facts: Known) {
	const { knownAsset, knownCustomer, no, actor } = facts;
	const calledAt = input.calledAt ?? facts.now;
	const { customerName, phone, address, model } = input;
	return {
		owner: knownAsset?.customer ?? knownCustomer?.no ?? `KH-${no}`,
		serial: knownAsset?.no ?? input.serial ?? `WXLH-${no}`,
		calledAt,
		zone: zoneOf(input.zone ?? knownCustomer?.zone ?? null),
		proposal: typeOf(input, calledAt, facts),
		customerName,
		phone,
		address,
		model: modelOf(model, knownAsset),
		...wayIn(input, actor),
	};
}

const modelOf = (model: string | null, knownAsset: Known['knownAsset']): string => model ?? knownAsset?.model ?? '工程';
const wayIn = ({ channel, initiative, unit }: Input, actor: Given['actor']) => ({ channel: channel ?? 'phone', initiative: initiative ?? 'passive', unit: unit ?? actor.unit }) as const;

/** @rule V-002 */
function typeOf({ humanDamage, faultCode, purchaseDay }: Input, calledAt: Instant, facts: Known) {
	const { calendar, knownAsset, contracts, settings, earlier } = facts;
	const product = purchaseDay === null ? knownAsset : { no: knownAsset?.no ?? '', ...purchased(knownAsset, purchaseDay, settings) };
	return proposeServiceType({ day: calendar.dayOf(calledAt), hasCustomer: true, asset: product, contracts, humanDamage: humanDamage ?? false, guaranteedTo: repairGuarantee(faultCode, earlier, facts), scheme: settings['service.type_scheme'] });
}

/** The kind of the contract that covers the product, as the slip asks. @rule V-003 */
const contractOn = (calledAt: Instant, { calendar, contracts, knownAsset }: Known) => contracts.find((each) => covers(each, { day: calendar.dayOf(calledAt), asset: knownAsset }))?.contractKind ?? null;

/** What the purchase date says of the warranty, where nothing better is on file. @rule V-002 — `warranty.months` from the purchase @rule C-043 — unless the product has a term of its own */
export function purchased(product: { readonly purchaseDay: Day | null; readonly warrantyEnd: Day | null } | null, purchaseDay: Day, settings: Given['settings']): { purchaseDay: Day; warrantyEnd: Day } {
	const from = product?.purchaseDay ?? purchaseDay;
	return { purchaseDay: from, warrantyEnd: product?.warrantyEnd ?? addMonths(from, settings['warranty.months']) };
}

/** The last day on which our own repair of the same fault is guaranteed. @rule T-080 — `repair.guarantee_months` from the day it was repaired */
export function repairGuarantee(faultCode: string | null, earlier: readonly Call[], { settings, calendar }: Pick<Given, 'settings' | 'calendar'>): Day | null {
	if (settings['repair.guarantee'] !== '是' || faultCode === null) return null;
	const repaired = earlier.flatMap((call) => (call.faultCode === faultCode && call.closedAt !== null ? [calendar.dayOf(call.closedAt)] : []));
	return repaired.length === 0 ? null : addMonths(repaired.sort().at(-1) as Day, settings['repair.guarantee_months']);
}

/** When a problem of today has to be reported if it stays open. @rule V-035 */
function sameDay(calledAt: Instant, { settings, calendar }: Given) {
	return { dayEndAt: settings['service.same_day'] === '是' ? atTime(calendar.dayOf(calledAt), settings['service.day_end'], calendar.zone) : null };
}

/** @rule V-051 — an installation is due as the contract says, and announced `service.visit_reminder_hours` before */
function installation({ jobKind, appointFrom, serial }: Input, { contracts, settings, today }: Known) {
	const kind = jobKind ?? 'repair';
	const cover = kind === 'repair' ? undefined : contracts.find(({ installDueDay, endDay, asset: product }) => installDueDay !== null && endDay >= today && (product === null || product === serial));
	return { jobKind: kind, jobDueDay: cover?.installDueDay ?? null, trainingDue: cover?.trainingIncluded ?? null, remindVisitAt: visitReminder(kind, appointFrom, settings['service.visit_reminder_hours']) };
}

/** What the receptionist should know about the product. */
function historyOf(input: Input, calledAt: Instant, type: Call['type'], facts: Known) {
	const repeat = repeatedCall(input.faultCode, facts.earlier, calledAt, facts);
	const notes = [
		alreadyOut(facts.paper),
		repeat === null ? null : `${facts.settings['service.repeat_fault_days']} 天内重复报修，上次 ${repeat.no}`,
		attributeWarning(input.attribute, type),
	].filter((note) => note !== null);
	return { repeatOf: repeat?.no ?? null, note: notes.length === 0 ? null : notes.join('；') };
}

/** @rule V-021 — a second open call on a product warns that its voucher is out */
const alreadyOut = (paper: Voucher | null): string | null => (paper === null || paper.calls.length === 0 ? null : `该商品另有在办叫修 ${paper.calls.join('、')}，服务凭证已抽出`);

/** The newest earlier call of the product with the same fault within `service.repeat_fault_days`. @rule V-047 — the last day counts; an unknown fault may be the same */
export function repeatedCall(faultCode: string | null, earlier: readonly Call[], calledAt: Instant, { settings, calendar }: Pick<Given, 'settings' | 'calendar'>): Call | null {
	const isSame = (call: Call) => call.faultCode === null || faultCode === null || call.faultCode === faultCode;
	const isRecent = (call: Call) => call.state !== 'Void' && daysBetween(calendar.dayOf(call.calledAt), calendar.dayOf(calledAt)) <= settings['service.repeat_fault_days'];
	return earlier.filter((call) => isSame(call) && isRecent(call)).reduce<Call | null>((newest, call) => (newest === null || call.calledAt > newest.calledAt ? call : newest), null);
}

/** The next working day from opening to closing, when a call nobody took comes first. @rule V-034 */
function firstDispatch(calledAt: Instant, calendar: WorkCalendar) {
	const hours = calendar.hoursOf(calendar.workdayAfter(calendar.dayOf(calledAt), 1).day);
	return { nextDayAt: hours?.from ?? null, nextDayEndAt: hours?.to ?? null };
}

/** A caller or product that is not on file yet is put on file with the call. */
function newMasterData(input: Input, facts: Known, owner: string, serial: string): Consequence[] {
	const { customerName: name, phone, address, zone, model, purchaseDay } = input;
	const bought = purchaseDay === null ? {} : purchased(facts.knownAsset, purchaseDay, facts.settings);
	return [
		...(facts.knownCustomer === null && facts.knownAsset === null ? [save(customer, owner, { name, phone, address, zone })] : []),
		...(facts.knownAsset === null ? [save(asset, serial, { customer: owner, model: model ?? '工程', ...bought })] : Object.keys(bought).length > 0 && facts.knownAsset.purchaseDay === null ? [save(asset, serial, bought)] : []),
	];
}
