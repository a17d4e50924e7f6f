import type { RowOfRecord } from '../domain/document/document';
import type { person, qualification } from '../domain/master/records';
import { hasRole } from '../domain/organisation';
import type { Call } from '../domain/service/call';
import { isQualified } from '../domain/service/qualified';
import type { Standing } from './engine';
import type { Condition, Query, Store } from './store';

type Person = RowOfRecord<typeof person>;

/** Somebody who may be sent, and what he already has. */
export type Candidate = { readonly person: Person; /** Jobs in hand. */ readonly jobs: number; /** His next appointments. */ readonly appointments: readonly string[]; readonly skills: readonly RowOfRecord<typeof qualification>[] };

/** What a list shows of a call: a register of a hundred thousand is not read in full width. */
const shown = ['no', 'state', 'priority', 'repeatOf', 'customerName', 'phone', 'address', 'model', 'symptom', 'siteSituation', 'calledAt', 'dueAt', 'dueWorking', 'warnAt', 'arrivedAt', 'appointFrom', 'appointTo', 'promisedAt', 'technician'] as const satisfies readonly (keyof Call)[];
export type ListedCall = Pick<Call, (typeof shown)[number]>;

export type Board = { readonly unassigned: readonly ListedCall[]; readonly running: readonly ListedCall[]; readonly escalated: readonly ListedCall[]; readonly candidates: readonly Candidate[] };

const MAX = 500;

/**
 * What waits for the dispatcher.
 * @rule V-034 — yesterday's first, then by limit
 */
export const unassignedCalls = (store: Store, visible: readonly Condition[] = []): Promise<ListedCall[]> =>
	// The codes of the priorities sort as they rank: manager, next_day, normal.
	listed(store, { where: [{ column: 'state', is: '=', value: 'WithDispatcher' }, ...visible], orderBy: [{ column: 'priority' }, { column: 'dueAt' }] });

/** Where nobody has arrived yet, the most urgent first. @rule V-030 */
export const dueCalls = (store: Store, visible: readonly Condition[] = []): Promise<ListedCall[]> =>
	listed(store, { where: [{ column: 'state', is: 'in', value: ['WithDispatcher', 'Assigned', 'Escalated'] }, { column: 'arrivedAt', is: 'empty' }, ...visible], orderBy: [{ column: 'dueAt' }] });

const listed = async (store: Store, query: Query): Promise<ListedCall[]> => (await store.list('call', { ...query, columns: shown, limit: MAX })) as unknown as ListedCall[];

/** The dispatcher's board, for those who read all or what their units allow. */
export async function dispatchBoard(store: Store, visible: readonly Condition[] = []): Promise<Board> {
	const unassigned = await unassignedCalls(store, visible);
	const running = await listed(store, { where: [{ column: 'state', is: 'in', value: ['Assigned', 'InRepair'] }, ...visible], orderBy: [{ column: 'dueAt' }] });
	const escalated = await listed(store, { where: [{ column: 'state', is: '=', value: 'Escalated' }, ...visible], orderBy: [{ column: 'calledAt' }] });
	return { unassigned, running, escalated, candidates: await candidatesOf(store, [...running, ...escalated]) };
}

/** Everybody who may be sent, without the lists of calls. */
export const candidatesNow = async (store: Store): Promise<Candidate[]> => await candidatesOf(store, await listed(store, { where: [{ column: 'state', is: 'in', value: ['Assigned', 'InRepair', 'Escalated'] }] }));

async function candidatesOf(store: Store, running: readonly ListedCall[]): Promise<Candidate[]> {
	const people = ((await store.list('person', { where: [{ column: 'active', is: '=', value: 1 }] })) as unknown as Person[]).filter(({ roles }) => hasRole(roles, 'technician'));
	const skills = Map.groupBy((await store.load('qualification', 'person', people.map(({ no }) => no))) as unknown as RowOfRecord<typeof qualification>[], ({ person: code }) => code);
	const jobs = Map.groupBy(running, ({ technician }) => technician);
	return people.map((each) => {
		const own = jobs.get(each.no) ?? [];
		return { person: each, jobs: own.length, appointments: own.flatMap(({ appointFrom }) => appointFrom ?? []).sort(), skills: skills.get(each.no) ?? [] };
	});
}

/**
 * Who can be sent to a call: the qualified and least busy first, the others named as such.
 * @rule V-023 — only valid certificates for the product on the planned day
 */
export function fitFor(call: Pick<Call, 'model' | 'appointFrom'>, candidates: readonly Candidate[], { calendar, now, settings }: Pick<Standing, 'calendar' | 'now' | 'settings'>): { readonly candidate: Candidate; readonly isQualified: boolean }[] {
	const day = calendar.dayOf(call.appointFrom ?? now);
	const checks = settings['service.qualification'] === '是';
	return candidates
		.map((candidate) => ({ candidate, isQualified: !checks || isQualified(candidate.skills, call.model, day) }))
		.sort((one, other) => Number(other.isQualified) - Number(one.isQualified) || one.candidate.jobs - other.candidate.jobs);
}
