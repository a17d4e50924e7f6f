import type { Field, Fields } from '../domain/document/fields';
import { yuan } from '../domain/shared/money';
import { priceOn } from '../domain/shared/priceOn';
import { records } from '../engine/registry';
import type { Row } from '../engine/store';
import type { Visit } from './site';
import { candidatesNow, fitFor } from '../engine/board';
import type { Call } from '../domain/service/call';

type Choices = Record<string, ReadonlyMap<string, string>>;
/** A longer list is no help in a drop-down and would hide what it cuts off: then the code is typed. */
const MAX = 400;

/** Drop-downs instead of codes: technicians fit for the call, other people, priced items, parts, units. */
export async function choicesFor(visit: Visit, fields: Fields, row: Row | null): Promise<Choices> {
	const choices: Choices = {};
	for (const [name, field] of Object.entries(fields)) {
		const own = await choicesOf(visit, name, field, row);
		if (own !== null) choices[name] = own;
		for (const [key, column] of Object.entries(field.of ?? {})) {
			const inside = await choicesOf(visit, name === 'parts' ? 'part' : name, column, row);
			if (inside !== null) choices[`${name}.${key}`] = inside;
		}
	}
	return choices;
}

async function choicesOf(visit: Visit, name: string, field: Field, row: Row | null): Promise<ReadonlyMap<string, string> | null> {
	if (field.kind !== 'ref') return null;
	if (field.to === 'person') return name === 'technician' && row !== null && 'appointFrom' in row ? await technicians(visit, row) : await people(visit);
	if (field.to === 'item') return name === 'part' ? await items(visit) : await priced(visit);
	return field.to === undefined ? null : await named(visit, field.to);
}

/** Units, outlets, customers and whatever else on file has a name. */
async function named({ store }: Visit, kind: string): Promise<ReadonlyMap<string, string> | null> {
	if (!records.some((each) => each.kind === kind && 'name' in each.fields)) return null;
	const rows = await store.list(kind, { columns: ['no', 'name'], limit: MAX + 1 });
	return rows.length > MAX ? null : new Map(rows.map(({ no, name }) => [String(no), kind === 'unit' ? String(name) : `${String(no)} ${String(name)}`]));
}

/** The qualified and least busy first. @rule V-023 */
async function technicians({ store, given }: Visit, call: Row): Promise<ReadonlyMap<string, string>> {
	return new Map(
		fitFor(call as unknown as Call, await candidatesNow(store), given).map(({ candidate: { person, jobs, appointments }, isQualified }) => [
			person.no,
			`${person.name}（${jobs === 0 ? '空闲' : `在办 ${jobs} 件`}${appointments.length === 0 ? '' : `，预约 ${appointments.length} 个`}${isQualified ? '' : '，无有效资质'}）`,
		]),
	);
}

async function people({ store }: Visit): Promise<ReadonlyMap<string, string> | null> {
	const rows = await store.list('person', { where: [{ column: 'active', is: '=', value: 1 }], limit: MAX + 1 });
	return rows.length > MAX ? null : new Map(rows.map(({ no, name }) => [String(no), `${String(name)}（${String(no)}）`]));
}

async function items({ store }: Visit): Promise<ReadonlyMap<string, string> | null> {
	const rows = await store.list('item', { limit: MAX + 1 });
	return rows.length > MAX ? null : new Map(rows.map(({ no, name }) => [String(no), `${String(no)} ${String(name)}`]));
}

/** Items with a customer's price today. @rule V-063 */
async function priced({ store, given }: Visit): Promise<ReadonlyMap<string, string> | null> {
	const prices = Map.groupBy((await store.list('price', {})).filter(({ customerPrice }) => customerPrice !== null), ({ item }) => String(item));
	if (prices.size > MAX) return null;
	const names = new Map((await store.load('item', 'no', [...prices.keys()])).map(({ no, name }) => [String(no), String(name)]));
	return new Map(
		[...prices].flatMap(([item, lines]) => {
			const line = priceOn(lines as unknown as { no: string; validFrom: string; customerPrice: number }[], given.today);
			return line === null ? [] : [[item, `${names.get(item) ?? item} ${yuan(line.customerPrice)} 元`] as const];
		}),
	);
}
