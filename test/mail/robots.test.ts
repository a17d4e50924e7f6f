import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRobot, robotRequest } from '../../mail/robotMessage';
import { sendRobot } from '../../mail/sendRobot';

const lines = ['请处理：', ['客户', '华联[点我](http://x) **超市**\n二楼'] as const, { label: '打开工作', href: 'https://n8n.example.cn/fuwu?t=abc' }];
const at = new Date('2025-06-06T07:00:00.000Z');

describe('robots of group chats', () => {
	it('are known by their address, with the secret after it', () => {
		expect(readRobot('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', [])).toEqual({ kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', secret: null });
		expect(readRobot(' https://oapi.dingtalk.com/robot/send?access_token=1  SEC1 ', [])).toMatchObject({ kind: 'dingtalk', secret: 'SEC1' });
		expect(readRobot('https://open.feishu.cn/open-apis/bot/v2/hook/1', [])).toMatchObject({ kind: 'feishu' });
	});

	it('of another host, without TLS or of a gateway nobody allowed are none', () => {
		for (const text of ['https://example.cn/robot', 'http://oapi.dingtalk.com/robot/send', 'dingtalk:https://im.example.cn/x', 'https://oapi.dingtalk.com.example.cn/x', '13900000001', '']) expect([text, readRobot(text, [])]).toEqual([text, null]);
		expect(readRobot('dingtalk:http://im.example.cn:8080/x SEC', ['im.example.cn:8080'])).toEqual({ kind: 'dingtalk', url: 'http://im.example.cn:8080/x', secret: 'SEC' });
		expect(readRobot('https://im.example.cn/x', ['im.example.cn'])).toBeNull();
	});

	it('get Markdown in which a customer\'s words are words, with our link at the end', () => {
		const { body } = robotRequest({ kind: 'dingtalk', url: 'https://d', secret: null }, '派工 BX1', lines, at);
		expect(body).toEqual({ msgtype: 'markdown', markdown: { title: '派工 BX1', text: '### 派工 BX1\n\n请处理：\n\n**客户**：华联［点我］（http://x） ＊＊超市＊＊ 二楼\n\n[打开工作](https://n8n.example.cn/fuwu?t=abc)' } });
	});

	it('are signed as each of them wants it', () => {
		const time = String(at.getTime());
		const dingtalk = new URL(robotRequest({ kind: 'dingtalk', url: 'https://d/send?access_token=1', secret: 'SEC' }, 's', [], at).url);
		expect([dingtalk.searchParams.get('access_token'), dingtalk.searchParams.get('timestamp'), dingtalk.searchParams.get('sign')]).toEqual(['1', time, createHmac('sha256', 'SEC').update(`${time}\nSEC`).digest('base64')]);
		const seconds = String(at.getTime() / 1000);
		expect(robotRequest({ kind: 'feishu', url: 'https://f', secret: 'SEC' }, 's', [], at).body).toMatchObject({ timestamp: seconds, sign: createHmac('sha256', `${seconds}\nSEC`).update('').digest('base64'), msg_type: 'interactive' });
	});

	it('of WeCom take 4096 bytes: the middle is left out, the link stays', () => {
		const { body } = robotRequest({ kind: 'wecom', url: 'https://w', secret: null }, '派工', [['故障', '不制冷'.repeat(900)], lines[2] as { label: string; href: string }], at);
		const { content } = (body as { markdown: { content: string } }).markdown;
		expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096);
		expect(content).toMatch(/…\n\n\[打开工作\]\(https:\/\/n8n\.example\.cn\/fuwu\?t=abc\)$/);
		expect(content).not.toContain('\ufffd');
	});

	it.each(['wecom', 'dingtalk', 'feishu'] as const)('of %s get no more than they take, also in one long line or without a link', (kind) => {
		for (const lines of [['不制冷'.repeat(9000)], [['故障', '不制冷'.repeat(9000)] as const], Array.from({ length: 900 }, (_value, index) => [`BX${index}`, '09:00 华联超市 13800000001'] as const)]) {
			const size = Buffer.byteLength(JSON.stringify(robotRequest({ kind, url: 'https://x', secret: null }, '登记', lines, at).body));
			expect(size).toBeLessThanOrEqual(kind === 'wecom' ? 4096 + 600 : 20_000);
		}
	});

	it('are no words of the language', () => {
		for (const host of ['constructor', 'toString', '__proto__']) expect(readRobot(`https://${host}/x`, [])).toBeNull();
	});

	describe('over the network', () => {
		let server: Server;
		let answer: { status: number; body: string };
		const seen: string[] = [];
		beforeAll(async () => {
			server = createServer((request, response) => {
				let text = '';
				request.on('data', (part: Buffer) => (text += part.toString()));
				request.on('end', () => {
					seen.push(text);
					response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
				});
			}).listen(0, '127.0.0.1');
			await new Promise((resolve) => server.once('listening', resolve));
		});
		afterAll(() => server.close());
		const post = (status: number, body: object, port = (server.address() as AddressInfo).port) => {
			answer = { status, body: JSON.stringify(body) };
			return sendRobot({ kind: 'wecom', url: `http://127.0.0.1:${port}/x`, secret: null }, '派工', lines);
		};

		it('take a message when they say so', async () => {
			await post(200, { errcode: 0, errmsg: 'ok' });
			expect(JSON.parse(seen.at(-1) ?? '')).toMatchObject({ msgtype: 'markdown' });
			await post(200, { code: 0, msg: 'success' });
		});
		it.each([
			[200, { errcode: 93000, errmsg: 'invalid webhook url' }, true, 'invalid webhook url'],
			[200, { errcode: 45009, errmsg: 'api freq out of limit' }, false, '稍后'],
			[200, { code: 19021, msg: 'sign match fail' }, true, 'sign match fail'],
			[502, {}, false, 'HTTP 502'],
			[404, {}, true, 'HTTP 404'],
			[200, { welcome: 'to the hotel' }, true, '应答的不是机器人'],
		])('%i %j: final is %s', async (status, body, isFinal, words) => {
			const error = (await post(status, body).catch((thrown: unknown) => thrown)) as { message: string; way: string; isFinal: boolean };
			expect(error.isFinal).toBe(isFinal);
			expect(`${error.message} ${error.way}`).toContain(words);
		});
		it('that do not answer are tried again', async () => {
			await expect(post(200, {}, 1)).rejects.toMatchObject({ isFinal: false, message: '企业微信机器人没有应答' });
		});
	});
});
