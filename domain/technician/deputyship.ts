import type { Actor, Lent } from '../document/facts';
import type { Instant } from '../document/fields';
import { readRoles, type Role } from '../organisation';

export type Deputyship = { readonly person: string; readonly deputy: string; readonly fromAt: Instant; readonly toAt: Instant; /** Null: all of the person's roles. */ readonly roles: string | null };

type Person = { readonly no: string; readonly name: string; readonly roles: string; readonly active: boolean };

/**
 * Whom a deputy stands in for now, and the roles he gains by it. The period ends at its last instant; somebody who has left has no right to lend, and lent rights are not lent on.
 * @rule T-070
 */
export function standingIn(deputy: Pick<Actor, 'code' | 'roles'>, deputyships: readonly Deputyship[], people: readonly Person[], now: Instant): Lent[] {
	return deputyships
		.filter(({ deputy: code, fromAt, toAt }) => code === deputy.code && fromAt <= now && now < toAt)
		.flatMap((each) => {
			const absent = people.find(({ no, active }) => no === each.person && active);
			if (absent === undefined) return [];
			const named = each.roles === null ? null : readRoles(each.roles);
			const roles = readRoles(absent.roles).filter((role) => !deputy.roles.includes(role) && (named === null || named.includes(role)));
			return [{ code: absent.no, name: absent.name, roles }];
		});
}

/** For whom somebody acts when only a lent role allows it: `Z01 王主任`; null when his own do. @rule T-070 — acts show who was stood in for */
export function actingFor({ roles, lent = [] }: Actor, allowed: readonly Role[] | 'anyone'): string | null {
	if (allowed === 'anyone') return null;
	const used = allowed.filter((role) => roles.includes(role));
	if (used.some((role) => !lent.some((each) => each.roles.includes(role)))) return null;
	const absent = lent.find((each) => each.roles.some((role) => used.includes(role)));
	return absent === undefined ? null : `${absent.code} ${absent.name}`;
}
