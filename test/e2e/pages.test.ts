import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { allTables } from '../../engine/allTables';
import { signLink } from '../../engine/pageLinks';
import { saveRecords } from '../../engine/saveRecords';
import type { Row, Store } from '../../engine/store';
import { openStore } from '../../store/openStore';
import { postgresConfig } from '../support/databases';
import { freshDatabase } from './freshDatabase';
import { startInstance, type Instance } from './harness';
import { linkOn, openPage, sendForm, type Page } from './pageSession';
import { someFlows } from './someFlows';

const postgresUrl = process.env['TEST_POSTGRES_URL'];
const kinds = postgresUrl === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);
const signature = `data:image/png;base64,${readFileSync(join(__dirname, '../support/signature.png')).toString('base64')}`;
const local = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16);

describe.each(kinds)('pages in a real n8n on %s', (database) => {
	let instance: Instance;
	let store: Store;
	let site: string;
	let folder: string;

	beforeAll(async () => {
		const url = database === 'postgres' ? await freshDatabase(postgresUrl as string) : undefined;
		folder = someFlows(['service-pages', 'service-call-intake', 'master-data-import']);
		instance = await startInstance({ database, workflowFolder: folder, ...(url === undefined ? {} : { postgresUrl: url }) });
		const file = { file: readFileSync(join(__dirname, '../../instance/demo/基础资料-示例.xlsx')), filename: '基础资料.xlsx', contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
		expect((await instance.postForm('ziliao', { actor: '首次', file })).text).toContain('接收 57 行');
		store = await openStore(url === undefined ? { engine: 'sqlite', file: join(instance.userFolder, 'aftersales.sqlite') } : postgresConfig(url, 'public'), allTables);
		site = `${instance.baseUrl}/webhook/fuwu`;
	});

	afterAll(async () => {
		await store.close();
		await instance.stop();
		rmSync(folder, { recursive: true });
	});

	const one = async (table: string, no: string): Promise<Row> => (await store.load(table, 'no', [no]))[0] as Row;
	const mailTo = (address: string, subject: string) => instance.mails.filter((mail) => JSON.stringify(mail.to).includes(address) && mail.subject?.includes(subject));
	const linkIn = (text: string | undefined) => (/https?:\S+\?t=\S+/.exec(text ?? '') ?? [''])[0];
	const until = async <T>(look: () => T | undefined): Promise<T> => {
		for (let attempt = 0; attempt < 100; attempt++) {
			const found = look();
			if (found !== undefined) return found;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error('waited in vain');
	};

	async function signIn(code: string, address: string): Promise<Page> {
		const before = mailTo(address, '登录链接').length;
		expect((await sendForm(await openPage(site), 'person', { person: code })).text).toContain('登录链接已发到该邮箱');
		const mail = await until(() => mailTo(address, '登录链接')[before]);
		return await openPage(linkIn(mail.text));
	}

	let no = '';
	let job = '';

	it('V-010 V-012 V-047: reception finds the caller by part of a number and registers a call', async () => {
		const home = await signIn('Y01', 'reception@demo.local');
		expect(home.text).toContain('陈小燕，您好');
		expect(home.headers.get('content-security-policy')).toContain('sandbox');
		expect(home.headers.get('referrer-policy')).toBe('no-referrer');
		const desk = await openPage(linkOn(home, '报修登记'));
		const found = await openPage(`${desk.url}&q=138000000`);
		expect(found.text).toContain('华联超市中山店');
		expect((await openPage(`${desk.url}&q=${encodeURIComponent('东郊')}`)).text).toContain('保修至 2024-05-19');
		const form = await openPage(linkOn(await openPage(`${desk.url}&q=SN100001`), '报修'));
		expect(form.text).toContain('C 免费服务 保修至 2027-03-14');
		const refused = await sendForm(form, 'customerName', { address: '', symptom: '不制冷' });
		expect(refused.text).toContain('缺少“地址”');
		expect(refused.html).toContain('不制冷');
		const done = await sendForm(form, 'customerName', { symptom: '不制冷', promisedAt: local(Date.now() + 7_200_000) });
		no = /BX\d{6}-\d{4}/.exec(done.text)?.[0] ?? done.text;
		expect(done.text).toContain(`${no} 已登记`);
		expect(done.text).toMatch(/计入工作时间 6 小时/);
		expect(await one('call', no)).toMatchObject({ state: 'WithDispatcher', channel: 'phone', promisedBy: 'Y01', type: 'C', unit: 'ZX' });
		const again = await openPage(linkOn(await openPage(`${desk.url}&q=SN100001`), '报修'));
		expect(again.text).toContain('天内报修过');
	});

	it('V-070: questions on the phone lead to a fault code on the call', async () => {
		const desk = await openPage(linkOn(await signIn2('Y01'), '报修登记'));
		const first = await openPage(`${desk.url}&diagnose=${no}`);
		expect(first.text).toContain('空调接通电源后指示灯亮吗？');
		const second = await openPage(linkOn(first, '是'));
		const end = await openPage(linkOn(second, '否'));
		expect(end.text).toContain('疑似缺冷媒');
		expect((await sendForm(end, 'amend', {})).text).toContain('“补充登记”已完成');
		expect(await one('call', no)).toMatchObject({ faultCode: 'D03' });
	});

	/** A link as the mail would carry it. */
	const token = (page: 'staff' | 'job', person: string, paper = '', hours = 1) => signLink(store, { page, no: paper, person, until: new Date(Date.now() + hours * 3_600_000).toISOString() });
	const signIn2 = async (person: string) => await openPage(`${site}?t=${await token('staff', person)}`);

	it('V-022 V-023 V-034: the board shows who is fit and free, and why it is due then; assigning mails a link', async () => {
		const board = await openPage(linkOn(await signIn2('Z01'), '派工台'));
		expect(board.text).toContain('计入工作时间 6 小时');
		expect(board.text).toMatch(/李强 （0 件）/);
		const work = await openPage(linkOn(board, no));
		expect((await sendForm(work, 'assign', { technician: 'J01' })).text).toContain('“派工”已完成');
		const mail = await until(() => mailTo('tech01@demo.local', no)[0]);
		job = linkIn(mail.text);
		expect(job).toContain('/webhook/fuwu?t=');
	});

	it('V-024 V-042 V-050: the technician works through the job on his phone; a missing signature is said and the photo kept', async () => {
		const accepted = await sendForm(await openPage(job), 'accept', {});
		expect(accepted.text).toContain('“接受工作”已登记');
		await sendForm(accepted, 'leave', { appointed: '是', tools: '是' });
		const there = await sendForm(await openPage(job), 'arrive', {});
		expect(await one('dispatch', `PQ-${no}-1`)).toMatchObject({ state: 'OnSite', appointed: true });
		const report = { problem: '缺冷媒', solution: '补焊充注', result: 'done', satisfaction: 'satisfied', signedBy: '刘经理', contact: '刘经理' };
		const photo = { name: '铭牌.jpg', type: 'image/jpeg', content: randomBytes(50_000) };
		const unsigned = await sendForm(there, 'reportVisit', report, { photos: [photo] });
		expect(unsigned.text).toContain('缺少客户手写签名');
		expect(unsigned.text).toContain('已保存 1 张照片');
		expect(unsigned.html).toContain('补焊充注');
		const sendTwice = () => sendForm(unsigned, 'reportVisit', { ...report, signaturePng: signature }, { photos: [photo] });
		expect((await sendTwice()).text).toContain('“服务回报”已登记');
		expect((await sendTwice()).text).toContain('没有重复登记');
		expect(await store.list('visit', {})).toMatchObject([{ call: no, signedBy: '刘经理', signature: expect.stringMatching(/^FJ/) as string }]);
		expect((await store.load('attachment', 'paper', [no])).map(({ purpose, state }) => [purpose, state])).toEqual([['photo', 'Handed'], ['signature', 'Handed']]);
		expect(await one('call', no)).toMatchObject({ state: 'AwaitCancel' });
	});

	it('a 12 MB photo is taken; one above the limit is refused by name and nothing is lost', async () => {
		const other = await register('SN-PHOTO');
		const page = await openPage(`${site}?t=${await token('job', 'J01', other)}`);
		const large = { name: '现场.jpg', type: 'image/jpeg', content: randomBytes(12 * 1_048_576) };
		expect((await sendForm(page, 'photos', {}, { photos: [large] })).text).toContain('“照片”已登记');
		expect(await store.load('attachment', 'paper', [other])).toMatchObject([{ name: '现场.jpg', size: 12 * 1_048_576 }]);
		const huge = { name: '巨图.jpg', type: 'image/jpeg', content: randomBytes(16 * 1_048_576) };
		const refused = await sendForm(page, 'majorQuality', { target: 'after_sales', reason: '压缩机异响' }, { photos: [huge] });
		expect(refused.text).toContain('“巨图.jpg”有 16.0 MB，超过 15 MB');
		expect(refused.html).toContain('压缩机异响');
		expect(await one('call', other)).toMatchObject({ state: 'Assigned' });
	});

	/** A call assigned to J01. */
	async function register(serial: string, phone = `137${String(Math.random()).slice(2, 10)}`): Promise<string> {
		const intake = await instance.postForm('baoxiu', { customerName: '新客户', phone, address: '解放路 1 号', model: 'KF-26GW', serial, symptom: '异响' });
		const number = /BX\d{6}-\d{4}/.exec(intake.text)?.[0] ?? intake.text;
		await sendForm(await openPage(`${site}?p=work&kind=call&no=${number}&t=${await token('staff', 'Z01')}`), 'assign', { technician: 'J01' });
		return number;
	}

	it('a link opens its own job for its own technician, expires, and cannot be changed', async () => {
		const other = await register('SN-LINK');
		const stranger = await openPage(`${site}?t=${await token('job', 'J02', other)}`);
		expect([stranger.status, stranger.text]).toEqual([403, expect.stringContaining('不是派给') as string]);
		const expired = await openPage(`${site}?t=${await token('job', 'J01', other, -1)}`);
		expect([expired.status, expired.text]).toEqual([410, expect.stringContaining('已过期') as string]);
		const good = await token('job', 'J01', other);
		const forged = `${Buffer.from(JSON.stringify(['staff', '', 'Z01', 9_999_999_999])).toString('base64url')}.${good.split('.')[1]}`;
		expect((await openPage(`${site}?t=${forged}`)).status).toBe(403);
		expect((await openPage(`${site}?t=x`)).status).toBe(403);
		expect((await openPage(`${site}?p=board&t=${good}`)).text).toContain('不能打开该页面');
		expect((await openPage(`${site}?no=${no}&t=${good}`)).text).toContain('新客户');
		await sendForm(await openPage(`${site}?p=work&kind=call&no=${other}&t=${await token('staff', 'Z01')}`), 'assign', { technician: 'J02' });
		expect((await openPage(`${site}?t=${good}`)).text).toContain('不是派给 李强');
	});

	it('V-022: two dispatchers at once: the second sees what the first did, and nothing is undone', async () => {
		const other = await register('SN-TWO');
		const open = async () => await openPage(`${site}?p=work&kind=call&no=${other}&t=${await token('staff', 'Z01')}`);
		const [first, second] = [await open(), await open()];
		expect((await sendForm(first, 'assign', { technician: 'J02' })).text).toContain('“派工”已完成');
		expect((await sendForm(second, 'assign', { technician: 'J01' })).text).toMatch(/已在 .* 由您派给 J02/);
		expect(await one('call', other)).toMatchObject({ technician: 'J02' });
		const page = await open();
		expect((await sendForm(page, 'void', { reason: '重复登记' })).text).toContain('“作废”已完成');
		expect((await sendForm(page, 'assign', { technician: 'J02' })).text).toContain('刚刚变了');
		expect(await one('call', other)).toMatchObject({ state: 'Void' });
	});

	it('a customer sees his job by number and digits, without personal data, and confirms it', async () => {
		const { phone, customerName } = await one('call', no);
		const search = await openPage(`${site}?p=status`);
		expect((await sendForm(search, 'digits', { no, digits: '9999' })).text).toContain('电话后四位不符');
		const status = await sendForm(search, 'digits', { no: no.toLowerCase(), digits: String(phone).slice(-4) });
		expect(status.text).toContain('服务已完成');
		expect(status.text).not.toContain(String(customerName));
		expect(status.text).not.toContain(String(phone));
		expect((await sendForm(status, 'confirm', { confirm: 'yes', no, digits: String(phone).slice(-4), attitude: 'very_satisfied', skill: 'satisfied', arrival: 'satisfied', promise: 'fair' })).text).toContain('感谢您的确认');
		expect(await one('call', no)).toMatchObject({ solvedAt: expect.any(String) as string });
		expect(await store.list('rating', {})).toMatchObject([{ call: no, technician: 'J01', attitude: 'very_satisfied', promise: 'fair' }]);
		for (let attempt = 0; attempt < 10; attempt++) await sendForm(search, 'digits', { no, digits: '0000' });
		expect((await sendForm(search, 'digits', { no, digits: String(phone).slice(-4) })).text).toContain('请一小时后再试');
	});

	it('S-003 S-006 S-008: a card opened on the papers page goes to the customer by mail; his answer is a case, a rating and a task', async () => {
		const served = await register('SN100001', '13800000001');
		const job = await openPage(`${site}?t=${await token('job', 'J01', served)}`);
		await sendForm(job, 'accept', {});
		await sendForm(await openPage(job.url), 'arrive', {});
		const report = { problem: '缺冷媒', solution: '补焊充注', result: 'done', satisfaction: 'satisfied', signedBy: '刘经理', contact: '刘经理', signaturePng: signature };
		expect((await sendForm(await openPage(job.url), 'reportVisit', report)).text).toContain('“服务回报”已登记');
		const papers = await openPage(linkOn(await signIn2('C01'), '单据'));
		expect(papers.text).toContain('客户调查、回访与热线');
		const card = await openPage(linkOn(papers, '＋开立调查卡'));
		const opened = await sendForm(card, 'call', { call: served, means: 'card' });
		expect(opened.text).toContain(`DC-${served} 已登记`);
		expect((await openPage(linkOn(await openPage(linkOn(papers, '客户意见调查卡')), `DC-${served}`))).text).toContain('已寄出');
		const mail = await until(() => mailTo('hualian@customer.demo.local', `请评价我们的服务 ${served}`)[0]);
		const page = await openPage(linkIn(mail.text));
		expect(page.text).toContain('新客户，您好');
		expect((await sendForm(page, 'opinion', { attitude: 'satisfied' })).text).toContain('缺少评价：技术、到达时间、答应事情的办理');
		const answer = { attitude: 'satisfied', skill: 'not_satisfied', arrival: 'satisfied', promise: 'satisfied', opinionKind: 'complaint', opinion: '弄脏地板' };
		expect((await sendForm(page, 'opinion', answer)).text).toContain('您反映的问题已登记');
		expect((await sendForm(page, 'opinion', answer)).text).toContain('已经收到');
		expect(await store.list('complaint', {})).toMatchObject([{ source: `DC-${served}`, content: '弄脏地板', personConcerned: 'J01' }]);
		expect(await store.list('follow_up', {})).toMatchObject([{ source: `DC-${served}`, taskKind: 'follow_up' }]);
		expect(await one('rating', `PJ-${served}`)).toMatchObject({ skill: 'not_satisfied' });
		await until(() => mailTo('director@demo.local', '低分跟进')[0]);
		const foreign = await openPage(`${linkIn(mail.text)}&p=work&kind=call&no=${served}`);
		expect(foreign.text).toContain('您的意见已经收到');
	});

	it('the job comes by the technician\'s robot as well, and its link opens the job', async () => {
		const posted: { title: string; text: string }[] = [];
		const robot = createServer((request, response) => {
			let text = '';
			request.on('data', (part: Buffer) => (text += part.toString()));
			request.on('end', () => (posted.push((JSON.parse(text) as { markdown: { title: string; text: string } }).markdown), response.end('{"errcode":0}')));
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => robot.once('listening', resolve));
		const host = `127.0.0.1:${(robot.address() as AddressInfo).port}`;
		const asSystem = { now: new Date().toISOString(), actor: { code: 'system', name: '', roles: [], unit: null } };
		await store.transaction(async (transaction) => {
			await saveRecords(transaction, 'person', [{ no: 'J02', values: { robot: `dingtalk:http://${host}/robot` } }], asSystem);
			await saveRecords(transaction, 'setting', [{ no: 'E2E-ROBOT', values: { key: 'general.robot_hosts', value: host, validFrom: '2020-01-01' } }], asSystem);
		});
		const other = await register('SN-ROBOT');
		await sendForm(await openPage(`${site}?p=work&kind=call&no=${other}&t=${await token('staff', 'Z01')}`), 'assign', { technician: 'J02' });
		const message = await until(() => posted.find(({ title }) => title.includes(other))).finally(() => robot.close());
		const [, link = ''] = /\[[^\]]+\]\((http[^)]+)\)/.exec(message.text) ?? [];
		expect((await openPage(link)).text).toContain('新客户');
		await until(() => mailTo('tech02@demo.local', other)[0]);
	});

	it('an unknown staff number gets the same answer and no mail', async () => {
		const signIns = () => instance.mails.filter(({ subject }) => subject?.includes('登录链接')).length;
		const before = signIns();
		expect((await sendForm(await openPage(site), 'person', { person: 'NOBODY' })).text).toContain('登录链接已发到该邮箱');
		await signIn('Z01', 'director@demo.local');
		expect(signIns()).toBe(before + 1);
	});
});
