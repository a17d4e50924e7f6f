import type { Fields } from '../domain/document/fields';
import type { CallLine, GoodsLine } from '../domain/paper/registers';
import { nothing, type ServiceCase } from '../domain/paper/serviceCase';
import type { GoodsRegister } from '../domain/repair/goodsRegister';
import type { RepairCard } from '../domain/repair/repairCard';
import type { Call } from '../domain/service/call';
import type { ReturnVisit } from '../domain/service/returnVisitPaper';
import type { Visit } from '../domain/service/visit';
import type { Settings } from '../domain/settings';
import { weekUntil } from '../domain/report/technicianReports';
import { fileContent } from './attachments';
import { documentOf } from './registry';
import type { Condition, Row, Store } from './store';
import { weekEnd } from './technicianReports';

/** Rows with the kind of document they are. */
export type KnownRow = readonly [kind: string, row: Row];

/** Papers of a job by the list they go into. */
const papersOfJob = {
	visits: 'visit',
	charges: 'charge',
	dispatches: 'dispatch',
	letters: 'contact_letter',
	returnVisits: 'return_visit',
	unsolved: 'unsolved_report',
	escalations: 'escalation',
	claims: 'expense_claim',
	quotations: 'quotation',
	ratings: 'rating',
} as const;

/** Everything filed about the job a paper belongs to; for a voucher, about all jobs in its history. The paper itself stands alone in its list. */
export async function loadCase(store: Store, kind: string, row: Row, settings: Settings): Promise<{ readonly case: ServiceCase; readonly rows: readonly KnownRow[] }> {
	const call = await one(store, 'call', kind === 'call' ? row['no'] : row['call']);
	const isVoucher = kind === 'voucher';
	const voucher = isVoucher ? row : await one(store, 'voucher', call?.['voucher']);
	const about = isVoucher ? (row['history'] as readonly { call: string }[]).map((line) => line.call) : call === null ? [] : [String(call['no'])];
	const papers: Record<string, Row[]> = {};
	const rows: KnownRow[] = [...of(kind, row), ...of('call', call), ...of('voucher', voucher)];
	for (const [list, each] of Object.entries(papersOfJob)) {
		papers[list] = each === kind ? [row] : (await store.load(each, 'call', about)).sort(byTime);
		rows.push(...of(each, ...papers[list]));
	}
	const cards = await store.load('repair_card', 'call', about);
	const owners = await loadOwners(store, call ?? row);
	const files = isVoucher ? {} : await loadFiles(store, about, papers['visits']?.at(-1)?.['signature']);
	return {
		case: { ...nothing, call, ...papers, cards, voucher, receipt: kind === 'goods_receipt' ? row : null, rma: kind === 'rma' ? row : null, ...owners, ...files, ...(await ofStaff(store, kind, row, settings)) } as unknown as ServiceCase,
		rows: [...rows, ...of('repair_card', ...cards)],
	};
}

const byTime = ({ createdAt: one }: Row, { createdAt: other }: Row): number => Number(String(one) > String(other)) - Number(String(one) < String(other));

/** The signature drawn for a visit, and when the signed receipt slip came in. */
async function loadFiles(store: Store, calls: readonly string[], signature: unknown): Promise<{ signature?: string; slipAt?: string }> {
	const drawn = await one(store, 'attachment', signature);
	const content = drawn === null || drawn['state'] === 'Removed' || drawn['mimeType'] !== 'image/png' ? null : await fileContent(store, String(drawn['no']));
	const slip = (await store.load('attachment', 'paper', calls)).find(({ purpose, state }) => purpose === 'receipt_slip' && state !== 'Removed');
	return { ...(content === null ? {} : { signature: content.toString('base64') }), ...(slip === undefined ? {} : { slipAt: String(slip['createdAt']) }) };
}

/** A report of a day; a technician's with the week it belongs to. */
async function ofStaff(store: Store, kind: string, row: Row, settings: Settings): Promise<object> {
	if (kind === 'director_report') return { director: row };
	if (kind !== 'daily_report') return {};
	const days = weekUntil(weekEnd(String(row['day']), settings));
	const reports = (await store.load('daily_report', 'day', days)).filter(({ technician }) => technician === row['technician']);
	return { daily: row, week: { technician: row['technician'], days, reports } };
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
export async function loadCallLines(store: Store, during: During, visible: readonly Condition[] = []): Promise<{ readonly lines: CallLine[]; readonly rows: KnownRow[] }> {
	const calls = await store.list('call', { where: [...within(during, 'calledAt', ['WithDispatcher', 'Assigned', 'Escalated', 'InRepair', 'AwaitCancel']), ...visible], orderBy: [{ column: 'calledAt' }, { column: 'no' }] });
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
export async function loadGoodsLines(store: Store, during: During, visible: readonly Condition[] = []): Promise<{ readonly lines: GoodsLine[]; readonly rows: KnownRow[] }> {
	const lines = await store.list('goods_register', { where: [...within(during, 'inAt', ['InHouse']), ...visible], orderBy: [{ column: 'inAt' }, { column: 'no' }] });
	const calls = lines.map(({ call }) => String(call));
	const cards = new Map((await store.load('repair_card', 'call', calls)).map((card) => [card['call'], card as unknown as RepairCard]));
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

/** Return visits in the order they were made; none is ever open. */
export async function loadReturnVisits(store: Store, during: During, visible: readonly Condition[] = []): Promise<{ readonly lines: ReturnVisit[]; readonly rows: KnownRow[] }> {
	const made = await store.list('return_visit', { where: [...within(during, 'at', []), ...visible], orderBy: [{ column: 'at' }, { column: 'no' }] });
	return { lines: made as unknown as ReturnVisit[], rows: of('return_visit', ...made) };
}

const within = (during: During, column: string, open: readonly string[]): Condition[] =>
	during === null ? [{ column: 'state', is: 'in', value: open }] : [{ column, is: '>=', value: during.from }, { column, is: '<', value: during.to }];

/** Records that have a name to print instead of their code. */
const named = ['person', 'customer', 'item', 'outlet', 'unit', 'project'];

/** Codes of named records in these rows, by record: references, who wrote them, and people kept as text. */
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

const personKeys = ['technician', 'handledBy', 'by'];

/** `person:J01` → `李师傅`. */
export async function namesOf(store: Store, codes: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, string>> {
	const names = new Map<string, string>();
	for (const [kind, wanted] of codes) {
		if (wanted.size === 0) continue;
		for (const { no, name } of await store.load(kind, 'no', [...wanted])) names.set(`${kind}:${String(no)}`, String(name));
	}
	return names;
}
