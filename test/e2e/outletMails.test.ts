import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { addMonths } from '../../domain/shared/zonedTime';
import { allTables } from '../../engine/allTables';
import type { Store } from '../../engine/store';
import { openStore } from '../../store/openStore';
import { startImapServer, type ImapServer, type ServedMail } from '../support/imapServer';
import { startInstance, type Instance } from './harness';
import { someFlows } from './someFlows';

const account = { user: 'wangdian@factory.test', password: 'x' };
const flow = 'aftersalesOutMail01';
const month = addMonths(`${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}-01`, -1).slice(0, 7);
const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const csv = (...rows: (string | number)[][]) => iconv.encode(rows.map((cells) => cells.join(',')).join('\r\n'), 'gb18030');

let serial = 0;
const mailFrom = (address: string, subject: string, text: string, files: Readonly<Record<string, Buffer>>): ServedMail => ({
	headers: { From: `${word('网点')} <${address}>`, To: account.user, Subject: word(subject), Date: new Date().toUTCString(), 'Message-ID': `<${++serial}@mail.test>` },
	parts: [{ subtype: 'plain', charset: 'utf-8', content: Buffer.from(text) }, ...Object.entries(files).map(([fileName, content]) => ({ fileName, content }))],
});

describe('outlets\' mails in a real n8n', () => {
	let folder: string;
	let imap: ImapServer;
	let instance: Instance;
	let store: Store;

	beforeAll(async () => {
		folder = someFlows(['outlet-upload-by-mail', 'master-data-import', 'outbox']);
		imap = await startImapServer(account);
		instance = await startInstance({ database: 'sqlite', workflowFolder: folder, imap: { ...account, port: imap.port } });
		await instance.postForm('ziliao', { actor: '首次', file: { file: readFileSync(join(__dirname, '../../instance/demo/基础资料-示例.xlsx')), filename: 'x.xlsx', contentType: 'application/octet-stream' } });
		store = await openStore({ engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') }, allTables);
		while (imap.readers() === 0) await new Promise((resolve) => setTimeout(resolve, 100));
	});

	afterAll(async () => {
		await store.close();
		await instance.stop();
		await imap.stop();
		rmSync(folder, { recursive: true });
	});

	it('P-040 P-020: two attachments of a known outlet are answered one by one, the bad row in its own file', async () => {
		expect(await instance.n8n.isPublished(flow)).toBe(true);
		imap.deliver(mailFrom('w01@demo.local', `城北网点 ${Number(month.slice(5))}月 使用统计`, '见附件', {
			'使用统计.csv': csv(['配件编码', '数量', '维修记录单号', '更换日期', '保内/保外'], ['00355', 2, 'WX-1', `${month}-05`, '保内'], ['99999', 1, 'WX-2', `${month}-06`, '保内']),
			'故障.csv': csv(['产品型号', '故障', '数量'], ['KF-26GW', '不制冷', 3]),
			'公章.jpg': Buffer.from([0xff, 0xd8, 0xff]),
		}));
		const mails = await instance.waitForMails(2);
		expect(mails.map(({ to }) => JSON.stringify(to).includes('w01@demo.local'))).toEqual([true, true]);
		const marked = mails.find(({ attachments }) => attachments.length > 0);
		expect(marked?.subject).toContain(`${month}（接收 1 行，退回 1 行）`);
		expect(marked?.attachments.map(({ filename }) => filename)).toEqual(['使用统计-检查结果.xlsx']);
		expect(marked?.text).toContain('配件资料中没有“99999”');
		expect(await store.list('usage_line', {})).toMatchObject([{ no: 'SY-W01-WX-1-00355', month }]);
		expect(await store.list('fault_report', {})).toMatchObject([{ outlet: 'W01', quantity: 3 }]);
	});

	it('P-024: an emergency request by mail takes its reason from the text; a stranger and a mail without a file are told why nothing was taken', async () => {
		imap.deliver(mailFrom('w02@demo.local', '紧急配件申请', '客户要求退机，没有备用机', { '申请.csv': csv(['配件编码', '申请数量'], ['00418', 1]) }));
		await instance.waitForMails(3);
		expect(await store.list('part_request', {})).toMatchObject([{ outlet: 'W02', requestKind: 'emergency', reason: '客户要求退机，没有备用机', state: 'Submitted' }]);
		imap.deliver(mailFrom('stranger@mail.test', '使用统计', '见附件', { '使用统计.csv': csv(['配件编码'], ['00355']) }));
		imap.deliver(mailFrom('w02@demo.local', '使用统计', '忘了附件', {}));
		// Besides the answers, after-sales heard of the request.
		await instance.waitForMails(6);
		expect(instance.mails.find(({ to }) => JSON.stringify(to).includes('stranger@mail.test'))?.text).toContain('没有邮箱为“stranger@mail.test”的服务网点');
		expect(instance.mails.filter(({ to }) => JSON.stringify(to).includes('w02@demo.local')).map(({ text }) => text?.includes('没有找到可以读取的附件'))).toContain(true);
	});
});
