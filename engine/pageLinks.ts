import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NoticeLine, PageLink } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import type { Settings } from '../domain/settings';
import { RuleViolation } from '../domain/shared/ruleViolation';
import type { Store } from './store';

/** What a link opens, for whom, and until when. */
export type Ticket = { readonly page: PageLink['page']; /** The paper it is bound to, or ''. */ readonly no: string; readonly person: string; readonly until: Instant };

const KEY = 'page-links';

/** Where the pages answer below n8n's webhook address. */
export const PAGES_PATH = 'fuwu';

/** Signs a link; whoever holds the token may do what the ticket says, nothing else. */
export async function signLink(store: Store, { page, no, person, until }: Ticket): Promise<string> {
	const content = Buffer.from(JSON.stringify([page, no, person, Math.floor(Date.parse(until) / 1000)])).toString('base64url');
	return `${content}.${signature(content, await secretOf(store)).toString('base64url')}`;
}

/**
 * Reads a link.
 * @throws RuleViolation LINK_INVALID when it is not ours or was changed, LINK_EXPIRED when its time is over
 */
export async function readLink(store: Store, token: string, now: Instant): Promise<Ticket> {
	const [content = '', given = ''] = token.split('.');
	const expected = signature(content, await secretOf(store));
	const received = Buffer.from(given, 'base64url');
	if (received.length !== expected.length || !timingSafeEqual(received, expected)) throw new RuleViolation('LINK_INVALID', '这个链接无效', '请从最新的邮件重新打开，或在登录页索取新的链接');
	const [page, no, person, seconds] = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as [PageLink['page'], string, string, number];
	const until = new Date(seconds * 1000).toISOString();
	if (now > until) throw new RuleViolation('LINK_EXPIRED', '这个链接已过期', '请在登录页输入工号，索取新的链接');
	return { page, no, person, until };
}

type Site = { /** Address of the pages, without query. */ readonly address: string; readonly now: Instant; readonly settings: Settings };

/** Lines of a mail with addresses in place of page links: signed for their person or paper, or the sign-in page where a role is written to. */
export async function resolveLinks(store: Store, lines: readonly NoticeLine[], site: Site): Promise<(string | readonly [string, string] | { label: string; href: string })[]> {
	return await Promise.all(
		lines.map(async (line) => (typeof line === 'object' && 'page' in line ? { label: line.label, href: await addressOf(store, line, site) } : line)),
	);
}

/** The address of a page for its person. */
export async function addressOf(store: Store, { page, no, person }: Omit<PageLink, 'label'>, { address, now, settings }: Site): Promise<string> {
	if (person === '' && page !== 'card') return `${address}?p=login`;
	const hours = { job: settings['service.link_days'] * 24, card: settings['survey.close_days'] * 24 }[page as string] ?? settings['service.staff_link_hours'];
	const until = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
	return `${address}?t=${await signLink(store, { page, no, person, until })}`;
}

const signature = (content: string, secret: Buffer): Buffer => createHmac('sha256', secret).update(content).digest();

/** Made once and kept in the database, so that every process signs alike and a copied workflow knows nothing. */
async function secretOf(store: Store): Promise<Buffer> {
	const read = async () => (await store.load('secret', 'key', [KEY]))[0]?.['value'];
	const known = await read();
	if (known !== undefined) return Buffer.from(String(known), 'base64');
	await store.insertNew('secret', [{ key: KEY, value: randomBytes(32).toString('base64') }]);
	return Buffer.from(String(await read()), 'base64');
}
