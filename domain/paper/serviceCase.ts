import type { RowOfRecord } from '../document/document';
import type { asset, contract, customer } from '../master/records';
import type { GoodsReceipt } from '../repair/goodsReceipt';
import type { RepairCard } from '../repair/repairCard';
import type { Call } from '../service/call';
import type { Charge } from '../service/charge';
import type { Visit } from '../service/visit';
import type { Voucher } from '../service/voucher';

/** All papers about one job that a form may want to show; on a blank form there are none. */
export type ServiceCase = {
	readonly call: Call | null;
	/** By number, the last one last. */
	readonly visits: readonly Visit[];
	readonly charges: readonly Charge[];
	readonly cards: readonly RepairCard[];
	readonly customer: RowOfRecord<typeof customer> | null;
	readonly asset: RowOfRecord<typeof asset> | null;
	readonly contracts: readonly RowOfRecord<typeof contract>[];
	readonly voucher: Voucher | null;
	readonly receipt: GoodsReceipt | null;
	/** The customer's drawn signature: PNG, base64. */
	readonly signature?: string;
};

export const nothing: ServiceCase = { call: null, visits: [], charges: [], cards: [], customer: null, asset: null, contracts: [], voucher: null, receipt: null };

export const customerName = ({ call, customer: known }: ServiceCase): string => call?.customerName ?? known?.name ?? '';
export const phoneOf = ({ call, customer: known }: ServiceCase): string => call?.phone ?? known?.phone ?? '';
export const addressOf = ({ call, customer: known }: ServiceCase): string => call?.address ?? known?.address ?? '';
export const modelOf = ({ call, asset: known }: ServiceCase): string => call?.model ?? known?.model ?? '';
export const serialOf = ({ call, asset: known }: ServiceCase): string => call?.asset ?? known?.no ?? '';
export const lastVisit = ({ visits }: ServiceCase): Visit | null => visits.at(-1) ?? null;
export const lastCard = ({ cards }: ServiceCase): RepairCard | null => cards.at(-1) ?? null;
/** In fen; null before anything was charged. */
export const charged = ({ charges }: ServiceCase): number | null => (charges.length === 0 ? null : charges.reduce((sum, { amount }) => sum + amount, 0));
