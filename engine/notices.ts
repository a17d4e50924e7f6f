import type { Notice } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import { hasRole } from '../domain/organisation';
import type { Row, Transaction } from './store';

/** The mail addresses of each notice: the one named, or of every active person with the role. */
export async function recipientsOf(transaction: Transaction, notices: readonly Notice[]): Promise<string[][]> {
	const people = notices.some(({ to }) => 'role' in to) ? await transaction.list('person', {}) : [];
	return notices.map(({ to }) => {
		if ('mail' in to) return [to.mail];
		return people.filter((person) => person['active'] === true && hasRole(String(person['roles']), to.role)).flatMap(({ mail }) => (mail === null ? [] : [String(mail)]));
	});
}

/** A notice without recipients is kept and shown, not lost: state `no_recipient`. */
export function noticeRow(notice: Notice, recipients: readonly string[], now: Instant): Row {
	return {
		key: notice.key,
		recipients,
		subject: notice.subject,
		body: notice.body,
		files: [],
		rule: notice.rule,
		state: recipients.length === 0 ? 'no_recipient' : 'pending',
		attempts: 0,
		createdAt: now,
	};
}
