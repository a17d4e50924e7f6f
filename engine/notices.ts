import type { Notice } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import { readRoles } from '../domain/organisation';
import { lentRoles } from './deputies';
import type { Row, Transaction } from './store';

/** Where a notice goes: mail addresses, and the robots of people who have one. */
type Addresses = { readonly mails: readonly string[]; readonly robots: readonly { readonly person: string; readonly robot: string }[] };

/** How a robot stands among the recipients of a row of the outbox. */
export const ROBOT = 'robot:';

/** The address named, or those of the person, or of every active person who has the role, or stands in for one who has it. */
async function addressesOf(transaction: Transaction, notices: readonly Notice[], now: Instant): Promise<Addresses[]> {
	const toRoles = notices.some(({ to }) => 'role' in to);
	const codes = notices.flatMap(({ to }) => ('person' in to && to.at === undefined ? [to.person] : []));
	const people = (toRoles ? await transaction.list('person', {}) : await transaction.load('person', 'no', codes)).filter(({ active }) => active === true);
	const lent = toRoles ? await lentRoles(transaction, people, now) : new Map<string, readonly string[]>();
	const hasRole = ({ no, roles }: Row, role: string) => [...readRoles(String(roles)), ...(lent.get(String(no)) ?? [])].includes(role);
	return notices.map(({ to }) => {
		if ('mail' in to) return { mails: [to.mail], robots: [] };
		const meant = 'person' in to ? (to.at === undefined ? people.filter(({ no }) => no === to.person) : [{ no: to.person, ...to.at }]) : people.filter((person) => hasRole(person, to.role));
		return { mails: meant.flatMap(({ mail }) => (mail === null ? [] : [String(mail)])), robots: meant.flatMap(({ no, robot }) => (robot === null || robot === undefined ? [] : [{ person: String(no), robot: String(robot) }])) };
	});
}

/**
 * Writes notices into the outbox, each key once: a row for the mails and one for each robot. The first row bears the key itself,
 * so that who gets a robot, an address or a role later is not told again what others were told before.
 * @returns how many rows were new
 */
export async function writeNotices(transaction: Transaction, notices: readonly Notice[], now: Instant): Promise<number> {
	if (notices.length === 0) return 0;
	const addresses = await addressesOf(transaction, notices, now);
	const told = await toldBefore(transaction, notices.filter((_notice, index) => addresses[index]?.robots.length));
	return await transaction.insertNew('notice', notices.flatMap((notice, index) => {
		const { mails, robots } = addresses[index] as Addresses;
		if (told.has(notice.key)) return [];
		const hasMail = mails.length > 0 || robots.length === 0;
		return [...(hasMail ? [noticeRow(notice, mails, now)] : []), ...robots.map(({ person, robot }, at) => noticeRow(hasMail || at > 0 ? { ...notice, key: `${notice.key}@${person}` } : notice, [`${ROBOT}${robot}`], now))];
	}));
}

/** Of notices that have more than one row, those that were written before; one row alone is kept apart by its key. */
async function toldBefore(transaction: Transaction, notices: readonly Notice[]): Promise<ReadonlySet<unknown>> {
	if (notices.length === 0) return new Set();
	return new Set((await transaction.list('notice', { columns: ['key'], where: [{ column: 'key', is: 'in', value: notices.map(({ key }) => key) }] })).map(({ key }) => key));
}

/** A notice without recipients is kept and shown, not lost: state `no_recipient`. */
const noticeRow = (notice: Notice, recipients: readonly string[], now: Instant): Row => ({
	key: notice.key,
	recipients,
	subject: notice.subject,
	body: notice.body,
	files: [],
	rule: notice.rule,
	state: recipients.length === 0 ? 'no_recipient' : 'pending',
	attempts: 0,
	createdAt: now,
});
