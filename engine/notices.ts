import type { Notice } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import { readRoles } from '../domain/organisation';
import { lentRoles } from './deputies';
import type { Row, Transaction } from './store';

/** The mail addresses of each notice: the one named, the person's, or of every active person who has the role, or stands in for one who has it. */
export async function recipientsOf(transaction: Transaction, notices: readonly Notice[], now: Instant): Promise<string[][]> {
	const isNeeded = notices.some(({ to }) => !('mail' in to));
	const people = isNeeded ? (await transaction.list('person', {})).filter(({ active }) => active === true) : [];
	const lent = isNeeded ? await lentRoles(transaction, people, now) : new Map<string, readonly string[]>();
	const hasRole = ({ no, roles }: Row, role: string) => [...readRoles(String(roles)), ...(lent.get(String(no)) ?? [])].includes(role);
	return notices.map(({ to }) => {
		if ('mail' in to) return [to.mail];
		return people.filter((person) => ('person' in to ? person['no'] === to.person : hasRole(person, to.role))).flatMap(({ mail }) => (mail === null ? [] : [String(mail)]));
	});
}

/** Writes notices into the outbox, each key once. @returns how many were new */
export async function writeNotices(transaction: Transaction, notices: readonly Notice[], now: Instant): Promise<number> {
	if (notices.length === 0) return 0;
	const recipients = await recipientsOf(transaction, notices, now);
	return await transaction.insertNew('notice', notices.map((notice, index) => noticeRow(notice, recipients[index] ?? [], now)));
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
