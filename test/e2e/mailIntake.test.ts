import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import type { Store } from '../../engine/store';
import { openStore } from '../../store/openStore';
import { startImapServer, type ImapServer, type ServedMail } from '../support/imapServer';
import { startInstance, type Instance } from './harness';
import { someFlows } from './someFlows';

const FLOW = 'aftersalesMailIn01';
const account = { user: 'baoxiu@factory.test', password: 'shou"quan ma' };

const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

/** GB 18030, which Chinese mail programs still write and Node can only read: looked up in what Node reads. */
function gb18030(text: string): Buffer {
	const decoder = new TextDecoder('gb18030');
	const codes = new Map(Array.from({ length: 0x7e * 0x100 }, (_, index) => Buffer.from([0x81 + (index >> 8), index & 0xff])).map((bytes) => [decoder.decode(bytes), bytes]));
	return Buffer.concat([...text].map((letter) => (letter.charCodeAt(0) < 0x80 ? Buffer.from(letter) : (codes.get(letter) as Buffer))));
}

function mailFrom(address: string, name: string, subject: string, parts: ServedMail['parts'], more: Readonly<Record<string, string>> = {}): ServedMail {
	return { headers: { From: `${word(name)} <${address}>`, To: account.user, Subject: word(subject), Date: new Date().toUTCString(), 'Message-ID': `<${address}.1@mail.test>`, ...more }, parts };
}

const complete = '您好：\r\n客户名称：王女士\r\n电话：１３７１２３４５６７８\r\n地址：解放路 9 号\r\n型号：KF-26GW\r\n故障：不制冷，滴水\r\n谢谢\r\n';
const mails = {
	complete: mailFrom('wang@mail.test', '王小姐', '空调报修', [
		{ subtype: 'plain', charset: 'gb18030', content: gb18030(complete) },
		{ subtype: 'html', charset: 'gb18030', content: gb18030(`<div>${complete.replaceAll('\r\n', '<br>')}</div>`) },
	]),
	lacking: mailFrom('zhao@mail.test', '赵先生', '冰箱坏了', [{ subtype: 'plain', charset: 'utf-8', content: Buffer.from('冰箱不制冷，请来修。\r\n我的手机 13900001111\r\n') }]),
	automatic: mailFrom('sun@mail.test', '孙经理', '我在休假', [{ subtype: 'plain', charset: 'utf-8', content: Buffer.from('来信已收到，下周回复。\r\n') }], { 'Auto-Submitted': 'auto-replied' }),
	bounced: mailFrom('mailer-daemon@mail.test', 'Mail Delivery', '退信', [{ subtype: 'plain', charset: 'utf-8', content: Buffer.from('查无此人\r\n') }]),
};

describe('mails in a real n8n', () => {
	let folder: string;
	let imap: ImapServer;
	let instance: Instance;
	let store: Store;

	beforeAll(async () => {
		folder = someFlows(['service-call-by-mail', 'outbox']);
		imap = await startImapServer(account);
		instance = await startInstance({ database: 'sqlite', workflowFolder: folder, imap: { ...account, port: imap.port } });
		store = await openStore({ engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') }, allTables);
		await until(() => imap.readers() > 0);
	});

	afterAll(async () => {
		await store.close();
		await instance.stop();
		await imap.stop();
		rmSync(folder, { recursive: true });
	});

	const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
		for (let attempt = 0; attempt < 300; attempt++) {
			if (await isSo()) return;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`waited in vain\n${instance.log().slice(-2000)}`);
	};
	const ended = async (count: number) => await until(async () => (await instance.executions(FLOW)).filter(({ status }) => status === 'success').length >= count);
	const answersTo = (address: string) => instance.mails.filter((mail) => JSON.stringify(mail.to).includes(address));

	it('V-015: a complete mail in GB 18030 becomes a call that came by mail, answered with its number and time', async () => {
		expect(await instance.n8n.isPublished(FLOW)).toBe(true);
		const uid = imap.deliver(mails.complete);
		await instance.waitForMails(1);
		const [call, ...more] = await store.list('call', {});
		expect(more).toEqual([]);
		expect(call).toMatchObject({ channel: 'mail', customerName: '王女士', phone: '13712345678', address: '解放路 9 号', model: 'KF-26GW', symptom: '不制冷，滴水', state: 'WithDispatcher' });
		const [answer] = answersTo('wang@mail.test');
		expect(answer?.subject).toBe(`报修已受理 ${String(call?.['no'])}`);
		expect(answer?.headers.get('auto-submitted')).toBe('auto-generated');
		expect(answer?.text).toMatch(/技术员最迟 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 到达/);
		await ended(1);
		expect(imap.isSeen(uid)).toBe(true);
	});

	it('V-015: a mail without address and model is asked for them and registers nothing', async () => {
		imap.deliver(mails.lacking);
		await instance.waitForMails(2);
		const [answer] = answersTo('zhao@mail.test');
		expect(answer?.subject).toBe('报修资料不全，请补充');
		expect(answer?.text).toContain('还缺：地址、商品型号。');
		expect(await store.list('call', {})).toHaveLength(1);
	});

	it('V-015: automatic replies and bounces are neither registered nor answered, the same mail again neither', async () => {
		await ended(2);
		imap.deliver(mails.automatic);
		await ended(3);
		imap.deliver(mails.bounced);
		await ended(4);
		const again = imap.deliver(mails.complete);
		await ended(5);
		expect(imap.isSeen(again)).toBe(true);
		expect(await store.list('call', {})).toHaveLength(1);
		expect(instance.mails).toHaveLength(2);
	});
});
