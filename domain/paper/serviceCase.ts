import type { RowOfRecord } from '../document/document';
import type { Day, Instant } from '../document/fields';
import type { asset, contract, customer } from '../master/records';
import type { GoodsReceipt } from '../repair/goodsReceipt';
import type { RepairCard } from '../repair/repairCard';
import type { Rma } from '../repair/rmaPaper';
import type { Call } from '../service/call';
import { standing, type Charge } from '../service/charge';
import type { ContactLetter } from '../service/contactLetterPaper';
import type { Dispatch } from '../service/dispatch';
import type { Escalation } from '../service/escalation';
import type { ExpenseClaim } from '../service/expenseClaim';
import type { Quotation } from '../service/quotationPaper';
import type { ReturnVisit } from '../service/returnVisitPaper';
import type { UnsolvedReport } from '../service/unsolvedReport';
import type { Visit } from '../service/visit';
import type { Voucher } from '../service/voucher';
import type { DailyReport } from '../technician/dailyReport';
import type { DirectorReport } from '../technician/directorReport';
import type { Rating } from '../technician/rating';
import { linesOf } from './paperModel';

/** All papers about one job, or one day of work, that a form may want to show; on a blank form there are none. Lists in the order they were written. */
export type ServiceCase = {
	readonly call: Call | null;
	readonly visits: readonly Visit[];
	readonly charges: readonly Charge[];
	readonly cards: readonly RepairCard[];
	readonly dispatches: readonly Dispatch[];
	readonly letters: readonly ContactLetter[];
	readonly returnVisits: readonly ReturnVisit[];
	readonly unsolved: readonly UnsolvedReport[];
	readonly escalations: readonly Escalation[];
	readonly claims: readonly ExpenseClaim[];
	readonly quotations: readonly Quotation[];
	readonly ratings: readonly Rating[];
	readonly customer: RowOfRecord<typeof customer> | null;
	readonly asset: RowOfRecord<typeof asset> | null;
	readonly contracts: readonly RowOfRecord<typeof contract>[];
	readonly voucher: Voucher | null;
	readonly receipt: GoodsReceipt | null;
	/** The customer's drawn signature: PNG, base64. */
	readonly signature?: string;
	/** When the signed receipt slip came in. */
	readonly slipAt?: Instant;
	/** A device that came by courier. */
	readonly rma: Rma | null;
	readonly daily: DailyReport | null;
	/** The week of the daily report. */
	readonly week: Week | null;
	readonly director: DirectorReport | null;
};

/** One technician's week. */
export type Week = { readonly technician: string; readonly days: readonly Day[]; readonly reports: readonly DailyReport[] };

export const nothing: ServiceCase = {
	call: null,
	visits: [],
	charges: [],
	cards: [],
	dispatches: [],
	letters: [],
	returnVisits: [],
	unsolved: [],
	escalations: [],
	claims: [],
	quotations: [],
	ratings: [],
	customer: null,
	asset: null,
	contracts: [],
	voucher: null,
	receipt: null,
	rma: null,
	daily: null,
	week: null,
	director: null,
};

export const customerName = ({ call, customer: known }: ServiceCase): string => call?.customerName ?? known?.name ?? '';
export const phoneOf = ({ call, customer: known }: ServiceCase): string => call?.phone ?? known?.phone ?? '';
export const addressOf = ({ call, customer: known }: ServiceCase): string => call?.address ?? known?.address ?? '';
export const modelOf = ({ call, asset: known }: ServiceCase): string => call?.model ?? known?.model ?? '';
export const serialOf = ({ call, asset: known }: ServiceCase): string => call?.asset ?? known?.no ?? '';
/** As the customer told it; a project has a site instead of a product. */
export const faultTold = (call: Call | null): string => linesOf(call?.siteSituation, call?.symptom);
export const last = <T>(list: readonly T[]): T | null => list.at(-1) ?? null;
/** For forms that show one paper: nothing known where there is none. */
export const known = <T extends object>(paper: T | null): Partial<T> => paper ?? {};
export const lastVisit = ({ visits }: ServiceCase): Visit | null => last(visits);
export const lastCard = ({ cards }: ServiceCase): RepairCard | null => last(cards);
/** What the customer said at the end of the job: on site, or when he took his item back. */
export const opinionOf = (data: ServiceCase): Partial<Pick<Visit, 'satisfaction' | 'reason' | 'surveyRefused'>> => known(lastCard(data)?.state === 'Returned' ? lastCard(data) : lastVisit(data));
/** In fen; null before anything was charged. */
export function charged({ charges }: ServiceCase): number | null {
	const counted = standing(charges);
	return counted.length === 0 ? null : counted.reduce((sum, { amount }) => sum + amount, 0);
}
