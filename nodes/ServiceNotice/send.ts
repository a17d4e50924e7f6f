import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { NoticeLine } from '../../domain/document/document';
import { hasRole, roleOf } from '../../domain/organisation';
import { RuleViolation } from '../../domain/shared/ruleViolation';
import { enqueue, sendNotices, type Delivery, type Sent } from '../../engine/sendNotices';
import { PAGES_PATH, resolveLinks } from '../../engine/pageLinks';
import { settingsAt } from '../../engine/settingsAt';
import type { Store } from '../../engine/store';
import { mailHtml, mailText } from '../../mail/mailBody';
import { MailError, sendMail } from '../../mail/sendMail';
import { smtpOf } from '../shared/services';
import { failedItem, toNodeError } from '../shared/toNodeError';

const now = () => new Date().toISOString();

/** Sends everything that waits; input items are passed on, so that the node can stand in the middle of a flow. */
export async function sendOutbox(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const sent = await sendNotices(store, await deliveryOf(context, store), now);
	const failed = sent.find(({ error }) => error !== null);
	if (failed !== undefined && context.getNodeParameter('failWhenNotSent', 0) === true) throw asError(failed);
	const mails = { sent: sent.filter(({ state }) => state === 'sent').length, waiting: sent.filter(({ state }) => state === 'pending').length, failed: sent.filter(({ state }) => state === 'failed').length };
	return context.getInputData().map(({ json, binary }, item) => ({ json: { ...json, mails }, ...(binary === undefined ? {} : { binary }), pairedItem: { item } }));
}

/** One mail for each item, kept in the outbox until the server has taken it. */
export async function sendItems(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	const deliver = await deliveryOf(context, store);
	return await eachItem(context, async (item) => {
		const { key, recipients } = await queueItem(context, store, item);
		const [sent] = await sendNotices(store, deliver, now, [key]);
		if (sent !== undefined && sent.error !== null && context.getNodeParameter('failWhenNotSent', item) === true) throw asError(sent);
		return { ...sent, stateLabel: stateLabels[sent?.state ?? 'pending'], recipients };
	});
}

/** One mail for each item, for the outbox flow to send. */
export async function queueItems(context: IExecuteFunctions, store: Store): Promise<INodeExecutionData[]> {
	return await eachItem(context, async (item) => ({ ...(await queueItem(context, store, item)), state: 'pending', stateLabel: '已放入发件箱' }));
}

/** Passes the items on with what became of their mail. */
async function eachItem(context: IExecuteFunctions, mail: (item: number) => Promise<object>): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[] = [];
	for (const [item, { json, binary }] of context.getInputData().entries()) {
		try {
			results.push({ json: { ...json, mail: (await mail(item)) as IDataObject }, ...(binary === undefined ? {} : { binary }), pairedItem: { item } });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, item);
			results.push(failedItem(context.getNode(), error, item));
		}
	}
	return results;
}

async function queueItem(context: IExecuteFunctions, store: Store, item: number): Promise<{ key: string; recipients: string[] }> {
	const key = String(context.getNodeParameter('key', item)).trim();
	if (key === '') throw new RuleViolation('FIELD_MISSING', '缺少“Key”', '请填写能区分这封邮件的内容，例如 monthly-report:2025-05');
	const recipients = await recipientsOf(store, String(context.getNodeParameter('to', item)));
	const subject = String(context.getNodeParameter('subject', item));
	await enqueue(store, { key, recipients, subject, body: linesOf(String(context.getNodeParameter('text', item))), files: await filesOf(context, item) }, now());
	return { key, recipients };
}

const stateLabels: Readonly<Record<Sent['state'], string>> = {
	sent: '已发送',
	already_sent: '以前已发送，没有重复发送',
	pending: '邮件服务器暂时不收，稍后自动补发',
	failed: '收件地址被拒收，请核对',
	no_recipient: '没有收件人',
};

const asError = ({ error, way, key }: Sent): MailError => new MailError(error ?? '', `${way ?? ''}（邮件 ${key} 已留在发件箱）`, false);

async function deliveryOf(context: IExecuteFunctions, store: Store): Promise<Delivery> {
	const smtp = await smtpOf(context);
	const settings = await settingsAt(store, now().slice(0, 10));
	const address = settings['general.page_url'] || `${context.getInstanceBaseUrl().replace(/\/$/, '')}/webhook/${PAGES_PATH}`;
	return async ({ recipients, subject, body: lines, files, messageId }) => {
		const body = await resolveLinks(store, lines, { address, now: now(), settings });
		return await sendMail(smtp, {
			to: recipients,
			subject,
			html: mailHtml(subject, body),
			text: mailText(body),
			messageId,
			files: files.map(({ name, mimeType, content }) => ({ name, mimeType, content: Buffer.from(content, 'base64') })),
		});
	};
}

/** Addresses as they are; a role's name stands for its people. */
async function recipientsOf(store: Store, list: string): Promise<string[]> {
	// `城北网点 <w01@x.cn>`, as mails name their senders: the address is enough.
	const words = list.replace(/"[^"]*"\s*(?=<)|[^,，;；<]*<([^>]+)>/g, (_whole, address: string | undefined) => address ?? '').split(/[,，;；\s]+/).filter((word) => word !== '');
	const people = words.some((word) => !word.includes('@')) ? await store.list('person', { where: [{ column: 'active', is: '=', value: 1 }] }) : [];
	const found = words.flatMap((word) => {
		if (word.includes('@')) return [word];
		const role = roleOf(word);
		if (role === null) throw new RuleViolation('FIELD_INVALID', `收件人“${word}”不是邮箱，也不是角色`, '请填写邮箱地址或角色名称');
		return people.flatMap(({ roles, mail }) => (mail !== null && hasRole(String(roles), role) ? [String(mail)] : []));
	});
	if (found.length === 0) throw new RuleViolation('FIELD_MISSING', `没有收件人（“${list}”）`, '请填写邮箱地址，或为该角色的人员登记邮箱');
	return [...new Set(found)];
}

const linesOf = (text: string): NoticeLine[] =>
	text.split('\n').filter((line) => line.trim() !== '').map((line) => {
		const match = /^([^：]{1,12})：(.+)$/.exec(line.trim());
		return match === null ? line.trim() : ([match[1] as string, match[2] as string] as const);
	});

async function filesOf(context: IExecuteFunctions, item: number) {
	const names = String(context.getNodeParameter('attachments', item)).split(/[,，\s]+/).filter((name) => name !== '');
	const binary = context.getInputData()[item]?.binary ?? {};
	const present = names.filter((name) => binary[name] !== undefined);
	return await Promise.all(
		present.map(async (name) => ({
			name: binary[name]?.fileName ?? name,
			mimeType: binary[name]?.mimeType ?? 'application/octet-stream',
			content: (await context.helpers.getBinaryDataBuffer(item, name)).toString('base64'),
		})),
	);
}
