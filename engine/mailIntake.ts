import { createHash } from 'node:crypto';
import type { Instant } from '../domain/document/fields';
import type { RowOfRecord } from '../domain/document/document';
import type { asset, customer } from '../domain/master/records';
import { readMail, type Mail } from '../domain/service/readMail';
import { apply, SYSTEM } from './engine';
import type { Row, Store } from './store';

const names = { customerName: '客户名称', phone: '电话', address: '地址', model: '商品型号' } as const;

/** What became of a mail: a call, or an answer that asks for what is missing. */
export type MailIntake = { readonly call: Row; readonly repeated: boolean } | { readonly call: null; /** Chinese names of what is missing. */ readonly missing: readonly string[] };

type NamedMail = Mail & { readonly messageId: string };

/** What tells one mail from another: its Message-ID, or, where the sender's program gave none, who wrote what. */
export const identityOf = ({ messageId, from, subject, text }: NamedMail): string =>
	messageId.trim() === '' ? createHash('sha256').update(JSON.stringify([from, subject, text])).digest('hex') : messageId.trim();

/**
 * Registers a call from a customer's mail; who writes from an address on file need not say who he is.
 * The same mail twice registers one call.
 * @rule V-015 — mail is a channel like the others
 * @throws RuleViolation when the call is refused for another reason
 */
export async function takeMail(store: Store, mail: NamedMail, now: Instant): Promise<MailIntake> {
	const { input } = readMail(mail);
	const known = await onFile(store, mail.from, input.phone);
	const filled = { ...known, ...input, ...(known.customerName === undefined ? {} : { customerName: known.customerName }) };
	const missing = (Object.keys(names) as (keyof typeof names)[]).filter((key) => filled[key] === undefined);
	if (missing.length > 0) return { call: null, missing: missing.map((key) => names[key]) };
	const [outcome] = await apply(store, 'call', 'register', [{ input: filled, key: `mail:${identityOf(mail)}` }], { actor: SYSTEM, now });
	const { document, repeated } = outcome as { document: Row; repeated: boolean };
	return { call: document, repeated };
}

/** The customer of a mail address or phone number, with his product where he has one only. */
async function onFile(store: Store, from: string, phone: string | undefined): Promise<{ customerName?: string; phone?: string; address?: string; model?: string; serial?: string }> {
	const byMail = await store.load('customer', 'mail', [from.trim().toLowerCase(), from.trim()]);
	const found = (byMail.length > 0 ? byMail : phone === undefined ? [] : await store.load('customer', 'phone', [phone])) as unknown as RowOfRecord<typeof customer>[];
	const [owner] = found;
	if (owner === undefined || found.length > 1) return {};
	const assets = (await store.load('asset', 'customer', [owner.no])) as unknown as RowOfRecord<typeof asset>[];
	const only = assets.length === 1 ? assets[0] : undefined;
	return { customerName: owner.name, phone: owner.phone, address: owner.address, ...(only === undefined ? {} : { model: only.model, serial: only.no }) };
}
