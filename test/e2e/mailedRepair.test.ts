import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { allTables } from '../../engine/allTables';
import type { Row, Store } from '../../engine/store';
import { openStore } from '../../store/openStore';
import { startImapServer, type ImapServer } from '../support/imapServer';
import { startInstance, type Instance } from './harness';
import { openPage, sendForm } from './pageSession';
import { someFlows } from './someFlows';

const account = { user: 'fanxiu@factory.test', password: 'x' };
const word = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const headers = ['申请单位/申请人', '申请单位类别', '设备型号', '序列号', '购买日期', '保内/保外', '故障现象', '邮寄地址', '收件人', '电话', '邮箱'];
const device = (serial: string, fault: string) => ['北方经销商', '经销商', 'NAV-8', serial, '2020-05-01', '保外', fault, '北街 5 号', '马老板', '13611112222', ''];

describe('a device mailed in for repair, in a real n8n', () => {
	let folder: string;
	let imap: ImapServer;
	let instance: Instance;
	let store: Store;

	beforeAll(async () => {
		folder = someFlows(['rma-by-mail', 'rma-check', 'rma-number', 'rma-receive', 'rma-diagnose', 'rma-confirm-fee', 'rma-remittance', 'rma-payment', 'rma-finish', 'rma-ship', 'master-data-import', 'service-pages', 'outbox']);
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

	const mailsTo = (address: string, words: string) => instance.mails.filter((mail) => JSON.stringify(mail.to).includes(address) && `${mail.subject}${mail.text}`.includes(words));
	const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
		for (let attempt = 0; attempt < 200; attempt++) {
			const found = await look();
			if (found !== undefined) return found;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`waited in vain\n${instance.log().slice(-1500)}`);
	};
	const paper = async (): Promise<Row> => (await store.list('rma', { orderBy: [{ column: 'no' }] }))[0] as Row;
	/** One staff form: staff number, then the page with the first paper chosen. */
	const work = async (path: string, actor: string, fields: Record<string, string>) => {
		const page = await instance.postForm(path, { actor });
		if (page.labels.length === 0) throw new Error(page.text);
		const [choice = ''] = page.labels;
		return (await page.next({ [choice]: page.options(choice)[0] ?? '', ...fields })).text;
	};

	it('R-101 R-103: an application by mail is entered row by row; what is missing is asked for, a bad row comes back', async () => {
		const csv = [headers, device('NV1001', '开机后白屏，无法导航'), [...device('NV1002', '').slice(0, 4), '去年', ...device('', '').slice(5)]].map((cells) => cells.join(',')).join('\r\n');
		imap.deliver({
			headers: { From: `${word('马老板')} <ma@dealer.test>`, To: account.user, Subject: word('返修申请'), Date: new Date().toUTCString(), 'Message-ID': '<rma1@mail.test>' },
			parts: [{ subtype: 'plain', charset: 'utf-8', content: Buffer.from('见附件') }, { fileName: '返修申请.csv', content: iconv.encode(csv, 'gb18030') }],
		});
		const answer = await until(() => mailsTo('ma@dealer.test', '返修申请回执')[0]);
		expect(answer.subject).toContain('接收 1 行，退回 1 行');
		expect(answer.attachments).toHaveLength(1);
		expect(await store.list('rma', {})).toMatchObject([{ serial: 'NV1001', state: 'Submitted', channel: 'mail', mail: 'ma@dealer.test' }]);
	});

	it('R-106 R-107 R-109: the service manager gives the number; the applicant learns where to send it and what to mind', async () => {
		expect(await work('heduifanxiu', 'C01', { 资料: '完整、故障描述清楚' })).toContain('待回复处理意见');
		expect(await work('weixiubianhao', 'S01', { 处理意见: '同意返修' })).toMatch(/RMA\d/);
		const mail = await until(() => mailsTo('ma@dealer.test', 'RMA')[0]);
		expect(mail.text).toContain('中山路 20 号');
		expect(mail.text).toMatch(/数据线|备份/);
	});

	it('R-106: anybody with the number sees how far it is, and nothing about the customer', async () => {
		const { repairNo } = await paper();
		const status = await sendForm(await openPage(`${instance.baseUrl}/webhook/fuwu?p=status`), 'no', { no: String(repairNo), digits: '' });
		expect(status.text).toContain('维修编号');
		for (const secret of ['马老板', '13611112222', '北街', '北方经销商']) expect(status.text).not.toContain(secret);
	});

	it('R-113 R-114 R-115: out of warranty it is charged: a file confirms the fee, and nothing goes back before the money is there', async () => {
		expect(await work('shoudaofanxiu', 'CK1', { 箱外有维修编号: '是', 箱内配件: '主机、电源线' })).toContain('已收到设备');
		expect(await work('jiancefeiyong', 'J01', { 故障责任: '产品质量', 检测情况: '屏幕排线松脱', 收费明细: 'GS01 2' })).toContain('待确认费用');
		await until(() => mailsTo('ma@dealer.test', '100.00')[0]);
		const first = await instance.postForm('querenfeiyong', { actor: 'C01' });
		const signed = { file: Buffer.from('%PDF-1.4 signed'), filename: '签字通知单.pdf', contentType: 'application/pdf' };
		const confirmed = await first.next({ [first.labels[0] ?? '']: first.options(first.labels[0] ?? '')[0] ?? '', [first.labels.at(-1) ?? '']: signed });
		expect(confirmed.text).toMatch(/维修中|待到账/);
		expect(await store.load('attachment', 'paper', [String((await paper())['no'])])).toMatchObject([{ name: '签字通知单.pdf', purpose: 'confirmation' }]);
		expect(await work('fanxiuxiutuo', 'J01', { 查明故障: '排线松脱', 原因: '振动', 处理: '重新压接', 测试结果: '连续导航 2 小时正常' })).toContain('待寄出');
		expect(await work('jihuankehu', 'CK1', { 承运: '顺丰', 快递单号: 'SF1234567890' })).toMatch(/到账/);
		expect(await paper()).toMatchObject({ state: 'ReadyToShip' });
		expect(await work('fanxiudaozhang', 'K01', { '到账金额(元)': '100' })).toContain('RMA');
		expect(await work('jihuankehu', 'CK1', { 承运: '顺丰', 快递单号: 'SF1234567890' })).toContain('已寄出');
		const sent = await until(() => mailsTo('ma@dealer.test', 'SF1234567890')[0]);
		expect(sent.subject).toContain('RMA');
		expect(await paper()).toMatchObject({ state: 'Shipped', onTime: true, technician: 'J01' });
	});
});
