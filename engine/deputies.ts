import type { Actor } from '../domain/document/facts';
import type { Instant } from '../domain/document/fields';
import { standingIn, type Deputyship } from '../domain/technician/deputyship';
import type { Row, Transaction } from './store';

type Person = { readonly no: string; readonly name: string; readonly roles: string; readonly active: boolean };

/** The person with the roles of those he stands in for now. @rule T-070 @rule O-004 */
export async function withLentRoles(transaction: Transaction, own: Actor, now: Instant): Promise<Actor> {
	const deputyships = (await transaction.load('deputy', 'deputy', [own.code])) as unknown as Deputyship[];
	if (deputyships.length === 0) return own;
	const people = (await transaction.load('person', 'no', deputyships.map(({ person }) => person))) as unknown as Person[];
	const lent = standingIn(own, deputyships, people, now);
	return lent.length === 0 ? own : { ...own, roles: [...own.roles, ...lent.flatMap(({ roles }) => roles)], lent };
}

/** Who has which roles by standing in now, for mails that go to a role. */
export async function lentRoles(transaction: Transaction, people: readonly Row[], now: Instant): Promise<Map<string, readonly string[]>> {
	const deputyships = (await transaction.list('deputy', { where: [{ column: 'fromAt', is: '<=', value: now }, { column: 'toAt', is: '>', value: now }] })) as unknown as Deputyship[];
	return new Map(
		[...Map.groupBy(deputyships, ({ deputy }) => deputy)].map(([code, group]) => [code, standingIn({ code, roles: [] }, group, people as unknown as Person[], now).flatMap(({ roles }) => roles)]),
	);
}
