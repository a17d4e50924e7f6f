import { createHash } from 'node:crypto';
import type { NoticeLine } from '../domain/document/document';
import type { Instant } from '../domain/document/fields';
import { ROBOT } from './notices';
import type { Row, Store } from './store';

/** A mail to be sent at most once per key. */
export type Outgoing = {
	readonly key: string;
	readonly recipients: readonly string[];
	readonly subject: string;
	readonly body: readonly NoticeLine[];
	readonly files: readonly { readonly name: string; readonly mimeType: string; /** Base64. */ readonly content: string }[];
};

/** Sends one mail; tells the recipients the server would not take. Throws when it took none. */
export type Delivery = (notice: Outgoing & { readonly messageId: string }) => Promise<readonly string[]>;
export type Sent = { readonly key: string; readonly state: 'sent' | 'already_sent' | 'pending' | 'failed' | 'no_recipient'; readonly error: string | null; readonly way: string | null };

/** A claim older than this belongs to a process that died while sending. */
const CLAIM_MS = 10 * 60_000;

/** Puts a mail into the outbox. A known key keeps a mail that went out; one that could not be sent takes the new address and files. */
export async function enqueue(store: Store, outgoing: Outgoing, now: Instant): Promise<void> {
	const state = outgoing.recipients.length === 0 ? 'no_recipient' : 'pending';
	await store.transaction(async (transaction) => {
		const [known] = await transaction.load('notice', 'key', [outgoing.key], 'lock');
		if (known !== undefined && ['sent', 'sending'].includes(String(known['state']))) return;
		await transaction.replace('notice', [{ rule: null, attempts: 0, createdAt: now, ...known, ...outgoing, state }]);
	});
}

/**
 * Sends what waits in the outbox, oldest first, or only the given keys. Each mail is claimed in the database before and
 * recorded after it is sent; a mail whose process died in between goes out again under the same Message-ID.
 * A mail server or robot that does not answer is asked once in a run, and holds up nobody else's.
 */
export async function sendNotices(store: Store, deliver: Delivery, now: () => Instant, keys?: readonly string[]): Promise<Sent[]> {
	const waiting = keys === undefined ? await outbox(store) : await store.load('notice', 'key', keys);
	const results: Sent[] = [];
	const down = new Map<string, Sent>();
	for (const row of waiting) {
		const [key, place] = [String(row['key']), placeOf(row)];
		const silent = down.get(place);
		const { isDown = false, ...sent } = silent === undefined ? await sendOne(store, key, deliver, now) : { ...silent, key };
		if (isDown) down.set(place, sent);
		results.push(sent);
	}
	return results;
}

/** What takes a row: the mail server, or a robot. */
const placeOf = ({ recipients }: Row): string => [recipients].flat().map(String).find((each) => each.startsWith(ROBOT)) ?? 'mail';

const outbox = (store: Store) => store.list('notice', { where: [{ column: 'state', is: 'in', value: ['pending', 'sending'] }], orderBy: [{ column: 'createdAt' }], limit: 500 });

async function sendOne(store: Store, key: string, deliver: Delivery, now: () => Instant): Promise<Sent & { readonly isDown?: boolean }> {
	const claim = await claimNotice(store, key, now());
	if ('state' in claim) return claim;
	const notice = claim.row;
	let refused: readonly string[];
	try {
		refused = await deliver({ ...(notice as unknown as Outgoing), messageId: messageIdOf(key) });
	} catch (error) {
		const { message, way = null, isFinal = false, isDown = false } = error as { message: string; way?: string; isFinal?: boolean; isDown?: boolean };
		const state = isFinal ? 'failed' : 'pending';
		await store.replace('notice', [{ ...notice, state, claimedAt: null, error: message }]);
		return { key, state, error: message, way, isDown };
	}
	// From here on the mail is out: whatever goes wrong now, it is never sent again by this run.
	const error = refused.length === 0 ? null : `收件人 ${refused.join('、')} 被邮件服务器拒收，其他人已收到`;
	await store.replace('notice', [{ ...notice, state: 'sent', sentAt: now(), claimedAt: null, error }]);
	return { key, state: 'sent', error, way: error === null ? null : '请核对这些邮箱地址' };
}

async function claimNotice(store: Store, key: string, now: Instant): Promise<Sent | { row: Row }> {
	return await store.transaction(async (transaction) => {
		const [row] = await transaction.load('notice', 'key', [key], 'lock');
		const state = String(row?.['state']);
		const done = (name: Sent['state']): Sent => ({ key, state: name, error: null, way: null });
		if (row === undefined || state === 'no_recipient') return done('no_recipient');
		if (state === 'sent') return done('already_sent');
		const isClaimed = state === 'sending' && Date.parse(now) - Date.parse(String(row['claimedAt'])) < CLAIM_MS;
		if (isClaimed) return done('already_sent');
		const claimed = { ...row, state: 'sending', claimedAt: now, attempts: Number(row['attempts']) + 1 };
		await transaction.replace('notice', [claimed]);
		return { row: claimed };
	});
}

/** The same notice always has the same id. */
const messageIdOf = (key: string): string => `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@n8n-nodes-aftersales>`;
