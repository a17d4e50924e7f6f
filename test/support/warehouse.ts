import { apply } from '../../engine/engine';
import { saveRecords } from '../../engine/saveRecords';
import type { Row, Store } from '../../engine/store';
import { at } from './calendars';
import { loadMasterData } from './masterData';

/** Keeper, clerk, supervisor, and a QA with a mailbox, besides the small company. */
const people = {
	W01: { name: '仓管', roles: 'storekeeper', mail: 'store@test.local', active: true },
	W02: { name: '物料员', roles: 'material_clerk', active: true },
	L02: { name: '物流员', roles: 'logistics_clerk', mail: 'logistics@test.local', active: true },
};

export async function openWarehouse(store: Store): Promise<void> {
	await loadMasterData(store);
	await save(store, 'person', people);
}

export const save = (store: Store, kind: string, rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
	store.transaction((transaction) => saveRecords(transaction, kind, Object.entries(rows).map(([no, values]) => ({ no, values })), { now: at('2025-01-01 00:00'), actor: { code: 'system', name: '', roles: [], unit: null } }));

/** Fires events one by one and gives back the paper. */
export const firing = (store: () => Store) => async (kind: string, event: string, no: string | null, input: Record<string, unknown>, actor = 'W01', when = '2025-06-09 10:00'): Promise<Row> => {
	const [outcome] = await apply(store(), kind, event, [{ no, input }], { actor, now: at(when) });
	return (outcome as { document: Row }).document;
};

/** The three books of a part: card, ledger, lots. */
export async function booksOf(store: Store, item: string): Promise<{ card: number; moves: number; lots: number }> {
	const sum = (rows: readonly Row[]) => rows.reduce((total, { quantity }) => total + Number(quantity), 0);
	const [card] = await store.load('stock_card', 'item', [item]);
	return { card: Number(card?.['balance'] ?? 0), moves: sum(await store.load('stock_move', 'item', [item])), lots: sum(await store.load('stock_lot', 'item', [item])) };
}

/** Puts pieces of each part into the warehouse. */
export async function stocked(store: Store, pieces: Readonly<Record<string, number>>): Promise<void> {
	await save(store, 'person', { W90: { name: '仓管员', roles: 'storekeeper', active: true } });
	await apply(store, 'goods_in', 'takeBack', [{ input: { origin: 'other', paper: '期初', lines: Object.entries(pieces).map(([item, quantity]) => ({ item, quantity })) } }], { actor: 'W90', now: at('2025-01-02 09:00') });
}
