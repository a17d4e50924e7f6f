import type { Fields } from '../domain/document/fields';
import type { CallLine, GoodsLine } from '../domain/paper/registers';
import { nothing, type ServiceCase } from '../domain/paper/serviceCase';
import type { GoodsRegister } from '../domain/repair/goodsRegister';
import type { RepairCard } from '../domain/repair/repairCard';
import type { Call } from '../domain/service/call';
import type { Visit } from '../domain/service/visit';
import { documentOf } from './registry';
import type { Condition, Row, Store } from './store';

/** Rows with the kind of document they are. */
export type KnownRow = readonly [kind: string, row: Row];

/** Everything filed about the job a paper belongs to; for a voucher, about all jobs in its history. */
export async function loadCase(store: Store, kind: string, row: Row): Promise<{ readonly case: ServiceCase; readonly rows: readonly KnownRow[] }> {
	const call = await one(store, 'call', kind === 'call' ? row['no'] : row['call']);
	const isVoucher = kind === 'voucher';
	const voucher = isVoucher ? row : await one(store, 'voucher', call?.['voucher']);
	const about = isVoucher ? (row['history'] as readonly { call: string }[]).map((line) => line.call) : [row['call'] ?? row['no']].map(String);
	const visits = kind === 'visit' ? [row] : isVoucher ? [] : await store.load('visit', 'call', about);
	const charges = await store.load('charge', 'call', about);
	const cards = await store.load('repair_card', 'no', about.map((no) => `XH-${no}`));
	const owners = await loadOwners(store, call ?? row);
	return {
		case: { ...nothing, call, visits, charges, cards, voucher, receipt: kind === 'goods_receipt' ? row : null, ...owners } as unknown as ServiceCase,
		rows: [...of('call', call), ...of('visit', ...visits), ...of('charge', ...charges), ...of('repair_card', ...cards), ...of('voucher', voucher)],
	};
}

/** The customer, the product and the contracts a paper names. */
async function loadOwners(store: Store, row: Row): Promise<{ customer: Row | null; asset: Row | null; contracts: Row[] }> {
	const customer = await one(store, 'customer', row['customer']);
	return { customer, asset: await one(store, 'asset', row['asset']), contracts: customer === null ? [] : await store.load('contract', 'customer', [String(customer['no'])]) };
}

const of = (kind: string, ...rows: readonly (Row | null)[]): KnownRow[] => rows.filter((row) => row !== null).map((row) => [kind, row]);

const one = async (store: Store, table: string, no: unknown): Promise<Row | null> => (typeof no === 'string' ? ((await store.load(table, 'no', [no]))[0] ?? null) : null);

export type During = { readonly from: string; readonly to: string } | null;

/** Calls of a period, or those not closed, in the order they came. */
export async function loadCallLines(store: Store, during: During): Promise<{ readonly lines: CallLine[]; readonly rows: KnownRow[] }> {
	const calls = await store.list('call', { where: within(during, 'calledAt', ['WithDispatcher', 'Assigned', 'InRepair', 'AwaitCancel']), orderBy: [{ column: 'calledAt' }, { column: 'no' }] });
	const visits = new Map((await store.load('visit', 'call', calls.map(({ no }) => String(no)))).map((visit) => [visit['call'], visit]));
	const assets = new Map((await store.load('asset', 'no', calls.map(({ asset }) => String(asset)))).map((asset) => [asset['no'], asset]));
	return {
		lines: calls.map((call) => ({
			call: call as unknown as Call,
			purchaseDay: (assets.get(call['asset'])?.['purchaseDay'] ?? null) as string | null,
			visit: (visits.get(call['no']) ?? null) as unknown as Visit | null,
		})),
		rows: of('call', ...calls),
	};
}

/** Items that came in during a period, or those in house. */
export async function loadGoodsLines(store: Store, during: During): Promise<{ readonly lines: GoodsLine[]; readonly rows: KnownRow[] }> {
	const lines = await store.list('goods_register', { where: within(during, 'inAt', ['InHouse']), orderBy: [{ column: 'inAt' }, { column: 'no' }] });
	const calls = lines.map(({ call }) => String(call));
	const cards = new Map((await store.load('repair_card', 'no', calls.map((call) => `XH-${call}`))).map((card) => [card['call'], card as unknown as RepairCard]));
	const receipts = new Map((await store.load('goods_receipt', 'call', calls)).map((receipt) => [receipt['call'], String(receipt['no'])]));
	const assets = new Map((await store.load('asset', 'no', lines.map(({ asset }) => String(asset)))).map((asset) => [asset['no'], String(asset['model'])]));
	return {
		lines: lines.map((line) => {
			const card = cards.get(line['call']);
			return { line: line as unknown as GoodsRegister, model: assets.get(line['asset']) ?? '', receipt: receipts.get(line['call']) ?? '', card: card?.no ?? '', inspector: card?.inspector ?? null };
		}),
		rows: [...of('goods_register', ...lines), ...of('repair_card', ...[...cards.values()].map((card) => card as unknown as Row))],
	};
}

const within = (during: During, column: string, open: readonly string[]): Condition[] =>
	during === null ? [{ column: 'state', is: 'in', value: open }] : [{ column, is: '>=', value: during.from }, { column, is: '<', value: during.to }];

/** Records that have a name to print instead of their code. */
const named = ['person', 'customer', 'item', 'outlet', 'unit'];

/** Codes of named records in these rows, by record: references, who wrote them, and technicians kept as text. */
export function codesIn(rows: readonly KnownRow[]): Map<string, Set<string>> {
	const codes = new Map(named.map((kind) => [kind, new Set<string>()]));
	const collect = (fields: Fields, row: Row) => {
		for (const [key, field] of Object.entries(fields)) {
			if (field.kind === 'lines') for (const line of (row[key] ?? []) as readonly Row[]) collect(field.of ?? {}, line);
			const kind = field.kind === 'ref' ? field.to : personKeys.includes(key) ? 'person' : undefined;
			if (typeof row[key] === 'string' && kind !== undefined) codes.get(kind)?.add(row[key]);
		}
	};
	for (const [kind, row] of rows) {
		collect(documentOf(kind).fields, row);
		codes.get('person')?.add(String(row['createdBy']));
	}
	return codes;
}

const personKeys = ['technician', 'handledBy'];

/** `person:J01` → `李师傅`. */
export async function namesOf(store: Store, codes: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const [kind, wanted] of codes) {
		if (wanted.size === 0) continue;
		for (const { no, name } of await store.load(kind, 'no', [...wanted])) names.set(`${kind}:${String(no)}`, String(name));
	}
	return names;
}
